import { languageNames } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, Field, PageHead } from '../../../platform/ui/components.tsx'
import { Island } from '../../../platform/ui/island.tsx'
import { Icon } from '../../../platform/ui/icon.tsx'
import type { Difference } from '../comparison.ts'
import { Differences } from '../differences.tsx'
import type { WorkshopData } from '../islands/parts/workshop.tsx'
import { checkScript, hasChoices, isOfText, startPattern, waysOf, type ScriptProblem, type Where } from '../rules.ts'
import { placeholders, stepKinds, type ScriptContent, type ScriptText, type Step } from '../schema.ts'
import { problemWords, stepWords, wayLabel, waysHint, wayWords, whereWords } from './words.ts'

interface EditScriptPageProps {
  t: Translate
  script_id: string
  /** Version the writer started from, and when it was saved. */
  version: number
  saved_at: Date
  is_used: boolean
  name: string
  name_error?: string
  content: ScriptContent
  /** null: nobody else saved. Else what differs between theirs and what is typed. */
  conflict?: { theirs: ScriptContent; their_name: string; differences: Difference[] } | null
  is_invalid?: boolean
  /** For the workshop, which takes the form's place where programs run. */
  workshop: WorkshopData
}

/** The whole script as one form; every button keeps what was typed. */
export function EditScriptPage(props: EditScriptPageProps) {
  const { t, script_id, version, saved_at, is_used, name, name_error, content, conflict, is_invalid, workshop } = props
  const problems = checkScript(content)
  const action = `/scripts/${script_id}/edit`
  const shared: Shared = { t, content, problems, action }
  return (
    <>
      <PageHead
        title={t('scripts.edit_title')}
        lead={is_used ? t('scripts.edit_used', { version, next: version + 1 }) : undefined}
        back={{ href: `/scripts/${script_id}`, label: name || t('scripts.title') }}
      />
      {conflict && (
        <Alert kind="warning" title={t('scripts.changed_meanwhile')}>
          <p>{t('scripts.changed_meanwhile_text')}</p>
          <details className="mt-3" open>
            <summary className="min-h-8 font-semibold">{t('scripts.differences_to_yours')}</summary>
            <Differences
              t={t}
              before={conflict.theirs}
              after={content}
              differences={conflict.differences}
              names={{ before: conflict.their_name, after: name }}
            />
          </details>
        </Alert>
      )}
      {is_invalid && <Alert kind="error" title={t('scripts.invalid')} />}
      <Island name="script-workshop" data={workshop}>
        <form method="post" action={action}>
          <input type="hidden" name="version" value={version} />
          <input type="hidden" name="saved_at" value={saved_at.toISOString()} />
          <div className="max-w-3xl">
            <Field
              t={t}
              name="name"
              label={t('scripts.name')}
              required
              maxLength={120}
              value={name}
              errors={name_error ? { name: name_error } : {}}
            />
          </div>
          {/* Enter in a field presses the first button of the form: it saves. */}
          <Buttons t={t} script_id={script_id} />
          <ProblemList t={t} content={content} problems={problems} />
          <Card title={t('scripts.greeting')} id="greeting">
            <Texts
              {...shared}
              label={t('scripts.greeting')}
              place="greeting"
              where="greeting"
              text={content.greeting}
              rows={4}
            />
          </Card>
          {content.steps.map((step, at) => (
            <StepCard key={step.key} {...shared} step={step} at={at} />
          ))}
          <AddStep {...shared} />
          <Card title={t('scripts.closing')} id="closing">
            <Texts
              {...shared}
              label={t('scripts.closing')}
              place="closing"
              where="closing"
              text={content.closing}
              rows={2}
            />
          </Card>
          <Card title={t('scripts.voicemail')} lead={t('scripts.voicemail_hint')} id="voicemail">
            <Texts
              {...shared}
              label={t('scripts.voicemail')}
              place="voicemail"
              where="voicemail"
              text={content.voicemail}
              rows={3}
            />
          </Card>
          <Objections {...shared} />
          <Facts {...shared} />
          <Placeholders t={t} />
          <Buttons t={t} script_id={script_id} />
        </form>
      </Island>
    </>
  )
}

interface Shared {
  t: Translate
  content: ScriptContent
  problems: ScriptProblem[]
  action: string
}

function Buttons({ t, script_id }: { t: Translate; script_id: string }) {
  return (
    <p className="mb-6 flex flex-wrap gap-3">
      <button name="act" value="save" className="btn btn-primary">
        {t('action.save')}
      </button>
      <button name="act" value="check" className="btn">
        {t('scripts.check')}
      </button>
      <a href={`/scripts/${script_id}`} className="btn btn-ghost">
        {t('action.cancel')}
      </a>
    </p>
  )
}

function ProblemList({ t, content, problems }: { t: Translate; content: ScriptContent; problems: ScriptProblem[] }) {
  const blocking = problems.filter((problem) => problem.is_blocking)
  if (!blocking.length) return null
  return (
    <Alert kind="warning" title={t('scripts.problems_title')}>
      <ul className="mt-1 list-disc pl-5">
        {blocking.map((problem, index) => (
          <li key={index}>
            <a href={`#${anchorOf(problem.where)}`}>{whereWords(t, content, problem.where)}</a>:{' '}
            {problemWords(t, problem)}
          </li>
        ))}
      </ul>
    </Alert>
  )
}

function anchorOf(where: Where): string {
  const [part = '', key] = where.split('.')
  return part === 'steps' ? `step-${key}` : part
}

function StepCard({ step, at, ...shared }: Shared & { step: Step; at: number }) {
  const { t, content, problems, action } = shared
  const place = `steps.${at}`
  const where = `steps.${step.key}`
  const number = at + 1
  const act = (name: string, label: string, looks = 'btn btn-sm') => (
    <button name="act" value={name} formAction={`${action}#step-${step.key}`} className={looks}>
      {label} <span className="sr-only">({t('scripts.step', { number })})</span>
    </button>
  )
  const own = problems.filter((problem) => problem.where === where && !isOfText(problem))
  return (
    <Card
      title={t('scripts.step', { number })}
      id={`step-${step.key}`}
      actions={
        <div className="flex flex-wrap gap-2">
          {at > 0 && act(`up:${at}`, `↑ ${t('scripts.move_up')}`)}
          {at < content.steps.length - 1 && act(`down:${at}`, `↓ ${t('scripts.move_down')}`)}
          {act(`remove:${at}`, t('scripts.remove_step'), 'btn btn-sm btn-ghost text-error')}
        </div>
      }
    >
      <input type="hidden" name={`${place}.key`} value={step.key} />
      <input type="hidden" name={`${place}.was`} value={step.kind} />
      {own.map((problem, index) => (
        <ProblemLine key={index} t={t} problem={problem} />
      ))}
      <div className="mb-4 flex flex-wrap items-end gap-2">
        <label className="min-w-0 flex-1 basis-60">
          <span className="mb-1 block font-semibold">{t('scripts.kind')}</span>
          <select name={`${place}.kind`} defaultValue={step.kind} className="select w-full max-w-md text-base">
            {stepKinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`scripts.kind.${kind}`)}
              </option>
            ))}
          </select>
        </label>
        {act('check', t('scripts.kind_apply'), 'btn')}
      </div>
      <Texts {...shared} label={t('scripts.say')} place={`${place}.say`} where={where} text={step.say} rows={3} />
      {step.kind !== 'say' && <Wordings {...shared} step={step} at={at} act={act} />}
      <label className="mb-4 flex items-center gap-3">
        <input type="checkbox" className="checkbox" name={`${place}.is_quick`} defaultChecked={step.is_quick} />
        {t('scripts.is_quick')}
      </label>
      <details className="mb-4" open={Object.keys(step.note).length > 0}>
        <summary className="min-h-8 font-semibold">
          {t('scripts.note')} <span className="text-sm font-normal">({t('scripts.note_hint')})</span>
        </summary>
        <div className="mt-2">
          <Texts
            {...shared}
            label={t('scripts.note')}
            place={`${place}.note`}
            where={`${where}.note`}
            text={step.note}
            rows={2}
          />
        </div>
      </details>
      {hasChoices(step) && (
        <fieldset className="mb-4">
          <legend className="mb-2 font-semibold">{t('scripts.choices')}</legend>
          <ol className="space-y-3">
            {step.choices.map((choice, each) => (
              <li key={choice.key} className="border-base-300 flex flex-wrap items-start gap-2 border-l-4 pl-3">
                <input type="hidden" name={`${place}.choices.${each}.key`} value={choice.key} />
                <div className="min-w-0 flex-1 basis-60">
                  <Texts
                    {...shared}
                    label={t('scripts.choice_number', { number: each + 1 })}
                    place={`${place}.choices.${each}.label`}
                    where={`${where}.choices.${choice.key}`}
                    text={choice.label}
                  />
                </div>
                <button
                  name="act"
                  value={`remove-choice:${at}:${each}`}
                  formAction={`${action}#step-${step.key}`}
                  className="btn btn-sm btn-ghost"
                >
                  {t('scripts.remove_choice', { number: each + 1 })}
                </button>
              </li>
            ))}
          </ol>
          <div className="mt-3">{act(`add-choice:${at}`, `+ ${t('scripts.add_choice')}`)}</div>
        </fieldset>
      )}
      <Ways t={t} content={content} step={step} at={at} act={act} />
    </Card>
  )
}

interface WordingsProps extends Shared {
  step: Step
  at: number
  act: (name: string, label: string, looks?: string) => React.ReactNode
}

/** Other wordings of the question, each for its share of the voters. */
function Wordings({ step, at, act, ...shared }: WordingsProps) {
  const { t } = shared
  return (
    <details className="mb-4" open={step.wordings.length > 0}>
      <summary className="min-h-8 font-semibold">
        {t('scripts.wordings')} <span className="text-sm font-normal">({t('scripts.wordings_hint')})</span>
      </summary>
      {step.wordings.map((wording, each) => (
        <div key={wording.key} className="border-base-300 mt-2 border-l-4 pl-3">
          <input type="hidden" name={`steps.${at}.wordings.${each}.key`} value={wording.key} />
          <Texts
            {...shared}
            label={t('scripts.wording_number', { number: each + 2 })}
            place={`steps.${at}.wordings.${each}.say`}
            where={`steps.${step.key}.wordings.${wording.key}`}
            text={wording.say}
            rows={3}
          />
          {act(
            `remove-wording:${at}:${each}`,
            t('scripts.remove_wording', { number: each + 2 }),
            'btn btn-sm btn-ghost',
          )}
        </div>
      ))}
      {step.wordings.length < 4 && <p className="mt-2">{act(`add-wording:${at}`, `+ ${t('scripts.add_wording')}`)}</p>}
    </details>
  )
}

function Objections(shared: Shared) {
  const { t, content, action } = shared
  return (
    <Card title={t('scripts.objections')} lead={t('scripts.objections_text')} id="objections">
      {content.objections.map((each, at) => (
        <fieldset key={each.key} className="border-base-300 mb-4 border-l-4 pl-3">
          <legend className="font-semibold">{t('scripts.objection_number', { number: at + 1 })}</legend>
          <input type="hidden" name={`objections.${at}.key`} value={each.key} />
          <Texts
            {...shared}
            label={t('scripts.objection')}
            place={`objections.${at}.objection`}
            where={`objections.${each.key}`}
            text={each.objection}
          />
          <Texts
            {...shared}
            label={t('scripts.reply')}
            place={`objections.${at}.reply`}
            where={`objections.${each.key}.reply`}
            text={each.reply}
            rows={3}
          />
          <button
            name="act"
            value={`remove-objection:${at}`}
            formAction={`${action}#objections`}
            className="btn btn-sm"
          >
            {t('scripts.remove_objection', { number: at + 1 })}
          </button>
        </fieldset>
      ))}
      <button
        name="act"
        value="add-objection"
        formAction={`${action}#objections`}
        className="btn min-h-11"
        disabled={content.objections.length >= 40}
      >
        + {t('scripts.add_objection')}
      </button>
    </Card>
  )
}

function Facts(shared: Shared) {
  const { t, content, action } = shared
  return (
    <Card title={t('scripts.facts')} lead={t('scripts.facts_text')} id="facts">
      {content.facts.map((each, at) => (
        <fieldset key={each.key} className="border-base-300 mb-4 border-l-4 pl-3">
          <legend className="font-semibold">{t('scripts.fact_number', { number: at + 1 })}</legend>
          <input type="hidden" name={`facts.${at}.key`} value={each.key} />
          <Texts
            {...shared}
            label={t('scripts.fact_title')}
            place={`facts.${at}.title`}
            where={`facts.${each.key}`}
            text={each.title}
          />
          <Texts
            {...shared}
            label={t('scripts.fact')}
            place={`facts.${at}.text`}
            where={`facts.${each.key}.text`}
            text={each.text}
            rows={3}
          />
          <Texts
            {...shared}
            label={t('scripts.fact_link')}
            place={`facts.${at}.link`}
            where={`facts.${each.key}.link`}
            text={each.link}
          />
          <button name="act" value={`remove-fact:${at}`} formAction={`${action}#facts`} className="btn btn-sm">
            {t('scripts.remove_fact', { number: at + 1 })}
          </button>
        </fieldset>
      ))}
      <button
        name="act"
        value="add-fact"
        formAction={`${action}#facts`}
        className="btn min-h-11"
        disabled={content.facts.length >= 40}
      >
        + {t('scripts.add_fact')}
      </button>
    </Card>
  )
}

function Ways({ t, content, step, at, act }: Omit<WordingsProps, 'problems' | 'action'>) {
  const place = `steps.${at}`
  const ways = waysOf(step)
  const hint = waysHint(t, step)
  const others = content.steps.filter((each) => each !== step)
  const targets = (
    <>
      {others.map((each) => (
        <option key={each.key} value={each.key}>
          {stepWords(t, content, each.key)}
        </option>
      ))}
      <option value="closing">{t('scripts.closing')}</option>
    </>
  )
  return (
    <details open={Object.keys(step.goes).length > 0 || step.next !== null}>
      <summary className="min-h-8 font-semibold">{t('scripts.ways')}</summary>
      {hint && <p className="mt-1 text-sm">{hint}</p>}
      <div className="mt-2 grid gap-3 md:grid-cols-2">
        {ways.map((way) => (
          <div key={way}>
            <label className="block text-sm">
              {wayLabel(t, step, way)}
              <select name={`${place}.goes.${way}`} defaultValue={step.goes[way] ?? ''} className="select w-full">
                <option value="">{t('scripts.way_same')}</option>
                {targets}
              </select>
            </label>
            {step.kind === 'number' &&
              act(
                `remove-way:${at}:${way}`,
                t('scripts.remove_way', { answer: wayWords(t, step, way) }),
                'btn btn-sm btn-ghost',
              )}
          </div>
        ))}
        <label className="block text-sm">
          {t(ways.length ? 'scripts.way_otherwise' : 'scripts.way_always')}
          <select name={`${place}.next`} defaultValue={step.next ?? ''} className="select w-full">
            <option value="">{t('scripts.way_below')}</option>
            {targets}
          </select>
        </label>
      </div>
      {step.kind === 'number' && (
        <div className="mt-3 flex flex-wrap items-end gap-2">
          <label className="block text-sm">
            {t('scripts.add_way')}
            <input
              name={`${place}.from`}
              inputMode="decimal"
              pattern={startPattern}
              title={t('scripts.way_number_wrong')}
              className="input block w-full min-w-36"
            />
          </label>
          {act('check', t('scripts.add_way_button'), 'btn')}
        </div>
      )}
    </details>
  )
}

interface TextsProps extends Shared {
  label: string
  /** Name of the fields, without language. */
  place: string
  where: Where
  text: ScriptText
  /** Left out: one line. */
  rows?: number
}

/** One text in every language, side by side, with what is wrong with it. */
function Texts({ t, content, problems, label, place, where, text, rows }: TextsProps) {
  const own = problems.filter((problem) => problem.where === where && isOfText(problem))
  const id = place.replaceAll('.', '-')
  return (
    <div className="mb-4">
      <div className="grid gap-3 md:grid-cols-2">
        {content.languages.map((language) => {
          const missing = own.some((problem) => problem.kind === 'missing_translation' && problem.detail === language)
          const shared = {
            id: `${id}-${language}`,
            name: `${place}.${language}`,
            defaultValue: text[language] ?? '',
            lang: language,
            'aria-describedby': own.length ? `${id}-problems` : undefined,
          }
          return (
            <label key={language} className="block" htmlFor={shared.id}>
              <span className="mb-1 flex flex-wrap items-center gap-2 text-sm font-semibold">
                <span>
                  {label} · <span lang={language}>{languageNames[language] ?? language}</span>
                </span>
                {missing && (
                  <span className="bg-warning text-warning-content rounded px-2 py-0.5">
                    {t('scripts.not_translated')}
                  </span>
                )}
              </span>
              {rows ? (
                <textarea {...shared} rows={rows} maxLength={4000} className="textarea w-full text-base" />
              ) : (
                <input {...shared} maxLength={400} className="input w-full text-base" />
              )}
            </label>
          )
        })}
      </div>
      {own.length > 0 && (
        <div id={`${id}-problems`}>
          {own
            .filter((problem) => problem.kind !== 'missing_translation')
            .map((problem, index) => (
              <ProblemLine key={index} t={t} problem={problem} />
            ))}
        </div>
      )}
    </div>
  )
}

function ProblemLine({ t, problem }: { t: Translate; problem: ScriptProblem }) {
  return (
    <p className="text-error mt-1 mb-2 flex items-start gap-1 text-sm font-semibold">
      <Icon name="warning" size={16} /> {problemWords(t, problem)}
    </p>
  )
}

function AddStep({ t, content, action }: Shared) {
  return (
    <section className="border-base-300 rounded-box mb-6 border border-dashed p-4 sm:p-6" aria-labelledby="add-step">
      <h2 id="add-step" className="mb-3 font-bold">
        {t('scripts.add_step')}
      </h2>
      <p className="flex flex-wrap gap-2">
        {stepKinds.map((kind) => (
          <button
            key={kind}
            name="act"
            value={`add:${kind}`}
            formAction={`${action}#add-step`}
            className="btn btn-sm min-h-11"
            disabled={content.steps.length >= 60}
          >
            + {t(`scripts.kind.${kind}`)}
          </button>
        ))}
      </p>
    </section>
  )
}

function Placeholders({ t }: { t: Translate }) {
  return (
    <Card title={t('scripts.placeholders')} lead={t('scripts.placeholders_text')} id="placeholders">
      <dl className="grid gap-x-6 gap-y-1 text-sm sm:grid-cols-2">
        {placeholders.map((name) => (
          <div key={name} className="flex flex-wrap gap-2">
            <dt>
              <code>{`{${name}}`}</code>
            </dt>
            <dd>{t(`scripts.placeholder.${name}`)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

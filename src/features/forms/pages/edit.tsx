import type { ReactNode } from 'react'
import { languageNames, localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, PageHead } from '../../../platform/ui/components.tsx'
import { confirmingQuestion } from '../../events/calls/schema.ts'
import type { Field } from '../../people/fields/schema.ts'
import type { ScriptQuestion } from '../editing.ts'
import type { Form, FormVersion } from '../queries.ts'
import { possibleAnswers } from '../../scripts/rules.ts'
import { brokenConditions, fieldKindsFor, missingTexts, problemsOf, questionsOf } from '../rules.ts'
import {
  addableBlocks,
  consentChannels,
  contactNeeds,
  districtKinds,
  helpKinds,
  mostFileBytes,
  questionKinds,
  type Block,
  type FormContent,
  type Question,
} from '../schema.ts'
import { answerText, asAnswer } from '../words.ts'

interface EditFormPageProps {
  t: Translate
  form: Form
  /** The version the writer started from. */
  started: Pick<FormVersion, 'version' | 'created_at' | 'first_used_at'>
  content: FormContent
  scripts: readonly (ScriptQuestion & { script: string })[]
  /** Own fields of profiles. */
  fields: readonly Field[]
  /** Whose tasks offers of help can become. */
  owners: readonly { user_id: string; display_name: string }[]
  /** Why it was not saved. */
  problem: 'changed_meanwhile' | 'invalid' | null
  /** What somebody else saved meanwhile. */
  theirs: FormContent | null
}

type Inside = Pick<EditFormPageProps, 't' | 'content' | 'scripts' | 'fields' | 'owners'> & { action: string }

/** One plain form: every button posts all texts, so that nothing typed is lost. */
export function EditFormPage({ form, started, problem, theirs, ...asked }: EditFormPageProps) {
  const { t, content } = asked
  const action = `/forms/${form.form_id}/edit`
  const inside: Inside = { ...asked, action }
  const missing = missingTexts(content).length
  const problems = problemsOf(content)
  const buttons = (
    <p className="mb-6 flex flex-wrap gap-3">
      <button name="act" value="save" className="btn btn-primary">
        {t('action.save')}
      </button>
      <a href={`/forms/${form.form_id}`} className="btn btn-ghost">
        {t('action.cancel')}
      </a>
    </p>
  )
  return (
    <div className="max-w-3xl">
      <PageHead
        title={t('forms.edit_title', { name: form.name })}
        back={{ href: `/forms/${form.form_id}`, label: form.name }}
      />
      {problem === 'invalid' && <Alert kind="error" title={t('forms.invalid')} />}
      {problem === 'changed_meanwhile' && (
        <Alert kind="warning" title={t('forms.changed_meanwhile')}>
          {theirs && <Theirs t={t} theirs={theirs} ours={content} />}
          <a href={`/forms/${form.form_id}/preview`} target="_blank" rel="noopener">
            {t('forms.compare_theirs')}
          </a>
        </Alert>
      )}
      {started.first_used_at && <Alert kind="info">{t('forms.used_version')}</Alert>}
      {problems.length > 0 && (
        <Alert kind="warning" title={t('forms.blocked')}>
          <ul className="list-disc pl-5">
            {problems.map((each) => (
              <li key={each}>{t.dynamic(`forms.problem.${each}`)}</li>
            ))}
          </ul>
        </Alert>
      )}
      {missing > 0 && <Alert kind="info">{t('forms.missing', { count: missing })}</Alert>}
      <form method="post" action={action}>
        {/* Enter saves; it does not press the first button of a part. */}
        <button className="sr-only" name="act" value="save" tabIndex={-1} aria-hidden="true">
          {t('action.save')}
        </button>
        <input type="hidden" name="version" value={started.version} />
        <input type="hidden" name="saved_at" value={started.created_at.toISOString()} />
        <Card title={t('forms.head')}>
          <Texts {...inside} place="title" label={t('forms.field.title')} text={content.title} />
          <Texts {...inside} place="intro" label={t('forms.field.intro')} text={content.intro} rows={3} />
        </Card>
        {content.petition && <PetitionFields {...inside} petition={content.petition} />}
        <h2 className="mb-3 text-xl font-bold">{t('forms.blocks')}</h2>
        {content.blocks.map((block, at) => (
          <BlockCard
            key={`${block.block} ${block.block === 'question' ? block.key : at}`}
            {...inside}
            block={block}
            at={at}
          />
        ))}
        <AddCard {...inside} />
        <Card title={t('forms.after')}>
          <Texts {...inside} place="button" label={t('forms.field.button')} text={content.button} />
          <Texts {...inside} place="thanks" label={t('forms.field.thanks')} text={content.thanks} rows={3} />
          <Texts {...inside} place="next_label" label={t('forms.field.next_label')} text={content.next_label} />
          <label className="mb-4 block">
            <span className="mb-1 block font-semibold">{t('forms.field.next_link')}</span>
            <input
              name="next_link"
              type="url"
              className="input w-full text-base"
              defaultValue={content.next_link}
              placeholder="https://"
            />
          </label>
        </Card>
        {buttons}
      </form>
    </div>
  )
}

/** Texts that are saved now and stand nowhere in what was typed. */
function Theirs({ t, theirs, ours }: { t: Translate; theirs: FormContent; ours: FormContent }) {
  const typed = new Set(textsIn(ours))
  const fresh = [...new Set(textsIn(theirs))].filter((text) => !typed.has(text))
  if (fresh.length === 0) return null
  return (
    <>
      <p className="mt-1">{t('meanwhile.saved_now')}</p>
      <ul className="mb-2 list-disc pl-5 wrap-anywhere whitespace-pre-line">
        {fresh.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </>
  )
}

/** Whatever is written in a language, in the order of the form. */
const textsIn = (part: unknown): string[] =>
  Array.isArray(part)
    ? part.flatMap(textsIn)
    : typeof part === 'object' && part !== null
      ? Object.entries(part).flatMap(([name, inside]) =>
          typeof inside === 'string' ? (name in languageNames && inside ? [inside] : []) : textsIn(inside),
        )
      : []

interface TextsProps extends Pick<Inside, 't' | 'content'> {
  place: string
  label: string
  text: LocalizedText
  rows?: number
}

/** One box per language; a text that others have and this one lacks is marked. */
function Texts({ t, content, place, label, text, rows }: TextsProps) {
  const isSomewhere = Object.values(text).some(Boolean)
  return (
    <fieldset className="mb-4">
      <legend className="mb-1 font-semibold">{label}</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {content.languages.map((language) => {
          const name = `${place}.${language}`
          const isMissing = isSomewhere && !text[language]
          const shared = {
            id: name,
            name,
            lang: language,
            defaultValue: text[language] ?? '',
            maxLength: 4000,
          }
          return (
            <div key={language}>
              <label htmlFor={name} className="mb-1 block text-sm">
                <span lang={language}>{languageNames[language] ?? language}</span>
                {isMissing && <strong className="text-error"> · {t('forms.missing_here')}</strong>}
              </label>
              {rows ? (
                <textarea {...shared} rows={rows} className="textarea w-full text-base" />
              ) : (
                <input {...shared} className="input w-full text-base" />
              )}
            </div>
          )
        })}
      </div>
    </fieldset>
  )
}

function Chooser({
  label,
  name,
  value,
  options,
}: {
  label: string
  name: string
  value: string
  options: readonly [string, string][]
}) {
  return (
    <label className="mb-4 block">
      <span className="mb-1 block font-semibold">{label}</span>
      <select name={name} defaultValue={value} className="select w-full max-w-md text-base">
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}

const Tick = ({ name, is_on, children }: { name: string; is_on: boolean; children: ReactNode }) => (
  <label className="mb-3 flex min-h-11 items-center gap-3">
    <input type="checkbox" className="checkbox" name={name} defaultChecked={is_on} />
    {children}
  </label>
)

function PetitionFields({ petition, ...inside }: Inside & { petition: NonNullable<FormContent['petition']> }) {
  const { t } = inside
  return (
    <Card title={t('forms.petition_part')}>
      <Texts
        {...inside}
        place="petition.addressed_to"
        label={t('forms.field.addressed_to')}
        text={petition.addressed_to}
      />
      <Texts {...inside} place="petition.demand" label={t('forms.field.demand')} text={petition.demand} rows={4} />
      <div className="grid gap-x-4 sm:grid-cols-3">
        <label className="mb-4 block">
          <span className="mb-1 block font-semibold">{t('forms.field.goal')}</span>
          <input
            name="petition.goal"
            type="number"
            min={1}
            max={1_000_000}
            required
            defaultValue={petition.goal}
            className="input w-full text-base"
          />
        </label>
        <Chooser
          label={t('forms.field.district_kind')}
          name="petition.district_kind"
          value={petition.district_kind}
          options={districtKinds.map((kind) => [kind, t.dynamic(`forms.district.${kind}`)])}
        />
        <label className="mb-4 block">
          <span className="mb-1 block font-semibold">{t('forms.field.district')}</span>
          <input
            name="petition.district"
            type="number"
            min={1}
            max={999}
            defaultValue={petition.district ?? ''}
            className="input w-full text-base"
          />
        </label>
      </div>
    </Card>
  )
}

function BlockCard({ block, at, ...inside }: Inside & { block: Block; at: number }) {
  const { t, content, action } = inside
  const place = `blocks.${at}`
  const number = at + 1
  const title =
    block.block === 'question'
      ? t.dynamic(`forms.question_kind.${block.kind}`)
      : t.dynamic(`forms.block.${block.block}`)
  const act = (value: string, label: string) => (
    <button name="act" value={value} formAction={`${action}#part-${at}`} formNoValidate className="btn btn-sm min-h-11">
      {label} <span className="sr-only">({t('forms.part', { number })})</span>
    </button>
  )
  return (
    <Card
      id={`part-${at}`}
      title={`${number}. ${title}`}
      actions={
        <div className="flex flex-wrap gap-2">
          {at > 0 && act(`up:${at}`, t('forms.up'))}
          {at < content.blocks.length - 1 && act(`down:${at}`, t('forms.down'))}
          {block.block !== 'name' && act(`remove:${at}`, t('forms.remove'))}
        </div>
      }
    >
      <input type="hidden" name={`${place}.block`} value={block.block} />
      <BlockBody {...inside} block={block} place={place} at={at} act={act} />
    </Card>
  )
}

interface BodyProps extends Inside {
  block: Block
  place: string
  at: number
  act(value: string, label: string): ReactNode
}

function BlockBody({ block, place, at, act, ...inside }: BodyProps) {
  const { t } = inside
  switch (block.block) {
    case 'name':
      return (
        <Tick name={`${place}.asks_hangul`} is_on={block.asks_hangul}>
          {t('forms.asks_hangul')}
        </Tick>
      )
    case 'contact':
      return (
        <Chooser
          label={t('forms.needs')}
          name={`${place}.needs`}
          value={block.needs}
          options={contactNeeds.map((each) => [each, t.dynamic(`forms.needs.${each}`)])}
        />
      )
    case 'address':
      return (
        <>
          <Chooser
            label={t('forms.asks')}
            name={`${place}.asks`}
            value={block.asks}
            options={(['zip', 'full'] as const).map((each) => [each, t(`forms.asks.${each}`)])}
          />
          <Tick name={`${place}.is_needed`} is_on={block.is_needed}>
            {t('forms.is_needed')}
          </Tick>
        </>
      )
    case 'language':
      return null
    case 'consent':
      return (
        <>
          <p className="mb-3 text-sm">{t('forms.consent_hint')}</p>
          {consentChannels.map((channel) => (
            <Texts
              key={channel}
              {...inside}
              place={`${place}.wording.${channel}`}
              label={t.dynamic(`people.channel.${channel}`)}
              text={block.wording[channel] ?? {}}
              rows={3}
            />
          ))}
        </>
      )
    case 'help':
      return (
        <>
          <Texts {...inside} place={`${place}.say`} label={t('forms.help_say')} text={block.say} />
          {helpKinds.map((kind) => (
            <Tick key={kind} name={`${place}.options.${kind}`} is_on={block.options.includes(kind)}>
              {t.dynamic(`forms.help.${kind}`)}
            </Tick>
          ))}
          <div className="grid gap-x-4 sm:grid-cols-2">
            <Chooser
              label={t('forms.help_owner')}
              name={`${place}.owner_id`}
              value={block.owner_id ?? ''}
              options={[
                ['', t('forms.help_nobody')],
                ...inside.owners.map(({ user_id, display_name }): [string, string] => [user_id, display_name]),
              ]}
            />
            <label className="mb-4 block">
              <span className="mb-1 block font-semibold">{t('forms.help_due')}</span>
              <input
                name={`${place}.due_days`}
                type="number"
                min={1}
                max={365}
                defaultValue={block.due_days ?? ''}
                className="input w-full text-base"
              />
            </label>
          </div>
        </>
      )
    case 'words':
      return <Texts {...inside} place={`${place}.text`} label={t('forms.words')} text={block.text} rows={3} />
    case 'question':
      break
  }
  return <QuestionBody {...inside} question={block} place={place} at={at} act={act} />
}

function QuestionBody({ question, place, at, act, ...inside }: Omit<BodyProps, 'block'> & { question: Question }) {
  const { t, scripts, action } = inside
  const isOwn = question.script_id === null
  const script = scripts.find(({ script_id }) => script_id === question.script_id)?.script
  return (
    <>
      <input type="hidden" name={`${place}.key`} value={question.key} />
      <input type="hidden" name={`${place}.kind`} value={question.kind} />
      <input type="hidden" name={`${place}.script_id`} value={question.script_id ?? ''} />
      {!isOwn && <p className="mb-3 text-sm">{t('forms.from_script', { script: script ?? '' })}</p>}
      <Texts {...inside} place={`${place}.say`} label={t('forms.say')} text={question.say} rows={2} />
      {(question.kind === 'choice' || question.kind === 'several') && (
        <fieldset className="mb-4">
          <legend className="mb-2 font-semibold">{t('forms.choices')}</legend>
          <ol className="space-y-3">
            {question.choices.map((choice, each) => (
              <li key={choice.key} className="border-base-300 border-l-4 pl-3 sm:flex sm:items-end sm:gap-3">
                <input type="hidden" name={`${place}.choices.${each}.key`} value={choice.key} />
                <div className="min-w-0 flex-1">
                  <Texts
                    {...inside}
                    place={`${place}.choices.${each}.label`}
                    label={t('forms.choice_number', { number: each + 1 })}
                    text={choice.label}
                  />
                </div>
                {isOwn && question.choices.length > 2 && (
                  <button
                    name="act"
                    value={`remove-choice:${at}:${each}`}
                    formAction={`${action}#part-${at}`}
                    formNoValidate
                    className="btn btn-sm btn-ghost min-h-11 sm:mb-4"
                  >
                    {t('forms.remove_choice', { number: each + 1 })}
                  </button>
                )}
              </li>
            ))}
          </ol>
          {isOwn && <div className="mt-3">{act(`add-choice:${at}`, `+ ${t('forms.add_choice')}`)}</div>}
        </fieldset>
      )}
      {question.kind === 'agree' && <p className="mb-4 text-sm">{t('forms.agree_hint')}</p>}
      {question.kind === 'file' && (
        <p className="mb-4 text-sm">{t('forms.file_hint', { most: mostFileBytes / 1_000_000 })}</p>
      )}
      <Tick name={`${place}.is_needed`} is_on={question.is_needed}>
        {t('forms.is_needed')}
      </Tick>
      <Condition {...inside} question={question} place={place} />
      <Mapping {...inside} question={question} place={place} />
    </>
  )
}

/** A box for each answer of each question further up; what is ticked and can be given no more says so. */
function Condition({
  t,
  content,
  question,
  place,
}: Pick<Inside, 't' | 'content'> & { question: Question; place: string }) {
  const questions = questionsOf(content)
  const at = questions.findIndex(({ key }) => key === question.key)
  const earlier = questions.slice(0, at).filter((each) => possibleAnswers(each).length > 0)
  const broken = brokenConditions(questions, questions[at] ?? question)
  if (earlier.length === 0 && broken.length === 0) return null
  return (
    <details className="mb-2" open={Object.keys(question.only_if).length > 0}>
      <summary className="min-h-11 content-center font-semibold">{t('forms.only_if')}</summary>
      <p className="mb-3 text-sm">{t('forms.only_if_hint')}</p>
      {earlier.map((each) => (
        <fieldset key={each.key} className="border-base-300 mb-3 border-l-4 pl-3">
          <legend className="mb-1 font-semibold">
            {localized(each.say, t.language).text || t.dynamic(`forms.question_kind.${each.kind}`)}
          </legend>
          <div className="flex flex-wrap gap-x-6">
            {possibleAnswers(each).map((answer) => (
              <Tick
                key={answer}
                name={`${place}.only_if.${each.key}.${answer}`}
                is_on={question.only_if[each.key]?.includes(answer) === true}
              >
                {answerText(t, each, asAnswer(each, answer)) || answer}
              </Tick>
            ))}
          </div>
        </fieldset>
      ))}
      {broken.map(([key, answer]) => {
        const asked = questions.find((each) => each.key === key)
        return (
          <Tick key={`${key} ${answer}`} name={`${place}.only_if.${key}.${answer}`} is_on>
            <span className="text-error font-semibold">
              {t('forms.only_if_broken', {
                question: asked ? localized(asked.say, t.language).text : key,
                answer: answerText(t, asked, asAnswer(asked, answer)),
              })}
            </span>
          </Tick>
        )
      })}
    </details>
  )
}

/** What else becomes of an answer: a tag, a field of the profile. */
function Mapping({ t, fields, question, place }: Pick<Inside, 't' | 'fields'> & { question: Question; place: string }) {
  const answers = possibleAnswers(question)
  const fitting = fields.filter(({ kind }) => fieldKindsFor[question.kind].includes(kind))
  const isMapped = question.field !== null || Object.keys(question.tags).length > 0
  if (answers.length === 0 && fitting.length === 0 && !isMapped) return null
  return (
    <details className="mb-2" open={isMapped}>
      <summary className="min-h-11 content-center font-semibold">{t('forms.mapping')}</summary>
      {fitting.length > 0 && (
        <Chooser
          label={t('forms.mapping_field')}
          name={`${place}.field`}
          value={question.field ?? ''}
          options={[
            ['', t('forms.mapping_none')],
            ...fitting.map(({ key, label }): [string, string] => [key, localized(label, t.language).text]),
          ]}
        />
      )}
      {answers.length > 0 && (
        <fieldset>
          <legend className="mb-1 font-semibold">{t('forms.mapping_tags')}</legend>
          <div className="grid gap-3 sm:grid-cols-2">
            {answers.map((answer) => (
              <label key={answer} className="block">
                <span className="mb-1 block text-sm">
                  {answerText(t, question, asAnswer(question, answer)) || answer}
                </span>
                <input
                  name={`${place}.tags.${answer}`}
                  className="input w-full text-base"
                  maxLength={40}
                  defaultValue={question.tags[answer] ?? ''}
                />
              </label>
            ))}
          </div>
        </fieldset>
      )}
    </details>
  )
}

/** Whether they come to one event is asked by its call list alone, and a form does not know whose name goes into a gap. */
const isAskedAnywhere = ({ key, say }: ScriptQuestion): boolean =>
  key !== confirmingQuestion && !Object.values(say).some((text) => text !== undefined && /\{[a-z._]+\}/.test(text))

function AddCard({ t, content, scripts, action }: Inside) {
  const there = new Set(content.blocks.map((block) => (block.block === 'question' ? block.key : block.block)))
  const add = (value: string, label: string) => (
    <button
      key={value}
      name="act"
      value={value}
      formAction={`${action}#part-${content.blocks.length}`}
      formNoValidate
      className="btn btn-sm h-auto min-h-11 max-w-full py-2 text-left whitespace-normal"
    >
      + {label}
    </button>
  )
  const offered = scripts.filter((each) => !there.has(each.key) && isAskedAnywhere(each))
  return (
    <Card title={t('forms.add')}>
      <h3 className="mb-2 font-semibold">{t('forms.add_question')}</h3>
      <div className="mb-5 flex flex-wrap gap-2">
        {questionKinds.map((kind) => add(`add-question:${kind}`, t.dynamic(`forms.question_kind.${kind}`)))}
      </div>
      {offered.length > 0 && (
        <details className="mb-5">
          <summary className="min-h-8 font-semibold">{t('forms.add_script')}</summary>
          <p className="my-2 text-sm">{t('forms.add_script_hint')}</p>
          <div className="flex flex-wrap gap-2">
            {offered.map((each) =>
              add(
                `add-script:${each.script_id}/${each.key}`,
                `${localized(each.say, t.language).text.slice(0, 90)} (${each.script})`,
              ),
            )}
          </div>
        </details>
      )}
      <h3 className="mb-2 font-semibold">{t('forms.add_part')}</h3>
      <div className="flex flex-wrap gap-2">
        {addableBlocks
          .filter((kind) => kind === 'words' || !there.has(kind))
          .map((kind) => add(`add:${kind}`, t.dynamic(`forms.block.${kind}`)))}
      </div>
    </Card>
  )
}

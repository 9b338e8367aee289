import { useContext, type ComponentProps, type ReactNode } from 'react'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { languageNames } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Card, ErrorSummary, PageHead } from '../../../platform/ui/components.tsx'
import { Icon } from '../../../platform/ui/icon.tsx'
import { Island } from '../../../platform/ui/island.tsx'
import type { FormValues } from '../../../platform/ui/form-values.ts'
import { isTheirs, MeanwhileContext, SavedNow, useSeen } from '../../../platform/ui/meanwhile.tsx'
import { ageProblems, builderDistricts, contactChoices, type Choices, type ContactChoice } from '../builder.ts'
import '../builder-messages.ts'
import { examplesOf, parse } from '../parse.ts'
import type { ColumnsState } from '../columns/state.ts'
import type { BuilderData } from '../islands/parts/builder.tsx'
import { ProblemBox } from '../islands/parts/problem-box.tsx'
import { SavingFields } from '../islands/parts/saving-fields.tsx'
import type { Universe, UniverseProblem } from '../queries.ts'
import type { Refresh } from '../refresh.ts'
import { communities, parties, sexes, typedFields } from '../schema.ts'
import { allInWords } from '../steps/words.ts'
import { ColumnsNews } from './columns-notice.tsx'
import { countyLabel, nearbyCounties } from './labels.ts'
import { Results, Sample, type Found } from './results.tsx'

/**
 * `refresh` is what the island begins with: beside each choice how many there would be with it. The page without script
 * says who is in the universe itself, which is another count: `answer`.
 */
export type BuilderFound = Found & { refresh: Refresh | null }

/** As it stands in the fields. */
export const savedUniverse = ({ name, expression, note }: SavedUniverse): FormValues => ({
  name,
  expression,
  note: note ?? '',
})

/** Where what somebody else saved leads to: it stands above the builder. */
export const universePlaces = { name: 'name', expression: 'q', note: 'note' }

type SavedUniverse = Pick<Universe, 'universe_id' | 'name' | 'expression' | 'note'>

interface Props {
  t: Translate
  today: string
  /** As typed. */
  typed: string
  choices: Choices
  found: BuilderFound | null
  problem: UniverseProblem | null
  /** Where the two forms lead, and where saving posts to. */
  address: string
  save: string
  tags: readonly string[]
  ours: BuilderData['ours']
  states: BuilderData['states']
  district_kinds: BuilderData['district_kinds']
  has_voters: boolean
  columns: ColumnsState | null
  /** Set while changing a saved one. */
  saved: SavedUniverse | null
  /** Tells whether somebody changes it while it is shown; goes along with each address of this page. */
  was: string
  form?: { typed: Record<string, string>; errors: FieldErrors }
}

/** What is saved lies in several places of the page: the box, the name and the note below. */
const formId = 'universe'

/**
 * Choosing voters by clicking or typing, with the count, who they are, and saving. The island takes its place as soon as it
 * is there; without script, or if it does not come, the two forms do the same.
 */
export function BuilderPage({
  t,
  today,
  typed,
  choices,
  found,
  problem,
  address,
  save,
  tags,
  ours,
  states,
  district_kinds,
  has_voters,
  columns,
  saved,
  was,
  form,
}: Props) {
  const seen = useSeen({ values: saved ? savedUniverse(saved) : {}, typed: form?.typed ?? {} })
  const first: BuilderData['first'] = found && {
    text: found.universe.text,
    answer: found.refresh
      ? {
          is: 'answer',
          text: found.universe.text,
          refresh: found.refresh,
          remarks: found.universe.remarks,
        }
      : { is: 'too_slow', text: found.universe.text },
  }
  const data: BuilderData = {
    language: t.language,
    today,
    typed,
    address,
    save,
    tags: [...tags],
    ours,
    states,
    district_kinds,
    saved: saved && { name: saved.name, note: saved.note, ...seen },
    form: form ?? null,
    first,
  }
  const wrongAges = ageProblems(choices)
  const link = (expression: string): string =>
    `${address}?${new URLSearchParams({ q: expression, ...(saved && { was }) })}`
  return (
    <>
      <PageHead
        title={saved ? t('universes.edit_title', { name: saved.name }) : t('universes.new_title')}
        back={{
          href: saved ? `/voters/universes/${saved.universe_id}` : '/voters/universes',
          label: saved ? saved.name : t('universes.back'),
        }}
      />
      {Object.keys(wrongAges).length > 0 && (
        <Alert kind="error" title={t('targeting.age_problem.title')}>
          {Object.entries(wrongAges).map(([name, problem]) => (
            <p key={name}>
              <a href={`#choose-${name}`}>
                {t.dynamic(`targeting.${name}`)}: {t(`targeting.age_problem.${problem}`)}
              </a>
            </p>
          ))}
        </Alert>
      )}
      {form && (
        <ErrorSummary
          t={t}
          errors={form.errors}
          labels={{ name: t('universes.name'), note: t('universes.note'), kind: t('builder.kind') }}
        />
      )}
      <Theirs t={t} />
      {!has_voters && (
        <Alert kind="warning" title={t('universes.no_voters')}>
          {t('universes.no_voters_text')}
        </Alert>
      )}
      <ColumnsNews t={t} columns={columns} />
      <Island name="universe-builder" data={data}>
        <p className="island-wait bg-base-100 rounded-box border-base-300 border p-8 text-center" role="status">
          {t('builder.loading')}
        </p>
        <div className="island-without">
          {found?.answer && (
            <p className="bg-base-100 rounded-box border-base-300 mb-4 flex flex-wrap items-baseline gap-x-3 border p-4 lg:hidden">
              <strong className="text-xl">{t('common.voters', { count: found.answer.breakdown.total })}</strong>
              <a href="#results">{t('universes.see_results')} ↓</a>
            </p>
          )}
          <div className="grid items-start gap-6 lg:grid-cols-[20rem_minmax(0,1fr)]">
            <Chooser {...{ t, choices, address, tags }} was={saved && was} />
            <div className="min-w-0" id="results">
              <Typing {...{ t, typed, problem, address, link }} seen={saved && seen.seen} />
              {found && <Results found={found} t={t} narrow={link} />}
              <Saving {...{ t, save, saved, was, seen }} {...(form ? { form } : {})} />
              {found && <Sample found={found} t={t} today={today} />}
            </div>
          </div>
        </div>
      </Island>
      <Words t={t} />
    </>
  )
}

/** What somebody else saved meanwhile; above the builder, whose island knows nothing of it. */
function Theirs({ t }: { t: Translate }) {
  const meanwhile = useContext(MeanwhileContext)
  if (!meanwhile) return null
  const labels = { name: t('universes.name'), expression: t('universes.expression'), note: t('universes.note') }
  return (
    <dl className="mb-6 max-w-prose">
      {Object.entries(labels)
        .filter(([name]) => isTheirs(meanwhile, name))
        .map(([name, label]) => (
          <div key={name} className="mb-2">
            <dt className="font-semibold">{label}</dt>
            <dd>
              <SavedNow name={name} is_apart />
            </dd>
          </div>
        ))}
    </dl>
  )
}

function Typing({
  t,
  typed,
  problem,
  address,
  link,
  seen,
}: Pick<Props, 't' | 'typed' | 'problem' | 'address'> & {
  link: (expression: string) => string
  seen: string | null
}) {
  const parsed = parse(typed)
  const said = parsed.ok ? allInWords(parsed.expression, t) : null
  return (
    <Card title={t('builder.your_conditions')} id="expression">
      {said && <p className="mb-3 break-words">{said}</p>}
      {/* Enter in a line of the form presses its first button, which is to save. */}
      <SaveButton t={t} seen={seen} className="sr-only" tabIndex={-1} aria-hidden />
      <label htmlFor="q" className="mb-1 block text-sm font-semibold">
        {t('universes.expression')}
      </label>
      <textarea
        id="q"
        name="q"
        form={formId}
        rows={3}
        defaultValue={typed}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        aria-describedby={problem ? 'q-hint q-problem' : 'q-hint'}
        aria-invalid={problem ? true : undefined}
        className={`textarea field-sizing-content min-h-24 w-full font-mono text-base ${problem ? 'textarea-error' : ''}`}
      />
      <p id="q-hint" className="mt-1 mb-3 text-sm">
        {t('universes.expression_hint')}
      </p>
      {problem && (
        <ProblemBox
          t={t}
          text={typed}
          problem={problem}
          renderFix={(suggestion, corrected) => (
            <p className="mt-1">
              <a className="font-semibold" href={link(corrected)}>
                {t('targeting.problem.did_you_mean', { suggestion })}
              </a>
            </p>
          )}
        />
      )}
      <div className="flex flex-wrap gap-2">
        <button
          className="btn btn-primary"
          type="submit"
          form={formId}
          formMethod="get"
          formAction={address}
          formNoValidate
        >
          <Icon name="search" size={18} /> {t('universes.show_voters')}
        </button>
        <a className="btn" href={address}>
          {t('universes.clear')}
        </a>
      </div>
    </Card>
  )
}

/** The form to click. One submit puts the choices into the expression. */
function Chooser({
  t,
  choices,
  address,
  tags,
  was,
}: Pick<Props, 't' | 'choices' | 'address' | 'tags'> & { was: string | null }) {
  const wrong = ageProblems(choices)
  const languages = [...new Set(['ko', 'en', 'zh', 'es', ...choices.language, 'unknown'])]
  const counties = [...new Set<string>([...nearbyCounties, ...choices.county])]
  const offeredTags = [...new Set([...tags.slice(0, 40), ...choices.tag])]
  const numbers = ['1', '2', '3', '4', '5', '6']
  return (
    <form
      method="get"
      action={address}
      className="bg-base-100 rounded-box border-base-300 border"
      aria-labelledby="builder-title"
    >
      <input type="hidden" name="build" value="1" />
      {was !== null && <input type="hidden" name="was" value={was} />}
      <div className="p-4 sm:p-5">
        <h2 id="builder-title" className="text-lg font-bold">
          {t('universes.builder')}
        </h2>
        <p className="mt-1 text-sm">
          {t('universes.builder_hint')} {t('universes.builder_first')}
        </p>
      </div>
      <Group
        t={t}
        title={t('targeting.group.community')}
        chosen={(choices.community ? 1 : 0) + choices.language.length}
        open
      >
        <Pick
          label={t('targeting.community')}
          name="community"
          value={choices.community}
          options={[
            ['', t('targeting.any')],
            ...communities.map((value): [string, string] => [value, t(`targeting.community.${value}`)]),
          ]}
        />
        <Pick
          label={t('targeting.community_percent')}
          name="percent"
          value={choices.percent}
          options={[
            ['50', t('targeting.percent_50')],
            ['70', t('targeting.percent_70')],
            ['80', t('targeting.percent_80')],
            ['90', t('targeting.percent_90')],
          ]}
        />
        <Checks
          legend={t('targeting.language')}
          name="language"
          chosen={choices.language}
          options={languages.map((tag) =>
            tag === 'unknown' ? [tag, t('targeting.unknown')] : [tag, languageNames[tag] ?? tag, tag],
          )}
        />
      </Group>
      <Group
        t={t}
        title={t('targeting.group.place')}
        chosen={choices.county.length + (choices.district_kind && choices.district_numbers ? 1 : 0)}
      >
        <Checks
          legend={t('targeting.county')}
          name="county"
          chosen={choices.county}
          options={counties.map((slug) => [slug, countyLabel(t, slug)])}
        />
        <Pick
          label={t('targeting.district_kind')}
          name="district_kind"
          value={choices.district_kind}
          options={[
            ['', t('targeting.any')],
            ...builderDistricts.map((kind): [string, string] => [kind, t(`targeting.district.${kind}`)]),
          ]}
        />
        <Line
          label={t('targeting.district_numbers')}
          name="district_numbers"
          value={choices.district_numbers}
          hint={t('targeting.district_numbers_hint')}
        />
      </Group>
      <Group t={t} title={t('targeting.group.party')} chosen={choices.party.length}>
        <Checks
          legend={t('targeting.group.party')}
          name="party"
          chosen={choices.party}
          options={parties.map((value) => [value, t(`targeting.party.${value}`)])}
          hideLegend
        />
      </Group>
      <Group
        t={t}
        title={t('targeting.group.person')}
        chosen={choices.sex.length + (choices.age_from || choices.age_to ? 1 : 0)}
        hasError={Object.keys(wrong).length > 0}
      >
        <div className="grid grid-cols-2 gap-3">
          {(['age_from', 'age_to'] as const).map((name) => (
            <Line
              key={name}
              label={t(`targeting.${name}`)}
              name={name}
              value={choices[name]}
              error={wrong[name] && t(`targeting.age_problem.${wrong[name]}`)}
              numeric
            />
          ))}
        </div>
        <Checks
          legend={t('targeting.sex')}
          name="sex"
          chosen={choices.sex}
          options={sexes.map((value) => [value, t(`targeting.sex.${value}`)])}
        />
      </Group>
      <Group t={t} title={t('targeting.group.turnout')} chosen={choices.times ? 1 : 0}>
        <div className="grid grid-cols-2 gap-3">
          <Pick
            label={t('targeting.turnout_times')}
            name="times"
            value={choices.times}
            options={[
              ['', t('targeting.any')],
              ...numbers.map((value): [string, string] => [value, t('targeting.times', { number: value })]),
            ]}
          />
          <Pick
            label={t('targeting.turnout_of')}
            name="of"
            value={choices.of}
            options={numbers.map((value) => [value, t('targeting.last', { number: value })])}
          />
        </div>
        <Pick
          label={t('targeting.turnout_kind')}
          name="election_kind"
          value={choices.election_kind}
          options={[
            ['', t('targeting.turnout_any')],
            ['general', t('targeting.election.general')],
            ['primary', t('targeting.election.primary')],
          ]}
        />
      </Group>
      <Group t={t} title={t('targeting.group.contact')} chosen={(choices.phone ? 1 : 0) + (choices.contact ? 1 : 0)}>
        <Pick
          label={t('targeting.phone')}
          name="phone"
          value={choices.phone}
          options={[
            ['', t('targeting.any')],
            ['any', t('targeting.phone.any')],
            ['mobile', t('targeting.phone.mobile')],
          ]}
        />
        <Pick
          label={t('targeting.contact')}
          name="contact"
          value={choices.contact}
          options={[
            ['', t('targeting.any')],
            ...(Object.keys(contactChoices) as ContactChoice[]).map((value): [string, string] => [
              value,
              t(`targeting.contact.${value}`),
            ]),
          ]}
        />
      </Group>
      {offeredTags.length > 0 && (
        <Group t={t} title={t('targeting.group.tag')} chosen={choices.tag.length}>
          <Checks
            legend={t('targeting.group.tag')}
            name="tag"
            chosen={choices.tag}
            options={offeredTags.map((tag) => [tag, tag])}
            hideLegend
          />
        </Group>
      )}
      <input type="hidden" name="rest" value={choices.rest} />
      <div className="border-base-300 border-t p-4 sm:p-5">
        {choices.rest && (
          <div className="mb-4 text-sm">
            <p className="font-semibold">{t('universes.rest')}</p>
            <p className="bg-base-200 my-1 rounded p-2 font-mono break-words">{choices.rest}</p>
            <p>{t('universes.rest_hint')}</p>
          </div>
        )}
        <button className="btn btn-primary w-full" type="submit">
          {t('universes.apply')}
        </button>
      </div>
    </form>
  )
}

function Group({
  t,
  title,
  chosen,
  open,
  hasError = false,
  children,
}: {
  t: Translate
  title: string
  chosen: number
  open?: boolean
  hasError?: boolean
  children: ReactNode
}) {
  return (
    <details className="border-base-300 border-t" open={open || chosen > 0 || hasError}>
      <summary className="flex min-h-12 cursor-pointer items-center gap-2 px-4 font-semibold sm:px-5">
        <span className="flex-1">{title}</span>
        {chosen > 0 && (
          <span className="bg-primary text-primary-content rounded-full px-2 py-0.5 text-xs">
            {t('universes.chosen', { count: chosen })}
          </span>
        )}
      </summary>
      <div className="space-y-4 px-4 pt-1 pb-5 sm:px-5">{children}</div>
    </details>
  )
}

interface ChecksProps {
  legend: string
  name: string
  chosen: readonly string[]
  /** Value, label, and the label's language where it is another. */
  options: readonly (readonly [string, string, string?])[]
  hideLegend?: boolean
}

function Checks({ legend, name, chosen, options, hideLegend }: ChecksProps) {
  return (
    <fieldset>
      <legend className={hideLegend ? 'sr-only' : 'mb-1.5 text-sm font-semibold'}>{legend}</legend>
      <div className="flex flex-wrap gap-2">
        {options.map(([value, label, lang]) => (
          <label
            key={value}
            lang={lang}
            className="border-base-300 has-checked:border-primary has-checked:bg-primary/10 flex min-h-10 cursor-pointer items-center gap-2 rounded-full border px-3 text-sm"
          >
            <input
              type="checkbox"
              name={name}
              value={value}
              defaultChecked={chosen.includes(value)}
              className="checkbox checkbox-sm"
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function Pick({
  label,
  name,
  value,
  options,
}: {
  label: string
  name: string
  value: string
  options: readonly (readonly [string, string])[]
}) {
  return (
    <div>
      <label htmlFor={`choose-${name}`} className="mb-1 block text-sm font-semibold">
        {label}
      </label>
      <select id={`choose-${name}`} name={name} defaultValue={value} className="select w-full text-base">
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}

function Line({
  label,
  name,
  value,
  hint,
  error,
  numeric,
}: {
  label: string
  name: string
  value: string
  hint?: string
  error?: string | undefined
  numeric?: boolean
}) {
  const said = [...(hint ? [`choose-${name}-hint`] : []), ...(error ? [`choose-${name}-error`] : [])]
  return (
    <div>
      <label htmlFor={`choose-${name}`} className="mb-1 block text-sm font-semibold">
        {label}
      </label>
      <input
        id={`choose-${name}`}
        name={name}
        defaultValue={value}
        inputMode={numeric ? 'numeric' : undefined}
        aria-describedby={said.join(' ') || undefined}
        aria-invalid={error ? true : undefined}
        className={`input w-full text-base ${error ? 'input-error' : ''}`}
      />
      {error && (
        <p id={`choose-${name}-error`} className="text-error mt-1 text-sm font-semibold">
          {error}
        </p>
      )}
      {hint && (
        <p id={`choose-${name}-hint`} className="mt-1 text-sm">
          {hint}
        </p>
      )}
    </div>
  )
}

/** The box above belongs to it: what stands there is saved, shown or not. */
function Saving({
  t,
  save,
  saved,
  was,
  seen,
  form,
}: Pick<Props, 't' | 'save' | 'saved' | 'was'> & {
  seen: { seen: string; seen_at: string }
  form?: NonNullable<Props['form']>
}) {
  return (
    <Card title={saved ? t('universes.edit') : t('universes.save_title')} lead={t('universes.save_lead')} id="save">
      <form id={formId} method="post" action={save}>
        {saved && <input type="hidden" name="was" value={was} />}
        {saved && <input type="hidden" name="seen_at" value={seen.seen_at} />}
        <SavingFields t={t} saved={saved} form={form ?? null} />
        <SaveButton t={t} seen={saved && seen.seen} className="btn btn-primary" />
      </form>
    </Card>
  )
}

/** Brings along what the form was opened with; who only looks at the voters needs no such long address. */
const SaveButton = ({ t, seen, ...rest }: { t: Translate; seen: string | null } & ComponentProps<'button'>) => (
  <button {...(seen !== null && { name: 'seen', value: seen })} type="submit" form={formId} {...rest}>
    {t('action.save')}
  </button>
)

/** Every word with what it asks and examples: the language explains itself. */
export function Words({ t }: { t: Translate }) {
  return (
    <details className="bg-base-100 rounded-box border-base-300 border">
      <summary className="flex min-h-12 cursor-pointer items-center px-4 font-semibold sm:px-6">
        {t('universes.help')}
      </summary>
      <div className="overflow-x-auto px-4 pb-4 sm:px-6" tabIndex={0} role="region" aria-label={t('universes.help')}>
        <table className="table-sm table">
          <thead>
            <tr>
              {[t('universes.help_field'), t('universes.help_meaning'), t('universes.help_examples')].map((head) => (
                <th key={head} scope="col" className="text-base-content">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {typedFields.map((field) => (
              <tr key={field}>
                <th scope="row" className="font-mono">
                  {field}
                </th>
                <td>{t(`targeting.field.${field}`)}</td>
                <td className="font-mono">
                  {examplesOf(field)
                    .slice(0, 4)
                    .map((example) => `${field}:${example}`)
                    .join('  ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

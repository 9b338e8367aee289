import type { ReactNode } from 'react'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { formatDate } from '../../../platform/i18n/formats.ts'
import { languageNames, localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, Choices, EmptyState, Field, FieldError, OwnText, PageHead, Select } from '../../../platform/ui/components.tsx' // prettier-ignore
import { choices, type FormValues } from '../../../platform/ui/form-values.ts'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import { contestName, electionTitle } from '../../elections/contests/pages/words.tsx'
import { isRunning } from '../../elections/contests/rules.ts'
import type { MembershipKind } from '../../people/membership/queries.ts'
import '../answers/messages.ts'
import '../ballots/messages.ts'
import '../interviews/messages.ts'
import '../questions/messages.ts'
import { NamedWords } from '../own-words.tsx'
import '../results/messages.ts'
import type { DraftKept } from './commands.ts'
import './messages.ts'
import type { Cycle, ElectionToChoose } from './queries.ts'
import { stageOn, type Stage } from './rules.ts'
import {
  ballotMethods,
  lateRules,
  publicParts,
  remindDays,
  tieKinds,
  tieRules,
  votesNeeded,
  votesNeededOf,
  type Rules,
} from './schema.ts'
import { dayBefore, type RuleLine } from './words.ts'

const list = '/endorsements'
const kindOfStage = { draft: 'neutral', answers: 'info', before_vote: 'info', vote: 'warning', counting: 'info', announced: 'success' } as const // prettier-ignore

export const StageBadge = ({ t, stage }: { t: Translate; stage: Stage }) => (
  <Badge kind={kindOfStage[stage]}>{t(`endorsements.stage.${stage}`)}</Badge>
)

interface CyclesPageProps {
  t: Translate
  cycles: readonly Cycle[]
  today: string
  may_edit: boolean
}

export function CyclesPage({ t, cycles, today, may_edit }: CyclesPageProps) {
  const make = may_edit && (
    <a className="btn btn-primary" href={`${list}/new`}>
      {t('endorsements.new')}
    </a>
  )
  return (
    <>
      <PageHead title={t('endorsements.title')} lead={t('endorsements.lead')} actions={cycles.length > 0 && make} />
      {cycles.length === 0 && (
        <EmptyState icon="ballot" title={t('endorsements.none')} action={make}>
          <p>{t('endorsements.none_text')}</p>
        </EmptyState>
      )}
      <ul className="grid gap-3 md:grid-cols-2">
        {cycles.map((cycle) => (
          <li key={cycle.cycle_id} className="bg-base-100 rounded-box border-base-300 relative border p-5">
            <h2 className="text-lg font-bold">
              <a href={`${list}/${cycle.cycle_id}`} className="after:absolute after:inset-0">
                <OwnText t={t} text={localized(cycle.name, t.language)} language={t.language} />
              </a>
            </h2>
            <p className="mt-2 flex flex-wrap items-center gap-2">
              <StageBadge t={t} stage={stageOn(cycle.opened_at, cycle.rules, today)} />
              {cycle.rules && <span>{t('endorsements.contest_count', { count: cycle.rules.contest_ids.length })}</span>}
            </p>
            {cycle.rules && (
              <p className="mt-2 text-sm">
                {t('endorsements.answers_by_on')}: {formatDate(t.language, cycle.rules.answers_by_on)}
              </p>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

interface Typed {
  t: Translate
  typed: Record<string, string>
  errors: FieldErrors
  languages: readonly string[]
}

function Words({ cycle, ...form }: Typed & { cycle?: Pick<Cycle, 'name' | 'intro'> }) {
  const { t, typed, errors, languages } = form
  return (
    <>
      {languages.map((language, at) => (
        <Field
          key={language}
          t={t}
          label={t('endorsements.name_in', { language: languageNames[language] ?? language })}
          hint={at === 0 ? t('endorsements.name_hint') : undefined}
          name={`name_${language}`}
          lang={language}
          maxLength={120}
          is_one_of_several={languages.length > 1}
          value={cycle?.name[language] ?? ''}
          typed={typed}
          errors={at === 0 && errors.name ? { ...errors, [`name_${language}`]: errors.name } : errors}
        />
      ))}
      {languages.map((language) => (
        <Field
          key={language}
          t={t}
          label={t('endorsements.intro_in', { language: languageNames[language] ?? language })}
          name={`intro_${language}`}
          lang={language}
          rows={3}
          maxLength={3000}
          value={cycle?.intro[language] ?? ''}
          typed={typed}
          errors={errors}
        />
      ))}
    </>
  )
}

export function NewCyclePage(form: Typed) {
  const { t } = form
  return (
    <div className="max-w-2xl">
      <PageHead
        title={t('endorsements.new')}
        lead={t('endorsements.new_lead')}
        back={{ href: list, label: t('endorsements.title') }}
      />
      <form method="post" action={`${list}/new`}>
        <Card>
          <Words {...form} />
          <button className="btn btn-primary">{t('endorsements.make')}</button>
        </Card>
      </form>
    </div>
  )
}

interface CyclePageProps {
  t: Translate
  cycle: Cycle
  lines: readonly RuleLine[]
  stage: Stage
  public_path: string
  may_edit: boolean
  /** The vote it is the run-off of, and the run-off that follows it. */
  first: Cycle | null
  runoff: Cycle | null
  /** Why a draft was not taken out. */
  problem: DraftKept | null
  /** What the other parts of the room say of it. */
  children?: ReactNode
}

/** Where what keeps a draft is listed. */
const keptAt = { kept_by_guide: '/voterguides', kept_by_campaign: '/campaigns', kept_by_contribution: '/contributions' } as const // prettier-ignore

export function CyclePage({
  t,
  cycle,
  lines,
  stage,
  public_path,
  may_edit,
  first,
  runoff,
  problem,
  children,
}: CyclePageProps) {
  const here = `${list}/${cycle.cycle_id}`
  const kept_at = problem && keptAt[problem]
  return (
    <>
      <PageHead
        title={localized(cycle.name, t.language).text}
        lead={<StageBadge t={t} stage={stage} />}
        back={{ href: list, label: t('endorsements.title') }}
        actions={
          cycle.opened_at && (
            <a className="btn" href={public_path}>
              {t('endorsements.public_page')}
            </a>
          )
        }
      />
      {problem && (
        <Alert kind="error">
          {t(`endorsements.${problem}`)}
          {kept_at && (
            <a className="link mt-1 block" href={kept_at}>
              {t('endorsements.kept_open')}
            </a>
          )}
        </Alert>
      )}
      {may_edit && cycle.rules && !cycle.opened_at && (
        <Card title={t('endorsements.open')} lead={t('endorsements.open_lead')} id="open">
          <form method="post" action={`${here}/open`}>
            <button className="btn btn-primary">{t('endorsements.open')}</button>
          </form>
        </Card>
      )}
      <BesideRunoff t={t} first={first} runoff={runoff} href={(cycle_id) => `${list}/${cycle_id}`} />
      {children}
      <Card
        title={t('endorsements.rules')}
        id="rules"
        actions={
          may_edit &&
          cycle.rules && (
            <a className="btn" href={`${here}/rules`}>
              {t('endorsements.rules_change')}
            </a>
          )
        }
      >
        {cycle.rules ? (
          <RuleList t={t} lines={lines} />
        ) : (
          <>
            <p className="mb-4">{t('endorsements.rules_none')}</p>
            {may_edit && (
              <a className="btn btn-primary" href={`${here}/rules`}>
                {t('endorsements.rules_write')}
              </a>
            )}
          </>
        )}
      </Card>
      {may_edit && !cycle.opened_at && (
        <details className="mb-6">
          <summary className="link inline-flex min-h-11 cursor-pointer items-center">
            {t('endorsements.remove')}
          </summary>
          <form method="post" action={`${here}/remove`}>
            <p className="mb-3">{t('endorsements.remove_lead')}</p>
            <button className="btn">{t('endorsements.remove')}</button>
          </form>
        </details>
      )}
    </>
  )
}

/** Before the rules there are no contests, so nobody runs and nobody is interviewed. */
export const RulesFirst = ({ t, cycle, may_edit }: Pick<CyclePageProps, 't' | 'cycle' | 'may_edit'>) => (
  <EmptyState
    icon="ballot"
    title={t('endorsements.rules_first')}
    action={
      may_edit && (
        <a className="btn btn-primary" href={`${list}/${cycle.cycle_id}/rules`}>
          {t('endorsements.rules_write')}
        </a>
      )
    }
  >
    {t('endorsements.rules_first_text')}
  </EmptyState>
)

interface BesideRunoffProps {
  t: Translate
  first: Pick<Cycle, 'cycle_id' | 'name'> | null
  runoff: Pick<Cycle, 'cycle_id' | 'name'> | null
  href: (cycle_id: string) => string
}

/** From a vote to its run-off and back. */
export function BesideRunoff({ t, first, runoff, href }: BesideRunoffProps) {
  const link = ({ cycle_id, name }: Pick<Cycle, 'cycle_id' | 'name'>) => (
    <a className="link inline-flex min-h-8 items-center font-semibold" href={href(cycle_id)}>
      <NamedWords t={t} text={name} />
    </a>
  )
  return (
    <>
      {first && <p className="mb-4">{t('endorsements.runoff_follows')} {link(first)}</p>}
      {runoff && <p className="mb-4">{t('endorsements.runoff_next')} {link(runoff)}</p>}
    </>
  )
} // prettier-ignore

interface CyclePartsProps {
  t: Translate
  cycle: Cycle
  questions: number
  sums: { asked: number; opened: number; begun: number; done: number }
}

/** The questionnaire and the candidates, with how far they are. */
export function CycleParts({ t, cycle, questions, sums }: CyclePartsProps) {
  const here = `${list}/${cycle.cycle_id}`
  const parts = [
    {
      href: `${here}/questions`,
      title: t('endorsements.questions'),
      text: t('endorsements.questions_count', { count: questions }),
    },
    { href: `${here}/candidates`, title: t('endorsements.candidates'), text: t('endorsements.sums', sums) },
    { href: `${here}/interviews`, title: t('interviews.title'), text: t('interviews.part_text') },
    { href: `${here}/vote`, title: t('ballots.title'), text: t('ballots.part_text') },
    { href: `${here}/result`, title: t('outcome.title'), text: t('outcome.part_text') },
  ]
  // A run-off asks nobody anew.
  const shown = cycle.runoff_of ? parts.slice(-2) : parts
  return (
    <ul className="mb-6 grid gap-3 sm:grid-cols-2">
      {shown.map(({ href, title, text }) => (
        <li key={href} className="bg-base-100 rounded-box border-base-300 relative border p-5">
          <h2 className="text-lg font-bold">
            <a href={href} className="after:absolute after:inset-0">
              {title}
            </a>
          </h2>
          <p className="mt-1">{text}</p>
        </li>
      ))}
    </ul>
  )
}

export const RuleList = ({ t, lines }: { t: Translate; lines: readonly RuleLine[] }) => (
  <dl className="divide-base-300 divide-y">
    {lines.map(({ key, text }) => (
      <div key={key} className="py-3 sm:grid sm:grid-cols-[12rem_1fr] sm:gap-4">
        <dt className="font-semibold">{t(`endorsements.line.${key}`)}</dt>
        <dd className="whitespace-pre-line">{text}</dd>
      </div>
    ))}
  </dl>
)

interface RulesPageProps extends Typed {
  cycle: Cycle
  elections: readonly ElectionToChoose[]
  kinds: readonly MembershipKind[]
  /** Every value of each list that was sent. */
  all: Record<string, string[]> | null
}

const usual = { method: 'ranked', threshold_percent: 60, endorsements_most: 1, late: 'refused', remind_days: [3, 1] as number[] } as const // prettier-ignore
const usualTies = { paid_staff: 'leave_room', family: 'no_vote', candidate: 'leave_room', volunteer: 'no_speaking', donor: 'disclose' } as const // prettier-ignore

const thresholdValues = (rules: Pick<Rules, 'threshold' | 'threshold_percent'>) => {
  const votes_needed = votesNeededOf(rules)
  const share = votes_needed === 'fraction' && rules.threshold && rules.threshold !== 'most' ? rules.threshold : null
  return {
    votes_needed,
    threshold_percent: votes_needed === 'percent' ? String(rules.threshold_percent) : '',
    threshold_yes: String(share?.yes ?? ''),
    threshold_of: String(share?.of ?? ''),
  }
}

/** What the form of the rules holds. */
export const rulesValues = ({ name, intro, rules }: Pick<Cycle, 'name' | 'intro' | 'rules'>): FormValues => ({
  ...Object.fromEntries(Object.entries(name).map(([language, text]) => [`name_${language}`, text])),
  ...Object.fromEntries(Object.entries(intro).map(([language, text]) => [`intro_${language}`, text])),
  ...(rules && {
    contest_ids: choices(rules.contest_ids.map(String)),
    voter_kinds: choices(rules.voter_kinds),
    public_parts: choices(rules.public_parts),
    method: rules.method,
    ...thresholdValues(rules),
    quorum: String(rules.quorum ?? ''),
    endorsements_most: String(rules.endorsements_most),
    late: rules.late,
    joined_by_on: rules.joined_by_on ?? '',
    paid_by_on: rules.paid_by_on ?? '',
    answers_by_on: rules.answers_by_on,
    vote_from_on: rules.vote_from_on,
    vote_until_on: rules.vote_until_on,
    announced_on: rules.announced_on,
    remind_days: choices(rules.remind_days.map(String)),
    has_runoff: rules.runoff ? 'yes' : '',
    runoff_from_on: rules.runoff?.vote_from_on ?? '',
    runoff_until_on: rules.runoff?.vote_until_on ?? '',
    runoff_announced_on: rules.runoff?.announced_on ?? '',
    ...Object.fromEntries(tieKinds.map((tie) => [`tie_${tie}`, rules.ties[tie]])),
  }),
})

export function RulesPage({ cycle, elections, kinds, all, ...form }: RulesPageProps) {
  const { t, typed, errors, languages } = form
  const here = `${list}/${cycle.cycle_id}`
  const rules: Partial<Rules> = cycle.rules ?? usual
  const chosen = (name: string, saved: readonly (string | number)[] | undefined): string[] =>
    all ? (all[name] ?? []) : (saved ?? []).map(String)
  const date = (name: 'joined_by_on' | 'paid_by_on' | 'answers_by_on' | 'vote_from_on' | 'vote_until_on' | 'announced_on', required = true) => (
    <Field {...{ t, typed, errors, name, required }} label={t(`endorsements.${name}`)} type="date" value={rules[name] ?? null} hint={required ? undefined : t('endorsements.day_hint')} />
  ) // prettier-ignore
  const runoffDay = (name: 'runoff_from_on' | 'runoff_until_on' | 'runoff_announced_on', value: string | undefined) => (
    <Field {...{ t, typed, errors, name }} label={t(`endorsements.${name}`)} type="date" value={value ?? null} />
  )
  const needed = thresholdValues({ threshold_percent: 50, ...rules })
  const usable = kinds.filter(({ kind, archived_at }) => !archived_at || rules.voter_kinds?.includes(kind))
  return (
    <div className="max-w-3xl">
      <PageHead
        title={t('endorsements.rules')}
        lead={cycle.opened_at ? undefined : t('endorsements.rules_draft_lead')}
        back={{ href: here, label: localized(cycle.name, t.language).text }}
      />
      {cycle.opened_at && <Alert kind="warning">{t('endorsements.rules_open_lead')}</Alert>}
      {errors[''] && <Alert kind="error">{t.dynamic(errors[''])}</Alert>}
      <form method="post" action={`${here}/rules`}>
        <Seen values={rulesValues(cycle)} typed={typed} />
        <Card title={t('endorsements.contests')} id="contests">
          {elections.length === 0 && <p>{t('endorsements.contests_none')}</p>}
          {elections.map((election) => (
            <Choices
              key={election.election_id}
              t={t}
              legend={`${electionTitle(t, election)} · ${formatDate(t.language, election.held_on)}`}
              name="contest_ids[]"
              kind="checkbox"
              chosen={chosen('contest_ids', rules.contest_ids)}
              options={election.contests.map((contest) => ({
                value: String(contest.contest_id),
                label: contestName(t, contest),
                hint: t('endorsements.running', {
                  count: contest.candidates.filter(({ status }) => isRunning(status)).length,
                }),
              }))}
            />
          ))}
          <FieldError t={t} name="contest_ids" errors={errors} />
        </Card>
        <Card title={t('endorsements.voters')} id="voters">
          {usable.length === 0 ? (
            <p className="mb-4">{t('endorsements.kinds_none')}</p>
          ) : (
            <Choices
              {...{ t, errors }}
              legend={t('endorsements.voter_kinds')}
              name="voter_kinds[]"
              kind="checkbox"
              chosen={chosen('voter_kinds', rules.voter_kinds)}
              options={usable.map(({ kind, name }) => ({ value: kind, label: localized(name, t.language).text }))}
            />
          )}
          <div className="grid gap-x-4 sm:grid-cols-2">
            {date('joined_by_on', false)}
            {date('paid_by_on', false)}
          </div>
        </Card>
        <Card title={t('endorsements.decision')} id="decision">
          <Select
            {...{ t, typed, errors }}
            label={t('endorsements.method')}
            name="method"
            required
            value={rules.method ?? null}
            options={ballotMethods.map((value) => ({ value, label: t(`endorsements.method.${value}`) }))}
          />
          <Select
            {...{ t, typed, errors }}
            label={t('endorsements.votes_needed')}
            hint={t('endorsements.votes_needed_hint')}
            name="votes_needed"
            required
            value={needed.votes_needed}
            options={votesNeeded.map((value) => ({ value, label: t(`endorsements.needed.${value}`) }))}
          />
          <Field
            {...{ t, typed, errors }}
            label={t('endorsements.threshold_percent')}
            hint={t('endorsements.threshold_hint')}
            name="threshold_percent"
            inputMode="numeric"
            value={needed.threshold_percent}
          />
          <div className="grid gap-x-4 sm:grid-cols-2">
            <Field
              {...{ t, typed, errors }}
              label={t('endorsements.threshold_yes')}
              hint={t('endorsements.threshold_yes_hint')}
              name="threshold_yes"
              inputMode="numeric"
              value={needed.threshold_yes}
            />
            <Field
              {...{ t, typed, errors }}
              label={t('endorsements.threshold_of')}
              name="threshold_of"
              inputMode="numeric"
              value={needed.threshold_of}
            />
          </div>
          <Field
            {...{ t, typed, errors }}
            label={t('endorsements.quorum')}
            hint={t('endorsements.quorum_hint')}
            name="quorum"
            inputMode="numeric"
            value={rules.quorum ?? null}
          />
          <Field
            {...{ t, typed, errors }}
            label={t('endorsements.endorsements_most')}
            hint={t('endorsements.endorsements_most_hint')}
            name="endorsements_most"
            inputMode="numeric"
            required
            value={rules.endorsements_most ?? null}
          />
        </Card>
        <Card title={t('endorsements.runoff')} lead={t('endorsements.runoff_lead')} id="runoff">
          <Choices
            {...{ t, errors }}
            name="has_runoff"
            kind="checkbox"
            chosen={[typed.method === undefined ? (rules.runoff ? 'yes' : '') : (typed.has_runoff ?? '')]}
            options={[{ value: 'yes', label: t('endorsements.has_runoff') }]}
          />
          <div className="grid gap-x-4 sm:grid-cols-2">
            {runoffDay('runoff_from_on', rules.runoff?.vote_from_on)}
            {runoffDay('runoff_until_on', rules.runoff?.vote_until_on)}
            {runoffDay('runoff_announced_on', rules.runoff?.announced_on)}
          </div>
        </Card>
        <Card title={t('endorsements.ties')} lead={t('endorsements.ties_lead')} id="ties">
          <div className="grid gap-x-4 sm:grid-cols-2">
            {tieKinds.map((tie) => (
              <Select
                key={tie}
                {...{ t, typed, errors }}
                label={t(`endorsements.tie.${tie}`)}
                name={`tie_${tie}`}
                required
                value={rules.ties?.[tie] ?? usualTies[tie]}
                options={tieRules.map((value) => ({ value, label: t(`endorsements.tie_rule.${value}`) }))}
              />
            ))}
          </div>
        </Card>
        <Card title={t('endorsements.dates')} lead={t('endorsements.dates_lead')} id="dates">
          <div className="grid gap-x-4 sm:grid-cols-2">
            {date('answers_by_on')}
            <Select
              {...{ t, typed, errors }}
              label={t('endorsements.late')}
              name="late"
              required
              value={rules.late ?? null}
              options={lateRules.map((value) => ({ value, label: t(`endorsements.late.${value}`) }))}
            />
            {date('vote_from_on')}
            {date('vote_until_on')}
            {date('announced_on')}
          </div>
          <Choices
            {...{ t, errors }}
            legend={t('endorsements.remind_days')}
            hint={t('endorsements.remind_hint')}
            name="remind_days[]"
            kind="checkbox"
            chosen={chosen('remind_days', rules.remind_days)}
            options={remindDays.map((days) => ({ value: String(days), label: dayBefore(t, days) }))}
          />
        </Card>
        <Card id="public">
          <Choices
            {...{ t, errors }}
            legend={t('endorsements.public_parts')}
            hint={t('endorsements.public_parts_hint')}
            name="public_parts[]"
            kind="checkbox"
            chosen={chosen('public_parts', rules.public_parts ?? publicParts)}
            options={publicParts.map((value) => ({ value, label: t(`endorsements.part.${value}`) }))}
          />
        </Card>
        <Card title={t('endorsements.words')} id="words">
          <Words {...form} cycle={cycle} />
        </Card>
        {cycle.opened_at && (
          <Card title={t('endorsements.reason')} id="reason">
            {languages.map((language, at) => (
              <Field
                key={language}
                t={t}
                label={t('endorsements.reason_in', { language: languageNames[language] ?? language })}
                name={`reason_${language}`}
                lang={language}
                rows={2}
                maxLength={1000}
                is_one_of_several={languages.length > 1}
                typed={typed}
                errors={at === 0 && errors.reason ? { ...errors, [`reason_${language}`]: errors.reason } : errors}
              />
            ))}
          </Card>
        )}
        <button className="btn btn-primary">{t('endorsements.save')}</button>
      </form>
    </div>
  )
}

import type { ReactNode } from 'react'
import type { FieldErrors } from '../../platform/http/form.ts'
import { formatDate, formatDateTime } from '../../platform/i18n/formats.ts'
import { languageNames, localized, type LocalizedText } from '../../platform/i18n/languages.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import {
  Alert,
  Badge,
  Card,
  Choices,
  EmptyState,
  Field,
  FieldError,
  PageHead,
  Select,
} from '../../platform/ui/components.tsx'
import { choices, type FormValues } from '../../platform/ui/form-values.ts'
import { Seen } from '../../platform/ui/meanwhile.tsx'
import { contestName, electionTitle } from '../elections/contests/pages/words.tsx'
import type { Candidate, Contest, ContestOfElection, Election } from '../elections/contests/queries.ts'
import { isRunning } from '../elections/contests/rules.ts'
import type { Cycle } from '../endorsements/cycles/queries.ts'
import type { Question } from '../endorsements/questions/queries.ts'
import type { Taken } from './commands.ts'
import { markRules } from './law.ts'
import './messages.ts'
import { WholeGuide } from './public-pages.tsx'
import { addressOf, Languages, type Reading } from './reading.tsx'
import { choiceOf, type ClaimRow, type Guide, type Issue, type ListedGuide, type Version } from './queries.ts'
import { isShortened, stateIn } from './rules.ts'
import { guideKinds } from './schema.ts'

export const list = '/voterguides'
const text = (t: Translate, texts: LocalizedText): string => localized(texts, t.language).text
const nameIn = (language: string): string => languageNames[language] ?? language
const valuesOf = (field: string, texts: LocalizedText): FormValues =>
  Object.fromEntries(Object.entries(texts).map(([language, said]) => [`${field}_${language}`, said ?? '']))

interface Form {
  t: Translate
  languages: readonly string[]
  typed: Record<string, string>
  errors: FieldErrors
}

/** One field for each language; what is wrong with all of them stands at the first. */
function InLanguages({ t, languages, typed, errors, field, label, values, hint, rows, most, is_needed = false }: Form & {
  field: string
  label: (language: string) => string
  values: LocalizedText
  hint?: string
  rows?: number
  most: number
  is_needed?: boolean
}) {
  return languages.map((language, at) => (
    <Field
      key={language}
      t={t}
      label={label(nameIn(language))}
      name={`${field}_${language}`}
      lang={language}
      maxLength={most}
      is_one_of_several={is_needed && languages.length > 1}
      value={values[language] ?? ''}
      typed={typed}
      errors={at === 0 && errors[field] ? { ...errors, [`${field}_${language}`]: errors[field] } : errors}
      {...(hint && at === 0 && { hint })}
      {...(rows && { rows })}
    />
  ))
} // prettier-ignore

export function GuidesPage({ t, guides, may_edit }: { t: Translate; guides: readonly ListedGuide[]; may_edit: boolean }) {
  const start = may_edit && (
    <a className="btn btn-primary" href={`${list}/new`}>
      {t('voterguides.new')}
    </a>
  )
  return (
    <>
      <PageHead
        title={t('voterguides.title')}
        lead={t('voterguides.lead')}
        actions={
          <>
            <a className="btn" href={`${list}/agenda`}>
              {t('voterguides.agenda')}
            </a>
            {start}
          </>
        }
      />
      {guides.length === 0 && (
        <EmptyState icon="compare" title={t('voterguides.none')} action={start}>
          {t('voterguides.none_lead')}
        </EmptyState>
      )}
      <ul className="grid gap-4">
        {guides.map((guide) => (
          <li key={guide.guide_id} className="bg-base-100 rounded-box border-base-300 flex flex-wrap items-center gap-3 border p-4">
            <div className="min-w-0 flex-1 basis-60">
              <a className="link text-lg font-bold" href={`${list}/${guide.guide_id}`}>
                {text(t, guide.title)}
              </a>
              <p className="text-sm">
                {t(`voterguides.kind.${guide.kind}`)} · {formatDate(t.language, guide.held_on)}
              </p>
            </div>
            <Standing t={t} version={guide.version} is_withdrawn={guide.withdrawn_at !== null} />
          </li>
        ))}
      </ul>
    </>
  )
} // prettier-ignore

function Standing({ t, version, is_withdrawn }: { t: Translate; version: number | null; is_withdrawn: boolean }) {
  if (version === null) return <Badge kind="info">{t('voterguides.draft')}</Badge>
  if (is_withdrawn) return <Badge kind="warning">{t('voterguides.is_withdrawn')}</Badge>
  return <Badge kind="success">{t('voterguides.published', { version })}</Badge>
}

function KindField({ t, chosen, errors }: { t: Translate; chosen: string; errors: FieldErrors }) {
  return (
    <Choices
      t={t}
      legend={t('voterguides.kind')}
      name="kind"
      kind="radio"
      chosen={[chosen]}
      errors={errors}
      options={guideKinds.map((kind) => {
        const rule = markRules.find((each) => each.kind === kind)
        const given = { source: rule?.source ?? '', date: formatDate(t.language, rule?.checked_on ?? '') }
        return {
          value: kind,
          label: t(`voterguides.kind.${kind}`),
          hint: t(rule?.is_allowed ? 'voterguides.mark.own' : 'voterguides.mark.nonpartisan', given),
        }
      })}
    />
  )
}

const TitleFields = (form: Form & { value: Pick<Guide, 'title' | 'audience' | 'intro'> | null }) => {
  const { t, value } = form
  return (
    <>
      <InLanguages {...form} field="title" most={120} is_needed hint={t('voterguides.title_hint')} label={(language) => t('voterguides.title_in', { language })} values={value?.title ?? {}} />
      <InLanguages {...form} field="audience" most={200} label={(language) => t('voterguides.audience_in', { language })} values={value?.audience ?? {}} />
      <InLanguages {...form} field="intro" most={3000} rows={4} label={(language) => t('voterguides.intro_in', { language })} values={value?.intro ?? {}} />
    </>
  )
} // prettier-ignore

export function NewGuidePage({ elections, ...form }: Form & { elections: readonly Election[] }) {
  const { t, typed, errors } = form
  return (
    <div className="max-w-2xl">
      <PageHead title={t('voterguides.new')} lead={t('voterguides.new_lead')} back={{ href: list, label: t('voterguides.title') }} />
      {elections.length === 0 ? (
        <Alert kind="info">{t('voterguides.elections_none')}</Alert>
      ) : (
        <form method="post" action={`${list}/new`}>
          <Card>
            <Select
              t={t}
              label={t('voterguides.election')}
              name="election_id"
              required
              typed={typed}
              errors={errors}
              options={elections.map((each) => ({
                value: String(each.election_id),
                label: `${electionTitle(t, each)} · ${formatDate(t.language, each.held_on)}`,
              }))}
            />
            <KindField t={t} chosen={typed.kind ?? 'nonpartisan'} errors={errors} />
            <TitleFields {...form} value={null} />
            <button className="btn btn-primary">{t('voterguides.make')}</button>
          </Card>
        </form>
      )}
    </div>
  )
} // prettier-ignore

export const guideValues = (guide: Guide, chosen: { contest_ids: readonly number[]; issue_ids: readonly string[] }): FormValues => ({
  kind: guide.kind,
  cycle_id: guide.cycle_id ?? '',
  contest_ids: choices(chosen.contest_ids.map(String)),
  issue_ids: choices(chosen.issue_ids),
  ...valuesOf('title', guide.title),
  ...valuesOf('audience', guide.audience),
  ...valuesOf('intro', guide.intro),
}) // prettier-ignore

interface EditGuideProps extends Form {
  guide: Guide
  contests: readonly ContestOfElection[]
  issues: readonly Issue[]
  cycles: readonly Cycle[]
  chosen: { contest_ids: readonly number[]; issue_ids: readonly string[] }
  /** As typed, where the form came back. */
  all: Record<string, string[]> | null
}

export function EditGuidePage({ guide, contests, issues, cycles, chosen, all, ...form }: EditGuideProps) {
  const { t, typed, errors } = form
  const here = `${list}/${guide.guide_id}`
  return (
    <div className="max-w-3xl">
      <PageHead title={t('voterguides.edit')} back={{ href: here, label: text(t, guide.title) }} />
      <form method="post" action={`${here}/edit`}>
        <Seen values={guideValues(guide, chosen)} typed={typed} />
        <Card title={t('voterguides.contests')} lead={t('voterguides.contests_lead')} id="contests">
          <Choices
            t={t}
            name="contest_ids[]"
            kind="checkbox"
            chosen={all ? (all.contest_ids ?? []) : chosen.contest_ids.map(String)}
            options={contests.map((each) => ({
              value: String(each.contest_id),
              label: contestName(t, each),
              hint: each.candidates.filter(({ status }) => isRunning(status)).map(({ name }) => name).join(', '),
            }))}
            errors={errors}
          />
        </Card>
        <Card title={t('voterguides.issues')} lead={t('voterguides.issues_lead')} id="issues">
          {issues.length === 0 && (
            <p className="mb-3">
              {t('voterguides.issues_none')}{' '}
              <a className="link" href={`${list}/agenda`}>
                {t('voterguides.agenda')}
              </a>
            </p>
          )}
          <Choices
            t={t}
            name="issue_ids[]"
            kind="checkbox"
            chosen={all ? (all.issue_ids ?? []) : chosen.issue_ids}
            options={issues.map(({ issue_id, name }) => ({ value: issue_id, label: text(t, name) }))}
            errors={errors}
          />
          <Select
            t={t}
            label={t('voterguides.cycle')}
            name="cycle_id"
            typed={typed}
            value={guide.cycle_id ?? ''}
            errors={errors}
            options={[
              { value: '', label: t('common.none') },
              ...cycles.map(({ cycle_id, name }) => ({ value: cycle_id, label: text(t, name) })),
            ]}
          />
        </Card>
        <Card>
          <KindField t={t} chosen={typed.kind ?? guide.kind} errors={errors} />
          <TitleFields {...form} value={guide} />
          <button className="btn btn-primary">{t('action.save')}</button>
        </Card>
      </form>
    </div>
  )
} // prettier-ignore

interface GuidePageProps extends Form {
  guide: Guide
  election: Election
  contests: readonly ContestOfElection[]
  issues: number
  claims: readonly ClaimRow[]
  newer: number
  versions: readonly Version[]
  is_changed: boolean
  /** Does everybody still read of an endorsement that is none? */
  is_mark_withdrawn: boolean
  public_path: string
  time_zone: string
  may_edit: boolean
}

/** How far a guide is, and what comes next. */
export function GuidePage(props: GuidePageProps) {
  const { t, guide, election, contests, issues, claims, newer, languages, versions, is_changed, is_mark_withdrawn, public_path, time_zone, may_edit, typed, errors } = props // prettier-ignore
  const here = `${list}/${guide.guide_id}`
  const at = (instant: Date): string => formatDateTime(t.language, instant, time_zone)
  const [last] = versions
  const taken = claims.filter(({ question_id }) => question_id !== null).length
  return (
    <>
      <PageHead
        title={text(t, guide.title)}
        lead={`${electionTitle(t, election)} · ${formatDate(t.language, election.held_on)} · ${t(`voterguides.kind.${guide.kind}`)}`}
        back={{ href: list, label: t('voterguides.title') }}
        actions={
          <>
            {last && (
              <a className="btn" href={public_path}>
                {t('voterguides.open_public')}
              </a>
            )}
            <a className="btn btn-primary" href={`${here}/preview`}>
              {t('voterguides.preview')}
            </a>
          </>
        }
      />
      <p className="mb-4 flex flex-wrap gap-2">
        <Standing t={t} version={last?.version ?? null} is_withdrawn={guide.withdrawn_at !== null} />
        {last && is_changed && <Badge kind="warning">{t('voterguides.unpublished')}</Badge>}
      </p>
      {guide.withdrawn_at && (
        <Alert kind="warning">
          {t('voterguides.withdrawn_by', { name: guide.withdrawn_by ?? '', at: at(guide.withdrawn_at) })}
          <span className="block whitespace-pre-line">{text(t, guide.withdrawn_reason ?? {})}</span>
        </Alert>
      )}
      {is_mark_withdrawn && !guide.withdrawn_at && <Alert kind="warning">{t('voterguides.mark_withdrawn')}</Alert>}
      {newer > 0 && (
        <Alert kind="warning">
          {t('voterguides.newer', { count: newer })}{' '}
          <a className="link" href={`${here}/answers`}>
            {t('voterguides.answers')}
          </a>
        </Alert>
      )}
      <Card title={t('voterguides.steps')} id="steps">
        <ol className="grid gap-3">
          <Step number={1} href={may_edit ? `${here}/edit` : null} label={t('voterguides.edit')}>
            {t('voterguides.step_contests', { count: contests.length, issues })}
          </Step>
          <Step number={2} href={may_edit ? `${here}/answers` : null} label={t('voterguides.answers')}>
            {t('voterguides.step_answers', { count: taken })}
          </Step>
          {contests.map((contest, index) => (
            <Step key={contest.contest_id} number={3 + index} href={`${here}/contests/${contest.contest_id}`} label={contestName(t, contest)}>
              {translations(t, languages, claims.filter(({ contest_id }) => contest_id === contest.contest_id))}
            </Step>
          ))}
          <Step number={3 + contests.length} href={`${here}/preview`} label={t('voterguides.preview')}>
            {t('voterguides.last_edit', { name: guide.edited_by, at: at(guide.edited_at) })}
          </Step>
        </ol>
      </Card>
      {versions.length > 0 && (
        <Card title={t('voterguides.versions')} id="versions">
          <ul className="grid gap-2">
            {versions.map(({ version, published_at, edited_by, published_by, reason }) => (
              <li key={version}>
                {t('voterguides.version_line', { version, at: at(published_at), editor: edited_by, publisher: published_by })}
                {reason && <span className="block text-sm whitespace-pre-line">{text(t, reason)}</span>}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {last && !guide.withdrawn_at && may_edit && (
        <form method="post" action={`${here}/withdraw`}>
          <Card title={t('voterguides.withdraw')} lead={t('voterguides.withdraw_lead')} id="withdraw">
            <InLanguages t={t} languages={languages} typed={typed} errors={errors} field="reason" most={1000} rows={2} is_needed label={(language) => t('voterguides.withdraw_reason_in', { language })} values={{}} />
            <button className="btn">{t('voterguides.withdraw')}</button>
          </Card>
        </form>
      )}
    </>
  )
} // prettier-ignore

function Step({ number, href, label, children }: { number: number; href: string | null; label: string; children: ReactNode }) {
  return (
    <li className="flex gap-3">
      <span className="font-bold" aria-hidden="true">
        {number}
      </span>
      <span className="min-w-0">
        {href ? (
          <a className="link inline-flex min-h-8 items-center font-semibold" href={href}>
            {label}
          </a>
        ) : (
          <strong>{label}</strong>
        )}
        <span className="block text-sm">{children}</span>
      </span>
    </li>
  )
} // prettier-ignore

function translations(t: Translate, languages: readonly string[], claims: readonly ClaimRow[]): string {
  const written = claims.filter((claim) => Object.keys(claim.text).length > 0)
  return languages
    .map((language) =>
      t('voterguides.step_texts', {
        language: nameIn(language),
        count: written.filter((claim) => claim.text[language]).length,
        total: written.length,
      }),
    )
    .join(' · ')
}

interface AgendaProps extends Form {
  issues: readonly Issue[]
  may_edit: boolean
}

export function AgendaPage({ issues, may_edit, ...form }: AgendaProps) {
  const { t, languages } = form
  const here = `${list}/agenda`
  return (
    <div className="max-w-3xl">
      <PageHead title={t('voterguides.agenda')} lead={t('voterguides.agenda_lead')} back={{ href: list, label: t('voterguides.title') }} />
      {issues.length > 0 && (
        <ol className="mb-6 grid gap-3">
          {issues.map(({ issue_id, name, about }, at) => {
            const lacks = languages.filter((language) => !name[language])
            return (
              <li key={issue_id} className="bg-base-100 rounded-box border-base-300 flex flex-wrap items-start gap-3 border p-4">
                <div className="min-w-0 flex-1 basis-60">
                  <h2 className="font-bold">
                    {at + 1}. {text(t, name)}
                  </h2>
                  <p className="text-sm">{text(t, about)}</p>
                  {lacks.length > 0 && <Badge kind="warning">{t('voterguides.lacks', { languages: lacks.map(nameIn).join(', ') })}</Badge>}
                </div>
                {may_edit && (
                  <form method="post" action={`${here}/${issue_id}/move`} className="flex gap-2">
                    <a className="btn btn-sm min-h-11" href={`${here}/${issue_id}`}>
                      {t('action.edit')}
                      <span className="sr-only">: {text(t, name)}</span>
                    </a>
                    {at > 0 && (
                      <button className="btn btn-sm min-h-11" name="to" value="up" aria-label={t('voterguides.up', { name: text(t, name) })}>
                        ↑
                      </button>
                    )}
                    {at < issues.length - 1 && (
                      <button className="btn btn-sm min-h-11" name="to" value="down" aria-label={t('voterguides.down', { name: text(t, name) })}>
                        ↓
                      </button>
                    )}
                  </form>
                )}
              </li>
            )
          })}
        </ol>
      )}
      {may_edit && (
        <form method="post" action={here}>
          <Card title={t('voterguides.issue_add')} id="add">
            <IssueFields {...form} issue={null} />
          </Card>
        </form>
      )}
    </div>
  )
} // prettier-ignore

export const issueValues = ({ name, about }: Issue): FormValues => ({ ...valuesOf('name', name), ...valuesOf('about', about) }) // prettier-ignore

export function IssuePage({ issue, ...form }: Form & { issue: Issue }) {
  const { t, typed } = form
  return (
    <div className="max-w-2xl">
      <PageHead title={t('voterguides.issue_change')} back={{ href: `${list}/agenda`, label: t('voterguides.agenda') }} />
      <form method="post" action={`${list}/agenda/${issue.issue_id}`}>
        <Seen values={issueValues(issue)} typed={typed} />
        <Card>
          <IssueFields {...form} issue={issue} />
        </Card>
      </form>
    </div>
  )
} // prettier-ignore

function IssueFields({ issue, ...form }: Form & { issue: Issue | null }) {
  const { t } = form
  return (
    <>
      <InLanguages {...form} field="name" most={80} is_needed label={(language) => t('voterguides.issue_name_in', { language })} values={issue?.name ?? {}} />
      <InLanguages {...form} field="about" most={300} label={(language) => t('voterguides.issue_about_in', { language })} values={issue?.about ?? {}} />
      <button className="btn btn-primary">{issue ? t('action.save') : t('voterguides.issue_add')}</button>
    </>
  )
} // prettier-ignore

interface AnswersProps {
  t: Translate
  guide: Guide
  questions: readonly Question[]
  issues: readonly Issue[]
  mapping: ReadonlyMap<string, string>
  taken: Taken | 'answers_private' | null
}

export const issueField = (question_id: string): string => `issue_${question_id}`

/** Under which issue each question stands. */
export function AnswersPage({ t, guide, questions, issues, mapping, taken }: AnswersProps) {
  const here = `${list}/${guide.guide_id}`
  const options = [
    { value: '', label: t('voterguides.not_in_guide') },
    ...issues.map(({ issue_id, name }) => ({ value: issue_id, label: text(t, name) })),
  ]
  return (
    <div className="max-w-3xl">
      <PageHead title={t('voterguides.answers')} lead={t('voterguides.answers_lead')} back={{ href: here, label: text(t, guide.title) }} />
      {taken === 'answers_private' && <Alert kind="error">{t('voterguides.problem.answers_private')}</Alert>}
      {taken && taken !== 'answers_private' && <Alert kind="success">{t('voterguides.taken', { ...taken })}</Alert>}
      {questions.length === 0 ? (
        <Alert kind="info">
          {t('voterguides.answers_none')}{' '}
          <a className="link" href={`${here}/edit`}>
            {t('voterguides.edit')}
          </a>
        </Alert>
      ) : (
        <form method="post" action={`${here}/answers`}>
          <Card>
            {questions.map((question) => (
              <Select
                key={question.question_id}
                t={t}
                label={text(t, question.text)}
                name={issueField(question.question_id)}
                value={mapping.get(question.question_id) ?? ''}
                options={options}
              />
            ))}
            <button className="btn btn-primary">{t('voterguides.take')}</button>
          </Card>
        </form>
      )}
    </div>
  )
} // prettier-ignore

interface ContestPageProps {
  t: Translate
  guide: Guide
  contest: ContestOfElection
  issues: readonly Issue[]
  claims: readonly ClaimRow[]
  languages: readonly string[]
  may_edit: boolean
}

/** Every text of a contest with how far it is: shortened, translated, not yet. */
export function GuideContestPage({ t, guide, contest, issues, claims, languages, may_edit }: ContestPageProps) {
  const here = `${list}/${guide.guide_id}`
  const running = contest.candidates.filter(({ status }) => isRunning(status))
  return (
    <>
      <PageHead title={contestName(t, contest)} lead={t('voterguides.contest_lead')} back={{ href: here, label: text(t, guide.title) }} />
      {issues.map((issue) => (
        <Card key={issue.issue_id} title={text(t, issue.name)} id={`issue-${issue.issue_id}`}>
          <ul className="grid gap-4 lg:grid-cols-2">
            {running.map((candidate) => (
              <li key={candidate.candidate_id} className="border-base-300 min-w-0 rounded-lg border p-3">
                <h3 className="font-bold">{nameOf(t, candidate)}</h3>
                {claims
                  .filter((each) => each.issue_id === issue.issue_id && each.candidate_id === candidate.candidate_id)
                  .map((claim) => (
                    <ClaimLine key={claim.claim_id} t={t} claim={claim} here={here} languages={languages} may_edit={may_edit} />
                  ))}
                {may_edit && (
                  <a
                    className="link mt-2 inline-flex min-h-8 items-center text-sm"
                    href={`${here}/contests/${contest.contest_id}/new?candidate=${candidate.candidate_id}&issue=${issue.issue_id}`}
                  >
                    + {t('voterguides.add_claim', { name: nameOf(t, candidate) })}
                  </a>
                )}
              </li>
            ))}
          </ul>
        </Card>
      ))}
    </>
  )
} // prettier-ignore

const nameOf = (t: Translate, { name, names }: Candidate): string => text(t, { en: name, ...names })

function ClaimLine({ t, claim, here, languages, may_edit }: { t: Translate; claim: ClaimRow; here: string; languages: readonly string[]; may_edit: boolean }) {
  const said = localized(claim.text, t.language, [claim.original_language])
  const choice = choiceOf(claim)
  return (
    <div className="mt-2">
      <p className="text-sm">
        {t(`voterguides.claim_kind.${claim.kind}`)}
        {claim.question && `: ${text(t, claim.question)}`}
      </p>
      {choice && <p className="font-semibold">{t(`voterguides.choice.${choice}`)}</p>}
      <p className="line-clamp-3 wrap-anywhere" lang={said.language}>
        {said.text}
      </p>
      <p className="mt-1 flex flex-wrap items-center gap-1.5">
        {languages.map((language) => {
          const state = stateIn(language, claim)
          return (
            state && (
              <Badge key={language} kind={state === 'missing' ? 'warning' : 'neutral'}>
                {nameIn(language)}: {t(`voterguides.state.${state}`)}
              </Badge>
            )
          )
        })}
        {isShortened(claim) && <Badge>{t('voterguides.state.shortened')}</Badge>}
        {may_edit && (
          <a className="link inline-flex min-h-8 items-center text-sm" href={`${here}/claims/${claim.claim_id}`}>
            {t('voterguides.claim_fix')}
          </a>
        )}
      </p>
    </div>
  )
} // prettier-ignore

export const claimValues = (claim: ClaimRow): FormValues => ({
  original_language: claim.original_language,
  ...valuesOf('text', claim.text),
  ...(claim.question_id === null && {
    issue_id: claim.issue_id,
    kind: claim.kind,
    source_url: claim.source_url ?? '',
    source_on: claim.source_on,
  }),
})

interface ClaimPageProps extends Form {
  guide: Guide
  contest: Contest
  candidate: Candidate
  issues: readonly Issue[]
  claim: ClaimRow | null
  /** Chosen on the page before. */
  issue_id: string
}

export function ClaimPage({ guide, contest, candidate, issues, claim, issue_id, ...form }: ClaimPageProps) {
  const { t, languages, typed, errors } = form
  const here = `${list}/${guide.guide_id}`
  const isTyped = claim?.question_id === undefined || claim.question_id === null
  const action = claim ? `${here}/claims/${claim.claim_id}` : `${here}/contests/${contest.contest_id}/new`
  return (
    <div className="max-w-3xl">
      <PageHead
        title={t(claim ? 'voterguides.claim_change' : 'voterguides.claim_new')}
        lead={`${nameOf(t, candidate)} · ${contestName(t, contest)}`}
        back={{ href: `${here}/contests/${contest.contest_id}`, label: contestName(t, contest) }}
      />
      {claim?.original && !isTyped && (
        <Card title={t('voterguides.original')} lead={t('voterguides.original_kept')} id="original">
          <blockquote className="whitespace-pre-line wrap-anywhere" lang={claim.original_language}>
            {claim.original}
          </blockquote>
        </Card>
      )}
      <form method="post" action={action}>
        {claim && <Seen values={claimValues(claim)} typed={typed} />}
        <Card>
          <input type="hidden" name="candidate_id" value={candidate.candidate_id} />
          {isTyped && (
            <Choices
              t={t}
              legend={t('voterguides.claim_kind')}
              name="kind"
              kind="radio"
              chosen={[typed.kind ?? claim?.kind ?? 'statement']}
              errors={errors}
              options={(['statement', 'record'] as const).map((kind) => ({ value: kind, label: t(`voterguides.claim_kind.${kind}`) }))}
            />
          )}
          {isTyped && (
            <Select t={t} label={t('voterguides.issues')} name="issue_id" required typed={typed} value={claim?.issue_id ?? issue_id} errors={errors} options={issues.map((each) => ({ value: each.issue_id, label: text(t, each.name) }))} />
          )}
          <Select t={t} label={t('voterguides.original_language')} name="original_language" required typed={typed} value={claim?.original_language ?? 'en'} errors={errors} options={languages.map((each) => ({ value: each, label: nameIn(each) }))} />
          <InLanguages {...form} field="text" most={5000} rows={6} label={(language) => t('voterguides.text_in', { language })} values={claim?.text ?? {}} />
          {isTyped && (
            <>
              <Field t={t} label={t('voterguides.source_url')} name="source_url" type="url" required typed={typed} value={claim?.source_url ?? ''} errors={errors} />
              <Field t={t} label={t('voterguides.source_on')} name="source_on" type="date" required typed={typed} value={claim?.source_on ?? ''} errors={errors} />
            </>
          )}
          <button className="btn btn-primary">{t('action.save')}</button>
        </Card>
      </form>
      {claim && isTyped && (
        <form method="post" action={`${action}/remove`}>
          <button className="btn">{t('voterguides.remove')}</button>
        </form>
      )}
    </div>
  )
} // prettier-ignore

interface PreviewProps extends Form {
  guide: Guide
  reading: Reading
  content_key: string
  is_first: boolean
  may_publish: boolean
  actor_id: string
  time_zone: string
}

/** All of it as it stands now, and the button of whoever read it. */
export function PreviewPage({ guide, reading, content_key, is_first, may_publish, actor_id, time_zone, ...form }: PreviewProps) {
  const { t, typed, errors } = form
  const here = `${list}/${guide.guide_id}`
  const edited = t('voterguides.last_edit', { name: guide.edited_by, at: formatDateTime(t.language, guide.edited_at, time_zone) })
  return (
    <>
      <PageHead title={t('voterguides.preview')} lead={t('voterguides.preview_lead')} back={{ href: here, label: text(t, guide.title) }} />
      {errors[''] && <Alert kind="error">{t.dynamic(errors[''])}</Alert>}
      <div className="mb-6" lang={reading.t.language}>
        <Languages r={reading} here={`${here}/preview`} chosen={[]} />
        <WholeGuide r={reading} />
      </div>
      <Card title={t('voterguides.publish')} lead={edited} id="publish">
        {guide.editor_ids.includes(actor_id) ? (
          <p>{t('voterguides.problem.own_edit')}</p>
        ) : (
          may_publish && (
            <form method="post" action={addressOf(`${here}/publish`, reading.language)}>
              <input type="hidden" name="key" value={content_key} />
              {!is_first && (
                <InLanguages {...form} field="reason" most={1000} rows={2} is_needed hint={t('voterguides.reason_hint')} label={(language) => t('voterguides.reason_in', { language })} values={{}} />
              )}
              <label className="mb-3 flex min-h-11 items-center gap-3">
                <input type="checkbox" className="checkbox" name="has_read" value="yes" defaultChecked={typed.has_read === 'yes' && !errors['']} />
                {t('voterguides.has_read')}
              </label>
              <FieldError t={t} name="has_read" errors={errors} />
              <button className="btn btn-primary">{t('voterguides.publish')}</button>
            </form>
          )
        )}
      </Card>
    </>
  )
} // prettier-ignore

import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, Choices, Field, PageHead, Select } from '../../../platform/ui/components.tsx'
import type { FormValues } from '../../../platform/ui/form-values.ts'
import { Seen } from '../../../platform/ui/meanwhile.tsx'
import { contestName } from '../../elections/contests/pages/words.tsx'
import type { Candidate, Contest, ContestOfElection } from '../../elections/contests/queries.ts'
import { isRunning } from '../../elections/contests/rules.ts'
import type { Question } from '../../endorsements/questions/queries.ts'
import type { Taken } from '../commands.ts'
import { type Guide, type Issue, choiceOf, type ClaimRow } from '../queries.ts'
import { isShortened, stateIn } from '../rules.ts'
import { InLanguages, list, nameIn, SaysSame, text, valuesOf, type Form } from './fields.tsx'
import '../messages.ts'

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
      {claim.ranked.length > 0 && (
        <ol className="list-decimal pl-6">
          {claim.ranked.map((each, at) => (
            <li key={at}>{text(t, each)}</li>
          ))}
        </ol>
      )}
      <p className="line-clamp-3 wrap-anywhere" lang={said.language}>
        {said.text}
      </p>
      <p className="mt-1 flex flex-wrap items-center gap-1.5">
        {languages.map((language) => {
          const state = stateIn(language, claim, claim.older.text)
          return (
            state && (
              <Badge key={language} kind={state === 'missing' || state === 'older' ? 'warning' : 'neutral'}>
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
          {claim && <SaysSame {...form} />}
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

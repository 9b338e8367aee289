import type { ReactNode } from 'react'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { CountedContest } from '../ballots/result.tsx'
import { labelOf, runoffLine } from '../ballots/words.ts'
import type { ContestHeld, Cycle } from '../cycles/queries.ts'
import type { Rules } from '../cycles/schema.ts'
import { Languages, NamedWords } from '../own-words.tsx'
import { dayOf, readsOf } from '../reading.ts'
import type { Revision, Statement } from './queries.ts'
import { endorsedOf } from './rules.ts'
import { nameIn, revisionText } from './words.ts'

interface Props {
  t: Translate
  cycle: Cycle
  rules: Rules
  counts: readonly CountedContest[]
  contests: readonly ContestHeld[]
  statements: readonly Statement[]
  revisions: readonly Revision[]
  announced_at: Date
  time_zone: string
  path: string
  /** The vote it is the run-off of, and the run-off that follows. */
  beside: ReactNode
}

/** Whom the organization endorses and why, with what changed since. */
export function AnnouncementPage(props: Props) {
  const { t, cycle, rules, beside, counts, contests, statements, revisions, announced_at, time_zone, path } = props
  const own = (text: Statement['statement']) => <NamedWords t={t} text={text} />
  return (
    <>
      <Languages t={t} path={`${path}/announcement`} />
      <p>{own(cycle.name)}</p>
      <h1 className="mb-1 text-2xl font-bold text-balance sm:text-3xl">{t('outcome.page_title')}</h1>
      <p className="mb-5">
        {t('outcome.announced_on', { date: dayOf(t, announced_at, time_zone) })}
      </p>
      {beside}
      {counts.map(({ contest_id, contest, account }) => {
        const said = statements.find((each) => each.contest_id === contest_id)
        const endorsed = endorsedOf(contest, account)
        const runoff = runoffLine(t, rules, contest, account)
        const changes = revisions.filter((each) => each.contest_id === contest_id)
        const isWithdrawn = (candidate_id: number): boolean =>
          changes.some((each) => each.candidate_id === candidate_id)
        return (
          <section
            key={contest_id}
            aria-labelledby={`contest-${contest_id}`}
            className="bg-base-100 rounded-box border-base-300 mb-6 border p-4 sm:p-6"
          >
            <h2 id={`contest-${contest_id}`} className="text-lg font-bold">
              {nameIn(t, contests, contest_id)}
            </h2>
            {endorsed.length === 0 && <p className="mt-2 text-2xl font-bold">{runoff ?? t('ballots.say.nobody')}</p>}
            {endorsed.map(({ candidate_id, name }) => (
              <p key={candidate_id} className="mt-2 text-2xl font-bold text-balance">
                {isWithdrawn(candidate_id) ? <s>{labelOf(t, contest, name)}</s> : labelOf(t, contest, name)}
                <span className="ml-2 text-base font-normal">
                  {t(isWithdrawn(candidate_id) ? 'outcome.withdrawn' : 'ballots.endorsed')}
                </span>
              </p>
            ))}
            {said && Object.keys(said.statement).length > 0 && (
              <p className="mt-3 text-lg whitespace-pre-line">{own(said.statement)}</p>
            )}
            {said && Object.keys(said.reasons).length > 0 && (
              <>
                <h3 className="mt-4 font-bold">{t('outcome.reasons')}</h3>
                <p className="mt-1 whitespace-pre-line">{own(said.reasons)}</p>
              </>
            )}
            <Changes {...{ t, contest, changes, time_zone }} />
          </section>
        )
      })}
      <p className="flex flex-wrap gap-x-5">
        <a className="link inline-flex min-h-11 items-center" href={`${path}/result?lang=${readsOf(t)}`}>
          {t('outcome.how')}
        </a>
        <a className="link inline-flex min-h-11 items-center" href={`${path}?lang=${readsOf(t)}`}>
          {t('endorsements.rules_link')}
        </a>
      </p>
    </>
  )
} // prettier-ignore

interface ChangesProps {
  t: Translate
  contest: CountedContest['contest']
  changes: readonly Revision[]
  time_zone: string
}

/** What changed after the announcement, when and why. */
export function Changes({ t, contest, changes, time_zone }: ChangesProps) {
  if (changes.length === 0) return null
  return (
    <div className="border-warning mt-4 border-l-4 pl-3">
      <h3 className="font-bold">{t('outcome.changes')}</h3>
      <ul>
        {changes.map((each) => (
          <li key={each.revision_id} className="mt-2">
            <span className="font-semibold">{revisionText(t, contest, each, time_zone)}</span>
            <p className="whitespace-pre-line">
              <NamedWords t={t} text={each.reason} />
            </p>
          </li>
        ))}
      </ul>
    </div>
  )
}

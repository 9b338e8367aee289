import { formatDate, formatDateTime, formatNumber } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { FieldErrors } from '../../../platform/http/form.ts'
import { Alert, Badge, Card, Choices, EmptyState, Field, Figure, Figures, PageHead, Pagination, Select } from '../../../platform/ui/components.tsx' // prettier-ignore
import type { MembershipKind } from '../../people/membership/queries.ts'
import { PersonName } from '../../people/pages/person-name.tsx'
import { profilePath, shownName } from '../../people/rules.ts'
import type { ContestHeld, Cycle } from '../cycles/queries.ts'
import { tieKinds } from '../cycles/schema.ts'
import { heldName, remindersText } from '../cycles/words.ts'
import '../scores/messages.ts'
import './messages.ts'
import '../results/messages.ts'
import './paper-messages.ts'
import type { Challenge, OwnVote, RollCounts, RollRow, Vote } from './queries.ts'
import { contestsFor, isOpenBallot, mayChallenge, takingOn, type Taking, type Tied } from './rules.ts'
import { shows, tieField, type Show } from './schema.ts'
import { optionLabel } from './words.ts'

export const rollSize = 50

interface VotePageProps {
  t: Translate
  cycle: Cycle
  vote: Vote | null
  counts: RollCounts | null
  contests: readonly ContestHeld[]
  taking: Taking | null
  /** Of a roll that is not made: until then people can still join or pay. */
  joinable_until: string | null
  public_path: string
  may: { edit: boolean; roll: boolean }
  /** Given to voters and not typed in. */
  papers_out: number
  /** Contests that go into a run-off, and the run-off once it is made. */
  runoff: { lines: readonly string[]; cycle_id: string | null }
  problem: 'nobody_runs' | 'papers' | 'papers_out' | 'runoff_over' | null
}

/** The members' vote of a cycle: from the roll to what came out. */
export function VotePage(props: VotePageProps) {
  const { t, cycle, vote, counts, contests, taking, joinable_until, public_path, may, papers_out, runoff, problem } =
    props
  const here = `/endorsements/${cycle.cycle_id}/vote`
  const number = (value: number): string => formatNumber(t.language, value)
  const date = (day: string): string => formatDate(t.language, day)
  return (
    <>
      <PageHead
        title={t('ballots.title')}
        lead={t('ballots.lead')}
        back={{ href: `/endorsements/${cycle.cycle_id}`, label: localized(cycle.name, t.language).text }}
        actions={
          vote?.counted_at && (
            <a className="btn" href={`${public_path}/result`}>
              {t('ballots.public_result')}
            </a>
          )
        }
      />
      {problem && <Alert kind="error">{t(`ballots.problem.${problem}`)}</Alert>}
      {!vote && !cycle.opened_at && <Alert kind="info">{t('ballots.not_open')}</Alert>}
      {!vote && cycle.opened_at && cycle.rules && (
        <Card title={t('ballots.make_roll')} lead={t('ballots.make_roll_lead')} id="make">
          {joinable_until && (
            <Alert kind="warning">{t('ballots.make_roll_early', { date: date(joinable_until) })}</Alert>
          )}
          {may.edit && taking !== 'over' && (
            <form method="post" action={`${here}/roll`}>
              <button className="btn btn-primary">{t('ballots.make_roll')}</button>
            </form>
          )}
          {taking === 'over' && <p>{t('ballots.reason.over', { date: date(cycle.rules.vote_until_on) })}</p>}
        </Card>
      )}
      {vote && counts && (
        <>
          <Figures>
            <Figure label={t('ballots.may_vote')} value={number(counts.may)} />
            <Figure label={t('ballots.voted')} value={number(counts.voted)} />
            <Figure label={t('ballots.mailed')} value={number(counts.mailed)} />
            <Figure label={t('ballots.challenged')} value={number(counts.challenged)} />
          </Figures>
          {runoff.lines.length > 0 && (
            <Card title={t('ballots.runoff')} lead={t('ballots.runoff_lead')} id="runoff">
              <ul className="mb-4 list-disc pl-5">
                {runoff.lines.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
              {runoff.cycle_id ? (
                <a className="btn btn-primary" href={`/endorsements/${runoff.cycle_id}/vote`}>
                  {t('ballots.runoff_open')}
                </a>
              ) : (
                may.edit && (
                  <form method="post" action={`${here}/runoff`}>
                    <button className="btn btn-primary">{t('ballots.runoff_make')}</button>
                  </form>
                )
              )}
            </Card>
          )}
          {vote.counted_at ? (
            <Card title={t('ballots.result')} id="result">
              <div className="flex flex-wrap gap-3">
                <a className="btn btn-primary" href={`/endorsements/${cycle.cycle_id}/result`}>
                  {t('outcome.title')}
                </a>
                <a className="btn" href={`${here}/result`}>
                  {t('ballots.see_result')}
                </a>
              </div>
            </Card>
          ) : (
            <Card
              title={t('ballots.days', { from: date(vote.rules.vote_from_on), until: date(vote.rules.vote_until_on) })}
              lead={t(`ballots.taking.${taking ?? 'early'}`)}
              id="now"
            >
              {may.edit && taking === 'over' && (
                <form method="post" action={`${here}/count`}>
                  <p className="mb-3">{t('ballots.count_lead')}</p>
                  {papers_out > 0 && (
                    <Choices
                      t={t}
                      name="without_papers"
                      kind="checkbox"
                      options={[
                        {
                          value: 'yes',
                          label: t('ballots.count_without', { count: papers_out }),
                          hint: t('ballots.count_without_hint'),
                        },
                      ]}
                    />
                  )}
                  <button className="btn btn-primary">{t('ballots.count')}</button>
                </form>
              )}
              {may.edit && taking !== 'over' && (
                <form method="post" action={`${here}/mail`}>
                  {counts.mail_unknown > 0 && (
                    <Alert kind="warning">
                      {t('ballots.mail_unknown_count', { count: counts.mail_unknown })}{' '}
                      <a className="link" href={`${here}/roll?show=mail_unknown`}>
                        {t('ballots.show.mail_unknown')}
                      </a>
                    </Alert>
                  )}
                  <p className="mb-3">{t('ballots.mail_lead', { count: counts.to_mail })}</p>
                  <button className="btn btn-primary">{t('ballots.mail_all')}</button>
                </form>
              )}
              {taking !== 'over' && remindersText(t, vote.rules) && (
                <p className="mt-3 text-sm">{remindersText(t, vote.rules)}</p>
              )}
            </Card>
          )}
          <Card
            title={t('ballots.roll')}
            lead={t('ballots.roll_lead', { date: date(vote.as_of_on), count: counts.all })}
            id="roll"
            actions={
              may.roll && (
                <a className="btn" href={`${here}/roll`}>
                  {t('ballots.roll_open')}
                </a>
              )
            }
          >
            {taking !== 'over' && <p>{t('ballots.here_lead')}</p>}
          </Card>
          {may.roll && (
            <Card
              title={t('ballots.paper')}
              id="paper"
              actions={
                <a className="btn" href={`${here}/paper`}>
                  {t(may.edit ? 'ballots.paper_open' : 'ballots.paper_type')}
                </a>
              }
            >
              <p>{t('ballots.paper_part')}</p>
            </Card>
          )}
          <Card title={t('ballots.on_ballot')} lead={t('ballots.on_ballot_lead')} id="slate">
            <dl className="divide-base-300 divide-y">
              {vote.slate.map(({ contest_id, candidates }) => {
                const held = contests.find(({ contest }) => contest.contest_id === contest_id)
                return (
                  <div key={contest_id} className="py-3">
                    <dt className="font-semibold">{held ? heldName(t, held) : contest_id}</dt>
                    <dd>{candidates.map((each) => optionLabel(t, each)).join(', ')}</dd>
                  </div>
                )
              })}
            </dl>
            <p className="mt-3 text-sm wrap-anywhere">{t('ballots.seed', { seed: vote.seed })}</p>
          </Card>
        </>
      )}
    </>
  )
}

interface RollPageProps {
  t: Translate
  cycle: Cycle
  rows: readonly RollRow[]
  total: number
  from: number
  asked: { show: Show; q: string }
}

/** Everybody on the roll, with whether they may vote and why not. */
export function RollPage({ t, cycle, rows, total, from, asked }: RollPageProps) {
  const here = `/endorsements/${cycle.cycle_id}/vote`
  const address = (next: number): string => `${here}/roll?${new URLSearchParams({ ...asked, from: String(next) })}`
  return (
    <>
      <PageHead
        title={t('ballots.roll')}
        lead={t('ballots.roll_page_lead')}
        back={{ href: here, label: t('ballots.title') }}
      />
      <form method="get" action={`${here}/roll`} className="mb-2 grid items-end gap-x-4 sm:grid-cols-[1fr_1fr_auto]">
        <Select
          t={t}
          label={t('ballots.show')}
          name="show"
          required
          value={asked.show}
          options={shows.map((value) => ({ value, label: t(`ballots.show.${value}`) }))}
        />
        <Field t={t} label={t('ballots.name')} name="q" value={asked.q} type="search" />
        <button className="btn mb-4">{t('action.show')}</button>
      </form>
      {rows.length === 0 ? (
        <EmptyState icon="team" title={t('ballots.roll_none')}>
          {t('ballots.roll_none_text')}
        </EmptyState>
      ) : (
        <ul className="bg-base-100 rounded-box border-base-300 divide-base-300 divide-y border">
          {rows.map((row) => (
            <li key={row.roll_id} className="relative flex flex-wrap items-center gap-x-3 gap-y-1 p-4">
              <a className="link min-w-0 font-semibold after:absolute after:inset-0" href={`${here}/roll/${row.roll_id}`}>
                <PersonName name={shownName(row, row.name_hangul, t.language)} is_quiet />
              </a>
              <StandBadges t={t} row={row} />
              {row.reasons.length > 0 && (
                <span className="basis-full text-sm">
                  {row.reasons.map((reason) => t(`ballots.against.${reason}`)).join(' · ')}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      <Pagination t={t} from={from} shown={rows.length} total={total} size={rollSize} href={address} />
    </>
  ) // prettier-ignore
}

const StandBadges = ({ t, row }: { t: Translate; row: RollRow }) => (
  <>
    <Badge kind={row.may_vote ? 'success' : 'neutral'}>{t(row.may_vote ? 'ballots.may' : 'ballots.may_not')}</Badge>
    {row.voted_by && <Badge kind="info">{t(`ballots.voted_by.${row.voted_by}`)}</Badge>}
    {row.is_challenged && <Badge kind="warning">{t('ballots.show.challenged')}</Badge>}
  </>
)

interface RollRowPageProps {
  t: Translate
  cycle: Cycle
  vote: Vote
  row: RollRow
  kinds: readonly MembershipKind[]
  challenges: readonly Challenge[]
  ties: readonly Tied[]
  contests: readonly ContestHeld[]
  time_zone: string
  today: string
  may: { edit: boolean; profiles: boolean }
  /** Did whoever reads this raise it? */
  isOwn(challenge: Challenge): boolean
  typed: Record<string, string>
  errors: FieldErrors
  problem: 'voted' | 'early' | 'over' | 'not_on_roll' | 'no_mailbox' | 'undeclared' | null
}

/** One member on the roll: how they stood, challenges with their decisions, ties, and ways to vote. */
export function RollRowPage({ t, cycle, vote, row, kinds, challenges, ties, contests, time_zone, today, may, isOwn, typed, errors, problem }: RollRowPageProps) {
  const roll = `/endorsements/${cycle.cycle_id}/vote/roll`
  const here = `${roll}/${row.roll_id}`
  const { facts } = row
  const isOpen = !vote.counted_at
  const taking = takingOn(vote.rules, today)
  const contestName = (contest_id: number): string => {
    const held = contests.find(({ contest }) => contest.contest_id === contest_id)
    return held ? heldName(t, held) : String(contest_id)
  }
  const kindNames = facts.kinds.map((key) => localized(kinds.find(({ kind }) => kind === key)?.name, t.language).text || key)
  const mine = contestsFor(vote.slate, ties, vote.rules)
  const stood: [string, string][] = [
    [t('ballots.fact.kinds'), kindNames.join(', ') || t('ballots.fact.no_kind')],
    [t('ballots.fact.standing'), t(facts.is_in_good_standing ? 'ballots.fact.good' : 'ballots.fact.not_good')],
    [t('ballots.fact.joined'), facts.joined_on ? formatDate(t.language, facts.joined_on) : t('ballots.fact.never')],
    ...(vote.rules.paid_by_on ? [[t('ballots.fact.paid', { date: formatDate(t.language, vote.rules.paid_by_on) }), t(facts.is_paid ? 'ballots.fact.is_paid' : 'ballots.fact.not_paid')] as [string, string]] : []),
  ]
  return (
    <div className="max-w-3xl">
      <PageHead
        title={shownName(row, row.name_hangul, t.language).main}
        lead={<span className="flex flex-wrap gap-2"><StandBadges t={t} row={row} /></span>}
        back={{ href: roll, label: t('ballots.roll') }}
        actions={may.profiles && <a className="btn" href={profilePath(row)}>{t('ballots.profile')}</a>}
      />
      {problem && <Alert kind="warning">{t(`ballots.cannot.${problem}`)}</Alert>}
      <Card title={t('ballots.stood', { date: formatDate(t.language, vote.as_of_on) })} id="facts">
        <dl className="divide-base-300 divide-y">
          {stood.map(([label, text]) => (
            <div key={label} className="py-2 sm:grid sm:grid-cols-[14rem_1fr] sm:gap-4">
              <dt className="font-semibold">{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        <p className="mt-3">
          {row.reasons.length === 0
            ? t('ballots.nothing_against')
            : row.reasons.map((reason) => t(`ballots.against.${reason}`)).join(' · ')}
        </p>
      </Card>
      {may.edit && isOpen && row.may_vote && !row.voted_by && taking !== 'over' && (
        <Card title={t('ballots.ways')} id="ways">
          {row.is_mail_unknown && <Alert kind="warning">{t('ballots.mail_unknown')}</Alert>}
          <p className="mb-3">{row.mailed_to ? t('ballots.mailed_to', { address: row.mailed_to }) : t('ballots.not_mailed')}</p>
          <div className="flex flex-wrap gap-3">
            {taking === 'open' && (
              <form method="post" action={`${here}/here`}>
                <button className="btn btn-primary">{t('ballots.vote_here')}</button>
              </form>
            )}
            <form method="post" action={`${here}/mail`}>
              <button className="btn">{t(row.mailed_to ? 'ballots.mail_again' : 'ballots.mail_one')}</button>
            </form>
            {taking === 'open' && (
              <form method="post" action={`${here}/paper`}>
                <button className="btn">{t('ballots.paper_give')}</button>
              </form>
            )}
          </div>
          <p className="mt-3 text-sm">{t('ballots.vote_here_hint')}</p>
        </Card>
      )}
      {may.edit && isOpen && row.voted_by === 'paper' && (
        <Card title={t('ballots.paper')} id="paper">
          {vote.slate.length > mine.length && (
            <p className="mb-3 font-semibold">
              {t('ballots.paper_strike', {
                contests: vote.slate
                  .filter((each) => !mine.includes(each))
                  .map(({ contest_id }) => contestName(contest_id))
                  .join('; '),
              })}
            </p>
          )}
          <form method="post" action={`${here}/paper-back`}>
            <button className="btn">{t('ballots.paper_take_back')}</button>
          </form>
        </Card>
      )}
      <Card title={t('ballots.ties')} lead={t(row.has_declared ? 'ballots.ties_said' : 'ballots.ties_not_said')} id="ties">
        {row.has_declared && vote.slate.length > mine.length && (
          <p className="mb-3 font-semibold">
            {t('ballots.no_vote_in', { contests: vote.slate.filter((each) => !mine.includes(each)).map(({ contest_id }) => contestName(contest_id)).join('; ') })}
          </p>
        )}
        {may.edit && isOpen && !row.voted_by ? (
          <form method="post" action={`${here}/ties`}>
            {vote.slate.map(({ contest_id }) => (
              <Choices
                key={contest_id}
                t={t}
                legend={contestName(contest_id)}
                name={`${tieField(contest_id)}[]`}
                kind="checkbox"
                chosen={ties.filter((each) => each.contest_id === contest_id).map(({ tie }) => tie)}
                options={tieKinds.map((tie) => ({ value: tie, label: t(`endorsements.tie.${tie}`), hint: t(`endorsements.tie_rule.${vote.rules.ties[tie]}`) }))}
              />
            ))}
            <button className="btn">{t('ballots.ties_save')}</button>
          </form>
        ) : (
          <ul className="list-disc pl-5">
            {row.has_declared && ties.length === 0 && <li>{t('ballots.ties_said_none')}</li>}
            {ties.map(({ contest_id, tie }) => (
              <li key={`${contest_id} ${tie}`}>{contestName(contest_id)}: {t(`endorsements.tie.${tie}`)}</li>
            ))}
          </ul>
        )}
      </Card>
      <Card title={t('ballots.challenges')} lead={t('ballots.challenges_lead')} id="challenges">
        {challenges.length === 0 && <p>{t('ballots.challenges_none')}</p>}
        <ul className="grid gap-4">
          {challenges.map((each) => (
            <li key={each.challenge_id} className="border-base-300 border-l-4 pl-4">
              <p className="font-semibold">
                {t(each.wants ? 'ballots.wants_in' : 'ballots.wants_out')} ·{' '}
                {t('ballots.raised', { name: each.raised_by, when: formatDateTime(t.language, each.raised_at, time_zone) })}
              </p>
              <p className="whitespace-pre-line wrap-anywhere">{each.reason}</p>
              {each.decided_at ? (
                <p className="mt-2 whitespace-pre-line wrap-anywhere">
                  <strong>{t(each.is_upheld ? 'ballots.upheld' : 'ballots.dismissed', { name: each.decided_by ?? '' })}</strong>
                  {each.is_own_decision && <><br />{t('ballots.own_decision')}</>}
                  <br />
                  {each.decision}
                  {each.decided_at < vote.made_at && <><br />{t('ballots.carried')}</>}
                </p>
              ) : (
                may.edit && isOpen && (
                  <form method="post" action={`${here}/decide`} className="mt-3">
                    <input type="hidden" name="challenge" value={each.challenge_id} />
                    {isOwn(each) && <Alert kind="warning">{t('ballots.own_challenge')}</Alert>}
                    <Field t={t} label={t('ballots.decision')} name="decision" rows={2} required maxLength={1000} typed={typed} errors={errors} />
                    <div className="flex flex-wrap gap-3">
                      <button className="btn btn-primary" name="is_upheld" value="yes">{t('ballots.uphold')}</button>
                      <button className="btn" name="is_upheld" value="no">{t('ballots.dismiss')}</button>
                    </div>
                  </form>
                )
              )}
            </li>
          ))}
        </ul>
        {isOpen && !row.voted_by && !row.is_challenged && (
          <form method="post" action={`${here}/challenge`} className="mt-4">
            <input type="hidden" name="wants" value={row.may_vote ? 'no' : 'yes'} />
            <Field
              t={t}
              label={t(row.may_vote ? 'ballots.challenge_out' : 'ballots.challenge_in')}
              name="reason"
              rows={3}
              required
              maxLength={1000}
              typed={typed}
              errors={errors}
            />
            <button className="btn">{t('ballots.challenge')}</button>
          </form>
        )}
      </Card>
    </div>
  )
} // prettier-ignore

interface OwnBallotsPageProps {
  t: Translate
  /** null: the account is joined to nobody known as a member. */
  votes: readonly OwnVote[] | null
  /** By row of the roll, the latest first. */
  challenges: ReadonlyMap<string, readonly Challenge[]>
  /** Votes on whose roll they do not stand. */
  missed: readonly Pick<OwnVote, 'cycle' | 'vote'>[] | null
  /** Interviews whose panel they sit on. */
  panels: readonly { cycle: Cycle; held: ContestHeld | undefined }[]
  today: string
  problem: 'voted' | 'early' | 'over' | 'not_on_roll' | null
  errors: FieldErrors
  /** The vote whose challenge lacks its reason. */
  of: string | null
}

/** On the start page: votes that wait for the reader's ballot. */
export function OpenBallotsPanel({ t, votes }: { t: Translate; votes: readonly OwnVote[] }) {
  if (votes.length === 0) return null
  return (
    <Card title={t('ballots.waiting')} id="ballots">
      <ul>
        {votes.map(({ cycle, vote, row }) => (
          <li key={row.roll_id}>
            <a className="link inline-flex min-h-11 items-center" href="/my-ballots">
              {localized(cycle.name, t.language).text} ·{' '}
              {t('ballots.until', { date: formatDate(t.language, vote.rules.vote_until_on) })}
            </a>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Votes in which whoever reads it may take part. */
export function OwnBallotsPage(props: OwnBallotsPageProps) {
  const { t, votes, challenges, missed, panels, today, problem, errors, of } = props
  return (
    <div className="max-w-2xl">
      <PageHead title={t('ballots.mine')} lead={t('ballots.mine_lead')} />
      {problem && <Alert kind="warning">{t(`ballots.cannot.${problem}`)}</Alert>}
      {panels.length > 0 && (
        <Card title={t('scores.mine')} id="panels">
          <ul className="grid gap-3">
            {panels.map(
              ({ cycle, held }) =>
                held && (
                  <li key={`${cycle.cycle_id} ${held.contest.contest_id}`}>
                    <p className="font-semibold">{heldName(t, held)}</p>
                    <p className="text-sm">{localized(cycle.name, t.language).text}</p>
                    <a
                      className="btn mt-1"
                      href={`/my-panels/${cycle.cycle_id}/${held.contest.contest_id}`}
                      aria-label={`${t('scores.open_panel')}: ${heldName(t, held)}, ${localized(cycle.name, t.language).text}`}
                    >
                      {t('scores.open_panel')}
                    </a>
                  </li>
                ),
            )}
          </ul>
        </Card>
      )}
      {!votes?.length && !missed?.length && panels.length === 0 && (
        <EmptyState icon="ballot" title={t('ballots.mine_none')}>
          {t(votes ? 'ballots.mine_none_text' : 'ballots.mine_nobody')}
        </EmptyState>
      )}
      <ul className="grid gap-4">
        {votes?.map((own) => {
          const { cycle, vote, row } = own
          const isOpen = isOpenBallot(own, today)
          const isOver = vote.counted_at !== null || takingOn(vote.rules, today) === 'over'
          const dates = { from: formatDate(t.language, vote.rules.vote_from_on), until: formatDate(t.language, vote.rules.vote_until_on) } // prettier-ignore
          return (
            <li key={row.roll_id} className="bg-base-100 rounded-box border-base-300 border p-5">
              <h2 className="text-lg font-bold">{localized(cycle.name, t.language).text}</h2>
              <p className="mt-1">{t('ballots.days', dates)}</p>
              {!(isOver && row.may_vote && !row.voted_by) && (
                <p className="mt-2 flex flex-wrap gap-2">
                  <StandBadges t={t} row={row} />
                </p>
              )}
              {isOver && !vote.counted_at && (
                <p className="mt-2">
                  {t('ballots.reason.over', { date: formatDate(t.language, vote.rules.vote_until_on) })}{' '}
                  {t('ballots.not_counted')}
                </p>
              )}
              {!row.may_vote && row.reasons.length > 0 && (
                <>
                  <p className="mt-3">{t('ballots.mine_why', { date: formatDate(t.language, vote.as_of_on) })}</p>
                  <ul className="list-disc pl-5">
                    {row.reasons.map((reason) => (
                      <li key={reason}>{t(`ballots.against.${reason}`)}</li>
                    ))}
                  </ul>
                </>
              )}
              <OwnChallenges t={t} challenges={challenges.get(row.roll_id) ?? []} />
              {mayChallenge({ row, vote }, today) && (
                <details className="mt-3" open={of === cycle.cycle_id}>
                  <summary className="link inline-flex min-h-11 cursor-pointer items-center">
                    {t('ballots.mine_challenge')}
                  </summary>
                  <form method="post" action={`/my-ballots/${cycle.cycle_id}/challenge`}>
                    <Field
                      t={t}
                      label={t('ballots.mine_reason')}
                      hint={t('ballots.mine_reason_hint')}
                      name="reason"
                      rows={3}
                      required
                      maxLength={1000}
                      errors={of === cycle.cycle_id ? errors : {}}
                    />
                    <button className="btn">{t('ballots.challenge')}</button>
                  </form>
                </details>
              )}
              {isOpen && (
                <form method="post" action={`/my-ballots/${cycle.cycle_id}`} className="mt-4">
                  <button className="btn btn-primary">{t('ballots.vote_now')}</button>
                </form>
              )}
              {vote.counted_at && (
                <a className="btn mt-4" href={`/my-ballots/${cycle.cycle_id}`}>
                  {t('ballots.see_result')}
                </a>
              )}
            </li>
          )
        })}
        {missed?.map(({ cycle, vote }) => (
          <li key={cycle.cycle_id} className="bg-base-100 rounded-box border-base-300 border border-dashed p-5">
            <h2 className="text-lg font-bold">{localized(cycle.name, t.language).text}</h2>
            <p className="mt-1">{t('ballots.mine_missed', { date: formatDate(t.language, vote.as_of_on) })}</p>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What became of challenges of somebody's own row, without the names of who raised them. */
const OwnChallenges = ({ t, challenges }: { t: Translate; challenges: readonly Challenge[] }) =>
  challenges.length > 0 && (
    <ul className="mt-3 grid gap-2">
      {challenges.map(({ challenge_id, wants, is_upheld, decision }) => (
        <li key={challenge_id} className="border-base-300 border-l-4 pl-4">
          <p className="font-semibold">
            {t(wants ? 'ballots.wants_in' : 'ballots.wants_out')}:{' '}
            {t(is_upheld === null ? 'ballots.mine_waiting' : is_upheld ? 'ballots.mine_upheld' : 'ballots.mine_dismissed')}
          </p>
          {decision && <p className="whitespace-pre-line wrap-anywhere">{decision}</p>}
        </li>
      ))}
    </ul>
  ) // prettier-ignore

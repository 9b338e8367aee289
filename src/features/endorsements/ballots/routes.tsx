import { z } from 'zod'
import { Conflict, found, NotFound } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { EmptyState, PageHead } from '../../../platform/ui/components.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { personOfAccount } from '../../events/hosting/queries.ts'
import { organizationSettings } from '../../organizations/queries.ts'
import { membershipKinds } from '../../people/membership/queries.ts'
import { contestsHeld, cycleById, runoffOf, type Cycle } from '../cycles/queries.ts'
import { heldName } from '../cycles/words.ts'
import { panelsOfMember } from '../interviews/queries.ts'
import { reader } from '../reading.ts'
import { idParam, languagesOf, now, timeZone, today } from '../../../platform/http/of-request.ts'
import { countVote, sweepBoxes } from './count-commands.ts'
import { votePath } from './links.ts'
import './messages.ts'
import { OwnBallotsPage, RollPage, RollRowPage, rollSize, VotePage } from './pages.tsx'
import { papersLeft } from './paper-commands.ts'
import { ballotsFile } from './public-routes.tsx'
import {
  challengesOf,
  countsOf,
  rollCounts,
  rollOf,
  rollRow,
  tiesOf,
  voteOf,
  votesOfPerson,
  votesWithout,
  type Challenge,
  type Vote,
} from './queries.ts'
import { Result } from './result.tsx'
import {
  challenge,
  decide,
  declareTies,
  isRaisedBy,
  issueCredential,
  isWaiting,
  mailBallots,
  makeRoll,
} from './roll-commands.ts'
import { joinableUntil, mayChallenge, takingOn } from './rules.ts'
import { makeRunoff } from './runoff-commands.ts'
import { ChallengeForm, DecisionForm, OwnChallengeForm, shows, tieField, Ties } from './schema.ts'
import { runoffLine } from './words.ts'

const view = allow('endorsements.view')
const edit = allow('endorsements.edit')
const roll = allow('endorsements.roll')
const signedIn = allow('signed-in')
const here = '/endorsements/:cycle/vote'
const row_path = `${here}/roll/:row`
const fields = z.record(z.string(), z.unknown())
const problems = ['voted', 'early', 'over', 'not_on_roll', 'no_mailbox', 'undeclared'] as const

/** The members' vote: its roll, its ballots by mail, account or device, its count. */
export const ballotRoutes = room()
  .get(here, view, (c) => votePage(c))
  .post(`${here}/roll`, edit, async (c) => {
    const { cycle_id } = await cycleOf(c)
    const made = await makeRoll(c.var.db, actorOf(c), cycle_id, today(c), now(c))
    return made.ok ? back(c) : votePage(c, made.problem)
  })
  .post(`${here}/mail`, edit, async (c) => {
    await mailBallots(c.var.db, actorOf(c), idParam(c, 'cycle'), mailingOf(c, null))
    return back(c)
  })
  .post(`${here}/count`, edit, async (c) => {
    const { secret, clock, database } = c.var.installation
    const { typed } = await readForm(c, fields)
    const is_without_papers = typed.without_papers === 'yes'
    const asked = { cycle_id: idParam(c, 'cycle'), time_zone: timeZone(c), secret, is_without_papers }
    const counted = await countVote(c.var.db, actorOf(c), asked, clock)
    if (!counted.ok) return votePage(c, counted.problem)
    await sweepBoxes(database.owner)
    return c.redirect(`/endorsements/${asked.cycle_id}/vote/result`, 303)
  })
  .get(`${here}/result`, view, async (c) => {
    const cycle = await cycleOf(c)
    return resultPage(c, { href: `/endorsements/${cycle.cycle_id}/vote`, label: c.var.t('ballots.title') }, (contest) =>
      `/endorsements/${cycle.cycle_id}/vote/ballots/${contest}`) // prettier-ignore
  })
  .post(`${here}/runoff`, edit, async (c) => {
    const cycle = await cycleOf(c)
    const name = Object.fromEntries(languagesOf(c).map((language) => [language, runoffName(cycle, language)]))
    const made = await makeRunoff(c.var.db, actorOf(c), { cycle_id: cycle.cycle_id, name }, today(c), now(c))
    return made.ok ? c.redirect(`/endorsements/${made.cycle_id}/vote`, 303) : votePage(c, made.problem)
  })
  .get(`${here}/ballots/:contest`, view, async (c) => ballotsFile(c, await countsOf(c.var.db, await voteHere(c))))
  .get(`${here}/roll`, roll, async (c) => {
    const asked = {
      show: shows.find((each) => each === c.req.query('show')) ?? 'all',
      q: (c.req.query('q') ?? '').slice(0, 100),
    }
    const from = Math.max(0, Math.min(1_000_000, Number(c.req.query('from')) || 0))
    const vote = await voteHere(c)
    const { rows, total } = await rollOf(c.var.db, vote, asked, { from, size: rollSize })
    return page(c, <RollPage t={c.var.t} cycle={await cycleOf(c)} {...{ rows, total, from, asked }} />, {
      title: c.var.t('ballots.roll'),
    })
  })
  .get(row_path, roll, (c) => rowPage(c))
  .post(`${row_path}/challenge`, roll, async (c) => {
    const { typed, errors, value } = await readForm(c, ChallengeForm)
    if (!value) return rowPage(c, typed, errors)
    await challenge(c.var.db, actorOf(c), idParam(c, 'cycle'), idParam(c, 'row'), value, now(c))
    return toRow(c)
  })
  .post(`${row_path}/decide`, edit, async (c) => {
    const { typed, errors, value } = await readForm(c, DecisionForm)
    if (!value) return rowPage(c, typed, errors)
    const decided = await decide(c.var.db, actorOf(c), idParam(c, 'cycle'), idParam(c, 'row'), value, now(c))
    return decided.ok ? toRow(c) : toRow(c, decided.problem)
  })
  .post(`${row_path}/ties`, edit, async (c) => {
    const { all } = await readForm(c, fields)
    const { slate } = await voteHere(c)
    const ties = slate.flatMap(({ contest_id }) =>
      (Ties.safeParse(all[tieField(contest_id)] ?? []).data ?? []).map((tie) => ({ contest_id, tie })),
    )
    await declareTies(c.var.db, actorOf(c), idParam(c, 'cycle'), idParam(c, 'row'), ties)
    return toRow(c)
  })
  .post(`${row_path}/here`, edit, (c) => handOut(c, idParam(c, 'row'), 'device', (problem) => toRow(c, problem)))
  .post(`${row_path}/mail`, edit, async (c) => {
    const only = idParam(c, 'row')
    const { may_vote, voted_by } = found(await rollRow(c.var.db, await voteHere(c), only))
    if (voted_by) return toRow(c, 'voted')
    if (!may_vote) return toRow(c, 'not_on_roll')
    const sent = await mailBallots(c.var.db, actorOf(c), idParam(c, 'cycle'), mailingOf(c, only))
    return sent > 0 ? toRow(c) : toRow(c, 'no_mailbox')
  })
  .get('/my-ballots', signedIn, (c) => ownPage(c, {}))
  .get('/my-ballots/:cycle', signedIn, async (c) => {
    await ownRow(c)
    return resultPage(c, { href: '/my-ballots', label: c.var.t('ballots.mine') }, null)
  })
  .post('/my-ballots/:cycle/challenge', signedIn, async (c) => {
    const own = await ownVote(c)
    const { errors, value } = await readForm(c, OwnChallengeForm)
    if (!value) return ownPage(c, { errors, of: own.cycle.cycle_id })
    const said = await challengesOf(c.var.db, own.row.organization_id, own.row.roll_id)
    const isPressedTwice = said.some((each) => each.reason === value.reason && isWaiting(actorOf(c), true, each))
    if (isPressedTwice) return c.redirect('/my-ballots', 303)
    if (!mayChallenge(own, today(c))) throw new Conflict('nothing to challenge')
    await challenge(c.var.db, actorOf(c), own.cycle.cycle_id, own.row.roll_id, { wants: true, ...value }, now(c))
    return c.redirect('/my-ballots', 303)
  })
  .post('/my-ballots/:cycle', signedIn, async (c) => {
    const { roll_id } = await ownRow(c)
    return handOut(c, roll_id, 'account', (problem) => c.redirect(`/my-ballots?problem=${problem}`, 303))
  })

const cycleOf = async (c: Ctx) => found(await cycleById(c.var.db, actorOf(c).organization_id, idParam(c, 'cycle')))
const voteHere = async (c: Ctx) => found(await voteOf(c.var.db, actorOf(c).organization_id, idParam(c, 'cycle')))
const back = (c: Ctx): Response => c.redirect(`/endorsements/${idParam(c, 'cycle')}/vote`, 303)

const toRow = (c: Ctx, problem: (typeof problems)[number] | null = null): Response =>
  c.redirect(
    `/endorsements/${idParam(c, 'cycle')}/vote/roll/${idParam(c, 'row')}${problem ? `?problem=${problem}` : ''}`,
    303,
  )

const mailingOf = (c: Ctx, only: string | null) => ({
  time_zone: timeZone(c),
  secret: c.var.installation.secret,
  today: today(c),
  now: now(c),
  only,
})

async function ownVotes(c: Ctx) {
  const { id, organization_id, kind } = actorOf(c)
  const person_id = kind === 'user' ? await personOfAccount(c.var.db, organization_id, id) : null
  return person_id === null ? null : votesOfPerson(c.var.db, organization_id, person_id)
}

async function ownPanels(c: Ctx) {
  const { id, organization_id } = actorOf(c)
  const panels = await panelsOfMember(c.var.db, organization_id, id)
  const contests = await contestsHeld(c.var.db, panels.map(({ contest_id }) => contest_id)) // prettier-ignore
  return panels.map(({ cycle, contest_id }) => ({ cycle, held: contests.find(({ contest }) => contest.contest_id === contest_id) })) // prettier-ignore
}

async function ownVote(c: Ctx) {
  const cycle_id = idParam(c, 'cycle')
  const votes = (await ownVotes(c)) ?? []
  return found(votes.find(({ cycle }) => cycle.cycle_id === cycle_id))
}
const ownRow = async (c: Ctx) => (await ownVote(c)).row

/** `of`: the vote whose challenge lacks its reason. */
async function ownPage(c: Ctx, { errors = {}, of = null }: { errors?: FieldErrors; of?: string | null }) {
  const problem = problems.find((each) => each === c.req.query('problem')) ?? null
  const votes = await ownVotes(c)
  const challenges = new Map<string, Challenge[]>()
  for (const { row } of votes ?? []) {
    const all = await challengesOf(c.var.db, row.organization_id, row.roll_id)
    // What was written to organizers about somebody else's challenge may name who raised it.
    const shown = all.map((each) => (each.raised_by_id === actorOf(c).id ? each : { ...each, decision: null }))
    challenges.set(row.roll_id, shown)
  }
  return page(
    c,
    <OwnBallotsPage
      t={c.var.t}
      votes={votes}
      challenges={challenges}
      missed={votes && (await votesWithout(c.var.db, actorOf(c).organization_id, votes))}
      panels={await ownPanels(c)}
      today={today(c)}
      problem={problem === 'no_mailbox' || problem === 'undeclared' ? null : problem}
      errors={errors}
      of={of}
    />,
    { title: c.var.t('ballots.mine'), status: of ? 422 : 200 },
  )
}

/** Leads on to the ballot by a credential of its own. */
async function handOut(
  c: Ctx,
  roll_id: string,
  way: 'device' | 'account',
  not: (problem: 'voted' | 'early' | 'over' | 'not_on_roll') => Response,
): Promise<Response> {
  const { db } = c.var
  const cycle_id = idParam(c, 'cycle')
  const issued = await issueCredential(db, actorOf(c), { cycle_id, roll_id, way }, today(c))
  if (!issued.ok) return not(issued.problem)
  const { slug } = await organizationSettings(db, actorOf(c).organization_id)
  return c.redirect(`${votePath(slug, cycle_id, issued.credential)}?lang=${c.var.language}`, 303)
}

/** Of languages we have no words in, in English. */
const runoffName = ({ name }: Cycle, language: string): string =>
  reader(
    language,
    [],
    'en',
  )('endorsements.runoff_name', {
    name: localized(name, language).text,
  })

/** Contests of a counted vote that go into a run-off, in words, and that run-off. */
async function runoffHere(c: Ctx, vote: Vote | null) {
  if (!vote?.counted_at) return { lines: [], cycle_id: null }
  const { db, t } = c.var
  const contests = await contestsHeld(db, vote.slate.map(({ contest_id }) => contest_id)) // prettier-ignore
  const lines = (await countsOf(db, vote)).flatMap(({ contest_id, contest, account }) => {
    const line = runoffLine(t, vote.rules, contest, account)
    const held = contests.find((each) => each.contest.contest_id === contest_id)
    return line ? [`${held ? heldName(t, held) : contest_id}: ${line}`] : []
  })
  const made = await runoffOf(db, vote.organization_id, vote.cycle_id)
  return { lines, cycle_id: made?.cycle_id ?? null }
}

async function votePage(c: Ctx, problem: 'nobody_runs' | 'papers' | 'papers_out' | 'runoff_over' | null = null) {
  const { db, t } = c.var
  const { organization_id } = actorOf(c)
  const cycle = await cycleOf(c)
  const vote = (await voteOf(db, organization_id, cycle.cycle_id)) ?? null
  const rules = vote?.rules ?? cycle.rules
  const { slug } = await organizationSettings(db, organization_id)
  return page(
    c,
    <VotePage
      t={t}
      cycle={cycle}
      vote={vote}
      counts={vote && (await rollCounts(db, vote))}
      contests={await contestsHeld(db, vote?.slate.map(({ contest_id }) => contest_id) ?? [])}
      taking={rules && takingOn(rules, today(c))}
      joinable_until={rules && joinableUntil(rules, today(c))}
      public_path={`/c/${slug}/${cycle.cycle_id}`}
      may={{ edit: mayDo(actorOf(c), 'endorsements.edit'), roll: mayDo(actorOf(c), 'endorsements.roll') }}
      papers_out={vote ? Math.max(0, ...(await papersLeft(db, vote)).values()) : 0}
      runoff={await runoffHere(c, vote)}
      problem={problem}
    />,
    { title: t('ballots.title'), status: problem ? 422 : 200 },
  )
}

async function rowPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) {
  const { db, t } = c.var
  const actor = actorOf(c)
  const vote = await voteHere(c)
  const row = found(await rollRow(db, vote, idParam(c, 'row')))
  return page(
    c,
    <RollRowPage
      t={t}
      cycle={await cycleOf(c)}
      vote={vote}
      row={row}
      kinds={await membershipKinds(db, actor.organization_id)}
      challenges={await challengesOf(db, actor.organization_id, row.roll_id)}
      ties={await tiesOf(db, actor.organization_id, row.roll_id)}
      contests={await contestsHeld(db, vote.slate.map(({ contest_id }) => contest_id))}
      time_zone={timeZone(c)}
      today={today(c)}
      may={{ edit: mayDo(actor, 'endorsements.edit'), profiles: mayDo(actor, 'people.view') }}
      isOwn={(each) => isRaisedBy(actor, each)}
      typed={typed}
      errors={errors}
      problem={problems.find((each) => each === c.req.query('problem')) ?? null}
    />,
    { title: t('ballots.roll'), status: Object.keys(errors).length > 0 ? 422 : 200 },
  ) // prettier-ignore
}

async function resultPage(
  c: Ctx,
  backTo: { href: string; label: string },
  file: ((contest_id: number) => string) | null,
) {
  const { db, t } = c.var
  const cycle = await cycleOf(c)
  const vote = (await voteOf(db, actorOf(c).organization_id, cycle.cycle_id)) ?? null
  if (!vote) throw new NotFound()
  const contests = await contestsHeld(db, vote.slate.map(({ contest_id }) => contest_id)) // prettier-ignore
  return page(
    c,
    <div className="max-w-3xl">
      <PageHead title={t('ballots.result')} lead={localized(cycle.name, t.language).text} back={backTo} />
      {vote.counted_at ? (
        <Result t={t} counts={await countsOf(db, vote)} contests={contests} rules={vote.rules} is_whole file={file} />
      ) : (
        <EmptyState icon="ballot" title={t('ballots.not_counted')} />
      )}
    </div>,
    { title: t('ballots.result') },
  )
}

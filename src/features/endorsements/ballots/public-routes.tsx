import type { ReactNode } from 'react'
import { z } from 'zod'
import { found, NotFound } from '../../../platform/errors.ts'
import { readForm } from '../../../platform/http/form.ts'
import { room, type Ctx } from '../../../platform/http/room.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { Alert } from '../../../platform/ui/components.tsx'
import { publicDocument } from '../../../platform/ui/public-document.tsx'
import { allow } from '../../access/allow.ts'
import { mayTryHere } from '../../access/session.ts'
import { shownName } from '../../people/rules.ts'
import { linkEnded } from '../cycles/link-ended.tsx'
import { openCycleAt, type OpenCycle } from '../cycles/public.ts'
import { contestsHeld } from '../cycles/queries.ts'
import { recommendationsToRead } from '../recommendations/shown.tsx'
import { castBallots, endDevice, type CastProblem } from './cast-commands.ts'
import { hashOf, makeReceipt, provenReceipt, receiptIn, votePath } from './links.ts'
import './messages.ts'
import { BallotPage, CastPage, CheckPage, MessagePage, receiptField, TiesPage, type FilledContest } from './public-pages.tsx' // prettier-ignore
import { countsOf, rollRowByCredential, tiesOf, voteOf } from './queries.ts'
import { Changes } from '../results/public-page.tsx'
import { revisionsOf } from '../results/queries.ts'
import { Languages, OwnWords } from '../own-words.tsx'
import { dayText, readsOf, wordsOf } from '../reading.ts'
import { Result } from './result.tsx'
import { declareTies, voterActor } from './roll-commands.ts'
import { cellsIn, contestsFor, takingOn } from './rules.ts'
import { tieField, Ties } from './schema.ts'

const fields = z.record(z.string(), z.unknown())
const vote_path = '/c/:organization/:cycle/vote/:credential'

/** Voting by a link that works once, and what came out. */
export const publicBallotRoutes = room()
  .get(vote_path, allow('public'), async (c) => {
    const opened = await open(c)
    return opened instanceof Response ? opened : votePage(c, opened)
  })
  .post(vote_path, allow('public'), async (c) => {
    const { typed, all } = await readForm(c, fields)
    const opened = await open(c)
    if (opened instanceof Response) return opened
    const { db, cycle, vote, row, path, t, credential_hash, organization } = opened
    if (typed.act === 'done' && row.voted_by === 'device' && row.way === 'device') {
      await endDevice(db, organization.organization_id, cycle.cycle_id, credential_hash)
      return c.redirect(`/endorsements/${cycle.cycle_id}/vote/roll?show=not_voted`, 303)
    }
    // What was cast already is told as it was, even later.
    const reason = reasonOf(opened)
    const saysAgain = reason === 'barred' && typed.act === 'ties'
    if (typed.act !== 'cast' && reason && !saysAgain) return votePage(c, opened, 409)
    if (typed.act === 'ties') {
      const ties = vote.slate.flatMap(({ contest_id }) =>
        (Ties.safeParse(all[tieField(contest_id)] ?? []).data ?? []).map((tie) => ({ contest_id, tie })),
      )
      await declareTies(db, voterActor(row), cycle.cycle_id, row.roll_id, ties)
      return c.redirect(`${path}?lang=${readsOf(t)}`, 303)
    }
    const filled = opened.mine.map((contest) => ({ contest, ...cellsIn(contest, vote.rules.method, typed, all) }))
    if (typed.act === 'edit') return ballotPage(c, opened, filled)
    if (filled.some(({ problem }) => problem) || filled.length === 0) return ballotPage(c, opened, filled, 422)
    if (typed.act !== 'cast') return checkPage(c, opened, filled, null)
    const { secret, clock } = c.var.installation
    const cast = filled.flatMap(({ contest: { contest_id }, cells }) => {
      const receipt = receiptIn(secret, typed[receiptField(contest_id)] ?? '', {
        credential: opened.credential,
        contest_id,
      })
      return receipt === null ? [] : [{ contest_id, cells, receipt }]
    })
    if (cast.length < filled.length)
      return reason ? votePage(c, opened, 409) : checkPage(c, opened, filled, 'receipt', 422)
    const { organization_id, time_zone } = organization
    const casting = { organization_id, time_zone, cycle_id: cycle.cycle_id, credential_hash, ballots: cast }
    const done = await castBallots(db, secret, clock, casting)
    if (!done.ok) return notCast(c, await again(c, opened), filled, done.problem)
    const castPage = <CastPage {...aroundOf(opened)} cast={cast} seed={vote.seed} way={row.way} />
    return documentOf(c, opened, t('ballots.cast_title'), castPage)
  })
  .get('/c/:organization/:cycle/result', allow('public'), async (c) => {
    const { cycle, db, organization, t, path } = await openCycleAt(c)
    const vote = await voteOf(db, organization.organization_id, cycle.cycle_id)
    const contests = await contestsHeld(db, vote?.slate.map(({ contest_id }) => contest_id) ?? [])
    const revisions = vote ? await revisionsOf(db, vote) : []
    return c.html(
      publicDocument(
        wordsOf(t),
        t('ballots.result'),
        organization.name,
        <>
          <Languages t={t} path={`${path}/result`} />
          <p>
            <OwnWords t={t} text={cycle.name} />
          </p>
          <h1 className="mb-4 text-2xl font-bold text-balance sm:text-3xl">{t('ballots.result')}</h1>
          {vote?.counted_at ? (
            <Result
              t={t}
              counts={await countsOf(db, vote)}
              contests={contests}
              rules={vote.rules}
              is_whole={vote.rules.public_parts.includes('totals')}
              file={(contest_id) => `${path}/ballots/${contest_id}`}
              after={({ contest_id, contest }) => (
                <Changes
                  t={t}
                  contest={contest}
                  changes={revisions.filter((each) => each.contest_id === contest_id)}
                  time_zone={organization.time_zone}
                />
              )}
            />
          ) : (
            <Alert kind="info">{t('ballots.not_counted')}</Alert>
          )}
          {vote && <p className="text-sm wrap-anywhere">{t('ballots.seed', { seed: vote.seed })}</p>}
          <p className="mt-4">
            <a className="link inline-flex min-h-11 items-center" href={`${path}?lang=${readsOf(t)}`}>
              {t('endorsements.rules_link')}
            </a>
          </p>
        </>,
      ),
    )
  })
  .get('/c/:organization/:cycle/ballots/:contest', allow('public'), async (c) => {
    const { cycle, db, organization } = await openCycleAt(c)
    const vote = found(await voteOf(db, organization.organization_id, cycle.cycle_id))
    if (!vote.rules.public_parts.includes('totals')) throw new NotFound()
    return ballotsFile(c, await countsOf(db, vote))
  })

/** The list of ballots of a contest, as it is counted again elsewhere. */
export function ballotsFile(c: Ctx, counts: readonly { contest_id: number; ballots: string }[]): Response {
  const { ballots, contest_id } = found(counts.find((each) => String(each.contest_id) === c.req.param('contest')))
  return new Response(ballots, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="ballots-${contest_id}.csv"`,
    },
  })
}

/** What a credential opens. Only wrong ones count as tries: a neighbour's guesses keep nobody from voting. */
async function open(c: Ctx) {
  const cycle = await openCycleAt(c)
  const { db, organization } = cycle
  const vote = found(await voteOf(db, organization.organization_id, cycle.cycle.cycle_id))
  const credential = c.req.param('credential') ?? ''
  const credential_hash = hashOf(credential)
  const row = await rollRowByCredential(db, vote, credential_hash)
  c.header('Cache-Control', 'private, no-store')
  if (!row) {
    if (await mayTryHere(c, 'ballot', cycle.cycle.cycle_id)) return linkEnded(c, cycle)
    return c.html(publicDocument(wordsOf(cycle.t), cycle.t('ballots.too_many_title'), organization.name, <Alert kind="error">{cycle.t('ballots.too_many')}</Alert>), 429) // prettier-ignore
  }
  const ties = await tiesOf(db, organization.organization_id, row.roll_id)
  return {
    ...cycle,
    rules_path: cycle.path,
    path: votePath(organization.slug, cycle.cycle.cycle_id, credential),
    vote,
    row,
    ties,
    mine: contestsFor(vote.slate, ties, vote.rules),
    contests: await contestsHeld(db, vote.slate.map(({ contest_id }) => contest_id)),
    credential,
    credential_hash,
    taking: takingOn(vote.rules, cycle.today),
  } // prettier-ignore
}
type Opened = Exclude<Awaited<ReturnType<typeof open>>, Response>

async function again(c: Ctx, before: Opened): Promise<Opened> {
  const opened = await open(c)
  return opened instanceof Response ? before : opened
}

const aroundOf = ({ t, cycle, vote, contests, path, rules_path, row }: Opened) => ({
  t,
  cycle,
  rules: vote.rules,
  contests,
  path,
  rules_path,
  voter: shownName(row, row.name_hangul, t.language).main,
})

type Reason = 'counted' | 'voted' | 'early' | 'over' | 'not_on_roll' | 'barred'

/** Why there is no ballot to fill in; null: there is. */
function reasonOf({ vote, row, taking, mine }: Opened): Reason | null {
  if (vote.counted_at) return 'counted'
  if (row.voted_by) return 'voted'
  if (taking !== 'open') return taking
  if (!row.may_vote) return 'not_on_roll'
  return row.has_declared && mine.length === 0 ? 'barred' : null
}

async function votePage(c: Ctx, opened: Opened, status: 200 | 409 = 200) {
  const { t, vote, row, ties, mine } = opened
  const reason = reasonOf(opened)
  const wantsTies = c.req.query('step') === 'ties'
  if (reason && !(reason === 'barred' && wantsTies)) return reasonPage(c, opened, reason, status)
  if (!row.has_declared || wantsTies)
    return documentOf(
      c,
      opened,
      t('ballots.ties_title'),
      <TiesPage {...aroundOf(opened)} slate={vote.slate} ties={ties} />,
      status,
    )
  return ballotPage(c, opened, mine.map((contest) => ({ contest, ...cellsIn(contest, vote.rules.method, {}, {}) })), status) // prettier-ignore
}

const kindOf = { counted: 'success', voted: 'success', early: 'info', over: 'warning', not_on_roll: 'warning', barred: 'info' } as const // prettier-ignore

async function reasonPage(c: Ctx, opened: Opened, reason: Reason, status: 200 | 409) {
  const { t, vote, db, contests, path } = opened
  const date = dayText(t, reason === 'early' ? vote.rules.vote_from_on : vote.rules.vote_until_on)
  const title = t(reason === 'counted' ? 'ballots.result' : 'ballots.your_ballot')
  return documentOf(
    c,
    opened,
    title,
    <MessagePage {...aroundOf(opened)} kind={kindOf[reason]} title={title} message={t(`ballots.reason.${reason}`, { date })}>
      {reason === 'counted' && (
        <Result t={t} counts={await countsOf(db, vote)} contests={contests} rules={vote.rules} is_whole file={null} />
      )}
      {reason === 'barred' && (
        <a className="btn" href={`${path}?step=ties&lang=${readsOf(t)}`}>
          {t('ballots.ties_again')}
        </a>
      )}
    </MessagePage>,
    status,
  ) // prettier-ignore
}

async function ballotPage(c: Ctx, opened: Opened, filled: readonly FilledContest[], status: 200 | 409 | 422 = 200) {
  const { t, db, organization, cycle, vote, mine } = opened
  const barred = vote.slate.filter((each) => !mine.includes(each))
  return documentOf(
    c,
    opened,
    t('ballots.your_ballot'),
    <BallotPage
      {...aroundOf(opened)}
      filled={filled}
      barred={barred}
      recommendations={await recommendationsToRead(db, organization.organization_id, cycle, vote.rules)}
    />,
    status,
  )
}

function checkPage(
  c: Ctx,
  opened: Opened,
  filled: readonly FilledContest[],
  problem: 'receipt' | null,
  status: 200 | 409 | 422 = 200,
) {
  const { credential } = opened
  const receipts = filled.map(({ contest: { contest_id } }) =>
    provenReceipt(c.var.installation.secret, { credential, contest_id, receipt: makeReceipt() }),
  )
  return documentOf(
    c,
    opened,
    opened.t('ballots.check_title'),
    <CheckPage {...aroundOf(opened)} filled={filled} receipts={receipts} problem={problem} />,
    status,
  )
}

/** What was not put in, with why; what can be put in after another look comes back. */
function notCast(c: Ctx, opened: Opened, filled: readonly FilledContest[], problem: CastProblem) {
  if (problem === 'unknown') throw new NotFound()
  if (problem === 'receipt') return checkPage(c, opened, filled, problem, 409)
  if (problem === 'changed') return votePage(c, opened, 409)
  return reasonPage(c, opened, opened.vote.counted_at ? 'counted' : problem, 409)
}

const documentOf = (c: Ctx, { t, organization, cycle }: Opened & OpenCycle, title: string, body: ReactNode, status: 200 | 409 | 422 = 200) =>
  c.html(publicDocument(wordsOf(t), `${title} · ${localized(cycle.name, readsOf(t)).text}`, organization.name, body), status) // prettier-ignore

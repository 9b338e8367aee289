import { dateIn } from '../../../platform/clock.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { nameFor } from '../figures/pages/figure-name.tsx'
import type { KnownFigure } from '../figures/queries.ts'
import { holdersOf } from '../officials/queries.ts'
import { hasResults } from '../results/queries.ts'
import {
  addCandidate,
  correctCandidate,
  saveContest,
  saveElection,
  takeOffice,
  takeOut,
  type Saved,
} from './commands.ts'
import './messages.ts'
import { ContestPage } from './pages/contest-page.tsx'
import { ElectionPage } from './pages/election-page.tsx'
import {
  EditCandidatePage,
  EditContestPage,
  EditElectionPage,
  NewCandidatePage,
  savedCandidacy,
  savedContest,
  savedElection,
  SeatPage,
} from './pages/forms.tsx'
import { contestName, electionTitle } from './pages/words.tsx'
import {
  candidate,
  candidatesOf,
  contest,
  contestsOf,
  election,
  type Candidate,
  type Contest,
  type Election,
} from './queries.ts'
import { calendarOf, hasDecided, isOffice } from './rules.ts'
import { CandidateForm, ContestForm, ElectionForm, NewCandidateForm, SeatForm } from './schema.ts'

const steward = allow('installation.steward')
const reader = allow('signed-in')

/** Elections with their contests and candidates: everybody reads, stewards write. */
export const contestRoutes = room()
  .get('/elections/new', steward, (c) => editElection(c, null))
  .post('/elections', steward, async (c) => {
    const { typed, errors, value } = await readForm(c, ElectionForm)
    if (!value) return editElection(c, null, { typed, errors })
    const saved = await saveElection(ownerOf(c), actorOf(c), null, value, todayOf(c))
    return saved.ok ? c.redirect(`/elections/${saved.id}`, 303) : editElection(c, null, refusal(typed, saved))
  })
  .get('/elections/:election{[0-9]{1,9}}', reader, async (c) => {
    const { t } = c.var
    const of = await electionOf(c)
    const contests = await contestsOf(commonsOf(c), of.election_id)
    return page(c, <ElectionPage {...{ t, election: of, contests }} is_steward={isSteward(c)} />, {
      title: electionTitle(t, of),
    })
  })
  .get('/elections/:election{[0-9]{1,9}}/edit', steward, async (c) => editElection(c, await ownElectionOf(c)))
  .post('/elections/:election{[0-9]{1,9}}', steward, async (c) => {
    const of = await ownElectionOf(c)
    const { typed, errors, value } = await readForm(c, ElectionForm)
    if (!value) return editElection(c, of, { typed, errors })
    const saved = await saveUnlessChanged(c, {
      subject: 'scheduled_election',
      subject_id: String(of.election_id),
      db: ownerOf(c),
      values: async (tx) => savedElection(found(await election(tx, of.election_id))),
      save: (tx) => saveElection(tx, actorOf(c), of.election_id, value, todayOf(c)),
    })
    if (!saved.ok) return editElection(c, of, { typed, errors: {}, meanwhile: saved.meanwhile })
    return saved.value.ok
      ? c.redirect(`/elections/${of.election_id}`, 303)
      : editElection(c, of, refusal(typed, saved.value))
  })
  .get('/elections/:election{[0-9]{1,9}}/contests/new', steward, async (c) => editContest(c, await electionOf(c), null))
  .post('/elections/:election{[0-9]{1,9}}/contests', steward, async (c) => {
    const of = await electionOf(c)
    const { typed, errors, value } = await readForm(c, ContestForm)
    if (!value) return editContest(c, of, null, { typed, errors })
    const at = { election_id: of.election_id, contest_id: null }
    const saved = await saveContest(ownerOf(c), actorOf(c), at, value, todayOf(c))
    return saved.ok ? c.redirect(`/contests/${saved.id}`, 303) : editContest(c, of, null, refusal(typed, saved))
  })
  .get('/contests/:contest', reader, async (c) => {
    const { t, actor } = c.var
    const { of, run } = await contestOf(c)
    const candidates = await candidatesOf(commonsOf(c), run.contest_id)
    return page(
      c,
      <ContestPage
        {...{ t, contest: run, election: of, candidates }}
        today={todayOf(c)}
        is_steward={isSteward(c)}
        has_results={await hasResults(commonsOf(c), run.contest_id)}
        may_look={mayDo(actor, 'universes.view')}
      />,
      { title: contestName(t, run) },
    )
  })
  .get('/contests/:contest/edit', steward, async (c) => {
    const { of, run } = await contestOf(c)
    return editContest(c, of, run)
  })
  .post('/contests/:contest', steward, async (c) => {
    const { of, run } = await contestOf(c)
    const { typed, errors, value } = await readForm(c, ContestForm)
    if (!value) return editContest(c, of, run, { typed, errors })
    const { election_id, contest_id } = run
    const saved = await saveUnlessChanged(c, {
      subject: 'contest',
      subject_id: String(contest_id),
      in_trail: (name) => (name.startsWith('title_') ? [`title.${name.slice(6)}`] : [name]),
      db: ownerOf(c),
      values: async (tx) => savedContest(found(await contest(tx, contest_id))),
      save: (tx) => saveContest(tx, actorOf(c), { election_id, contest_id }, value, todayOf(c)),
    })
    if (!saved.ok) return editContest(c, of, run, { typed, errors: {}, meanwhile: saved.meanwhile })
    return saved.value.ok
      ? c.redirect(`/contests/${contest_id}`, 303)
      : editContest(c, of, run, refusal(typed, saved.value))
  })
  .get('/contests/:contest/candidates/new', steward, async (c) => newCandidate(c, (await contestOf(c)).run))
  .post('/contests/:contest/candidates', steward, async (c) => {
    const { run } = await contestOf(c)
    const { typed, errors, value } = await readForm(c, NewCandidateForm)
    if (!value) return newCandidate(c, run, { typed, errors })
    const added = await addCandidate(ownerOf(c), actorOf(c), run.contest_id, value, todayOf(c))
    if (added.ok) return c.redirect(`/contests/${run.contest_id}`, 303)
    if (added.problem === 'which')
      return newCandidate(c, run, { typed, errors: { figure: 'officials.which' }, known: added.known })
    return newCandidate(c, run, { typed, errors: { name: `candidates.${added.problem}` } })
  })
  .get('/candidates/:candidate/edit', steward, async (c) => editCandidate(c, await candidateOf(c)))
  .post('/candidates/:candidate', steward, async (c) => {
    const asked = await candidateOf(c)
    const { typed, errors, value } = await readForm(c, CandidateForm)
    if (!value) return editCandidate(c, asked, { typed, errors })
    const { candidate_id } = asked.candidate
    const saved = await saveUnlessChanged(c, {
      subject: 'candidate',
      subject_id: String(candidate_id),
      db: ownerOf(c),
      values: async (tx) => savedCandidacy(c.var.t, found(await candidate(tx, candidate_id))),
      save: (tx) => correctCandidate(tx, actorOf(c), candidate_id, value, todayOf(c)),
    })
    if (!saved.ok) return editCandidate(c, asked, { typed, errors: {}, meanwhile: saved.meanwhile })
    return c.redirect(`/contests/${asked.run.contest_id}`, 303)
  })
  .get('/candidates/:candidate/office', steward, async (c) => seat(c, await candidateOf(c)))
  .post('/candidates/:candidate/office', steward, async (c) => {
    const asked = await candidateOf(c)
    const { typed, errors, value } = await readForm(c, SeatForm)
    if (!value) return seat(c, asked, { typed, errors })
    const now = c.var.installation.clock.now()
    const done = await takeOffice(ownerOf(c), actorOf(c), asked.candidate.candidate_id, value, todayOf(c), now)
    if (!done.ok) return seat(c, asked, { typed, errors: { since: `officials.${done.problem}` } })
    return c.redirect(`/public-figures/${asked.candidate.figure_id}?saved=${done.official_id}`, 303)
  })
  .post('/candidates/:candidate/remove', steward, async (c) => {
    const asked = await candidateOf(c)
    await takeOut(ownerOf(c), actorOf(c), 'candidate', asked.candidate.candidate_id)
    return c.redirect(`/contests/${asked.run.contest_id}`, 303)
  })
  .post('/contests/:contest/remove', steward, async (c) => {
    const { run } = await contestOf(c)
    await takeOut(ownerOf(c), actorOf(c), 'contest', run.contest_id)
    return c.redirect(`/elections/${run.election_id}`, 303)
  })
  .post('/elections/:election{[0-9]{1,9}}/remove', steward, async (c) => {
    const { election_id } = await ownElectionOf(c)
    await takeOut(ownerOf(c), actorOf(c), 'scheduled_election', election_id)
    return c.redirect('/elections', 303)
  })

const ownerOf = (c: Ctx) => c.var.installation.database.owner
const commonsOf = (c: Ctx) => c.var.installation.database.commons
const isSteward = (c: Ctx): boolean => mayDo(c.var.actor, 'installation.steward')
export const todayOf = (c: Ctx): string =>
  dateIn(c.var.organization?.time_zone ?? 'America/New_York', c.var.installation.clock.now())

/** A number of an address; one that is none stands for nothing there is. */
export const numberOf = (c: Ctx, name: string): number => {
  const text = c.req.param(name) ?? ''
  return found(/^[0-9]{1,9}$/.test(text) ? Number(text) : null)
}

const electionOf = async (c: Ctx): Promise<Election> => found(await election(commonsOf(c), numberOf(c, 'election')))

/** One that a steward added: the days of our own calendar are corrected there. */
async function ownElectionOf(c: Ctx): Promise<Election> {
  const of = await electionOf(c)
  if (calendarOf(of)) throw new Conflict()
  return of
}

async function contestOf(c: Ctx, contest_id = numberOf(c, 'contest')): Promise<{ of: Election; run: Contest }> {
  const run = found(await contest(commonsOf(c), contest_id))
  return { run, of: found(await election(commonsOf(c), run.election_id)) }
}

interface AskedCandidate {
  candidate: Candidate
  run: Contest
}

async function candidateOf(c: Ctx): Promise<AskedCandidate> {
  const asked = found(await candidate(commonsOf(c), numberOf(c, 'candidate')))
  return { candidate: asked, run: (await contestOf(c, asked.contest_id)).run }
}

interface Refused {
  typed: Record<string, string>
  errors: FieldErrors
  meanwhile?: Meanwhile
}

const refusal = (typed: Record<string, string>, saved: Extract<Saved, { ok: false }>): Refused => ({
  typed,
  errors: { [saved.field]: `contests.${saved.problem}` },
})

const how = (title: string, refused: Refused | undefined) => ({
  title,
  status: refused ? (422 as const) : (200 as const),
  meanwhile: refused?.meanwhile,
})

async function editElection(c: Ctx, of: Election | null, refused?: Refused) {
  const { t } = c.var
  const { meanwhile: _, ...form } = refused ?? {}
  const title = of ? t('contests.correct_election') : t('contests.add_election')
  const contests = of ? await contestsOf(commonsOf(c), of.election_id) : []
  return page(
    c,
    <EditElectionPage t={t} election={of} is_empty={contests.length === 0} {...form} />,
    how(title, refused),
  )
}

async function editContest(c: Ctx, of: Election, run: Contest | null, refused?: Refused) {
  const { t } = c.var
  const { meanwhile: _, ...form } = refused ?? {}
  const title = run ? t('contests.correct') : t('contests.add')
  const candidates = run ? await candidatesOf(commonsOf(c), run.contest_id) : []
  return page(
    c,
    <EditContestPage t={t} election={of} contest={run} is_empty={candidates.length === 0} {...form} />,
    how(title, refused),
  )
}

function newCandidate(c: Ctx, run: Contest, refused?: Refused & { known?: readonly KnownFigure[] }) {
  const { t } = c.var
  const { meanwhile: _, known = [], ...form } = refused ?? {}
  return page(
    c,
    <NewCandidatePage t={t} contest={run} today={todayOf(c)} known={known} {...form} />,
    how(t('candidates.add'), refused),
  )
}

function editCandidate(c: Ctx, { candidate: asked, run }: AskedCandidate, refused?: Refused) {
  const { t } = c.var
  const { meanwhile: _, ...form } = refused ?? {}
  return page(
    c,
    <EditCandidatePage t={t} contest={run} candidate={asked} today={todayOf(c)} {...form} />,
    how(t('candidates.correct_of', { name: nameFor(t, asked) }), refused),
  )
}

async function seat(c: Ctx, { candidate: asked, run }: AskedCandidate, refused?: Refused) {
  const { t } = c.var
  const { office, district_kind, district, election_id } = run
  const of = found(await election(commonsOf(c), election_id))
  if (!isOffice(office) || !hasDecided(of, office, todayOf(c))) throw new Conflict()
  const { meanwhile: _, ...form } = refused ?? {}
  const held = { office, kind: district_kind, district: district || null }
  const holders = await holdersOf(commonsOf(c), held, todayOf(c))
  return page(
    c,
    <SeatPage t={t} contest={run} candidate={asked} holders={holders} {...form} />,
    how(t('candidates.seat_title', { name: nameFor(t, asked) }), refused),
  )
}

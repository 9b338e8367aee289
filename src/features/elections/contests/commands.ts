import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { isSameValue } from '../../../platform/same-value.ts'
import { addFigure, changeFigure } from '../figures/commands.ts'
import { knownFigures, type KnownFigure } from '../figures/queries.ts'
import { namesIn } from '../figures/rules.ts'
import { lockSeat, takeSeat } from '../officials/commands.ts'
import { hasTerm, holdersOf } from '../officials/queries.ts'
import { hasResults } from '../results/queries.ts'
import { beginsTooEarly } from '../officials/rules.ts'
import { candidate, contest, election, type Candidacy, type Contest, type Election } from './queries.ts'
import {
  calendarOf,
  districtIn,
  hasDecided,
  isOffice,
  isRunning,
  isSameElection,
  kindOfOffice,
  linesIn,
  usualMethod,
} from './rules.ts'
import type { CandidateForm, ContestForm, ElectionForm, NewCandidateForm, SeatForm } from './schema.ts'
import './tables.ts'

/** A row as it is to stand; when it was last looked at is noted with it. */
export type NewElection = Omit<Election, 'election_id' | 'as_of'>
export type NewContest = Omit<Contest, 'contest_id' | 'as_of'>
export type NewCandidacy = Omit<Candidacy, 'candidate_id' | 'as_of'>

export type Saved = { ok: true; id: number } | { ok: false; field: string; problem: 'no_district' | 'known' }

/** Adds an election or, with `election_id`, corrects it. `db` here and below: the owner's. */
export function saveElection(
  db: Db,
  actor: Actor,
  election_id: number | null,
  form: ElectionForm,
  today: string,
): Promise<Saved> {
  return inTransaction(db, async (tx): Promise<Saved> => {
    const { district_kind } = form
    const district = district_kind && districtIn(form.state, district_kind, form.district)
    if (district === null && (district_kind || form.district))
      return { ok: false, field: 'district', problem: 'no_district' }
    const told: NewElection = { ...form, district: district || null }
    const before = election_id === null ? null : found(await election(tx, election_id))
    // The days of our own calendar are corrected there.
    if (before && calendarOf(before)) throw new Conflict()
    const others = await tx.selectFrom('scheduled_election').selectAll().where('state', '=', told.state).execute()
    if (others.some((each) => each.election_id !== election_id && isSameElection(each, told)))
      return { ok: false, field: 'held_on', problem: 'known' }
    return { ok: true, id: await putElection(tx, actor, before, told, today) }
  })
}

export async function putElection(
  tx: Db,
  actor: Actor,
  before: Election | null,
  told: NewElection,
  today: string,
): Promise<number> {
  if (before && !changes(before, told)) return before.election_id
  const row = { ...told, as_of: today }
  const { election_id } = before
    ? await tx
        .updateTable('scheduled_election')
        .set(row)
        .where('election_id', '=', before.election_id)
        .returning('election_id')
        .executeTakeFirstOrThrow()
    : await tx.insertInto('scheduled_election').values(row).returning('election_id').executeTakeFirstOrThrow()
  await note(tx, actor, 'scheduled_election', election_id, before, told)
  return election_id
}

/** Adds a contest to an election or, with `contest_id`, corrects it. */
export function saveContest(
  db: Db,
  actor: Actor,
  at: { election_id: number; contest_id: number | null },
  form: ContestForm,
  today: string,
): Promise<Saved> {
  return inTransaction(db, async (tx): Promise<Saved> => {
    const of = found(await election(tx, at.election_id))
    const before = at.contest_id === null ? null : found(await contest(tx, at.contest_id))
    const { office, party, seats, term_from, term_until, source_url } = form
    const district_kind = kindOfOffice(office, form.district_kind)
    const district = district_kind && districtIn(of.state, district_kind, form.district)
    if (district_kind === null || district === null) return { ok: false, field: 'district', problem: 'no_district' }
    const told: NewContest = {
      election_id: of.election_id,
      office,
      title: isOffice(office) ? {} : titleOf(form.title_en, form.title_ko),
      district_kind,
      district,
      party,
      seats,
      method: form.method ?? usualMethod(of, office),
      term_from,
      term_until,
      source_url,
    }
    const others = await tx.selectFrom('contest').selectAll().where('election_id', '=', of.election_id).execute()
    if (others.some((each) => each.contest_id !== at.contest_id && isSameContest(each, told)))
      return { ok: false, field: 'office', problem: 'known' }
    return { ok: true, id: await putContest(tx, actor, before, told, today) }
  })
}

export const titleOf = (en: string | null, ko: string | null): LocalizedText => ({
  ...(en && { en }),
  ...(ko && { ko }),
})

type ContestKey = Pick<NewContest, 'election_id' | 'office' | 'district_kind' | 'district' | 'party' | 'title'>

export const isSameContest = (one: ContestKey, other: ContestKey): boolean =>
  one.election_id === other.election_id &&
  one.office === other.office &&
  one.district_kind === other.district_kind &&
  one.district === other.district &&
  one.party === other.party &&
  (one.title.en ?? '') === (other.title.en ?? '')

export async function putContest(
  tx: Db,
  actor: Actor,
  before: Contest | null,
  told: NewContest,
  today: string,
): Promise<number> {
  if (before && !changes(before, told)) return before.contest_id
  const row = { ...told, title: JSON.stringify(told.title), as_of: today }
  const { contest_id } = before
    ? await tx
        .updateTable('contest')
        .set(row)
        .where('contest_id', '=', before.contest_id)
        .returning('contest_id')
        .executeTakeFirstOrThrow()
    : await tx.insertInto('contest').values(row).returning('contest_id').executeTakeFirstOrThrow()
  await note(tx, actor, 'contest', contest_id, before, told)
  return contest_id
}

/** `known`: others of that name; whoever typed it says whether it is one of them. */
export type AddedCandidate =
  | { ok: true; candidate_id: number }
  | { ok: false; problem: 'which'; known: KnownFigure[] }
  | { ok: false; problem: 'runs_already' }

export function addCandidate(
  db: Db,
  actor: Actor,
  contest_id: number,
  form: NewCandidateForm,
  today: string,
): Promise<AddedCandidate> {
  return inTransaction(db, async (tx): Promise<AddedCandidate> => {
    found(await contest(tx, contest_id))
    const known = form.figure === 'new' ? [] : await knownFigures(tx, form.name)
    const chosen = known.find(({ figure_id }) => String(figure_id) === form.figure)
    if (known.length > 0 && !chosen) return { ok: false, problem: 'which', known }
    const { name, source_url } = form
    const names = namesIn(form)
    const figure_id = chosen?.figure_id ?? (await addFigure(tx, actor, { name, names, source_url }, today))
    const runs = await tx
      .selectFrom('candidate')
      .select('candidate_id')
      .where('contest_id', '=', contest_id)
      .where('figure_id', '=', figure_id)
      .executeTakeFirst()
    if (runs) return { ok: false, problem: 'runs_already' }
    if (chosen) await changeFigure(tx, actor, figure_id, { names: { ...chosen.names, ...names } }, today)
    return {
      ok: true,
      candidate_id: await putCandidacy(tx, actor, null, candidacyOf(form, contest_id, figure_id), today),
    }
  })
}

export function correctCandidate(
  db: Db,
  actor: Actor,
  candidate_id: number,
  form: CandidateForm,
  today: string,
): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { name: _name, names: _names, ...before } = found(await candidate(tx, candidate_id))
    return putCandidacy(tx, actor, before, candidacyOf(form, before.contest_id, before.figure_id), today)
  })
}

const candidacyOf = (form: CandidateForm, contest_id: number, figure_id: number): NewCandidacy => ({
  contest_id,
  figure_id,
  lines: linesIn(form.lines),
  is_incumbent: form.is_incumbent,
  position: form.position,
  website: form.website,
  status: form.status,
  status_on: form.status_on,
  source_url: form.source_url,
})

export async function putCandidacy(
  tx: Db,
  actor: Actor,
  before: Candidacy | null,
  told: NewCandidacy,
  today: string,
): Promise<number> {
  if (before && !changes(before, told)) return before.candidate_id
  const row = { ...told, as_of: today }
  const { candidate_id } = before
    ? await tx
        .updateTable('candidate')
        .set(row)
        .where('candidate_id', '=', before.candidate_id)
        .returning('candidate_id')
        .executeTakeFirstOrThrow()
    : await tx.insertInto('candidate').values(row).returning('candidate_id').executeTakeFirstOrThrow()
  await note(tx, actor, 'candidate', candidate_id, before, told)
  return candidate_id
}

export type TakenOffice = { ok: true; official_id: number } | { ok: false; problem: 'begins_too_early' }

/** An elected candidate takes office and is, as an official, the same person. */
export function takeOffice(
  db: Db,
  actor: Actor,
  candidate_id: number,
  form: SeatForm,
  today: string,
  now: Date,
): Promise<TakenOffice> {
  return inTransaction(db, async (tx): Promise<TakenOffice> => {
    const { figure_id, contest_id, website, status } = found(await candidate(tx, candidate_id))
    const { office, district_kind, district, election_id } = found(await contest(tx, contest_id))
    const held = found(await election(tx, election_id))
    if (!isOffice(office) || !hasDecided(held, office, today) || !isRunning(status)) throw new Conflict()
    const seat = { office, kind: district_kind, district: district || null }
    await lockSeat(tx, seat)
    const { since, until, party, source_url } = form
    if (await hasTerm(tx, seat, figure_id, since)) throw new Conflict()
    // Somebody elected again leaves their own last term.
    const leave = (await holdersOf(tx, seat, today)).filter(
      (each) => form.leave.includes(each.official_id) || each.figure_id === figure_id,
    )
    if (beginsTooEarly(since, leave)) return { ok: false, problem: 'begins_too_early' }
    const official_id = await takeSeat(
      tx,
      actor,
      { figure_id, seat, party, since, until, website, source_url },
      leave.map((each) => each.official_id),
      today,
      now,
    )
    return { ok: true, official_id }
  })
}

type TakenOut = 'scheduled_election' | 'contest' | 'candidate'
const keys = { scheduled_election: 'election_id', contest: 'contest_id', candidate: 'candidate_id' } as const

/** Takes out what was entered by mistake; an election with contests, a contest with candidates or results, and whatever another room builds on stays. */
export function takeOut(db: Db, actor: Actor, table: TakenOut, id: number): Promise<void> {
  return inTransaction(db, async (tx) => {
    if (table === 'scheduled_election') {
      const held = found(await election(tx, id))
      const has = await tx.selectFrom('contest').select('contest_id').where('election_id', '=', id).executeTakeFirst()
      if (has || calendarOf(held)) throw new Conflict()
    }
    if (table === 'contest') {
      const has = await tx.selectFrom('candidate').select('figure_id').where('contest_id', '=', id).executeTakeFirst()
      if (has || (await hasResults(tx, id))) throw new Conflict()
    }
    const before = found(
      await unlessBuiltOn<object | undefined>(
        table === 'scheduled_election'
          ? tx.deleteFrom(table).where('election_id', '=', id).returningAll().executeTakeFirst()
          : table === 'contest'
            ? tx.deleteFrom(table).where('contest_id', '=', id).returningAll().executeTakeFirst()
            : tx.deleteFrom(table).where('candidate_id', '=', id).returningAll().executeTakeFirst(),
      ),
    )
    await audit(tx, actor, {
      action: `${table}.take_out`,
      subject: table,
      subject_id: id,
      before: Object.fromEntries(Object.entries(before).filter(([field]) => field !== keys[table])),
      organization_id: null,
    })
  })
}

/** Rooms above name rows of ours (a candidate who was asked for answers); PostgreSQL knows, and we do not. */
async function unlessBuiltOn<Row>(deleted: Promise<Row>): Promise<Row> {
  try {
    return await deleted
  } catch (problem) {
    if (problem instanceof Error && 'code' in problem && problem.code === '23503') throw new Conflict()
    throw problem
  }
}

const changes = <T extends object>(before: T, told: Partial<T>): boolean =>
  (Object.keys(told) as (keyof T)[]).some((key) => !isSameValue(before[key], told[key]))

async function note<T extends object>(
  tx: Db,
  actor: Actor,
  subject: TakenOut,
  subject_id: number,
  before: T | null,
  told: Partial<T>,
): Promise<void> {
  const fields = (Object.keys(told) as (keyof T & string)[]).filter(
    (key) => !before || !isSameValue(before[key], told[key]),
  )
  await audit(tx, actor, {
    action: `${subject}.${before ? 'correct' : 'add'}`,
    subject,
    subject_id,
    before: before && Object.fromEntries(fields.map((key) => [key, before[key]])),
    after: Object.fromEntries(fields.map((key) => [key, told[key]])),
    organization_id: null,
  })
}

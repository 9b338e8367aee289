import { sql } from 'kysely'
import { audit } from '../../../platform/audit.ts'
import type { Actor } from '../../../platform/actor.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { addFigure, changeFigure } from '../figures/commands.ts'
import { figure, knownFigures, type KnownFigure } from '../figures/queries.ts'
import { hostOf } from '../figures/rules.ts'
import { official, type Seat } from './queries.ts'
import { beginsTooEarly, mayTakeBack } from './rules.ts'
import type { OfficialForm, Party } from './schema.ts'

/** `known`: others of that name; whoever typed it says whether it is one of them. */
export type CorrectedOfficial =
  | { ok: true; official_id: number }
  | { ok: false; problem: 'which'; known: KnownFigure[] }
  | { ok: false; problem: 'begins_too_early' }

/** Corrects who holds an office, or says who holds it now, and from when. `db` here and below: the owner's. */
export async function correctOfficial(
  db: Db,
  actor: Actor,
  official_id: number,
  { who, name, name_hangul, figure: chosen, ...typed }: OfficialForm,
  today: string,
  now: Date,
): Promise<CorrectedOfficial> {
  return inTransaction(db, async (tx) => {
    const { office, kind, district } = found(await official(tx, official_id))
    await lockSeat(tx, { office, kind, district })
    const before = found(await official(tx, official_id))
    const { figure_id, left_on } = before
    const hangul: LocalizedText = name_hangul ? { ko: name_hangul } : {}
    if (who === 'another') {
      if (left_on !== null) throw new Conflict()
      if (beginsTooEarly(typed.since ?? today, [before])) return { ok: false, problem: 'begins_too_early' }
      const known = chosen === 'new' ? [] : await knownFigures(tx, name)
      const one = known.find((each) => String(each.figure_id) === chosen)
      if (known.length > 0 && !one) return { ok: false, problem: 'which', known }
      if (one) await changeFigure(tx, actor, one.figure_id, { names: { ...one.names, ...hangul } }, today)
      const next =
        one?.figure_id ?? (await addFigure(tx, actor, { name, names: hangul, source_url: typed.source_url }, today))
      const term = { figure_id: next, seat: { office, kind, district }, ...typed }
      return { ok: true, official_id: await takeSeat(tx, actor, term, [official_id], today, now) }
    }
    const { names } = found(await figure(tx, figure_id))
    const { ko: _was, ...others } = names
    await changeFigure(tx, actor, figure_id, { name, names: { ...others, ...hangul } }, today)
    const change = {
      ...typed,
      as_of: today,
      source: hostOf(typed.source_url),
      is_checked: true,
      party_is_assumed: false,
      changed_at: now,
      changed_by: actor.name,
    }
    await tx.updateTable('official').set(change).where('official_id', '=', official_id).execute()
    const { changed_at: _at, changed_by: _by, ...rest } = change
    const told = { name, name_hangul, ...rest }
    await audit(tx, actor, {
      action: 'official.correct',
      subject: 'official',
      subject_id: official_id,
      before: Object.fromEntries(Object.keys(told).map((key) => [key, before[key as keyof typeof told] ?? null])),
      after: told,
      organization_id: null,
    })
    return { ok: true, official_id }
  })
}

/** Two who enter at once who takes a seat come one after the other. */
export async function lockSeat(tx: Db, { office, kind, district }: Seat): Promise<void> {
  const seat = ['official', office, kind, district].join(' ')
  await sql`select pg_advisory_xact_lock(hashtextextended(${seat}, 0))`.execute(tx)
}

interface Term {
  figure_id: number
  seat: Seat
  party: Party | null
  since: string | null
  until: string | null
  phone?: string | null
  email?: string | null
  website?: string | null
  address?: string | null
  source_url: string
}

/** Somebody takes a seat: whoever of `leave` holds it does so until then. */
export async function takeSeat(
  tx: Db,
  actor: Actor,
  { seat, ...term }: Term,
  leave: readonly number[],
  today: string,
  now: Date,
): Promise<number> {
  const told = { ...seat, ...term, as_of: today, source: hostOf(term.source_url) }
  const { official_id } = await tx
    .insertInto('official')
    .values({ ...told, is_checked: true, entered_at: now, changed_at: now, changed_by: actor.name })
    .returning('official_id')
    .executeTakeFirstOrThrow()
  const left_on = term.since ?? today
  for (const each of leave) await endTerm(tx, actor, each, { left_on, left_for: official_id }, now)
  await audit(tx, actor, {
    action: 'official.take_seat',
    subject: 'official',
    subject_id: official_id,
    after: told,
    organization_id: null,
  })
  return official_id
}

/** A term was entered by mistake: it goes, and whoever left the seat for it holds it as before. */
export function takeTermBack(db: Db, actor: Actor, official_id: number, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockSeat(tx, found(await official(tx, official_id)))
    const term = found(await official(tx, official_id))
    if (!mayTakeBack(term)) throw new Conflict()
    const left = await tx.selectFrom('official').select('official_id').where('left_for', '=', official_id).execute()
    for (const each of left) await endTerm(tx, actor, each.official_id, { left_on: null, left_for: null }, now)
    await tx.deleteFrom('official').where('official_id', '=', official_id).execute()
    const { office, kind, district, figure_id, party, since, until, source_url } = term
    await audit(tx, actor, {
      action: 'official.take_back',
      subject: 'official',
      subject_id: official_id,
      before: { office, kind, district, figure_id, party, since, until, source_url },
      organization_id: null,
    })
  })
}

/** Says when a term ends, or that it goes on. `left_for` null: nobody has the seat then. */
export async function endTerm(
  tx: Db,
  actor: Actor,
  official_id: number,
  end: { left_on: string; left_for: number | null } | { left_on: null; left_for: null },
  now: Date,
): Promise<void> {
  const before = found(await official(tx, official_id))
  await tx
    .updateTable('official')
    .set({ ...end, changed_at: now, changed_by: actor.name })
    .where('official_id', '=', official_id)
    .execute()
  await audit(tx, actor, {
    action: end.left_on === null ? 'official.stay' : 'official.leave',
    subject: 'official',
    subject_id: official_id,
    before: { left_on: before.left_on },
    after: { left_on: end.left_on },
    organization_id: null,
  })
}

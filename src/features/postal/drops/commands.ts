import { sql, type Updateable } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import '../../organizations/tables.ts'
import { mayChangeLane } from '../../campaigns/parts/commands.ts'
import { closedHomesReadBy, postRowsOf, refusedElsewhere, type PostRow } from '../../targeting/export/queries.ts'
import { homesByHand } from '../../targeting/homes-queries.ts'
import { askedText, compileSaved, universe } from '../../targeting/queries.ts'
import { checkedAmong } from '../checked/queries.ts'
import { inGoodStanding } from '../../people/membership/queries.ts'
import { closedAmong, isAnyClosed } from '../../people/suppressions/commands.ts'
import { homesReadBy } from '../../people/consent.ts'
import type { Who } from '../../people/rules.ts'
import { addressKey, closedKeys, keysOfKnown } from '../no-paper/rules.ts'
import type { DropForm } from '../schema.ts'
import type { PostalDropTable } from '../tables.ts'
import { dropById, type Drop } from './queries.ts'
import { leftOutFor, piecesOf, readyOf, type LeftOut, type Piece, type Ready } from './rules.ts'

export type DropDraft = DropForm & { attribution: LocalizedText }

const columnsOf = ({ attribution, ...draft }: DropDraft) => ({ ...draft, attribution: JSON.stringify(attribution) })

export function makeDrop(db: Db, actor: Actor, draft: DropDraft, now: Date): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    found(await universe(tx, organization_id, draft.universe_id))
    const { drop_id } = await tx
      .insertInto('postal_drop')
      .values({
        organization_id,
        ...columnsOf(draft),
        state: 'draft',
        made_by: actor.name,
        made_by_id: actor.id,
        made_at: now,
      })
      .returning('drop_id')
      .executeTakeFirstOrThrow()
    await audit(tx, actor, { action: 'postal.make', subject: 'postal_drop', subject_id: drop_id, after: { ...draft } })
    return drop_id
  })
}

/** Changes a drop whose list is not made yet. */
export function changeDrop(db: Db, actor: Actor, drop_id: string, draft: DropDraft): Promise<void> {
  return change(db, actor, drop_id, ['draft'], async (tx, before) => {
    found(await universe(tx, actor.organization_id, draft.universe_id))
    const isOther = draft.lane !== before.lane
    if (isOther && !(await mayChangeLane(tx, actor.organization_id, { kind: 'postal_drop', part_id: drop_id })))
      throw new Conflict()
    await setDrop(tx, before, columnsOf(draft))
    const { name, kind, lane, level, universe_id, languages, households, return_name, return_address, attribution } =
      before
    await audit(tx, actor, {
      action: 'postal.change',
      subject: 'postal_drop',
      subject_id: drop_id,
      before: { name, kind, lane, level, universe_id, languages, households, return_name, return_address, attribution },
      after: { ...draft },
    })
  })
}

/** A large list is made by a job: its row says so until then. */
export const beginFreeze = (db: Db, actor: Actor, drop_id: string): Promise<void> =>
  change(db, actor, drop_id, ['draft'], (tx, before) =>
    setDrop(tx, before, { state: 'freezing', problem: null, frozen_by: actor.name, frozen_by_id: actor.id }),
  )

/** What cannot be frozen is a draft again, with the reason. */
export const giveUpFreeze = (db: Db, actor: Actor, drop_id: string, problem: string): Promise<void> =>
  change(db, actor, drop_id, ['freezing'], (tx, before) => setDrop(tx, before, { state: 'draft', problem }))

/** More voters than this are several drops. */
const mostVoters = 500_000

export type Frozen = { ok: true; pieces: number } | { ok: false; problem: 'expression' | 'too_many' | 'nobody' }

/** Makes the list of pieces, all at one moment and in one transaction: killed half-way nothing of it is there. */
export function freezeDrop(db: Db, actor: Actor, drop_id: string, now: Date, today: string): Promise<Frozen> {
  return inTransaction(db, async (tx): Promise<Frozen> => {
    const { organization_id } = actor
    const before = await lockedDrop(tx, organization_id, drop_id, ['draft', 'freezing'])
    const saved = found(await universe(tx, organization_id, before.universe_id))
    const compiled = await compileSaved(tx, saved, today)
    if (!compiled.ok) return { ok: false, problem: 'expression' }
    const homes = await homesByHand(tx, organization_id)
    const asked = postRowsOf({ organization_id, today }, compiled.universe, homes)
    const { rows } = await sql<Awaited<ReturnType<typeof asked.execute>>['rows'][number]>`select * from (${asked}) audience limit ${mostVoters + 1}`.execute(tx) // prettier-ignore
    if (rows.length > mostVoters) return { ok: false, problem: 'too_many' }
    const { languages: written } = await tx.selectFrom('organization').select('languages').where('organization_id', '=', organization_id).executeTakeFirstOrThrow() // prettier-ignore
    const { languages, households } = before
    const refused = await refusedElsewhere(tx, { organization_id, today }, compiled.universe, homes, null)
    const { ready, left_out } = readyOf(rows, refused)
    const meant =
      before.lane === 'member_communication' ? await membersAmong(tx, organization_id, ready, left_out, today) : ready
    const open = await openAddresses(tx, organization_id, meant, left_out)
    const pieces = piecesOf(open, { languages, households, written, today })
    if (pieces.length === 0 && left_out.length === 0) return { ok: false, problem: 'nobody' }
    await keepPieces(tx, before, pieces)
    await keepLeftOut(tx, before, left_out)
    const recipients = pieces.flatMap((piece) => piece.recipients)
    const duplicates = recipients.filter(({ same_as }) => same_as !== null).length
    const counts = {
      expression: askedText(saved),
      pieces: pieces.length,
      voters: recipients.length - duplicates,
      duplicates,
      left_out: counted(left_out.map(({ reason }) => reason)),
      by_language: counted(pieces.map(({ language }) => language)),
    }
    await setDrop(tx, before, {
      ...counts,
      numbers: pieces.length,
      left_out: JSON.stringify(counts.left_out),
      by_language: JSON.stringify(counts.by_language),
      state: 'frozen',
      problem: null,
      frozen_by: actor.name,
      frozen_by_id: actor.id,
      frozen_at: now,
    })
    await audit(tx, actor, { action: 'postal.freeze', subject: 'postal_drop', subject_id: drop_id, after: counts })
    return { ok: true, pieces: pieces.length }
  })
}

/** The list is thrown away, to change the drop or to make it anew with addresses put right. */
export const thawDrop = (db: Db, actor: Actor, drop_id: string): Promise<void> =>
  change(db, actor, drop_id, ['frozen', 'made'], async (tx, before) => {
    const theirs = { organization_id: before.organization_id, drop_id }
    for (const table of ['postal_file', 'postal_answer', 'postal_code', 'postal_recipient', 'postal_piece', 'postal_left_out'] as const)
      await tx.deleteFrom(table).where('organization_id', '=', theirs.organization_id).where('drop_id', '=', drop_id).execute() // prettier-ignore
    const none = {
      expression: null,
      pieces: 0,
      numbers: 0,
      voters: 0,
      duplicates: 0,
      left_out: '{}',
      by_language: '{}',
    }
    await setDrop(tx, before, { ...none, state: 'draft', frozen_at: null, frozen_by: null, frozen_by_id: null, print_state: null, first_serial: null, serials_from: null }) // prettier-ignore
    await audit(tx, actor, { action: 'postal.thaw', subject: 'postal_drop', subject_id: drop_id, before: { pieces: before.pieces } }) // prettier-ignore
  })

/** Members in good standing, to whom alone a message to members goes; the others are told in `left_out`. */
async function membersAmong(tx: Db, organization_id: string, ready: readonly Ready[], left_out: LeftOut[], today: string): Promise<Ready[]> {
  const { rows } = await sql<{ voter_id: number }>`select p.voter_id from person p where p.organization_id = ${organization_id}::uuid
    and p.voter_id is not null and p.merged_into is null and ${inGoodStanding(sql.ref('p.organization_id'), sql.ref('p.person_id'), today)}`.execute(tx)
  const members = new Set(rows.map(({ voter_id }) => voter_id))
  for (const each of ready) if (!members.has(each.row.voter_id)) left_out.push(leftOutFor(each, 'not_member'))
  return ready.filter(({ row }) => members.has(row.voter_id))
} // prettier-ignore

/** Those to whose address something may be mailed, as certified software has it where it was asked; the others are told in `left_out`. */
async function openAddresses(tx: Db, organization_id: string, ready: readonly Ready[], left_out: LeftOut[]): Promise<Ready[]> {
  const keys = [...new Set(ready.map(({ address }) => addressKey(address)))]
  const checked = await checkedAmong(tx, organization_id, keys)
  const keysOf = ({ address }: Ready): string[] => {
    const as_found = checked.get(addressKey(address))
    return [...new Set([...closedKeys(address), ...(as_found ? closedKeys(as_found) : [])])]
  }
  const closed = await closedAmong(tx, organization_id, 'address', [...new Set(ready.flatMap(keysOf))])
  return ready.flatMap((each) => {
    const found = checked.get(addressKey(each.address))
    const home_keys = keysOf(each)
    const reason = home_keys.some((key) => closed.has(key)) ? 'no_paper' : found?.dpv === 'N' ? 'address_not_confirmed' : null
    if (reason) left_out.push(leftOutFor(each, reason))
    if (reason) return []
    if (!found) return [{ ...each, home_keys }]
    const { delivery, unit, city, state, zip5, zip4, delivery_point } = found
    return [{ ...each, home_keys, delivery_point, address: { ...each.address, delivery, unit, city, state, zip5, zip4 } }]
  })
} // prettier-ignore

async function atClosed(db: Db, organization_id: string, rows: readonly PostRow[]): Promise<number[]> {
  const left_out: LeftOut[] = []
  await openAddresses(db, organization_id, readyOf(rows).ready, left_out)
  return left_out.flatMap(({ voter_id, reason }) => (reason === 'no_paper' ? [voter_id] : []))
}

// Files for mail houses leave out the same homes as a list does.
closedHomesReadBy(atClosed)

// So does every room that asks whether somebody may be written to.
homesReadBy(async (db, organization_id, who) => {
  if (!(await isAnyClosed(db, organization_id, 'address'))) return new Set()
  const voters = who.flatMap(({ voter_id }) => voter_id ?? [])
  const asked = { condition: sql<boolean>`v.voter_id = any(${voters}::integer[])` }
  // Of the address alone: no column is asked that has a day in it.
  const { rows } = await postRowsOf({ organization_id, today: '1970-01-01' }, asked, await homesByHand(db, organization_id)).execute(db) // prettier-ignore
  const closedVoters = new Set(await atClosed(db, organization_id, rows))
  const people = who.flatMap(({ voter_id, person_id }) => (voter_id === null && person_id !== null ? [person_id] : []))
  const known = people.length === 0 ? [] : await db.selectFrom('person').select(['person_id', 'address', 'zip5']).where('organization_id', '=', organization_id).where(sql<boolean>`person_id = any(${people}::uuid[])`).execute() // prettier-ignore
  const keys = new Map(known.map(({ person_id, address, zip5 }) => [person_id, address === null ? [] : keysOfKnown({ address, zip5 })])) // prettier-ignore
  const closed = await closedAmong(db, organization_id, 'address', [...new Set([...keys.values()].flat())])
  const isClosed = ({ voter_id, person_id }: Who): boolean =>
    voter_id === null ? (keys.get(person_id ?? '') ?? []).some((key) => closed.has(key)) : closedVoters.has(voter_id)
  return new Set(who.flatMap((each, at) => (isClosed(each) ? [at] : [])))
})

const counted = (values: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}

/** Rows sent in one statement. */
const block = 5000

async function keepPieces(tx: Db, { organization_id, drop_id }: Drop, pieces: readonly Piece[]): Promise<void> {
  for (let from = 0; from < pieces.length; from += block) {
    const rows = pieces.slice(from, from + block).map(({ address, ...piece }, index) => ({
      number: from + index + 1,
      ...piece,
      ...address,
    }))
    const text = JSON.stringify(rows).normalize('NFC')
    await sql`insert into postal_piece (organization_id, drop_id, number, language, name_line, name_line_ko, salutation, salutation_ko, kind, above, delivery, unit, city, state, zip5, zip4, delivery_point, tray, bundle)
      select ${organization_id}::uuid, ${drop_id}::uuid, number, language, name_line, name_line_ko, salutation, salutation_ko, kind, above, delivery, unit, city, state, zip5, zip4, delivery_point, tray, bundle
      from jsonb_to_recordset(${text}::jsonb) as p (number integer, language text, name_line text, name_line_ko text, salutation text, salutation_ko text,
        kind text, above text[], delivery text, unit text, city text, state text, zip5 text, zip4 text, delivery_point text, tray text, bundle text)`.execute(
      tx,
    )
    await sql`insert into postal_recipient (organization_id, drop_id, number, voter_id, same_as, home_keys)
      select ${organization_id}::uuid, ${drop_id}::uuid, p.number, r.voter_id, r.same_as, r.home_keys from jsonb_to_recordset(${text}::jsonb) as p (number integer, recipients jsonb),
        jsonb_to_recordset(p.recipients) as r (voter_id integer, same_as integer, home_keys text[])`.execute(tx)
  }
}

async function keepLeftOut(tx: Db, { organization_id, drop_id }: Drop, left_out: readonly LeftOut[]): Promise<void> {
  for (let from = 0; from < left_out.length; from += block) {
    await tx
      .insertInto('postal_left_out')
      .columns(['organization_id', 'drop_id', 'voter_id', 'name', 'reason', 'original', 'detail'])
      .expression(
        sql`select ${organization_id}::uuid, ${drop_id}::uuid, voter_id, name, reason, original, detail
          from jsonb_to_recordset(${JSON.stringify(left_out.slice(from, from + block))}::jsonb)
            as l (voter_id integer, name text, reason text, original text, detail text)`,
      )
      .execute()
  }
}

/** What becomes of its row. */
export const setDrop = (
  tx: Db,
  { organization_id, drop_id }: Pick<Drop, 'organization_id' | 'drop_id'>,
  values: Updateable<PostalDropTable>,
): Promise<unknown> =>
  tx
    .updateTable('postal_drop')
    .set(values)
    .where('organization_id', '=', organization_id)
    .where('drop_id', '=', drop_id)
    .execute()

/** Its row, which nobody else changes until the end of the transaction. */
export async function lockedDrop(
  tx: Db,
  organization_id: string,
  drop_id: string,
  states: readonly Drop['state'][],
): Promise<Drop> {
  await tx.selectFrom('postal_drop').select('drop_id').where('organization_id', '=', organization_id).where('drop_id', '=', drop_id).forUpdate().execute() // prettier-ignore
  const drop = found(await dropById(tx, organization_id, drop_id))
  if (!states.includes(drop.state)) throw new Conflict()
  return drop
}

/** One whose words may still change: no file of it is made. */
export const changeableDrop = (tx: Db, organization_id: string, drop_id: string): Promise<Drop> =>
  notPrinting(lockedDrop(tx, organization_id, drop_id, ['draft', 'frozen']))

/** Files of words or looks that changed are no longer those of the drop. */
export const dropFiles = (tx: Db, { organization_id, drop_id }: Pick<Drop, 'organization_id' | 'drop_id'>): Promise<unknown> =>
  tx.deleteFrom('postal_file').where('organization_id', '=', organization_id).where('drop_id', '=', drop_id).execute() // prettier-ignore

/** Neither words nor list change while files are made of them. */
export async function notPrinting(asked: Promise<Drop>): Promise<Drop> {
  const drop = await asked
  if (drop.print_state === 'queued' || drop.print_state === 'running') throw new Conflict()
  return drop
}

const change = (
  db: Db,
  { organization_id }: Actor,
  drop_id: string,
  states: readonly Drop['state'][],
  work: (tx: Db, before: Drop) => Promise<unknown>,
): Promise<void> =>
  inTransaction(db, async (tx) => {
    await work(tx, await notPrinting(lockedDrop(tx, organization_id, drop_id, states)))
  })

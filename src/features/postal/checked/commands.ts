import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import { saveAddress } from '../../people/addresses/commands.ts'
import { knownAddresses } from '../../people/addresses/rules.ts'
import { AddressForm } from '../../people/addresses/schema.ts'
import { profileOf, whoIs } from '../../people/queries.ts'
import { keyOfPiece, type Drop, type PieceRow } from '../drops/queries.ts'
import { closedKeys, keysOfKnown } from '../no-paper/rules.ts'
import { checkedFile, foundKey, type CheckedFile } from './queries.ts'
import { countsOf, movedTo, toApply, type CassRow, type NcoaRow } from './rules.ts'
import { actedOn, FoundMove, type CheckedKind } from './schema.ts'

/** Every address of a list has an id from now on, under which what certified software says of it comes back. */
export async function askForAddresses(db: Db, { organization_id, drop_id }: Drop, now: Date): Promise<void> {
  await sql`insert into postal_address (organization_id, address_key, delivery, unit, city, state, zip5, zip4, asked_at)
      select distinct on (${keyOfPiece(sql`p`)}) p.organization_id, ${keyOfPiece(sql`p`)}, p.delivery, p.unit, p.city, p.state, p.zip5, p.zip4, ${now}::timestamptz
      from postal_piece p where p.organization_id = ${organization_id}::uuid and p.drop_id = ${drop_id}::uuid
        and ${keyOfPiece(sql`p`)} not in (select ${foundKey} from postal_address a where a.organization_id = ${organization_id}::uuid and a.found is not null)
      order by ${keyOfPiece(sql`p`)}, p.number on conflict do nothing`.execute(db)
} // prettier-ignore

export interface Brought {
  kind: CheckedKind
  name: string
  checked_on: string
  rows: readonly CassRow[] | readonly NcoaRow[]
}

const block = 5000

/** Keeps a file that came back and what it says; nothing is taken over yet. Returns its id. */
export function bringFile(db: Db, actor: Actor, { kind, name, checked_on, rows }: Brought, now: Date): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const { file_id } = await tx
      .insertInto('postal_checked_file')
      .values({ organization_id, kind, name, checked_on, state: 'looked_at', counts: '{}', brought_by: actor.name, brought_by_id: actor.id, brought_at: now })
      .returning('file_id')
      .executeTakeFirstOrThrow() // prettier-ignore
    for (let from = 0; from < rows.length; from += block)
      await sql`insert into postal_checked_row (organization_id, file_id, line, address_id, voter_id, verdict, found)
        select ${organization_id}::uuid, ${file_id}::uuid, line, address_id, voter_id, verdict, found
        from jsonb_to_recordset(${JSON.stringify(rows.slice(from, from + block))}::jsonb) as r (line integer, address_id bigint, voter_id integer, verdict text, found jsonb)`.execute(tx)
    // Only what we asked about: an address we gave an id, a voter to whom a piece was made out.
    await sql`update postal_checked_row r set verdict = 'unknown_id' where r.organization_id = ${organization_id}::uuid and r.file_id = ${file_id}::uuid
      and ${kind === 'cass'
        ? sql`not exists (select from postal_address a where a.organization_id = r.organization_id and a.address_id = r.address_id)`
        : sql`not exists (select from postal_recipient p where p.organization_id = r.organization_id and p.voter_id = r.voter_id)`}`.execute(tx)
    const kept = await tx.selectFrom('postal_checked_row').select('verdict').where('organization_id', '=', organization_id).where('file_id', '=', file_id).execute() // prettier-ignore
    const counts = countsOf(kept)
    await tx.updateTable('postal_checked_file').set({ counts: JSON.stringify(counts) }).where('organization_id', '=', organization_id).where('file_id', '=', file_id).execute() // prettier-ignore
    await audit(tx, actor, { action: 'postal.checked_bring', subject: 'postal_checked_file', subject_id: file_id, after: { name, kind, checked_on, rows: kept.length } }) // prettier-ignore
    return file_id
  })
} // prettier-ignore

/** Notes that a file is to be taken over; `applyFile` does it. */
export function beginApply(db: Db, actor: Actor, file_id: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const before = await locked(tx, actor.organization_id, file_id)
    if (before.state !== 'looked_at') throw new Conflict()
    await setState(tx, before, { state: 'applying', applied_by: actor.name, applied_by_id: actor.id })
    const { name } = before
    await audit(tx, actor, { action: 'postal.checked_apply', subject: 'postal_checked_file', subject_id: file_id, after: { name, rows: toApply(before) } }) // prettier-ignore
  })
}

/**
 * Addresses a file of certified software spoke of are again as the other files say that were taken over and stay: the newest that
 * speaks of each, or as we know it where there is none. What was printed by then stays. Moves are put right on the profiles they
 * stand on.
 */
export function takeBackFile(db: Db, actor: Actor, file_id: string, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    // None of the others takes a step meanwhile.
    await tx.selectFrom('postal_checked_file').select('file_id').where('organization_id', '=', organization_id).orderBy('file_id').forUpdate().execute() // prettier-ignore
    const before = found(await checkedFile(tx, organization_id, file_id))
    if (before.state !== 'applied' || before.kind !== 'cass') throw new Conflict()
    const { rows } = await sql`with spoken_of as (
        select distinct address_id from postal_checked_row where organization_id = ${organization_id}::uuid and file_id = ${file_id}::uuid and applied_at is not null),
      told as (select a.address_id, left_over.found, left_over.checked_on
        from spoken_of join postal_address a on a.organization_id = ${organization_id}::uuid and a.address_id = spoken_of.address_id
        left join lateral (select r.found, f.checked_on
          from postal_checked_row r join postal_checked_file f on f.organization_id = r.organization_id and f.file_id = r.file_id
          where r.organization_id = a.organization_id and r.address_id = a.address_id and r.file_id <> ${file_id}::uuid
            and f.kind = 'cass' and f.state <> 'taken_back' and r.applied_at is not null and r.applied_at > coalesce(a.asked_again_at, '-infinity')
          order by f.checked_on desc, r.applied_at desc, r.line desc limit 1) left_over on true)
      update postal_address a set found = told.found, checked_on = told.checked_on from told
      where a.organization_id = ${organization_id}::uuid and a.address_id = told.address_id
        and (a.found is distinct from told.found or a.checked_on is distinct from told.checked_on)
      returning a.address_id`.execute(tx)
    await setState(tx, before, { state: 'taken_back', taken_back_by: actor.name, taken_back_at: now })
    await audit(tx, actor, { action: 'postal.checked_take_back', subject: 'postal_checked_file', subject_id: file_id, before: { name: before.name, rows: rows.length } }) // prettier-ignore
  })
} // prettier-ignore

/** Addresses that were not confirmed are asked about anew with the next list: until then they are taken as they are known. */
export function askAgain(db: Db, actor: Actor, now: Date): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const { rows } =
      await sql`update postal_address set found = null, checked_on = null, asked_again_at = ${now}::timestamptz
      where organization_id = ${organization_id}::uuid and found ->> 'dpv' = 'N' returning address_id`.execute(tx)
    await audit(tx, actor, { action: 'postal.checked_ask_again', subject: 'organization', subject_id: organization_id, after: { addresses: rows.length } }) // prettier-ignore
    return rows.length
  })
}

/** A file that was only looked at is thrown away. */
export function discardFile(db: Db, actor: Actor, file_id: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const before = await locked(tx, actor.organization_id, file_id)
    if (before.state !== 'looked_at') throw new Conflict()
    await tx.deleteFrom('postal_checked_file').where('organization_id', '=', actor.organization_id).where('file_id', '=', file_id).execute() // prettier-ignore
    await audit(tx, actor, { action: 'postal.checked_discard', subject: 'postal_checked_file', subject_id: file_id, before: { name: before.name } }) // prettier-ignore
  })
}

/** Rows of one transaction: killed, the others are there and it goes on behind them. */
const step = 200

/** Takes over what a file says. Killed and run again it goes on where it was. */
export async function applyFile(db: Db, organization_id: string, file_id: string, now: () => Date, signal?: AbortSignal): Promise<void> {
  const file = found(await checkedFile(db, organization_id, file_id))
  if (file.state !== 'applying') return
  const actor = { kind: 'user' as const, id: file.applied_by_id ?? file.brought_by_id, name: file.applied_by ?? file.brought_by, organization_id, roles: [], is_steward: false } // prettier-ignore
  for (;;) {
    signal?.throwIfAborted()
    const done = await inTransaction(db, async (tx) => {
      await locked(tx, organization_id, file_id)
      const rows = await tx
        .selectFrom('postal_checked_row')
        .selectAll()
        .where('organization_id', '=', organization_id)
        .where('file_id', '=', file_id)
        .where('applied_at', 'is', null)
        .where('verdict', 'in', [...actedOn])
        .orderBy('line')
        .limit(step)
        .execute()
      for (const { line, address_id, voter_id, verdict, found: told } of rows) {
        if (address_id !== null)
          await sql`update postal_address set found = ${JSON.stringify(told)}::jsonb, checked_on = ${file.checked_on}::date
            where organization_id = ${organization_id}::uuid and address_id = ${address_id} and (checked_on is null or checked_on <= ${file.checked_on}::date)`.execute(tx)
        if (voter_id !== null) await move(tx, actor, voter_id, verdict, FoundMove.parse(told), file)
        await tx.updateTable('postal_checked_row').set({ applied_at: now() }).where('organization_id', '=', organization_id).where('file_id', '=', file_id).where('line', '=', line).execute() // prettier-ignore
      }
      if (rows.length < step) await setState(tx, file, { state: 'applied', applied_at: now() })
      return rows.length < step
    })
    if (done) return
  }
} // prettier-ignore

/** Nothing more goes to the address they left; where the post knows another one, that is theirs from now on. */
async function move(tx: Db, actor: Actor, voter_id: number, verdict: string, { zip5, asked, to }: FoundMove, { name, checked_on }: CheckedFile): Promise<void> {
  const { organization_id } = actor
  const who = `v${voter_id}`
  const known = await whoIs(tx, organization_id, who)
  const profile = known && (await profileOf(tx, organization_id, known, { is_brief: true }))
  const places = await placesAsked(tx, organization_id, voter_id, { zip5, asked, checked_on })
  // Where post would go still: what they told us since the list was made is not touched, also of the same ZIP.
  const left = profile && knownAddresses(profile).find((each) => each.is_for_post && keysOfKnown(each).some((key) => places.keys.has(key)))
  if (!left || (!places.is_named && left.noted && left.noted.added_at.toISOString().slice(0, 10) > checked_on)) return
  const { address, city, state } = left
  const said = AddressForm.safeParse({ address, city: city ?? '', state: state ?? '', zip5: left.zip5 ?? '', kind: left.noted?.kind ?? 'home', quality: 'moved' })
  if (!said.success) return
  await saveAddress(tx, actor, who, said.data, name)
  const moved = verdict === 'moved' && to ? movedTo(to) : null
  if (moved) await saveAddress(tx, actor, who, moved, name)
} // prettier-ignore

/** The home of somebody about which a file was asked: the one it names; else where pieces went that were made out by then, or, of lists made anew, since. */
async function placesAsked(
  tx: Db,
  organization_id: string,
  voter_id: number,
  { zip5, asked, checked_on }: Pick<FoundMove, 'zip5' | 'asked'> & Pick<CheckedFile, 'checked_on'>,
): Promise<{ keys: Set<string>; is_named: boolean }> {
  const { rows } = await sql<Pick<PieceRow, 'delivery' | 'unit' | 'zip5'> & { home_keys: string[] | null; is_before: boolean }>`
    select distinct p.delivery, p.unit, p.zip5, r.home_keys, coalesce((d.frozen_at at time zone o.time_zone)::date <= ${checked_on}::date, true) as is_before
    from postal_recipient r
    join postal_piece p on p.organization_id = r.organization_id and p.drop_id = r.drop_id and p.number = r.number
    join postal_drop d on d.organization_id = r.organization_id and d.drop_id = r.drop_id
    join organization o on o.organization_id = r.organization_id
    where r.organization_id = ${organization_id}::uuid and r.voter_id = ${voter_id}`.execute(tx)
  const places = rows.map((row) => ({ ...row, keys: [...closedKeys(row), ...(row.home_keys ?? [])] }))
  const named = places.filter(({ keys }) => asked !== null && keys.includes(asked))
  const near = places.filter((each) => zip5 === null || each.zip5 === zip5)
  const before = near.filter((each) => each.is_before)
  const meant = [named, before].find((some) => some.length > 0) ?? near
  return { keys: new Set(meant.flatMap(({ keys }) => keys)), is_named: named.length > 0 }
} // prettier-ignore

async function locked(tx: Db, organization_id: string, file_id: string): Promise<CheckedFile> {
  await tx.selectFrom('postal_checked_file').select('file_id').where('organization_id', '=', organization_id).where('file_id', '=', file_id).forUpdate().execute() // prettier-ignore
  return found(await checkedFile(tx, organization_id, file_id))
}

const setState = (tx: Db, { organization_id, file_id }: Pick<CheckedFile, 'organization_id' | 'file_id'>, values: { state: CheckedFile['state']; applied_by?: string; applied_by_id?: string; applied_at?: Date; taken_back_by?: string; taken_back_at?: Date }): Promise<unknown> =>
  tx.updateTable('postal_checked_file').set(values).where('organization_id', '=', organization_id).where('file_id', '=', file_id).execute() // prettier-ignore

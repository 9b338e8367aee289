import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict, found } from '../../../platform/errors.ts'
import { saveAddress } from '../../people/addresses/commands.ts'
import { knownAddresses } from '../../people/addresses/rules.ts'
import { AddressForm } from '../../people/addresses/schema.ts'
import { profileOf, whoIs } from '../../people/queries.ts'
import type { Drop } from '../drops/queries.ts'
import { keyOfPiece } from '../drops/queries.ts'
import { checkedFile, foundKey, type CheckedFile } from './queries.ts'
import { countsOf, type CassRow, type NcoaRow } from './rules.ts'
import { actedOn, FoundMove, type CheckedKind } from './schema.ts'

/** Every address of a list has an id from now on, under which what certified software says of it comes back. */
export function askForAddresses(db: Db, actor: Actor, { organization_id, drop_id, pieces }: Drop, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    await sql`insert into postal_address (organization_id, address_key, delivery, unit, city, state, zip5, zip4, asked_at)
      select distinct on (${keyOfPiece(sql`p`)}) p.organization_id, ${keyOfPiece(sql`p`)}, p.delivery, p.unit, p.city, p.state, p.zip5, p.zip4, ${now}::timestamptz
      from postal_piece p where p.organization_id = ${organization_id}::uuid and p.drop_id = ${drop_id}::uuid
        and ${keyOfPiece(sql`p`)} not in (select ${foundKey} from postal_address a where a.organization_id = ${organization_id}::uuid and a.found is not null)
      order by ${keyOfPiece(sql`p`)}, p.number on conflict do nothing`.execute(tx)
    await audit(tx, actor, { action: 'postal.fetch', subject: 'postal_drop', subject_id: drop_id, after: { pieces } })
  })
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
    await setState(tx, before, { state: 'applying' })
    const { name, counts } = before
    await audit(tx, actor, { action: 'postal.checked_apply', subject: 'postal_checked_file', subject_id: file_id, after: { name, rows: acted(counts) } }) // prettier-ignore
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

const acted = (counts: Record<string, number>): number =>
  Object.entries(counts).reduce((sum, [verdict, count]) => sum + (actedOn.has(verdict) ? count : 0), 0)

/** Rows of one transaction: killed, the others are there and it goes on behind them. */
const step = 200

/** Takes over what a file says. Killed and run again it goes on where it was. */
export async function applyFile(db: Db, organization_id: string, file_id: string, now: () => Date, signal?: AbortSignal): Promise<void> {
  const file = found(await checkedFile(db, organization_id, file_id))
  if (file.state !== 'applying') return
  const actor = { kind: 'user' as const, id: file.brought_by_id, name: file.brought_by, organization_id, roles: [], is_steward: false } // prettier-ignore
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
          await tx
            .updateTable('postal_address')
            .set({ found: JSON.stringify(told), checked_on: file.checked_on })
            .where('organization_id', '=', organization_id)
            .where('address_id', '=', address_id)
            .where((eb) => eb.or([eb('checked_on', 'is', null), eb('checked_on', '<=', file.checked_on)]))
            .execute()
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
async function move(tx: Db, actor: Actor, voter_id: number, verdict: string, { zip5, to }: FoundMove, { name }: CheckedFile): Promise<void> {
  const who = `v${voter_id}`
  const known = await whoIs(tx, actor.organization_id, who)
  const profile = known && (await profileOf(tx, actor.organization_id, known, { is_brief: true }))
  // Where post would go still: what they told us since the list was made is not touched.
  const left = profile && knownAddresses(profile).find((each) => each.is_for_post && (zip5 === null || each.zip5 === null || each.zip5 === zip5))
  if (!left) return
  const said = { address: left.address, city: left.city ?? '', state: left.state ?? '', zip5: left.zip5 ?? '', kind: left.noted?.kind ?? 'home', quality: 'moved' }
  await saveAddress(tx, actor, who, AddressForm.parse(said), name)
  if (verdict !== 'moved' || !to) return
  const { delivery, unit, city, state } = to
  await saveAddress(tx, actor, who, AddressForm.parse({ address: [delivery, unit].filter(Boolean).join(' '), city, state, zip5: to.zip5, kind: 'mailing', quality: 'good' }), name)
} // prettier-ignore

async function locked(tx: Db, organization_id: string, file_id: string): Promise<CheckedFile> {
  await tx.selectFrom('postal_checked_file').select('file_id').where('organization_id', '=', organization_id).where('file_id', '=', file_id).forUpdate().execute() // prettier-ignore
  return found(await checkedFile(tx, organization_id, file_id))
}

const setState = (tx: Db, { organization_id, file_id }: Pick<CheckedFile, 'organization_id' | 'file_id'>, values: { state: CheckedFile['state']; applied_at?: Date }): Promise<unknown> =>
  tx.updateTable('postal_checked_file').set(values).where('organization_id', '=', organization_id).where('file_id', '=', file_id).execute() // prettier-ignore

import { sql, type Selectable } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { CliProblem } from '../../../platform/cli/context.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { newestSaid } from '../consent.ts'
import type { SuppressionListTable } from '../tables.ts'
import { sha256, type Kind, type ReadList } from './rules.ts'

/** Whose list: an organization's own, or, null, the installation's, for each of its organizations. */
export type Scope = string | null

const tablesOf = (scope: Scope) =>
  scope === null
    ? { lists: sql.table('installation_suppression_list'), entries: sql.table('installation_suppressed') }
    : { lists: sql.table('suppression_list'), entries: sql.table('suppressed') }
/** The column that only an organization's own tables have. */
const owner = (scope: Scope) => (scope === null ? { names: sql``, values: sql`` } : { names: sql`organization_id, `, values: sql`${scope}::uuid, ` }) // prettier-ignore
const isOf = (scope: Scope) => (scope === null ? sql`true` : sql`organization_id = ${scope}::uuid`)

export interface Closed {
  phones: number
  emails: number
}

/**
 * Keeps a list and closes what is known of it: numbers for every phone bank, mailboxes for every mail. `db` is the owner's
 * where the list is the installation's. `is_dry`: says what it would close and leaves everything as it was.
 */
export async function importList(
  db: Db,
  actor: Actor,
  scope: Scope,
  { name, list, is_dry }: { name: string; list: ReadList; is_dry: boolean },
  now: Date,
): Promise<{ list_id: string; closed: Closed }> {
  let done: { list_id: string; closed: Closed } | null = null
  try {
    await inTransaction(db, async (tx) => {
      const { lists, entries } = tablesOf(scope)
      const { rows } = await sql<{ list_id: string }>`
        insert into ${lists} (${owner(scope).names}name, counts, imported_by, imported_at)
        values (${owner(scope).values}${name}, ${JSON.stringify(list.counts)}::jsonb, ${actor.name}, ${now}) returning list_id`.execute(
        tx,
      )
      const list_id = found(rows[0]).list_id
      for (const kind of ['phone', 'email', 'address'] as const)
        await keep(tx, scope, entries, list_id, kind, list.hashes[kind])
      done = { list_id, closed: await applyTo(tx, scope) }
      if (is_dry) throw new Dry()
      await audit(tx, actor, {
        organization_id: scope,
        action: 'suppression_list.import',
        subject: 'suppression_list',
        subject_id: list_id,
        after: { name, ...list.counts, numbers_closed: done.closed.phones, mailboxes_closed: done.closed.emails },
      })
    })
  } catch (problem) {
    if (!(problem instanceof Dry)) throw problem
  }
  return found<{ list_id: string; closed: Closed }>(done)
}

/**
 * Closes one number, mailbox or address by a list of the organization that is called so, which is made where there is none.
 * False: it is closed by that list already. Called in a transaction.
 */
export async function closeOne(
  tx: Db,
  actor: Actor,
  scope: Scope,
  { kind, value, list, evidence }: { kind: Kind; value: string; list: string; evidence: string },
  now: Date,
): Promise<boolean> {
  const { lists, entries } = tablesOf(scope)
  const isThis = sql`${isOf(scope)} and name = ${list} and taken_back_at is null`
  const { rows: there } = await sql<{
    list_id: string
  }>`select list_id from ${lists} where ${isThis} limit 1 for update`.execute(tx)
  const { rows: made } = there[0]
    ? { rows: there }
    : await sql<{ list_id: string }>`insert into ${lists} (${owner(scope).names}name, counts, imported_by, imported_at)
        values (${owner(scope).values}${list}, ${JSON.stringify({ phones: 0, emails: 0, addresses: 0, hashes: 0, rejected: 0 })}::jsonb, ${actor.name}, ${now}) returning list_id`.execute(
        tx,
      )
  const list_id = found(made[0]).list_id
  const { rows } = await sql`insert into ${entries} (${owner(scope).names}list_id, kind, hash)
    values (${owner(scope).values}${list_id}::uuid, ${kind}, suppression_hash(decode(${sha256(value)}, 'hex'))) on conflict do nothing returning kind`.execute(
    tx,
  )
  if (rows.length === 0) return false
  const of = { phone: 'phones', email: 'emails', address: 'addresses' }[kind]
  await sql`update ${lists} set counts = jsonb_set(counts, array[${of}::text], to_jsonb(coalesce((counts ->> ${of}::text)::integer, 0) + 1))
    where ${isOf(scope)} and list_id = ${list_id}::uuid`.execute(tx)
  // Of an address nothing is kept beside it: whoever makes a list asks.
  if (kind !== 'address') await applyTo(tx, scope)
  await audit(tx, actor, { organization_id: scope, action: 'suppression_list.close', subject: 'suppression_list', subject_id: list_id, after: { name: list, evidence } }) // prettier-ignore
  return true
}

/** A list of the organization or of the installation closes any of a kind at all. */
export async function isAnyClosed(db: Db, organization_id: string, kind: Kind): Promise<boolean> {
  const { rows } = await sql`select from suppressed where organization_id = ${organization_id}::uuid and kind = ${kind}
    union all select from installation_suppressed where kind = ${kind} limit 1`.execute(db)
  return rows.length > 0
}

/** It complained about us, or stands on a list of those who want nothing: whoever typed it, nothing goes there. */
export async function isBarred(db: Db, organization_id: string, address: string): Promise<boolean> {
  const { rows } = await sql<{ it: boolean }>`
    select suppressed_by(${organization_id}::uuid, 'email', ${address}) is not null or exists (select from mail_stop s
      where s.organization_id = ${organization_id}::uuid and s.address_hash = mail_address_hash(${organization_id}::uuid, ${address}::text) and s.reason = 'complaint') as it`.execute(
    db,
  )
  return rows[0]?.it === true
}

/** Which of these numbers, mailboxes or addresses a list of the organization or of the installation closes. */
export async function closedAmong(
  db: Db,
  organization_id: string,
  kind: Kind,
  values: readonly string[],
): Promise<Set<string>> {
  const closed = new Set<string>()
  if (!(await isAnyClosed(db, organization_id, kind))) return closed
  for (let at = 0; at < values.length; at += atOnce) {
    const { rows } = await sql<{
      value: string
    }>`select value from unnest(${values.slice(at, at + atOnce)}::text[]) value
      where suppressed_by(${organization_id}::uuid, ${kind}, value) is not null`.execute(db)
    for (const { value } of rows) closed.add(value)
  }
  return closed
}

/** Undoes a dry run. */
class Dry extends Error {}

const atOnce = 20_000

async function keep(
  tx: Db,
  scope: Scope,
  entries: ReturnType<typeof sql.table>,
  list_id: string,
  kind: Kind,
  hashes: ReadonlySet<string>,
): Promise<void> {
  const all = [...hashes]
  for (let at = 0; at < all.length; at += atOnce)
    await sql`insert into ${entries} (${owner(scope).names}list_id, kind, hash)
      select ${owner(scope).values}${list_id}::uuid, ${kind}, suppression_hash(decode(h, 'hex')) from unnest(${all.slice(at, at + atOnce)}::text[]) h
      on conflict do nothing`.execute(tx)
}

/** Closes whatever came in since, by a way that no trigger sees, and is on a list. */
export const applyLists = (owner: Db): Promise<Closed> => applyTo(owner, null)

async function applyTo(tx: Db, scope: Scope): Promise<Closed> {
  const { rows } = await sql<Closed>`
    select coalesce(sum(a.phones), 0)::integer as phones, coalesce(sum(a.emails), 0)::integer as emails
    from organization o, apply_suppressions(o.organization_id) a
    where ${scope === null ? sql`true` : sql`o.organization_id = ${scope}::uuid`}`.execute(tx)
  return found(rows[0])
}

/** Opens again what this list closed and no other does. */
export function takeListBack(db: Db, actor: Actor, scope: Scope, list_id: string, now: Date): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { lists, entries } = tablesOf(scope)
    const { rows } = await sql<{ name: string; is_first: boolean }>`
      update ${lists} l set taken_back_at = coalesce(l.taken_back_at, ${now}), taken_back_by = coalesce(l.taken_back_by, ${actor.name})
      from (select list_id, taken_back_at is null as is_first from ${lists} where ${isOf(scope)} ${scope === null ? sql`` : sql`and not is_of_erased`} and list_id = ${list_id}::uuid for update) was
      where was.list_id = l.list_id returning l.name, was.is_first`.execute(tx)
    const { name, is_first } = found(rows[0])
    // Twice the same click is no problem.
    if (!is_first) return
    await sql`delete from ${entries} where ${isOf(scope)} and list_id = ${list_id}::uuid`.execute(tx)
    await sql`update suppression set taken_back_at = ${now}, taken_back_by = ${actor.name}
      where ${isOf(scope)} and list_id = ${list_id}::uuid and taken_back_at is null`.execute(tx)
    // The trigger closes again what another list holds.
    await sql`update person_email set quality = coalesce(quality_before, 'unknown') where ${isOf(scope)} and quality = 'suppressed'`.execute(
      tx,
    )
    await applyTo(tx, scope)
    await audit(tx, actor, {
      organization_id: scope,
      action: 'suppression_list.take_back',
      subject: 'suppression_list',
      subject_id: list_id,
      before: { name },
    })
  })
}

/**
 * Opens one number or mailbox that a list of the organization, or an erasure, closed: whoever it belongs to came back by
 * themselves. False: none of them has it. A list of the installation is not the organization's to open.
 */
export function liftOne(
  db: Db,
  actor: Actor,
  { kind, value, evidence }: { kind: Kind; value: string; evidence: string },
  now: Date,
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const { rows } = await sql<{ list_id: string }>`
      delete from suppressed where organization_id = ${organization_id}::uuid and kind = ${kind}
        and hash = suppression_hash(decode(${sha256(value)}, 'hex')) returning list_id`.execute(tx)
    if (rows.length === 0) return false
    if (kind === 'phone') {
      await sql`update suppression set taken_back_at = ${now}, taken_back_by = ${actor.name}
        where organization_id = ${organization_id}::uuid and phone = ${value} and list_id is not null and taken_back_at is null`.execute(
        tx,
      )
      // A list of the installation may hold it too.
      await sql`select close_listed_number(${organization_id}::uuid, ${value}, l.list_id)
        from suppressed_by(${organization_id}::uuid, 'phone', ${value}) l (list_id) where l.list_id is not null`.execute(
        tx,
      )
    } else if (kind === 'email')
      // The trigger closes it again where another list holds it.
      await sql`update person_email set quality = coalesce(quality_before, 'unknown') where organization_id = ${organization_id}::uuid and email = ${value}
        and quality = 'suppressed'`.execute(tx)
    await audit(tx, actor, {
      action: 'suppression_list.lift',
      subject: 'suppression_list',
      subject_id: rows[0]?.list_id ?? null,
      after: { evidence },
    })
    return true
  })
}

export type SuppressionList = Omit<Selectable<SuppressionListTable>, 'organization_id' | 'is_of_erased'> & {
  is_installations: boolean
}

/** The organization's own lists and the installation's, the newest first. */
export async function suppressionLists(db: Db, organization_id: Scope): Promise<SuppressionList[]> {
  const { rows } = await sql<SuppressionList>`
    select list_id, name, counts, imported_by, imported_at, taken_back_at, taken_back_by, false as is_installations
      from suppression_list where organization_id = ${organization_id}::uuid and not is_of_erased
    union all
    select list_id, name, counts, imported_by, imported_at, taken_back_at, taken_back_by, true from installation_suppression_list
    order by imported_at desc, list_id limit 500`.execute(db)
  return rows
}

type ClosedHomes = (db: Db, organization_id: string) => Promise<string[]>
let closedHomes: ClosedHomes | null = null

/** Addresses are kept as keyed hashes: a room that knows some by itself says which the organization was told to close. */
export function ownHomesToldBy(teller: ClosedHomes): void {
  closedHomes = teller
}

export interface Shared {
  kind: Kind
  sha256: string
}

/** What every organization of the installation was told, as one list; each of them finds in its log that it was taken. */
export async function exportAll(
  database: { owner: Db; of(organization_id: string): Db },
  actor: Actor,
): Promise<Shared[]> {
  const all = new Map<string, Shared>()
  for (const { organization_id } of await database.owner.selectFrom('organization').select('organization_id').execute())
    for (const row of await exportList(database.of(organization_id), { ...actor, organization_id }, organization_id, {
      is_with_others: true,
    }))
      // prettier-ignore
      all.set(`${row.kind} ${row.sha256}`, row)
  return inOrder([...all.values()])
}

const inOrder = (rows: readonly Shared[]): Shared[] =>
  rows.toSorted((a, b) => (`${a.kind}${a.sha256}` < `${b.kind}${b.sha256}` ? -1 : 1))

/**
 * Whom the organization itself was told not to contact, as hashes others can compare: numbers marked so, numbers and mailboxes
 * of those who refused or are marked, mailboxes that were stopped by the link of a mail or complained, homes that want no paper.
 * Not what came by a list: that is for whoever made it to share.
 */
export async function exportList(
  db: Db,
  actor: Actor,
  organization_id: string,
  { is_with_others = false } = {},
): Promise<Shared[]> {
  const { rows } = await sql<{ kind: Kind; value: string }>`
    with refused as (
      select p.person_id, k.channel from person p cross join lateral (
        select distinct on (c.channel) c.channel, c.is_given from consent c
        where c.organization_id = p.organization_id and c.person_id = p.person_id order by c.channel, ${newestSaid}) k
      where p.organization_id = ${organization_id}::uuid and p.merged_into is null and not k.is_given
      union
      select p.person_id, z.channel from suppression s
        join person p on p.organization_id = s.organization_id and (p.person_id = s.person_id or p.voter_id = s.voter_id) and p.merged_into is null
        join contact_closing z on z.reason = s.reason
      where s.organization_id = ${organization_id}::uuid and s.phone is null and s.taken_back_at is null
        and s.reason in ('do_not_call', 'hostile', 'legal'))
    select 'phone' as kind, s.phone as value from suppression s
      where s.organization_id = ${organization_id}::uuid and s.phone is not null and s.taken_back_at is null and s.reason = 'do_not_call' and s.list_id is null
    union select 'phone', f.phone from person_phone f join refused r on r.person_id = f.person_id
      where f.organization_id = ${organization_id}::uuid and r.channel in ('phone', 'text') and f.quality not in ('wrong', 'disconnected')
    union select 'email', e.email from person_email e join refused r on r.person_id = e.person_id
      where e.organization_id = ${organization_id}::uuid and r.channel = 'email' and e.quality <> 'wrong' and e.claimed_at is null
    union select 'email', e.email from person_email e where e.organization_id = ${organization_id}::uuid
      and mail_address_hash(e.organization_id, e.email) in (select k.address_hash from mail_stop k where k.organization_id = ${organization_id}::uuid)
      and mailbox_stopped(e.organization_id, e.person_id, e.email) = 'opted_out'`.execute(db)
  const homes = (await closedHomes?.(db, organization_id)) ?? []
  const all = [...rows, ...homes.map((value) => ({ kind: 'address' as const, value }))]
  await audit(db, actor, {
    organization_id,
    action: 'suppression_list.export',
    subject: 'suppression_list',
    after: { rows: all.length, ...(is_with_others && { is_with_others }) },
  })
  return inOrder(all.map(({ kind, value }) => ({ kind, sha256: sha256(value) })))
}

/** Whose list a command means; the oldest organization where none is named. */
export async function scopeNamed(
  owner: Db,
  { organization, installation }: { organization?: string; installation?: true },
  say: (text: string) => void,
): Promise<Scope> {
  if (installation) return null
  const all = await owner.selectFrom('organization').select(['organization_id', 'slug']).orderBy('created_at').execute()
  const one = organization === undefined ? all[0] : all.find(({ slug }) => slug === organization)
  const slugs = all.map(({ slug }) => slug).join(', ')
  if (!one) throw new CliProblem(`There is no organization '${organization ?? ''}'. There are: ${slugs || 'none'}`, 2)
  if (organization === undefined && all.length > 1) say(`for ${one.slug}; others by --organization: ${slugs}`)
  return one.organization_id
}

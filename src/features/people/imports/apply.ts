import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit, auditAll } from '../../../platform/audit.ts'
import type { Db } from '../../../platform/db/db.ts'
import { indexPerson, linkVoter } from '../commands.ts'
import { addressKey, wholeAddress, type Place } from '../addresses/rules.ts'
import { deadQualities, type AddressQuality } from '../addresses/schema.ts'
import { pointing } from '../merge/commands.ts'
import { searchKeys } from '../search/rules.ts'
import { coverDues, forgetMembership, recordMembership } from '../membership/commands.ts'
import type { ImportDoors, TakenOut } from './doors.ts'
import type { MemberPlan, StandsFrom } from './members.ts'
import { fingerprintOf, personFields, type Effect, type FieldChange, type PersonField, type ReadRow } from './plan.ts'
import './tables.ts'

/** To take back a person an import made: untouched since then, they go, and with them what later rows added to them. */
export interface UndoCreate {
  person_id: string
  updated_at: string
  member?: UndoMember
}

export interface UndoUpdate {
  person_id: string
  before_updated_at: string
  updated_at: string
  changes: FieldChange[]
  notes: string[]
  mail?: UndoMail
  member?: UndoMember
}

/** A mailing address the import added, and what the one was that it took the place of. */
interface UndoMail {
  address_key: string
  replaced: { address_key: string; quality: AddressQuality; is_preferred: boolean } | null
}

type Create = Extract<Effect, { kind: 'create' }>

/** Makes these people, all at once; answers what taking each back needs, in their order. */
export async function createPeople(
  tx: Db,
  actor: Actor,
  effects: readonly Create[],
  source: string,
): Promise<UndoCreate[]> {
  if (effects.length === 0) return []
  const { organization_id } = actor
  const made = effects.map((effect) => ({ ...effect, person_id: randomUUID() }))
  const rows = await tx
    .insertInto('person')
    .values(
      made.map(({ row, voter_id, person_id }) => ({
        organization_id,
        person_id,
        voter_id,
        matched_by: voter_id === null ? null : ('import' as const),
        ...(Object.fromEntries(personFields.map((field) => [field, row.person[field] ?? null])) as Record<
          string,
          never
        >),
        custom: JSON.stringify(row.custom),
      })),
    )
    .returning(['person_id', 'updated_at'])
    .execute()
  const of = (values: (row: ReadRow) => readonly string[]) =>
    made.flatMap(({ row, person_id }) => values(row).map((value) => ({ organization_id, person_id, value })))
  await insertAll(
    tx,
    'person_email',
    ({ value, ...person }) => ({ ...person, email: value, source, vouched_at: sql`now()` }),
    of((row) => row.emails),
  )
  await insertAll(
    tx,
    'person_phone',
    ({ value, ...person }) => ({ ...person, phone: value, source }),
    of((row) => row.phones),
  )
  await insertAll(
    tx,
    'person_address',
    (row) => row,
    made.flatMap(({ row: { mail }, person_id }) =>
      mail ? [{ organization_id, person_id, address_key: addressKey(mail), kind: 'mailing', ...mail, source }] : [],
    ),
  )
  await insertAll(
    tx,
    'person_external_id',
    ({ value, ...person }) => ({ ...person, external_id: value }),
    of((row) => (row.external_id ? [row.external_id] : [])),
  )
  const tags = of((row) => [...new Set(row.tags)])
  await insertAll(tx, 'tag', (tag) => ({ organization_id, tag }), [...new Set(tags.map(({ value }) => value))])
  await insertAll(tx, 'person_tag', ({ value, ...person }) => ({ ...person, tag: value, tagged_by: actor.name }), tags)
  await insertAll(
    tx,
    'note',
    ({ value, ...person }) => ({ ...person, body: value, written_by: actor.name }),
    of((row) => row.notes),
  )
  const unsure = made.flatMap((each) => (each.like ? [{ ...each, like: each.like }] : []))
  await insertAll(
    tx,
    'person_pair',
    ([one, other]: readonly [string, string]) => ({
      organization_id,
      person_a: one < other ? one : other,
      person_b: one < other ? other : one,
      score: 0.7,
      evidence: JSON.stringify(['import', 'name']),
    }),
    unsure.flatMap(({ person_id, like }) => like.map((other) => [person_id, other] as const)),
  )
  await rememberRows(tx, organization_id, made)
  await insertAll(
    tx,
    'person_search',
    ({ person_id, key }) => ({ organization_id, person_id, key }),
    made.flatMap(({ row, person_id }) => {
      const named = (field: PersonField): string | null => (row.person[field] ?? null) as string | null
      const keys = searchKeys({
        first_name: named('first_name'),
        middle_name: named('middle_name'),
        last_name: named('last_name'),
        name_hangul: named('name_hangul'),
        address: named('address'),
        addresses: row.mail ? [row.mail.address] : [],
        phones: row.phones,
        emails: row.emails,
      })
      return keys.map((key) => ({ person_id, key }))
    }),
  )
  await auditAll(
    tx,
    actor,
    made.map(({ row, person_id }) => ({
      action: 'person.create',
      subject: 'person',
      subject_id: person_id,
      after: { ...row.person, ...(row.mail && { mail_address: wholeAddress(row.mail) }), source },
    })),
  )
  const written = new Map(rows.map((row) => [row.person_id, row.updated_at.toISOString()]))
  return made.map(({ person_id }) => ({ person_id, updated_at: written.get(person_id) ?? '' }))
}

/** The same rows of the next sheet are found to be these people, whom an import made; gone with them. */
export const rememberRows = (
  tx: Db,
  organization_id: string,
  rows: readonly { row: ReadRow; person_id: string }[],
): Promise<void> =>
  insertAll(
    tx,
    'person_import_known',
    (known) => ({ organization_id, ...known }),
    rows.flatMap(({ row, person_id }) => {
      const fingerprint = fingerprintOf(row)
      return fingerprint === null ? [] : [{ fingerprint, person_id }]
    }),
  )

/** Rows of one statement: PostgreSQL takes 65,535 values. */
const rowsAtOnce = 2000

async function insertAll<Value>(
  tx: Db,
  table:
    | 'person_email'
    | 'person_phone'
    | 'person_address'
    | 'person_external_id'
    | 'tag'
    | 'person_tag'
    | 'note'
    | 'person_pair'
    | 'person_import_known'
    | 'person_search',
  row: (value: Value) => Record<string, unknown>,
  values: readonly Value[],
): Promise<void> {
  for (let from = 0; from < values.length; from += rowsAtOnce) {
    await tx
      .insertInto(table)
      .values(values.slice(from, from + rowsAtOnce).map(row) as never) // each table has its own columns
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** Changes one person as the row says; answers what taking it back needs. */
export async function updatePerson(
  tx: Db,
  actor: Actor,
  { person_id, row, changes }: Pick<Extract<Effect, { kind: 'update' }>, 'person_id' | 'row' | 'changes'>,
  source: string,
): Promise<UndoUpdate> {
  const { organization_id } = actor
  const before = await tx
    .selectFrom('person')
    .select(sql<string>`updated_at::text`.as('updated_at')) // to the microsecond
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const { updated_at } = await writeFields(tx, organization_id, person_id, changes, 'after')
  const added = (field: string): string[] =>
    changes.flatMap((each) => (each.field === field ? [String(each.after)] : []))
  const [external_id = null] = added('external_id')
  await addValues(
    tx,
    actor,
    person_id,
    { external_id, emails: added('email'), phones: added('phone'), tags: added('tag') },
    source,
  )
  const mailed = changes.find(({ field }) => field === 'mail_address')
  const mail = mailed && row.mail && (await writeMail(tx, organization_id, person_id, row.mail, mailed.before !== null, source)) // prettier-ignore
  const notes: string[] = []
  for (const note of row.notes) notes.push(await addNote(tx, actor, person_id, note))
  await indexPerson(tx, organization_id, person_id)
  await audit(tx, actor, {
    action: 'person.update',
    subject: 'person',
    subject_id: person_id,
    before: byField(changes, ({ before }) => before),
    after: byField(changes, ({ after }) => after),
  })
  return {
    person_id,
    before_updated_at: before.updated_at,
    updated_at: updated_at.toISOString(),
    changes,
    notes,
    ...(mail && { mail }),
  }
}

/** Post goes here from now on. A mailing address of ours this takes the place of is known on as an earlier one. */
async function writeMail(
  tx: Db,
  organization_id: string,
  person_id: string,
  mail: Place,
  replaces: boolean,
  source: string,
): Promise<UndoMail> {
  const before = replaces
    ? await tx
        .selectFrom('person_address')
        .select(['address_key', 'quality', 'is_preferred'])
        .where('organization_id', '=', organization_id)
        .where('person_id', '=', person_id)
        .where('kind', '=', 'mailing')
        .where('quality', 'not in', deadQualities)
        .orderBy('is_preferred', 'desc')
        .orderBy('added_at')
        .orderBy('address_key')
        .limit(1)
        .forUpdate()
        .executeTakeFirst()
    : undefined
  if (before) {
    await tx
      .updateTable('person_address')
      .set({ kind: 'earlier', quality: 'moved', is_preferred: false })
      .where('organization_id', '=', organization_id)
      .where('person_id', '=', person_id)
      .where('address_key', '=', before.address_key)
      .execute()
  }
  const address_key = addressKey(mail)
  await tx
    .insertInto('person_address')
    .values({
      organization_id,
      person_id,
      address_key,
      kind: 'mailing',
      ...mail,
      is_preferred: before?.is_preferred ?? false,
      source,
    }) // prettier-ignore
    .execute()
  return { address_key, replaced: before ?? null }
}

/** Writes one side of the changes into the row; `updated_at` is now unless given. */
async function writeFields(
  tx: Db,
  organization_id: string,
  person_id: string,
  changes: readonly FieldChange[],
  side: 'before' | 'after',
  updated_at?: string,
): Promise<{ updated_at: Date }> {
  const own = changes.filter(({ field }) => personFields.some((each) => each === field))
  const custom = changes.filter(({ field }) => field.startsWith('custom:'))
  const set = Object.fromEntries(
    custom.filter((each) => each[side] !== null).map((each) => [each.field.slice(7), each[side]]),
  )
  const unset = custom.filter((each) => each[side] === null).map((each) => each.field.slice(7))
  return tx
    .updateTable('person')
    .set({
      ...(Object.fromEntries(own.map((each) => [each.field, each[side]])) as Record<string, never>),
      ...(custom.length > 0 && {
        custom: sql<string>`(custom - ${unset}::text[]) || ${JSON.stringify(set)}::jsonb`,
      }),
      updated_at: updated_at
        ? sql<Date>`${updated_at}::timestamptz`
        : sql<Date>`date_trunc('milliseconds', clock_timestamp())`,
    })
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .returning('updated_at')
    .executeTakeFirstOrThrow()
}

async function addValues(
  tx: Db,
  actor: Actor,
  person_id: string,
  { external_id, emails, phones, tags }: Pick<ReadRow, 'external_id' | 'emails' | 'phones' | 'tags'>,
  source: string,
): Promise<void> {
  const { organization_id } = actor
  const person = { organization_id, person_id }
  if (emails.length > 0) {
    await tx
      .insertInto('person_email')
      .values(emails.map((email) => ({ ...person, email, source, vouched_at: sql<Date>`now()` })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  if (phones.length > 0) {
    await tx
      .insertInto('person_phone')
      .values(phones.map((phone) => ({ ...person, phone, source })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  if (external_id) {
    await tx
      .insertInto('person_external_id')
      .values({ ...person, external_id })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  for (const tag of new Set(tags)) {
    await tx
      .insertInto('tag')
      .values({ organization_id, tag })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await tx
      .insertInto('person_tag')
      .values({ ...person, tag, tagged_by: actor.name })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

async function addNote(tx: Db, actor: Actor, person_id: string, body: string): Promise<string> {
  const { note_id } = await tx
    .insertInto('note')
    .values({ organization_id: actor.organization_id, person_id, body, written_by: actor.name })
    .returning('note_id')
    .executeTakeFirstOrThrow()
  return note_id
}

/** What a later row adds to somebody this import makes, who is then untouched as of now. */
export async function addToMade(
  tx: Db,
  actor: Actor,
  { organization_id, import_id }: { organization_id: string; import_id: string },
  { into, row, changes, voter_id }: Pick<Extract<Effect, { kind: 'merge' }>, 'into' | 'row' | 'changes' | 'voter_id'>,
  made: UndoCreate,
  source: string,
): Promise<void> {
  if (changes.length === 0 && row.notes.length === 0) return
  if (voter_id !== undefined) {
    const linked = await linkVoter(tx, actor, made.person_id, voter_id, 'import')
    if (!linked.ok) throw new Error(`voter of an import: ${linked.problem}`)
  }
  made.updated_at = (await updatePerson(tx, actor, { person_id: made.person_id, row, changes }, source)).updated_at
  await tx
    .updateTable('person_import_row')
    .set({ undo: sql`jsonb_set(undo, '{updated_at}', to_jsonb(${made.updated_at}::text))` })
    .where('organization_id', '=', organization_id)
    .where('import_id', '=', import_id)
    .where('line', '=', into)
    .execute()
}

/** Removes those the import made, unless somebody has changed, called, noted or merged them since. Answers how many went. */
export async function removeUntouched(tx: Db, organization_id: string, made: readonly UndoCreate[]): Promise<number> {
  const gone = await sql<{ person_id: string }>`
    delete from person p using jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as x (person_id uuid, updated_at timestamptz)
    where p.organization_id = ${organization_id}::uuid and p.person_id = x.person_id
      and date_trunc('milliseconds', p.updated_at) = x.updated_at and merged_into is null
      and not exists (select from contact_attempt c where c.organization_id = p.organization_id and c.person_id = p.person_id)
      and not exists (select from event_signup e where e.organization_id = p.organization_id and e.person_id = p.person_id)
      and not exists (select from note n where n.organization_id = p.organization_id and n.person_id = p.person_id and n.written_at > p.created_at)
      and not exists (select from person_address a where a.organization_id = p.organization_id and a.person_id = p.person_id and a.added_at > p.created_at)
      and not exists (select from consent c where c.organization_id = p.organization_id and c.person_id = p.person_id)
      and not exists (select from suppression s where s.organization_id = p.organization_id and s.person_id = p.person_id)
      and not exists (select from membership b where b.organization_id = p.organization_id and b.person_id = p.person_id)
      and not exists (select from ledger_entry l where l.organization_id = p.organization_id and l.person_id = p.person_id)
      and not exists (select from household_member h where h.organization_id = p.organization_id and h.person_id = p.person_id)
      and not exists (select from relationship r where r.organization_id = p.organization_id
        and (r.person_id = p.person_id or r.other_person_id = p.person_id))
      and not exists (select from person m where m.organization_id = p.organization_id and m.merged_into = p.person_id)
      and ${sql.join(
        Object.keys(pointing).map(
          (table) =>
            sql`not exists (select from ${sql.table(table)} t where t.organization_id = p.organization_id and t.person_id = p.person_id)`,
        ),
        sql` and `,
      )}
    returning p.person_id`.execute(tx)
  const ids = gone.rows.map((row) => row.person_id)
  await sql`delete from person_pair where organization_id = ${organization_id}::uuid
    and (person_a = any(${ids}::uuid[]) or person_b = any(${ids}::uuid[]))`.execute(tx)
  await sql`delete from person_search where organization_id = ${organization_id}::uuid and person_id = any(${ids}::uuid[])`.execute(
    tx,
  )
  return ids.length
}

/** What the import made of somebody's membership. */
export interface UndoMember {
  membership_ids: string[]
  dues_id: string | null
  /** The dues are money in the books. */
  is_booked: boolean
  role_id: string | null
}

interface AtWork {
  doors: ImportDoors
  /** What is noted beside what was made. */
  source: string
  /** 'YYYY-MM-DD' there. */
  today: string
  now: Date
}

/** Makes of a membership what the row says, in the order it happened. */
export async function makeMember(
  tx: Db,
  actor: Actor,
  person_id: string,
  { kind, before, dues, after, term }: MemberPlan,
  { doors, source, today, now }: AtWork,
): Promise<UndoMember> {
  const done: UndoMember = { membership_ids: [], dues_id: null, is_booked: false, role_id: null }
  const stands = async (rows: readonly StandsFrom[]): Promise<void> => {
    for (const row of rows)
      if (kind) done.membership_ids.push(...(await recordMembership(tx, actor, person_id, { kind: kind.kind, note: source, ...row }))) // prettier-ignore
  }
  await stands(before)
  if (kind && dues) {
    done.dues_id = randomUUID()
    done.is_booked = dues.how === 'paid'
    const { how, amount_cents, paid_on, from_on, until_on } = dues
    const facts = {
      dues_id: done.dues_id,
      kind: kind.kind,
      reason: source,
      how,
      amount_cents,
      paid_on,
      from_on,
      until_on,
    }
    if (done.is_booked)
      await doors.book(
        tx,
        actor,
        person_id,
        { ...dues, form_key: done.dues_id, kind: kind.kind, reason: source },
        today,
      )
    else {
      const covered = await coverDues(tx, actor, person_id, facts)
      if (!covered.ok) throw new Error(`dues of an import: ${covered.problem}`)
    }
  }
  await stands(after)
  if (term) done.role_id = await doors.seat(tx, actor, term.office_id, person_id, { from_on: term.from_on, until_on: term.until_on }, now) // prettier-ignore
  return done
}

/** Takes it back, or nothing of it: 'later_dues', 'part_back'. 'taken_out': money stays in the books, with the row that takes it out. */
export async function takeBackMember(
  tx: Db,
  actor: Actor,
  { membership_ids, dues_id, is_booked, role_id }: UndoMember,
  { doors, source, today }: AtWork,
): Promise<'gone' | TakenOut> {
  const taken = dues_id && is_booked ? await doors.takeOut(tx, actor, dues_id, source, today) : 'gone'
  if (taken === 'later_dues' || taken === 'part_back') return taken
  if (!(await forgetMembership(tx, actor, { membership_ids, dues_id: is_booked ? null : dues_id }))) return 'later_dues'
  if (role_id) await doors.unseat(tx, actor, role_id)
  return taken
}

/** Sets a person back; what somebody changed since stays as they left it. */
export async function restorePerson(tx: Db, actor: Actor, done: UndoUpdate): Promise<void> {
  const { organization_id } = actor
  const { person_id, changes } = done
  const now = await tx
    .selectFrom('person')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .forUpdate()
    .executeTakeFirst()
  if (!now) return
  const current = (field: string): unknown =>
    field.startsWith('custom:') ? (now.custom[field.slice(7)] ?? null) : now[field as PersonField]
  const written = changes.filter(
    ({ field }) => field.startsWith('custom:') || personFields.some((each) => each === field),
  )
  const still = written.filter(({ field, after }) => current(field) === after)
  const isUntouched = now.updated_at.toISOString() === done.updated_at
  await writeFields(tx, organization_id, person_id, still, 'before', isUntouched ? done.before_updated_at : undefined)
  const back = [...still]
  for (const change of changes) {
    const { field, after } = change
    const table = added_in.get(field)
    if (!table) continue
    const gone = await sql`delete from ${sql.table(table)} where organization_id = ${organization_id}::uuid
      and person_id = ${person_id}::uuid and ${sql.ref(field)} = ${String(after)}`.execute(tx)
    if (gone.numAffectedRows) back.push(change)
  }
  if (done.mail) await takeBackMail(tx, organization_id, person_id, done.mail)
  if (done.notes.length > 0) {
    await tx
      .deleteFrom('note')
      .where('organization_id', '=', organization_id)
      .where('note_id', 'in', done.notes)
      .execute()
  }
  await indexPerson(tx, organization_id, person_id)
  if (back.length === 0) return
  await audit(tx, actor, {
    action: 'person.update',
    subject: 'person',
    subject_id: person_id,
    before: byField(back, ({ after }) => after),
    after: byField(back, ({ before }) => before ?? null),
  })
}

/** For the activity log: two tags or telephones of one row are told both. */
function byField(changes: readonly FieldChange[], side: (change: FieldChange) => FieldChange['after']) {
  const told: Record<string, FieldChange['after']> = {}
  for (const change of changes) {
    const [before, value] = [told[change.field], side(change)]
    told[change.field] = before && value ? `${String(before)}, ${String(value)}` : (value ?? before ?? null)
  }
  return told
}

/** Where an import puts what one person may have several of. */
const added_in: ReadonlyMap<string, string> = new Map([
  ['email', 'person_email'],
  ['phone', 'person_phone'],
  ['tag', 'person_tag'],
  ['external_id', 'person_external_id'],
])

/** What somebody noted of either address since stays. */
async function takeBackMail(tx: Db, organization_id: string, person_id: string, { address_key, replaced }: UndoMail) {
  await tx
    .deleteFrom('person_address')
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .where('address_key', '=', address_key)
    .where('kind', '=', 'mailing')
    .where('quality', '=', 'unknown')
    .execute()
  if (!replaced) return
  await sql`update person_address a set kind = 'mailing', quality = ${replaced.quality}, is_preferred = ${replaced.is_preferred} and not exists (
      select from person_address o where o.organization_id = a.organization_id and o.person_id = a.person_id and o.is_preferred)
    where organization_id = ${organization_id} and person_id = ${person_id} and address_key = ${replaced.address_key} and kind = 'earlier' and quality = 'moved'`.execute(
    tx,
  )
}

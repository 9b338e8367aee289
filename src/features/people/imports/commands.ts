import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql, type Selectable } from 'kysely'
import { z } from 'zod'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { addressLine } from '../rules.ts'
import { indexPerson } from '../commands.ts'
import type { PersonImportTable } from '../tables.ts'
import { guessKey, guessMapping, isKeyUsable, matchKeys, type MatchKey, type Meaning } from './mapping.ts'
import {
  personFields,
  planImport,
  summaryOf,
  type CustomField,
  type Effect,
  type FieldChange,
  type KnownPerson,
  type PersonField,
  type ReadRow,
  type Summary,
} from './plan.ts'
import { readSheet, type Sheet, type SheetProblem } from './sheet.ts'
import './tables.ts'

/** What the person chose for a sheet. */
export const Mapping = z.object({
  /** The header line, to find the mapping again for the next sheet like it. */
  headers: z.string(),
  columns: z.array(z.string().nullable()),
  overwrite: z.boolean(),
  add_unsure: z.boolean(),
})
export type Mapping = z.infer<typeof Mapping>

export type PersonImport = Selectable<PersonImportTable>

const folderOf = (data: string, organization_id: string): string => join(data, 'uploads', 'people', organization_id)

/** Keeps the sheet and guesses what its columns mean: as last time for these headers, else by their names. */
export async function receiveSheet(
  db: Db,
  data: string,
  actor: Actor,
  name: string,
  bytes: Uint8Array,
): Promise<{ ok: true; import_id: string } | { ok: false; problem: SheetProblem }> {
  const read = readSheet(bytes)
  if (!read.ok) return read
  const { organization_id } = actor
  const headers = JSON.stringify(read.sheet.headers)
  const before = await db
    .selectFrom('person_import')
    .select(['mapping', 'match_key'])
    .where('organization_id', '=', organization_id)
    .where(sql<string>`mapping->>'headers'`, '=', headers)
    .where('state', 'in', ['done', 'undone', 'previewed'])
    .orderBy('created_at', 'desc')
    .executeTakeFirst()
  const columns = guessMapping(read.sheet.headers, await customFieldsOf(db, organization_id))
  const mapping = before ? Mapping.parse(before.mapping) : { headers, columns, overwrite: false, add_unsure: false }
  await mkdir(folderOf(data, organization_id), { recursive: true, mode: 0o700 })
  return inTransaction(db, async (tx) => {
    const { import_id } = await tx
      .insertInto('person_import')
      .values({
        organization_id,
        name,
        path: '',
        mapping: JSON.stringify(mapping),
        match_key: before?.match_key ?? guessKey(columns),
        imported_by: actor.name,
      })
      .returning('import_id')
      .executeTakeFirstOrThrow()
    const path = join(folderOf(data, organization_id), `${import_id}.csv`)
    await writeFile(path, bytes, { mode: 0o600, flag: 'wx' })
    await tx
      .updateTable('person_import')
      .set({ path })
      .where('organization_id', '=', organization_id)
      .where('import_id', '=', import_id)
      .execute()
    await audit(tx, actor, {
      action: 'person_import.upload',
      subject: 'person_import',
      subject_id: import_id,
      after: { name, rows: read.sheet.rows.length },
    })
    return { ok: true, import_id }
  })
}

export async function personImport(db: Db, organization_id: string, import_id: string): Promise<PersonImport> {
  return found(
    await db
      .selectFrom('person_import')
      .selectAll()
      .where('organization_id', '=', organization_id)
      .where('import_id', '=', import_id)
      .executeTakeFirst(),
  )
}

export const personImports = (db: Db, organization_id: string): Promise<PersonImport[]> =>
  db
    .selectFrom('person_import')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .orderBy('created_at', 'desc')
    .limit(100)
    .execute()

export async function sheetOf(run: PersonImport): Promise<Sheet> {
  const read = readSheet(await readFile(run.path))
  if (!read.ok) throw new Error(`the kept sheet of import ${run.import_id} cannot be read: ${read.problem}`)
  return read.sheet
}

/** Keeps what the person chose for the columns and the key. */
export async function chooseMapping(
  db: Db,
  actor: Actor,
  run: PersonImport,
  columns: (string | null)[],
  match_key: MatchKey,
  options: { overwrite: boolean; add_unsure: boolean },
): Promise<{ ok: boolean }> {
  if (!isKeyUsable(match_key, columns as (Meaning | null)[])) return { ok: false }
  const { headers } = Mapping.parse(run.mapping)
  await db
    .updateTable('person_import')
    .set({ mapping: JSON.stringify({ headers, columns, ...options }), match_key, state: 'previewed', preview: null })
    .where('organization_id', '=', actor.organization_id)
    .where('import_id', '=', run.import_id)
    .where('state', 'in', ['uploaded', 'previewed'])
    .execute()
  return { ok: true }
}

/** What the import would do now. The import itself does exactly this, or nothing. */
export async function planOf(
  db: Db,
  run: PersonImport,
): Promise<{ sheet: Sheet; effects: Effect[]; summary: Summary }> {
  const sheet = await sheetOf(run)
  const { columns, overwrite, add_unsure } = Mapping.parse(run.mapping)
  const mapping = columns as (Meaning | null)[]
  const key = matchKeys.find((each) => each === run.match_key) ?? 'name_birth_address'
  const at = mapping.indexOf('state_voter_id')
  const ids = at < 0 ? [] : [...new Set(sheet.rows.map((row) => (row.cells[at] ?? '').toUpperCase()).filter(Boolean))]
  const effects = planImport(
    sheet.rows,
    mapping,
    await customFieldsOf(db, run.organization_id),
    { key, overwrite, add_unsure },
    await knownPeople(db, run.organization_id),
    await votersOf(db, ids),
  )
  return { sheet, effects, summary: summaryOf(effects) }
}

/** What an import did, row by row, so that it can be taken back. */
interface Undo {
  created: { person_id: string; updated_at: string }[]
  updated: {
    person_id: string
    before_updated_at: string
    updated_at: string
    changes: FieldChange[]
    notes: string[]
  }[]
}

export type RunResult = { ok: true; summary: Summary } | { ok: false; problem: 'changed' | 'not_ready' }

/**
 * Runs the import in one transaction, if it still does what the preview said: people may have changed meanwhile.
 * Imports of one organization run one after another, so of two of the same file the second finds nothing to do.
 */
export function runPersonImport(db: Db, actor: Actor, import_id: string, previewed: Summary): Promise<RunResult> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await sql`select pg_advisory_xact_lock(hashtextextended(${`person import ${organization_id}`}, 0))`.execute(tx)
    const run = await personImport(tx, organization_id, import_id)
    if (run.state !== 'previewed') return { ok: false, problem: 'not_ready' }
    const { effects, summary } = await planOf(tx, run)
    if (JSON.stringify(summary) !== JSON.stringify(previewed)) return { ok: false, problem: 'changed' }
    const undo: Undo = { created: [], updated: [] }
    const source = `import: ${run.name}`.slice(0, 200)
    for (const effect of effects) {
      if (effect.kind === 'create') undo.created.push(await create(tx, actor, effect, source))
      if (effect.kind === 'update') undo.updated.push(await update(tx, actor, effect, source))
    }
    const refused = effects.flatMap((effect) =>
      effect.kind === 'refused' ? [{ line: effect.line, problem: effect.problem, column: effect.column }] : [],
    )
    await tx
      .updateTable('person_import')
      .set({
        state: 'done',
        report: JSON.stringify({ ...summary, rows: refused.slice(0, 1000) }),
        undo: JSON.stringify(undo),
      })
      .where('organization_id', '=', organization_id)
      .where('import_id', '=', import_id)
      .execute()
    await audit(tx, actor, {
      action: 'person_import.run',
      subject: 'person_import',
      subject_id: import_id,
      after: { name: run.name, ...summary },
    })
    return { ok: true, summary }
  })
}

async function create(
  tx: Db,
  actor: Actor,
  { row, voter_id, like = [] }: Extract<Effect, { kind: 'create' }>,
  source: string,
): Promise<Undo['created'][number]> {
  const { organization_id } = actor
  const { person_id, updated_at } = await tx
    .insertInto('person')
    .values({
      organization_id,
      voter_id,
      matched_by: voter_id === null ? null : 'import',
      ...(row.person as Record<string, never>),
      custom: JSON.stringify(row.custom),
    })
    .returning(['person_id', 'updated_at'])
    .executeTakeFirstOrThrow()
  await addValues(tx, actor, person_id, row, source)
  for (const note of row.notes) await addNote(tx, actor, person_id, note)
  for (const other of like) await pairUp(tx, organization_id, person_id, other)
  await indexPerson(tx, organization_id, person_id)
  await audit(tx, actor, {
    action: 'person.create',
    subject: 'person',
    subject_id: person_id,
    after: { ...row.person, source },
  })
  return { person_id, updated_at: updated_at.toISOString() }
}

async function update(
  tx: Db,
  actor: Actor,
  { person_id, row, changes }: Extract<Effect, { kind: 'update' }>,
  source: string,
): Promise<Undo['updated'][number]> {
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
  const notes: string[] = []
  for (const note of row.notes) notes.push(await addNote(tx, actor, person_id, note))
  await indexPerson(tx, organization_id, person_id)
  await audit(tx, actor, {
    action: 'person.update',
    subject: 'person',
    subject_id: person_id,
    before: Object.fromEntries(changes.map(({ field, before }) => [field, before])),
    after: Object.fromEntries(changes.map(({ field, after }) => [field, after])),
  })
  return {
    person_id,
    before_updated_at: before.updated_at,
    updated_at: updated_at.toISOString(),
    changes,
    notes,
  }
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
      .values(emails.map((email) => ({ ...person, email, source })))
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

async function pairUp(tx: Db, organization_id: string, one: string, other: string): Promise<void> {
  const [person_a = '', person_b = ''] = [one, other].sort()
  await tx
    .insertInto('person_pair')
    .values({ organization_id, person_a, person_b, score: 0.7, evidence: JSON.stringify(['import', 'name']) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export interface Undone {
  removed: number
  restored: number
  /** Made by the import and worked with since: kept. */
  kept: number
}

/** Takes a whole import back. What somebody changed since stays as they left it. */
export function undoPersonImport(db: Db, actor: Actor, import_id: string): Promise<Undone | null> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await sql`select pg_advisory_xact_lock(hashtextextended(${`person import ${organization_id}`}, 0))`.execute(tx)
    const run = await personImport(tx, organization_id, import_id)
    if (run.state !== 'done' || !run.undo) return null
    const undo = run.undo as unknown as Undo
    const undone: Undone = { removed: 0, restored: 0, kept: 0 }
    for (const { person_id, updated_at } of undo.created) {
      const isGone = await removeUntouched(tx, organization_id, person_id, updated_at)
      undone[isGone ? 'removed' : 'kept']++
    }
    for (const each of undo.updated) {
      await restore(tx, organization_id, each)
      undone.restored++
    }
    await tx
      .updateTable('person_import')
      .set({ state: 'undone', undo: null, report: JSON.stringify({ ...run.report, undone }) })
      .where('organization_id', '=', organization_id)
      .where('import_id', '=', import_id)
      .execute()
    await audit(tx, actor, {
      action: 'person_import.undo',
      subject: 'person_import',
      subject_id: import_id,
      after: { name: run.name, ...undone },
    })
    return undone
  })
}

/** Removes a person the import made, unless somebody has changed, called, noted or merged them since. */
async function removeUntouched(
  tx: Db,
  organization_id: string,
  person_id: string,
  updated_at: string,
): Promise<boolean> {
  const gone = await sql<{ person_id: string }>`
    delete from person p where organization_id = ${organization_id} and person_id = ${person_id}
      and date_trunc('milliseconds', updated_at) = ${updated_at}::timestamptz and merged_into is null
      and not exists (select from contact_attempt c where c.organization_id = p.organization_id and c.person_id = p.person_id)
      and not exists (select from note n where n.organization_id = p.organization_id and n.person_id = p.person_id and n.written_at > p.created_at)
      and not exists (select from consent c where c.organization_id = p.organization_id and c.person_id = p.person_id)
      and not exists (select from suppression s where s.organization_id = p.organization_id and s.person_id = p.person_id)
      and not exists (select from person m where m.organization_id = p.organization_id and m.merged_into = p.person_id)
    returning person_id`.execute(tx)
  if (gone.rows.length === 0) return false
  await tx
    .deleteFrom('person_pair')
    .where('organization_id', '=', organization_id)
    .where((eb) => eb.or([eb('person_a', '=', person_id), eb('person_b', '=', person_id)]))
    .execute()
  await tx
    .deleteFrom('person_search')
    .where('organization_id', '=', organization_id)
    .where('person_id', '=', person_id)
    .execute()
  return true
}

async function restore(tx: Db, organization_id: string, done: Undo['updated'][number]): Promise<void> {
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
  const where = { organization_id, person_id }
  for (const { field, after } of changes) {
    if (field === 'email')
      await tx
        .deleteFrom('person_email')
        .where((eb) => eb.and({ ...where, email: String(after) }))
        .execute()
    if (field === 'phone')
      await tx
        .deleteFrom('person_phone')
        .where((eb) => eb.and({ ...where, phone: String(after) }))
        .execute()
    if (field === 'tag')
      await tx
        .deleteFrom('person_tag')
        .where((eb) => eb.and({ ...where, tag: String(after) }))
        .execute()
    if (field === 'external_id')
      await tx
        .deleteFrom('person_external_id')
        .where((eb) => eb.and({ ...where, external_id: String(after) }))
        .execute()
  }
  if (done.notes.length > 0) {
    await tx
      .deleteFrom('note')
      .where('organization_id', '=', organization_id)
      .where('note_id', 'in', done.notes)
      .execute()
  }
  await indexPerson(tx, organization_id, person_id)
}

export const customFieldsOf = (
  db: Db,
  organization_id: string,
): Promise<(CustomField & { label: Record<string, string> })[]> =>
  db
    .selectFrom('custom_field')
    .select(['key', 'kind', 'choices', 'label'])
    .where('organization_id', '=', organization_id)
    .where('archived_at', 'is', null)
    .orderBy('position')
    .execute()

/** Everybody of the organization. Reads all of them: fine below some hundred thousand. */
export async function knownPeople(db: Db, organization_id: string): Promise<KnownPerson[]> {
  const [people, emails, phones, tags, ids] = await Promise.all([
    db
      .selectFrom('person')
      .selectAll()
      .where('organization_id', '=', organization_id)
      .where('merged_into', 'is', null)
      .orderBy('created_at')
      .orderBy('person_id')
      .execute(),
    valuesOf('person_email', 'email'),
    valuesOf('person_phone', 'phone'),
    valuesOf('person_tag', 'tag'),
    valuesOf('person_external_id', 'external_id'),
  ])
  const voter_ids = people.flatMap(({ voter_id }) => (voter_id === null ? [] : [voter_id]))
  const voters = await db
    .selectFrom('voter_record')
    .select(['voter_id', 'state_voter_id', 'last_name', 'first_name', 'middle_name', 'birth_year', 'city', 'zip5'])
    .select(['house_number', 'street', 'unit'])
    .where('voter_id', '=', sql<number>`any(${voter_ids}::integer[])`)
    .execute()
  const byId = new Map(voters.map((voter) => [voter.voter_id, voter]))
  return people.map((person) => {
    const voter = person.voter_id === null ? undefined : byId.get(person.voter_id)
    const own = Object.fromEntries(personFields.map((field) => [field, person[field]])) as KnownPerson['own']
    const hasName = person.last_name !== null || person.first_name !== null
    return {
      person_id: person.person_id,
      own,
      shown: {
        ...own,
        ...(voter &&
          !hasName && { last_name: voter.last_name, first_name: voter.first_name, middle_name: voter.middle_name }),
        birth_year: person.birth_year ?? voter?.birth_year ?? null,
        ...(voter && person.address === null && { address: addressLine(voter), city: voter.city, zip5: voter.zip5 }),
      },
      custom: person.custom,
      external_ids: ids.get(person.person_id) ?? [],
      state_voter_id: voter?.state_voter_id ?? null,
      emails: emails.get(person.person_id) ?? [],
      phones: phones.get(person.person_id) ?? [],
      tags: tags.get(person.person_id) ?? [],
    }
  })

  async function valuesOf(table: string, column: string): Promise<Map<string, string[]>> {
    const { rows } = await sql<{ person_id: string; values: string[] }>`
      select person_id, array_agg(${sql.ref(column)} order by ${sql.ref(column)}) as values from ${sql.table(table)}
      where organization_id = ${organization_id} group by person_id`.execute(db)
    return new Map(rows.map((row) => [row.person_id, row.values]))
  }
}

async function votersOf(db: Db, state_voter_ids: readonly string[]): Promise<Map<string, number>> {
  if (state_voter_ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('voter_record')
    .select(['voter_id', 'state_voter_id'])
    .where('state_voter_id', '=', sql<string>`any(${[...state_voter_ids]}::text[])`)
    .execute()
  return new Map(rows.map((row) => [row.state_voter_id.toUpperCase(), row.voter_id]))
}

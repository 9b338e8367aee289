import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { RawBuilder } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { dateIn } from '../../../platform/clock.ts'
import { byteOrderMark, csvLine } from '../../../platform/csv.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { NotFound } from '../../../platform/errors.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import '../../organizations/tables.ts'
import { askInBatches } from '../bounded.ts'
import { askedText, compileUniverse, type CompiledUniverse, type Universe } from '../queries.ts'
import { layoutNames, layouts, mailHouseHeads, columns as allColumns, type Column, type LayoutName } from './layouts.ts'
import { greet, type Resident } from './mail-house.ts'
import { homesByHand } from '../homes-queries.ts'
import { noHomes, type Homes } from '../homes.ts'
import {
  closedHomes,
  expected,
  householdsOf,
  refusedElsewhere,
  rowsOf,
  type Asked,
  type UniverseExport,
} from './queries.ts'
import { peopleAmong, type Recorded } from './same-person/rules.ts'
import type { Channel } from './schema.ts'
import { wordsOf } from './words.ts'
import './messages.ts'

export interface ExportDraft {
  layout: LayoutName
  channel: Channel
  columns: readonly Column[]
  purpose: string
  language: 'en' | 'ko'
}

/** Days a file can be downloaded; its row in the register stays. */
export const keptDays = 7

/** Notes an export, which `runExport` makes. Whoever asks has accepted the law's limit on use. */
export function askForExport(
  db: Db,
  actor: Actor,
  saved: Universe,
  draft: ExportDraft,
  now: Date,
): Promise<UniverseExport> {
  return inTransaction(db, async (tx) => {
    const row = {
      organization_id: actor.organization_id,
      universe_id: saved.universe_id,
      name: saved.name,
      expression: askedText(saved),
      layout: draft.layout,
      columns: draft.layout === 'own' ? [...draft.columns] : [],
      channel: layouts[draft.layout].channel ?? draft.channel,
      purpose: draft.purpose,
      law_accepted_at: now,
      language: draft.language,
    }
    const made = await tx
      .insertInto('universe_export')
      .values({
        ...row,
        state: 'queued',
        requested_by: actor.name,
        requested_by_id: actor.id,
        requested_at: now,
        file: null,
        bytes: null,
        sha256: null,
        problem: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await audit(tx, actor, {
      action: 'universe.export',
      subject: 'universe_export',
      subject_id: made.export_id,
      after: { ...row, law_accepted_at: now.toISOString() },
    })
    return made
  })
}

export const exportFolder = (data: string): string => join(data, 'exports')
export const exportPath = (data: string, file: string): string => join(exportFolder(data), file)

/**
 * Writes the file of an export. It appears whole or not at all; run again after a crash it is made anew. False where it is
 * done already or its universe can no longer be read.
 */
export async function runExport(
  db: Db,
  data: string,
  { organization_id, export_id }: { organization_id: string; export_id: string },
  now: Date,
  signal: AbortSignal | null = null,
): Promise<boolean> {
  const row = await db
    .updateTable('universe_export')
    .set({ state: 'running', written: 0 })
    .where('organization_id', '=', organization_id)
    .where('export_id', '=', export_id)
    .where('state', 'in', ['queued', 'running'])
    .returningAll()
    .executeTakeFirst()
  if (!row) return false
  const { name, time_zone } = await db
    .selectFrom('organization')
    .select(['name', 'time_zone'])
    .where('organization_id', '=', organization_id)
    .executeTakeFirstOrThrow()
  const today = dateIn(time_zone, now)
  const set = (values: Partial<Pick<UniverseExport, 'state' | 'written' | 'expected' | 'problem' | 'finished_at'>>) =>
    db
      .updateTable('universe_export')
      .set(values)
      .where('organization_id', '=', organization_id)
      .where('export_id', '=', export_id)
      .where('state', '=', 'running')
      .execute()
  const compiled = await compileUniverse(db, row.expression, organization_id, today)
  const layout = layoutNames.find((each) => each === row.layout)
  if (!compiled.ok || !layout) {
    await set({ state: 'failed', problem: compiled.ok ? 'layout' : compiled.problem.code, finished_at: now })
    return false
  }
  const homes = layout === 'mailhouse' ? await homesByHand(db, organization_id) : noHomes
  const whole: Asked = { organization_id, today, layout, channel: row.channel }
  const asked: Asked = {
    ...whole,
    closed: await closedHomes(db, whole, compiled.universe, homes, null),
    refused: whole.channel === 'post' ? await refusedElsewhere(db, whole, compiled.universe, homes, null) : new Map(),
  }
  const counts = await expected(db, asked, compiled.universe, null)
  await set({ expected: counts.voters })

  mkdirSync(exportFolder(data), { recursive: true, mode: 0o700 })
  const file = `${export_id}.csv`
  const draft = exportPath(data, `${export_id}.${process.pid}.part`)
  const hash = createHash('sha256')
  const handle = await open(draft, 'w', 0o600)
  let bytes = 0
  const write = async (text: string): Promise<void> => {
    const chunk = Buffer.from(text)
    hash.update(chunk)
    bytes += chunk.length
    await handle.write(chunk)
  }
  try {
    const { heads, query, line } = plan(asked, compiled.universe, row, homes)
    await write(byteOrderMark + csvLine(heads))
    let written = 0
    for await (const batch of askInBatches(db, query, null)) {
      signal?.throwIfAborted()
      // A row as the plan's own query has it.
      await write(batch.map((each) => csvLine(line(each as never))).join(''))
      written += batch.length
      await set({ written })
    }
    // The watermark: whose file this is and what it may be used for, in the file itself.
    const watermark = translator(row.language === 'ko' ? 'ko' : 'en')('export.watermark', {
      id: export_id,
      organization: localized(name, row.language === 'ko' ? 'ko' : 'en').text,
      by: row.requested_by,
      day: today,
      purpose: row.purpose.replace(/\s+/g, ' '),
      rows: String(written),
    })
    await write(csvLine([watermark, ...heads.slice(1).map(() => '')]))
    await handle.sync()
    await handle.close()
    await rename(draft, exportPath(data, file))
    await finish(db, row, { written, file, bytes, sha256: hash.digest('hex'), left_out: counts.left_out }, now)
    return true
  } catch (problem) {
    await handle.close().catch(() => undefined) // it may be closed already; what went wrong before is thrown below
    await rm(draft, { force: true })
    if (!signal?.aborted) await set({ state: 'failed', problem: 'interrupted', finished_at: now })
    throw problem
  }
}

const finish = (
  db: Db,
  row: UniverseExport,
  made: { written: number; file: string; bytes: number; sha256: string; left_out: Record<string, number> },
  now: Date,
): Promise<void> =>
  inTransaction(db, async (tx) => {
    await tx
      .updateTable('universe_export')
      .set({
        ...made,
        left_out: JSON.stringify(made.left_out),
        state: 'done',
        finished_at: now,
        expires_at: new Date(now.getTime() + keptDays * 86_400_000),
      })
      .where('organization_id', '=', row.organization_id)
      .where('export_id', '=', row.export_id)
      .execute()
    const { organization_id, requested_by, requested_by_id } = row
    const actor: Actor = {
      kind: 'user',
      id: requested_by_id ?? 'targeting.export',
      name: requested_by,
      organization_id,
      roles: [],
      is_steward: false,
    }
    await audit(tx, actor, {
      action: 'universe.export_made',
      subject: 'universe_export',
      subject_id: row.export_id,
      after: { rows: made.written, sha256: made.sha256, left_out: made.left_out },
    })
  })

interface Plan {
  heads: readonly string[]
  query: RawBuilder<unknown>
  line(row: never): readonly unknown[]
}

/** Heads, question and lines of a layout. */
function plan(asked: Asked, universe: CompiledUniverse, row: UniverseExport, homes: Homes): Plan {
  if (asked.layout === 'mailhouse') {
    return {
      heads: mailHouseHeads,
      query: householdsOf(asked, universe, homes),
      line: (home: Household) => {
        const residents = peopleOf(home)
        const { name_line, salutation, salutation_ko } = greet(residents)
        // Mail goes where they said it should.
        const isHome = home.mail_address === null
        return [
          home.piece,
          ...[name_line, salutation, salutation_ko],
          isHome ? home.address : home.mail_address,
          (isHome ? home.unit : home.mail_unit) ?? '',
          isHome ? home.city : (home.mail_city ?? ''),
          isHome ? home.state : (home.mail_state ?? ''),
          isHome ? home.zip : (home.mail_zip ?? ''),
          residents.length,
          home.languages,
        ].map((cell) => (typeof cell === 'string' ? cell.slice(0, 125) : cell))
      },
    }
  }
  const { fields } = layouts[asked.layout]
  const t = translator(row.language === 'ko' ? 'ko' : 'en')
  if (!fields) {
    const chosen = allColumns.filter((column) => row.columns.includes(column))
    const words = wordsOf(t)
    const said = (cell: unknown, column: Column | undefined): unknown =>
      typeof cell === 'string' && column ? (words[column]?.(cell) ?? cell) : cell
    return {
      heads: chosen.map((column) => t(`export.column.${column}`)),
      query: rowsOf(asked, universe, chosen),
      line: ({ cells }: { cells: unknown[] }) => cells.map((cell, at) => said(cell, chosen[at])),
    }
  }
  return {
    heads: fields.map(([head]) => head),
    query: rowsOf(
      asked,
      universe,
      fields.map(([, from]) => from),
    ),
    line: ({ cells }: { cells: unknown[] }) => cells,
  }
}

interface Household {
  piece: string
  residents: (Recorded & Resident)[]
  mail_address: string | null
  mail_unit: string | null
  mail_city: string | null
  mail_state: string | null
  mail_zip: string | null
  address: string
  unit: string | null
  city: string | null
  state: string
  zip: string
  languages: string | null
}

/** Who lives there, once who stands in the file twice; the oldest first. */
function peopleOf({ residents, unit }: Household): Resident[] {
  const people = peopleAmong(residents, { needs_birth: unit === null })
  const leads = new Map(people.flatMap((records) => (records[0] ? [[records[0], records] as const] : [])))
  return residents.flatMap((each) => {
    const records = leads.get(each)
    return records ? [{ ...each, hangul: records.find(({ hangul }) => hangul !== null)?.hangul ?? null }] : []
  })
}

/** Notes who fetches a file, before it goes out. Null: it is not there any more. */
export function fetchExport(
  db: Db,
  actor: Actor,
  found: UniverseExport,
  data: string,
  now: Date,
): Promise<string | null> {
  return inTransaction(db, async (tx) => {
    if (found.state !== 'done' || !found.file || !found.expires_at || found.expires_at <= now) return null
    const path = exportPath(data, found.file)
    if (!existsSync(path)) throw new NotFound()
    await tx
      .insertInto('universe_download')
      .values({
        organization_id: actor.organization_id,
        export_id: found.export_id,
        downloaded_by: actor.name,
        downloaded_by_id: actor.id,
        downloaded_at: now,
      })
      .execute()
    await audit(tx, actor, {
      action: 'universe.download',
      subject: 'universe_export',
      subject_id: found.export_id,
      after: { rows: found.written, purpose: found.purpose },
    })
    return path
  })
}

/** Removes files whose time is over; `db` is the owner's, over all organizations. */
export async function expireExports(db: Db, data: string, now: Date): Promise<number> {
  const over = await db
    .updateTable('universe_export')
    .set({ state: 'expired', file: null })
    .where('state', '=', 'done')
    .where('expires_at', '<=', now)
    .returning('export_id')
    .execute()
  for (const { export_id } of over) rmSync(exportPath(data, `${export_id}.csv`), { force: true })
  return over.length
}

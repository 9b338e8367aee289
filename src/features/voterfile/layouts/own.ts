import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { bookOf, type LayoutBook } from './all.ts'
import { LayoutForm } from './form.ts'
import type { Layout } from './layout.ts'

/** Built-in and described layouts as they are now. */
export async function layoutBook(db: Db): Promise<LayoutBook> {
  const rows = await db.selectFrom('voter_layout').select('layout').orderBy('name').orderBy('version').execute()
  return bookOf(rows.map(({ layout }) => LayoutForm.parse(layout)))
}

const longestSlug = 50

/** Under which name a layout of that title is kept: what letters or signs the name cannot hold still tell titles apart. */
export function layoutName(state: string, title: string): string {
  const text = title.trim().normalize('NFC')
  const slug = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longestSlug)
    .replace(/^-|-$/g, '')
  const isWhole = /^[a-z0-9]+( [a-z0-9]+)*$/i.test(text) && text.length <= longestSlug
  const rest = isWhole ? '' : createHash('sha256').update(text).digest('hex').slice(0, 8)
  return ['own', state.toLowerCase(), slug, rest].filter(Boolean).join('-')
}

/**
 * Keeps a layout under its name: as the next version where one of that name reads otherwise, or gives the version that
 * is there already. Versions in use stay as they are.
 */
export async function keepLayout(db: Db, actor: Actor, described: Layout, now: Date): Promise<Layout> {
  return inTransaction(db, async (tx) => {
    const name = layoutName(described.state, described.title)
    // Two at once make two versions, the first of a name too, which has no row to wait for.
    await sql`select pg_advisory_xact_lock(hashtext('voter_layout'), hashtext(${name}))`.execute(tx)
    const rows = await tx
      .selectFrom('voter_layout')
      .select('layout')
      .where('name', '=', name)
      .orderBy('version', 'desc')
      .execute()
    const [newest] = rows.map(({ layout }) => LayoutForm.parse(layout))
    const version = rows.length + 1
    const layout = LayoutForm.parse({ ...described, id: `${name}.${version}` })
    if (newest && textOf(newest) === textOf({ ...layout, id: newest.id })) return newest
    await tx
      .insertInto('voter_layout')
      .values({
        name,
        version,
        state: layout.state,
        title: layout.title,
        layout: JSON.stringify(layout),
        created_at: now,
        created_by: actor.name,
      })
      .execute()
    await audit(tx, actor, {
      action: 'voterfile.layout',
      subject: 'voter_layout',
      subject_id: layout.id,
      after: { title: layout.title, state: layout.state, columns: layout.columns[0]?.length ?? 0 },
      organization_id: null,
    })
    return layout
  })
}

/** Its text with keys in order: the database keeps them in an order of its own. */
const textOf = (layout: Layout): string =>
  JSON.stringify(layout, (_, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )

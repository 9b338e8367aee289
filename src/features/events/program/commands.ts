import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import type { EventText } from '../schema.ts'
import { lockEvent } from '../seats/commands.ts'
import { markOf, programOf, type ProgramItem } from './queries.ts'
import type { PlaceAct } from './schema.ts'
import './tables.ts'

export interface ItemDraft {
  title: EventText
  minutes: number
  who: string
  interpreter: string
  note: string
}

/** At the end of the program. The same id twice is one. */
export function addItem(
  db: Db,
  actor: Actor,
  event_id: string,
  { item_id, title, ...draft }: ItemDraft & { item_id: string },
  now: Date,
): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockEvent(tx, organization_id, event_id)
    const items = await programOf(tx, organization_id, event_id)
    const added = await tx
      .insertInto('event_program_item')
      .values({
        organization_id,
        item_id,
        event_id,
        position: Math.max(0, ...items.map(({ position }) => position)) + 1,
        ...draft,
        title: JSON.stringify(title),
        made_at: now,
        made_by: actor.name,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('item_id')
      .executeTakeFirst()
    if (!added) return
    await audit(tx, actor, {
      action: 'event.program_add',
      subject: 'event',
      subject_id: event_id,
      after: { item_id, title, ...draft },
    })
  })
}

export function changeItem(
  db: Db,
  actor: Actor,
  event_id: string,
  item_id: string,
  { title, ...draft }: ItemDraft,
): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockEvent(tx, organization_id, event_id)
    const before = itemIn(await programOf(tx, organization_id, event_id), item_id)
    await tx
      .updateTable('event_program_item')
      .set({ ...draft, title: JSON.stringify(title) })
      .where('organization_id', '=', organization_id)
      .where('item_id', '=', item_id)
      .execute()
    const { minutes, who, interpreter, note } = before
    await audit(tx, actor, {
      action: 'event.program_change',
      subject: 'event',
      subject_id: event_id,
      before: { item_id, title: before.title, minutes, who, interpreter, note },
      after: { item_id, title, ...draft },
    })
  })
}

/** One place earlier or later, or out of the program. */
export function placeItem(
  db: Db,
  actor: Actor,
  event_id: string,
  item_id: string,
  act: PlaceAct,
  now: Date,
): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockEvent(tx, organization_id, event_id)
    const items = await programOf(tx, organization_id, event_id)
    const item = itemIn(items, item_id)
    const set = (of: string, values: { position?: number; removed_at?: Date }) =>
      tx
        .updateTable('event_program_item')
        .set(values)
        .where('organization_id', '=', organization_id)
        .where('item_id', '=', of)
        .execute()
    if (act === 'remove') await set(item_id, { removed_at: now })
    else {
      const other = items[items.indexOf(item) + (act === 'up' ? -1 : 1)]
      if (!other) return
      await set(item_id, { position: other.position })
      await set(other.item_id, { position: item.position })
    }
    await audit(tx, actor, {
      action: act === 'remove' ? 'event.program_remove' : 'event.program_place',
      subject: 'event',
      subject_id: event_id,
      after: { item_id, title: item.title },
    })
  })
}

/** Says what is on from now; null: it is over. `seen`: what was on for whoever says so: of two who press at once the second changes nothing. */
export function goTo(
  db: Db,
  actor: Actor,
  event_id: string,
  { to, seen }: { to: string | null; seen: string | null },
  now: Date,
): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockEvent(tx, organization_id, event_id)
    const items = await programOf(tx, organization_id, event_id)
    if (to !== null) itemIn(items, to)
    const mark = await markOf(tx, organization_id, event_id)
    const on = items.find((item) => item.item_id === mark?.item_id)?.item_id ?? null
    if (on !== seen || (mark !== null && mark.item_id === to)) return
    await tx
      .insertInto('event_program_mark')
      .values({ organization_id, event_id, item_id: to, at: now, made_by: actor.name })
      .execute()
    await audit(tx, actor, {
      action: 'event.program_next',
      subject: 'event',
      subject_id: event_id,
      after: { item_id: to },
    })
  })
}

const itemIn = (items: readonly ProgramItem[], item_id: string): ProgramItem =>
  found(items.find((item) => item.item_id === item_id))

import { randomUUID } from 'node:crypto'
import type { Actor } from '../../../platform/actor.ts'
import { dateIn } from '../../../platform/clock.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found, NotFound } from '../../../platform/errors.ts'
import { languages, localized } from '../../../platform/i18n/languages.ts'
import { lockArrivals } from '../../people/arrivals/commands.ts'
import { makeSheet, takeLineBack, typeLine, type Typed } from '../../people/sheets/commands.ts'
import { sheetById } from '../../people/sheets/queries.ts'
import { longest_title, type LineFacts } from '../../people/sheets/schema.ts'
import { markOf, takeBackMark, walkIn } from '../attendance/commands.ts'
import { shiftsOf, type Event, type Shift } from '../queries.ts'
import { lockEvent } from '../seats/commands.ts'
import type { Said } from '../schema.ts'
import '../tables.ts'

/** A sheet to print for a shift. The same form sent twice makes one. */
export function makeEventSheet(
  db: Db,
  actor: Actor,
  event: Event,
  shift: Shift,
  { form_key, lines }: { form_key: string; lines: number },
  now: Date,
): Promise<string> {
  const { event_id } = event
  const facts = {
    form_key,
    lines,
    title: titleOnPaper(event),
    held_on: dateIn(event.time_zone, shift.starts_at),
  }
  return makeSheet(db, actor, { ...facts, event_id, shift_id: shift.shift_id }, now)
}

/**
 * Types a line of an event's sheet in: a person of ours with their consents, as of any sheet, and there. Somebody the door
 * let in before stays as they were marked. Whoever came along has a line of their own.
 */
export function typeEventLine(
  db: Db,
  actor: Actor,
  event_id: string,
  sheet_id: string,
  facts: LineFacts,
  { now, language }: { now: Date; language: string },
): Promise<Typed> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    // In the order of whoever signs up: nobody waits for somebody who waits for them.
    await lockArrivals(tx, organization_id)
    const { time_zone } = await lockEvent(tx, organization_id, event_id)
    const shift = await shiftOfSheet(tx, organization_id, event_id, sheet_id)
    const typed = await typeLine(tx, actor, sheet_id, facts, { now, time_zone })
    if (!typed.ok || !typed.is_new) return typed
    const came = {
      signup_id: randomUUID(),
      shift_id: shift.shift_id,
      person_id: typed.person_id,
      said: saidOn({ ...facts, consents: [...typed.counted] }),
      language: facts.language ?? language,
      guests: 0,
    }
    // Typed in afterwards, they were there from the beginning on, for all we know.
    const { attendance_id } = await walkIn(tx, actor, event_id, came, now < shift.ends_at ? now : shift.starts_at)
    if (attendance_id !== null) {
      const mark = { organization_id, sheet_id, line: facts.line, attendance_id }
      await tx.insertInto('event_sheet_mark').values(mark).execute()
    }
    return typed
  })
}

/** Takes out a line that was typed wrong, and the mark it made, if no other was made since. */
export function takeEventLineBack(
  db: Db,
  actor: Actor,
  event_id: string,
  sheet_id: string,
  line: number,
  now: Date,
): Promise<void> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    await lockEvent(tx, organization_id, event_id)
    await shiftOfSheet(tx, organization_id, event_id, sheet_id)
    const made = await tx
      .selectFrom('event_sheet_mark as m')
      .innerJoin('event_attendance as a', (join) =>
        join.onRef('a.organization_id', '=', 'm.organization_id').onRef('a.attendance_id', '=', 'm.attendance_id'),
      )
      .select(['a.attendance_id', 'a.signup_id', 'a.shift_id'])
      .where('m.organization_id', '=', organization_id)
      .where('m.sheet_id', '=', sheet_id)
      .where('m.line', '=', line)
      .executeTakeFirst()
    const mark = made && (await markOf(tx, organization_id, made.signup_id, made.shift_id))
    // What was said of them before it holds again.
    if (made && mark?.attendance_id === made.attendance_id)
      await takeBackMark(tx, actor, event_id, { ...made, attendance: mark.attendance }, now)
    await takeLineBack(tx, actor, sheet_id, line)
  })
}

/** In both languages, where there is room. */
function titleOnPaper({ content }: Event): string {
  const titles = new Set(languages.map((language) => localized(content.title, language).text))
  const [first = ''] = titles
  const both = [...titles].join(' · ')
  return both.length <= longest_title ? both : first.slice(0, longest_title)
}

async function shiftOfSheet(tx: Db, organization_id: string, event_id: string, sheet_id: string): Promise<Shift> {
  const sheet = found(await sheetById(tx, organization_id, sheet_id))
  if (sheet.event_id !== event_id) throw new NotFound()
  const shifts = await shiftsOf(tx, organization_id, [event_id], { with_removed: true })
  return found(shifts.find(({ shift_id }) => shift_id === sheet.shift_id))
}

/** Without their tick nobody is written to, not even with thanks. */
const saidOn = ({ first_name, last_name, name_hangul, phone, email, consents }: LineFacts): Said => ({
  first_name: first_name ?? '',
  last_name: last_name ?? '',
  name_hangul,
  phone,
  email: consents.includes('email') ? email : null,
})

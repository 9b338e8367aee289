import { sql } from 'kysely'
import { z } from 'zod'
import { lastChange, type LastChange } from '../audit.ts'
import { inTransactionTwice, type Db } from '../db/db.ts'
import type { FormValues } from '../ui/form-values.ts'
import { readSeen, seenOf, type Meanwhile } from '../ui/meanwhile.tsx'
import { actorOf, type Ctx } from './room.ts'

interface Edited<T> {
  /** Table and key of the row, as in the audit trail. */
  subject: string
  /** Asked again where the row may be made while the form is open. Of several rows each is a field of the form. */
  subject_id: string | readonly string[] | ((tx: Db) => Promise<string>)
  /** A field as the audit trail calls it; of several rows all that is looked at. */
  in_trail?: (name: string) => readonly string[]
  /** Of several things of one row the one this form is about, as in the audit trail. */
  about?: Readonly<Record<string, string>>
  db?: Db
  /** What the form's fields would hold now. */
  values: (tx: Db) => Promise<FormValues>
  save: (tx: Db) => Promise<T>
}

/** Clocks of two machines differ. */
const slack_ms = 60_000

/**
 * Saves what a form sent, unless somebody else saved since it was opened: then nothing is saved, and the answer says what
 * is there now. Both functions touch nothing but `tx`: they may run twice. Two forms of one row that are sent at once wait
 * for each other. A program that sends nothing it has seen is not asked.
 */
export async function saveUnlessChanged<T>(
  c: Ctx,
  edited: Edited<T>,
): Promise<{ ok: true; value: T } | { ok: false; meanwhile: Meanwhile }> {
  const { subject, subject_id, values, save, db = c.var.db } = edited
  const typed = await typedValues(c)
  const seen = typed.seen === undefined ? undefined : readSeen(typed.seen)
  const keysOf = async (tx: Db) => (typeof subject_id === 'function' ? [await subject_id(tx)] : [subject_id].flat())
  const work = async (tx: Db): Promise<{ ok: true; value: T } | { ok: false; meanwhile: Meanwhile }> => {
    if (seen !== undefined) {
      await lockForms(tx, subject, await keysOf(tx))
      // As the browser sends it back: in one form of each letter.
      const saved = Object.fromEntries(
        Object.entries(await values(tx)).map(([name, value]) => [name, value.normalize('NFC')]),
      )
      const names = Object.keys(saved).filter((name) => saved[name] !== (seen ? seenOf(seen, name) : null))
      if (names.length > 0) {
        const found = { seen: seen ?? {}, typed, saved, is_unreadable: seen === null }
        // Nobody is accused of what cannot be read.
        const changes = seen ? await changesOf(c, tx, edited, await keysOf(tx), names, openedAt(typed)) : {}
        return { ok: false, meanwhile: meanwhileOf(c, { ...found, ...together(Object.values(changes)), changes }) }
      }
    }
    const value = await save(tx)
    if (isRefusal(value)) throw new SavedNothing(value)
    return { ok: true, value }
  }
  try {
    return await inTransactionTwice(db, work)
  } catch (problem) {
    if (problem instanceof SavedNothing) return { ok: true, value: problem.value as T } // what `save` answered
    throw problem
  }
}

/** In one order, whatever order they were sent in: nobody waits for somebody who waits for them. */
const lockForms = (tx: Db, subject: string, keys: readonly string[]) =>
  sql`select pg_advisory_xact_lock(hashtextextended('form ' || ${subject} || ' ' || key, 0))
    from unnest(${[...new Set(keys)].toSorted()}::text[]) as key`.execute(tx)

/** Who changed each field that differs, as far as the trail knows. */
async function changesOf<T>(
  c: Ctx,
  tx: Db,
  { subject, subject_id, in_trail = (name) => [name], about = {} }: Edited<T>,
  keys: readonly string[],
  names: readonly string[],
  since: Date | null,
): Promise<Record<string, LastChange | null>> {
  const { organization_id } = actorOf(c)
  const changes: Record<string, LastChange | null> = {}
  for (const name of names) {
    const row = { subject, subject_id: Array.isArray(subject_id) ? name : (keys[0] ?? '') }
    changes[name] = await lastChange(tx, organization_id, row, in_trail(name), { since, about })
  }
  return changes
}

/** Everybody of whom it is known, and when it was last. */
function together(changes: readonly (LastChange | null)[]): { by: string | null; at: Date | null } {
  const known = changes.filter((each) => each !== null).toSorted((one, other) => one.at.getTime() - other.at.getTime())
  const names = [...new Set(known.map(({ by }) => by))]
  return { by: names.join(', ') || null, at: known.at(-1)?.at ?? null }
}

/** When the form was opened; null: it does not say. */
function openedAt(typed: FormValues): Date | null {
  const { data } = z.iso.datetime().safeParse(typed.seen_at)
  return data === undefined ? null : new Date(new Date(data).getTime() - slack_ms)
}

/** What a command refuses it may have begun: inside this transaction only its end takes that back. */
class SavedNothing extends Error {
  readonly value: unknown
  constructor(value: unknown) {
    super('refused')
    this.value = value
  }
}

const isRefusal = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'ok' in value && value.ok === false

/** For a conflict that something else found. */
export const meanwhileOf = (c: Ctx, found: Omit<Meanwhile, 't' | 'time_zone'>): Meanwhile => ({
  t: c.var.t,
  time_zone: c.var.organization?.time_zone ?? 'America/New_York',
  ...found,
})

/** A posted form as values. */
export async function typedValues(c: Ctx): Promise<FormValues> {
  const body = await c.req.parseBody({ all: true })
  return Object.fromEntries(
    Object.entries(body).map(([name, raw]) => [
      name.replace(/\[\]$/, ''),
      [raw]
        .flat()
        .filter((each): each is string => typeof each === 'string')
        .map((each) => each.normalize('NFC').replaceAll('\r\n', '\n').trim())
        .toSorted()
        .join('\n'),
    ]),
  )
}

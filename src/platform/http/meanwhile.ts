import { sql } from 'kysely'
import { z } from 'zod'
import { lastChange } from '../audit.ts'
import { inTransactionTwice, type Db } from '../db/db.ts'
import type { FormValues, Meanwhile } from '../ui/meanwhile.tsx'
import { actorOf, type Ctx } from './room.ts'

interface Edited<T> {
  /** Table and key of the row, as in the audit trail. */
  subject: string
  subject_id: string
  db?: Db
  /** What the form's fields would hold now. */
  values: (tx: Db) => Promise<FormValues>
  save: (tx: Db) => Promise<T>
}

/** As `Seen` wrote it into the form; undefined: a program that sends none, whose word counts. */
const Sent = z.string().transform((text, context): FormValues => {
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(text.normalize('NFC')))
  } catch {
    context.addIssue({ code: 'custom' })
    return z.NEVER
  }
})

/**
 * Saves what a form sent, unless somebody else saved since it was opened: then nothing is saved, and the answer says what
 * is there now. Both functions touch nothing but `tx`: they may run twice. Two forms of one row that are sent at once wait for each other.
 */
export async function saveUnlessChanged<T>(
  c: Ctx,
  { subject, subject_id, values, save, db = c.var.db }: Edited<T>,
): Promise<{ ok: true; value: T } | { ok: false; meanwhile: Meanwhile }> {
  const typed = await typedValues(c)
  const { data: seen } = Sent.safeParse(typed.seen)
  const work = async (tx: Db): Promise<{ ok: true; value: T } | { ok: false; meanwhile: Meanwhile }> => {
    if (seen) {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`form ${subject} ${subject_id}`}, 0))`.execute(tx)
      // As the browser sends it back: in one form of each letter.
      const saved = Object.fromEntries(
        Object.entries(await values(tx)).map(([name, value]) => [name, value.normalize('NFC')]),
      )
      if (Object.entries(saved).some(([name, value]) => name in seen && seen[name] !== value)) {
        const last = await lastChange(tx, actorOf(c).organization_id, subject, subject_id)
        return {
          ok: false,
          meanwhile: meanwhileOf(c, { seen, typed, saved, by: last?.by ?? null, at: last?.at ?? null }),
        }
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

import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Db } from '../db/db.ts'
import type { Tables } from '../db/tables.ts'
import { GiveUp } from '../errors.ts'
import { wasMaybeTaken } from './mailer.ts'

/** The mail went out, and what follows it could not be written. Trying the job again would send it a second time. */
export class MailTaken extends GiveUp {}

/** What is written after a mail was taken: tried a few times, for failing has no second try. */
export async function afterTaken(write: () => Promise<unknown>, pauses_ms: readonly number[] = [200, 2000]): Promise<void> {
  for (const pause_ms of pauses_ms) {
    const isWritten = await write().then(
      () => true,
      () => false,
    )
    if (isWritten) return
    await setTimeout(pause_ms)
  }
  try {
    await write()
  } catch (cause) {
    throw new MailTaken('the mail went out, and a row that follows it was not written', { cause })
  }
} // prettier-ignore

/** The row of a mail that goes out once. Each step is committed by itself. */
export interface MailRow {
  /** Notes that it is handed over from now on. False: it was before, by whoever that was. */
  take(): Promise<boolean>
  /** Nothing went out: it may be taken again. */
  giveBack(): Promise<void>
  keep(): Promise<void>
}

/** Tables with a row for each mail, which say when it was handed over and when it was sent. */
type MailTable = {
  [Name in keyof Tables]: Tables[Name] extends {
    organization_id: unknown
    mail_id: unknown
    handed_at: unknown
    sent_at: unknown
  }
    ? Name
    : never
}[keyof Tables]

/** The row of a mail in such a table. */
export function mailRowIn(
  db: Db,
  table: MailTable,
  { organization_id, mail_id }: { organization_id: string; mail_id: string },
  now: () => Date,
): MailRow {
  const set = async (column: 'handed_at' | 'sent_at', at: Date | null, wasHanded: boolean): Promise<boolean> => {
    const { numAffectedRows } = await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${at}
      where organization_id = ${organization_id} and mail_id = ${mail_id} and (handed_at is not null) = ${wasHanded}`.execute(
      db,
    )
    return numAffectedRows === 1n
  }
  return {
    take: () => set('handed_at', now(), false),
    giveBack: async () => void (await set('handed_at', null, true)),
    keep: async () => void (await set('sent_at', now(), true)),
  }
}

/**
 * Hands a mail over once: not again where it was pressed twice, where two workers have the same job, or where a process was
 * killed between handing it over and noting so. Then nobody knows, and a person decides.
 */
export async function handOverOnce(row: MailRow, send: () => Promise<void>): Promise<void> {
  if (!(await row.take())) return
  try {
    await send()
  } catch (caught) {
    if (caught instanceof MailTaken) await row.keep()
    else if (!wasMaybeTaken(caught)) await row.giveBack()
    throw caught
  }
  await row.keep()
}

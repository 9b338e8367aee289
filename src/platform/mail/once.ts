import { wasMaybeTaken } from './mailer.ts'

/** The row of a mail that goes out once. Each step is committed by itself. */
export interface MailRow {
  /** Notes that it is handed over from now on. False: it was before, by whoever that was. */
  take(): Promise<boolean>
  /** Nothing went out: it may be taken again. */
  giveBack(): Promise<void>
  keep(): Promise<void>
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
    if (!wasMaybeTaken(caught)) await row.giveBack()
    throw caught
  }
  await row.keep()
}

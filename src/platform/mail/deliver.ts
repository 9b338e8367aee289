import { createHash } from 'node:crypto'
import { sql, type Generated } from 'kysely'
import type { Db } from '../db/db.ts'
import { GiveUp } from '../errors.ts'
import type { Mail, Mailer } from './mailer.ts'
import { afterTaken } from './once.ts'

export const mailProblems = ['refused', 'busy', 'away', 'sign_in', 'encryption', 'other'] as const
export type MailProblem = (typeof mailProblems)[number]

export interface MailUnsentTable {
  mail_key: string
  to_address: string
  subject: string
  language: string
  problem: MailProblem
  /** The server's own words. */
  answer: string
  /** It is not tried again. */
  is_final: boolean
  tries: Generated<number>
  first_at: Generated<Date>
  last_at: Generated<Date>
}

declare module '../db/tables.ts' {
  interface Tables {
    mail_unsent: MailUnsentTable
  }
}

/**
 * Sends a mail from a job. What does not go out is noted for the outbox page: refused for good, it is given up;
 * anything else is tried again by the queue, with longer and longer pauses. Once it went out, nothing sends it again (`MailTaken`).
 */
export async function deliver(owner: Db, mailer: Mailer, mail: Mail): Promise<void> {
  const mail_key = createHash('sha256')
    .update(JSON.stringify([mail.to, mail.subject, mail.text]))
    .digest('hex')
  try {
    await mailer.send(mail)
  } catch (caught) {
    const problem = problemOf(caught)
    const is_final = problem === 'refused'
    const answer = (caught instanceof Error ? caught.message : String(caught)).slice(0, 500)
    await owner
      .insertInto('mail_unsent')
      .values({
        mail_key,
        to_address: mail.to,
        subject: mail.subject,
        language: mail.language,
        problem,
        answer,
        is_final,
      })
      .onConflict((conflict) =>
        conflict.column('mail_key').doUpdateSet({
          problem,
          answer,
          is_final,
          tries: sql<number>`mail_unsent.tries + 1`,
          last_at: sql<Date>`now()`,
        }),
      )
      .execute()
    if (is_final) throw new GiveUp('the mail was refused', { cause: caught })
    throw caught
  }
  await afterTaken(() => owner.deleteFrom('mail_unsent').where('mail_key', '=', mail_key).execute())
}

/** Why an SMTP server did not take a mail, by nodemailer's code and the server's own. */
function problemOf(caught: unknown): MailProblem {
  if (!(caught instanceof Error)) return 'other'
  const code = 'code' in caught ? String(caught.code) : ''
  const answered = 'responseCode' in caught ? Number(caught.responseCode) : 0
  // A server that wants a sign-in first says so about the sender (RFC 4954 6): that is for us to mend, no fault of the mail.
  if (code === 'EAUTH' || answered === 530) return 'sign_in'
  if (code === 'ETLS') return 'encryption'
  // 5xx to the recipient or the message is for good, 4xx is not (RFC 5321 4.2.1).
  if (answered >= 500) return 'refused'
  if (answered >= 400) return 'busy'
  return ['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EDNS', 'ECONNREFUSED'].includes(code) ? 'away' : 'other'
}

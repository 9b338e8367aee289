import { z } from 'zod'
import type { Db } from '../../../platform/db/db.ts'
import type { Installation } from '../../../platform/http/room.ts'
import { addJob, job } from '../../../platform/jobs/jobs.ts'
import { sendDue } from './send.ts'
import { outboxTransport, smtpTransport, type BulkTransport } from './transport.ts'

const Which = z.object({ organization_id: z.uuid(), mailing_id: z.uuid() })
type Which = z.infer<typeof Which>

/** Then others have their turn: a mailing to a hundred thousand keeps nobody else's jobs waiting. */
const turn_ms = 5000

/** Sends a mailing, turn by turn. Mailings of all organizations take turns with each other, after other work. */
export const sendMailingJob = job<Which>({
  name: 'mailings.send',
  payload: Which,
  async run(which, { installation, signal }) {
    const running = installation as Installation
    const { database, clock, secret, url } = running
    const transport = await transportOf(running)
    const sending = { database, clock, secret, url, transport, from_address: addressOf(running.config.mail_from) }
    const next = await sendDue(sending, which, { for_ms: turn_ms, signal })
    if (next) await sendAt(database.owner, which, next.again_at)
  },
})

/** From now on at this time, whatever was planned before. */
export const sendAt = (db: Db, which: Which, run_at: Date): Promise<void> =>
  addJob(db, { name: 'mailings.send', payload: Which }, which, {
    run_at,
    key: `mailing ${which.mailing_id}`,
    queue: 'mailings',
    priority: 5,
  })

/** 'office@example.org' of 'Our Org <office@example.org>'. */
export const addressOf = (mail_from: string): string => /<([^<>]+)>/.exec(mail_from)?.[1] ?? mail_from.trim()

const open = new WeakMap<object, Promise<BulkTransport>>()

/** One for as long as the program runs, so that connections stay open from turn to turn. */
export function transportOf({ config, database }: Pick<Installation, 'config' | 'database'>): Promise<BulkTransport> {
  const known = open.get(config)
  if (known) return known
  const opened = config.smtp_url
    ? smtpTransport(config.smtp_url, config.accepts_plain_smtp)
    : Promise.resolve(outboxTransport(database.owner))
  open.set(config, opened)
  return opened
}

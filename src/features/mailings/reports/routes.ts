import { dateIn } from '../../../platform/clock.ts'
import { found, NotFound } from '../../../platform/errors.ts'
import { room, type Ctx } from '../../../platform/http/room.ts'
import { log } from '../../../platform/log.ts'
import { allow } from '../../access/allow.ts'
import { organizationBySlug } from '../../organizations/queries.ts'
import { keepReply, keepReports } from './commands.ts'
import { readMailgun, readMailReport, readPostmark, readReply, readSes, type Report } from './read.ts'
import { isAmazon, isReportKey, isSnsTrue, SnsMessage } from './signatures.ts'

/** Who tells us: a mail server that pipes reports on, or a service that mail is sent through. */
const readers: Record<string, (body: string, today: string, fetched: Fetched) => Promise<Report[] | null>> = {
  mail: (body) => readMailReport(body),
  postmark: async (body, today) => readPostmark(json(body), today),
  mailgun: async (body, today) => readMailgun(json(body), today),
  ses: fromAmazon,
}

/** How an address of Amazon's is read: its certificate, or that a subscription is wanted. */
export type Fetched = (address: string) => Promise<string>

const overNetwork: Fetched = async (address) => {
  const answer = await fetch(address, { signal: AbortSignal.timeout(10_000), redirect: 'error' })
  if (!answer.ok) throw new Error(`${new URL(address).host} answered with ${answer.status}`)
  return answer.text()
}

/** Reports of what became of mails after they were handed over; the key in the address says whose they are. */
export const mailReportRoutesWith = (fetched: Fetched) =>
  room().post('/mail-reports/:organization/:from/:key', allow('public'), async (c: Ctx) => {
    const { database, secret, clock } = c.var.installation
    const organization = found(await organizationBySlug(database.owner, c.req.param('organization') ?? ''))
    const { organization_id, time_zone } = organization
    const from = c.req.param('from') ?? ''
    const read = readers[from]
    if (!read || !isReportKey(secret, organization_id, from, c.req.param('key') ?? '')) throw new NotFound()
    const body = await c.req.text()
    const now = clock.now()
    const today = dateIn(time_zone, now)
    const reports = await read(body, today, fetched)
    // Not signed by whom it says: nothing is kept of it.
    if (reports === null) return c.text('refused', 403)
    const db = database.of(organization_id)
    await keepReports(db, organization_id, reports, { now, today })
    // What is piped on and no report may be somebody's answer.
    const answered = from === 'mail' && reports.length === 0 ? readReply(body) : null
    if (answered) await keepReply(db, organization_id, answered, now)
    return c.text('ok')
  })

export const mailReportRoutes = mailReportRoutesWith(overNetwork)

function json(body: string): unknown {
  try {
    // What PostgreSQL keeps no letter for belongs into no report.
    return JSON.parse(body, (_key, value: unknown) => (typeof value === 'string' ? value.replaceAll('\0', '') : value))
  } catch {
    return null
  }
}

const certificates = new Map<string, string>()

async function fromAmazon(body: string, today: string, fetched: Fetched): Promise<Report[] | null> {
  const message = SnsMessage.safeParse(json(body))
  if (!message.success) return null
  const isTrue = await isSnsTrue(message.data, async (address) => {
    const known = certificates.get(address)
    if (known) return known
    const certificate = await fetched(address)
    if (certificates.size < 20) certificates.set(address, certificate)
    return certificate
  })
  if (!isTrue) return null
  const { Type, SubscribeURL, Message } = message.data
  if (Type === 'SubscriptionConfirmation' && SubscribeURL && isAmazon(SubscribeURL)) {
    await fetched(SubscribeURL)
    log.info('reports of Amazon SES are subscribed to')
  }
  return Type === 'Notification' ? readSes(json(Message), today) : []
}

import { z } from 'zod'
import { NotFound } from '../../../platform/errors.ts'
import { serve } from '../../../platform/http/endpoint.ts'
import { room, type Ctx } from '../../../platform/http/room.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import type { Carrier, CarrierReport, WebhookRequest } from '../../../platform/telephony/carrier.ts'
import { allow } from '../../access/allow.ts'
import { callerOf } from '../caller.ts'
import {
  conferenceOf,
  dialVoter,
  endShift,
  hangUpVoter,
  isAwaited,
  joinShift,
  letGoIfClosed,
  startShift,
  takeReport,
} from './commands.ts'
import * as endpoints from './endpoints.ts'
import { takeInboundCall } from './inbound.ts'
import './messages.ts'
import { bridgeStateOf, callerId, carrierNamed, textSender } from './queries.ts'
import { isOver } from './schema.ts'
import { takeInboundText, takeTextReport } from './texts.ts'

const Id = z.uuid()

/** What the caller's page asks, and what the carrier tells. */
export const bridgeRoutes = room()
  // Webhooks carry no session: the signature over address and form is what lets them in.
  .post('/telephony/:carrier/:organization/:shift/answer', allow('public'), async (c) => {
    const { carrier, report, about, db } = await reportOf(c)
    if (!(await isAwaited(db, about, report.call_id))) return say(carrier, c, { kind: 'hang_up' })
    const language = c.req.query('language') === 'ko' ? 'ko' : 'en'
    const { origin, pathname } = new URL(addressOf(c))
    return say(carrier, c, {
      kind: 'ask_for_key',
      language,
      say: translator(language)('bridge.spoken_key'),
      then_url: `${origin}${pathname.replace(/answer$/, 'key')}`,
    })
  })
  .post('/telephony/:carrier/:organization/:shift/key', allow('public'), async (c) => {
    const { carrier, report, about, db, now } = await reportOf(c)
    const joined = report.key === '1' && (await joinShift(db, about, report, now))
    return say(
      carrier,
      c,
      joined ? { kind: 'stay_in_conference', conference: conferenceOf(about.bridge_shift_id) } : { kind: 'hang_up' },
    )
  })
  .post('/telephony/:carrier/:organization/:shift/events', allow('public'), async (c) => {
    const { report, about, db, now } = await reportOf(c)
    await takeReport(db, about, report, now)
    return c.body(null, 204)
  })
  .post('/telephony/:carrier/:organization/:shift/calls/:call/events', allow('public'), async (c) => {
    const { report, about, db, now } = await reportOf(c)
    await takeReport(db, { ...about, bridge_call_id: uuid(c, 'call') }, report, now)
    if (isOver(report.state)) await letGoIfClosed(c.var.installation, about)
    return c.body(null, 204)
  })

/** Somebody calls the number voters see: they hear who called them, and are called back. */
bridgeRoutes.post('/telephony/:carrier/:organization/inbound', allow('public'), async (c) => {
  const { carrier, report } = await signedReport(c)
  const organization_id = uuid(c, 'organization')
  const db = c.var.installation.database.of(organization_id)
  const organization = await db
    .selectFrom('organization')
    .select(['name', 'call_back_phone'])
    .where('organization_id', '=', organization_id)
    .executeTakeFirst()
  // One account may have the numbers of several organizations, and tells of a call again when it is over.
  if (!organization || !report.is_inbound || isOver(report.state) || report.to !== organization.call_back_phone)
    return say(carrier, c, { kind: 'hang_up' })
  const call = { carrier: carrier.name, call_id: report.call_id, from: report.from }
  const { is_promised } = await takeInboundCall(db, organization_id, call, c.var.installation.clock.now())
  const sentence = is_promised ? 'bridge.spoken_called_back' : 'bridge.spoken_reached'
  return say(carrier, c, {
    kind: 'say',
    said: (['en', 'ko'] as const).map((language) => ({
      language,
      text: translator(language)(sentence, { organization: localized(organization.name, language).text }),
    })),
  })
})

/** How a text of ours fares. */
bridgeRoutes.post('/telephony/:carrier/:organization/texts/:text/events', allow('public'), async (c) => {
  const carrier = carrierIn(c)
  const report = carrier.readText(await webhookOf(c))
  if (!report || report.kind === 'came') throw new NotFound()
  if (report.kind === 'nothing_new') return c.body(null, 204)
  const organization_id = uuid(c, 'organization')
  const { database, clock } = c.var.installation
  await takeTextReport(database.of(organization_id), organization_id, uuid(c, 'text'), report, clock.now())
  return c.body(null, 204)
})

/** Somebody writes to the number voters see. */
bridgeRoutes.post('/telephony/:carrier/:organization/texts', allow('public'), async (c) => {
  const carrier = carrierIn(c)
  const report = carrier.readText(await webhookOf(c))
  if (report?.kind !== 'came') throw new NotFound()
  const organization_id = uuid(c, 'organization')
  const { database, clock } = c.var.installation
  const db = database.of(organization_id)
  // One account may have the numbers and services of several organizations.
  const sender = await textSender(db, organization_id)
  const isOurs = sender && 'service' in sender && report.service === sender.service
  if (!isOurs && (!report.to || report.to !== (await callerId(db, organization_id)))) throw new NotFound()
  const means = await takeInboundText(db, organization_id, carrier.name, report, clock.now())
  // Once, in both languages: the carrier answers only words it knows.
  const text = means === 'stop' && !report.stop ? spokenBoth('bridge.text_stopped').map((each) => each.text).join(' ') : null // prettier-ignore
  return say(carrier, c, { kind: 'text_back', text })
})

const spokenBoth = (key: 'bridge.text_stopped') =>
  (['en', 'ko'] as const).map((language) => ({ language, text: translator(language)(key) }))

const guard = allow('caller-link')
const bankOf = (c: Ctx): string => c.req.param('phone_bank') ?? ''

serve(bridgeRoutes, endpoints.bridgeState, guard, async (c) =>
  bridgeStateOf(c.var.installation, await callerOf(c, bankOf(c))),
)
serve(bridgeRoutes, endpoints.startBridge, guard, async (c, input) => {
  const caller = await callerOf(c, bankOf(c))
  const problem = await startShift(c.var.installation, caller, input)
  return { problem, state: await bridgeStateOf(c.var.installation, caller) }
})
serve(bridgeRoutes, endpoints.dialVoter, guard, async (c, input) => {
  const caller = await callerOf(c, bankOf(c))
  const problem = await dialVoter(c.var.installation, caller, input)
  return { problem, state: await bridgeStateOf(c.var.installation, caller) }
})
serve(bridgeRoutes, endpoints.hangUpVoter, guard, async (c) => {
  const caller = await callerOf(c, bankOf(c))
  const problem = await hangUpVoter(c.var.installation, caller)
  return { problem, state: await bridgeStateOf(c.var.installation, caller) }
})
serve(bridgeRoutes, endpoints.endBridge, guard, async (c) => {
  const caller = await callerOf(c, bankOf(c))
  const problem = await endShift(c.var.installation, caller)
  return { problem, state: await bridgeStateOf(c.var.installation, caller) }
})

function uuid(c: Ctx, name: string): string {
  const id = Id.safeParse(c.req.param(name))
  if (!id.success) throw new NotFound()
  return id.data
}

/** The address the carrier called: behind a proxy we are asked under another one. */
function addressOf(c: Ctx): string {
  const { pathname, search } = new URL(c.req.url)
  return `${c.var.installation.url}${pathname}${search}`
}

/** What a webhook says; a forged one finds nothing here, as any address that is none. */
async function signedReport(c: Ctx): Promise<{ carrier: Carrier; report: CarrierReport }> {
  const carrier = carrierIn(c)
  const report = carrier.read(await webhookOf(c))
  if (!report) throw new NotFound()
  return { carrier, report }
}

function carrierIn(c: Ctx): Carrier {
  const carrier = carrierNamed(c.var.installation, c.req.param('carrier') ?? '')
  if (!carrier) throw new NotFound()
  return carrier
}

const webhookOf = async (c: Ctx): Promise<WebhookRequest> => ({
  url: addressOf(c),
  header: (name) => c.req.header(name),
  form: [...new URLSearchParams(await c.req.text())],
})

/** As above, and about which shift. */
async function reportOf(c: Ctx) {
  const { installation } = c.var
  const { carrier, report } = await signedReport(c)
  const organization_id = uuid(c, 'organization')
  const about = { organization_id, bridge_shift_id: uuid(c, 'shift'), bridge_call_id: null }
  return { carrier, report, about, db: installation.database.of(organization_id), now: installation.clock.now() }
}

function say(carrier: Carrier, c: Ctx, what: Parameters<Carrier['answer']>[0]) {
  const { content_type, body } = carrier.answer(what)
  return c.body(body, 200, { 'content-type': content_type })
}

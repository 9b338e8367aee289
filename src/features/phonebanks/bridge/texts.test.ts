import { randomBytes, randomUUID } from 'node:crypto'
import { serve } from '@hono/node-server'
import { sql } from 'kysely'
import { afterAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { buildApp } from '../../../app/server.ts'
import { FakeTwilio } from '../../../platform/testing/fake-twilio.ts'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { mark, recordConsent } from '../../people/commands.ts'
import { profileOf, timelineOf, whoIs } from '../../people/queries.ts'
import '../../people/tables.ts'
import { createScript } from '../../scripts/commands.ts'
import type { Caller } from '../caller.ts'
import { changePhoneBank } from '../commands.ts'
import { recordTold, undoTold } from '../told/commands.ts'
import { addTestCaller, addVoters, makeBank, testScript } from '../testing.ts'
import { sendTextJob } from './jobs.ts'
import { meaningOfText } from './rules.ts'
import './tables.ts'

const world = await makeWorld()
const { ours, theirs, installation } = world
const db = world.database.of(ours.organization_id)
const twilio = await FakeTwilio.start()
const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
  const fetch = (request: Request) => buildApp(installation, async () => ours.organizer).fetch(request)
  const made = serve({ fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => {
    installation.url = `http://127.0.0.1:${port}`
    resolve(made)
  })
})
afterAll(async () => {
  await twilio.stop()
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

const organizations_number = '+17185550111'
const switchTexts = (sends_texts: boolean) =>
  world.database.owner
    .updateTable('organization')
    .set({ call_back_phone: organizations_number, sends_texts })
    .where('organization_id', '=', ours.organization_id)
    .execute()
beforeEach(async () => {
  installation.config.twilio = twilio.account
  twilio.clear()
  await switchTexts(true)
})

const fact = {
  key: 'where',
  title: { en: 'Where to vote', ko: '투표소 찾기' },
  text: { en: 'Polls open at six.', ko: '투표소는 오전 6시에 엽니다.' },
  link: { en: 'https://example.org/vote' },
}
const { script_id } = await createScript(
  db,
  ours.organizer,
  { name: 'With a link', content: { ...testScript, facts: [fact] } },
  installation.clock.now(),
)

let used = 1
/** A caller over the bridge with a voter in hand who agreed to a text. */
async function agreed({ to = '', language = 'en' }: { to?: string; language?: 'en' | 'ko' } = {}) {
  const voter_id = used++
  await addVoters(world.database.owner, [{ voter_id }])
  const bank = await makeBank(world, ours.organizer, [voter_id], { way_of_calling: 'bridge', script_id })
  const joined = await addTestCaller(world, ours.organizer, bank)
  const caller: Caller = {
    organization_id: ours.organization_id,
    phone_bank_id: bank.phone_bank_id,
    caller_id: joined.caller_id,
    name: 'Grace',
    languages: ['en', 'ko'],
  }
  const [card] = (await joined.next()).turn.cards
  const phone = to || (card?.phones[0]?.phone ?? '+17185550123')
  const told_id = randomUUID()
  const at = installation.clock.now().toISOString()
  const consent = {
    kind: 'consent',
    channel: 'text',
    is_given: true,
    to: phone,
    fact: 'where',
    send_in: language,
  } as const
  const ticket = card?.ticket ?? ''
  const tell = (id = told_id) =>
    recordTold(
      db,
      caller,
      { told_id: id, voter_id, ticket, told: consent, told_at: at, sent_at: installation.clock.now().toISOString() },
      installation.secret,
      installation.clock.now(),
    )
  if (card) await tell()
  return { voter_id, bank, caller, phone, told_id, tell, has_card: card !== undefined }
}
const send = () => workOff(world, [sendTextJob])
const texts = () => twilio.asked.filter(({ path }) => path === '/Messages.json').map(({ form }) => form)
const stands = (text_id: string) =>
  db.selectFrom('phone_bank_text').select(['state', 'problem']).where('text_id', '=', text_id).executeTakeFirst()
const consents = (voter_id: number) =>
  db
    .selectFrom('consent')
    .innerJoin('person', 'person.person_id', 'consent.person_id')
    .select(['is_given', 'evidence'])
    .where('voter_id', '=', voter_id)
    .where('channel', '=', 'text')
    .orderBy('recorded_at')
    .orderBy('consent_id')
    .execute()

test.each([
  ['en', 'Where to vote', 'Reply STOP', 'Flushing Civic Action'],
  ['ko', '투표소 찾기', '그만', '플러싱 시민행동'],
] as const)(
  'a link is texted once, from the organization’s number, in %s',
  async (language, title, ending, organization) => {
    const { bank, phone, told_id, tell } = await agreed({ language })
    // Pressed again, and sent again by the device.
    expect((await tell()).outcome).toBe('already_recorded')
    await send()
    await send()
    const [text, ...others] = texts()
    expect(others).toEqual([])
    expect(text).toMatchObject({ To: phone, From: organizations_number })
    for (const part of [title, ending, 'https://example.org/vote', organization]) expect(text?.Body).toContain(part)
    expect(await stands(told_id)).toEqual({ state: 'sent', problem: null })
    const reports = twilio.take()
    expect(reports).toHaveLength(2)
    // The last comes first, then twice, then the first.
    for (const report of [reports[1], reports[1], reports[0]]) expect((await twilio.send(report!)).status).toBe(204)
    expect(await stands(told_id)).toEqual({ state: 'delivered', problem: null })
    expect((await twilio.send(reports[0]!, 'x')).status).toBe(404)
    // What was agreed to before the end counts later too; no text goes any more.
    await changePhoneBank(db, ours.organizer, bank.phone_bank_id, 'end', installation.clock.now())
    installation.clock.advance(5)
    const late = randomUUID()
    expect((await tell(late)).outcome).toBe('recorded')
    expect(await stands(late)).toBeUndefined()
  },
)

test('a text that does not arrive is told with the carrier’s code, one that is refused too; nothing is tried twice', async () => {
  const vain = await agreed({ to: '+17185550177' })
  twilio.rings('+17185550177', 'failed')
  await send()
  await twilio.deliver()
  expect(await stands(vain.told_id)).toEqual({ state: 'failed', problem: '30006' })
  const refused = await agreed()
  twilio.refusal = { status: 400, code: 21614 }
  await send()
  await send()
  expect(await stands(refused.told_id)).toEqual({ state: 'failed', problem: '21614' })
  // The answer is lost on the way: it may have gone, so it does not go again.
  const lost = await agreed()
  twilio.loses_answer = true
  await send()
  await send()
  expect(await stands(lost.told_id)).toEqual({ state: 'sent', problem: 'no answer' })
  expect(texts()).toHaveLength(3)
  await twilio.deliver()
  expect((await stands(lost.told_id))?.state).toBe('delivered')
  const page = await fetch(`${installation.url}/phonebanks/${vain.bank.phone_bank_id}`)
  const html = await page.text()
  expect(html).toContain('1 not delivered')
  expect(html).toContain(`${installation.url}/telephony/twilio/${ours.organization_id}/texts`)
})

test('the carrier knows that they answered STOP before: so do we then', async () => {
  const { voter_id, told_id } = await agreed()
  twilio.refusal = { status: 400, code: 21610 }
  await send()
  expect((await stands(told_id))?.state).toBe('failed')
  expect((await consents(voter_id)).at(-1)).toEqual({ is_given: false, evidence: 'replied STOP' })
})

test.each<[string, (made: Awaited<ReturnType<typeof agreed>>) => Promise<unknown>]>([
  ['not_set_up', () => switchTexts(false)],
  [
    'no_consent',
    ({ caller, told_id }) => undoTold(db, caller, { told_id }, installation.secret, installation.clock.now()),
  ],
  ['suppressed', ({ voter_id }) => mark(db, ours.organizer, `v${voter_id}`, { reason: 'legal', note: 'a letter' })],
  [
    'landline',
    ({ voter_id, phone }) =>
      sql`update voter_phone set kind = 'landline' where voter_id = ${voter_id} and phone = ${phone}`.execute(
        world.database.owner,
      ),
  ],
  [
    'outside_hours',
    ({ bank }) =>
      sql`update phone_bank set weekdays = '{"0":null,"1":null,"2":null,"3":null,"4":null,"5":null,"6":null}' where phone_bank_id = ${bank.phone_bank_id}`.execute(
        db,
      ),
  ],
])('whoever may not be written to any more is not: %s', async (problem, happens) => {
  const made = await agreed()
  await happens(made)
  await send()
  expect(await stands(made.told_id)).toEqual({ state: 'withheld', problem })
  expect(texts()).toEqual([])
})

test('no text where the organization sends none, to a costly island, or after three', async () => {
  await switchTexts(false)
  expect(await stands((await agreed()).told_id)).toBeUndefined()
  await switchTexts(true)
  expect(await stands((await agreed({ to: '+18765550123' })).told_id)).toBeUndefined()
  const many = await agreed()
  for (let more = 0; more < 5; more++) await many.tell(randomUUID())
  await send()
  expect(texts()).toHaveLength(3)
})

const came = (from: string, body: string, more: Record<string, string> = {}) => ({
  url: `${installation.url}/telephony/twilio/${ours.organization_id}/texts`,
  form: Object.entries({
    MessageSid: `SM${randomBytes(16).toString('hex')}`,
    AccountSid: twilio.account.account_sid,
    From: from,
    To: organizations_number,
    Body: body,
    NumMedia: '0',
    ApiVersion: '2010-04-01',
    ...more,
  }),
})

test('STOP ends texts at once, START lets them through again; the same webhook twice counts once', async () => {
  const { voter_id, phone, told_id } = await agreed()
  const stop = came(phone, 'Stop')
  const answers = await Promise.all([stop, stop].map((each) => twilio.send(each)))
  for (const answer of answers)
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('<Response></Response>') })
  expect((await consents(voter_id)).map(({ is_given }) => is_given)).toEqual([true, false])
  await send()
  expect(await stands(told_id)).toEqual({ state: 'withheld', problem: 'no_consent' })
  const who = await whoIs(db, ours.organization_id, `v${voter_id}`)
  const profile = who && (await profileOf(db, ours.organization_id, who))
  if (!profile) throw new Error('no profile')
  const { entries } = await timelineOf(db, ours.organization_id, profile, { shows_money: false, today: '2026-11-23' })
  expect(entries.flatMap(({ text }) => text ?? [])).toEqual(
    expect.arrayContaining([
      { what: 'came', phone, body: 'Stop', state: null },
      expect.objectContaining({ what: 'sent', phone, state: 'withheld' }),
    ]),
  )
  // Who gets that number later has not said STOP; the number has.
  const other = await agreed({ to: phone })
  await send()
  expect(await stands(other.told_id)).toEqual({ state: 'withheld', problem: 'no_consent' })
  const never = used++
  await addVoters(world.database.owner, [{ voter_id: never, phones: [phone] }])
  await twilio.send(came(phone, ' START '))
  expect(await consents(never)).toEqual([])
  expect((await consents(voter_id)).at(-1)).toEqual({ is_given: true, evidence: 'replied START' })
  // Of two at one moment nobody knows which came last.
  await sql`update inbound_text set received_at = now() where phone = ${phone}`.execute(world.database.owner)
  const tied = await agreed({ to: phone })
  await send()
  expect(await stands(tied.told_id)).toEqual({ state: 'withheld', problem: 'no_consent' })
  // Words the carrier does not know are confirmed by us, once, in both languages.
  const korean = await twilio.send(came(phone, '그만!'))
  expect(korean.body).toContain(
    '<Message>You will get no more texts from us. 더 이상 문자를 보내지 않겠습니다.</Message>',
  )
  expect((await consents(voter_id)).at(-1)?.is_given).toBe(false)
})

test('who said no by mouth stays without texts, whatever somebody else at the number writes', async () => {
  const { voter_id, phone } = await agreed()
  await recordConsent(db, ours.organizer, `v${voter_id}`, { channel: 'text', is_given: false, evidence: 'at the door' })
  await twilio.send(came(phone, 'STOP'))
  await twilio.send(came(phone, 'START'))
  expect((await consents(voter_id)).at(-1)).toEqual({ is_given: false, evidence: 'replied STOP' })
})

test('an agreement that waited for a connection does not outlast a no that came meanwhile', async () => {
  const { voter_id, told_id } = await agreed()
  await sql`update phone_bank_told set told_at = now() - interval '10 minutes' where told_id = ${told_id}`.execute(db)
  await sql`update consent set recorded_at = now() - interval '5 minutes', is_given = false where person_id = (select person_id from person where voter_id = ${voter_id})`.execute(world.database.owner) // prettier-ignore
  await recordConsent(db, ours.organizer, `v${voter_id}`, { channel: 'text', is_given: true, evidence: 'said so on the phone' }) // prettier-ignore
  await send()
  expect(await stands(told_id)).toEqual({ state: 'withheld', problem: 'no_consent' })
})

test.each([
  ['STOP', 'stop'],
  ['Opt-out', 'stop'],
  ['opt out.', 'stop'],
  ['수신 거부', 'stop'],
  ['Please stop.', 'stop'],
  ['stop texting me', 'stop'],
  ['그만 보내세요', 'stop'],
  ['수신 거부해 주세요', 'stop'],
  ['When does it stop raining so that I can go and vote?', 'other'],
  ['그만큼 고맙습니다', 'other'],
  ['unstop', 'start'],
  ['stop by on Sunday?', 'other'],
  ['', 'other'],
])('“%s” means %s', (body, means) => expect(meaningOfText(body)).toBe(means))

test('with a messaging service Twilio chooses the number, and replies to any of its numbers are ours', async () => {
  const service = `MG${'a1'.repeat(16)}`
  const pool = '+17185550177'
  const setService = (text_service: string | null) =>
    world.database.owner
      .updateTable('organization')
      .set({ text_service })
      .where('organization_id', '=', ours.organization_id)
      .execute()
  await setService(service)
  onTestFinished(async () => void (await setService(null)))
  const unknown = await agreed()
  await send()
  expect(await stands(unknown.told_id)).toEqual({ state: 'failed', problem: '21701' })
  twilio.services.set(service, pool)
  twilio.clear()
  const { phone, told_id, voter_id } = await agreed()
  await send()
  const [sent] = texts()
  expect(sent).toMatchObject({ To: phone, MessagingServiceSid: service })
  expect(sent).not.toHaveProperty('From')
  await twilio.deliver()
  expect(await stands(told_id)).toEqual({ state: 'delivered', problem: null })
  expect((await twilio.send(came(phone, 'STOP', { To: pool }))).status).toBe(404)
  expect(
    (await twilio.send(came(phone, 'STOP', { To: pool, MessagingServiceSid: `MG${'0'.repeat(32)}` }))).status,
  ).toBe(404)
  expect((await twilio.send(came(phone, 'STOP', { To: pool, MessagingServiceSid: service }))).status).toBe(200)
  expect((await consents(voter_id)).map(({ is_given }) => is_given)).toEqual([true, false])
})

test('any other reply is a task for the host, one for each voter; strangers, forgers and other numbers find nothing', async () => {
  const { voter_id, phone } = await agreed()
  await send()
  for (const body of ['고맙습니다. 몇 시에 여나요?', 'And <b>where</b>?'])
    expect((await twilio.send(came(phone, body))).body).not.toContain('Message')
  const tasks = () =>
    db.selectFrom('follow_up').select(['kind', 'voter_id', 'note']).where('kind', '=', 'text_reply').execute()
  const task = { kind: 'text_reply', voter_id, note: '고맙습니다. 몇 시에 여나요?\nAnd <b>where</b>?' }
  expect(await tasks()).toEqual([task])
  const list = await fetch(`${installation.url}/follow-ups`)
  const html = await list.text()
  expect(html).toContain('Wrote back: answer them')
  expect(html).toContain('And &lt;b&gt;where&lt;/b&gt;?')
  expect((await twilio.send(came('+12125550199', 'who is this'))).status).toBe(200)
  expect((await twilio.send(came(phone, 'x', { To: '+17185550112' }))).status).toBe(404)
  expect((await twilio.send(came(phone, 'x'), 'x')).status).toBe(404)
  expect((await twilio.send(came(phone, 'x', { AccountSid: `AC${'0'.repeat(32)}` }))).status).toBe(404)
  expect(await tasks()).toEqual([task])
  const others = world.database.of(theirs.organization_id)
  expect(await others.selectFrom('inbound_text').selectAll().execute()).toEqual([])
  expect(await others.selectFrom('phone_bank_text').selectAll().execute()).toEqual([])
})

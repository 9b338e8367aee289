import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Actor } from '../../../platform/actor.ts'
import { seenIn } from '../../../platform/testing/seen.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { callRoutes } from '../call-routes.tsx'
import { NotFound } from '../../../platform/errors.ts'
import { typedRules } from '../calling-rules/form.ts'
import { callingRulesRoutes } from '../calling-rules/routes.tsx'
import { removeCaller } from '../callers/commands.ts'
import { DraftRefused, useScript } from '../commands.ts'
import { dashboard, phoneBank, phoneBanks } from '../dashboard.ts'
import { followUpsOf } from '../follow-ups/queries.ts'
import { followUpRoutes } from '../follow-ups/routes.tsx'
import { sessionOf } from '../queries.ts'
import { reportOf } from '../report/queries.ts'
import { repeatPhoneBanks } from '../rounds/repeating.ts'
import { phoneBankRoutes } from '../routes.tsx'
import { paceOf } from '../rules.ts'
import type { CallCard } from '../schema.ts'
import { dispositionRules, dispositions, isConversation, spokeWith } from '../../contacts/schema.ts'
import { mark } from '../../people/commands.ts'
import { saveScript } from '../../scripts/commands.ts'
import { currentVersion, versionsOf } from '../../scripts/queries.ts'
import { addTestCaller, addVoters, makeBank, phoneOf, testScript, type TestBank, type TestCaller } from '../testing.ts'
import { turnsOf } from '../turns.ts'
import { wrong_in_a_row } from './alerts.ts'
import { boardOf, type Wished } from './board.ts'
import { supportOf } from './groups.ts'
import { hostRoutes } from './routes.tsx'

const world = await makeWorld('2026-11-23T18:00:00Z')
const { installation, ours } = world
const { owner } = installation.database
const { organization_id, organizer } = ours
const db = installation.database.of(organization_id)
const routes = [callRoutes, phoneBankRoutes, hostRoutes, followUpRoutes, callingRulesRoutes]
const http = world.as(organizer, routes)
const nobody = world.as(null, routes)
const now = () => installation.clock.now()
let last = 0

async function voters(count: number, more: (index: number) => object = () => ({})): Promise<number[]> {
  const ids = Array.from({ length: count }, () => ++last)
  await addVoters(
    owner,
    ids.map((voter_id, index) => ({ voter_id, ...more(index) })),
  )
  return ids
}

async function prepared(ids: number[], draft: Parameters<typeof makeBank>[3] = {}): Promise<TestBank> {
  const bank = await makeBank(world, organizer, ids, draft)
  await db
    .updateTable('phone_bank')
    .set({ prepared_at: now() })
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .execute()
  return bank
}

const memberOf = ({ id, name, roles }: Actor) => ({
  organization_id,
  user_id: id,
  display_name: name,
  roles: [...roles],
})

const cardOf = async (caller: TestCaller): Promise<CallCard> => {
  const [card] = (await caller.next()).turn.cards
  if (!card) throw new Error('nobody to call')
  return card
}

const alertsOf = async (bank: TestBank) =>
  (await dashboard(db, await phoneBank(db, organization_id, bank.phone_bank_id), now(), 'support')).alerts

/** The cookie a response sets, for the next request. */
const cookieOf = (response: Response): string => (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''

test('a message reaches all, or the one it is meant for, with their next contact', async () => {
  const bank = await prepared(await voters(4))
  const [one, two] = [await addTestCaller(world, organizer, bank), await addTestCaller(world, organizer, bank)]
  const post = (form: Record<string, string>) => http.post(`/phonebanks/${bank.phone_bank_id}/messages`, form)
  expect((await post({ caller_id: 'all', text: '10분 뒤에 쉽니다' })).status).toBe(303)
  expect((await post({ caller_id: one.caller_id, text: 'Please speak slower' })).status).toBe(303)
  expect((await one.next()).turn.messages.map(({ text }) => text)).toEqual(['10분 뒤에 쉽니다', 'Please speak slower'])
  expect((await two.next()).turn.messages.map(({ text }) => text)).toEqual(['10분 뒤에 쉽니다'])
  installation.clock.advance(180)
  turnsOf(installation).forget(organization_id, bank.phone_bank_id)
  expect((await two.next()).turn.messages).toEqual([])
  const foreign = await makeBank(world, organizer, await voters(1))
  const stranger = await addTestCaller(world, organizer, foreign)
  expect((await post({ caller_id: stranger.caller_id, text: 'not yours' })).status).toBe(404)
  // What cannot be sent comes back as it was typed.
  const long = '10분 뒤에 쉽니다. '.repeat(60)
  for (const text of [long, ' ']) {
    const refused = await post({ caller_id: one.caller_id, text })
    expect(refused.status).toBe(422)
    const html = await refused.text()
    expect(html).toContain('id="text-error"')
    expect(html).toMatch(new RegExp(`<option value="${one.caller_id}"[^>]* selected`))
    expect(html).toContain(text.trim())
  }
  await removeCaller(db, organizer, bank.phone_bank_id, one.caller_id, now())
  const gone = await (await post({ caller_id: one.caller_id, text: 'Please come to the front' })).text()
  expect(gone).toContain('This caller was removed meanwhile')
  expect(gone).toContain('Please come to the front')
})

test('alerts: wrong numbers in a row, a language nobody speaks, the list and the hours running out, abuse', async () => {
  const ids = await voters(wrong_in_a_row + 2)
  const bank = await prepared(ids)
  const caller = await addTestCaller(world, organizer, bank, ['en'], 'Jin')
  for (let calls = 0; calls < wrong_in_a_row; calls++)
    await caller.record(await cardOf(caller), { disposition: 'wrong_number' }, { want: 0 })
  expect(await alertsOf(bank)).toContainEqual({ kind: 'wrong_numbers', name: 'Jin', count: wrong_in_a_row })
  await caller.record(await cardOf(caller), { disposition: 'language_barrier', language: 'vi' }, { want: 0 })
  await caller.record(await cardOf(caller), { disposition: 'hostile', note: 'shouted' }, { want: 0 })
  const alerts = await alertsOf(bank)
  expect(alerts.map(({ kind }) => kind)).toEqual(['hostile', 'no_speaker', 'running_out'])
  expect(alerts[1]).toEqual({ kind: 'no_speaker', language: 'vi', count: 1, likely: 0 })
  // Somebody who speaks it is here: the voter is theirs first, the alert is gone.
  const speaker = await addTestCaller(world, organizer, bank, ['vi'])
  expect((await cardOf(speaker)).language).toEqual({ code: 'vi', is_known: true })
  expect((await alertsOf(bank)).map(({ kind }) => kind)).not.toContain('no_speaker')
  await db
    .updateTable('phone_bank')
    .set({ calling_ends: '16:20' })
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .execute()
  expect((await alertsOf(bank)).map(({ kind }) => kind)).toContain('hours_ending')
  const html = await (await http.get(`/phonebanks/${bank.phone_bank_id}`)).text()
  expect(html).toContain('A hostile call: Jin')
  expect(html).toContain('shouted')
  // The board reads that it happened, not whom it was with nor what was said.
  const read = await (await world.as(ours.actor(['board']), routes).get(`/phonebanks/${bank.phone_bank_id}`)).text()
  expect(read).toContain('A hostile call: Jin')
  expect(read).not.toContain('shouted')
  expect(read).not.toMatch(new RegExp(`/phonebanks/${bank.phone_bank_id}/voters/\\d`))
})

test('the host hears that nobody Korean-speaking is left, though the list only knows it by the names', async () => {
  const bank = await prepared(await voters(30, (index) => ({ p_korean: index < 25 ? 90 : 0 })))
  const [jin, soo] = [
    await addTestCaller(world, organizer, bank, ['en'], 'Jin'),
    await addTestCaller(world, organizer, bank, ['ko'], 'Soo'),
  ]
  await jin.ask({ want: 0 })
  await soo.ask({ want: 0 })
  const told = async () => (await alertsOf(bank)).filter(({ kind }) => kind === 'no_speaker')
  expect(await told()).toEqual([])
  installation.clock.advance(6)
  await jin.ask({ want: 0 })
  expect(await told()).toEqual([{ kind: 'no_speaker', language: 'ko', count: 25, likely: 25 }])
  const page = async (language: string) =>
    (await http.get(`/phonebanks/${bank.phone_bank_id}`, { 'accept-language': language })).text()
  expect(await page('en')).toContain('25 voters speak Korean, or likely do by their names')
  expect(await page('ko')).toContain('한국어 사용 유권자 25명(이름으로 추정한 분 포함)이 기다리는데')
})

test('the pace says when the goal is reached, or how far it comes by the end of the evening', () => {
  const bank = {
    starts_on: '2026-11-01',
    ends_on: '2026-11-30',
    calling_starts: '09:00',
    calling_ends: '21:00',
    zones: ['America/New_York NY'],
  }
  const at = new Date('2026-11-23T23:00:00Z') // 18:00
  const from = new Date('2026-11-23T22:00:00Z')
  const told = { conversations: 40, conversations_last_hour: 30, from, hours_called: 2, left: 100_000, done_at: null }
  expect(paceOf({ ...told, goal: 70 }, bank, at)).toMatchObject({
    per_hour: 30,
    goal_at: new Date('2026-11-24T00:00:00Z'),
  })
  // 90 tonight until nine, 270 left at 30 an hour: nine hours into tomorrow.
  expect(paceOf({ ...told, goal: 400 }, bank, at)).toMatchObject({
    goal_at: new Date('2026-11-24T23:00:00Z'),
    by_tonight: 130,
  })
  expect(paceOf({ ...told, goal: 40_000 }, bank, at).goal_at).toBeNull()
  // With so few left nobody reaches it, and tonight no more than they.
  expect(paceOf({ ...told, goal: 70, left: 29 }, bank, at)).toMatchObject({ is_list_short: true, goal_at: null, by_tonight: 69 }) // prettier-ignore
  expect(paceOf({ ...told, goal: 70, left: 30 }, bank, at).is_list_short).toBe(false)
  // Nor where the list ends an hour before that.
  const done_at = new Date('2026-11-23T23:59:00Z')
  expect(paceOf({ ...told, goal: 70, done_at }, bank, at)).toMatchObject({ is_list_short: true, goal_at: null })
  // The last hour says nothing: by the hours before, 20 each.
  expect(paceOf({ ...told, goal: 70, conversations_last_hour: 1 }, bank, at)).toMatchObject({
    per_hour: 0,
    usual_per_hour: 20,
    goal_at: new Date('2026-11-24T00:30:00Z'),
  })
  // In the night, from the morning on; nobody reached yet: nobody can say.
  const night = new Date('2026-11-24T05:00:00Z')
  expect(paceOf({ ...told, goal: 60, conversations_last_hour: 0, from: null }, bank, night).goal_at).toEqual(
    new Date('2026-11-24T15:00:00Z'),
  )
  expect(
    paceOf({ ...told, goal: 70, conversations: 0, conversations_last_hour: 0, from: null }, bank, at).goal_at,
  ).toBeNull()
  expect(paceOf({ ...told, goal: 70 }, { ...bank, ended_at: at }, at)).toMatchObject({
    goal_at: null,
    by_tonight: null,
  })
})

test('whom we talked with, by district, age and language, with support', async () => {
  const ids = await voters(4, (index) => ({
    birth_date: index ? '1950-01-01' : '2000-01-01',
    p_korean: index === 3 ? 90 : 0,
  }))
  const bank = await prepared(ids, { rules: { is_household_once_a_day: false } })
  const caller = await addTestCaller(world, organizer, bank)
  for (const support of [1, 2, 5])
    await caller.record(
      await cardOf(caller),
      { disposition: 'canvassed', answers: { support }, language: 'ko' },
      { want: 0 },
    )
  // Nobody there: the call counts, for the language the name makes likely too.
  await caller.record(await cardOf(caller), { disposition: 'no_answer' }, { want: 0 })
  const { groups } = await dashboard(db, await phoneBank(db, organization_id, bank.phone_bank_id), now(), 'support')
  expect(groups).toContainEqual({
    dimension: 'district',
    key: '20',
    attempts: 4,
    conversations: 3,
    asked: 3,
    answers: { '1': 1, '2': 1, '5': 1 },
  })
  const old = groups.find(({ dimension, key }) => dimension === 'age' && key === '65+')
  expect(old?.attempts).toBe(3)
  expect([old?.conversations, old?.asked, supportOf(old ?? { answers: {} })]).toEqual([2, 2, 1])
  expect(groups).toContainEqual({
    dimension: 'language',
    key: 'ko',
    attempts: 4,
    conversations: 3,
    asked: 3,
    answers: { '1': 1, '2': 1, '5': 1 },
  })
})

test('voters of another state are compared by districts they have, though one of them lives in the city', async () => {
  const ids = await voters(4)
  await sql`update voter_record set ccd = case when voter_id = ${ids[0]} then 20 end, cd = 6 where voter_id = any(${ids})`.execute(
    owner,
  )
  const bank = await prepared(ids)
  const { asked } = await boardOf(installation, organization_id, bank.phone_bank_id, { question: undefined, district: undefined }) // prettier-ignore
  expect(asked.district).toBe('congress')
})

test('whoever watches a phone bank at the same time shares one count, until the host changes something', async () => {
  const bank = await prepared(await voters(1))
  const wished = { question: undefined, district: undefined }
  const look = (more: Partial<Wished> = {}, options = {}) =>
    boardOf(installation, organization_id, bank.phone_bank_id, { ...wished, ...more }, options)
  const [one, two, otherwise] = await Promise.all([look(), look(), look({ district: 'assembly' })])
  expect(two).toBe(one)
  expect([one.asked.district, otherwise.asked.district]).toEqual(['nyc-council', 'assembly'])
  await http.post(`/phonebanks/${bank.phone_bank_id}/messages`, { caller_id: 'all', text: 'Well done' })
  const after = await look()
  expect(after.shown.messages).toMatchObject([{ text: 'Well done' }])
  // A page that is opened counts anew, and those who watch get that.
  const opened = await look({}, { anew: true })
  expect(opened).not.toBe(after)
  expect(await look()).toBe(opened)
  const theirs = world.theirs.organizer.organization_id
  await expect(boardOf(installation, theirs, bank.phone_bank_id, wished)).rejects.toThrow(NotFound)
})

test('a question with hundreds of different answers hides no other; one that the script no longer asks stays', async () => {
  const [voter_id] = await voters(1)
  const bank = await prepared([Number(voter_id)])
  const caller = await addTestCaller(world, organizer, bank)
  await caller.record(await cardOf(caller), { disposition: 'canvassed', answers: { support: 2 } }, { want: 0 })
  await sql`with called as (
      insert into contact_attempt (organization_id, attempt_id, voter_id, phone_bank_id, channel, disposition, is_reached, made_by, attempted_at, script_version)
        select ${organization_id}::uuid, gen_random_uuid(), ${voter_id}, ${bank.phone_bank_id}::uuid, 'phone', 'canvassed', true, 'Grace', ${now()}::timestamptz, 1
          from generate_series(1, 500) returning attempt_id)
    insert into contact_answer (organization_id, attempt_id, question, value)
      select ${organization_id}::uuid, attempt_id, 'a_reason', to_jsonb(attempt_id::text) from called`.execute(owner)
  const wished = { question: undefined, district: undefined }
  const look = () => boardOf(installation, organization_id, bank.phone_bank_id, wished, { anew: true })
  const { shown } = await look()
  expect(shown.answers.filter(({ question }) => question === 'a_reason')).toHaveLength(50)
  expect(shown.answers).toContainEqual({ question: 'support', value: 2, count: 1 })
  const current = await currentVersion(db, bank.script_id)
  if (!current) throw new Error('no script')
  const { name, version, created_at } = current
  const shorter = {
    ...testScript,
    steps: testScript.steps.slice(0, 1).map((step) => ({ ...step, key: 'other', next: null })),
  }
  await saveScript(db, organizer, bank.script_id, { version, saved_at: created_at }, { name, content: shorter }, now())
  await useScript(db, organizer, bank.phone_bank_id, 'newest', now())
  const { script, ever } = await look()
  expect(script.steps.map(({ key }) => key)).toEqual(['other'])
  expect(ever.map(({ key }) => key)).toEqual(expect.arrayContaining(['other', 'support']))
})

test('somebody at the door starts by a link that works once, and is out when the phone bank ends', async () => {
  const bank = await prepared(await voters(2))
  const refused = await http.post(`/phonebanks/${bank.phone_bank_id}/walk_in`, { name: '', reach: 'x' })
  expect(refused.status).toBe(422)
  const form_id = /name="form_id" value="([0-9a-f-]+)"/.exec(await (await http.get(`/phonebanks/${bank.phone_bank_id}`)).text())?.[1] ?? '' // prettier-ignore
  expect(form_id).not.toBe('')
  const add = async (name: string) => {
    const form = { name, reach: '718-555-0142', 'languages[]': ['ko'], form_id }
    const html = await (await http.post(`/phonebanks/${bank.phone_bank_id}/walk_in`, form)).text()
    return /\/call\/[0-9a-f-]+\/start\/[\w-]+/.exec(html)?.[0] ?? ''
  }
  // Pressed twice, one caller, opened by one link; somebody else on the form the browser went back to is another.
  const [path, again] = await Promise.all([add('박영자'), add('박영자')])
  expect(again).toBe(path)
  expect(await add('이순자')).not.toBe(path)
  const callers = await owner.selectFrom('phone_bank_caller').select('name').where('phone_bank_id', '=', bank.phone_bank_id).execute() // prettier-ignore
  expect(callers).toHaveLength(2)
  expect(await (await nobody.get(path)).text()).toContain('박영자')
  const started = await nobody.post(path, {})
  expect(started.status).toBe(303)
  expect((await nobody.post(path, {})).status).toBe(404)
  const headers = { cookie: cookieOf(started) }
  const next = () => nobody.postJson(`/call/${bank.phone_bank_id}/next`, { holding: [], want: 1 }, headers)
  expect(await (await next()).json()).toMatchObject({ door: 'open', cards: [{ attempt_number: 1 }] })
  expect((await http.post(`/phonebanks/${bank.phone_bank_id}/end`, {})).status).toBe(303)
  expect(await (await next()).json()).toMatchObject({ door: 'ended', cards: [] })
})

test('pressed twice, or by two hosts at once, one round begins', async () => {
  const bank = await prepared(await voters(1))
  const path = `/phonebanks/${bank.phone_bank_id}`
  expect(await (await http.get(path)).text()).toContain('name="round" value="1"')
  const press = async () => (await http.post(`${path}/next_round`, { round: '1' })).headers.get('location')
  const said = (await Promise.all([press(), press()])).toSorted()
  expect(said).toEqual([`${path}?said=round_already`, `${path}?said=round_started`])
  expect(await (await http.get(said[0] ?? '')).text()).toContain('Round 2 has begun already')
  const begun = await owner.selectFrom('phone_bank_round').select('round').where('phone_bank_id', '=', bank.phone_bank_id).execute() // prettier-ignore
  expect(begun.map(({ round }) => round)).toEqual([2])
})

test('another person at the home comes to the phone; nobody else can be looked up that way', async () => {
  const ids = await voters(3, (index) => (index < 2 ? { household_key: 91, phones: [phoneOf(700_000 + index)] } : {}))
  const bank = await prepared(ids, { rules: { household: 'apart' } })
  const joined = await http.post(`/phonebanks/${bank.phone_bank_id}/call`, { 'languages[]': ['en', 'ko'] })
  const headers = { cookie: cookieOf(joined) }
  const ask = async (path: string, body: object) =>
    (await http.postJson(`/call/${bank.phone_bank_id}/${path}`, body, headers)).json()
  const first = await ask('next', { holding: [], want: 1 })
  const [card] = first.cards
  expect(card.voter_id).toBe(ids[0])
  expect(await ask('take', { voter_id: ids[2], holding: [card.voter_id] })).toMatchObject({ problem: 'unknown' })
  const taken = await ask('take', { voter_id: ids[1], holding: [card.voter_id] })
  expect(taken).toMatchObject({ problem: null, turn: { cards: [{ voter_id: ids[1] }] } })
})

test('somebody at home who is not on the list is talked with, recorded, and stays off the list', async () => {
  const [one = 0, other = 0, stranger = 0] = await voters(3, (index) =>
    index < 2 ? { household_key: 93, phones: index === 0 ? [phoneOf(720_000)] : [] } : {},
  )
  const bank = await prepared([one])
  const joined = await http.post(`/phonebanks/${bank.phone_bank_id}/call`, { 'languages[]': ['en', 'ko'] })
  const headers = { cookie: cookieOf(joined) }
  const ask = async (path: string, body: object) =>
    (await http.postJson(`/call/${bank.phone_bank_id}/${path}`, body, headers)).json()
  const stands = () =>
    db
      .selectFrom('phone_bank_target')
      .select(['voter_id', 'state', 'why', 'attempts'])
      .where('phone_bank_id', '=', bank.phone_bank_id)
      .orderBy('voter_id')
      .execute()
  expect(await ask('at-home', {})).toEqual({ others: [] }) // nobody in hand: nobody is told of
  await ask('next', { holding: [], want: 1 })
  expect(await ask('at-home', {})).toMatchObject({ others: [{ voter_id: other, name: 'Min-jun Kim' }] })
  expect(await ask('take', { voter_id: stranger, holding: [one] })).toMatchObject({ problem: 'unknown' })
  // No number of their own: they are on the phone of the home.
  const take = () => ask('take', { voter_id: other, holding: [one] })
  const { turn } = await take()
  expect(turn).toMatchObject({ cards: [{ voter_id: other, phones: [{ phone: phoneOf(720_000) }] }] })
  await ask('release', { voter_ids: [other], why: 'skip', holding: [one, other], want: 0 })
  const off = { voter_id: other, state: 'suppressed', why: 'not_in_universe' }
  expect((await stands())[1]).toMatchObject({ ...off, attempts: 0 })
  const [card] = (await take()).turn.cards
  const at = now().toISOString()
  const result = (disposition: string, more: object) =>
    ask('calls', {
      result: {
        attempt_id: crypto.randomUUID(),
        voter_id: other,
        ticket: card.ticket,
        disposition,
        script_version: 1,
        phone: phoneOf(720_000),
        started_at: at,
        ended_at: at,
        sent_at: at,
        ...more,
      },
      holding: [one],
      want: 0,
    })
  expect(await result('canvassed', { answers: { support: 2 } })).toMatchObject({ recorded: { outcome: 'recorded' } })
  expect(await stands()).toMatchObject([{ voter_id: one }, { ...off, attempts: 1 }])
  // A promise made to them is kept all the same.
  await take()
  await result('call_back', { call_back_at: new Date(now().getTime() + 86_400_000).toISOString() })
  expect((await stands())[1]).toMatchObject({ state: 'waiting', why: 'call_back' })
})

test('a voter who calls back is found by the number that was dialled, talked with, and recorded as their call', async () => {
  const ids = await voters(2, (index) => ({ phones: [phoneOf(710_000 + index)] }))
  const bank = await prepared(ids)
  const joined = await http.post(`/phonebanks/${bank.phone_bank_id}/call`, { 'languages[]': ['en', 'ko'] })
  const headers = { cookie: cookieOf(joined) }
  const ask = async (path: string, body: object) =>
    (await http.postJson(`/call/${bank.phone_bank_id}/${path}`, body, headers)).json()
  const caller = await addTestCaller(world, organizer, bank)
  const card = await cardOf(caller)
  const phone = card.phones[0]?.phone ?? ''
  await caller.record(card, { disposition: 'left_message' }, { want: 0 })
  const other = phoneOf(ids[0] === card.voter_id ? 710_001 : 710_000)
  expect(await ask('return', { phone: other, holding: [] })).toMatchObject({ problem: 'unknown' })
  expect(await ask('return', { phone: 'abc', holding: [] })).toMatchObject({ problem: 'unknown' })
  const found = await ask('return', { phone: phone.replace('+1', ''), holding: [] })
  expect(found).toMatchObject({ problem: null, turn: { cards: [{ voter_id: card.voter_id }] } })
  const [back] = found.turn.cards
  const at = now().toISOString()
  const recorded = await ask('calls', {
    result: {
      attempt_id: crypto.randomUUID(),
      voter_id: back.voter_id,
      ticket: back.ticket,
      disposition: 'canvassed',
      answers: { support: 1 },
      script_version: back.script_version,
      is_inbound: true,
      phone,
      started_at: at,
      ended_at: at,
      sent_at: at,
    },
    holding: [],
    want: 0,
  })
  expect(recorded).toMatchObject({ recorded: { outcome: 'recorded' } })
  const kept = await db
    .selectFrom('contact_attempt')
    .select('channel')
    .where('attempt_id', '=', recorded.recorded.attempt_id)
    .executeTakeFirstOrThrow()
  expect(kept.channel).toBe('inbound_phone')
  // They call once more: talked with again, until they do not want it any more.
  const again = await ask('return', { phone, holding: [] })
  expect(again).toMatchObject({ problem: null, turn: { cards: [{ voter_id: card.voter_id }] } })
  await ask('release', { voter_ids: [card.voter_id], why: 'leave', holding: [card.voter_id], want: 0 })
  await mark(db, organizer, `v${card.voter_id}`, { reason: 'do_not_call', note: 'wrote to us' })
  expect(await ask('return', { phone, holding: [] })).toMatchObject({ problem: 'closed' })
})

test('a voter called for another phone bank is known by the number: talked with on my list, else that list is named', async () => {
  const [both = 0, theirs = 0] = await voters(2)
  const mine = await prepared([both])
  const other = await prepared([both, theirs], { name: { en: 'Rides', ko: '라이드' } })
  const caller = await addTestCaller(world, organizer, other)
  for (let call = 0; call < 2; call++)
    await caller.record(await cardOf(caller), { disposition: 'left_message' }, { want: 0 })
  const joined = await http.post(`/phonebanks/${mine.phone_bank_id}/call`, { 'languages[]': ['en', 'ko'] })
  const headers = { cookie: cookieOf(joined) }
  const returned = async (voter_id: number) =>
    (
      await http.postJson(`/call/${mine.phone_bank_id}/return`, { phone: phoneOf(voter_id), holding: [] }, headers)
    ).json()
  expect(await returned(both)).toMatchObject({ problem: null, turn: { cards: [{ voter_id: both }] } })
  expect(await returned(theirs)).toMatchObject({ problem: 'elsewhere', bank: { en: 'Rides' } })
  // Work in another lane is not told of.
  await db
    .updateTable('phone_bank')
    .set({ lane: 'independent' })
    .where('phone_bank_id', '=', other.phone_bank_id)
    .execute()
  expect(await returned(theirs)).toMatchObject({ problem: 'unknown' })
})

test('who waits for the organizer and calls is talked with, at the office too, and waits on unless that ends it', async () => {
  const [voter_id = 0] = await voters(1)
  const bank = await prepared([voter_id])
  const caller = await addTestCaller(world, organizer, bank)
  await caller.record(
    await cardOf(caller),
    {
      disposition: 'call_back',
      call_back_at: new Date(now().getTime() + 86_400_000).toISOString(),
      follow_ups: [{ kind: 'organizer', note: 'Ask Grace' }],
    },
    { want: 0 },
  )
  const stands = () =>
    db
      .selectFrom('phone_bank_target')
      .select(['state', 'why'])
      .where('phone_bank_id', '=', bank.phone_bank_id)
      .executeTakeFirstOrThrow()
  const waits = { state: 'waiting', why: 'organizer' }
  expect(await stands()).toEqual(waits)
  const voterPage = `/phonebanks/${bank.phone_bank_id}/voters/${voter_id}`
  expect(await (await http.get(voterPage)).text()).toContain('They are calling us')
  const caller_only = world.as(ours.actor(['caller']), routes)
  expect((await caller_only.post(`${voterPage}/called-us`, {})).status).toBe(403)
  const opened = await http.post(`${voterPage}/called-us`, {})
  expect(opened.headers.get('location')).toBe(`/call/${bank.phone_bank_id}?called_us=${voter_id}`)
  const headers = { cookie: cookieOf(opened) }
  const ask = async (path: string, body: object) =>
    (await http.postJson(`/call/${bank.phone_bank_id}/${path}`, body, headers)).json()
  const { cards } = await ask('next', { holding: [], want: 1 })
  expect(cards).toMatchObject([{ voter_id }])
  const result = async (disposition: string, more: object) => {
    const at = now().toISOString()
    const [card] = cards
    return ask('calls', {
      result: {
        attempt_id: crypto.randomUUID(),
        voter_id,
        ticket: card.ticket,
        disposition,
        script_version: card.script_version,
        is_inbound: true,
        phone: null,
        started_at: at,
        ended_at: at,
        sent_at: at,
        ...more,
      },
      holding: [],
      want: 0,
    })
  }
  expect(await result('not_available', {})).toMatchObject({ recorded: { outcome: 'recorded' } })
  expect(await stands()).toEqual(waits)
  // From the same device: the same caller.
  const here = opened.headers.getSetCookie().map((each) => each.split(';')[0])
  await http.post(`${voterPage}/called-us`, {}, { cookie: here.join('; ') })
  expect(await result('canvassed', { answers: { support: 1 } })).toMatchObject({ recorded: { outcome: 'recorded' } })
  expect(await stands()).toEqual({ state: 'finished', why: 'canvassed' })
})

test('follow-ups are a list for the organizer; who notes one as done is kept; others see nothing', async () => {
  const bank = await prepared(await voters(1))
  const caller = await addTestCaller(world, organizer, bank, ['en'], 'Soo')
  await caller.record(
    await cardOf(caller),
    {
      disposition: 'canvassed',
      answers: { support: 1 },
      follow_ups: [
        { kind: 'ride', note: '' },
        { kind: 'yard_sign', note: '' },
      ],
    },
    { want: 0 },
  )
  const list = await (await http.get(`/follow-ups?phone_bank=${bank.phone_bank_id}`)).text()
  expect(list).toContain('Needs a ride to the polls')
  expect(list).toContain('Only those of')
  expect(list).toContain('href="/follow-ups?state=open&amp;kind=all&amp;who=all"')
  expect(list).toContain('Soo')
  const id = /\/follow-ups\/([0-9a-f-]+)\/solve/.exec(list)?.[1] ?? ''
  const strangers = world.as(world.theirs.organizer, routes)
  expect((await strangers.post(`/follow-ups/${id}/solve`, { release: 'call' })).status).toBe(404)
  expect(await (await strangers.get('/follow-ups')).text()).not.toContain('Soo')
  expect(await (await strangers.get(`/follow-ups?phone_bank=${bank.phone_bank_id}`)).text()).not.toContain(
    'Only those of',
  )
  expect(
    (await http.post(`/follow-ups/${id}/solve`, { solution: '김 선생님이 모셔다 드림', release: 'call' })).status,
  ).toBe(303)
  const done = await (await http.get(`/follow-ups?state=solved&phone_bank=${bank.phone_bank_id}`)).text()
  expect(done).toContain('김 선생님이 모셔다 드림')
  // Somebody else wrote it down as well, a little later.
  const late = await http.post(`/follow-ups/${id}/solve`, { solution: 'A taxi', release: 'call' })
  expect(late.status).toBe(409)
  const both = await late.text()
  expect(both).toMatch(/value="A taxi"[\s\S]*김 선생님이 모셔다 드림/)
  const instead = { solution: 'A taxi', release: 'call', instead_of: '김 선생님이 모셔다 드림' }
  expect((await http.post(`/follow-ups/${id}/solve`, instead)).status).toBe(303)
})

test('two who decide on one voter at once: one counts, the other is told and may put theirs in its place', async () => {
  const bank = await prepared(await voters(1))
  const caller = await addTestCaller(world, organizer, bank)
  const flag = [{ kind: 'organizer' as const, note: '' }]
  await caller.record(await cardOf(caller), { disposition: 'no_answer', follow_ups: flag }, { want: 0 })
  const { follow_up_id } = await db
    .selectFrom('follow_up')
    .select('follow_up_id')
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .executeTakeFirstOrThrow()
  const solve = (form: Record<string, string>) =>
    http.post(`/follow-ups/${follow_up_id}/solve`, { list_phone_bank: bank.phone_bank_id, solution: '', ...form })
  const answers = await Promise.all([solve({ release: 'call' }), solve({ release: 'finish' })])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409])
  const target = () =>
    db
      .selectFrom('phone_bank_target')
      .select(['state', 'why'])
      .where('phone_bank_id', '=', bank.phone_bank_id)
      .executeTakeFirstOrThrow()
  const states = { call: { state: 'waiting', why: 'resting' }, finish: { state: 'finished', why: 'organizer' } }
  const [theirs, mine] = answers[0]?.status === 303 ? (['call', 'finish'] as const) : (['finish', 'call'] as const)
  expect(await target()).toEqual(states[theirs])
  const told = await answers.find(({ status }) => status === 409)?.text()
  expect(told).toContain(`Meanwhile ${organizer.name} saved this`)
  const words = { call: 'Done, call them again', finish: 'Done, no more calls' }
  expect(told).toContain(`Saved meanwhile: <strong>${words[theirs]}<`)
  expect(told).toContain(`name="instead_of_release" value="${theirs}"`)
  // Pressed twice, it is done already.
  expect((await solve({ release: theirs })).status).toBe(303)
  const instead = await solve({ release: mine, instead_of: '', instead_of_release: theirs })
  expect(instead.headers.get('location')).toContain('said=solved')
  expect(await target()).toEqual(states[mine])
  // On the line by now: the decision is noted, and the page says that nothing changed there.
  await db
    .updateTable('phone_bank_target')
    .set({ state: 'leased', why: null })
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .execute()
  const late = await solve({ release: theirs, instead_of: '', instead_of_release: mine })
  expect(late.headers.get('location')).toContain('said=kept')
  expect(await target()).toEqual({ state: 'leased', why: null })
})

test('several given at once: whoever comes second sees which were changed and by whom, and loses no tick', async () => {
  const bank = await prepared(await voters(3))
  const caller = await addTestCaller(world, organizer, bank)
  const ride = {
    disposition: 'canvassed' as const,
    answers: { support: 1 },
    follow_ups: [{ kind: 'ride' as const, note: '' }],
  }
  for (let calls = 0; calls < 3; calls++) await caller.record(await cardOf(caller), ride, { want: 0 })
  const [min, jun] = ['Min', 'Jun'].map((name) => ours.actor(['organizer'], { name }))
  if (!min || !jun) throw new Error('nobody')
  await owner.insertInto('member').values([min, jun].map(memberOf)).execute()
  const page = await (await http.get(`/follow-ups?phone_bank=${bank.phone_bank_id}`)).text()
  const ids = [
    ...new Set([...page.matchAll(/name="shown_ids\[\]" value="([0-9a-f-]{36})"/g)].map(([, id]) => id ?? '')),
  ]
  const [one = '', two = '', three = ''] = ids
  expect(ids).toHaveLength(3)
  const seen = seenIn(page)
  const give = (by: Actor, to: Actor, those: string[]) =>
    world.as(by, routes).post('/follow-ups/assign', {
      which: 'ticked',
      owner_id: to.id,
      due_on: '',
      list_phone_bank: bank.phone_bank_id,
      list_who: 'nobody',
      'follow_up_ids[]': those,
      seen,
    })
  // Neither waits for the other in another order, and only what both meant is a conflict.
  const answers = await Promise.all([give(min, min, [one, two]), give(jun, jun, [three, two])])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409])
  const isMins = answers[0]?.status === 303
  const [first, later, own] = isMins ? [min, jun, three] : [jun, min, one]
  const told = (await answers.find(({ status }) => status === 409)?.text()) ?? ''
  expect(told).toContain(`id="${two}-saved"`)
  expect(told).toContain(`Changed meanwhile by ${first.name}`)
  expect(told.match(/Changed meanwhile/g)).toHaveLength(1)
  for (const id of [own, two])
    expect(told).toMatch(new RegExp(`<input[^>]*${id}"[^>]*checked|<input[^>]*checked[^>]*value="${id}"`))
  const owners = async () =>
    Object.fromEntries(
      (
        await db
          .selectFrom('follow_up')
          .select(['follow_up_id', 'owner_id'])
          .where('phone_bank_id', '=', bank.phone_bank_id)
          .execute()
      ).map(({ follow_up_id, owner_id }) => [follow_up_id, owner_id]),
    )
  expect(await owners()).toMatchObject({ [two]: first.id, [own]: null })
  // Done by somebody meanwhile is a change as well.
  await world.as(min, routes).post(`/follow-ups/${own}/solve`, { solution: 'Took the bus' })
  const done = await give(later, later, [own])
  expect(done.status).toBe(409)
  expect(await done.text()).toMatch(/Changed meanwhile by Min[\s\S]*Took the bus/)
})

test('follow-ups are given to somebody by a day, are late after it, and leave as a file where the law is accepted', async () => {
  const bank = await prepared(await voters(2))
  const caller = await addTestCaller(world, organizer, bank, ['en'], 'Soo')
  for (const note of ['At three, with a walker', '=HYPERLINK("http://x")']) {
    await caller.record(
      await cardOf(caller),
      { disposition: 'canvassed', answers: { support: 1 }, follow_ups: [{ kind: 'ride', note }] },
      { want: 0 },
    )
  }
  const reader: Actor = { ...organizer, id: crypto.randomUUID(), name: 'Han', roles: ['member'] }
  await owner.insertInto('member').values([organizer, reader].map(memberOf)).execute()
  const listed = `/follow-ups?phone_bank=${bank.phone_bank_id}`
  const list = await (await http.get(listed)).text()
  const ids = [
    ...new Set(
      [
        ...list.matchAll(/value="([0-9a-f-]{36})" form="assign"|name="follow_up_ids\[\]"[^>]*value="([0-9a-f-]{36})"/g),
      ].map((each) => each[1] ?? each[2] ?? ''),
    ),
  ]
  expect(ids).toHaveLength(2)
  const [first = ''] = ids
  const give = (fields: Record<string, string | string[]>, by = http) =>
    by.post('/follow-ups/assign', {
      which: 'ticked',
      owner_id: organizer.id,
      due_on: '2026-11-01',
      list_phone_bank: bank.phone_bank_id,
      ...fields,
    })

  const none = await give({})
  expect(none.status).toBe(422)
  expect(await none.text()).toContain('Tick at least one')
  const nothing = await give({ 'follow_up_ids[]': [first], owner_id: 'same', due_on: '' })
  expect(nothing.status).toBe(422)
  const back = await nothing.text()
  expect(back).toContain('Choose who does it, or a day')
  expect(back).toMatch(new RegExp(`<input[^>]*${first}[^>]*checked|<input[^>]*checked[^>]*${first}`))
  const wrong = await give({ 'follow_up_ids[]': [first], due_on: '2026-02-31' })
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('This is no date')
  const given = await give({ 'follow_up_ids[]': [first] })
  expect(given.headers.get('location')).toContain(`phone_bank=${bank.phone_bank_id}`)
  const mine = await (await http.get(`${listed}&who=${organizer.id}`)).text()
  expect(mine).toContain(first)
  expect(mine).toContain('Late')
  expect(mine).not.toContain(ids[1])
  expect(await (await http.get(`${listed}&who=nobody`)).text()).toContain(ids[1])
  expect(await followUpsOf(db, organization_id, organizer.id, '2026-11-02')).toMatchObject({ open: 1, late: 1 })
  expect((await followUpsOf(db, organization_id, organizer.id, '2026-11-01')).late).toBe(0)

  // One of the two alone: the other stays.
  const standing = () =>
    owner
      .selectFrom('follow_up')
      .select(['owner_id', 'due_on'])
      .where('follow_up_id', '=', first)
      .executeTakeFirstOrThrow()
  await give({ 'follow_up_ids[]': [first], owner_id: 'same', due_on: '2026-11-02' })
  expect(await standing()).toEqual({ owner_id: organizer.id, due_on: '2026-11-02' })
  await give({ 'follow_up_ids[]': [first], owner_id: 'nobody', due_on: '' })
  expect(await standing()).toEqual({ owner_id: null, due_on: '2026-11-02' })
  await give({ 'follow_up_ids[]': [first], owner_id: 'same', due_on: '', no_day: 'yes' })
  expect(await standing()).toEqual({ owner_id: null, due_on: null })
  await give({ 'follow_up_ids[]': [first] })
  // A page that has become empty leads to the last one.
  expect(await (await http.get(`${listed}&from=50`)).text()).toContain(first)

  // Nobody who could not see it, nobody of another organization, and nothing of theirs.
  expect((await give({ 'follow_up_ids[]': [first], owner_id: reader.id })).status).toBe(404)
  expect((await give({ 'follow_up_ids[]': [first], owner_id: world.theirs.organizer.id })).status).toBe(404)
  const strangers = world.as(world.theirs.organizer, routes)
  expect((await give({ 'follow_up_ids[]': [first], owner_id: 'nobody' }, strangers)).status).toBe(404)

  const refused = await http.post('/follow-ups/file', { list_phone_bank: bank.phone_bank_id })
  expect(refused.status).toBe(422)
  const file = await http.post('/follow-ups/file', { list_phone_bank: bank.phone_bank_id, law: 'yes' })
  const rows = (await file.text()).trim().split('\r\n')
  expect(rows).toHaveLength(3)
  expect(rows.join('\n')).toContain('At three, with a walker')
  expect(rows.join('\n')).toContain(`"'=HYPERLINK(""http://x"")"`)
  const trail = await owner
    .selectFrom('audit_entry')
    .select(['action', 'before', 'after'])
    .where('organization_id', '=', organization_id)
    .where('action', 'in', ['follow_up.assign', 'follow_up.export'])
    .where((eb) => eb.or([eb('subject_id', '=', first), eb('action', '=', 'follow_up.export')]))
    .orderBy('audit_id')
    .execute()
  expect(trail).toHaveLength(6)
  expect([trail[0], trail.at(-1)]).toMatchObject([
    { action: 'follow_up.assign', before: { owner_id: null }, after: { owner_id: organizer.id, due_on: '2026-11-01' } },
    { action: 'follow_up.export', after: { rows: 2, phone_bank: bank.phone_bank_id } },
  ])
  // Who has left does nothing any more.
  await owner
    .updateTable('member')
    .set({ ended_at: now() })
    .where('organization_id', '=', organization_id)
    .where('user_id', '=', organizer.id)
    .execute()
  expect(await (await http.get(`${listed}&who=nobody`)).text()).toContain(first)
})

const over = { starts_on: '2026-11-16', ends_on: '2026-11-17' }
const bankOf = (id: string) => phoneBank(db, organization_id, id)
const idIn = (response: Response): string =>
  /^\/phonebanks\/([0-9a-f-]{36})/.exec(response.headers.get('location') ?? '')?.[1] ?? ''

test('a phone bank that repeats makes the next one once, with its rules; a copy is a week later, once', async () => {
  const bank = await prepared(await voters(1), { ...over, rules: { weekdays: { '0': null }, most_per_caller: 60 } })
  const base = `/phonebanks/${bank.phone_bank_id}`
  const weekly = (await http.post(`${base}/repeat`, { change: 'weekly' })).headers.get('location') ?? ''
  expect(await (await http.get(weekly)).text()).toContain('When the next phone bank is made')
  const made = (await Promise.all([repeatPhoneBanks(owner, now()), repeatPhoneBanks(owner, now())])).flat()
  expect(made).toHaveLength(1)
  expect(await bankOf(made[0]?.phone_bank_id ?? '')).toMatchObject({
    starts_on: '2026-11-23',
    ends_on: '2026-11-24',
    name: { en: 'Get out the vote · 2026-11-23' },
    weekdays: { '0': null },
    most_per_caller: 60,
    repeats: 'weekly',
    repeated_from: bank.phone_bank_id,
  })
  expect((await bankOf(bank.phone_bank_id)).repeats).toBeNull()
  const other = await prepared(await voters(1))
  const copies = [
    await http.post(`/phonebanks/${other.phone_bank_id}/copy`, {}),
    await http.post(`/phonebanks/${other.phone_bank_id}/copy`, {}),
  ]
  const [first, second] = copies.map(idIn)
  expect(first).toMatch(/^[0-9a-f-]{36}$/)
  expect(second).toBe(first)
  expect(copies[1]?.headers.get('location')).toContain('said=made_already')
  // Two years long: the next one begins in the first week after its last day, not in the middle of it.
  expect(await bankOf(first ?? '')).toMatchObject({ starts_on: '2028-01-06', ends_on: '2030-01-04' })

  // Copied first, then weekly: the copy goes on with it, and an old page begins no second row of them.
  const repeat = async (change: string) =>
    (await http.post(`/phonebanks/${other.phone_bank_id}/repeat`, { change })).status
  expect(await repeat('pause')).toBe(409)
  expect(await repeat('weekly')).toBe(303)
  await http.post(`/phonebanks/${other.phone_bank_id}/copy`, {})
  expect(await bankOf(first ?? '')).toMatchObject({ repeats: 'weekly', repeats_paused_at: null })
  expect((await bankOf(other.phone_bank_id)).repeats).toBeNull()
  expect([await repeat('resume'), await repeat('weekly')]).toEqual([409, 409])
  const stopped = await http.post(`/phonebanks/${first}/repeat`, { change: 'stop' })
  expect(stopped.headers.get('location')).toBe(`/phonebanks/${first}?said=repeat_saved`)
})

test('those that repeat are on one page: when the next is, paused, made now, and stopped when it has ended already', async () => {
  const bank = await prepared(await voters(1), over)
  const base = `/phonebanks/${bank.phone_bank_id}`
  const repeat = (change: string) => http.post(`${base}/repeat`, { change, from: 'recurring' })
  expect((await http.post(`${base}/repeat`, {})).status).toBe(404)
  expect((await repeat('weekly')).headers.get('location')).toBe('/phonebanks/recurring?said=saved')
  const page = async (path: string, language = 'en') =>
    (await http.get(path, { cookie: `language=${language}` })).text()
  expect(await page('/phonebanks/recurring')).toContain(
    'Next: Mon, Nov 23 – Tue, Nov 24. It is made by itself within minutes.',
  )
  await repeat('pause')
  expect(await repeatPhoneBanks(owner, now())).toEqual([])
  expect(await page('/phonebanks/recurring')).toContain('is not made until you go on')
  expect(await page('/phonebanks/recurring', 'ko')).toContain('잠시 멈췄습니다')

  // Made by hand, the next one repeats, and rests as this one did.
  const next = idIn(await http.post(`${base}/copy`, {}))
  expect(await bankOf(next)).toMatchObject({ starts_on: '2026-11-23', repeats: 'weekly', repeats_paused_at: now() })
  expect(await bankOf(bank.phone_bank_id)).toMatchObject({ repeats: null, repeats_paused_at: null })
  await http.post(`/phonebanks/${next}/end`, {})
  await http.post(`/phonebanks/${next}/repeat`, { change: 'resume' })
  expect(await page(`/phonebanks/${next}`)).toContain('Stop repeating')
  await http.post(`/phonebanks/${next}/repeat`, { change: 'stop' })
  expect((await bankOf(next)).repeats).toBeNull()
  expect(await page('/phonebanks/recurring')).not.toContain(next)
  const strangers = world.as(world.theirs.organizer, routes)
  expect((await strangers.post(`${base}/repeat`, { change: 'weekly' })).status).toBe(404)
  expect((await world.as(ours.actor(['host']), routes).post(`${base}/repeat`, { change: 'weekly' })).status).toBe(403)
})

test('neither copy nor repeat goes round what a new phone bank needs; the host is told why, until it is put right', async () => {
  const bank = await prepared(await voters(1), over)
  const base = `/phonebanks/${bank.phone_bank_id}`
  await http.post(`${base}/repeat`, { change: 'weekly' })
  // The script names a candidate since.
  const script = await currentVersion(db, bank.script_id)
  if (!script) throw new Error('no script')
  const closing = { en: 'Vote for {candidate}', ko: '{candidate, 을/를}' }
  const edited = { version: script.version, saved_at: script.created_at }
  await saveScript(
    db,
    organizer,
    bank.script_id,
    edited,
    { name: 'For somebody', content: { ...testScript, closing } },
    now(),
  )
  const copied = await http.post(`${base}/copy`, {})
  expect(copied.headers.get('location')).toBe(`${base}?not_made=candidate_needed`)
  expect(await (await http.get(`${base}?not_made=candidate_needed`)).text()).toContain('Its script names a candidate')
  expect(await repeatPhoneBanks(owner, now())).toEqual([])
  expect(await repeatPhoneBanks(owner, now())).toEqual([])
  expect(await bankOf(bank.phone_bank_id)).toMatchObject({ repeats: 'weekly', repeat_problem: 'candidate_needed' })
  const told = await owner
    .selectFrom('audit_entry')
    .select('after')
    .where('subject_id', '=', bank.phone_bank_id)
    .where('action', '=', 'phonebank.repeat_refused')
    .execute()
  expect(told).toEqual([{ after: { problem: 'candidate_needed' } }])
  for (const path of [base, '/phonebanks/recurring']) {
    expect(await (await http.get(path)).text()).toContain('The next phone bank was not made.')
    expect(await (await http.get(path, { cookie: 'language=ko' })).text()).toContain(
      '스크립트에는 후보 이름이 들어가는데',
    )
  }
  expect(await (await http.get('/phonebanks')).text()).toContain('could not be made for the next week')

  const set = (row: object) =>
    owner.updateTable('phone_bank').set(row).where('phone_bank_id', '=', bank.phone_bank_id).execute()
  const named = { candidate: JSON.stringify({ en: 'Grace Lee' }) }
  for (const [row, problem] of [
    [named, 'lane_candidate'],
    [{ lane: 'independent', languages: [] }, 'languages_needed'],
    [{ languages: ['en'], expression: 'in:"gone for good"' }, 'universe_unreadable'],
  ] as const) {
    await set(row)
    expect(await repeatPhoneBanks(owner, now())).toEqual([])
    expect((await bankOf(bank.phone_bank_id)).repeat_problem).toBe(problem)
  }
  await set({ expression: 'status:active' })
  const [made] = await repeatPhoneBanks(owner, now())
  expect(await bankOf(made?.phone_bank_id ?? '')).toMatchObject({
    repeats: 'weekly',
    repeat_problem: null,
    candidate: { en: 'Grace Lee' },
  })
  await expect(makeBank(world, organizer, [], { script_id: bank.script_id, candidate: null })).rejects.toThrow(
    DraftRefused,
  )
})

test('a conversation is one with the voter: wrong numbers, the moved and the dead are contacts alone, wherever it is counted', async () => {
  const told = [
    { disposition: 'canvassed', answers: { support: 1 } },
    { disposition: 'refused' },
    { disposition: 'do_not_call', spoke_with: 'voter' },
    { disposition: 'do_not_call', spoke_with: 'household' },
    { disposition: 'wrong_number' },
    { disposition: 'moved' },
    { disposition: 'deceased', spoke_with: 'household' },
    { disposition: 'no_answer' },
  ] as const
  const bank = await prepared(await voters(told.length), {
    goal_contacts: 6,
    rules: { is_household_once_a_day: false },
  })
  const caller = await addTestCaller(world, organizer, bank)
  for (const result of told) await caller.record(await cardOf(caller), result, { want: 0 })
  const row = await bankOf(bank.phone_bank_id)
  const shown = await dashboard(db, row, now())
  expect(shown.totals).toEqual({ attempts: 8, contacts: 7, conversations: 3, answered: 1 })
  expect(shown.last_hour).toEqual({ attempts: 8, conversations: 3 })
  expect(shown.pace).toMatchObject({ goal: 6, conversations: 3 })
  expect(shown.by_hour.map(({ conversations }) => conversations)).toEqual([3])
  expect(shown.callers[0]).toMatchObject({ calls: 8, conversations: 3, conversations_last_hour: 3, answered: 1 })
  expect(shown.groups.find(({ dimension }) => dimension === 'district')).toMatchObject({
    attempts: 8,
    conversations: 3,
  })
  expect(
    (await phoneBanks(db, organization_id, now())).find((each) => each.phone_bank_id === bank.phone_bank_id),
  ).toMatchObject({
    attempts: 8,
    conversations: 3,
  })
  const me = {
    organization_id,
    phone_bank_id: bank.phone_bank_id,
    caller_id: caller.caller_id,
    name: 'Grace',
    languages: ['en'],
  }
  expect((await sessionOf(installation, me)).tally).toEqual({ calls: 8, reached: 3, answered: 1 })
  const versions = (await versionsOf(db, row.script_id)).map(({ content }) => content)
  const report = await reportOf(
    db,
    row,
    versions,
    { question: null, district: 'assembly' },
    null,
    'America/New_York',
    now(),
  )
  expect(report.totals).toMatchObject({ attempts: 8, contacts: 7, conversations: 3, answered: 1 })
  expect(report.callers[0]?.conversations).toBe(3)
  const base = `/phonebanks/${bank.phone_bank_id}`
  const english = await (await http.get(base)).text()
  for (const words of ['3 of 6 conversations', 'somebody answered 7 of 8 calls']) expect(english).toContain(words)
  const korean = await (await http.get(base, { cookie: 'language=ko' })).text()
  for (const words of ['대화는 유권자 본인이 받은 통화입니다', '전화 8통 가운데 7통을 누군가 받음'])
    expect(korean).toContain(words)

  // What the database says and what the device counts by is one definition.
  for (const disposition of dispositions)
    for (const spoke_with of [null, ...spokeWith]) {
      const { rows } = await sql<{
        is_it: boolean
      }>`select is_conversation(${disposition}, ${spoke_with}) as is_it`.execute(db)
      expect([disposition, spoke_with, rows[0]?.is_it]).toEqual([
        disposition,
        spoke_with,
        isConversation(disposition, spoke_with),
      ])
      if (isConversation(disposition, spoke_with)) expect(dispositionRules[disposition].reached).toBe(true)
    }
})

test('an opt-out told to the office withdraws a voter from an offline hand at the next contact', async () => {
  const bank = await prepared(await voters(2))
  const caller = await addTestCaller(world, organizer, bank)
  const card = await cardOf(caller)
  await db
    .insertInto('suppression')
    .values({ organization_id, voter_id: card.voter_id, reason: 'do_not_call', marked_by: 'office', marked_at: now() })
    .execute()
  const { turn } = await caller.ask({ holding: [card.voter_id], want: 0 })
  expect(turn.withdrawn).toEqual([{ voter_id: card.voter_id, why: 'suppressed' }])
})

test('callers see a board of the most conversations only where the host chose it: names and numbers', async () => {
  const bank = await prepared(await voters(4))
  const grace = await addTestCaller(world, organizer, bank, ['en'], 'Grace')
  const caller = {
    organization_id,
    phone_bank_id: bank.phone_bank_id,
    caller_id: grace.caller_id,
    name: 'Grace',
    languages: ['en'],
  }
  await grace.record(await cardOf(grace), { disposition: 'canvassed', answers: { support: 1 } }, { want: 0 })
  await grace.record(await cardOf(grace), { disposition: 'no_answer' }, { want: 0 })
  const board = async () => (await sessionOf(installation, caller)).board
  expect(await board()).toEqual([])
  const form = typedRules(await bankOf(bank.phone_bank_id))
  const chosen = await http.post(`/phonebanks/${bank.phone_bank_id}/rules`, { ...form, has_leaderboard: 'on' })
  expect(chosen.status).toBe(303)
  expect(await board()).toEqual([{ name: 'Grace', reached: 1 }])
})

import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { seenIn } from '../../platform/testing/seen.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { saveScript } from '../scripts/commands.ts'
import { currentVersion } from '../scripts/queries.ts'
import { saveUniverse } from '../targeting/commands.ts'
import { callRoutes } from './call-routes.tsx'
import { keptRoutes } from './kept/routes.ts'
import { preparePhoneBank } from './targets/commands.ts'
import { callerState, dashboard, phoneBank } from './dashboard.ts'
import { watchPhoneBanks } from './jobs.ts'
import { phoneBankRoutes } from './routes.tsx'
import { ScriptNotReady, useScript } from './commands.ts'
import { forgetBoards } from './host/board.ts'
import { hostRoutes } from './host/routes.tsx'
import type { RecordOutput, Session, Turn } from './schema.ts'
import { toldRoutes } from './told/routes.tsx'
import { addTestCaller, addVoters, callAround, makeBank, resultOf, testScript } from './testing.ts'
import { createScript } from '../scripts/commands.ts'

const world = await makeWorld()
const { ours, theirs, installation } = world
const routes = [callRoutes, keptRoutes, toldRoutes, phoneBankRoutes, hostRoutes]
const organizer = world.as(ours.organizer, routes)
const stranger = world.as(theirs.organizer, routes)
const nobody = world.as(null, routes)
const voter_ids = Array.from({ length: 30 }, (_, index) => index + 1)
await addVoters(
  installation.database.owner,
  voter_ids.map((voter_id) => ({ voter_id, first_name: 'Young Hee', p_korean: 90 })),
)

const idOf = ({ headers }: Response): string => headers.get('location')?.split('/').at(-1) ?? ''

async function join(code: string): Promise<string> {
  const joined = await nobody.post(`/call/${code}`, {
    name: 'Kim Soon-ja',
    reach: '718-555-0123',
    languages: ['ko', 'en'],
  })
  expect(joined.status).toBe(303)
  return (joined.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

test('an organizer makes a phone bank from a universe and a script, and its list is put together', async () => {
  const db = installation.database.of(ours.organization_id)
  const { script_id } = await makeBank(world, ours.organizer, [])
  const saved = await saveUniverse(
    db,
    ours.organizer,
    { name: 'All', expression: 'status:active', note: null },
    installation.clock.now(),
    '2026-11-23',
  )
  if (!saved.ok) throw new Error('universe')
  const form = await (await organizer.get(`/phonebanks/new?universe=${saved.universe_id}`)).text()
  expect(form).toContain('value="09:00"')
  const filled = {
    universe_id: saved.universe_id,
    script_id,
    name_en: 'November calls',
    name_ko: '11월 전화',
    starts_on: '2026-11-23',
    ends_on: '2026-12-01',
    calling_starts: '09:00',
    calling_ends: '21:00',
    max_attempts: '3',
    retry_after_hours: '20',
    lane: 'non_partisan',
    languages: ['en', 'ko'],
  }
  const refused = await organizer.post('/phonebanks/new', { ...filled, ends_on: '2026-11-01' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('November calls')
  const past = await organizer.post('/phonebanks/new', { ...filled, starts_on: '2020-01-01', ends_on: '2020-02-01' })
  expect(past.status).toBe(422)
  expect(await past.text()).toContain('The last day is over already.')
  const made = await organizer.post('/phonebanks/new', filled)
  expect(made.status).toBe(303)
  // The browser goes back and the button is pressed again, twice at once: it is the same phone bank, and the page says so.
  const again = await Promise.all([1, 2].map(() => organizer.post('/phonebanks/new', filled)))
  for (const { headers } of again)
    expect(headers.get('location')).toBe(`${made.headers.get('location')}?said=made_already`)
  expect(await (await organizer.get(again[0]?.headers.get('location') ?? '')).text()).toContain('was made already')
  const ended = idOf(await organizer.post('/phonebanks/new', { ...filled, name_en: 'Once more' }))
  expect((await organizer.post(`/phonebanks/${ended}/end`, {})).status).toBe(303)
  expect(idOf(await organizer.post('/phonebanks/new', { ...filled, name_en: 'Once more' }))).not.toBe(ended)

  // Every language the organization writes in has its fields; one with a name is enough.
  const { owner } = installation.database
  const written = (languages: string[]) =>
    owner.updateTable('organization').set({ languages }).where('organization_id', '=', ours.organization_id).execute()
  await written(['zh', 'ko', 'vi'])
  const inChinese = await (await organizer.get('/phonebanks/new', { cookie: 'language=ko' })).text()
  for (const kind of ['name', 'candidate', 'note']) {
    for (const language of ['zh', 'ko', 'vi']) expect(inChinese).toContain(`name="${kind}_${language}"`)
    expect(inChinese).not.toContain(`name="${kind}_en"`)
  }
  expect(inChinese).toContain('이름(중국어)')
  // Calls are made in any language a voter may speak, in the hours the organization calls in.
  for (const language of ['ur', 'pl']) expect(inChinese).toContain(`name="languages" value="${language}"`)
  const hours = (calling_starts: string, calling_ends: string) =>
    owner.updateTable('organization').set({ calling_starts, calling_ends }).where('organization_id', '=', ours.organization_id).execute() // prettier-ignore
  await hours('10:30', '20:00')
  const later = await (await organizer.get('/phonebanks/new')).text()
  expect(later).toMatch(/name="calling_starts"[^>]*value="10:30"/)
  expect(later).toMatch(/name="calling_ends"[^>]*value="20:00"/)
  await hours('09:00', '21:00')
  const { name_en: _en, name_ko: _ko, ...others } = filled
  const texts = { name_zh: '', name_ko: '', name_vi: '', candidate_zh: '李', note_vi: 'Văn phòng' }
  const neutral = await organizer.post('/phonebanks/new', { ...others, ...texts, name_zh: '十一月電話' })
  expect(neutral.status).toBe(422)
  expect(await neutral.text()).toContain('non-partisan work is for no candidate')
  // A script that names a candidate needs one.
  const { script_id: speaks } = await createScript(
    db,
    ours.organizer,
    {
      name: 'For somebody',
      content: { ...testScript, closing: { en: 'Vote for {candidate}', ko: '{candidate, 을/를}' } },
    },
    installation.clock.now(),
  )
  const nobody = await organizer.post('/phonebanks/new', {
    ...others,
    ...{ lane: 'independent', name_ko: '전화', candidate_zh: '', script_id: speaks },
  })
  expect(nobody.status).toBe(422)
  expect(await nobody.text()).toContain('This script names a candidate.')
  others.lane = 'independent'
  const unnamed = await organizer.post('/phonebanks/new', { ...others, ...texts })
  expect(unnamed.status).toBe(422)
  expect(await unnamed.text()).toContain('id="name_ko-error"')
  const named = await organizer.post('/phonebanks/new', { ...others, ...texts, name_zh: '十一月電話' })
  expect(named.status).toBe(303)
  const chinese = await phoneBank(db, ours.organization_id, named.headers.get('location')?.split('/').at(-1) ?? '')
  expect(chinese).toMatchObject({
    name: { zh: '十一月電話' },
    candidate: { zh: '李' },
    caller_id_note: { vi: 'Văn phòng' },
  })
  await written(['en', 'ko'])
  const id = made.headers.get('location')?.split('/').at(-1) ?? ''
  const waiting = await (await organizer.get(`/phonebanks/${id}`)).text()
  expect(waiting).toContain('The list is being put together')
  // The page is opened anew once the list is there: its head and what a host does stand outside the part that moves.
  const news = /data-live="([^"]+)"/.exec(waiting)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const told = async (): Promise<string> => {
    const reader = (await organizer.get(news)).body?.getReader()
    const { value } = (await reader?.read()) ?? {}
    await reader?.cancel()
    return new TextDecoder().decode(value)
  }
  expect(await told()).not.toContain('data-go-on')
  await preparePhoneBank(installation.database.owner, ours.organizer, id, installation.clock.now())
  forgetBoards(installation, ours.organization_id, id)
  expect(await told()).toContain(`href="/phonebanks/${id}" data-go-on`)
  const shown = await dashboard(db, await phoneBank(db, ours.organization_id, id), installation.clock.now())
  expect(shown.progress).toEqual({ total: 30, done: 0, left: 30, closed: 0 })
  const html = await (await organizer.get(`/phonebanks/${id}`)).text()
  expect(html).toContain('Still to call')
  expect(html).toContain('<svg')
  expect(html).toContain('id="message"')
  expect(html).not.toMatch(/data-live="[^"]*preparing/)
  // A link others cannot open says so, and what to set.
  expect(html).toContain('HANPYO_URL')
  installation.url = 'https://vote.example.org'
  expect(await (await organizer.get(`/phonebanks/${id}`)).text()).not.toContain('HANPYO_URL')
  installation.url = 'http://localhost'
})

test('a caller joins by the link, sees only the voter in their hand, and nothing of the organization', async () => {
  const bank = await makeBank(world, ours.organizer, voter_ids)
  expect(await (await nobody.get(`/call/${bank.join_code}`)).text()).toContain('Start calling')
  const cookie = await join(bank.join_code)
  const session = (await (
    await nobody.get(`/call/${bank.phone_bank_id}/session`, { cookie, accept: 'application/json' })
  ).json()) as Session
  expect(session.caller.name).toBe('Kim Soon-ja')
  const turn = (await (
    await nobody.postJson(`/call/${bank.phone_bank_id}/next`, { holding: [], want: 1 }, { cookie })
  ).json()) as Turn
  expect(turn.cards).toHaveLength(1)
  const card = turn.cards[0]
  if (!card) throw new Error('no card')
  expect(card).toMatchObject({
    display_name: 'Young Hee Kim',
    age: 66,
    language: { code: 'ko', is_known: false },
    hangul: { is_guess: true },
  })
  expect(JSON.stringify(turn)).not.toContain('party')
  const recorded = await nobody.postJson(
    `/call/${bank.phone_bank_id}/calls`,
    {
      result: { ...resultOf(card, installation.clock.now()), disposition: 'canvassed', answers: { support: 1 } },
      holding: [],
      want: 1,
    },
    { cookie },
  )
  const { recorded: saved, turn: next } = (await recorded.json()) as RecordOutput
  expect(saved.outcome).toBe('recorded')
  expect(next.cards[0]?.voter_id).not.toBe(card.voter_id)
  // Another voter's number does not make a ticket.
  const other = await nobody.postJson(
    `/call/${bank.phone_bank_id}/calls`,
    { result: { ...resultOf(card, installation.clock.now()), voter_id: 30 }, holding: [], want: 0 },
    { cookie },
  )
  expect(((await other.json()) as RecordOutput).recorded).toMatchObject({ outcome: 'refused', problem: 'not_yours' })
  // A number no voter can have is refused before others who ask at that moment wait for it.
  const forged = { holding: [2_147_483_648], want: 0 }
  expect((await nobody.postJson(`/call/${bank.phone_bank_id}/next`, forged, { cookie })).status).toBe(422)
  // The cookie opens no other phone bank and no page of the organization.
  const second = await makeBank(world, ours.organizer, voter_ids)
  expect((await nobody.postJson(`/call/${second.phone_bank_id}/next`, { holding: [] }, { cookie })).status).toBe(401)
  for (const path of [
    '/phonebanks',
    `/phonebanks/${bank.phone_bank_id}`,
    `/phonebanks/${bank.phone_bank_id}/results`,
  ]) {
    expect((await nobody.get(path, { cookie })).status).toBe(303)
  }
  // The organizer reads what was answered beside the result: live, in the table, and of this voter.
  for (const path of ['', '/results', `/voters/${card.voter_id}`]) {
    const html = await (await organizer.get(`/phonebanks/${bank.phone_bank_id}${path}`)).text()
    expect(html, path).toMatch(/<dd class="inline font-semibold">1 Strong support/)
  }
})

test('a closed link lets nobody in, those who joined go on, ending stops everybody at once', async () => {
  const bank = await makeBank(world, ours.organizer, voter_ids.slice(10))
  const cookie = await join(bank.join_code)
  const next = async () =>
    (await (
      await nobody.postJson(`/call/${bank.phone_bank_id}/next`, { holding: [], want: 1 }, { cookie })
    ).json()) as Turn
  expect((await organizer.post(`/phonebanks/${bank.phone_bank_id}/close_link`, {})).status).toBe(303)
  expect(await (await nobody.get(`/call/${bank.join_code}`)).text()).toContain('This phone bank is closed')
  const late = await nobody.post(`/call/${bank.join_code}`, { name: 'X', reach: 'x@example.org', languages: 'en' })
  expect(late.headers.get('set-cookie')).toBeNull()
  expect((await next()).door).toBe('open')
  await organizer.post(`/phonebanks/${bank.phone_bank_id}/end`, {})
  expect(await next()).toMatchObject({ door: 'ended', cards: [] })
  const over = await (await nobody.get(`/call/${bank.join_code}`, { 'accept-language': 'ko' })).text()
  expect(over).toContain('전화 캠페인이 끝났습니다</h1>')
})

test('whoever joins is told of everything that is wrong at once', async () => {
  const bank = await makeBank(world, ours.organizer, voter_ids.slice(10, 11))
  const refused = await nobody.post(`/call/${bank.join_code}`, { name: ' ', reach: '718-555' })
  expect(refused.status).toBe(422)
  const html = await refused.text()
  for (const field of ['name', 'reach', 'languages']) expect(html).toContain(`id="${field}-error"`)
  expect(html).toContain('neither a phone number nor an e-mail address')
  expect(html).toContain('value="718-555"')
})

test('a removed caller is out at once, and in again where the host lets them', async () => {
  const bank = await makeBank(world, ours.organizer, voter_ids.slice(15))
  const cookie = await join(bank.join_code)
  const next = () => nobody.postJson(`/call/${bank.phone_bank_id}/next`, { holding: [], want: 1 }, { cookie })
  expect(((await (await next()).json()) as Turn).door).toBe('open')
  const db = installation.database.of(ours.organization_id)
  const { caller_id } = await db
    .selectFrom('phone_bank_caller')
    .select('caller_id')
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .executeTakeFirstOrThrow()
  const path = `/phonebanks/${bank.phone_bank_id}/callers/${caller_id}`
  expect(await (await organizer.get(`${path}/remove`)).text()).toContain('can call no more from that moment')
  await organizer.post(`${path}/remove`, {})
  expect((await (await next()).json()) as Turn).toMatchObject({ door: 'removed', cards: [] })
  // Listed, with the way back.
  expect(await (await organizer.get(`/phonebanks/${bank.phone_bank_id}`)).text()).toContain(`action="${path}/let_in"`)
  const let_in = async () => (await organizer.post(`${path}/let_in`, {})).headers.get('location')
  expect(await let_in()).toContain('said=caller_let_in')
  expect((await (await next()).json()) as Turn).toMatchObject({ door: 'open', cards: [{}] })
  expect(await let_in()).toContain('said=caller_not_let_in')
  expect((await stranger.post(`${path}/let_in`, {})).status).toBe(404)
  const trail = await db
    .selectFrom('audit_entry')
    .select('action')
    .where('subject_id', '=', caller_id)
    .orderBy('audit_id')
    .execute()
  expect(trail.map(({ action }) => action).slice(1)).toEqual(['phonebank.remove_caller', 'phonebank.let_in_caller'])
})

test('what lies on a device after the phone bank ended is taken by its ticket, under the name it was made by', async () => {
  const bank = await makeBank(world, ours.organizer, voter_ids.slice(20))
  const [caller, other] = [
    await addTestCaller(world, ours.organizer, bank),
    await addTestCaller(world, ours.organizer, bank),
  ]
  const [card] = (await caller.next()).turn.cards
  if (!card) throw new Error('nobody was handed out')
  const result = { ...resultOf(card, installation.clock.now()), disposition: 'refused' as const }
  const send = (caller_id: string, ticket: string) =>
    nobody.postJson(`/call/${bank.phone_bank_id}/kept`, { caller_id, result: { ...result, ticket } })
  await organizer.post(`/phonebanks/${bank.phone_bank_id}/end`, {})
  expect((await send(other.caller_id, card.ticket)).status).toBe(401)
  expect((await send(caller.caller_id, 'made up')).status).toBe(401)
  const sent = async () => ((await (await send(caller.caller_id, card.ticket)).json()) as RecordOutput).recorded
  expect(await sent()).toMatchObject({ outcome: 'recorded', problem: null })
  expect(await sent()).toMatchObject({ outcome: 'already_recorded' })
  const name = { kind: 'name', first_name: 'Yuna', last_name: '', name_hangul: '' }
  const tell = async (told: object, minutes: number) => {
    const at = installation.clock.now().getTime()
    const input = { told_id: randomUUID(), voter_id: card.voter_id, ticket: card.ticket, told }
    const times = { told_at: new Date(at - minutes * 60_000), sent_at: new Date(at) }
    const told_by = { caller_id: caller.caller_id, told: { ...input, ...times } }
    return (await nobody.postJson(`/call/${bank.phone_bank_id}/kept-told`, told_by)).json()
  }
  installation.clock.advance(45)
  // Heard before the end, or in a conversation that was under way; later only that they want nothing more.
  for (const minutes of [60, 30]) expect(await tell(name, minutes)).toMatchObject({ outcome: 'recorded' })
  expect(await tell(name, 5)).toEqual({ outcome: 'refused', problem: 'closed' })
  const no = { kind: 'consent', channel: 'text', is_given: false }
  expect(await tell(no, 5)).toMatchObject({ outcome: 'recorded' })
  expect(await tell({ ...no, channel: 'email', is_given: true, to: 'yuna@example.com' }, 5)).toMatchObject({
    problem: 'closed',
  })

  // Nothing of the voter comes back, whatever the old cookie asks; their own result they may take back.
  const cookie = `caller_${bank.phone_bank_id.slice(0, 8)}=${caller.token}`
  const get = async (what: string) =>
    (await nobody.get(`/call/${bank.phone_bank_id}/${what}`, { cookie, accept: 'application/json' })).text()
  const post = async (what: string, input: object) =>
    (await nobody.postJson(`/call/${bank.phone_bank_id}/${what}`, { holding: [], ...input }, { cookie })).json()
  const { attempt_id, phone } = result
  for (const what of ['session', 'recent']) expect(await get(what)).not.toContain('Young Hee')
  expect(JSON.parse(await get('recent'))).toEqual({ tally: { calls: 1, reached: 1, answered: 0 }, recent: [] })
  expect(await post('made', { attempt_id })).toMatchObject({ problem: 'too_late', made: null })
  expect(await post('return', { phone })).toMatchObject({ problem: 'unknown', turn: { door: 'ended', cards: [] } })
  expect(await post('take', { voter_id: card.voter_id })).toMatchObject({ problem: 'unknown', turn: { cards: [] } })
  expect(await post('at-home', {})).toEqual({ others: [] })
  const held = { holding: [card.voter_id], want: 1 }
  for (const what of ['next', 'extend']) expect(await post(what, held)).toMatchObject({ door: 'ended', cards: [] })
  expect(await post('batch', { ...held, lines: 5, hours: 1 })).toMatchObject({ door: 'ended', cards: [] })
  const release = { want: 1, voter_ids: [card.voter_id], why: 'skip' }
  expect(await post('release', release)).toMatchObject({ door: 'ended', cards: [] })
  const again = { result: { ...result, ticket: card.ticket }, want: 1 }
  expect(await post('calls', again)).toMatchObject({ recorded: { outcome: 'already_recorded' }, turn: { cards: [] } })
  const now = installation.clock.now()
  const late = { told_id: randomUUID(), voter_id: card.voter_id, ticket: card.ticket, told: name, told_at: now, sent_at: now } // prettier-ignore
  expect(await post('told', late)).toEqual({ outcome: 'refused', problem: 'closed' })
  expect(await post('untell', { told_id: late.told_id })).toEqual({ outcome: 'refused', problem: 'unknown' })
  const undo = () => post('undo', { attempt_id })
  expect(await undo()).toMatchObject({ undone: true, turn: { door: 'ended', cards: [] } })
  expect(await undo()).toMatchObject({ undone: false, problem: 'unknown' })
  const db = installation.database.of(ours.organization_id)
  const made = await db
    .selectFrom('contact_attempt')
    .select(['caller_id', 'disposition'])
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .execute()
  expect(made).toEqual([{ caller_id: caller.caller_id, disposition: 'refused' }])
})

test('the calling page of an ended phone bank is gone, so that no device keeps it in place of the one it had', async () => {
  const bank = await makeBank(world, ours.organizer, voter_ids.slice(20))
  const cookie = await join(bank.join_code)
  await organizer.post(`/phonebanks/${bank.phone_bank_id}/end`, {})
  const ended = await nobody.get(`/call/${bank.phone_bank_id}`, { cookie })
  expect(ended.status).toBe(410)
  expect(await ended.text()).toContain('data-island="kept-results"')
})

test('who has neither link nor camera types the code, with capitals and a space as it is written on the wall', async () => {
  const bank = await makeBank(world, ours.organizer, voter_ids.slice(20))
  const code = `${bank.join_code.slice(0, 5)} ${bank.join_code.slice(5)}`
  expect(await (await organizer.get(`/phonebanks/${bank.phone_bank_id}`)).text()).toContain(code)
  const typed = await nobody.get(`/call?code=${encodeURIComponent(code.toUpperCase())}`)
  expect(typed.status).toBe(303)
  expect(typed.headers.get('location')).toBe(`/call/${bank.join_code}`)
  const wrong = await nobody.get('/call?code=abc')
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('value="abc"')
})

test('a script with a gap nobody filled in is refused with words, for a new phone bank and for one that runs', async () => {
  const db = installation.database.of(ours.organization_id)
  const bank = await makeBank(world, ours.organizer, voter_ids.slice(20))
  const saved = await currentVersion(db, bank.script_id)
  if (!saved) throw new Error('no script')
  await saveScript(
    db,
    ours.organizer,
    bank.script_id,
    { version: saved.version, saved_at: saved.created_at },
    { name: saved.name, content: { ...testScript, closing: { en: 'Vote at [fill in]', ko: '고맙습니다' } } },
    installation.clock.now(),
  )
  const newest = await organizer.post(`/phonebanks/${bank.phone_bank_id}/use_script`, {
    version: String(saved.version + 1),
  })
  expect(newest.headers.get('location')).toContain('said=script_not_ready')
  expect(await (await organizer.get(newest.headers.get('location') ?? '')).text()).toContain(
    'This script cannot be used yet',
  )
  const copied = await organizer.post(`/phonebanks/${bank.phone_bank_id}/copy`, {})
  expect(copied.headers.get('location')).toContain('not_made=script_not_ready')
  await expect(useScript(db, ours.organizer, bank.phone_bank_id, 'newest', installation.clock.now())).rejects.toThrow(
    ScriptNotReady,
  )
})

test('a host goes back to an earlier version of the script, changes the hours and ends it', async () => {
  const db = installation.database.of(ours.organization_id)
  const bank = await makeBank(world, ours.organizer, voter_ids.slice(22))
  const first = await currentVersion(db, bank.script_id)
  if (!first) throw new Error('no script')
  await useScript(db, ours.organizer, bank.phone_bank_id, 'newest', installation.clock.now())
  await saveScript(
    db,
    ours.organizer,
    bank.script_id,
    { version: first.version, saved_at: first.created_at },
    { name: first.name, content: { ...testScript, closing: { en: 'Bye', ko: '들어가세요' } } },
    installation.clock.now(),
  )
  const host = world.as({ ...ours.organizer, roles: ['host'] }, routes)
  const base = `/phonebanks/${bank.phone_bank_id}`
  const versionNow = async () => (await phoneBank(db, ours.organization_id, bank.phone_bank_id)).script_version
  const newer = `A newer version of the script is there: ${first.version + 1}`
  expect(await (await host.get(base)).text()).toContain(newer)
  const seen = String(first.version + 1)
  await host.post(`${base}/use_script`, { version: seen, newest: seen })
  expect(await versionNow()).toBe(first.version + 1)
  expect(await (await host.get(base)).text()).not.toContain(newer)
  await host.post(`${base}/use_script`, { version: String(first.version), newest: seen })
  expect(await versionNow()).toBe(first.version)
  // Who went back on purpose is not asked again, but by a version they have not seen.
  const gone_back = await (await host.get(base)).text()
  expect(gone_back).not.toContain(newer)
  expect(gone_back).toContain('Take another version')
  const second = await currentVersion(db, bank.script_id)
  if (!second) throw new Error('no script')
  await saveScript(
    db,
    ours.organizer,
    bank.script_id,
    { version: second.version, saved_at: second.created_at },
    { name: first.name, content: { ...testScript, closing: { en: 'Goodbye', ko: '안녕히 계세요' } } },
    installation.clock.now(),
  )
  // Whoever stays sets no version, and passes by no more than they were shown.
  await host.post(`${base}/use_script`, { newest: seen })
  expect(await versionNow()).toBe(first.version)
  const newest = `A newer version of the script is there: ${second.version + 1}`
  expect(await (await host.get(base)).text()).toContain(newest)
  await host.post(`${base}/use_script`, { newest: String(second.version + 1) })
  expect(await (await host.get(base)).text()).not.toContain(newest)
  expect((await host.post(`${base}/use_script`, { version: 'abc' })).status).toBe(404)
  expect((await host.post(`${base}/use_script`, { version: '99' })).status).toBe(404)
  expect((await host.post(`${base}/copy`, {})).status).toBe(403)
  await host.post(`${base}/end`, {})
  expect((await phoneBank(db, ours.organization_id, bank.phone_bank_id)).ended_at).not.toBeNull()
})

test('a caller may say any language voters are handed on to', async () => {
  const bank = await makeBank(world, ours.organizer, voter_ids.slice(24))
  const html = await (await nobody.get(`/call/${bank.join_code}`)).text()
  for (const language of ['한국어', 'Tiếng Việt', 'Русский', 'اردو', 'Polski']) expect(html).toContain(language)
  const joined = await nobody.post(`/call/${bank.join_code}`, { name: 'Linh', reach: '212 555 0133', languages: 'vi' })
  expect(joined.status).toBe(303)
})

test('wrong codes are counted: after thirty, the right one is not even looked for', async () => {
  for (let i = 0; i < 31; i++) await nobody.get('/call/aaaaaaaaaa')
  expect((await nobody.get('/call/bbbbbbbbbb')).status).toBe(404)
})

test('a host puts right what callers read and the languages of the calls; callers see it, the trail keeps it', async () => {
  const bank = await makeBank(world, ours.organizer, voter_ids)
  const { owner } = installation.database
  const { phone_bank_id } = bank
  const base = `/phonebanks/${phone_bank_id}`
  const caller = await join(bank.join_code)
  const session = async () =>
    (await (await nobody.get(`/call/${phone_bank_id}/session`, { cookie: caller })).json()) as Session
  await owner
    .updateTable('phone_bank')
    .set({ candidate: JSON.stringify({ en: 'Grace Lee', zh: '李' }), lane: 'independent' })
    .where('phone_bank_id', '=', phone_bank_id)
    .execute()
  const words = { name_en: 'June calls', name_ko: '6월 전화', candidate_en: 'Grace Rhee', candidate_ko: '이은혜', note_en: 'The number is our office', note_ko: '' } // prettier-ignore
  const refused = await organizer.post(`${base}/words`, {
    ...words,
    name_en: ' ',
    name_ko: '',
    languages: ['ko', 'zh'],
  })
  expect(refused.status).toBe(422)
  const again = await refused.text()
  expect(again).toContain('value="Grace Rhee"')
  expect(again).toMatch(/value="zh"[^>]*checked|checked=""[^>]*value="zh"/)
  const host = world.as(ours.actor(['host']), routes)
  const neutral = await makeBank(world, ours.organizer, voter_ids)
  const named = await host.post(`/phonebanks/${neutral.phone_bank_id}/words`, { ...words, languages: ['ko'] })
  expect([named.status, await named.text()]).toEqual([
    422,
    expect.stringContaining('for no candidate. Leave the name out'),
  ])
  expect(
    (await world.as(ours.actor(['caller']), routes).post(`${base}/words`, { ...words, languages: 'ko' })).status,
  ).toBe(403)
  expect((await host.post(`${base}/words`, { ...words, languages: ['ko', 'zh'] })).status).toBe(303)
  const now = await session()
  expect(now).toMatchObject({ candidate: { en: 'Grace Rhee', ko: '이은혜', zh: '李' } })
  // What is written in Chinese already has its fields, whatever the organization writes in now.
  const settings = await (await host.get(base)).text()
  expect(settings).toContain('Candidate in Chinese')
  expect(settings).toMatch(/name="candidate_zh"[^>]*value="李"|value="李"[^>]*name="candidate_zh"/)
  expect(settings).not.toContain('name="note_vi"')
  expect(now.phone_bank).toMatchObject({
    name: { en: 'June calls', ko: '6월 전화' },
    languages: ['ko', 'zh'],
    caller_id_note: { en: 'The number is our office' },
  })
  const entry = await owner
    .selectFrom('audit_entry')
    .selectAll()
    .where('action', '=', 'phonebank.update')
    .where('subject_id', '=', phone_bank_id)
    .executeTakeFirstOrThrow()
  expect(entry).toMatchObject({
    before: { candidate: { en: 'Grace Lee' } },
    after: { candidate: { en: 'Grace Rhee' } },
  })
  // Two hosts had the page open: the second keeps what was typed and reads what the first saved.
  const opened = await (await host.get(base)).text()
  const mine = { ...words, languages: ['ko', 'zh'], candidate_en: 'G. Rhee' }
  expect((await host.post(`${base}/words`, { ...mine, candidate_en: 'Grace Rhee-Kim' })).status).toBe(303)
  const late = await host.post(`${base}/words`, { ...mine, seen: seenIn(opened, 'name') })
  expect(late.status).toBe(409)
  expect(await late.text()).toMatch(/value="G. Rhee".*id="candidate_en-saved"[^>]*>[^<]*<strong>Grace Rhee-Kim</)
  const when = JSON.parse(seenIn(opened, 'starts_on')) as Record<string, string>
  const stored = () =>
    owner
      .selectFrom('phone_bank')
      .select(['goal_contacts', 'max_attempts'])
      .where('phone_bank_id', '=', phone_bank_id)
      .executeTakeFirstOrThrow()
  const typed = { ...when, goal_contacts: '700', seen: JSON.stringify(when) }
  expect((await host.post(`${base}/settings`, { ...when, max_attempts: '9' })).status).toBe(303)
  const conflict = await host.post(`${base}/settings`, typed)
  expect(conflict.status).toBe(409)
  const days = await conflict.text()
  expect(days).toMatch(/<details id="settings"[^>]* open/)
  expect(days).toMatch(/<input(?=[^>]*id="goal_contacts")(?=[^>]*value="700")/)
  expect(days).toMatch(/id="max_attempts-saved"[^>]*>[^<]*<strong>9</)
  expect(days).not.toContain('id="goal_contacts-saved"')
  expect(await stored()).toMatchObject({ max_attempts: 9, goal_contacts: Number(when.goal_contacts) || null })
  // Read and sent again, it counts; both changes stand.
  const both = { ...typed, max_attempts: '9', seen: seenIn(days, 'starts_on') }
  expect((await host.post(`${base}/settings`, both)).status).toBe(303)
  expect(await stored()).toEqual({ goal_contacts: 700, max_attempts: 9 })
  const past = await host.post(`${base}/settings`, { ...when, starts_on: '2020-01-01', ends_on: '2020-02-01' })
  expect(past.status).toBe(422)
  expect(await past.text()).toContain('The last day is over already.')
  const way = await organizer.post(`${base}/way`, { way_of_calling: 'by pigeon' })
  expect(way.status).toBe(422)
  expect(await way.text()).toContain('id="way_of_calling-error"')
  expect((await organizer.post(`${base}/way`, { way_of_calling: 'own_phone' })).headers.get('location')).toContain(
    'saved#way',
  )
})

test('another organization finds nothing', async () => {
  const bank = await makeBank(world, ours.organizer, voter_ids)
  const base = `/phonebanks/${bank.phone_bank_id}`
  for (const path of [base, `${base}/results`, `${base}/voters/1`, `${base}/call`]) {
    expect((await stranger.get(path)).status, path).toBe(404)
  }
  for (const path of ['end', 'pause', 'results.csv', 'settings', 'way', 'words'].map((each) => `${base}/${each}`)) {
    expect((await stranger.post(path, {})).status, path).toBe(404)
  }
})

test('results as a table and as CSV with Hangul readable in Excel, the export in the audit trail', async () => {
  const bank = await makeBank(world, ours.organizer, voter_ids)
  const made = await callAround(await addTestCaller(world, ours.organizer, bank, ['ko', 'en'], '김순자'), 16)
  expect(made).toBe(16)
  const html = await (await organizer.get(`/phonebanks/${bank.phone_bank_id}`)).text()
  expect(html).toContain('김순자')
  expect((await organizer.get(`/phonebanks/${bank.phone_bank_id}/results`)).status).toBe(200)
  expect((await organizer.get(`/phonebanks/${bank.phone_bank_id}/voters/1`)).status).toBe(200)
  const unaccepted = await organizer.post(`/phonebanks/${bank.phone_bank_id}/results.csv`, { form: 'words' })
  expect(unaccepted.status).toBe(422)
  expect(await unaccepted.text()).toContain('Accept this first')
  const csv = await organizer.post(`/phonebanks/${bank.phone_bank_id}/results.csv`, { law: 'yes' })
  const bytes = new Uint8Array(await csv.arrayBuffer())
  expect(Array.from(bytes.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf])
  const lines = new TextDecoder().decode(bytes).trim().split('\r\n')
  expect(lines).toHaveLength(made + 1)
  expect(lines[0]).toContain('State voter id,State,Family name,Given name,')
  expect(lines[1]).toMatch(/^[^,]+,NY,/)
  expect(lines[1]).toMatch(/,\(?\d{3}\)?[ -]\d{3}-\d{4},/)
  // Sortable in a spreadsheet, in every language.
  expect(lines.slice(1).every((line) => /,\d{4}-\d\d-\d\d \d\d:\d\d,/.test(line))).toBe(true)
  expect(csv.headers.get('content-disposition')).not.toContain('codes')
  const codes = await organizer.post(`/phonebanks/${bank.phone_bank_id}/results.csv`, { form: 'codes', law: 'yes' })
  const coded = (await codes.text()).trim().split('\r\n')
  expect(coded[0]).toMatch(
    /state_voter_id,state,last_name,first_name,middle_name,name_hangul,phone,attempted_at,result,spoke_with,caller,language,support,plan,note,/,
  )
  expect(coded).toHaveLength(made + 1)
  expect(coded.slice(1).every((line) => /,\+1\d{10},\d{4}-\d\d-\d\dT/.test(line))).toBe(true)
  const trail = await installation.database
    .of(ours.organization_id)
    .selectFrom('audit_entry')
    .select('after')
    .where('action', '=', 'phonebank.export')
    .orderBy('audit_id')
    .execute()
  expect(trail).toEqual([
    { after: { rows: made, form: 'words', law_accepted: true } },
    { after: { rows: made, form: 'codes', law_accepted: true } },
  ])
})

test('answers are exported in the words of the script, also those to a question a newer version no longer asks', async () => {
  const bank = await makeBank(world, ours.organizer, voter_ids)
  const caller = await addTestCaller(world, ours.organizer, bank, ['ko', 'en'], '이순자')
  const card = (await caller.next()).turn.cards[0]
  if (!card) throw new Error('no card')
  await caller.record(card, { answers: { support: 2, plan: true } }, { want: 0 })
  const db = installation.database.of(ours.organization_id)
  const shorter = { ...testScript, steps: testScript.steps.filter((step) => step.key !== 'support') }
  const before = await currentVersion(db, bank.script_id)
  if (!before) throw new Error('no script')
  const edited = { version: before.version, saved_at: before.created_at }
  const draft = { name: 'Shorter', content: shorter }
  await saveScript(db, ours.organizer, bank.script_id, edited, draft, installation.clock.now())
  await organizer.post(`/phonebanks/${bank.phone_bank_id}/use_script`, { version: '2' })
  const korean = await organizer.post(
    `/phonebanks/${bank.phone_bank_id}/results.csv`,
    { law: 'yes' },
    { cookie: 'language=ko' },
  )
  const [head = '', row = ''] = (await korean.text()).trim().split('\r\n')
  expect(head).toContain('주 유권자 번호')
  expect(head).toContain('투표하실 건가요?,지지하시나요?')
  expect(row).toContain(',예,2 지지하는 편,')
  expect(row).toMatch(/,\d{4}-\d\d-\d\d \d\d:\d\d,/)
  const stranger_csv = await stranger.post(`/phonebanks/${bank.phone_bank_id}/results.csv`, { law: 'yes' })
  expect(stranger_csv.status).toBe(404)
})

test('results are filtered by one answer of the script, with its count, and leave as a file so', async () => {
  const ids = [101, 102, 103, 104, 105]
  await addVoters(
    installation.database.owner,
    ids.map((voter_id) => ({ voter_id })),
  )
  const bank = await makeBank(world, ours.organizer, ids)
  const caller = await addTestCaller(world, ours.organizer, bank)
  const calls = [{ support: 1, plan: true }, { support: 1 }, { support: 4, plan: false }, { support: 1 }, null]
  const made: string[] = []
  for (const answers of calls) {
    const [card] = (await caller.next()).turn.cards
    if (!card) throw new Error('nobody was handed out')
    const said = answers ? { disposition: 'canvassed' as const, answers } : { disposition: 'refused' as const }
    made.push((await caller.record(card, said, { want: 0 })).recorded?.attempt_id ?? '')
  }
  const base = `/phonebanks/${bank.phone_bank_id}`
  await organizer.post(`${base}/attempts/${made[3]}/undo`, {})
  const listed = async (query: string) => {
    const html = await (await organizer.get(`${base}/results?${query}`)).text()
    return { html, rows: [...html.matchAll(/scope="row"/g)].length }
  }
  const chosen = await listed('answer=support%3A1')
  expect(chosen.rows).toBe(2) // the third was taken back
  expect(chosen.html).toContain('2 results fit')
  expect(chosen.html).toMatch(/value="support:1" selected="">1 Strong support \(2\)</)
  expect(chosen.html).toMatch(/value="plan:true">Yes \(1\)</)
  expect(chosen.html).toContain(`action="${base}/results.csv?answer=support%3A1"`)
  expect((await listed('answer=plan')).rows).toBe(2)
  expect((await listed('disposition=refused')).rows).toBe(1)
  const none = await listed('answer=support%3A3')
  expect(none.html).toContain('No result fits')
  // What nobody asked filters nothing.
  for (const answer of ['colour', 'support%3A9', 'plan%3Amaybe'])
    expect((await listed(`answer=${answer}`)).rows).toBe(5)

  const file = async (query: string, form: string) => {
    const text = await (await organizer.post(`${base}/results.csv?${query}`, { law: 'yes', form })).text()
    return text.trim().split('\r\n').slice(1)
  }
  const filed = (await file('answer=support%3A1', 'codes')).flatMap(
    (line) => made.find((id) => line.includes(id)) ?? [],
  )
  expect(filed.toSorted()).toEqual(made.slice(0, 2).toSorted())
  expect(await file('answer=support%3A1', 'van')).toHaveLength(2)
  expect(await file('disposition=refused', 'codes')).toHaveLength(1)
  expect(await file('', 'codes')).toHaveLength(5)
  const refused = await organizer.post(`${base}/results.csv?answer=support%3A1`, { form: 'codes' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('The file holds the 2 results chosen below, not all.')
  const [entry] = await installation.database
    .of(ours.organization_id)
    .selectFrom('audit_entry')
    .select('after')
    .where('action', '=', 'phonebank.export')
    .where('subject_id', '=', bank.phone_bank_id)
    .orderBy('audit_id')
    .limit(1)
    .execute()
  expect(entry?.after).toMatchObject({ rows: 2, form: 'codes', answer: 'support:1' })
})

test('an ended phone bank has nobody ready to call', async () => {
  const bank = await makeBank(world, ours.organizer, voter_ids)
  await (await addTestCaller(world, ours.organizer, bank)).next()
  const page = async (path: string) => (await organizer.get(path)).text()
  const before = await page(`/phonebanks/${bank.phone_bank_id}`)
  for (const each of ['Ready, not called yet', '1 caller now', 'has a voter', '/remove"'])
    expect(before).toContain(each)
  await organizer.post(`/phonebanks/${bank.phone_bank_id}/end`, {})
  const ended = await page(`/phonebanks/${bank.phone_bank_id}`)
  expect(ended).not.toContain('Ready, not called yet')
  expect(ended).not.toContain('Still to call')
  // Nobody calls any more, whoever was there a moment ago.
  expect(ended).toContain('away, seen')
  expect(ended).not.toMatch(/callers? now|resting|has a voter|\/remove"/)
  expect(ended).toContain(`0 of ${voter_ids.length} done, ${voter_ids.length} left over at the end`)
})

test('a host takes a result back', async () => {
  const bank = await makeBank(world, ours.organizer, voter_ids)
  await callAround(await addTestCaller(world, ours.organizer, bank), 1)
  const db = installation.database.of(ours.organization_id)
  const { attempt_id } = await db
    .selectFrom('contact_attempt')
    .select('attempt_id')
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .executeTakeFirstOrThrow()
  const undone = await organizer.post(`/phonebanks/${bank.phone_bank_id}/attempts/${attempt_id}/undo`, {})
  expect(undone.headers.get('location')).toContain('said=undone')
  const shown = await dashboard(
    db,
    await phoneBank(db, ours.organization_id, bank.phone_bank_id),
    installation.clock.now(),
  )
  expect(shown.totals.attempts).toBe(0)
  expect(shown.progress.left).toBe(30)
})

test('who talks on their own telephone keeps the voter beyond the lease, and the host sees that they talk', async () => {
  const [voter = 0] = [91_001]
  await addVoters(installation.database.owner, [{ voter_id: voter }])
  const bank = await makeBank(world, ours.organizer, [voter])
  const cookie = await join(bank.join_code)
  const [one, two] = [
    await addTestCaller(world, ours.organizer, bank),
    await addTestCaller(world, ours.organizer, bank),
  ]
  const post = async (path: string, body: object) =>
    (await nobody.postJson(`/call/${bank.phone_bank_id}/${path}`, body, { cookie })).json() as Promise<Turn>
  expect((await post('next', { holding: [], want: 1 })).cards.map(({ voter_id }) => voter_id)).toEqual([voter])
  await post('extend', { holding: [voter], talking_to: voter })
  const states = async () => {
    const shown = await phoneBank(
      installation.database.of(ours.organization_id),
      ours.organization_id,
      bank.phone_bank_id,
    )
    const { callers, callers_now } = await dashboard(
      installation.database.of(ours.organization_id),
      shown,
      installation.clock.now(),
    )
    return [callers_now, ...callers.map((caller) => callerState(caller, installation.clock.now())).toSorted()]
  }
  installation.clock.advance(25)
  expect((await one.next()).turn.cards).toEqual([])
  // Their page sleeps, and they count as calling.
  expect(await states()).toEqual([2, 'away', 'resting', 'talking'])
  // The page went away in the middle: somebody rang there, so nobody rings again at once.
  installation.clock.advance(6)
  // Nobody asks for a voter meanwhile: the host sees all the same that it is over.
  await watchPhoneBanks(installation)
  expect(await states()).toEqual([0, 'away', 'away', 'away'])
  const { turn } = await two.next()
  expect(turn.cards).toEqual([])
  expect(turn.empty).toMatchObject({ reason: 'resting', count: 1 })
  expect(await states()).not.toContain('talking')
  installation.clock.advance(25 * 60)
  expect((await two.next()).turn.cards.map(({ voter_id }) => voter_id)).toEqual([voter])
})

import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { expect, test } from 'vitest'
import { makeWorld } from '../../platform/testing/world.ts'
import { permissions } from '../access/permissions.ts'
import { savePhone } from '../people/commands.ts'
import { search } from '../people/search/queries.ts'
import { isCostly } from '../voterfile/rules/costly.ts'
import { changeUniverse, saveUniverse } from '../targeting/commands.ts'
import { callRoutes } from './call-routes.tsx'
import { undoAttempt } from './commands.ts'
import { joinAsMember, letInAgain, removeCaller } from './callers/commands.ts'
import { solveFollowUp } from './follow-ups/commands.ts'
import { followUps } from './follow-ups/queries.ts'
import { openMember } from './follow-ups/walk-up.ts'
import { addTargets, addUniverse, preparePhoneBank } from './targets/commands.ts'
import { dashboard, phoneBank, standings } from './dashboard.ts'
import { phoneBankRoutes } from './routes.tsx'
import { addTestCaller, addVoters, makeBank, phoneOf, type TestBank } from './testing.ts'

const world = await makeWorld()
const { installation, ours } = world
const { owner } = installation.database
const { organization_id, organizer } = ours
const db = installation.database.of(organization_id)
const http = world.as(organizer, [callRoutes, phoneBankRoutes])
const nobody = world.as(null, [callRoutes, phoneBankRoutes])
const now = () => installation.clock.now()
let last = 0

async function voters(count: number, more: object = {}): Promise<number[]> {
  const ids = Array.from({ length: count }, () => ++last)
  await addVoters(
    owner,
    ids.map((voter_id) => ({ voter_id, ...more })),
  )
  return ids
}

const stateOf = (bank: TestBank, voter_id: number) =>
  db
    .selectFrom('phone_bank_target')
    .select(['state', 'why', 'attempts'])
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .where('voter_id', '=', voter_id)
    .executeTakeFirstOrThrow()

test('a refreshed list adds who matches by now, and lets go who no longer does, called before or not', async () => {
  const [a = 0, b = 0, c = 0] = await voters(3, { county: 'kings' })
  const bank = await makeBank(world, organizer, [], { expression: 'county:kings' })
  const prepare = () => preparePhoneBank(owner, organizer, bank.phone_bank_id, now())
  expect(await prepare()).toEqual({ added: 3, withdrawn: 0 })
  const caller = await addTestCaller(world, organizer, bank)
  const card = (await caller.next()).turn.cards[0]
  if (!card) throw new Error('no card')
  await caller.record(card, { disposition: 'no_answer' }, { want: 0 })
  const [one = 0, two = 0] = [a, b, c].filter((id) => id !== card.voter_id)
  const move = (county: string, ids: number[]) =>
    owner.updateTable('voter_record').set({ county }).where('voter_id', 'in', ids).execute()
  await move('queens', [card.voter_id, one])
  expect(await prepare()).toEqual({ added: 0, withdrawn: 2 })
  expect(await stateOf(bank, one)).toMatchObject({ state: 'suppressed', why: 'not_in_universe' })
  expect(await stateOf(bank, two)).toMatchObject({ state: 'ready' })
  expect(await stateOf(bank, card.voter_id)).toMatchObject({ state: 'suppressed', why: 'not_in_universe', attempts: 1 })
  const html = await (await http.get(`/phonebanks/${bank.phone_bank_id}`)).text()
  expect(html).toContain('0 added, 2 taken off')
  expect(html).toContain('no longer in the universe')
  await move('kings', [card.voter_id, one])
  expect(await prepare()).toEqual({ added: 0, withdrawn: 0 })
  expect(await stateOf(bank, one)).toMatchObject({ state: 'ready', why: null })
  // With the rest after the try they had.
  expect(await stateOf(bank, card.voter_id)).toMatchObject({ state: 'waiting', why: 'resting', attempts: 1 })
  expect((await caller.next({ holding: [] })).turn.cards.map(({ voter_id }) => voter_id)).not.toContain(card.voter_id)
})

test('a universe that is added a second time, or was there from the start, changes nothing', async () => {
  const { phone_bank_id } = await makeBank(world, organizer, [], { expression: 'age:60-' })
  const add = (expression: string) => addUniverse(db, organizer, phone_bank_id, expression)
  for (const expression of ['age:60-', 'age:18-34', 'age:18-34', 'age:60-']) await add(expression)
  const { expression } = await phoneBank(db, organization_id, phone_bank_id)
  expect(expression).toBe('(age:60-) or (age:18-34)')
})

test('who comes to a list is looked up alone, not with everybody of the voter file', async () => {
  const ids = await voters(2000)
  await sql`analyze voter_record`.execute(owner)
  const bank = await makeBank(world, organizer, [])
  const asked = await owner.transaction().execute(async (tx) => {
    await sql`set local track_functions = 'all'`.execute(tx)
    await addTargets(tx, organizer, bank.phone_bank_id, ids.slice(-400), now())
    const { rows } = await sql<{ calls: number }>`select calls::integer from pg_stat_xact_user_functions
      where funcname = 'numbers_to_call'`.execute(tx)
    return rows[0]?.calls
  })
  expect(asked).toBe(400)
})

test('who waits for the organizer outlasts every refresh of the list, also somebody at home who never was on it', async () => {
  const home = { county: 'richmond', household_key: 9_077 }
  const [listed = 0, passed_on = 0] = await voters(2, home)
  const [at_home = 0] = await voters(1, { ...home, county: 'queens' })
  const bank = await makeBank(world, organizer, [], { expression: 'county:richmond', rules: { household: 'apart' } })
  const prepare = () => preparePhoneBank(owner, organizer, bank.phone_bank_id, now())
  await prepare()
  const caller = await addTestCaller(world, organizer, bank)
  const [card] = (await caller.next()).turn.cards
  if (!card) throw new Error('no card')
  const { phone_bank_id } = bank
  const joined = { organization_id, phone_bank_id, caller_id: caller.caller_id, name: 'Grace', languages: ['en', 'ko'] }
  expect(await openMember(db, joined, at_home, now())).toMatchObject({ problem: null })
  const hand = (await caller.ask({ holding: [card.voter_id], want: 0 })).turn.cards
  const member = hand.find(({ voter_id }) => voter_id === at_home)
  if (!member) throw new Error('nobody at home')
  const flagged = { follow_ups: [{ kind: 'organizer' as const, note: 'Asks for Mr. Han' }] }
  await caller.record(member, { disposition: 'not_available', ...flagged }, { want: 0 })
  await caller.record(card, { disposition: 'not_available', ...flagged }, { want: 0 })
  const other = card.voter_id === listed ? passed_on : listed
  await db
    .updateTable('phone_bank_target')
    .set({ state: 'waiting', why: 'handed_on', language: 'zh', is_language_known: true })
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .where('voter_id', '=', other)
    .execute()
  await owner
    .updateTable('voter_record')
    .set({ county: 'queens' })
    .where('voter_id', 'in', [listed, passed_on])
    .execute()
  expect(await prepare()).toEqual({ added: 0, withdrawn: 0 })
  const waits = { state: 'waiting', why: 'organizer' }
  expect(await stateOf(bank, at_home)).toMatchObject(waits)
  expect(await stateOf(bank, card.voter_id)).toMatchObject(waits)
  expect(await stateOf(bank, other)).toMatchObject({ state: 'waiting', why: 'handed_on' })
  // “Call again” is one more call, kept as promised; “finish” is the end.
  const tasks = await db.selectFrom('follow_up').select(['follow_up_id', 'voter_id']).execute()
  const solve = (voter_id: number, release: 'call' | 'finish') =>
    solveFollowUp(
      db,
      organizer,
      tasks.find((task) => task.voter_id === voter_id)?.follow_up_id ?? '',
      { solution: '', release },
      now(),
    )
  await solve(at_home, 'call')
  await solve(card.voter_id, 'finish')
  await prepare()
  expect(await stateOf(bank, at_home)).toMatchObject({ state: 'waiting', why: 'call_back' })
  expect(await stateOf(bank, card.voter_id)).toMatchObject({ state: 'finished', why: 'organizer' })
})

test('where every voter stands: who rested long enough is ready, and the rows are the whole list', async () => {
  const ids = await voters(4)
  const bank = await makeBank(world, organizer, ids)
  const caller = await addTestCaller(world, organizer, bank)
  const card = (await caller.next()).turn.cards[0]
  if (!card) throw new Error('no card')
  await caller.record(card, { disposition: 'no_answer' }, { want: 0 })
  const rows = async () =>
    (await standings(db, await phoneBank(db, organization_id, bank.phone_bank_id), now())).map(
      ({ state, why, count }) => [state, why, count],
    )
  expect(await rows()).toEqual([
    ['ready', null, 3],
    ['waiting', 'resting', 1],
  ])
  installation.clock.advance(25 * 60)
  expect(await rows()).toEqual([
    ['ready', null, 3],
    ['waiting', 'again', 1],
  ])
  const shown = await dashboard(db, await phoneBank(db, organization_id, bank.phone_bank_id), now())
  expect(shown.standings.reduce((sum, row) => sum + row.count, 0)).toBe(shown.progress.total)
})

test('a number no telephone can have is never handed out; the host reads for how many there is no other', async () => {
  const [none = 0, wrong = 0, both = 0] = await voters(3, { phones: [] })
  // No area code 999; the third has a good one too.
  await sql`insert into voter_phone (voter_id, phone, quality, matched_by, source, received_on) values
    (${wrong}, '+19995550123', 90, 'state_id', 'test', '2026-10-01'), (${both}, '+19995550124', 90, 'state_id', 'test', '2026-10-01'),
    (${both}, ${phoneOf(both)}, 10, 'state_id', 'test', '2026-10-01')`.execute(owner)
  const bank = await makeBank(world, organizer, [none, wrong, both])
  const caller = await addTestCaller(world, organizer, bank)
  const { cards } = (await caller.next({ want: 3 })).turn
  expect(cards.map(({ voter_id, phones }) => [voter_id, phones.map(({ phone }) => phone)])).toEqual([
    [both, [phoneOf(both)]],
  ])
  const rows = async () => {
    const found = await standings(db, await phoneBank(db, organization_id, bank.phone_bank_id), now())
    return Object.fromEntries(found.map(({ state, why, count }) => [why ?? state, count]))
  }
  expect(await rows()).toEqual({ leased: 1, no_number: 1, invalid_number: 1 })
  await db
    .updateTable('phone_bank')
    .set({ prepared_at: now() })
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .execute()
  const html = await (await http.get(`/phonebanks/${bank.phone_bank_id}`)).text()
  expect(html).toContain('Not called: not a valid number')
  // Found out meanwhile, in both directions.
  await savePhone(db, organizer, `v${none}`, {
    phone: '(999) 555-0125',
    kind: 'mobile',
    quality: 'unknown',
    is_preferred: false,
  })
  await savePhone(db, organizer, `v${wrong}`, {
    phone: phoneOf(wrong),
    kind: 'mobile',
    quality: 'unknown',
    is_preferred: false,
  })
  expect(await rows()).toEqual({ leased: 1, ready: 1, invalid_number: 1 })
})

test('a number that costs whoever rings it is on no card, wherever it is from; the host reads for how many there is no other', async () => {
  const costly = '+19005550101'
  const [alone = 0, both = 0] = await voters(2, { phones: [] })
  await sql`insert into voter_phone (voter_id, phone, quality, matched_by, source, received_on) values
    (${alone}, ${costly}, 90, 'state_id', 'test', '2026-10-01'), (${both}, ${phoneOf(both)}, 10, 'state_id', 'test', '2026-10-01')`.execute(
    owner,
  )
  await savePhone(db, organizer, `v${both}`, { phone: costly, kind: 'mobile', quality: 'good', is_preferred: true })
  const bank = await makeBank(world, organizer, [alone, both])
  const caller = await addTestCaller(world, organizer, bank)
  const shown = async (holding: number[]) =>
    (await caller.ask({ holding, want: 2 })).turn.cards.map(({ voter_id, phones }) => [
      voter_id,
      phones.map(({ phone }) => phone),
    ])
  expect(await shown([])).toEqual([[both, [phoneOf(both)]]])
  // Written down while they are in a hand.
  const foreign = { phone: '+82 2 312 3456', kind: 'unknown', quality: 'good', is_preferred: true } as const
  await savePhone(db, organizer, `v${both}`, foreign)
  expect(await shown([both])).toEqual([])
  const found = await standings(db, await phoneBank(db, organization_id, bank.phone_bank_id), now())
  expect(Object.fromEntries(found.map(({ state, why, count }) => [why ?? state, count]))).toEqual({
    leased: 1,
    invalid_number: 1,
  })

  await sql`insert into follow_up (organization_id, kind, person_id, made_by, made_at)
    select organization_id, 'ride', person_id, 'test', ${now()} from person where voter_id = ${both}`.execute(db)
  const { rows } = await followUps(db, organization_id, { is_solved: false, kind: 'ride', phone_bank_id: null, owner: 'all', due_before: null }, { from: 0, limit: null }) // prettier-ignore
  expect(rows.map(({ voter_id, phone }) => [voter_id, phone])).toEqual([[both, null]])
})

test('the database knows the same costly numbers as the application', async () => {
  const numbers = ['+82212345678', ...Array.from({ length: 800 }, (_, index) => `+1${200 + index}5550123`)]
  const { rows } = await sql<{
    phone: string
  }>`select phone from unnest(${numbers}::text[]) phone where is_costly(phone)`.execute(db)
  expect(rows.map(({ phone }) => phone)).toEqual(numbers.filter(isCostly))
})

test('the database knows the numbers of North America as libphonenumber does', async () => {
  const numbers = Array.from({ length: 800 }, (_, index) =>
    [200, 213, 245, 345, 555, 700, 867, 999].map((exchange) => `+1${200 + index}${exchange}0123`),
  ).flat()
  const { rows } = await sql<{
    phone: string
  }>`select phone from unnest(${numbers}::text[]) phone where is_valid_number(phone)`.execute(db)
  const known = numbers.filter((number) => parsePhoneNumberFromString(number)?.isValid())
  expect(rows.map(({ phone }) => phone)).toEqual(known)
  expect(known.length).toBeGreaterThan(2000)
})

test('a number that a call confirmed is found by the search, and no more when the result is taken back', async () => {
  const [voter_id = 0] = await voters(1, { first_name: 'Soon Ja' })
  const bank = await makeBank(world, organizer, [voter_id])
  const caller = await addTestCaller(world, organizer, bank)
  const card = (await caller.next()).turn.cards[0]
  if (!card) throw new Error('no card')
  const { recorded } = await caller.record(
    card,
    { disposition: 'canvassed', answers: { support: 1 }, language: 'ko' },
    { want: 0 },
  )
  // The vendor's list goes; what the call confirmed stays ours.
  await owner.deleteFrom('voter_phone').where('voter_id', '=', voter_id).execute()
  const found = async () =>
    (await search(db, organization_id, phoneOf(voter_id))).results.map(({ voter, person, found_by }) => [
      voter?.voter_id,
      person?.language,
      found_by,
    ])
  expect(await found()).toEqual([[voter_id, 'ko', 'phone']])
  await undoAttempt(db, organizer, bank.phone_bank_id, recorded?.attempt_id ?? '', now())
  expect(await found()).toEqual([])
})

test('without a caller’s cookie the addresses of a phone bank show nothing of its voters', async () => {
  const [voter_id = 0] = await voters(1, { first_name: 'Zebulon', last_name: 'Quackenbush' })
  const bank = await makeBank(world, organizer, [voter_id])
  const caller = await addTestCaller(world, organizer, bank)
  expect((await caller.next()).turn.cards[0]?.display_name).toBe('Zebulon Quackenbush')
  const secrets = ['Zebulon', 'Quackenbush', phoneOf(voter_id), 'Do you support it?']
  const paths = [
    bank.join_code,
    bank.phone_bank_id,
    `${bank.phone_bank_id}/session`,
    `${bank.phone_bank_id}/manifest.webmanifest`,
  ]
  for (const path of paths) {
    const html = await (await nobody.get(`/call/${path}`)).text()
    for (const secret of secrets) expect(html, path).not.toContain(secret)
  }
  const manifest = (await (await nobody.get(`/call/${paths[3]}`)).json()) as { icons: { sizes: string }[] }
  // What a phone asks for before it offers to put the page among its apps.
  expect(manifest).toMatchObject({
    name: 'Hanpyo · Calling',
    start_url: `/call/${bank.phone_bank_id}`,
    scope: '/call/',
    display: 'standalone',
  })
  expect(manifest.icons.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']))
  const mine = { cookie: `caller_${bank.phone_bank_id.slice(0, 8)}=${caller.token}` }
  // The page itself, which the device keeps, holds the script but no voter either.
  const html = await (await nobody.get(`/call/${bank.phone_bank_id}`, mine)).text()
  expect(html).toContain('Do you support it?')
  expect(html).not.toContain('Quackenbush')
  // Where nothing runs, paper helps: a host signed in gets there from the same page, a caller by the link does not.
  const sheet = `href="/phonebanks/${bank.phone_bank_id}/sheet"`
  expect(html).not.toContain(sheet)
  expect(await (await http.get(`/call/${bank.phone_bank_id}`, mine)).text()).toContain(sheet)
})

test('one account on two devices holds two voters, and who comes again finds their own results', async () => {
  const bank = await makeBank(world, organizer, await voters(4))
  const user_id = randomUUID()
  const member = { ...organizer, id: user_id, name: 'Soonja', roles: ['caller'] }
  await owner
    .insertInto('member')
    .values({ organization_id, user_id, display_name: 'Soonja', roles: ['caller'] })
    .execute()
  const join = async (here: string | null = null) => {
    const joined = await joinAsMember(db, member, bank.phone_bank_id, ['en'], now(), here)
    if (!joined.ok) throw new Error(joined.problem)
    return joined
  }
  const next = async ({ token }: { token: string }) => {
    const cookie = `caller_${bank.phone_bank_id.slice(0, 8)}=${token}`
    const turn = await nobody.postJson(`/call/${bank.phone_bank_id}/next`, { holding: [], want: 1 }, { cookie })
    return ((await turn.json()) as { cards: { voter_id: number }[] }).cards.map(({ voter_id }) => voter_id)
  }
  const phone = await join()
  const desk = await join()
  const held = [...(await next(phone)), ...(await next(desk))]
  expect(new Set(held).size).toBe(2)
  expect(await join(phone.caller_id)).toMatchObject({ caller_id: phone.caller_id })
  installation.clock.advance(60)
  expect([phone.caller_id, desk.caller_id]).toContain((await join()).caller_id)
})

test('who is no member any more, or may not call any more, has no access from that moment', async () => {
  expect(permissions['phonebanks.call']).toEqual(['organizer', 'host', 'caller'])
  const bank = await makeBank(world, organizer, await voters(3))
  const user_id = randomUUID()
  const member = { ...organizer, id: user_id, name: 'Minjun', roles: ['caller'] }
  await owner
    .insertInto('member')
    .values({ organization_id, user_id, display_name: 'Minjun', roles: ['caller'] })
    .execute()
  const change = (values: { ended_at?: Date | null; roles?: string[] }) =>
    db.updateTable('member').set(values).where('user_id', '=', user_id).execute()
  const joined = await joinAsMember(db, member, bank.phone_bank_id, ['en'], now())
  if (!joined.ok) throw new Error(joined.problem)
  const mine = { cookie: `caller_${bank.phone_bank_id.slice(0, 8)}=${joined.token}` }
  const next = async () =>
    (await nobody.postJson(`/call/${bank.phone_bank_id}/next`, { holding: [], want: 1 }, mine)).json() as Promise<{
      door?: string
      cards?: unknown[]
    }>
  const recent = async () =>
    (await nobody.get(`/call/${bank.phone_bank_id}/session`, { ...mine, accept: 'application/json' })).status
  expect((await next()).cards).toHaveLength(1)
  await change({ ended_at: now() })
  expect(await next()).toMatchObject({ door: 'removed', cards: [] })
  expect(await recent()).toBe(401)
  expect(await (await nobody.get(`/call/${bank.phone_bank_id}`, mine)).text()).toContain(
    'You have been taken off this phone bank',
  )
  const held = () =>
    owner.selectFrom('call_lease').select('voter_id').where('phone_bank_id', '=', bank.phone_bank_id).execute()
  expect(await held()).toEqual([])
  await change({ ended_at: null })
  expect(await next()).toMatchObject({ door: 'open' })
  // Removed by the host, and let in again with every device of the account; not where the account may not call any more.
  await removeCaller(db, organizer, bank.phone_bank_id, joined.caller_id, now())
  expect(await next()).toMatchObject({ door: 'removed' })
  expect(await letInAgain(db, organizer, bank.phone_bank_id, joined.caller_id)).toBe(true)
  expect(await next()).toMatchObject({ door: 'open' })
  await removeCaller(db, organizer, bank.phone_bank_id, joined.caller_id, now())
  await change({ roles: ['member'] })
  expect(await letInAgain(db, organizer, bank.phone_bank_id, joined.caller_id)).toBe(false)
  expect(await held()).toEqual([])
  expect(await next()).toMatchObject({ door: 'removed', cards: [] })
})

test('a list is still put together when a universe its phone bank was made from has got another name', async () => {
  await voters(2, { county: 'richmond' })
  const today = now().toISOString().slice(0, 10)
  const form = { name: 'Islanders', expression: 'county:richmond', note: null }
  const saved = await saveUniverse(db, organizer, form, now(), today)
  if (!saved.ok) throw new Error(saved.problem)
  const bank = await makeBank(world, organizer, [], { expression: 'in:islanders -household:(in:Islanders party:rep)' })
  const renamed = { ...form, name: '섬 주민' }
  expect(await changeUniverse(db, organizer, saved.universe_id, renamed, now(), today)).toMatchObject({ ok: true })
  const { expression } = await db
    .selectFrom('phone_bank')
    .select('expression')
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .executeTakeFirstOrThrow()
  expect(expression).toBe('in:"섬 주민" -household:(in:"섬 주민" party:rep)')
  expect(await preparePhoneBank(owner, organizer, bank.phone_bank_id, now())).toEqual({ added: 2, withdrawn: 0 })
  const trail = await db
    .selectFrom('audit_entry')
    .select('subject_id')
    .where('action', '=', 'phonebank.update')
    .where('organization_id', '=', organization_id)
    .execute()
  expect(trail).toContainEqual({ subject_id: bank.phone_bank_id })
})

test('who was closed as called often enough with fewer tries than that is called again; everybody else stays as they are', async () => {
  const wrongly = readFileSync('migrations/0371_phonebanks_wrongly_called_enough.sql', 'utf8')
  const [never = 0, once = 0, enough = 0, marked = 0, refused = 0] = await voters(5)
  const [elsewhere = 0] = await voters(1)
  const bank = await makeBank(world, organizer, [never, once, enough, marked, refused])
  const ended = await makeBank(world, organizer, [elsewhere])
  const close = (voter_id: number, attempts: number, why = 'max_attempts') =>
    db
      .updateTable('phone_bank_target')
      .set({ state: 'finished', why, attempts })
      .where('voter_id', '=', voter_id)
      .execute()
  await close(never, 0)
  await close(once, 1)
  await close(enough, 3)
  await close(refused, 1, 'refused')
  await close(elsewhere, 1)
  await close(marked, 1)
  await db
    .insertInto('suppression')
    .values({ organization_id, voter_id: marked, reason: 'do_not_call', marked_by: 'office', marked_at: now() })
    .execute()
  await owner
    .updateTable('phone_bank')
    .set({ ended_at: now() })
    .where('phone_bank_id', '=', ended.phone_bank_id)
    .execute()
  const told = () =>
    owner
      .selectFrom('audit_entry')
      .select(['subject_id', 'after'])
      .where('action', '=', 'phonebank.call_again')
      .where('subject_id', 'in', [bank.phone_bank_id, ended.phone_bank_id])
      .execute()
  for (let times = 0; times < 2; times++) {
    await sql.raw(wrongly).execute(owner)
    expect(await stateOf(bank, never)).toMatchObject({ state: 'ready', why: null, attempts: 0 })
    expect(await stateOf(bank, once)).toMatchObject({ state: 'waiting', why: 'resting', attempts: 1 })
    expect(await stateOf(bank, enough)).toMatchObject({ state: 'finished', why: 'max_attempts', attempts: 3 })
    expect(await stateOf(bank, marked)).toMatchObject({ state: 'suppressed', why: 'do_not_call' })
    expect(await stateOf(bank, refused)).toMatchObject({ state: 'finished', why: 'refused' })
    expect(await stateOf(ended, elsewhere)).toMatchObject({ state: 'finished', why: 'max_attempts' })
    expect(await told()).toMatchObject([{ subject_id: bank.phone_bank_id }])
  }
  const caller = await addTestCaller(world, organizer, bank)
  const { cards } = (await caller.next({ want: 5 })).turn
  expect(cards.map(({ voter_id }) => voter_id).toSorted((a, b) => a - b)).toEqual([never, once])
})

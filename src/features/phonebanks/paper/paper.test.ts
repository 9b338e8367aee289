import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { describeHousehold } from '../../people/households/commands.ts'
import { callRoutes } from '../call-routes.tsx'
import { dashboard, phoneBank, standings } from '../dashboard.ts'
import { phoneBankRoutes } from '../routes.tsx'
import { preparePhoneBank } from '../targets/commands.ts'
import { addTestCaller, addVoters, makeBank, phoneOf, type TestBank } from '../testing.ts'
import { saveLine } from './commands.ts'
import { defineResult, offerResults, retireResult } from '../result-codes/commands.ts'
import { rowOf } from './print.ts'
import { linesOf, sheetsOf } from './queries.ts'
import { paperRoutes } from './routes.tsx'

const world = await makeWorld('2026-11-23T23:00:00Z') // Monday, 6 pm in New York
const { installation, ours } = world
const { owner } = installation.database
const { organization_id, organizer } = ours
const db = installation.database.of(organization_id)
const http = world.as(organizer, [callRoutes, phoneBankRoutes, paperRoutes])
const now = () => installation.clock.now()
const accepted = { purpose: 'Calls for the primary, on paper', law: 'yes' }
let last = 0

async function bankOn(count: number, more: object = {}, draft: Parameters<typeof makeBank>[3] = {}): Promise<TestBank> {
  const ids = Array.from({ length: count }, () => ++last)
  await addVoters(
    owner,
    ids.map((voter_id) => ({ voter_id, ...more })),
  )
  return makeBank(world, organizer, ids, draft)
}

async function printed(bank: TestBank, count: number, more: Record<string, string> = {}) {
  const answer = await http.post(`/phonebanks/${bank.phone_bank_id}/sheet`, {
    count: String(count),
    ...accepted,
    ...more,
  })
  expect(answer.status).toBe(303)
  const [sheet] = await sheetsOf(db, await phoneBank(db, organization_id, bank.phone_bank_id), now())
  if (!sheet) throw new Error('no sheet')
  const path = `/phonebanks/${bank.phone_bank_id}/sheets/${sheet.sheet_id}`
  return { sheet, path, lines: await linesOf(db, sheet, now(), '2026-11-23') }
}

const head = { caller: '박수진', called_on: '2026-11-23', called_from: '18:00' }

const attemptsOf = (bank: TestBank) =>
  db
    .selectFrom('contact_attempt')
    .select(['attempt_id', 'voter_id', 'disposition', 'made_by', 'attempted_at', 'undone_at', 'note'])
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .orderBy('attempted_at')
    .orderBy('recorded_at')
    .execute()

/** What a PDF says without being read: its pages and the fonts in it. */
async function looked(answer: Response): Promise<{ pages: number; fonts: string[] }> {
  expect(answer.headers.get('content-type')).toBe('application/pdf')
  const text = Buffer.from(await answer.arrayBuffer()).toString('latin1')
  expect(text.startsWith('%PDF-1.')).toBe(true)
  return {
    pages: text.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0,
    fonts: [...new Set(text.match(/Pretendard-\w+|FontName \/[\w+-]+/g))].filter(
      (name) => !name.includes('Pretendard'),
    ),
  }
}

test('whoever prints says what for and accepts the law; who printed is kept; no screen hands those voters out for a day', async () => {
  const bank = await bankOn(5, { first_name: 'Young Hee', p_korean: 90 })
  const path = `/phonebanks/${bank.phone_bank_id}/sheet`
  expect(await (await http.get(path)).text()).toContain('No sheet has been made yet')
  expect((await http.post(path, { count: '0', ...accepted })).status).toBe(422)
  const refused = await (await http.post(path, { count: '3', purpose: 'calls' })).text()
  expect(refused).toContain('Say a little more about the purpose')
  expect(refused).toContain('id="law-error"')
  const { sheet, lines } = await printed(bank, 3)
  expect(lines.map(({ line, name, is_on_paper }) => [line, name, is_on_paper])).toEqual(
    [1, 2, 3].map((line) => [line, 'Young Hee Kim', true]),
  )
  const pdf = await looked(await http.get(`/phonebanks/${bank.phone_bank_id}/sheets/${sheet.sheet_id}/pdf`))
  expect(pdf).toEqual({ pages: 2, fonts: [] })
  const trail = await db
    .selectFrom('audit_entry')
    .select(['action', 'after'])
    .where('subject_id', '=', bank.phone_bank_id)
    .where('action', 'in', ['phonebank.print_sheet', 'phonebank.put_on_paper'])
    .orderBy('audit_id')
    .execute()
  expect(trail).toEqual([
    {
      action: 'phonebank.put_on_paper',
      after: {
        voters: 3,
        sheet: 1,
        languages: ['en', 'ko'],
        purpose: accepted.purpose,
        law_accepted_at: now().toISOString(),
      },
    },
    { action: 'phonebank.print_sheet', after: { sheet: 1, voters: 3, purpose: accepted.purpose } },
  ])
  // A second sheet of the same moment has its own voters.
  const second = await printed(bank, 1)
  expect(second.sheet.number).toBe(2)
  expect(lines.map(({ voter_id }) => voter_id)).not.toContain(second.lines[0]?.voter_id)
  const caller = await addTestCaller(world, organizer, bank)
  const handed = (await caller.next()).turn.cards[0]
  if (!handed) throw new Error('nobody')
  expect((await caller.record(handed, { disposition: 'refused' })).turn.cards).toEqual([])
  const again = await http.post(path, { count: '3', ...accepted })
  expect(again.headers.get('location')).toContain('none_left')
  const standing = await standings(db, await phoneBank(db, organization_id, bank.phone_bank_id), now())
  expect(standing.find((row) => row.why === 'on_paper')?.count).toBe(4)
  // Not used after all: back to the screens.
  await http.post(`${second.path}/give_back`, {})
  expect((await caller.next()).turn.cards[0]?.voter_id).toBe(second.lines[0]?.voter_id)
})

test('a sheet typed in without script: what is right is recorded as calls of that evening, what is not comes back', async () => {
  const bank = await bankOn(4)
  const { path, lines } = await printed(bank, 4)
  installation.clock.advance(120)
  const form = {
    ...head,
    'l1.code': '1',
    'l2.q.support': '2',
    'l2.q.plan': '1',
    'l2.note': '차편 필요',
    'l2.wishes': 'RV',
    'l3.code': '3',
    'l4.code': 'd',
    'l4.spoke_with': 'voter',
  }
  const refused = await http.post(path, { ...form, caller: '' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('value="차편 필요"')
  // A page there is none of is the first.
  expect((await http.post(path, { ...form, caller: '', from: '2147483648' })).status).toBe(422)
  expect(await attemptsOf(bank)).toEqual([])
  // The third says no time: the others are in.
  const partly = await http.post(path, form)
  expect(partly.status).toBe(422)
  const html = await partly.text()
  expect(html).toContain('Enter when to call back')
  expect(html).toContain('1 line needs another look')
  const done = await http.post(path, { ...form, 'l3.call_back_at': '2026-11-24T10:00' })
  expect(done.status).toBe(303)
  expect(done.headers.get('location')).toContain('recorded=1&changed=0&same=3&taken_back=0')
  const made = await attemptsOf(bank)
  expect(
    made.map(({ disposition, made_by, attempted_at }) => [disposition, made_by, attempted_at.toISOString()]),
  ).toEqual([
    ['no_answer', `박수진 [${organizer.name}]`, '2026-11-23T23:00:01.000Z'],
    ['canvassed', `박수진 [${organizer.name}]`, '2026-11-23T23:00:02.000Z'],
    ['call_back', `박수진 [${organizer.name}]`, '2026-11-23T23:00:03.000Z'],
    ['do_not_call', `박수진 [${organizer.name}]`, '2026-11-23T23:00:04.000Z'],
  ])
  const stands = await db
    .selectFrom('phone_bank_target')
    .select(['voter_id', 'state', 'why'])
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .execute()
  expect(lines.map(({ voter_id }) => stands.find((each) => each.voter_id === voter_id)?.why)).toEqual([
    'resting',
    'canvassed',
    'call_back',
    'do_not_call',
  ])
  const tasks = await db
    .selectFrom('follow_up')
    .select(['kind', 'note', 'voter_id', 'made_by'])
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .orderBy('kind')
    .execute()
  const task = { note: '차편 필요', voter_id: lines[1]?.voter_id, made_by: `박수진 [${organizer.name}]` }
  expect(tasks).toEqual([
    { kind: 'ride', ...task },
    { kind: 'volunteer', ...task },
  ])
  // On paper is on no screen: nobody is here.
  const shown = await dashboard(db, await phoneBank(db, organization_id, bank.phone_bank_id), now())
  expect([shown.callers_now, shown.callers.map(({ name, calls }) => [name, calls])]).toEqual([0, [['박수진', 4]]])
})

test('typed a second time nothing changes and the page says so; a correction replaces, a dash takes back', async () => {
  const bank = await bankOn(2)
  const { path, sheet } = await printed(bank, 2)
  const first = { ...head, 'l1.code': '4', 'l2.q.support': '1' }
  await http.post(path, first)
  const again = await http.post(path, first)
  expect(again.headers.get('location')).toContain('recorded=0&changed=0&same=2')
  const shown = await (await http.get(again.headers.get('location') ?? '')).text()
  expect(shown).toContain('2 typed in before and unchanged')
  expect(shown).toContain(`Typed in by ${organizer.name}`)
  expect(await attemptsOf(bank)).toHaveLength(2)
  const line = async (number: number, typed: Record<string, string>) =>
    (await http.post(`${path}/lines/${number}`, { ...head, ...typed })).json() as Promise<{
      saved?: string
      message: string
    }>
  expect(await line(2, { 'l2.q.support': '2' })).toMatchObject({ saved: 'changed' })
  expect(await line(2, { 'l2.q.support': '2' })).toMatchObject({ saved: 'same' })
  expect(await line(1, { 'l1.code': '-' })).toMatchObject({ saved: 'taken_back' })
  expect(await line(1, { 'l1.code': '1' })).toMatchObject({ saved: 'recorded' })
  expect(await line(1, { 'l1.code': '0' })).toMatchObject({
    ok: false,
    field: 'code',
    message: 'No result has this key.',
  })
  // A correction that is not taken leaves what it corrects, and the line as it was typed.
  const [, second] = await linesOf(db, sheet, now(), '2026-11-23')
  const { caller_id } = await db
    .selectFrom('phone_bank_caller')
    .select('caller_id')
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .executeTakeFirstOrThrow()
  const typed = { bank: await phoneBank(db, organization_id, bank.phone_bank_id), sheet, caller: { caller_id, name: head.caller }, called_at: now() } // prettier-ignore
  if (!second?.typed) throw new Error('nothing typed')
  const correct = (answers: Record<string, number>) =>
    saveLine(installation, organizer, typed, second, { ...second.typed!, answers }, now())
  expect(await correct({ support: 9 })).toBe('refused')
  await owner.updateTable('phone_bank_caller').set({ removed_at: new Date(0) }).where('caller_id', '=', caller_id).execute() // prettier-ignore
  expect(await correct({ support: 3 })).toBe('refused')
  expect((await linesOf(db, sheet, now(), '2026-11-23'))[1]).toEqual(second)
  const made = await attemptsOf(bank)
  expect(made.filter(({ undone_at }) => undone_at === null).map(({ disposition }) => disposition)).toEqual([
    'no_answer',
    'canvassed',
  ])
  expect(made).toHaveLength(4)
  const answers = await db
    .selectFrom('contact_answer')
    .select(['attempt_id', 'value'])
    .where('question', '=', 'support')
    .execute()
  const live = made.find(({ disposition, undone_at }) => disposition === 'canvassed' && !undone_at)
  expect(answers.find(({ attempt_id }) => attempt_id === live?.attempt_id)?.value).toBe(2)
})

test('a voter who said do not call meanwhile is off the next print, and the typist is told', async () => {
  const bank = await bankOn(2)
  const { path, lines } = await printed(bank, 2)
  const [gone] = lines
  await db
    .insertInto('suppression')
    .values({
      organization_id,
      voter_id: gone?.voter_id ?? 0,
      reason: 'do_not_call',
      marked_by: 'Grace',
      marked_at: now(),
    })
    .execute()
  const html = await (await http.get(path)).text()
  expect(html).toMatch(/Must not be called any more: [^(]+\(Grace, /)
  await http.get(`${path}/pdf`)
  const printedAgain = await db
    .selectFrom('audit_entry')
    .select('after')
    .where('subject_id', '=', bank.phone_bank_id)
    .where('action', '=', 'phonebank.print_sheet')
    .executeTakeFirstOrThrow()
  expect(printedAgain.after).toMatchObject({ voters: 1 })
  await http.post(path, { ...head, 'l1.q.support': '3' })
  const target = await db
    .selectFrom('phone_bank_target')
    .select(['state', 'why', 'attempts'])
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .where('voter_id', '=', gone?.voter_id ?? 0)
    .executeTakeFirstOrThrow()
  expect(target).toEqual({ state: 'suppressed', why: 'do_not_call', attempts: 1 })
})

test('whoever was closed while on a sheet and is open again is on it no more', async () => {
  const bank = await bankOn(2)
  const { sheet, lines } = await printed(bank, 2)
  const [voter, numberless] = lines
  if (!voter || !numberless) throw new Error('no lines')
  const marks = [
    { voter_id: voter.voter_id, phone: null },
    { voter_id: null, phone: numberless.phone },
  ]
  for (const mark of marks)
    await db
      .insertInto('suppression')
      .values({ organization_id, ...mark, reason: 'do_not_call', marked_by: 'paper test', marked_at: now() })
      .execute()
  await db
    .updateTable('suppression')
    .set({ taken_back_at: now(), taken_back_by: 'Grace' })
    .where('organization_id', '=', organization_id)
    .where('marked_by', '=', 'paper test')
    .execute()
  expect((await linesOf(db, sheet, now(), '2026-11-23')).map(({ is_on_paper }) => is_on_paper)).toEqual([false, false])
  const targets = await db
    .selectFrom('phone_bank_target')
    .select(['state', 'on_paper_at'])
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .execute()
  expect(targets).toEqual([
    { state: 'waiting', on_paper_at: null },
    { state: 'waiting', on_paper_at: null },
  ])
})

test('pressed twice, or sent again after going back, one sheet is made', async () => {
  const bank = await bankOn(4)
  const path = `/phonebanks/${bank.phone_bank_id}/sheet`
  const form_id = /name="form_id" value="([0-9a-f-]+)"/.exec(await (await http.get(path)).text())?.[1] ?? ''
  const make = async (form: Record<string, string>) =>
    (await http.post(path, { count: '1', ...accepted, ...form })).headers.get('location')
  const said = (await Promise.all([make({ form_id }), make({ form_id })])).toSorted()
  expect(said).toEqual([`${path}?said=made`, `${path}?said=made_already`])
  expect(await (await http.get(`${path}?said=made_already`)).text()).toContain('not made a second time')
  // Another number on the same form, and another form.
  expect(await make({ form_id, count: '2' })).toContain('said=made')
  expect(await make({ form_id: randomUUID() })).toContain('said=made')
  const sheets = await sheetsOf(db, await phoneBank(db, organization_id, bank.phone_bank_id), now())
  expect(sheets.map(({ lines }) => lines)).toEqual([1, 2, 1])
})

test.each([
  ['quota', { quotas: JSON.stringify([{ question: 'support', value: '1', count: 1 }]) }, 'there are enough answers'],
  ['practice', { way_of_calling: 'practice' as const }, 'this phone bank is for practice'],
] as const)('paper does not go round a full quota or practice: %s', async (problem, set, words) => {
  const bank = await bankOn(3)
  const first = await printed(bank, 1)
  await http.post(first.path, { ...head, 'l1.q.support': '1' })
  await db.updateTable('phone_bank').set(set).where('phone_bank_id', '=', bank.phone_bank_id).execute()
  const path = `/phonebanks/${bank.phone_bank_id}/sheet`
  const refused = await http.post(path, { count: '2', ...accepted })
  expect(refused.headers.get('location')).toBe(`${path}?said=${problem}`)
  expect(await (await http.get(`${path}?said=${problem}`)).text()).toContain(words)
  expect(await sheetsOf(db, await phoneBank(db, organization_id, bank.phone_bank_id), now())).toHaveLength(1)
})

test('a call back typed from paper is promised for the clock of the voter’s home', async () => {
  const bank = await bankOn(1, { state: 'HI', county: 'honolulu' })
  const { path } = await printed(bank, 1)
  await http.post(path, { ...head, 'l1.code': '3', 'l1.call_back_at': '2026-11-24T10:00' })
  const { call_back_at } = await db.selectFrom('contact_attempt').select('call_back_at').where('phone_bank_id', '=', bank.phone_bank_id).executeTakeFirstOrThrow() // prettier-ignore
  expect(call_back_at?.toISOString()).toBe('2026-11-24T20:00:00.000Z')
  const html = await (await http.get(path)).text()
  expect(html).toContain('value="2026-11-24T10:00"')
  expect(html).toContain('time in Honolulu')
})

test('the day of a sheet lies between its printing and now', async () => {
  const bank = await bankOn(1)
  const { path } = await printed(bank, 1)
  const says = async (day: string) => (await http.post(path, { ...head, called_on: day, 'l1.code': '1' })).text()
  expect(await says('2026-11-25')).toContain('This is still to come')
  expect(await says('2026-11-20')).toContain('The sheet was printed later than that')
  expect(await attemptsOf(bank)).toEqual([])
})

test('what is noted of a home stands on the paper too', async () => {
  const bank = await bankOn(2, { household_key: 4711 })
  const voter_id = last
  await describeHousehold(db, organizer, `v${voter_id}`, { name: null, note: 'Grandmother answers,\nspeak Korean', language: 'ko' }) // prettier-ignore
  const { sheet, lines } = await printed(bank, 2)
  const noted = lines.find((line) => line.voter_id === voter_id)
  expect(noted && rowOf(noted, [])).toMatchObject({ home: 'This home 이 집: Grandmother answers, speak Korean' })
  const pdf = await looked(await http.get(`/phonebanks/${bank.phone_bank_id}/sheets/${sheet.sheet_id}/pdf`))
  expect(pdf.pages).toBeGreaterThan(0)
})

test('who is on paper is out of every phone bank’s hands, with their line and their home, until the sheet is given back or typed in', async () => {
  const home = { household_key: 90_001 }
  const [kim, spouse, mate, free] = [++last, ++last, ++last, ++last]
  await addVoters(owner, [
    { voter_id: kim, phones: [phoneOf(kim)], ...home },
    // The same telephone; and at the same home with another.
    { voter_id: spouse, phones: [phoneOf(kim)] },
    { voter_id: mate, ...home },
    { voter_id: free },
  ])
  const bank = await makeBank(world, organizer, [kim])
  const other = await makeBank(world, organizer, [kim, spouse, mate, free])
  const { path } = await printed(bank, 1)
  const screen = await addTestCaller(world, organizer, other)
  const hands = async (want = 4) => (await screen.next({ want })).turn.cards.map(({ voter_id }) => voter_id)
  expect(await hands()).toEqual([free])
  // A phone bank made while the sheet is out knows of it too.
  const later = await makeBank(world, organizer, [kim, spouse])
  const third = await addTestCaller(world, organizer, later)
  expect((await third.next({ want: 2 })).turn.cards).toEqual([])
  await http.post(`${path}/give_back`, {})
  expect((await hands()).toSorted((a, b) => a - b)).toEqual([kim, spouse, mate, free])
  await screen.ask({ release: { voter_ids: [kim, spouse, mate, free], why: 'leave' }, want: 0 })
  // Who is in a hand, or on the same line as somebody who is, comes on no sheet.
  await third.next({ want: 2 })
  const none = await http.post(`/phonebanks/${bank.phone_bank_id}/sheet`, { count: '1', ...accepted })
  expect(none.headers.get('location')).toContain('none_left')
  await third.ask({ release: { voter_ids: [kim, spouse], why: 'leave' }, want: 0 })
  // Typed in: the rest of a screen's call, not of the sheet.
  const second = await printed(bank, 1)
  await http.post(second.path, { ...head, 'l1.code': '4' })
  expect(await db.selectFrom('call_lease').select('voter_id').where('voter_id', 'in', [kim, spouse]).execute()).toEqual(
    [],
  )
})

test('whoever waited for somebody on a sheet is called as soon as that one is off it, unless their own rest or a housemate still on it holds them', async () => {
  const [kim, mate, spouse, tired] = [++last, ++last, ++last, ++last]
  await addVoters(owner, [
    { voter_id: kim, county: 'broome', household_key: 90_002 },
    { voter_id: mate, county: 'broome', household_key: 90_002 },
    // Kim's telephone; and at the same home with another.
    { voter_id: spouse, phones: [phoneOf(kim)] },
    { voter_id: tired, household_key: 90_002 },
  ])
  const bank = await makeBank(world, organizer, [kim, mate], { expression: 'county:broome' })
  const other = await makeBank(world, organizer, [spouse, tired])
  const stands = () =>
    db
      .selectFrom('phone_bank_target')
      .select(['voter_id', 'state', 'why', 'next_at'])
      .where('phone_bank_id', '=', other.phone_bank_id)
      .orderBy('voter_id')
      .execute()
  await db
    .updateTable('phone_bank_target')
    .set({ state: 'waiting', why: 'resting', attempts: 1, next_at: new Date(now().getTime() + 3 * 3_600_000) })
    .where('voter_id', '=', tired)
    .execute()
  const [free, rests] = await stands()
  const held = { state: 'waiting', why: 'elsewhere' }
  const first = await printed(bank, 2)
  expect(await stands()).toMatchObject([held, held])
  // A refresh lets go of Kim, whose line is free with that; the home is still on paper.
  const move = async (voter_id: number, county: string) => {
    await owner.updateTable('voter_record').set({ county }).where('voter_id', '=', voter_id).execute()
    await preparePhoneBank(owner, organizer, bank.phone_bank_id, now())
  }
  await move(kim, 'tioga')
  expect(await stands()).toMatchObject([{ ...free }, held])
  await http.post(`${first.path}/give_back`, {})
  expect(await stands()).toEqual([free, rests])

  // Typed in: the rest of that call from then on, not of the sheet. A correction takes its own back.
  await move(mate, 'tioga')
  await move(kim, 'broome')
  const second = await printed(bank, 1)
  await http.post(second.path, { ...head, 'l1.code': '1' })
  expect(await stands()).toMatchObject([{ why: 'resting' }, { why: 'household' }])
  await http.post(second.path, { ...head, 'l1.code': '-' })
  const own = await db
    .selectFrom('phone_bank_target')
    .select(['state', 'why'])
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .where('voter_id', '=', kim)
    .execute()
  expect(own).toEqual([{ state: 'ready', why: null }])
})

test('somebody on a sheet who calls back is talked to', async () => {
  const bank = await bankOn(2)
  const { lines } = await printed(bank, 2)
  const caller = await addTestCaller(world, organizer, bank)
  const { rows } = await sql<{
    is_taken: boolean
  }>`select take_for_talk(b, ${caller.caller_id}::uuid, ${lines[0]?.voter_id ?? 0}, ${now()}) as is_taken
    from phone_bank b where b.phone_bank_id = ${bank.phone_bank_id}::uuid`.execute(db)
  expect(rows).toEqual([{ is_taken: true }])
  const { turn } = await caller.ask({ holding: [], want: 0 })
  expect(turn.cards.map(({ voter_id }) => voter_id)).toEqual([lines[0]?.voter_id])
})

test('a sheet for one language has only its speakers; those nobody knows the language of come with the main one', async () => {
  const [korean, unknown, chinese] = [++last, ++last, ++last]
  await addVoters(owner, [{ voter_id: unknown }, { voter_id: korean, p_korean: 95 }, { voter_id: chinese }])
  const bank = await makeBank(world, organizer, [unknown, chinese, korean])
  await db
    .updateTable('phone_bank_target')
    .set({ language: 'zh', is_language_known: true })
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .where('voter_id', '=', chinese)
    .execute()
  const first = await printed(bank, 3, { languages: 'ko' })
  expect(first.lines.map(({ voter_id }) => voter_id)).toEqual([korean])
  const pdf = await http.get(`${first.path}/pdf`)
  expect(pdf.status).toBe(200)
  await http.post(first.path, { ...head, 'l1.code': '1' })
  const { languages } = await db
    .selectFrom('phone_bank_caller')
    .select('languages')
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .where('is_on_paper', '=', true)
    .executeTakeFirstOrThrow()
  expect(languages).toEqual(['ko'])
  const second = await printed(bank, 3)
  expect(second.lines.map(({ voter_id }) => voter_id)).toEqual([unknown])
  // Another language, nobody can tell which.
  expect((await http.post(second.path, { ...head, 'l1.code': '7', 'l1.language': '?' })).status).toBe(303)
  expect(await (await http.get(second.path)).text()).toMatch(/<option value="\?" selected/)
  const { language, why } = await db
    .selectFrom('phone_bank_target')
    .select(['language', 'why'])
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .where('voter_id', '=', unknown)
    .executeTakeFirstOrThrow()
  expect([language, why]).toEqual(['und', 'skipped'])
  expect(await (await http.get(`/phonebanks/${bank.phone_bank_id}/sheet`)).text()).toContain(
    'Languages of whoever calls from it',
  )
})

test('the own results of a phone bank are on its sheets, and typed by the letter printed there, also once they are put away', async () => {
  const bank = await bankOn(3)
  const before = await printed(bank, 1)
  const voted = { name_en: 'Voted early', name_ko: '조기투표 마침', counts_as: 'refused' as const }
  await defineResult(db, organizer, voted, now())
  await offerResults(db, organizer, bank.phone_bank_id, ['voted_early'])
  const { sheet, path, lines } = await printed(bank, 2)
  expect(sheet.own_results).toMatchObject([{ code: 'voted_early', key: 'T' }])
  expect((await looked(await http.get(`${path}/pdf`))).pages).toBeGreaterThan(0)
  await retireResult(db, organizer, 'voted_early', true, now())
  expect(await (await http.get(path)).text()).toMatch(/>T<\/kbd> Voted early/)
  installation.clock.advance(120)
  expect((await http.post(path, { ...head, 'l1.code': 't' })).status).toBe(303)
  const recorded = await db
    .selectFrom('contact_attempt')
    .select(['voter_id', 'disposition', 'result_code'])
    .where('phone_bank_id', '=', bank.phone_bank_id)
    .execute()
  expect(recorded).toEqual([{ voter_id: lines[0]?.voter_id, disposition: 'refused', result_code: 'voted_early' }])
  const shown = await (await http.get(path)).text()
  expect(shown).toMatch(/name="l1.code"[^>]*value="T"/)
  expect((await http.post(`${path}/lines/1`, { ...head, 'l1.code': 'T' })).status).toBe(200)
  // A sheet printed before has no such letter.
  expect((await http.post(before.path, { ...head, 'l1.code': 't' })).status).toBe(422)
})

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { routes } from '../../app/routes.ts'
import { buildApp } from '../../app/server.ts'
import { lackingIn } from '../../platform/print/testing.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { createPerson } from '../people/commands.ts'
import { mergePeople } from '../people/merge/commands.ts'
import { membershipsOf, standingOn } from '../people/membership/queries.ts'
import { PersonForm } from '../people/schema.ts'
import { importBank } from './bank/commands.ts'
import { unmatchedEntries, unmatchedLines } from './bank/queries.ts'
import { matchLines, readBank } from './bank/rules.ts'
import { settleDues } from './commands.ts'
import { byMonth } from './rules.ts'

const world = await makeWorld()
const { ours, theirs } = world
const { organization_id, organizer } = ours
const db = world.database.of(organization_id)
// Who is no member yet is reached by those who see people.
const us = world.as(ours.actor(['treasurer', 'organizer']), routes)
const them = world.as(theirs.organizer, routes)
const today = world.installation.clock.now().toISOString().slice(0, 10)
const year = today.slice(0, 4)

await db
  .updateTable('membership_kind')
  .set({ dues_cents: 3000, reduced_cents: 1000 })
  .where('kind', '=', 'regular')
  .execute()

const member = async (last_name: string): Promise<string> =>
  (await createPerson(db, organizer, PersonForm.parse({ last_name, first_name: 'Min', name_hangul: '김민' }), 'test'))
    .person_id

const form = (more: Record<string, string> = {}) => ({
  form_key: randomUUID(),
  kind: 'regular',
  way: 'check',
  amount: '30.00',
  reference: '1042',
  paid_on: today,
  from_on: today,
  until_on: '2027-11-22',
  reason: '',
  ...more,
})
const entryAt = (answer: Response): string =>
  /entries\/([0-9a-f-]{36})/.exec(answer.headers.get('location') ?? '')?.[1] ?? ''
const standing = async (person_id: string, day = today) =>
  standingOn(await membershipsOf(db, organization_id, person_id), day).map((each) => each.standing)

test('dues paid by check make a member and a receipt, in both languages; sent twice they are one', async () => {
  const person_id = await member('Kim')
  const filled = await (await us.get(`/ledger/dues/${person_id}?kind=regular`)).text()
  expect(filled).toContain('value="30.00"')
  const sent = form()
  const answers = await Promise.all([
    us.post(`/ledger/dues/${person_id}`, sent),
    us.post(`/ledger/dues/${person_id}`, sent),
  ])
  expect(answers.map(({ status }) => status)).toEqual([303, 303])
  const entry = entryAt(answers[0])
  expect(entryAt(answers[1])).toBe(entry)
  expect(await standing(person_id)).toEqual(['active'])
  expect(await (await us.get(`/ledger/entries/${entry}`)).text()).toContain('Min Kim 김민')
  const written = { en: ['Flushing Civic Action', 'Receipt', 'Received from', 'Check', 'Membership dues', 'Thank you.'], ko: ['플러싱 시민행동', '영수증', '낸 분', '수표', '회비', '감사합니다.'] } // prettier-ignore
  for (const language of ['en', 'ko'] as const) {
    const receipt = await us.get(`/ledger/entries/${entry}/receipt.pdf?in=${language}`)
    expect(receipt.headers.get('content-type')).toBe('application/pdf')
    expect(await lackingIn(receipt, [`${year}-0001`, '$30.00', 'Min Kim 김민', ...written[language]])).toEqual([])
  }
  const timeline = await (
    await world.as(organizer, routes).get(`/people/${person_id}`, { 'accept-language': 'ko' })
  ).text()
  expect(timeline).toContain('$30.00 납부')
  expect((await them.get(`/ledger/entries/${entry}`)).status).toBe(404)
})

test.each([
  [{ amount: '12' }, 'reason', 'say why'],
  [{ amount: '' }, 'amount', 'Enter the amount.'],
  [{ way: 'waived' }, 'reason', 'say why'],
  [{ paid_on: '2099-01-01' }, 'paid_on', 'still to come'],
  [{ until_on: '2020-01-01' }, 'until_on', 'ends before it counts'],
  [{ amount: 'thirty' }, 'amount', 'Enter an amount like'],
])('%j is refused at its field, and what was typed stays', async (wrong, field, message) => {
  const person_id = await member('Refused')
  const answer = await us.post(`/ledger/dues/${person_id}`, form({ reference: 'kept as typed', ...wrong }))
  const html = await answer.text()
  expect([answer.status, html.includes('kept as typed'), html.includes(`id="${field}-error"`)]).toEqual([
    422,
    true,
    true,
  ])
  expect(html).toContain(message)
  expect(await standing(person_id)).toEqual([])
})

test('dues let off or paid elsewhere have no receipt, but hold', async () => {
  const person_id = await member('Waived')
  const waived = await us.post(`/ledger/dues/${person_id}`, form({ way: 'waived', amount: '', reason: 'lost her job' }))
  expect(waived.headers.get('location')).toContain(`/people/${person_id}`)
  expect(await standing(person_id)).toEqual(['active'])
  const before = await member('Before')
  const elsewhere = form({ way: 'elsewhere', amount: '', from_on: '2026-02-01', until_on: '2027-01-31' })
  expect((await us.post(`/ledger/dues/${before}`, elsewhere)).status).toBe(303)
  expect(await standing(before, '2026-02-01')).toEqual(['active'])
  const rows = await db
    .selectFrom('ledger_entry')
    .select('entry_id')
    .where('person_id', 'in', [person_id, before])
    .execute()
  expect(rows).toEqual([])
})

test('numbers have no gaps, however many pay at once and whoever is refused between', async () => {
  const people = await Promise.all(Array.from({ length: 8 }, (_, at) => member(`Many${at}`)))
  await Promise.all(
    people.map((person_id, at) =>
      settleDues(
        db,
        organizer,
        person_id,
        {
          form_key: randomUUID(), kind: 'regular', way: 'cash', amount: at % 3 === 0 ? 1 : 3000, reference: null, paid_on: today,
          from_on: today, until_on: '2027-11-22', reason: null,
        },
        today,
      ),
    ),
  ) // prettier-ignore
  const numbers = await db
    .selectFrom('ledger_entry')
    .select('number')
    .where('year', '=', Number(year))
    .orderBy('number')
    .execute()
  expect(numbers.map(({ number }) => number)).toEqual(numbers.map((_, at) => at + 1))
  expect(numbers.length).toBeGreaterThanOrEqual(6)
})

test('nothing in the books is changed, by nobody', async () => {
  await expect(sql`update ledger_entry set amount_cents = 1`.execute(db)).rejects.toThrow('permission denied')
  await expect(sql`delete from ledger_entry`.execute(world.database.owner)).rejects.toThrow('never changed')
})

test('money given back is a row of its own, and the membership goes with it if it should', async () => {
  const person_id = await member('Back')
  const entry = entryAt(await us.post(`/ledger/dues/${person_id}`, form()))
  const back = (more: Record<string, string>) => ({
    form_key: randomUUID(), kind: 'refund', amount: '10', way: 'cash', reference: '', on_date: today, note: 'moved away', ...more,
  }) // prettier-ignore
  const part = await us.post(`/ledger/entries/${entry}/back`, back({}))
  expect(part.status).toBe(303)
  expect(await standing(person_id)).toEqual(['active'])
  const more = await us.post(`/ledger/entries/${entry}/back`, back({ amount: '20.01' }))
  expect([more.status, (await more.text()).includes('More than is left')]).toEqual([422, true])
  const twice = back({ amount: '20', takes_dues_back: 'yes' })
  const rest = [
    await us.post(`/ledger/entries/${entry}/back`, twice),
    await us.post(`/ledger/entries/${entry}/back`, twice),
  ]
  expect(rest.map(({ status }) => status)).toEqual([303, 303])
  expect(await standing(person_id)).toEqual([])
  const rows = await db.selectFrom('ledger_entry').select(['kind', 'amount_cents']).where('of_entry', '=', entry).orderBy('number').execute() // prettier-ignore
  expect(rows).toEqual([{ kind: 'refund', amount_cents: -1000 }, { kind: 'refund', amount_cents: -2000 }]) // prettier-ignore

  const mistake = entryAt(await us.post(`/ledger/dues/${person_id}`, form()))
  expect((await us.post(`/ledger/entries/${mistake}/back`, back({ kind: 'void' }))).status).toBe(303)
  expect(await standing(person_id)).toEqual([])
  const looked = await unmatchedEntries(db, organization_id)
  expect(looked.filter((each) => each.entry_id === mistake || each.of_entry === mistake)).toEqual([])
})

test('the books keep whom they were written for; after a merge the money is on the timeline of who stays', async () => {
  const [kept, merged] = [await member('Stays'), await member('Goes')]
  const entry = entryAt(await us.post(`/ledger/dues/${merged}`, form({ reference: '7777' })))
  await mergePeople(db, organizer, kept, merged, [])
  expect(await standing(kept)).toEqual(['active'])
  expect(await (await world.as(organizer, routes).get(`/people/${kept}`)).text()).toContain('Paid $30.00')
  expect(await (await us.get(`/ledger/entries/${entry}`)).text()).toContain('name="takes_dues_back"')
})

test('of three rows that became one, one after the other, the money is on the timeline of the last', async () => {
  const [first, second, last] = [await member('One'), await member('Two'), await member('Three')]
  await us.post(`/ledger/dues/${first}`, form())
  await mergePeople(db, organizer, second, first, [])
  await mergePeople(db, organizer, last, second, [])
  expect(await (await us.get(`/people/${last}`)).text()).toContain('Paid $30.00')
  expect(await (await us.get(`/people/${last}/household`)).text()).toContain('Paid $30.00')
})

test('the treasurer’s page sums by month and way, and goes out as a file on the record', async () => {
  const { ways, months, totals, cents } = byMonth([
    { month: '2026-02', way: 'check', cents: 3000 },
    { month: '2026-01', way: 'cash', cents: 1000 },
    { month: '2026-02', way: 'cash', cents: -500 },
  ])
  expect([ways, totals, cents]).toEqual([['check', 'cash'], [3000, 500], 3500])
  expect(months).toEqual([
    { month: '2026-01', cells: [0, 1000], cents: 1000 },
    { month: '2026-02', cells: [3000, -500], cents: 2500 },
  ])
  const html = await (await us.get(`/ledger?year=${year}`, { 'accept-language': 'ko' })).text()
  expect(html).toContain(`${year}-0001`)
  const file = await (await us.get(`/ledger/export.csv?year=${year}`)).text()
  expect(file).toContain(`${year}-0001,${today},Min Kim 김민`)
  // What was given back is a number to a spreadsheet.
  expect(file).toContain(',-10.00,')
  const trail = await db.selectFrom('audit_entry').select('action').where('action', '=', 'ledger.export').execute()
  expect(trail).toHaveLength(1)
  expect(await (await them.get(`/ledger?year=${year}`)).text()).not.toContain('Kim')
})

const bank = (...lines: string[]) => readBank(lines.map((each) => each.split(';')))
test.each([
  [
    [
      'Details;Posting Date;Description;Amount;Type;Balance;Check or Slip #',
      'CREDIT;03/02/2026;DEPOSIT 1042;30.00;;;1042',
    ],
    [
      {
        on_date: '2026-03-02',
        amount_cents: 3000,
        text: 'DEPOSIT 1042 · CREDIT',
        reference: '1042',
        names_check: false,
      },
    ],
  ],
  [
    [
      'Date,Description,Amount,Check or Slip #,Reference',
      '2026-03-02,CHECK,-30.00,1042,7',
      '2026-03-02,FEE,-1.00,,8',
    ].map((each) => each.replaceAll(',', ';')),
    [{ reference: '1042', names_check: true }, { reference: null }],
  ],
  [['Date;Description;Amount;Check Number', '2026-03-02;IN;30.00;1042'], [{ reference: '1042', names_check: true }]],
  [
    ['Date;Description;Amount;Reference Number', '2026-03-02;ZELLE;30.00;1042'],
    [{ reference: '1042', names_check: false }],
  ],
  [
    ['Account;12345', '', 'Date;Description;Debit;Credit', '2026-03-02;Rent;1,200.00;', '3/4/26;Zelle;;$30', 'x;y;;'],
    [
      { on_date: '2026-03-02', amount_cents: -120000, text: 'Rent', reference: null },
      { on_date: '2026-03-04', amount_cents: 3000, text: 'Zelle', reference: null },
    ],
  ],
  [['거래일;적요;금액', '2026.03.02;회비;(30.00)'], [{ on_date: '2026-03-02', amount_cents: -3000, text: '회비', reference: null }]], // prettier-ignore
])('a bank’s file %j is read', (lines, read) => {
  expect(bank(...lines)).toMatchObject({ ok: true, lines: read })
})
test.each([
  [['Name;Amount', 'a;1'], 'no_date'],
  [['Date;Description', '2026-01-01;x'], 'no_amount'],
  [['Date;Amount', '13/45/2026;5', '2026-02-30;5'], 'no_lines'],
])('%j is refused: %s', (lines, problem) => {
  expect(bank(...lines)).toMatchObject({ ok: false, problem })
})

interface Told { reference?: string; text?: string; way?: 'cash' | 'check' | 'transfer'; names_check?: boolean } // prettier-ignore
const at = (on_date: string, amount_cents: number, more: Told = {}) => ({
  on_date, amount_cents, reference: more.reference ?? null, text: more.text ?? '', way: more.way ?? 'check', names_check: more.names_check ?? false,
}) // prettier-ignore
/** A line of a column that holds numbers of checks. */
const check = (on_date: string, amount_cents: number, reference: string) => at(on_date, amount_cents, { reference, names_check: true }) // prettier-ignore
const dues = (reference: string) => at('2026-03-01', 1500, { reference })
type Row = [what: string, entries: ReturnType<typeof at>[], lines: ReturnType<typeof at>[], pairs: number[][]]
test.each<Row>([
  ['amount and day', [at('2026-03-01', 3000)], [at('2026-03-05', 3000)], [[0, 0]]],
  ['another amount', [at('2026-03-01', 3000)], [at('2026-03-01', 3001)], []],
  ['too long after', [at('2026-03-01', 3000)], [at('2026-03-16', 3000)], []],
  ['too early', [at('2026-03-10', 3000)], [at('2026-03-06', 3000)], []],
  ['a check cashed late', [at('2026-03-01', 3000, { reference: '#1042' })], [at('2026-04-20', 3000, { text: 'CHECK 01042' })], [[0, 0]]], // prettier-ignore
  ['only part of a number', [at('2026-03-01', 3000, { reference: '104' })], [at('2026-04-20', 3000, { text: 'CHECK 1042' })], []], // prettier-ignore
  ['two alike, left to a person', [at('2026-03-01', 3000), at('2026-03-02', 3000)], [at('2026-03-03', 3000)], []],
  [
    'two alike, told apart by number, the rest by day',
    [at('2026-03-01', 3000, { reference: '2001' }), at('2026-03-01', 3000, { reference: '2002' })],
    [at('2026-03-03', 3000, { reference: '2002' }), at('2026-03-04', 3000)],
    [[1, 0], [0, 1]], // prettier-ignore
  ],
  ['another check of the same amount and day, left to a person', [dues('1056')], [check('2026-03-01', 1500, '1021')], []], // prettier-ignore
  ['another check named in the words', [dues('#1056')], [at('2026-03-01', 1500, { text: 'CHECK NO. 01021' })], []],
  ['another check, in the bank’s short words', [dues('1056')], [at('2026-03-01', 1500, { text: 'CHK# 1021' })], []],
  ...['Check 1056', 'No. 1056', 'Ck# 1056', 'ck1056', '수표 1056', '17209345112'].map((own): Row => [`another check than ${own}`, [dues(own)], [check('2026-03-01', 1500, '1021')], []]), // prettier-ignore
  ['a check that is not recorded, beside cash of the same amount', [dues('1056'), at('2026-02-28', 1500, { way: 'cash' })], [check('2026-03-01', 1500, '1021')], []], // prettier-ignore
  ['a check where only cash was recorded', [at('2026-03-01', 1500, { way: 'cash' })], [check('2026-03-01', 1500, '1021')], []], // prettier-ignore
  ['one of two lines names another check: the other is not certain either', [dues('1056')], [check('2026-03-01', 1500, '1021'), at('2026-03-02', 1500)], []], // prettier-ignore
  ['a check recorded without its number', [at('2026-03-01', 1500)], [check('2026-03-01', 1500, '1021')], [[0, 0]]],
  ['a bank’s own number of the line, which is no check’s', [dues('1056')], [check('2026-03-01', 1500, '20260301000417')], [[0, 0]]], // prettier-ignore
  ['the number of a deposit’s slip', [dues('1056')], [at('2026-03-01', 1500, { text: 'DEPOSIT', reference: '417' })], [[0, 0]]], // prettier-ignore
  ['a transfer with the bank’s own number', [at('2026-03-01', 1500, { way: 'transfer', reference: '884120' })], [at('2026-03-01', 1500, { text: 'ZELLE FROM KIM', reference: '004417' })], [[0, 0]]], // prettier-ignore
  ['a transfer from an account', [dues('1056')], [at('2026-03-01', 1500, { text: 'Online Banking transfer from CHK 4471' })], [[0, 0]]], // prettier-ignore
  ['a deposit that names no check', [dues('1056')], [at('2026-03-01', 1500, { text: 'TELLER DEPOSIT 11374' })], [[0, 0]]], // prettier-ignore
  ['money given back', [at('2026-03-01', -3000)], [at('2026-03-02', -3000)], [[0, 0]]],
])('%s', (_, entries, lines, pairs) => {
  const found = matchLines(
    entries.map((each, place) => ({ ...each, entry_id: String(place) })),
    lines.map((each, place) => ({ ...each, line_id: String(place) })),
  )
  expect(found.map(({ entry_id, line_id }) => [Number(entry_id), Number(line_id)])).toEqual(pairs)
})

test('the bank’s file is matched once, a deposit of two checks by hand, what is not ours set aside', async () => {
  const [one, two] = [await member('Deposit'), await member('Together')]
  const paid = { amount: '41', reason: 'two years', paid_on: today, until_on: '2028-11-22' }
  const entries = [
    entryAt(await us.post(`/ledger/dues/${one}`, form({ ...paid, reference: '3001' }))),
    entryAt(await us.post(`/ledger/dues/${two}`, form({ ...paid, amount: '42', reference: '3002' }))),
  ]
  const alone = entryAt(await us.post(`/ledger/dues/${await member('Alone')}`, form({ ...paid, amount: '77', reference: '88881' }))) // prettier-ignore
  const csv = `Date,Description,Amount\n${today},"DEPOSIT, TELLER",83.00\n${today},CHECK 88881,77.00\n${today},RENT,-900.00\n${today},RENT,-900.00\n`
  const upload = async (text = csv) => {
    const body = new FormData()
    body.set('csv', new File([text], 'march.csv', { type: 'text/csv' }))
    const app = buildApp(world.installation, async () => ours.actor(['treasurer']))
    const headers = { host: 'localhost', origin: 'http://localhost', 'sec-fetch-site': 'same-origin' }
    return app.request('/ledger/bank', { method: 'POST', body, headers })
  }
  expect((await upload()).headers.get('location')).toBe('/ledger/bank?added=4&matched=1&skipped=0')
  expect((await upload()).headers.get('location')).toBe('/ledger/bank?added=0&matched=0&skipped=0')
  // A line nobody can read is named.
  const broken = (await upload(`${csv}no day,nothing,xx\n`)).headers.get('location') ?? ''
  expect(await (await us.get(broken)).text()).toContain('In the file: 6.')
  const lines = await unmatchedLines(db, organization_id)
  const deposit = lines.find(({ amount_cents }) => amount_cents === 8300)?.line_id ?? ''
  const path = `/ledger/bank/lines/${deposit}`
  const one_only = await us.post(path, { 'entries[]': entries[0] ?? '' })
  expect([one_only.status, (await one_only.text()).includes('does not add up')]).toEqual([422, true])
  expect((await us.post(path, { 'entries[]': entries })).status).toBe(303)
  for (const { line_id } of lines.filter(({ amount_cents }) => amount_cents < 0))
    expect((await us.post(`/ledger/bank/lines/${line_id}/aside`, {})).status).toBe(303)
  expect(await unmatchedLines(db, organization_id)).toEqual([])
  const open = (await unmatchedEntries(db, organization_id)).map(({ entry_id }) => entry_id)
  expect(open).not.toContain(alone)
  const page = await (await us.get('/ledger/bank')).text()
  expect(page).toContain('DEPOSIT, TELLER')
  expect((await us.post(`${path}/open`, {})).status).toBe(303)
  expect((await unmatchedLines(db, organization_id)).map(({ line_id }) => line_id)).toEqual([deposit])
  expect((await them.post(`${path}/open`, {})).status).toBe(404)
  expect(await importBank(world.database.of(theirs.organization_id), theirs.organizer, 'x.csv', [])).toEqual({ added: 0, matched: 0 }) // prettier-ignore
})

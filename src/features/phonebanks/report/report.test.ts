import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { createScript } from '../../scripts/commands.ts'
import { versionsOf } from '../../scripts/queries.ts'
import { shareOf, saltOf } from '../../scripts/rules.ts'
import { callerState, phoneBank, type CallerRow } from '../dashboard.ts'
import { groupsOf } from '../host/groups.ts'
import { phoneBankRoutes } from '../routes.tsx'
import { addTestCaller, addVoters, makeBank, phoneOf, testScript } from '../testing.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { reportOf } from './queries.ts'
import { wordedReport } from './words.ts'
import { reportRoutes } from './routes.tsx'

const world = await makeWorld('2026-11-23T23:30:00Z') // Monday, 6:30 pm in New York
const { installation, ours } = world
const { owner } = installation.database
const { organization_id, organizer } = ours
const db = installation.database.of(organization_id)
const http = world.as(organizer, [phoneBankRoutes, reportRoutes])
const now = () => installation.clock.now()
let last = 0

async function votersOf(count: number): Promise<number[]> {
  const ids = Array.from({ length: count }, () => ++last)
  await addVoters(
    owner,
    ids.map((voter_id) => ({ voter_id })),
  )
  return ids
}

/** A question tried in two wordings, and calls of eight voters: answers 1 to 4, then four who did not answer. */
async function evening() {
  const ids = await votersOf(8)
  const [first = testScript.steps[0]!, ...rest] = testScript.steps
  const content = {
    ...testScript,
    steps: [
      { ...first, wordings: [{ key: 'warm', say: { en: 'May we count on you?', ko: '함께해 주시겠어요?' } }] },
      ...rest,
    ],
  }
  const { script_id } = await createScript(db, organizer, { name: `Wordings ${last}`, content }, now())
  const bank = await makeBank(world, organizer, ids, { script_id })
  const caller = await addTestCaller(world, organizer, bank)
  const heard: [number, number][] = []
  let { turn } = await caller.next()
  for (let call = 0; turn.cards[0]; call++) {
    const [card] = turn.cards
    const support = call + 1
    if (call < 4) heard.push([card.voter_id, support])
    const result =
      call < 4
        ? { disposition: 'canvassed' as const, answers: { support, plan: call > 0 }, language: 'ko' as const }
        : {}
    turn = (await caller.record(card, result)).turn
  }
  return { bank, heard }
}

test('the report counts calls, supporters, answers by wording, groups, hours, rounds and callers', async () => {
  const { bank, heard } = await evening()
  const row = await phoneBank(db, organization_id, bank.phone_bank_id)
  const versions = (await versionsOf(db, row.script_id)).map(({ content }) => content)
  const asked = { question: 'plan', district: 'assembly' } as const
  const report = await reportOf(db, row, versions, asked, 'support', 'America/New_York', now())
  expect(report.totals).toMatchObject({ attempts: 8, voters: 8, contacts: 4, conversations: 4, answered: 4 })
  expect(report.support).toEqual({ supporters: 2, asked: 4 })
  // By the wording each voter heard.
  for (const [voter_id, value] of heard) {
    const wording = shareOf(voter_id, saltOf('support')) % 2 ? 'warm' : 'first'
    expect(report.answers).toContainEqual({ question: 'support', wording, value, count: 1 })
  }
  expect(report.groups).toContainEqual({
    dimension: 'language',
    key: 'ko',
    attempts: 4,
    conversations: 4,
    asked: 4,
    answers: { yes: 3, no: 1 },
  })
  expect(report.groups.find(({ dimension }) => dimension === 'district')?.key).toBeNull()
  expect(report.groups.find(({ dimension }) => dimension === 'age')).toMatchObject({ attempts: 8, conversations: 4 })
  expect(report.hours).toEqual([{ weekday: 1, hour: 18, attempts: 8, conversations: 4 }])
  expect(report.rounds.map(({ round, attempts, conversations }) => [round, attempts, conversations])).toEqual([
    [1, 8, 4],
  ])
  expect(report.callers).toEqual([
    { name: 'Grace', is_on_paper: false, calls: 8, conversations: 4, answered: 4, hours: 1 },
  ])

  // A state's file without council districts: they come from the election district.
  await sql`update voter_record set ccd = null, ad = 41, ed = 12`.execute(owner)
  await sql`insert into crosswalk (state, kind, source, loaded_by) values ('NY', 'nyc-council', 'test', 'test')`.execute(
    owner,
  )
  await sql`insert into crosswalk_part (state, kind, ad, ed, district, share) values ('NY', 'nyc-council', 41, 12, 23, 1)`.execute(
    owner,
  )
  const byCouncil = await groupsOf(db, row, { question: null, district: 'nyc-council' }, now())
  expect(byCouncil.filter(({ dimension }) => dimension === 'district')).toMatchObject([{ key: '23', attempts: 8 }])
  // 64 until the first of December; by the year alone they would be 65.
  await sql`update voter_record set ccd = 20, ad = null, ed = null`.execute(owner)
  await owner.updateTable('voter_record').set({ birth_date: '1961-12-01' }).where('voter_id', 'in', heard.map(([id]) => id)).execute() // prettier-ignore
  const byAge = await groupsOf(db, row, { question: null, district: 'senate' }, now())
  expect(byAge.filter(({ dimension }) => dimension === 'age').map(({ key, attempts }) => [key, attempts])).toEqual([
    ['45-64', 4],
    ['65+', 4],
  ])

  // Forty districts: all of them in the table, the first in the chart, which says so.
  const [{ key: _, ...group } = report.groups[0]!] = report.groups
  const districts = Array.from({ length: 40 }, (__, nth) => ({ ...group, dimension: 'district' as const, key: String(nth) })) // prettier-ignore
  // A call that came between two countings is not one from paper.
  const worded = wordedReport(translator('en'), { bank: row, report: { ...report, groups: districts, hours: [...report.hours, { weekday: 2, hour: 20, attempts: 1, conversations: 1 }], totals: { ...report.totals, attempts: 9 } }, versions, ...asked, time_zone: 'America/New_York' }) // prettier-ignore
  const sectionOf = (id: string) => worded.sections.find((each) => each.id === id)
  expect(sectionOf('by-district')).toMatchObject({ rows: { length: 40 } })
  expect(sectionOf('hours')?.lead).not.toContain('paper')
  expect(sectionOf('hours')).toMatchObject({ hours: [{ hour: 18 }, { hour: 19 }, { hour: 20 }] })
  expect(sectionOf('contact-rates')).toMatchObject({
    charts: [{ caption: expect.stringContaining('the first 12 of 40'), bars: { length: 12 } }, {}, {}],
  })

  // A version of the script that nobody read names no question; of one that some heard, the report says so.
  const [used] = versions
  if (!used) throw new Error('no script')
  const newer = { ...used, steps: used.steps.map((step) => ({ ...step, say: { en: `Again: ${step.say.en}` } })) }
  const captions = (script_versions: number[], script_version = 1) => {
    const asking = { bank: { ...row, script_version }, report: { ...report, script_versions }, versions: [newer, used] }
    const section = wordedReport(translator('en'), { ...asking, ...asked, time_zone: 'America/New_York' }).sections.find(({ id }) => id === 'answers') // prettier-ignore
    return section?.kind === 'bars' ? section.charts.map(({ caption }) => caption) : []
  }
  expect(report.script_versions).toEqual([1])
  expect(captions([1])[0]).toBe(used.steps[0]?.say.en)
  expect(captions([1], 2)).toEqual(captions([1]))
  for (const caption of captions([2, 1], 2))
    expect(caption).toMatch(/^Again: .* \(some were asked in the words of another/)

  // Called in the first round, sent when the second had begun.
  await owner.insertInto('phone_bank_round').values({ organization_id, phone_bank_id: bank.phone_bank_id, round: 2, voters: 4, started_at: new Date(now().getTime() + 1), started_by: 'Grace' }).execute() // prettier-ignore
  await owner.updateTable('contact_attempt').set({ recorded_at: new Date(now().getTime() + 60_000) }).where('phone_bank_id', '=', bank.phone_bank_id).execute() // prettier-ignore
  // As if typed from a sheet, which knows when it was begun.
  await owner.updateTable('phone_bank_caller').set({ is_on_paper: true }).where('phone_bank_id', '=', bank.phone_bank_id).execute() // prettier-ignore
  const later = await reportOf(db, row, versions, asked, 'support', 'America/New_York', now())
  expect(later.rounds.map(({ round, attempts }) => [round, attempts])).toEqual([
    [1, 8],
    [2, 0],
  ])
  expect(later.hours).toEqual([])
  const html = await (await http.get(`/phonebanks/${bank.phone_bank_id}/report`)).text()
  expect(html).toContain('Calls from paper are left out')
  expect((await http.get(`/phonebanks/${bank.phone_bank_id}/report/pdf`)).status).toBe(200)
})

test('page and PDF say it in both languages; cost is asked in dollars and shown per conversation', async () => {
  const { bank } = await evening()
  const path = `/phonebanks/${bank.phone_bank_id}/report`
  expect((await http.post(`${path}/cost`, { cost: 'much' })).status).toBe(422)
  expect((await http.post(`${path}/cost`, { cost: '1,234.50' })).status).toBe(303)
  for (const [language, words] of [
    [
      'en',
      [
        'Cost per conversation',
        '$308.63',
        'Answers by wording',
        'By Assembly district',
        'Will you vote?',
        '50% of 8 calls',
      ],
    ],
    [
      'ko',
      ['대화 한 건 비용', '$308.63', '질문 문구별 답', '주하원 선거구별 결과', '투표하실 건가요?', '8통 가운데 50%'],
    ],
  ] as const) {
    const cookie = { cookie: `language=${language}` }
    const html = await (await http.get(`${path}?question=plan&district=assembly`, cookie)).text()
    for (const word of words) expect(html).toContain(word)
    const answer = await http.get(`${path}/pdf?question=plan`, cookie)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    const file = Buffer.from(await answer.arrayBuffer()).toString('latin1')
    expect(file.startsWith('%PDF-1.')).toBe(true)
    expect(file).toContain('Pretendard')
  }
  const groups = await http.get(`${path}/groups.csv?question=plan&district=assembly`, { cookie: 'language=ko' })
  expect(groups.headers.get('content-type')).toContain('text/csv')
  const lines = (await groups.text()).split('\r\n')
  expect(lines[0]).toBe('비교 기준,그룹,통화 시도,대화,대화 비율,답한 분,예,아니요')
  expect(lines).toContain('나이,65세 이상,8,4,0.500,4,3,1')
  const results = await (await http.get(`/phonebanks/${bank.phone_bank_id}/results`)).text()
  expect(results).toContain('Answers by wording')
})

test('results leave in the order of columns that other programs import', async () => {
  const { bank, heard } = await evening()
  const file = async (form: string, { phone_bank_id } = bank) =>
    (await (await http.post(`/phonebanks/${phone_bank_id}/results.csv`, { form, law: 'yes' })).text())
      .trim()
      .split('\r\n')
  const [voter_id = 0] = heard[0] ?? []
  const phone = phoneOf(voter_id).slice(2)
  const van = await file('van')
  expect(van[0]).toContain(
    'State Voter ID,Date Contacted,Phone Number,Canvass Result,Do you support it?,Will you vote?',
  )
  expect(van).toHaveLength(9)
  expect(van).toContain(`NY${voter_id},11/23/2026,${phone},Canvassed,1 Strong support,No`)
  const people = await file('nationbuilder')
  expect(people[0]).toContain('first_name,middle_name,last_name,external_id,phone_number,support_level,note,tag_list')
  expect(people).toContain(`Min-jun,,Kim,NY${voter_id},${phone},1,,phonebank_canvassed`)
  // Whom a question is about is named in its heading.
  const steps = testScript.steps.map((step) => ({ ...step, say: { en: `${step.key}: {candidate}?` } }))
  const content = { ...testScript, steps }
  const { script_id } = await createScript(db, organizer, { name: 'Of a candidate', content }, now())
  const candidate = { en: 'Hana Yoon' }
  const of = await makeBank(world, organizer, [], { script_id, candidate, lane: 'independent' })
  expect((await file('van', of))[0]).toContain('Canvass Result,support: Hana Yoon?,plan: Hana Yoon?')
})

test('why a voter is not on the list, found by a search from the phone bank’s page and kept in the log', async () => {
  const [listed = 0, away = 0, gone = 0, late = 0] = await votersOf(4)
  await owner.updateTable('voter_record').set({ county: 'kings' }).where('voter_id', '=', away).execute()
  await owner.updateTable('voter_record').set({ status: 'purged' }).where('voter_id', '=', gone).execute()
  const bank = await makeBank(world, organizer, [listed], { expression: 'county:queens' })
  const page = async (voter_id: number) =>
    (await http.get(`/phonebanks/${bank.phone_bank_id}/voters/${voter_id}`)).text()
  expect(await page(listed)).not.toContain('Not on the list')
  expect(await page(away)).toContain('does not fit its universe: county:queens')
  expect(await page(gone)).toContain('no longer in the voter file')
  expect(await page(late)).toContain('fit its universe only by now')
  const seen = await db
    .selectFrom('audit_entry')
    .select('subject_id')
    .where('action', '=', 'person.view')
    .where('subject_id', 'in', [away, gone, late].map(String))
    .execute()
  expect(seen).toHaveLength(3)
  const html = await (await http.get(`/phonebanks/${bank.phone_bank_id}/voters?q=${phoneOf(away).slice(2)}`)).text()
  expect(html).toContain(`/phonebanks/${bank.phone_bank_id}/voters/${away}`)
})

test.each([
  [{ removed_at: new Date() }, 'removed'],
  [{ is_on_paper: true }, 'on_paper'],
  [{ bridge: 'talking' as const, in_hand: 1 }, 'talking'],
  [{ bridge: 'open' as const }, 'on_bridge'],
  [{ in_hand: 1 }, 'in_hand'],
  [{ in_hand: 1, is_talking: true, last_seen_at: new Date('2026-11-23T23:00:00Z') }, 'talking'],
  [{}, 'resting'],
  [{ last_seen_at: new Date('2026-11-23T23:00:00Z'), in_hand: 1 }, 'away'],
])('a caller of whom is known %j is %s', (known, state) => {
  const caller = { removed_at: null, is_on_paper: false, bridge: null, in_hand: 0, last_seen_at: now(), ...known }
  expect(callerState(caller as unknown as CallerRow, now())).toBe(state)
})

import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Command } from 'commander'
import fc from 'fast-check'
import { sql } from 'kysely'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { allMessages, translator } from '../../platform/i18n/messages.ts'
import { seenIn } from '../../platform/testing/seen.ts'
import { workOff } from '../../platform/testing/work-off.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { addKind, editKind } from '../people/membership/kinds/commands.ts'
import { KindForm } from '../people/membership/schema.ts'
import { choicesFrom, choicesOf, noChoices, textOf } from './builder.ts'
import './builder-messages.ts'
import { targetingCommands } from './cli.ts'
import { saveUniverse } from './commands.ts'
import { isSound, rebuildColumns } from './columns/building.ts'
import { columnsPath } from './columns/file.ts'
import { columnsOf } from './columns/store.ts'
import { countsIn } from './complete-counts.ts'
import { complete, completeWithCounts } from './complete.ts'
import { RefreshAnswer } from './endpoints.ts'
import { Age } from './islands/parts/age.tsx'
import { SampleStrip } from './islands/parts/sample.tsx'
import { startTargeting, stopTargeting, targetingColumns } from './jobs.ts'
import { parse } from './parse.ts'
import { print } from './print.ts'
import { problemSentence } from './problem.ts'
import { compileUniverse, countUniverse, universes } from './queries.ts'
import { facetNames, type Refresh } from './refresh.ts'
import { targetingRoutes } from './routes.tsx'
import { leftOutReasons } from './schema.ts'
import { addCenters, expressions } from './testing.ts'

const world = await makeWorld()
const browser = world.as(world.ours.organizer, [targetingRoutes])
const base = '/voters/universes'

beforeAll(async () => {
  const owner = world.database.owner
  await sql`create table if not exists voter_record_ny partition of voter_record for values in ('NY')`.execute(owner)
  await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, first_name, last_key, given_key, party, status, sex, birth_date, county, city, ccd, household_key, p_korean)
    select n, 1, n, 1, 'NY', 'NY' || n, case when n % 3 = 0 then 'Kim' else 'Smith' end, 'Young', case when n % 3 = 0 then 'KIM' else 'SMITH' end, 'YOUNG',
      case when n % 2 = 0 then 'dem' else 'none' end, 'active', 'F', date '1960-01-01' + n * 100, 'queens', 'Flushing', 20, n / 2, case when n % 3 = 0 then 95 else 1 end
    from generate_series(1, 90) n`.execute(owner)
})

async function html(path: string, language = 'en'): Promise<string> {
  const response = await browser.get(path, { cookie: `language=${language}`, 'accept-language': language })
  return response.text()
}

test('the page without an expression shows everyone', async () => {
  const page = await html(`${base}/new`)
  expect(page).toContain('New universe')
  expect(page).toMatch(/Voters<\/dt><dd[^>]*>90</)
  expect(page).toContain('Left out unless you ask')
})

test('clicked choices become the expression in the address, and are clicked when one comes back', async () => {
  const clicked = await browser.get(
    `${base}/new?build=1&community=korean&percent=80&party=dem&age_from=18&age_to=&sex=F&district_kind=nyc-council&district_numbers=20%2C23&times=&of=4&contact=not_14d&rest=`,
  )
  expect(clicked.status).toBe(303)
  const address = new URL(clicked.headers.get('location') ?? '', 'http://localhost')
  expect(address.searchParams.get('q')).toBe(
    'party:dem age:18- sex:F district:nyc-council/20,23 community:korean>=0.8 -contacted:14d',
  )
  const page = await html(address.pathname + address.search)
  expect(page).toMatch(/Voters<\/dt><dd[^>]*>15</)
  expect(page).toMatch(
    /<input[^>]*name="party"[^>]*checked=""[^>]*value="dem"|<input[^>]*name="party"[^>]*value="dem"[^>]*checked=""/,
  )
  expect(page).toMatch(/name="district_numbers"[^>]*value="20,23"/)
})

test.each([
  ['200', '', 'age_from', 'Ages go from 0 to 130.', '0세에서 130세 사이로 써 주세요.'],
  ['40', '20', 'age_to', 'This is younger than the age it begins with.', '시작하는 나이보다 적습니다.'],
  ['18', 'old', 'age_to', 'Write the age in digits, as 65.', '나이를 65처럼 숫자로 써 주세요.'],
])('ages %s to %s are refused at their field, and every choice is kept', async (from, to, field, english, korean) => {
  const address = `${base}/new?build=1&party=dem&age_from=${from}&age_to=${to}&sex=F&rest=`
  const refused = await browser.get(address)
  expect(refused.status).toBe(422)
  const page = await refused.text()
  expect(page).toMatch(new RegExp(`id="choose-${field}-error"[^>]*>${english}<`))
  expect(page).toMatch(new RegExp(`<a href="#choose-${field}">[^<]*${english}`))
  expect(page).toMatch(
    new RegExp(
      `<input(?=[^>]*name="${field}")(?=[^>]*aria-invalid="true")(?=[^>]*value="${field === 'age_to' ? to : from}")`,
    ),
  )
  expect(page).toMatch(/<input(?=[^>]*name="party")(?=[^>]*value="dem")(?=[^>]*checked="")/)
  expect(page).toContain('party:dem sex:F</textarea>')
  expect(page).toContain('Choose first: a name and a note that you have begun are not kept')
  expect(await html(address, 'ko')).toContain(korean)
})

test('the page without script says who is in the universe, not who would be with other choices', async () => {
  const page = await html(`${base}/new?q=${encodeURIComponent('party:dem')}`)
  const parties = /<caption[^>]*>Party<\/caption>([\s\S]*?)<\/table>/.exec(page)?.[1] ?? ''
  expect(parties).toContain('45')
  expect(parties).not.toContain('No party')
})

test('a wrong expression is answered with the place, the nearest word and what was typed', async () => {
  const response = await browser.get(`${base}/new?q=${encodeURIComponent('age:18- party:dme')}`)
  expect(response.status).toBe(422)
  const page = await response.text()
  expect(page).toMatch(/<mark[^>]*>dme<\/mark>/)
  expect(page).toContain('Did you mean dem?')
  expect(page).toContain(`q=age%3A18-+party%3Adem`)
  expect(page).toContain('age:18- party:dme</textarea>')
  // What reads well and was perhaps meant otherwise is put right by a link too.
  expect(await html(`${base}/new?q=${encodeURIComponent('korean age:18-')}`)).toMatch(
    /Did you mean community:korean\? <a [^>]*href="\/voters\/universes\/new\?q=community%3Akorean%3E%3D0\.5\+age%3A18-">Write community:korean instead<\/a>/,
  )
  expect(await html(`${base}/new?q=${encodeURIComponent('한인')}`, 'ko')).toContain('q=community%3Akorean%3E%3D0.5"')
})

test('a universe is saved, listed, changed, archived and put back', async () => {
  const refused = await browser.post(base, { name: ' ', expression: 'party:dem', note: 'kept' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('kept')
  const saved = await browser.post(base, { name: '퀸즈 민주당', expression: '정당:민주당', note: '' })
  expect(saved.status).toBe(303)
  const address = (saved.headers.get('location') ?? '').replace('?saved', '')
  expect(await html(address)).toMatch(/퀸즈 민주당[\s\S]*party:dem[\s\S]*45/)
  expect(await html(base)).toContain('퀸즈 민주당')
  const again = await browser.post(base, { name: '퀸즈 민주당', expression: '', note: '' })
  expect(again.status).toBe(422)
  // Said on top, with the way to the field, which is far below.
  expect(await again.text()).toMatch(
    /role="alert"[^>]*data-focus[\s\S]*href="#name"[^>]*>Name: Another universe has this name\./,
  )
  expect((await browser.post(address, { name: '퀸즈 한인', expression: 'community:korean', note: 'x' })).status).toBe(
    303,
  )
  expect(await html(`${address}/edit`)).toContain('퀸즈 한인')
  const archived = await browser.post(`${address}/archive`, {})
  expect(archived.headers.get('location')).toContain('put_away=')
  expect(await html(base)).toContain('No universe yet')
  expect((await browser.post(`${address}/restore`, {})).status).toBe(303)
  expect(await html(base)).toContain('퀸즈 한인')
})

test('who changes a universe that somebody changed meanwhile keeps the expression and reads theirs', async () => {
  const made = await browser.post(base, { name: 'Two at once', expression: 'party:dem', note: '' })
  const id = /universes\/([0-9a-f-]+)/.exec(made.headers.get('location') ?? '')?.[1] ?? ''
  const seen = seenIn(await html(`${base}/${id}/edit`))
  await browser.post(`${base}/${id}`, { name: 'Two at once', expression: 'party:dem sex:F', note: 'women first' })
  const late = await browser.post(`${base}/${id}`, { name: 'Mine', expression: 'party:none', note: '', seen })
  expect(late.status).toBe(409)
  const page = await late.text()
  expect(page).toContain('value="Mine"')
  expect(page).toContain('party:none</textarea>')
  // What they saved stands above the builder; the way to the field is there too.
  expect(page).toContain('href="#q"')
  for (const theirs of ['<strong>party:dem sex:F<', '<strong>women first<']) expect(page).toContain(theirs)
  const again = { name: 'Mine', expression: 'party:none', note: '', seen: seenIn(page) }
  expect((await browser.post(`${base}/${id}`, again)).status).toBe(303)
  const now = seenIn(await html(`${base}/${id}/edit`))
  const answers = await Promise.all(
    ['sex:F', 'sex:M'].map((expression) =>
      browser.post(`${base}/${id}`, { name: 'Mine', expression, note: '', seen: now }),
    ),
  )
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409])
})

test('without script what stands in the box is saved, shown or not, and looking at voters keeps name and note', async () => {
  const page = await html(`${base}/new`)
  // One form; the button that only shows goes elsewhere and asks for no name.
  expect(page).toMatch(/<textarea[^>]*name="q"[^>]*form="universe"|<textarea[^>]*form="universe"[^>]*name="q"/)
  expect(page).toMatch(/<button(?=[^>]*formMethod="get")[^>]*formNoValidate/i)
  // Enter in a line presses the first button of the form: it saves.
  const [first] = /<button[^>]*form="universe"[^>]*>/.exec(page) ?? []
  expect(first).not.toMatch(/formMethod/i)
  const shown = await html(`${base}/new?${new URLSearchParams({ q: 'party:dem', name: 'Half', note: 'done' })}`)
  for (const kept of ['party:dem</textarea>', 'value="Half"', 'done</textarea>']) expect(shown).toContain(kept)
  const unread = await browser.post(base, { name: 'Half done', note: '', q: 'party:dme' })
  expect(unread.status).toBe(422)
  expect(await unread.text()).toContain('party:dme</textarea>')
  const made = await browser.post(base, { name: 'Half done', note: '', q: 'party:dem sex:F' })
  const path = (made.headers.get('location') ?? '').replace('?saved', '')
  expect(await html(`${path}/edit`)).toContain('party:dem sex:F</textarea>')

  // Looking at other voters is no saving, but tells of a saving meanwhile.
  const opened = await html(`${path}/edit`)
  const was = /name="was" value="([^"]+)"/.exec(opened)?.[1] ?? ''
  const look = `${path}/edit?${new URLSearchParams({ was, name: 'Half done', note: 'mine', q: 'party:none' })}`
  expect((await browser.get(look)).status).toBe(200)
  await browser.post(path, { name: 'Half done', note: 'theirs', q: 'party:dem sex:F' })
  const told = await browser.get(look)
  expect(told.status).toBe(409)
  const both = await told.text()
  for (const words of ['party:none</textarea>', 'mine</textarea>', '<strong>theirs<', 'href="#q"'])
    expect(both).toContain(words)
  // Nor is that kept from whoever clicked ages that are none: both are told.
  const clicked = await browser.get(`${path}/edit?build=1&party=none&age_from=200&rest=&was=${was}`)
  expect(clicked.status).toBe(409)
  const told_both = await clicked.text()
  for (const words of ['<strong>party:dem sex:F<', 'theirs</textarea>', 'id="choose-age_from-error"'])
    expect(told_both).toContain(words)
  const sent = { name: 'Half done', note: 'mine', q: 'party:none', seen: seenIn(both) }
  expect((await browser.post(path, sent)).status).toBe(303)
  expect(await html(`${path}/edit`)).toContain('party:none</textarea>')
  await browser.post(`${path}/archive`, {})
})

test('another organization gets nothing of it', async () => {
  const { rows } = await sql<{ universe_id: string }>`select universe_id from universe`.execute(world.database.owner)
  const theirs = world.as(world.theirs.organizer, [targetingRoutes])
  for (const { universe_id } of rows) {
    expect((await theirs.get(`${base}/${universe_id}`)).status).toBe(404)
    expect((await theirs.post(`${base}/${universe_id}/archive`, {})).status).toBe(404)
  }
  expect(await (await theirs.get(base)).text()).toContain('No universe yet')
  expect((await theirs.get(`${base}/not-an-id`)).status).toBe(404)
})

test.each([
  [['caller'], 403],
  [['host'], 200],
  [['organizer'], 200],
])('%s opening the list gets %i', async (roles, status) => {
  expect((await world.as(world.ours.actor(roles), [targetingRoutes]).get(base)).status).toBe(status)
})

test('every page is there in Korean', async () => {
  expect(await html(`${base}/new?q=party%3Adem`, 'ko')).toMatch(
    /새 대상 유권자[\s\S]*따로 적지 않으면 빼는 분들[\s\S]*이름 붙여 저장/,
  )
  expect(await html(`${base}/new?q=party%3Adme`, 'ko')).toContain('혹시 dem인가요?')
})

test('every problem has its sentence in both languages', () => {
  const codes = [...allMessages().keys()].filter((key) =>
    /^targeting\.problem\.(?!title|did_you_mean|expected)/.test(key),
  )
  expect(codes.length).toBeGreaterThan(15)
  for (const typed of [
    'partie:dem',
    'party:dme',
    'age:',
    'age:x',
    'age:9-1',
    'registered:x',
    'voted>=5/4',
    'voted:x',
    'community:korean>=9',
    'party>dem',
    'answer:=x',
    'answer:x>=y',
    'field:직업=x',
    'street:x/y',
    'birthday:x',
    'sample:x',
    'split:x',
    'household:(household:(x))',
    'contacted:ever@',
    `x${' '.repeat(20_000)}`,
    'tag:"x',
    '(x',
    'x)',
    'or',
  ]) {
    const parsed = parse(typed)
    if (parsed.ok) throw new Error(typed)
    for (const language of ['en', 'ko'] as const)
      expect(problemSentence(translator(language), parsed.problem).join(' ')).not.toMatch(/\{\{|undefined/)
  }
})

describe('the clicked form', () => {
  test('choices and the rest together are the same expression', () => {
    fc.assert(
      fc.property(expressions(), (expression) => {
        const back = parse(textOf(choicesOf(expression)))
        const parts = (text: string): string[] =>
          text
            .split(' ')
            .map((part) => part.replace(/^has:phone$/, 'phone:any'))
            .sort()
        expect(back.ok).toBe(true)
        if (back.ok) expect(parts(print(back.expression))).toEqual(parts(print(expression)))
      }),
      { numRuns: 1000 },
    )
  })

  test('nothing clicked is everyone; what makes no sense is left out', () => {
    expect(textOf(noChoices)).toBe('')
    expect(textOf(choicesFrom(new URLSearchParams('party=dem&party=xyz&contact=bogus&community=martian')))).toBe(
      'party:dem',
    )
    expect(textOf({ ...noChoices, rest: 'party:dem or age:18', sex: ['F'] })).toBe('sex:F (party:dem or age:18)')
  })
})

describe('completion', () => {
  const known = {
    tags: ['volunteer', '봉사자'],
    universes: ['Flushing tenants'],
    elections: [
      { year: 2024, kind: 'general' },
      { year: 2024, kind: 'presidential_primary' },
    ],
    phone_banks: ['Fall calls', '가을 전화'],
    questions: new Map([['housing', ['tenant', 'owner']]]),
    own_fields: new Map([['union', ['yes', 'no']]]),
    ours: {
      event_kinds: new Map([['food_pantry', { en: 'Food pantry', ko: '푸드뱅크' }]]),
      membership_kinds: new Map([['student', { en: 'Student', ko: '학생 회원' }]]),
      events: [{ code: 'k3x9a2bc', title: { en: 'Fall roundtable', ko: '가을 간담회' } }],
      rungs: new Map([['Core team', { en: 'Core team', ko: '핵심 봉사자' }]]),
      roles: ['Treasurer'],
      trainings: ['Phone bank host', '전화 진행'],
      partners: new Map([['KACE', { en: 'KACE', ko: '시민참여센터' }]]),
      cohorts: new Map([['Forum 2027', { en: 'Forum 2027', ko: '포럼 2027' }]]),
      bodies: {
        committee: new Map([['Housing', { en: 'Housing', ko: '주거위원회' }]]),
        chapter: new Map([['Queens chapter', { en: 'Queens chapter' }]]),
        board: new Map(),
        office: new Map([['Chair', { en: 'Chair', ko: '위원장' }]]),
      },
    },
  }
  test.each([
    ['', ['name:', 'status:']],
    ['par', ['party:']],
    ['정', ['party:']],
    ['party:dem -cont', ['contacted:']],
    ['party:', ['dem', 'rep']],
    ['party:dem,r', ['rep']],
    ['정당:민', ['dem']],
    ['county:퀸', ['queens']],
    ['district:', ['congress/', 'senate/']],
    ['tag:v', ['volunteer']],
    ['in:', ['"Flushing tenants"']],
    ['voted:2024-p', ['2024-presidential-primary']],
    ['result:phone/no', ['no-answer']],
    ['trip', ['triple-prime']],
    ['첫', ['first-time']],
    ['party:dem -', ['name:', 'party:']],
    ['(par', ['party:']],
    ['household:(par', ['party:']],
    ['household:(party:dem,r', ['rep']],
    ['in:"Flush', ['"Flushing tenants"']],
    ['-in:"Flushing te', ['"Flushing tenants"']],
    ['party:dem (tag:봉', ['봉사자']],
    ['tag:"vol', ['volunteer']],
    ['method:mail,', ['early']],
    ['투표방법:우편,사', ['early']],
    ['method:mail/2024-g', ['2024-general']],
    ['voted:2024-general/d', ['dem']],
    ['consent:refused/t', ['text']],
    ['consent:ref', ['refused/']],
    ['answer:ho', ['housing=']],
    ['answer:housing=ten', ['tenant']],
    ['answer:housing=tenant,o', ['owner']],
    ['field:u', ['union=']],
    ['field:union=', ['yes', 'no']],
    ['result:refused@', ['"Fall calls"', '"가을 전화"']],
    ['result:refused@"가을', ['"가을 전화"']],
    ['회원:활', ['active']],
    ['birthday:mar', ['3']],
    ['speaks:한', ['ko']],
    ['attended:round', ['roundtable']],
    ['참석:간', ['roundtable']],
    ['attended:food', ['"food_pantry"']],
    ['참석:푸드', ['"food_pantry"']],
    ['attended:roundtable/', ['90d']],
    ['attended:roundtable>=', ['3:year']],
    ['attended>=', ['3:year']],
    ['hours>=', ['10:year']],
    ['attended:@k', ['k3x9a2bc']],
    ['attended:@"가을', ['k3x9a2bc']],
    ['stage:core', ['"Core team"']],
    ['단계:핵', ['"Core team"']],
    ['role:', ['Treasurer']],
    ['committee:주', ['Housing']],
    ['committee:Housing/', ['Chair']],
    ['위원회:any/위', ['Chair']],
    ['chapter:', ['"Queens chapter"']],
    ['trained:ph', ['"Phone bank host"']],
    ['위임:진', ['host-phone-banks']],
    ['회원종류:학', ['student']],
    ['member:lapsed/stu', ['student']],
    ['dues:', ['due', 'paid', 'waived']],
    ['invited:round', ['roundtable']],
    ['초대:@"가을', ['k3x9a2bc']],
    ['hosted:round', ['roundtable']],
    ['주최:@"가을', ['k3x9a2bc']],
    ['hosted>', ['90d', '2:year']],
    ['협력단체:시민', ['KACE']],
    ['cohort:', ['"Forum 2027"', 'accepted', 'any']],
    ['기수:포', ['"Forum 2027"']],
    ['cohort:any/수', ['alumni']],
    ['next-step:', ['open', 'overdue', 'done', 'moved-on', 'any']],
    ['할일:기', ['overdue']],
  ])('%s', (typed, expected) => {
    const { from, to, options } = complete(typed, typed.length, known)
    expect(options.map(({ text }) => text)).toEqual(expect.arrayContaining(expected))
    for (const option of expected.filter((each) => !/[:/=]$/.test(each))) {
      expect({
        option,
        ok: parse(typed.slice(0, from) + option + typed.slice(to) + ')'.repeat(typed.split('(').length - 1)).ok,
      }).toEqual({ option, ok: true })
    }
  })

  test('shows how many people each value would find, most first, and values only the counts know', async () => {
    const asked: unknown[] = []
    const count = async (what: unknown) => {
      asked.push(what)
      return new Map([
        ['rep', 3],
        ['dem', 40],
      ])
    }
    expect((await completeWithCounts('party:', 6, known, count)).options.slice(0, 3)).toEqual([
      { text: 'dem', field: 'party', count: 40 },
      { text: 'rep', field: 'party', count: 3 },
      { text: 'con', field: 'party' },
    ])
    const cities = async () =>
      new Map([
        ['long island city', 12],
        ['flushing', 9],
      ])
    expect((await completeWithCounts('도시:플', 4, known, cities)).options.map(({ text }) => text)).toEqual([
      'flushing',
    ])
    expect((await completeWithCounts('city:lo', 7, known, cities)).options).toEqual([
      { text: '"long island city"', field: 'city', count: 12 },
    ])
    expect((await completeWithCounts('도시:베이', 5, known, cities)).options).toEqual([])
    expect((await completeWithCounts('district:assembly/4', 19, known, count)).options).toEqual([])
    await completeWithCounts('par', 3, known, count)
    expect(asked).toEqual([
      { field: 'party', of: null },
      { field: 'district', of: 'assembly' },
    ])
  })

  test('counts what the files say from one count of everybody', async () => {
    const facet = (...values: [string, number][]) => values.map(([value, count]) => ({ value, count }))
    const none = Object.fromEntries(facetNames.map((name) => [name, facet()])) as Refresh['facets']
    const facets: Refresh['facets'] = {
      ...none,
      party: facet(['dem', 40], ['', 2]),
      age: facet(['17', 1], ['18', 4], ['34', 5], ['65', 6], ['80', 7], ['', 9]),
      assembly: facet(['40', 12], ['25', 3]),
      congress: facet(['NC-12', 5], ['NY-3', 4], ['?', 1]),
      support: facet(['1', 6], ['2', 1], ['4', 2]),
      state: facet(['NY', 9], ['NC', 5]),
    }
    const refresh = { facets } as Refresh
    const offered = async (text: string) =>
      (await completeWithCounts(text, text.length, known, async (asked) => countsIn(refresh, asked))).options
    expect(await offered('정당:민')).toEqual([{ text: 'dem', field: 'party', count: 40 }])
    expect((await offered('age:')).slice(0, 3)).toEqual([
      { text: '65-', field: 'age', count: 13 },
      { text: '18-34', field: 'age', count: 9 },
      { text: '75-', field: 'age', count: 7 },
    ])
    expect(await offered('선거구:주하원/')).toEqual([
      { text: '40', field: 'district', count: 12 },
      { text: '25', field: 'district', count: 3 },
    ])
    // Of several states, found by their numbers too.
    expect(await offered('district:congress/')).toMatchObject([
      { text: 'NC-12', count: 5 },
      { text: 'NY-3', count: 4 },
      { text: '?', count: 1 },
    ])
    expect(await offered('district:congress/12')).toMatchObject([{ text: 'NC-12', count: 5 }])
    expect((await offered('support:')).slice(0, 2)).toMatchObject([
      { text: '1-2', count: 7 },
      { text: '1', count: 6 },
    ])
    expect(await offered('주:')).toMatchObject([{ text: 'NY', count: 9 }, { text: 'NC', count: 5 }, { text: 'NJ' }])
    expect(countsIn(refresh, { field: 'tag', of: null })).toBeNull()
  })

  test('tells what a value means in the reader’s language, and how many voters a city and an answer have', async () => {
    const offered = async (text: string, language = 'ko') => {
      const answer = await browser.get(`/voters/universes/complete?${new URLSearchParams({ q: text })}`, {
        'accept-language': language,
      })
      return ((await answer.json()) as { options: { text: string; meaning: string | null; count?: number }[] }).options
    }
    expect((await offered('정당:민'))[0]).toMatchObject({ text: 'dem', meaning: '민주당' })
    expect((await offered('party:w', 'en'))[0]).toMatchObject({ text: 'wor', meaning: 'Working Families' })
    expect((await offered('카운티:퀸'))[0]).toMatchObject({ text: 'queens', meaning: expect.stringContaining('퀸즈') })
    expect((await offered('language:ko', 'en'))[0]).toMatchObject({ text: 'ko', meaning: 'Korean' })
    expect((await offered('district:시'))[0]).toMatchObject({ text: 'nyc-council/', meaning: '시의회' })
    expect((await offered('community:south', 'en'))[0]).toMatchObject({ text: 'south-asian', meaning: 'South Asian' })
    expect((await offered('city:'))[0]).toMatchObject({ text: 'flushing', count: 90 })
    await sql`with attempt as (insert into contact_attempt (organization_id, attempt_id, voter_id, channel, disposition, is_reached, made_by, attempted_at)
        select ${world.ours.organization_id}, gen_random_uuid(), n, 'phone', 'canvassed', true, 'x', now() from generate_series(1, 3) n returning attempt_id, voter_id)
      insert into contact_answer (organization_id, attempt_id, question, value)
      select ${world.ours.organization_id}, attempt_id, 'rent_kind', case voter_id when 1 then '"tenant"' when 2 then '["owner","tenant"]' else '"owner"' end::jsonb from attempt`.execute(
      world.database.owner,
    )
    expect(await offered('answer:rent_kind=')).toMatchObject([
      { text: 'owner', count: 2 },
      { text: 'tenant', count: 2 },
    ])
  })

  test('does not offer again what stands in the list', () => {
    const offered = (text: string) => complete(text, text.length, known).options.map((option) => option.text)
    expect(offered('party:dem,')).not.toContain('dem')
    expect(offered('party:dem -party:')).toContain('dem')
    expect(offered('result:refused@"Fall calls",')).toEqual(['"가을 전화"'])
    expect(offered('method:mail,')).not.toContain('mail')
  })

  test('takes the closing quotation mark behind the cursor along', () => {
    expect(complete('in:"Flush" party:dem', 9, known)).toMatchObject({ from: 3, to: 10 })
  })

  test('ends for every text and place of the cursor', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.nat({ max: 60 }), (text, at) => {
        const cursor = Math.min(at, text.length)
        const { from, to } = complete(text, cursor, known)
        expect(from).toBeLessThanOrEqual(cursor)
        expect(to).toBeLessThanOrEqual(text.length)
      }),
    )
  })

  test('is answered over HTTP', async () => {
    expect(await (await browser.get(`${base}/complete?q=party%3Ade`)).json()).toMatchObject({
      from: 6,
      to: 8,
      options: [{ text: 'dem', field: 'party' }],
    })
  })
})

async function command(...words: string[]): Promise<{ value: unknown; text: string; said: string }> {
  const out = { value: undefined as unknown, text: '', said: '' }
  const program = new Command().exitOverride()
  targetingCommands(program, {
    open: async () => world.installation,
    isBegun: () => true,
    actor: world.ours.organizer,
    answer: (_options, value, text) => Object.assign(out, { value, text: text() }),
    say: (text) => void (out.said += text),
    confirm: () => Promise.resolve(false),
    stoppable: (work) => work(new AbortController().signal),
  })
  await program.parseAsync(words, { from: 'user' })
  return out
}

describe('on the command line', () => {
  const run = (...args: string[]) => command('universe', ...args)

  test('counts and lists', async () => {
    expect((await run('count', 'party:dem', '--organization', 'ours', '--json')).value).toEqual({ count: 45 })
    expect((await run('count', '', '--organization', 'ours')).text).toBe('90 voters')
    expect((await run('count', 'voted:1999-general', '--organization', 'ours')).said).toContain('1999-general')
    expect((await run('list', '--organization', 'ours')).text).toContain('퀸즈 한인\t30\tcommunity:korean>=0.5')
    expect((await run('list', '--organization', 'theirs')).value).toEqual([])
    expect(await run('count', 'party:dem')).toMatchObject({
      value: { count: 45 },
      said: 'for ours; others by --organization: ours, theirs',
    })
  })

  test('some of the voters are shown with the limit on use, and in the trail', async () => {
    const asked = ['sample', 'party:dem', '--organization', 'ours', '--size', '3']
    await expect(run(...asked)).rejects.toThrow('say that you keep the limit on use')
    const { value, said } = await run(...asked, '--accept-law')
    expect(value).toHaveLength(3)
    expect(said).toContain('New York Election Law 3-103(5)')
    const trail = await world.database.owner
      .selectFrom('audit_entry')
      .select('after')
      .where('action', '=', 'universe.sample')
      .orderBy('at', 'desc')
      .executeTakeFirst()
    expect(trail?.after).toMatchObject({ voters: 3, law_accepted: true })
  })

  test('points at the character of a wrong expression', async () => {
    await expect(run('count', 'age:18 party:dme', '--organization', 'ours')).rejects.toThrow(
      /Did you mean dem\?[^]*\n {2}age:18 party:dme\n {15}\^\^\^$/,
    )
    await expect(run('count', 'age:18', '--organization', 'nope')).rejects.toThrow("no organization 'nope'")
  })
})

test('who fits but is left out is counted, with the reason', async () => {
  const owner = world.database.owner
  const organization_id = world.ours.organization_id
  await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, first_name, last_key, given_key, party, status, county, gone_in)
    select n, 1, n, 1, 'NY', 'NY' || n, 'Park', 'Soo', 'PARK', 'SOO', 'none',
      case when n = 501 then 'preregistered' when n <= 503 then 'purged' else 'active' end, 'nassau', case when n = 504 then 1 end
    from generate_series(501, 506) n`.execute(owner)
  for (const owns of [organization_id, world.theirs.organization_id]) {
    await sql`insert into suppression (organization_id, voter_id, reason, note, marked_by)
      select ${owns}, case when ${owns} = ${organization_id} then 505 else 506 end, 'do_not_call', 'asked', 'Grace'`.execute(
      owner,
    )
  }
  const page = await html(`${base}/new?q=county:nassau`)
  expect(page).toMatch(/Voters<\/dt><dd[^>]*>1</)
  expect(page).toContain('Here that is 5 records which fit otherwise.')
  expect(page).toContain('Pre-registered, 16-17 years old: <strong>1<')
  expect(page).toContain('Purged from the rolls: <strong>2<')
  expect(page).toContain('Missing from the newest file: <strong>1<')
  expect(page).toContain('Marked: no contact: <strong>1<')
  expect(await html(`${base}/new?q=county:richmond`)).toContain('Here that is nobody')
  const asked = await html(
    `${base}/new?q=${encodeURIComponent('county:nassau status:active,preregistered,gone suppressed')}`,
  )
  expect(asked).not.toContain('Purged from the rolls: <strong>')
  expect(asked).toContain('so no status is left out')
  // A universe lifts for itself alone.
  const struck = await browser.post(base, { name: 'Struck', expression: 'status:purged', note: '' })
  // Nor does a status beside one in an "or" lift anything for it.
  const nassau = await browser.post(base, { name: 'Nassau', expression: 'county:nassau', note: '' })
  const moved = await browser.post(base, { name: 'Moved away', expression: 'suppressed:moved', note: '' })
  for (const [text, reasons, sentence] of [
    ['in:Nassau or status:inactive', ['preregistered', 'purged', 'gone', 'marked'], 'so no status is left out, except of a universe beside it'],
    ['in:Struck or county:nassau', ['preregistered', 'gone', 'marked'], 'everywhere else status leaves out as always'],
    // Marks alone are cut there: of status the sentence says nothing but what is so.
    ['status:purged (in:"Moved away" or county:nassau)', [], 'so no status is left out.'],
    ['in:Nassau or suppressed:moved', ['preregistered', 'purged', 'gone', 'marked'], 'so marked people are shown, except of a universe beside it'],
  ] as const) {
    const shown = await html(`${base}/new?q=${encodeURIComponent(text)}`)
    expect(leftOutReasons.filter((reason) => shown.includes(`${translator('en')(`universes.left_out.${reason}`)}: <strong>`)), text).toEqual(reasons)
    expect(shown, text).toContain(sentence)
  } // prettier-ignore
  for (const each of [struck, nassau, moved])
    await browser.post(`${(each.headers.get('location') ?? '').replace('?saved', '')}/archive`, {})
  expect(await html(`${base}/new?q=county:nassau`, 'ko')).toContain('다른 조건에는 맞지만 여기서 뺀 분: 5명')
})

test('voters shown by name are in the activity log', async () => {
  await html(`${base}/new?q=county:nassau`)
  const seen = await world.database
    .of(world.ours.organization_id)
    .selectFrom('audit_entry')
    .select(['actor_name', 'after'])
    .where('action', '=', 'universe.sample')
    .orderBy('audit_id', 'desc')
    .executeTakeFirst()
  expect(seen).toEqual({
    actor_name: world.ours.organizer.name,
    after: { expression: 'county:nassau', found: 1, voters: 1 },
  })
})

test('of two who save one name at the same moment, one is told that it is taken', async () => {
  const form = { name: 'At once', expression: 'party:dem', note: '' }
  const answers = await Promise.all([browser.post(base, form), browser.post(base, form), browser.post(base, form)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 422, 422])
})

test('a universe whose name was taken meanwhile is not put back, and says why', async () => {
  const form = { name: 'Came and went', expression: 'party:dem', note: '' }
  const address = ((await browser.post(base, form)).headers.get('location') ?? '').replace('?saved', '')
  await browser.post(`${address}/archive`, {})
  await browser.post(base, form)
  const refused = await browser.post(`${address}/restore`, {})
  expect(await html(refused.headers.get('location') ?? '')).toContain('It was not put back')
})

test('the builder is told numbers, or where the text cannot be read; names that it is shown are noted', async () => {
  const ask = async (text: string, sample: boolean): Promise<RefreshAnswer> => {
    const response = await browser.postJson(`${base}/refresh`, { text, sample })
    expect(response.status).toBe(200)
    return RefreshAnswer.parse(await response.json())
  }
  const noted = async (): Promise<number> => {
    const { rows } = await sql<{
      count: number
    }>`select count(*) as count from audit_entry where action = 'universe.sample'`.execute(world.database.owner)
    return Number(rows[0]?.count)
  }
  const before = await noted()
  const numbers = await ask('정당:민주당', false)
  expect(numbers).toMatchObject({
    is: 'answer',
    text: 'party:dem',
    refresh: { people: 45, sample: [] },
  })
  expect(await noted()).toBe(before)
  expect(await ask('party:dem voted:2012-general', true)).toMatchObject({
    remarks: expect.arrayContaining([{ code: 'election_not_loaded', named: '2012-general' }]),
  })
  // Nobody was found, so nobody's name was shown.
  expect(await noted()).toBe(before)
  expect(await ask('party:dem', true)).toMatchObject({ refresh: { people: 45 } })
  expect(await noted()).toBe(before + 1)
  expect(await ask('age:18- party:dme', false)).toMatchObject({
    is: 'problem',
    problem: { code: 'unknown_value', at: 14, length: 3, suggestion: 'dem' },
  })
  expect(await ask('in:"no such"', true)).toMatchObject({ is: 'problem', problem: { code: 'unknown_universe' } })
})

test('the builder refuses what it did not ask for, and whoever may not look', async () => {
  for (const asked of [{}, { text: 'x'.repeat(100_001), sample: false }, { text: 1, sample: true }, null])
    expect((await browser.postJson(`${base}/refresh`, asked)).status).toBe(422)
  const long = await browser.postJson(`${base}/refresh`, { text: 'x'.repeat(10_000), sample: false })
  expect(await long.json()).toMatchObject({ is: 'problem', problem: { code: 'too_long' } })
  const caller = world.as(world.ours.actor(['caller']), [targetingRoutes])
  expect((await caller.postJson(`${base}/refresh`, { text: '', sample: false })).status).toBe(403)
})

test('a universe sent as frozen has the members of that moment, and one of another kind is refused', async () => {
  const sent = { name: 'Frozen at once', expression: 'party:dem', note: '', kind: 'frozen' }
  const saved = await browser.post(base, sent)
  expect(saved.status).toBe(303)
  expect(saved.headers.get('location')).toMatch(/said=1$/)
  const { owner } = world.database
  const kept = await owner.selectFrom('universe').selectAll().where('name', '=', sent.name).executeTakeFirstOrThrow()
  expect(kept).toMatchObject({ kind: 'frozen', counted: 45, version: 1 })
  const refused = await browser.post(base, { ...sent, name: 'Half frozen', kind: 'lukewarm' })
  expect(refused.status).toBe(422)
  expect(await owner.selectFrom('universe').select('name').where('name', '=', 'Half frozen').execute()).toEqual([])
})

test('what is not there yet is said: places, follow-ups, memberships and events', async () => {
  const said = { area: /election districts is loaded/, 'follow-up': /left anything to do/, member: /No membership/, event: /Nobody has signed up for an event/ } // prettier-ignore
  const saidInKorean = { area: /투표구 지도를 불러오지 않아/, 'follow-up': /할 일이 없어/, member: /회원 자격이 없어/, event: /참가 신청한 분이 없어/ } // prettier-ignore
  for (const [field, value] of [
    ['area', '40.76/-73.83@800m'],
    ['follow-up', 'any'],
    ['member', 'any'],
    ['event', 'attended'],
  ] as const) {
    const address = `${base}/new?q=${encodeURIComponent(`${field}:${value}`)}`
    expect(await html(address)).toMatch(said[field])
    expect(await html(address, 'ko')).toMatch(saidInKorean[field])
  }
})

test('an address lies where its voters vote; what is no address finds none', async () => {
  const owner = world.database.owner
  const place = (address: unknown): Promise<Response> => browser.postJson(`${base}/place`, { address })
  expect(await (await place('136-20 38th Ave')).json()).toEqual({ has_places: false, places: [] })
  await addCenters(owner)
  await sql`update voter_record set ad = 25, ed = 3, house_number = '136-20', street = '38th Ave' where voter_id = 7`.execute(
    owner,
  )
  const found = (await (await place('13620 38 avenue')).json()) as object
  expect(found).toMatchObject({
    places: [{ label: '136-20 38th Ave, Flushing', latitude: 40.7162, longitude: -73.8026 }],
  })
  expect(await (await place('Apt 2, 136-20 38 Ave, Flushing, NY 11354')).json()).toEqual(found)
  for (const none of ['1 Nowhere St', '', '   ', "'; drop table voter_record --", '38th Ave', '%', '９'.repeat(120)])
    expect(await (await place(none)).json()).toEqual({ has_places: true, places: [] })
  for (const wrong of [null, 7, 'x'.repeat(121), ['a']]) expect((await place(wrong)).status).toBe(422)
  // Whose district has no shape is in no area, and is said apart.
  const page = await html(`${base}/new?q=${encodeURIComponent('area:40.7162/-73.8026@100m')}`)
  expect(page).toMatch(/Voters<\/dt><dd[^>]*>1</)
  expect(page).toContain('area:unknown')
  const countOf = async (text: string): Promise<number> =>
    Number(/Voters<\/dt><dd[^>]*>([\d,]+)</.exec(await html(`${base}/new?q=${encodeURIComponent(text)}`))?.[1])
  expect(await countOf('area:unknown')).toBe((await countOf('')) - 1)
})

test('election districts are counted under all other conditions, those of one larger district', async () => {
  const owner = world.database.owner
  await sql`update voter_record set ad = 25 + voter_id % 2, ed = voter_id % 3 + 1 where voter_id between 13 and 24`.execute(
    owner,
  )
  const asked = async (text: string, within?: string): Promise<unknown> => {
    const answer = await browser.postJson(`${base}/districts`, { kind: 'ed', text, within })
    const { values } = (await answer.json()) as { values: { value: string; count: number }[] }
    return Object.fromEntries(values.map(({ value, count }) => [value, count]))
  }
  expect(await asked('voted:ever or age:18-', 'assembly/26')).toEqual({ '26/1': 2, '26/2': 2, '26/3': 2 })
  expect(await asked('party:dem district:ed/26/1', 'assembly/25')).toEqual({ '25/1': 2, '25/2': 2, '25/3': 2 })
  expect(await asked('last:kim', 'assembly/26')).toEqual({ '26/1': 2 })
  expect(await asked('state:NJ', 'assembly/26')).toEqual({})
  await sql`update voter_record set ad = null, ed = null where voter_id between 13 and 24`.execute(owner)
})

test('a step is said otherwise or taken out by its form, and what cannot be read leaves it', async () => {
  const saved = await browser.post(base, { name: 'Steps to change', expression: 'county:queens party:dem -tag:x', kind: 'live' }) // prettier-ignore
  const address = new URL(saved.headers.get('location') ?? '', 'http://localhost').pathname
  const next = async (query: string): Promise<string> => {
    const response = await browser.get(`${address}/step?${query}`)
    expect(response.status).toBe(303)
    const to = new URL(response.headers.get('location') ?? '', 'http://localhost')
    return to.searchParams.get('q') ?? `${to.search}${to.hash}`
  }
  expect(await next('nth=1&kind=remove')).toBe('county:queens -tag:x')
  expect(await next('nth=2&kind=narrow&typed=tag%3Ay')).toBe('county:queens party:dem tag:y')
  expect(await next('kind=narrow&typed=age%3A65-')).toBe('county:queens party:dem -tag:x age:65-')
  for (const wrong of [
    'nth=1&kind=narrow&typed=party%3A',
    'nth=99&kind=remove',
    'nth=-1&kind=moon',
    'nth=1&kind=narrow',
    'nth=x&kind=narrow',
  ])
    expect(await next(wrong)).toBe('?said=step#steps')
  for (const [language, change] of [
    ['en', 'Take this step out'],
    ['ko', '이 단계 빼기'],
  ] as const)
    expect(await html(address, language)).toContain(change)
})

test('before anybody was counted nobody is said to fit; afterwards the names stand there, or that there are none', () => {
  const strip = (voters: [] | null): string =>
    renderToStaticMarkup(<SampleStrip t={translator('en')} voters={voters} today="2026-11-23" isStale />)
  expect(strip(null)).toContain('The names follow when you stop')
  expect(strip(null)).not.toContain('Nobody fits')
  expect(strip([])).toContain('Nobody fits')
})

test('ages stand in a table too, with a column for whoever is neither woman nor man where there are any', () => {
  const table = (X: number, language: 'en' | 'ko'): string => {
    const pyramid = [{ from: 20, F: 3, M: 2, X, unknown: X * 4 }]
    return renderToStaticMarkup(
      <Age t={translator(language)} pyramid={pyramid} range={null} isStale={false} onChange={() => undefined} />,
    )
  }
  expect(table(1, 'en')).toMatch(/Ages as a table.*X or not stated.*20–24.*>3<.*>2<.*>5</)
  expect(table(1, 'ko')).toMatch(/나이를 표로 보기.*X·미기재/)
  expect(table(0, 'en')).not.toContain('not stated')
})

/* Last: from here on there are columns. */
describe('the columns', () => {
  afterAll(() => stopTargeting(world.installation))
  const { owner } = world.database
  const queued = async (): Promise<number> => {
    const { rows } = await sql`select from graphile_worker.jobs where key = 'targeting.columns'`.execute(owner)
    return rows.length
  }
  /** What a page that shows them is told first. */
  async function told(): Promise<string> {
    const reader = (await browser.get(`${base}/columns/live`)).body?.getReader()
    const { value } = (await reader?.read()) ?? {}
    await reader?.cancel()
    return new TextDecoder().decode(value)
  }

  test('damaged on disk are found at the start, said to be so, and built anew with their progress shown', async () => {
    await rebuildColumns(world.installation)
    const path = columnsPath(world.folder)
    const bytes = readFileSync(path)
    bytes.writeUInt8(bytes.readUInt8(64) ^ 1, 64) // the first byte of the first column
    writeFileSync(path, bytes)
    expect(await html(base)).not.toContain('data-live')
    expect(await queued()).toBe(0)
    await startTargeting(world.installation)
    expect(await queued()).toBe(1)
    expect(await html(base)).toMatch(/data-live="\/voters\/universes\/columns\/live"[^]*was damaged on disk/)
    expect(await html(base, 'ko')).toContain('디스크에서 손상되어')
    expect(await html(`${base}/new?q=party:dem`)).toMatch(/columns\/live"[^]*was damaged on disk/)
    expect((await command('targeting', 'status')).value).toMatchObject({ state: 'damaged' })

    await sql`update targeting_build set finished_at = null, progress = '{"phase":"reading","rows":45,"of_rows":90}'`.execute(
      owner,
    )
    expect(await told()).toContain('Preparing instant counts: 35%')
    expect((await command('targeting', 'status')).text).toContain('Preparing instant counts: 35%')
    await sql`update targeting_build set finished_at = now(), problem = 'no space left'`.execute(owner)
    expect(await told()).toMatch(/The last try to prepare instant counts failed/)
    expect(await told()).not.toContain('no space left')
    expect((await command('targeting', 'status')).text).toContain('no space left')

    await workOff(world, [targetingColumns])
    expect(await isSound(world.installation)).toBe(true)
    expect(await told()).toContain('Counts are instant')
    expect(await html(base)).not.toContain('data-live')
    expect((await command('targeting', 'status')).value).toMatchObject({ state: 'ready', problem: null })

    // What is typed is completed with counts then, also where its values are no facet.
    for (const text of ['has:', 'registered-by:', 'method:', 'contacted:', 'consent:refused/', 'follow-up:open/']) {
      const { options } = (await (await browser.get(`${base}/complete?q=${encodeURIComponent(text)}`)).json()) as {
        options: { text: string; count?: number }[]
      }
      const uncounted = options.filter((each) => each.count === undefined && !each.text.endsWith('/'))
      expect([text, uncounted, options.length > 1]).toEqual([text, [], true])
      for (const { text: value, count } of options.slice(0, 2))
        expect((await command('universe', 'count', text + value, '--organization', 'ours', '--json')).value).toEqual({
          count,
        })
    }
  })

  test.each(['it is gone', 'its header is damaged'])(
    'in memory go on answering when of their file %s: that is said, and it is made again',
    async (what) => {
      const path = columnsPath(world.folder)
      if (what === 'it is gone') rmSync(path)
      else writeFileSync(path, 'HANPYO')
      expect(await html(base)).toContain('counts come from memory, as fast as ever')
      expect(await html(`${base}/new?q=party:dem`, 'ko')).toContain('메모리에서 평소처럼 바로 집계하며')
      expect(await queued()).toBe(1)
      expect(columnsOf(world.installation).problem).toBeNull()
      await workOff(world, [targetingColumns])
      expect(await isSound(world.installation)).toBe(true)
      expect(await html(base)).not.toContain('data-live')
    },
  )

  test('that are older than what they were built from are built anew as soon as somebody asks', async () => {
    await sql`insert into crosswalk (state, kind, source, loaded_by) values ('NY', 'senate', 'test', 'test')`.execute(
      owner,
    )
    expect(await html(base)).toContain('voter files, maps, crosswalks or estimates of communities have changed')
    // What queues a build by itself is forgotten here, as where the worker gave up. The file is looked at once a second.
    await sql`select graphile_worker.remove_job('targeting.columns')`.execute(owner)
    const ask = async (): Promise<number> => {
      await html(`${base}/new?q=party:dem`)
      return queued()
    }
    await expect.poll(ask, { timeout: 20_000 }).toBe(1)
    await workOff(world, [targetingColumns])
    expect(await told()).toContain('Counts are instant')
  })
})

describe('our people', () => {
  const counted = async (text: string) => {
    const answer = await browser.postJson(`${base}/refresh`, { text, sample: false })
    return (await answer.json()) as { refresh: Refresh; remarks: { code: string; named: string; corrected?: string }[] }
  }
  const { organization_id } = world.ours
  const ids = Array.from({ length: 4 }, () => randomUUID())
  beforeAll(async () => {
    const { owner } = world.database
    // Three voters and one the voter file does not know; one missed it.
    await sql`insert into person (organization_id, person_id, voter_id, first_name, last_name)
      select ${organization_id}, id::uuid, case when n < 4 then 40 + n end, 'Soo', 'Kim' from unnest(${ids}::text[]) with ordinality as it (id, n)`.execute(
      owner,
    )
    await sql`with kind as (insert into event_kind (organization_id, kind, name, needs, made_by) values (${organization_id}, 'food_pantry', '{"en": "Food pantry", "ko": "푸드뱅크"}', '{shifts}', 'test')),
      held as (insert into event (organization_id, code, kind, content, time_zone, starts_at, ends_at, published_at, created_by)
        values (${organization_id}, 'k3x9a2bc', 'food_pantry', '{"title": {"en": "Thanksgiving pantry", "ko": "추수감사절 나눔"}}', 'America/New_York', '2026-11-20T15:00:00Z', '2026-11-20T18:00:00Z', now(), 'test') returning event_id),
      shift as (insert into event_shift (organization_id, event_id, starts_at, ends_at) select ${organization_id}, event_id, '2026-11-20T15:00:00Z', '2026-11-20T18:00:00Z' from held returning shift_id),
      signup as (insert into event_signup (organization_id, event_id, person_id, seats, response, source, language, received_at)
        select ${organization_id}, event_id, id::uuid, 1, 'signed_up', 'web', 'ko', '2026-11-01T15:00:00Z' from held, unnest(${ids}::text[]) id returning signup_id, person_id)
      insert into event_attendance (organization_id, signup_id, shift_id, attendance, at, made_by)
      select ${organization_id}, signup_id, shift_id, case when person_id = ${ids[0]} then 'no_show' else 'attended' end, now(), 'test' from signup, shift`.execute(
      owner,
    )
    await sql`with made as (insert into rung (organization_id, position, name) values (${organization_id}, 1, '{"en": "Member", "ko": "회원"}'), (${organization_id}, 2, '{"en": "Core team", "ko": "핵심 봉사자"}') returning rung_id, position)
      insert into person_stage (organization_id, person_id, rung_id, from_on, reason, set_by, set_at)
      select ${organization_id}, id::uuid, rung_id, '2026-01-01', 'test', 'test', now() from made join unnest(${ids.slice(1, 3)}::text[]) with ordinality as it (id, n) on n = position`.execute(
      owner,
    )
  })

  test('are counted by what they did and became, beside the others whom the voter file does not know', async () => {
    const { refresh, remarks } = await counted('attended:"food pantry"')
    expect(refresh.people).toBe(2)
    expect(refresh.facets.attended).toEqual([{ value: 'food_pantry', count: 2 }])
    expect(refresh.facets.stage.toSorted((a, b) => a.value.localeCompare(b.value))).toEqual([
      { value: 'Core team', count: 1 },
      { value: 'Member', count: 1 },
    ])
    expect(remarks).toEqual([{ code: 'not_on_file', named: 'attended:"food pantry" (1)' }])
    for (const [text, people] of [
      ['no-show:푸드뱅크', 1],
      ['signed-up:@k3x9a2bc', 3],
      ['hours>=3:90d', 2],
      ['hours>3', 0],
      ['stage>="core team"', 1],
      ['stage>=회원', 2],
      ['attended>=1 -stage:"Core team"', 1],
    ] as const)
      expect([text, (await counted(text)).refresh.people]).toEqual([text, people])
  })

  test('the command line knows them, and says whom it does not count', async () => {
    const run = (expression: string) => command('universe', 'count', expression, '--organization', 'ours', '--json')
    expect((await run('attended:food-pantry>=1')).value).toEqual({ count: 2 })
    const { value, said } = await run('stage>=회원 hours>=3')
    expect(value).toEqual({ count: 2 })
    expect(said).toContain('hours>=3 (1)')
  })

  test('a rung or kind nobody has is told, with the nearest there is', async () => {
    expect((await counted('stage:"Core tean"')).remarks).toEqual([
      { code: 'rung_unknown', named: 'Core tean' },
      { code: 'nearest_there', named: 'stage:"Core team"', corrected: 'stage:"Core team"' },
    ])
    expect((await counted('attended:@zzzzzzzz')).remarks).toEqual([{ code: 'event_unknown', named: 'zzzzzzzz' }])
  })

  test('completion offers our own words, with what they mean and how many they find', async () => {
    const offered = async (text: string) => {
      const answer = await browser.get(`${base}/complete?q=${encodeURIComponent(text)}`)
      return ((await answer.json()) as { options: object[] }).options
    }
    expect(await offered('attended:food')).toEqual([
      { text: '"food_pantry"', field: 'attended', count: 2, meaning: 'Food pantry' },
    ])
    expect(await offered('no-show:@')).toEqual([
      { text: 'k3x9a2bc', field: 'no-show', count: 1, meaning: 'Thanksgiving pantry' },
    ])
    expect(await offered('stage:co')).toEqual([{ text: '"Core team"', field: 'stage', count: 1, meaning: null }])
  })

  test('kinds of its own that are called as ours are, or nearly, are offered and found as themselves', async () => {
    await sql`insert into event_kind (organization_id, kind, name, needs, made_by)
      select ${organization_id}, kind, jsonb_build_object('en', name), '{}', 'test' from (values ('forum', 'Forum'), ('social_2', 'Social'), ('meetings', 'Meetings')) k (kind, name)`.execute(
      world.database.owner,
    )
    await sql`update event set kind = 'forum' where organization_id = ${organization_id} and code = 'k3x9a2bc'`.execute(
      world.database.owner,
    )
    const answer = await browser.get(`${base}/complete?q=${encodeURIComponent('attended:')}`)
    const { options } = (await answer.json()) as { options: { text: string; count?: number }[] }
    expect(options).toEqual(
      expect.arrayContaining(
        [['"forum"', 2], ['"social_2"', 0], ['"meetings"', 0], ['leadership-forum', 0]].map(([text, count]) => expect.objectContaining({ text, count })),
      ),
    ) // prettier-ignore
    for (const [text, people] of [
      ['attended:"forum"', 2],
      ['attended:"Forum"', 2],
      ['attended:forum', 0],
      ['attended:"social_2"', 0],
    ] as const)
      // prettier-ignore
      expect([text, (await counted(text)).refresh.people]).toEqual([text, people])
    await sql`update event set kind = 'food_pantry' where organization_id = ${organization_id} and code = 'k3x9a2bc'`.execute(
      world.database.owner,
    )
  })

  test('whoever may not see the roll asks nothing of dues, and uses what others saved', async () => {
    const host = world.as(world.ours.actor(['host']), [targetingRoutes])
    const asked = async (who: typeof host, text: string) =>
      (await (await who.postJson(`${base}/refresh`, { text, sample: true })).json()) as { is: string; problem?: object }
    for (const [text, found] of [
      ['dues:due', 'dues'],
      ['party:dem or 회비:면제', '회비'],
      ['-household:(age:65- dues=paid)', 'dues'],
    ] as const) {
      // prettier-ignore
      expect(await asked(host, text)).toMatchObject({ is: 'problem', problem: { code: 'not_yours', at: text.indexOf(found), length: found.length, field: 'dues' } }) // prettier-ignore
      expect((await asked(browser, text)).is).toBe('answer')
    }
    expect((await asked(host, 'member:active')).is).toBe('answer')
    const offered = async (who: typeof host, text: string) => {
      const { options } = (await (await who.get(`${base}/complete?q=${encodeURIComponent(text)}`)).json()) as { options: { text: string }[] } // prettier-ignore
      return options.map((each) => each.text)
    }
    for (const text of ['due', '회비', 'dues:', 'dues:wai']) {
      expect([text, await offered(host, text)]).toEqual([text, []])
      expect(await offered(browser, text)).not.toEqual([])
    }
    const form = { name: 'Renewals', expression: 'dues:due', note: null }
    const saved = await saveUniverse(world.database.of(organization_id), world.ours.organizer, form, new Date(), '2026-11-23') // prettier-ignore
    expect(saved).toMatchObject({ ok: true })
    if (!saved.ok) return
    expect((await asked(host, 'in:Renewals')).is).toBe('answer')
    expect((await host.get(`${base}/${saved.universe_id}`)).status).toBe(200)
    for (const language of ['en', 'ko'] as const) {
      const problem = { code: 'not_yours', found: 'dues', field: 'dues', suggestion: null, expected: [] }
      const [said = ''] = problemSentence(translator(language), problem)
      expect(said).toContain(language === 'ko' ? '회원 명부' : 'membership roll')
    }
  })

  test('a kind of membership that gets another name keeps whoever asks for it', async () => {
    const { db, actor, now } = { db: world.database.of(organization_id), actor: world.ours.organizer, now: new Date() }
    const facts = KindForm.parse({ name_en: 'Youth', name_ko: '청년', period_months: '12', grace_days: '30' })
    const key = await addKind(db, actor, facts)
    const form = { name: 'Young', expression: 'member:good/"청년","youth","Student"', note: null }
    expect(await saveUniverse(db, actor, form, now, '2026-11-23')).toMatchObject({ ok: true })
    await editKind(db, actor, key, { ...facts, name: { en: 'Young adult', ko: '청년부' } })
    const saved = (await universes(db, organization_id)).find(({ name }) => name === 'Young')
    expect(saved?.expression).toBe('member:good/"청년부","youth","Student"')
  })

  test('another organization finds none of them', async () => {
    const compiled = await compileUniverse(
      world.database.of(world.theirs.organization_id),
      'attended:any or stage:any',
      world.theirs.organization_id,
      '2026-11-23',
    )
    if (!compiled.ok) throw new Error(compiled.problem.code)
    expect(await countUniverse(world.database.of(world.theirs.organization_id), compiled.universe)).toBe(0)
  })
})

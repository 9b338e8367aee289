import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import { importMap } from '../src/features/geography/commands.ts'
import {
  expectNoAxeProblems,
  expectNoSidewaysScroll,
  openSite,
  type PageOptions,
} from '../src/platform/testing/browser.ts'
import { makeWorld } from '../src/platform/testing/world.ts'

/*
 * An organizer finds voters in the builder: drags, presses the map, writes, takes back, saves, comes back by the address.
 */

const world = await makeWorld()
const site = await openSite(world, buildApp)

/** 1,000 voters: every second a Democrat, ages 20 to 79, council districts 19 to 23, every fourth with a phone. */
beforeAll(async () => {
  const { owner } = world.database
  await sql`create table if not exists voter_record_ny partition of voter_record for values in ('NY')`.execute(owner)
  await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, first_name, last_key, given_key,
      party, status, sex, birth_date, county, city, ccd, ad, ed, house_number, street, household_key, p_korean)
    select n, 1, n, 1, 'NY', 'NY' || n, 'Kim', 'Young', 'KIM', 'YOUNG', case when n % 2 = 0 then 'dem' else 'rep' end, 'active',
      case when n % 4 < 2 then 'F' else 'M' end, make_date(2026 - 20 - (n % 60), 1, 1), 'queens', 'Flushing', 19 + n % 5, 25, 1 + n % 4, n::text, 'Main St', n / 2, n % 100
    from generate_series(1, 1000) n`.execute(owner)
  await sql`analyze voter_record`.execute(owner)
  // Twelve were at a roundtable, four of them are members.
  await sql`with people as (insert into person (organization_id, voter_id, matched_by) select ${world.ours.organization_id}, n, 'hand' from generate_series(1, 12) n returning person_id, voter_id),
    held as (insert into event (organization_id, code, kind, content, time_zone, starts_at, ends_at, published_at, created_by)
      values (${world.ours.organization_id}, 'k3x9a2bc', 'roundtable', '{"title": {"en": "Fall roundtable", "ko": "가을 간담회"}}', 'America/New_York', '2026-11-10T23:00:00Z', '2026-11-11T01:00:00Z', now(), 'test') returning event_id),
    shift as (insert into event_shift (organization_id, event_id, starts_at, ends_at) select ${world.ours.organization_id}, event_id, '2026-11-10T23:00:00Z', '2026-11-11T01:00:00Z' from held returning shift_id),
    signup as (insert into event_signup (organization_id, event_id, person_id, seats, response, source, language, received_at)
      select ${world.ours.organization_id}, event_id, person_id, 1, 'signed_up', 'web', 'ko', '2026-11-01T15:00:00Z' from held, people returning signup_id),
    attended as (insert into event_attendance (organization_id, signup_id, shift_id, attendance, at, made_by) select ${world.ours.organization_id}, signup_id, shift_id, 'attended', now(), 'test' from signup, shift)
    insert into membership (organization_id, person_id, kind, standing, from_on, recorded_by) select ${world.ours.organization_id}, person_id, 'regular', 'active', '2026-01-01', 'test' from people where voter_id <= 4`.execute(
    owner,
  )
  // Two assembly districts side by side, the western one in four election districts; council districts stay tiles.
  const square = (id: number, west: number, south: number, degrees: number): object => ({
    type: 'Feature',
    properties: { id },
    geometry: { type: 'Polygon', coordinates: [[[west, south], [west + degrees, south], [west + degrees, south + degrees], [west, south + degrees], [west, south]]] },
  }) // prettier-ignore
  const shapes = {
    assembly: [square(25, -73.84, 40.74, 0.02), square(40, -73.82, 40.74, 0.02)],
    ed: [0, 1, 2, 3].map((n) => square(25_001 + n, -73.84 + (n % 2) * 0.01, 40.74 + Math.floor(n / 2) * 0.01, 0.01)),
  } as const
  for (const kind of ['assembly', 'ed'] as const) {
    const bytes = Buffer.from(JSON.stringify({ type: 'FeatureCollection', features: shapes[kind] }))
    await importMap(owner, { ...world.ours.organizer, is_steward: true }, { bytes, state: 'NY', kind, id_property: 'id' }, { as_of: '2026-01-01', source: 'test' }, new Date()) // prettier-ignore
  }
  await sql`insert into voter_phone (voter_id, phone, kind, matched_by, source, received_on)
    select n * 4, '+1718555' || lpad(n::text, 4, '0'), 'mobile', 'state_id', 'test', '2026-10-01' from generate_series(1, 250) n`.execute(
    owner,
  )
})

async function open(path: string, options: PageOptions = {}): Promise<Page> {
  const page = await site.page({ actor: world.ours.organizer, ...options })
  await page.goto(path)
  await page.locator('[data-builder]').waitFor()
  return page
}

const at = (text: string): string => `/voters/universes/new?q=${encodeURIComponent(text)}`
const expressionOf = (page: Page): Promise<string> => page.locator('#q').inputValue()
const people = (page: Page, count: string) =>
  page.locator('[data-people]', { hasText: new RegExp(`^${count}$`) }).waitFor()
const query = (page: Page): string | null => new URL(page.url()).searchParams.get('q')
const opened = async (page: Page, title: string): Promise<void> => {
  const summary = page.locator('#facets summary').filter({ has: page.getByText(title, { exact: true }) })
  if (!(await summary.evaluate((each) => (each.parentElement as HTMLDetailsElement).open))) await summary.click()
}

const words = {
  en: { people: 'People', draw: 'Draw on the map', use: 'Use this area', away: 'Remove the area', around: 'Around an address', find: 'Choose', eds: 'Election districts one by one', age: 'Age', party: 'Party', dem: 'Democratic', undo: 'Undo', redo: 'Redo', save: 'Save', name: 'Name', leave: 'All but these', from: 'From age', share: 'Share of the district’s voters', ours: 'Our people', came: 'Events they came to', roundtable: 'Roundtable', member: 'Membership', active: 'Active' },
  ko: { people: '인원', draw: '지도에 그리기', use: '이 지역 쓰기', away: '지역 지우기', around: '주소 둘레', find: '고르기', eds: '투표구 하나씩 고르기', age: '나이', party: '소속 정당', dem: '민주당', undo: '되돌리기', redo: '다시 하기', save: '저장', name: '이름', leave: '이것만 빼고', from: '몇 세부터', share: '선거구 유권자 중 비율', ours: '우리와 함께한 분들', came: '참석한 행사', roundtable: '간담회', member: '회원 자격', active: '활동 중' },
} // prettier-ignore

const long = { timeout: 120_000 }

/** Korean on a phone, English on a desk: both languages, both sizes. */
const readers = [
  ['en', 1280],
  ['ko', 360],
] as const

describe.each(readers)('in %s at %i px', (language, width) => {
  test('an organizer drags, presses the map and takes back', long, async () => {
    const say = words[language]
    const page = await open('/voters/universes/new', { language, width })
    await people(page, '1,000')
    await expectNoAxeProblems(page)
    await expectNoSidewaysScroll(page)

    // Choosing gives text, address and numbers; the facet still says what its other choices would give.
    await opened(page, say.party)
    await page.getByRole('checkbox', { name: new RegExp(`^${say.dem}`) }).check()
    await people(page, '500')
    expect(await expressionOf(page)).toBe('party:dem')
    expect(query(page)).toBe('party:dem')
    expect(await page.getByRole('checkbox', { name: /500/ }).count()).toBeGreaterThanOrEqual(2)

    // Dragging over the ages: the numbers follow while the pointer is down.
    await opened(page, say.age)
    const chart = page.locator('[data-age-chart]')
    await chart.scrollIntoViewIfNeeded()
    const box = await chart.boundingBox()
    if (!box) throw new Error('the chart is there')
    const x = (age: number): number => box.x + (box.width * (age - 15)) / 90
    await page.mouse.move(x(30), box.y + 20)
    await page.mouse.down()
    await page.mouse.move(x(36), box.y + 20)
    await page.mouse.move(x(40), box.y + 22, { steps: 4 })
    await page.waitForFunction(() => /age:30-39/.test(document.querySelector<HTMLTextAreaElement>('#q')?.value ?? ''))
    await page.waitForFunction(() => document.querySelector('[data-people]')?.textContent !== '500')
    await page.mouse.up()
    expect(await expressionOf(page)).toBe('party:dem age:30-39')
    const aged = await page.locator('[data-people]').innerText()

    // The map does what the list does: New York's tiles, as the server draws them.
    expect(await page.locator('[data-district]').count()).toBeGreaterThanOrEqual(51)
    await page.locator('[data-district="20"]').click()
    await page.waitForFunction(() =>
      document.querySelector<HTMLTextAreaElement>('#q')?.value.endsWith('nyc-council/20'),
    )
    await page.locator('[data-district="23"]').click()
    expect(await expressionOf(page)).toBe('party:dem age:30-39 district:nyc-council/20,23')
    await page.waitForFunction((before) => document.querySelector('[data-people]')?.textContent !== before, aged)

    // One undo for each movement, also by the browser's Back.
    await page.getByRole('button', { name: say.undo }).click()
    await page.waitForURL((url) => url.searchParams.get('q') === 'party:dem age:30-39 district:nyc-council/20')
    await page.goBack()
    await page.waitForURL((url) => url.searchParams.get('q') === 'party:dem age:30-39')
    await page.locator('#builder-facets-title').click()
    await page.keyboard.press('Control+z')
    await page.waitForURL((url) => url.searchParams.get('q') === 'party:dem')
    await people(page, '500')
    await page.getByRole('button', { name: say.redo }).click()
    await page.waitForURL((url) => url.searchParams.get('q') === 'party:dem age:30-39')
    expect(await page.locator('[data-people]').innerText()).not.toBe('')
  })

  test('an organizer chooses by place: shapes, a line drawn by finger or keys, an address, a list', long, async () => {
    const say = words[language]
    const page = await open('/voters/universes/new?map=assembly', { language, width })
    await people(page, '1,000')
    const shape = page.locator('[data-district="25"]')
    await shape.click()
    await page.waitForFunction(
      () => document.querySelector<HTMLTextAreaElement>('#q')?.value === 'district:assembly/25',
    )
    await shape.click()
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('#q')?.value === '')

    // Around the western half: two of the four election districts.
    await page.getByRole('button', { name: say.draw }).click()
    await expectNoAxeProblems(page)
    // Below the numbers, which stay at the top of the window.
    await page.locator('[data-surface]').evaluate((surface) => surface.scrollIntoView({ block: 'end' }))
    const box = await shape.boundingBox()
    if (!box) throw new Error('the district is drawn')
    for (const [x, y] of [
      [0.05, 0.05],
      [0.48, 0.05],
      [0.48, 0.95],
      [0.05, 0.95],
    ] as const)
      await page.mouse.click(box.x + box.width * x, box.y + box.height * y)
    await page.getByRole('button', { name: say.use }).click()
    await people(page, '500')
    expect(await expressionOf(page)).toMatch(/^area:(40\.\d+\/-73\.\d+,?){4}$/)
    await page.locator('polygon[data-area]').waitFor({ state: 'attached' })
    await expectNoAxeProblems(page)
    await expectNoSidewaysScroll(page)

    // Its address opens it again, drawn.
    await page.waitForURL((url) => url.searchParams.get('q')?.startsWith('area:') === true)
    const again = await open(page.url().slice(site.url.length), { language, width })
    await people(again, '500')
    await again.locator('polygon[data-area]').waitFor({ state: 'attached' })
    await again.getByRole('button', { name: say.away }).click()
    await people(again, '1,000')

    // The same by keys: the cross begins in the middle; three corners, and Enter on the button.
    await again.getByRole('button', { name: say.draw }).focus()
    await again.keyboard.press('Enter')
    await again.locator('[data-surface]').focus()
    const press = async (key: string, times: number): Promise<void> => {
      for (let nth = 0; nth < times; nth++) await again.keyboard.press(key)
    }
    await press('ArrowLeft', 1)
    await press('Shift+ArrowUp', 7)
    await again.keyboard.press('Enter')
    await press('Shift+ArrowLeft', 7)
    await again.keyboard.press('Enter')
    await press('Shift+ArrowDown', 14)
    await again.keyboard.press('Enter')
    await press('Shift+ArrowRight', 7)
    await again.keyboard.press('Enter')
    await again.getByRole('button', { name: say.use }).focus()
    await again.keyboard.press('Enter')
    await again.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('#q')?.value.startsWith('area:'))
    await again.getByRole('button', { name: say.away }).click()

    // Around an address: the middle of its election district, and what lies within half a mile of it.
    await again.getByLabel(say.around).fill('5 Main St')
    await again.locator('#map').getByRole('button', { name: say.find, exact: true }).click()
    await again.waitForFunction(() =>
      /^area:[\d./-]+@800m$/.test(document.querySelector<HTMLTextAreaElement>('#q')?.value ?? ''),
    )
    await again.locator('circle[data-area]').waitFor({ state: 'attached' })
    await people(again, '250')
    await again.getByRole('button', { name: say.away }).click()
    await people(again, '1,000')

    // One by one from the list.
    await again.locator('summary', { hasText: say.eds }).click()
    await again.locator('[data-eds-of]').selectOption('25')
    // Shaded as strongly as the numbers beside them say.
    await again.getByRole('checkbox', { name: '25/2 250' }).check()
    await again.getByRole('checkbox', { name: '25/4 250' }).check()
    expect(await again.locator('[data-ed="25001"] path').last().getAttribute('fill-opacity')).toBe('0.9')
    await people(again, '500')
    expect(await expressionOf(again)).toBe('district:ed/25002,25004')
    await expectNoAxeProblems(again)
    await expectNoSidewaysScroll(again)
  })

  test('an organizer chooses among our people: who came, who is a member', long, async () => {
    const say = words[language]
    const page = await open('/voters/universes/new', { language, width })
    await people(page, '1,000')
    const group = page.getByRole('group', { name: say.ours, exact: true })
    await opened(page, say.came)
    await group.getByRole('checkbox', { name: new RegExp(`^${say.roundtable}.*12`) }).check()
    await people(page, '12')
    expect(await expressionOf(page)).toBe('attended:roundtable')
    await opened(page, say.member)
    await group.getByRole('checkbox', { name: new RegExp(`^${say.active}.*4`) }).check()
    await people(page, '4')
    expect(await expressionOf(page)).toBe('attended:roundtable member:active')
    await expectNoAxeProblems(page)
    await expectNoSidewaysScroll(page)
  })

  test('an organizer writes, corrects, saves and reopens', long, async () => {
    const say = words[language]
    const page = await open(at('party:dem'), { language, width })
    // Text is read as it is typed; where it cannot be read, the place is shown and the numbers stay.
    const field = page.locator('#q')
    await field.fill('party:dme age:65-')
    const problem = page.locator('#q-problem')
    await problem.waitFor()
    expect(await problem.locator('mark').innerText()).toBe('dme')
    await expectNoAxeProblems(page)
    await problem.getByRole('button').click()
    await problem.waitFor({ state: 'detached' })
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('#q')?.value === 'party:dem age:65-')
    await people(page, '112')
    await page.locator('#sample li').nth(19).waitFor()
    await expectNoAxeProblems(page)
    await expectNoSidewaysScroll(page)

    // Saved by the ordinary form, and opened again by the address it had.
    await page.waitForURL((url) => url.searchParams.get('q') === 'party:dem age:65-')
    const address = page.url().slice(site.url.length)
    await page.locator('#name').fill(`${width} ${language}`)
    await page.locator('#save').getByRole('button', { name: say.save, exact: true }).click()
    await page.waitForURL(/voters\/universes\/[0-9a-f-]{36}\?saved/)
    expect(await page.locator('main').innerText()).toContain('party:dem age:65-')
    const again = await open(address, { language, width })
    await opened(again, say.party)
    expect(await again.getByRole('checkbox', { name: new RegExp(`^${say.dem}`) }).isChecked()).toBe(true)
    expect(await again.locator('[data-people]').innerText()).toBe('112')
  })
})

test('what came by an address and cannot be read is not said to be everybody', long, async () => {
  const page = await open(at('comunity:korean'))
  const inWords = page.locator('[data-in-words]')
  expect(await page.locator('#q-problem mark').innerText()).toBe('comunity')
  expect(await inWords.innerText()).toBe('')
  await page.locator('#q').fill('party:dem')
  await page.waitForFunction(() => document.querySelector('[data-in-words]')?.textContent?.includes('Democratic'))
})

test('everything is reached and moved by the keyboard alone', long, async () => {
  const page = await open(at('party:dem'))
  const focusOn = async (is: (said: string) => boolean): Promise<void> => {
    for (let presses = 0; presses < 120; presses++) {
      await page.keyboard.press('Tab')
      const said = await page.evaluate(() => {
        const it = document.activeElement
        return `${it?.getAttribute('role') ?? it?.tagName} ${it?.getAttribute('aria-label') ?? it?.textContent ?? ''} ${(it as HTMLInputElement).value ?? ''}`
      })
      if (is(said)) return
    }
    throw new Error('not reached by Tab')
  }
  await focusOn((said) => said.startsWith('slider From age'))
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press('PageUp')
  expect(await expressionOf(page)).toBe('party:dem age:30-')
  await focusOn((said) => said.startsWith('slider To age'))
  await page.keyboard.press('End')
  await page.keyboard.press('PageDown')
  expect(await expressionOf(page)).toBe('party:dem age:30-99')
  await focusOn((said) => said.startsWith('SUMMARY District'))
  await page.keyboard.press('Enter')
  await page.locator('#facets select').waitFor()
  await focusOn((said) => said.startsWith('INPUT'))
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await page.waitForFunction(() => /district:/.test(document.querySelector<HTMLTextAreaElement>('#q')?.value ?? ''))
  await page.keyboard.press('Control+z')
  await page.waitForFunction(() => !/district:/.test(document.querySelector<HTMLTextAreaElement>('#q')?.value ?? ''))
  await page.locator('[data-said]', { hasText: /people in .* households/ }).waitFor({ state: 'attached' })
})

test.each(['en', 'ko'] as const)(
  'by Tab alone every facet, the map and what can be drawn on it are reached, in %s',
  long,
  async (language) => {
    const say = words[language]
    const page = await open('/voters/universes/new?map=assembly', { language })
    await people(page, '1,000')
    const facets = await page.locator('#facets summary').count()
    expect(facets).toBeGreaterThan(10)
    const [reached, said] = [new Set<number>(), new Set<string>()]
    // In the order of the page; the last thing reached is the name it is saved under.
    for (let presses = 0; presses < 400 && !said.has('name'); presses++) {
      await page.keyboard.press('Tab')
      const now = await page.evaluate(() => {
        const it = document.activeElement
        const label = it instanceof HTMLInputElement ? (it.labels?.[0]?.textContent ?? '') : (it?.textContent ?? '')
        return {
          facet: [...document.querySelectorAll('#facets summary')].indexOf(it as Element),
          label: label.trim(),
          id: it?.id ?? '',
        }
      })
      if (now.facet >= 0) reached.add(now.facet)
      said.add(now.label).add(now.id)
    }
    expect(reached.size).toBe(facets)
    for (const wanted of [say.draw, say.around, say.eds, say.people, 'q', 'name']) expect([...said]).toContain(wanted)
  },
)

test('a Korean composition is neither read nor taken back half-way', long, async () => {
  const page = await open(at(''), { language: 'ko' })
  const field = page.locator('#q')
  await field.focus()
  const client = await page.context().newCDPSession(page)
  for (const text of ['ㅈ', '저', '정', '정ㄷ', '정다', '정당'])
    await client.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  expect(await page.locator('#q-problem').count()).toBe(0)
  await client.send('Input.insertText', { text: '정당' })
  await field.pressSequentially(':민주당')
  await people(page, '500')
  expect(await expressionOf(page)).toBe('정당:민주당')
  await field.press('Enter')
  await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('#q')?.value === 'party:dem')
})

test('words are offered while one types, and taken by keyboard', long, async () => {
  const page = await open('/voters/universes/new', { language: 'ko', width: 360 })
  const field = page.getByRole('textbox', { name: '조건식' })
  const offered = page.getByRole('group', { name: '입력란 아래 추천' })
  await field.pressSequentially('정')
  await offered.getByRole('button', { name: /^party:/ }).waitFor()
  await expectNoAxeProblems(page)
  await expectNoSidewaysScroll(page)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('#q')?.value === 'party:')
  await offered.getByRole('button', { name: /^dem 민주당/ }).waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>('#q')?.value === 'party:dem ')
  await people(page, '500')
  expect(await page.locator('#q-problem').count()).toBe(0)
})

test(
  'a word that was meant otherwise is put right by a press, and every switch of phones is counted',
  long,
  async () => {
    const page = await open(at('korean sex:F'))
    await people(page, '0')
    await page.getByRole('button', { name: 'Write community:korean instead' }).click()
    expect(await expressionOf(page)).toBe('community:korean>=0.5 sex:F')
    await people(page, '240')
    await opened(page, 'Phone and e-mail')
    const reach = page.getByRole('list', { name: 'Phone and e-mail' }).getByRole('listitem')
    const numbers = async () => (await reach.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '))
    const counted = [
      'Has a phone number 120',
      'Has a mobile number 120',
      'No phone number 120',
      'Has an e-mail address 0',
    ]
    await expect.poll(numbers).toEqual(counted)
    await page.getByRole('checkbox', { name: /^Has a mobile number/ }).check()
    await people(page, '120')
    await expect.poll(numbers).toEqual(counted)
  },
)

test('what no facet shows is a chip that can be taken away', long, async () => {
  const page = await open(at('party:dem (county:queens or age:70-) born:1950-1990'))
  const chips = page.locator('#expression').getByRole('button', { name: /^Remove/ })
  expect(await chips.count()).toBe(2)
  await page.getByRole('button', { name: 'Remove born:1950-1990' }).click()
  expect(await expressionOf(page)).toBe('party:dem (county:queens or age:70-)')
  await people(page, '500')
})

test('a facet is left out, and a whole facet is cleared', long, async () => {
  const page = await open(at(''))
  await opened(page, 'Party')
  const party = page.locator('#facets details', { hasText: 'Party' }).first()
  await party.getByText('All but these').click()
  await party.getByRole('checkbox', { name: /^Democratic/ }).check()
  expect(await expressionOf(page)).toBe('-party:dem')
  await people(page, '500')
  await page.getByRole('button', { name: 'Clear Party' }).click()
  expect(await expressionOf(page)).toBe('')
  await people(page, '1,000')
})

test('the number beside a community moves with the slider, and a click gives it', long, async () => {
  const page = await open('/voters/universes/new', { width: 1280 })
  await people(page, '1,000')
  const slider = page.locator('#facets input[type=range]').first()
  await slider.fill('80')
  const korean = page.getByRole('checkbox', { name: /^Korean\b/ })
  await page.getByRole('checkbox', { name: /^Korean\s*200/ }).check()
  await people(page, '200')
  expect(await expressionOf(page)).toBe('community:korean>=0.8')
  await slider.fill('60')
  await people(page, '400')
  expect(await korean.locator('xpath=ancestor::li').innerText()).toMatch(/400$/)
  // In words too: of a hundred percents, each ten people.
  await page.getByText('Estimates as a table').click()
  expect(await page.locator('#facets tr', { hasText: '80–84%' }).innerText()).toMatch(/50$/)
  await expectNoAxeProblems(page)
})

test('the map shows shares, and its shading is in the address', long, async () => {
  const page = await open(at('party:dem'))
  await page.locator('#map').getByText('Share of the district’s voters').click()
  await page.waitForURL((url) => url.searchParams.get('shade') === 'share')
  await page.locator('[data-district="20"]').hover()
  await page.getByText('City Council District 20: 100 of 200 voters, 50.0%').waitFor()
  // The same for those who do not point.
  await page.getByText('The map as a list').click()
  await page.locator('[data-map-list] li', { hasText: 'City Council District 20: 100 of 200 voters, 50.0%' }).waitFor()
  await page.goBack()
  await page.waitForURL((url) => !url.searchParams.has('shade'))
  expect(await page.getByRole('radio', { name: 'People', exact: true }).isChecked()).toBe(true)
  // Counties too, by their own condition; the list of districts stays with the kind it had.
  await page.locator('#map').getByText('County', { exact: true }).click()
  await page.waitForURL((url) => url.searchParams.get('map') === 'county')
  const queens = page.locator('#map [data-district="queens"]')
  await queens.hover()
  await page.getByText(/^Queens: \d+ people/).waitFor()
  await queens.click()
  await page.waitForURL((url) => url.searchParams.get('q') === 'party:dem county:queens')
  await expectNoAxeProblems(page)
})

test('names are noted once for each rest, never for a step of a drag', long, async () => {
  const noted = async (): Promise<number> => {
    const { rows } = await sql<{
      count: number
    }>`select count(*) as count from audit_entry where action = 'universe.sample'`.execute(world.database.owner)
    return Number(rows[0]?.count)
  }
  const page = await open(at('county:queens'))
  await page.locator('#sample li').nth(19).waitFor()
  const before = await noted()
  const asked = await page.locator('[data-people]').innerText()
  const chart = page.locator('[data-age-chart]')
  await chart.scrollIntoViewIfNeeded()
  const box = await chart.boundingBox()
  if (!box) throw new Error('the chart is there')
  // The clock of the page stands still: however long the drag takes here, it is without a rest.
  await page.clock.install()
  await page.clock.pauseAt(Date.now() + 60_000)
  await page.mouse.move(box.x + 60, box.y + 20)
  await page.mouse.down()
  await page.mouse.move(box.x + 200, box.y + 20, { steps: 25 })
  await page.mouse.up()
  await page.waitForFunction((asked) => document.querySelector('[data-people]')?.textContent !== asked, asked, {
    polling: 50,
  })
  expect(await noted()).toBe(before)
  await page.clock.runFor(2000)
  await expect.poll(noted, { timeout: 20_000 }).toBe(before + 1)
  await page.waitForFunction(() => !document.querySelector('#sample .opacity-75'))
  expect(await noted()).toBe(before + 1)
})

test('the newest of many movements is what stands there in the end, also when the server is slow', long, async () => {
  const page = await open(at(''))
  let asked = 0
  let running = 0
  let most = 0
  await page.route('**/voters/universes/refresh', async (route) => {
    asked += 1
    running += 1
    most = Math.max(most, running)
    const response = await route.fetch()
    running -= 1
    await route.fulfill({ response })
  })
  const field = page.locator('#q')
  for (const text of ['age:20-', 'age:20-3', 'age:20-30', 'age:20-30 ', 'age:20-30 sex:F']) await field.fill(text)
  await field.press('Enter')
  await page.waitForFunction(() => /^\d+$/.test(document.querySelector('[data-people]')?.textContent ?? ''))
  await page.locator('dl:not(.opacity-75) [data-people]').waitFor()
  const { rows } = await sql<{ count: number }>`select count(*) as count from voter_record
    where sex = 'F' and extract(year from age(date '2026-11-25', birth_date)) between 20 and 30`.execute(
    world.database.owner,
  )
  await people(page, String(rows[0]?.count))
  expect(most).toBe(1)
  expect(asked).toBeLessThanOrEqual(6)
})

test('a question that finds no server, or is overtaken on its way, is asked again', long, async () => {
  const page = await open(at('party:dem'), { allow: [/Failed to load resource/] })
  await page.route('**/voters/universes/refresh', (route) => route.abort())
  await opened(page, 'Sex')
  await page.getByRole('checkbox', { name: /^Women/ }).check()
  const alert = page.locator('#results').getByRole('alert')
  await alert.waitFor()
  expect(await page.locator('[data-people]').innerText()).toBe('500')
  await page.unroute('**/voters/universes/refresh')
  // Two questions that changed places on their way: the answer to the newer one is that it was overtaken.
  await page.route(
    '**/voters/universes/refresh',
    (route) => route.fulfill({ contentType: 'application/json', body: '{"is":"superseded"}' }),
    { times: 1 },
  )
  await alert.getByRole('button', { name: 'Try again' }).click()
  await people(page, '250')
})

test('without JavaScript the form builds the expression', long, async () => {
  const page = await site.page({ actor: world.ours.organizer, javaScript: false })
  await page.goto('/voters/universes/new')
  expect(await page.locator('.island-wait').isVisible()).toBe(false)
  await page.locator('summary', { hasText: 'Party' }).click()
  await page.getByRole('checkbox', { name: 'Democratic' }).check()
  await page.getByRole('button', { name: 'Apply choices' }).click()
  await page.waitForURL(/q=party/)
  expect(await page.locator('#results').innerText()).toMatch(/Voters\s+500/)
  await page.getByRole('textbox', { name: /^Name/ }).fill('Without script')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.waitForURL(/universes\/[0-9a-f-]{36}\?saved/)
})

test(
  'districts without a map are a list with a search, and the address keeps what is listed, shown within, and the slider',
  long,
  async () => {
    await sql`update voter_record set districts = jsonb_build_object('school', (20 + voter_id % 12)::text) where voter_id <= 600`.execute(
      world.database.owner,
    )
    const page = await open('/voters/universes/new?map=assembly&within=25&at=70')
    await people(page, '1,000')
    expect(await page.locator('#facets input[type=range]').first().inputValue()).toBe('70')
    await page.locator('[data-ed="25001"]').waitFor({ state: 'attached' })
    await opened(page, 'District')
    await page.locator('#facets select').selectOption('school')
    await page.waitForURL((url) => url.searchParams.get('list') === 'school')
    expect(page.url()).toContain('within=25&at=70')
    await page.getByRole('searchbox', { name: /District/ }).fill('27')
    await page.getByRole('checkbox', { name: /^School district 27\s*50$/ }).check()
    await people(page, '50')
    expect(await expressionOf(page)).toBe('district:school/27')
    // What the file does not say is told, and the list stays beside the map of counties.
    await page.locator('#map').getByText('County', { exact: true }).click()
    await page.waitForURL(
      (url) => url.searchParams.get('map') === 'county' && url.searchParams.get('list') === 'school',
    )
    await expectNoAxeProblems(page)
    const again = await open(page.url().slice(site.url.length))
    await people(again, '50')
    await opened(again, 'District')
    expect(await again.locator('#facets select').inputValue()).toBe('school')
    await page.goBack()
    await page.waitForURL((url) => url.searchParams.get('map') === 'assembly')
  },
)

test('of two states each district and county is its own, and the map shades the state it draws', long, async () => {
  const { owner } = world.database
  await sql`create table if not exists voter_record_nj partition of voter_record for values in ('NJ')`.execute(owner)
  await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, first_name, last_key, given_key,
      party, status, county, city, cd, ad)
    select n, 1, n, 1, 'NJ', 'NJ' || n, 'Lee', 'Min', 'LEE', 'MIN', 'dem', 'active', 'queens', 'Trenton', 6, 25 from generate_series(2001, 2100) n`.execute(
    owner,
  )
  await sql`insert into voter_file (state, layout, kind, names, imported_by, counts)
    values ('NY', 'us-ny', 'registration', '{}', 'test', '{}'), ('NJ', 'us-nj', 'registration', '{}', 'test', '{}')`.execute(
    owner,
  )
  const page = await open('/voters/universes/new?map=assembly', { width: 360, language: 'ko' })
  await people(page, '1,100')
  await page.locator('[data-map-unplaced]', { hasText: '100명은 이 지도에 그려진 선거구에 없습니다' }).waitFor()
  await page.locator('[data-district="25"]').click()
  await people(page, '1,000')
  expect(await expressionOf(page)).toBe('district:assembly/NY-25')
  await page.getByText('지도를 목록으로 보기').click()
  await page.locator('[data-map-list] li', { hasText: /NJ-25선거구: 100명 \(지도에 경계 없음\)/ }).waitFor()
  await opened(page, '주')
  await page.getByRole('checkbox', { name: /^NJ\s*0$/ }).check()
  await people(page, '0')
  await opened(page, '선거구')
  await page.getByRole('checkbox', { name: /NJ-25선거구/ }).check()
  await people(page, '100')
  expect(await expressionOf(page)).toBe('district:assembly/NY-25,NJ-25 state:NJ')
  await expectNoAxeProblems(page)
  await expectNoSidewaysScroll(page)
})

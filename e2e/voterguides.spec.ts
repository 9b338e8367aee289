import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import { askCandidates } from '../src/features/voterguides/testing.ts'
import { makeGuide, saveGuide, saveIssue, takeAnswers } from '../src/features/voterguides/commands.ts'
import { claimsOf } from '../src/features/voterguides/queries.ts'
import { found } from '../src/platform/errors.ts'
import { expectNoAxeProblems, expectNoSidewaysScroll, openSite } from '../src/platform/testing/browser.ts'
import { makeWorld } from '../src/platform/testing/world.ts'
import { addNamedVoters } from '../src/features/people/testing.ts'

const world = await makeWorld('2027-04-01T17:00:00Z')
const site = await openSite(world, buildApp)
const { organizer, organization_id } = world.ours
const db = world.database.of(organization_id)
const now = world.installation.clock.now()
const asked = await askCandidates({ owner: world.database.owner, db, actor: organizer })
const { election_id, contest_id, cycle_id, seoyeon, marcus, ana } = asked
const housing = await saveIssue(db, organizer, null, { name: { en: 'Housing', ko: '주거' }, about: {} }, now)
const schools = await saveIssue(db, organizer, null, { name: { en: 'Schools', ko: '학교' }, about: {} }, now)
await addNamedVoters(world.database.owner, [
  { voter_id: 900_001, last_name: 'Kim', first_name: 'Jin', house_number: '41-25' },
  { voter_id: 900_002, last_name: 'Park', first_name: 'Jin', house_number: '41-33' },
])
await world.database.owner.insertInto('voter_file').values({ state: 'NY', layout: 'us-ny', kind: 'registration', names: [], imported_by: 'test', counts: '{}', sha256: null, bytes: null, received_on: null, import_id: null, first_voter_id: null, next_voter_id: null, counties: null, taken_back_by: null }).execute() // prettier-ignore
const texts = { title: { en: 'Flushing votes', ko: '플러싱 예비선거 안내' }, audience: {}, intro: {} }

/** Each story on a phone and on a wide screen. */
const onBoth = <Words extends object>(words: readonly Words[]) => words.flatMap((each) => [360, 1280].map((width) => ({ ...each, width }))) // prettier-ignore

test.each(onBoth([
  { language: 'ko', korean: '글(한국어)', save: '저장', publish: '공개하기', compare: '후보 비교하기', these: '이 후보들 비교', silent: '답변하지 않았습니다', shown: '아이가 사는 집이라면 찬성합니다.' },
  { language: 'en', korean: 'Text (한국어)', save: 'Save', publish: 'Publish', compare: 'Compare the candidates', these: 'Compare these', silent: 'Did not answer', shown: 'Only where children live.' },
] as const))('an organizer translates, the board publishes, a reader compares without a script ($language, $width px)', { timeout: 180_000 }, async (words) => {
  const { language, width } = words
  const guide_id = await makeGuide(db, organizer, { election_id, kind: 'nonpartisan', ...texts }, now)
  const key = { organization_id, guide_id }
  await saveGuide(db, organizer, guide_id, { kind: 'nonpartisan', contest_ids: [contest_id], issue_ids: [housing, schools], cycle_id, ...texts }, now)
  await takeAnswers(db, organizer, guide_id, new Map([[asked.asked.housing, housing], [asked.asked.schools, schools]]), { now, time_zone: 'America/New_York' })
  const claim = found((await claimsOf(db, key)).find(({ candidate_id }) => candidate_id === marcus))

  const editor = await site.page({ actor: organizer, language, width })
  await editor.goto(`/voterguides/${guide_id}/contests/${contest_id}`)
  await expectNoSidewaysScroll(editor)
  await editor.locator(`a[href$="/claims/${claim.claim_id}"]`).click()
  await editor.getByLabel(words.korean).fill('아이가 사는 집이라면 찬성합니다.')
  await expectNoSidewaysScroll(editor)
  await editor.getByRole('button', { name: words.save }).click()
  await editor.waitForURL(/\/contests\/\d+$/)

  const board = await site.page({ actor: world.ours.actor(['board']), language, width })
  await board.goto(`/voterguides/${guide_id}/preview`)
  await expectNoSidewaysScroll(board)
  await expectNoAxeProblems(board)
  await board.locator('[name=has_read]').check()
  await board.getByRole('button', { name: words.publish }).click()
  await board.waitForURL(new RegExp(`/voterguides/${guide_id}$`))

  const reader = await site.page({ language, width, javaScript: false })
  await reader.goto(`/g/ours/${guide_id}`)
  await expectNoSidewaysScroll(reader)
  await reader.getByRole('link', { name: words.compare }).click()
  expect(await reader.locator('html').getAttribute('lang')).toBe(language)
  expect(await reader.locator('main').innerText()).toContain(words.silent)
  await reader.locator(`[name=c][value="${seoyeon}"]`).check()
  await reader.locator(`[name=c][value="${marcus}"]`).check()
  await reader.getByRole('button', { name: words.these }).click()
  await expectNoSidewaysScroll(reader)
  const main = reader.locator('main')
  expect(await main.innerText()).toContain(words.shown)
  expect(await main.locator('article').count()).toBe(4)
  // Switching the language keeps whom they compare.
  await reader.getByRole('link', { name: language === 'ko' ? 'English' : '한국어' }).click()
  expect(await main.locator('article').count()).toBe(4)
  // Read in Korean, what was said in English is one tap away.
  if (language === 'ko') await reader.goBack()
  const original = reader.locator('details').first()
  await original.locator('summary').click()
  expect(await original.locator('p').isVisible()).toBe(true)

  const looked = await site.page({ language, width })
  await looked.goto(`/g/ours/${guide_id}`)
  await expectNoAxeProblems(looked)
  await looked.goto(`/g/ours/${guide_id}/contests/${contest_id}?c=${seoyeon}&c=${ana}`)
  await expectNoAxeProblems(looked)
}) // prettier-ignore

test.each(onBoth([
  { language: 'ko', find: '내 선거 찾기', address: '집 주소', compare: '후보 비교하기', these: '이 후보들 비교', mine: '내 선거구: 시의회 20선거구', shown: '아이가 사는 집이라면 찬성합니다.', size: '크기', second: '나란히 실을 다른 언어' },
  { language: 'en', find: 'Find my contests', address: 'Your address', compare: 'Compare the candidates', these: 'Compare these', mine: 'Your districts: City Council District 20', shown: 'Only where children live.', size: 'Size', second: 'Second language beside it' },
] as const))('a reader finds their ballot by address, compares three and prints, without a script ($language, $width px)', { timeout: 180_000 }, async (words) => {
  const { language, width } = words
  const { guide_id } = await db.selectFrom('voter_guide_version').select('guide_id').orderBy('published_at').executeTakeFirstOrThrow()
  const reader = await site.page({ language, width, javaScript: false })
  await reader.goto(`/g/ours/${guide_id}?lang=${language}`)
  await expectNoSidewaysScroll(reader)
  // The form is asked for its own field: the box around it is named alike.
  await reader.getByRole('textbox', { name: words.address }).fill('41-29 Kissena Blvd, Flushing')
  await reader.getByRole('button', { name: words.find }).click()
  expect(reader.url()).not.toContain('Kissena')
  expect(reader.url()).toContain('nyc-council')
  expect(await reader.locator('main').innerText()).toContain(words.mine)
  await expectNoSidewaysScroll(reader)
  await reader.getByRole('link', { name: words.compare }).first().click()
  for (const candidate of [seoyeon, marcus, ana]) await reader.locator(`[name=c][value="${candidate}"]`).check()
  await reader.getByRole('button', { name: words.these }).click()
  expect(await reader.locator('main').innerText()).toContain(words.shown)
  expect(await reader.locator('main article').count()).toBe(6)
  await expectNoSidewaysScroll(reader)
  await reader.emulateMedia({ media: 'print' })
  expect(await reader.getByRole('button', { name: words.these }).isVisible()).toBe(false)
  await reader.emulateMedia({ media: 'screen' })
  // The form leads to a file, which this browser would only download.
  await reader.getByLabel(words.size).selectOption('palm')
  await reader.getByLabel(words.second).selectOption(language === 'ko' ? 'en' : 'ko')
  const chosen = new URLSearchParams({ lang: language, contest: String(contest_id), form: await reader.getByLabel(words.size).inputValue(), with: await reader.getByLabel(words.second).inputValue() })
  const file = await fetch(`${site.url}/g/ours/${guide_id}/paper.pdf?${chosen.toString()}`)
  expect(file.headers.get('content-type')).toBe('application/pdf')

  const looked = await site.page({ language, width })
  for (const path of ['/my-ballot', '/map/nyc-council', `/contests/${contest_id}/embed`]) {
    await looked.goto(`/g/ours/${guide_id}${path}?lang=${language}`)
    await expectNoAxeProblems(looked)
    await expectNoSidewaysScroll(looked)
  }
}) // prettier-ignore

test.each(['zh', 'es'])('pages for everybody are as readable in %s', async (language) => {
  const { guide_id } = await db.selectFrom('voter_guide_version').select('guide_id').orderBy('published_at').executeTakeFirstOrThrow() // prettier-ignore
  const looked = await site.page({ language: 'en', width: 360 })
  for (const path of ['', `/contests/${contest_id}`, '/map/nyc-council']) {
    await looked.goto(`/g/ours/${guide_id}${path}?lang=${language}`)
    expect(await looked.locator('html').getAttribute('lang')).toBe(language === 'zh' ? 'zh-Hant' : language)
    await expectNoAxeProblems(looked)
    await expectNoSidewaysScroll(looked)
  }
})

test('a page with its styles is at most 50 KB on the way', async () => {
  const { guide_id } = await db.selectFrom('voter_guide_version').select('guide_id').executeTakeFirstOrThrow()
  for (const path of ['', `/contests/${contest_id}`]) {
    const page = await (await fetch(`${site.url}/g/ours/${guide_id}${path}`)).text()
    const styles = [...page.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, href]) => href)
    expect(page).not.toMatch(/<script(?! type="application\/ld\+json")/)
    let bytes = gzipSync(page).length
    for (const href of styles) bytes += gzipSync(await (await fetch(`${site.url}${href}`)).text()).length
    expect(bytes).toBeLessThanOrEqual(50_000)
  }
})

import { beforeAll, expect, test } from 'vitest'
import { buildApp } from '../src/app/server.ts'
import { makeCampaign } from '../src/features/campaigns/commands.ts'
import { addCandidate, saveContest } from '../src/features/elections/contests/commands.ts'
import { ContestForm, NewCandidateForm } from '../src/features/elections/contests/schema.ts'
import { saveUniverse } from '../src/features/targeting/commands.ts'
import { expectNoAxeProblems, expectNoSidewaysScroll, openSite } from '../src/platform/testing/browser.ts'
import { makeWorld } from '../src/platform/testing/world.ts'

const world = await makeWorld()
const site = await openSite(world, buildApp)
const { ours, database, installation } = world
const { organizer } = ours
const today = '2026-11-23'
let contest_id = 0
let senate_candidate = 0

beforeAll(async () => {
  const { owner } = database
  const source_url = 'https://vote.nyc/'
  const runs = async (held_on: string, seat: Record<string, string>, name: string, name_ko: string) => {
    const { election_id } = await owner.selectFrom('scheduled_election').select('election_id').where('held_on', '=', held_on).where('kind', '=', 'primary').executeTakeFirstOrThrow() // prettier-ignore
    const contest = await saveContest(owner, organizer, { election_id, contest_id: null }, ContestForm.parse({ party: 'dem', seats: '1', source_url, ...seat }), today) // prettier-ignore
    if (!contest.ok) throw new Error(contest.problem)
    const form = NewCandidateForm.parse({ name, name_ko, figure: 'new', lines: 'Democratic', position: '', status: 'on_ballot', status_on: today, source_url }) // prettier-ignore
    const candidate = await addCandidate(owner, organizer, contest.id, form, today)
    if (!candidate.ok) throw new Error(candidate.problem)
    return { contest_id: contest.id, candidate_id: candidate.candidate_id }
  }
  const council = await runs('2027-06-22', { office: 'council_member', district: '20' }, 'Hana Jeong', '정하나')
  contest_id = council.contest_id
  const senate = await runs('2028-06-27', { office: 'state_senator', district: '16' }, 'Hyejin Noh', '노혜진')
  senate_candidate = senate.candidate_id
  const db = database.of(ours.organization_id)
  await saveUniverse(db, organizer, { name: '20선거구 · District 20', expression: 'status:active', note: null }, installation.clock.now(), today) // prettier-ignore
})

const stories = [
  { language: 'ko', go_on: '계속', independent: '독립 활동', begin: '캠페인 시작하기', who: '정하나', link: '연결', list: '20선거구 · District 20', closed: '들어갈 수 없습니다', propose: '제안하기', within: '한도 안입니다', approved: '승인 기록하기', given: '기록하기' },
  { language: 'en', go_on: 'Go on', independent: 'Independent', begin: 'Begin the campaign', who: 'Hana Jeong', link: 'Link it', list: '20선거구 · District 20', closed: 'Closed to you', propose: 'Propose it', within: 'Within the limit', approved: 'It is approved', given: 'Write it down' },
] as const // prettier-ignore

test.each(stories.flatMap((words) => [360, 1280].map((width) => ({ ...words, width }))))(
  'a campaign is begun and filled without a script, and closed to the other lane ($language, $width px)',
  { timeout: 240_000 },
  async (words) => {
    const { language, width } = words
    const me = ours.actor(['organizer'], { name: `Organizer ${language} ${width}` })
    const page = await site.page({ actor: me, language, width, javaScript: false })
    await page.goto('/campaigns/new')
    await expectNoSidewaysScroll(page)
    await page.locator('select[name=contest]').selectOption(String(contest_id))
    await page.getByRole('button', { name: words.go_on, exact: true }).click()
    await page.locator('[name=name_en]').fill(`Jeong ${width}`)
    await page.locator('[name=name_ko]').fill(`정하나 ${width}`)
    await page.locator('[name="candidate_ids[]"]').first().check()
    await page.getByRole('radio', { name: words.independent }).check()
    await page.locator('[name=goal_count]').fill('500')
    await expectNoSidewaysScroll(page)
    await page.getByRole('button', { name: words.begin }).click()
    await page.waitForURL(/\/campaigns\/[0-9a-f-]{36}$/)
    expect(await page.locator('main').innerText()).toContain(words.who)
    await page.locator('#link select').selectOption({ index: 1 })
    await page.getByRole('button', { name: words.link, exact: true }).click()
    expect(await page.locator('#universe').innerText()).toContain(words.list)
    await expectNoSidewaysScroll(page)
    const campaign = new URL(page.url()).pathname
    const other = await makeCampaign(
      database.of(ours.organization_id),
      organizer,
      { name: { en: `Agreed ${width}`, ko: `협의 ${width}` }, candidate: {}, candidate_ids: [], lane: 'coordinated', contest_id, cycle_id: null, starts_on: today, ends_on: '2027-06-22', goal: 'voters', goal_count: null, owner: { user_id: crypto.randomUUID(), name: 'Somebody else' } },
      installation.clock.now(),
    ) // prettier-ignore
    if (!other.ok) throw new Error(other.problem)
    // By day with a script: what a screen reader meets.
    const seeing = await site.page({ actor: me, language, width, allow: [/403/] })
    for (const path of [campaign, `${campaign}/edit`, `${campaign}/team`, '/campaigns', `/campaigns/${other.campaign_id}`]) {
      await seeing.goto(path)
      await expectNoAxeProblems(seeing)
      await expectNoSidewaysScroll(seeing)
    }
    expect(await seeing.locator('h1').innerText()).toContain(words.closed)
  },
) // prettier-ignore

test.each(stories.flatMap((words) => [360, 1280].map((width) => ({ ...words, width }))))(
  'a contribution is proposed, decided and given without a script ($language, $width px)',
  { timeout: 240_000 },
  async (words) => {
    const { language, width } = words
    const everybody = ours.actor(['organizer', 'board', 'treasurer'], { name: 'Board' })
    const page = await site.page({ actor: everybody, language, width, javaScript: false })
    await page.goto(`/contributions/new?candidate=${senate_candidate}`)
    await page.locator('[name=recipient]').fill('Noh for Senate')
    await page.locator('[name=payer]').fill(`Neighbors PAC ${language} ${width}`)
    await page.locator('[name=payer_kind][value=state_committee]').check()
    await page.locator('[name=amount]').fill('1,500')
    await page.locator('[name=reason]').fill('회원 투표로 지지하기로 했습니다.')
    await expectNoSidewaysScroll(page)
    await page.getByRole('button', { name: words.propose, exact: true }).click()
    await page.waitForURL(/\/contributions\/[0-9a-f-]{36}$/)
    expect(await page.locator('#limit').innerText()).toContain(words.within)
    await expectNoSidewaysScroll(page)
    await page.locator('[name=decided_in]').fill('이사회')
    await page.getByRole('button', { name: words.approved, exact: true }).click()
    await page.locator('[name=reference]').fill('1042')
    await page.getByRole('button', { name: words.given, exact: true }).click()
    expect(await page.locator('#course').innerText()).toContain('1042')
    const seeing = await site.page({ actor: everybody, language, width })
    for (const path of [new URL(page.url()).pathname, '/contributions', '/contributions/new']) {
      await seeing.goto(path)
      await expectNoAxeProblems(seeing)
      await expectNoSidewaysScroll(seeing)
    }
  },
)

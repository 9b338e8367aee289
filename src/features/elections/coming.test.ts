import { expect, test } from 'vitest'
import { makeWorld } from '../../platform/testing/world.ts'
import { contestRoutes } from './contests/routes.tsx'
import { electionRoutes } from './routes.tsx'

const world = await makeWorld('2027-02-01T17:00:00Z')
const all = [electionRoutes, contestRoutes]
const everybody = world.as(null, all)
const steward = world.as(world.ours.actor([], { is_steward: true, name: 'Steward' }), all)
const pageIn = async (language: string): Promise<string> => {
  const answer = await everybody.get(`/elections/coming?lang=${language}`)
  expect(answer.status).toBe(200)
  return answer.text()
}

test.each([
  { language: 'en', says: ['Due next', '2027 primary', 'Last day to change party', 'in 13 days', 'Election Law § 5-304'] },
  { language: 'ko', says: ['다가오는 날짜', '2027년 예비선거', '13일 남음', '선거법 § 5-304'] },
  { language: 'zh', says: ['即將到來的日期', '2027 年初選', '還有 13 天', '2027 年 2 月 14 日(星期日)', '紐約州選舉法 § 5-304', '地區檢察官'] },
  { language: 'es', says: ['Próximas fechas', 'Elecciones primarias de 2027', 'en 13 días', 'domingo 14 de febrero de 2027', 'Ley Electoral § 5-304'] },
])('whoever has no account reads what is due in their language ($language)', async ({ language, says }) => {
  const page = await pageIn(language)
  for (const text of says) expect(page).toContain(text)
  expect(page).toContain(`/elections.ics?lang=${language}`)
  expect(page).toContain(`<html lang="${language === 'zh' ? 'zh-Hant' : language}"`)
  // The links to the other languages; no script, no cookie.
  expect(page.match(/href="\/elections\/coming\?lang=/g)).toHaveLength(4)
  expect(page).not.toContain('<script')
}) // prettier-ignore

test('an election that was entered stands there with its district, in Chinese too, and in the feed', async () => {
  const form = { state: 'NY', kind: 'special', held_on: '2027-03-16', district_kind: 'nyc-council', district: '19', method: '', source_url: 'https://vote.nyc/', register_by: '2027-03-06' } // prettier-ignore
  expect((await steward.post('/elections', form)).status).toBe(303)
  const chinese = await pageIn('zh')
  expect(chinese).toContain('2027 年特別選舉 · 市議會第 19 選區')
  expect(chinese).toContain('資料來源:https://vote.nyc/。')
  expect(await pageIn('es')).toContain('Elecciones especiales de 2027 · Distrito 19 del Concejo Municipal')
  const feed = await (await everybody.get('/elections.ics?lang=zh')).text()
  expect(feed).toContain('市議會第 19 選區')
  // Each of its days leads to where nobody has to sign in.
  const led = new Set([...feed.replaceAll('\r\n ', '').matchAll(/^URL:(.+?)\r$/gm)].map(([, url = '']) => new URL(url)).map(({ pathname, search }) => pathname + search)) // prettier-ignore
  expect([...led]).toEqual(['/elections/coming?lang=zh'])
  world.installation.clock.set('2027-03-17T17:00:00Z')
  expect(await pageIn('zh')).not.toContain('市議會第 19 選區')
})

test('an election of another state says of which, and one without a source that it has none', async () => {
  world.installation.clock.set('2027-02-01T17:00:00Z')
  const form = { state: 'NJ', kind: 'general', held_on: '2027-11-02', district_kind: '', district: '', method: '', source_url: 'https://nj.gov/', register_by: '2027-10-12' } // prettier-ignore
  expect((await steward.post('/elections', form)).status).toBe(303)
  expect(await pageIn('en')).toMatch(/November 2, 2027 · NJ/)
  // As an update or an import may have left it.
  await world.database.owner
    .updateTable('scheduled_election')
    .set({ source_url: null })
    .where('state', '=', 'NJ')
    .execute()
  expect(await pageIn('ko')).toContain('출처 없이 직접 입력한 일정입니다.')
  expect(await pageIn('zh')).toContain('未註明資料來源')
})

test('whoever signed in is shown the address to pass on', async () => {
  const page = await (await world.as(world.ours.actor(['member']), all).get('/elections')).text()
  expect(page).toContain('href="/elections/coming"')
})

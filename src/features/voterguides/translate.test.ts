import { expect, test } from 'vitest'
import { allMessages } from '../../platform/i18n/messages.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { publicGuideRoutes } from './public-routes.tsx'
import { publicTexts } from './public-texts.ts'
import { askCandidates, publishGuide } from './testing.ts'
import { languageNameIn, publicDate } from '../../platform/i18n/public.ts'

const world = await makeWorld('2027-04-01T17:00:00Z')
const { ours } = world
const db = world.database.of(ours.organization_id)
const asked = await askCandidates({ owner: world.database.owner, db, actor: ours.organizer })
const guide_id = await publishGuide({ db, actor: ours.organizer, reviewer: ours.actor(['board']), asked, now: world.installation.clock.now() }) // prettier-ignore
const { slug } = await db.selectFrom('organization').select('slug').executeTakeFirstOrThrow()
const everybody = world.as(null, [publicGuideRoutes])
const at = `/g/${slug}/${guide_id}`

const namesIn = (text: string): string[] => [...text.matchAll(/{{(\w+)/g)].map(([, name]) => name ?? '').toSorted()

test('every text is one we have, and keeps what is filled in', () => {
  for (const [key, { zh, es }] of Object.entries(publicTexts)) {
    const message = allMessages().get(key)
    expect(message, key).toBeDefined()
    const english = typeof message?.en === 'string' ? message.en : (message?.en.other ?? '')
    for (const text of [zh, typeof es === 'string' ? es : es.other])
      expect(namesIn(text), key).toEqual(namesIn(english))
  }
})

test.each(['elections.kind.', 'elections.day.', 'elections.law.', 'officials.office.', 'contests.party.', 'geography.kind.', 'geography.district.', 'geography.borough.', 'voterguides.choice.', 'voterguides.correction.', 'voterguides.mine_problem.', 'voterguides.say.', 'replies.yours'])(
  'all of %s… are there in Chinese and Spanish',
  (beginning) => {
    const keys = [...allMessages().keys()].filter((key) => key.startsWith(beginning))
    expect(keys.length).toBeGreaterThan(1)
    expect(keys.filter((key) => !(key in publicTexts))).toEqual([])
  },
) // prettier-ignore

test.each([
  { language: 'zh', html: 'zh-Hant', says: ['比較候選人', '市議員, 市議會第 20 選區 · 民主黨初選', '2027 年初選 · 2027 年 6 月 22 日(星期二)', '本指南尚未全部譯成中文', '紐約州選舉法 § 5-210'], silent: '沒有回答。提問日期:2027 年 2 月 2 日(星期二)。', fallback: '尚未翻譯,以英文顯示' },
  { language: 'es', html: 'es', says: ['Comparar las candidaturas', 'Concejal, Distrito 20 del Concejo Municipal', 'martes 22 de junio de 2027', 'Esta guía aún no está entera en español', 'Ley Electoral § 5-210'], silent: 'No respondió. Se le preguntó: martes 2 de febrero de 2027.', fallback: 'Aún sin traducir; se muestra en inglés' },
])('pages for everybody speak $language, and say what is not translated', async ({ language, html, says, silent, fallback }) => {
  const front = await (await everybody.get(`${at}?lang=${language}`)).text()
  expect(front).toContain(`<html lang="${html}">`)
  for (const each of says) expect(front).toContain(each)
  const contest = await (await everybody.get(`${at}/contests/${asked.contest_id}?lang=${language}`)).text()
  expect(contest).toContain(silent)
  expect(contest).toContain(fallback)
  for (const path of ['my-ballot', 'map/nyc-council', `contests/${asked.contest_id}/embed`])
    expect((await everybody.get(`${at}/${path}?lang=${language}`)).status, path).toBe(200)
}) // prettier-ignore

test('the browser’s language is taken where no other was chosen', async () => {
  const page = await (await everybody.get(at, { 'accept-language': 'es-US,es;q=0.9,en;q=0.8', cookie: '' })).text()
  expect(page).toContain('<html lang="es">')
})

test('dates and names of languages are written as people write them', () => {
  expect(publicDate('zh', '2026-06-23')).toBe('2026 年 6 月 23 日(星期二)')
  expect(publicDate('es', '2026-06-23')).toBe('martes 23 de junio de 2026')
  expect(languageNameIn('es', 'ko')).toBe('coreano')
})

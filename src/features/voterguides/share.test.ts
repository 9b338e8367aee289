import { expect, test } from 'vitest'
import { found } from '../../platform/errors.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { publicGuideRoutes } from './public-routes.tsx'
import { voterguideRoutes } from './routes.tsx'
import { askCandidates, publishGuide } from './testing.ts'

const world = await makeWorld('2027-04-01T17:00:00Z')
const { ours } = world
const db = world.database.of(ours.organization_id)
const now = world.installation.clock.now()
const asked = await askCandidates({ owner: world.database.owner, db, actor: ours.organizer })
const { contest_id, seoyeon, marcus } = asked
const guide_id = await publishGuide({ db, actor: ours.organizer, reviewer: ours.actor(['board']), asked, now })
const { slug } = await db.selectFrom('organization').select('slug').executeTakeFirstOrThrow()
const everybody = world.as(null, [publicGuideRoutes])
const editor = world.as(ours.organizer, [voterguideRoutes])
const at = `/g/${slug}/${guide_id}`
const contest = `${at}/contests/${contest_id}`

test.each(['en', 'ko', 'zh', 'es'])(
  'a link shows a picture of its own where it is passed on (%s)',
  async (language) => {
    for (const path of [at, contest]) {
      const page = await (await everybody.get(`${path}?lang=${language}`)).text()
      const image = found(/property="og:image" content="http:\/\/localhost([^"]+)"/.exec(page)?.[1]).replaceAll('&amp;', '&') // prettier-ignore
      expect(image).toBe(`${path}/share.png?lang=${language}&v=1`)
      const answer = await everybody.get(image)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toBe('image/png')
      expect(answer.headers.get('cache-control')).toBe('public, max-age=86400')
      const picture = Buffer.from(await answer.arrayBuffer())
      expect([picture.readUInt32BE(16), picture.readUInt32BE(20)]).toEqual([1200, 630])
      // Chats do not load what is larger than some hundred kilobytes.
      expect(picture.length).toBeLessThan(300_000)
    }
  },
)

test('the address to pass on keeps the language and whom somebody compares', async () => {
  const page = await (await everybody.get(`${contest}?lang=ko&c=${seoyeon}&c=${marcus}`)).text()
  const shared = `http://localhost${contest}?lang=ko&amp;c=${seoyeon}&amp;c=${marcus}`
  expect(page).toContain(`value="${shared}"`)
})

test('other sites may show the comparison alone inside their pages', async () => {
  const embed = await everybody.get(`${contest}/embed?lang=ko&c=${seoyeon}&c=${marcus}`)
  expect(embed.status).toBe(200)
  expect(embed.headers.get('content-security-policy')).toContain('frame-ancestors *')
  expect(embed.headers.get('x-frame-options')).toBeNull()
  const shown = await embed.text()
  expect(shown).toContain('이서연')
  expect(shown).toContain('후보 3명 중 2명')
  expect(shown).toContain(`href="${contest}?lang=ko" target="_blank" rel="noopener"`)
  expect(shown).not.toMatch(/<script(?! type="application\/ld\+json")|<form/)
  for (const path of [at, contest, `${at}/my-ballot`, `${at}/map/nyc-council`])
    expect((await everybody.get(path)).headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'")
  expect(await (await everybody.get(`${contest}?lang=en`)).text()).toContain(`${contest}/embed?lang=en`)
  expect((await everybody.get(`${at}/contests/99999/embed`)).status).toBe(404)
})

test('everything public is in the files, for programs of other sites too', async () => {
  const answer = await everybody.get(`${at}/guide.json`)
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  const { days, corrections } = (await answer.json()) as {
    days: { what: string; law: string }[]
    corrections: unknown[]
  }
  expect(days.find(({ what }) => what === 'registration_received')?.law ?? days[0]?.law).toContain('Election Law')
  expect(corrections).toEqual([])
  expect((await everybody.get(`${at}/guide.csv`)).headers.get('access-control-allow-origin')).toBe('*')
})

test.each([
  { language: 'en', name: 'Seoyeon Lee', about: '2027 primary', in_language: 'en' },
  { language: 'ko', name: '이서연', about: '2027년 예비선거', in_language: 'ko' },
  { language: 'zh', name: 'Seoyeon Lee', about: '2027 年初選', in_language: 'zh-Hant' },
])('search engines read who runs in which election ($language)', async ({ language, name, about, in_language }) => {
  for (const path of [at, contest]) {
    const page = await (await everybody.get(`${path}?lang=${language}`)).text()
    const [, json = ''] = found(/<script type="application\/ld\+json">([^]*?)<\/script>/.exec(page))
    expect(json).not.toContain('<')
    const data = JSON.parse(json) as { mainEntity: { itemListElement: unknown[] } }
    expect(data).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'WebPage',
      inLanguage: in_language,
      url: `http://localhost${path}`,
      datePublished: '2027-04-01',
      about: { '@type': 'Event', name: about, startDate: '2027-06-22' },
      mainEntity: { '@type': 'ItemList' },
    })
    expect(data.mainEntity.itemListElement).toHaveLength(3)
    expect(data.mainEntity.itemListElement[0]).toMatchObject({ '@type': 'Person', name, alternateName: 'Seoyeon Lee' })
  }
})

test('a guide that was taken down shows neither picture nor frame', async () => {
  expect((await editor.post(`/voterguides/${guide_id}/withdraw`, { reason_en: 'Wrong contest' })).status).toBe(303)
  for (const path of [`${at}/share.png`, `${contest}/share.png`, `${contest}/embed`, `${at}/my-ballot`])
    expect((await everybody.get(path)).status, path).toBe(410)
})

import { expect, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { attributionLines, attributionRulesFor } from '../law.ts'
import { publicGuideRoutes } from '../public-routes.tsx'
import { versionsOf } from '../queries.ts'
import { wordsFor, type Reading } from '../reading.tsx'
import { voterguideRoutes } from '../routes.tsx'
import { askCandidates, publishGuide } from '../testing.ts'
import { publicTranslator } from '../translate.ts'
import { blocksOf, headOf } from './blocks.ts'
import { imposed } from './impose.ts'
import { guidePdf } from './print.ts'
import { paperForms } from './schema.ts'

const world = await makeWorld('2027-04-01T17:00:00Z')
const { ours } = world
const { organization_id } = ours
const db = world.database.of(organization_id)
const now = world.installation.clock.now()
const asked = await askCandidates({ owner: world.database.owner, db, actor: ours.organizer })
const reviewer = ours.actor(['board'])
const guide_id = await publishGuide({ db, actor: ours.organizer, reviewer, asked, now, kind: 'own' })
const [version] = await versionsOf(db, { organization_id, guide_id })
if (!version) throw new Error('not published')
const { slug } = await db.selectFrom('organization').select('slug').executeTakeFirstOrThrow()
const everybody = world.as(null, [publicGuideRoutes])
const editor = world.as(ours.organizer, [voterguideRoutes])
const at = `/g/${slug}/${guide_id}`
const pagesIn = (pdf: string): number => pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0

const readingIn = (language: string): Reading => {
  const words = wordsFor(language, 'en')
  return { t: publicTranslator(words), words, language, languages: ['en', 'ko'], path: at, url: 'http://localhost', content: version.content, organization: { en: 'Ours' }, version: 1, published_on: '2027-04-01' } // prettier-ignore
}

test.each(paperForms)('a guide is printed as %s, in one language, in two, and for a print shop', async (form) => {
  for (const more of ['', '&with=en', '&with=zh', '&with=en&press=yes']) {
    const answer = await everybody.get(`${at}/paper.pdf?form=${form}&contest=${asked.contest_id}&lang=ko${more}`)
    expect(answer.status, more).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/pdf')
    const pdf = Buffer.from(await answer.arrayBuffer()).toString('latin1')
    expect(pagesIn(pdf)).toBeGreaterThan(0)
    // Letters come with it, whatever fonts a print shop has.
    expect(pdf).toMatch(/\/FontFile[23]/)
    expect(pdf).toContain('Pretendard')
    // An eighth of an inch more on each side, and room for marks beyond.
    if (form === 'imposed') {
      expect(pdf).toContain('[ 0 0 792 612 ]')
      expect(pagesIn(pdf) % 2).toBe(0)
    }
    if (form === 'palm') expect(pdf).toContain(more.includes('press') ? '[0 0 342 486]' : '[0 0 288 432]')
  }
})

test('a palm card is of one contest, and Chinese is printed in its own letters', async () => {
  expect((await everybody.get(`${at}/paper.pdf?form=palm&lang=ko`)).status).toBe(404)
  const chinese = await everybody.get(`${at}/paper.pdf?form=letter&lang=zh`)
  expect(Buffer.from(await chinese.arrayBuffer()).toString('latin1')).toMatch(/NotoSansTC/)
  expect((await everybody.get(`${at}/paper.pdf?form=poster&lang=ko`)).status).toBe(404)
  expect((await everybody.get(`${at}/paper.pdf?form=letter&contest=99999`)).status).toBe(404)
  expect((await everybody.get(`${at}/guide.pdf?lang=es`)).status).toBe(200)
})

test('two languages are the same blocks, so that what faces each other belongs together', () => {
  for (const is_short of [false, true]) {
    const [korean, spanish] = ['ko', 'es'].map((language) => blocksOf(readingIn(language), null, is_short))
    const shape = (blocks: typeof korean) => blocks?.map((each) => [each.is, 'each' in each ? each.each.length : null])
    expect(shape(korean)).toEqual(shape(spanish))
  }
})

test('a card says what everybody chose, and of everybody alike where their words are', () => {
  const cells = blocksOf(readingIn('en'), null, true).flatMap((block) => (block.is === 'cells' ? block.each : []))
  const said = cells.map(({ name, said: [first] }) => [name, first?.choice || first?.text])
  expect(said).toContainEqual(['Marcus Bell', 'Yes, with conditions'])
  expect(said).toContainEqual(['Seoyeon Lee', 'Answered in words: read it online'])
  expect(said.some(([name, text]) => name === 'Ana Ruiz' && text?.startsWith('Did not answer'))).toBe(true)
  expect(JSON.stringify(cells)).not.toContain('Only where children live')
})

test('who pays is named in the words of the law, and in Korean below them, never alone', async () => {
  const edit = await (await editor.get(`/voterguides/${guide_id}/edit`)).text()
  expect(edit).toContain('Election Law § 14-106')
  const seen = { kind: 'own', title_en: 'Flushing votes', cycle_id: asked.cycle_id, 'contest_ids[]': String(asked.contest_id), 'issue_ids[]': version.content.issues.map(({ issue_id }) => issue_id) } // prettier-ignore
  const nobody = await editor.post(`/voterguides/${guide_id}/edit`, { ...seen, attribution_code: 'ny_committee' })
  expect(nobody.status).toBe(422)
  expect(await nobody.text()).toContain('Name who pays.')
  const named = await editor.post(`/voterguides/${guide_id}/edit`, { ...seen, attribution_code: 'ny_committee', attribution_payer: 'Flushing Neighbors PAC' }) // prettier-ignore
  expect(named.status).toBe(303)
  const again = await (await editor.get(`/voterguides/${guide_id}/edit`)).text()
  expect(again).toContain('value="Flushing Neighbors PAC"')
  const attribution = { code: 'ny_committee', payer: 'Flushing Neighbors PAC', more: '' } as const
  expect(attributionLines(attribution, 'ko')).toEqual(['Paid for by: Flushing Neighbors PAC', '비용 부담: Flushing Neighbors PAC']) // prettier-ignore
  expect(attributionLines(attribution, 'zh')).toEqual(['Paid for by: Flushing Neighbors PAC', '付款人：Flushing Neighbors PAC']) // prettier-ignore
  expect(attributionLines({ code: 'not_needed', payer: '', more: '' }, 'ko')).toEqual([])
  const reading = readingIn('en')
  const paid = { ...reading, content: { ...reading.content, attribution } }
  expect(headOf(paid, null).attribution).toEqual(['Paid for by: Flushing Neighbors PAC'])
  expect((await guidePdf([paid], { form: 'booklet', contest: null, is_press: true }, now)).length).toBeGreaterThan(1000)
})

test('rules hold in their state and from their day', () => {
  const codes = (state: string, on: string) => attributionRulesFor(state, on).map(({ code }) => code)
  expect(codes('NY', '2027-06-22')).toEqual(['ny_committee', 'nyc_independent', 'federal_independent'])
  expect(codes('NJ', '2027-06-22')).toEqual(['federal_independent'])
  expect(codes('NY', '2024-06-25')).toEqual([])
})

test.each([
  { pages: 1, sides: [[null, 0], [null, null]] },
  { pages: 4, sides: [[3, 0], [1, 2]] },
  { pages: 6, sides: [[null, 0], [1, null], [5, 2], [3, 4]] },
  { pages: 8, sides: [[7, 0], [1, 6], [5, 2], [3, 4]] },
])('a booklet of $pages pages lies on sheets as it is folded', ({ pages, sides }) => {
  expect(imposed(pages)).toEqual(sides)
}) // prettier-ignore

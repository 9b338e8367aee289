import { inflateSync } from 'node:zlib'
import { PDFDocument, PDFName, PDFRawStream } from 'pdf-lib'
import { expect, test } from 'vitest'
import { textsOf } from '../../../platform/print/testing.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { attributionLines, attributionRulesFor } from '../law.ts'
import { publicGuideRoutes } from '../public-routes.tsx'
import { versionsOf } from '../queries.ts'
import { wordsFor, type Reading } from '../reading.tsx'
import { voterguideRoutes } from '../routes.tsx'
import { askCandidates, publishGuide } from '../testing.ts'
import { publicTranslator } from '../translate.ts'
import { blocksOf, headOf, slateBlocks } from './blocks.ts'
import { imposed } from './impose.ts'
import { guidePdf, inAddress } from './print.ts'
import { paperForms, sheets } from './schema.ts'

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
    // A card has a front and a back, in two languages too.
    if (form === 'palm') expect(pagesIn(pdf), more).toBe(2)
    if (form === 'palm') expect(pdf).toContain(more.includes('press') ? '[ 0 0 342 486 ]' : '[0 0 288 432]')
  }
})

/** All that a file draws with, as it stands in it: '0 0 0 1 k'. */
async function inksIn(file: Uint8Array): Promise<Set<string>> {
  const read = await PDFDocument.load(file)
  const drawn = read.context.enumerateIndirectObjects().flatMap(([, each]) => {
    if (!(each instanceof PDFRawStream) || each.dict.has(PDFName.of('Length1'))) return []
    const text = Buffer.from(each.dict.has(PDFName.of('Filter')) ? inflateSync(each.contents) : each.contents).toString('latin1') // prettier-ignore
    return /^BT$/m.test(text) ? [text] : []
  })
  expect(drawn.length).toBeGreaterThan(0)
  const inks = drawn.join('\n').match(/^.*(?<![/\w])(?:k|K|rg|RG|g|G|sc|SC|scn|SCN)$/gm) ?? []
  return new Set(inks.map((each) => each.toLowerCase()))
}

test.each(paperForms.filter((form) => form !== 'imposed'))(
  'a print shop reads in the file where %s is cut, and prints it with four inks, text and code in black alone',
  async (form) => {
    const made = async (more: string): Promise<Uint8Array> => {
      const answer = await everybody.get(`${at}/paper.pdf?form=${form}&contest=${asked.contest_id}&lang=ko&with=zh${more}`)
      return new Uint8Array(await answer.arrayBuffer())
    }
    const press = await made('&press=yes')
    for (const page of (await PDFDocument.load(press)).getPages()) {
      const [whole, bleed, trim] = [page.getMediaBox(), page.getBleedBox(), page.getTrimBox()]
      expect([trim.width, trim.height]).toEqual([sheets[form].width_in * 72, sheets[form].height_in * 72])
      expect([trim.x, trim.y, trim.x - bleed.x, trim.y - bleed.y]).toEqual([27, 27, 9, 9])
      expect([bleed.width - trim.width, whole.width - trim.width, whole.height - trim.height]).toEqual([18, 54, 54])
    }
    const inks = await inksIn(press)
    expect(inks).toContain('0 0 0 1 k')
    // Blue of the bar and headings, and greys of black.
    for (const ink of inks) expect(['0 0 0 1 k', '0 0 0 0.7 k', '0 0 0 0.25 k', '0.9 0.65 0 0.1 k']).toContain(ink)
    // At home it is printed as a screen shows it.
    expect([...(await inksIn(await made('')))].some((ink) => ink.endsWith(' k'))).toBe(false)
  },
) // prettier-ignore

test('a pocket card has the names of all contests with their marks, and of chosen districts those alone', async () => {
  const reading = readingIn('ko')
  const [contest] = reading.content.contests
  if (!contest) throw new Error('no contest')
  const mark = { ...contest, candidates: contest.candidates.map((each, at) => ({ ...each, is_endorsed: at === 1 })) }
  const other = { ...contest, contest_id: 99, district: '21', candidates: contest.candidates.slice(0, 1) }
  const blocks = slateBlocks({ ...reading, content: { ...reading.content, contests: [mark, other] } })
  expect(blocks.filter(({ is }) => is === 'heading')).toHaveLength(2)
  expect(blocks).toContainEqual({ is: 'candidates', each: [{ name: '이서연', note: '' }, { name: '마커스 벨', note: '★ 회원들이 공식 지지하는 후보' }, { name: '아나 루이스', note: '' }] })
  expect(blocks).toContainEqual({ is: 'small', text: '마음에 드는 순서대로 5순위까지 고를 수 있고, 한 명만 골라도 됩니다.' })
  expect(JSON.stringify(blocks)).not.toContain('모든 세입자에게')
  expect(JSON.stringify(blocks)).toContain('1-866-868-3692')
  const front = await (await everybody.get(`${at}?lang=ko&d=nyc-council/20`)).text()
  expect(front).toContain('<input type="hidden" name="d" value="nyc-council/20"/>')
  expect(front).toContain('모든 선거를 담은 휴대용 카드')
  for (const form of paperForms) {
    expect((await everybody.get(`${at}/paper.pdf?form=${form}&lang=ko&d=nyc-council/20`)).status, form).toBe(200)
    expect((await everybody.get(`${at}/paper.pdf?form=${form}&lang=ko&d=nyc-council/21`)).status, form).toBe(404)
  }
}) // prettier-ignore

test('the code on paper keeps the districts whose contests are printed, also of kinds without a map', () => {
  const [contest] = readingIn('en').content.contests
  if (!contest) throw new Error('no contest')
  const hoboken = { ...contest, district_kind: 'city' as const, district: 'hoboken' }
  const chosen = [
    'city/hoboken',
    'nyc-council/outside',
    'congress/8',
    'city/nowhere',
    'city/outside',
    'visit/evil.example',
  ]
  expect(inAddress([hoboken], chosen)).toEqual(['city/hoboken', 'nyc-council/outside', 'congress/8', 'city/outside'])
})

test('Chinese is printed in its own letters, and what there is not is not found', async () => {
  const chinese = await everybody.get(`${at}/paper.pdf?form=letter&lang=zh`)
  expect(Buffer.from(await chinese.arrayBuffer()).toString('latin1')).toMatch(/NotoSansTC/)
  expect((await everybody.get(`${at}/paper.pdf?form=poster&lang=ko`)).status).toBe(404)
  expect((await everybody.get(`${at}/paper.pdf?form=letter&contest=99999`)).status).toBe(404)
  expect((await everybody.get(`${at}/guide.pdf?lang=es`)).status).toBe(200)
})

test('two languages are the same blocks, so that what faces each other belongs together', () => {
  for (const is_short of [false, true]) {
    const [korean, spanish] = ['ko', 'es'].map((language) => blocksOf(readingIn(language), null, { is_short }))
    const shape = (blocks: typeof korean) => blocks?.map((each) => [each.is, 'each' in each ? each.each.length : null])
    expect(shape(korean)).toEqual(shape(spanish))
  }
})

test('paper says where and how to vote, also of an election whose days nobody entered', () => {
  const reading = readingIn('ko')
  const election = { ...reading.content.election, kind: 'special' as const, held_on: '2027-05-04', days: [] }
  const blocks = blocksOf({ ...reading, content: { ...reading.content, election } }, null, {})
  const text = JSON.stringify(blocks)
  expect(blocks).toContainEqual({ is: 'heading', level: 2, text: '투표 방법과 날짜' })
  expect(blocks).toContainEqual({ is: 'text', text: '선거일은 2027년 5월 4일(화)입니다.' })
  expect(text).toContain(
    '내 투표소와 운영 시간: 뉴욕시 선거관리위원회 · https://findmypollsite.vote.nyc/ · 1-866-868-3692',
  )
  expect(text).toContain('우편투표용지를 받은 사람은')
  // A card has room for whom to ask alone.
  const card = JSON.stringify(
    blocksOf({ ...reading, content: { ...reading.content, election } }, null, { is_short: true }),
  )
  expect(card).toContain('1-866-868-3692')
  expect(card).not.toContain('우편투표용지를 받은 사람은')
})

test('a card for one contest has two sides: the days to vote on, how many to rank, what was asked', () => {
  const reading = readingIn('en')
  const [contest] = reading.content.contests
  const blocks = blocksOf(reading, contest ?? null, { is_short: true, is_card: true })
  const whole = blocksOf(reading, contest ?? null, { is_short: true })
  const days = (of: typeof blocks) =>
    of.flatMap((block) => (block.is === 'days' ? block.each.map(({ what }) => what) : []))
  expect(days(whole).length).toBeGreaterThan(2)
  expect(days(blocks)).toEqual(['Early voting', 'Election Day, 6 a.m. to 9 p.m.'])
  expect(whole.some(({ is }) => is === 'steps')).toBe(true)
  expect(blocks.some(({ is }) => is === 'steps')).toBe(false)
  expect(JSON.stringify(blocks)).toContain('Rank up to 5')
  expect(JSON.stringify(blocks)).not.toContain('Said and done elsewhere')
})

test('a heading and the line below it stay with what follows, wherever the page ends', { timeout: 60_000 }, async () => {
  const { content } = version
  const about = { ko: '설명 한 줄입니다.' }
  const issues = content.issues.map((issue) => ({ ...issue, about }))
  const names = issues.map(({ name }) => name.ko ?? '')
  const alone = new RegExp(`(${[...names, about.ko].join('|').replaceAll(' ', '')})Ours·`)
  for (const lines of [1, 4, 7, 10, 13, 16, 19, 22]) {
    const intro = { ko: Array.from({ length: lines }, () => '소개').join('\n') }
    for (const form of ['letter', 'large'] as const) {
      const of = { ...readingIn('ko'), content: { ...content, intro, issues } }
      const pages = textsOf(await guidePdf([of], { form, contest: null, is_press: false }, now)).map((each) => each.join(''))
      expect(pages.join('')).toContain('설명한줄입니다.')
      expect(pages.join('')).toContain('Ours·')
      for (const page of pages) expect(page).not.toMatch(alone)
    }
  }
}) // prettier-ignore

test('a card says what everybody chose, and of everybody alike where their words are', () => {
  const cells = blocksOf(readingIn('en'), null, { is_short: true }).flatMap((block) =>
    block.is === 'cells' ? block.each : [],
  )
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

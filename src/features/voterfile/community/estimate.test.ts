import { Command } from 'commander'
import { expect, test } from 'vitest'
import { translator } from '../../../platform/i18n/messages.ts'
import { communityCommands } from './cli.ts'
import { communities, estimateCommunity, estimateCommunityInto, type Community } from './estimate.ts'
import { evidenceSentence, explainCommunity } from './explain.ts'
import { givenReadings, guessHangul, hangulOfSurname, romanQueries, twoSyllableSurnames } from './hangul.ts'
import './messages.ts'

/** Made-up names: surname, given, middle, the community meant ('none': nobody we know), least and greatest percent of it. */
const names: [string, string, string, Community | 'none', number, number][] = [
  // Korean given names in every way of writing
  ['LEE', 'SOO JIN', '', 'korean', 97, 100],
  ['LEE', 'SOO-JIN', '', 'korean', 97, 100],
  ['LEE', 'SOOJIN', '', 'korean', 95, 100],
  ['LEE', 'SOO', 'JIN', 'korean', 97, 100],
  ['Lee', 'Soo Jin', '', 'korean', 97, 100],
  ['LEE', 'YOUNG HEE', '', 'korean', 97, 100],
  ['LEE', 'YOUNGHEE', '', 'korean', 95, 100],
  ['LEE', 'YOUNG', 'HEE', 'korean', 97, 100],
  ['LEE', 'YOUNG HEE', 'K', 'korean', 97, 100],
  ['KIM', 'HYUNWOO', '', 'korean', 97, 100],
  ['KIM', 'MIN JUN', '', 'korean', 97, 100],
  ['KIM', 'Min-jun', '', 'korean', 97, 100],
  ['PARK', 'MIN SU', '', 'korean', 97, 100],
  ['PARK', 'CHAN HO', '', 'korean', 95, 100],
  ['HAN', 'SANG WOOK', '', 'korean', 97, 100],
  ['CHUNG', 'EUN JUNG', '', 'korean', 97, 100],
  ['CHO', 'HYUN SOOK', '', 'korean', 97, 100],
  ['AN', 'SOON JA', '', 'korean', 95, 100],
  ['LIM', 'HYE JIN', '', 'korean', 97, 100],
  ['YANG', 'SEUNG HO', '', 'korean', 85, 100],
  ['CHANG', 'MYUNG HEE', '', 'korean', 90, 100],
  ['YU', 'EUN KYUNG', '', 'korean', 90, 100],
  ['HONG', 'SEUNG', 'PYO', 'korean', 90, 100],
  ['MOON', 'HYUN SOOK', '', 'korean', 97, 100],
  ['HA', 'JUNG WOO', '', 'korean', 90, 100],
  ['SON', 'HEUNG MIN', '', 'korean', 90, 100],
  ['YIM', 'OK SOON', '', 'korean', 90, 100],
  ['PAIK', 'NAM JUNE', '', 'korean', 90, 100],
  ['COOK', 'JIN SOOK', '', 'korean', 85, 100],
  ['SUNWOO', 'EUN SOOK', '', 'korean', 97, 100],
  ['NAM KOONG', 'JIN', '', 'korean', 85, 100],
  ['HWANG BO', 'YOUNG JA', '', 'korean', 90, 100],
  // English given name, Korean surname: the surname decides
  ['KIM', 'JENNIFER', '', 'korean', 80, 95],
  ['KIM', 'DANIEL', '', 'korean', 80, 95],
  ['CHOI', 'DANIEL', '', 'korean', 75, 95],
  ['KWON', 'GRACE', '', 'korean', 85, 99],
  ['YOON', 'EUGENE', '', 'korean', 75, 99],
  ['PARK', 'JENNIFER', '', 'korean', 45, 75],
  ['PARK', 'WILLIAM', 'R', 'korean', 35, 65],
  ['CHO', 'SUSAN', '', 'korean', 70, 92],
  ['HAN', 'EMILY', '', 'korean', 35, 65],
  ['CHUNG', 'PETER', '', 'korean', 35, 60],
  ['LEE', 'GRACE', '', 'korean', 30, 60],
  ['LEE', 'DAVID', '', 'korean', 8, 35],
  ['LEE', 'ROBERT', 'E', 'korean', 3, 25],
  ['MOON', 'KEITH', '', 'korean', 2, 25],
  ['KIM', '', '', 'korean', 85, 97],
  // English first, Korean middle
  ['KIM', 'GRACE', 'HYUNJUNG', 'korean', 95, 100],
  ['LEE', 'GRACE', 'EUN', 'korean', 80, 100],
  ['WILLIAMS', 'GRACE', 'HYUNJUNG', 'korean', 60, 99],
  // marriage
  ['SMITH', 'YOUNG HEE', '', 'korean', 75, 100],
  ['KIM-SMITH', 'SARAH', '', 'korean', 40, 80],
  ['KIM SMITH', 'EUN HEE', '', 'korean', 95, 100],
  ['PARK LEE', 'JENNY', '', 'korean', 65, 95],
  ["O'BRIEN-CHOI", 'MEGAN', '', 'korean', 30, 80],
  // columns changed over
  ['YOUNGHEE', 'KIM', '', 'korean', 40, 99],
  ['HYUNWOO', 'PARK', '', 'korean', 40, 99],
  ['HANSON', 'KIM', '', 'korean', 0, 3],
  ['HANNA', 'LEE', '', 'korean', 0, 3],
  // the same surnames, other communities
  ['LEE', 'WAI MAN', '', 'chinese', 90, 100],
  ['LEE', 'MEI LING', '', 'chinese', 90, 100],
  ['LEE', 'KWOK KEUNG', '', 'chinese', 90, 100],
  ['HAN', 'XIAOMING', '', 'chinese', 85, 100],
  ['CHUNG', 'KWOK WAI', '', 'chinese', 90, 100],
  ['YOUNG', 'JOHN', '', 'none', 95, 100],
  ['YOUNG', 'MICHAEL', '', 'none', 95, 100],
  ['AN', 'WEI', '', 'chinese', 75, 100],
  ['LIM', 'CHEE KEONG', '', 'chinese', 80, 100],
  ['LIM', 'JOSELITO', '', 'filipino', 75, 100],
  ['YANG', 'LI', '', 'chinese', 85, 100],
  ['HONG', 'WEI', 'DONG', 'chinese', 90, 100],
  ['YU', 'HAO', '', 'chinese', 90, 100],
  ['DO', 'MINH', '', 'vietnamese', 95, 100],
  ['HA', 'THANH', '', 'vietnamese', 90, 100],
  ['LE', 'VAN', '', 'vietnamese', 90, 100],
  // Chinese
  ['CHEN', 'XIAOHONG', '', 'chinese', 97, 100],
  ['WONG', 'KA MAN', '', 'chinese', 97, 100],
  ['ZHANG', 'QIANG', '', 'chinese', 97, 100],
  ['CHAN', 'GRACE', '', 'chinese', 85, 99],
  ['LIU', 'JASON', '', 'chinese', 85, 99],
  ['HSU', 'CHIH', 'MING', 'chinese', 95, 100],
  // South Asian
  ['PATEL', 'NEHA', '', 'south_asian', 97, 100],
  ['SINGH', 'GURPREET', '', 'south_asian', 97, 100],
  ['RAHMAN', 'FATEMA', '', 'south_asian', 93, 100],
  ['KHAN', 'MOHAMMED', '', 'south_asian', 85, 100],
  ['HOSSAIN', 'MD', '', 'south_asian', 93, 100],
  ['SHERPA', 'PASANG', '', 'south_asian', 85, 100],
  ['BANERJEE', 'ARJUN', '', 'south_asian', 95, 100],
  ['THOMAS', 'ROBERT', '', 'none', 95, 100],
  // Vietnamese
  ['NGUYEN', 'THI HOA', '', 'vietnamese', 97, 100],
  ['NGUYEN', 'KEVIN', '', 'vietnamese', 80, 99],
  ['TRAN', 'MICHAEL', '', 'vietnamese', 75, 97],
  ['PHAM', 'QUYNH', 'ANH', 'vietnamese', 95, 100],
  // Filipino
  ['MAGSAYSAY', 'MARIA', 'TERESA', 'filipino', 75, 100],
  ['DELA CRUZ', 'MARICEL', '', 'filipino', 70, 100],
  ['SANTOS', 'ERLINDA', '', 'filipino', 55, 95],
  ['PANGILINAN', 'JOSE', '', 'filipino', 80, 100],
  ['REYES', 'JOSE', '', 'filipino', 2, 30],
  // Japanese
  ['TANAKA', 'HIROSHI', '', 'japanese', 97, 100],
  ['SATO', 'EMILY', '', 'japanese', 50, 90],
  ['YAMAMOTO', 'KEIKO', '', 'japanese', 95, 100],
  // everybody else
  ['SMITH', 'JOHN', '', 'none', 97, 100],
  ['WASHINGTON', 'DENZEL', '', 'none', 97, 100],
  ['GARCIA', 'JUAN', '', 'none', 93, 100],
  ['ROSENBERG', 'SARAH', 'L', 'none', 97, 100],
  ['JOHNSON', 'SUE', '', 'none', 93, 100],
  ['MILLER', 'JUNE', '', 'none', 93, 100],
  ['BROWN', 'GENE', '', 'none', 93, 100],
  ['O’CONNOR', 'SEAN', '', 'none', 97, 100],
  ['', '', '', 'none', 90, 100],
]

test.each(names)('%s, %s %s is %s: %i to %i percent', (last, first, middle, community, least, greatest) => {
  const percents = estimateCommunity(last, first, middle)
  const value =
    community === 'none' ? 100 - communities.reduce((sum, each) => sum + percents[each], 0) : percents[community]
  expect(value).toBeGreaterThanOrEqual(least)
  expect(value).toBeLessThanOrEqual(greatest)
})

test('writing into an array gives the same numbers', () => {
  const into = new Uint8Array(8)
  estimateCommunityInto('LEE', 'SOO JIN', '', into, 1)
  expect([...into]).toEqual([0, ...Object.values(estimateCommunity('LEE', 'SOO JIN')), 0])
})

test('an import can afford it: some millions of rows a second once names repeat', () => {
  const rows = Array.from({ length: 200_000 }, (_, at) => names[at % names.length] ?? names[0])
  const into = new Uint8Array(6)
  const started = performance.now()
  for (const row of rows) if (row) estimateCommunityInto(row[0], row[1], row[2], into, 0)
  // A bound for slow machines; about 0.3 µs each on two cores of 2024.
  expect((performance.now() - started) / rows.length).toBeLessThan(0.01)
})

test('the reasons are sentences in both languages', () => {
  const { evidence, hangul, likeliest } = explainCommunity('LEE', 'SOO JIN')
  expect(likeliest).toBe('korean')
  expect(hangul[0]?.hangul).toBe('이수진')
  expect(evidence.map((each) => evidenceSentence(translator('en'), each))).toEqual([
    'Of people named LEE, 42 of 100 are Asian; several communities share the name, and about 49 of 100 of those are Korean.',
    'SOO JIN reads as a Korean given name, perhaps 수진.',
  ])
  expect(evidence.map((each) => evidenceSentence(translator('ko'), each))).toEqual([
    '성이 LEE인 사람 100명 가운데 42명이 아시아계입니다. 여러 커뮤니티가 함께 쓰는 성으로, 그 아시아계 100명 가운데 약 49명이 한인입니다.',
    'SOO JIN, 한국 이름으로 읽힙니다. 아마 수진(추정)일 것입니다.',
  ])
})

test.each(names)('the reasons for %s, %s %s can be said in both languages', (last, first, middle) => {
  for (const language of ['en', 'ko'] as const) {
    for (const each of explainCommunity(last, first, middle).evidence)
      expect(evidenceSentence(translator(language), each)).not.toMatch(/\{\{|undefined/)
  }
})

test.each([
  ['LEE', 'SOO JIN', '', '이수진'],
  ['KIM', 'HYUNWOO', '', '김현우'],
  ['CHUNG', 'YOUNG', 'HEE', '정영희'],
  ['PARK', 'MIN-SU', '', '박민수'],
  ['CHOI', 'JIYOUNG', '', '최지영'],
  ['KIM', 'JENNIFER', '', '김'],
  ['NAMKOONG', 'MIN', '', '남궁민'],
])('%s, %s %s may be written %s', (last, first, middle, hangul) => {
  expect(guessHangul(last, first, middle)[0]?.hangul).toBe(hangul)
})

test('one spelling may be several syllables, and none is invented', () => {
  expect(hangulOfSurname('YU').map(({ hangul }) => hangul)).toEqual(expect.arrayContaining(['유', '류', '여']))
  expect(givenReadings('SUNG', 'HO').map(({ hangul }) => hangul)).toEqual(expect.arrayContaining(['성호', '승호']))
  expect(guessHangul('SMITH', 'JOHN')).toEqual([])
  expect(twoSyllableSurnames).toEqual(expect.arrayContaining(['남궁', '황보', '제갈', '선우', '사공', '독고']))
})

test('a Hangul query gives the Roman spellings to look for', () => {
  const [whole] = romanQueries('김영희')
  expect(whole?.surnames).toContain('KIM')
  expect(whole?.given[0]).toEqual(expect.arrayContaining(['YOUNG', 'YEONG', 'YUNG']))
  expect(whole?.given[1]).toEqual(expect.arrayContaining(['HEE', 'HUI', 'HI']))
  const [initials] = romanQueries('ㄱㅇㅎ')
  expect(initials?.surnames).toEqual(expect.arrayContaining(['KIM', 'KANG', 'KWON', 'KO']))
  expect(initials?.given[0]).toEqual(expect.arrayContaining(['YOUNG', 'EUN', 'IN']))
  expect(romanQueries('남궁민').map(({ given }) => given.length)).toContain(1)
  expect(romanQueries('영희').some(({ surnames, given }) => surnames.length === 0 && given.length === 2)).toBe(true)
  expect(romanQueries('Kim')).toEqual([])
})

test('the command prints shares as JSON, and sentences for people', async () => {
  const written: string[] = []
  const run = async (...args: string[]): Promise<string> => {
    written.length = 0
    const program = new Command().exitOverride()
    communityCommands(program, {
      answer: ({ json }, value, text) => void written.push(json ? JSON.stringify(value) : text()),
    })
    await program.parseAsync(['community', 'estimate', ...args], { from: 'user' })
    return written.join('\n')
  }
  const shares = JSON.parse(await run('--last', 'LEE', '--first', 'SOO JIN', '--json'))
  expect(shares.korean).toBeGreaterThanOrEqual(0.97)
  expect(Object.keys(shares)).toEqual([...communities])
  expect(await run('--last', 'LEE', '--first', 'SOO JIN', '--korean')).toContain('이수진(추정)')
})

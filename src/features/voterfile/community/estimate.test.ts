import { Command } from 'commander'
import { expect, test } from 'vitest'
import { translator } from '../../../platform/i18n/messages.ts'
import { communityCommands } from './cli.ts'
import {
  communities,
  estimateCommunity,
  firstReading,
  middleReading,
  percentsOf,
  surnameReading,
  type Community,
} from './estimate.ts'
import { estimateSentences, explainCommunity, livingIn } from './explain.ts'
import { knownNames } from './given-names.ts'
import { cuts, givenReadings, guessHangul, hangulOfSurname, romanQueries, twoSyllableSurnames } from './hangul.ts'
import './messages.ts'
import { ourPlaces } from './places.ts'

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

const flushing = livingIn(ourPlaces, { county: 'queens', ccd: 20 })

test('the numbers an import keeps are the same', () => {
  const into = new Int16Array(6)
  for (const [last, first, middle] of [
    ['LEE', 'SOO JIN', ''],
    ['PARK', 'YOUNG', 'HEE'],
    ['PARK', 'MARY', 'K'],
    ['NGUYEN', 'ANH', 'THI'],
  ] as const) {
    percentsOf(surnameReading(last).prior, firstReading(first), middleReading(middle), flushing.place, into)
    expect([...into]).toEqual(Object.values(estimateCommunity(last, first, middle, flushing.place)))
  }
  // FIRSTNAME=KIM LASTNAME=YOUNGHEE is for the slower way.
  expect(surnameReading('YOUNGHEE').maySwap).toBe(true)
})

test.each([
  {
    name: ['KIM', 'SOO JIN', ''],
    en: ['Likely Korean (99%): the surname Kim is mostly Korean in the US, and Soo Jin is made of Korean syllables.'],
    ko: [
      '한인일 가능성이 큽니다(99%). 미국에서 Kim 성은 대부분 한인입니다. 이름(Soo Jin)이 한국 이름 글자로 되어 있습니다.',
    ],
  },
  {
    name: ['LEE', 'DAVID', ''],
    en: [
      'Hard to tell (Korean 16%, Chinese 13%): the surname Lee is shared by Korean, Chinese and many other American families, and David is a name of all backgrounds, which says little.',
      'Nothing else here decides.',
    ],
    ko: [
      '가려내기 어렵습니다(한인 16%, 중국계 13%). Lee 성은 한인과 중국계뿐 아니라 다른 미국인도 많이 씁니다. 이름(David)은 누구나 쓰는 영어 이름이라 알려 주는 것이 적습니다.',
      '그 밖에 가려낼 만한 점이 없습니다.',
    ],
  },
  {
    name: ['SMITH', 'YOUNG HEE', ''],
    en: [
      'Likely Korean (95%): hardly anybody named Smith is of an Asian community, and Young Hee is made of Korean syllables.',
      'The surname may come by marriage or adoption.',
    ],
    ko: [
      '한인일 가능성이 큽니다(95%). Smith 성을 쓰는 아시아계는 거의 없습니다. 이름(Young Hee)이 한국 이름 글자로 되어 있습니다.',
      '결혼이나 입양으로 얻은 성일 수 있습니다.',
    ],
  },
])('the estimate of $name is a sentence in both languages', ({ name: [last = '', first = '', middle], en, ko }) => {
  const explained = explainCommunity(last, first, middle)
  expect(estimateSentences(translator('en'), explained)).toEqual(en)
  expect(estimateSentences(translator('ko'), explained)).toEqual(ko)
})

test('where somebody lives is said when it moves the number', () => {
  const [sentence] = estimateSentences(translator('en'), explainCommunity('LEE', 'DAVID', '', flushing))
  expect(sentence).toContain('where this person lives, more Chinese people live than elsewhere')
})

test.each(names)('the reasons for %s, %s %s can be said in both languages', (last, first, middle) => {
  for (const language of ['en', 'ko'] as const) {
    for (const living of [null, flushing])
      for (const sentence of estimateSentences(translator(language), explainCommunity(last, first, middle, living)))
        expect(sentence).not.toMatch(/\{\{|undefined|^: | {2}/)
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

test('an English given name is never written in Hangul, and hides no Korean one beside it', () => {
  const english = knownNames
    .trim()
    .split(/\s+/)
    .filter((entry) => /^[A-Z]{3,}\d?(h\d+)?$/.test(entry))
    .map((entry) => entry.replace(/[^A-Z]/g, ''))
  expect(english.length).toBeGreaterThan(1000)
  expect(english.filter((name) => givenReadings(name).length > 0)).toEqual([])
  const korean = [['SUNG', 'MI'], ['YOUNG', 'HEE'], ['JI', 'HOON'], ['EUN', 'KYUNG'], ['MIN', 'SU'], ['HYUN', 'WOO']] as const // prettier-ignore
  // The first dozens, and those that can be cut into syllables: SUSAN is no 수산.
  const asked = [...english.slice(0, 48), ...english.filter((name) => cuts(name).length > 0)]
  for (const name of asked)
    for (const [one, two] of korean) {
      const [alone] = givenReadings(one, two)
      expect(alone).toBeDefined()
      for (const middle of [one + two, `${one} ${two}`, `${one}-${two}`])
        expect([name, middle, givenReadings(name, middle)[0]?.hangul]).toEqual([name, middle, alone?.hangul])
    }
  expect(guessHangul('KIM', 'SUSAN', 'SUNGMI')[0]).toMatchObject({ surname: '김', given: '성미' })
  expect(guessHangul('KIM', 'SUE ANN')[0]).toMatchObject({ hangul: '김', given: null })
  // Names of both worlds.
  expect(guessHangul('KIM', 'SUE JIN')[0]?.given).toBe('수진')
  expect(guessHangul('KIM', 'YURI')[0]?.given).toBe('유리')
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
      open: () => Promise.reject(new Error('a name needs no database')),
      isBegun: () => false,
      actor: { kind: 'cli', id: 'test', name: 'test', organization_id: '', roles: [], is_steward: true },
      say: (text) => void written.push(text),
      confirm: () => Promise.resolve(false),
      stoppable: (work) => work(new AbortController().signal),
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

import { describe, expect, test } from 'vitest'
import type { Signed } from '../endorsements/answers/schema.ts'
import { amendedOn, besideHeld, chosenOf, contestsFor, correctionsIn, districtsIn, hidesOriginal, isLate, isShortened, keyOf, languageOf, publishProblem, stateIn, takenFrom } from './rules.ts' // prettier-ignore
import { publicLanguages } from '../../platform/i18n/languages.ts'
import { translator } from '../../platform/i18n/messages.ts'
import { boardsFor, markRuleOf, onPaper, rankingRuleOf } from './law.ts'
import { wayLaw, wayName, waysFor, waysToVote } from './ways.ts'
import { isSaidAnew, keyOfPart, keyOfSaid } from './replies/rules.ts'
import type { Claim, Content, GuideCandidate, GuideContest } from './schema.ts'

const candidate = (candidate_id: number): GuideCandidate => ({
  candidate_id,
  name: `Candidate ${candidate_id}`,
  names: {},
  lines: ['dem'],
  is_incumbent: false,
  website: null,
  standing: 'answered',
  asked_on: [],
  until: null,
  is_endorsed: false,
})
const claim = (claim_id: string, more: Partial<Claim> = {}): Claim => ({
  claim_id,
  candidate_id: 1,
  issue_id: 'housing',
  kind: 'answer',
  question_id: 'q1',
  question: { en: 'Rents?' },
  choice: 'yes',
  ranked: [],
  text: { en: 'Yes, all of them.' },
  original: 'Yes, all of them.',
  original_language: 'en',
  source_url: null,
  source_on: '2027-02-01',
  amended_on: null,
  ...more,
})
const contest = (contest_id: number, district: string, more: Partial<GuideContest> = {}): GuideContest => ({
  contest_id,
  office: 'council_member',
  title: {},
  district_kind: 'nyc-council',
  district,
  party: 'dem',
  seats: 1,
  method: 'ranked_choice',
  candidates: [candidate(1), candidate(2)],
  gone: [],
  claims: [],
  replies: [],
  ...more,
})
const content = (claims: Claim[]): Content => ({
  kind: 'nonpartisan',
  title: { en: 'June' },
  audience: {},
  intro: {},
  election: {
    state: 'NY',
    kind: 'primary',
    held_on: '2027-06-22',
    district_kind: null,
    district: null,
    days: [],
    source: null,
  },
  attribution: null,
  issues: [{ issue_id: 'housing', name: { en: 'Housing' }, about: {} }],
  contests: [contest(7, '20', { claims })],
})

describe('what is taken from signed answers', () => {
  const signed = {
    answers: [
      { question_id: 'q1', kind: 'position', text: { en: 'Rents?' }, choices: [], answer: { choice: 'yes', text: '찬성합니다' } }, // prettier-ignore
      { question_id: 'q2', kind: 'ranking', text: { en: 'First?' }, choices: [{ en: 'A' }, { en: 'B' }], answer: { order: [1, 0] } }, // prettier-ignore
      { question_id: 'q3', kind: 'text', text: { en: 'Why?' }, choices: [], answer: null },
      { question_id: 'q4', kind: 'file', text: { en: 'File' }, choices: [], answer: { file: { file_id: 'f', name: 'a.pdf', sha256: '', bytes: 1 } } }, // prettier-ignore
      { question_id: 'q5', kind: 'record', text: { en: 'Did?' }, choices: [], answer: { text: 'A vote', link: 'https://a.example' } }, // prettier-ignore
    ],
  } as unknown as Signed
  const all = new Map(['q1', 'q2', 'q3', 'q4', 'q5'].map((id) => [id, 'housing']))
  test('everything answered under an issue, but for files', () => {
    expect(takenFrom(signed, all).map(({ question_id }) => question_id)).toEqual(['q1', 'q2', 'q5'])
    expect(takenFrom(signed, new Map([['q2', 'housing']]))).toMatchObject([{ ranked: [{ en: 'B' }, { en: 'A' }], original: null }]) // prettier-ignore
    expect(takenFrom(signed, all)[0]).toMatchObject({ original: '찬성합니다', original_language: 'ko' })
    expect(takenFrom(signed, all)[2]).toMatchObject({ source_url: 'https://a.example' })
  })
  test.each([
    { what: 'new', held: null, text: { ko: '찬성합니다' } },
    { what: 'the same', held: { choice: 'yes', text: '찬성합니다' }, text: { ko: '찬성', en: 'Yes' } },
    { what: 'amended', held: { choice: 'no' }, text: { ko: '찬성합니다' } },
  ])('words of an answer that is $what', ({ held, text }) => {
    const [taken] = takenFrom(signed, all)
    if (!taken) throw new Error('nothing taken')
    const before = held && { answer: held, text: { ko: '찬성', en: 'Yes' }, original_language: 'ko' }
    expect(besideHeld(before, taken).text).toEqual(text)
  })
  test.each([
    { said: ['yes'], on: null },
    { said: ['yes', 'yes'], on: null },
    { said: ['yes', 'no'], on: '2027-02-02' },
    { said: ['yes', 'no', 'no'], on: '2027-02-02' },
    { said: ['', 'no', 'yes'], on: '2027-02-03' },
    { said: ['', 'no'], on: '2027-02-02' },
  ])('signed as $said it was amended on $on', ({ said, on }) => {
    const answers = said.map((choice, at) => ({ on: `2027-02-0${at + 1}`, answer: choice ? { choice: choice as 'yes' | 'no' } : null })) // prettier-ignore
    expect(amendedOn(answers)).toBe(on)
  })
  test.each([
    { said: ['yes'], late: [false], is: false },
    { said: ['yes'], late: [true], is: true },
    // What was in time stays so, also where another answer of the same signing came late.
    { said: ['yes', 'yes'], late: [false, true], is: false },
    { said: ['yes', 'no'], late: [false, true], is: true },
    { said: ['', 'no'], late: [false, true], is: true },
    { said: ['yes', 'no', 'no'], late: [false, false, true], is: false },
    { said: ['yes', 'no', 'yes'], late: [false, true, true], is: true },
  ])('signed as $said, late $late: it is marked as late $is', ({ said, late, is }) => {
    const answers = said.map((choice, at) => ({ is_late: late[at] ?? false, answer: choice ? { choice: choice as 'yes' | 'no' } : null })) // prettier-ignore
    expect(isLate(answers)).toBe(is)
  })
  test.each([
    ['Rents must fall', 'en'],
    ['집세를 내리겠습니다', 'ko'],
    ['SNAP과 WIC를 늘리겠습니다', 'ko'],
    ['降低房租', 'zh'],
    ['Sí, para que nadie pierda su casa.', 'es'],
    ['I voted for it with José Núñez and Bill de Blasio.', 'en'],
    ['', 'en'],
  ])('%s is written in %s', (text, language) => expect(languageOf(text)).toBe(language))
})

test.each([
  { text: { en: 'Yes, all of them.' }, shown: 'en', shortened: false, hidden: false },
  { text: { en: 'Yes.' }, shown: 'en', shortened: true, hidden: true },
  { text: { en: 'Yes, all of them.', ko: '모두 찬성' }, shown: 'ko', shortened: false, hidden: true },
])('$text read in $shown: the original is one tap away $hidden', ({ text, shown, shortened, hidden }) => {
  expect(isShortened(claim('a', { text }))).toBe(shortened)
  expect(hidesOriginal(claim('a', { text }), shown)).toBe(hidden)
})
test.each([
  [{ en: 'Yes' }, 'en', 'original'],
  [{ en: 'Yes' }, 'ko', 'missing'],
  [{ en: 'Yes', ko: '예' }, 'ko', 'translated'],
  [{}, 'ko', null],
] as const)('%o in %s is %s', (text, language, state) => expect(stateIn(language, claim('a', { text }))).toBe(state))
test('a translation that is older than the original is called so', () => {
  expect(stateIn('ko', claim('a', { text: { en: 'Yes', ko: '예' } }), ['ko'])).toBe('older')
})

test.each<[string, [kind: GuideContest['district_kind'], district: string][], string[]]>([
  ['a council seat', [['nyc-council', '20']], ['nyc']],
  ['a seat in Albany', [['senate', '16']], ['nyc', 'elsewhere']],
  [
    'a council seat and one in Albany',
    [
      ['nyc-council', '20'],
      ['senate', '16'],
    ],
    ['nyc', 'elsewhere'],
  ],
  ['the mayor', [['city', '']], ['nyc']],
  [
    'the mayor and a council seat',
    [
      ['city', ''],
      ['nyc-council', '20'],
    ],
    ['nyc'],
  ],
  [
    'the governor and a council seat',
    [
      ['state', ''],
      ['nyc-council', '20'],
    ],
    ['nyc', 'elsewhere'],
  ],
  ['no contest yet', [], ['nyc', 'elsewhere']],
  ['the district attorney of Queens', [['county', 'queens']], ['nyc']],
  ['the executive of Nassau', [['county', 'nassau']], ['elsewhere']],
  [
    'Queens and Nassau',
    [
      ['county', 'queens'],
      ['county', 'nassau'],
    ],
    ['nyc', 'elsewhere'],
  ],
])('voters on %s are sent to their board', (_, places, where) => {
  const contests = places.map(([district_kind, district]) => contest(7, district, { district_kind }))
  expect(boardsFor({ ...content([]), contests }).map((each) => each.where)).toEqual(where)
})

test.each<[string, GuideContest['district_kind'], string, string[]]>([
  ['a council seat', 'nyc-council', '20', ['early nyc', 'election_day', 'mail', 'helper', 'languages nyc', 'not_listed']],
  ['the executive of Nassau', 'county', 'nassau', ['early elsewhere', 'election_day', 'mail', 'helper', 'not_listed']],
  ['a seat in Albany', 'senate', '16', ['early nyc', 'early elsewhere', 'election_day', 'mail', 'helper', 'languages nyc', 'not_listed']],
])('who votes on %s reads how to', (_, district_kind, district, ways) => {
  const guide = { ...content([]), contests: [contest(7, district, { district_kind })] }
  expect(waysFor(guide).map(({ way, where }) => [way, where].filter(Boolean).join(' '))).toEqual(ways)
  expect(waysFor({ ...guide, election: { ...guide.election, state: 'NJ' } })).toEqual([])
  // Before everybody could vote by mail.
  expect(waysFor({ ...guide, election: { ...guide.election, held_on: '2023-06-27' } }).map(({ way }) => way)).not.toContain('mail')
}) // prettier-ignore

test('languages of ballots are named for as long as their determination holds, and said to be of the city where others read it, too', () => {
  const languagesOn = (held_on: string, ...places: [GuideContest['district_kind'], string][]) => {
    const guide = { ...content([]), contests: places.map(([district_kind, district]) => contest(7, district, { district_kind })) }
    const of = { ...guide, election: { ...guide.election, held_on } }
    return waysFor(of).filter(({ way }) => way === 'languages').map((each) => ({ name: wayName(translator('en'), 'en', each, of), text: each.text.ko, texts: each.text }))
  }
  expect(languagesOn('2026-11-03', ['nyc-council', '20'])).toMatchObject([{ name: 'Your language at the poll site', text: expect.stringContaining('퀸즈: 스페인어·중국어·한국어') }])
  expect(languagesOn('2026-11-03', ['nyc-council', '20'])[0]?.texts).toMatchObject({
    en: expect.stringContaining('Queens in Spanish, Chinese, Korean and Bengali'),
    ko: expect.stringContaining('퀸즈: 스페인어·중국어·한국어·벵골어'),
    zh: expect.stringContaining('皇后區:西班牙文、中文、韓文、孟加拉文'),
    es: expect.stringContaining('Queens en español, chino, coreano y bengalí'),
  })
  // The new determination holds from a day nobody knows yet.
  expect(languagesOn('2026-12-15', ['nyc-council', '20'])).toMatchObject([{ text: expect.stringContaining('새로 지정') }])
  // No language is determined for Staten Island.
  expect(languagesOn('2027-06-22', ['nyc-council', '50'])[0]?.texts).toMatchObject({
    en: expect.stringContaining('In most boroughs'),
    ko: expect.stringContaining('대부분의 보로'),
    zh: expect.stringContaining('多數行政區'),
    es: expect.stringContaining('la mayoría de los condados'),
  })
  expect(languagesOn('2027-06-22', ['senate', '16'])).toMatchObject([{ name: 'Your language at the poll site (New York City)', text: expect.stringContaining('새로 지정') }])
  expect(languagesOn('2027-06-22', ['senate', '16'])[0]?.text).not.toContain('한국어')
  expect(languagesOn('2027-11-02', ['county', 'nassau'])).toEqual([])
}) // prettier-ignore

test('every way to vote is written in all four languages, with where it stands in the law', () => {
  for (const { way, name, text, source, checked_on } of waysToVote) {
    expect(new Set(Object.values(text)).size, way).toBe(4)
    for (const language of publicLanguages) expect(name[language] && text[language], `${way} ${language}`).toBeTruthy()
    expect(text.ko).toMatch(/[가-힣]/)
    expect(source).toMatch(/Election Law §|U\.S\.C\. §/)
    expect(wayLaw(translator('ko'), { source })).toBe(source.replace('Election Law', '선거법'))
    expect(checked_on).toMatch(/^\d{4}-\d\d-\d\d$/)
  }
})

describe('publishing', () => {
  const now = content([claim('a')])
  const before = content([claim('a', { text: { en: 'No.' } })])
  const of = { content: now, key: keyOf(now), published: null, is_withdrawn: false, editor_ids: ['park', 'kim'], publisher_id: 'lee', has_reason: false, may_show_answers: true, newer: 0 } // prettier-ignore
  test('how a mail ballot is had tells both last days and the postmark, in every language', () => {
    const { text } = waysToVote.find(({ way }) => way === 'mail') ?? { text: {} }
    expect(text).toMatchObject({
      en: expect.stringMatching(/by the 10th day before.*in person until the day before.*postmarked by Election Day/),
      ko: expect.stringMatching(/10일 전까지.*직접 가면 선거 전날까지.*소인/),
      zh: expect.stringMatching(/第 10 天.*親自.*郵戳/),
      es: expect.stringMatching(/décimo día antes.*en persona hasta el día anterior.*matasellos/),
    })
  })

  test.each([
    { what: 'read by another', more: {}, problem: null },
    { what: 'changed since it was read', more: { key: keyOf(before) }, problem: 'changed' },
    { what: 'by who changed it last', more: { publisher_id: 'kim' }, problem: 'own_edit' },
    { what: 'by who changed it before', more: { publisher_id: 'park' }, problem: 'own_edit' },
    { what: 'again as it is after it was withdrawn', more: { published: now, is_withdrawn: true, has_reason: true }, problem: null }, // prettier-ignore
    { what: 'with nothing in it', more: { content: content([]), key: keyOf(content([])) }, problem: 'empty' },
    { what: 'with answers that are not public', more: { may_show_answers: false }, problem: 'answers_private' },
    { what: 'with answers not taken over', more: { newer: 1 }, problem: 'newer' },
    { what: 'again as it is', more: { published: now, has_reason: true }, problem: 'same' },
    { what: 'again without a reason', more: { published: before }, problem: 'reason_needed' },
    { what: 'again with a reason', more: { published: before, has_reason: true }, problem: null },
  ])('$what: $problem', ({ more, problem }) => expect(publishProblem({ ...of, ...more })).toBe(problem))
  test.each<{ what: string; more: Partial<Content>; problem: 'payer' | null }>([
    { what: 'marked, nobody decided who paid', more: {}, problem: 'payer' },
    { what: 'marked, somebody is named', more: { attribution: { code: 'ny_committee', payer: 'Neighbors PAC', more: '' } }, problem: null }, // prettier-ignore
    { what: 'marked, decided that nobody must be named', more: { attribution: { code: 'not_needed', payer: '', more: '' } }, problem: null }, // prettier-ignore
    { what: 'nobody marked yet', more: { contests: now.contests }, problem: null },
  ])('$what: $problem', ({ more, problem }) => {
    const marked = now.contests.map((each) => ({ ...each, candidates: each.candidates.map((one) => ({ ...one, is_endorsed: true })) })) // prettier-ignore
    const said: Content = { ...now, kind: 'own', contests: marked, ...more }
    expect(publishProblem({ ...of, content: said, key: keyOf(said) })).toBe(problem)
  })
  test('marks of a version from before who paid was asked are not printed', () => {
    const marked = now.contests.map((each) => ({ ...each, candidates: each.candidates.map((one) => ({ ...one, is_endorsed: true })) })) // prettier-ignore
    const marksIn = ({ contests }: Content) => contests.flatMap(({ candidates }) => candidates).filter(({ is_endorsed }) => is_endorsed).length // prettier-ignore
    const old: Content = { ...now, kind: 'own', contests: marked }
    expect(marksIn(old)).toBeGreaterThan(0)
    expect(marksIn(onPaper(old))).toBe(0)
    const paid: Content = { ...old, attribution: { code: 'ny_committee', payer: 'Neighbors PAC', more: '' } }
    expect(onPaper(paid)).toEqual(paid)
  })
  test('a reply is one to all that stands there of the candidate, not to their words alone', () => {
    const [contest] = now.contests
    const [one] = contest?.candidates ?? []
    if (!contest || !one) throw new Error('nobody runs')
    const part = { contest, candidate: one, issues: now.issues }
    const silent = { ...part, candidate: { ...one, standing: 'silent' as const, asked_on: ['2027-02-02'] } }
    expect(keyOfPart(silent)).not.toBe(keyOfPart(part))
    expect([isSaidAnew(part, keyOfSaid(part)), isSaidAnew(silent, keyOfSaid(part)), isSaidAnew(part, null)]).toEqual([false, true, false]) // prettier-ignore
  })
  test('days that were corrected are one line, days that were added none', () => {
    const on = (register_by: string | null): Content => ({ ...now, election: { ...now.election, kind: 'special', days: register_by ? [{ what: 'register_by', on: register_by, until: null }] : [] } }) // prettier-ignore
    const kinds = (from: Content, to: Content) => correctionsIn(from, to).map(({ kind }) => kind)
    expect(kinds(on('2027-03-08'), on('2027-03-06'))).toEqual(['days'])
    expect(kinds(on(null), on('2027-03-06'))).toEqual([])
    expect(kinds(on('2027-03-06'), on('2027-03-06'))).toEqual([])
  })
  test('a key does not depend on the order in which the database gives fields back', () => {
    expect(keyOf({ ...now, title: { ko: '유월', en: 'June' } })).toBe(
      keyOf({ ...now, title: { en: 'June', ko: '유월' } }),
    )
  })
  test('the log says of each text whether it was added, changed or taken out', () => {
    const kinds = (from: Content, to: Content) => correctionsIn(from, to).map(({ kind }) => kind)
    expect(kinds(before, now)).toEqual(['changed'])
    expect(kinds(now, content([claim('a'), claim('b')]))).toEqual(['added'])
    expect(kinds(now, content([]))).toEqual(['removed'])
    expect(kinds(now, now)).toEqual([])
    // Nobody said anything else: it was only found out that it came late.
    expect(kinds(now, content([claim('a', { is_late: true })]))).toEqual(['late'])
    expect(kinds(before, content([claim('a', { is_late: true })]))).toEqual(['changed'])
    expect(kinds(content([claim('a', { is_late: true })]), now)).toEqual(['changed'])
  })
})

describe('a reader chooses', () => {
  test.each([
    { asked: [], shown: [1, 2, 3, 4] },
    { asked: ['3'], shown: [1, 2, 3, 4] },
    { asked: ['4', '2'], shown: [2, 4] },
    { asked: ['1', '2', '3'], shown: [1, 2, 3] },
    { asked: ['1', '2', '3', '4'], shown: [1, 2, 3, 4] },
    { asked: ['9', '2'], shown: [1, 2, 3, 4] },
  ])('candidates $asked: $shown', ({ asked, shown }) => {
    const all = [1, 2, 3, 4].map(candidate)
    expect(chosenOf(all, asked).map(({ candidate_id }) => candidate_id)).toEqual(shown)
  })
  const contests = [contest(1, '9'), contest(2, '20'), contest(3, '', { district_kind: 'city' }), contest(4, 'queens', { district_kind: 'county' })] // prettier-ignore
  test.each([
    { chosen: [], shown: [1, 2, 3, 4] },
    { chosen: ['nyc-council/20'], shown: [2, 3, 4] },
    { chosen: ['nyc-council/20', 'county/kings'], shown: [2, 3] },
  ])('districts $chosen: contests $shown', ({ chosen, shown }) => {
    expect(contestsFor(contests, chosen).map(({ contest_id }) => contest_id)).toEqual(shown)
  })
  test('districts are listed by number, and the whole city is none', () => {
    expect(districtsIn(contests)).toEqual([
      { kind: 'nyc-council', districts: ['9', '20'] },
      { kind: 'county', districts: ['queens'] },
    ])
  })
})

test('the law says where a mark may stand and how many are ranked', () => {
  expect(markRuleOf('nonpartisan')?.is_allowed).toBe(false)
  expect(markRuleOf('own')?.is_allowed).toBe(true)
  expect(rankingRuleOf('NY', 'ranked_choice', '2027-06-22')?.ranks_most).toBe(5)
  expect(rankingRuleOf('NY', 'ranked_choice', '2020-06-23')).toBeUndefined()
  expect(rankingRuleOf('NY', 'plurality', '2027-06-22')).toBeUndefined()
})

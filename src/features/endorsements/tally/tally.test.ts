import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lotOf } from './lot.ts'
import { ballotFileOf, burlington, cumbernauldNorth, dennistoun } from './published-elections.ts'
import { BallotProblem, readBallots } from './reading.ts'
import { tally } from './rules.ts'
import type { Account, Method, TallyOptions } from './schema.ts'

/** In pieces that end anywhere. */
async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const read = (text: string, method: Method, size = 7) => readBallots(inPieces(text, size), method)
const plain = { seats: 1, seed: 'test', threshold: null, quorum: null }
const count = async (text: string, options: Partial<TallyOptions> & { method: Method }): Promise<Account> =>
  tally(await read(text, options.method), { ...plain, ...options })

/** '3 A>B' to a row for each line, with its count. */
const ranked = (...lines: string[]): string => {
  const rows = lines.map((line) => {
    const [, times = '1', names = ''] = /^(\d+) (.*)$/.exec(line) ?? []
    return { times, names: names.split('>').filter(Boolean) }
  })
  const width = Math.max(...rows.map(({ names }) => names.length))
  const head = ['count', ...Array.from({ length: width }, (_, at) => `rank${at + 1}`)]
  return [head, ...rows.map(({ times, names }) => [times, ...names, ...Array.from({ length: width - names.length }, () => '')])].map((row) => row.join(',')).join('\n') // prettier-ignore
}

/** Votes without their fraction, as results are printed. */
const whole = (votes: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(votes).map(([name, each]) => [name, Math.round(each)]))

describe('published elections and examples', () => {
  // The capital of Tennessee, as encyclopedias count it (e.g. Wikipedia, "Instant-runoff voting").
  test('the capital of Tennessee is Knoxville by instant run-off', async () => {
    const account = await count(
      ranked('42 Memphis>Nashville>Chattanooga>Knoxville', '26 Nashville>Chattanooga>Knoxville>Memphis', '15 Chattanooga>Knoxville>Nashville>Memphis', '17 Knoxville>Chattanooga>Nashville>Memphis'), // prettier-ignore
      { method: 'irv' },
    )
    expect(account.rounds.map(({ votes, excluded, elected }) => [votes, excluded, elected])).toEqual([
      [{ Memphis: 42, Nashville: 26, Chattanooga: 15, Knoxville: 17 }, 'Chattanooga', []],
      [{ Memphis: 42, Nashville: 26, Knoxville: 32 }, 'Nashville', []],
      [{ Memphis: 42, Knoxville: 58 }, null, ['Knoxville']],
    ])
  })

  // Every figure of each stage, in whole votes as the ward's page in an encyclopedia gives them (hubbry.com, "Dennistoun (ward)", 2026-11-29).
  test('Dennistoun 2022: three of seven by Scotland’s rules, two surpluses, each stage as published', async () => {
    const account = await count(ballotFileOf(dennistoun), { method: 'stv', seats: 3 })
    expect([account.ballots.valid, account.quota]).toEqual([5464, 1367])
    expect(account.rounds.map(({ votes }) => whole(votes))).toEqual([
      { McDougall: 1595, Carroll: 1431, Casey: 1337, Finn: 582, Connelly: 339, McCann: 96, Duncan: 84 },
      { McDougall: 1367, Carroll: 1431, Casey: 1362, Finn: 609, Connelly: 370, McCann: 143, Duncan: 109 },
      { McDougall: 1367, Carroll: 1367, Casey: 1388, Finn: 626, Connelly: 370, McCann: 148, Duncan: 117 },
    ])
    expect(account.rounds.map(({ elected }) => elected)).toEqual([['McDougall', 'Carroll'], [], ['Casey']])
  })

  // Two candidates' figures and who was elected, as the ward's page gives them (wikimili.com, "Cumbernauld North (ward)",
  // 2026-11-29). It says 995.9 where ours is 995.99, and 1,154.6 where ours is 1,154.49; all others agree to the tenth.
  test('Cumbernauld North 2012: four of eight, exclusions of ballots that moved at part of their value', async () => {
    const account = await count(ballotFileOf(cumbernauldNorth), { method: 'stv', seats: 4 })
    expect(account.winners).toEqual(['O’Brien', 'Masterton', 'McCulloch', 'Chadha'])
    expect(account.rounds).toHaveLength(7)
    expect(account.rounds[0]?.votes).toMatchObject({ 'O’Brien': 1309, McCulloch: 971, Chadha: 962 })
    const tenths = (name: string) => account.rounds.map(({ votes }) => Math.round((votes[name] ?? 0) * 10) / 10)
    expect(tenths('Chadha').slice(0, 5)).toEqual([962, 985.4, 996.2, 1028.4, 1036.5])
    // Published as 995.9 and 1,154.6 in the second and the last stage.
    expect(tenths('McCulloch')).toEqual([971, 996, 1005.9, 1039.5, 1054.1, 1060.9, 1154.5])
  })

  // The city's detail report (ChoicePlus Pro, March 3, 2009, 8:15 pm; its text in github.com/willbarkoff/willbarkoff.github.io,
  // public/img/2021-06-13-ranked-choice/burlington.md): 2,951, 2,585, 2,063, 1,306, 35 and 36 write-ins, 4 exhausted; then, the
  // last three of the first round out together, 3,294, 2,981, 2,554 and 147 more exhausted; then Kiss 4,313, Wright 4,061, 606 exhausted.
  test('Burlington 2009, all 8,980 ballots: Montroll out, then Kiss before Wright', async () => {
    const votes = { Kiss: 2585, Montroll: 2063, Simpson: 35, Smith: 1306, Wright: 2951, 'Write-in': 36 }
    const file = ballotFileOf(burlington)
    const account = await count(file, { method: 'irv' })
    expect(account.ballots).toEqual({ valid: 8976, blank: 4 })
    expect(account.rounds[0]).toMatchObject({ votes, excluded: 'Simpson' })
    expect(account.rounds[3]).toMatchObject({ votes: { Kiss: 2981, Montroll: 2554, Wright: 3294 }, excluded: 'Montroll', exhausted: 147 }) // prettier-ignore
    // One ballot marks Wright and Simpson at its third rank: ours ends there, the city's counts for Wright, Simpson being out.
    expect(account.rounds[4]).toMatchObject({ votes: { Kiss: 4313, Wright: 4060 }, exhausted: 603, elected: ['Kiss'] })
    const asTheCity = await count(file.replace('Montroll,Smith,overvote,Kiss', 'Montroll,Smith,Wright,Kiss'), { method: 'irv' }) // prettier-ignore
    expect(asTheCity.rounds[4]).toMatchObject({ votes: { Kiss: 4313, Wright: 4061 }, exhausted: 602 })
  })

  // What to eat at a party, three of five (Wikipedia, "Single transferable vote", Droop quota).
  test('chocolate, oranges and strawberries share a party of twenty', async () => {
    const account = await count(
      ranked('4 Oranges', '2 Pears>Oranges', '8 Chocolate>Strawberries', '4 Chocolate>Sweets', '1 Strawberries', '1 Sweets'), // prettier-ignore
      { method: 'stv', seats: 3 },
    )
    expect(account.quota).toBe(6)
    expect(account.winners).toEqual(['Chocolate', 'Oranges', 'Strawberries'])
    expect(account.rounds[1]).toMatchObject({
      moved: { from: 'Chocolate', why: 'surplus' },
      votes: { Chocolate: 6, Strawberries: 5, Sweets: 3, Oranges: 4, Pears: 2 },
      excluded: 'Pears',
    })
  })
})

test('a transfer value is cut off after five decimals, and what is cut off goes to nobody (S.S.I. 2007/42, rule 48)', async () => {
  // Quota 35 of 103 for two seats: 52 have a surplus of 17, each ballot goes on at 17/52 = 0.32692…
  const account = await count(ranked('52 A>B', '26 C', '25 B'), { method: 'stv', seats: 2 })
  expect(account.quota).toBe(35)
  expect(account.rounds[1]).toMatchObject({
    votes: { A: 35, B: 41.99984, C: 26 },
    moved: { from: 'A', to: { B: 16.99984 } },
  })
  expect(account.rounds[1]?.moved?.to_nobody).toBeCloseTo(17 - 16.99984, 9)
  expect(account.rounds[1]?.exhausted).toBeCloseTo(17 - 52 * 0.32692, 9)
  expect(account.winners).toEqual(['A', 'B'])
})

test('a tie goes by the last round in which they differed, then by the published lot', async () => {
  const before = await count(ranked('4 A', '3 B', '2 C>D', '1 D', '1 D>C'), { method: 'irv', seed: '1' })
  // C and D have two each from the start: the lot.
  expect(before.rounds[0]?.ties).toEqual([{ kind: 'excluded', among: ['C', 'D'], round: null }])
  const [, , c = 0, d = 0] = lotOf('1', ['A', 'B', 'C', 'D'])
  expect(before.rounds[0]?.excluded).toBe(c < d ? 'C' : 'D')
  const seeds = await Promise.all(Array.from({ length: 20 }, (_, seed) => count(ranked('1 A', '1 B'), { method: 'plurality', seed: String(seed) }))) // prettier-ignore
  expect(new Set(seeds.flatMap(({ winners }) => winners))).toEqual(new Set(['A', 'B']))
  // B and C have five each in round 2; in round 1 C had fewer.
  const later = await count(ranked('9 A', '5 B', '4 C', '1 D>C'), { method: 'irv' })
  expect(later.rounds[1]).toMatchObject({ excluded: 'C', ties: [{ kind: 'excluded', among: ['B', 'C'], round: 1 }] })
})

test.each<[string, string, Method, Partial<Account>]>([
  ['approval: all that are named, each once', 'r1,r2,r3\nA,B,A\nB,skipped,C\nB,overvote,A\n', 'approval', { winners: ['B'], ballots: { valid: 3, blank: 0 } }],
  ['plurality: the first that is named', 'choice,more\nA,\n,B\nB,A\n', 'plurality', { winners: ['B'] }],
  ['an overvote ends a ranked ballot there', 'r1,r2,r3\nA,overvote,B\nB,,\nB,,\nA,B,C\nC,B,A\n', 'irv', { winners: ['B'] }],
  ['a skipped rank is passed over', 'r1,r2\nskipped,A\n,A\nB,\n', 'irv', { winners: ['A'] }],
  ['nothing but skipped is a blank ballot', 'r1\nskipped\novervote\nA\n', 'irv', { ballots: { valid: 1, blank: 2 }, winners: ['A'] }],
  ['nobody voted', 'r1,r2\n', 'stv', { winners: [], ballots: { valid: 0, blank: 0 } }],
  ['a quotation mark within a name is a part of it', 'rank1\n5" Kim\nLee\nLee\n5" Kim\nLee\n', 'irv', { winners: ['Lee'], ballots: { valid: 5, blank: 0 } }],
  ['two quotation marks are one', 'r1\n"Ann ""A"" Kim"\n', 'irv', { winners: ['Ann "A" Kim'] }],
  ['names in quotes and in Hangul, CRLF, a count', '"rank, first",count\r\n"Kim, Ana",3\r\n박민수,4\r\n', 'plurality', { winners: ['박민수'], ballots: { valid: 7, blank: 0 } }],
])('%s', async (_, text, method, expected) => expect(await count(text, { method })).toMatchObject(expected)) // prettier-ignore

test('each asked about alone: more than half, or a share, of yes and no; abstaining is neither', async () => {
  const text = 'Kim,Lee,No endorsement\n' + 'yes,yes,no\n'.repeat(6) + 'no,no,abstain\n'.repeat(4) + 'yes,skipped,no\n'
  const half = await count(text, { method: 'threshold', seats: 2 })
  expect(half.winners).toEqual(['Kim', 'Lee'])
  expect(half.words?.['Kim']).toEqual({ yes: 7, no: 4, abstain: 0, share: 7 / 11, is_over: true })
  expect((await count(text, { method: 'threshold', seats: 2, threshold: { yes: 60, of: 100 } })).winners).toEqual([
    'Kim',
    'Lee',
  ])
  // Two thirds are exactly that: 7 of 11 are fewer, 6 of 9 are not.
  expect((await count(text, { method: 'threshold', seats: 2, threshold: { yes: 2, of: 3 } })).winners).toEqual([])
  expect((await count('Kim\n' + 'yes\n'.repeat(6) + 'no\n'.repeat(3), { method: 'threshold', threshold: { yes: 2, of: 3 } })).winners).toEqual(['Kim']) // prettier-ignore
  expect((await count(text, { method: 'threshold', seats: 2, threshold: { yes: 61, of: 100 } })).winners).toEqual([
    'Kim',
  ])
  expect(await count(text, { method: 'threshold', quorum: 12 })).toMatchObject({ winners: [], has_no_quorum: true })
})

const three_fifths = { yes: 60, of: 100 }
test.each<[Method, string, string[], number]>([
  // 55 of 100 in the first round; 60 of 100 once Cho's are with whom they name next.
  ['irv', ranked('55 Ahn', '25 Baek', '15 Cho>Baek', '5 Cho>Ahn'), ['Ahn'], 2],
  ['irv', ranked('55 Ahn', '25 Baek', '20 Cho>Baek'), [], 2],
  ['irv', ranked('61 Ahn', '25 Baek', '14 Cho'), ['Ahn'], 1],
  // Votes that go to nobody any more are not asked.
  ['irv', ranked('6 Ahn', '4 Baek', '3 Cho'), ['Ahn'], 2],
  ['plurality', ranked('6 Ahn', '4 Baek'), ['Ahn'], 1],
  ['plurality', ranked('59 Ahn', '41 Baek'), [], 1],
  ['approval', ranked('5 Ahn>Baek', '1 Ahn', '4 Cho'), ['Ahn'], 1],
])('by %s with 60 in a hundred: of %j are elected %j', async (method, text, winners, rounds) => {
  const account = await count(text, { method, seats: method === 'irv' ? 1 : 2, threshold: three_fifths })
  expect([account.winners, account.rounds.length]).toEqual([winners, rounds])
})

test.each<[Method, string, number, string[][]]>([
  ['threshold', 'Kim,Lee,Park\n' + 'yes,yes,yes\n'.repeat(3) + 'no,no,yes\n', 1, []],
  ['threshold', 'Kim,Lee,Park\n' + 'yes,yes,yes\n'.repeat(3) + 'no,no,yes\n', 2, [['Kim', 'Lee']]],
  ['threshold', 'Kim,Lee,Park\n' + 'yes,yes,yes\n'.repeat(3) + 'no,no,yes\n', 3, []],
  // Two thirds each, of more votes and of fewer: no tie.
  ['threshold', 'Kim,Lee\nyes,yes\nyes,yes\nno,no\nyes,\nyes,\nno,\n', 1, []],
  ['threshold', 'Kim,Lee\n' + 'no,no\n'.repeat(2), 1, []],
  ['plurality', ranked('3 Kim', '2 Lee', '2 Park', '2 Cho'), 1, []],
  ['plurality', ranked('3 Kim', '2 Lee', '2 Park', '2 Cho'), 3, [['Cho', 'Lee', 'Park']]],
  ['approval', ranked('1 Kim>Lee', '1 Park>Lee'), 2, [['Kim', 'Park']]],
])('by %s the account names a tie at the last seat, and no other: %j, %i seats', async (method, text, seats, ties) => {
  const { rounds } = await count(text, { method, seats })
  expect(rounds[0]?.ties.map(({ among }) => among.toSorted())).toEqual(ties)
})

test.each<[string, Method, number, string]>([
  ['', 'irv', 1, 'the file is empty'],
  ['count\n3\n', 'irv', 1, 'names no column'],
  ['r1,r2\nA,B\nA,B,C\n', 'irv', 3, 'more cells'],
  ['r1,count\nA,2\nB,two\n', 'irv', 3, '"two" is no count'],
  ['Kim,Lee\nyes,maybe\n', 'threshold', 2, '"maybe" is none of'],
  ['Kim,Kim\n', 'threshold', 1, 'twice'],
  ['r1,count\nA,2\nB,\n', 'irv', 3, '"" is no count'],
  ['r1,count\nA,0x10\n', 'irv', 2, '"0x10" is no count'],
  ['r1\nKim\n"Lee\nKim\n', 'irv', 3, 'nothing closes'],
  ['r1\n"Lee\n, Ana"\nKim,Lee\n', 'irv', 4, 'more cells'],
  [
    `r1,r2\n${Array.from({ length: 300 }, (_, at) => `overvote,A${at}`).join('\n')}\n`,
    'irv',
    202,
    'more than 200 candidates',
  ],
])('%j is refused where it is wrong', async (text, method, line, says) => {
  const problem = await read(text, method).catch((thrown: unknown) => thrown)
  expect(problem).toBeInstanceOf(BallotProblem)
  expect([(problem as BallotProblem).line, (problem as BallotProblem).message]).toEqual([line, expect.stringContaining(says)]) // prettier-ignore
})

/*
 * Whatever the ballots.
 */

const names = ['Ahn', 'Baek', 'Cho', 'Do', 'No endorsement']
const ballot = fc.record({ times: fc.integer({ min: 1, max: 9 }), names: fc.shuffledSubarray(names, { minLength: 1 }) })
const ballots = fc.array(ballot, { minLength: 1, maxLength: 30 })
type Cast = { times: number; names: string[] }[]
const textOf = (cast: Cast): string => ranked(...cast.map(({ times, names: of }) => `${times} ${of.join('>')}`))
const methodsAndSeats = fc.constantFrom<[Method, number]>(['irv', 1], ['stv', 2], ['stv', 3], ['approval', 2], ['plurality', 1]) // prettier-ignore

test('quotation marks, a column beside, line ends and where the pieces end make no difference to what is read', () => {
  const cell = fc.constantFrom('Ahn', 'Baek', '최', 'No endorsement', ' Do ', '', 'skipped', 'Overvote')
  const lines = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 12 })
  return fc.assert(
    fc.asyncProperty(
      lines,
      fc.constantFrom<Method>('irv', 'approval', 'plurality'),
      fc.integer({ min: 1, max: 40 }),
      fc.boolean(),
      async (rows, method, size, isWindows) => {
        const ends = isWindows ? '\r\n' : '\n'
        const plain = ['1,2,3,4', ...rows.map((row) => row.join(','))].join(ends)
        const said = await read(plain, method, size)
        const quoted = ['1,2,3,4', ...rows.map((row) => row.map((each) => `"${each}"`).join(','))].join('\n')
        expect(said).toEqual(await read(quoted, method, 100_000))
        const beside = ['ballot,1,2,3,4', ...rows.map((row, at) => [`B${at}`, ...row].join(','))].join('\n')
        expect(await read(beside, method, size)).toEqual(said)
      },
    ),
    { numRuns: 300 },
  )
})

test('the order of the ballots, and whether equal ones are counted or listed, makes no difference', () =>
  fc.assert(
    fc.asyncProperty(ballots, fc.infiniteStream(fc.nat()), methodsAndSeats, async (cast, chance, [method, seats]) => {
      const once = await count(textOf(cast), { method, seats })
      const listed = cast.flatMap(({ times, names: of }) =>
        Array.from({ length: times }, () => ({ times: 1, names: of })),
      )
      const keys = new Map(listed.map((each) => [each, chance.next().value]))
      const mixed = listed.toSorted((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0))
      expect(await count(textOf(mixed), { method, seats })).toEqual(once)
    }),
    { numRuns: 120 },
  ))

test('no vote is lost or made: in every round those of all and those of nobody are the ballots', () =>
  fc.assert(
    fc.asyncProperty(ballots, fc.constantFrom<[Method, number]>(['irv', 1], ['stv', 2], ['stv', 4]), async (cast, [method, seats]) => {
      const account = await count(textOf(cast), { method, seats })
      const out = new Set<string>()
      for (const { votes, exhausted, excluded } of account.rounds) {
        const sum = Object.values(votes).reduce((total, each) => total + each, exhausted)
        expect(sum).toBeCloseTo(account.ballots.valid, 6)
        expect(Object.keys(votes).filter((name) => out.has(name))).toEqual([])
        if (excluded) out.add(excluded)
      }
      // Nobody is both; as many are elected as there are seats, or as there are candidates.
      expect(account.winners.filter((name) => out.has(name))).toEqual([])
      expect(account.winners).toHaveLength(Math.min(seats, account.candidates.length))
    }),
    { numRuns: 120 },
  )) // prettier-ignore

/** The same rule written plainly. */
function plainRunoff(cast: Cast, seed: string, candidates: readonly string[]): string {
  const lot = lotOf(seed, candidates)
  const history: Map<string, number>[] = []
  let left = [...candidates]
  for (;;) {
    const votes = new Map(left.map((name) => [name, 0]))
    for (const { times, names: of } of cast) {
      const first = of.find((name) => left.includes(name))
      if (first) votes.set(first, (votes.get(first) ?? 0) + times)
    }
    const active = [...votes.values()].reduce((sum, each) => sum + each, 0)
    const winner = left.find((name) => (votes.get(name) ?? 0) * 2 > active)
    if (winner) return winner
    if (left.length === 1) return left[0] ?? ''
    history.push(votes)
    let lowest = left
    for (const round of history.toReversed()) {
      const least = Math.min(...lowest.map((name) => round.get(name) ?? 0))
      lowest = lowest.filter((name) => round.get(name) === least)
    }
    const [last] = lowest.toSorted((a, b) => (lot[candidates.indexOf(a)] ?? 0) - (lot[candidates.indexOf(b)] ?? 0))
    left = left.filter((name) => name !== last)
  }
}

test('instant run-off elects whom the same rule written plainly elects', () =>
  fc.assert(
    fc.asyncProperty(ballots, fc.string({ maxLength: 5 }), async (cast, seed) => {
      const account = await count(textOf(cast), { method: 'irv', seed })
      expect(account.winners).toEqual([plainRunoff(cast, seed, account.candidates)])
    }),
    { numRuns: 200 },
  ))

/** Each ballot asks about every candidate; `cast` says a word for each. */
const wording = fc.record({
  times: fc.integer({ min: 1, max: 9 }),
  words: fc.array(fc.constantFrom('yes', 'no', 'abstain', 'skipped'), { minLength: 4, maxLength: 4 }),
})
const wordings = fc.array(wording, { minLength: 1, maxLength: 30 })
const asked = names.slice(0, 4)
const wordsText = (cast: { times: number; words: string[] }[]): string =>
  [[...asked, 'count'], ...cast.map(({ times, words: of }) => [...of, String(times)])].map((row) => `${row.join(',')}\n`).join('') // prettier-ignore
const shares = fc.constantFrom(null, { yes: 60, of: 100 }, { yes: 2, of: 3 }, { yes: 1, of: 1 })

test('asked one by one, the order of the ballots and whether equal ones are counted or listed makes no difference', () =>
  fc.assert(
    fc.asyncProperty(wordings, fc.infiniteStream(fc.nat()), shares, async (cast, chance, threshold) => {
      const by = { method: 'threshold', seats: 2, threshold } as const
      const listed = cast.flatMap(({ times, words: of }) => Array.from({ length: times }, () => ({ times: 1, words: of })))
      const keys = new Map(listed.map((each) => [each, chance.next().value]))
      const mixed = listed.toSorted((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0))
      expect(await count(wordsText(mixed), by)).toEqual(await count(wordsText(cast), by))
    }),
    { numRuns: 100 },
  )) // prettier-ignore

test('asked one by one, who is elected stays so with another yes, and who is not is not elected by another no', () =>
  fc.assert(
    fc.asyncProperty(wordings, shares, fc.nat(3), async (cast, threshold, at) => {
      const by = { method: 'threshold', seats: 4, threshold } as const
      const name = asked[at] ?? ''
      const before = (await count(wordsText(cast), by)).winners.includes(name)
      const with_one = async (word: string) => {
        const more = { times: 1, words: asked.map((_, each) => (each === at ? word : 'skipped')) }
        return (await count(wordsText([...cast, more]), by)).winners.includes(name)
      }
      if (before) expect(await with_one('yes')).toBe(true)
      else expect(await with_one('no')).toBe(false)
      expect(await with_one('abstain')).toBe(before)
    }),
    { numRuns: 150 },
  ))

test('who reaches a share and a quorum by most votes or approvals does so with another ballot for them alone', () =>
  fc.assert(
    fc.asyncProperty(ballots, fc.constantFrom<Method>('plurality', 'approval'), shares, fc.constantFrom(null, 5, 40), async (cast, method, threshold, quorum) => {
      const by = { method, threshold, quorum }
      const { winners } = await count(textOf(cast), by)
      const [winner] = winners
      if (winner === undefined) return
      expect((await count(textOf([...cast, { times: 1, names: [winner] }]), by)).winners).toEqual([winner])
    }),
    { numRuns: 150 },
  )) // prettier-ignore

test('who wins an instant run-off in its first round stays so with another ballot for them', () =>
  fc.assert(
    fc.asyncProperty(ballots, shares, async (cast, threshold) => {
      const { winners, rounds } = await count(textOf(cast), { method: 'irv', threshold })
      const [winner] = winners
      if (winner === undefined || rounds.length > 1) return
      expect((await count(textOf([...cast, { times: 1, names: [winner] }]), { method: 'irv', threshold })).winners).toEqual([winner]) // prettier-ignore
    }),
    { numRuns: 150 },
  ))

test('who is elected by most votes or approvals stays so with another ballot for them', () =>
  fc.assert(
    fc.asyncProperty(ballots, fc.constantFrom<Method>('plurality', 'approval'), async (cast, method) => {
      const [winner = ''] = (await count(textOf(cast), { method })).winners
      const more = [...cast, { times: 1, names: [winner] }]
      expect((await count(textOf(more), { method })).winners).toEqual([winner])
    }),
    { numRuns: 100 },
  ))

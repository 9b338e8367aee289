import { expect, test } from 'vitest'
import type { Candidate, Contest } from '../../contests/queries.ts'
import { planResults, type Known } from './plan.ts'
import { electionDistrictIn, readResults } from './result-file.ts'
import { noDays } from '../../testing.ts'

const head = 'county,precinct,office,district,party,candidate,votes'
const contest = (contest_id: number, more: Partial<Contest>): Contest => ({
  ...{ contest_id, election_id: 1, office: 'assembly_member', title: {}, district_kind: 'assembly', district: '40' },
  ...{ party: null, seats: 1, method: 'plurality', term_from: null, term_until: null, source_url: null, as_of: '2026-11-01' },
  ...more,
}) // prettier-ignore
const runs = (candidate_id: number, contest_id: number, name: string): Candidate => ({
  ...{ candidate_id, contest_id, figure_id: candidate_id, name, names: {}, lines: [], is_incumbent: false, position: null },
  ...{ website: null, status: 'on_ballot', status_on: '2026-10-01', source_url: null, as_of: '2026-10-01' },
}) // prettier-ignore
const known: Known = {
  election: { election_id: 1, state: 'NY', kind: 'general', held_on: '2026-11-03', district_kind: null, district: null, method: null, ...noDays, source_url: null, as_of: '2026-11-01' },
  contests: [
    contest(1, {}),
    contest(2, { office: 'state_comptroller', district_kind: 'state', district: '' }),
    contest(3, { office: 'borough_president', district_kind: 'county', district: 'queens' }),
  ],
  candidates: [runs(11, 1, 'Ron T. Kang'), runs(12, 1, 'Ana Cruz'), runs(21, 2, 'Tom Vale')],
  choices: [],
  parts: [],
} // prettier-ignore

const planOf = (text: string, answers = {}, more: Partial<Known> = {}) => {
  const read = readResults(text)
  return read.ok ? planResults(read, { ...known, ...more }, answers) : read
}
const problemsOf = (text: string): string[] => {
  const done = planOf(text)
  return done.ok ? [] : done.problems.map(({ line, column, code }) => `${line} ${column} ${code}`)
}

test.each([
  ['', ['1 null not_csv']],
  ['<!doctype html>', ['1 null not_csv']],
  [head, ['1 null empty']],
  ['county,precinct,office,district,party,name\n', ['1 candidate missing_column', '1 votes missing_column']],
  [`${head}\nTexas,1~40,State Assembly,40,,Ana Cruz,3`, ['2 county no_district']],
  [`${head}\nQueens,1~40,State Assembly,40,,Ana Cruz,many`, ['2 votes bad_count']],
  [`${head}\nQueens,1~40,State Assembly,40,,,3`, ['2 candidate missing']],
  [`${head}\nQueens,1~40,Sheriff,,,Ana Cruz,3`, ['2 office no_contest']],
  [`${head},absentee\nQueens,1~40,State Assembly,40,,Ana Cruz,3,4`, ['2 votes kinds_differ']],
  [`${head}\nQueens,1~40,State Assembly,40,Democratic,Ana Cruz,3\nQueens,1~40,State Assembly,40,D,Ana Cruz,3`, ['3 candidate result_twice']],
])('what is wrong with %j is named by line and column: %j', (text, expected) => {
  expect(problemsOf(text)).toEqual(expected)
}) // prettier-ignore

test.each([
  ['queens', '1~40', { ad: 40, ed: 1 }],
  ['queens', '001/40', { ad: 40, ed: 1 }],
  ['kings', 'AD 51 - ED 7', { ad: 51, ed: 7 }],
  ['kings', 'ED 7, AD 51', { ad: 51, ed: 7 }],
  ['bronx', '85012', { ad: 85, ed: 12 }],
  ['queens', 'Flushing 3', null],
  ['queens', '1~400', null],
  ['albany', '1~40', null],
])('in %s precinct %s is %j', (county, precinct, expected) => {
  expect(electionDistrictIn(county, precinct)).toEqual(expected)
})

test('the lines of a candidate are one sum, beside who runs; totals are not counted twice', () => {
  const done = planOf(`${head},election_day,absentee,public_counter_votes
Queens,1~40,State Assembly,40,Democratic,Ron Kang,"1,100",1000,100,1500
Queens,1~40,State Assembly,40,Working Families,Ron Kang,50,50,0,1500
Queens,1~40,State Assembly,40,,Scattering,2,2,0,1500
Queens,1~40,State Assembly,40,,Write-ins,1,1,0,1500
Queens,Total,State Assembly,40,Democratic,Ron Kang,1100,,,
Queens,2~40,Borough President,13,Democratic,New Person,9,9,0,1500
Queens,1~40,Sheriff,,Democratic,No One,9,9,0,1500`)
  if (!done.ok) throw new Error(JSON.stringify(done.problems))
  const [assembly, borough] = done.report.contests
  expect(assembly).toMatchObject({
    effect: 'added',
    votes: 1153,
    precincts: 1,
    choices: [
      { name: 'Ron Kang', kind: 'candidate', candidate: 'Ron T. Kang', votes: 1150 },
      { name: 'Write-in', kind: 'write_in', candidate: null, votes: 3 },
    ],
    missing: ['Ana Cruz'],
  })
  // Where no candidate is entered nobody is asked: the name stays as the file has it.
  expect(borough?.choices).toEqual([{ name: 'New Person', kind: 'other', candidate: null, votes: 9 }])
  expect(done.report).toMatchObject({
    totals: 1,
    precincts: 2,
    columns_left: ['public_counter_votes'],
    left_out: [{ office: 'Sheriff', lines: 1 }],
    questions: [],
  })
  expect(done.parts[0]?.votes[0]).toMatchObject({ line: 'dem', ad: 40, ed: 1, by_kind: { election_day: 1000, absentee: 100 } }) // prettier-ignore
  expect(done.parts[0]?.votes.at(-1)).toMatchObject({ name: 'Write-in', by_kind: { election_day: 3, absentee: 0 } })
})

test('a name that is none of the candidates is asked for, and an answer is remembered', () => {
  const text = `${head}\nQueens,1~40,State Assembly,40,Democratic,Ronald Kang,10\nQueens,2~40,State Assembly,40,Democratic,Ronald Kang,5`
  const asked = planOf(text)
  expect(asked.ok && asked.report.questions).toMatchObject([{ key: '1:ronald kang', line: 2, votes: 15 }])
  const answered = planOf(text, { '1:ronald kang': 11 })
  expect(answered.ok && answered.report).toMatchObject({ questions: [], contests: [{ choices: [{ candidate: 'Ron T. Kang', votes: 15 }] }] }) // prettier-ignore
  const choices = [{ choice_id: 1, contest_id: 1, name: 'Ronald Kang', kind: 'candidate' as const, candidate_id: 11 }]
  const later = planOf(text, {}, { choices })
  expect(later.ok && later.report.questions).toEqual([])
})

test('a comptroller is the state’s or the city’s, as the election has one; a ticket runs under its first name', () => {
  const done = planOf(`${head}\nQueens,1~40,Comptroller,,Democratic,Tom Vale / Ann Roe,10`)
  expect(done.ok && done.report.contests).toMatchObject([{ contest_id: 2, choices: [{ candidate: 'Tom Vale' }] }])
})

test('in a primary each party has a contest of its own', () => {
  const contests = [contest(1, { party: 'dem' }), contest(4, { party: 'rep' })]
  const election = { ...known.election, kind: 'primary' as const }
  const text = `${head}\nQueens,1~40,State Assembly,40,DEM,Ana Cruz,3\nQueens,1~40,State Assembly,40,REP,X Y,2\nQueens,1~40,State Assembly,40,CON,Z,1`
  const done = planOf(text, {}, { contests, election })
  expect(done.ok && done.report.contests.map(({ contest_id }) => contest_id)).toEqual([1, 4])
  expect(done.ok && done.report.left_out).toEqual([{ office: 'State Assembly', district: '40', party: 'CON', lines: 1 }]) // prettier-ignore
})

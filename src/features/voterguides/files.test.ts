import { expect, test } from 'vitest'
import type { z } from 'zod'
import { csvRows } from '../../platform/csv.ts'
import { csvOf } from './files.ts'
import { Content } from './schema.ts'
import { waysToVote } from './ways.ts'

/** By which one thing names another. */
const joined: Readonly<Record<string, unknown>> = { contest_id: 41, candidate_id: 42, issue_id: 'issue-43' }

/** One of everything a schema knows, each with a value of its own. */
function sampleOf(schema: z.core.$ZodType, name = ''): unknown {
  const { def } = (schema as z.core.$ZodTypes)._zod // of all kinds there are
  if (name in joined) return joined[name]
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- a guide is made of these; another one is an error
  switch (def.type) {
    case 'object':
      return Object.fromEntries(Object.entries(def.shape).map(([key, each]) => [key, sampleOf(each, key)]))
    case 'array':
      return [sampleOf(def.element, name)]
    case 'record':
      return { en: `${name} ${next()}`, ko: `${name} ${next()}`, bn: `${name} ${next()}` }
    case 'nullable':
    case 'optional':
    case 'default':
      return sampleOf(def.innerType, name)
    case 'enum':
      return Object.values(def.entries).at(-1)
    case 'boolean':
      return true
    case 'number':
      return next()
    case 'string':
      return `${name} ${next()}`
    default:
      throw new Error(`${name}: nobody says what a ${def.type} is here`)
  }
}
let last = 100
const next = (): number => ++last

const leavesOf = (of: unknown): string[] =>
  of !== null && typeof of === 'object' ? Object.values(of).flatMap(leavesOf) : [String(of ?? '')]

test('whatever a guide says to everybody is in its CSV', () => {
  const content = Content.parse(sampleOf(Content))
  // Of a reply that is not printed, the reason alone.
  const replies = content.contests.flatMap((contest) => contest.replies)
  for (const contest of content.contests)
    contest.replies = replies.flatMap((each) => [
      { ...each, withheld: null },
      { ...each, text: {}, original: '' },
    ])
  const beside = {
    days: [{ what: 'register_by' as const, on: '2027-06-12', until: null, source: 'Election Law § 5-210' }],
    ways: waysToVote,
    corrections: [{ version: 3, on: '2027-05-01', reason: { en: 'A wrong day.' }, lines: [{ kind: 'changed' as const, contest_id: 41, candidate_id: 42, issue_id: 'issue-43' }] }], // prettier-ignore
  }
  const cells = csvRows(csvOf(content, beside)).flat()
  const isThere = (leaf: string): boolean => cells.some((cell) => cell === leaf || cell.split(/, | > /).includes(leaf))
  expect(leavesOf(content).length).toBeGreaterThan(60)
  for (const leaf of leavesOf([content, beside.days, '3', '2027-05-01', 'A wrong day.', 'correction_changed']))
    expect(isThere(leaf), leaf).toBe(true)
  for (const { text, name, source } of waysToVote)
    for (const leaf of leavesOf([text, name, source])) expect(isThere(leaf), leaf).toBe(true)
})

test('what is said stands in the column that says what it is', () => {
  const content = Content.parse(sampleOf(Content))
  const [head = [], ...rows] = csvRows(csvOf(content, { days: [], ways: [], corrections: [] }))
  const of = (kind: string) => {
    const row = rows.find((each) => each[head.indexOf('kind')] === kind) ?? []
    return Object.fromEntries(head.flatMap((column, at) => (row[at] && column !== 'kind' ? [[column, row[at]]] : [])))
  }
  const { election, attribution } = content
  expect(of('election')).toMatchObject({ text: election.kind, on: election.held_on, state: election.state, district: election.district })
  expect(of('election').source).toBeUndefined()
  expect(of('attribution')).toEqual({ choice: attribution?.code, text: attribution?.payer })
  expect(of('attribution_more')).toEqual({ choice: attribution?.code, text: attribution?.more })
}) // prettier-ignore

test('names stand in a column of each script, also of who left the race', () => {
  const content = Content.parse(sampleOf(Content))
  const [head = [], ...rows] = csvRows(csvOf(content, { days: [], ways: [], corrections: [] }))
  const cell = (row: string[] | undefined, column: string): string | undefined => row?.[head.indexOf(column)]
  const [contest] = content.contests
  const kindOf = (kind: string) => rows.find((row) => cell(row, 'kind') === kind)
  expect(head).toEqual(expect.arrayContaining(['candidate_ko', 'candidate_zh', 'candidate_es', 'candidate_bn']))
  expect(cell(kindOf('gone'), 'candidate_bn')).toBe(contest?.gone[0]?.names.bn)
  expect(cell(kindOf('record'), 'candidate_ko')).toBe(contest?.candidates[0]?.names.ko)
})

import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { translator } from '../../../platform/i18n/messages.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { parse } from '../parse.ts'
import { print } from '../print.ts'
import { compileExpression, countUniverse } from '../queries.ts'
import '../messages.ts'
import { expressions } from '../testing.ts'
import { countSteps } from './queries.ts'
import { fromSteps, stepsOf, withStep, withStepChanged, type Step } from './rules.ts'
import { inWords, stepInWords } from './words.ts'

const world = await makeWorld()
const { owner } = world.database
const { organization_id } = world.ours
const db = world.database.of(organization_id)
const today = '2026-11-23'

beforeAll(async () => {
  await sql`create table if not exists voter_record_ny partition of voter_record for values in ('NY')`.execute(owner)
  await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, last_key, given_key, party, status, county, birth_year, p_korean)
    select n, 1, n, 1, 'NY', 'NY' || n, 'Kim', 'KIM', 'Y', case when n % 2 = 0 then 'dem' else 'none' end, 'active', case when n % 3 = 0 then 'kings' else 'queens' end, 1940 + n, case when n % 5 = 0 then 90 else 0 end
    from generate_series(1, 60) n`.execute(owner)
})

const read = (text: string) => {
  const parsed = parse(text)
  if (!parsed.ok) throw new Error(text)
  return parsed.expression
}

test('an expression is told step by step in both languages, place first', () => {
  const steps = stepsOf(read('community:korean>=0.8 county:queens -contacted:14d age:18-34'))
  expect(steps.map((step) => stepInWords(step, translator('en')))).toEqual([
    'All voters in Queens',
    'only those likely Korean, at least 80%',
    'without those we tried to reach in the last 14 days',
    'only those aged 18 to 34',
  ])
  expect(steps.map((step) => stepInWords(step, translator('ko')))).toEqual([
    '퀸즈에 사는 분 모두',
    '한인 추정 확률이 80% 이상인 분만',
    '최근 14일 안에 연락한 분 빼기',
    '나이가 18~34세인 분만',
  ])
  expect(inWords(read('result:phone/refused/30d'), translator('ko'))).toMatch(
    /^최근 30일 안에\(전화로\) 연락한 결과가 /,
  )
  expect(inWords(read('-party:dem'), translator('ko'))).toMatch(/분이 아닌 분$/)
  expect(stepsOf(read('')).map((step) => stepInWords(step, translator('en')))).toEqual(['Everyone who can vote'])
  expect(stepsOf(read('party:dem or tag:volunteer')).map(({ kind }) => kind)).toEqual(['start', 'add'])
  expect(stepsOf(read('-party:dem')).map(({ kind }) => kind)).toEqual(['start', 'subtract'])
})

test('every expression has words without holes in both languages, and its last step is all of it', () => {
  fc.assert(
    fc.property(expressions(), (expression) => {
      for (const language of ['en', 'ko'] as const) {
        const said = inWords(expression, translator(language))
        expect(said).not.toMatch(/\{\{|undefined|null|steps\./)
        expect(said.length).toBeGreaterThan(0)
      }
      const steps = stepsOf(expression)
      expect(steps.length).toBeGreaterThan(0)
      const sorted = (text: string): string =>
        text
          .split(/[ ()]+/)
          .filter(Boolean)
          .sort()
          .join(' ')
      expect(sorted(print(steps.at(-1)?.so_far ?? { op: 'and', of: [] }))).toBe(sorted(print(expression)))
      // What is put together of the steps is what their last one says.
      const again = print(fromSteps(steps))
      expect(sorted(again)).toBe(sorted(print(expression)))
      const said = (of: readonly Step[]): string[] => of.map((step) => `${step.kind} ${step.of ? print(step.of) : ''}`)
      expect(said(stepsOf(read(again)))).toEqual(said(stepsOf(read(print(expression)))))
    }),
    { numRuns: 1000 },
  )
})

test('the number after each step is that of the expression so far', async () => {
  const steps = stepsOf(read('party:dem county:queens -community:korean age:40-'))
  const counts = await countSteps(db, steps, organization_id, today, null)
  for (const [nth, step] of steps.entries()) {
    const compiled = await compileExpression(db, step.so_far, organization_id, today)
    expect(counts[nth]).toBe(compiled.ok ? await countUniverse(db, compiled.universe) : null)
  }
  expect(counts[0]).toBe(40)
})

test('a step more', () => {
  expect(withStep('party:dem', 'narrow', 'age:65-')).toBe('party:dem age:65-')
  expect(withStep('party:dem or party:rep', 'narrow', 'age:65- sex:F')).toBe('(party:dem or party:rep) age:65- sex:F')
  expect(withStep('party:dem', 'subtract', 'contacted:14d tag:x')).toBe('party:dem -(contacted:14d tag:x)')
  expect(withStep('party:dem age:65-', 'add', 'in:"Called in spring"')).toBe(
    'party:dem age:65- or in:"Called in spring"',
  )
  expect(withStep('', 'add', 'party:dem')).toBe('')
  for (const typed of ['', ' ', 'party:', '(']) expect(withStep('party:dem', 'narrow', typed)).toBeNull()
})

test('a step is taken away, or says something else', () => {
  const text = 'county:queens party:dem -tag:x sample:10%'
  expect(withStepChanged(text, 1, 'remove', '')).toBe('county:queens -tag:x sample:10%')
  expect(withStepChanged(text, 0, 'remove', '')).toBe('party:dem -tag:x sample:10%')
  expect(withStepChanged(text, 2, 'narrow', 'tag:x,y')).toBe('county:queens party:dem tag:x,y sample:10%')
  expect(withStepChanged(text, 3, 'sample', 'sample:20%')).toBe('county:queens party:dem -tag:x sample:20%')
  // Where one begins stays where one begins.
  expect(withStepChanged(text, 0, 'subtract', 'county:kings')).toBe('county:kings party:dem -tag:x sample:10%')
  expect(withStepChanged('party:dem or party:rep', 0, 'remove', '')).toBe('party:rep')
  expect(withStepChanged('-party:dem', 1, 'narrow', 'party:dem')).toBe('party:dem')
  expect(withStepChanged('party:dem', 0, 'remove', '')).toBe('')
  for (const typed of ['', 'party:', '(']) expect(withStepChanged(text, 1, 'narrow', typed)).toBeNull()
  expect(withStepChanged(text, 9, 'remove', '')).toBeNull()
})

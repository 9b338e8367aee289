import { expect, test } from 'vitest'
import { ScriptContent } from '../../scripts/schema.ts'
import {
  answerOf,
  attemptIdOf,
  isOneKey,
  keyOf,
  keysNeeding,
  lettered,
  leadsOf,
  readLine,
  resultOfKey,
  typedLanguage,
  typedOf,
  typedWishes,
  wishesOf,
} from './rules.ts'
import { mostCodes } from '../result-codes/schema.ts'
import { codeKeys, wishKeys } from './schema.ts'

const choices = ['housing', 'health', 'schools'].map((key) => ({ key, label: { en: key } }))
const script = ScriptContent.parse({
  languages: ['en'],
  greeting: { en: 'Hello' },
  steps: [
    { key: 'intro', kind: 'say', say: { en: 'Say this' } },
    { key: 'support', kind: 'support', say: { en: 'Support?' } },
    { key: 'plan', kind: 'yes_no', say: { en: 'Will you vote?' } },
    { key: 'issue', kind: 'choice', say: { en: 'Issue?' }, choices },
    { key: 'issues', kind: 'several', say: { en: 'Issues?' }, choices },
    { key: 'people', kind: 'number', say: { en: 'How many?' } },
    { key: 'why', kind: 'text', say: { en: 'Why?' } },
  ],
  closing: { en: 'Bye' },
  voicemail: {},
})
const own = lettered([
  { code: 'voted_early', name: { en: 'Voted early', ko: '조기투표 마침' }, counts_as: 'refused' },
  { code: 'later', name: { en: 'Later', ko: '나중에' }, counts_as: 'call_back' },
  { code: 'tree', name: { en: 'Tree', ko: '나무' }, counts_as: 'busy' },
])
const stepOf = (key: string) => script.steps.find((step) => step.key === key) ?? script.steps[0]!
const read = (typed: Record<string, string>) => readLine(script, own, typed, 'America/New_York')

test('paper says where each answer leads, and nothing where the script goes straight on', () => {
  expect([...leadsOf(script).values()].flatMap(({ to }) => to)).toEqual([])
  const say = { en: 'x' }
  const branching = ScriptContent.parse({
    ...script,
    steps: [
      { key: 'support', kind: 'support', say, goes: { 1: 'help', 2: 'help', 5: 'closing' } },
      { key: 'reasons', kind: 'say', say },
      { key: 'again', kind: 'support', say, next: 'plan' },
      { key: 'help', kind: 'yes_no', say },
      { key: 'plan', kind: 'choice', say, choices, next: 'closing' },
    ],
  })
  expect([...leadsOf(branching)]).toEqual([
    ['support', { name: '1', to: [{ ways: ['1', '2'], name: '3' }, { ways: ['3', '4'], name: 'A' }, { ways: ['5'], name: null }] }], // prettier-ignore
    ['reasons', { name: 'A', to: [] }],
    ['again', { name: '2', to: [{ ways: [], name: '4' }] }],
    ['help', { name: '3', to: [] }],
    ['plan', { name: '4', to: [] }],
  ])
})

test('paper names the ways of several choices one by one, for the first ticked decides, and those of numbers and words', () => {
  const say = { en: 'x' }
  const branching = ScriptContent.parse({
    ...script,
    steps: [
      { key: 'issues', kind: 'several', say, choices, goes: { schools: 'people', housing: 'people', health: 'why' }, next: 'closing' },
      { key: 'people', kind: 'number', say, goes: { 5: 'closing' } },
      { key: 'why', kind: 'text', say, goes: { noted: 'closing' } },
      { key: 'thanks', kind: 'say', say },
    ],
  }) // prettier-ignore
  expect([...leadsOf(branching)].map(([key, { to }]) => [key, to.map(({ ways, name }) => [...ways, name])])).toEqual([
    ['issues', [['housing', '2'], ['health', '3'], ['schools', '2'], ['', null]]],
    ['people', [['', '3'], ['5', null]]],
    ['why', [['noted', null], ['', 'A']]],
    ['thanks', []],
  ]) // prettier-ignore
})

test.each([
  ['support', '2', 2],
  ['support', '6', undefined],
  ['plan', '1', true],
  ['plan', '2', false],
  ['plan', 'y', undefined],
  ['issue', '3', 'schools'],
  ['issue', '0', undefined],
  ['issues', '13', ['housing', 'schools']],
  ['issues', '3, 1 1', ['schools', 'housing']],
  ['issues', '14', undefined],
  ['issues', ',', undefined],
  ['people', '1,200', 1200],
  ['people', 'many', undefined],
  ['people', ',', undefined],
  ['why', '13', '13'],
])('typed for %s, %j is %j', (key, typed, answer) => {
  expect(answerOf(stepOf(key), typed)).toEqual(answer)
  if (answer !== undefined) expect(answerOf(stepOf(key), typedOf(stepOf(key), answer))).toEqual(answer)
})

test('one key is enough where every number has one digit', () => {
  expect(script.steps.filter(isOneKey).map(({ key }) => key)).toEqual(['support', 'plan', 'issue'])
})

test.each([
  [{}, { kind: 'empty' }],
  [{ code: '-' }, { kind: 'take_back' }],
  [{ note: 'nice' }, { kind: 'problem', field: 'code', problem: 'paper.code_needed' }],
  [{ wishes: 'R' }, { kind: 'problem', field: 'code', problem: 'paper.code_needed' }],
  [
    { wishes: 'RZ', 'q.support': '1' },
    { kind: 'problem', field: 'wishes', problem: 'paper.wish_unknown' },
  ],
  [{ code: '0' }, { kind: 'problem', field: 'code', problem: 'paper.code_unknown' }],
  [
    { code: '1', 'q.support': '2' },
    { kind: 'problem', field: 'code', problem: 'paper.code_or_answers' },
  ],
  [{ 'q.support': '9' }, { kind: 'problem', field: 'q.support', problem: 'paper.answer_unknown' }],
  [{ code: 'A' }, { kind: 'problem', field: 'call_back_at', problem: 'paper.call_back_needed' }],
  [{ code: 'N' }, { kind: 'problem', field: 'code', problem: 'paper.code_unknown' }],
  [{ code: '3' }, { kind: 'problem', field: 'call_back_at', problem: 'paper.call_back_needed' }],
  [{ code: '7' }, { kind: 'problem', field: 'language', problem: 'paper.language_needed' }],
  [{ code: 'x' }, { kind: 'problem', field: 'spoke_with', problem: 'paper.spoke_with_needed' }],
])('a line of %j is %j', (typed, expected) => {
  expect(read(typed)).toEqual(expected)
})

test('answers mean that somebody was spoken with; a result may need one thing more', () => {
  expect(read({ 'q.support': '1', 'q.plan': '2', note: ' rides ' })).toMatchObject({
    result: { disposition: 'canvassed', answers: { support: 1, plan: false }, note: 'rides' },
  })
  expect(read({ code: '3', call_back_at: '2026-11-24T18:30' })).toMatchObject({
    result: { disposition: 'call_back', call_back_at: '2026-11-24T23:30:00.000Z' },
  })
  expect(read({ code: 'd', spoke_with: 'household', language: 'ko' })).toMatchObject({
    result: { disposition: 'do_not_call', spoke_with: 'household', language: null },
  })
})

test('which language it was may be left open, and stands so when the line is looked at again', () => {
  const line = read({ code: '7', language: '?' })
  expect(line).toMatchObject({ kind: 'result', result: { disposition: 'language_barrier', language: null } })
  const heard = read({ code: '7', language: 'vi' })
  const typed = [line, heard, read({ code: '1' })].map((each) => each.kind === 'result' && typedLanguage(each.result))
  expect(typed).toEqual(['?', 'vi', ''])
})

test('every result has a key of its own, which the Korean keyboard finds too', () => {
  expect(new Set(Object.values(codeKeys)).size).toBe(Object.keys(codeKeys).length)
  expect(['ㅇ', 'ㅡ', 'ㅌ', 'ㅗ'].map((key) => resultOfKey(key)?.disposition)).toEqual([
    'do_not_call',
    'moved',
    'deceased',
    'hostile',
  ])
})

test.each([
  ['', []],
  ['v', ['volunteer']],
  ['R, B', ['ride', 'mail_ballot']],
  ['brb', ['ride', 'mail_ballot']],
  ['규', ['ride', 'mail_ballot']],
  ['ㅍㄴ', ['volunteer', 'yard_sign']],
  ['뉵', ['yard_sign', 'ride', 'mail_ballot']],
  ['ㅐ', ['organizer']],
  ['x', null],
])('wishes typed as %j, also with the Korean keyboard on, are %j', (typed, wished) => {
  expect(wishesOf(typed)?.toSorted() ?? null).toEqual(wished?.toSorted() ?? null)
  if (wished) expect(wishesOf(typedWishes(wishesOf(typed) ?? []))).toEqual(wishesOf(typed))
})

test('an own result has a letter no result and no wish has, and is read by it, also with the Korean keyboard on', () => {
  expect(own.map(({ code, key }) => [code, key])).toEqual([['voted_early', 'T'], ['later', 'A'], ['tree', 'E']]) // prettier-ignore
  const twelve = lettered(
    Array.from({ length: mostCodes }, () => ({ code: 'x', name: { ko: '가' }, counts_as: 'busy' })),
  )
  expect(new Set(twelve.map(({ key }) => key)).size).toBe(mostCodes)
  const taken: string[] = [...Object.values(codeKeys), ...Object.values(wishKeys)]
  expect(twelve.filter(({ key }) => taken.includes(key))).toEqual([])
  for (const typed of ['t', 'ㅅ']) {
    const line = read({ code: typed })
    if (line.kind !== 'result') throw new Error(line.kind)
    expect(line.result).toMatchObject({ disposition: 'refused', result_code: 'voted_early' })
    expect(keyOf(line.result, own)).toBe('T')
  }
  expect(resultOfKey('T')).toBeNull() // a sheet printed without it
  expect([keysNeeding(own, ['time']), keysNeeding(own).join('')]).toEqual([['3', 'A'], '37DXA'])
})

test('no wish has the key of a result that closes a voter', () => {
  expect(Object.values(wishKeys).filter((key) => (Object.values(codeKeys) as string[]).includes(key))).toEqual([])
})

test('a line of a sheet is always the same attempt, a corrected one another', () => {
  const sheet = '0c0ffee0-0000-4000-8000-00000000ffff'
  const id = attemptIdOf(sheet, 7, 0)
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(attemptIdOf(sheet, 7, 0)).toBe(id)
  expect(new Set([id, attemptIdOf(sheet, 7, 1), attemptIdOf(sheet, 8, 0)]).size).toBe(3)
})

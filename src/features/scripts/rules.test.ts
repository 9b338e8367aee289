import fc from 'fast-check'
import { expect, test } from 'vitest'
import { languages } from '../../platform/i18n/languages.ts'
import { compareScripts } from './comparison.ts'
import { everyWay, exitsOf } from './paths.ts'
import {
  answersOnPath,
  checkScript,
  goesAs,
  missingTranslations,
  path,
  possibleAnswers,
  renderText,
  scriptText,
  startOf,
  validateAnswers,
} from './rules.ts'
import { ScriptContent, type AnswerValue, type Answers } from './schema.ts'
import { nextElectionDay, starterContent, starterScripts } from './starters.ts'

const script = (steps: unknown[]): ScriptContent =>
  ScriptContent.parse({
    languages: ['en', 'ko'],
    greeting: { en: 'Hello', ko: '안녕하세요' },
    steps,
    closing: { en: 'Bye', ko: '안녕히 계세요' },
    voicemail: {},
  })
const say = { en: 'Well?', ko: '어떠세요?' }
const yesNo = (key: string, more: object = {}) => ({ key, kind: 'yes_no', say, ...more })
const keysOf = (content: ScriptContent, answers: Answers) =>
  path(content, answers).flatMap((station) => (station.part === 'step' ? [station.step.key] : [station.part]))

const branching = script([
  { key: 'support', kind: 'support', say, goes: { '1': 'ride', '5': 'closing' } },
  { key: 'persuade', kind: 'say', say },
  yesNo('ride', { goes: { no: 'closing' } }),
  { key: 'where', kind: 'text', say },
])

test.each([
  [{}, ['greeting', 'support', 'persuade', 'ride', 'where', 'closing']],
  [{ support: 1 }, ['greeting', 'support', 'ride', 'where', 'closing']],
  [{ support: 5 }, ['greeting', 'support', 'closing']],
  [{ support: 3, ride: false }, ['greeting', 'support', 'persuade', 'ride', 'closing']],
])('answers %o lead through %o', (answers, stations) => {
  expect(keysOf(branching, answers as Answers)).toEqual(stations)
})

const everyKind = script([
  {
    key: 'issues',
    kind: 'several',
    say,
    choices: ['rent', 'schools', 'safety', 'other'].map(choice),
    goes: { safety: 'closing', schools: 'children', rent: 'dollars' },
    next: 'why',
  },
  { key: 'dollars', kind: 'number', say, goes: { '100': 'why', '500': '', '1000': 'closing' }, next: 'children' },
  { key: 'children', kind: 'number', say, goes: { '2.5': 'closing', '-1': 'why' } },
  { key: 'why', kind: 'text', say, goes: { noted: 'closing' } },
  { key: 'last', kind: 'say', say },
])

test.each<[Answers, string[]]>([
  // Of several chosen the first in the order of the choices decides, in whatever order they were pressed.
  [{ issues: ['safety'] }, ['issues']],
  [{ issues: ['safety', 'schools'], children: 3 }, ['issues', 'children']],
  [{ issues: ['safety', 'rent'], dollars: 1000 }, ['issues', 'dollars']],
  [{ issues: ['other'] }, ['issues', 'why', 'last']],
  [{}, ['issues', 'why', 'last']],
  // Of a number the highest start it reaches; one that leads nowhere else goes on as otherwise.
  [{ issues: ['rent'], dollars: 99.99 }, ['issues', 'dollars', 'children', 'why', 'last']],
  [{ issues: ['rent'], dollars: 100 }, ['issues', 'dollars', 'why', 'last']],
  [{ issues: ['rent'], dollars: 500, children: 2.5 }, ['issues', 'dollars', 'children']],
  [{ issues: ['rent'], dollars: 999, children: -1 }, ['issues', 'dollars', 'children', 'why', 'last']],
  [{ issues: ['rent'], dollars: 1e9 }, ['issues', 'dollars']],
  [{ issues: ['rent'] }, ['issues', 'dollars', 'children', 'why', 'last']],
  // Words by whether there are any.
  [{ why: 'rent is too high' }, ['issues', 'why']],
  [{ why: '  ' }, ['issues', 'why', 'last']],
])('several, a number or words lead on: %o by %o', (answers, steps) => {
  expect(keysOf(everyKind, answers).slice(1, -1)).toEqual(steps)
  expect(checkScript(everyKind)).toEqual([])
})

test('a circle, a step nobody reaches and one that is not there are found behind several, a number and words too', () => {
  const broken = script([
    { key: 'many', kind: 'several', say, choices: [choice('a'), choice('b')], goes: { a: 'nowhere' }, next: 'count' },
    { key: 'passed', kind: 'say', say },
    { key: 'count', kind: 'number', say, goes: { '3': 'many', ten: 'passed', '1,000': 'passed' } },
    { key: 'words', kind: 'text', say, goes: { noted: 'gone' } },
  ])
  expect(checkScript(broken).map(({ where, kind, detail }) => [where, kind, detail])).toEqual([
    ['steps.many', 'unknown_step', 'nowhere'],
    ['steps.many', 'loop', ''],
    ['steps.passed', 'unreachable', ''],
    ['steps.count', 'loop', ''],
    ['steps.words', 'unknown_step', 'gone'],
  ])
})

test.each([
  ['5', '5'],
  ['1,000', '1000'],
  [' -2.50 ', '-2.5'],
  ['', null],
  ['1e3', null],
  ['five', null],
])('a way may begin at %j: %j', (typed, start) => {
  expect(startOf(typed)).toBe(start)
})

test('whoever goes back and answers otherwise leaves nothing from the other branch', () => {
  expect(answersOnPath(branching, { support: 5, ride: true, where: 'home' })).toEqual({ support: 5 })
})

const kinds = script([
  { key: 'one', kind: 'choice', say, choices: [choice('a'), choice('b')] },
  { key: 'many', kind: 'several', say, choices: [choice('a'), choice('b')] },
  { key: 'score', kind: 'support', say },
  yesNo('yes_no'),
  { key: 'words', kind: 'text', say },
  { key: 'dollars', kind: 'number', say },
  { key: 'just_said', kind: 'say', say },
])
function choice(key: string) {
  return { key, label: { en: key, ko: key } }
}

test.each<[string, AnswerValue, boolean]>([
  ['one', 'a', true],
  ['one', 'c', false],
  ['many', ['a', 'b'], true],
  ['many', ['a', 'a'], false],
  ['many', [], false],
  ['score', 5, true],
  ['score', 0, false],
  ['score', 2.5, false],
  ['yes_no', false, true],
  ['yes_no', 'no', false],
  ['words', '서민주택', true],
  ['words', '  ', false],
  ['dollars', -3, true],
  ['dollars', Number.NaN, false],
  ['just_said', 'x', false],
  ['nowhere', 'x', false],
])('%s answered %o fits: %s', (question, answer, fits) => {
  const check = validateAnswers(kinds, { [question]: answer, score: question === 'score' ? answer : 3 })
  expect(check.ok).toBe(fits)
  if (question !== 'score') expect(check.answers.score).toBe(3) // a wrong answer does not take the right ones with it
})

test('placeholders are filled in, particles right, and what is unknown stays a visible blank', () => {
  const values = {
    'voter.name': '김영희',
    'voter.title': '장로님',
    candidate: { en: 'Grace Meng', ko: '그레이스 멩' },
    'caller.name': '박수진',
  }
  expect(renderText('{voter.name} {voter.title}이신가요? {candidate, 을/를}', 'ko', values)).toBe(
    '김영희 장로님이신가요? 그레이스 멩을',
  )
  expect(renderText('{candidate} and {organization}, {caller.name}', 'en', values)).toBe('Grace Meng and ____, 박수진')
  expect(renderText('Is this {voter.name} {voter.title}?', 'en', { 'voter.name': 'Young' })).toBe('Is this Young?')
  // A title is of its language alone: there is no 선생님 in English.
  const titled = { 'voter.title': { ko: '선생님', en: '' }, 'voter.last_name': { en: 'Kim', ko: '김' } }
  for (const [language, said] of [
    ['en', 'Hello Kim'],
    ['zh', 'Hello Kim'],
    ['ko', 'Hello 선생님 김'],
  ] as const)
    expect(renderText('Hello {voter.title} {voter.last_name}', language, titled)).toBe(said)
  expect(renderText('{weather}', 'en', values)).toBe('{weather}')
})

test('a text that is missing in the wished language says which language it became', () => {
  expect(scriptText({ en: 'Hello {voter.name}' }, 'ko', { 'voter.name': 'Kim' })).toEqual({
    text: 'Hello Kim',
    language: 'en',
  })
})

test('what would trip a caller is found where it is', () => {
  const broken = script([
    yesNo('first', { goes: { yes: 'third', no: 'nowhere' }, next: 'third' }),
    yesNo('second'),
    { key: 'third', kind: 'choice', say: { en: 'Which {colour}? [fill in]' }, choices: [choice('a')], next: 'first' },
    { key: 'silent', kind: 'text', say: { en: ' ' } },
  ])
  expect(checkScript(broken).map(({ where, kind, detail }) => [where, kind, detail])).toEqual([
    ['steps.third', 'missing_translation', 'ko'],
    ['steps.third', 'unknown_placeholder', '{colour}'],
    ['steps.third', 'to_fill_in', '[fill in]'],
    ['steps.silent', 'missing_text', ''],
    ['steps.first', 'unknown_step', 'nowhere'],
    ['steps.first', 'loop', ''],
    ['steps.second', 'unreachable', ''],
    ['steps.third', 'few_choices', ''],
    ['steps.third', 'loop', ''],
    ['steps.silent', 'unreachable', ''],
  ])
  expect(missingTranslations(broken)).toEqual([{ where: 'steps.third', language: 'ko' }])
})

test('a script that loops still ends when it is walked', () => {
  const loop = script([yesNo('a', { next: 'b' }), yesNo('b', { next: 'a' })])
  expect(keysOf(loop, {})).toEqual(['greeting', 'a', 'b', 'closing'])
})

test.each(starterScripts.map((starter) => starter.key))('the starter %s is whole in both languages', (key) => {
  const content = starterContent(key, '2027-06-22')
  expect(checkScript(content)).toEqual([])
  expect(missingTranslations(content)).toEqual([])
  expect(content.languages).toEqual([...languages])
  expect(JSON.stringify(content)).not.toMatch(/당신|귀하|할머니|할아버지/)
})

test('the day of the election is written as it is read aloud', () => {
  const gotv = starterContent('gotv', '2027-06-22')
  expect(gotv.greeting.ko).toContain('예비선거일은 6월 22일 화요일, 오전 6시부터')
  expect(gotv.greeting.en).toContain('The primary is Tuesday, June 22, from 6 am')
})

test('another order of answers, wordings, objections or facts is a difference', () => {
  const text = { en: 'x', ko: '가' }
  const written = (order: string[]): ScriptContent => ({
    ...script([
      {
        key: 'issue',
        kind: 'choice',
        say,
        choices: order.map(choice),
        wordings: order.map((key) => ({ key, say: text })),
      },
    ]),
    objections: order.map((key) => ({ key, objection: text, reply: text })),
    facts: order.map((key) => ({ key, title: text, text, link: {} })),
  })
  const moved = (before: string[], after: string[]) =>
    compareScripts(written(before), written(after)).flatMap(({ kind, where }) => (kind === 'moved' ? where : []))
  expect(moved(['a', 'b', 'c'], ['a', 'c', 'b'])).toEqual(
    ['steps.issue.choices', 'steps.issue.wordings', 'objections', 'facts'].flatMap((list) => [
      `${list}.c`,
      `${list}.b`,
    ]),
  )
  // One more or fewer moves nobody.
  expect(moved(['a', 'b'], ['new', 'a', 'b'])).toEqual([])
  expect(moved(['gone', 'a', 'b'], ['a', 'b'])).toEqual([])
})

test('a comparison says which answer leads elsewhere, and of a number between which', () => {
  const written = (goes: Record<string, Record<string, string>>, next: string | null = null) =>
    script(
      everyKind.steps.map((step) => ({ ...step, goes: goes[step.key] ?? {}, next: step.key === 'why' ? next : null })),
    )
  const differences = compareScripts(
    written({ issues: { rent: 'why' }, dollars: { '5': 'why' }, why: { noted: 'closing' } }),
    written({ issues: { rent: 'why', other: 'last' }, dollars: { '8': 'why', '20': '' } }, 'closing'),
  )
  expect(
    differences.map((each) => [each.where, ...(each.kind === 'way' ? [each.way, each.before, each.after] : [])]),
  ).toEqual([
    ['steps.issues', 'other', '', 'last'],
    ['steps.dollars', '5', 'why', ''], // up to 8
    ['steps.dollars', '20', 'why', ''],
    ['steps.why', 'noted', 'closing', ''],
    ['steps.why', null, '', 'closing'],
  ])
})

test.each([
  ['2026-11-23', '2027-06-22', 'primary'],
  ['2027-06-22', '2027-06-22', 'primary'],
  ['2027-06-23', '2027-11-02', 'general'],
  ['2026-11-03', '2026-11-03', 'general'],
  ['2025-10-01', '2025-11-04', 'general'],
])('on %s the next election day is %s', (today, election_on, kind) => {
  expect(nextElectionDay(today)).toEqual({ election_on, kind })
})

test('whatever is answered, each starter walks forward to its closing words and asks nothing twice', () => {
  fc.assert(
    fc.property(fc.constantFrom(...starterScripts), fc.infiniteStream(fc.nat()), (starter, numbers) => {
      const content = starterContent(starter.key, '2027-06-22')
      const answers: Answers = {}
      for (const step of content.steps) {
        const possible = possibleAnswers(step)
        const picked = possible[(numbers.next().value ?? 0) % (possible.length + 1)] // beyond the last: not answered
        if (picked === undefined) continue
        answers[step.key] =
          step.kind === 'support'
            ? Number(picked)
            : step.kind === 'yes_no'
              ? picked === 'yes'
              : step.kind === 'several'
                ? [picked]
                : picked
      }
      const walked = keysOf(content, answers)
      expect(new Set(walked).size).toBe(walked.length)
      expect(walked.at(-1)).toBe('closing')
      expect(validateAnswers(content, answers).ok).toBe(true)
    }),
  )
})

const key = (at: number) => `step_${at}`
const starts = fc.oneof(
  fc.integer({ min: -20, max: 20 }),
  fc.integer({ min: -80, max: 80 }).map((n) => n / 4),
)
/** Scripts of any kinds whose ways lead forward, with an answer to each question or none. */
const forward = fc
  .integer({ min: 1, max: 7 })
  .chain((count) =>
    fc.tuple(
      ...Array.from({ length: count }, (_, at) => {
        const to = fc.constantFrom(
          '',
          'closing',
          ...Array.from({ length: count - at - 1 }, (_, more) => key(at + more + 1)),
        )
        const step = (kind: string, ways: fc.Arbitrary<string>, answer: fc.Arbitrary<AnswerValue>) =>
          fc.record({
            step: fc.record({
              key: fc.constant(key(at)),
              kind: fc.constant(kind),
              say: fc.constant(say),
              choices: fc.constant(['a', 'b', 'c'].map(choice)),
              goes: fc.dictionary(ways, to, { maxKeys: 5 }),
              next: to.map((next) => next || null),
            }),
            answer: fc.option(answer, { nil: undefined }),
          })
        const choices = fc.constantFrom('a', 'b', 'c')
        return fc.oneof(
          step('choice', choices, choices),
          step('several', choices, fc.uniqueArray(choices, { minLength: 1 })),
          step('yes_no', fc.constantFrom('yes', 'no'), fc.boolean()),
          step('number', starts.map(String), starts),
          step('text', fc.constant('noted'), fc.constant('words')),
        )
      }),
    ),
  )
  .map((all) => ({
    content: script(all.map(({ step }) => step)),
    answers: Object.fromEntries(all.flatMap(({ step, answer }) => (answer === undefined ? [] : [[step.key, answer]]))),
  }))

test('wherever an answer leads, the drawing has an arrow; each way through is walked by its sample; nothing forward is a circle', () => {
  fc.assert(
    fc.property(forward, ({ content, answers }) => {
      const walked = keysOf(content, answers).slice(1)
      for (const [at, from] of walked.slice(0, -1).entries()) {
        const step = content.steps.find((each) => each.key === from)
        const to = walked[at + 1] ?? 'closing'
        if (step && answers[from] !== undefined) expect([...exitsOf(content, step).keys()]).toContain(to === 'closing' ? null : to) // prettier-ignore
      }
      for (const { steps, sample } of everyWay(content).ways) {
        expect(keysOf(content, sample).slice(1, -1)).toEqual(steps.map(({ step }) => step.key))
        expect(validateAnswers(content, sample).ok).toBe(true)
      }
      expect(checkScript(content).filter(({ kind }) => kind === 'loop' || kind === 'unknown_step')).toEqual([])
    }),
  )
})

test.each([
  ['support', 'number', {}],
  ['number', 'support', {}],
  ['support', 'support', { 5: 'end' }],
  ['choice', 'several', { 5: 'end' }],
] as const)('ways of a %s step that becomes %s', (kind, other, goes) => {
  expect(goesAs({ kind, goes: { 5: 'end' } }, other)).toEqual(goes)
})

import { describe, expect, test } from 'vitest'
import {
  besideDraft,
  canonicalText,
  isSignedBy,
  readAnswers,
  sha256Of,
  stagesReached,
  takingOn,
} from './answers/rules.ts'
import { changedLines, stageOn } from './cycles/rules.ts'
import { Rules, RulesForm } from './cycles/schema.ts'
import { reminderDue } from './mails/rules.ts'
import type { Question } from './questions/queries.ts'
import { askedIn, choicesOf, isAskedIn, lacksLanguages, syllablesOf, wordsIn } from './questions/rules.ts'

const form = {
  contest_ids: '1', voter_kinds: 'regular', method: 'ranked', threshold_percent: '60', quorum: '12', endorsements_most: '1',
  tie_paid_staff: 'leave_room', tie_family: 'no_vote', tie_candidate: 'leave_room', tie_volunteer: 'no_speaking', tie_donor: 'disclose',
  late: 'marked', answers_by_on: '2027-03-31', vote_from_on: '2027-05-01', vote_until_on: '2027-05-03', announced_on: '2027-05-05',
} // prettier-ignore
const rules = RulesForm.parse(form)

describe('a cycle', () => {
  test.each([
    ['2027-03-31', 'answers', 'open'],
    ['2027-04-01', 'before_vote', 'late'],
    ['2027-04-30', 'before_vote', 'late'],
    ['2027-05-01', 'vote', 'closed'],
    ['2027-05-03', 'vote', 'closed'],
    ['2027-05-04', 'counting', 'closed'],
    ['2027-05-05', 'announced', 'closed'],
  ] as const)('on %s it is at %s, and answers are %s', (today, stage, taking) => {
    expect(stageOn(new Date(0), rules, today)).toBe(stage)
    expect(stageOn(null, rules, today)).toBe('draft')
    const runs = { contest_id: 1, status: 'on_ballot' } as const
    expect(takingOn(rules, today, runs)).toBe(taking)
    expect(takingOn({ ...rules, late: 'refused' }, today, runs)).toBe(taking === 'late' ? 'closed' : taking)
    expect(takingOn(rules, today, { ...runs, status: 'withdrawn' })).toBe('gone')
    expect(takingOn(rules, today, { ...runs, contest_id: 2 })).toBe('gone')
  })

  test.each([
    ['the vote begins on the last day for answers', { vote_from_on: '2027-03-31' }, 'vote_from_on'],
    ['it ends before it begins', { vote_until_on: '2027-04-30' }, 'vote_until_on'],
    ['it is announced while people vote', { announced_on: '2027-05-02' }, 'announced_on'],
    ['less than half is enough', { threshold_percent: '49' }, 'threshold_percent'],
    ['the fraction is one half', { votes_needed: 'fraction', threshold_yes: '2', threshold_of: '4' }, 'threshold_yes'],
    ['the fraction is above one', { votes_needed: 'fraction', threshold_yes: '4', threshold_of: '3' }, 'threshold_yes'],
    ['a percentage is needed and not said', { threshold_percent: '' }, 'threshold_percent'],
    ['most votes decide a ranking', { votes_needed: 'most' }, 'votes_needed'],
    [
      'most votes decide, with a run-off',
      {
        method: 'approval',
        votes_needed: 'most',
        has_runoff: 'yes',
        runoff_from_on: '2027-05-10',
        runoff_until_on: '2027-05-12',
        runoff_announced_on: '2027-05-14',
      },
      'has_runoff',
    ],
    ['nobody may vote', { voter_kinds: [] }, 'voter_kinds'],
    ['there is no contest', { contest_ids: [] }, 'contest_ids'],
  ])('rules where %s are refused', (_, changed, field) => {
    const read = RulesForm.safeParse({ ...form, ...changed })
    expect(read.error?.issues.map(({ path }) => path[0])).toEqual([field])
  })

  test.each([
    [{ votes_needed: 'half', threshold_percent: '' }, { threshold_percent: 50 }],
    [{ votes_needed: 'two_thirds', threshold_percent: '60' }, { threshold_percent: 67, threshold: { yes: 2, of: 3 } }],
    [{ votes_needed: 'fraction', threshold_yes: '3', threshold_of: '5' }, { threshold_percent: 60, threshold: { yes: 3, of: 5 } }],
    [{ votes_needed: 'most', method: 'plurality', endorsements_most: '2' }, { threshold: 'most', endorsements_most: 2 }],
    [{ threshold_percent: '60' }, { threshold_percent: 60 }],
  ])('%o is kept as %o', (typed, kept) => {
    const read = RulesForm.parse({ ...form, ...typed })
    expect(read).toMatchObject(kept)
    expect(Rules.parse(JSON.parse(JSON.stringify(read)))).toEqual(read)
    expect('threshold' in read).toBe('threshold' in kept)
  }) // prettier-ignore

  test('of rules in words only what reads differently counts as changed', () => {
    const was = [{ key: 'quorum', text: 'none' }, { key: 'most', text: 'one' }] // prettier-ignore
    const is = [{ key: 'quorum', text: '12 ballots' }, { key: 'most', text: 'one' }] // prettier-ignore
    expect(changedLines(was, is)).toEqual([{ key: 'quorum', before: was[0], after: is[0] }])
  })
})

test.each([
  ['Seoyeon Lee', true],
  ['seoyeon  LEE', true],
  ['Lee Seoyeon', true],
  ['Seoyeon J. Lee', true],
  ['이서연', true],
  ['이 서연', true],
  ['Seoyéon Lee', true],
  ['Lee', false],
  ['Minji Kim', false],
  ['Campaign of Lee', false],
  ['김서연', false],
  ['–', false],
])('“%s” is the signature of Seoyeon Lee (이서연): %s', (signed_by, is) => {
  expect(isSignedBy(signed_by, { name: 'Seoyeon Lee', names: { ko: '이서연' } })).toBe(is)
})

describe('a questionnaire', () => {
  test.each([
    ['', 0],
    ['We need 1,000 homes in Flushing.', 6],
    ['tenants’ rights', 2],
    ['세입자를 보호합니다', 4], // nine syllables
    ['세입자를 보호합니다'.normalize('NFD'), 4],
    ['保護租客的權利', 5], // seven characters
    ['Mitchell-Lama 주택', 2],
  ])('“%s” is as long as %i words', (text, words) => expect(wordsIn(text)).toBe(words))

  test('a limit says the same in both languages', () => {
    expect(syllablesOf(250)).toBe(625)
    expect(wordsIn('가'.repeat(625))).toBe(250)
    expect(wordsIn('가'.repeat(626))).toBe(251)
  })

  test('who is asked follows from office and contest', () => {
    const contest = { contest_id: 7, office: 'council_member' }
    expect(isAskedIn({ office: null, contest_id: null }, contest)).toBe(true)
    expect(isAskedIn({ office: 'council_member', contest_id: null }, contest)).toBe(true)
    expect(isAskedIn({ office: 'mayor', contest_id: null }, contest)).toBe(false)
    expect(isAskedIn({ office: null, contest_id: 8 }, contest)).toBe(false)
  })

  test('a heading stands only over a question somebody is asked', () => {
    const all = { office: null, contest_id: null }
    const asked = [
      { kind: 'section', at: 1, ...all },
      { kind: 'text', at: 2, office: null, contest_id: 8 },
      { kind: 'section', at: 3, ...all },
      { kind: 'text', at: 4, ...all },
      { kind: 'section', at: 5, ...all },
    ] as const
    expect(askedIn(asked, { contest_id: 7, office: 'mayor' }).map(({ at }) => at)).toEqual([3, 4])
  })

  test('what is ranked stands in the same order in every language', () => {
    expect(choicesOf({ en: ['Rent', 'Buses'], ko: ['집세', '버스'] })).toEqual([{ en: 'Rent', ko: '집세' }, { en: 'Buses', ko: '버스' }]) // prettier-ignore
    expect(choicesOf({ en: ['Rent', 'Buses'], ko: ['집세'] })).toBeNull()
    expect(choicesOf({ en: ['Rent', 'Buses'], ko: [] })).toEqual([{ en: 'Rent' }, { en: 'Buses' }])
  })

  test('a language lacks where another one has a text', () => {
    const question = { text: { en: 'Rent?', ko: '집세?' }, hint: { en: 'Say why' }, choices: [] }
    expect(lacksLanguages(question, ['en', 'ko'])).toEqual(['ko'])
    expect(lacksLanguages({ ...question, hint: {} }, ['en', 'ko'])).toEqual([])
  })
})

describe('answers', () => {
  const question = (kind: Question['kind'], more: Partial<Question> = {}): Question => ({
    organization_id: 'o', cycle_id: 'c', question_id: 'q', kind, text: { en: 'Rent?' }, hint: {},
    choices: kind === 'ranking' ? [{ en: 'Rent' }, { en: 'Buses' }] : [],
    words_most: null, is_needed: true, office: null, contest_id: null, position: 1, ...more,
  }) // prettier-ignore
  test.each([
    ['position', {}, {}, 'needed'],
    ['position', {}, { choice_q: 'maybe' }, 'needed'],
    ['position', {}, { choice_q: 'yes' }, undefined],
    ['position', {}, { choice_q: 'qualified', text_q: ' ' }, 'why_needed'],
    ['position', {}, { choice_q: 'qualified', text_q: 'If paid for' }, undefined],
    ['position', { is_needed: false }, {}, undefined],
    ['pledge', {}, { choice_q: 'not_agreed' }, undefined],
    ['pledge', {}, { choice_q: 'yes' }, 'needed'],
    ['text', { words_most: 10 }, { text_q: '가'.repeat(26) }, 'too_long'],
    ['text', { words_most: 10 }, { text_q: '가'.repeat(25) }, undefined],
    ['record', {}, { text_q: 'Voted yes', link_q: 'javascript:alert(1)' }, 'link_wrong'],
    ['record', {}, { text_q: 'Voted yes', link_q: 'https://nyc.gov/x' }, undefined],
    ['ranking', {}, { rank_0_q: '1', rank_1_q: '1' }, 'ranked_twice'],
    ['ranking', {}, { rank_0_q: '2' }, 'needed'],
    ['ranking', {}, { rank_0_q: '2', rank_1_q: '1' }, undefined],
  ] as const)('to a %s %o saying %o have the problem: %s', (kind, more, typed, problem) => {
    expect(readAnswers([question(kind, more)], typed).problems.q).toBe(problem)
  })

  test('a ranking is read in the order of preference', () => {
    const { answers } = readAnswers([question('ranking')], { rank_0_q: '2', rank_1_q: '1' })
    expect(answers).toEqual({ q: { order: [1, 0] } })
  })

  test.each([
    ['nobody else saved', { a: '1' }, { a: '2' }, { a: '1' }, { a: '2' }, [], []],
    ['another device filled in another field', {}, { a: '1' }, { b: '2' }, { a: '1', b: '2' }, ['b'], []],
    ['both wrote the same', {}, { a: '1' }, { a: '1' }, { a: '1' }, [], []],
    ['both wrote in one field', { a: '1' }, { a: '2' }, { a: '3' }, { a: '2' }, ['a'], ['a']],
    ['the other one took an answer out', { a: '1', b: '1' }, { a: '1', b: '2' }, { b: '1' }, { b: '2' }, ['a'], []],
  ])('of two devices, %s', (_, seen, typed, saved, together, theirs, twice) => {
    expect(besideDraft({ seen, typed, saved })).toEqual({ together, theirs, twice })
  })

  test('the same answers have the same receipt, whatever the order of their parts or how their letters are composed', () => {
    const answer = { question_id: 'q', kind: 'text' as const, text: { en: 'a', ko: '가' }, choices: [], answer: { text: '집세' } } // prettier-ignore
    const turned = { answer: { text: '집세'.normalize('NFD') }, choices: [], text: { ko: '가', en: 'a' }, kind: 'text' as const, question_id: 'q' } // prettier-ignore
    expect(sha256Of(canonicalText([answer]))).toBe(sha256Of(canonicalText([turned])))
    expect(sha256Of(canonicalText([answer]))).not.toBe(sha256Of(canonicalText([{ ...answer, answer: { text: '집' } }])))
  })
})

describe('reminders', () => {
  test.each([
    ['2027-03-23', [], null], // eight days before
    ['2027-03-24', [], 7],
    ['2027-03-26', [], 7], // the day itself was missed
    ['2027-03-26', [7], null],
    ['2027-03-29', [7], 2],
    ['2027-03-31', [7, 2], null],
    ['2027-03-31', [], 2],
    ['2027-04-01', [], null], // over
  ])('on %s, reminded %j days before, %j is due', (today, reminded, due) => {
    expect(reminderDue('2027-03-31', today, { asked_on: '2027-03-01', reminded })).toBe(due)
  })

  test('nobody is reminded the day after they were asked', () => {
    expect(reminderDue('2027-03-31', '2027-03-30', { asked_on: '2027-03-29', reminded: [] })).toBeNull()
    expect(reminderDue('2027-03-31', '2027-03-31', { asked_on: '2027-03-29', reminded: [] })).toBe(2)
  })
})

test('whoever is done also began, opened and was asked', () => {
  const at = new Date(0)
  const made = { handed_on: null, opened_at: null, saved_at: null, is_mailed: false }
  const candidates = [
    { invitation: null, submissions: [] },
    // Made and given to nobody.
    { invitation: made, submissions: [] },
    { invitation: { ...made, is_mailed: true }, submissions: [] },
    { invitation: { ...made, handed_on: '2027-02-01' }, submissions: [] },
    { invitation: { ...made, opened_at: at }, submissions: [] },
    { invitation: { ...made, saved_at: at }, submissions: [] },
    { invitation: { ...made, opened_at: at, saved_at: at }, submissions: ['1'] },
  ]
  expect(stagesReached(candidates)).toEqual({ asked: 5, opened: 3, begun: 2, done: 1 })
})

import { expect, test } from 'vitest'
import { ScriptContent } from '../../scripts/schema.ts'
import { walkCardsData, walkCardsPdf } from './print.ts'
import type { Home } from './queries.ts'
import { walkKey } from './rules.ts'

test('one walks up one side of a street and then the other, behind a door by unit', () => {
  const doors = [
    ['41-60 MAIN ST', null],
    ['2 MAIN ST', null],
    ['10 MAIN ST', 'APT 2'],
    ['10 MAIN ST', 'APT 10'],
    ['3 MAIN ST', null],
    ['41-25 MAIN ST', null],
    ['1 ELM ST', null],
  ] as const
  const walked = doors.map(([delivery, unit]) => ({ delivery, unit, zip5: '11355' })).toSorted((a, b) => (walkKey(a) < walkKey(b) ? -1 : 1)) // prettier-ignore
  expect(walked.map(({ delivery, unit }) => [delivery, unit].filter(Boolean).join(' '))).toEqual([
    '1 ELM ST', '3 MAIN ST', '41-25 MAIN ST', '2 MAIN ST', '10 MAIN ST APT 2', '10 MAIN ST APT 10', '41-60 MAIN ST',
  ]) // prettier-ignore
})

const resident = { first: 'Jiho', last: 'Kim', hangul: '김지호', language: 'ko', born: 1950 }
const home = (number: number, residents: number): Home => ({
  number, delivery: `${number} MAIN ST`, unit: 'APT 3B', city: 'FLUSHING', zip5: '11355', name_line_ko: null,
  residents: Array.from({ length: residents }, () => resident),
}) // prettier-ignore
const script = ScriptContent.parse({
  languages: ['en', 'ko'],
  greeting: { en: 'Hello' },
  closing: { en: 'Bye' },
  voicemail: {},
  steps: [
    { key: 'hello', kind: 'say', say: { en: 'Hello {voter.name}' } },
    {
      key: 'support',
      kind: 'support',
      say: { en: 'Will you support {candidate}?', ko: '{candidate} 후보를 지지하시나요?' },
    },
    { key: 'vote', kind: 'yes_no', say: { en: 'Will you vote?', ko: '투표하실 건가요?' } },
  ],
})

test('a card has names, results and the questions of the script; two to a sheet', async () => {
  const cards = { name: 'Main St', organization: { en: 'Neighbors', ko: '이웃들' }, homes: [home(1, 1), home(3, 6), home(5, 2)], script, today: '2026-11-23' } // prettier-ignore
  const data = walkCardsData(cards)
  expect(data.questions.map(({ texts, answers }) => [texts.length, answers.length])).toEqual([[2, 5], [2, 2]]) // prettier-ignore
  expect(data.questions[0]?.texts[0]?.t).toBe('Will you support ____?')
  expect(data.has_more_questions).toBe(false)
  const more = ['registered', 'ride'].map((key) => ({ key, kind: 'yes_no' as const, say: { en: 'So?', ko: '네?' } }))
  const longer = ScriptContent.parse({ ...script, steps: [...script.steps, ...more] })
  expect(walkCardsData({ ...cards, script: longer })).toMatchObject({ questions: { length: 3 }, has_more_questions: true }) // prettier-ignore
  expect(data.homes[1]).toMatchObject({ nth: 2, more: 3 })
  expect(data.codes.map(({ key }) => key)).toContain('NH')
  const file = Buffer.from(await walkCardsPdf(cards, new Date(0))).toString('latin1')
  expect(file.match(/\/Type \/Page\b/g)).toHaveLength(2)
})

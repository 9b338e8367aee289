import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from './parse.ts'
import { print } from './print.ts'
import { expressions } from './testing.ts'

/** As typed, and as it is written back. */
test.each([
  ['', ''],
  ['   ', ''],
  [
    'community:korean>=0.8 status:active district:nyc-council/20,23 age:18-34 voted>=2/4 -contacted:14d language:ko',
    null,
  ],
  ['party:dem', null],
  ['party:Democrat,REP', 'party:dem,rep'],
  ['정당:민주당 성별:여성 카운티:퀸즈', 'party:dem sex:F county:queens'],
  ['status:활성', 'status:active'],
  ['county:brooklyn,manhattan', 'county:kings,new-york'],
  ['county:퀸즈카운티', 'county:queens'],
  ['age:18-34,65-', null],
  ['age >= 65', 'age:65-'],
  ['age<30', 'age:-29'],
  ['age:40', null],
  ['age:>=65', 'age:65-'],
  ['born:1950..1965', 'born:1950-1965'],
  ['sex:f', 'sex:F'],
  ['sex:unknown', null],
  ['zip:11354-11358,11361', null],
  ['city:"Long Island City",Flushing', 'city:"long island city",flushing'],
  ['district:council/20', 'district:nyc-council/20'],
  ['district:ad/25-27', 'district:assembly/25-27'],
  ['district:주상원/16', 'district:senate/16'],
  ['district:ed/40/12', 'district:ed/40012'],
  ['district:school/"District 26"', null],
  ['voted:2024-general', null],
  ['voted:2024-본선거', 'voted:2024-general'],
  ['voted:general-2024,primary-2025', 'voted:2024-general,2025-primary'],
  ['voted:2022-08-23', null],
  ['voted>=3/4:general', null],
  ['voted:2/4', 'voted>=2/4'],
  ['voted=0/4', null],
  ['registered:6m', null],
  ['registered:6개월', 'registered:6m'],
  ['registered:2024', 'registered:2024-01-01..2024-12-31'],
  ['registered:2024-02', 'registered:2024-02-01..2024-02-29'],
  ['registered>=2024-10-01', 'registered:2024-10-01..'],
  ['registered<2024', 'registered:..2023-12-31'],
  ['registered>2y', null],
  ['registered:..2024-05-05', null],
  ['phone:mobile', null],
  ['phone:718-555-0100', 'phone:7185550100'],
  ['phone:any', null],
  ['language:한국어,Korean,en', 'language:ko,en'],
  ['community:한인', 'community:korean>=0.5'],
  ['community:korean,chinese>80%', 'community:korean,chinese>0.8'],
  ['community:south_asian<.2', 'community:south-asian<0.2'],
  ['tag:volunteer,봉사자', null],
  ['contacted', 'contacted:ever'],
  ['-contacted:14일', '-contacted:14d'],
  ['contacted>30d', null],
  ['contacted:phone/2w', null],
  ['reached:phone', null],
  ['result:phone/no-answer,refused', null],
  ['result:No_Answer', 'result:no-answer'],
  ['attempts<3', 'attempts:-2'],
  ['support:1-2', null],
  ['answer:housing=tenant,owner', null],
  ['answer:housing="pays rent"', null],
  ['household:2-4', null],
  ['has:phone,email', null],
  ['suppressed:dnc', 'suppressed:do-not-call'],
  ['in:"Flushing tenants"', null],
  ['in:"플러싱 세입자"', null],
  ['Kim', 'Kim'],
  ['김영희', null],
  ['"Kim Young"', 'name:"Kim Young"'],
  ["O'Neil min-jun", null],
  ['name:kim,lee', null],
  ['party:dem or party:rep', null],
  ['party:dem OR age:18', 'party:dem or age:18'],
  ['party:dem and age:18', 'party:dem age:18'],
  ['(party:dem or party:wor) age:18-', null],
  ['not party:dem', '-party:dem'],
  ['not (party:dem age:18)', '-(party:dem age:18)'],
  ['-(party:dem or age:18)', null],
  ['not not party:dem', '--party:dem'],
  ['((party:dem))', 'party:dem'],
  ['party:dem 또는 (age:18 그리고 sex:여)', 'party:dem or age:18 sex:F'],
])('%s', (typed, written) => {
  const parsed = parse(typed)
  expect(parsed).toMatchObject({ ok: true })
  if (parsed.ok) expect(print(parsed.expression)).toBe(written ?? typed)
})

/** What is refused, the characters pointed at, and the word suggested. */
test.each([
  ['partie:dem', 'unknown_field', 'partie', 'party'],
  ['commnity:korean', 'unknown_field', 'commnity', 'community'],
  ['party:dme', 'unknown_value', 'dme', 'dem'],
  ['party:democrta', 'unknown_value', 'democrta', 'democrat'],
  ['age:18 party:xyzzy', 'unknown_value', 'xyzzy', null],
  ['정당:민주단', 'unknown_value', '민주단', '민주당'],
  ['county:quens', 'unknown_value', 'quens', 'queens'],
  ['district:counsil/20', 'unknown_value', 'counsil', 'council'],
  ['district:20', 'unknown_value', '20', null],
  ['district:nyc-council', 'missing_value', 'l', null],
  ['age:abc', 'bad_number', 'abc', null],
  ['age:34-18', 'bad_range', '34-18', '18-34'],
  ['age:200', 'bad_number', '200', null],
  ['age:', 'missing_value', ':', null],
  ['party:dem,', 'missing_value', ',', null],
  ['support:7', 'bad_number', '7', null],
  ['voted:2024', 'bad_election', '2024', null],
  ['voted:2024-genral', 'unknown_value', 'genral', 'general'],
  ['voted>=5/4', 'bad_turnout', '5/4', null],
  ['voted>=2024-general', 'bad_turnout', '2024-general', null],
  ['registered:yesterday', 'bad_date', 'yesterday', null],
  ['registered:2024-02-30', 'bad_date', '2024-02-30', null],
  ['registered:2025..2024', 'bad_range', '2025..2024', '2024..2025'],
  ['community:korean>=8', 'bad_share', '8', null],
  ['community:koraen>=0.8', 'unknown_value', 'koraen', 'korean'],
  ['party>=dem', 'comparison', '>=', null],
  ['answer:housing', 'bad_answer', 'housing', null],
  ['result:no_anwser', 'unknown_value', 'no_anwser', 'no-answer'],
  ['(party:dem', 'unclosed_parenthesis', '(', null],
  ['party:dem)', 'unexpected', ')', null],
  ['tag:"no end', 'unclosed_quote', '"', null],
  ['party:dem or', 'dangling', 'r', null],
  ['or party:dem', 'dangling', 'o', null],
  ['and party:dem', 'dangling', 'and', null],
  ['not', 'dangling', 'not', null],
  ['()', 'dangling', ')', null],
  ['zip:1135', 'unknown_value', '1135', null],
  ['state:New', 'unknown_value', 'New', null],
])('%s is refused: %s at "%s"', (typed, code, pointed, suggestion) => {
  const parsed = parse(typed)
  expect(parsed.ok).toBe(false)
  if (parsed.ok) return
  const { problem } = parsed
  expect([problem.code, typed.slice(problem.at, problem.at + problem.length), problem.suggestion]).toEqual([
    code,
    pointed,
    suggestion,
  ])
})

test('what is written is read back as the same tree', () => {
  fc.assert(
    fc.property(expressions(), (expression) => {
      const text = print(expression)
      expect(parse(text)).toEqual({ ok: true, expression })
    }),
    { numRuns: 2000 },
  )
})

test('no text whatever takes the reader down, and every problem lies inside the text', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc
          .array(
            fc.constantFrom(
              '(',
              ')',
              '-',
              'or',
              'and',
              'not',
              'age:',
              '18',
              '"',
              ',',
              ' ',
              'party:dem',
              'voted>=',
              '2/4',
              ':',
              'community:korean>=',
            ),
            { maxLength: 12 },
          )
          .map((parts) => parts.join('')),
      ),
      (text) => {
        const parsed = parse(text)
        if (!parsed.ok) {
          expect(parsed.problem.at).toBeGreaterThanOrEqual(0)
          expect(parsed.problem.at).toBeLessThanOrEqual(text.length)
        } else expect(parse(print(parsed.expression))).toEqual(parsed)
      },
    ),
    { numRuns: 3000 },
  )
})

test('a thousand parentheses are refused, not a crash', () => {
  expect(parse('('.repeat(1000))).toMatchObject({ ok: false, problem: { code: 'too_deep' } })
})

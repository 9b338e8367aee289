import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { askedKeys, keysOf, namesTyped, romanOf } from './finding-rules.ts'
import { cameAs, guestChoices, headsOf, inTheWay, readCode, renamed, spelledTicket, withActs } from './rules.ts'
import { most_guests, type DoorAct, type DoorPerson } from './schema.ts'

const here = { organization: 'ours', event: 'abcd2345' }
const member = randomUUID()

test.each([
  ['https://vote.example.org/e/ours/abcd2345/t/abcdefghj', { is: 'ticket', ticket: 'abcdefghj' }],
  ['http://10.0.0.4:3000/e/ours/abcd2345/t/abcdefghj?lang=ko', { is: 'ticket', ticket: 'abcdefghj' }],
  ['ABC-DEF GHJ', { is: 'ticket', ticket: 'abcdefghj' }],
  ['abc·def·ghj', { is: 'ticket', ticket: 'abcdefghj' }],
  ['abcdefgho', { is: 'unknown' }], // o is not among the letters
  ['abcdefgh', { is: 'unknown' }],
  ['https://vote.example.org/e/ours/zzzz2345/t/abcdefghj', { is: 'other_event' }],
  ['https://vote.example.org/e/theirs/abcd2345/t/abcdefghj', { is: 'other_organization' }],
  ['https://vote.example.org/e/ours/abcd2345', { is: 'unknown' }],
  [
    `https://vote.example.org/m/ours/card/${member}/abc_DEF-123`,
    { is: 'card', person_id: member, card: 'abc_DEF-123' },
  ],
  [`https://vote.example.org/m/theirs/card/${member}/abc_DEF-123`, { is: 'other_organization' }],
  ['https://example.com/menu', { is: 'unknown' }],
  ['WIFI:S:office;P:secret;;', { is: 'unknown' }],
  ['', { is: 'unknown' }],
])('a code %s is read as %o', (text, is) => {
  expect(readCode(text, here)).toEqual(is)
})

test('a ticket is spelled three and three and read the same', () => {
  expect(spelledTicket('abcdefghj')).toBe('abc-def-ghj')
  expect(readCode(spelledTicket('abcdefghj'), here)).toEqual({ is: 'ticket', ticket: 'abcdefghj' })
})

const [morning, evening] = [randomUUID(), randomUUID()]

test.each([
  { response: 'signed_up', way: null },
  { response: 'confirmed', way: null },
  { response: 'invited', way: null },
  { response: 'wait_listed', way: 'wait_listed' },
  { response: 'awaiting_approval', way: 'awaiting_approval' },
  { response: 'declined', way: 'canceled' },
  { response: 'canceled_by_them', way: 'canceled' },
  { response: 'canceled_by_us', way: 'canceled' },
] as const)('who is $response finds in the way: $way', ({ response, way }) => {
  expect(inTheWay({ response, shift_ids: [morning] }, morning)).toBe(way)
  expect(inTheWay({ response, shift_ids: [morning] }, evening)).toBe(way ?? 'other_shift')
})

test.each([
  { response: 'signed_up', source: 'web', as: 'attended' },
  { response: 'invited', source: 'staff', as: 'attended' },
  { response: 'wait_listed', source: 'web', as: 'walk_in' },
  { response: 'canceled_by_them', source: 'web', as: 'walk_in' },
  { response: 'signed_up', source: 'door', as: 'walk_in' },
] as const)('who is $response ($source) and there counts as $as', ({ response, source, as }) => {
  expect(cameAs({ response, source })).toBe(as)
})

const somebody = (more: Partial<DoorPerson> = {}): DoorPerson => ({
  signup_id: randomUUID(), ticket: 'abcdefghj', person_id: randomUUID(), host_signup_id: null, first_name: 'Younghee', last_name: 'Kim',
  name_hangul: '김영희', guests: 0, response: 'signed_up', is_walk_in: false, owes_cents: 0, minor: 'no', shift_ids: [morning], marks: {}, ...more,
}) // prettier-ignore
const at = '2026-12-05T19:05:00Z'
const act = (more: object): DoorAct => ({ act_id: randomUUID(), shift_id: morning, at, ...more }) as DoorAct // the parts of one kind
const letIn = (who: object, guests: number | null = null) => act({ kind: 'mark', who, guests, is_let_in: true })

test('without a connection heads are counted as the server will count them', () => {
  const [host, late, other] = [somebody({ guests: 2 }), somebody(), somebody({ shift_ids: [evening] })]
  const people = [host, late, other]
  expect(headsOf(withActs(people, []).values(), morning)).toEqual({ here: 0, walk_ins: 0, expected: 4 })
  const acts = [
    letIn({ signup_id: host.signup_id }),
    letIn({ signup_id: host.signup_id }, 5), // a second time changes nothing
    letIn({ ticket: 'zzzzzzzzz' }), // whose it is, only the server knows
    act({ kind: 'walk_in', signup_id: randomUUID(), first_name: 'Min', last_name: 'Oh', name_hangul: null, phone: '', email: '', language: 'ko' }),
  ] // prettier-ignore
  const after = withActs(people, acts)
  expect(headsOf(after.values(), morning)).toEqual({ here: 5, walk_ins: 2, expected: 1 })
  expect(after.get(host.signup_id)?.marks[morning]).toMatchObject({ attendance: 'attended', guests: 2, at })
  const back = act({ kind: 'take_back', signup_id: host.signup_id })
  expect(headsOf(withActs(people, [...acts, back]).values(), morning)).toEqual({ here: 2, walk_ins: 2, expected: 4 })
})

test('an undo of what changed nothing changes nothing; a card marks its owner on the list; a walk-in known before has another id', () => {
  const someone = somebody()
  const { signup_id, person_id } = someone
  const inBefore = { ...someone, marks: { [morning]: { attendance: 'attended' as const, guests: 0, at, made_by: 'another' } } } // prettier-ignore
  const mistake = letIn({ signup_id })
  const undo = act({ kind: 'take_back', signup_id, of_act: mistake.act_id })
  expect(headsOf(withActs([inBefore], [mistake, undo]).values(), morning).here).toBe(1)
  expect(headsOf(withActs([someone], [mistake, undo]).values(), morning).here).toBe(0)
  const byCard = withActs([someone], [letIn({ person_id, card: 'abc' })])
  expect([...byCard.keys()]).toEqual([signup_id])
  expect(headsOf(byCard.values(), morning)).toEqual({ here: 1, walk_ins: 0, expected: 0 })

  const at_door = randomUUID()
  const ids = new Map([[at_door, signup_id]])
  expect(renamed(letIn({ signup_id: at_door }), ids)).toMatchObject({ who: { signup_id } })
  expect(renamed(act({ kind: 'take_back', signup_id: at_door, of_act: null }), ids)).toMatchObject({ signup_id })
})

test.each([
  { said: 2, here: 2, most: 5 },
  { said: 2, here: 4, most: 7 },
  { said: 18, here: 18, most: most_guests }, // more would be refused, behind the undo that goes before it
  { said: 20, here: 20, most: most_guests },
])('of $said guests announced and $here here, up to $most may be said', ({ said, here: come, most }) => {
  expect(guestChoices(said, come).at(-1)).toBe(most)
})

test.each([
  ['김영희', true],
  ['영희', true],
  ['ㄱㅇㅎ', true],
  ['Kim Young Hee', true],
  ['younghee kim', true],
  ['rladudgml', true], // 김영희 with the other keyboard on
  ['Yeonghui Kim', true],
  ['Park', false],
])('on the list of a device, %s finds Younghee Kim 김영희: %s', (typed, isFound) => {
  const keys = keysOf(somebody())
  expect(askedKeys(typed).some((asked) => keys.some((key) => asked.some((each) => key.startsWith(each))))).toBe(isFound)
})

test.each([
  ['김영희', { last_name: 'Kim', first_name: 'Young Hee' }],
  ['남궁민', { last_name: 'Namkoong', first_name: 'Min' }],
  ['김', null],
  ['Kim', null],
])('%s is usually written %o', (hangul, roman) => {
  expect(romanOf(hangul)).toEqual(roman)
})

test.each([
  ['박새로', { last_name: 'Park', first_name: 'Sae Ro', name_hangul: '박새로' }],
  ['younghee  kim', { last_name: 'Kim', first_name: 'Younghee', name_hangul: '' }],
  ['Kim Younghee', { last_name: 'Kim', first_name: 'Younghee', name_hangul: '' }],
  ['Young Kim', { last_name: 'Kim', first_name: 'Young', name_hangul: '' }],
  ['lee, min-jun', { last_name: 'Lee', first_name: 'Min-jun', name_hangul: '' }],
  ['Maria de la Cruz', { last_name: 'Cruz', first_name: 'Maria de la', name_hangul: '' }],
  ['Kim', { last_name: 'Kim', first_name: '', name_hangul: '' }],
  ['Maria', { last_name: '', first_name: 'Maria', name_hangul: '' }],
  ['rladudgml', { last_name: 'Kim', first_name: 'Young Hee', name_hangul: '김영희' }], // with the other keyboard on
  ['skarndals', { last_name: 'Namkoong', first_name: 'Min', name_hangul: '남궁민' }],
  ['rlagksmf', { last_name: 'Kim', first_name: 'Ha Neul', name_hangul: '김하늘' }],
  ['Shah', { last_name: '', first_name: 'Shah', name_hangul: '' }], // it would be 노모
  ['shah', { last_name: '', first_name: 'Shah', name_hangul: '' }],
  ['Shane', { last_name: '', first_name: 'Shane', name_hangul: '' }],
  ['shehan', { last_name: '', first_name: 'Shehan', name_hangul: '' }],
  ['Ghandi', { last_name: '', first_name: 'Ghandi', name_hangul: '' }],
  ['Howard', { last_name: '', first_name: 'Howard', name_hangul: '' }], // no syllables at all
  ['ㄱㅇㅎ', null],
  ['0123', null],
  ['kim@example.org', null],
  [', -', null],
  ['', null],
])('looked for as %s and not on the list, the form for walk-ins has %o', (typed, names) => {
  expect(namesTyped(typed)).toEqual(names)
})

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { sql } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { printPoint, type Area } from '../geography/area/rules.ts'
import { delegatedKinds, type Delegated } from '../access/permissions.ts'
import { firstHouse, numberLimits } from './parse.ts'
import {
  type Channel,
  type EventState,
  type FollowUpKind,
  type PhoneKind,
  type ContactTerm,
  type TimeOfResult,
  type ElectionName,
  type HouseNumbers,
  type RelationshipKind,
  type Said,
  type Standing,
  type CohortState,
  type SuppressionReason,
  type TaskState,
  bodyKinds,
  channels,
  cohortStates,
  communities,
  consentStates,
  duesStates,
  eventFacts,
  eventStates,
  followUpKinds,
  followUpStates,
  electionKinds,
  parties,
  phoneKinds,
  possessions,
  registrationSources,
  stateIds,
  sexes,
  statuses,
  suppressionReasons,
  taskStates,
  voteMethods,
  type Expression,
  type Range,
  type Term,
  type When,
  eventParts,
  type EventPart,
} from './schema.ts'
import { channels as consentChannels, relationshipKinds, standings } from '../people/schema.ts'
import { fieldWords, fold, groupWords } from './words.ts'

/* Random expressions for property tests, over the words of a small made-up town. */

const some = <T>(values: readonly T[]): fc.Arbitrary<T[]> =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 })
const day = fc
  .integer({ min: 0, max: 6000 })
  .map((days) => new Date(Date.UTC(2010, 0, 1) + days * 86_400_000).toISOString().slice(0, 10))

/** Mostly of the town's numbers; the `limits` of the field too. */
const ranges = (
  least: number,
  most: number,
  limits: readonly [number, number] = [least, most],
): fc.Arbitrary<Range[]> => {
  const number = fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: least, max: most }) },
    { weight: 1, arbitrary: fc.constantFrom(...limits) },
  )
  return fc.array(
    fc.tuple(number, number, fc.constantFrom('both', 'from', 'to')).map(([a, b, open]) => ({
      from: open === 'to' ? null : Math.min(a, b),
      to: open === 'from' ? null : Math.max(a, b),
    })),
    { minLength: 1, maxLength: 2 },
  )
}

const when: fc.Arbitrary<When> = fc.oneof(
  fc.constant<When>({ is: 'ever' }),
  fc.record({ is: fc.constantFrom('within' as const, 'before' as const), amount: fc.integer({ min: 0, max: 200 }), unit: fc.constantFrom('d' as const, 'w' as const, 'm' as const, 'y' as const) }),
  fc.tuple(day, day, fc.constantFrom('both', 'from', 'to')).map(([a, b, open]): When => ({ is: 'between', from: open === 'to' ? null : a < b ? a : b, to: open === 'from' ? null : a < b ? b : a })),
) // prettier-ignore

const channel: fc.Arbitrary<Channel | null> = fc.constantFrom(...channels, null)
const comparison = fc.constantFrom('>=' as const, '<=' as const, '>' as const, '<' as const, '=' as const)

const elections: fc.Arbitrary<ElectionName[]> = fc.array(
  fc.oneof(
    fc.record({ year: fc.integer({ min: 2019, max: 2026 }), kind: fc.constantFrom(...electionKinds) }),
    fc.record({ year: fc.constant(null), kind: fc.constantFrom(...electionKinds) }),
    fc.constantFrom('2022-08-23', '2024-11-05').map((held_on) => ({ held_on })),
  ),
  { minLength: 1, maxLength: 2 },
)
const timesOf = fc
  .record({
    comparison,
    times: fc.integer({ min: 0, max: 4 }),
    of: fc.integer({ min: 1, max: 5 }),
    kind: fc.option(fc.constantFrom(...electionKinds)),
  })
  .map((term) => ({ ...term, times: Math.min(term.times, term.of) }))

const between = (bounds: fc.Arbitrary<string>, before: (a: string, b: string) => boolean): fc.Arbitrary<Said> =>
  fc.tuple(bounds, bounds, fc.constantFrom('both', 'from', 'to')).map(([a, b, open]): Said => ({
    is: 'between',
    from: open === 'to' ? null : before(a, b) ? a : b,
    to: open === 'from' ? null : before(a, b) ? b : a,
  }))
const numbers = fc.integer({ min: -20, max: 2500 }).map((number) => String(number / 2))
const bound: fc.Arbitrary<Said> = fc.oneof(
  fc.record({ is: fc.constant('beyond' as const), comparison: fc.constantFrom('<' as const, '>' as const), bound: numbers }),
  between(numbers, (a, b) => Number(a) <= Number(b)),
) // prettier-ignore
const days: fc.Arbitrary<Said> = fc.oneof(
  fc.record({ is: fc.constant('beyond' as const), comparison: fc.constantFrom('<' as const, '>' as const), bound: day }),
  between(day, (a, b) => a <= b),
) // prettier-ignore
const ownValues = some(['nurse', 'Nurse', 'true', '간호사', '1..2', '4', 'a@b/c', '2020-02-29'])
const dayOfYear = fc.constantFrom('01-01', '02-01', '02-28', '02-29', '03-31', '11-23', '12-31')
const houseNumber = fc.constantFrom('12', '100', '136', '136-01', '136-20', '41-25')
const seed = fc.option(fc.constantFrom('fall', '가을 2026'))

const houseNumbers: fc.Arbitrary<HouseNumbers> = fc
  .tuple(houseNumber, houseNumber, fc.constantFrom('both', 'from', 'to', 'none'), fc.constantFrom('odd' as const, 'even' as const, null))
  .map(([a, b, open, side]): HouseNumbers => {
    const [low, high] = firstHouse(a) <= firstHouse(b) ? [a, b] : [b, a]
    if (open === 'none') return { from: null, to: null, side: side ?? 'odd' }
    return { from: open === 'to' ? null : low, to: open === 'from' ? null : high, side }
  }) // prettier-ignore

const maybeNumbers: fc.Arbitrary<HouseNumbers | null> = fc.option(houseNumbers)

/** In and around Flushing, where the town's election districts lie. */
const point = fc
  .record({ latitude: fc.integer({ min: 4_070_000, max: 4_080_000 }), longitude: fc.integer({ min: -7_390_000, max: -7_378_000 }) })
  .map(({ latitude, longitude }) => ({ latitude: latitude / 1e5, longitude: longitude / 1e5 })) // prettier-ignore
const areas: fc.Arbitrary<Area> = fc.oneof(
  fc.record({ center: point, meters: fc.constantFrom(10, 800, 3000, 12_345, 100_000) }),
  // A closing point would be dropped, as when it is drawn.
  fc.uniqueArray(point, { minLength: 3, maxLength: 8, selector: printPoint }).map((points) => ({ points })),
)

/** Middles of election districts of the town; the others are on no map. */
export const townCenters: readonly { district: string; latitude: number; longitude: number }[] = [25, 40].flatMap(
  (ad) =>
    Array.from({ length: ad === 25 ? 14 : 2 }, (_, at) => ({
      district: String(ad * 1000 + at + 1),
      latitude: 40.702 + at * 0.0071 + (ad === 25 ? 0 : 0.003),
      longitude: -73.79 - at * 0.0063 - (ad === 25 ? 0 : 0.05),
    })),
)

/** `db`: the owner's. */
export async function addCenters(db: Db): Promise<void> {
  await sql`insert into district_map (state, kind, topology, shapes, source, loaded_by)
    values ('NY', 'ed', '{"type": "Topology", "objects": {}, "arcs": []}', ${townCenters.length}, 'test', 'test')`.execute(
    db,
  )
  await sql`insert into district_center (state, kind, district, longitude, latitude) select 'NY', 'ed', c.* from jsonb_to_recordset(${JSON.stringify(townCenters)}::jsonb)
    as c (district text, longitude float8, latitude float8)`.execute(db)
}

const contactTerms: fc.Arbitrary<ContactTerm>[] = [
    fc.record({ field: fc.constantFrom('contacted' as const, 'reached' as const), when, channel }).map((term): ContactTerm => term),
    fc.record({ field: fc.constant('last_contact' as const), when, channel }),
    fc.record({ field: fc.constant('attempts' as const), ranges: ranges(0, 4, numberLimits.attempts) }),
    fc.record({ field: fc.constant('talks' as const), ranges: ranges(0, 3, numberLimits.talks) }),
    fc.record({ field: fc.constant('attempts_on' as const), channel: fc.constantFrom(...channels), ranges: ranges(0, 3, numberLimits.attempts) }),
    fc.record({ field: fc.constant('result' as const), channel: channel, values: some(['no_answer', 'refused', 'canvassed']), when: fc.oneof(fc.constant(null), when.filter((each): each is TimeOfResult => each.is === 'within' || each.is === 'between')) }),
    fc.record({ field: fc.constant('support' as const), ranges: ranges(1, 5) }),
    fc.record({ field: fc.constant('answer' as const), question: fc.constantFrom('housing', 'issues', 'plan'), values: some(['tenant', 'owner', 'true', 'rent costs', 'a@b', '1..2']) }),
    fc.record({ field: fc.constant('answered' as const), question: fc.constantFrom('housing', 'issues', 'plan', 'rent'), said: fc.oneof(fc.constant<Said>({ is: 'any' }), bound) }),
  ] // prettier-ignore

/** Kinds of an organization's own whose keys and names are, or look like, words we have for ours. */
const nearOurs = [
  'forum',
  'social_2',
  'trainings',
  'meetings',
  'service',
  '포럼',
  'Forum',
  'any',
  'ever',
  '90d',
  'students',
  'kind_2',
]
const eventKinds = fc.oneof(
  fc.constant<string[]>([]),
  some(['roundtable', 'community_service', 'pantry', 'Food pantry', ...nearOurs]),
)
const period = fc.oneof(fc.constant(null), when.filter((each): each is TimeOfResult => each.is === 'within' || each.is === 'between')) // prettier-ignore

const kindsOfTerm: fc.Arbitrary<Term>[] = [
    fc.record({ field: fc.constant('name' as const), names: some(['kim', 'LEE', 'Young', '김영희', 'van Dyke', 'korean', 'first']) }),
    fc.constant<Term>({ field: 'name', names: ['korean'], is_bare: true }),
    fc.record({ field: fc.constant('status' as const), values: some(statuses) }),
    fc.record({ field: fc.constant('party' as const), values: some(parties) }),
    fc.record({ field: fc.constant('state' as const), values: some(['NY', 'NJ']) }),
    fc.record({ field: fc.constant('county' as const), values: some(['queens', 'kings', 'nassau', 'NY-queens', 'NJ-queens', 'NJ-kings']) }),
    fc.record({ field: fc.constant('city' as const), values: some(['flushing', 'long island city', 'bayside']) }),
    fc.constantFrom(['11354', '11358'], ['11361', '11361'], ['10001', '11999']).map(([from = '', to = '']): Term => ({ field: 'zip', ranges: [{ from, to }] })),
    fc.tuple(fc.constantFrom('congress' as const, 'senate' as const, 'assembly' as const, 'nyc-council' as const), ranges(1, 40)).map(([kind, values]): Term => ({ field: 'district', kind, values })),
    fc.record({ field: fc.constant('district' as const), kind: fc.constantFrom('senate' as const, 'nyc-council' as const), values: some(['19?', '20?', '?']) }).map((term): Term => term),
    fc.record({ field: fc.constant('district' as const), kind: fc.constantFrom('congress' as const, 'senate' as const, 'assembly' as const), values: some(['NY-3', 'NJ-3', 'NJ-16', 'NY-25']) }).map((term): Term => term),
    fc.record({ field: fc.constant('district' as const), kind: fc.constantFrom('school' as const, 'precinct' as const, 'civil-court' as const), values: fc.oneof(some(['25', '26', 'Ward 3', '25-26', '01-07', '26?', '-5', '1..2', '25A']), ranges(20, 30, [0, 999_999_999])) }).map((term): Term => term),
    fc.tuple(fc.constantFrom(24, 25, 26, 40), ranges(1, 14, [1, 999])).map(([ad, parts]): Term => ({ field: 'district', kind: 'ed', values: parts.map(({ from, to }) => ({ from: ad * 1000 + (from ?? 1), to: ad * 1000 + (to ?? 999) })) })),
    ranges(24_001, 26_014).map((values): Term => ({ field: 'district', kind: 'ed', values })),
    fc.record({ field: fc.constant('age' as const), ranges: ranges(16, 100, numberLimits.age) }),
    fc.record({ field: fc.constant('born' as const), ranges: ranges(1930, 2010, numberLimits.born) }),
    fc.record({ field: fc.constant('sex' as const), values: some(sexes) }),
    fc.record({ field: fc.constant('voted' as const), elections }),
    timesOf.map((term): Term => ({ field: 'turnout', ...term })),
    fc.record({ field: fc.constant('voted_as' as const), elections, parties: some(parties) }),
    fc.record({ field: fc.constant('skipped' as const), elections }),
    timesOf.map((term): Term => ({ field: 'skipped_of', ...term })),
    fc.record({ field: fc.constant('method' as const), methods: some(voteMethods), elections: fc.oneof(fc.constant<ElectionName[]>([]), elections) }),
    fc.record({ field: fc.constant('last_voted' as const), when }),
    fc.record({ field: fc.constant('first' as const), names: some(['grace', 'Young', '영희', '영', 'soo jin', 'van']) }),
    fc.record({ field: fc.constant('middle' as const), names: some(['J', 'soo', '수', 'anne', "d'arcy"]) }),
    fc.record({ field: fc.constant('suffix' as const), values: fc.oneof(fc.constant<string[]>([]), some(['Jr', 'Sr', 'III'])) }),
    fc.record({ field: fc.constant('last' as const), names: some(['KIM', '김', 'o’neil', '남궁', 'van dyke']) }),
    fc.record({ field: fc.constant('street' as const), streets: some(['northern blvd', 'northern boulevard', 'w 32 street', 'broadway', 'st marks pl', "o'brien ave"]), numbers: maybeNumbers }),
    fc.tuple(day, day, fc.constantFrom('both', 'from', 'to')).map(([a, b, open]): Term => ({ field: 'birth_date', from: open === 'to' ? null : back(a < b ? a : b), to: open === 'from' ? null : back(a < b ? b : a) })),
    fc.record({ field: fc.constant('birthday' as const), days: fc.array(fc.record({ from: dayOfYear, to: dayOfYear }), { minLength: 1, maxLength: 2 }) }),
    fc.record({ field: fc.constant('registered_by' as const), values: some(registrationSources) }),
    fc.record({ field: fc.constant('state_id' as const), values: some(stateIds) }),
    fc.record({ field: fc.constant('party_then' as const), values: some(parties), on: day }),
    fc.record({ field: fc.constant('speaks' as const), values: some(['ko', 'en', 'zh', 'unknown']) }),
    fc.record({ field: fc.constant('own_field' as const), key: fc.constantFrom('job', 'rent', 'joined_on', 'union'), said: fc.oneof(fc.constant<Said>({ is: 'any' }), ownValues.map((values): Said => ({ is: 'one_of', values })), bound, days) }),
    fc.record({ field: fc.constant('related' as const), kinds: fc.oneof(fc.constant<RelationshipKind[]>([]), some(relationshipKinds)) }),
    fc.record({ field: fc.constant('consent' as const), state: fc.constantFrom(...consentStates), channels: some(consentChannels) }),
    fc.record({ field: fc.constant('member' as const), standings: fc.oneof(fc.constant<Standing[]>([]), some([...standings, 'good' as const])), kinds: fc.oneof(fc.constant<string[]>([]), some(['regular', 'student', 'Student member', '학생 회원', '학생', ...nearOurs])) }),
    fc.record({ field: fc.constant('member_since' as const), when }),
    fc.record({ field: fc.constant('dues' as const), states: some(duesStates) }),
    fc.tuple(fc.constantFrom(...eventFacts), eventKinds, when).map(([field, kinds, when]): Term => ({ field, kinds, events: [], when })),
    fc.tuple(fc.constantFrom(...eventFacts), some(['aaaaaaa1', 'aaaaaaa2', 'nosuchev'])).map(([field, events]): Term => ({ field, kinds: [], events, when: { is: 'ever' } })),
    fc.tuple(fc.constantFrom(...eventFacts), eventKinds, fc.integer({ min: 0, max: 3 }), fc.constantFrom('from', 'to', 'both'), period).map(([state, kinds, times, open, when]): Term => ({ field: 'event_times', state, kinds, range: { from: open === 'to' ? null : times, to: open === 'from' ? null : times }, when })),
    fc.record({ field: fc.constant('hours' as const), kinds: eventKinds, comparison, hours: fc.constantFrom(0, 2, 3, 5, 8, 9999), when: period }),
    fc.record({ field: fc.constant('stage' as const), rungs: fc.oneof(fc.constant<string[]>([]), some(['member', '리더', 'Core team', 'nobody'])), comparison: fc.constant(null) }),
    fc.record({ field: fc.constant('stage' as const), rungs: fc.constantFrom('회원', 'core team', 'Leader', 'nobody').map((rung) => [rung]), comparison: fc.constantFrom('>=' as const, '<=' as const, '>' as const, '<' as const) }),
    fc.record({ field: fc.constantFrom('role' as const, 'trained' as const), names: fc.oneof(fc.constant<string[]>([]), some(['block captain', 'Treasurer', 'Phone bank host', '전화 진행', 'housing: chair', '주거위원회: 위원장', 'Homes: Chairman'])) }).map((term): Term => term),
    fc.record({ field: fc.constant('partner' as const), names: fc.oneof(fc.constant<string[]>([]), some(['kace', '시민참여센터', 'Flushing Church', 'Nobody here'])) }),
    fc.record({ field: fc.constant('body' as const), kind: fc.constantFrom(...bodyKinds), names: fc.oneof(fc.constant<string[]>([]), some(['housing', '주거위원회', 'Queens', 'Homes', 'Nobody/ours'])), offices: fc.oneof(fc.constant<string[]>([]), some(['chair', '위원장', 'Lead', 'Member, at large'])) }),
    fc.record({ field: fc.constant('cohort' as const), names: fc.oneof(fc.constant<string[]>([]), some(['forum 2026', '포럼 2026', 'Alumni', 'Forum/2'])), states: fc.oneof(fc.constant<CohortState[]>([]), some(cohortStates)) }),
    fc.record({ field: fc.constantFrom('next_step' as const, 'task' as const), states: fc.oneof(fc.constant<TaskState[]>([]), some(taskStates)) }).map((term): Term => term),
    fc.record({ field: fc.constant('part' as const), parts: fc.oneof(fc.constant<EventPart[]>([]), some(eventParts)) }),
    fc.record({ field: fc.constant('delegated' as const), kinds: fc.oneof(fc.constant<Delegated[]>([]), some(delegatedKinds)) }),
    fc.record({ field: fc.constant('sample' as const), per_10000: fc.integer({ min: 1, max: 10_000 }), seed }),
    fc.tuple(fc.integer({ min: 2, max: 5 }), fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 3 }), seed).map(([of, wanted, seed]): Term => ({ field: 'split', of, parts: [...new Set(wanted.map((part) => part % of))].sort((a, b) => a - b), seed })),
    fc.record({ field: fc.constant('at_phone_bank' as const), phone_banks: some(['Fall calls', '가을 전화', 'spring']), term: fc.oneof(...contactTerms) }),
    fc.record({ field: fc.constant('registered' as const), when }),
    fc.record({ field: fc.constantFrom('first_seen' as const, 'last_seen' as const), when }).map((term): Term => term),
    fc.record({ field: fc.constant('follow_up' as const), kinds: fc.oneof(fc.constant<FollowUpKind[]>([]), some(followUpKinds)), state: fc.constantFrom(...followUpStates, null) }),
    fc.record({ field: fc.constant('event' as const), states: fc.oneof(fc.constant<EventState[]>([]), some(eventStates)) }),
    fc.record({ field: fc.constant('area' as const), area: fc.oneof({ weight: 5, arbitrary: areas }, { weight: 1, arbitrary: fc.constant(null) }) }),
    fc.record({ field: fc.constant('phone' as const), kinds: fc.oneof(fc.constant<PhoneKind[]>([]), some(phoneKinds)) }),
    fc.record({ field: fc.constant('phone_number' as const), digits: fc.constantFrom('718', '7185550', '0101') }),
    fc.record({ field: fc.constant('language' as const), values: some(['ko', 'en', 'zh', 'unknown']) }),
    fc.record({ field: fc.constant('community' as const), values: some(communities), comparison, percent: fc.integer({ min: 0, max: 100 }) }),
    fc.record({ field: fc.constant('tag' as const), values: some(['volunteer', '봉사자']) }),
    ...contactTerms,
    fc.record({ field: fc.constant('household' as const), ranges: ranges(1, 4, numberLimits.household) }),
    fc.record({ field: fc.constant('has' as const), values: some(possessions) }),
    fc.record({ field: fc.constant('suppressed' as const), reasons: fc.oneof(fc.constant<SuppressionReason[]>([]), some(suppressionReasons)) }),
  ] // prettier-ignore

/** Days of the arbitrary above, as births. */
function back(day: string): string {
  return `${Number(day.slice(0, 4)) - 50}${day.slice(4) === '-02-29' ? '-02-28' : day.slice(4)}`
}

const plainTerms = fc.oneof(...kindsOfTerm)
const otherMember = fc.array(plainTerms, { minLength: 1, maxLength: 2 }).map((of): Term => ({
  field: 'household_with',
  of: join(of.map((term): Expression => ({ op: 'term', term }))),
}))

const join = (of: Expression[]): Expression => (of.length === 1 && of[0] ? of[0] : { op: 'and', of })

export const terms = (): fc.Arbitrary<Term> =>
  fc.oneof({ weight: kindsOfTerm.length, arbitrary: plainTerms }, { weight: 3, arbitrary: otherMember })

/** `universes`: names of saved ones, which some terms then ask for. */
export const expressions = (universes: readonly string[] = []): fc.Arbitrary<Expression> =>
  fc.letrec<{ expression: Expression; group: Expression; leaf: Expression }>((tie) => ({
    leaf: (universes.length > 0
      ? fc.oneof(
          { weight: 2, arbitrary: terms() },
          { weight: 1, arbitrary: some(universes).map((names): Term => ({ field: 'in', universes: names })) },
        )
      : terms()
    ).map((term): Expression => ({ op: 'term', term })),
    group: fc
      .tuple(
        fc.constantFrom('and' as const, 'or' as const),
        fc.array(tie('expression'), { minLength: 2, maxLength: 3, depthIdentifier: 'group' }),
      )
      .map(([op, of]): Expression => ({ op, of: of.flatMap((each) => (each.op === op ? each.of : [each])) })),
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('leaf'),
      tie('group'),
      tie('expression').map((of): Expression => ({ op: 'not', of })),
    ),
  })).expression

/**
 * Comparisons as they are typed, at the limits of their fields and beyond: 'support>5', 'age:<0', 'registered>2999'. What is
 * refused is refused at the number.
 */
export const comparisonsTyped = (): fc.Arbitrary<{ text: string; bound: string }> => {
  const near = ([least, most]: readonly [number, number]): fc.Arbitrary<string> =>
    fc.oneof(
      fc.constantFrom(least, most).chain((limit) => fc.integer({ min: -2, max: 2 }).map((off) => Math.max(0, limit + off))),
      fc.integer({ min: 0, max: 12_345 }),
    ).map(String) // prettier-ignore
  const bounds = fc.oneof(
    fc.constantFrom(...Object.entries(numberLimits)).chain(([field, limits]) => near(limits).map((bound) => ({ field, bound }))),
    fc.record({
      field: fc.constantFrom('registered', 'last-voted', 'contacted', 'last-contact'),
      bound: fc.constantFrom('0000', '0999', '1000', '1000-01-01', '2024', '2999', '2999-12-31', '3000', '9999', '200y', '201y', '9999y', '9999w', '0d'),
    }),
    fc.record({ field: fc.constant('born'), bound: fc.constantFrom('0999-12-31', '1000-01-01', '1960-02', '2999-12-31', '9999-12-31') }),
  ) // prettier-ignore
  return fc
    .tuple(bounds, fc.constantFrom('>=', '<=', '>', '<', '=', ':'), fc.constantFrom('', 'phone/', 'email/'))
    .map(([{ field, bound }, sign, channel]) =>
      field === 'attempts' && channel !== ''
        ? { text: `${field}:${channel}${sign === ':' || sign === '=' ? '' : sign}${bound}`, bound }
        : { text: `${field}${sign}${bound}`, bound },
    )
}

export const targetingDocument = (): string =>
  readFileSync(new URL('../../../docs/targeting.md', import.meta.url), 'utf8')

/** Examples of docs/targeting.md: what stands in backquotes or a line of code and asks for a field, and names of groups. */
export function documentExamples(): string[] {
  const asks = (piece: string): boolean =>
    [...piece.matchAll(/([\p{L}-]+)(?:>=|<=|[:<>=])[^\s=…]/gu)].some(([, word = '']) =>
      fieldWords.has(fold(word.replace(/^-+/, ''))),
    )
  const pieces = [...targetingDocument().matchAll(/`([^`\n]+)`|^ {4}(?=[\p{L}-]+:\S)(.+)$/gmu)].map(([, a, b]) => a ?? b ?? '') // prettier-ignore
  return [...new Set(pieces)].filter(
    (piece) =>
      !/[…{']/.test(piece) && (asks(piece) || groupWords.has(fold(piece)) || /^-?(?:contacted|reached)$/.test(piece)),
  )
}

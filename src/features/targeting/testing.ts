import fc from 'fast-check'
import {
  type Channel,
  type PhoneKind,
  type SuppressionReason,
  channels,
  communities,
  electionKinds,
  parties,
  phoneKinds,
  possessions,
  sexes,
  statuses,
  suppressionReasons,
  type Expression,
  type Range,
  type Term,
  type When,
} from './schema.ts'

/* Random expressions for property tests, over the words of a small made-up town. */

const some = <T>(values: readonly T[]): fc.Arbitrary<T[]> =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 })
const day = fc
  .integer({ min: 0, max: 6000 })
  .map((days) => new Date(Date.UTC(2010, 0, 1) + days * 86_400_000).toISOString().slice(0, 10))

const ranges = (least: number, most: number): fc.Arbitrary<Range[]> =>
  fc.array(
    fc
      .tuple(
        fc.integer({ min: least, max: most }),
        fc.integer({ min: least, max: most }),
        fc.constantFrom('both', 'from', 'to'),
      )
      .map(([a, b, open]) => ({
        from: open === 'to' ? null : Math.min(a, b),
        to: open === 'from' ? null : Math.max(a, b),
      })),
    { minLength: 1, maxLength: 2 },
  )

const when: fc.Arbitrary<When> = fc.oneof(
  fc.constant<When>({ is: 'ever' }),
  fc.record({ is: fc.constantFrom('within' as const, 'before' as const), amount: fc.integer({ min: 0, max: 400 }), unit: fc.constantFrom('d' as const, 'w' as const, 'm' as const, 'y' as const) }),
  fc.tuple(day, day, fc.constantFrom('both', 'from', 'to')).map(([a, b, open]): When => ({ is: 'between', from: open === 'to' ? null : a < b ? a : b, to: open === 'from' ? null : a < b ? b : a })),
) // prettier-ignore

const channel: fc.Arbitrary<Channel | null> = fc.constantFrom(...channels, null)
const comparison = fc.constantFrom('>=' as const, '<=' as const, '>' as const, '<' as const, '=' as const)

const kindsOfTerm: fc.Arbitrary<Term>[] = [
    fc.record({ field: fc.constant('name' as const), names: some(['kim', 'LEE', 'Young', '김영희', 'van Dyke']) }),
    fc.record({ field: fc.constant('status' as const), values: some(statuses) }),
    fc.record({ field: fc.constant('party' as const), values: some(parties) }),
    fc.record({ field: fc.constant('state' as const), values: some(['NY', 'NJ']) }),
    fc.record({ field: fc.constant('county' as const), values: some(['queens', 'kings', 'nassau']) }),
    fc.record({ field: fc.constant('city' as const), values: some(['flushing', 'long island city', 'bayside']) }),
    fc.constantFrom(['11354', '11358'], ['11361', '11361'], ['10001', '11999']).map(([from = '', to = '']): Term => ({ field: 'zip', ranges: [{ from, to }] })),
    fc.tuple(fc.constantFrom('congress' as const, 'senate' as const, 'assembly' as const, 'nyc-council' as const), ranges(1, 40)).map(([kind, values]): Term => ({ field: 'district', kind, values })),
    fc.record({ field: fc.constant('district' as const), kind: fc.constantFrom('school' as const, 'precinct' as const), values: some(['25', '26', 'Ward 3']) }),
    fc.record({ field: fc.constant('age' as const), ranges: ranges(16, 100) }),
    fc.record({ field: fc.constant('born' as const), ranges: ranges(1930, 2010) }),
    fc.record({ field: fc.constant('sex' as const), values: some(sexes) }),
    fc.record({
      field: fc.constant('voted' as const),
      elections: fc.array(fc.oneof(fc.record({ year: fc.integer({ min: 2019, max: 2026 }), kind: fc.constantFrom(...electionKinds) }), fc.constantFrom('2022-08-23', '2024-11-05').map((held_on) => ({ held_on }))), { minLength: 1, maxLength: 2 }),
    }),
    fc
      .record({ field: fc.constant('turnout' as const), comparison, times: fc.integer({ min: 0, max: 4 }), of: fc.integer({ min: 1, max: 5 }), kind: fc.option(fc.constantFrom(...electionKinds)) })
      .map((term): Term => ({ ...term, times: Math.min(term.times, term.of) })),
    fc.record({ field: fc.constant('registered' as const), when }),
    fc.record({ field: fc.constant('phone' as const), kinds: fc.oneof(fc.constant<PhoneKind[]>([]), some(phoneKinds)) }),
    fc.record({ field: fc.constant('phone_number' as const), digits: fc.constantFrom('718', '7185550', '0101') }),
    fc.record({ field: fc.constant('language' as const), values: some(['ko', 'en', 'zh']) }),
    fc.record({ field: fc.constant('community' as const), values: some(communities), comparison, percent: fc.integer({ min: 0, max: 100 }) }),
    fc.record({ field: fc.constant('tag' as const), values: some(['volunteer', '봉사자']) }),
    fc.record({ field: fc.constantFrom('contacted' as const, 'reached' as const), when, channel }).map((term): Term => term),
    fc.record({ field: fc.constant('attempts' as const), ranges: ranges(0, 4) }),
    fc.record({ field: fc.constant('result' as const), channel: channel, values: some(['no_answer', 'refused', 'canvassed']) }),
    fc.record({ field: fc.constant('support' as const), ranges: ranges(1, 5) }),
    fc.record({ field: fc.constant('answer' as const), question: fc.constantFrom('housing', 'issues', 'plan'), values: some(['tenant', 'owner', 'true', 'rent costs']) }),
    fc.record({ field: fc.constant('household' as const), ranges: ranges(1, 4) }),
    fc.record({ field: fc.constant('has' as const), values: some(possessions) }),
    fc.record({ field: fc.constant('suppressed' as const), reasons: fc.oneof(fc.constant<SuppressionReason[]>([]), some(suppressionReasons)) }),
  ] // prettier-ignore

export const terms = (): fc.Arbitrary<Term> => fc.oneof(...kindsOfTerm)

export const expressions = (): fc.Arbitrary<Expression> =>
  fc.letrec<{ expression: Expression; group: Expression; leaf: Expression }>((tie) => ({
    leaf: terms().map((term): Expression => ({ op: 'term', term })),
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

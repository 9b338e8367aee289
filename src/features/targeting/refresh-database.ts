import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { districtColumn, districtJoins, straddling } from '../geography/crosswalk.ts'
import type { CrosswalkKind } from '../geography/schema.ts'
import { ask, type Until } from './bounded.ts'
import { lastElections } from './elections.ts'
import { homesByHand } from './homes-queries.ts'
import { joinPost, mailbox } from './mail.ts'
import { print } from './print.ts'
import { countLeftOut, sampleUniverse, type CompiledUniverse } from './queries.ts'
import {
  communitiesAt,
  facetNames,
  isOurFacet,
  leastPercent,
  ourFacetNames,
  outside,
  turnoutOf,
  usualPercent,
  type FacetName,
  type FacetValue,
  type Likelihood,
  type ListedDistrict,
  type Refresh,
} from './refresh.ts'
import { communities, type Expression, type Possession } from './schema.ts'
import { communityChosen } from './selection.ts'
import {
  condition,
  homeOf,
  isSupport,
  lastAnswers,
  ofItsState,
  ourFacets,
  refusals,
  unitsBefore,
  universeCondition,
  type Meaning,
} from './sql.ts'
import { printed } from './words.ts'

/**
 * Everything the builder shows, from the database: one walk over the voters for all that is narrowed alike, one more for
 * each facet that is narrowed by terms of its own. Seconds where there are millions of voters; nothing needs to be ready.
 */
export async function refreshFromDatabase(
  db: Db,
  compiled: CompiledUniverse,
  organization_id: string,
  today: string,
  until: Until,
  wanted: { sample: boolean } = { sample: true },
): Promise<Refresh> {
  const homes = await homesByHand(db, organization_id)
  const meaning: Meaning = { ...compiled.meaning, organization_id, today, homes }
  const { expression } = compiled
  const canonical = print(expression)
  const isNarrowed = (part: Expression): boolean => print(part) !== canonical
  const noAge = outside(outside(expression, 'age'), 'sex')
  const own = facetNames.filter((facet) => facet === 'status' || isNarrowed(outside(expression, facet)))
  const shared = facetNames.filter((facet) => !own.includes(facet))

  const [walked, facetsApart, pyramidApart, left_out, sample] = await Promise.all([
    ask(db, walk(compiled.condition, meaning, shared, !isNarrowed(noAge)), until),
    Promise.all(
      own.map(async (facet): Promise<[FacetName, FacetValue[]]> => {
        // Status is counted as if the expression spoke of every status.
        const speaks = facet === 'status' ? { ...compiled.speaks, status: true, gone: true } : compiled.speaks
        const where = universeCondition(compiled.inPlace(outside(expression, facet)), meaning, speaks)
        return [facet, await ask(db, facetWalk(where, meaning, facet), until)]
      }),
    ),
    isNarrowed(noAge)
      ? ask(db, pyramidWalk(universeCondition(compiled.inPlace(noAge), meaning, compiled.speaks), meaning), until)
      : Promise.resolve(null),
    countLeftOut(db, compiled, until),
    wanted.sample ? sampleUniverse(db, compiled, organization_id, until) : Promise.resolve([]),
  ])

  const of = (group: string): FacetValue[] =>
    walked.filter((row) => row.of === group).map(({ value, count }) => ({ value: value ?? '', count }))
  const sum = (name: string): number => of('sum').find(({ value }) => value === name)?.count ?? 0
  const apart = new Map(facetsApart)
  const likelihood = likelihoodOf(apart.get('community') ?? of('community'))
  const percent = communityChosen(expression)?.percent ?? usualPercent
  return {
    answered_by: 'database',
    people: sum('people'),
    households: sum('households'),
    phones: sum('phones'),
    mailboxes: sum('mailboxes'),
    emails: sum('emails'),
    having: { phone: sum('having_phone'), email: sum('having_email') },
    left_out,
    // Object.fromEntries forgets which keys it was given: they are the facets' names.
    facets: Object.fromEntries(
      facetNames.map((facet) => [
        facet,
        facet === 'community' ? communitiesAt(likelihood, percent) : (apart.get(facet) ?? of(facet)),
      ]),
    ) as Refresh['facets'],
    likelihood,
    pyramid: pyramidOf(
      pyramidApart ??
        of('pyramid').map(({ value, count }) => {
          const [from = '', sex = ''] = value.split(':')
          return { from: from === '' ? null : Number(from), sex, count }
        }),
    ),
    sample,
  }
}

/** Voters in each district of a kind that is no facet. */
export function districtsFromDatabase(
  db: Db,
  { condition: where }: Pick<CompiledUniverse, 'condition'>,
  kind: ListedDistrict,
  until: Until,
): Promise<FacetValue[]> {
  const named = kind === 'precinct' ? sql`v.precinct` : sql`(v.districts ->> ${kind}::text)`
  const value =
    kind === 'ed'
      ? sql`v.ad || '/' || v.ed`
      : sql`case when ${named} ~ '^\\d{1,9}$' then ${named}::integer::text else ${named} end`
  return ask(
    db,
    sql<FacetValue>`select coalesce(value, '') as value, count(*) as count from (
      select ${value} as value from voter_record v where ${where}) each group by 1`,
    until,
  )
}

interface Counted {
  of: string
  value: string | null
  count: number
}

/** The sums and every facet that is narrowed alike: voters are looked up once, then counted in groups. */
function walk(
  where: RawBuilder<boolean>,
  meaning: Meaning,
  facets: readonly FacetName[],
  hasPyramid: boolean,
): RawBuilder<Counted> {
  const plain = facets.filter(isOfOne)
  const several = facets.filter((facet) => !isOfOne(facet))
  const columns = [
    ...plain.map((facet) => sql`${valueOf(facet, meaning)} as ${sql.id(facet)}`),
    ...several.map((facet) => sql`${valuesOf[facet](meaning)} as ${sql.id(facet)}`),
  ]
  const groups = plain.map((facet) => sql`(${sql.id(facet)})`)
  if (hasPyramid) {
    columns.push(sql`${band(meaning)}::text || ':' || coalesce(v.sex, 'unknown') as pyramid`)
    groups.push(sql`(pyramid)`)
  }
  const named = [...plain.map((facet) => ({ name: facet, column: sql.id(facet) }))]
  if (hasPyramid) named.push({ name: 'pyramid' as never, column: sql.id('pyramid') })
  const grouped = sql.join(named.map(({ column }) => column))
  // grouping() has one bit for each column, 0 where it is the grouped one.
  const all = 2 ** named.length - 1
  const bit = (at: number): number => all - 2 ** (named.length - 1 - at)
  const counted = {
    people: sql`count(*)`,
    households: sql`count(distinct household_key)`,
    phones: sql`count(*) filter (where has_phone and refused_phone is not true)`,
    mailboxes: sql`count(distinct mailbox) filter (where refused_post is not true)`,
    emails: sql`count(*) filter (where has_email and refused_email is not true)`,
    having_phone: sql`count(*) filter (where has_phone)`,
    having_email: sql`count(*) filter (where has_email)`,
  }
  return sql<Counted>`
    with chosen as materialized (
      select ${homeOf(meaning)} as household_key, ${mailbox(homeOf(meaning))} as mailbox,
        ${has('phone', meaning)} as has_phone, ${has('email', meaning)} as has_email,
        refused.phone as refused_phone, refused.post as refused_post, refused.email as refused_email
        ${columns.length > 0 ? sql`, ${sql.join(columns)}` : sql``}
      from voter_record v ${joins(facets, meaning)}
      left join ${refusals(meaning.organization_id)} refused on refused.voter_id = v.voter_id
      ${joinPost(meaning.organization_id)} where ${where}
    )
    ${
      groups.length > 0
        ? sql`select case ${sql.join(
            named.map(({ name }, at) => sql`when facet = ${sql.lit(bit(at))} then ${sql.lit(name)}`),
            sql` `,
          )} end as of, case ${sql.join(
            named.map(({ column }, at) => sql`when facet = ${sql.lit(bit(at))} then ${column}`),
            sql` `,
          )} end as value, count
          from (select grouping(${grouped}) as facet, ${grouped}, count(*) as count from chosen
            group by grouping sets (${sql.join(groups)})) grouped
          union all`
        : sql``
    }
    ${sql.join(
      several.map(
        (facet) =>
          sql`select ${sql.lit(facet)}, value::text, count(*) from chosen, unnest(${sql.id(facet)}) value group by value union all`,
      ),
      sql` `,
    )}
    select 'sum', name, count from (select ${sql.join(
      Object.entries(counted).map(([name, count]) => sql`${count} as ${sql.id(name)}`),
    )} from chosen) sums, lateral (values ${sql.join(
      Object.keys(counted).map((name) => sql`(${sql.lit(name)}, sums.${sql.id(name)})`),
    )}) named (name, count)`
}

function facetWalk(where: RawBuilder<boolean>, meaning: Meaning, facet: FacetName): RawBuilder<FacetValue> {
  if (!isOfOne(facet))
    return sql<FacetValue>`select value::text, count(*) as count from (
      select unnest(${valuesOf[facet](meaning)}) as value from voter_record v ${joins([facet], meaning)} where ${where}) each group by value`
  if (facet === 'status')
    return sql<FacetValue>`select value, count(*) as count from (
      select unnest(array[case when v.gone_in is null then v.status end, case when v.gone_in is not null then 'gone' end]) as value
      from voter_record v where ${where}) each where value is not null group by value`
  return sql<FacetValue>`select coalesce(value, '') as value, count(*) as count from (
    select ${valueOf(facet, meaning)} as value from voter_record v ${joins([facet], meaning)} where ${where}) each
    group by coalesce(value, '')`
}

interface BandOfSex {
  from: number | null
  sex: string
  count: number
}

const pyramidWalk = (where: RawBuilder<boolean>, meaning: Meaning): RawBuilder<BandOfSex> =>
  sql<BandOfSex>`select nullif("from", '')::integer as "from", sex, count(*) as count from (
    select ${band(meaning)} as "from", coalesce(v.sex, 'unknown') as sex from voter_record v where ${where}) each
    group by 1, 2`

function pyramidOf(counted: readonly BandOfSex[]): Refresh['pyramid'] {
  const bands = new Map<number | null, Refresh['pyramid'][number]>()
  for (const { from, sex, count } of counted) {
    const found = bands.get(from) ?? { from, F: 0, M: 0, X: 0, unknown: 0 }
    bands.set(from, found)
    if (sex === 'F' || sex === 'M' || sex === 'X') found[sex] += count
    else found.unknown += count
  }
  return [...bands.values()].sort((a, b) => (a.from ?? Infinity) - (b.from ?? Infinity))
}

const has = (what: Possession, meaning: Meaning): RawBuilder<boolean> =>
  condition({ op: 'term', term: { field: 'has', values: [what] } }, meaning, false)

/** Completed years; where only the year of birth is public, the age reached in this year. As `aged` in sql.ts. */
const age = ({ today }: Meaning): RawBuilder<unknown> =>
  sql`coalesce(extract(year from age(${today}::date, v.birth_date))::integer, ${Number(today.slice(0, 4))}::integer - v.birth_year)`

/** First age of the band of five years, as text; '': not known (`greatest` would take that for 15). */
const band = (meaning: Meaning): RawBuilder<unknown> =>
  sql`case when ${age(meaning)} is null then '' else (least(100, greatest(15, ${age(meaning)} / 5 * 5)))::text end`

/** Facets of which a voter may have several values, as an array; null: none. */
const valuesOf = {
  community: () => percentsOf,
  tag: () => sql`tagged.tags`,
  attended: () => sql`our.attended`,
  member: () => sql`our.member`,
  stage: () => sql`our.stage`,
  next_step: () => sql`our.next_step`,
  cohort: () => sql`our.cohort`,
  chapter: () => sql`our.chapter`,
  committee: () => sql`our.committee`,
  board: () => sql`our.board`,
  phone: (meaning: Meaning) => sql`array_remove(array[case when ${has('phone', meaning)} then 'any' else '' end,
    case when ${condition({ op: 'term', term: { field: 'phone', kinds: ['mobile'] } }, meaning, false)} then 'mobile' end], null)`,
} satisfies Partial<Record<FacetName, (meaning: Meaning) => RawBuilder<unknown>>>
type OfSeveral = keyof typeof valuesOf
type OfOne = Exclude<FacetName, OfSeveral>
const isOfOne = (facet: FacetName): facet is OfOne => !(facet in valuesOf)

/** The value of a voter in a facet where everybody has one, as text; null: not known. */
function valueOf(facet: OfOne, meaning: Meaning): RawBuilder<unknown> {
  const values: Record<OfOne, () => RawBuilder<unknown>> = {
    party: () => sql`v.party`,
    status: () => sql`v.status`,
    age: () => sql`(${age(meaning)})::text`,
    sex: () => sql`coalesce(v.sex, 'unknown')`,
    language: () => sql`ours.language`,
    turnout: () => sql`(${timesVoted(meaning)})::text`,
    state: () => sql`v.state`,
    county: () => ofItsState(sql`v.county`, meaning),
    congress: () => orInDoubt('congress', ofItsState(sql`(${districtColumn('congress')})::text`, meaning)),
    senate: () => orInDoubt('senate', ofItsState(sql`(${districtColumn('senate')})::text`, meaning)),
    assembly: () => orInDoubt('assembly', ofItsState(sql`(${districtColumn('assembly')})::text`, meaning)),
    'nyc-council': () => orInDoubt('nyc-council', sql`(${districtColumn('nyc-council')})::text`),
    contact: () => contactBand(meaning),
    support: () => sql`case when last_support.value #>> '{}' ~ '^[1-5]$' then last_support.value #>> '{}' end`,
  }
  return values[facet]()
}

const orInDoubt = (kind: CrosswalkKind, district: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`coalesce(${district}, case when ${straddling(kind, null)} then '?' end)`

const facetKinds: ReadonlySet<FacetName> = new Set(['congress', 'senate', 'assembly', 'nyc-council'])

/** What the values of the facets are read from, one row each. */
function joins(facets: readonly FacetName[], { organization_id, today }: Meaning): RawBuilder<unknown> {
  const needed = [
    ...(facets.some((facet) => facetKinds.has(facet)) ? [districtJoins] : []),
    ...(facets.includes('language') || facets.includes('community')
      ? [
          sql`left join person ours on ours.organization_id = ${organization_id} and ours.voter_id = v.voter_id and ours.merged_into is null`,
        ]
      : []),
    ...(facets.includes('contact')
      ? [
          sql`left join (select coalesce(a.voter_id, p.voter_id) as voter_id, max(a.attempted_at) as at from contact_attempt a
            left join person p on p.organization_id = a.organization_id and p.person_id = a.person_id
            where a.organization_id = ${organization_id} and a.undone_at is null and coalesce(a.voter_id, p.voter_id) is not null
            group by 1) last_contact on last_contact.voter_id = v.voter_id`,
        ]
      : []),
    ...(facets.includes('support')
      ? [sql`left join (${lastAnswers(organization_id, isSupport)}) last_support on last_support.voter_id = v.voter_id`]
      : []),
    ...(facets.includes('tag')
      ? [
          sql`left join (select p.voter_id, array_agg(pt.tag) as tags from person_tag pt
            join person p on p.organization_id = pt.organization_id and p.person_id = pt.person_id
            where pt.organization_id = ${organization_id} and p.merged_into is null and p.voter_id is not null
            group by p.voter_id) tagged on tagged.voter_id = v.voter_id`,
        ]
      : []),
    ...(facets.some(isOurFacet)
      ? [
          // Worked out once, however few voters the planner expects.
          sql`left join (with ours as materialized (select voter_id, ${sql.join(
            ourFacetNames.map(
              (facet) => sql`array_agg(value) filter (where facet = ${sql.lit(facet)}) as ${sql.id(facet)}`,
            ),
          )} from (${ourFacets(organization_id, today, null)}) each group by voter_id) select * from ours) our on our.voter_id = v.voter_id`,
        ]
      : []),
  ]
  return needed.length > 0 ? sql.join(needed, sql` `) : sql``
}

/** A place for each percent of each community, and of the likeliest last. */
const percentPlaces = 128

/** The estimate, or certain where they said so themselves: percent and community as one number, and of the likeliest always. */
const percentsOf: RawBuilder<number[]> = sql`array_remove(array[${sql.join([
  ...communities.map((name, index) => {
    const percent = sql`case when ours.community is null then ${sql.ref(`v.p_${name}`)} when ours.community = ${sql.lit(name)} then 100 end`
    return sql`case when (${percent}) >= ${sql.lit(leastPercent)} then ${sql.lit(index * percentPlaces)} + (${percent}) end`
  }),
  likeliest(),
])}], null)`

function likeliest(): RawBuilder<number> {
  const estimates = sql.join(communities.map((name) => sql.ref(`v.p_${name}`)))
  const isOurs = sql`ours.community in (${sql.join(communities.map((name) => sql.lit(name)))})`
  return sql`${sql.lit(communities.length * percentPlaces)} + case
    when ours.community is not null then case when ${isOurs} then 100 else 0 end
    when greatest(${estimates}) >= ${sql.lit(leastPercent)} then greatest(${estimates}) else 0 end`
}

function likelihoodOf(counted: readonly FacetValue[]): Likelihood[] {
  const made = [...communities.map(printed), ''].map((value) => ({
    value,
    percents: Array.from({ length: 101 }, () => 0),
  }))
  for (const { value, count } of counted) {
    const percents = made[Math.floor(Number(value) / percentPlaces)]?.percents
    if (percents) percents[Number(value) % percentPlaces] = count
  }
  return made
}

function timesVoted(meaning: Meaning): RawBuilder<unknown> {
  const cases = meaning.states.flatMap((state) => {
    const days = lastElections(meaning.elections, state, null, turnoutOf, meaning.today)
    if (days.length === 0) return []
    const votes = days.map(
      (ids) =>
        sql`(v.votes && ${ids.flatMap((id) => Array.from({ length: 8 }, (_, method) => id * 8 + method))}::integer[])::integer`,
    )
    return [sql`when ${state} then ${sql.join(votes, sql` + `)}`]
  })
  return cases.length > 0 ? sql`case v.state ${sql.join(cases, sql` `)} else 0 end` : sql`0`
}

/** Of the last contact on any channel, by the organization's day. */
function contactBand({ organization_id, today }: Meaning): RawBuilder<unknown> {
  const day = sql`(last_contact.at at time zone (select o.time_zone from organization o where o.organization_id = ${organization_id}))::date`
  const since = (days: number): RawBuilder<unknown> => sql`${day} >= ${unitsBefore(today, days, 'd')}::date`
  return sql`case when last_contact.at is null then null when ${since(14)} then '14d' when ${since(30)} then '30d'
    when ${since(90)} then '90d' else 'older' end`
}

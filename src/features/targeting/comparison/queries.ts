import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { ask, type Until } from '../bounded.ts'
import { comparedByColumns } from '../columns/ask.ts'
import type { Compared } from '../columns/describe.ts'
import type { ColumnStore } from '../columns/store.ts'
import {
  ageBands,
  compileExpression,
  inTerm,
  type CompiledUniverse,
  type Universe,
  type UniverseProblem,
} from '../queries.ts'
import { print } from '../print.ts'
import { communities, type Expression } from '../schema.ts'

/** In the first alone, in both, in the second alone. */
export const parts = ['a', 'both', 'b'] as const
export type Part = (typeof parts)[number]

export const facets = ['party', 'age', 'community'] as const
export type ComparedFacet = (typeof facets)[number]

export interface Comparison {
  counts: Record<Part, number>
  /** For each value the voters of each part; '' not known or none. */
  facets: Record<ComparedFacet, { value: string; counts: Record<Part, number> }[]>
}

/** Each part as an expression, which is also where its link leads. */
export function expressionOf(part: Part, a: Universe, b: Universe): Expression {
  const [first, second] = [inTerm(a), inTerm(b)]
  if (part === 'both') return { op: 'and', of: [first, second] }
  const [has, lacks] = part === 'a' ? [first, second] : [second, first]
  return { op: 'and', of: [has, { op: 'not', of: lacks }] }
}

export const textOfPart = (part: Part, a: Universe, b: Universe): string => print(expressionOf(part, a, b))

/** Where two universes overlap and how they differ, in one walk over the voters of either. */
export async function compare(
  db: Db,
  a: Universe,
  b: Universe,
  today: string,
  until: Until,
  store: ColumnStore | null = null,
): Promise<{ ok: true; comparison: Comparison } | { ok: false; problem: UniverseProblem }> {
  const compiled: { part: Part; universe: CompiledUniverse }[] = []
  for (const part of parts) {
    const each = await compileExpression(db, expressionOf(part, a, b), a.organization_id, today)
    if (!each.ok) return each
    compiled.push({ part, universe: each.universe })
  }
  const byColumns = store && (await comparedByColumns(store, db, compiled.map(({ universe }) => universe), { until })) // prettier-ignore
  if (byColumns) return { ok: true, comparison: comparisonOf(byColumns) }
  const likeliest = sql`greatest(${sql.join(communities.map((name) => sql.ref(`v.p_${name}`)))})`
  const rows = await ask(
    db,
    sql<{ part: Part; facet: number; value: string | null; count: number }>`
      select part, facet, case facet when 3 then party when 5 then band::text when 6 then community end as value, count
      from (select part, grouping(party, band, community) as facet, party, band, community, count(*) as count
        from (select case ${sql.join(
          compiled.map(({ part, universe }) => sql`when ${universe.condition} then ${part}::text`),
          sql` `,
        )} end as part,
          v.party, width_bucket(coalesce(extract(year from age(${today}::date, v.birth_date))::integer,
            ${Number(today.slice(0, 4))}::integer - v.birth_year), array[18, 25, 35, 45, 55, 65, 75]) as band,
          coalesce(p.community, case when ${likeliest} >= 50 then case ${likeliest} ${sql.join(
            communities.map((name) => sql`when ${sql.ref(`v.p_${name}`)} then ${name}::text`),
            sql` `,
          )} end end) as community
          from voter_record v
          left join person p on p.organization_id = ${a.organization_id} and p.voter_id = v.voter_id and p.merged_into is null) chosen
        where part is not null group by grouping sets ((part), (part, party), (part, band), (part, community))) grouped`,
    until,
  )
  const of = (part: Part, facet: number): [string | null, number][] =>
    rows.flatMap((row) => (row.part === part && row.facet === facet ? [[row.value, row.count]] : []))
  const named = (values: [string | null, number][]): [string, number][] => values.map(([value, count]) => [value ?? '', count]) // prettier-ignore
  return {
    ok: true,
    comparison: comparisonOf(
      parts.map((part) => ({
        count: of(part, 7)[0]?.[1] ?? 0,
        party: named(of(part, 3)),
        age: named(
          of(part, 5).map(([value, count]) => [value === null ? null : (ageBands[Number(value)] ?? null), count]),
        ),
        community: named(of(part, 6)),
      })),
    ),
  }
}

/** Of what is known of each of `parts`, in their order. */
function comparisonOf(of: readonly Compared[]): Comparison {
  const counts: Record<Part, number> = { a: 0, both: 0, b: 0 }
  for (const [index, part] of parts.entries()) counts[part] = of[index]?.count ?? 0
  const facet = (name: ComparedFacet) => {
    const values = new Map<string, Record<Part, number>>()
    for (const [index, part] of parts.entries()) {
      for (const [value, count] of of[index]?.[name] ?? []) {
        const there = values.get(value) ?? { a: 0, both: 0, b: 0 }
        there[part] += count
        values.set(value, there)
      }
    }
    return [...values].map(([value, each]) => ({ value, counts: each }))
  }
  const sum = ({ counts: each }: { counts: Record<Part, number> }): number => each.a + each.both + each.b
  const bySize = (one: { value: string; counts: Record<Part, number> }, other: typeof one): number =>
    Number(one.value === '') - Number(other.value === '') ||
    sum(other) - sum(one) ||
    one.value.localeCompare(other.value, 'en')
  const order: readonly string[] = [...ageBands, '']
  return {
    counts,
    facets: {
      party: facet('party').sort(bySize),
      age: facet('age').sort((one, other) => order.indexOf(one.value) - order.indexOf(other.value)),
      community: facet('community').sort(bySize),
    },
  }
}

import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'
import { ask, type Until } from '../bounded.ts'
import { ageBands, compileExpression, inTerm, type Universe, type UniverseProblem } from '../queries.ts'
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
): Promise<{ ok: true; comparison: Comparison } | { ok: false; problem: UniverseProblem }> {
  const compiled = []
  for (const part of parts) {
    const each = await compileExpression(db, expressionOf(part, a, b), a.organization_id, today)
    if (!each.ok) return each
    compiled.push({ part, condition: each.universe.condition })
  }
  const likeliest = sql`greatest(${sql.join(communities.map((name) => sql.ref(`v.p_${name}`)))})`
  const rows = await ask(
    db,
    sql<{ part: Part; facet: number; value: string | null; count: number }>`
      select part, facet, case facet when 3 then party when 5 then band::text when 6 then community end as value, count
      from (select part, grouping(party, band, community) as facet, party, band, community, count(*) as count
        from (select case ${sql.join(
          compiled.map(({ part, condition }) => sql`when ${condition} then ${part}::text`),
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
  const counts: Record<Part, number> = { a: 0, both: 0, b: 0 }
  for (const row of rows) if (row.facet === 7) counts[row.part] = row.count
  const facet = (number: number, name: (value: string | null) => string) => {
    const values = new Map<string, Record<Part, number>>()
    for (const row of rows.filter((each) => each.facet === number)) {
      const value = name(row.value)
      const there = values.get(value) ?? { a: 0, both: 0, b: 0 }
      there[row.part] += row.count
      values.set(value, there)
    }
    return [...values].map(([value, of]) => ({ value, counts: of }))
  }
  const sum = ({ counts: of }: { counts: Record<Part, number> }): number => of.a + of.both + of.b
  const bySize = (one: { value: string; counts: Record<Part, number> }, other: typeof one): number =>
    Number(one.value === '') - Number(other.value === '') || sum(other) - sum(one)
  const order: readonly string[] = [...ageBands, '']
  return {
    ok: true,
    comparison: {
      counts,
      facets: {
        party: facet(3, (value) => value ?? '').sort(bySize),
        age: facet(5, (value) => (value === null ? '' : (ageBands[Number(value)] ?? ''))).sort(
          (one, other) => order.indexOf(one.value) - order.indexOf(other.value),
        ),
        community: facet(6, (value) => value ?? '').sort(bySize),
      },
    },
  }
}

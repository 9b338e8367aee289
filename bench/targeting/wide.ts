import { electionsNamed, lastElections } from '../../src/features/targeting/elections.ts'
import { holds } from '../../src/features/targeting/print.ts'
import type { CompiledUniverse } from '../../src/features/targeting/queries.ts'
import { communities, termsOf, type Expression, type Range, type Term } from '../../src/features/targeting/schema.ts'
import { condition, unitsBefore } from '../../src/features/targeting/sql.ts'
import { today } from './fill.ts'

type Condition = ReturnType<typeof condition>

/**
 * The refresh over one wide table, `voter`, in which what the organization knows is joined in beforehand. Spared what the
 * columns do for facets that do not narrow themselves.
 */
export interface Dialect {
  /** Do two lists of numbers share one? */
  anyOf(list: string, ids: readonly number[]): string
  /** Whole fives. */
  inFives(value: string): string
  /** Which set of `group by grouping sets` a row is of. */
  groupingOf(names: readonly string[]): string
  text: string
  list(values: readonly string[]): string
}

export const duckDialect: Dialect = {
  anyOf: (list, ids) => `list_has_any(${list}, [${ids.join(', ')}])`,
  inFives: (value) => `${value} // 5`,
  groupingOf: (names) => `grouping_id(${names.join(', ')})`,
  text: 'varchar',
  list: (values) => `[${values.join(', ')}]`,
}

export const postgresDialect: Dialect = {
  anyOf: (list, ids) => `${list} && '{${ids.join(',')}}'::integer[]`,
  inFives: (value) => `${value} / 5`,
  groupingOf: (names) => `grouping(${names.join(', ')})`,
  text: 'text',
  list: (values) => `array[${values.join(', ')}]`,
}

/** 'sets': one query with grouping sets; 'apart': the chosen once, then each facet counted by itself. */
export const formulations = ['sets', 'apart'] as const
export type Formulation = (typeof formulations)[number]

const facets = ['party', 'status', 'age', 'sex', 'language', 'county', 'cd', 'sd', 'ad', 'ccd', 'contact', 'support', 'turnout', 'band'] // prettier-ignore
const made = ['contact', 'turnout', 'band']
/** What the facets and counts read, and nothing more: the rest need not be carried along. */
const needed = [...facets.filter((name) => !made.includes(name)), 'household', 'mailbox', 'phone', 'email', 'community', ...communities.map((name) => `p_${name}`)] // prettier-ignore

/** The age pyramid has both. */
const keysOf = (facet: string): string => (facet === 'band' ? 'band, sex' : facet)

/** Everything of one refresh as one statement with columns `of`, `value`, `count`. */
export function refreshSql(
  { expression, meaning }: CompiledUniverse,
  { dialect, formulation, extras }: { dialect: Dialect; formulation: Formulation; extras: Extras },
): string {
  const speaksOfStatus = [...termsOf(expression)].some(({ field }) => field === 'status')
  const where = [
    ...(speaksOfStatus ? [] : [`status in ('active', 'inactive', 'military', 'federal', 'overseas')`]),
    'not gone',
    'not blocked',
    conditionOf(expression, meaning, dialect, extras),
  ].join(' and ')
  const last4 = lastElections(meaning.elections, 'NY', null, 4, meaning.today)
  const names = dialect.list(communities.map((name) => `'${name}'`))
  const likely = dialect.list(communities.map((name) => `count(*) filter (where ${communityIs(name)} >= 50)`))
  const counted =
    formulation === 'sets'
      ? [
          `select cast(${dialect.groupingOf(facets)} as ${dialect.text}), coalesce(${facets.map((name) => `cast(${name} as ${dialect.text})`).join(', ')}), count(*) from chosen
            group by grouping sets (${facets.map((name) => `(${keysOf(name)})`).join(', ')})`,
        ]
      : facets.map(
          (name) => `select '${name}', cast(${name} as ${dialect.text}), count(*) from chosen group by ${keysOf(name)}`,
        )
  return `
    with chosen as materialized (select ${needed.join(', ')}, ${last4.map((ids) => `(${dialect.anyOf('votes', ids)})::integer`).join(' + ')} as turnout, ${dialect.inFives('age')} as band,
        case when contacted >= date '${unitsBefore(today, 14, 'd')}' then 1 when contacted >= date '${unitsBefore(today, 30, 'd')}' then 2
          when contacted >= date '${unitsBefore(today, 90, 'd')}' then 3 when contacted is not null then 4 end as contact
      from voter where ${where})
    select 'people' as of, cast(null as ${dialect.text}) as value, count(*) as count from chosen
    union all select 'households', null, count(distinct household) from chosen
    union all select 'mailboxes', null, count(distinct mailbox) from chosen
    union all select 'phones', null, count(*) filter (where phone) from chosen
    union all select 'emails', null, count(*) filter (where email) from chosen
    union all select unnest(${names}), null, unnest(${likely}) from chosen
    union all ${counted.join('\n    union all ')}`
}

export const parties = ['dem', 'rep', 'con', 'wor', 'gre', 'lib', 'ind', 'oth', 'none']

/** Terms without a plain translation stand in the wide table as a column each, true or false: by the name of the column. */
export type Extras = ReadonlyMap<string, { column: string; condition: Condition }>

/** Every such term of the expressions, with the condition by which the database knows it. */
export function extrasOf(universes: readonly CompiledUniverse[]): Extras {
  const extras = new Map<string, { column: string; condition: Condition }>()
  for (const { expression, meaning } of universes) {
    for (const term of termsOf(expression)) {
      const name = JSON.stringify(term)
      if (extras.has(name) || plainTerm(term, meaning, duckDialect) !== null) continue
      extras.set(name, { column: `x${extras.size + 1}`, condition: condition({ op: 'term', term }, meaning) })
    }
  }
  return extras
}

const quoted = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ')
const votedIn = (ids: readonly number[], dialect: Dialect): string =>
  ids.length === 0 ? 'false' : dialect.anyOf('votes', ids)

/** 100 for who says so, 0 for who says another. */
const communityIs = (name: string): string =>
  `(case when community is null then p_${name} when community = '${name}' then 100 else 0 end)`

const within = (value: string, ranges: readonly Range[]): string =>
  `(${ranges.map(({ from, to }) => `${value} between ${from ?? -1000} and ${to ?? 100000}`).join(' or ')})`

function conditionOf(
  expression: Expression,
  meaning: CompiledUniverse['meaning'],
  dialect: Dialect,
  extras: Extras,
): string {
  if (expression.op === 'term') {
    const { term } = expression
    return `coalesce(${plainTerm(term, meaning, dialect) ?? extras.get(JSON.stringify(term))?.column}, false)`
  }
  if (expression.op === 'not') return `not ${conditionOf(expression.of, meaning, dialect, extras)}`
  const parts = expression.of.map((each) => conditionOf(each, meaning, dialect, extras))
  return parts.length === 0 ? String(expression.op === 'and') : `(${parts.join(` ${expression.op} `)})`
}

/** A term as a condition over the plain columns; null: it has none. */
function plainTerm(term: Term, meaning: CompiledUniverse['meaning'], dialect: Dialect): string | null {
  const since = (amount: number, unit: 'd' | 'w' | 'm' | 'y'): string => `date '${unitsBefore(today, amount, unit)}'`
  // oxlint-disable-next-line switch-exhaustiveness-check -- others have no translation, see `Extras`
  switch (term.field) {
    case 'party':
    case 'status':
    case 'sex':
    case 'county':
    case 'language':
      return `${term.field} in (${quoted(term.values)})`
    case 'age':
      return within('age', term.ranges)
    case 'district': {
      const columns: Record<string, string> = { congress: 'cd', senate: 'sd', assembly: 'ad', 'nyc-council': 'ccd' }
      return within(
        columns[term.kind] ?? '',
        term.values.filter((value) => typeof value !== 'string'),
      )
    }
    case 'voted':
      return votedIn(term.elections.flatMap((name) => electionsNamed(name, meaning.elections)).map(({ election_id }) => election_id), dialect) // prettier-ignore
    case 'turnout': {
      const days = lastElections(meaning.elections, 'NY', term.kind, term.of, meaning.today)
      if (days.length === 0) return String(holds(0, term.comparison, term.times))
      return `(${days.map((ids) => `(${votedIn(ids, dialect)})::integer`).join(' + ')}) ${term.comparison} ${term.times}`
    }
    case 'registered':
      if (term.when.is === 'within') return `registered_on >= ${since(term.when.amount, term.when.unit)}`
      if (term.when.is === 'between') return `registered_on between date '${term.when.from ?? '1800-01-01'}' and date '${term.when.to ?? '2200-01-01'}'` // prettier-ignore
      break
    case 'community':
      return `(${term.values.map((name) => `${communityIs(name)} ${term.comparison} ${term.percent}`).join(' or ')})`
    case 'has':
      if (term.values.some((what) => what !== 'phone' && what !== 'email')) break
      return `(${term.values.join(' or ')})`
    case 'household':
      return within('household_size', term.ranges)
    case 'contacted':
      if (term.when.is === 'within') return `contacted >= ${since(term.when.amount, term.when.unit)}`
      break
    case 'tag':
      return 'volunteer'
    case 'support':
      return within('support', term.ranges)
    default:
  }
  return null
}

/** The rows of the wide table. */
export const wideRows = (organization_id: string, extras: string): string => `
  with size as (select household_key, count(*) as n from voter_record where household_key is not null and gone_in is null
      and status in ('active', 'inactive', 'military', 'federal', 'overseas') group by household_key),
    known as (select p.voter_id, p.language, p.community,
        exists (select from person_tag t where t.organization_id = p.organization_id and t.person_id = p.person_id and t.tag = 'volunteer') as volunteer,
        exists (select from person_email e where e.organization_id = p.organization_id and e.person_id = p.person_id) as email
      from person p where p.organization_id = '${organization_id}' and p.merged_into is null),
    contact as (select voter_id, max((attempted_at at time zone 'America/New_York')::date) as day from contact_attempt
      where organization_id = '${organization_id}' and undone_at is null group by voter_id),
    score as (select distinct on (a.voter_id) a.voter_id, c.value::integer as support from contact_answer c join contact_attempt a using (organization_id, attempt_id)
      where a.organization_id = '${organization_id}' and a.undone_at is null order by a.voter_id, a.attempted_at desc, a.attempt_id)
  select v.voter_id, v.party, v.status, v.gone_in is not null as gone, v.sex, v.county, v.cd, v.sd, v.ad, v.ccd, v.registered_on,
    coalesce(extract(year from age(date '${today}', v.birth_date))::integer, ${Number(today.slice(0, 4))} - v.birth_year) as age,
    ${communities.map((name) => `v.p_${name}`).join(', ')}, v.household_key as household, coalesce(hashtextextended(v.mail_address, 0), case when v.street is not null and v.city is not null and v.zip5 is not null then coalesce(v.household_key, -v.voter_id) end) as mailbox,
    coalesce(s.n, 0) as household_size, array(select vote >> 3 from unnest(v.votes) vote) as votes,
    exists (select from voter_phone f where f.voter_id = v.voter_id) as phone, coalesce(k.email, false) as email,
    k.language, k.community, coalesce(k.volunteer, false) as volunteer, c.day as contacted, o.support,
    exists (select from suppression m where m.organization_id = '${organization_id}' and m.voter_id = v.voter_id and m.taken_back_at is null) as blocked ${extras}
  from voter_record v left join size s using (household_key) left join known k on k.voter_id = v.voter_id
    left join contact c on c.voter_id = v.voter_id left join score o on o.voter_id = v.voter_id`

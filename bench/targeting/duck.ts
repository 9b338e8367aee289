import { createWriteStream, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { to as copyTo } from 'pg-copy-streams'
import { electionsNamed, lastElections } from '../../src/features/targeting/elections.ts'
import type { CompiledUniverse } from '../../src/features/targeting/queries.ts'
import { communities, termsOf, type Expression, type Range, type Term } from '../../src/features/targeting/schema.ts'
import { unitsBefore } from '../../src/features/targeting/sql.ts'
import { holds } from '../../src/features/targeting/print.ts'
import type { Database } from '../../src/platform/db/db.ts'
import { today } from './fill.ts'

/**
 * The same columns in DuckDB, what the organization knows joined in beforehand: one table in memory, the facets by one query
 * with grouping sets. It is spared what the columns do for facets that do not narrow themselves.
 */
export class DuckColumns {
  readonly #instance: DuckDBInstance
  readonly #connection: DuckDBConnection

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance
    this.#connection = connection
  }

  static async fill(folder: string, database: Database, organization_id: string): Promise<DuckColumns> {
    const path = join(folder, 'duck.csv')
    const client = await database.ownerPool.connect()
    try {
      // The id is one of ours; COPY takes no parameters.
      await pipeline(client.query(copyTo(`copy (${rowsOf(organization_id)}) to stdout with (format csv, header)`)), createWriteStream(path)) // prettier-ignore
    } finally {
      client.release()
    }
    const instance = await DuckDBInstance.create(':memory:', { threads: '2' })
    const connection = await instance.connect()
    await connection.run(`create table voter as select * replace (party::enum (${quoted(['dem', 'rep', 'con', 'wor', 'gre', 'lib', 'ind', 'oth', 'none'])}) as party)
      from read_csv('${path}', header = true, nullstr = '', types = {'votes': 'INTEGER[]', 'cd': 'SMALLINT', 'sd': 'SMALLINT', 'ad': 'SMALLINT', 'ccd': 'SMALLINT'}, auto_detect = true, sample_size = 200000)`)
    rmSync(path)
    return new DuckColumns(instance, connection)
  }

  /** Everything of one refresh; answers the number of people. */
  async refresh(_text: string, { expression, meaning }: CompiledUniverse): Promise<number> {
    const speaksOfStatus = [...termsOf(expression)].some(({ field }) => field === 'status')
    const where = [
      ...(speaksOfStatus ? [] : [`status in ('active', 'inactive', 'military', 'federal', 'overseas')`]),
      'not gone',
      'not blocked',
      conditionOf(expression, meaning),
    ].join(' and ')
    const last4 = lastElections(meaning.elections, 'NY', null, 4, meaning.today)
    const facets = [
      'party',
      'status',
      'age',
      'sex',
      'language',
      'county',
      'cd',
      'sd',
      'ad',
      'ccd',
      'contact',
      'support',
      'turnout',
      'band',
    ]
    const reader = await this.#connection.runAndReadAll(`
      with chosen as materialized (select *, ${last4.map((ids) => `${votedIn(ids)}::integer`).join(' + ')} as turnout, age // 5 as band,
          case when contacted >= date '${unitsBefore(today, 14, 'd')}' then 1 when contacted >= date '${unitsBefore(today, 30, 'd')}' then 2
            when contacted >= date '${unitsBefore(today, 90, 'd')}' then 3 when contacted is not null then 4 end as contact
        from voter where ${where})
      select 'people' as of, null as value, count(*) as count from chosen
      union all select 'households', null, count(distinct household) from chosen
      union all select 'mailboxes', null, count(distinct mailbox) from chosen
      union all select 'phones', null, count(*) filter (where phone) from chosen
      union all select 'emails', null, count(*) filter (where email) from chosen
      union all select unnest(${list(communities)}), null, unnest([${communities.map((name) => `count(*) filter (where ${communityIs(name)} >= 50)`).join(', ')}]) from chosen
      union all select grouping_id(${facets.join(', ')})::varchar, coalesce(${facets.map((name) => `${name}::varchar`).join(', ')}), count(*) from chosen
        group by grouping sets (${facets.map((name) => (name === 'band' ? '(band, sex)' : `(${name})`)).join(', ')})`)
    const rows = reader.getRowObjects()
    return Number(rows.find((row) => row.of === 'people')?.count)
  }

  close(): void {
    this.#connection.closeSync()
    this.#instance.closeSync()
  }
}

/** Is there a translation of every term? */
export function duckKnows({ expression, meaning }: CompiledUniverse): boolean {
  try {
    conditionOf(expression, meaning)
    return true
  } catch {
    return false // it says which term has none
  }
}

const quoted = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ')
const list = (values: readonly string[]): string => `[${quoted(values)}]`

const votedIn = (ids: readonly number[]): string =>
  ids.length === 0 ? 'false' : `list_has_any(votes, [${ids.join(', ')}])`

/** 100 for who says so, 0 for who says another. */
const communityIs = (name: string): string =>
  `(case when community is null then p_${name} when community = '${name}' then 100 else 0 end)`

const within = (value: string, ranges: readonly Range[]): string =>
  `(${ranges.map(({ from, to }) => `${value} between ${from ?? -1000} and ${to ?? 100000}`).join(' or ')})`

function conditionOf(expression: Expression, meaning: CompiledUniverse['meaning']): string {
  if (expression.op === 'term') return `coalesce(${termOf(expression.term, meaning)}, false)`
  if (expression.op === 'not') return `not ${conditionOf(expression.of, meaning)}`
  const parts = expression.of.map((each) => conditionOf(each, meaning))
  return parts.length === 0 ? String(expression.op === 'and') : `(${parts.join(` ${expression.op} `)})`
}

/** The terms of expressions.ts. */
function termOf(term: Term, meaning: CompiledUniverse['meaning']): string {
  const since = (amount: number, unit: 'd' | 'w' | 'm' | 'y'): string => `date '${unitsBefore(today, amount, unit)}'`
  // oxlint-disable-next-line switch-exhaustiveness-check -- others have no translation, see `duckKnows`
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
      return votedIn(term.elections.flatMap((name) => electionsNamed(name, meaning.elections)).map(({ election_id }) => election_id)) // prettier-ignore
    case 'turnout': {
      const days = lastElections(meaning.elections, 'NY', term.kind, term.of, meaning.today)
      if (days.length === 0) return String(holds(0, term.comparison, term.times))
      return `(${days.map((ids) => `${votedIn(ids)}::integer`).join(' + ')}) ${term.comparison} ${term.times}`
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
  throw new Error(`no translation of ${JSON.stringify(term)}`)
}

const rowsOf = (organization_id: string): string => `
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
    ${communities.map((name) => `v.p_${name}`).join(', ')}, v.household_key as household, coalesce(hashtextextended(v.mail_address, 0), v.household_key) as mailbox,
    coalesce(s.n, 0) as household_size, '[' || coalesce((select string_agg((vote >> 3)::text, ',') from unnest(v.votes) vote), '') || ']' as votes,
    exists (select from voter_phone f where f.voter_id = v.voter_id) as phone, coalesce(k.email, false) as email,
    k.language, k.community, coalesce(k.volunteer, false) as volunteer, c.day as contacted, o.support,
    exists (select from suppression m where m.organization_id = '${organization_id}' and m.voter_id = v.voter_id and m.taken_back_at is null) as blocked
  from voter_record v left join size s using (household_key) left join known k on k.voter_id = v.voter_id
    left join contact c on c.voter_id = v.voter_id left join score o on o.voter_id = v.voter_id`

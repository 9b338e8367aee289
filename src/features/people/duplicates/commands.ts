import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { voterRecords } from '../../voterfile/queries.ts'
import { knownPeople } from '../imports/known.ts'
import { personById } from '../queries.ts'
import { addressLine, effectiveName, romanName } from '../rules.ts'
import { likelyPairs, likeness, romanKeys, shownFrom, type Evidence, type Likeness } from './rules.ts'

/** Looks through everybody and notes who may be one person. What was decided stays decided. */
export async function findDuplicates(db: Db, organization_id: string): Promise<number> {
  const people = await knownPeople(db, organization_id)
  const pairs = await likelyPairs(
    people.map(({ person_id, shown, emails, phones }) => ({
      person_id,
      emails,
      phones,
      last_name: textOf(shown.last_name),
      first_name: textOf(shown.first_name),
      middle_name: textOf(shown.middle_name),
      name_hangul: textOf(shown.name_hangul),
      address: textOf(shown.address),
      birth_year: typeof shown.birth_year === 'number' ? shown.birth_year : null,
    })),
    () => new Promise((resolve) => setImmediate(resolve)),
  )
  return inTransaction(db, async (tx) => {
    for (let from = 0; from < pairs.length; from += pairsAtOnce) {
      const rows = pairs.slice(from, from + pairsAtOnce)
      await sql`insert into person_pair (organization_id, person_a, person_b, score, evidence)
        select ${organization_id}::uuid, a, b, score, evidence
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as pair (a uuid, b uuid, score real, evidence jsonb)
        on conflict (organization_id, person_a, person_b) do update set score = excluded.score, evidence = excluded.evidence
          where person_pair.state = 'open'`.execute(tx)
    }
    return pairs.length
  })
}

/** Pairs of one statement. */
const pairsAtOnce = 2000

const textOf = (value: string | number | null): string | null => (typeof value === 'string' ? value : null)

export interface OpenPair {
  person_a: string
  person_b: string
  name_a: string
  name_b: string
  score: number
  evidence: Evidence[]
}

/** Pairs nobody has decided about, the likeliest first. */
export async function openPairs(db: Db, organization_id: string): Promise<OpenPair[]> {
  const name = (person: string, voter: string) => sql<string>`
    concat_ws(' · ', ${sql.ref(`${person}.name_hangul`)}, nullif(concat_ws(' ', coalesce(${sql.ref(`${person}.first_name`)}, ${sql.ref(`${voter}.first_name`)}), coalesce(${sql.ref(`${person}.last_name`)}, ${sql.ref(`${voter}.last_name`)})), ''))`
  const { rows } = await sql<OpenPair>`
    select pair.person_a, pair.person_b, pair.score, pair.evidence, ${name('a', 'va')} as name_a, ${name('b', 'vb')} as name_b
    from person_pair pair
    join person a on a.organization_id = pair.organization_id and a.person_id = pair.person_a and a.merged_into is null
    join person b on b.organization_id = pair.organization_id and b.person_id = pair.person_b and b.merged_into is null
    left join voter_record va on va.voter_id = a.voter_id
    left join voter_record vb on vb.voter_id = b.voter_id
    where pair.organization_id = ${organization_id} and pair.state = 'open'
    order by pair.score desc, pair.person_a, pair.person_b limit 200`.execute(db)
  return rows
}

export interface Alike {
  person_id: string
  voter_id: number | null
  name: string
  evidence: Evidence[]
}

/** Our own people whom somebody about to be added may be, the likeliest first: by number, mailbox and name, as the files spell it. */
export async function alikeOurs(db: Db, organization_id: string, added: Omit<Likeness, 'person_id'>): Promise<Alike[]> {
  const asked = { ...added, person_id: '' }
  const letters = (middle: RawBuilder<unknown>) =>
    sql`upper(regexp_replace(normalize(concat(coalesce(p.last_name, v.last_name), coalesce(p.first_name, v.first_name), ${middle}), nfd), '[^A-Za-z]', '', 'g'))`
  const keys = sql`any(${romanKeys(asked)}::text[])`
  const { rows: people } = await sql<Likeness & { voter_id: number | null }>`
    select p.person_id, p.voter_id, p.last_name, p.first_name, p.middle_name, p.name_hangul, p.birth_year, p.address,
      array(select phone from person_phone f where f.organization_id = p.organization_id and f.person_id = p.person_id) as phones,
      array(select email from person_email e where e.organization_id = p.organization_id and e.person_id = p.person_id) as emails
    from person p left join voter_record v on v.voter_id = p.voter_id
    where p.organization_id = ${organization_id} and p.merged_into is null and (
      exists (select from person_phone f where f.organization_id = p.organization_id and f.person_id = p.person_id and f.phone = any(${[...asked.phones]}::text[]))
      or exists (select from person_email e where e.organization_id = p.organization_id and e.person_id = p.person_id and e.email = any(${[...asked.emails]}::text[]))
      or replace(p.name_hangul, ' ', '') = ${(asked.name_hangul ?? '').replace(/\s/g, '')}
      or ${letters(sql`null`)} = ${keys} or ${letters(sql`coalesce(p.middle_name, v.middle_name)`)} = ${keys}) limit 50`.execute(
    db,
  )
  const voters = await voterRecords(
    db,
    people.flatMap(({ voter_id }) => voter_id ?? []),
  )
  return people
    .map((person) => {
      const voter = voters.find(({ voter_id }) => voter_id === person.voter_id) ?? null
      const known = {
        ...person,
        ...effectiveName(person, voter),
        birth_year: person.birth_year ?? voter?.birth_year ?? null,
        address: person.address ?? (voter && addressLine(voter)),
      }
      const name = [person.name_hangul, romanName(known)].filter(Boolean).join(' · ')
      return { person_id: person.person_id, voter_id: person.voter_id, name, ...likeness(asked, known) }
    })
    .filter(({ score }) => score >= shownFrom)
    .sort((a, b) => b.score - a.score)
}

export interface PairStanding {
  is: 'open' | 'different' | 'merged'
  /** Who decided so. */
  by: string | null
}

/** What is decided of two now, whoever did. Merged are they also where one of them went into somebody else. */
export async function pairStanding(db: Db, organization_id: string, one: string, other: string): Promise<PairStanding> {
  const [person_a = '', person_b = ''] = [one, other].sort()
  const people = await db
    .selectFrom('person')
    .select(['person_id', 'merged_into'])
    .where('organization_id', '=', organization_id)
    .where('person_id', 'in', [person_a, person_b])
    .execute()
  for (const person_id of [person_a, person_b]) found(people.find((each) => each.person_id === person_id))
  const gone = people.flatMap(({ person_id, merged_into }) => (merged_into ? [person_id] : []))
  if (gone.length > 0) {
    const merge = await db
      .selectFrom('person_merge')
      .select('merged_by')
      .where('organization_id', '=', organization_id)
      .where('merged', 'in', gone)
      .where('undone_at', 'is', null)
      .orderBy('merged_at', 'desc')
      .executeTakeFirst()
    return { is: 'merged', by: merge?.merged_by ?? null }
  }
  const pair = await db
    .selectFrom('person_pair')
    .select(['state', 'decided_by'])
    .where('organization_id', '=', organization_id)
    .where('person_a', '=', person_a)
    .where('person_b', '=', person_b)
    .executeTakeFirst()
  return pair?.state === 'different' ? { is: 'different', by: pair.decided_by } : { is: 'open', by: null }
}

/**
 * 'Not the same person', for good; also of two that only somebody's own eye put beside one another. False: meanwhile they
 * were merged. Said twice, it stays with whoever said it first.
 */
export function markDifferent(db: Db, actor: Actor, one: string, other: string, now: Date): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const [person_a = '', person_b = ''] = [one, other].sort()
    const { organization_id } = actor
    // A merge at the same moment locks both as well.
    await sql`select from person where organization_id = ${organization_id} and person_id in (${person_a}, ${person_b}) order by person_id for update`.execute(
      tx,
    )
    const standing = await pairStanding(tx, organization_id, person_a, person_b)
    if (standing.is !== 'open') return standing.is === 'different'
    const decision = { state: 'different', decided_by: actor.name, decided_at: now } as const
    await tx
      .insertInto('person_pair')
      .values({ organization_id, person_a, person_b, score: 0, evidence: '[]', ...decision })
      .onConflict((conflict) => conflict.columns(['organization_id', 'person_a', 'person_b']).doUpdateSet(decision))
      .execute()
    await audit(tx, actor, {
      action: 'person_pair.different',
      subject: 'person_pair',
      subject_id: person_a,
      after: { person_a, person_b },
    })
    return true
  })
}

/** Takes that back: the two are asked about again. */
export function reopenPair(db: Db, actor: Actor, one: string, other: string): Promise<void> {
  return inTransaction(db, async (tx) => {
    const [person_a = '', person_b = ''] = [one, other].sort()
    for (const person_id of [person_a, person_b]) found(await personById(tx, actor.organization_id, person_id))
    const { numUpdatedRows } = await tx
      .updateTable('person_pair')
      .set({ state: 'open', decided_by: null, decided_at: null })
      .where('organization_id', '=', actor.organization_id)
      .where('person_a', '=', person_a)
      .where('person_b', '=', person_b)
      .where('state', '=', 'different')
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return
    // A pair that only the decision made is nothing to ask about.
    await tx
      .deleteFrom('person_pair')
      .where('organization_id', '=', actor.organization_id)
      .where('person_a', '=', person_a)
      .where('person_b', '=', person_b)
      .where('evidence', '=', sql<Evidence[]>`'[]'::jsonb`)
      .execute()
    await audit(tx, actor, {
      action: 'person_pair.reopen',
      subject: 'person_pair',
      subject_id: person_a,
      before: { person_a, person_b },
    })
  })
}

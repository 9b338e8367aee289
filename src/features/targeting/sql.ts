import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import { newestSaid } from '../people/consent.ts'
import { duesAre, inGoodStanding } from '../people/membership/queries.ts'
import { barredFrom } from '../people/rules.ts'
import { givenSpellings, hasHangul, romanQueries, surnameSpellingsOf } from '../voterfile/community/hangul.ts'
import { inDistrict, straddling } from '../geography/crosswalk.ts'
import { inArea } from '../geography/places.ts'
import { isCrosswalkKind } from '../geography/schema.ts'
import { nameKey } from '../voterfile/rules/names.ts'
import { dayOf, electionsNamed, everybodyCould, lastElections, onOneDay, type KnownElection } from './elections.ts'
import { saltOf, voterHashSql } from './hash.ts'
import { foldName, foldedName } from './names.ts'
import { inHomesOf, type Homes } from './homes.ts'
import { hasMail, hasOwnMail, isMailedByFile } from './mail.ts'
import { isOfSeveral, ofState } from './of-state.ts'
import { firstHouse, lastHouse } from './parse.ts'
import { holds } from './print.ts'
import {
  parties,
  communities,
  termsOf,
  contactable,
  eventStates,
  taskStates,
  voteMethods,
  type Comparison,
  type ContactTerm,
  type EventFact,
  type Expression,
  type Field,
  type HouseNumbers,
  type LeftOutReason,
  type OfEvents,
  type PhoneKind,
  type Range,
  type Said,
  type SpanUnit,
  type StateId,
  type TaskState,
  type Term,
  type VoteMethod,
  type When,
} from './schema.ts'
import type { OurFacetName } from './refresh.ts'
import { streetBeginnings, streetPattern } from './street.ts'

/** What an expression means depends on whose rows, which day, and which elections the files tell of. */
export interface Meaning {
  organization_id: string
  /** 'YYYY-MM-DD' in the organization's time zone. */
  today: string
  elections: readonly KnownElection[]
  states: readonly string[]
  /** Ids of the frozen universes an expression names in `in:`, by that name as `foldName` writes it: they mean their members. */
  frozen: ReadonlyMap<string, string>
  /** Homes as the organization changed them by hand; nobody's where nothing is asked of homes. */
  homes: Homes
  /** Over whom: voter records `v`, or people in none, `v` made of what they told us (`strangers`). */
  over: 'voters' | 'strangers'
}

/** Whose rows of an organization are meant by `v`. */
type Whose = Pick<Meaning, 'organization_id' | 'over'>
export const votersOf = (organization_id: string): Whose => ({ organization_id, over: 'voters' })

type Condition = RawBuilder<boolean>

/**
 * The whole condition over `voter_record v`: the expression, and what goes without saying. Purged and pre-registered
 * records and those missing from the newest file are left out unless the expression speaks of status; people who must
 * not be contacted are left out unless it speaks of suppression.
 */
export function universeCondition(
  expression: Expression,
  meaning: Meaning,
  speaks: Speaks,
  isConjunct = true,
): Condition {
  return all([
    ...(speaks.status ? [] : [sql<boolean>`v.status in (${values(contactable)})`]),
    ...(speaks.gone ? [] : [sql<boolean>`v.gone_in is null`]),
    condition(expression, meaning, isConjunct),
    ...(speaks.suppression ? [] : [sql<boolean>`(${suppressed(meaning, blocking)}) is not true`]),
  ])
}

/** Of what goes without saying, what an expression says itself. */
export interface Speaks {
  status: boolean
  gone: boolean
  suppression: boolean
}

export function speaksOf(expression: Expression): Speaks {
  const terms = [...termsOf(expression)]
  return {
    status: terms.some(({ field }) => field === 'status'),
    gone: terms.some((term) => term.field === 'last_seen' || (term.field === 'status' && term.values.includes('gone'))),
    suppression: terms.some(({ field }) => field === 'suppressed'),
  }
}

/** Some of what goes without saying is lifted for a part of an expression alone: beside it universes have whom they have by themselves. */
export interface LiftedInPart {
  /** The expression as if nobody were left out. */
  said: Expression
  /** Which of it. */
  cut: Speaks
  /** Who is left out why, in the order in which it is asked: where somebody's own is lifted, another one is the reason. */
  reasons: readonly { reason: LeftOutReason; of: Expression }[]
}

/** Those who fit the expression but not the universe, `select reason, count`. */
export function leftOutBy(
  expression: Expression,
  meaning: Meaning,
  speaks: Speaks,
  in_part: LiftedInPart | null,
): RawBuilder<{ reason: LeftOutReason; count: number }> {
  if (in_part) {
    const reasons = in_part.reasons.map(
      ({ reason, of }) => sql`when ${condition(of, meaning, false)} then ${reason}::text`,
    )
    return sql`select reason, count(*) as count from (
        select case ${sql.join(reasons, sql` `)} end as reason from voter_record v
        where ${condition(in_part.said, meaning)} and (${universeCondition(expression, meaning, speaks)}) is not true
      ) fitting where reason is not null group by reason`
  }
  const status = sql`when v.status = 'preregistered' then 'preregistered' when v.status not in (${values(contactable)}) then 'purged'`
  return sql`select reason, count(*) as count from (
      select case ${speaks.status ? sql`` : status}
        ${speaks.gone ? sql`` : sql`when v.gone_in is not null then 'gone'`}
        ${speaks.suppression ? sql`` : sql`when ${suppressed(meaning, blocking)} then 'marked'`}
        when false then '' end as reason
      from voter_record v where ${condition(expression, meaning)}
    ) fitting where reason is not null group by reason`
}

/** Reasons that concern the person. A wrong or dead number concerns the number: the voter may have others. */
export const blocking = ['do_not_call', 'deceased', 'moved', 'hostile', 'legal'] as const

/** Of these who lives at the address of the voter file no more. */
export const leftHome = ['deceased', 'moved'] as const

/** The expression alone, as a condition over `voter_record v`. Every value is a parameter. */
export function condition(expression: Expression, meaning: Meaning, isConjunct = true): Condition {
  if (expression.op === 'term') return term(expression.term, meaning, isConjunct)
  // What the file does not say is not so: not(unknown) is true.
  if (expression.op === 'not') return sql`(${condition(expression.of, meaning, false)}) is not true`
  const parts = expression.of.map((each) => condition(each, meaning, isConjunct && expression.op === 'and'))
  return expression.op === 'and' ? all(parts) : any(parts)
}

const never: Condition = sql`false`
/** An organization that knows nothing: what holds of the files alone. */
export const nobody = '00000000-0000-0000-0000-000000000000'
const always: Condition = sql`true`
const all = (parts: readonly Condition[]): Condition =>
  parts.length === 0 ? always : sql`(${sql.join(parts, sql` and `)})`
/** What can never be is left out: beside an "or" PostgreSQL joins no tables. */
const any = (parts: readonly Condition[]): Condition => {
  const possible = parts.filter((part) => part !== never)
  const [first, second] = possible
  return first === undefined ? never : second === undefined ? first : sql`(${sql.join(possible, sql` or `)})`
}
const values = (list: readonly (string | number)[]): RawBuilder<unknown> => sql.join(list.map((value) => sql`${value}`))
const texts = (list: readonly string[]): RawBuilder<string[]> => sql`${[...list]}::text[]`

function term(of: Term, meaning: Meaning, isConjunct: boolean): Condition {
  const { organization_id } = meaning
  if (meaning.over === 'strangers' && ofRecord.has(of.field)) return never
  switch (of.field) {
    case 'name':
      return any(of.names.map((name) => named(name, meaning)))
    case 'status': {
      const plain = of.values.filter((value) => value !== 'gone')
      return any([
        ...(plain.length > 0 ? [sql<boolean>`v.status in (${values(plain)})`] : []),
        ...(of.values.includes('gone') ? [sql<boolean>`v.gone_in is not null`] : []),
      ])
    }
    case 'party':
      return sql`v.party in (${values(of.values)})`
    case 'state':
      return sql`v.state in (${values(of.values)})`
    case 'county':
      return any(
        countiesByState(of.values).map(([state, names]) => sql`${inState(state)} v.county in (${values(names)})`),
      )
    case 'city':
      return sql`lower(v.city) in (${values(of.values)})`
    case 'zip':
      return any(
        of.ranges.map(({ from, to }) => (from === to ? sql`v.zip5 = ${from}` : sql`v.zip5 between ${from} and ${to}`)),
      )
    case 'district':
      return district(of)
    case 'age':
      return any(of.ranges.map((range) => aged(range, meaning.today)))
    case 'born':
      return any(
        of.ranges.map((range) => within(sql`coalesce(extract(year from v.birth_date)::integer, v.birth_year)`, range)),
      )
    case 'sex': {
      const known = of.values.filter((value) => value !== 'unknown')
      return any([
        ...(known.length > 0 ? [sql<boolean>`v.sex in (${values(known)})`] : []),
        ...(of.values.includes('unknown') ? [sql<boolean>`v.sex is null`] : []),
      ])
    }
    case 'voted': {
      const ids = of.elections
        .flatMap((name) => electionsNamed(name, meaning.elections))
        .map(({ election_id }) => election_id)
      return votedIn(ids)
    }
    case 'turnout':
      return turnout(of, meaning)
    case 'registered':
      return happened(sql`v.registered_on`, of.when, meaning.today)
    case 'first_seen':
      return sql`exists (select from voter_file f where v.voter_id >= f.first_voter_id
        and v.voter_id < f.next_voter_id and ${happened(fileDay, of.when, meaning.today)})`
    case 'last_seen':
      return happened(lastSeen, of.when, meaning.today)
    case 'area':
      return inArea(of.area)
    case 'follow_up': {
      const which = all([
        ...(of.kinds.length > 0 ? [sql<boolean>`f.kind = any(${texts(of.kinds)})`] : []),
        ...(of.state === null ? [] : [of.state === 'open' ? sql<boolean>`f.solved_at is null` : sql<boolean>`f.solved_at is not null`]),
      ]) // prettier-ignore
      return sql`(exists (select from follow_up f where f.organization_id = ${organization_id} and f.voter_id = v.voter_id and ${which})
        or ${throughPerson(meaning, sql`follow_up f`, sql`f.organization_id = p.organization_id and f.person_id = p.person_id and f.voter_id is null and ${which}`)})`
    }
    case 'event':
    case 'invited':
    case 'attended':
    case 'signed_up':
    case 'no_show':
    case 'hosted':
    case 'partner':
    case 'event_times':
    case 'hours':
    case 'stage':
    case 'role':
    case 'body':
    case 'trained':
    case 'part':
    case 'delegated':
    case 'cohort':
    case 'next_step':
    case 'task':
    case 'member':
    case 'member_since':
    case 'dues': {
      const which = ofOurs(of, meaning)
      // Whom we do not know was at no event.
      return isOfNobody(of) ? sql`not ${ofPerson(meaning, sql`not (${which})`)}` : ofPerson(meaning, which)
    }
    case 'phone':
      return hasPhone(meaning, of.kinds)
    case 'phone_number': {
      const like = `%${of.digits}%`
      return any([
        sql`v.voter_id in (select vp.voter_id from voter_phone vp where vp.phone like ${like})`,
        ownPhone(meaning, sql`pp.phone like ${like}`),
      ])
    }
    case 'language':
      return inLanguages(of.values, meaning, ['language'])
    case 'community':
      return any(of.values.map((name) => community(name, of.comparison, of.percent, meaning)))
    case 'tag':
      return ofPerson(
        meaning,
        sql`exists (select from person_tag pt where pt.organization_id = p.organization_id and pt.person_id = p.person_id
          and pt.tag = any(${texts(of.values)}))`,
      )
    case 'contacted':
    case 'reached':
    case 'last_contact':
    case 'attempts':
    case 'attempts_on':
    case 'talks':
    case 'result':
    case 'support':
    case 'answer':
    case 'answered':
      return contact(of, meaning, always)
    case 'at_phone_bank':
      return contact(
        of.term,
        meaning,
        sql`a.phone_bank_id in (select b.phone_bank_id from phone_bank b where b.organization_id = ${organization_id}
          and (exists (select from jsonb_each_text(b.name) n where ${foldedName(sql`n.value`)} = any(${texts(of.phone_banks.map(foldName))}))
            or exists (select from phone_bank_former_name f where f.organization_id = b.organization_id and f.phone_bank_id = b.phone_bank_id
              and f.name = any(${texts(of.phone_banks.map(foldName))}))))`,
      )
    case 'household': {
      // `v` is one who lives there; `me` carries the home of the voter outside.
      const living = sql`v.household_key is not null and v.gone_in is null and v.status in (${values(contactable)})
        and (${suppressed(meaning, leftHome)}) is not true`
      const size = any(of.ranges.map((range) => within(sql`count(*)`, range)))
      const { homes } = meaning
      const fits = (count: number): boolean =>
        of.ranges.some(({ from, to }) => (from === null || count >= from) && (to === null || count <= to))
      const byHand = homes.ids.length === 0 ? null : inHomesOf(homes, fits)
      if (!isConjunct) {
        const byFile = sql<boolean>`exists (select from (select v.household_key as home) me cross join lateral (
          select from voter_record v where v.household_key = me.home and ${living} having count(*) > 0 and ${size}) living)`
        return byHand
          ? sql`case when v.voter_id = any(${ids(homes.ids)}) then v.voter_id = any(${ids(byHand)}) else ${byFile} end`
          : byFile
      }
      if (!byHand)
        return sql`v.household_key in (select v.household_key from voter_record v where ${living} group by v.household_key having ${size})`
      const isRight = new Set(byHand)
      const right = [...new Set(homes.homes.filter((_, index) => isRight.has(homes.ids[index] ?? 0)))]
      return sql`${homeOf(meaning)} in (select v.household_key from voter_record v where ${living} and v.voter_id <> all(${ids(homes.ids)})
        group by v.household_key having ${size} union all select unnest(${right}::bigint[]))`
    }
    case 'has':
      return any(
        of.values.map((what) => {
          if (what === 'mail' && meaning.over === 'strangers') return ofPerson(meaning, hasOwnMail)
          if (what === 'phone') return hasPhone(meaning)
          if (what === 'mail') return organization_id === nobody ? isMailedByFile : hasMail(organization_id)
          if (what === 'person') return ofPerson(meaning, always)
          if (what === 'hangul') return ofPerson(meaning, sql`p.name_hangul is not null`)
          if (what === 'email') {
            return ofPerson(
              meaning,
              sql`exists (select from person_email pe where pe.organization_id = p.organization_id
              and pe.person_id = p.person_id and pe.quality in ('good', 'unknown') and pe.claimed_at is null)`,
            )
          }
          return ofPerson(
            meaning,
            sql`exists (select from note n where n.organization_id = p.organization_id
            and n.person_id = p.person_id and n.removed_at is null)`,
          )
        }),
      )
    case 'suppressed':
      return suppressed(meaning, of.reasons.length > 0 ? of.reasons : null)
    case 'first':
      return any(of.names.map((name) => firstNamed(name, meaning)))
    case 'last':
      return any(of.names.map((name) => lastNamed(name, meaning)))
    case 'middle':
      return any(of.names.map(middleNamed))
    case 'suffix':
      return of.values.length === 0 ? sql`v.suffix is not null` : sql`v.suffix in (${values(of.values)})`
    case 'street':
      return all([any(of.streets.map(onStreet)), ...(of.numbers ? [houseNumbered(of.numbers)] : [])])
    case 'birth_date':
      return bornBetween(of.from, of.to)
    case 'birthday': {
      const day = sql`to_char(v.birth_date, 'MM-DD')`
      return any(
        of.days.map(({ from, to }) =>
          from <= to ? sql`${day} between ${from} and ${to}` : sql`(${day} >= ${from} or ${day} <= ${to})`,
        ),
      )
    }
    case 'registered_by': {
      const known = of.values.filter((value) => value !== 'unknown')
      return any([
        ...(known.length > 0 ? [sql<boolean>`v.registered_by in (${values(known)})`] : []),
        ...(of.values.includes('unknown') ? [sql<boolean>`v.registered_by is null`] : []),
      ])
    }
    case 'state_id':
      return any(of.values.map((value) => stateIdIs[value]))
    case 'party_then':
      return sql`${partyOn(of.on)} in (${values(of.values)})`
    case 'voted_as':
      return any(
        onOneDay(of.elections.flatMap((name) => electionsNamed(name, meaning.elections))).map(({ day, ids }) =>
          all([votedIn(ids), sql`${partyOn(day)} in (${values(of.parties)})`]),
        ),
      )
    case 'method':
      return castBy(
        of.methods,
        of.elections.length === 0 ? null : of.elections.flatMap((name) => electionsNamed(name, meaning.elections)),
      )
    case 'skipped':
      return any(
        onOneDay(of.elections.flatMap((name) => electionsNamed(name, meaning.elections))).map((held) =>
          skippedDay(held, meaning),
        ),
      )
    case 'skipped_of':
      return skippedOf(of, meaning)
    case 'last_voted':
      return lastVoted(of.when, meaning)
    case 'speaks':
      return inLanguages(of.values, meaning, ['language', 'second_language'])
    case 'own_field':
      return ofPerson(meaning, keeps(sql`p.custom -> ${of.key}::text`, of.said))
    case 'related': {
      const kinds = of.kinds.length > 0 ? sql<boolean>`r.kind = any(${texts(of.kinds)})` : always
      // "A is B's spouse" is so the other way round too; whoever is somebody's parent has a child.
      const turned: Record<string, string> = { parent: 'child', child: 'parent' }
      const inverse = of.kinds.filter((kind) => kind !== 'referred_by').map((kind) => turned[kind] ?? kind)
      const ifInverse = of.kinds.length > 0 ? sql<boolean>`r.kind = any(${texts(inverse)})` : always
      return ofPerson(
        meaning,
        sql`exists (select from relationship r where r.organization_id = p.organization_id
          and ((r.person_id = p.person_id and ${kinds}) or (r.other_person_id = p.person_id and ${ifInverse})))`,
      )
    }
    case 'consent': {
      if (of.state === 'unknown') {
        return any(
          of.channels.map(
            (channel) =>
              sql`not ${ofPerson(meaning, sql`exists (select from consent c where c.organization_id = p.organization_id and c.person_id = p.person_id and c.channel = ${channel})`)}`,
          ),
        )
      }
      return ofPerson(
        meaning,
        any(
          of.channels.map(
            (channel) =>
              sql`(select c.is_given from consent c where c.organization_id = p.organization_id and c.person_id = p.person_id
                and c.channel = ${channel} order by ${newestSaid} limit 1) = ${of.state === 'given'}`,
          ),
        ),
      )
    }
    case 'household_with': {
      const speaks = speaksOf(of.of)
      const { homes } = meaning
      // `v` inside is the other one; `me` carries what is needed of the voter outside.
      const another = (
        home: RawBuilder<unknown>,
        isThere: RawBuilder<unknown>,
      ) => sql<boolean>`exists (select from (select ${home} as home, v.voter_id as id) me cross join lateral (
        select from voter_record v where ${isThere} and v.voter_id <> me.id
        ${speaks.status ? sql`` : sql`and v.status in (${values(contactable)})`}
        ${speaks.gone ? sql`` : sql`and v.gone_in is null`}
        ${speaks.suppression ? sql`` : sql`and (${suppressed(meaning, leftHome)}) is not true`}
        and ${condition(of.of, meaning, false)}) another)`
      const byFile = another(sql`v.household_key`, sql`v.household_key = me.home`)
      if (homes.ids.length === 0) return byFile
      // Homes changed by hand are here whole.
      const byHand = another(homeOf(meaning), sql`v.voter_id = any(${ids(homes.ids)}) and ${homeOf(meaning)} = me.home`)
      return sql`case when v.voter_id = any(${ids(homes.ids)}) then ${byHand} else ${byFile} end`
    }
    case 'sample':
      return sql`${voterHashSql(drawnBy(meaning), saltOf('sample', of.seed))} % 10000 < ${of.per_10000}`
    case 'split':
      return sql`${voterHashSql(drawnBy(meaning), saltOf('split', of.seed))} % ${of.of}::bigint in (${values(of.parts)})`
    case 'in':
      // Live ones are put in place before this; what is left means the members kept.
      return any(
        of.universes.map((name) => {
          const universe_id = meaning.frozen.get(foldName(name))
          if (!universe_id) throw new Error(`universe ${name} was not put in place`)
          return isMember(organization_id, universe_id)
        }),
      )
    default:
      return of satisfies never
  }
}

/** What only a voter record says: whoever has none fits none of it, not even what it asks for as unknown. */
const ofRecord: ReadonlySet<Field> = new Set<Field>([
  'status', 'party', 'party_then', 'state', 'county', 'district', 'area', 'suffix', 'birthday', 'registered', 'registered_by', 'state_id', 'first_seen',
  'last_seen', 'voted', 'voted_as', 'turnout', 'method', 'skipped', 'skipped_of', 'last_voted', 'household', 'household_with', 'in',
]) // prettier-ignore

const stateIdIs: Record<StateId, RawBuilder<boolean>> = {
  known: sql`v.id_kind is null`,
  waiting: sql`(v.id_kind is not null and v.unmatched_in is null)`,
  unmatched: sql`(v.id_kind is not null and v.unmatched_in is not null)`,
}

/** By which number somebody is in a sample. */
const drawnBy = ({ over }: Whose): RawBuilder<unknown> =>
  over === 'voters' ? sql`v.voter_id` : sql`('x' || left(md5(v.person_id::text), 8))::bit(32)::bigint`

/** A word of a name as `nameKey` of voterfile/rules/names.ts writes it. */
const keyOfName = (name: RawBuilder<unknown>): RawBuilder<string> =>
  sql`upper(normalize(regexp_replace(normalize(coalesce(${name}, ''), nfd), '[^A-Za-z\u1100-\u11ff]', '', 'g'), nfc))`

/** Where the street of a home ends: at a comma, a unit or a floor. */
const unitBegins = '\\s*(,|#|\\m(apt|apartment|unit|fl|floor|ste|suite|rm|room)\\M).*$'

/**
 * People no voter record is known of, in its shape, as far as they told us: `from ${strangers(…)} v`. `people`: the ids under which
 * they are known, also those merged into them.
 */
export const strangers = (organization_id: string): RawBuilder<unknown> => sql`(
  select me.person_id, null::integer as voter_id, me.last_name, me.first_name, me.middle_name, ${keyOfName(sql`me.last_name`)} as last_key,
    ${keyOfName(sql`me.first_name`)} || ${keyOfName(sql`me.middle_name`)} as given_key, null::date as birth_date, me.birth_year, me.sex, me.city, me.zip5,
    substring(me.address from '^\\s*(\\d[^\\s,]*)') as house_number,
    regexp_replace(regexp_replace(me.address, '^\\s*\\d[^\\s,]*\\s+', ''), ${unitBegins}, '', 'i') as street,
    array(with recursive theirs as (select me.person_id as id union
      select m.person_id from person m join theirs t on m.merged_into = t.id where m.organization_id = me.organization_id)
      select id from theirs) as people,
    ${sql.join(communities.map((name) => sql`0::smallint as ${sql.id(`p_${name}`)}`))}
  from person me where me.organization_id = ${organization_id} and me.merged_into is null and me.voter_id is null)`

const ids = (list: readonly number[]): RawBuilder<number[]> => sql`${[...list]}::integer[]`

/** The home of voter `v`: as it was changed by hand, else as the voter file has it. */
export const homeOf = ({ homes }: Pick<Meaning, 'homes'>): RawBuilder<number | null> =>
  homes.ids.length === 0
    ? sql`v.household_key`
    : sql`case when v.voter_id = any(${ids(homes.ids)}) then (${[...homes.homes]}::bigint[])[array_position(${ids(homes.ids)}, v.voter_id)] else v.household_key end`

/** Of a contact, as the organization's own calendar has it. */
const attemptDay = (organization_id: string): RawBuilder<unknown> =>
  sql`(a.attempted_at at time zone (select o.time_zone from organization o where o.organization_id = ${organization_id}))::date`

/** Terms about our contacts; `which`: those that count. */
function contact(of: ContactTerm, meaning: Meaning, which: Condition): Condition {
  const { organization_id, today } = meaning
  const attempted = (only: Condition): Condition => attemptedBy(meaning, only)
  switch (of.field) {
    case 'contacted':
    case 'reached':
    case 'last_contact': {
      const only = all([
        which,
        ...(of.channel ? [sql<boolean>`a.channel = ${of.channel}`] : []),
        ...(of.field === 'reached' ? [sql<boolean>`is_conversation(a.disposition, a.spoke_with)`] : []),
      ])
      // A piece of paper is no attempt of a phone bank.
      const isAlsoMailed = of.channel === 'post' && of.field !== 'reached' && which === always
      const some = (on: (day: RawBuilder<unknown>) => Condition): Condition => {
        const tried = attempted(all([only, on(attemptDay(organization_id))]))
        return isAlsoMailed ? any([tried, mailed(organization_id, on(sql`m.mailed_on`))]) : tried
      }
      const fits = (when: When): Condition => some((day) => happened(day, when, today))
      const { when } = of
      // Longer ago than that: there are some, and none is newer.
      if (when.is === 'before') return all([fits({ is: 'ever' }), sql`not ${fits({ ...when, is: 'within' })}`])
      if (of.field !== 'last_contact' || when.is !== 'between' || when.to === null) return fits(when)
      return all([fits(when), sql`not ${some((day) => sql`${day} > ${when.to}::date`)}`])
    }
    case 'attempts':
      return any(of.ranges.map((range) => countedAttempts(range, meaning, which)))
    case 'attempts_on': {
      const only = all([which, sql<boolean>`a.channel = ${of.channel}`])
      return any(of.ranges.map((range) => countedAttempts(range, meaning, only)))
    }
    case 'talks': {
      const reached = all([which, sql<boolean>`is_conversation(a.disposition, a.spoke_with)`])
      return any(of.ranges.map((range) => countedAttempts(range, meaning, reached)))
    }
    case 'result':
      return attempted(
        all([
          which,
          ...(of.when ? [happened(attemptDay(organization_id), of.when, today)] : []),
          ...(of.channel ? [sql<boolean>`a.channel = ${of.channel}`] : []),
          // The organization's own results count as one of ours and are found under both names.
          sql<boolean>`(a.disposition = any(${texts(of.values)}) or a.result_code = any(${texts(of.values)}))`,
        ]),
      )
    case 'support':
      return answered(
        meaning,
        which,
        isSupport,
        // Only a number 1-5 is a score; a case keeps the cast from meeting anything else.
        sql`case when jsonb_typeof(last.value) = 'number' or last.value #>> '{}' ~ '^[1-5]$'
          then ${any(of.ranges.map((range) => within(sql`(last.value #>> '{}')::numeric`, range)))} else false end`,
      )
    case 'answer':
      return answered(
        meaning,
        which,
        sql`ca.question = ${of.question}`,
        any(
          of.values
            .flatMap(alsoSaid)
            .map(
              (value) =>
                sql`(last.value #>> '{}' = ${value} or (jsonb_typeof(last.value) = 'array' and last.value @> to_jsonb(${value}::text)))`,
            ),
        ),
      )
    case 'answered':
      return answered(meaning, which, sql`ca.question = ${of.question}`, keeps(sql`last.value`, of.said))
    default:
      return of satisfies never
  }
}

/** Is a kept value (jsonb) so? Numbers are compared as numbers, days as days; capitals do not matter. */
function keeps(value: RawBuilder<unknown>, said: Said): Condition {
  const text = sql`(${value} #>> '{}')`
  if (said.is === 'any') return sql`coalesce(${text}, '') not in ('', '[]')`
  if (said.is === 'one_of') {
    const wanted = said.values.flatMap(alsoSaid).map((each) => each.toLowerCase())
    return sql`lower(${text}) = any(${texts(wanted)})`
  }
  const bounds: [string, string][] =
    said.is === 'beyond'
      ? [[said.comparison, said.bound]]
      : [
          ...(said.from === null ? [] : [['>=', said.from] as [string, string]]),
          ...(said.to === null ? [] : [['<=', said.to] as [string, string]]),
        ]
  return all(
    bounds.map(([comparison, bound]) =>
      isDay(bound)
        ? sql`(${text} ~ '^\\d{4}-\\d\\d-\\d\\d$' and ${text} ${sql.raw(comparison)} ${bound})`
        : sql`case when ${text} ~ '^-?\\d{1,15}([.]\\d+)?$' then ${text}::numeric ${sql.raw(comparison)} ${bound}::numeric else false end`,
    ),
  )
}

const isDay = (bound: string): boolean => /^\d{4}-\d\d-\d\d$/.test(bound)

/** The voter is a member of the frozen universe. */
export const isMember = (organization_id: string, universe_id: string): Condition =>
  sql`exists (select from universe_member um where um.organization_id = ${organization_id} and um.universe_id = ${universe_id}
    and um.voter_id = v.voter_id and um.until is null)`

/** A number of the state's or a vendor's file or of our own, unless we know that it does not work or is closed; as exports take them. */
export function hasPhone(whose: Whose, kinds: readonly PhoneKind[] = []): Condition {
  const { organization_id } = whose
  const isOne = (kind: RawBuilder<unknown>): Condition =>
    kinds.length === 0 ? always : sql`${kind} in (${values(kinds)})`
  return sql`(exists (select from voter_phone vp where vp.voter_id = v.voter_id and ${isOne(sql`vp.kind`)} and ${isUsable(organization_id)})
    or ${ownPhone(whose, sql`${isOne(sql`pp.kind`)} and ${isOwnUsable(organization_id)}`)})`
}

/** Of a number of a file, `voter_phone vp`: nobody of ours found it wrong or disconnected, and it is not closed. */
export const isUsable = (
  organization_id: string,
): Condition => sql`(${isOpen(organization_id, sql`vp.phone`, sql`vp.voter_id`, personOf(organization_id, sql`vp.voter_id`))}
  and not exists (select from person_phone bad join person p on p.organization_id = bad.organization_id and p.person_id = bad.person_id
    where bad.organization_id = ${organization_id} and bad.phone = vp.phone and bad.quality not in ('good', 'unknown')
    and p.voter_id = vp.voter_id and p.merged_into is null))`

const isOpen = (
  organization_id: string,
  phone: RawBuilder<unknown>,
  voter_id: RawBuilder<unknown>,
  person_id: RawBuilder<unknown>,
): Condition =>
  sql`not exists (select from suppression s where s.organization_id = ${organization_id} and s.phone = ${phone}
    and closes_number(s, ${voter_id}, ${person_id}) and s.taken_back_at is null)`

const personOf = (organization_id: string, voter_id: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select whose.person_id from person whose where whose.organization_id = ${organization_id} and whose.voter_id = ${voter_id} and whose.merged_into is null)`

/** Our own number of a person `p`, `person_phone pp`, that works and is not closed. */
export const isOwnUsable = (organization_id: string): Condition =>
  sql`(pp.quality in ('good', 'unknown') and ${isOpen(organization_id, sql`pp.phone`, sql`p.voter_id`, sql`p.person_id`)})`

/** Who refused a channel, by their newest statement about it. */
export const refusals = (organization_id: string): RawBuilder<unknown> => sql`(
  select p.voter_id, bool_or(c.channel = 'phone') as phone, bool_or(c.channel = 'post') as post, bool_or(c.channel = 'email') as email
  from (select distinct on (person_id, channel) person_id, channel, is_given from consent where organization_id = ${organization_id}
    order by person_id, channel, ${newestSaid}) c
  join person p on p.organization_id = ${organization_id} and p.person_id = c.person_id and p.merged_into is null
  where not c.is_given and p.voter_id is not null group by p.voter_id)`

const ownPhone = (whose: Whose, which: Condition): Condition =>
  ofPerson(
    whose,
    sql`exists (select from person_phone pp where pp.organization_id = p.organization_id and pp.person_id = p.person_id and ${which})`,
  )

/*
 * `exists` with the voter inside, never `voter_id in (…)`, wherever a set may be large: in an `or` or a `not`, PostgreSQL
 * hashes the set of an `in` only while it expects it to fit into work_mem, else it walks over all of it for each voter.
 */

/** What our own people did at events and became with us. */
export type OurTerm = Extract<
  Term,
  {
    field:
      | EventFact
      | 'event'
      | 'event_times'
      | 'hours'
      | 'stage'
      | 'role'
      | 'body'
      | 'partner'
      | 'trained'
      | 'part'
      | 'delegated'
      | 'cohort'
      | 'next_step'
      | 'task'
      | 'member'
      | 'member_since'
      | 'dues'
  }
>

const ourFields: ReadonlySet<string> = new Set<OurTerm['field']>([
  'event', 'invited', 'attended', 'signed_up', 'no_show', 'hosted', 'partner', 'event_times', 'hours', 'stage', 'role', 'body', 'trained', 'part', 'delegated', 'cohort', 'next_step', 'task',
  'member', 'member_since', 'dues',
]) // prettier-ignore
export const isOurs = (term: Term): term is OurTerm => ourFields.has(term.field)

/** Is it so of whoever never came? */
export function isOfNobody(of: Term): boolean {
  if (of.field === 'event_times') return (of.range.from ?? 0) <= 0
  return of.field === 'hours' && holds(0, of.comparison, of.hours)
}

/** Asked of person `p` only where they have a row there: most have none, and are so or not. */
const ofThoseIn = (table: 'event_signup' | 'membership', fits: Condition, others = false): Condition =>
  sql`case when exists (select from ${sql.table(table)} y where y.organization_id = p.organization_id and y.person_id = p.person_id)
    then ${fits} else ${others} end`

/** Is person `p` so? */
function ofOurs(of: OurTerm, meaning: Meaning): Condition {
  const { organization_id, today } = meaning
  switch (of.field) {
    case 'event':
      return any(
        (of.states.length > 0 ? of.states : eventStates).map((state) =>
          atEvents(state, anyEvent, organization_id, always),
        ),
      )
    case 'invited':
    case 'attended':
    case 'signed_up':
    case 'no_show':
    case 'hosted': {
      const on = eventDay(of.field, organization_id)
      const then = (when: When): Condition => (when.is === 'ever' ? always : happened(on, when, today))
      const fits = (when: When): Condition =>
        atEvents(of.field, of, organization_id, all([heldBy(of.field, meaning), then(when)]))
      // Longer ago than that: there was one, and none since.
      return of.when.is === 'before'
        ? all([fits({ is: 'ever' }), sql`not ${fits({ ...of.when, is: 'within' })}`])
        : fits(of.when)
    }
    case 'event_times': {
      const on = of.when ? happened(eventDay(of.state, organization_id), of.when, today) : always
      const held = all([heldBy(of.state, meaning), on])
      const rows = eventRows(of.state, { kinds: of.kinds, events: [] }, organization_id, held)
      const fits = within(sql`(select count(distinct x.event_id) ${rows})`, of.range)
      return of.state === 'hosted' ? fits : ofThoseIn('event_signup', fits, isOfNobody(of))
    }
    case 'hours': {
      const kinds = of.kinds.length > 0 ? isOfKind(of.kinds, organization_id) : always
      const on = of.when ? happened(dayOfOurs(sql`x.at`, organization_id), of.when, today) : always
      const served = sql`coalesce((select sum(round(x.minutes * 60)) from service_time x
        where x.organization_id = p.organization_id and x.person_id = p.person_id and ${kinds} and ${on}), 0)`
      return ofThoseIn('event_signup', sql`${served} ${sql.raw(of.comparison)} ${of.hours * 3600}`, isOfNobody(of))
    }
    case 'partner':
      return sql`exists (select from event_through_partner x where x.organization_id = p.organization_id and x.person_id = p.person_id
        and ${oneOfTexts(sql`x.name`, of.names)})`
    case 'stage':
      return onRung(of, meaning)
    case 'role':
      return sql`exists (select from role_named x where x.organization_id = p.organization_id and x.person_id = p.person_id and x.removed_at is null
        and ${today}::date between x.from_on and coalesce(x.until_on, 'infinity') and ${oneOfNames(sql`x.name`, of.names)})`
    case 'body':
      return sql`exists (select ${officesHeld(today)} and b.kind = ${of.kind} and ${oneOfTexts(sql`b.name`, of.names)}
        and ${oneOfTexts(sql`o.name`, of.offices)})`
    case 'trained':
      return sql`exists (select from training_passed x join training g on g.organization_id = x.organization_id and g.training_id = x.training_id
        where x.organization_id = p.organization_id and x.person_id = p.person_id and x.removed_at is null
        and ${today}::date between x.passed_on and coalesce(x.until_on, 'infinity') and ${oneOfTexts(sql`g.name`, of.names)})`
    case 'part': {
      const which = of.parts.length > 0 ? sql<boolean>`x.part = any(${texts(of.parts)})` : always
      return sql`exists (select from event_part x join event e on e.organization_id = x.organization_id and e.event_id = x.event_id
        where x.organization_id = p.organization_id and x.person_id = p.person_id and e.canceled_at is null and ${which})`
    }
    case 'delegated': {
      const which = of.kinds.length > 0 ? sql<boolean>`d.what = any(${texts(of.kinds)})` : always
      return sql`exists (select from person_account x join delegation d on d.organization_id = x.organization_id and d.user_id = x.user_id
        where x.organization_id = p.organization_id and x.person_id = p.person_id and d.ended_at is null
        and ${today}::date between d.from_on and d.until_on and ${which})`
    }
    case 'cohort': {
      const stands = of.states.length > 0 ? sql`x.state = any(${texts(of.states)})` : sql`x.state <> 'removed'`
      return sql`exists (select from cohort_application x join cohort g on g.organization_id = x.organization_id and g.cohort_id = x.cohort_id
        where x.organization_id = p.organization_id and x.person_id = p.person_id and ${stands} and ${oneOfTexts(sql`g.name`, of.names)})`
    }
    case 'next_step':
      return sql`exists (select from task x where x.organization_id = p.organization_id and x.person_id = p.person_id
        and x.kind = 'next_step' and ${taskStands(of.states, today)})`
    case 'task':
      return sql`(exists (select from task x where x.organization_id = p.organization_id and x.person_id = p.person_id
          and x.kind = 'task' and ${taskStands(of.states, today)})
        or exists (select from person_account a join task x on x.organization_id = a.organization_id and x.owner_id = a.user_id
          where a.organization_id = p.organization_id and a.person_id = p.person_id and x.kind = 'task' and x.event_id is not null and ${taskStands(of.states, today)}))`
    case 'member': {
      const kinds = of.kinds.length > 0 ? isOfKind(of.kinds, organization_id, 'membership_kind') : always
      const counts = sql`x.organization_id = p.organization_id and x.person_id = p.person_id and x.removed_at is null
        and x.from_on <= ${today}::date and ${kinds}`
      if (of.standings.length === 0) return sql`exists (select from membership x where ${counts})`
      const stands = (some: readonly string[]): Condition =>
        sql`exists (select from (select distinct on (x.kind) x.standing from membership x where ${counts}
          order by x.kind, x.from_on desc, x.recorded_at desc, x.membership_id) newest where newest.standing = any(${texts(some)}))`
      const isGood = all([isInGoodStanding(today), ...(of.kinds.length > 0 ? [stands(['active', 'grace'])] : [])])
      return ofThoseIn('membership', any([stands(of.standings), ...(of.standings.includes('good') ? [isGood] : [])]))
    }
    case 'member_since':
      return ofThoseIn(
        'membership',
        all([
          isInGoodStanding(today),
          happened(
            sql`(select min(m.from_on) from membership m where m.organization_id = p.organization_id and m.person_id = p.person_id
              and m.removed_at is null and m.standing = 'active' and m.from_on <= ${today}::date)`,
            of.when,
            today,
          ),
        ]),
      )
    case 'dues':
      return any(of.states.map((state) => duesAre(state, organization_id, sql.ref('p.person_id'), today)))
    default:
      return of satisfies never
  }
}

/** Of task `x`. What was put off is due when it is due. */
function taskStands(states: readonly TaskState[], today: string): Condition {
  const stands: Record<TaskState, Condition> = {
    open: sql`x.ended_at is null`,
    overdue: sql`(x.ended_at is null and x.due_on < ${today}::date)`,
    done: sql`x.ended_as = 'done'`,
    moved_on: sql`x.ended_as = 'moved_on'`,
  }
  return states.length === 0 ? always : any(states.map((state) => stands[state]))
}

/** Offices `o` person `p` holds today, in bodies `b`. */
const officesHeld = (today: string): RawBuilder<unknown> => sql`from person_role x
  join body_office o on o.organization_id = x.organization_id and o.office_id = x.office_id
  join body b on b.organization_id = o.organization_id and b.body_id = o.body_id and b.archived_at is null
  where x.organization_id = p.organization_id and x.person_id = p.person_id and x.removed_at is null
    and ${today}::date between x.from_on and coalesce(x.until_on, 'infinity')`

const isInGoodStanding = (today: string): Condition =>
  inGoodStanding(sql.ref('p.organization_id'), sql.ref('p.person_id'), today)

/** How many of our people each term means, of those whose voter record is known or of the others. */
export async function countOurs(
  db: Db,
  terms: readonly OurTerm[],
  meaning: Meaning,
  whose: 'voters' | 'strangers',
): Promise<number[]> {
  if (terms.length === 0) return []
  const counts = terms.map((each) => sql`count(*) filter (where ${ofOurs(each, meaning)})`)
  const { rows } = await sql<{ counts: number[] }>`select array[${sql.join(counts)}]::integer[] as counts from person p
    where p.organization_id = ${meaning.organization_id} and p.merged_into is null
      and p.voter_id ${whose === 'voters' ? sql`is not null` : sql`is null`}`.execute(db)
  return rows[0]?.counts ?? []
}

const anyEvent: OfEvents = { kinds: [], events: [] }

/** Said in the organization's own time zone. */
export const dayOfOurs = (at: RawBuilder<unknown>, organization_id: string): RawBuilder<unknown> =>
  sql`(${at} at time zone (select o.time_zone from organization o where o.organization_id = ${organization_id}))::date`

/** Of `x` as `eventRows` has it. */
const eventDay = (fact: EventFact, organization_id: string): RawBuilder<unknown> => {
  const at = { invited: sql`x.invited_at`, signed_up: sql`x.received_at`, attended: sql`x.starts_at`, no_show: sql`x.starts_at`, hosted: sql`x.starts_at` } // prettier-ignore
  return dayOfOurs(at[fact], organization_id)
}

/** Who is to host has not hosted yet; what else one has to do with an event is so before it is held. */
const heldBy = (fact: EventFact, { organization_id, today }: Meaning): Condition =>
  fact === 'hosted' ? sql`${eventDay(fact, organization_id)} <= ${today}::date` : always

/** Rows `x` of person `p`: whom an event has seen, missed, expects, or asked, or who hosts it. */
function eventRows(fact: EventFact, which: OfEvents, organization_id: string, on: Condition): RawBuilder<unknown> {
  const rows = {
    attended: sql`event_presence x where x.was_there`,
    no_show: sql`event_presence x where x.is_no_show`,
    signed_up: sql`event_expects x where true`,
    invited: sql`event_invited x where true`,
    hosted: sql`event_hosted x where true`,
  }[fact]
  return sql`from ${rows} and x.organization_id = p.organization_id and x.person_id = p.person_id and ${all([
    on,
    ...(which.kinds.length > 0 ? [isOfKind(which.kinds, organization_id)] : []),
    ...(which.events.length > 0 ? [sql<boolean>`x.code = any(${texts(which.events)})`] : []),
  ])}`
}

function atEvents(fact: EventFact, which: OfEvents, organization_id: string, on: Condition): Condition {
  const fits = sql<boolean>`exists (select ${eventRows(fact, which, organization_id, on)})`
  return fact === 'attended' || fact === 'no_show' ? ofThoseIn('event_signup', fits) : fits
}

/** The kind of `x`, by its key or a name the organization gave it. */
const isOfKind = (
  kinds: readonly string[],
  organization_id: string,
  table: 'event_kind' | 'membership_kind' = 'event_kind',
): Condition =>
  sql`(x.kind = any(${texts(kinds)}) or x.kind in (select k.kind from ${sql.table(table)} k
    where k.organization_id = ${organization_id} and ${oneOfTexts(sql`k.name`, kinds)}))`

/** One of these names, whatever its capitals; empty: any. */
const oneOfNames = (name: RawBuilder<unknown>, names: readonly string[]): Condition =>
  names.length === 0 ? always : sql`${foldedName(name)} = any(${texts(names.map(foldName))})`

/** The same of a name in several languages. */
const oneOfTexts = (name: RawBuilder<unknown>, names: readonly string[]): Condition =>
  names.length === 0
    ? always
    : sql`exists (select from jsonb_each_text(${name}) n where ${oneOfNames(sql`n.value`, names)})`

/** Where person `p` stands on the ladder today. */
export const rungOf = (today: string): RawBuilder<unknown> => sql`(select s.rung_id from person_stage s
  where s.organization_id = p.organization_id and s.person_id = p.person_id and s.removed_at is null and s.from_on <= ${today}::date
  order by s.from_on desc, s.set_at desc limit 1)`

function onRung({ rungs, comparison }: Term & { field: 'stage' }, { organization_id, today }: Meaning): Condition {
  if (rungs.length === 0) return sql`${rungOf(today)} is not null`
  const named = sql`from rung g where g.organization_id = ${organization_id} and ${oneOfTexts(sql`g.name`, rungs)}`
  if (comparison === null) return sql`${rungOf(today)} in (select g.rung_id ${named})`
  const bound = comparison.startsWith('>') ? sql`min(g.position)` : sql`max(g.position)`
  return sql`${rungOf(today)} in (select h.rung_id from rung h where h.organization_id = ${organization_id}
    and h.position ${sql.raw(comparison)} (select ${bound} ${named}))`
}

/** What the builder shows of our people as facets, each value of a voter once: voter_id, facet, value. `ids`: of these alone. */
export function ourFacets(organization_id: string, today: string, ids: readonly number[] | null): RawBuilder<OurFacet> {
  const ours = (table: string): RawBuilder<unknown> => sql`from person p where p.organization_id = ${organization_id}
    and p.merged_into is null and p.voter_id is not null and ${
      ids === null
        ? sql`p.person_id in (select person_id from ${sql.table(table)} where organization_id = ${organization_id})`
        : sql`p.voter_id = any(${[...ids]}::integer[])`
    }`
  return sql<OurFacet>`select p.voter_id, 'attended' as facet, x.kind as value from (select p.* ${ours('event_signup')}) p
      cross join lateral (select distinct x.kind ${eventRows('attended', anyEvent, organization_id, always)}) x
    union all
    select p.voter_id, 'member', today.standing from (select p.* ${ours('membership')}) p
      cross join lateral (select distinct standing from (select distinct on (m.kind) m.standing from membership m
        where m.organization_id = p.organization_id and m.person_id = p.person_id and m.removed_at is null and m.from_on <= ${today}::date
        order by m.kind, m.from_on desc, m.recorded_at desc, m.membership_id) newest) today
    union all
    select p.voter_id, 'stage', ${rungName(sql`g.name`)} from (select p.* ${ours('person_stage')}) p
      join rung g on g.organization_id = p.organization_id and g.rung_id = ${rungOf(today)}
    union all
    select p.voter_id, 'cohort', x.name from (select p.* ${ours('cohort_application')}) p
      cross join lateral (select distinct ${rungName(sql`g.name`)} as name from cohort_application a
        join cohort g on g.organization_id = a.organization_id and g.cohort_id = a.cohort_id
        where a.organization_id = p.organization_id and a.person_id = p.person_id and a.state <> 'removed') x
    union all
    select p.voter_id, 'next_step', x.state from (select p.* ${ours('task')}) p
      cross join lateral (select distinct s.state from task x cross join lateral (values ${sql.join(
        taskStates.map((state) => sql`(${state}, ${taskStands([state], today)})`),
      )}) s (state, stands)
        where x.organization_id = p.organization_id and x.person_id = p.person_id and x.kind = 'next_step' and s.stands) x
    union all
    select p.voter_id, x.kind, x.name from (select p.* ${ours('person_role')}) p
      cross join lateral (select distinct b.kind, ${rungName(sql`b.name`)} as name ${officesHeld(today)}) x`
}

export interface OurFacet {
  voter_id: number
  facet: OurFacetName
  value: string
}

/** As an expression names a rung, or anything else that has its name in several languages. */
export const rungName = (name: RawBuilder<unknown>): RawBuilder<string> =>
  sql<string>`coalesce(nullif(${name} ->> 'en', ''), nullif(${name} ->> 'ko', ''), (select n.value from jsonb_each_text(${name}) n order by n.key limit 1), '')`

/** Our own person of this voter is so. */
const ofPerson = ({ organization_id, over }: Whose, which: Condition): Condition =>
  organization_id === nobody
    ? never // said rather than asked, so that an index on what stands beside it can be used
    : sql`exists (select from person p
  where p.organization_id = ${organization_id} and ${over === 'voters' ? sql`p.voter_id = v.voter_id` : sql`p.person_id = v.person_id`}
    and p.merged_into is null and ${which})`

/** One of the person's languages is among them; 'unknown': nobody told us any. */
function inLanguages(
  wanted: readonly string[],
  whose: Whose,
  columns: readonly ('language' | 'second_language')[],
): Condition {
  const known = wanted.filter((each) => each !== 'unknown')
  const refs = columns.map((column) => sql.ref(`p.${column}`))
  return any([
    ...(known.length > 0
      ? [ofPerson(whose, any(refs.map((column) => sql<boolean>`${column} in (${values(known)})`)))]
      : []),
    ...(wanted.includes('unknown')
      ? [sql<boolean>`not ${ofPerson(whose, any(refs.map((column) => sql<boolean>`${column} is not null`)))}`]
      : []),
  ])
}

function within(value: RawBuilder<unknown>, { from, to }: Range): Condition {
  if (from !== null && from === to) return sql`${value} = ${from}`
  return all([
    ...(from === null ? [] : [sql<boolean>`${value} >= ${from}`]),
    ...(to === null ? [] : [sql<boolean>`${value} <= ${to}`]),
  ])
}

/** A word of a name: the surname, or how the given names begin; in Hangul, every usual Roman spelling of it. */
function named(name: string, whose: Whose): Condition {
  const hangul = romanQueries(name)
  if (hangul.length > 0) {
    const plain = name.replace(/\s+/g, '')
    return any([
      ofPerson(whose, sql`replace(p.name_hangul, ' ', '') like ${`%${plain}%`}`),
      ...hangul.map(({ surnames, given }) =>
        all([
          ...(surnames.length > 0 ? [sql<boolean>`v.last_key = any(${texts(surnames)})`] : []),
          ...(given.length > 0
            ? [sql<boolean>`v.given_key ~ ${`^${given.map((set) => `(${set.join('|')})`).join('')}`}`]
            : []),
        ]),
      ),
    ])
  }
  const keys = name
    .split(/[\s,]+/)
    .map(nameKey)
    .filter((key) => key.length > 0)
  // Nothing of a name in it: nobody.
  if (keys.length === 0) return never
  return all(keys.map((key) => sql`(v.last_key = ${key} or v.given_key like ${`${key}%`})`))
}

/** How the given names begin; in Hangul, every usual spelling of its syllables. */
function firstNamed(name: string, whose: Whose): Condition {
  const plain = name.replace(/\s+/g, '')
  if (hasHangul(plain)) {
    const sets = Array.from(plain).map((letter) => givenSpellings(letter))
    return any([
      ofPerson(whose, sql`replace(p.name_hangul, ' ', '') like ${`_%${plain}`}`),
      ...(sets.every((set) => set.length > 0)
        ? [sql<boolean>`v.given_key ~ ${`^${sets.map((set) => `(${set.join('|')})`).join('')}`}`]
        : []),
    ])
  }
  const key = nameKey(name)
  return key === '' ? never : sql`v.given_key like ${`${key}%`}`
}

/** How the middle name begins, or its initial; in Hangul, every usual spelling of its syllables. The record's own name alone. */
function middleNamed(name: string): Condition {
  // As nameKey writes it.
  const written = sql`upper(regexp_replace(normalize(v.middle_name, nfd), '[^A-Za-z]', '', 'g'))`
  const plain = name.replace(/\s+/g, '')
  if (hasHangul(plain)) {
    const sets = Array.from(plain).map((letter) => givenSpellings(letter))
    return sets.every((set) => set.length > 0)
      ? sql`${written} ~ ${`^${sets.map((set) => `(${set.join('|')})`).join('')}`}`
      : never
  }
  const key = nameKey(name)
  return key === '' ? never : sql`${written} like ${`${key}%`}`
}

/** The surname whole; in Hangul, every usual spelling of it. */
function lastNamed(name: string, whose: Whose): Condition {
  const plain = name.replace(/\s+/g, '')
  if (hasHangul(plain)) {
    const spellings = surnameSpellingsOf(plain)
    return any([
      ofPerson(whose, sql`replace(p.name_hangul, ' ', '') like ${`${plain}%`}`),
      ...(spellings.length > 0 ? [sql<boolean>`v.last_key = any(${texts(spellings)})`] : []),
    ])
  }
  const key = nameKey(name)
  return key === '' ? never : sql`v.last_key = ${key}`
}

/** With how it can begin, which the index of addresses knows. */
function onStreet(street: string): Condition {
  const matches = sql<boolean>`v.street ~* ${streetPattern(street)}`
  const beginnings = streetBeginnings(street)
  if (!beginnings) return matches
  return all([any([...beginnings, ' '].map((text) => sql`lower(v.street) like ${`${text}%`}`)), matches])
}

function houseNumbered({ from, to, side }: HouseNumbers): Condition {
  const found = (what: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`(select ${what} from regexp_match(v.house_number, '^(\\d{1,6})(?:-(\\d{1,4}))?') m)`
  const number = found(sql`m[1]::bigint * 10000 + coalesce(m[2]::bigint, 0)`)
  return all([
    ...(from === null ? [] : [sql<boolean>`${number} >= ${firstHouse(from)}`]),
    ...(to === null ? [] : [sql<boolean>`${number} <= ${lastHouse(to)}`]),
    ...(side === null
      ? []
      : [sql<boolean>`${found(sql`coalesce(m[2], m[1])::bigint % 2`)} = ${side === 'odd' ? 1 : 0}`]),
  ])
}

/** Where only the year is public, the whole of it must lie between the two days. */
function bornBetween(from: string | null, to: string | null): Condition {
  const [first, last] = [sql`make_date(v.birth_year, 1, 1)`, sql`make_date(v.birth_year, 12, 31)`]
  return any([
    all([
      ...(from === null ? [] : [sql<boolean>`v.birth_date >= ${from}::date`]),
      ...(to === null ? [] : [sql<boolean>`v.birth_date <= ${to}::date`]),
    ]),
    all([
      sql<boolean>`v.birth_date is null`,
      ...(from === null ? [] : [sql<boolean>`${first} >= ${from}::date`]),
      ...(to === null ? [] : [sql<boolean>`${last} <= ${to}::date`]),
    ]),
  ])
}

/**
 * Enrolled in which party that day: what the first file after it changed it from, else what the newest says. Before the first
 * file we have, the oldest enrolment known.
 */
const partyOn = (day: string): RawBuilder<unknown> => sql`coalesce((select c.before ->> 'party' from voter_change c
  join voter_file f on f.file_id = c.file_id where c.voter_id = v.voter_id and c.kind = 'party'
  and coalesce(f.received_on, f.imported_at::date) > ${day}::date
  order by coalesce(f.received_on, f.imported_at::date), c.file_id limit 1), v.party)`

/** A county or district with its state, where others have the same names. */
export const ofItsState = (value: RawBuilder<unknown>, meaning: Pick<Meaning, 'states'>): RawBuilder<unknown> =>
  isOfSeveral(meaning) ? sql`(v.state || '-' || ${value})` : value

const inState = (state: string | null): RawBuilder<unknown> => (state === null ? sql`` : sql`v.state = ${state} and`)

/** Those of any state (null) first. */
function countiesByState(named: readonly string[]): [string | null, string[]][] {
  const found = new Map<string | null, string[]>()
  for (const name of named) {
    const { state, value } = ofState(name)
    found.set(state, [...(found.get(state) ?? []), value])
  }
  return [...found]
}

function district({ kind, values: wanted }: Term & { field: 'district' }): Condition {
  return any(
    wanted.map((value) => {
      if (isCrosswalkKind(kind)) {
        if (typeof value !== 'string') return inDistrict(kind, (district) => within(district, value))
        if (value.endsWith('?')) return straddling(kind, value === '?' ? null : Number.parseInt(value, 10))
        const { state, value: number } = ofState(value)
        return sql`(${inState(state)} ${inDistrict(kind, (district) => sql`${district} = ${Number(number)}`)})`
      }
      if (kind === 'ed') {
        return typeof value === 'string' ? never : within(sql`(v.ad::integer * 1000 + v.ed)`, value)
      }
      const named = kind === 'precinct' ? sql`v.precinct` : sql`(v.districts ->> ${kind}::text)`
      // Files write 26 and 026; a case keeps the cast from meeting a name.
      return typeof value === 'string'
        ? sql`${named} = ${value}`
        : sql`case when ${named} ~ '^\\d{1,9}$' then ${within(sql`${named}::integer`, value)} else false end`
    }),
  )
}

/** The day of a file `voter_file f`. */
const fileDay = sql`coalesce(f.received_on, f.imported_at::date)`

/**
 * The day of the last file that speaks of the voter's county and has the voter: for those missing since, of the last before that.
 * Files with no voters of their own say nothing of who is there. As text too, for the columns.
 */
export const lastSeenText = `(select max(coalesce(f.received_on, f.imported_at::date)) from voter_file f where f.first_voter_id is not null
  and f.state = v.state and (v.gone_in is null or f.file_id < v.gone_in) and (f.counties is null or coalesce(v.county, '') = any(f.counties)))`
const lastSeen = sql.raw(lastSeenText)

/** Completed years at `today`. Where only the year of birth is public, the age reached in that year. */
function aged({ from, to }: Range, today: string): Condition {
  const year = Number(today.slice(0, 4))
  return any([
    all([
      ...(from === null ? [] : [sql<boolean>`v.birth_date <= ${yearsBefore(today, from)}::date`]),
      ...(to === null ? [] : [sql<boolean>`v.birth_date > ${yearsBefore(today, to + 1)}::date`]),
    ]),
    all([
      sql<boolean>`v.birth_date is null`,
      ...(from === null ? [] : [sql<boolean>`v.birth_year <= ${year - from}`]),
      ...(to === null ? [] : [sql<boolean>`v.birth_year >= ${year - to}`]),
    ]),
  ])
}

/** The same day `years` before; 28 February for 29 February. */
export function yearsBefore(today: string, years: number): string {
  const year = Number(today.slice(0, 4)) - years
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const rest = today.slice(4) === '-02-29' && !isLeap ? '-02-28' : today.slice(4)
  return `${String(year).padStart(4, '0')}${rest}`
}

/** The day `amount` units before; months and years by the calendar, to the last day where the month is shorter. */
export function unitsBefore(today: string, amount: number, unit: SpanUnit): string {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number)
  if (unit === 'd' || unit === 'w') {
    return new Date(Date.UTC(year, month - 1, day - amount * (unit === 'w' ? 7 : 1))).toISOString().slice(0, 10)
  }
  const months = year * 12 + (month - 1) - amount * (unit === 'y' ? 12 : 1)
  const [y, m] = [Math.floor(months / 12), months % 12]
  const last = new Date(Date.UTC(y, m + 1, 0)).getUTCDate()
  return new Date(Date.UTC(y, m, Math.min(day, last))).toISOString().slice(0, 10)
}

/** Did it happen then? */
function happened(day: RawBuilder<unknown>, when: When, today: string): Condition {
  if (when.is === 'ever') return sql`${day} is not null`
  if (when.is === 'within') return sql`${day} >= ${unitsBefore(today, when.amount, when.unit)}::date`
  if (when.is === 'before') return sql`${day} < ${unitsBefore(today, when.amount, when.unit)}::date`
  return all([
    ...(when.from === null ? [] : [sql<boolean>`${day} >= ${when.from}::date`]),
    ...(when.to === null ? [] : [sql<boolean>`${day} <= ${when.to}::date`]),
  ])
}

/** The day of the last vote is so: by the file's own field, and by the votes it lists. */
function lastVoted(when: When, { elections, today }: Meaning): Condition {
  const since = (day: string): Condition =>
    any([
      sql`v.last_voted_on >= ${day}::date`,
      votedIn(elections.filter((election) => dayOf(election) >= day).map(({ election_id }) => election_id)),
    ])
  const ever = sql<boolean>`(v.last_voted_on is not null or cardinality(v.votes) > 0 or v.votes_unread is not null)`
  if (when.is === 'ever') return ever
  if (when.is === 'within') return since(unitsBefore(today, when.amount, when.unit))
  if (when.is === 'before') return all([ever, sql`(${since(unitsBefore(today, when.amount, when.unit))}) is not true`])
  return all([
    when.from === null ? ever : since(when.from),
    ...(when.to === null ? [] : [sql<boolean>`(${since(dayAfter(when.to))}) is not true`]),
  ])
}

function dayAfter(day: string): string {
  return unitsBefore(day, -1, 'd')
}

interface HeldDay {
  day: string
  elections: readonly KnownElection[]
}

/**
 * Could vote that day and has no vote: registered, of age, and where only a party's own may vote in its primary, enrolled in one
 * (today's enrolment). Elections not held everywhere, special ones and run-offs, say nothing of who stayed away.
 */
function skippedDay({ day, elections }: HeldDay, { today, elections: known }: Meaning): Condition {
  const asked = elections.filter(everybodyCould)
  const [one] = asked
  if (!one || day > today) return never
  const isDated = one.held_on !== null
  const facts = { state: one.state, registered_on: null }
  // A vote in the presidential primary is one in the primary held with it.
  const thatDay = isDated ? known.filter(({ state, held_on }) => state === one.state && held_on === day) : asked
  const mayVote = parties.filter((party) => asked.some((each) => barredFrom(each, { ...facts, party }) === null))
  return all([
    sql<boolean>`v.state = ${one.state}`,
    isDated
      ? sql`coalesce(v.registered_on <= ${day}::date, true)`
      : sql`coalesce(extract(year from v.registered_on) <= ${one.year}, true)`,
    sql<boolean>`coalesce(v.birth_date <= ${yearsBefore(day, 18)}::date, v.birth_year <= ${Number(day.slice(0, 4)) - 18}, true)`,
    ...(mayVote.length === parties.length ? [] : [sql<boolean>`v.party in (${values(mayVote)})`]),
    sql<boolean>`not ${votedIn(thatDay.map(({ election_id }) => election_id))}`,
  ])
}

function skippedOf({ comparison, times, of, kind }: Term & { field: 'skipped_of' }, meaning: Meaning): Condition {
  const states = meaning.states.length > 0 ? meaning.states : [...new Set(meaning.elections.map(({ state }) => state))]
  return any(
    states.map((state) => {
      const last = lastElections(meaning.elections, state, kind, of, meaning.today)
      const days = last.flatMap((ids) => onOneDay(meaning.elections.filter((each) => ids.includes(each.election_id))))
      if (days.length === 0) return holds(0, comparison, times) ? sql`v.state = ${state}` : never
      const sum = sql.join(
        days.map((held) => sql`(${skippedDay(held, meaning)})::integer`),
        sql` + `,
      )
      return sql`(v.state = ${state} and (${sum}) ${sql.raw(comparison)} ${times})`
    }),
  )
}

/** A vote cast one of these ways, in one of these elections; null: in any. */
function castBy(methods: readonly VoteMethod[], elections: readonly KnownElection[] | null): Condition {
  const places = methods.map((method) => voteMethods.indexOf(method))
  if (elections === null) return sql`exists (select from unnest(v.votes) vote where vote & 7 in (${values(places)}))`
  const votes = elections.flatMap(({ election_id }) => places.map((place) => election_id * 8 + place))
  return votes.length === 0 ? never : sql`v.votes && ${votes}::integer[]`
}

/** An attempt that fits, recorded for the voter or for our person alone. Attempts taken back do not count. */
/** A piece of paper went to the voter (docs/postal.md). */
const mailed = (organization_id: string, on: Condition): Condition =>
  sql`exists (select from mailed_piece m where m.organization_id = ${organization_id} and m.voter_id = v.voter_id and ${on})`

function attemptedBy(whose: Whose, which: Condition): Condition {
  const { organization_id } = whose
  const counts = sql`a.organization_id = ${organization_id} and a.undone_at is null and ${which}`
  return sql`(exists (select from contact_attempt a where a.voter_id = v.voter_id and ${counts})
    or ${throughPerson(whose, sql`contact_attempt a`, sql`a.person_id = p.person_id and a.voter_id is null and ${counts}`)})`
}

/** Rows that know only the person; a person merged into another keeps the voter it had. */
const throughPerson = (
  { organization_id, over }: Whose,
  rows: RawBuilder<unknown>,
  which: RawBuilder<unknown>,
): Condition =>
  sql`exists (select from person p join ${rows} on ${which} where p.organization_id = ${organization_id}
    and ${over === 'voters' ? sql`p.voter_id = v.voter_id` : sql`p.person_id = any(v.people)`})`

/** Contacts that know only the person. */
const ofStranger = (organization_id: string): Condition =>
  sql`(a.organization_id = ${organization_id} and a.voter_id is null and a.person_id = any(v.people) and a.undone_at is null)`

function countedAttempts(range: Range, whose: Whose, which: Condition): Condition {
  const { organization_id } = whose
  if (whose.over === 'strangers')
    return within(
      sql`(select count(*) from contact_attempt a where ${ofStranger(organization_id)} and ${which})`,
      range,
    )
  const some = attemptedBy(whose, which)
  const counted = sql`v.voter_id in (select coalesce(a.voter_id, p.voter_id) from contact_attempt a
    left join person p on p.organization_id = a.organization_id and p.person_id = a.person_id
    where a.organization_id = ${organization_id} and a.undone_at is null and coalesce(a.voter_id, p.voter_id) is not null and ${which}
    group by coalesce(a.voter_id, p.voter_id) having ${within(sql`count(*)`, { from: Math.max(1, range.from ?? 1), to: range.to })})`
  if ((range.from ?? 0) > 0) return sql`${counted}`
  return range.to === 0 ? sql`not ${some}` : sql`(${counted} or not ${some})`
}

/** Voters whose last answer to a question fits. */
function answered({ organization_id, over }: Whose, which: Condition, question: Condition, fits: Condition): Condition {
  if (over === 'strangers')
    return sql`exists (select from (select ca.value from contact_attempt a
      join contact_answer ca on ca.organization_id = a.organization_id and ca.attempt_id = a.attempt_id
      where ${ofStranger(organization_id)} and ${which} and ${question} order by a.attempted_at desc, a.attempt_id limit 1) last where ${fits})`
  return sql`v.voter_id in (select last.voter_id from (${lastAnswers(organization_id, all([which, question]))}) last where ${fits})`
}

/** The last answer of each voter to a question (over `contact_answer ca`, `contact_attempt a`): voter_id, value. */
export const lastAnswers = (organization_id: string, question: Condition): RawBuilder<unknown> =>
  sql`select distinct on (coalesce(a.voter_id, p.voter_id)) coalesce(a.voter_id, p.voter_id) as voter_id, ca.value
      from contact_answer ca
      join contact_attempt a on a.organization_id = ca.organization_id and a.attempt_id = ca.attempt_id
      left join person p on p.organization_id = a.organization_id and p.person_id = a.person_id
      where ca.organization_id = ${organization_id} and a.undone_at is null and coalesce(a.voter_id, p.voter_id) is not null and ${question}
      order by coalesce(a.voter_id, p.voter_id), a.attempted_at desc, a.attempt_id`

/** Is the answer one to the question of support, whatever its key in the script? */
export const isSupport: Condition = sql`(ca.question = 'support' or exists (
  select from script_version sv, jsonb_array_elements(sv.content -> 'steps') step
  where sv.organization_id = a.organization_id and sv.script_id = a.script_id and sv.version = a.script_version
  and step ->> 'key' = ca.question and step ->> 'kind' = 'support'))`

/** Yes and no are kept as true and false. */
const alsoSaid = (value: string): string[] =>
  /^(yes|예)$/i.test(value) ? [value, 'true'] : /^(no|아니요)$/i.test(value) ? [value, 'false'] : [value]

/** By name alone, unless the person told us: what they say of themselves always wins. */
function community(name: string, comparison: Comparison, percent: number, whose: Whose): Condition {
  const column = sql.ref(`v.p_${name}`)
  const estimate = sql`${column} ${sql.raw(comparison)} ${percent}`
  const itself = ofPerson(whose, sql`p.community = ${name}`)
  const another = ofPerson(whose, sql`p.community is not null and p.community <> ${name}`)
  const ifItself = holds(100, comparison, percent)
  const ifAnother = holds(0, comparison, percent)
  return any([
    all([
      sql<boolean>`${estimate}`,
      ...(ifAnother ? [] : [sql<boolean>`not ${another}`]),
      ...(ifItself ? [] : [sql<boolean>`not ${itself}`]),
    ]),
    ...(ifItself ? [itself] : []),
    ...(ifAnother ? [another] : []),
  ])
}

/** A vote is stored as election_id * 8 + method: any method counts. */
function votedIn(ids: readonly number[]): Condition {
  return ids.length === 0 ? never : sql`v.votes && ${ids.flatMap(everyMethod)}::integer[]`
}

const everyMethod = (id: number): number[] => Array.from({ length: 8 }, (_, method) => id * 8 + method)

function turnout({ comparison, times, of, kind }: Term & { field: 'turnout' }, meaning: Meaning): Condition {
  const states = meaning.states.length > 0 ? meaning.states : [...new Set(meaning.elections.map(({ state }) => state))]
  return any(
    states.map((state) => {
      const days = lastElections(meaning.elections, state, kind, of, meaning.today)
      if (days.length === 0) return holds(0, comparison, times) ? sql`v.state = ${state}` : never
      const sum = sql.join(
        days.map((ids) => sql`(${votedIn(ids)})::integer`),
        sql` + `,
      )
      return sql`(v.state = ${state} and (${sum}) ${sql.raw(comparison)} ${times})`
    }),
  )
}

/** Marks not taken back, by voter or through the person; `reasons` null: any that concern the person or a number. */
export function suppressed(whose: Whose, reasons: readonly string[] | null): Condition {
  const { organization_id } = whose
  const which = reasons ? sql`s.reason = any(${texts(reasons)})` : always
  const isDeceased = !reasons || reasons.includes('deceased')
  const counts = sql`s.organization_id = ${organization_id} and s.taken_back_at is null and ${which}`
  return any([
    sql`exists (select from suppression s where s.voter_id = v.voter_id and ${counts})`,
    // What was marked while they were linked with a record holds of them without it too.
    throughPerson(
      whose,
      sql`suppression s`,
      sql`s.person_id = p.person_id and ${whose.over === 'voters' ? sql`s.voter_id is null` : always} and ${counts}`,
    ),
    ...(isDeceased ? [ofPerson(whose, sql`p.deceased_at is not null`)] : []),
  ])
}

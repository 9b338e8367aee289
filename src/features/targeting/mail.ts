import { sql, type RawBuilder } from 'kysely'
import { betweenNumbers, groups, insideNumber, lastLine, shortened } from '../people/addresses/rules.ts'
import { deadQualities } from '../people/addresses/schema.ts'
import '../people/tables.ts'
import '../voterfile/tables.ts'

/*
 * Where post goes, in SQL. Of nearly everybody the voter file says it: to its mailing address, else to the door. Whom an
 * organization was told something else of is a small set, `voterPost`, which comes before the file; all who ask, ask here.
 */

/** The voter file has an address for post to voter `v`. */
const hasDoor = sql`(v.street is not null and v.city is not null and v.zip5 is not null)`
export const isMailedByFile: RawBuilder<boolean> = sql`(v.mail_address is not null or ${hasDoor})`
/** … which is the door. */
export const isMailedHome: RawBuilder<boolean> = sql`(v.mail_address is null and ${hasDoor})`

const dead = sql.join(deadQualities.map((quality) => sql.lit(quality)))

/** As `addressKey` and `mailboxKey` of people/addresses/rules.ts. */
const keyOf = (address: RawBuilder<unknown>, zip5: RawBuilder<unknown>): RawBuilder<string> =>
  sql`regexp_replace(lower(${address}), '[^[:alnum:]½¼¾]+', '', 'g') || '|' || coalesce(${zip5}, '')`
const mailboxKeyOf = (address: RawBuilder<unknown>, zip5: RawBuilder<unknown>): RawBuilder<string> =>
  sql`replace(regexp_replace(${shortened.reduce(
    (words, [pattern, kept]) =>
      sql`regexp_replace(${words}, ${sql.lit(pattern)}, ${sql.lit(kept === 0 ? ' ' : ` ${groups(kept, '\\')} `)}, 'g')`,
    sql`' ' || replace(btrim(regexp_replace(regexp_replace(lower(${address}), ${sql.lit(insideNumber)}, '', 'g'), '[^[:alnum:]½¼¾]+', ' ', 'g')), ' ', '  ') || ' '`,
  )}, ${sql.lit(betweenNumbers)}, '-', 'g'), ' ', '') || '|' || coalesce(${zip5}, '')`

/** The mailing address of voter `v` in the file: `streets`, and of the last line, where it is so, `place` (city, state, ZIP). As `placeOfMail`. */
export const filedMail = sql`(
  select case when place is null then lines else trim_array(lines, 1) end as streets, place
  from regexp_split_to_array(btrim(v.mail_address, E' \t\r\n'), '\\s*\\n\\s*') lines,
    regexp_match(case when cardinality(lines) > 1 then lines[cardinality(lines)] end, ${sql.lit(lastLine)}) place)`

/**
 * Voters whose post goes elsewhere than the voter file says, by what the organization was told: `goes` is 'told' (`place`, and
 * the address), 'door' (not to the file's mailing address) or 'nowhere'. Says what `mailboxOf` of people/addresses/rules.ts
 * says, where that differs from the file alone. Everything is looked up by key: of one voter, ask with `voter_id = …` around it.
 */
export const voterPost = (organization_id: string): RawBuilder<unknown> => sql`(
  select p.voter_id, it.goes, best.place, case when it.goes = 'told' then best.address end as address,
    case when it.goes = 'told' then best.city end as city, case when it.goes = 'told' then best.state end as state,
    case when it.goes = 'told' then best.zip5 end as zip5
  from person p
  cross join lateral (
    select v.mail_address is not null as has_mail, ${hasDoor} as has_door, concat_ws(' ', v.house_number, v.street, v.unit) as line, v.zip5,
      v.mail_address, array_to_string(mail.streets, ', ') as mail, left(mail.place[3], 5) as mail_zip5
    from voter_record v left join lateral ${filedMail} mail on true where v.voter_id = p.voter_id limit 1) f
  cross join lateral (
    select case when p.address <> '' then ${keyOf(sql`p.address`, sql`p.zip5`)} end as home,
      case when f.line <> '' then ${keyOf(sql`f.line`, sql`f.zip5`)} end as door,
      case when f.has_mail then array[${keyOf(sql`f.mail`, sql`f.mail_zip5`)}, ${keyOf(sql`f.mail_address`, sql`null`)}] end as mail) k
  left join lateral (
    select each.goes, each.address, each.city, each.state, each.zip5, ${mailboxKeyOf(sql`each.address`, sql`each.zip5`)} as place
    from (
      select 'told' as goes, 2 as rank, 1 as nth, p.address, p.city, null as state, p.zip5, p.zip5 is not null as arrives, array[k.home] as keys
        where k.home is not null
      union all select 'door', 4, 2, f.line, null, null, f.zip5, f.has_door, array[k.door] where k.door is distinct from k.home and k.door is not null
      union all select 'file', 3, 3, f.mail, null, null, f.mail_zip5, true, k.mail
        where f.has_mail and k.mail[1] is distinct from k.home and k.mail[1] is distinct from k.door
      union all select 'told', case a.kind when 'mailing' then 1 when 'home' then 2 when 'other' then 5 else 6 end, 4, a.address, a.city, a.state, a.zip5,
          a.zip5 is not null, array[a.address_key] from person_address a
        where a.organization_id = ${organization_id} and a.person_id = p.person_id
          and a.address_key <> all(array_remove(array[k.home, k.door] || k.mail, null))) each
    left join lateral (
      select a.kind, a.quality, a.is_preferred, a.added_at, a.address_key from person_address a
      where a.organization_id = ${organization_id} and a.person_id = p.person_id and a.address_key = any(each.keys)
      order by a.is_preferred desc, a.kind = 'earlier', a.added_at, a.address_key limit 1) noted on true
    where each.arrives and (noted.kind is null or (noted.kind <> 'earlier' and noted.quality not in (${dead})))
    order by coalesce(noted.is_preferred, false) desc, case when each.nth < 3 and noted.kind = 'mailing' then 1 else each.rank end,
      each.nth, noted.added_at, noted.address_key
    limit 1) best on true
  cross join lateral (
    select case when best.goes is null then 'nowhere'
      when best.goes = 'file' or (f.has_mail and best.place = ${mailboxKeyOf(sql`f.mail`, sql`f.mail_zip5`)}) then 'file'
      when best.goes = 'door' or (f.has_door and best.place = ${mailboxKeyOf(sql`f.line`, sql`f.zip5`)}) then 'door' else 'told' end as goes) it
  where p.organization_id = ${organization_id} and p.merged_into is null and p.voter_id is not null
    and (p.address is not null or exists (select from person_address a where a.organization_id = ${organization_id} and a.person_id = p.person_id))
    and it.goes <> case when f.has_mail then 'file' when f.has_door then 'door' else 'nowhere' end)`

/** Where everybody's post goes: to be joined to voters `v`. */
export const joinPost = (organization_id: string): RawBuilder<unknown> =>
  sql`left join ${voterPost(organization_id)} post on post.voter_id = v.voter_id`

/** The mailbox of voter `v`, beside `joinPost`, whose home is `home`; null: post goes nowhere. 't…' was told, 'm…' is the file's, the others are homes. */
export const mailbox = (
  home: RawBuilder<unknown>,
): RawBuilder<string | null> => sql`case when post.goes = 'told' then 't' || post.place
  when post.goes is null and v.mail_address is not null then 'm' || v.mail_address
  when post.goes = 'door' or (post.goes is null and ${hasDoor}) then coalesce('h' || (${home}), 'v' || v.voter_id) end`

/** Post reaches person `p` of whom no voter record is known: at the home we were told, or another address, with a ZIP, that is none of the past. */
export const hasOwnMail: RawBuilder<boolean> = sql`exists (
  select from (select ${keyOf(sql`p.address`, sql`p.zip5`)} as address_key, p.zip5 where p.address <> ''
    union all select a.address_key, a.zip5 from person_address a where a.organization_id = p.organization_id and a.person_id = p.person_id) each
  where each.zip5 is not null and not exists (select from person_address a where a.organization_id = p.organization_id and a.person_id = p.person_id
    and a.address_key = each.address_key and (a.kind = 'earlier' or a.quality in (${dead}))))`

/** Post reaches voter `v`. */
export const hasMail = (organization_id: string): RawBuilder<boolean> => {
  const elsewhere = (goes: RawBuilder<boolean>): RawBuilder<boolean> =>
    sql`exists (select from ${voterPost(organization_id)} post where post.voter_id = v.voter_id and ${goes})`
  return sql`((${isMailedByFile} and not ${elsewhere(sql`post.goes = 'nowhere'`)}) or ${elsewhere(sql`post.goes <> 'nowhere'`)})`
}

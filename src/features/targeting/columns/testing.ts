import { sql } from 'kysely'
import type pg from 'pg'
import type { Database, Db } from '../../../platform/db/db.ts'
import { buildColumns, type BuildProgress, type Built } from './build.ts'

/* A made-up town for the tests of the columns, made inside the database: some thousand voters, as untidy as real ones. */

export async function build(
  database: Database,
  path: string,
  onProgress?: (progress: BuildProgress) => void,
): Promise<Built> {
  const client: pg.PoolClient = await database.ownerPool.connect()
  try {
    return await buildColumns(client, path, new Date('2026-11-23T17:00:00Z'), onProgress)
  } finally {
    client.release()
  }
}

const pick = (list: string): string =>
  `(array[${list}])[1 + floor(random() * array_length(array[${list}], 1))::integer]`

/** Voters with ids from `first` on, of one file. */
export async function addVoters(db: Db, first: number, count: number, seed: number): Promise<void> {
  await sql`select setseed(${seed})`.execute(db)
  for (const state of ['ny', 'nj']) {
    const table = `voter_record_${state}`
    await sql`create table if not exists ${sql.id(table)} partition of voter_record for values in (${sql.lit(state.toUpperCase())})`.execute(
      db,
    )
    // As after an import: who looks for the others of a home walks over everybody else without them.
    for (const column of ['voter_id', 'household_key'])
      await sql`create index if not exists ${sql.id(`${table}_${column}`)} on ${sql.id(table)} (${sql.id(column)})`.execute(
        db,
      )
  }
  // The last voters are of no file we know, and the second file speaks of two counties alone.
  const [third, sixth] = [Math.floor(count / 3), Math.floor(count / 6)]
  await sql`insert into voter_file (state, layout, kind, names, imported_by, counts, received_on, first_voter_id, next_voter_id, counties) values
    ('NY', 'us-ny', 'registration', '{}', 'test', '{}', '2021-10-01', ${first}::integer, ${first + third}::integer, null),
    ('NY', 'us-ny', 'registration', '{}', 'test', '{}', '2026-08-01', ${first + third}::integer, ${first + third + sixth}::integer, array['queens', 'nassau']),
    ('NJ', 'us-nj', 'registration', '{}', 'test', '{}', null, ${first + third + sixth}::integer, ${first + third * 2 + sixth}::integer, null)`.execute(
    db,
  )
  await sql
    .raw(`insert into voter_record (state_key, row_hash, household_key, voter_id, file_id, gone_in, birth_date, registered_on,
      birth_year, ed, ad, sd, cd, ccd, p_korean, p_chinese, p_south_asian, p_vietnamese, p_filipino, p_japanese, state, state_voter_id,
      last_name, first_name, last_key, given_key, sex, party, status, city, zip5, county, precinct, votes, mail_address, districts,
      registered_by, house_number, street, last_voted_on, votes_unread, id_kind, unmatched_in)
    select n, 1, household, n, 1, case when random() < 0.05 then ${pick('1, 2, 3')} end,
      case when exact < 0.8 then birth end, case when random() < 0.95 then date '1975-01-01' + floor(random() * 18950)::integer end,
      case when exact < 0.95 then extract(year from birth) end, ed, ad, ${pick('11, 16, null')}, ${pick('3, 6, 14, null')}, ccd,
      ${Array.from({ length: 6 }, () => 'case when random() < 0.5 then 0 else floor(random() * 101) end').join(', ')},
      state, 'V' || n, last_key, given_key, last_key, given_key, ${pick("'F', 'M', 'X', null")},
      ${pick("'dem', 'rep', 'con', 'wor', 'gre', 'lib', 'ind', 'oth', 'none'")},
      ${pick("'active', 'active', 'active', 'active', 'inactive', 'military', 'federal', 'overseas', 'purged', 'preregistered'")},
      ${pick("'Flushing', 'FLUSHING', 'Long Island City', 'Bayside', 'Île', null")}, ${pick("'11354', '11355', '11358', '11361', '10001', null")},
      ${pick("'queens', 'queens', 'kings', 'nassau', null")}, ${pick("'25', 'Ward 3', null, null")},
      case when state = 'NJ' then ${pick("'{241}'::text, '{}'")}::integer[] else
        array(select election_id * 8 + floor(random() * 7)::integer from election where election.state = 'NY' and random() < 0.4 + n * 0
          union all select 12 * 8 + floor(random() * 7)::integer from generate_series(1, 2) where n % 50 = 0) end,
      case when random() < 0.1 then ${pick("'PO Box 1', 'PO Box 2', 'c/o Kim'")} end,
      ${pick(`'{"school": "25"}', '{"school": "26"}', null`)}::jsonb,
      ${pick("'dmv', 'mail', 'agency', null")}, ${pick("'136-01', '41-25', '100', '7', null")}, ${pick("'Northern Blvd', 'W 32nd St', 'Broadway', 'Broadway W', 'O''Brien Ave', null")},
      case when random() < 0.7 then date '2012-01-01' + floor(random() * 5200)::integer end, case when random() < 0.1 then 'GE 99' end,
      case when n % 11 = 0 then 'county' end, case when n % 33 = 0 then 1 end
    from (select n, random() as exact, case when random() < 0.1 then 'NJ' else 'NY' end as state,
        case when random() < 0.03 then date '2008-02-29' when random() < 0.05 then date '1950-11-22' + floor(random() * 60)::integer * interval '1 year' + floor(random() * 3)::integer * interval '1 day'
          else date '1930-01-01' + floor(random() * 29000)::integer end as birth,
        -- Most households stand together, some are scattered, one is large.
        case when random() < 0.1 then null when random() < 0.2 then floor(random() * 500)::bigint when random() < 0.05 then -77 else 100000 + n / 3 end as household,
        ${pick('1, 2, 3, null')} as ed, ${pick('25, 40, null')} as ad, ${pick('19, 20, 23, null')} as ccd,
        ${pick("'KIM', 'LEE', 'YOUNG', 'VAN', 'DYKE', 'SMITH', 'RHEE'")} as last_key,
        ${pick("'YOUNGHEE', 'MINJUN', 'DAVID', 'KIMBERLY', 'LEEANN', 'GRACE', 'YOUNG', 'YEONGHUI'")} as given_key
      from generate_series(${first}, ${first + count - 1}) n) made`)
    .execute(db)
  // Parties that later files changed, some of them twice, some without saying what was before.
  await sql
    .raw(`with file as (insert into voter_file (state, layout, kind, received_on, names, imported_by, counts)
        select 'NY', 'us-ny', 'registration', received_on::date, '{}', 'test', '{}' from (values ('2023-05-01'), ('2025-03-01'), (null)) t (received_on)
        returning file_id)
      insert into voter_change (voter_id, file_id, kind, before, after)
      select voter_id, file_id, 'party', case when random() < 0.1 then '{}' else jsonb_build_object('party', ${pick("'dem', 'rep', 'none', 'wor'")}) end, '{}'
      from file, generate_series(${first}, ${first + count - 1}) voter_id where random() < 0.15`)
    .execute(db)
  await sql`insert into voter_phone (voter_id, phone, kind, matched_by, source, received_on)
    select voter_id, ${sql.raw(fileNumber('voter_id'))}, (array['mobile', 'landline', 'voip', 'unknown'])[1 + voter_id % 4], 'state_id', 'test', '2026-10-01'
    from voter_record where voter_id between ${first} and ${first + count - 1} and random() < 0.5 on conflict do nothing`.execute(
    db,
  )
}

/** The number a made-up voter has in a file, if any. */
const fileNumber = (voter_id: string): string => `'+1718555' || lpad((${voter_id} * 7 % 10000)::text, 4, '0')`

export const elections = [
  ...[2020, 2021, 2022, 2023, 2024, 2025].flatMap((year, at) => [
    { election_id: at * 2 + 1, state: 'NY', kind: 'general', year, held_on: ['2020-11-03', '2021-11-02', '2022-11-08', '2023-11-07', '2024-11-05', '2025-11-04'][at] ?? null },
    { election_id: at * 2 + 2, state: 'NY', kind: 'primary', year, held_on: ['2020-06-23', '2021-06-22', '2022-06-28', '2023-06-27', '2024-06-25', '2025-06-24'][at] ?? null },
  ]),
  { election_id: 20, state: 'NY', kind: 'primary', year: 2022, held_on: '2022-08-23' },
  { election_id: 21, state: 'NY', kind: 'special', year: 2024, held_on: '2024-02-13' },
  { election_id: 22, state: 'NY', kind: 'presidential_primary', year: 2020, held_on: '2020-06-23' },
  { election_id: 23, state: 'NY', kind: 'local', year: 2023, held_on: null },
  { election_id: 30, state: 'NJ', kind: 'general', year: 2024, held_on: '2024-11-05' },
] // prettier-ignore

export const addElections = async (db: Db): Promise<void> => {
  await sql`insert into election select * from jsonb_populate_recordset(null::election, ${JSON.stringify(elections)}::jsonb)`.execute(
    db,
  )
}

/** What people did at events and became, one statement after the other: again adds more of it. */
export function ourPeople(org: string): string[] {
  const day = (from: string, days: number): string => `date '${from}' + floor(random() * ${days})::integer`
  return [
    `insert into event_kind (organization_id, kind, name, needs, made_by) values (${org}, 'pantry', '{"en": "Food pantry", "ko": "푸드뱅크"}', '{shifts}', 'test') on conflict do nothing`,
    `insert into event (organization_id, code, kind, content, time_zone, starts_at, ends_at, created_by)
      select ${org}, 'aaaaaaa' || n, ${pick("'roundtable', 'community_service', 'pantry', 'social'")}, '{"title": {}}', 'America/New_York', at, at + interval '5 hours', 'test'
      from (select n, timestamptz '2026-12-10T23:00:00Z' - floor(random() * 700) * interval '1 day' as at from generate_series(1, 8) n) made on conflict do nothing`,
    `insert into event_shift (organization_id, event_id, starts_at, ends_at)
      select organization_id, event_id, starts_at + n * interval '3 hours', starts_at + (n * 3 + 2.5) * interval '1 hour'
      from event, generate_series(0, 1) n where organization_id = ${org} and not exists (select from event_shift s where s.organization_id = ${org})`,
    `insert into event_signup (organization_id, event_id, person_id, seats, response, source, language, received_at)
      select ${org}, event_id, person_id, 1, ${pick("'signed_up', 'confirmed', 'wait_listed', 'declined', 'canceled_by_them'")}, ${pick("'web', 'staff', 'door'")}, 'ko', timestamptz '2026-11-23T04:30:00Z' - random() * interval '500 days'
      from person, event where person.organization_id = ${org} and event.organization_id = ${org} and random() < 0.15 on conflict do nothing`,
    `insert into event_proposal (organization_id, proposal_id, kind, sent, said, mail_to, language, person_id, state, event_id, received_at)
      select ${org}, gen_random_uuid(), kind, '{}', '{}', 'host@example.org', 'ko', (select person_id from person where organization_id = ${org} and merged_into is null order by random() + 0 * length(code) limit 1), 'approved', event_id, now()
      from event where organization_id = ${org} and not exists (select from event_proposal o where o.organization_id = ${org})`,
    `update event set published_at = created_at where organization_id = ${org} and code < 'aaaaaaa5'`,
    `insert into event_partner (organization_id, event_id, name, code, is_co_host, made_at, made_by)
      select ${org}, event_id, '{"en": "KACE", "ko": "시민참여센터"}', 'abcdef', true, now(), 'test' from event where organization_id = ${org} on conflict do nothing`,
    `insert into event_signup_partner (organization_id, signup_id, partner_id, at)
      select organization_id, signup_id, partner_id, now() from event_signup join event_partner using (organization_id, event_id) where organization_id = ${org} and random() < 0.3 on conflict do nothing`,
    `insert into event_response (organization_id, signup_id, response, at, made_by)
      select organization_id, signup_id, ${pick("'invited', 'signed_up'")}, received_at - random() * interval '90 days', 'test' from event_signup where organization_id = ${org} and random() < 0.6`,
    `insert into event_attendance (organization_id, signup_id, shift_id, attendance, at, made_by, taken_back_at)
      select ${org}, signup_id, shift_id, ${pick("'attended', 'attended', 'walk_in', 'no_show', 'excused'")}, now(), 'test', case when random() < 0.15 then now() end
      from event_signup s join event_shift h using (organization_id, event_id) where s.organization_id = ${org} and random() < 0.5`,
    `insert into rung (organization_id, position, name) select ${org}, n, name::jsonb
      from (values (1, '{"en": "Member", "ko": "회원"}'), (2, '{"en": "Core team"}'), (3, '{"ko": "리더", "en": "Leader"}')) r (n, name)
      where not exists (select from rung where organization_id = ${org})`,
    `insert into person_stage (organization_id, person_id, rung_id, from_on, reason, set_by, set_at, removed_at)
      select ${org}, person_id, (array_agg(rung_id order by random()))[1], ${day('2025-06-01', 600)}, 'test', 'test', clock_timestamp(), case when random() < 0.15 then now() end
      from person, (select rung_id from rung where organization_id = ${org} union all select null) r, generate_series(1, 2) n
      where organization_id = ${org} group by person_id, n having random() < 0.3`,
    `insert into person_role (organization_id, person_id, name, from_on, until_on, recorded_by, recorded_at, removed_at)
      select ${org}, person_id, ${pick("'Block captain', 'Treasurer'")}, from_on, case when random() < 0.6 then from_on + floor(random() * 500)::integer end, 'test', now(), case when random() < 0.15 then now() end
      from (select person_id, ${day('2025-06-01', 600)} as from_on from person where organization_id = ${org} and random() < 0.3) made`,
    `with made as (insert into body (organization_id, kind, name, made_by, made_at) select ${org}, 'committee', '{"en": "Housing", "ko": "주거위원회"}', 'test', now()
        where not exists (select from body where organization_id = ${org}) returning body_id)
      insert into body_office (organization_id, body_id, name, position) select ${org}, body_id, '{"en": "Chair", "ko": "위원장"}', 1 from made`,
    `with made as (insert into body (organization_id, kind, name, made_by, made_at) select ${org}, 'chapter', '{"en": "Queens"}', 'test', now()
        where not exists (select from body where organization_id = ${org} and kind = 'chapter') returning body_id)
      insert into body_office (organization_id, body_id, name, position) select ${org}, body_id, '{"en": "Lead", "ko": "지부장"}', 1 from made`,
    `update person_role set name = 'Homes: Chairman', office_id = (select office_id from body_office where organization_id = ${org} order by random() + 0 * length(person_role.role_id::text) limit 1)
      where organization_id = ${org} and name = 'Block captain' and random() < 0.5`,
    `insert into training (organization_id, name) select ${org}, name::jsonb from (values ('{"en": "Phone bank host", "ko": "전화 진행"}'), ('{"en": "Safety"}')) t (name)
      where not exists (select from training where organization_id = ${org})`,
    `insert into training_passed (organization_id, person_id, training_id, passed_on, until_on, recorded_by, recorded_at, removed_at)
      select ${org}, person_id, training_id, from_on, case when random() < 0.6 then from_on + floor(random() * 500)::integer end, 'test', now(), case when random() < 0.15 then now() end
      from (select person_id, training_id, ${day('2025-06-01', 600)} as from_on from person, training t where person.organization_id = ${org} and t.organization_id = ${org} and random() < 0.2) made`,
    `insert into member (organization_id, user_id, display_name, roles) select ${org}, gen_random_uuid(), 'Host', '{caller}' from generate_series(1, 3)`,
    `insert into person_account (organization_id, person_id, user_id, joined_by)
      select ${org}, person_id, user_id, 'test' from (select person_id, row_number() over (order by random()) as n from person where organization_id = ${org}) p
      join (select user_id, row_number() over (order by random()) as n from member where organization_id = ${org}) m using (n) on conflict do nothing`,
    `insert into delegation (organization_id, user_id, what, from_on, until_on, granted_by, granted_at, ended_at)
      select ${org}, user_id, ${pick("'host_phone_banks', 'read_responses'")}, from_on, from_on + floor(random() * 400)::integer, 'test', now(), case when random() < 0.2 then now() end
      from (select user_id, ${day('2026-01-01', 350)} as from_on from member where organization_id = ${org} and random() < 0.7) made`,
    `insert into cohort (organization_id, name, seats, starts_on, ends_on, criteria, made_by, made_at)
      select ${org}, name::jsonb, 20, '2026-01-01', '2026-12-31', '[]', 'test', now() from (values ('{"en": "Forum 2026", "ko": "포럼 2026"}'), ('{"en": "Alumni"}')) c (name)
      where not exists (select from cohort where organization_id = ${org})`,
    `insert into cohort_application (organization_id, cohort_id, person_id, applied_on, state, made_by)
      select ${org}, cohort_id, person_id, '2026-01-01', ${pick("'applied', 'accepted', 'declined', 'alumni', 'removed'")}, 'test'
      from person p, cohort c where p.organization_id = ${org} and c.organization_id = ${org} and random() < 0.2`,
    `insert into task (organization_id, kind, person_id, title, owner_id, due_on, event_id, made_by, made_at, ended_at, ended_as)
      select ${org}, kind, case when kind = 'next_step' or random() < 0.5 then person_id end, 'test', (select user_id from member where organization_id = ${org} order by random() + 0 * length(person_id::text) limit 1),
        ${day('2026-10-01', 100)}, case when kind = 'task' and random() < 0.7 then (select event_id from event where organization_id = ${org} order by code limit 1) end, 'test', now(), case when ended_as is not null then now() end, ended_as
      from (select person_id, ${pick("'next_step', 'task'")} as kind, ${pick("null, null, 'done', 'moved_on'")} as ended_as from person where organization_id = ${org} and random() < 0.5) made`,
    `insert into dues (organization_id, person_id, kind, from_on, until_on, how, amount_cents, paid_on, grace_days, awaits_approval, recorded_by, taken_back_at)
      select ${org}, person_id, ${pick("'regular', 'student'")}, from_on, case when random() < 0.9 then from_on + floor(random() * 400)::integer end, ${pick("'paid', 'paid', 'waived', 'elsewhere'")}, 0, from_on, 30, false, 'test', case when random() < 0.1 then now() end
      from (select person_id, ${day('2025-10-01', 500)} as from_on from person where organization_id = ${org} and random() < 0.4) made`,
  ]
}

/** What an organization knows: people, tags, numbers, contacts with answers, marks. `db`: its own handle. */
export async function addKnowledge(
  db: Db,
  organization_id: string,
  voters: { first: number; count: number },
  people: number,
  seed: number,
): Promise<void> {
  const voter = `${voters.first} + floor(random() * ${voters.count})::integer`
  const org = `'${organization_id.replace(/[^0-9a-f-]/g, '')}'::uuid`
  await db.transaction().execute(async (tx) => {
    await sql`select setseed(${seed})`.execute(tx)
    for (const statement of [
      `insert into tag (organization_id, tag) values (${org}, 'volunteer'), (${org}, '봉사자') on conflict do nothing`,
      `insert into person (organization_id, voter_id, language, second_language, community, name_hangul, deceased_at, matched_by, address, zip5, custom)
        select distinct on (voter_id) ${org}, voter_id, ${pick("'ko', 'ko', 'en', 'zh', null")}, ${pick("'ko', 'en', null")}, ${pick("'korean', 'chinese', 'japanese', 'other', null, null, null")},
          ${pick("'김영희', '이수진', '박 민수', null, null")}, case when random() < 0.03 then now() end, 'hand', ${pick("'9 Elm St', null, null, null, null")}, ${pick("'11354', null")},
          ${pick(`'{}', '{"job": "nurse"}', '{"rent": 1500, "union": true}', '{"joined_on": "2024-05-01", "job": "teacher"}'`)}::jsonb
        from (select case when random() < 0.95 then ${voter} end as voter_id from generate_series(1, ${people})) made
        where voter_id is null or not exists (select from person p where p.organization_id = ${org} and p.voter_id = made.voter_id and p.merged_into is null)`,
      `update person set merged_into = person_id where organization_id = ${org} and random() < 0.03`,
      `insert into person_tag (organization_id, person_id, tag, tagged_by) select ${org}, person_id, tag, 'test' from person, (values ('volunteer'), ('봉사자')) t (tag)
        where organization_id = ${org} and random() < 0.3 on conflict do nothing`,
      `insert into person_email (organization_id, person_id, email, quality, source) select ${org}, person_id, 'x@example.org', ${pick("'good', 'bouncing', 'unknown'")}, 'test'
        from person where organization_id = ${org} and random() < 0.5 on conflict do nothing`,
      `insert into person_phone (organization_id, person_id, phone, kind, quality, source) select ${org}, person_id, case when random() < 0.4 and voter_id is not null then ${fileNumber('voter_id')} else '+1347555010' || floor(random() * 3) end, ${pick("'mobile', 'landline'")}, ${pick("'good', 'wrong', 'unknown', 'disconnected'")}, 'test'
        from person where organization_id = ${org} and random() < 0.5 on conflict do nothing`,
      `insert into note (organization_id, person_id, body, written_by, removed_at) select ${org}, person_id, 'said', 'test', case when random() < 0.3 then now() end
        from person where organization_id = ${org} and random() < 0.3`,
      `insert into phone_bank (organization_id, phone_bank_id, name, expression, script_id, script_version, starts_on, ends_on, calling_starts, calling_ends, join_code, created_by)
        select ${org}, id, name, '', gen_random_uuid(), 1, '2026-01-01', '2026-12-31', '10:00', '20:00', id::text, 'test'
        from (select gen_random_uuid() as id, name from (values ('{"en": "Fall calls", "ko": "가을 전화"}'::jsonb), ('{"en": "Spring"}')) n (name)
          where not exists (select from phone_bank where organization_id = ${org})) made`,
      `insert into membership (organization_id, person_id, kind, standing, from_on, recorded_by, removed_at)
        select ${org}, person_id, ${pick("'regular', 'student'")}, ${pick("'active', 'active', 'grace', 'lapsed', 'applied', 'approved', 'resigned', 'expelled'")}, date '2026-12-31' - floor(random() * 500)::integer, 'test', case when random() < 0.1 then now() end
        from person, generate_series(1, 2) where organization_id = ${org} and random() < 0.3`,
      `insert into consent (organization_id, person_id, channel, is_given, evidence, recorded_by, recorded_at)
        select ${org}, person_id, ${pick("'phone', 'text', 'email', 'post'")}, random() < 0.6, 'said so', 'test', timestamptz '2026-01-01' + random() * interval '300 days'
        from person, generate_series(1, 3) where organization_id = ${org} and random() < 0.3`,
      `insert into relationship (organization_id, person_id, other_person_id, kind)
        select ${org}, p.person_id, o.person_id, ${pick("'spouse', 'parent', 'sibling', 'friend', 'referred_by'")}
        from (select person_id, row_number() over (order by random()) as n from person where organization_id = ${org}) p
        join (select person_id, row_number() over (order by random()) as n from person where organization_id = ${org}) o on o.n = p.n
        where p.person_id <> o.person_id and random() < 0.2 on conflict do nothing`,
      `insert into contact_attempt (organization_id, attempt_id, voter_id, person_id, phone_bank_id, channel, disposition, is_reached, made_by, attempted_at, undone_at)
        select ${org}, gen_random_uuid(), case when by_voter or person_id is null then ${voter} end, person_id,
          case when random() < 0.5 then (select phone_bank_id from phone_bank where organization_id = ${org} order by random() limit 1 + n * 0) end, ${pick("'phone', 'phone', 'text', 'door'")},
          ${pick("'canvassed', 'no_answer', 'refused', 'left_message'")}, random() < 0.4, 'test',
          timestamptz '2026-11-24T04:30:00Z' - (random() ^ 3 * 700) * interval '1 day', case when random() < 0.1 then now() end
        from (select n, random() < 0.7 as by_voter, case when random() < 0.4 then (select person_id from person where organization_id = ${org} order by random() limit 1 + n * 0) end as person_id
          from generate_series(1, ${people * 2}) n) made`,
      `insert into contact_answer (organization_id, attempt_id, question, value)
        select ${org}, attempt_id, question, case question when 'support' then ${pick(`'1', '2', '3', '4', '5', '"2"'`)}::jsonb when 'housing' then ${pick(`'"tenant"', '"owner"'`)}::jsonb
          when 'issues' then ${pick(`'["rent costs"]', '["rent costs", "schools"]', '[]'`)}::jsonb else ${pick("'true', 'false'")}::jsonb end
        from contact_attempt, (values ('support'), ('housing'), ('issues'), ('plan')) q (question) where organization_id = ${org} and random() < 0.3 on conflict do nothing`,
      `insert into follow_up (organization_id, kind, voter_id, person_id, made_by, made_at, solved_at)
        select ${org}, ${pick("'volunteer', 'yard_sign', 'ride', 'mail_ballot', 'organizer', 'call_back_too_late'")}, case when how < 0.6 then ${voter} end, case when how >= 0.5 then person_id end, 'test', now(), case when random() < 0.4 then now() end
        from (select random() as how, person_id from person where organization_id = ${org} order by random() limit ${Math.ceil(people / 3)}) made`,
      `insert into suppression (organization_id, voter_id, person_id, phone, reason, marked_by, taken_back_at)
        select ${org}, case when how < 0.5 then ${voter} end, case when how >= 0.4 and how < 0.9 then person_id end, case when how >= 0.8 then ${fileNumber(`(${voter})`)} end,
          ${pick("'do_not_call', 'deceased', 'moved', 'hostile', 'legal', 'wrong_number', 'disconnected'")}, 'test', case when random() < 0.2 then now() end
        from (select random() as how, person_id from person where organization_id = ${org} order by random() limit ${Math.ceil(people / 6)}) made`,
      // Some were put together with others by hand, some apart, some at a home that is no address.
      `insert into household (organization_id, home, is_door, created_by, updated_by)
        select ${org}, home, home >= 0, 'test', 'test' from (select household_key as home from voter_record where household_key is not null and random() < 0.03
          union select -1 - n from generate_series(1, 4) n) h on conflict do nothing`,
      `insert into household_member (organization_id, person_id, says, household_id, home, changed_by)
        select ${org}, p.person_id, case when how < 0.3 then 'apart' else 'here' end, h.household_id, case when how < 0.3 then home_of_its_own(p.person_id) else h.home end, 'test'
        from (select person_id, random() as how, random() as n from person where organization_id = ${org} and merged_into is null) p
        cross join lateral (select * from household where organization_id = ${org} order by hashtextextended(household_id::text, (p.n * 1000)::integer) limit 1) h
        where p.how < 0.6 on conflict do nothing`,
      // Elsewhere, or at the door or mailing address the file has.
      `insert into person_address (organization_id, person_id, address_key, kind, address, zip5, quality, is_preferred, source)
        select ${org}, person_id, regexp_replace(lower(address), '[^a-z0-9]', '', 'g') || '|' || coalesce(zip5, ''), ${pick("'mailing', 'mailing', 'work', 'home', 'earlier'")}, address, zip5, ${pick("'good', 'unknown', 'undeliverable'")},
          n = 1 and random() < 0.3, 'test' from (select p.person_id, h.n, case when how < 0.2 then concat_ws(' ', v.house_number, v.street) when how < 0.4 then v.mail_address end as filed, how, v.zip5 as filed_zip5,
            'PO Box ' || floor(random() * 9) as box from person p left join voter_record v on v.voter_id = p.voter_id, generate_series(1, 2) n, lateral (select random() as how, n) h
            where p.organization_id = ${org} and random() < 0.2) made,
          lateral (select coalesce(filed, box) as address, case when how < 0.2 then filed_zip5 when how >= 0.4 and how < 0.9 then '11354' end as zip5) said where address <> '' on conflict do nothing`,
      ...ourPeople(org),
    ])
      await sql.raw(statement).execute(tx)
  })
}

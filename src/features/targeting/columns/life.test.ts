import fc from 'fast-check'
import { spawn } from 'node:child_process'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '../../../platform/db/db.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { voterFile } from '../../voterfile/generator/voters.ts'
import { runImport } from '../../voterfile/commands.ts'
import { mergePeople, undoMerge } from '../../people/merge/commands.ts'
import { print } from '../print.ts'
import { compileUniverse, countUniverse, type CompiledUniverse } from '../queries.ts'
import { refreshFromDatabase } from '../refresh-database.ts'
import { expressions } from '../testing.ts'
import { countsFromColumns, countVoters, refresh, refreshFromColumns, Superseded, votersFromColumns } from './ask.ts'
import { answer, countOf } from './answer.ts'
import { columnsStatus, rebuildColumns } from './building.ts'
import { trimChanges } from './changes.ts'
import { columnsPath, layoutVersion } from './file.ts'
import { ColumnStore } from './store.ts'
import { addElections, addKnowledge, addVoters, build } from './testing.ts'

const world = await makeWorld()
const today = '2026-11-23'
const { owner } = world.database
const { organization_id } = world.ours
const db = world.database.of(organization_id)
const path = columnsPath(world.folder)
const store = new ColumnStore(world.folder)
/** Another process of the installation: it has a store of its own over the same file. */
const other = new ColumnStore(world.folder)
const voters = { first: 1, count: 400 }

beforeAll(async () => {
  await addElections(owner)
  await addVoters(owner, voters.first, voters.count, 0.5)
  await addKnowledge(db, organization_id, voters, 60, 0.6)
  await sql`analyze`.execute(owner)
  await build(world.database, path)
  await Promise.all([store.load(), other.load()])
}, 60_000)
afterAll(() => Promise.all([store.close(), other.close()]))

async function compiled(
  text: string,
  whose = organization_id,
  day = today,
  asked = world.database.of(whose),
): Promise<CompiledUniverse> {
  const result = await compileUniverse(asked, text, whose, day)
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.universe
}

const questions = [
  'contacted:14d',
  'contacted:2024-01-01..2024-12-31',
  '-contacted',
  'attempts:0-1',
  'result:phone/refused',
  'reached:60d',
  'support:1-2',
  'tag:volunteer',
  'language:ko',
  'community:korean>=0.5',
  'has:phone',
  'has:email',
  'has:mail',
  'has:note',
  'phone:mobile',
  'suppressed',
  'party:dem -has:phone',
  '(tag:volunteer or attempts:2-9) -suppressed:moved',
  'household:1-2',
  'household:(sex:F)',
  'attended:any',
  'attended:roundtable/2y',
  'attended:@aaaaaaa1',
  'signed-up:any',
  'invited:any',
  'invited>30d',
  'hosted:any',
  'hosted>30d',
  'partner:KACE',
  'no-show>=1',
  'hours>=3',
  'hours<3:1y',
  'stage:any',
  'stage>="Core team"',
  'role:any',
  'role:"Housing: Chair"',
  'committee:Housing',
  'committee:any/Chair',
  'chapter:any',
  'trained:Safety',
  'delegated:any',
  'part:any',
  'part:interpreter,speaker',
  'cohort:any',
  'cohort:"Forum 2026"/accepted,alumni',
  'next-step:open',
  'next-step:overdue',
  'task:any',
  'task:done',
  'event:attended,no-show',
  'attended>1y',
  'hosted<1',
  'signed-up<2:1y',
  'member:good/student',
  'member:lapsed',
  'member:good,lapsed/"Student member"',
  '-member:any',
  'member-since:2026',
  'member-since:1y',
  'dues:due',
]

/** What the columns say to each question, in both processes, and that it is what the database says. */
async function agree(): Promise<true> {
  const everybody = await compiled('')
  const { mailboxes } = await refreshFromDatabase(db, everybody, organization_id, today, null)
  for (const each of [store, other])
    expect((await each.ask(db, everybody, (prepared) => answer(prepared, null)))?.mailboxes).toBe(mailboxes)
  await sameCounts(today, [store, other])
  return true
}

/** To each question, by the day; what SQL says. */
async function sameCounts(day: string, stores: readonly ColumnStore[]): Promise<Map<string, number>> {
  const universes: CompiledUniverse[] = []
  const bySql = new Map<string, number>()
  // Together: not a transaction for each.
  await inTransaction(db, async (tx) => {
    for (const text of questions) {
      const universe = await compiled(text, organization_id, day, tx)
      universes.push(universe)
      bySql.set(text, await countUniverse(tx, universe))
    }
  })
  for (const each of stores) {
    const counts = await countsFromColumns(each, db, universes)
    expect([day, new Map(questions.map((text, at) => [text, counts?.[at]]))]).toEqual([day, bySql])
  }
  return bySql
}

/** Something an organization does, as SQL over its own rows. */
const acts: Record<string, string> = {
  'a call is recorded for a voter nobody knew': `insert into contact_attempt (organization_id, attempt_id, voter_id, channel, disposition, is_reached, made_by, attempted_at)
    select $org, gen_random_uuid(), voter_id, 'phone', 'refused', true, 'test', '2026-11-22T20:00:00Z' from voter_record where voter_id % 7 = 3`,
  'answers are given': `insert into contact_answer (organization_id, attempt_id, question, value)
    select organization_id, attempt_id, 'support', '1' from contact_attempt where organization_id = $org on conflict (organization_id, attempt_id, question) do update set value = '2'`,
  'calls are taken back': `update contact_attempt set undone_at = now() where organization_id = $org and voter_id % 14 = 3`,
  'a person is made of a voter': `insert into person (organization_id, voter_id, language, community, matched_by)
    select $org, voter_id, 'ko', 'korean', 'contact' from voter_record where voter_id % 7 = 3 and not exists (select from person p where p.voter_id = voter_record.voter_id and p.organization_id = $org and p.merged_into is null)`,
  'tags are set': `insert into person_tag (organization_id, person_id, tag, tagged_by) select $org, person_id, 'volunteer', 'test' from person where organization_id = $org and voter_id % 2 = 1 on conflict do nothing`,
  'tags are taken off': `delete from person_tag where organization_id = $org and tag = 'volunteer' and person_id in (select person_id from person where voter_id % 3 = 1)`,
  'a number is found wrong': `update person_phone set quality = 'wrong' where organization_id = $org and phone = '+13475550100'`,
  'a number of a file is found wrong': `insert into person_phone (organization_id, person_id, phone, quality, source)
    select $org, p.person_id, f.phone, 'wrong', 'call' from person p join voter_phone f on f.voter_id = p.voter_id where p.organization_id = $org and p.voter_id % 3 = 0
    on conflict (organization_id, person_id, phone) do update set quality = 'wrong'`,
  'it works after all': `update person_phone set quality = 'good' where organization_id = $org and source = 'call' and person_id in (select person_id from person where voter_id % 2 = 0)`,
  'numbers are closed whoever has them': `insert into suppression (organization_id, phone, reason, marked_by)
    select $org::uuid, phone, 'disconnected', 'test' from voter_phone where voter_id % 19 = 2 union select $org, '+13475550102', 'disconnected', 'test'`,
  'a number is closed for one voter': `insert into suppression (organization_id, voter_id, phone, reason, marked_by)
    select $org, voter_id, phone, 'wrong_number', 'test' from voter_phone where voter_id % 23 = 2`,
  'numbers are closed by hand whoever has them': `insert into suppression (organization_id, person_id, phone, reason, marked_by)
    select $org, p.person_id, f.phone, 'do_not_call', 'test' from (select person_id from person where organization_id = $org order by person_id limit 1) p,
      (select phone from voter_phone where voter_id % 17 = 4) f`,
  'numbers were wrong for somebody else': `insert into suppression (organization_id, person_id, phone, reason, marked_by)
    select $org, p.person_id, f.phone, 'wrong_number', 'test' from (select person_id from person where organization_id = $org order by person_id limit 1) p,
      (select phone from voter_phone where voter_id % 17 = 5 or voter_id = 399) f`,
  'numbers are opened again': `update suppression set taken_back_at = now() where organization_id = $org and phone is not null and taken_back_at is null and (voter_id is null or voter_id % 2 = 0)`,
  'an e-mail address comes in': `insert into person_email (organization_id, person_id, email, source) select $org, person_id, 'new@example.org', 'test' from person where organization_id = $org on conflict do nothing`,
  'somebody is written to elsewhere': `insert into person_address (organization_id, person_id, address_key, kind, address, zip5, source) select $org, person_id, 'pobox5|11354', 'mailing', 'PO Box 5', '11354', 'test' from person where organization_id = $org and voter_id % 2 = 1 on conflict do nothing`,
  'post comes back from there': `update person_address set quality = 'undeliverable' where organization_id = $org and person_id in (select person_id from person where voter_id % 3 = 1)`,
  'somebody opts out': `insert into suppression (organization_id, voter_id, reason, marked_by) select $org, voter_id, 'do_not_call', 'test' from voter_record where voter_id % 11 = 1`,
  'a mark through the person alone': `insert into suppression (organization_id, person_id, reason, marked_by) select $org, person_id, 'moved', 'test' from person where organization_id = $org and voter_id % 5 = 1`,
  'marks are taken back': `update suppression set taken_back_at = now() where organization_id = $org and voter_id % 22 = 1`,
  'notes are written': `insert into note (organization_id, person_id, body, written_by) select $org, person_id, 'said', 'test' from person where organization_id = $org and voter_id % 4 = 1`,
  'two people are merged': `with pair as (select min(person_id::text)::uuid as a, max(person_id::text)::uuid as b from person where organization_id = $org and merged_into is null and voter_id is not null)
    update person set merged_into = (select a from pair), voter_id = voter_id where organization_id = $org and person_id = (select b from pair)`,
  'a person is matched to another voter': `update person set voter_id = 399 where organization_id = $org and person_id =
    (select person_id from person where organization_id = $org and merged_into is null and voter_id < 390 order by voter_id limit 1)
    and not exists (select from person where organization_id = $org and voter_id = 399 and merged_into is null)`,
  'somebody is deceased': `update person set deceased_at = now() where organization_id = $org and voter_id % 13 = 1`,
  'people are deleted': `delete from person where organization_id = $org and voter_id % 17 = 1 and person_id not in (select person_id from contact_attempt where person_id is not null)
    and person_id not in (select person_id from event_signup union all select person_id from event_proposal where person_id is not null)`,
  'people sign up for an event': `insert into event_signup (organization_id, event_id, person_id, seats, response, source, language, received_at)
    select $org, event_id, person_id, 1, 'signed_up', 'web', 'ko', '2026-11-20T15:00:00Z' from person, event where person.organization_id = $org and event.organization_id = $org and code = 'aaaaaaa1' and voter_id % 3 = 0 on conflict do nothing`,
  'people are invited': `with asked as (insert into event_signup (organization_id, event_id, person_id, seats, response, source, language, received_at)
      select $org, event_id, person_id, 1, 'invited', 'staff', 'ko', '2026-11-20T15:00:00Z' from person, event where person.organization_id = $org and event.organization_id = $org and code = 'aaaaaaa4' and voter_id % 4 = 3
      on conflict do nothing returning signup_id, received_at)
    insert into event_response (organization_id, signup_id, response, at, made_by) select $org, signup_id, 'invited', received_at, 'test' from asked`,
  'somebody hosts': `update event_proposal set person_id = (select person_id from person where organization_id = $org and merged_into is null and voter_id is not null order by voter_id desc limit 1) where organization_id = $org`,
  'an event is published, and one called off': `update event set published_at = now(), canceled_at = case when code = 'aaaaaaa5' and canceled_at is null then now() end where organization_id = $org and code in ('aaaaaaa4', 'aaaaaaa5')`,
  'an event is held earlier': `update event set starts_at = starts_at - interval '300 days' where organization_id = $org and code = 'aaaaaaa4'`,
  'people sign up by the link of a partner': `insert into event_signup_partner (organization_id, signup_id, partner_id, at)
    select $org, signup_id, partner_id, now() from event_signup join event_partner using (organization_id, event_id) where organization_id = $org on conflict do nothing`,
  'a partner gets another name, or back its own': `update event_partner set name = case name ->> 'en' when 'KACE' then '{"en": "Church"}'::jsonb else '{"en": "KACE"}' end where organization_id = $org`,
  'they say that they do not come': `update event_signup set response = 'canceled_by_them' where organization_id = $org and response = 'signed_up' and person_id in (select person_id from person where voter_id % 2 = 0)`,
  'they are checked in': `insert into event_attendance (organization_id, signup_id, shift_id, attendance, at, made_by)
    select $org, signup_id, shift_id, 'attended', now(), 'test' from event_signup join event_shift using (organization_id, event_id) where organization_id = $org and response in ('signed_up', 'confirmed')`,
  'the door takes it back': `update event_attendance set taken_back_at = now() where organization_id = $org and attendance = 'attended' and signup_id in (select signup_id from event_signup join person using (organization_id, person_id) where voter_id % 3 = 1)`,
  'hours are put right': `insert into event_hours (organization_id, signup_id, shift_id, minutes, reason, at, made_by)
    select $org, signup_id, shift_id, case when random() < 0.3 then null else (random() * 900)::integer end, 'test', now(), 'test' from event_signup join event_shift using (organization_id, event_id) where organization_id = $org`,
  'an event is of another kind': `update event set kind = case kind when 'roundtable' then 'pantry' else 'roundtable' end where organization_id = $org and code in ('aaaaaaa1', 'aaaaaaa2')`,
  'a shift is held at another time': `update event_shift set starts_at = starts_at - interval '400 days', ends_at = ends_at - interval '401 days' + interval '1 day 2 hours' where organization_id = $org and event_id in (select event_id from event where code = 'aaaaaaa3')`,
  'a kind gets another name and no shifts': `update event_kind set name = '{"en": "Roundtable"}', needs = '{}' where organization_id = $org and kind = 'pantry'`,
  'somebody climbs the ladder': `insert into person_stage (organization_id, person_id, rung_id, from_on, reason, set_by, set_at)
    select $org, person_id, (select rung_id from rung where organization_id = $org and position = 3), '2026-11-01', 'test', 'test', clock_timestamp() from person where organization_id = $org and voter_id % 4 = 1`,
  'rungs change places': `update rung set position = 4 - position where organization_id = $org`,
  'roles end': `update person_role set until_on = greatest(from_on, '2026-11-22'), removed_at = case when random() < 0.2 then now() end where organization_id = $org and name = 'Treasurer'`,
  'a body gets another name, or back its own': `update body set name = case name ->> 'en' when 'Housing' then '{"en": "Homes"}'::jsonb else '{"en": "Housing", "ko": "주거위원회"}' end where organization_id = $org`,
  'a body is put away, or back': `update body set archived_at = case when archived_at is null then now() end where organization_id = $org and name ->> 'ko' is not null`,
  'a mailbox is only claimed': `update person_email set claimed_at = now() where organization_id = $org and person_id in (select person_id from person where voter_id % 2 = 0)`,
  'an office gets another name, or back its own': `update body_office set name = case name ->> 'en' when 'Chair' then '{"en": "Lead"}'::jsonb else '{"en": "Chair", "ko": "위원장"}' end where organization_id = $org`,
  'a training is passed': `insert into training_passed (organization_id, person_id, training_id, passed_on, recorded_by, recorded_at)
    select $org, person_id, training_id, '2026-11-20', 'test', now() from person, training t where person.organization_id = $org and t.organization_id = $org and voter_id % 6 = 1`,
  'delegations end': `update delegation set ended_at = now() where organization_id = $org and what = 'host_phone_banks'`,
  'accounts are other people': `update person_account set person_id = (select person_id from person where organization_id = $org and merged_into is null and voter_id is not null order by voter_id limit 1) where organization_id = $org`,
  'a next step is agreed on': `insert into task (organization_id, kind, person_id, title, owner_id, due_on, made_by, made_at)
    select $org, 'next_step', person_id, 'test', null, '2026-11-20', 'test', now() from person where organization_id = $org and voter_id % 6 = 5`,
  'next steps are taken': `update task set ended_at = now(), ended_as = 'done' where organization_id = $org and kind = 'next_step' and ended_at is null`,
  'tasks are given to somebody else': `update task set owner_id = (select user_id from person_account where organization_id = $org and user_id is not null order by person_id desc limit 1) where organization_id = $org and kind = 'task'`,
  'people apply to a cohort': `insert into cohort_application (organization_id, cohort_id, person_id, applied_on, made_by)
    select $org, cohort_id, person_id, '2026-11-01', 'test' from person p, cohort c where p.organization_id = $org and c.organization_id = $org and voter_id % 5 = 3`,
  'it is decided': `update cohort_application set state = 'accepted' where organization_id = $org and state = 'applied'`,
  'a cohort gets another name, or back its own': `update cohort set name = case name ->> 'en' when 'Forum 2026' then '{"en": "Spring forum"}'::jsonb else '{"en": "Forum 2026"}' end where organization_id = $org and name ->> 'en' <> 'Alumni'`,
  'memberships lapse tomorrow': `insert into membership (organization_id, person_id, kind, standing, from_on, recorded_by)
    select organization_id, person_id, kind, 'lapsed', '2026-11-24', 'test' from membership where organization_id = $org and standing in ('active', 'grace') group by 1, 2, 3 having count(*) = 1`,
  'a standing is taken out, or back in': `update membership set removed_at = case when removed_at is null then now() end where organization_id = $org and from_on between '2026-10-01' and '2026-11-24'`,
  'a kind of membership gets another name, or back its own': `update membership_kind set name = case name ->> 'en' when 'Student member' then '{"en": "Scholar"}'::jsonb else '{"en": "Student member"}' end where organization_id = $org and kind = 'student'`,
  'dues are paid': `insert into dues (organization_id, person_id, kind, from_on, until_on, how, amount_cents, paid_on, grace_days, awaits_approval, recorded_by)
    select $org, person_id, 'regular', '2026-11-01', '2027-10-31', 'paid', 2000, '2026-11-01', 30, false, 'test' from person where organization_id = $org and voter_id % 5 = 2`,
}

/** A merge with everything of both, and taking it back. */
async function mergeAndBack(back: boolean): Promise<void> {
  const { rows } = await sql<{
    person_id: string
  }>`select person_id from person p where organization_id = ${organization_id} and merged_into is null
    and exists (select from event_signup s where s.organization_id = p.organization_id and s.person_id = p.person_id) order by voter_id nulls last limit 2`.execute(
    db,
  )
  const [kept, merged] = rows
  if (!kept || !merged) return
  const merge_id = await mergePeople(db, world.ours.organizer, kept.person_id, merged.person_id, [])
  if (back) {
    await agree()
    await undoMerge(db, world.ours.organizer, merge_id, new Date())
  }
}

test('after a merge with everything of both people, and after it is undone, every process says what the database says', async () => {
  expect(await agree()).toBe(true)
  await mergeAndBack(true)
  expect(await agree()).toBe(true)
})

/** Both processes have seen all there is: what holds before an act is what held after the one before it. */
let isSeen = false
test.each(Object.keys(acts))('after %s every process says at once what the database says', async (name) => {
  if (!isSeen) expect(await agree()).toBe(true)
  isSeen = true
  await sql.raw((acts[name] ?? '').replaceAll('$org', `'${organization_id}'`)).execute(db)
  expect(await agree()).toBe(true)
})

test('as days pass and nobody does anything, it is the same in the columns as in SQL', async () => {
  await sql.raw((acts['memberships lapse tomorrow'] ?? '').replaceAll('$org', `'${organization_id}'`)).execute(db)
  const lapsed = new Set<number>()
  for (const day of ['2026-11-23', '2026-11-24', '2026-12-20', '2028-01-01', '2026-11-23']) {
    const bySql = await sameCounts(day, [store])
    lapsed.add(bySql.get('member:lapsed') ?? 0)
  }
  expect(lapsed.size).toBeGreaterThan(1)
})

/** What people do, one after the other; the numbers are seeds of more knowledge of every kind, true a merge that is undone. */
const life = fc.array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...Object.keys(acts)) }, { weight: 2, arbitrary: fc.integer({ min: 1, max: 1000 }) }, { weight: 1, arbitrary: fc.boolean() }), { minLength: 1, maxLength: 4 }) // prettier-ignore

test('after whatever people do, random expressions mean the same voters in the columns as in SQL', async () => {
  const asked = fc.array(expressions(), { minLength: 15, maxLength: 15 })
  await fc.assert(
    fc.asyncProperty(life, asked, async (done, all) => {
      for (const each of done) {
        if (typeof each === 'number') await addKnowledge(db, organization_id, voters, 6, each / 1000)
        else if (typeof each === 'boolean') await mergeAndBack(each)
        else await sql.raw((acts[each] ?? '').replaceAll('$org', `'${organization_id}'`)).execute(db)
      }
      for (const expression of all) {
        const universe = await compiled(print(expression))
        const { rows } = await universe.voters.execute(db)
        const bySql = rows.map(({ voter_id }) => voter_id).sort((a, b) => a - b)
        for (const each of [store, other])
          expect([...((await votersFromColumns(each, db, universe)) ?? [])]).toEqual(bySql)
      }
    }),
    { numRuns: 20, endOnFailure: true },
  )
  expect(await agree()).toBe(true)
}, 300_000)

test('after another file of voters and merges of people, the same', async () => {
  await addVoters(owner, voters.first + voters.count, 60, 0.7)
  await sql.raw((acts['two people are merged'] ?? '').replaceAll('$org', `'${organization_id}'`)).execute(db)
  await rebuildColumns(world.installation)
  await Promise.all([store.load(), other.load()])
  expect(await meanTheSame(60)).toBe(true)
}, 300_000)

/** Random expressions, in the columns and in SQL. */
async function meanTheSame(numRuns: number): Promise<true> {
  await fc.assert(
    fc.asyncProperty(expressions(), async (expression) => {
      const universe = await compiled(print(expression))
      const { rows } = await universe.voters.execute(db)
      const found = await votersFromColumns(store, db, universe)
      expect([...(found ?? [])]).toEqual(rows.map(({ voter_id }) => voter_id).sort((a, b) => a - b))
    }),
    { numRuns, endOnFailure: true },
  )
  return true
}

/** Imports a state's file of one month, as people do; whoever is not in it has gone. */
async function importMonth(month: number): Promise<void> {
  const file = join(world.folder, `AllNYSVoters_${month}.txt`)
  const made = [...voterFile({ rows: 200, seed: 5, today, place: 'nyc', month })]
  writeFileSync(file, Buffer.concat(made.map((chunk) => chunk.voters)))
  const { clock, database } = world.installation
  const actor = { ...world.ours.organizer, is_steward: true }
  const asked = { paths: [file], layout: null, law_accepted: true, accept_gone: true }
  expect(await runImport({ clock, database, folder: world.folder, actor }, asked)).toMatchObject({ ok: true })
}

test('a change that many voters share is read as a whole', async () => {
  const before = await store.ask(db, await compiled('tag:volunteer'), countOf)
  await sql`insert into person (organization_id, first_name) select ${organization_id}, 'n' || n from generate_series(1, 10001) n`.execute(
    db,
  )
  await sql`delete from person where organization_id = ${organization_id} and first_name like 'n%'`.execute(db)
  expect(await store.ask(db, await compiled('tag:volunteer'), countOf)).toBe(before)
  await agree()
})

test('a transaction that began before a question and ends after it is not overlooked', async () => {
  const universe = await compiled('contacted:1d')
  const before = await store.ask(db, universe, countOf)
  const client = await world.database.ownerPool.connect()
  try {
    await client.query('begin')
    await client.query(
      `insert into contact_attempt (organization_id, attempt_id, voter_id, channel, disposition, is_reached, made_by, attempted_at)
       select $1, gen_random_uuid(), voter_id, 'door', 'canvassed', true, 'test', '2026-11-23T15:00:00Z' from voter_record where voter_id % 10 = 5`,
      [organization_id],
    )
    // Later transactions come and go meanwhile, about something else.
    await sql`update person set language = 'fr' where organization_id = ${organization_id} and voter_id % 5 = 3`.execute(
      db,
    )
    expect(await store.ask(db, universe, countOf)).toBe(before)
    await client.query('commit')
  } finally {
    client.release()
  }
  expect(await store.ask(db, universe, countOf)).toBe(await countUniverse(db, universe))
  expect(await store.ask(db, universe, countOf)).not.toBe(before)
})

test('who has not looked since changes were trimmed reads everything anew', async () => {
  const universe = await compiled('tag:volunteer')
  await store.ask(db, universe, countOf)
  await sql
    .raw((acts['tags are set'] ?? '').replaceAll('$org', `'${organization_id}'`).replace('% 2 = 1', '% 2 = 0'))
    .execute(db)
  for (let hour = 0; hour < 2; hour++) {
    await sql`update targeting_change_trim set taken_at = now() - interval '2 hours'`.execute(owner)
    await trimChanges(owner)
  }
  // Twice trimmed: what was seen by the first is gone now, and the time of the test is that of the trimming.
  await sql`update targeting_change_trim set trimmed_before = clock_timestamp()`.execute(owner)
  expect((await sql`select from targeting_change`.execute(owner)).rows).toHaveLength(0)
  expect(await store.ask(db, universe, countOf)).toBe(await countUniverse(db, universe))
})

test('organizations see only what they know themselves', async () => {
  const theirs = world.theirs.organization_id
  const universe = await compiled('tag:volunteer', theirs)
  expect(await store.ask(world.database.of(theirs), universe, countOf)).toBe(0)
  expect(await store.ask(db, await compiled('tag:volunteer'), countOf)).toBeGreaterThan(0)
  const seen = await sql`select from targeting_change where organization_id <> ${theirs}`.execute(
    world.database.of(theirs),
  )
  expect(seen.rows).toHaveLength(0)
})

test('a number only one organization knows is found by that one alone', async () => {
  const theirs = world.theirs.organization_id
  await sql`insert into person (organization_id, voter_id, matched_by) values (${theirs}, 200, 'hand') on conflict do nothing`.execute(world.database.of(theirs)) // prettier-ignore
  await sql`insert into person_phone (organization_id, person_id, phone, source) select organization_id, person_id, '+19175559876', 'test'
    from person where organization_id = ${theirs} and voter_id = 200`.execute(world.database.of(theirs))
  expect(await store.ask(world.database.of(theirs), await compiled('status:active,inactive,military,federal,overseas,purged,preregistered,gone phone:9175559876', theirs), countOf)).toBe(1) // prettier-ignore
  expect(await store.ask(db, await compiled('status:active,inactive,military,federal,overseas,purged,preregistered,gone phone:9175559876'), countOf)).toBe(0) // prettier-ignore
})

test('with another name of a phone bank, what was asked of it under either name is the same', async () => {
  const universe = await compiled('contacted:ever@"Fall calls"')
  const before = await store.ask(db, universe, countOf)
  expect(before).toBe(await countUniverse(db, universe))
  expect(before).toBeGreaterThan(0)
  const rename = (name: string) =>
    sql`update phone_bank set name = ${name}::jsonb where organization_id = ${organization_id} and (name ->> 'en') in ('Fall calls', 'Winter calls')`.execute(
      db,
    )
  await rename('{"en":"Winter calls"}')
  // The old name goes on meaning it, the new one does from now on.
  expect(await store.ask(db, universe, countOf)).toBe(before)
  const renamed = await compiled('contacted:ever@"Winter calls"')
  expect(await store.ask(db, renamed, countOf)).toBe(before)
  expect(await countUniverse(db, renamed)).toBe(before)
  await rename('{"en":"Fall calls"}')
  expect(await store.ask(db, universe, countOf)).toBe(before)
})

test('a question whose columns are put away before its turn is answered by the database', async () => {
  const late = new ColumnStore(world.folder)
  await late.load()
  const universe = await compiled('party:dem')
  const found = await late.ask(db, universe, async (prepared) => {
    await prepared.columns.close()
    return countOf(prepared)
  })
  expect(found).toBeNull()
  await late.close()
})

test('while one drags only the newest question is answered', async () => {
  const ages = await Promise.all([18, 19, 20, 21].map((age) => compiled(`age:${age}-40`)))
  const answers = await Promise.allSettled(
    ages.map((universe) => refreshFromColumns(store, db, universe, { asker: 'one' })),
  )
  expect(answers.slice(0, 3).every((each) => each.status === 'rejected' && each.reason instanceof Superseded)).toBe(
    true,
  )
  expect(answers.at(-1)?.status).toBe('fulfilled')
})

test('after an import the database answers until the columns are built anew', async () => {
  const universe = await compiled('party:dem')
  expect((await refresh(store, db, universe)).answered_by).toBe('columns')
  await importMonth(0)
  const meanwhile = await refresh(store, db, universe)
  expect(meanwhile.answered_by).toBe('database')
  expect(meanwhile.people).toBe(await countUniverse(db, universe))
  expect((await columnsStatus(world.installation)).state).toBe('stale')
  const built = await rebuildColumns(world.installation)
  const { n } = await owner.selectFrom('voter_record').select((eb) => eb.fn.countAll<string>().as('n')).executeTakeFirstOrThrow() // prettier-ignore
  expect(Number(n)).toBeGreaterThan(550) // those before and the new ones
  expect(built?.voters).toBe(Number(n))
  expect((await columnsStatus(world.installation)).state).toBe('ready')
  await Promise.all([store.load(), other.load()])
  const again = await refresh(store, db, await compiled('party:dem'))
  expect(again.answered_by).toBe('columns')
  expect(again.people).toBe(meanwhile.people)
  await agree()
  // The month after, some have moved, changed and gone.
  await importMonth(1)
  await rebuildColumns(world.installation)
  await Promise.all([store.load(), other.load()])
  expect(await meanTheSame(40)).toBe(true)
}, 60_000)

test.each([
  'a byte of it turns',
  'its end is missing',
  'it is no such file',
  'it is of another version',
  'it is gone',
  'it cannot be read',
])('when %s, the file is not used and the database answers', async (what) => {
  const bytes = readFileSync(path)
  const damaged = what === 'it is of another version' ? ofVersion(layoutVersion - 1, bytes) : Buffer.from(bytes)
  if (what === 'a byte of it turns') damaged.writeUInt8(damaged.readUInt8(4096) ^ 1, 4096)
  if (what === 'it is no such file') damaged.write('HANPYO\x01X')
  const folder = join(world.folder, what.replaceAll(' ', '-'))
  const fresh = new ColumnStore(folder)
  if (what !== 'it is gone') {
    const { mkdirSync } = await import('node:fs')
    // A folder in its place cannot be read by anybody, root neither.
    mkdirSync(what === 'it cannot be read' ? columnsPath(folder) : dirname(columnsPath(folder)), { recursive: true })
    if (what !== 'it cannot be read')
      writeFileSync(
        columnsPath(folder),
        what === 'its end is missing' ? bytes.subarray(0, bytes.length - 100) : damaged,
      )
  }
  await fresh.load()
  const problem = what === 'it is gone' ? 'missing' : what === 'it is of another version' ? 'version' : 'damaged'
  expect(fresh.problem).toBe(problem)
  const { config, database } = world.installation
  // Of the bytes behind its header only whoever loads it knows.
  expect((await columnsStatus({ database, config: { ...config, data: folder } })).state).toBe(
    what === 'a byte of it turns' ? 'ready' : problem,
  )
  const universe = await compiled('party:rep')
  expect((await refresh(fresh, db, universe)).answered_by).toBe('database')
  expect(await countVoters(fresh, db, universe)).toBe(await countUniverse(db, universe))
  await fresh.close()
})

/** The same file as another release of Hanpyo would have written it. */
function ofVersion(version: number, bytes: Buffer): Buffer {
  const at = bytes.readDoubleLE(8)
  const header = Buffer.from(JSON.stringify({ ...(JSON.parse(bytes.subarray(at).toString()) as object), version }))
  const file = Buffer.concat([bytes.subarray(0, at), header])
  file.writeUInt32LE(header.length, 16)
  file.writeUInt32LE(crc32(header), 20)
  return file
}

test('a build killed in the middle leaves the old file in use, and the next one clears up', async () => {
  const before = readFileSync(path)
  const draft = `${path}.99999.draft`
  const child = spawn(process.execPath, [join(import.meta.dirname, 'killed-build.ts'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()))
  child.kill('SIGKILL')
  await new Promise((resolve) => child.once('exit', resolve))
  writeFileSync(draft, 'left by an older one')
  expect(readdirSync(dirname(path)).filter((name) => name.endsWith('.draft')).length).toBeGreaterThanOrEqual(2)
  expect(readFileSync(path).equals(before)).toBe(true)
  expect((await refresh(store, db, await compiled('party:dem'))).answered_by).toBe('columns')
  await rebuildColumns(world.installation)
  expect(readdirSync(dirname(path))).toEqual(['columns'])
})

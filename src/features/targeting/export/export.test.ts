import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { sql } from 'kysely'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { loadCrosswalk } from '../../geography/commands.ts'
import { workOff } from '../../../platform/testing/work-off.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { saveAddress } from '../../people/addresses/commands.ts'
import { AddressForm } from '../../people/addresses/schema.ts'
import { chooseMapping, personImport, receiveSheet } from '../../people/imports/commands.ts'
import { importPeople } from '../../../app/import-people.ts'
import { readRow } from '../../people/imports/plan.ts'
import { Mapping } from '../../people/imports/schema.ts'
import { livesApart, livesWith, takeBackHousehold } from '../../people/households/commands.ts'
import { archiveUniverse, saveUniverse } from '../commands.ts'
import { exportJob, resumeExports } from '../jobs.ts'
import { compileUniverse, universe, type Universe } from '../queries.ts'
import { targetingRoutes } from '../routes.tsx'
import { askForExport, expireExports, exportFolder, runExport } from './commands.ts'
import { columns } from './layouts.ts'
import { greet } from './mail-house.ts'
import { universeExport } from './queries.ts'
import { exportRoutes } from './routes.tsx'

const world = await makeWorld()
const { owner } = world.database
const { organization_id, organizer } = world.ours
const db = world.database.of(organization_id)
const data = world.installation.config.data
const today = '2026-11-23'
const now = world.installation.clock.now()
const browser = world.as(organizer, [exportRoutes, targetingRoutes])
let saved: Universe

beforeAll(async () => {
  await sql`create table if not exists voter_record_ny partition of voter_record for values in ('NY')`.execute(owner)
  await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, first_name, last_key, given_key, party, status, birth_year, house_number, street, unit, city, zip5, household_key, votes, p_korean)
    select n, 1, n, 1, 'NY', 'NY' || n, case when n = 1 then '=cmd|calc' when n = 2 then E'\t@SUM' else 'Kim' end, case n when 3 then 'Ji, "Ho"' when 4 then 'Mina' else 'Young' end, 'KIM', 'YOUNG', 'dem', 'active', 1950 + n,
      n || '-1', 'Main St', 'Apt ' || n, 'Flushing', '11354', 100 + n / 3, array[8, 16], case when n = 5 then 95 else 2 end
    from generate_series(1, 12) n`.execute(owner)
  await sql`insert into election values (1, 'NY', 'general', 2024, '2024-11-05'), (2, 'NY', 'primary', 2024, '2024-06-25')`.execute(
    owner,
  )
  await sql`insert into voter_phone (voter_id, phone, kind, quality, matched_by, source, received_on)
    select n, '+1718555' || lpad(n::text, 4, '0'), case when n % 2 = 0 then 'mobile' else 'landline' end, 50, 'state_id', 'x', '2026-01-01' from generate_series(1, 10) n`.execute(
    owner,
  )
  await sql`insert into person (organization_id, person_id, voter_id, name_hangul, language) values
    (${organization_id}, '00000000-0000-4000-8000-000000000006', 6, '김영희', 'ko'), (${organization_id}, '00000000-0000-4000-8000-000000000008', 8, null, 'en')`.execute(
    owner,
  )
  // Two statements of one moment: the refusal counts.
  await sql`insert into consent (organization_id, consent_id, person_id, channel, is_given, evidence, recorded_by, recorded_at) values
    (${organization_id}, '00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000008', 'text', true, 'x', 'x', '2026-02-01'), (${organization_id}, gen_random_uuid(), '00000000-0000-4000-8000-000000000008', 'text', false, 'x', 'x', '2026-02-01'),
    (${organization_id}, gen_random_uuid(), '00000000-0000-4000-8000-000000000006', 'text', true, 'x', 'x', '2026-02-01'),
    (${organization_id}, gen_random_uuid(), '00000000-0000-4000-8000-000000000006', 'post', false, 'x', 'x', '2026-02-01')`.execute(
    owner,
  )
  await sql`insert into suppression (organization_id, voter_id, phone, reason, marked_by) values
    (${organization_id}, 10, null, 'do_not_call', 'x'), (${organization_id}, 2, '+17185550002', 'wrong_number', 'x')`.execute(
    owner,
  )
  const made = await saveUniverse(
    db,
    organizer,
    { name: 'All', expression: 'suppressed:any or party:dem', note: null },
    now,
    today,
  )
  if (!made.ok) throw new Error('universe')
  const found = await universe(db, organization_id, made.universe_id)
  if (!found) throw new Error('universe')
  saved = found
})

const accepted = { purpose: 'Phone bank of the partner group', law: 'yes' }

/** The file an export made by the page has, line by line. */
async function made(
  form: Record<string, string | string[]>,
  cookie = 'language=en',
): Promise<{ lines: string[]; id: string }> {
  const answer = await browser.post(
    `/voters/universes/${saved.universe_id}/export`,
    { ...accepted, ...form },
    { cookie, 'accept-language': cookie.slice(9) },
  )
  expect(answer.status).toBe(303)
  const address = answer.headers.get('location') ?? ''
  const file = await browser.get(`${address}/file`)
  expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="voters-[0-9a-f]{8}\.csv"$/)
  const text = Buffer.from(await file.arrayBuffer()).toString('utf8')
  expect(text.startsWith('\uFEFF')).toBe(true)
  return { lines: text.slice(1).trimEnd().split('\r\n'), id: address.split('/').at(-1) ?? '' }
}

test('chosen columns, formulas defused, with a watermark as last line and a row in the register', async () => {
  const { lines, id } = await made({
    layout: 'own',
    channel: 'none',
    'columns[]': ['last_name', 'first_name', 'phone_best', 'voted_in', 'voter_id'],
  })
  expect(lines[0]).toBe('Last name,First name,Best phone,Voted in,Hanpyo voter number')
  expect(lines).toHaveLength(14)
  expect(lines[1]).toBe("'=cmd|calc,Young,718-555-0001,2024 General election; 2024 Primary,1")
  expect(lines[2]).toBe("'\t@SUM,Young,,2024 General election; 2024 Primary,2") // a wrong number is nobody's
  expect(lines[3]).toContain('Kim,"Ji, ""Ho""",')
  expect(lines.at(-1)).toMatch(
    new RegExp(
      `^"?Hanpyo export ${id} of Flushing Civic Action, made by ours organizer on 2026-11-23: Phone bank of the partner group. 12 rows. Election purposes only`,
    ),
  )
  expect(await (await browser.get(`/voters/exports/${id}`)).text()).not.toContain('drops the zeros in front')
  await sql`update voter_record set zip5 = '06390' where voter_id = 1`.execute(owner)
  const zeros = await made({ layout: 'own', channel: 'none', 'columns[]': ['zip', 'voter_id'] })
  expect(zeros.lines[1]).toMatch(/^06390(-\d{4})?,1$/)
  expect(await (await browser.get(`/voters/exports/${zeros.id}`)).text()).toContain('drops the zeros in front')
  await sql`update voter_record set zip5 = '11354' where voter_id = 1`.execute(owner)
  const register = await (await browser.get('/voters/exports')).text()
  expect(register).toMatch(
    /Phone bank of the partner group[\s\S]*Last name, First name, Best phone[\s\S]*12[\s\S]*ours organizer/,
  )
  const { rows } = await sql<{
    action: string
  }>`select action from audit_entry where subject_id = ${id} order by audit_id`.execute(owner)
  expect(rows.map(({ action }) => action)).toEqual(['universe.export', 'universe.export_made', 'universe.download'])
  expect(readdirSync(exportFolder(data)).filter((name) => name.endsWith('.part'))).toEqual([])
})

test('an estimate goes out only when asked for, and says so in every cell', async () => {
  expect(columns).toContain('community_estimate')
  const plain = await made({ layout: 'own', channel: 'none', 'columns[]': ['voter_id'] })
  expect(plain.lines.join()).not.toContain('estimate')
  const asked = await made({ layout: 'own', channel: 'none', 'columns[]': ['voter_id', 'community_estimate'] })
  expect(asked.lines[0]).toBe('Hanpyo voter number,Community (estimate)')
  expect(asked.lines[5]).toBe('5,Korean 95% (estimate)')
  expect(asked.lines[4]).toBe('4,')
})

test('districts are those one searches by: the record’s own, else the crosswalk’s; of a divided one none', async () => {
  await sql`update voter_record set ad = 40, ed = voter_id, ccd = case when voter_id = 4 then 23 end, sd = 16 where voter_id < 5`.execute(
    owner,
  )
  const steward = world.ours.actor([], { is_steward: true })
  const lines = 'elect_dist,council,council_share\n40001,20,1\n40002,20,0.6\n40002,19,0.4\n40004,20,1'
  const loaded = await loadCrosswalk(
    owner,
    steward,
    { state: 'NY', text: lines },
    { as_of: '2025-08-20', source: 'test' },
    now,
  )
  expect(loaded.ok).toBe(true)
  const asked = await made({
    layout: 'own',
    channel: 'none',
    'columns[]': ['voter_id', 'nyc_council', 'assembly', 'senate', 'election_district', 'districts_in_doubt'],
  })
  expect(asked.lines[0]).toBe(
    'State Senate district,Assembly district,Election district,City Council district,Districts in doubt,Hanpyo voter number',
  )
  expect(asked.lines.slice(1, 6)).toEqual([
    '16,40,1,20,,1',
    '16,40,2,,City Council: 20 or 19,2',
    '16,40,3,,,3',
    '16,40,4,23,,4',
    ',,,,,5',
  ])
})

test('support is the last score, whatever the question is called, of voter or person', async () => {
  const script_id = '00000000-0000-4000-8000-0000000000aa'
  await sql`insert into script (organization_id, script_id, name, created_by) values (${organization_id}, ${script_id}, 'x', 'x')`.execute(
    owner,
  )
  await sql`insert into script_version (organization_id, script_id, version, content, created_by)
    values (${organization_id}, ${script_id}, 1, '{"steps":[{"key":"mayor","kind":"support"},{"key":"rent","kind":"number"}]}', 'x')`.execute(
    owner,
  )
  await sql`with attempt as (
      insert into contact_attempt (organization_id, attempt_id, voter_id, person_id, channel, disposition, is_reached, made_by, attempted_at, script_id, script_version)
      select ${organization_id}, gen_random_uuid(), voter_id, person_id::uuid, 'phone', 'canvassed', true, 'x', at::timestamptz, ${script_id}, 1 from (values
        (4, null, '2026-01-01'), (4, null, '2026-02-01'), (null, '00000000-0000-4000-8000-000000000006', '2026-01-01'),
        (null, '00000000-0000-4000-8000-000000000008', '2026-01-01')) a (voter_id, person_id, at) returning attempt_id, voter_id, person_id, attempted_at)
    insert into contact_answer (organization_id, attempt_id, question, value)
    select ${organization_id}, attempt_id, question, value::jsonb from attempt join (values
      (4, '2026-01-01', 'support', '5'), (4, '2026-02-01', 'mayor', '2'), (6, '2026-01-01', 'mayor', '1'), (8, '2026-01-01', 'rent', '4')) said (who, at, question, value)
      on said.at::timestamptz = attempt.attempted_at and said.who = coalesce(attempt.voter_id, right(attempt.person_id::text, 1)::integer)`.execute(
    owner,
  )
  const { lines } = await made({ layout: 'own', channel: 'none', 'columns[]': ['voter_id', 'support'] })
  expect(lines.slice(4, 9)).toEqual(['2,4', ',5', '1,6', ',7', ',8'])
  for (const [score, who] of [[2, 4], [1, 6]] as const) {
    const compiled = await compileUniverse(db, `support:${score}`, organization_id, today)
    if (!compiled.ok) throw new Error(compiled.problem.code)
    const { rows } = await sql<{ voter_id: number }>`${compiled.universe.voters}`.execute(db)
    expect(rows).toEqual([{ voter_id: who }])
  } // prettier-ignore
})

test('texting: only mobile numbers of people who may be texted, as Spoke reads it', async () => {
  const { lines, id } = await made({ layout: 'texting' })
  expect(lines[0]).toBe('firstName,lastName,cell,zip,external_id,language,nameHangul')
  // 2: wrong number; 4: never agreed; 8: opted out; 10: marked; odd ones have landlines.
  expect(lines.slice(1, -1)).toEqual(['Young,Kim,7185550006,11354,NY6,ko,김영희'])
  const row = await universeExport(db, organization_id, id)
  expect(row).toMatchObject({
    channel: 'text',
    written: 1,
    expected: 1,
    left_out: { marked: 1, opted_out: 1, no_address: 8, no_consent: 1 },
  })
  // What is made is what is chosen on top: the page has one form, and looking at the numbers keeps what was typed.
  const form = await (
    await browser.get(`/voters/universes/${saved.universe_id}/export?layout=texting&purpose=Texts+in+May`)
  ).text()
  expect(form).toMatch(
    /action="[^"]*\/export"(?:(?!<\/form>)[^])*value="texting"(?:(?!<\/form>)[^])*formmethod="get"(?:(?!<\/form>)[^])*Texts in May(?:(?!<\/form>)[^])*name="law"/i,
  )
  expect(form).toMatch(/People in the file<\/dt><dd[^>]*>1<[\s\S]*without a number or address for it: 8/)
})

test('a newsletter gets the addresses of those who did not say no to e-mail', async () => {
  await sql`insert into person_email (organization_id, person_id, email, quality, source) values
    (${organization_id}, '00000000-0000-4000-8000-000000000006', 'kim@example.org', 'good', 'x'), (${organization_id}, '00000000-0000-4000-8000-000000000006', 'old@example.org', 'bouncing', 'x'),
    (${organization_id}, '00000000-0000-4000-8000-000000000008', 'no@example.org', 'good', 'x')`.execute(owner)
  await sql`insert into consent (organization_id, person_id, channel, is_given, evidence, recorded_by, recorded_at) values
    (${organization_id}, '00000000-0000-4000-8000-000000000008', 'email', false, 'x', 'x', '2026-02-01')`.execute(owner)
  const { lines, id } = await made({ layout: 'newsletter' })
  expect(lines.slice(0, -1)).toEqual([
    'Email Address,First Name,Last Name,ZIP Code,Language,Hangul Name',
    'kim@example.org,Young,Kim,11354,ko,김영희',
  ])
  expect(await universeExport(db, organization_id, id)).toMatchObject({ channel: 'email', left_out: { opted_out: 1 } })
})

test('a dialer gets the best number of each; a program like VAN the state’s id first, also without a number', async () => {
  const dialer = await made({ layout: 'dialer' })
  expect(dialer.lines[0]).toBe('phone,first_name,name,email,custom1,custom2,custom3,custom4,custom5')
  expect(dialer.lines.slice(1, -1).map((line) => line.split(',')[0])).toEqual(
    ['1', '3', '4', '5', '6', '7', '8', '9'].map((n) => `718555000${n}`),
  )
  const van = await made({ layout: 'van' })
  expect(van.lines[0]).toBe(
    'StateVoterID,LastName,FirstName,MiddleName,Suffix,CellPhone,HomePhone,Email,Address,City,State,Zip,Party,Language',
  )
  expect(van.lines).toHaveLength(13)
  expect(van.lines.slice(1, -1).every((line) => line.startsWith('NY'))).toBe(true)
  expect(van.lines[4]).toBe('NY4,Kim,Mina,,,7185550004,,,4-1 Main St Apt 4,Flushing,NY,11354,dem,')
})

test('a mail house gets one piece for each household; who wants no mail is not named on it', async () => {
  const { lines } = await made({ layout: 'mailhouse' })
  expect(lines[0]).toBe(
    'PieceID,NameLine,Salutation,SalutationKorean,Address1,Address2,City,State,ZIP,Residents,Languages',
  )
  // Households 100 (1,2), 101 (3,4,5), 102 (6,7,8), 103 (9,10,11), 104 (12).
  expect(lines).toHaveLength(7)
  expect(lines[2]).toBe('3,The Kim Household,"Dear Kim household,",,3-1 Main St,Apt 3,Flushing,NY,11354,3,')
  expect(lines[3]).toMatch(
    /^7,Young and Young Kim,"Dear Young and Young Kim,",,7-1 Main St,Apt 7,Flushing,NY,11354,2,en$/,
  )
  expect(lines[5]).toContain('12,Young Kim,')
})

test('a mail house gets one piece for each household as it was put right by hand, to the door they live behind', async () => {
  expect(await livesWith(db, organizer, 'v12', { other: 'v10', reason: null })).toEqual({ ok: true })
  expect(await livesApart(db, organizer, 'v11', null)).toEqual({ ok: true })
  const pieces = async () => (await made({ layout: 'mailhouse' })).lines.slice(4).map((line) => line.split(',').slice(0, 1).concat(/,([\d-]+ Main St),/.exec(line)?.[1] ?? '', line.split(',').at(-2) ?? '')) // prettier-ignore
  // 9, 10 and 12 behind the door of 9; 11 at their own.
  expect((await pieces()).slice(0, 2)).toEqual([
    ['9', '9-1 Main St', '3'],
    ['11', '11-1 Main St', '1'],
  ])
  for (const { household_member_id } of await db
    .selectFrom('household_member')
    .select('household_member_id')
    .where('ended_at', 'is', null)
    .execute())
    // prettier-ignore
    await takeBackHousehold(db, organizer, household_member_id)
})

test('a mail house gets no paper for who said no under another record of theirs', async () => {
  // 21 and 22 are one person, 23 another one behind the same door.
  await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, first_name, last_key, given_key, party, status, birth_year, house_number, street, city, zip5, household_key)
    select n, 1, n, 1, 'NY', 'NY' || n, 'Twofold', 'Tori', 'TWOFOLD', 'TORI', case n when 22 then 'rep' else 'dem' end, 'active', case n when 23 then 2005 else 1970 end,
      '21', 'Main St', 'Flushing', '11354', 2121 from generate_series(21, 23) n`.execute(owner)
  const said = '00000000-0000-4000-8000-000000000022'
  onTestFinished(async () => {
    await sql`delete from consent where person_id = ${said}`.execute(owner)
    await sql`delete from person where person_id = ${said}`.execute(owner)
    await sql`delete from voter_record where voter_id in (21, 22, 23)`.execute(owner)
  })
  const theirs = async () => (await made({ layout: 'mailhouse' })).lines.filter((line) => line.includes('Twofold'))
  expect(await theirs()).toEqual(['21,Tori and Tori Twofold,"Dear Tori and Tori Twofold,",,21 Main St,,Flushing,NY,11354,2,']) // prettier-ignore
  await sql`insert into person (organization_id, person_id, voter_id) values (${organization_id}, ${said}, 22)`.execute(owner) // prettier-ignore
  await sql`insert into consent (organization_id, person_id, channel, is_given, evidence, recorded_by, recorded_at)
    values (${organization_id}, ${said}, 'post', false, 'x', 'x', '2026-02-01')`.execute(owner)
  expect(await theirs()).toEqual(['23,Tori Twofold,"Dear Tori Twofold,",,21 Main St,,Flushing,NY,11354,1,'])
})

test('a mail house writes to the address somebody told us, before the file’s, and to nobody it came back from', async () => {
  const box = { kind: 'mailing', address: 'PO Box 44', city: 'Fort Lee', state: 'NJ', zip5: '07024' }
  await sql`update voter_record set mail_address = E'PO Box 1\nFLUSHING, NY 11354' where voter_id = 4`.execute(owner)
  const pieces = async () =>
    (await made({ layout: 'mailhouse' })).lines.filter((line) => /^[345],/.test(line)).map((line) => line.replace(/,"?Dear.*?,"?,,/, ',')) // prettier-ignore
  const file = await pieces()
  expect(file).toContain('4,Mina Kim,PO Box 1,,FLUSHING,NY,11354,1,')
  for (const who of ['v4', 'v5']) await saveAddress(db, organizer, who, AddressForm.parse(box))
  const told = await pieces()
  expect(told).toHaveLength(2)
  expect(told[1]).toMatch(/^4,.*,PO Box 44,,Fort Lee,NJ,07024,2,/)
  for (const who of ['v4', 'v5'])
    await saveAddress(db, organizer, who, AddressForm.parse({ ...box, quality: 'undeliverable' }))
  expect(await pieces()).toEqual(file)
  // A home we were told of has no state, and often no city: the file says them, as far as it knows that place.
  for (const [who, zip5, place] of [
    [5, '11354', 'Flushing,NY,11354'],
    [5, '11361', ',NY,11361'],
    [5, '07024', ',,07024'],
    [4, '11354', 'FLUSHING,NY,11354'],
  ] as const) {
    const at = (address: string | null) =>
      sql`update person set address = ${address}, zip5 = ${address && zip5} where organization_id = ${organization_id} and voter_id = ${who}`.execute(owner) // prettier-ignore
    await at('8 Elm St')
    expect((await pieces()).join('\n')).toContain(`,8 Elm St,,${place},1,`)
    await at(null)
  }
  await sql`update voter_record set mail_address = null where voter_id = 4`.execute(owner)
})

describe('name lines', () => {
  test.each([
    [[], 'Current Resident', 'Dear neighbor,', ''],
    [[['Jiho', 'Kim', '김지호']], 'Jiho Kim', 'Dear Jiho Kim,', '김지호 님께'],
    [
      [
        ['Jiho', 'Kim', null],
        ['Mina', 'Kim', null],
      ],
      'Jiho and Mina Kim',
      'Dear Jiho and Mina Kim,',
      '',
    ],
    [
      [
        ['Jiho', 'Kim', null],
        ['Ann', 'Lee', null],
      ],
      'Jiho Kim and Ann Lee',
      'Dear Jiho Kim and Ann Lee,',
      '',
    ],
    [
      [
        ['Bartholomew', 'Featherstonehaugh', null],
        ['Ann', 'Wolfeschlegelstein', null],
      ],
      'Current Resident',
      'Dear Featherstonehaugh & Wolfeschlegelstein household,',
      '',
    ],
    [
      [
        ['A', 'Kim', null],
        ['B', 'Kim', null],
        ['C', 'Kim', null],
      ],
      'The Kim Household',
      'Dear Kim household,',
      '',
    ],
    [
      [
        ['A', 'Kim', null],
        ['B', 'Lee', null],
        ['C', 'Park', null],
      ],
      'Our Neighbors',
      'Dear neighbors,',
      '',
    ],
  ] as const)('%j', (people, name_line, salutation, salutation_ko) => {
    const residents = people.map(([first, last, hangul]) => ({ first, last, hangul }))
    expect(greet(residents)).toEqual({ name_line, salutation, salutation_ko })
  })
})

test('without purpose, law or columns no file is made, and what was typed is kept', async () => {
  const count = async (): Promise<number> =>
    (await sql<{ n: number }>`select count(*) as n from universe_export`.execute(owner)).rows[0]?.n ?? -1
  const before = await count()
  const address = `/voters/universes/${saved.universe_id}/export`
  for (const form of [
    { layout: 'own', 'columns[]': 'last_name', purpose: 'Long enough a purpose' },
    { layout: 'own', 'columns[]': 'last_name', purpose: 'short', law: 'yes' },
    { layout: 'own', purpose: 'Long enough a purpose', law: 'yes' },
    { layout: 'own', 'columns[]': 'password', purpose: 'Long enough a purpose', law: 'yes' },
    { layout: 'dialer', purpose: '', law: 'yes' },
  ])
    expect((await browser.post(address, form)).status).toBe(422)
  const again = await (
    await browser.post(address, { layout: 'own', 'columns[]': 'tags', purpose: 'kept words' })
  ).text()
  expect(again).toMatch(/kept words[\s\S]*Accept this first/)
  expect(again).toMatch(/checked=""[^>]*value="tags"|value="tags"[^>]*checked=""/)
  expect(await count()).toBe(before)
})

test('in Korean heads, cells and the watermark are Korean', async () => {
  await sql`update voter_record set county = case voter_id when 6 then 'queens' else 'erie' end, sex = case voter_id when 6 then 'F' end`.execute(
    owner,
  )
  await sql`update person set community = 'korean' where organization_id = ${organization_id} and voter_id = 6`.execute(
    owner,
  )
  const coded = ['name_hangul', 'county', 'phone_best_kind', 'phones_all', 'party', 'status', 'sex', 'voted_in']
  const chosen = { layout: 'own', channel: 'none', 'columns[]': [...coded, 'language', 'community_said', 'community_estimate', 'voter_id'] } // prettier-ignore
  const { lines } = await made(chosen, 'language=ko')
  expect(lines[0]).toMatch(/^한글 이름,카운티,.*,소속 정당,등록 상태,성별,/)
  expect(lines[6]).toBe(
    '김영희,퀸즈,휴대전화,718-555-0006 휴대전화,민주당,활성,여성,2024 본선거; 2024 예비선거,한국어,한인,6,',
  )
  expect(lines[5]).toBe(',Erie,집 전화,718-555-0005 집 전화,민주당,활성,,2024 본선거; 2024 예비선거,,,5,한인 95%(추정)')
  expect(lines.at(-1)).toContain('선거 목적으로만 사용')
  const english = (await made(chosen)).lines
  expect(english[6]).toBe('김영희,Queens,Mobile,718-555-0006 Mobile,Democratic,Active,Female,2024 General election; 2024 Primary,Korean,Korean,6,') // prettier-ignore
  await sql`update person set community = null where organization_id = ${organization_id} and voter_id = 6`.execute(
    owner,
  )
})

test('a large one is made by a job, taken up again after a crash, and its file goes when its time is over', async () => {
  const draft = {
    layout: 'own' as const,
    channel: 'none' as const,
    columns: ['voter_id' as const],
    purpose: 'Long enough',
    language: 'en' as const,
  }
  const asked = await askForExport(db, organizer, saved, draft, now)
  await sql`update universe_export set state = 'running', written = 5 where export_id = ${asked.export_id}`.execute(
    owner,
  ) // as a killed process leaves it
  expect(await (await browser.get(`/voters/exports/${asked.export_id}`)).text()).toContain('Being written')
  expect((await browser.get(`/voters/exports/${asked.export_id}/file`)).status).toBe(303)
  expect(await resumeExports(world.installation)).toBe(1)
  await workOff(world, [exportJob])
  expect(await universeExport(db, organization_id, asked.export_id)).toMatchObject({ state: 'done', written: 12 })
  const path = `${exportFolder(data)}/${asked.export_id}.csv`
  expect(readFileSync(path, 'utf8').split('\r\n')).toHaveLength(15)
  expect(await runExport(db, data, asked, now)).toBe(false)
  expect(await expireExports(owner, data, new Date(now.getTime() + 6 * 86_400_000))).toBe(0)
  expect(await expireExports(owner, data, new Date(now.getTime() + 8 * 86_400_000))).toBeGreaterThan(0)
  expect(existsSync(path)).toBe(false)
  expect((await browser.get(`/voters/exports/${asked.export_id}/file`)).headers.get('location')).toBe(
    `/voters/exports/${asked.export_id}`,
  )
  expect(await (await browser.get(`/voters/exports/${asked.export_id}`)).text()).toContain(
    'The file was removed after its time',
  )
})

test('one begun is finished though its universe is archived meanwhile; an archived one begins none', async () => {
  const draft = {
    layout: 'own' as const,
    channel: 'none' as const,
    columns: ['voter_id' as const],
    purpose: 'Long enough',
    language: 'en' as const,
  }
  const asked = await askForExport(db, organizer, saved, draft, now)
  expect(await archiveUniverse(db, organizer, saved.universe_id, now)).toBe(true)
  expect(await runExport(db, data, asked, now)).toBe(true)
  const answer = await browser.post(`/voters/universes/${saved.universe_id}/export`, { ...accepted, layout: 'dialer' })
  expect(answer.headers.get('location')).toBe(`/voters/universes/${saved.universe_id}?said=archived`)
  await sql`update universe set archived_at = null`.execute(owner)
})

test('the page of a universe lists the files made from it under what uses it, a link for who may export', async () => {
  const { id } = await made({ layout: 'own', channel: 'none', 'columns[]': ['voter_id'] })
  await sql`update universe_export set requested_at = requested_at + interval '1 minute' where export_id = ${id}`.execute(
    owner,
  )
  const address = `/voters/universes/${saved.universe_id}`
  const page = await (await browser.get(address)).text()
  const links = page.match(/href="\/voters\/exports\/[0-9a-f-]+">Phone bank of the partner group</g)
  expect(links?.length).toBeLessThanOrEqual(5)
  expect(links?.[0]).toContain(id)
  expect(page).toMatch(/by ours organizer, 12 voters; a change here does not reach the file/)
  expect(await (await browser.get(address, { 'accept-language': 'ko' })).text()).toContain(
    'ours organizer, 유권자 12명',
  )
  const looking = world.as(world.ours.actor(['host']), [exportRoutes, targetingRoutes])
  const seen = await looking.get(address)
  expect([seen.status, (await seen.text()).includes(`/voters/exports/${id}`)]).toEqual([200, false])
  // A file that was made does not stand on it: archiving asks nothing.
  expect((await browser.get(`${address}/archive`)).status).toBe(303)
})

test('nobody else: hosts may not, another organization finds nothing', async () => {
  const { id } = await made({ layout: 'own', channel: 'none', 'columns[]': ['voter_id'] })
  const host = world.as(world.ours.actor(['host']), [exportRoutes, targetingRoutes])
  const theirs = world.as(world.theirs.organizer, [exportRoutes, targetingRoutes])
  for (const path of [
    `/voters/exports/${id}`,
    `/voters/exports/${id}/file`,
    `/voters/exports/${id}/progress`,
    `/voters/universes/${saved.universe_id}/export`,
  ]) {
    expect((await host.get(path)).status).toBe(403)
    expect((await theirs.get(path)).status).toBe(404)
  }
  expect(
    (await theirs.post(`/voters/universes/${saved.universe_id}/export`, { ...accepted, layout: 'dialer' })).status,
  ).toBe(404)
  expect(await (await theirs.get('/voters/exports')).text()).toContain('Nothing was exported yet')
})

test.each(['en', 'ko'])('in %s, a file taken in again as a spreadsheet of people changes nothing', async (language) => {
  await sql`update voter_record set mail_address = case voter_id when 6 then E'c/o Kim\\nPO Box 6\\nFLUSHING, NY 11354-0006' when 8 then E'12 Sejong-daero\\nSEOUL 04524\\nKOREA' end
    where voter_id in (6, 8, 9)`.execute(owner)
  const told = '00000000-0000-4000-8000-000000000009'
  await sql`insert into person (organization_id, person_id, voter_id) values (${organization_id}, ${told}, 9) on conflict do nothing`.execute(
    owner,
  )
  const place = { address: 'PO Box 9, #2', city: 'Fort Lee', state: 'NJ', zip5: '07024', kind: 'mailing' }
  await saveAddress(db, organizer, told, AddressForm.parse(place))
  const mail = ['mail_address', 'mail_unit', 'mail_city', 'mail_state', 'mail_zip']
  const { lines } = await made(
    {
      layout: 'own',
      channel: 'none',
      'columns[]': ['name_hangul', ...mail, 'phone_best', 'language', 'state_voter_id'],
    },
    `language=${language}`,
  )
  const [head = '', ...rows] = lines
  const [watermark = ''] = (lines.at(-1) ?? '').replaceAll('"', '').split(',,')
  const kept = rows.filter((line) => /,NY[689]$/.test(line))
  expect(kept.map((line) => line.replace(/718-555-\d{4}/, ''))).toEqual([
    `김영희,c/o Kim,PO Box 6,FLUSHING,NY,11354-0006,,${language === 'ko' ? '한국어' : 'Korean'},NY6`,
    `,12 Sejong-daero,"SEOUL 04524, KOREA",,,,,${language === 'ko' ? '영어' : 'English'},NY8`,
    ',"PO Box 9, #2",,Fort Lee,NJ,07024,,,NY9',
  ])
  for (const overwrite of [false, true]) {
    const csv = `${[head, ...kept.map((line) => line.replace(/718-555-\d{4}/, ''))].join('\n')}\n${lines.at(-1)}\n`
    const received = await receiveSheet(db, world.folder, organizer, 'again.csv', [Buffer.from(csv)])
    if (!received.ok) throw new Error(received.problem)
    const run = await personImport(db, organization_id, received.import_id)
    const { columns: guessed } = Mapping.parse(run.mapping)
    expect(guessed).toEqual(['name_hangul', ...mail.with(4, 'mail_zip5'), 'phone', 'language', 'state_voter_id'])
    // The last line, which says whose the file is, is nobody, whatever people are known by.
    expect(readRow({ line: 5, cells: [watermark, ''] }, ['full_name'], [], 2026)).toMatchObject({ ok: false })
    await chooseMapping(db, organizer, run, guessed, 'state_voter_id', { overwrite, add_unsure: false })
    await importPeople.run(
      { organization_id, import_id: received.import_id },
      { installation: world.installation, signal: new AbortController().signal },
    )
    expect((await personImport(db, organization_id, received.import_id)).preview).toEqual({
      created: 0, updated: 0, merged: 0, unchanged: 3, unsure: 0, refused: 1, left_out: 0,
    }) // prettier-ignore
  }
})

test('in a file for something else no number or address stands of those who are not to be reached by it', async () => {
  await sql`delete from person_email where person_id = '00000000-0000-4000-8000-000000000006'`.execute(owner)
  await sql`insert into person_email (organization_id, person_id, email, source) values (${organization_id}, '00000000-0000-4000-8000-000000000006', 'younghee@example.com', 'x')`.execute(
    owner,
  )
  const say = (channel: string, is_given: boolean, at: string) =>
    sql`insert into consent (organization_id, consent_id, person_id, channel, is_given, evidence, recorded_by, recorded_at) values
      (${organization_id}, gen_random_uuid(), '00000000-0000-4000-8000-000000000006', ${channel}, ${is_given}, 'x', 'x', ${at}::timestamptz)`.execute(
      owner,
    )
  const lineOf = async (voter_id: number, more: Record<string, string> = {}) =>
    (
      await made({ layout: 'own', channel: 'none', 'columns[]': ['phone_best', 'phone_best_kind', 'phones_all', 'email', 'voter_id'], ...more })
    ).lines.find((line) => line.endsWith(`,${voter_id}`)) // prettier-ignore
  expect(await lineOf(6)).toBe('718-555-0006,Mobile,718-555-0006 Mobile,younghee@example.com,6')
  expect(await lineOf(10)).toBe(',,,,10') // do not call
  await say('phone', false, '2026-03-01')
  await say('email', false, '2026-03-01')
  expect(await lineOf(6)).toBe(',,,,6')
  expect(await lineOf(6, { channel: 'text' })).toBe('718-555-0006,Mobile,718-555-0006 Mobile,,6')
  await say('phone', true, '2026-04-01')
  await say('email', true, '2026-04-01')
  expect(await lineOf(6)).toBe('718-555-0006,Mobile,718-555-0006 Mobile,younghee@example.com,6')
})

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { createPerson } from '../commands.ts'
import { hanging, mergePeople, pointing, treatedApart, undoMerge } from '../merge/commands.ts'
import { findDuplicates, openPairs } from './commands.ts'
import { dailyDuplicates } from './jobs.ts'
import { duplicateRoutes } from './routes.tsx'
import { likelyPairs, likeness, shownFrom, type Likeness } from './rules.ts'

const world = await makeWorld()
const organizer = world.ours.organizer
const { organization_id } = organizer
const db = world.database.of(organization_id)

const somebody = (more: Partial<Likeness>): Likeness => ({
  person_id: '1',
  last_name: null,
  first_name: null,
  middle_name: null,
  name_hangul: null,
  birth_year: null,
  address: null,
  emails: [],
  phones: [],
  ...more,
})

test.each([
  [
    'same name and e-mail',
    { last_name: 'Kim', first_name: 'Sora', emails: ['s@x.org'] },
    { last_name: 'KIM', first_name: 'So-Ra', emails: ['s@x.org'] },
    true,
  ],
  [
    'Hangul and Roman with the same phone',
    { name_hangul: '김영희', phones: ['+1'] },
    { last_name: 'Kim', first_name: 'Young Hee', phones: ['+1'] },
    true,
  ],
  [
    'surname first',
    { last_name: 'Kim', first_name: 'Sora', birth_year: 1960 },
    { last_name: 'Sora', first_name: 'Kim', birth_year: 1960 },
    true,
  ],
  [
    'a family on one telephone',
    { last_name: 'Kim', first_name: 'Sora', phones: ['+1'] },
    { last_name: 'Kim', first_name: 'Minho', phones: ['+1'] },
    false,
  ],
  [
    'father and son',
    { last_name: 'Kim', first_name: 'Sora', birth_year: 1940, phones: ['+1'] },
    { last_name: 'Kim', first_name: 'Sora', birth_year: 1970, phones: ['+1'] },
    false,
  ],
  ['only the name', { last_name: 'Kim', first_name: 'Sora' }, { last_name: 'Kim', first_name: 'Sora' }, false],
])('%s: shown %s', (_, a, b, is_shown) => {
  expect(likeness(somebody(a), somebody(b)).score >= shownFrom).toBe(is_shown)
})

test('the order of the two does not matter, and a crowd on one number is no pair', async () => {
  const a = somebody({ person_id: 'b', last_name: 'Kim', first_name: 'Sora', phones: ['+1'] })
  const b = somebody({ person_id: 'a', last_name: 'Kim', first_name: 'Sora', phones: ['+1'] })
  const turn = async (): Promise<void> => undefined
  expect(await likelyPairs([a, b], turn)).toEqual(await likelyPairs([b, a], turn))
  expect((await likelyPairs([a, b], turn))[0]).toMatchObject({ a: 'a', b: 'b' })
  const crowd = Array.from({ length: 60 }, (_, at) => somebody({ person_id: String(at), phones: ['+1'] }))
  expect(await likelyPairs(crowd, turn)).toEqual([])
})

const nobody = {
  last_name: null,
  first_name: null,
  middle_name: null,
  name_hangul: null,
  preferred_title: null,
  birth_year: null,
  sex: null,
  language: null,
  second_language: null,
  community: null,
  address: null,
  city: null,
  zip5: null,
}
const add = async (facts: object, phones: string[] = [], emails: string[] = []) =>
  (await createPerson(db, organizer, { ...nobody, ...facts, phones, emails }, 'test')).person_id

async function everything(): Promise<string> {
  const { rows } = await sql<{ all: string }>`select string_agg(x, E'\n' order by x) as all from (
    select row(p.*)::text x from person p union all select row(e.*)::text from person_email e union all select row(e.*)::text from person_phone e
    union all select row(n.*)::text from note n union all select row(s.*)::text from person_search s union all select row(c.*)::text from consent c
    union all select row(r.*)::text from relationship r) q`.execute(db)
  return rows[0]?.all ?? ''
}

test('a pair is found, merged field by field, and taken back byte for byte', async () => {
  const one = await add({ last_name: 'Kim', first_name: 'Young Hee' }, ['718-555-0111'], ['yh@example.org'])
  const two = await add({ name_hangul: '김영희', birth_year: 1955, language: 'ko' }, ['718-555-0111', '917-555-0112'])
  const friend = await add({ last_name: 'Lee', first_name: 'Friend' })
  await sql`insert into note (organization_id, person_id, body, written_by) values (${organization_id}, ${two}, 'likes mornings', 'x')`.execute(
    db,
  )
  await sql`insert into consent (organization_id, person_id, channel, is_given, evidence, recorded_by) values (${organization_id}, ${two}, 'email', false, 'said so', 'x')`.execute(
    db,
  )
  for (const person of [one, two])
    await sql`insert into relationship (organization_id, person_id, other_person_id, kind) values (${organization_id}, ${person}, ${friend}, 'friend')`.execute(
      db,
    )
  expect(await findDuplicates(db, organization_id)).toBe(1)
  const [pair] = await openPairs(db, organization_id)
  expect(pair?.evidence).toEqual(['phone', 'hangul_reading'])

  const before = await everything()
  const pages = world.as(organizer, [duplicateRoutes])
  expect(await (await pages.get('/people/duplicates')).text()).toContain('김영희')
  const compare = await (await pages.get(`/people/duplicates/${one}/${two}`)).text()
  expect(compare).toContain('Young Hee')
  expect(
    (await pages.post(`/people/duplicates/${one}/${two}/merge`, { birth_year: 'second', name_hangul: 'second' }))
      .status,
  ).toBe(303)
  const kept = await db.selectFrom('person').selectAll().where('person_id', '=', one).executeTakeFirstOrThrow()
  expect(kept).toMatchObject({ last_name: 'Kim', name_hangul: '김영희', birth_year: 1955, language: 'ko' })
  const phones = await db.selectFrom('person_phone').select('phone').where('person_id', '=', one).execute()
  expect(phones).toHaveLength(2)
  expect(await openPairs(db, organization_id)).toEqual([])
  expect(await db.selectFrom('consent').select('person_id').execute()).toEqual([{ person_id: one }])

  const merge = await db.selectFrom('person_merge').select('merge_id').executeTakeFirstOrThrow()
  const theirs = world.as(world.theirs.organizer, [duplicateRoutes])
  expect((await theirs.post(`/people/merges/${merge.merge_id}/undo`, {})).status).toBe(404)
  expect((await theirs.get(`/people/duplicates/${one}/${two}`)).status).toBe(404)
  expect((await pages.post(`/people/merges/${merge.merge_id}/undo`, {})).status).toBe(303)
  expect(await everything()).toBe(before)
  expect((await pages.post(`/people/merges/${merge.merge_id}/undo`, {})).status).toBe(404)
})

test('what was added after the merge stays with the one that was kept', async () => {
  const one = await add({ last_name: 'Cho', first_name: 'Ara' }, ['718-555-0121'])
  const two = await add({ last_name: 'Cho', first_name: 'Ara' }, ['+17185550122'])
  const merge_id = await mergePeople(db, organizer, one, two, [])
  await sql`insert into note (organization_id, person_id, body, written_by) values (${organization_id}, ${one}, 'after', 'x')`.execute(
    db,
  )
  await undoMerge(db, organizer, merge_id, world.installation.clock.now())
  const notes = await db.selectFrom('note').select('person_id').where('body', '=', 'after').execute()
  expect(notes).toEqual([{ person_id: one }])
  expect(await db.selectFrom('person_phone').select('phone').where('person_id', '=', two).execute()).toEqual([
    { phone: '+17185550122' },
  ])
})

test('what was changed after the merge stays changed, in the row kept and in what hangs on it', async () => {
  const { owner } = world.database
  const one = await add({ last_name: 'Seo', first_name: 'Ara', city: 'Flushing' }, ['+17185550161'])
  const two = await add({ last_name: 'Suh', first_name: 'Ara', birth_year: 1960 }, ['+17185550162', '+17185550163'])
  const person = (id: string) =>
    owner.selectFrom('person').selectAll().where('person_id', '=', id).executeTakeFirstOrThrow()
  await owner
    .updateTable('person')
    .set({ custom: JSON.stringify({ church: 'old', seat: 'A' }) })
    .where('person_id', '=', one)
    .execute()
  const merge_id = await mergePeople(db, organizer, one, two, ['last_name'])
  await owner
    .updateTable('person')
    .set({ first_name: 'Ah-ra', language: 'ko', custom: JSON.stringify({ church: 'new', seat: 'A' }) })
    .where('person_id', '=', one)
    .execute()
  await sql`update person_phone set quality = 'wrong' where person_id = ${one} and phone = '+17185550162'`.execute(
    owner,
  )
  await sql`delete from person_phone where person_id = ${one} and phone = '+17185550163'`.execute(owner)
  expect(await undoMerge(db, organizer, merge_id, world.installation.clock.now())).toEqual({ ok: true })
  // Changed since: as it is now. Not changed: as it was.
  expect(await person(one)).toMatchObject({ first_name: 'Ah-ra', language: 'ko', last_name: 'Seo', city: 'Flushing', birth_year: null, custom: { church: 'new', seat: 'A' } }) // prettier-ignore
  expect(await person(two)).toMatchObject({ last_name: 'Suh', first_name: 'Ara', birth_year: 1960, merged_into: null })
  const phones =
    await sql`select person_id, phone, quality from person_phone where person_id in (${one}, ${two}) order by phone`.execute(
      owner,
    )
  expect(phones.rows).toEqual([
    { person_id: one, phone: '+17185550161', quality: 'unknown' },
    { person_id: two, phone: '+17185550162', quality: 'wrong' },
  ])
})

test('two nobody thought alike are found by hand; of own fields the chosen side is kept, and an emptied one loses nothing', async () => {
  const one = await add({ last_name: 'Ma', first_name: 'Dora' }, ['+17185550181'])
  const two = await add({ last_name: 'Rye', first_name: 'Theodora' }, ['+17185550182'])
  const fields = [
    { key: 'church', kind: 'text', label: JSON.stringify({ en: 'Church', ko: '교회' }), position: 1 },
    { key: 'seat', kind: 'text', label: JSON.stringify({ en: 'Seat', ko: '자리' }), position: 2 },
    { key: 'car', kind: 'text', label: JSON.stringify({ en: 'Car', ko: '차' }), position: 3 },
  ] as const
  await db
    .insertInto('custom_field')
    .values(fields.map((field) => ({ organization_id, ...field })))
    .execute()
  for (const [id, custom] of [
    [one, { church: 'Grace', seat: 'A', car: null }],
    [two, { church: 'Hope', seat: 'B', car: 'van' }],
  ] as const)
    // prettier-ignore
    await db.updateTable('person').set({ custom: JSON.stringify(custom) }).where('person_id', '=', id).execute()
  const pages = world.as(organizer, [duplicateRoutes])
  const found = await (await pages.get(`/people/${one}/same?q=Rye`)).text()
  expect(found).toContain(`/people/duplicates/${one}/${two}`)
  expect(await (await pages.get(`/people/${one}/same?q=Dora+Ma`, { cookie: 'language=ko' })).text()).toContain(
    '다른 기록이 없습니다',
  )
  expect((await world.as(world.theirs.organizer, [duplicateRoutes]).get(`/people/${one}/same`)).status).toBe(404)
  const compared = await (await pages.get(`/people/duplicates/${one}/${two}`)).text()
  for (const text of ['Church', 'Grace', 'Hope', 'van']) expect(compared).toContain(text)
  await pages.post(`/people/duplicates/${one}/${two}/merge`, { 'custom.church': 'second', 'custom.seat': 'first' })
  const { custom } = await db
    .selectFrom('person')
    .select('custom')
    .where('person_id', '=', one)
    .executeTakeFirstOrThrow()
  expect(custom).toEqual({ church: 'Hope', seat: 'A', car: 'van' })
})

test('of merges one on another the last is offered and taken back first', async () => {
  const [a, b, c] = [await add({ last_name: 'Noh', first_name: 'Ari' }, ['+17185550171']), await add({ last_name: 'Noh', first_name: 'Bit' }), await add({ last_name: 'Noh', first_name: 'Con' })] // prettier-ignore
  const first = await mergePeople(db, organizer, a, b, [])
  const second = await mergePeople(db, organizer, c, a, [])
  const pages = world.as(organizer, [duplicateRoutes])
  const listed = await (await pages.get('/people/duplicates')).text()
  expect(listed).toContain(`/people/merges/${second}/undo`)
  expect(listed).not.toContain(`/people/merges/${first}/undo`)
  const told = async (merge_id: string) => (await pages.get(`/people/duplicates?merge=${merge_id}`)).text()
  expect(await told(second)).toContain('are one person now')
  // What an old address tells holds no more.
  expect(await told(first)).not.toContain('are one person now')
  const refused = await pages.post(`/people/merges/${first}/undo`, {})
  expect(refused.status).toBe(409)
  expect(await refused.text()).toContain('Take that merge back first.')
  for (const merge_id of [second, first])
    expect((await pages.post(`/people/merges/${merge_id}/undo`, {})).status).toBe(303)
  const people = await db.selectFrom('person').select('merged_into').where('person_id', 'in', [a, b, c]).execute()
  expect(people).toEqual([{ merged_into: null }, { merged_into: null }, { merged_into: null }])
  const noh = { one: 'Ari Noh', other: 'Bit Noh' }
  expect(await told(first)).toContain(`${noh.one} and ${noh.other} are two people again`)
  expect(await told(first)).toContain(`What was added since stays with ${noh.one}`)
  const third = await mergePeople(db, organizer, a, b, [])
  expect(await told(first)).not.toContain('are two people again')
  await undoMerge(db, organizer, third, world.installation.clock.now())
  const phones = await db.selectFrom('person_phone').select('person_id').where('phone', '=', '+17185550171').execute()
  expect(phones).toEqual([{ person_id: a }])
})

test('two are compared in words, the voter record with what tells voters of one name apart', async () => {
  const { owner } = world.database
  await sql`create table if not exists voter_record_ny partition of voter_record for values in ('NY')`.execute(owner)
  await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, first_name, last_key, given_key, party, status, birth_date, house_number, street, city, zip5)
    values (11033, 1, 11033, 1, 'NY', 'NY11033', 'Kim', 'Young', 'KIM', 'YOUNG', 'dem', 'active', '1961-01-16', '165-17', 'Kissena Blvd', 'Bayside', '11360')`.execute(
    owner,
  )
  const one = await add({ last_name: 'Kim', first_name: 'Young', language: 'ko' })
  await owner.updateTable('person').set({ voter_id: 11033 }).where('person_id', '=', one).execute()
  const two = await add({ last_name: 'Kim', first_name: 'Young', language: 'en' })
  const html = await (await world.as(organizer, [duplicateRoutes]).get(`/people/duplicates/${one}/${two}`)).text()
  for (const words of ['165-17 Kissena Blvd, Bayside, 11360', 'Born 1961 · Democratic', '한국어', 'English'])
    expect(html).toContain(words)
  expect(html).not.toMatch(/>11033<|>ko</)
})

test('“not the same person” is remembered for good', async () => {
  const one = await add({ last_name: 'Han', first_name: 'Jin', birth_year: 1980 }, ['718-555-0131'])
  const two = await add({ last_name: 'Han', first_name: 'Jin', birth_year: 1980 }, ['718-555-0131'])
  await findDuplicates(db, organization_id)
  const pages = world.as(organizer, [duplicateRoutes])
  const openOfOne = async () =>
    (await openPairs(db, organization_id)).filter((pair) => [pair.person_a, pair.person_b].includes(one))
  const decided = await pages.post(`/people/duplicates/${two}/${one}/different`, {})
  expect(decided.status).toBe(303)
  await findDuplicates(db, organization_id)
  expect(await openOfOne()).toEqual([])
  // It says so, and can be taken back.
  const html = await (await pages.get(decided.headers.get('location') ?? '')).text()
  expect(html).toContain('Jin Han and Jin Han stay two people')
  const [, undo = ''] = html.match(/action="([^"]*\/reopen)"/) ?? []
  const theirs = world.as(world.theirs.organizer, [duplicateRoutes])
  expect((await theirs.post(undo, {})).status).toBe(404)
  expect(await openOfOne()).toEqual([])
  expect((await pages.post(undo, {})).status).toBe(303)
  expect(await openOfOne()).toHaveLength(1)
})

test('what somebody else decided of a pair meanwhile holds, and is told', async () => {
  const one = await add({ last_name: 'Bang', first_name: 'Sol' }, ['718-555-0141'])
  const two = await add({ last_name: 'Pang', first_name: 'Sol' }, ['718-555-0141'])
  const path = `/people/duplicates/${one}/${two}`
  const pages = world.as(organizer, [duplicateRoutes])
  const colleague = world.as({ ...organizer, name: 'Colleague' }, [duplicateRoutes])
  const said = (await pages.post(`${path}/different`, {})).headers.get('location') ?? ''
  // Said again by somebody else: the first stays whose it is.
  const again = await colleague.post(`${path}/different`, {})
  expect(again.status).toBe(303)
  expect(await (await colleague.get(said)).text()).toContain(`Decided by ${organizer.name}.`)
  expect(await (await pages.get(said)).text()).not.toContain('Decided by')
  // Merged from a page that was open all the while.
  const refused = await colleague.post(`${path}/merge`, {})
  expect(refused.status).toBe(409)
  const told = await refused.text()
  expect(told).toContain('Sol Bang and Sol Pang stay two people')
  expect(told).toContain('Nothing was merged now.')
  expect(told).toContain(`${path}/reopen`)
  // Taken back by the other: the address no longer says that they are kept apart.
  await colleague.post(`${path}/reopen`, {})
  const open = await (await pages.get(said)).text()
  expect(open).toContain('No longer kept apart: Sol Bang, Sol Pang')
  expect(open).not.toContain(`${path}/reopen`)
  expect((await colleague.post(`${path}/merge`, {})).status).toBe(303)
  for (const late of [
    await pages.post(`${path}/different`, {}),
    await pages.post(`${path}/merge`, {}),
    await pages.get(path),
  ]) {
    expect(late.status).toBe(409)
    expect(await late.text()).toContain('Decided by Colleague.')
  }
  expect(await (await pages.get(said)).text()).toContain('Merged meanwhile: Sol Bang, Sol Bang')
  const pairs = await db.selectFrom('person_pair').select('state').where('person_a', 'in', [one, two]).execute()
  expect(pairs.map(({ state }) => state)).not.toContain('different')
})

test('two merges of the same pair at once: one of them', async () => {
  const one = await add({ last_name: 'Oh', first_name: 'Dana' })
  const two = await add({ last_name: 'Oh', first_name: 'Dana' })
  const results = await Promise.allSettled([
    mergePeople(db, organizer, one, two, []),
    mergePeople(db, organizer, two, one, []),
  ])
  expect(results.map((each) => each.status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('every table that points to a person is moved by a merge, or said to be treated in another way', async () => {
  const { rows } = await sql<{ table_name: string }>`
    select distinct c.table_name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name in ('person_id', 'other_person_id')
    order by 1`.execute(world.database.owner)
  expect(rows.map((row) => row.table_name)).toEqual([...hanging, ...treatedApart, ...Object.keys(pointing)].sort())
})

test('calls and marks go along with a merge, and back with its undo', async () => {
  const one = await add({ last_name: 'Ahn', first_name: 'Bora' }, ['718-555-0151'])
  const two = await add({ last_name: 'Ahn', first_name: 'Bora' }, ['718-555-0152'])
  await sql`insert into contact_attempt (organization_id, attempt_id, person_id, channel, disposition, is_reached, made_by, attempted_at)
    values (${organization_id}, gen_random_uuid(), ${two}, 'phone', 'no_answer', false, 'x', now())`.execute(db)
  await sql`insert into suppression (organization_id, person_id, reason, marked_by, note) values (${organization_id}, ${two}, 'do_not_call', 'x', 'asked')`.execute(
    db,
  )
  await sql`insert into follow_up (organization_id, kind, person_id, made_by, made_at) values (${organization_id}, 'ride', ${two}, 'x', now())`.execute(
    db,
  )
  const whose = async () => {
    const { rows } = await sql<{
      person_id: string
    }>`select person_id from follow_up where person_id in (${one}, ${two}) union all select person_id from contact_attempt where person_id in (${one}, ${two})
      union all select person_id from suppression where person_id in (${one}, ${two})`.execute(db)
    return rows.map((row) => row.person_id)
  }
  const merge_id = await mergePeople(db, organizer, one, two, [])
  expect(await whose()).toEqual([one, one, one])
  await undoMerge(db, organizer, merge_id, world.installation.clock.now())
  expect(await whose()).toEqual([two, two, two])
})

test('two that nobody compared before may be said to differ, only by those they belong to', async () => {
  const one = await add({ last_name: 'Yoon', first_name: 'Ara' })
  const two = await add({ last_name: 'Ryu', first_name: 'Ara' })
  const theirs = world.as(world.theirs.organizer, [duplicateRoutes])
  expect((await theirs.post(`/people/duplicates/${one}/${two}/different`, {})).status).toBe(404)
  const pages = world.as(organizer, [duplicateRoutes])
  expect((await pages.post(`/people/duplicates/${one}/${two}/different`, {})).status).toBe(303)
})

test('duplicates are looked for in every organization without anybody asking, and again a day later, once', async () => {
  const { owner } = world.database
  const of = (organization: string) => `people.duplicates ${organization}`
  for (const _ of [1, 2])
    await dailyDuplicates.run({}, { installation: world.installation, signal: new AbortController().signal })
  const { rows } = await sql<{ key: string; days: number }>`select key,
    round(extract(epoch from run_at - ${world.installation.clock.now()}::timestamptz) / 86400)::integer as days
    from graphile_worker.jobs where key like 'people.duplicates%'`.execute(owner)
  const asked = rows.map(({ key }) => key)
  expect(asked).toEqual(expect.arrayContaining([of(organization_id), of(world.theirs.organizer.organization_id)]))
  expect(rows.filter(({ key }) => key === 'people.duplicates_daily')).toEqual([
    { key: 'people.duplicates_daily', days: 1 },
  ])
})

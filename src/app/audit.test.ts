import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { audit, systemActor } from '../platform/audit.ts'
import { makeWorld } from '../platform/testing/world.ts'
import { addVoters, makeBank } from '../features/phonebanks/testing.ts'
import { saveUniverse } from '../features/targeting/commands.ts'
import { auditRoutes } from './audit-routes.tsx'

const world = await makeWorld()
const { ours, theirs, installation } = world
const { owner } = installation.database
const db = installation.database.of(ours.organization_id)
const organizer = world.as(ours.organizer, [auditRoutes])
const board = world.as({ ...ours.organizer, roles: ['board'] }, [auditRoutes])
const steward = world.as({ ...ours.organizer, is_steward: true }, [auditRoutes])
const read = async (who: typeof organizer, path: string, language = 'en'): Promise<string> => {
  const answer = await who.get(path, { cookie: `language=${language}` })
  expect(answer.status, path).toBe(200)
  return answer.text()
}

let person_id = ''
let bank: Awaited<ReturnType<typeof makeBank>>
beforeAll(async () => {
  await addVoters(owner, [{ voter_id: 901, first_name: 'Minjun', last_name: 'Park' }])
  const person = await db
    .insertInto('person')
    .values({ organization_id: ours.organization_id, first_name: 'Young Hee', last_name: 'Kim', name_hangul: '김영희' })
    .returning('person_id')
    .executeTakeFirstOrThrow()
  person_id = person.person_id
  const saved = await saveUniverse(
    db,
    ours.organizer,
    { name: 'Flushing seniors', expression: 'age:65-', note: null },
    installation.clock.now(),
    '2026-11-23',
  )
  if (!saved.ok) throw new Error('universe')
  bank = await makeBank(world, ours.organizer, [901], { universe_id: saved.universe_id })
  await audit(db, ours.organizer, { action: 'person.view', subject: 'person', subject_id: person_id })
  await audit(db, ours.organizer, {
    action: 'note.create',
    subject: 'note',
    subject_id: randomUUID(),
    after: { person_id, body: 'wants a ride' },
  })
  await audit(db, ours.organizer, {
    action: 'person.create',
    subject: 'person',
    subject_id: person_id,
    after: { voter_id: 901 },
  })
})

test('people, voters, universes, scripts and phone banks stand in the log by name, with a link', async () => {
  const log = await read(organizer, '/audit')
  expect(log).toContain(`href="/people/${person_id}"`)
  expect(log).toContain('김영희')
  expect(log).toContain('href="/voters/901"')
  expect(log).toContain('Minjun Park')
  expect(log).toContain('Flushing seniors')
  expect(log).toContain(`href="/phonebanks/${bank.phone_bank_id}"`)
  expect(log).toContain('Get out the vote')
  expect(log).toContain(`href="/scripts/${bank.script_id}"`)
  expect(log.replaceAll(/"[^"]*"/g, '')).not.toContain(bank.script_id)
  expect(await read(organizer, '/audit', 'ko')).toContain('투표 독려 전화')
})

test('a board member, who may open no profile, reads no name of a voter there', async () => {
  const log = await read(board, '/audit')
  expect(log).toContain('Profile opened')
  expect(log).not.toContain('김영희')
  expect(log).not.toContain('Minjun')
  expect(log).not.toContain('href="/people/')
  expect(log).toContain('Get out the vote')
})

test('ids of another organization have no name', async () => {
  const stranger = world.as(theirs.organizer, [auditRoutes])
  await audit(installation.database.of(theirs.organization_id), theirs.organizer, {
    action: 'person.view',
    subject: 'person',
    subject_id: person_id,
  })
  const log = await read(stranger, '/audit')
  expect(log).toContain('Profile opened')
  expect(log).not.toContain('김영희')
})

test('the log filters; of the installation organizers read what was done with the voter files, and stewards all', async () => {
  const log = await read(organizer, '/audit?action=person.view')
  expect(log).toContain('Profile opened</h2>')
  expect(log).not.toContain('Note written</h2>')
  await audit(owner, ours.organizer, { action: 'voterfile.import', subject: 'voter_file', organization_id: null })
  await audit(owner, ours.organizer, { action: 'steward.give', subject: 'user', organization_id: null })
  for (const who of [organizer, steward]) expect(await read(who, '/audit')).not.toContain('voterfile.import')
  const commons = await read(organizer, '/audit/installation')
  expect(commons).toContain('voterfile.import')
  expect(commons).not.toContain('steward.give')
  expect((await board.get('/audit/installation')).status).toBe(403)
  const alone = world.as(ours.actor(['member'], { is_steward: true }), [auditRoutes])
  for (const who of [steward, alone])
    for (const action of ['voterfile.import', 'steward.give'])
      expect(await read(who, '/audit/installation')).toContain(action)
  expect((await alone.get('/audit')).status).toBe(403)
})

test('contests and elections, and the codes of their entries, are told in the reader’s words', async () => {
  const { rows } = await sql<{ contest_id: number; election_id: number }>`
    with e as (insert into scheduled_election (state, kind, held_on, district_kind, district, as_of)
      values ('NY', 'special', '2028-03-14', 'nyc-council', '20', '2026-11-01') returning election_id)
    insert into contest (election_id, office, title, district_kind, district, seats, method, as_of)
      select election_id, 'council_member', '{}', 'nyc-council', '20', 1, 'ranked_choice', '2026-11-01' from e
      returning contest_id, election_id`.execute(owner)
  const [{ contest_id, election_id } = expect.fail()] = rows
  const added = { office: 'council_member', method: 'ranked_choice', district_kind: 'nyc-council', status: 'on_ballot' }
  for (const change of [
    { action: 'contest.add', subject: 'contest', subject_id: contest_id, after: { election_id, ...added } },
    { action: 'scheduled_election.add', subject: 'scheduled_election', subject_id: election_id, after: { kind: 'special' } }, // prettier-ignore
  ])
    await audit(owner, ours.organizer, { ...change, organization_id: null })
  const log = await read(steward, '/audit/installation', 'ko')
  const words = [
    '보궐선거 · 시의회 20선거구 · 2028년 3월 14일',
    '시의원, 시의회 20선거구 · 보궐선거 · 2028년 3월 14일',
    '순위선택투표(RCV)',
    '투표용지 등재',
  ]
  for (const each of words) expect(log).toContain(each)
  expect(await read(steward, '/audit/installation')).toContain('Council Member, City Council District 20 · Special election · Tuesday, March 14, 2028') // prettier-ignore
  for (const code of ['council_member', 'ranked_choice', 'nyc-council', 'on_ballot', '>special<'])
    expect(log).not.toContain(code)
})

test('page by page, older and back, no entry is missed or shown twice', async () => {
  await sql`insert into audit_entry (organization_id, actor_kind, actor_name, action, subject, subject_id)
    select ${ours.organization_id}::uuid, 'system', 'Counter', 'page.test', 'thing', n::text from generate_series(1, 130) n`.execute(
    owner,
  )
  const shown = (html: string): string[] =>
    [...html.matchAll(/subject=thing&(?:amp;)?id=(\d+)/g)].map((match) => match[1] ?? '')
  const link = (html: string, rel: string): string =>
    (new RegExp(`rel="${rel}" href="([^"]+)"`).exec(html)?.[1] ?? '').replaceAll('&amp;', '&')
  const first = await read(organizer, '/audit?action=page.test')
  const second = await read(organizer, link(first, 'next'))
  const third = await read(organizer, link(second, 'next'))
  const all = [first, second, third].map(shown)
  expect(all.map((each) => each.length)).toEqual([50, 50, 30])
  expect(all.flat()).toEqual(Array.from({ length: 130 }, (_, index) => String(130 - index)))
  expect(link(third, 'next')).toBe('')
  expect(link(first, 'prev')).toBe('')
  expect(shown(await read(organizer, link(third, 'prev')))).toEqual(all[1])
  expect((await organizer.get('/audit?before=abc&after=-3')).status).toBe(200)
})

test('of what is inside a thing only what has words is said; the whole record is there to open', async () => {
  const content = {
    steps: [
      { key: 'rent_rise', kind: 'say', say: { en: 'Your rent?', ko: '집세가 올랐나요?' }, next: 'closing' },
      { key: 'thanks', kind: 'say', say: { en: 'Thank you.', ko: '고맙습니다.' }, next: null },
    ],
    facts: [],
  }
  await audit(db, systemActor(ours.organization_id), {
    action: 'script.create',
    subject: 'script',
    subject_id: bank.script_id,
    after: { content },
  })
  const log = await read(organizer, '/audit?action=script.create&actor=system', 'ko')
  const [told = '', record = ''] = log.slice(log.indexOf('</form>', log.indexOf('role="search"'))).split('<details')
  expect(told).toContain('한표가 자동으로')
  expect(told).toContain('집세가 올랐나요?')
  expect(told).not.toMatch(/rent_rise|facts|steps|key|null/)
  expect(record).toContain('rent_rise')
})

test('a trail is read by index: the plans of a page and of the choices name no sequential scan', async () => {
  await sql`insert into audit_entry (organization_id, actor_kind, actor_name, action, subject, subject_id)
    select ${ours.organization_id}::uuid, 'user', 'Name ' || n % 20, 'thing.' || n % 30, 'thing', n::text from generate_series(1, 20000) n`.execute(
    owner,
  )
  await sql`analyze audit_entry`.execute(owner)
  const plan = async (where: string): Promise<string> => {
    const { rows } = await sql<{
      'QUERY PLAN': string
    }>`explain select * from audit_entry where organization_id = ${ours.organization_id}::uuid
      and ${sql.raw(where)} order by audit_id desc limit 51`.execute(owner)
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  }
  for (const where of [
    "action = 'thing.3'",
    "actor_name = 'Name 3'",
    "subject = 'thing' and subject_id = '5'",
    'audit_id < 9000',
  ]) {
    expect(await plan(where), where).not.toMatch(/Seq Scan|Sort/)
  }
})

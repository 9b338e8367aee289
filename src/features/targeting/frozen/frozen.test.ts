import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { sql } from 'kysely'
import { beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { Conflict } from '../../../platform/errors.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { workOff } from '../../../platform/testing/work-off.ts'
import { archiveUniverse, changeUniverse, copyUniverse, keepCount, saveUniverse } from '../commands.ts'
import { queueMembers, nightlySizes, resumeVersions, takeMembersJob } from '../jobs.ts'
import {
  askedText,
  compileSaved,
  compileUniverse,
  countLeftOut,
  countUniverse,
  universe,
  type Universe,
} from '../queries.ts'
import { exportRoutes } from '../export/routes.tsx'
import { targetingRoutes } from '../routes.tsx'
import { sizesOf } from '../sizes.ts'
import { usesOf } from '../uses.ts'
import { askForMembers, takeMembers, thawUniverse, undoVersion } from './commands.ts'
import { countMembers, drift, drifted, versions } from './queries.ts'
import { frozenRoutes } from './routes.tsx'

const world = await makeWorld()
const { owner } = world.database
const { organization_id, organizer } = world.ours
const db = world.database.of(organization_id)
const today = '2026-11-23'
const now = world.installation.clock.now()
const browser = world.as(organizer, [frozenRoutes, exportRoutes, targetingRoutes])

beforeAll(async () => {
  await sql`create table if not exists voter_record_ny partition of voter_record for values in ('NY')`.execute(owner)
  await sql`insert into voter_file (file_id, state, layout, kind, names, imported_at, imported_by, counts) overriding system value
    values (1, 'NY', 'us-ny', 'registration', '{a}', '2026-10-01', 'x', '{}')`.execute(owner)
})

/** 60 voters: even ids Democrats, odd ones without a party. */
beforeEach(async () => {
  for (const table of ['voter_change', 'voter_record', 'universe_member', 'universe_version', 'universe_walk'])
    await sql`delete from ${sql.table(table)}`.execute(owner)
  for (const table of [
    'universe_size',
    'universe_former_name',
    'universe_export',
    'universe',
    'suppression',
    'contact_attempt',
    'person',
  ])
    await sql`delete from ${sql.table(table)}`.execute(owner)
  await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, first_name, last_key, given_key, party, status, registered_on)
    select n, 1, n, 1, 'NY', 'NY' || n, 'Kim', 'Young', 'KIM', 'YOUNG', case when n % 2 = 0 then 'dem' else 'none' end, 'active', '2020-01-01'
    from generate_series(1, 60) n`.execute(owner)
})

async function save(name: string, expression: string): Promise<Universe> {
  const saved = await saveUniverse(db, organizer, { name, expression, note: null }, now, today)
  if (!saved.ok) throw new Error(JSON.stringify(saved))
  return again(saved)
}

const again = async ({ universe_id }: { universe_id: string }): Promise<Universe> => {
  const found = await universe(db, organization_id, universe_id)
  if (!found) throw new Error('universe')
  return found
}

async function freeze(saved: Universe, at = now) {
  const asked = await askForMembers(db, organizer, saved.universe_id, at)
  if (!asked.ok) throw new Error(asked.problem)
  const taken = await takeMembers(db, organizer, saved.universe_id, asked.version, at, today)
  if (!taken.ok) throw new Error(taken.problem)
  return { ...taken, version: asked.version }
}

async function count(text: string): Promise<number> {
  const compiled = await compileUniverse(db, text, organization_id, today)
  if (!compiled.ok) throw new Error(compiled.problem.code)
  return countUniverse(db, compiled.universe)
}

async function drifts(saved: Universe, since = now) {
  const fits = await compileUniverse(db, saved.expression, organization_id, today)
  if (!fits.ok) throw new Error(fits.problem.code)
  const taken = { saved, since, draw: null, fits: fits.universe, ids: null }
  return { came: await drift(db, 'came', taken), went: await drift(db, 'went', taken), taken }
}

const setParty = (voter_id: number, party: string) =>
  sql`update voter_record set party = ${party} where voter_id = ${voter_id}`.execute(owner)

test('at most so many are frozen, drawn at random, the same ones again and others by another word', async () => {
  const drawn = async (name: string, at_most: string, seed: string): Promise<{ universe: Universe; ids: number[] }> => {
    const saved = await save(name, 'party:dem')
    const answer = await browser.post(`/voters/universes/${saved.universe_id}/members`, { at_most, seed })
    expect(answer.status).toBe(303)
    const { rows } = await sql<{ voter_id: number }>`select voter_id from universe_member
      where universe_id = ${saved.universe_id} and until is null order by voter_id`.execute(db)
    return { universe: await again(saved), ids: rows.map(({ voter_id }) => voter_id) }
  }
  const { universe: first, ids } = await drawn('ten', '10', '')
  expect(ids).toHaveLength(10)
  expect(ids.every((id) => id % 2 === 0)).toBe(true)
  expect(first).toMatchObject({ kind: 'frozen', counted: 10 })
  expect((await drawn('ten again', '10', '')).ids).toEqual(ids)
  expect((await drawn('ten others', '10', 'fall')).ids).not.toEqual(ids)
  const { ids: twenty } = await drawn('twenty', '20', '')
  expect(twenty).toEqual(expect.arrayContaining(ids))
  expect((await drawn('all', '1,000', '')).ids).toHaveLength(30)
  expect((await drawn('everybody', '', '')).ids).toHaveLength(30)
  expect((await drawn('none', '0', '')).universe.kind).toBe('live')

  // Twenty more fit, and nobody comes or goes; not with a copy either.
  const html = async (path: string, { universe_id }: Universe = first): Promise<string> =>
    (await browser.get(`/voters/universes/${universe_id}${path}`)).text()
  const copy = await again(await copyUniverse(db, organizer, first.universe_id, now, today))
  for (const each of [first, copy]) {
    expect(await html('', each)).toMatch(/Would come in<\/dt><dd[^>]*>0<[\s\S]*Would go<\/dt><dd[^>]*>0</)
    expect(await html('/refresh', each)).toContain('the same people would be drawn')
  }

  // Who no longer fits makes room for one more; the others stay.
  await sql`update voter_record set party = 'rep' where voter_id = ${ids[0]}`.execute(owner)
  const page = await html('/refresh')
  expect(page).toContain('value="10"')
  expect(page).toMatch(/\+1<[\s\S]*−1<[\s\S]*Members afterwards<\/dt><dd[^>]*>10</)
  expect(await html('/came')).toMatch(/drawn anew: 1</)
  expect(await html('/went')).toContain(`/voters/${ids[0]}"`)
  // One who fits but is drawn no more is told so.
  const other = Array.from({ length: 30 }, (_, nth) => 2 * nth + 2).find((id) => !twenty.includes(id))
  await sql`update universe_member set voter_id = ${other} where universe_id = ${copy.universe_id} and voter_id = ${ids[1]}`.execute(owner) // prettier-ignore
  expect(await html('/went', copy)).toMatch(/still fits, drawn no more: 1</)
  await browser.post(`/voters/universes/${first.universe_id}/members`, { at_most: '10', seed: '' })
  const [newest] = await versions(db, first)
  expect(newest).toMatchObject({ act: 'refresh', at_most: 10, seed: null, came: 1, went: 1, members: 10 })
  const { rows: log } = await sql<{
    after: unknown
  }>`select after from audit_entry where subject_id = ${first.universe_id}
    and action = 'universe.refresh'`.execute(owner)
  expect(log[0]?.after).toMatchObject({ at_most: 10, seed: null })
  expect(await html('')).toContain('at most 10')
})

test('a frozen universe keeps its people; who would come in and who fits no more is told with what is known of them', async () => {
  const saved = await save('Democrats', 'party:dem')
  const later = new Date(now.getTime() + 60_000)
  // Marked as a person alone; taken back below.
  const person_id = randomUUID()
  await sql`insert into person (organization_id, person_id, voter_id) values (${organization_id}, ${person_id}, 16)`.execute(
    owner,
  )
  await sql`insert into suppression (organization_id, person_id, reason, marked_by, marked_at)
    values (${organization_id}, ${person_id}, 'do_not_call', 'x', ${new Date(0)})`.execute(owner)
  expect(await freeze(saved)).toMatchObject({ came: 29, went: 0, members: 29 })
  expect(await again(saved)).toMatchObject({ kind: 'frozen', counted: 29, version: 1 })

  // The next file has somebody who registered before the freeze.
  await sql`insert into voter_file (file_id, state, layout, kind, names, imported_at, imported_by, counts, first_voter_id, next_voter_id) overriding system value
    values (2, 'NY', 'us-ny', 'registration', '{b}', ${later}, 'x', '{}', 61, 62) on conflict do nothing`.execute(owner)
  await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, first_name, last_key, given_key, party, status, registered_on)
    values (61, 1, 61, 2, 'NY', 'NY61', 'Kim', 'Young', 'KIM', 'YOUNG', 'dem', 'active', '2020-01-01')`.execute(owner)
  await sql`update suppression set taken_back_at = ${later}, taken_back_by = 'x' where person_id = ${person_id}`.execute(
    owner,
  )
  await setParty(2, 'none')
  await sql`insert into voter_change values (2, 2, 'party', '{}', '{}')`.execute(owner)
  await setParty(3, 'dem')
  await sql`insert into voter_change values (3, 2, 'moved', '{}', '{}')`.execute(owner)
  await sql`update voter_record set gone_in = 2 where voter_id = 4`.execute(owner)
  await sql`update voter_record set status = 'purged' where voter_id = 6`.execute(owner)
  await sql`insert into voter_change values (6, 2, 'status', '{}', '{}')`.execute(owner)
  await sql`delete from voter_record where voter_id = 8`.execute(owner)
  await sql`insert into suppression (organization_id, voter_id, reason, marked_by, marked_at)
    values (${organization_id}, 10, 'do_not_call', 'x', ${later})`.execute(owner)
  await sql`insert into suppression (organization_id, voter_id, reason, marked_by, marked_at)
    values (${world.theirs.organization_id}, 12, 'do_not_call', 'x', ${later})`.execute(owner)

  const frozen = await again(saved)
  const { came, went, taken } = await drifts(frozen)
  expect(came).toEqual({
    count: 3,
    reasons: ['new_in_file', 'moved', 'unmarked'].map((reason) => ({ reason, count: 1 })),
  })
  expect(went.count).toBe(5)
  expect(went.reasons).toEqual(
    ['record_gone', 'gone', 'off_rolls', 'marked', 'party'].map((reason) => ({ reason, count: 1 })),
  )
  const rows = await drifted(db, 'went', taken, { from: 1, size: 3 })
  expect(rows.map(({ voter_id, reason }) => [voter_id, reason])).toEqual([
    [4, 'gone'],
    [6, 'off_rolls'],
    [8, 'record_gone'],
  ])
  // It still has them, but answers with those who may be contacted today.
  expect(await countMembers(db, frozen)).toBe(29)
  const asked = await compileSaved(db, frozen, today)
  if (!asked.ok) throw new Error('saved')
  expect(await countUniverse(db, asked.universe)).toBe(25)
  expect(await countLeftOut(db, asked.universe)).toEqual([
    { reason: 'purged', count: 1 },
    { reason: 'gone', count: 1 },
    { reason: 'marked', count: 1 },
  ])
  expect(askedText(frozen)).toBe('in:Democrats')
  expect(await count('in:Democrats party:none')).toBe(1)
  expect(await count('-in:Democrats party:dem')).toBe(3)

  // What we did ourselves since.
  const quiet = await save('Quiet', 'party:none -tag:called -contacted')
  await freeze(quiet)
  await sql`insert into tag (organization_id, tag) values (${organization_id}, 'called')`.execute(owner)
  await sql`with made as (insert into person (organization_id, voter_id) values (${organization_id}, 31) returning person_id)
    insert into person_tag (organization_id, person_id, tag, tagged_by, tagged_at) select ${organization_id}, person_id, 'called', 'x', ${later} from made`.execute(
    owner,
  )
  await sql`insert into contact_attempt (organization_id, attempt_id, voter_id, channel, disposition, is_reached, made_by, attempted_at, recorded_at)
    values (${organization_id}, gen_random_uuid(), 33, 'phone', 'no_answer', false, 'x', ${later}, ${later})`.execute(
    owner,
  )
  expect((await drifts(await again(quiet))).went.reasons).toEqual([
    { reason: 'contacted', count: 1 },
    { reason: 'tagged', count: 1 },
  ])

  // What was so before its members were taken happened to nobody since.
  await sql`update voter_record set status = 'purged' where voter_id in (20, 22)`.execute(owner)
  await sql`update voter_record set gone_in = 2 where voter_id = 22`.execute(owner)
  await sql`insert into suppression (organization_id, voter_id, reason, marked_by, marked_at) values (${organization_id}, 20, 'moved', 'x', ${later})`.execute(
    owner,
  )
  const struck = await save('Struck', 'status:purged,gone suppressed:moved or status:purged,gone')
  const after = new Date(now.getTime() + 120_000)
  expect(await freeze(struck, after)).toMatchObject({ came: 4 })
  await sql`insert into voter_file (file_id, state, layout, kind, names, imported_at, imported_by, counts) overriding system value
    values (3, 'NY', 'us-ny', 'registration', '{c}', ${new Date(now.getTime() + 180_000)}, 'x', '{}') on conflict do nothing`.execute(
    owner,
  )
  for (const id of [20, 22]) await sql`insert into voter_change values (${id}, 3, 'party', '{}', '{}')`.execute(owner)
  await sql`update universe set expression = 'status:purged,gone party:rep suppressed:any' where universe_id = ${struck.universe_id}`.execute(
    owner,
  )
  expect((await drifts(await again(struck), after)).went.reasons).toEqual([
    { reason: 'party', count: 2 },
    { reason: 'other', count: 2 },
  ])
})

test('a refresh takes in and lets go, and can be taken back to the member', async () => {
  const saved = await save('Democrats', 'party:dem')
  await freeze(saved)
  await setParty(2, 'none')
  await setParty(4, 'none')
  await setParty(3, 'dem')
  const refreshed = await freeze(saved)
  expect(refreshed).toMatchObject({ came: 1, went: 2, members: 29 })
  expect(await count('in:Democrats')).toBe(29)
  // Somebody comes back: a second membership of the same voter.
  await setParty(2, 'dem')
  expect(await freeze(saved)).toMatchObject({ came: 1, went: 0, members: 30, version: 3 })
  expect(await undoVersion(db, organizer, saved.universe_id, 2, now, today)).toBe(false)
  expect(await undoVersion(db, organizer, saved.universe_id, 3, now, today)).toBe(true)
  expect(await undoVersion(db, organizer, saved.universe_id, 3, now, today)).toBe(false)
  expect(await again(saved)).toMatchObject({ version: 2, counted: 29 })
  expect(await undoVersion(db, organizer, saved.universe_id, 2, now, today)).toBe(true)
  expect(await again(saved)).toMatchObject({ kind: 'frozen', version: 1, counted: 30 })
  const { rows } = await sql<{
    voter_id: number
  }>`select voter_id from universe_member where until is null order by 1`.execute(owner)
  expect(rows.map(({ voter_id }) => voter_id)).toEqual(Array.from({ length: 30 }, (_, nth) => 2 * nth + 2))
  expect(await undoVersion(db, organizer, saved.universe_id, 1, now, today)).toBe(true)
  expect(await again(saved)).toMatchObject({ kind: 'live', version: 0 })
  const { rows: log } = await sql<{
    action: string
  }>`select action from audit_entry where subject_id = ${saved.universe_id} order by audit_id`.execute(owner)
  expect(log.map(({ action }) => action)).toEqual([
    'universe.create',
    'universe.freeze',
    'universe.refresh',
    'universe.refresh',
    'universe.undo',
    'universe.undo',
    'universe.undo',
  ])
})

test('thawed it answers with today’s voters again; taken back it has its people as before', async () => {
  const saved = await save('Democrats', 'party:dem')
  await freeze(saved)
  await setParty(3, 'dem')
  await thawUniverse(db, organizer, saved.universe_id, now, today)
  expect(await again(saved)).toMatchObject({ kind: 'live', version: 2 })
  expect(await count('in:Democrats')).toBe(31)
  expect(await undoVersion(db, organizer, saved.universe_id, 2, now, today)).toBe(true)
  expect(await again(saved)).toMatchObject({ kind: 'frozen', version: 1, counted: 30 })
  expect(await count('in:Democrats')).toBe(30)
})

test('two who refresh at once: one is told that it is under way, or finds nothing left to do', async () => {
  const saved = await save('Democrats', 'party:dem')
  await freeze(saved)
  await setParty(3, 'dem')
  const asked = await Promise.all([1, 2, 3, 4].map(() => askForMembers(db, organizer, saved.universe_id, now)))
  expect(asked.filter(({ ok }) => ok)).toHaveLength(1)
  expect(asked.filter((each) => !each.ok && each.problem === 'under_way')).toHaveLength(3)
  // The same one worked off by two processes.
  const done = await Promise.all([1, 2, 3].map(() => takeMembers(db, organizer, saved.universe_id, 2, now, today)))
  expect(done.filter(({ ok }) => ok)).toHaveLength(1)
  expect(await again(saved)).toMatchObject({ counted: 31 })
  const { rows } = await sql<{
    twice: number
  }>`select count(*) - count(distinct voter_id) as twice from universe_member where until is null`.execute(owner)
  expect(rows).toEqual([{ twice: 0 }])
})

test('a large one is taken by a job in blocks, all of one moment, also while a file is imported', async () => {
  await sql`update voter_record set voter_id = voter_id + 300000 where voter_id > 30`.execute(owner)
  const saved = await save('Democrats', 'party:dem')
  const asked = await askForMembers(db, organizer, saved.universe_id, now)
  if (!asked.ok) throw new Error('asked')
  let imported = false
  const walked: number[] = []
  const taken = await takeMembers(db, organizer, saved.universe_id, asked.version, now, today, async (at) => {
    walked.push(at)
    if (imported) return
    imported = true
    await sql`update voter_record set party = 'none'`.execute(owner) // commits while ours is open
  })
  expect(walked).toEqual([250_000, 300_060])
  expect(taken).toMatchObject({ ok: true, came: 30 })
  expect(await count('in:Democrats')).toBe(30)
})

test('the job shows how far it is and is taken up again after a crash', async () => {
  const saved = await save('Democrats', 'party:dem')
  const asked = await askForMembers(db, organizer, saved.universe_id, now)
  if (!asked.ok) throw new Error('asked')
  // Killed after it began: running, nothing taken.
  await sql`update universe_version set state = 'running'`.execute(owner)
  expect(await again(saved)).toMatchObject({ kind: 'live', version: 0 })
  expect(await (await browser.get(`/voters/universes/${saved.universe_id}`)).text()).toContain(
    'Its members are being taken',
  )
  expect(await resumeVersions(world.installation)).toBe(1)
  await workOff(world, [takeMembersJob])
  expect(await again(saved)).toMatchObject({ kind: 'frozen', counted: 30 })
  expect(
    await sql<{ walked: number; to_walk: number }>`select walked, to_walk from universe_walk`
      .execute(owner)
      .then(({ rows }) => rows),
  ).toEqual([{ walked: 60, to_walk: 60 }])
  // Run once more, it does nothing.
  await queueMembers(db, { organization_id, universe_id: saved.universe_id, version: asked.version })
  await workOff(world, [takeMembersJob])
  expect((await versions(db, saved)).map(({ state, members }) => [state, members])).toEqual([['done', 30]])
})

test('killed with -9 in the middle there is no half membership', async () => {
  await sql`insert into voter_record (state_key, row_hash, voter_id, file_id, state, state_voter_id, last_name, last_key, given_key, party, status)
    select n, 1, n, 1, 'NY', 'NY' || n, 'Kim', 'KIM', 'YOUNG', 'dem', 'active' from generate_series(1000, 300000) n`.execute(
    owner,
  )
  const saved = await save('Democrats', 'party:dem')
  // Counted when they were few: how many they are now decides that neither is done while the page waits.
  await sql`update universe set counted = 1`.execute(owner)
  const address = `/voters/universes/${saved.universe_id}`
  const law = { purpose: 'Long enough a purpose', law: 'yes' }
  expect((await browser.post(`${address}/export`, { layout: 'own', 'columns[]': 'voter_id', ...law })).status).toBe(303)
  const { rows: files } = await sql<{ state: string }>`select state from universe_export where universe_id = ${saved.universe_id}`.execute(owner) // prettier-ignore
  expect(files).toEqual([{ state: 'queued' }])
  expect((await browser.post(`${address}/members`, {})).headers.get('location')).toBe(address)
  const [asked] = await versions(db, saved)
  if (asked?.state !== 'queued') throw new Error('asked')
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(owner)
  const child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, 'killed-freeze.ts'),
      JSON.stringify({
        ...rows[0],
        socket: inject('socket'),
        organization_id,
        universe_id: saved.universe_id,
        version: asked.version,
      }),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const gone = new Promise((resolve) => child.once('exit', resolve))
  // It says so when the first block is written, and waits to be killed.
  const said = new Promise((resolve) => child.stdout.once('data', resolve))
  expect(String(await Promise.race([said, gone]))).toContain('written')
  child.kill('SIGKILL')
  await gone
  expect(await countMembers(db, saved)).toBe(0)
  expect(await again(saved)).toMatchObject({ kind: 'live', version: 0 })
  await resumeVersions(world.installation)
  await workOff(world, [takeMembersJob])
  expect(await again(saved)).toMatchObject({ kind: 'frozen', counted: 299_031 })
}, 60_000)

test('renamed, it is still found by the old name, and those that say it say the new one', async () => {
  const first = await save('Democrats', 'party:dem')
  const second = await save('All of them', 'in:Democrats or party:none')
  const renamed = await changeUniverse(
    db,
    organizer,
    first.universe_id,
    { name: 'Queens Democrats', expression: 'party:dem', note: null },
    now,
    today,
  )
  expect(renamed.ok).toBe(true)
  expect(await again(second)).toMatchObject({ expression: 'in:"Queens Democrats" or party:none' })
  expect(await count('in:democrats')).toBe(30)
  expect(await saveUniverse(db, organizer, { name: 'DEMOCRATS', expression: '', note: null }, now, today)).toEqual({
    ok: false,
    problem: 'name_taken',
  })
  // Its own old name it may have back.
  expect(
    (
      await changeUniverse(
        db,
        organizer,
        first.universe_id,
        { name: 'Democrats', expression: 'party:dem', note: null },
        now,
        today,
      )
    ).ok,
  ).toBe(true)
  expect(await again(second)).toMatchObject({ expression: 'in:Democrats or party:none' })
  expect(await count('in:"queens democrats"')).toBe(30)
})

test('no live universe may come to contain itself', async () => {
  const first = await save('A', 'party:dem')
  await save('B', 'in:A')
  expect(
    await changeUniverse(db, organizer, first.universe_id, { name: 'A', expression: 'in:B', note: null }, now, today),
  ).toMatchObject({ ok: false, detail: { code: 'universe_circle' } })
  expect(await again(first)).toMatchObject({ expression: 'party:dem' })
  // A frozen one may: it narrows what it was. Then it cannot be thawed.
  await freeze(first)
  expect(
    (
      await changeUniverse(
        db,
        organizer,
        first.universe_id,
        { name: 'A', expression: 'in:A -party:none', note: null },
        now,
        today,
      )
    ).ok,
  ).toBe(true)
  await setParty(2, 'none')
  expect(await freeze(first)).toMatchObject({ came: 0, went: 1, members: 29 })
  await expect(thawUniverse(db, organizer, first.universe_id, now, today)).rejects.toThrow(Conflict)
  expect(await again(first)).toMatchObject({ kind: 'frozen', version: 2 })
})

test('archiving says what it touches first, and what stands on it goes on', async () => {
  const first = await save('Democrats', 'party:dem')
  const second = await save('Others', '-in:Democrats')
  await sql`insert into phone_bank (organization_id, name, universe_id, expression, script_id, script_version, starts_on, ends_on, calling_starts, calling_ends, join_code, created_by)
    values (${organization_id}, '{"en":"Calls"}', ${first.universe_id}, 'party:dem', ${randomUUID()}, 1, '2026-01-01', '2026-12-31', '09:00', '21:00', 'abc', 'x'),
      (${world.theirs.organization_id}, '{"en":"Theirs"}', ${randomUUID()}, 'in:Democrats', ${randomUUID()}, 1, '2026-01-01', '2026-12-31', '09:00', '21:00', 'abd', 'x')`.execute(
    owner,
  )
  const uses = await usesOf(db, first)
  expect(uses.universes.map(({ name }) => name)).toEqual(['Others'])
  expect(uses.phone_banks).toMatchObject([{ name: { en: 'Calls' }, is_by_name: false }])
  expect(await archiveUniverse(db, organizer, first.universe_id, now)).toBe(false)
  const address = `/voters/universes/${first.universe_id}`
  const asked = await browser.post(`${address}/archive`, {})
  expect(asked.headers.get('location')).toBe(`${address}/archive`)
  expect(await (await browser.get(`${address}/archive`)).text()).toMatch(/Archive Democrats\?[\s\S]*Others[\s\S]*Calls/)
  expect(await (await browser.get(`${address}/change`)).text()).toMatch(/Change Democrats\?[\s\S]*Others/)
  expect((await browser.post(`${address}/archive`, { sure: 'yes' })).headers.get('location')).toContain('put_away')
  expect(await count('in:Others')).toBe(30)
  expect(await saveUniverse(db, organizer, { name: 'democrats', expression: '', note: null }, now, today)).toEqual({
    ok: false,
    problem: 'name_taken',
  })
  expect(second.universe_id).not.toBe(first.universe_id)
  await sql`delete from phone_bank`.execute(owner)
})

test('a copy of a frozen one has its people', async () => {
  const saved = await save('Democrats', 'party:dem')
  await freeze(saved)
  await setParty(2, 'none')
  const copy = await again(await copyUniverse(db, organizer, saved.universe_id, now, today))
  expect(copy).toMatchObject({ name: 'Democrats (2)', kind: 'frozen', counted: 30, version: 1 })
  expect(await count('in:"Democrats (2)"')).toBe(30)
  const third = await again(await copyUniverse(db, organizer, copy.universe_id, now, today))
  expect(third.name).toBe('Democrats (3)')
})

test('sizes are kept day by day: at saving, when looked at, every night', async () => {
  const saved = await save('Democrats', 'party:dem')
  await keepCount(db, saved, 31, now, today)
  await keepCount(db, saved, 33, now, '2026-11-24')
  world.installation.clock.set('2026-11-25T09:00:00Z')
  await nightlySizes.run({}, { installation: world.installation, signal: new AbortController().signal })
  world.installation.clock.set(now.toISOString())
  expect(await sizesOf(db, saved)).toEqual([
    { day: '2026-11-23', size: 31 },
    { day: '2026-11-24', size: 33 },
    { day: '2026-11-25', size: 30 },
  ])
  const { rows } = await sql<{
    run_at: Date
  }>`select run_at from graphile_worker.jobs where task_identifier = 'targeting.sizes'`.execute(owner)
  expect(rows.map(({ run_at }) => run_at.toISOString())).toEqual(['2026-11-26T08:15:00.000Z'])
  const page = await (await browser.get(`/voters/universes/${saved.universe_id}`)).text()
  expect(page).toContain('A line from Monday, November 23, 2026 (30)')
})

test('in the browser: freeze, look who came, refresh after a preview, undo', async () => {
  const saved = await save('Democrats', 'party:dem')
  const address = `/voters/universes/${saved.universe_id}`
  const html = async (path: string, language = 'en'): Promise<string> =>
    (await browser.get(path, { cookie: `language=${language}`, 'accept-language': language })).text()
  const frozen = await browser.post(`${address}/members`, {})
  expect(frozen.headers.get('location')).toBe(`${address}?said=1`)
  expect(await html(`${address}?said=1`)).toContain('Frozen with 30 voters.')
  await setParty(2, 'none')
  await setParty(3, 'dem')
  expect(await html(address)).toMatch(/Would come in<\/dt><dd[^>]*>1<[\s\S]*Fit no more<\/dt><dd[^>]*>1</)
  expect(await html(`${address}/came`)).toContain('/voters/3')
  expect(await html(`${address}/went`, 'ko')).toMatch(/더는 맞지 않는 분: Democrats[\s\S]*\/voters\/2/)
  expect(await html(`${address}/refresh`)).toMatch(/\+1<[\s\S]*−1<[\s\S]*Members afterwards<\/dt><dd[^>]*>30</)
  expect((await browser.post(`${address}/members`, {})).headers.get('location')).toBe(`${address}?said=2`)
  expect(await html(`${address}?said=2`)).toMatch(/Refreshed: 1 came in, 1 went\.[\s\S]*name="version" value="2"/)
  expect((await browser.post(`${address}/undo`, { version: '2' })).headers.get('location')).toBe(
    `${address}?said=undone`,
  )
  for (const version of ['2', '0', 'x', '99999999999', ''])
    expect((await browser.post(`${address}/undo`, { version })).headers.get('location')).toBe(
      `${address}?said=undo_late`,
    )
})

test('another organization can do nothing with it', async () => {
  const saved = await save('Democrats', 'party:dem')
  await freeze(saved)
  const address = `/voters/universes/${saved.universe_id}`
  const theirs = world.as(world.theirs.organizer, [frozenRoutes, targetingRoutes])
  for (const path of [
    '',
    '/refresh',
    '/came',
    '/went',
    '/progress',
    '/change',
    '/archive',
    '/step?kind=narrow&whom=party:dem',
  ])
    expect((await theirs.get(address + path)).status, path).toBe(404)
  for (const path of ['/members', '/thaw', '/undo', '/copy', '/owner', '/archive'])
    expect((await theirs.post(address + path, { version: '1', owner: randomUUID(), sure: 'yes' })).status, path).toBe(
      404,
    )
  const compiled = await compileUniverse(
    world.database.of(world.theirs.organization_id),
    'in:Democrats',
    world.theirs.organization_id,
    today,
  )
  expect(compiled).toMatchObject({ ok: false, problem: { code: 'unknown_universe' } })
  expect(await again(saved)).toMatchObject({ kind: 'frozen', version: 1 })
})

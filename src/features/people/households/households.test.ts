import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { routes } from '../../../app/routes.ts'
import { seenIn } from '../../../platform/testing/seen.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { createPerson, personForVoter } from '../commands.ts'
import { mergePeople, undoMerge } from '../merge/commands.ts'
import { profileOf, whoIs } from '../queries.ts'
import { PersonForm } from '../schema.ts'
import { addNamedVoters } from '../testing.ts'
import { confirmHousehold, describeHousehold, livesApart, livesWith, takeBackHousehold } from './commands.ts'
import { homeOf, householdAt, residentsOf } from './queries.ts'

const world = await makeWorld()
const { ours, theirs } = world
const { organizer, organization_id } = ours
const db = world.database.of(organization_id)
const us = world.as(organizer, routes)
const them = world.as(theirs.organizer, routes)
const nobody = PersonForm.parse({})

let next = 100
/** Voters at one door; each test has its own. */
async function household(names: readonly string[], key: number | null = next * 1000): Promise<number[]> {
  const line = `+1718555${String(next).padStart(4, '0')}`
  const voters = names.map((first_name) => ({
    voter_id: next++,
    last_name: 'Kim',
    first_name,
    ...(key !== null && { household_key: key }),
    phones: [line],
  }))
  await addNamedVoters(world.database.owner, voters)
  return voters.map(({ voter_id }) => voter_id)
}

const member = async (first_name: string): Promise<string> =>
  (await createPerson(db, organizer, { ...nobody, last_name: 'Oh', first_name }, 'test')).person_id

/** Who lives with somebody, they too: voters by number, others by name. */
async function living(who: string): Promise<string[]> {
  const meant = await whoIs(db, organization_id, who)
  if (!meant) throw new Error(`${who} is nobody`)
  const { home } = await homeOf(db, organization_id, meant)
  const residents = home === null ? [] : await residentsOf(db, organization_id, home)
  return residents.map(({ voter_id, person_id }) => (voter_id === null ? (person_id ?? '') : `v${voter_id}`)).sort()
}

const rowOf = async (who: string) => {
  const meant = await whoIs(db, organization_id, who)
  const { by_hand } = await homeOf(db, organization_id, meant ?? { voter_id: null, person_id: null })
  if (!by_hand) throw new Error(`nothing was said of ${who}`)
  return by_hand
}

const text = async (answer: Response | Promise<Response>): Promise<string> => (await answer).text()

beforeAll(async () => {
  await household(['Commons'])
})

test('a member without a voter record lives at a door, a neighbour lives apart, and both are taken back', async () => {
  const [a = 0, b = 0, c = 0] = await household(['Young', 'Sung', 'Min'])
  const hana = await member('Hana')
  expect(await livesWith(db, organizer, hana, { other: `v${a}`, reason: 'our member' })).toEqual({ ok: true })
  expect(await living(`v${b}`)).toEqual([hana, `v${a}`, `v${b}`, `v${c}`].sort())
  expect(await livesWith(db, organizer, hana, { other: `v${b}`, reason: null })).toEqual({ ok: false, problem: 'there_already' }) // prettier-ignore
  expect(await livesWith(db, organizer, hana, { other: hana, reason: null })).toEqual({ ok: false, problem: 'same_person' }) // prettier-ignore

  expect(await livesApart(db, organizer, `v${c}`, 'moved out in May')).toEqual({ ok: true })
  expect(await living(`v${a}`)).toEqual([hana, `v${a}`, `v${b}`].sort())
  expect(await living(`v${c}`)).toEqual([`v${c}`])
  expect(await livesApart(db, organizer, `v${c}`, null)).toEqual({ ok: false, problem: 'alone' })
  // The state's word stays as it is, and nobody else's organization knows.
  const { rows } = await sql<{ keys: number }>`select count(distinct household_key) as keys from voter_record where voter_id = any(${[a, b, c]}::integer[])`.execute(db) // prettier-ignore
  expect(rows).toEqual([{ keys: 1 }])
  expect(await world.database.of(theirs.organization_id).selectFrom('household_member').selectAll().execute()).toEqual([]) // prettier-ignore

  await takeBackHousehold(db, organizer, (await rowOf(`v${c}`)).household_member_id)
  await takeBackHousehold(db, organizer, (await rowOf(hana)).household_member_id)
  expect(await living(`v${a}`)).toEqual([`v${a}`, `v${b}`, `v${c}`])
  expect(await living(hana)).toEqual([])
  const trail = await db.selectFrom('audit_entry').select(['action', 'before', 'after']).where('action', 'like', 'household.%').orderBy('audit_id').execute() // prettier-ignore
  expect(trail.map(({ action }) => action)).toEqual(['household.here', 'household.apart', 'household.undo', 'household.undo']) // prettier-ignore
  expect(trail[1]).toMatchObject({ before: { says: 'state' }, after: { says: 'apart', reason: 'moved out in May' } })
})

test('what is refused leaves nobody known who was not', async () => {
  const [a = 0, b = 0] = await household(['Ahn', 'Byul'])
  const refused = [
    await livesWith(db, organizer, `v${a}`, { other: `v${b}`, reason: null }),
    await livesWith(db, organizer, `v${a}`, { other: `v${a}`, reason: null }),
    await livesWith(db, organizer, `v${a}`, { other: 'v999999', reason: null }),
  ]
  expect(refused.map((each) => !each.ok && each.problem)).toEqual(['there_already', 'same_person', 'not_found'])
  expect(await db.selectFrom('person').select('person_id').where('voter_id', 'in', [a, b]).execute()).toEqual([])
})

test('somebody moved twice is in one household, and taking back goes one step', async () => {
  const [a = 0, b = 0] = await household(['Ara', 'Bora'])
  const [c = 0] = await household(['Cho'])
  const [d = 0] = await household(['Dana'], null)
  await livesWith(db, organizer, `v${b}`, { other: `v${c}`, reason: null })
  await livesWith(db, organizer, `v${b}`, { other: `v${d}`, reason: null })
  expect(await living(`v${a}`)).toEqual([`v${a}`])
  expect(await living(`v${c}`)).toEqual([`v${c}`])
  expect(await living(`v${d}`)).toEqual([`v${b}`, `v${d}`])
  await takeBackHousehold(db, organizer, (await rowOf(`v${b}`)).household_member_id)
  expect(await living(`v${b}`)).toEqual([`v${b}`, `v${c}`])
  const holding = await db.selectFrom('household_member').select('person_id').where('person_id', '=', await personForVoter(db, organizer, b)).where('ended_at', 'is', null).execute() // prettier-ignore
  expect(holding).toHaveLength(1)
})

test('two who say different things of one person at once leave one household', async () => {
  const [a = 0, b = 0] = await household(['Eun', 'Fumi'])
  const [c = 0, d = 0] = [...(await household(['Gina'])), ...(await household(['Hyun']))]
  await personForVoter(db, organizer, b)
  await Promise.all([
    livesWith(db, organizer, `v${b}`, { other: `v${c}`, reason: null }),
    livesWith(db, organizer, `v${b}`, { other: `v${d}`, reason: null }),
    livesApart(db, organizer, `v${b}`, null),
  ])
  const person_id = await personForVoter(db, organizer, b)
  expect(await db.selectFrom('household_member').select('says').where('person_id', '=', person_id).where('ended_at', 'is', null).execute()).toHaveLength(1) // prettier-ignore
  expect(await living(`v${a}`)).toEqual([`v${a}`])
})

test('when a later file moves somebody, what was said by hand holds and asks to be looked at again', async () => {
  const [a = 0, b = 0] = await household(['In', 'Jun'])
  const [c = 0] = await household(['Kyung'])
  await livesApart(db, organizer, `v${b}`, null)
  await sql`update voter_record set household_key = (select household_key from voter_record where voter_id = ${c}) where voter_id = ${b}`.execute(world.database.owner) // prettier-ignore
  expect(await living(`v${c}`)).toEqual([`v${c}`])
  expect(await text(us.get(`/people/v${b}/household`))).toContain('Is it still so?')
  expect(await text(us.get('/households'))).toContain('look again')
  const { household_member_id } = await rowOf(`v${b}`)
  await confirmHousehold(db, organizer, household_member_id)
  expect(await text(us.get(`/people/v${b}/household`))).not.toContain('Is it still so?')
  await takeBackHousehold(db, organizer, household_member_id)
  expect(await living(`v${b}`)).toEqual([`v${b}`, `v${c}`])
  // Nothing is said of the others: they go where the state says.
  await describeHousehold(db, organizer, `v${a}`, { name: null, note: 'two bells', language: null })
  await sql`update voter_record set household_key = 999000999 where voter_id = ${a}`.execute(world.database.owner)
  expect(await text(us.get(`/people/v${a}/household`))).not.toContain('two bells')
})

test('a merge keeps one household, and its undo gives both back', async () => {
  const [a = 0] = await household(['Lina'])
  const [b = 0] = await household(['Mira'])
  const [one, two] = [await member('Nara'), await member('Nara')]
  await livesWith(db, organizer, one, { other: `v${a}`, reason: null })
  await livesWith(db, organizer, two, { other: `v${b}`, reason: null })
  const merge_id = await mergePeople(db, organizer, one, two, [])
  expect(await living(one)).toEqual([one, `v${a}`].sort())
  expect(await living(`v${b}`)).toEqual([`v${b}`])
  await undoMerge(db, organizer, merge_id, world.installation.clock.now())
  expect(await living(`v${a}`)).toEqual([one, `v${a}`].sort())
  expect(await living(`v${b}`)).toEqual([two, `v${b}`].sort())
})

test('a merge takes the household of the one that goes along, where the other has none', async () => {
  const [a = 0] = await household(['Oksun'])
  const [one, two] = [await member('Pia'), await member('Pia')]
  await livesWith(db, organizer, two, { other: `v${a}`, reason: null })
  await mergePeople(db, organizer, one, two, [])
  expect(await living(`v${a}`)).toEqual([one, `v${a}`].sort())
})

test('the household page: who lives there, the note, shared numbers, what was changed and by whom; in both languages', async () => {
  const [a = 0, b = 0, c = 0] = await household(['Rina', 'Sena', 'Tara'])
  const hana = await member('Unhye')
  expect(await text(us.get(`/voters/${a}`))).toContain(`href="/people/v${a}/household"`)
  const added = await us.post(`/people/v${a}/household/add?from=v${a}`, {
    other: hana,
    reason: 'our member since 2019',
  })
  expect([added.status, added.headers.get('location')]).toEqual([303, `/people/v${a}/household?done=changed`])
  const out = await us.post(`/people/v${c}/household/apart?from=v${a}`, { reason: 'studies in Boston' })
  expect(out.headers.get('location')).toBe(`/people/v${a}/household?done=changed`)
  const said = await us.post(`/people/v${a}/household`, { name: '', note: 'Grandfather answers, speak Korean', language: 'ko' }) // prettier-ignore
  expect(said.status).toBe(303)
  // Somebody who opened the page before that writes another note.
  const empty = JSON.stringify({ note: '', language: '', name: '' })
  const late = await us.post(`/people/v${a}/household`, { name: 'Kims', note: 'Call in the evening', language: '', seen: empty }) // prettier-ignore
  expect(late.status).toBe(409)
  const both = await late.text()
  expect(both).toMatch(/Call in the evening<\/textarea>.*id="note-saved"[^>]*>[^<]*<strong>Grandfather answers/)
  expect(JSON.parse(seenIn(both))).toMatchObject({ language: 'ko' })

  const html = await text(us.get(`/people/v${a}/household?done=changed`))
  for (const words of [
    'Rina Kim',
    'Sena Kim',
    'Unhye Oh',
    'Grandfather answers',
    'our member since 2019',
    'studies in Boston',
    'Kissena Blvd',
    `718-555-${String(a).padStart(4, '0')}`,
    'Shared numbers',
    'added by hand',
    'not a registered voter',
    organizer.name,
  ])
    // prettier-ignore
    expect(html).toContain(words)
  expect(html).toContain(`href="/people/v${b}/household/apart?from=v${a}"`)
  expect(html).not.toContain(`href="/people/v${c}/household/apart`)
  expect(await text(us.get(`/people/v${a}/household`, { 'accept-language': 'ko' }))).toContain('함께 사는 분들')
  expect(await text(us.get(`/people/v${c}/household`))).toContain('Tara Kim lives apart')
  expect(await text(us.get(`/people/v${a}/household/add?q=Tara`))).toContain('Who lives with Rina Kim?')

  const { household_id } = (await householdAt(db, organization_id, (await homeOf(db, organization_id, { voter_id: a, person_id: null })).home ?? 0)) ?? {} // prettier-ignore
  expect(await text(us.get(`/households/${household_id}`))).toContain('Grandfather answers')
  expect((await them.get(`/households/${household_id}`)).status).toBe(404)
  expect(await text(them.get(`/people/v${a}/household`))).not.toContain('Grandfather')
})

test('what cannot be so is said beside what was typed', async () => {
  const [a = 0] = await household(['Wona'])
  const alone = await us.post(`/people/v${a}/household/apart`, { reason: 'because' })
  expect(alone.status).toBe(422)
  expect(await alone.text()).toContain('value="because"')
  expect((await us.post(`/people/v${a}/household/add`, { reason: '' })).status).toBe(422)
  expect((await us.post(`/people/v${a}/household/add`, { other: 'v999999' })).status).toBe(422)
  expect((await us.post(`/people/v${a}/household`, { note: 'x'.repeat(501) })).status).toBe(422)
})

test('of the team only who edits people changes a household, and nobody of another organization', async () => {
  const [a = 0, b = 0] = await household(['Xena', 'Yuna'])
  const host = world.as(ours.actor(['caller']), routes)
  expect((await host.post(`/people/v${a}/household/apart`, {})).status).toBe(403)
  expect((await host.post(`/people/v${a}/household`, { note: 'x' })).status).toBe(403)
  await livesApart(db, organizer, `v${b}`, null)
  const { household_member_id } = await rowOf(`v${b}`)
  expect((await them.post(`/people/v${a}/household/${household_member_id}/undo`, {})).status).toBe(404)
  expect((await us.post(`/people/v${a}/household/nothing/undo`, {})).status).toBe(404)
  expect((await us.post(`/people/v${a}/household/${household_member_id}/undo`, {})).status).toBe(303)
  expect((await us.post(`/people/v${a}/household/${household_member_id}/undo`, {})).status).toBe(404)
  expect(await living(`v${a}`)).toEqual([`v${a}`, `v${b}`])
})

test('the profile tells of the household as it was put right', async () => {
  const [a = 0, b = 0] = await household(['Zia', 'Abby'])
  await livesApart(db, organizer, `v${b}`, null)
  const profile = await profileOf(db, organization_id, { voter_id: a, person_id: null })
  // The line is shared all the same.
  expect(profile?.neighbours.filter(({ shares }) => shares === 'address')).toEqual([])
  expect(await text(us.get(`/voters/${b}`))).toContain('Lives apart')
})

test('the list of households: fifty at a time, and who looks at it is kept', async () => {
  await sql`insert into household (organization_id, home, is_door, name, created_by, updated_by, updated_at)
    select ${organization_id}::uuid, 7000000 + n, true, 'Home ' || n, 'x', 'x', '2020-01-01'::timestamptz - n * interval '1 day' from generate_series(1, 60) n`.execute(db) // prettier-ignore
  const first = await text(us.get('/households'))
  expect(first).toContain('href="/households?from=50"')
  expect(first).not.toContain('Home 60')
  const second = await text(us.get('/households?from=50', { 'accept-language': 'ko' }))
  expect(second).toContain('Home 60')
  expect(second).toContain('직접 고친 수')
  const kept = await db.selectFrom('audit_entry').select(['subject', 'after']).where('action', '=', 'household.list').orderBy('audit_id', 'desc').limit(2).execute() // prettier-ignore
  expect(kept[1]).toEqual({ subject: 'household', after: { rows: 50 } })
  expect((await us.get('/households?from=5000')).headers.get('location')).toBe('/households')
})

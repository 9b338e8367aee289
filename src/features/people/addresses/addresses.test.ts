import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { routes } from '../../../app/routes.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { createPerson, personForVoter } from '../commands.ts'
import { mergePeople, undoMerge } from '../merge/commands.ts'
import { profileOf } from '../queries.ts'
import { PersonForm } from '../schema.ts'
import { profilePath } from '../rules.ts'
import { indexPeopleJob } from '../search/jobs.ts'
import { search } from '../search/queries.ts'
import { addNamedVoters } from '../testing.ts'
import { addressKey, knownAddresses, mailboxOf } from './rules.ts'

const world = await makeWorld()
const { ours, theirs } = world
const db = world.database.of(ours.organization_id)
const us = world.as(ours.organizer, routes)
const them = world.as(theirs.organizer, routes)
const nobody = PersonForm.parse({})

await addNamedVoters(world.database.owner, [
  { voter_id: 1, last_name: 'Park', first_name: 'Min', street: '38th Ave', house_number: '136-20' },
])

const noted = (person_id: string) =>
  db.selectFrom('person_address').selectAll().where('person_id', '=', person_id).orderBy('address_key').execute()

const person = async (facts: Partial<typeof nobody>) =>
  (await createPerson(db, ours.organizer, { ...nobody, last_name: 'Kim', ...facts }, 'test')).person_id

test('two spellings of one place are one address', () => {
  const one = addressKey({ address: '136-20 38th Ave., #5B', zip5: '11354' })
  expect(addressKey({ address: '136-20 38th ave #5b', zip5: '11354' })).toBe(one)
  expect(addressKey({ address: '136-20 38th ave #5b', zip5: '11355' })).not.toBe(one)
})

const file = { house_number: '1', street: 'Main St', unit: null, city: 'Flushing', zip5: '11354', mail_address: null }
const row = (address: string, more: object = {}) => ({
  organization_id: '', person_id: '', address_key: addressKey({ address, zip5: '11354' }), kind: 'mailing' as const, address, city: null, state: null, zip5: '11354',
  quality: 'unknown' as const, is_preferred: false, source: 'Grace', added_at: new Date(0), ...more,
}) // prettier-ignore
test.each([
  { name: 'the voter file’s where we know nothing better', person: null, addresses: [], post: '1 Main St' },
  { name: 'the home we know', person: { address: '2 Elm St', city: null, zip5: '11354' }, addresses: [], post: '2 Elm St' },
  { name: 'a mailing address before the home', person: { address: '2 Elm St', city: null, zip5: '11354' }, addresses: [row('PO Box 3')], post: 'PO Box 3' },
  { name: 'the preferred one before all', person: null, addresses: [row('PO Box 3'), row('Kim’s Deli', { kind: 'work', is_preferred: true })], post: 'Kim’s Deli' },
  { name: 'never one from which post came back', person: { address: '2 Elm St', city: null, zip5: '11354' }, addresses: [row('PO Box 3', { quality: 'undeliverable', is_preferred: true })], post: '2 Elm St' },
  { name: 'the file’s where our home is noted as left', person: { address: '2 Elm St', city: null, zip5: '11354' }, addresses: [row('2 Elm St', { kind: 'home', quality: 'moved' })], post: '1 Main St' },
  { name: 'nowhere when every address is dead', person: null, addresses: [row('1 Main St', { quality: 'undeliverable' })], post: undefined },
  { name: 'the file’s where ours has no ZIP', person: { address: '2 Elm St', city: null, zip5: null }, addresses: [], post: '1 Main St' },
  { name: 'a home of theirs an organizer chose', person: null, addresses: [row('PO Box 3'), row('3 Oak St', { kind: 'home', is_preferred: true })], post: '3 Oak St' },
  { name: 'the door of the file we were told is for post', person: { address: '2 Elm St', city: null, zip5: '11354' }, addresses: [row('1 Main St.')], post: '1 Main St' },
])('post goes to $name', ({ person, addresses, post }) => {
  const known = knownAddresses({ person, voter: file, addresses })
  expect(known.find(({ is_for_post }) => is_for_post)?.address).toBe(post)
  expect(known.filter(({ is_for_post }) => is_for_post).length).toBeLessThanOrEqual(1)
}) // prettier-ignore

test.each([
  ['1 Main Street', '11354', { goes: 'door' }],
  ['1 main st.', '11354', { goes: 'door' }],
  ['PO Box 1', '11354', { goes: 'told', key: 'pobox1|11354' }],
  ['P.O. Box 5', '11355', { goes: 'file' }],
  ['P.O. Box 5, Flushing NY 11355', null, { goes: 'file' }],
] as const)('post to %s goes to the mailbox it is', (address, zip5, box) => {
  const voter = { ...file, mail_address: 'PO Box 5\nFLUSHING, NY 11355-0001' }
  const told = row(address, { zip5, is_preferred: true, address_key: addressKey({ address, zip5 }) })
  expect(
    mailboxOf({
      person: null,
      voter: zip5 === null ? { ...voter, mail_address: 'PO Box 5\nFLUSHING NY 11355' } : voter,
      addresses: [told],
    }),
  ).toEqual(box)
})

test('an address is added, judged, preferred and removed on the profile; what the state says stays', async () => {
  const added = await us.post('/people/v1/address', {
    address: 'PO Box 5', city: 'Fort Lee', state: 'nj', zip5: '07024', kind: 'mailing', quality: 'good', is_preferred: 'yes',
  }) // prettier-ignore
  expect(added.status).toBe(303)
  const person_id = await personForVoter(db, ours.organizer, 1)
  const page = await (await us.get(profilePath({ voter_id: 1, person_id }))).text()
  expect(page).toContain('PO Box 5, Fort Lee NJ 07024')
  expect(page).toContain('136-20 38th Ave')
  // What is known of the state's own address is noted beside it.
  const [kept] = await noted(person_id)
  const profile = await profileOf(db, ours.organization_id, { voter_id: 1, person_id })
  const registered = knownAddresses(profile ?? expect.fail()).find(({ kind }) => kind === 'registered')
  const form = await (
    await us.get(`/people/${person_id}/address?key=${encodeURIComponent(registered?.key ?? '')}`)
  ).text()
  expect(form).toContain(`value="${registered?.address}"`)
  const { address = '', city, zip5 } = registered ?? {}
  await us.post('/people/v1/address', { address, city: city ?? '', zip5: zip5 ?? '', kind: 'home', quality: 'undeliverable' }) // prettier-ignore
  expect((await noted(person_id)).map(({ quality }) => quality).toSorted()).toEqual(['good', 'undeliverable'])
  const voter = await db.selectFrom('voter_record').select('street').where('voter_id', '=', 1).executeTakeFirst()
  expect(voter?.street).toBe('38th Ave')

  expect((await us.post('/people/v1/address/remove', { key: kept?.address_key ?? '' })).status).toBe(303)
  expect(await noted(person_id)).toHaveLength(1)
  const trail = await db.selectFrom('audit_entry').select('action').where('action', '=', 'person.address').execute()
  expect(trail).toHaveLength(3)
})

test('somebody is found by every address of theirs, as long as it is theirs', async () => {
  const id = await person({ last_name: 'Bang' })
  const isFound = async () => {
    const { results } = await search(db, ours.organization_id, '77 Juniper Blvd')
    return results.some((each) => each.person?.person_id === id)
  }
  expect(await isFound()).toBe(false)
  const address = '77 Juniper Boulevard'
  await us.post(`/people/${id}/address`, { address, zip5: '11379', kind: 'work', quality: 'good' })
  expect(await isFound()).toBe(true)
  const { organization_id } = ours
  await db.deleteFrom('person_search').where('organization_id', '=', organization_id).execute()
  expect(await isFound()).toBe(false)
  await indexPeopleJob.run(
    { organization_id },
    { installation: world.installation, signal: AbortSignal.timeout(60_000) },
  )
  expect(await isFound()).toBe(true)
  await us.post(`/people/${id}/address/remove`, { key: addressKey({ address, zip5: '11379' }) })
  expect(await isFound()).toBe(false)
})

test('the activity log says what was known of an address before', async () => {
  const id = await person({})
  await us.post(`/people/${id}/address`, { address: '5 Birch St', zip5: '11354', kind: 'mailing', quality: 'good' })
  await us.post(`/people/${id}/address`, { address: '5 Birch St.', zip5: '11354', kind: 'work', quality: 'moved' })
  const trail = await db
    .selectFrom('audit_entry')
    .select(['before', 'after'])
    .where('subject_id', '=', id)
    .where('action', '=', 'person.address')
    .orderBy('audit_id')
    .execute()
  expect(trail).toMatchObject([
    { before: null, after: { kind: 'mailing', quality: 'good' } },
    {
      before: { address: '5 Birch St', kind: 'mailing', quality: 'good', zip5: '11354' },
      after: { kind: 'work', quality: 'moved' },
    },
  ])
})

test('bad input is told where it is; others neither see nor change an address', async () => {
  const id = await person({})
  const refused = await us.post(`/people/${id}/address`, { address: '', zip5: '113' })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('aria-invalid="true"')
  expect((await us.post(`/people/${id}/address`, { address: 'x'.repeat(421) })).status).toBe(422)
  expect((await us.post(`/people/${id}/address`, { address: '1 Main St', state: '뉴욕' })).status).toBe(422)
  expect((await them.post(`/people/${id}/address`, { address: '1 Main St' })).status).toBe(404)
  expect((await them.get(`/people/${id}/address`)).status).toBe(404)
  const member = world.as(ours.actor(['member']), routes)
  expect((await member.post(`/people/${id}/address`, { address: '1 Main St' })).status).toBe(403)
  expect(await noted(id)).toEqual([])
  expect(await world.database.of(theirs.organization_id).selectFrom('person_address').selectAll().execute()).toEqual([])
})

test('whoever moves keeps the earlier address, and loses it by moving back', async () => {
  const id = await person({ address: '1 Oak St', zip5: '11354' })
  const move = (address: string) => us.post(`/people/${id}/edit`, { last_name: 'Kim', address, zip5: '11354' })
  expect((await move('9 Pine St')).status).toBe(303)
  expect(await noted(id)).toMatchObject([{ address: '1 Oak St', kind: 'earlier', quality: 'moved' }])
  await move('1 Oak St')
  expect(await noted(id)).toMatchObject([{ address: '9 Pine St', kind: 'earlier' }])
})

test('addresses of two rows of one person come together, with one for post, and apart again', async () => {
  const [one, two] = [await person({}), await person({})]
  for (const [id, address] of [
    [one, 'PO Box 5'],
    [two, 'PO Box 6'],
    [two, 'p.o. box 5'],
  ] as const)
    // prettier-ignore
    await us.post(`/people/${id}/address`, { address, kind: 'mailing', is_preferred: 'yes' })
  const before = [await noted(one), await noted(two)]
  const merge_id = await mergePeople(db, ours.organizer, one, two, [])
  const together = await noted(one)
  expect(together.map(({ address }) => address)).toEqual(['PO Box 5', 'PO Box 6'])
  expect(together.filter(({ is_preferred }) => is_preferred)).toHaveLength(1)
  await undoMerge(db, ours.organizer, merge_id, world.installation.clock.now())
  expect([await noted(one), await noted(two)]).toEqual(before)
})

test('what is known of a mailing address of the voter file can be said, however many lines it has', async () => {
  const address = [
    'c/o Estate of Kyung-Hee Park and Sons Import Export',
    'Suite 1200, Building Number Four',
    'x'.repeat(60),
  ].join(', ')
  const lines = address.replaceAll(', ', '\n')
  await sql`update voter_record set mail_address = ${lines} where voter_id = 1`.execute(world.database.owner)
  const said = { address, city: '', zip5: '', kind: 'mailing', quality: 'undeliverable' }
  expect((await us.post('/people/v1/address', said)).status).toBe(303)
})

import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { makeWorld } from '../../platform/testing/world.ts'
import { createPerson, mark, personForVoter, recordConsent, takeBackMark } from './commands.ts'
import { contactAnswers, mayContact, mayContactAll } from './consent.ts'
import { mergePeople } from './merge/commands.ts'
import { mailboxesOf } from './queries.ts'
import { closedBy } from './rules.ts'
import { channels, contactPurposes, PersonForm, type Channel, type ContactPurpose, type NoContact } from './schema.ts'
import { addNamedVoters } from './testing.ts'

const world = await makeWorld()
const { ours, theirs } = world
const { organization_id, organizer } = ours
const db = world.database.of(organization_id)
const nobody = PersonForm.parse({})

beforeAll(() =>
  addNamedVoters(world.database.owner, [
    { voter_id: 1, last_name: 'Kim', first_name: 'Young', phones: ['+17185550101'] },
    { voter_id: 2, last_name: 'Park', first_name: 'Min', phones: ['+17185550102'], status: 'purged' },
    { voter_id: 3, last_name: 'Lee', first_name: 'Grace' },
  ]),
)

let made = 0
async function somebody(more: { phone?: boolean; email?: boolean } = {}): Promise<string> {
  made += 1
  const { person_id } = await createPerson(
    db,
    organizer,
    {
      ...nobody,
      first_name: 'Mira',
      last_name: `Noh ${made}`,
      phones: more.phone === false ? [] : [`+1718555${String(2000 + made)}`],
      emails: more.email === false ? [] : [`mira${made}@example.org`],
    },
    'hand',
  )
  return person_id
}
const say = (who: string, channel: Channel, is_given: boolean, evidence = 'told us at the fair') =>
  recordConsent(db, organizer, who, { channel, is_given, evidence })
const reasonOf = async (person_id: string, channel: Channel, purpose: ContactPurpose): Promise<NoContact | null> =>
  (await mayContact(db, organization_id, { person_id, voter_id: null }, channel, purpose)).reason

test('without a word from them: calls, e-mail and post may be, texts only after consent', async () => {
  const who = await somebody()
  const open = await Promise.all(channels.map((channel) => reasonOf(who, channel, 'campaign')))
  expect(open).toEqual([null, 'no_consent', null, null])
  await say(who, 'text', true)
  expect(await reasonOf(who, 'text', 'news')).toBeNull()
})

test('an opt-out closes its channel; by e-mail and post what they asked for still goes out', async () => {
  const who = await somebody()
  for (const channel of channels) await say(who, channel, false)
  for (const channel of channels) expect(await reasonOf(who, channel, 'news')).toBe('opted_out')
  const asked = await Promise.all(channels.map((channel) => reasonOf(who, channel, 'asked')))
  expect(asked).toEqual(['opted_out', 'opted_out', null, null])
  expect([...(await mailboxesOf(db, organization_id, [who], 'news')).keys()]).toEqual([])
  expect([...(await mailboxesOf(db, organization_id, [who, who], 'asked')).keys()]).toEqual([who])
})

test.each(Object.entries(closedBy).flatMap(([reason, closed]) => channels.map((channel) => ({ reason, channel, isClosed: closed.includes(channel) }))))(
  'marked $reason, $channel is closed: $isClosed',
  async ({ reason, channel, isClosed }) => {
    if (reason === 'wrong_number' || reason === 'disconnected') return // of a number, below
    const who = await somebody()
    await say(who, channel, true)
    const suppression_id = await mark(db, organizer, who, { reason: reason as keyof typeof closedBy, note: 'her son said so' })
    const answer = await mayContact(db, organization_id, { person_id: who, voter_id: null }, channel, 'asked')
    expect(answer.reason).toBe(isClosed ? reason : null)
    expect(answer.evidence).toBe(isClosed ? 'her son said so' : 'told us at the fair')
    expect(answer.said_by).toBe(organizer.name)
    await takeBackMark(db, organizer, suppression_id)
    expect(await reasonOf(who, channel, 'asked')).toBeNull()
  },
) // prettier-ignore

test('the channels a mark closes are the same in the database', async () => {
  const { rows } = await sql<{ reason: string; channels: string[] }>`
    select reason, array_agg(channel order by array_position(${[...channels]}::text[], channel)) as channels from contact_closing group by reason`.execute(
    db,
  )
  const inSql = Object.fromEntries(rows.map(({ reason, channels: closed }) => [reason, closed]))
  expect(inSql).toEqual(Object.fromEntries(Object.entries(closedBy).filter(([, closed]) => closed.length > 0)))
})

test('each channel and purpose has one rule for today, with its source', async () => {
  const rules = await db.selectFrom('contact_rule').selectAll().where('valid_until', 'is', null).execute()
  expect(rules.map(({ channel, purpose }) => `${channel} ${purpose}`).sort()).toEqual(
    channels.flatMap((channel) => contactPurposes.map((purpose) => `${channel} ${purpose}`)).sort(),
  )
  for (const { source } of rules) expect(source.length).toBeGreaterThan(5)
})

test('a pause stops what goes to many, and not what they asked for or their membership brings', async () => {
  const who = await somebody()
  await sql`insert into mail_wish (organization_id, person_id, paused_until, changed_at) values (${organization_id}, ${who}, '2999-01-01', now())`.execute(db) // prettier-ignore
  const reasons = await Promise.all(contactPurposes.map(async (purpose) => [purpose, (await mayContact(db, organization_id, { person_id: who, voter_id: null }, 'email', purpose)).reason])) // prettier-ignore
  expect(Object.fromEntries(reasons)).toEqual({ campaign: 'paused', news: 'paused', invitation: 'paused', fundraising: 'paused', membership: null, asked: null }) // prettier-ignore
})

test('a rule of another day answers for that day', async () => {
  const who = await somebody()
  const { owner } = world.database
  await sql`insert into contact_rule (channel, purpose, valid_from, valid_until, needs_consent, heeds_refusal, needs_record, source, checked_on)
    values ('email', 'fundraising', '2030-01-01', '2030-12-31', true, true, false, 'made up', '2026-11-23')`.execute(
    owner,
  )
  const on = async (day: string) =>
    (
      await mayContact(
        db,
        organization_id,
        { person_id: who, voter_id: null },
        'email',
        'fundraising',
        new Date(`${day}T17:00:00Z`),
      )
    ).reason
  expect([await on('2029-12-31'), await on('2030-06-01'), await on('2031-01-01')]).toEqual([null, 'no_consent', null])
  expect(await on('1999-01-01')).toBe('no_rule')
})

test('what had been said by a day is what counts for that day', async () => {
  const who = await somebody()
  await sql`insert into consent (organization_id, person_id, channel, is_given, evidence, recorded_by, recorded_at) values
    (${organization_id}, ${who}, 'email', false, 'wrote to us', 'Ana', '2026-03-01'), (${organization_id}, ${who}, 'email', true, 'form', 'Ana', '2026-05-01')`.execute(
    db,
  )
  await sql`insert into suppression (organization_id, person_id, reason, marked_by, marked_at, taken_back_at, taken_back_by)
    values (${organization_id}, ${who}, 'legal', 'Ana', '2026-07-01', '2026-08-01', 'Ana')`.execute(db)
  const on = async (day: string | null) =>
    (
      await mayContact(
        db,
        organization_id,
        { person_id: who, voter_id: null },
        'email',
        'news',
        day === null ? null : new Date(day),
      )
    ).reason
  expect([await on('2026-02-01'), await on('2026-04-01'), await on('2026-06-01'), await on('2026-07-15'), await on('2026-09-01'), await on(null)]).toEqual([null, 'opted_out', null, 'legal', null, null]) // prettier-ignore
})

test('a voter nobody knows may be called and written to; who left the file no more for a campaign', async () => {
  const of = async (voter_id: number) =>
    Promise.all(
      channels.map(
        async (channel) =>
          (await mayContact(db, organization_id, { person_id: null, voter_id }, channel, 'campaign')).reason,
      ),
    )
  expect(await of(1)).toEqual([null, 'no_consent', 'no_address', null])
  expect(await of(2)).toEqual(['not_a_voter', 'not_a_voter', 'no_address', 'not_a_voter'])
  expect(await of(3)).toEqual(['no_address', 'no_address', 'no_address', null])
  expect(
    (await mayContact(db, organization_id, { person_id: null, voter_id: 2 }, 'phone', 'membership')).reason,
  ).toBeNull()
  // By the voter or by the person: one answer.
  const person_id = await personForVoter(db, organizer, 1)
  await say(person_id, 'phone', false)
  expect((await of(1))[0]).toBe('opted_out')
  expect(await reasonOf(person_id, 'phone', 'campaign')).toBe('opted_out')
})

test('a number or mailbox that is closed, wrong or bouncing is none', async () => {
  const who = await somebody()
  await sql`update person_email set quality = 'bouncing' where person_id = ${who}`.execute(db)
  expect(await reasonOf(who, 'email', 'news')).toBe('bouncing')
  await sql`update person_email set quality = 'good', claimed_at = now() where person_id = ${who}`.execute(db)
  expect(await reasonOf(who, 'email', 'news')).toBe('no_address')
  await sql`insert into suppression (organization_id, phone, reason, marked_by)
    select organization_id, phone, 'do_not_call', 'Ana' from person_phone where person_id = ${who}`.execute(db)
  expect(await reasonOf(who, 'phone', 'campaign')).toBe('no_address')
})

test('who was joined with somebody is that one, whichever is asked about', async () => {
  const [first, second, third] = [await somebody(), await somebody(), await somebody()]
  await say(first, 'email', false)
  await mergePeople(db, organizer, second, first, [])
  await mergePeople(db, organizer, third, second, [])
  const answers = await mayContactAll(
    db,
    organization_id,
    [first, second, third].map((person_id) => ({ person_id, voter_id: null })),
    'email',
    'news',
  )
  expect(answers.map(({ person_id, reason }) => [person_id, reason])).toEqual([first, second, third].map(() => [third, 'opted_out'])) // prettier-ignore
})

test('many at once are answered as one by one, in their order; nobody of another organization is known', async () => {
  const people = await db.selectFrom('person').select(['person_id', 'voter_id']).orderBy('created_at').execute()
  for (const channel of channels) {
    const together = await mayContactAll(db, organization_id, people, channel, 'campaign')
    const alone = []
    for (const who of people) alone.push(await mayContact(db, organization_id, who, channel, 'campaign'))
    expect(together).toEqual(alone)
  }
  const strangers = await mayContactAll(world.database.of(theirs.organization_id), organization_id, people, 'email', 'news') // prettier-ignore
  expect(new Set(strangers.map(({ reason }) => reason))).toEqual(new Set(['unknown']))
})

test('a list counts by why not in one statement', async () => {
  const people = sql`array(select person_id from person where organization_id = ${organization_id}::uuid and merged_into is null)`
  const { rows } = await sql<{ reason: string | null; people: number }>`
    select reason, count(*)::integer as people from ${contactAnswers(organization_id, 'email', 'news', people, sql`array[]::integer[]`)} a
    group by reason order by reason`.execute(db)
  expect(rows.map(({ reason }) => reason)).toEqual(expect.arrayContaining(['no_address', 'opted_out', null]))
  const { rows: counted } = await sql<{ people: number }>`
    select count(*)::integer as people from person where merged_into is null`.execute(db)
  expect(rows.reduce((sum, row) => sum + row.people, 0)).toBe(counted[0]?.people)
})

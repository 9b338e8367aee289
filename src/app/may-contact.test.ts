import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { inTransaction } from '../platform/db/db.ts'
import { found } from '../platform/errors.ts'
import { translator } from '../platform/i18n/messages.ts'
import { addJob } from '../platform/jobs/jobs.ts'
import { randomOf } from '../platform/random.ts'
import { makeWorld } from '../platform/testing/world.ts'
import { workOff } from '../platform/testing/work-off.ts'
import { unconfirmedOf } from '../features/events/calls/queries.ts'
import { toThank } from '../features/events/after/queries.ts'
import { invitable } from '../features/events/invitations/commands.ts'
import { makeEvent } from '../features/events/testing.ts'
import { sendConfirmJob } from '../features/forms/jobs.ts'
import { recipients, saidAndWished, whyNot, type Recipient } from '../features/mailings/audience/queries.ts'
import { changeJourney, makeJourney, startJourney } from '../features/mailings/journeys/commands.ts'
import { tendJourney } from '../features/mailings/journeys/tend.ts'
import { createPerson, mark, recordConsent, takeBackMark } from '../features/people/commands.ts'
import { mayContactAll } from '../features/people/consent.ts'
import { mailboxesOf, profileOf } from '../features/people/queries.ts'
import { channels, PersonForm, personReasons, type Channel, type NoContact } from '../features/people/schema.ts'
import { closeOne } from '../features/people/suppressions/commands.ts'
import { addNamedVoters } from '../features/people/testing.ts'
import { sendLinkJob } from '../features/phonebanks/told/jobs.ts'
import { freezeDrop, makeDrop } from '../features/postal/drops/commands.ts'
import { closedSince } from '../features/postal/drops/queries.ts'
import { homeKey } from '../features/postal/no-paper/rules.ts'
import { saveUniverse } from '../features/targeting/commands.ts'
import { closedHomes, expected, postRowsOf, rowsOf } from '../features/targeting/export/queries.ts'
import { homesByHand } from '../features/targeting/homes-queries.ts'
import { compilePeople, peopleLines } from '../features/targeting/people/queries.ts'
import { compileUniverse } from '../features/targeting/queries.ts'

/*
 * `contact_answers` is the question whether somebody may be contacted. Rooms that ask for very many read the same rows in
 * queries of their own: of the same people each must say what it says. The queue of calls: phonebanks/may-contact.test.ts.
 */

const world = await makeWorld()
const { organization_id, organizer } = world.ours
const { database, clock } = world.installation
const db = database.of(organization_id)
const today = '2026-11-23'

type Said = 'open' | 'marked' | 'opted_out' | 'paused' | 'not_topic' | 'closed_home' | 'unreachable'
/** As rooms name it: which mark it was is for the profile. */
const named = (reason: NoContact | null): Said => {
  if (reason === null) return 'open'
  if (reason === 'suppressed' || personReasons.some((each) => each === reason)) return 'marked'
  return reason === 'opted_out' || reason === 'paused' || reason === 'not_topic' || reason === 'closed_home'
    ? reason
    : 'unreachable'
}

const random = randomOf(20261129)
const oneOf = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item // none of them is empty

/** Something known or said of somebody, by chance. */
async function happen(person_id: string, nth: number): Promise<void> {
  const mailbox = `reader${nth}@example.org`
  switch (oneOf(['said', 'said', 'said', 'marked', 'died', 'stopped', 'stopped', 'quality', 'claimed', 'listed', 'second', 'paused', 'paused', 'home'])) {
    case 'said':
      return recordConsent(db, organizer, person_id, { channel: oneOf(channels), is_given: random() < 0.4, evidence: 'told us' }) // prettier-ignore
    case 'marked': {
      const suppression_id = await mark(db, organizer, person_id, { reason: oneOf(personReasons), note: 'wrote to us' })
      if (random() < 0.3) await takeBackMark(db, organizer, suppression_id)
      return
    }
    case 'died':
      await db.updateTable('person').set({ deceased_at: new Date('2026-01-01') }).where('person_id', '=', person_id).execute() // prettier-ignore
      return
    case 'stopped':
      await sql`insert into mail_stop (organization_id, address_hash, reason, since, evidence)
        values (${organization_id}, mail_address_hash(${organization_id}, ${mailbox}), ${oneOf(['unsubscribed', 'complaint', 'hard_bounce', 'soft_bounces'])}, now(), 'as it came')
        on conflict do nothing`.execute(db)
      return
    case 'quality':
      await sql`update person_email set quality = ${oneOf(['bouncing', 'wrong', 'good'])} where email = ${mailbox}`.execute(db)
      return
    case 'claimed':
      await sql`update person_email set claimed_at = now() where email = ${mailbox}`.execute(db)
      return
    case 'listed':
      await inTransaction(db, (tx) => closeOne(tx, organizer, organization_id, { kind: 'email', value: mailbox, list: 'Earlier service', evidence: 'x' }, clock.now())) // prettier-ignore
      return
    case 'paused':
      await sql`insert into mail_wish (organization_id, person_id, paused_until, changed_at) values (${organization_id}, ${person_id}, ${oneOf(['2020-01-01', '2099-01-01'])}, now())
        on conflict (organization_id, person_id) do update set paused_until = excluded.paused_until`.execute(db)
      return
    case 'home':
      await inTransaction(db, (tx) => closeOne(tx, organizer, organization_id, { kind: 'address', value: homeKey({ delivery: `${nth}-10 MAIN ST`, unit: null, zip5: '11355' }), list: 'Earlier list', evidence: 'x' }, clock.now())) // prettier-ignore
      return
    case 'second':
      await sql`insert into person_email (organization_id, person_id, email, source, is_preferred)
        values (${organization_id}, ${person_id}, ${`second${nth}@example.org`}, 'test', ${random() < 0.5}) on conflict do nothing`.execute(db)
  }
} // prettier-ignore

test('every room says of the same person what the one question says', async () => {
  const ids = Array.from({ length: 160 }, (_, index) => index + 1)
  await addNamedVoters(
    database.owner,
    ids.map((voter_id) => ({ voter_id, last_name: 'Kim', first_name: `Mira${voter_id}`, phones: [`+1718555${1000 + voter_id}`], household_key: voter_id, house_number: `${voter_id}-10`, street: 'Main St' })),
  ) // prettier-ignore
  const people: { person_id: string; voter_id: number }[] = []
  for (const voter_id of ids) {
    const form = { ...PersonForm.parse({}), first_name: `Mira${voter_id}`, last_name: 'Kim', emails: voter_id % 20 === 0 ? [] : [`reader${voter_id}@example.org`] } // prettier-ignore
    const { person_id } = await createPerson(db, organizer, form, 'hand')
    await db.updateTable('person').set({ voter_id, address: `${voter_id}-10 Main St`, zip5: '11355' }).where('person_id', '=', person_id).execute() // prettier-ignore
    people.push({ person_id, voter_id })
  }
  await sql`insert into tag (organization_id, tag) values (${organization_id}, 'all')`.execute(db)
  await sql`insert into person_tag (organization_id, person_id, tag, tagged_by) select organization_id, person_id, 'all', 'test' from person`.execute(db) // prettier-ignore
  // Some of it is said after the lists were made.
  const event_id = await makeEvent(db, organizer, {}, clock.now())
  const { shift_id } = await db.selectFrom('event_shift').select('shift_id').where('event_id', '=', event_id).executeTakeFirstOrThrow() // prettier-ignore
  await sql`with seat as (
      insert into event_signup (organization_id, event_id, person_id, seats, response, source, language, said, received_at)
      select organization_id, ${event_id}, person_id, 1, 'signed_up', 'staff', 'en', null, now() from person returning organization_id, signup_id),
    shift as (insert into event_signup_shift (organization_id, signup_id, shift_id) select organization_id, signup_id, ${shift_id} from seat)
    insert into event_attendance (organization_id, signup_id, shift_id, attendance, at, made_by) select organization_id, signup_id, ${shift_id}, 'attended', now(), 'Ana' from seat`.execute(
    db,
  )
  const saved = await saveUniverse(db, organizer, { name: 'All', expression: 'status:active', note: null }, clock.now(), today) // prettier-ignore
  if (!saved.ok) throw new Error('not saved')
  const draft = { name: 'Postcard', kind: 'postcard_6x9', lane: 'non_partisan', level: null, universe_id: saved.universe_id, languages: 'theirs', households: 'person', return_name: 'Neighbors', return_address: '35-12 Union St\nFlushing NY 11354', attribution: {} } as const // prettier-ignore
  const drop_id = await makeDrop(db, organizer, draft, clock.now())
  expect(await freezeDrop(db, organizer, drop_id, clock.now(), today)).toEqual({ ok: true, pieces: people.length })
  for (const { person_id, voter_id } of people)
    for (let facts = Math.floor(random() * 4); facts > 0; facts -= 1) await happen(person_id, voter_id)

  const answers = Object.fromEntries(
    await Promise.all(
      channels.map(
        async (channel) => [channel, await mayContactAll(db, organization_id, people, channel, 'news')] as const,
      ),
    ),
  ) as Record<Channel, Awaited<ReturnType<typeof mayContactAll>>> // all four are there
  const truth = (channel: Channel) =>
    new Map(answers[channel].map(({ person_id, reason }) => [person_id, named(reason)]))
  const open = (channel: Channel) => people.filter(({ person_id }) => truth(channel).get(person_id) === 'open')
  const sorted = (list: Iterable<number | string>) => [...list].toSorted()
  const idsOf = (list: readonly { person_id: string }[]) => sorted(list.map(({ person_id }) => person_id))
  const votersOf = (list: readonly { voter_id: number }[]) => sorted(list.map(({ voter_id }) => voter_id))
  // Every way there is was tried.
  for (const channel of channels)
    expect([channel, new Set(truth(channel).values())]).toEqual([channel, new Set(['open', 'marked', 'opted_out', ...({ post: ['closed_home'], phone: [], text: ['unreachable'], email: ['unreachable', 'paused'] } as const)[channel]])]) // prettier-ignore

  // mailings: the list, and again when each mail is handed over.
  const compiled = await compilePeople(db, 'tag:all', organization_id, today, { marked: true })
  if (!compiled.ok) throw new Error('not understood')
  const asked = { organization_id, lane: 'non_partisan', topic_id: null, languages: ['en', 'ko'], today } as const
  const { rows: list } = await recipients(compiled.people, asked).execute(db)
  const asList = ({ why }: Pick<Recipient, 'why'>): Said => (why === null ? 'open' : why === 'marked' || why === 'opted_out' || why === 'paused' || why === 'not_topic' ? why : 'unreachable') // prettier-ignore
  expect(new Map(list.map((row) => [row.person_id, asList(row)]))).toEqual(truth('email'))
  const { rows: handed } = await sql<{ person_id: string; why: Recipient['why'] }>`
    select p.person_id, ${whyNot(organization_id, sql`box.email`, today, null)} as why from person p ${saidAndWished(organization_id)}
    join unnest(${list.map(({ person_id }) => person_id)}::uuid[], ${list.map(({ address }) => address)}::text[]) box (person_id, email) on box.person_id = p.person_id
    where box.email is not null`.execute(db)
  for (const row of handed)
    expect([row.person_id, asList(row)]).toEqual([row.person_id, truth('email').get(row.person_id)])

  // journeys
  const journey_id = await makeJourney(db, organizer, { starter: 'lapsed', name: 'All', event_id: null }, { t: translator('en'), today, now: clock.now() }) // prettier-ignore
  await inTransaction(db, (tx) => changeJourney(tx, organizer, journey_id, { name: 'All', lane: 'non_partisan', expression: 'tag:all', exits: '', takes_all: true, rest_hours: 0 })) // prettier-ignore
  await startJourney(db, organizer, journey_id, clock.now())
  await tendJourney({ database, clock }, { organization_id, journey_id })
  const walkers = await db
    .selectFrom('mail_journey_person')
    .select('person_id')
    .where('journey_id', '=', journey_id)
    .execute()
  expect(idsOf(walkers)).toEqual(idsOf(open('email')))

  // A topic of e-mail: the same question with it, the list, and each mail as it is handed over.
  const { topic_id } = await db.insertInto('mail_topic').values({ organization_id, name: JSON.stringify({ en: 'Rent' }), about: '{}', is_for_all: false, made_by: 'Ana', made_at: clock.now() }).returning('topic_id').executeTakeFirstOrThrow() // prettier-ignore
  await sql`insert into mail_topic_wish (organization_id, person_id, topic_id, is_wanted, changed_at, changed_by)
    select ${organization_id}, person_id, ${topic_id}, voter_id % 3 = 0, now(), 'Ana' from person where voter_id % 2 = 0`.execute(
    db,
  )
  const onTopic = new Map((await mayContactAll(db, organization_id, people, 'email', 'news', null, topic_id)).map(({ person_id, reason }) => [person_id, named(reason)])) // prettier-ignore
  expect(new Set(onTopic.values())).toEqual(
    new Set(['open', 'marked', 'opted_out', 'paused', 'not_topic', 'unreachable']),
  )
  const { rows: topical } = await recipients(compiled.people, { ...asked, topic_id }).execute(db)
  expect(new Map(topical.map((row) => [row.person_id, asList(row)]))).toEqual(onTopic)

  // events: whom one invites
  const stranger = await makeEvent(db, organizer, {}, clock.now())
  expect((await invitable(db, organization_id, stranger, people.map(({ person_id }) => person_id))).by_mail).toBe(open('email').length) // prettier-ignore

  // people: what a profile says
  for (const { person_id, voter_id } of people.slice(0, 40)) {
    const profile = found(await profileOf(db, organization_id, { person_id, voter_id }))
    for (const channel of channels) expect([voter_id, channel, named(profile.answers[channel].reason)]).toEqual([voter_id, channel, truth(channel).get(person_id)]) // prettier-ignore
  }

  // endorsements, membership and whoever else writes to people by name
  expect(sorted((await mailboxesOf(db, organization_id, people.map(({ person_id }) => person_id), 'news')).keys())).toEqual(idsOf(open('email'))) // prettier-ignore

  // events: thanks by e-mail, asking once more by telephone
  const thanked = await toThank(db, organization_id, event_id)
  expect(idsOf(thanked.filter(({ is_refused }) => !is_refused))).toEqual(idsOf(people.filter(({ person_id }) => !['marked', 'opted_out', 'paused'].includes(truth('email').get(person_id) ?? '')))) // prettier-ignore
  // Whoever signed up with a mailbox that was stopped since is thanked at the one on their profile.
  const [elsewhere] = open('email')
  await sql`update event_signup set mail_to = 'elsewhere@example.org' where person_id = ${elsewhere?.person_id}`.execute(
    db,
  )
  const thankedAt = async () => (await toThank(db, organization_id, event_id)).find(({ person_id }) => person_id === elsewhere?.person_id)?.mail_to // prettier-ignore
  expect(await thankedAt()).toBe('elsewhere@example.org')
  await sql`insert into mail_stop (organization_id, address_hash, reason, since, evidence)
    values (${organization_id}, mail_address_hash(${organization_id}, 'elsewhere@example.org'), 'unsubscribed', now(), 'link')`.execute(
    db,
  )
  expect(await thankedAt()).toMatch(/^(reader|second)\d+@example\.org$/)
  const toCall = await unconfirmedOf(db, organization_id, event_id, { since: clock.now() })
  expect(idsOf(toCall.filter(({ is_closed }) => !is_closed))).toEqual(idsOf(open('phone')))

  // lists of people as files
  const everybody = await compilePeople(db, 'tag:all', organization_id, today, { marked: true })
  if (!everybody.ok) throw new Error('not understood')
  const lines = await peopleLines(db, everybody.people, 'all')
  expect(idsOf(lines.filter(({ email }) => email !== null))).toEqual(idsOf(open('email')))
  expect(idsOf(lines.filter(({ address }) => address !== null))).toEqual(idsOf(open('post')))

  // exports of universes
  const universe = await compileUniverse(db, 'suppressed:any or party:dem', organization_id, today)
  if (!universe.ok) throw new Error('not understood')
  await sql`update voter_phone set kind = 'mobile'`.execute(database.owner)
  for (const [channel, layout] of [['phone', 'dialer'], ['text', 'texting'], ['email', 'newsletter']] as const) {
    const file = { organization_id, today, channel, layout }
    const { rows } = await rowsOf(file, universe.universe, ['voter_id']).execute(db)
    expect([channel, sorted(rows.map(({ cells }) => Number(cells[0])))]).toEqual([channel, votersOf(open(channel))])
    const { left_out } = await expected(db, file, universe.universe, null)
    const counted = (said: Said) => [...truth(channel).values()].filter((each) => each === said).length
    expect([channel, left_out.opted_out]).toEqual([channel, counted('opted_out')])
    expect([channel, left_out.paused ?? 0]).toEqual([channel, counted('paused')])
  } // prettier-ignore

  // post: the list of a drop, and what was said since
  const { rows: posted } = await postRowsOf({ organization_id, today }, universe.universe, await homesByHand(db, organization_id)).execute(db) // prettier-ignore
  const asPost = (left_out: string | null): Said => (left_out === null ? 'open' : left_out === 'opted_out' ? 'opted_out' : left_out === 'no_paper' ? 'closed_home' : left_out === 'no_address' ? 'unreachable' : 'marked') // prettier-ignore
  const byVoter = new Map(people.map(({ person_id, voter_id }) => [voter_id, truth('post').get(person_id)]))
  const mailhouse = { organization_id, today, channel: 'post', layout: 'mailhouse' } as const
  const atHome = new Set(
    await closedHomes(db, mailhouse, universe.universe, await homesByHand(db, organization_id), null),
  )
  expect(new Map(posted.map(({ voter_id, left_out }) => [voter_id, asPost(left_out ?? (atHome.has(voter_id) ? 'no_paper' : null))]))).toEqual(byVoter) // prettier-ignore
  const pieces = await expected(db, mailhouse, universe.universe, null)
  expect(pieces.left_out.no_paper).toBe([...byVoter.values()].filter((said) => said === 'closed_home').length)
  const again = await makeDrop(db, organizer, draft, clock.now())
  await freezeDrop(db, organizer, again, clock.now(), today)
  // The universe itself leaves out whoever is marked for any channel.
  const mailed = await db.selectFrom('postal_recipient').select('voter_id').where('drop_id', '=', again).execute()
  expect(mailed.length).toBeGreaterThan(60)
  expect(mailed.filter(({ voter_id }) => byVoter.get(voter_id) !== 'open')).toEqual([])
  const atClosed = await db.selectFrom('postal_left_out').select('voter_id').where('drop_id', '=', again).where('reason', '=', 'no_paper').execute() // prettier-ignore
  expect(atClosed.length).toBeGreaterThan(0)
  expect(atClosed.filter(({ voter_id }) => byVoter.get(voter_id) !== 'closed_home')).toEqual([])
  expect(await closedSince(db, { organization_id, drop_id, lane: 'non_partisan' }, '2026-11-23')).toBe(
    [...byVoter.values()].filter((said) => said !== 'open').length,
  )
})

test('a further row of the rules that asks for consent holds for mailings and journeys too, when listed and when handed over', async () => {
  await sql`insert into contact_rule (channel, purpose, valid_from, needs_consent, heeds_refusal, needs_record, source, checked_on)
    values ('email', 'news', '2026-11-20', true, true, false, 'made up', '2026-11-20')`.execute(database.owner)
  const people = (await db.selectFrom('person').select('person_id').where('merged_into', 'is', null).execute()).map(({ person_id }) => ({ person_id, voter_id: null }))
  for (const { person_id } of people.slice(0, 60))
    await recordConsent(db, organizer, person_id, { channel: 'email', is_given: true, evidence: 'told us' })
  const answers = await mayContactAll(db, organization_id, people, 'email', 'news')
  const truth = new Map(answers.map(({ person_id, reason }) => [person_id, named(reason)]))
  expect(answers.filter(({ reason }) => reason === 'no_consent').length).toBeGreaterThan(20)
  const openIds = answers.flatMap(({ person_id, reason }) => (reason === null ? [person_id] : [])).toSorted()
  expect(openIds.length).toBeGreaterThan(3)
  const compiled = await compilePeople(db, 'tag:all', organization_id, today, { marked: true })
  if (!compiled.ok) throw new Error('not understood')
  const asked = { organization_id, lane: 'non_partisan', topic_id: null, languages: ['en', 'ko'], today } as const
  const { rows: list } = await recipients(compiled.people, asked).execute(db)
  const as = (why: Recipient['why']): Said => (why === null ? 'open' : why === 'marked' || why === 'opted_out' || why === 'paused' || why === 'not_topic' ? why : 'unreachable')
  expect(new Map(list.map(({ person_id, why }) => [person_id, as(why)]))).toEqual(truth)
  const { rows: handed } = await sql<{ person_id: string; why: Recipient['why'] }>`
    select p.person_id, ${whyNot(organization_id, sql`box.email`, today, null)} as why from person p ${saidAndWished(organization_id)}
    join unnest(${list.map(({ person_id }) => person_id)}::uuid[], ${list.map(({ address }) => address)}::text[]) box (person_id, email) on box.person_id = p.person_id
    where box.email is not null`.execute(db)
  expect(handed.filter(({ why }) => why === 'no_consent').length).toBeGreaterThan(20)
  for (const { person_id, why } of handed) expect([person_id, as(why)]).toEqual([person_id, truth.get(person_id)])
  const journey_id = await makeJourney(db, organizer, { starter: 'lapsed', name: 'Asked', event_id: null }, { t: translator('en'), today, now: clock.now() })
  await inTransaction(db, (tx) => changeJourney(tx, organizer, journey_id, { name: 'Asked', lane: 'non_partisan', expression: 'tag:all', exits: '', takes_all: true, rest_hours: 0 }))
  await startJourney(db, organizer, journey_id, clock.now())
  await tendJourney({ database, clock }, { organization_id, journey_id })
  const walkers = await db.selectFrom('mail_journey_person').select('person_id').where('journey_id', '=', journey_id).execute()
  expect(walkers.map(({ person_id }) => person_id).toSorted()).toEqual(openIds)
}) // prettier-ignore

test('where anybody may write any mailbox, nothing is mailed to one that complained or wants nothing', async () => {
  await sql`insert into mail_stop (organization_id, address_hash, reason, since, evidence)
    values (${organization_id}, mail_address_hash(${organization_id}, 'complained@example.org'), 'complaint', now(), 'report')`.execute(db)
  await inTransaction(db, (tx) => closeOne(tx, organizer, organization_id, { kind: 'email', value: 'nothing@example.org', list: 'Earlier service', evidence: 'x' }, clock.now()))
  const person_id = (await db.selectFrom('person').select('person_id').limit(1).executeTakeFirstOrThrow()).person_id
  for (const to of ['complained@example.org', 'nothing@example.org', 'fine@example.org'])
    for (const job of [sendConfirmJob, sendLinkJob])
      await addJob(db, job, { to, subject: 'Was it you?', text: 'x', language: 'en', of: { organization_id, whom: { person_id } } })
  await workOff(world, [sendConfirmJob, sendLinkJob])
  expect(world.mails.flatMap(({ to, subject }) => (subject === 'Was it you?' ? [to] : []))).toEqual(['fine@example.org', 'fine@example.org'])
}) // prettier-ignore

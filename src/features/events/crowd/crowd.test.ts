import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { systemActor } from '../../../platform/audit.ts'
import { inTurnTogether } from '../../../platform/in-turn.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { createPerson, recordConsent } from '../../people/commands.ts'
import { mergePeople } from '../../people/merge/commands.ts'
import { PersonForm } from '../../people/schema.ts'
import { addPerson, signUp, type SentSignUp } from '../commands.ts'
import { shiftsOf, signupsOf } from '../queries.ts'
import { makeEvent } from '../testing.ts'
import { signUpTogether, type Sending } from './commands.ts'

const world = await makeWorld()
const { ours, theirs } = world
const { clock } = world.installation
const now = clock.now()
const of = [ours, theirs].map(({ organization_id, organizer }) => ({
  organization_id,
  organizer: { ...organizer, id: 'organizer', name: 'Organizer' },
  db: world.database.of(organization_id),
  actor: { ...systemActor(organization_id, 'Picnic'), id: 'event' },
}))

const blank = PersonForm.parse({})
/** The same people in both organizations: a household of one number, two who may be one, somebody put together, somebody who opted out. */
for (const { db, organizer } of of) {
  const add = async (facts: Partial<Parameters<typeof createPerson>[2]>) =>
    (await createPerson(db, organizer, { ...blank, ...facts }, 'hand')).person_id
  await add({ first_name: 'Yuna', last_name: 'Kim', name_hangul: '김유나', phones: ['+17185550101'], emails: ['yuna@example.org'] }) // prettier-ignore
  await add({ first_name: 'Minho', last_name: 'Kim', phones: ['+17185550101'], emails: ['minho@example.org'] })
  for (let twice = 0; twice < 2; twice++) await add({ first_name: 'Jin', last_name: 'Park', emails: ['jin@example.org'] }) // prettier-ignore
  const ara = await add({ first_name: 'Ara', last_name: 'Choi', emails: ['ara@example.org'] })
  await recordConsent(db, organizer, ara, { channel: 'email', is_given: false, evidence: 'said so' })
  const dana = await add({ first_name: 'Dana', last_name: 'Seo', emails: ['dana@example.org'] })
  const earlier = await add({ first_name: 'Dahna', last_name: 'Seo', phones: ['+17185550104'] })
  await mergePeople(db, organizer, dana, earlier, [])
  // Somebody who reads it stopped it.
  for (const mailbox of ['home@example.org', 'jin@example.org'])
    await sql`insert into mail_stop (organization_id, address_hash, reason, since, evidence)
      values (${organizer.organization_id}, mail_address_hash(${organizer.organization_id}, ${mailbox}), 'unsubscribed', now(), 'one click')`.execute(
      db,
    )
}

const said = (first_name: string, last_name: string, email: string | null, phone: string | null, name_hangul: string | null = null) => ({ first_name, last_name, name_hangul, email, phone }) // prettier-ignore
const sayings = [
  said('Yuna', 'Kim', 'Yuna@example.org', null),
  said('Yuna', 'Kim', 'yuna@example.org', '+17185550101', '김유나'),
  said('Minho', 'Kim', null, '+17185550101'),
  said('Minho', 'Kim', 'minho@example.org', '+17185550109', '김민호'),
  said('Jin', 'Park', 'jin@example.org', null),
  said('Ara', 'Choi', 'ara@example.org', null),
  said('Dana', 'Seo', 'dana@example.org', null),
  said('Dana', 'Seo', null, '+17185550104'),
  said('Other', 'Kim', 'yuna@example.org', null),
  said('Nobody', 'Atall', 'nobody@example.org', '+17185550111'),
  said('Nobody', 'Atall', 'Nobody@Example.org', null),
  said('Minseo', 'Home', 'home@example.org', null),
]
let made = 0
const newcomer = () => said(`New${++made}`, 'Comer', `new${made}@example.org`, `+1718556${1000 + made}`)

const sending = fc.record({
  who: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 4, arbitrary: fc.nat(sayings.length - 1) }),
  named: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 2 }) }),
  guests: fc.constantFrom(0, 0, 0, 1, 2),
  consents: fc.subarray(['email', 'text'] as const),
  /** The same as one before was sent again. */
  again: fc.option(fc.nat(5), { freq: 8 }),
  is_shift_gone: fc.nat(20).map((one) => one === 0),
  under_age: fc.nat(8).map((one) => one === 0),
})

test('a crowd written together is what it would be one after the other', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(sending, { minLength: 2, maxLength: 14 }),
      fc.record({
        capacity: fc.option(fc.integer({ min: 1, max: 9 })),
        has_wait_list: fc.boolean(),
        needs_approval: fc.nat(4).map((one) => one === 0),
        is_one_invited: fc.boolean(),
      }),
      async (drawn, { capacity, is_one_invited, ...settings }) => {
        const sent: Omit<SentSignUp, 'shift_ids'>[] = []
        const gone = randomUUID()
        for (const { who, named, guests, consents, again, under_age } of drawn) {
          const before = again === null ? undefined : sent[again]
          sent.push(
            before ?? {
              signup_id: randomUUID(),
              said: who === null ? newcomer() : (sayings[who] ?? newcomer()),
              named: Array.from({ length: named }, () => ({ first_name: `Guest${++made}`, last_name: 'Comer' })),
              guests,
              answers: { 'q.diet': 'none' },
              consents: consents.map((channel) => ({ channel, wording: `By ${channel}, please.` })),
              language: 'ko',
              source: 'web',
              ...(under_age && {
                is_minor: true,
                guardian: { name: 'Mother', phone: '+17185550190', relation: 'parent' },
              }),
            },
          )
        }
        const ended = []
        for (const [nth, { db, organizer, actor, organization_id }] of of.entries()) {
          const event_id = await makeEvent(db, organizer, { ...settings, ...(capacity !== null && { capacity }) }, now)
          const shift_ids = (await shiftsOf(db, organization_id, [event_id])).map(({ shift_id }) => shift_id)
          if (is_one_invited) {
            const { person_id } = await db.selectFrom('person').select('person_id').where('organization_id', '=', organization_id)
              .where('first_name', '=', 'Minho').orderBy('created_at').executeTakeFirstOrThrow() // prettier-ignore
            await addPerson(db, organizer, event_id, { who: person_id, as: 'invited', shift_ids }, now)
          }
          const all: Sending[] = sent.map((each, at) => ({
            actor,
            event_id,
            now: new Date(now.getTime() + at),
            sent: { ...each, shift_ids: drawn[at]?.is_shift_gone ? [gone] : shift_ids },
          }))
          const answers = []
          if (nth === 0) for (const each of all) answers.push(await signUp(db, actor, event_id, each.sent, each.now))
          else answers.push(...(await signUpTogether(db, all)))
          ended.push({ answers: answers.map(withoutInvited(sent)), is: await everythingOf(organization_id, event_id) })
        }
        expect(ended[1]).toEqual(ended[0])
      },
    ),
    { numRuns: 30 },
  )
}, 900_000)

/** Of an invitation the id is the organization's own. */
const withoutInvited = (sent: readonly { signup_id: string }[]) => (answer: Awaited<ReturnType<typeof signUp>>) =>
  answer.ok && !sent.some(({ signup_id }) => signup_id === answer.signup_id) ? { ...answer, signup_id: null } : answer

/** What stands in the database of an event and of all people, with names in place of ids. */
async function everythingOf(organization_id: string, event_id: string): Promise<unknown> {
  const { rows } = await sql<{ of: string; row: Record<string, unknown> }>`
    with named as (select p.person_id, coalesce(p.first_name, '') || ' ' || coalesce(p.last_name, '') || ' ' || coalesce(p.name_hangul, '') || coalesce(
          ' ' || (select string_agg(m.email, ' ' order by m.email) from person_email m where m.organization_id = p.organization_id and m.person_id = p.person_id), '') as name,
        to_jsonb(p) - array['organization_id', 'person_id', 'created_at', 'updated_at', 'merged_into'] as facts
      from person p where p.organization_id = ${organization_id}::uuid),
    signup as (select s.*, n.name from event_signup s join named n using (person_id) where s.organization_id = ${organization_id}::uuid and s.event_id = ${event_id}::uuid),
    found as (
      select 'person' as of, n.name as by, n.facts || jsonb_build_object(
          'phones', (select jsonb_agg(to_jsonb(x) - array['organization_id', 'person_id', 'added_at'] order by x.phone) from person_phone x where x.organization_id = ${organization_id}::uuid and x.person_id = n.person_id),
          'emails', (select jsonb_agg(to_jsonb(x) - array['organization_id', 'person_id', 'added_at', 'claimed_at', 'vouched_at'] || jsonb_build_object('is_claimed', x.claimed_at is not null, 'is_vouched', x.vouched_at is not null) order by x.email) from person_email x where x.organization_id = ${organization_id}::uuid and x.person_id = n.person_id),
          'keys', (select jsonb_agg(x.key order by x.key) from person_search x where x.organization_id = ${organization_id}::uuid and x.person_id = n.person_id),
          'notes', (select jsonb_agg(x.body || x.written_by order by x.body) from note x where x.organization_id = ${organization_id}::uuid and x.person_id = n.person_id),
          'consents', (select jsonb_agg(x.channel || x.is_given || x.evidence || x.recorded_by order by x.channel, x.evidence, x.is_given) from consent x where x.organization_id = ${organization_id}::uuid and x.person_id = n.person_id)) as row
        from named n
      union all select 'pair', least(a.name, b.name), jsonb_build_array(least(a.name, b.name), greatest(a.name, b.name)) from person_pair x
        join named a on a.person_id = x.person_a join named b on b.person_id = x.person_b where x.organization_id = ${organization_id}::uuid
      union all select 'signup', lpad(row_number() over (order by s.arrival)::text, 9, '0'),
          to_jsonb(s) - array['organization_id', 'signup_id', 'event_id', 'person_id', 'host_signup_id', 'arrival', 'ticket', 'changed_in', 'told_at', 'received_at']
            || jsonb_build_object('host', (select h.name from signup h where h.signup_id = s.host_signup_id), 'told_at', extract(epoch from s.told_at), 'received_at', extract(epoch from s.received_at),
              'shifts', (select count(*) from event_signup_shift x where x.organization_id = s.organization_id and x.signup_id = s.signup_id),
              'guardian', (select g.name from event_guardian g where g.organization_id = s.organization_id and g.signup_id = s.signup_id))
        from signup s
      union all select 'response', lpad(row_number() over (order by r.response_id)::text, 9, '0'), jsonb_build_array(s.name, r.response, r.why, extract(epoch from r.at), r.made_by)
        from event_response r join signup s using (organization_id, signup_id)
      union all select 'mail', s.name, j.payload::jsonb - array['organization_id', 'event_id', 'signup_id']
        from graphile_worker._private_jobs j join signup s on s.signup_id::text = j.payload ->> 'signup_id' where j.payload ->> 'organization_id' = ${organization_id}::text
      union all select 'asked', m.mail_to, jsonb_build_array(count(*)) from event_mail_asked m where m.organization_id = ${organization_id}::uuid group by m.mail_to
      union all select 'audit', a.action, jsonb_build_array(a.actor_kind, a.actor_id, a.actor_name, a.subject, a.before, a.after - 'person_id', (select n.name from named n where n.person_id::text in (a.after ->> 'person_id', a.subject_id)))
        from audit_entry a where a.organization_id = ${organization_id}::uuid and a.action not like 'event.create' and a.action not like 'person.merge')
    select of, row from found order by of, by, row::text`.execute(world.database.owner)
  return rows
}

test('among many at once, whoever is new at a mailbox that somebody stopped has not agreed to anything', async () => {
  const [{ db, organizer, actor, organization_id }] = of as [(typeof of)[number], ...unknown[]]
  const event_id = await makeEvent(db, organizer, {}, now)
  const shift_ids = (await shiftsOf(db, organization_id, [event_id])).map(({ shift_id }) => shift_id)
  const consents: SentSignUp['consents'] = [{ channel: 'email', wording: 'News' }]
  const sent = [newcomer(), said('Quite', 'New', 'home@example.org', null), newcomer()]
  await signUpTogether(db, sent.map((each) => ({
    actor,
    event_id,
    now,
    sent: { signup_id: randomUUID(), said: each, named: [], guests: 0, answers: {}, consents, shift_ids, language: 'ko', source: 'web' },
  })))
  const agreed = async (email: string) => (await db.selectFrom('person_email').innerJoin('consent', 'consent.person_id', 'person_email.person_id').innerJoin('person', 'person.person_id', 'person_email.person_id').select('is_given').where('person_email.organization_id', '=', organization_id).where('email', '=', email).where('last_name', 'in', ['New', 'Comer']).execute()).length
  expect(await Promise.all(sent.map(({ email }) => agreed(email ?? '')))).toEqual([1, 0, 1])
}) // prettier-ignore

test('of five hundred at once with one who cannot be taken in, all others are, in their order, and no seat is given twice', async () => {
  const [{ db, organizer, actor, organization_id }] = of as [(typeof of)[number], ...unknown[]]
  const event_id = await makeEvent(db, organizer, { capacity: 30, has_wait_list: true }, now)
  const shift_ids = (await shiftsOf(db, organization_id, [event_id])).map(({ shift_id }) => shift_id)
  const sendings = Array.from({ length: 500 }, (): Sending => ({
    actor,
    event_id,
    now,
    sent: { signup_id: randomUUID(), said: newcomer(), named: [], guests: 0, answers: {}, consents: [], shift_ids, language: 'ko', source: 'web' },
  })) // prettier-ignore
  // Nothing that PostgreSQL keeps.
  const wrong = sendings[234]
  if (wrong) wrong.sent.said = { ...newcomer(), last_name: 'Co\u0000mer' }
  const ended = await Promise.allSettled(sendings.map((each) => inTurnTogether(organization_id, db, signUpTogether, each))) // prettier-ignore
  expect(ended.flatMap(({ status }, nth) => (status === 'rejected' ? [nth] : []))).toEqual([234])
  const rows = await signupsOf(db, organization_id, event_id)
  expect(rows.map(({ said }) => said?.email)).toEqual(
    sendings.flatMap(({ sent }, nth) => (nth === 234 ? [] : [sent.said.email])),
  )
  expect(rows.map(({ response }) => response)).toEqual([
    ...Array<string>(30).fill('signed_up'),
    ...Array<string>(469).fill('wait_listed'),
  ])
}, 600_000)

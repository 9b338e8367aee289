import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { membersOn } from '../../features/endorsements/ballots/queries.ts'
import { decideApplication, enterApplication } from '../../features/leadership/cohorts/commands.ts'
import { receivePerson } from '../../features/people/arrivals/commands.ts'
import {
  addNote,
  addTag,
  createPerson,
  linkVoter,
  mark,
  recordConsent,
  saveEmail,
} from '../../features/people/commands.ts'
import { mayContact } from '../../features/people/consent.ts'
import { notingMails } from '../../features/people/mail.ts'
import { mergePeople } from '../../features/people/merge/commands.ts'
import { PersonForm } from '../../features/people/schema.ts'
import { addNamedVoters } from '../../features/people/testing.ts'
import { audit, systemActor } from '../../platform/audit.ts'
import { dateIn } from '../../platform/clock.ts'
import { Conflict, NotFound } from '../../platform/errors.ts'
import { languages } from '../../platform/i18n/languages.ts'
import { translator } from '../../platform/i18n/messages.ts'
import { makeWorld } from '../../platform/testing/world.ts'
import { routes } from '../routes.ts'
import { fillOrganization } from '../testing.ts'
import { erasePerson, heldAbout, unread } from './commands.ts'
import { heldLinkJob } from './jobs.ts'
import { heldBy, heldPath } from './links.ts'
import { wordFor, wordKey } from './pages.tsx'
import { askTexts, askTranslator } from './public-texts.ts'
import { kept, treatments } from './treatments.ts'

const world = await makeWorld()
const { ours, theirs, installation } = world
const { organization_id, organizer } = ours
const { owner } = world.database
const db = world.database.of(organization_id)
const us = world.as(organizer, routes)
const everybody = world.as(null, routes)
const things = await fillOrganization(world, organizer, 0)
const now = () => installation.clock.now()
const { data } = installation.config
const nobody = PersonForm.parse({})
await addNamedVoters(owner, [
  { voter_id: 9001, last_name: 'Noh', first_name: 'Somin', phones: ['+17185550372'] },
  { voter_id: 9002, last_name: 'Ahn', first_name: 'Dana', phones: ['+17185550374'] },
])
let made = 0
/** Somebody wrote to us from there. */
async function wroteFrom(phone: string, body: string) {
  made += 1
  await sql`insert into inbound_text (organization_id, carrier, message_id, phone, body, means, received_at)
    values (${organization_id}, 'test', ${`m${made}`}, ${phone}, ${body}, 'other', ${now()})`.execute(db)
}
/** We wrote to a voter, there. */
const wroteTo = (voter_id: number, phone: string, body: string) =>
  sql`insert into phone_bank_text (organization_id, text_id, phone_bank_id, voter_id, phone, body, made_at, state_at)
    select ${organization_id}::uuid, ${randomUUID()}::uuid, phone_bank_id, ${voter_id}, ${phone}, ${body}, ${now()}, ${now()} from phone_bank where organization_id = ${organization_id} limit 1`.execute(
    db,
  )

/** Every table of the database in which this stands, the owner's look. */
async function tablesWith(text: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`.execute(
    owner,
  )
  const found: string[] = []
  for (const { name } of rows) {
    const { rows: hits } = await sql`
      select from ${sql.table(name)} t where t::text ilike ${`%${text}%`} limit 1`.execute(owner)
    if (hits.length > 0) found.push(name)
  }
  return found
}

test('every table of an organization that names a person or voter is treated when they are erased', async () => {
  const { rows } = await sql<{ name: string; columns: string }>`
    select c.relname as name, string_agg(a.attname, ', ') as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'person'
      and exists (select from pg_attribute o where o.attrelid = c.oid and o.attname = 'organization_id' and not o.attisdropped)
      and (a.attname ~ '(^|_)(person|voter)(_id|_ids|_a|_b)?$'
        or exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and a.attnum = any(k.conkey)
          and k.confrelid = 'person'::regclass and a.attname <> 'organization_id'))
    group by 1 order by 1`.execute(owner)
  const treated = new Set([...treatments.map(({ table }) => table), ...Object.keys(kept)])
  expect(rows.length).toBeGreaterThan(35)
  expect(rows.filter(({ name }) => !treated.has(name))).toEqual([])
})

test.each(languages)('each table has a name people read, in %s', (language) => {
  const t = translator(language)
  const unnamed = ['person', ...treatments.map(({ table }) => table)].filter(
    (table) => !unread.has(table) && wordFor(t, 'table', table) === null,
  )
  expect(unnamed).toEqual([])
})

test.each([
  ['mail_delivery', 'state', '상태'],
  ['postal_piece', 'state', '주'],
  ['postal_piece', 'number', '우편물 번호'],
  ['postal_piece', 'kind', null],
  ['task', 'tell_owner_since', null],
])('what is held in %s.%s is called so in Korean: %s', (table, column, word) => {
  expect(wordFor(translator('ko'), 'field', column, table)).toBe(word)
})

test('every word of somebody’s own page is there in Chinese and Spanish', async () => {
  const { rows } = await sql<{ name: string; column: string }>`
    select c.relname as name, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relname = any(${['person', ...treatments.map(({ table }) => table), ...Object.keys(kept)]}::text[]) and not c.relispartition`.execute(owner) // prettier-ignore
  const shown = rows.filter(({ name }) => !unread.has(name))
  const keys = [
    ...shown.map(({ name }) => wordKey('table', name)),
    ...shown.flatMap(({ name, column }) => (column.endsWith('_id') && column !== 'voter_id' ? [] : wordKey('field', column, name))),
  ]
  expect([...new Set(keys)].filter((key) => key !== null && !(key in askTexts))).toEqual([])
}) // prettier-ignore

async function marked() {
  const facts = {
    ...nobody,
    first_name: 'Zyxmarker',
    last_name: 'Noh',
    name_hangul: '표지',
    emails: ['zyxmarker@example.org'],
    phones: ['+17185550371'],
  }
  const { person_id } = await createPerson(db, organizer, facts, 'hand')
  await addNote(db, organizer, person_id, 'Zyxmarker likes tea')
  await addTag(db, organizer, person_id, 'choir')
  await recordConsent(db, organizer, person_id, { channel: 'text', is_given: true, evidence: 'Zyxmarker wrote' })
  await mark(db, organizer, person_id, { reason: 'moved', note: 'Zyxmarker told us' })
  return person_id
}

test('who is erased stands nowhere any more, and is not contacted when they come in again', async () => {
  const first = await marked()
  const { person_id: second } = await createPerson(db, organizer, { ...nobody, first_name: 'Zyxmarker', last_name: 'N' }, 'hand') // prettier-ignore
  await mergePeople(db, organizer, first, second, [])
  await sql`insert into contact_attempt (organization_id, attempt_id, person_id, channel, disposition, is_reached, phone, made_by, attempted_at, note)
    values (${organization_id}, ${randomUUID()}, ${first}, 'phone', 'canvassed', true, '+17185550371', 'Ana', ${now()}, 'Zyxmarker says yes')`.execute(
    db,
  )
  await sql`update event_signup set person_id = ${first}, said = '{"first_name":"Zyxmarker"}', mail_to = 'zyxmarker@example.org'
    where signup_id = (select signup_id from event_signup where organization_id = ${organization_id} limit 1)`.execute(
    db,
  )
  await sql`update person set voter_id = 9001 where person_id = ${first}`.execute(db)
  await sql`update person_phone set quality = 'good' where person_id = ${first}`.execute(db)
  for (const phone of ['+17185550371', '+17185550372']) await wroteFrom(phone, 'Zyxmarker writes')
  await wroteTo(9001, '+17185550371', 'Dear Zyxmarker')
  await sql`update event_proposal set said = '{"first_name":"Zyxmarker"}', mail_to = 'zyxmarker@example.org', person_id = null
    where proposal_id = (select proposal_id from event_proposal where organization_id = ${organization_id} limit 1)`.execute(
    db,
  )
  await sql`update phone_bank_sheet_line set voter_id = 9001, phone = '+17185550371', typed = null
    where (sheet_id, line) = (select sheet_id, line from phone_bank_sheet_line where organization_id = ${organization_id} limit 1)`.execute(
    db,
  )
  const question_id = randomUUID()
  await sql`insert into event_panel_question (organization_id, question_id, event_id, signup_id, asked, language, text, state, made_at, made_by)
    select ${organization_id}::uuid, ${question_id}::uuid, event_id, signup_id, 'Zyxmarker asks', 'en', '{"en":"Zyxmarker asks"}', 'open', ${now()}, 'Ana'
    from event_signup where person_id = ${first} limit 1`.execute(db)
  await audit(db, organizer, { action: 'event.question_edit', subject: 'event', subject_id: randomUUID(), before: { text: { en: 'Zyxmarker asks' } }, after: { question_id, text: { en: 'Zyxmarker wonders' } } }) // prettier-ignore
  await audit(db, organizer, { action: 'household.update', subject: 'household', subject_id: randomUUID(), after: { members: [first, second], name: 'Zyxmarker’s home', note: 'two flats' } }) // prettier-ignore
  const named = await tablesWith('zyxmarker')
  for (const table of ['inbound_text', 'phone_bank_text', 'event_proposal', 'event_panel_question', 'audit_entry'])
    expect(named).toContain(table)
  expect(await tablesWith('7185550371')).toContain('phone_bank_sheet_line')
  expect(named.length).toBeGreaterThan(6)
  const attempts = await db.selectFrom('contact_attempt').select('attempt_id').execute()

  await erasePerson({ db, data }, organizer, first, now())

  expect(await tablesWith('zyxmarker')).toEqual([])
  expect(await tablesWith('7185550371')).toEqual([])
  // Of an entry about somebody else the rest stays.
  const about = await db.selectFrom('audit_entry').select('after').where('subject', '=', 'household').orderBy('audit_id', 'desc').limit(1).executeTakeFirstOrThrow() // prettier-ignore
  expect(about.after).toEqual({ members: [], name: '', note: 'two flats' })
  expect(await db.selectFrom('contact_attempt').select('attempt_id').execute()).toHaveLength(attempts.length)
  const entry = await db.selectFrom('audit_entry').selectAll().where('action', '=', 'person.erase').executeTakeFirstOrThrow() // prettier-ignore
  expect([entry.subject_id, entry.actor_name]).toEqual([first, organizer.name])
  await expect(erasePerson({ db, data }, organizer, first, now())).rejects.toThrow(NotFound)
  expect((await us.get(`/people/${first}`)).status).toBe(200)
  expect((await us.get(`/people/${first}/held`)).status).toBe(404)

  const again = await createPerson(db, organizer, { ...nobody, first_name: 'Zoe', emails: ['zyxmarker@example.org'], phones: ['+17185550371'] }, 'import') // prettier-ignore
  const may = async (channel: 'email' | 'phone') =>
    (await mayContact(db, organization_id, { person_id: again.person_id, voter_id: null }, channel, 'news')).reason
  expect([await may('email'), await may('phone')]).toEqual(['suppressed', 'no_address'])
})

const somebody = async (first_name: string, phones: string[], emails: string[] = []) =>
  (await createPerson(db, organizer, { ...nobody, first_name, last_name: 'Ryu', phones, emails }, 'form')).person_id

test('what came from a number that somebody typed for themselves is neither shown to them nor erased with them', async () => {
  await wroteTo(9002, '+17185550374', 'Dear Dana, about your loan')
  await wroteFrom('+17185550374', 'Dana: call me at the clinic')
  await wroteFrom('+17185550375', 'whoever this is')
  const stranger = await somebody('Kim', ['+17185550374', '+17185550375', '+17185550376'])
  await wroteFrom('+17185550376', 'Kim writes')
  const texts = async () => JSON.stringify(await heldAbout(db, organization_id, stranger))
  expect(await texts()).not.toMatch(/loan|clinic|whoever|Kim writes/)
  // A call has found them at both; one is another voter's in the file.
  await sql`update person_phone set quality = 'good' where person_id = ${stranger} and phone <> '+17185550375'`.execute(db) // prettier-ignore
  expect(await texts()).toContain('Kim writes')
  expect(await texts()).not.toMatch(/loan|clinic|whoever/)
  const other = await somebody('Lee', ['+17185550376'])
  expect(await texts()).not.toContain('Kim writes')
  await sql`delete from person_phone where person_id = ${other}`.execute(db)
  await erasePerson({ db, data }, organizer, stranger, now())
  const { rows } = await sql<{ body: string }>`
    select body from inbound_text where carrier = 'test' union all select body from phone_bank_text`.execute(db)
  const bodies = rows.map(({ body }) => body)
  expect(bodies).toEqual(expect.arrayContaining(['Dear Dana, about your loan', 'Dana: call me at the clinic', 'whoever this is'])) // prettier-ignore
  expect(bodies).not.toContain('Kim writes')
})

test('whoever asked at a shared number not to be called has asked for everybody there, erased or not', async () => {
  const one = await somebody('Sun', ['+17185550381', '+17185550382'])
  const other = await somebody('Bo', ['+17185550381', '+17185550382'])
  const phoneOf = async (person_id: string) =>
    (await mayContact(db, organization_id, { person_id, voter_id: null }, 'phone', 'news')).reason
  for (const phone of ['+17185550381', '+17185550382']) await mark(db, organizer, one, { reason: 'do_not_call', note: 'Sun said so', phone }) // prettier-ignore
  await sql`update person_phone set quality = 'disconnected' where person_id = ${one}`.execute(db)
  expect(await phoneOf(other)).toBe('no_address')
  await erasePerson({ db, data }, organizer, one, now())
  expect(await phoneOf(other)).toBe('no_address')
  expect(await tablesWith('Sun said so')).toEqual([])
})

test('a wrong number and a mailbox that was only claimed stay open to whoever has them', async () => {
  const wrong = await somebody('Wren', ['+17185550391', '+17185550392'], ['wren@example.org', 'claimed@example.org'])
  await sql`update person_phone set quality = 'wrong' where person_id = ${wrong} and phone = '+17185550391'`.execute(db)
  await sql`update person_email set claimed_at = now() where person_id = ${wrong} and email = 'claimed@example.org'`.execute(db) // prettier-ignore
  const owns = await somebody('Owen', ['+17185550391'], ['claimed@example.org'])
  const shares = await somebody('Shay', ['+17185550392'], ['wren@example.org'])
  // A call has found Wren there; the other number is what Wren typed, and Toni has it too.
  await sql`insert into person_phone (organization_id, person_id, phone, source) values (${organization_id}, ${wrong}, '+17185550393', 'form')`.execute(db) // prettier-ignore
  await sql`update person_phone set quality = 'good' where person_id = ${wrong} and phone = '+17185550392'`.execute(db)
  const typed = await somebody('Toni', ['+17185550393'])
  await erasePerson({ db, data }, organizer, wrong, now())
  const may = (person_id: string) =>
    Promise.all(
      (['phone', 'email'] as const).map(
        async (channel) =>
          (await mayContact(db, organization_id, { person_id, voter_id: null }, channel, 'news')).reason,
      ),
    )
  expect(await may(owns)).toEqual([null, null])
  expect(await may(shares)).toEqual(['no_address', 'suppressed'])
  expect((await may(typed))[0]).toBeNull()
})

test('a number of somebody erased is closed for whoever has it, though it was wrong for another', async () => {
  const line = '+17185550395'
  const wrong = await somebody('Wes', [line])
  const [one, other] = [await somebody('Rae', [line]), await somebody('Vee', [line])]
  // A call has proven it to be hers.
  await sql`update person_phone set quality = 'good' where person_id = ${one} and phone = ${line}`.execute(db)
  await mark(db, organizer, wrong, { reason: 'wrong_number', note: '', phone: line })
  await erasePerson({ db, data }, organizer, one, now())
  expect((await mayContact(db, organization_id, { person_id: other, voter_id: null }, 'phone', 'news')).reason).toBe('no_address') // prettier-ignore
})

test('what is held says each thing by its own word and in the order it was written down', async () => {
  const { person_id } = await createPerson(db, organizer, { ...nobody, first_name: 'Yuna', last_name: 'Bang', emails: ['yuna@example.org'] }, 'hand') // prettier-ignore
  const korean = await (await us.get(`/people/${person_id}/held`, { cookie: 'language=ko' })).text()
  expect(korean).toContain('이메일 상태')
  expect(korean).not.toContain('번호 상태')
  expect(korean).not.toContain('>일시<')
  // Money, codes and texts in several languages are words.
  await sql`insert into ledger_entry (organization_id, entry_id, number, year, kind, person_id, payer, what, purpose, way, amount_cents, on_date, recorded_by)
    select ${organization_id}::uuid, gen_random_uuid(), 9001, 2026, 'payment', ${person_id}::uuid, 'Yuna Bang', '{"en": "Dues, senior", "ko": "회비(시니어)"}', 'dues', 'cash', 1500, '2026-11-01', 'Tess'`.execute(db) // prettier-ignore
  const money = await (await us.get(`/people/${person_id}/held`, { cookie: 'language=ko' })).text()
  for (const words of ['$15.00', '회비(시니어)', '납부', '내역']) expect(money).toContain(words)
  for (const raw of ['1500', 'Dues, senior', '>payment<', '>dues<', '금액(센트)']) expect(money).not.toContain(raw)
  const held = await heldAbout(db, organization_id, person_id)
  const [first] = held.find(({ table }) => table === 'person')?.rows ?? []
  const columns = Object.keys(first ?? {})
  expect(columns.indexOf('person_id')).toBeLessThan(columns.indexOf('last_name'))
  expect(columns.indexOf('last_name')).toBeLessThan(columns.indexOf('created_at'))
})

test('everybody may ask for their own link by mail; nobody learns whether an address is known', async () => {
  const run = async (email: string) => {
    const { rows } = await sql<{ payload: unknown }>`select payload from graphile_worker._private_jobs where payload ->> 'email' = ${email}`.execute(owner) // prettier-ignore
    for (const { payload } of rows) await heldLinkJob.run(heldLinkJob.payload.parse(payload), { installation } as never)
    await sql`delete from graphile_worker._private_jobs where payload ->> 'email' = ${email}`.execute(owner)
    return world.mails.filter(({ to }) => to === email)
  }
  const ask = async (email: string) => {
    const answered = await everybody.post('/privacy/ours?lang=ko', { email })
    return `${answered.status} ${(await answered.text()).replaceAll(/name="[^"]*" value="[^"]*"/g, '')}`
  }
  await somebody('Asker', [], ['asker@example.org'])
  for (const first of ['Twin', 'Other']) await somebody(first, [], ['shared@example.org'])
  const claimed = await somebody('Claimed', [], ['stranger@example.org'])
  await sql`update person_email set claimed_at = now() where person_id = ${claimed}`.execute(db)
  const asking = await (await everybody.get('/privacy/ours?lang=en')).text()
  for (const words of ['Ask what we hold about you', 'href="/privacy/ours?lang=ko"']) expect(asking).toContain(words)
  const said = await Promise.all(['Asker@example.org', 'nobody@example.org'].map(ask))
  expect(said[0]).toBe(said[1])
  expect(said[0]).toContain('메일함을 확인해 주세요')
  const [mail, more] = await run('asker@example.org')
  expect(more).toBeUndefined()
  const path = /https?:\/\/[^/]+(\/privacy\/ours\/\S+)/.exec(mail?.text ?? '')?.[1] ?? ''
  expect(await (await everybody.get(path)).text()).toContain('Asker')
  expect(await run('nobody@example.org')).toEqual([])
  await ask('shared@example.org')
  await ask('stranger@example.org')
  const [shared] = await run('shared@example.org')
  expect(shared?.text).toContain('여러 분이 함께')
  expect(shared?.text).not.toContain('/privacy/')
  expect(await run('stranger@example.org')).toEqual([])
  // The fourth within the hour asks for nothing.
  for (let time = 0; time < 3; time += 1) await ask('asker@example.org')
  expect(await run('asker@example.org')).toHaveLength(3)
  expect((await everybody.post('/privacy/ours', { email: 'nonsense' })).status).toBe(422)
  expect((await everybody.get('/privacy/nowhere')).status).toBe(404)
  expect(await (await everybody.get('/privacy/ours?lang=en')).text()).toContain('counts neither')
  // In Chinese and Spanish where the organization writes them.
  expect(await (await everybody.get('/privacy/ours?lang=es')).text()).toContain('<html lang="en"')
  await owner
    .updateTable('organization')
    .set({ languages: ['en', 'ko', 'es'] })
    .where('slug', '=', 'ours')
    .execute()
  const spanish = await (await everybody.get('/privacy/ours?lang=es')).text()
  expect(spanish).toContain('<html lang="es"')
  expect(spanish).toContain('Qué cuentan nuestros correos')
  for (const english of ['E-mail address', 'Mail me', 'counts neither'])
    expect([english, spanish.includes(english)]).toEqual([english, false])
  await owner
    .updateTable('organization')
    .set({ languages: ['en', 'ko'] })
    .where('slug', '=', 'ours')
    .execute()
})

test('a link goes only to a mailbox that one of ours vouches for, and a voter found by what was typed shows no calls', async () => {
  const asked = async (email: string) => {
    await heldLinkJob.run({ organization_id, email, language: 'en' }, { installation } as never)
    return world.mails.filter(({ to }) => to === email).at(-1)?.text ?? ''
  }
  const typed = { first_name: 'Dana', last_name: 'Ahn', name_hangul: null, phone: '+17185550374', email: 'stranger2@example.org', address: null, city: null, zip5: null, language: null } // prettier-ignore
  const { person_id } = await receivePerson(db, systemActor(organization_id, 'form'), typed, 'form')
  const mailbox = await db.selectFrom('person_email').select(['claimed_at', 'vouched_at']).where('person_id', '=', person_id).execute() // prettier-ignore
  expect(mailbox).toEqual([{ claimed_at: null, vouched_at: null }])
  const unproven = await asked('stranger2@example.org')
  expect(unproven).toContain('only from a form')
  expect(unproven).not.toContain('/privacy/')
  // By what they typed they were taken for a voter, who told a caller something.
  await linkVoter(db, systemActor(organization_id, 'form'), person_id, 9002, 'said')
  for (const person of [person_id, null])
    await sql`insert into contact_attempt (organization_id, attempt_id, person_id, voter_id, channel, disposition, is_reached, phone, made_by, attempted_at, note)
      values (${organization_id}, ${randomUUID()}, ${person}, 9002, 'phone', 'canvassed', true, '+17185550374', 'Ana', ${now()}, 'Dana is ill')`.execute(
      db,
    )
  await saveEmail(db, organizer, person_id, { email: 'stranger2@example.org', quality: 'good', is_preferred: true })
  expect(await asked('stranger2@example.org')).not.toContain('/privacy/')
  const own = await (await everybody.get(heldPath(installation.secret, 'ours', person_id, now()))).text()
  expect(own).toContain('stranger2@example.org')
  expect(own).not.toContain('Dana is ill')
  expect(await (await us.get(`/people/${person_id}/held`)).text()).toContain('Dana is ill')
  // Somebody of ours says that they are that voter.
  await db.updateTable('person').set({ matched_by: 'hand' }).where('person_id', '=', person_id).execute()
  expect(await asked('stranger2@example.org')).toContain('/privacy/ours/')
})

test('the language chosen for what is held stays when a correction is sent or refused', async () => {
  const typed = { first_name: 'Lena', last_name: 'Choi', name_hangul: null, phone: '+17185550379', email: null, address: null, city: null, zip5: null, language: 'en' as const } // prettier-ignore
  const { person_id } = await receivePerson(db, systemActor(organization_id, 'form'), typed, 'form')
  const path = heldPath(installation.secret, 'ours', person_id, now())
  const html = await (await everybody.get(`${path}?lang=ko`)).text()
  for (const action of [`action="${path}?lang=ko"`, `action="${path}/erase?lang=ko"`]) expect(html).toContain(action)
  expect(await (await everybody.post(`${path}?lang=ko`, { text: '' })).text()).toContain('<html lang="ko"')
  const sent = await everybody.post(`${path}?lang=ko`, { text: '이름을 고쳐 주세요.' })
  expect(sent.headers.get('location')).toBe(`${path}?done=corrected&lang=ko`)
})

test('a voter nobody of ours ever reached sees the calls and the paper there were, and is erased', async () => {
  await addNamedVoters(owner, [{ voter_id: 9003, last_name: 'Unreached', first_name: 'Una', phones: ['+17185550377'] }])
  await sql`insert into contact_attempt (organization_id, attempt_id, voter_id, channel, disposition, is_reached, phone, made_by, attempted_at, note)
    values (${organization_id}, ${randomUUID()}, 9003, 'phone', 'no_answer', false, '+17185550377', 'Ana', ${now()}, 'Una has a loud dog')`.execute(
    db,
  )
  await sql`insert into postal_piece (organization_id, drop_id, number, language, name_line, salutation, kind, above, delivery, city, state, zip5)
    values (${organization_id}, ${things.drop}, 9003, 'en', 'UNA UNREACHED', 'Dear Una,', 'street', '{}', '5 MAIN ST', 'FLUSHING', 'NY', '11355')`.execute(
    db,
  )
  await sql`insert into postal_recipient (organization_id, drop_id, number, voter_id) values (${organization_id}, ${things.drop}, 9003, 9003)`.execute(db) // prettier-ignore
  const profile = await (await us.get('/voters/9003')).text()
  expect(profile).toContain('action="/people/v9003/held"')
  expect(await (await world.as(ours.actor(['member']), routes).get('/voters/9003')).text()).not.toContain('/held')

  const opened = await us.post('/people/v9003/held', {})
  expect(opened.status).toBe(303)
  const path = opened.headers.get('location') ?? ''
  expect((await us.post('/people/v9003/held', {})).headers.get('location')).toBe(path)
  const html = await (await us.get(path)).text()
  for (const words of [
    'Una has a loud dog',
    'On a list for paper mail',
    'Addressed to',
    'UNA UNREACHED',
    'Dear Una,',
    '5 MAIN ST',
  ])
    expect(html).toContain(words)
  expect(await (await us.get('/voters/9003')).text()).toContain(`href="${path}"`)
  const person_id = path.split('/')[2] ?? ''
  expect(await db.selectFrom('audit_entry').select(['action', 'actor_name']).where('subject_id', '=', person_id).orderBy('audit_id').execute()).toMatchObject([{ action: 'person.create', actor_name: organizer.name }, { action: 'person.held' }]) // prettier-ignore

  expect((await us.post(`/people/${person_id}/erase`, { sure: 'yes' })).headers.get('location')).toBe('/voters/9003')
  expect(await tablesWith('loud dog')).toEqual([])
  expect(await tablesWith('UNA UNREACHED')).toEqual([])
  for (const channel of ['phone', 'text', 'email', 'post'] as const)
    expect((await mayContact(db, organization_id, { person_id: null, voter_id: 9003 }, channel, 'campaign')).reason).toBe('legal') // prettier-ignore
  expect((await us.post('/people/v999999999/held', {})).status).toBe(404)
})

test('who stands in the file twice sees the one piece of paper under either record; one of a home of two is not theirs alone', async () => {
  await addNamedVoters(owner, [9011, 9012, 9013].map((voter_id) => ({ voter_id, last_name: 'Twofold', first_name: 'Tori', phones: [] }))) // prettier-ignore
  await sql`insert into postal_piece (organization_id, drop_id, number, language, name_line, salutation, kind, above, delivery, city, state, zip5)
    select ${organization_id}, ${things.drop}, n, 'en', 'PIECE ' || n, 'Dear Tori,', 'street', '{}', '5 MAIN ST', 'FLUSHING', 'NY', '11355' from unnest(array[9011, 9013]) n`.execute(
    db,
  )
  await sql`insert into postal_recipient (organization_id, drop_id, number, voter_id, same_as)
    values (${organization_id}, ${things.drop}, 9011, 9011, null), (${organization_id}, ${things.drop}, 9011, 9012, 9011),
      (${organization_id}, ${things.drop}, 9013, 9013, null), (${organization_id}, ${things.drop}, 9013, 9002, null)`.execute(
    db,
  )
  const held = async (voter_id: number) =>
    (await us.get((await us.post(`/people/v${voter_id}/held`, {})).headers.get('location') ?? '')).text()
  expect(await held(9011)).toContain('Piece of mail')
  expect(await held(9012)).toContain('Piece of mail')
  expect(await held(9013)).not.toContain('Piece of mail')
})

test('a mail that arrives after they were erased is noted nowhere', async () => {
  const person_id = await somebody('Late', [])
  const mails = [{ person_id, sent_to: 'latemail@example.org', subject: 'x', language: 'en' }]
  await erasePerson({ db, data }, organizer, person_id, now())
  await notingMails(organization_id, mails, now()).execute(db)
  expect(await db.selectFrom('person_mail').select('sent_to').where('sent_to', '=', 'latemail@example.org').execute()).toEqual([]) // prettier-ignore
})

test('who is erased is no member any more, comes to nothing, and is joined with nobody', async () => {
  const one = await somebody('Mina', [])
  const other = await somebody('Mina', [])
  const day = dateIn('America/New_York', now())
  await sql`insert into membership (organization_id, person_id, kind, standing, from_on, recorded_by) values (${organization_id}, ${one}, 'regular', 'active', ${day}, 'Ana')`.execute(db) // prettier-ignore
  const members = async () => (await membersOn(db, organization_id, { voter_kinds: ['regular'], paid_by_on: null }, day)).map(({ person_id }) => person_id) // prettier-ignore
  expect(await members()).toContain(one)
  const { rows } = await sql<{ signup_id: string }>`
    insert into event_signup (organization_id, signup_id, event_id, person_id, response, seats, source, language, received_at)
    select organization_id, ${randomUUID()}::uuid, event_id, ${one}::uuid, 'signed_up', 1, 'staff', 'en', ${now()} from event
      where organization_id = ${organization_id} and starts_at > ${now()} and canceled_at is null and published_at is not null limit 1 returning signup_id`.execute(
    db,
  )
  await erasePerson({ db, data }, organizer, one, now())
  expect(await members()).not.toContain(one)
  const signup = await db.selectFrom('event_signup').select('response').where('signup_id', '=', rows[0]?.signup_id ?? '').executeTakeFirstOrThrow() // prettier-ignore
  expect(signup.response).toBe('canceled_by_them')
  const standing = await db.selectFrom('membership').select('standing').where('person_id', '=', one).execute()
  expect(standing.map((each) => each.standing).sort()).toEqual(['active', 'resigned'])
  await expect(mergePeople(db, organizer, one, other, [])).rejects.toThrow(Conflict)
  await expect(mergePeople(db, organizer, other, one, [])).rejects.toThrow(Conflict)
})

test('a link mailed to one does not show whom they were joined with since', async () => {
  const one = await somebody('Gina', [])
  const path = heldPath(installation.secret, 'ours', one, now())
  expect((await everybody.get(path)).status).toBe(200)
  await mergePeople(db, organizer, await somebody('Gina', []), one, [])
  expect((await everybody.get(path)).status).toBe(410)
})

test('one of everything can be erased: what goes is gone, the voter record stays and is closed', async () => {
  const person_id = things.person ?? ''
  const voter = await db.selectFrom('person').select('voter_id').where('person_id', '=', person_id).executeTakeFirstOrThrow() // prettier-ignore
  const held = await heldAbout(db, organization_id, person_id)
  expect(held.length).toBeGreaterThan(8)
  await erasePerson({ db, data }, organizer, person_id, now())
  for (const { table, fate } of treatments) {
    if (fate !== 'go') continue
    const { rows } = await sql<{ row: Record<string, unknown> }>`
      select to_jsonb(t.*) as row from ${sql.table(table)} t where organization_id = ${organization_id}`.execute(owner)
    expect([table, rows.filter(({ row }) => row.person_id === person_id)]).toEqual([table, []])
  }
  if (voter.voter_id !== null) {
    expect((await us.get(`/voters/${voter.voter_id}`)).status).toBe(200)
    for (const channel of ['phone', 'text', 'email', 'post'] as const)
      expect((await mayContact(db, organization_id, { person_id: null, voter_id: voter.voter_id }, channel, 'campaign')).reason).toBe('legal') // prettier-ignore
  }
})

test('only who was erased is taken out of the activity log, and only one’s own', async () => {
  const person_id = await marked()
  await expect(sql`select forget_in_audit(${organization_id}::uuid, ${[person_id]}::uuid[])`.execute(db)).rejects.toThrow('erased') // prettier-ignore
  await expect(sql`select forget_in_audit(${organization_id}::uuid, ${[person_id]}::uuid[])`.execute(world.database.of(theirs.organization_id))).rejects.toThrow('another') // prettier-ignore
  for (const none of ['{}', null]) await expect(sql`select forget_in_audit(${organization_id}::uuid, ${none}::uuid[])`.execute(db)).rejects.toThrow('nobody') // prettier-ignore
  await expect(heldAbout(world.database.of(theirs.organization_id), theirs.organization_id, person_id)).rejects.toThrow(
    NotFound,
  )
  await erasePerson({ db, data }, organizer, person_id, now())
})

test('whatever the log says of a row of theirs goes with them, in every table that names a person and has an id of its own', async () => {
  const { person_id } = await createPerson(db, organizer, { ...nobody, first_name: 'Walk', last_name: 'Noh' }, 'hand')
  const { rows: tables } = await sql<{ name: string; id: string }>`
    select c.relname as name, k.attname as id from pg_class c
    join pg_index i on i.indrelid = c.oid and i.indisprimary and i.indnkeyatts = 2
    join pg_attribute o on o.attrelid = c.oid and o.attname = 'organization_id' and o.attnum = any(i.indkey)
    join pg_attribute k on k.attrelid = c.oid and k.attnum = any(i.indkey) and k.attname <> 'organization_id'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname not in ('person', 'ledger_entry', 'card_checkout') and k.attname <> 'person_id'
      and exists (select from pg_attribute p where p.attrelid = c.oid and p.attname = 'person_id' and not p.attisdropped)
    order by 1`.execute(owner)
  const names = tables.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['cohort_application', 'help_case', 'training_passed', 'task', 'note', 'event_signup', 'mentoring_person'])) // prettier-ignore
  await owner
    .transaction()
    .execute(async (tx) => {
      await sql`select set_config('app.organization_id', ${organization_id}, true), set_config('session_replication_role', 'replica', true)`.execute(tx) // prettier-ignore
      const ids: string[] = []
      for (const { name, id } of tables) {
        // What a row of it would say is not looked at here; all of this is rolled back.
        const { rows: checks } = await sql<{ name: string }>`select conname as name from pg_constraint where conrelid = ${name}::regclass and contype = 'c'`.execute(tx) // prettier-ignore
        for (const check of checks)
          await sql`alter table ${sql.table(name)} drop constraint ${sql.ref(check.name)}`.execute(tx)
        const { rows: columns } = await sql<{ column: string; type: string }>`
        select a.attname as column, format_type(a.atttypid, null) as type from pg_attribute a where a.attrelid = ${name}::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
          and (a.attnotnull and not a.atthasdef or a.attname in ('organization_id', 'person_id', ${id}))`.execute(tx)
        const row: Record<string, unknown> = {}
        for (const { column, type } of columns)
        row[column] =
          { uuid: randomUUID(), date: '2026-11-01', integer: 1, smallint: 1, bigint: 1, boolean: true, jsonb: {}, bytea: '\\\\x00' }[type] ??
          (type.endsWith('[]') ? [] : type.startsWith('timestamp') ? now().toISOString() : 'x') // prettier-ignore
        Object.assign(row, { organization_id, person_id })
        const into = sql.join(Object.keys(row).map((column) => sql.ref(column)))
        await sql`insert into ${sql.table(name)} (${into}) select ${into} from jsonb_populate_record(null::${sql.table(name)}, ${JSON.stringify(row)})`.execute(tx) // prettier-ignore
        ids.push(String(row[id]))
        await audit(tx, organizer, { action: 'test.row', subject: name, subject_id: String(row[id]), before: { text: 'Told them' }, after: { text: 'Told them' } }) // prettier-ignore
      }
      await audit(tx, organizer, { action: 'test.row', subject: 'endorsement_cycle', subject_id: randomUUID(), after: { person_id, may_vote: false, reason: 'Told them' } }) // prettier-ignore
      const { rows: mentorings } = await sql<{ id: string }>`select mentoring_id as id from mentoring_person where person_id = ${person_id}`.execute(tx) // prettier-ignore
      for (const { id } of mentorings) await audit(tx, organizer, { action: 'test.row', subject: 'mentoring', subject_id: id, after: { goal: 'Told them' } }) // prettier-ignore
      await sql`update person set erased_at = ${now()} where person_id = ${person_id}`.execute(tx)
      await sql`select forget_in_audit(${organization_id}::uuid, ${[person_id]}::uuid[])`.execute(tx)
      const { rows: left } = await sql<{ subject: string; after: unknown }>`
      select subject, after from audit_entry where action = 'test.row' and (before::text like '%Told them%' or after::text like '%Told them%')`.execute(tx) // prettier-ignore
      expect([left, ids.length]).toEqual([[], names.length])
      const { rows: about } = await sql<{ after: unknown }>`select after from audit_entry where action = 'test.row' and subject = 'endorsement_cycle'`.execute(tx) // prettier-ignore
      expect(about).toEqual([{ after: { person_id: '', may_vote: false } }])
      await sql`select 1 / 0`.execute(tx)
    })
    .catch((problem: unknown) => {
      if (!String(problem).includes('division by zero')) throw problem
    })
})

test('what a note says, how an application was scored and why it was decided so is not in the log', async () => {
  const { person_id } = await createPerson(db, organizer, { ...nobody, first_name: 'Quiet', last_name: 'Noh' }, 'hand')
  await addNote(db, organizer, person_id, 'Qqwords of a note')
  const cohort_id = things.cohort ?? ''
  await enterApplication(db, organizer, cohort_id, { who: person_id, said: 'Qqwords of theirs' }, '2026-11-20', now())
  const { application_id } = await db.selectFrom('cohort_application').select('application_id').where('person_id', '=', person_id).executeTakeFirstOrThrow() // prettier-ignore
  await decideApplication(db, organizer, application_id, { state: 'declined', why: 'Qqwords of a decision' }, now())
  expect(await tablesWith('qqwords')).not.toContain('audit_entry')
})

test('an organizer shows all of it, mails the private link, and the person corrects and erases by it', async () => {
  const { person_id } = await createPerson(db, organizer, { ...nobody, first_name: 'Hana', last_name: 'Bae', language: 'ko', emails: ['hana@example.org'] }, 'hand') // prettier-ignore
  await addNote(db, organizer, person_id, 'Plays the cello')
  const html = await (await us.get(`/people/${person_id}/held`)).text()
  for (const words of ['Hana', 'Plays the cello', 'hana@example.org', 'Mail them a private link'])
    expect(html).toContain(words)
  expect((await us.post(`/people/${person_id}/held/mail`, {})).status).toBe(303)
  const { rows } = await sql<{ payload: string }>`
    select payload::text from graphile_worker._private_jobs where payload::text like '%hana@example.org%'`.execute(
    owner,
  )
  expect(rows[0]?.payload).toContain('/privacy/ours/')

  const slug = 'ours'
  const path = heldPath(installation.secret, slug, person_id, now())
  const own = await everybody.get(path)
  expect(own.headers.get('cache-control')).toBe('no-store')
  const korean = await own.text()
  expect(korean).toContain('저희가 가진 정보')
  expect(korean).toContain('Plays the cello')
  expect((await everybody.post(path, { text: '' })).status).toBe(422)
  expect((await everybody.post(path, { text: 'I play the viola' })).status).toBe(303)
  expect(await (await us.get(`/people/${person_id}`)).text()).toContain('I play the viola')

  expect((await everybody.post(`${path}/erase`, {})).status).toBe(422)
  expect(await (await everybody.post(`${path}/erase`, { sure: 'yes' })).text()).toContain('지웠습니다')
  expect((await everybody.get(path)).status).toBe(410)
  expect(await db.selectFrom('note').selectAll().where('person_id', '=', person_id).execute()).toEqual([])
})

test.each([
  { language: 'zh', words: ['我們保存的您的資料', '電子郵件地址', '刪除時一併移除', '全部刪除', '年'], erased: '已刪除' },
  { language: 'es', words: ['Qué datos suyos tenemos', 'Correo electrónico', 'Se borra con lo demás', 'Borrarlo todo', ' de '], erased: 'Está borrado' },
])('whoever reads $language sees what is held in it where the organization writes it, and erases by it', async ({ language, words, erased }) => {
  await db.updateTable('organization').set({ languages: ['en', 'ko', 'zh', 'es'] }).where('organization_id', '=', organization_id).execute()
  const mailbox = `${language}@example.org`
  const { person_id } = await createPerson(db, organizer, { ...nobody, first_name: 'Lin', last_name: 'Chen', emails: [mailbox] }, 'hand')
  await db.updateTable('person').set({ language }).where('person_id', '=', person_id).execute()
  expect((await us.post(`/people/${person_id}/held/mail`, {})).status).toBe(303)
  const { rows } = await sql<{ payload: { subject: string } }>`
    select payload from graphile_worker._private_jobs where payload::text like ${`%${mailbox}%`}`.execute(owner)
  expect(rows[0]?.payload.subject).toBe(askTranslator(language as 'zh' | 'es')('privacy.mail.subject', { organization: 'Flushing Civic Action' }))
  const path = heldPath(installation.secret, 'ours', person_id, now())
  const page = await (await everybody.get(path)).text()
  for (const each of [...words, mailbox]) expect(page).toContain(each)
  for (const english of ['What we hold', 'Goes when erased', 'Telephone', 'E-mail address', 'Entered']) expect(page).not.toContain(english)
  const wrong = await (await everybody.post(path, { text: '' })).text()
  expect(wrong).not.toContain('Please')
  expect(await (await everybody.post(`${path}/erase`, { sure: 'yes' })).text()).toContain(erased)
}) // prettier-ignore

test('a link is good for two weeks, for one person of one organization', () => {
  const path = heldPath(installation.secret, 'ours', 'someone', now())
  const token = path.split('/').at(-1) ?? ''
  const after = (days: number) => new Date(now().getTime() + days * 86_400_000)
  expect(heldBy(installation.secret, 'ours', token, after(13))).toBe('someone')
  expect(heldBy(installation.secret, 'ours', token, after(15))).toBeNull()
  expect(heldBy(installation.secret, 'theirs', token, now())).toBeNull()
  expect(heldBy(installation.secret, 'ours', `${token.slice(0, -3)}abc`, now())).toBeNull()
})

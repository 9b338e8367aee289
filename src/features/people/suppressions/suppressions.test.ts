import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { routes } from '../../../app/routes.ts'
import { cliContext } from '../../../platform/cli/context.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { createPerson, mark, recordConsent, takeBackMark } from '../commands.ts'
import { mayContact } from '../consent.ts'
import { PersonForm, type Channel } from '../schema.ts'
import { addNamedVoters } from '../testing.ts'
import { suppressionCommands } from './cli.ts'
import { exportAll, exportList, importList } from './commands.ts'
import { readList, sha256 } from './rules.ts'

const world = await makeWorld()
const { ours, theirs, installation } = world
const { organization_id, organizer } = ours
const db = world.database.of(organization_id)
const us = world.as(organizer, routes)
const nobody = PersonForm.parse({})

beforeAll(
  () =>
  addNamedVoters(world.database.owner, [{ voter_id: 1, last_name: 'Kim', first_name: 'Young', phones: ['+17185550101'] }]), // prettier-ignore
)

let made = 0
async function somebody(emails: string[], phones: string[] = []): Promise<string> {
  made += 1
  const facts = { ...nobody, first_name: 'Mira', last_name: `Noh ${made}`, emails, phones }
  return (await createPerson(db, organizer, facts, 'hand')).person_id
}
const reasonOf = async (person_id: string, channel: Channel) =>
  (await mayContact(db, organization_id, { person_id, voter_id: null }, channel, 'campaign')).reason
const bringIn = (text: string, of: string | null = organization_id) =>
  importList(of === null ? world.database.owner : db, organizer, of, { name: 'old service', list: readList(text), is_dry: false }, installation.clock.now()) // prettier-ignore

test('numbers, mailboxes and hashes are told apart; what is neither is named with its line', () => {
  const hash = sha256('mira@example.org')
  const read = readList(
    `name,e-mail,phone\r\nMira,Mira@Example.org,(718) 555-0142\r\n${hash},,\r\nnobody,,12\r\n\r\n,,718 555 0142\r\n`,
  )
  expect(read.counts).toEqual({ phones: 2, emails: 1, hashes: 1, rejected: 1 })
  expect(read.rejects).toEqual([{ line: 4, value: 'nobody,,12' }])
  expect([...read.hashes.phone].sort()).toEqual([sha256('+17185550142'), hash].sort())
  expect([...read.hashes.email]).toEqual([hash])
  expect(readList(`kind,sha256\nphone,${hash}`).hashes.email.size).toBe(0)
  const under = (head: string): string[] => {
    const { hashes } = readList(`${head}\n${hash}`)
    return (['phone', 'email', 'address'] as const).filter((kind) => hashes[kind].size > 0)
  }
  // Mailboxes are called addresses as well as homes are.
  expect([under('address'), under('주소'), under('email address'), under('이메일 주소')]).toEqual([['email', 'address'], ['email', 'address'], ['email'], ['email']]) // prettier-ignore
  expect([under('Mailing address'), under('mail_address'), under('우편 주소'), under('sha256')]).toEqual([['address'], ['address'], ['address'], ['phone', 'email', 'address']]) // prettier-ignore
  expect([...readList(`kind,sha256\naddress,${hash}`).hashes.email]).toEqual([])
  expect(readList('718-555-0142\n212 555 0177').counts.phones).toBe(2)
})

test('a list closes what is there and what comes in later, and keeps neither number nor mailbox', async () => {
  const before = await somebody(['listed1@example.org'], ['+17185550211'])
  const { list_id } = await bringIn('listed1@example.org\nlater@example.org\n718-555-0211\n718-555-0212\n718-555-0101')
  const later = await somebody(['later@example.org'], ['+17185550212'])
  for (const who of [before, later]) {
    expect(await reasonOf(who, 'email')).toBe('suppressed')
    expect(await reasonOf(who, 'phone')).toBe('no_address')
  }
  // A number of the voter file too.
  expect((await mayContact(db, organization_id, { person_id: null, voter_id: 1 }, 'phone', 'campaign')).reason).toBe('no_address') // prettier-ignore
  // By hand it is not opened.
  await us.post(`/people/${later}/email`, { email: 'later@example.org', quality: 'good' })
  expect(await reasonOf(later, 'email')).toBe('suppressed')
  const { rows } = await sql<{ text: string }>`
    select string_agg(to_jsonb(s.*)::text, ' ') as text from suppressed s`.execute(world.database.owner)
  for (const value of ['listed1', '7185550211', sha256('listed1@example.org')]) expect(rows[0]?.text).not.toContain(value) // prettier-ignore

  expect((await us.post(`/people/suppressions/${list_id}/take-back`, {})).status).toBe(303)
  for (const who of [before, later]) for (const channel of ['email', 'phone'] as const) expect(await reasonOf(who, channel)).toBeNull() // prettier-ignore
})

test('a mailbox that bounced before a list closed it is opened as one that bounces', async () => {
  const who = await somebody(['bounced@example.org'])
  await sql`update person_email set quality = 'bouncing' where person_id = ${who}`.execute(db)
  const { list_id } = await bringIn('bounced@example.org')
  expect(await reasonOf(who, 'email')).toBe('suppressed')
  await us.post(`/people/suppressions/${list_id}/take-back`, {})
  expect(await reasonOf(who, 'email')).toBe('bouncing')
})

test('a number that was wrong for one of ours is open to whoever has it', async () => {
  const wrong = await somebody([], ['+17185550261'])
  const owns = await somebody([], ['+17185550261'])
  await mark(db, organizer, wrong, { reason: 'wrong_number', note: '', phone: '+17185550261' })
  expect([await reasonOf(wrong, 'phone'), await reasonOf(owns, 'phone')]).toEqual(['no_address', null])
})

test('a list closes a number for everybody, though it was wrong for one of ours or a call closed it before', async () => {
  const [line, dead] = ['+17185550271', '+17185550272']
  const wrong = await somebody([], [line])
  const [owns, shares] = [await somebody([], [line]), await somebody([], [dead])]
  await mark(db, organizer, wrong, { reason: 'wrong_number', note: '', phone: line })
  const found_dead = await mark(db, organizer, shares, { reason: 'disconnected', note: '', phone: dead })
  const { list_id, closed } = await bringIn('718-555-0271\n718-555-0272')
  expect(closed.phones).toBe(2)
  expect(await reasonOf(owns, 'phone')).toBe('no_address')
  await takeBackMark(db, organizer, found_dead)
  expect(await reasonOf(shares, 'phone')).toBe('no_address')
  // Who says so by hand has said it, whatever becomes of the list.
  await mark(db, organizer, shares, { reason: 'do_not_call', note: 'asked', phone: dead })
  await us.post(`/people/suppressions/${list_id}/take-back`, {})
  expect([await reasonOf(owns, 'phone'), await reasonOf(shares, 'phone')]).toEqual([null, 'no_address'])
})

test('numbers that a mark of one person had kept off a list’s are closed when updating', async () => {
  const line = '+17185550273'
  const [wrong, owns] = [await somebody([], [line]), await somebody([], [line])]
  await mark(db, organizer, wrong, { reason: 'wrong_number', note: '', phone: line })
  await bringIn('718-555-0273')
  await db.deleteFrom('suppression').where('phone', '=', line).where('list_id', 'is not', null).execute()
  expect(await reasonOf(owns, 'phone')).toBeNull()
  const [, last = ''] = readFileSync('migrations/1205_people_listed_numbers_closed.sql', 'utf8').split(
    '\n-- Those that',
  )
  for (let again = 0; again < 2; again++) await sql.raw(`-- ${last}`).execute(world.database.owner)
  expect(await reasonOf(owns, 'phone')).toBe('no_address')
  expect(await db.selectFrom('suppression').select('reason').where('phone', '=', line).where('list_id', 'is not', null).execute()).toHaveLength(1) // prettier-ignore
})

test('what two lists hold stays closed when one is taken back', async () => {
  const who = await somebody(['both@example.org'], ['+17185550221'])
  const first = await bringIn('both@example.org\n718-555-0221')
  await bringIn(`${sha256('both@example.org')}\n${sha256('+17185550221')}`)
  await us.post(`/people/suppressions/${first.list_id}/take-back`, {})
  await us.post(`/people/suppressions/${first.list_id}/take-back`, {})
  expect([await reasonOf(who, 'email'), await reasonOf(who, 'phone')]).toEqual(['suppressed', 'no_address'])
})

test('a list of the installation holds for each organization, another organization’s for nobody else', async () => {
  const who = await somebody(['shared@example.org'])
  await importList(world.database.of(theirs.organization_id), theirs.organizer, theirs.organization_id, { name: 'the neighbours’ list', list: readList('shared@example.org'), is_dry: false }, installation.clock.now()) // prettier-ignore
  expect(await reasonOf(who, 'email')).toBeNull()
  const { closed } = await bringIn('shared@example.org', null)
  expect(closed.emails).toBe(1)
  expect(await reasonOf(who, 'email')).toBe('suppressed')
  const html = await (await us.get('/people/suppressions')).text()
  expect(html).toContain('of the installation')
  expect(html).not.toContain('the neighbours’ list')
})

test('the page looks first, then closes; in Korean too', async () => {
  const who = await somebody(['paged@example.org'])
  const typed = { name: 'Old service', text: 'paged@example.org\nnothing here' }
  const looked = await us.post('/people/suppressions', typed)
  const html = await looked.text()
  expect(html).toContain('It would close 0 numbers and 1 mailboxes')
  expect(html).toContain('Line 2: nothing here')
  expect(await reasonOf(who, 'email')).toBeNull()
  const done = await us.post('/people/suppressions', { ...typed, sure: 'yes' })
  expect(done.headers.get('location')).toBe('/people/suppressions?done=0.1')
  expect(await reasonOf(who, 'email')).toBe('suppressed')
  const korean = await (await us.get('/people/suppressions?done=0.1', { 'accept-language': 'ko' })).text()
  expect(korean).toContain('연락 금지 명단')
  expect(korean).toContain('이메일 1개를 막았습니다')
  const empty = await us.post('/people/suppressions', { name: 'x', text: 'nobody' })
  expect(empty.status).toBe(422)
  expect(await empty.text()).toContain('nobody</textarea>')
  const entry = await db.selectFrom('audit_entry').selectAll().where('action', '=', 'suppression_list.import').orderBy('audit_id', 'desc').executeTakeFirstOrThrow() // prettier-ignore
  expect(entry.after).toMatchObject({ name: 'Old service', emails: 1, rejected: 1, mailboxes_closed: 1 })
})

test('one who comes back by themselves is opened, with evidence', async () => {
  const who = await somebody(['back@example.org'], ['+17185550241'])
  await bringIn('back@example.org\n718-555-0241')
  const lift = (value: string, evidence = 'signed up at the fair') => us.post('/people/suppressions/lift', { value, evidence }) // prettier-ignore
  for (const [value, evidence] of [
    ['Back@example.org', ''],
    ['nothing', 'x'],
    ['nobody@example.org', 'x'],
  ] as const)
    expect((await lift(value, evidence)).status).toBe(422)
  expect((await lift('Back@example.org')).status).toBe(303)
  expect([await reasonOf(who, 'email'), await reasonOf(who, 'phone')]).toEqual([null, 'no_address'])
  expect((await lift('(718) 555-0241')).status).toBe(303)
  expect(await reasonOf(who, 'phone')).toBeNull()
})

test('what goes out are hashes of those who refused, none of a list', async () => {
  const who = await somebody(['refused@example.org'], ['+17185550231'])
  await recordConsent(db, organizer, who, { channel: 'email', is_given: false, evidence: 'wrote to us' })
  const csv = await (await us.get('/people/suppressions/export.csv')).text()
  expect(csv).toContain(`email,${sha256('refused@example.org')}`)
  expect(csv).not.toContain(sha256('+17185550231'))
  for (const listed of ['paged@example.org', 'both@example.org']) expect(csv).not.toContain(sha256(listed))
  expect(readList(csv).counts).toMatchObject({ rejected: 0, phones: 0 })
})

test('a mailbox that complained, or was stopped by the link of a mail, goes out too; of every organization where all are asked for', async () => {
  const stop = (email: string, reason: string, of = organization_id) =>
    sql`insert into mail_stop (organization_id, address_hash, reason, since, evidence) values (${of}, mail_address_hash(${of}, ${email}), ${reason}, now(), 'x')`.execute(world.database.owner) // prettier-ignore
  for (const name of ['complained', 'pressed', 'bounced', 'cameback']) await somebody([`${name}@example.org`])
  const again = await somebody(['again@example.org'])
  await stop('complained@example.org', 'complaint')
  await stop('pressed@example.org', 'unsubscribed')
  await stop('again@example.org', 'unsubscribed')
  await stop('bounced@example.org', 'hard_bounce')
  await sql`update mail_stop set since = now() - interval '1 day' where address_hash = mail_address_hash(${organization_id}, 'again@example.org')`.execute(world.database.owner) // prettier-ignore
  await recordConsent(db, organizer, again, { channel: 'email', is_given: true, evidence: 'signed up anew' })
  const other = theirs.organization_id
  await createPerson(world.database.of(other), theirs.organizer, { ...nobody, first_name: 'Theo', emails: ['theirs@example.org'] }, 'hand') // prettier-ignore
  await stop('theirs@example.org', 'complaint', other)

  const named = (rows: readonly { sha256: string }[], emails: string[]) =>
    emails.filter((name) => rows.some((row) => row.sha256 === sha256(`${name}@example.org`)))
  const all = ['complained', 'pressed', 'again', 'bounced', 'cameback', 'theirs']
  expect(named(await exportList(db, organizer, organization_id), all)).toEqual(['complained', 'pressed'])
  expect(named(await exportAll(world.database, organizer), all)).toEqual(['complained', 'pressed', 'theirs'])
  for (const each of [organization_id, other]) {
    const last = await world.database.owner.selectFrom('audit_entry').select(['action', 'after']).where('organization_id', '=', each).orderBy('audit_id', 'desc').limit(1).executeTakeFirstOrThrow() // prettier-ignore
    expect(last).toMatchObject({ action: 'suppression_list.export', after: { is_with_others: true } })
  }
})

test('from the command line: a dry run changes nothing, then import, export, take back', async () => {
  const who = await somebody(['typed@example.org'])
  const file = join(world.folder, 'list.csv')
  const out = join(world.folder, 'out.csv')
  writeFileSync(file, 'email\ntyped@example.org\nnot one\n')
  const run = async (...words: string[]) => {
    let said = ''
    const context = cliContext(
      { open: async () => installation, isBegun: () => true },
      { out: (text) => void (said += text), error: () => undefined },
    )
    const program = new Command().exitOverride()
    suppressionCommands(program, context)
    await program.parseAsync(['suppression', ...words, '--organization', 'ours'], { from: 'user' })
    return said
  }
  expect(JSON.parse(await run('import', file, '--dry-run', '--json'))).toEqual({ list: null, phones: 0, emails: 1, hashes: 0, rejected: 1, closed: { phones: 0, emails: 1 } }) // prettier-ignore
  expect(await reasonOf(who, 'email')).toBeNull()
  const { list } = JSON.parse(await run('import', file, '--json', '--rejects', out))
  expect(readFileSync(out, 'utf8')).toBe('3,not one\r\n')
  expect(await reasonOf(who, 'email')).toBe('suppressed')
  expect(await run('lists')).toContain('list.csv')
  expect(await run('export', '--out', out)).toMatch(/\d+ lines? written/)
  expect(readFileSync(out, 'utf8')).toMatch(/^kind,sha256\r\n/)
  expect(await run('export', '--installation', '--out', out)).toMatch(/\d+ lines? written/)
  await run('take-back', list)
  expect(await reasonOf(who, 'email')).toBeNull()
  await expect(run('take-back', list.replace(/^./, 'z'))).rejects.toThrow('There is no list')
})

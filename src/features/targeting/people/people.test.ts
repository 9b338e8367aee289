import { Command } from 'commander'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../../app/routes.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { addTag, createPerson, mark, recordConsent } from '../../people/commands.ts'
import { mergePeople } from '../../people/merge/commands.ts'
import { PersonForm } from '../../people/schema.ts'
import { addNamedVoters } from '../../people/testing.ts'
import { targetingCommands } from '../cli.ts'
import { saveUniverse } from '../commands.ts'
import { listOf } from './rules.ts'

const world = await makeWorld()
const { ours, theirs } = world
const { organization_id, organizer } = ours
const db = world.database.of(organization_id)
const now = world.installation.clock.now()
const us = world.as(organizer, routes)
const host = world.as(ours.actor(['host']), routes)
const them = world.as(theirs.organizer, routes)

interface Somebody {
  last_name: string
  first_name?: string
  language?: string
  phones?: string[]
  emails?: string[]
  address?: string
  zip5?: string
}
const person = async ({ phones = [], emails = [], ...facts }: Somebody): Promise<string> =>
  (await createPerson(db, organizer, { ...PersonForm.parse({ first_name: 'Mina', ...facts }), phones, emails }, 'test'))
    .person_id
const people: Record<string, string> = {}

beforeAll(async () => {
  await addNamedVoters(world.database.owner, [
    { voter_id: 1, last_name: 'Kwon', first_name: 'Sora' },
    { voter_id: 2, last_name: 'Moon', first_name: 'Dana' },
    { voter_id: 3, last_name: 'Yoo', first_name: 'Ara' },
  ])
  people.voter = await person({ last_name: 'Kwon', first_name: 'Sora', language: 'ko' })
  people.student = await person({ last_name: 'Seo', language: 'ko', phones: ['+17185550301'], emails: ['seo@example.org'] }) // prettier-ignore
  people.newcomer = await person({ last_name: 'Bae', language: 'ko', emails: ['bae@example.org'], address: '9 Elm St', zip5: '07024' }) // prettier-ignore
  people.silent = await person({ last_name: 'Ahn', language: 'ko' })
  people.other = await person({ last_name: '=Cho', language: 'en', phones: ['+17185550302'] })
  await sql`update person set voter_id = 1 where organization_id = ${organization_id} and person_id = ${people.voter}::uuid`.execute(
    world.database.owner,
  )
  await recordConsent(db, organizer, people.student, { channel: 'email', is_given: true, evidence: 'paper' })
  await recordConsent(db, organizer, people.newcomer, { channel: 'email', is_given: false, evidence: 'by mail' })
  await mark(db, organizer, people.silent, { reason: 'hostile', note: 'asked us to stay away' })
  const facts = { ...PersonForm.parse({ last_name: 'Theirs', language: 'ko' }), phones: [], emails: [] }
  await createPerson(world.database.of(theirs.organization_id), theirs.organizer, facts, 'test')
})

const html = async (path: string, language = 'en', browser = us): Promise<string> =>
  (await browser.get(path, { cookie: `language=${language}`, 'accept-language': language })).text()
const figure = (page: string, label: string): string =>
  new RegExp(`${label}</dt><dd[^>]*>(?:<a[^>]*>)?([\\d,]+)`).exec(page)?.[1] ?? ''

describe('the list', () => {
  test('shows whom the condition finds, in a voter file or in none, and by which channel one reaches them', async () => {
    const page = await html(listOf('language:ko', 'all'))
    for (const name of ['Kwon', 'Seo', 'Bae']) expect(page).toContain(name)
    for (const name of ['Cho', 'Ahn', 'Theirs']) expect(page).not.toContain(name)
    const sums = ['People', 'In no voter file', 'Can be called', 'Can be e-mailed', 'Post reaches them']
    expect(sums.map((label) => figure(page, label))).toEqual(['3', '2', '1', '1', '2'])
    expect(page).toContain('1 said yes to it')
    expect(page).toMatch(/href="\/people\?q=language%3Ako&amp;only=strangers"/)
    expect(page).toMatch(/href="\/people\?q=language%3Ako\+has%3Aphone\+-consent%3Arefused%2Fphone"/)
    const korean = await html(listOf('언어:한국어', 'strangers'), 'ko')
    expect(korean).toContain('우리 사람들')
    expect(korean).toContain('language:ko</textarea>')
    expect(korean).not.toContain('Kwon')
    expect(await html(listOf('suppressed:any', 'all'))).toContain('Ahn')
  })

  test('knows everybody while nothing is asked, another organization its own', async () => {
    expect(figure(await html('/people'), 'People')).toBe('4')
    const page = await html('/people', 'en', them)
    expect([figure(page, 'People'), page.includes('Theirs'), page.includes('Seo')]).toEqual(['1', true, false])
  })

  test('points at what cannot be read, and shows nobody', async () => {
    const answer = await us.get(listOf('language:ko party:dme', 'all'))
    const page = await answer.text()
    expect([answer.status, page.includes('party:dem'), page.includes('Seo')]).toEqual([422, true, false])
    expect(page).toMatch(/<mark[^>]*>dme<\/mark>/)
    expect((await us.get(listOf('('.repeat(3000), 'all'))).status).toBe(422)
    expect((await us.get(listOf('x'.repeat(30_000), 'all'))).status).toBe(422)
    // What is paid for memberships is the roll's.
    expect((await host.get(listOf('dues:due', 'all'))).status).toBe(422)
    expect((await us.get(listOf('dues:due', 'all'))).status).toBe(200)
    expect(await html(listOf('tag:nobodys', 'all'))).toContain('Nobody fits this condition')
  })

  test('leaves an entry in the activity log for each look', async () => {
    await html(listOf('last:seo', 'all'))
    const { after } = await db
      .selectFrom('audit_entry')
      .select('after')
      .where('action', '=', 'person.browse')
      .orderBy('audit_id', 'desc')
      .executeTakeFirstOrThrow()
    expect(after).toEqual({ expression: 'last:seo', only: 'all', found: 1, from: 0 })
  })

  test('finds somebody by what was recorded before they were merged into another', async () => {
    const [kept, merged] = [await person({ last_name: 'Kept' }), await person({ last_name: 'Merged' })]
    await sql`insert into contact_attempt (organization_id, attempt_id, person_id, channel, disposition, is_reached, made_by, attempted_at)
      select ${organization_id}, gen_random_uuid(), id::uuid, 'phone', 'canvassed', true, 'test', now() from unnest(${[kept, merged]}::text[]) id`.execute(
      world.database.owner,
    )
    await mergePeople(db, organizer, kept, merged, [])
    expect(figure(await html(listOf('attempts:2', 'all')), 'People')).toBe('1')
    expect(figure(await html(listOf('attempts:1', 'all')), 'People')).toBe('0')
  })
})

describe('with all of them', () => {
  const tags = async () =>
    (
      await db
        .selectFrom('person_tag')
        .select('person_id')
        .where('organization_id', '=', organization_id)
        .where('tag', '=', 'welcome')
        .execute()
    ).map(({ person_id }) => person_id)

  test('a tag is put on them, and taken back from those who had it from there', async () => {
    await addTag(db, organizer, people.student ?? '', 'welcome')
    const tagged = await us.post('/people/tag', { q: 'language:ko', only: 'strangers', tag: 'Welcome' })
    expect(tagged.status).toBe(303)
    const back = tagged.headers.get('location') ?? ''
    expect(back).toMatch(/^\/people\?q=language%3Ako&only=strangers&tagging=/)
    expect((await tags()).toSorted()).toEqual([people.student, people.newcomer].toSorted())
    expect(await html(back)).toContain('1 person has the tag welcome now.')
    const tagging = back.split('tagging=')[1] ?? ''
    const undo = `/people/taggings/${tagging}/take-back`
    expect((await them.post(undo, {})).status).toBe(404)
    for (const _ of ['once', 'twice']) expect((await us.post(undo, { q: 'language:ko' })).status).toBe(303)
    expect(await tags()).toEqual([people.student])
    expect(await html(back, 'ko')).toContain('‘welcome’ 태그를 다시 뗐습니다.')
    const refused = await us.post('/people/tag', { q: 'language:ko', tag: 'two, words' })
    expect([refused.status, (await refused.text()).includes('value="two, words"')]).toEqual([422, true])
    expect((await us.post('/people/tag', { q: 'party:dme', tag: 'welcome' })).status).toBe(422)
    const { rows } = await sql<{ action: string }>`select action from audit_entry where subject = 'tagging' order by audit_id`.execute(db) // prettier-ignore
    expect(rows.map(({ action }) => action)).toEqual(['tagging.make', 'tagging.take_back'])
  })

  test('they are taken as a file where its use is said, without what somebody refused', async () => {
    const asked = { q: 'language:ko or last:cho', only: 'all' }
    expect(await html(listOf(asked.q, 'all', {}, '/people/file'))).toContain('4 people with what')
    expect((await us.post('/people/file', { ...asked, purpose: 'x' })).status).toBe(422)
    const answer = await us.post('/people/file', { ...asked, purpose: 'Invitations to the forum', law: 'yes' })
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="people-2026-11-23.csv"')
    const lines = (await answer.text()).trimEnd().split('\r\n')
    expect(lines[0]).toBe(
      'Family name,Given name,Name in Hangul,Form of address,Preferred language,Phone number,E-mail,Home address,City,ZIP code,Tags,In a voter file',
    )
    expect(lines.slice(1)).toEqual([
      "'=Cho,Mina,,,en,718-555-0302,,,,,,no",
      'Bae,Mina,,,ko,,,9 Elm St,,07024,,no',
      'Kwon,Sora,,,ko,,,,,,,yes',
      'Seo,Mina,,,ko,718-555-0301,seo@example.org,,,,welcome,no',
    ])
    expect((await host.get('/people/file')).status).toBe(403)
    const { after } = await db.selectFrom('audit_entry').select('after').where('action', '=', 'person.export').executeTakeFirstOrThrow() // prettier-ignore
    expect(after).toMatchObject({ people: 4, purpose: 'Invitations to the forum' })
  })
})

test('a mark holds also after it turns out that somebody is not that voter; an address only claimed is nobody’s', async () => {
  const who = await person({ last_name: 'Nam', phones: ['+17185550309'], emails: ['nam@example.org'], address: '1 Oak St', zip5: '07024' }) // prettier-ignore
  await addTag(db, organizer, who, 'nam')
  const link = (voter_id: number | null) => sql`update person set voter_id = ${voter_id} where organization_id = ${organization_id} and person_id = ${who}::uuid`.execute(world.database.owner) // prettier-ignore
  await link(2)
  const file = async (q: string) => (await (await us.post('/people/file', { q, purpose: 'Invitations to the forum', law: 'yes' })).text()).split('\r\n')[1] // prettier-ignore
  await sql`update person_email set claimed_at = now() where email = 'nam@example.org'`.execute(world.database.owner)
  expect(await file('tag:nam')).toBe('Nam,Mina,,,,718-555-0309,,1 Oak St,,07024,nam,yes')
  await mark(db, organizer, who, { reason: 'hostile', note: 'asked us to stay away' })
  await link(null)
  expect(figure(await html(listOf('tag:nam', 'all')), 'People')).toBe('0')
  expect(await file('tag:nam suppressed:any')).toBe('Nam,Mina,,,,,,,,,nam,no')
  await link(3)
  expect(await file('tag:nam')).toBe('Nam,Mina,,,,,,,,,nam,yes')
})

test('a universe tells how many in no voter file fit beside its voters', async () => {
  const form = { name: 'Korean speakers', expression: 'language:ko', note: null }
  const saved = await saveUniverse(db, organizer, form, now, '2026-11-23')
  if (!saved.ok) throw new Error(saved.problem)
  const page = await html(`/voters/universes/${saved.universe_id}`)
  expect(page).toContain('And 2 people of yours who are in no voter file fit.')
  expect(page).toContain('href="/people?q=language%3Ako&amp;only=strangers"')
  expect(await html(`/voters/universes/${saved.universe_id}`, 'ko')).toContain('우리 사람도 2명 맞습니다.')
})

test('the command line counts them', async () => {
  let answered: unknown
  const program = new Command().exitOverride()
  targetingCommands(program, {
    open: async () => world.installation,
    isBegun: () => true,
    actor: organizer,
    answer: (_options, value) => void (answered = value),
    say: () => undefined,
    confirm: () => Promise.resolve(false),
    stoppable: (work) => work(new AbortController().signal),
  })
  const count = (expression: string) =>
    program.parseAsync(['people', 'count', expression, '--organization', 'ours', '--json'], { from: 'user' })
  await count('language:ko')
  expect(answered).toEqual({ count: 3 })
  await expect(count('party:dme')).rejects.toMatchObject({ code: 2 })
})

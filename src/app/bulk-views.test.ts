import { beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import type { Actor } from '../platform/actor.ts'
import { createToken } from '../features/access/tokens/commands.ts'
import { peopleDuplicates } from '../features/people/duplicates/jobs.ts'
import { createPerson } from '../features/people/commands.ts'
import { chooseMapping, personImport, receiveSheet } from '../features/people/imports/commands.ts'
import { importPeople } from './import-people.ts'
import { Mapping } from '../features/people/imports/schema.ts'
import { addTestCaller, addVoters, callAround, makeBank } from '../features/phonebanks/testing.ts'
import { makeWorld } from '../platform/testing/world.ts'
import { routes } from './routes.ts'
import { buildApp } from './server.ts'

const world = await makeWorld()
const { ours, installation } = world
const organizer: Actor = { ...ours.organizer, roles: ['organizer'] }
const db = world.database.of(ours.organization_id)
let address: Record<string, string> = {}
let cookie = ''
let bearer = ''

/** Pages and answers that show many people at once, each with the one entry a view leaves. */
const bulk = [
  { view: 'search', path: '/voters?q=Kim', action: 'voter.search' },
  { view: 'somebody related looked for', path: '/people/v1/related?q=Kim', action: 'voter.search' },
  { view: 'people by a condition', path: '/people?q=last:park', action: 'person.browse' },
  { view: 'possible duplicates', path: '/people/duplicates', action: 'person_pair.list' },
  { view: 'preview of an import', path: '/people/imports/:import', action: 'person_import.view' },
  { view: 'a phone bank with its last calls', path: '/phonebanks/:bank', action: 'phonebank.view' },
  { view: 'results', path: '/phonebanks/:bank/results', action: 'phonebank.results' },
  { view: 'a page of one result', path: '/phonebanks/:bank/results?disposition=refused', action: 'phonebank.results' },
  { view: 'why a voter is called', path: '/phonebanks/:bank/voters/1', action: 'person.view' },
  { view: 'results as a file', path: '/phonebanks/:bank/results.csv', action: 'phonebank.export', form: 'law=yes' },
  { view: 'people by the API', path: '/api/v1/people', action: 'person.list' },
  { view: 'calls by the API', path: '/api/v1/contact-attempts', action: 'contact.list' },
  {
    view: 'a batch of a caller',
    path: '/call/:bank/batch',
    action: 'phonebank.batch',
    json: { holding: [], lines: 10, hours: 2 },
  },
] as const

beforeAll(async () => {
  const voters = Array.from({ length: 12 }, (_, at) => ({ voter_id: at + 1, first_name: 'Young Hee' }))
  await addVoters(world.database.owner, voters)
  const bank = await makeBank(world, organizer, voters.map(({ voter_id }) => voter_id)) // prettier-ignore
  const caller = await addTestCaller(world, organizer, bank)
  await callAround(caller, 4)
  cookie = `caller_${bank.phone_bank_id.slice(0, 8)}=${caller.token}`
  const unknown = {
    middle_name: null,
    name_hangul: null,
    preferred_title: null,
    sex: null,
    language: null,
    second_language: null,
    community: null,
    address: null,
    city: null,
    zip5: null,
  }
  const park = { ...unknown, last_name: 'Park', first_name: 'Sung-ho', birth_year: 1970 }
  for (const phone of ['+17185550901', '+17185550902'])
    await createPerson(db, organizer, { ...park, phones: [phone] }, 'test')
  const { organization_id } = organizer
  const context = { installation, signal: new AbortController().signal }
  await peopleDuplicates.run({ organization_id }, context)
  const received = await receiveSheet(db, world.folder, organizer, 'list.csv', [
    Buffer.from('Last name,First name,Email\nSong,Hana,hana@example.org\n'),
  ])
  if (!received.ok) throw new Error(received.problem)
  const run = await personImport(db, organization_id, received.import_id)
  await chooseMapping(db, organizer, run, Mapping.parse(run.mapping).columns, 'email', { overwrite: false, add_unsure: false }) // prettier-ignore
  await importPeople.run({ organization_id, import_id: received.import_id }, context)
  const scopes = ['people.read', 'contacts.read'] as const
  const made = await createToken(db, organizer, { name: 'Website', scopes: [...scopes], days: '' }, installation.clock.now()) // prettier-ignore
  bearer = made.token
  address = { ':bank': bank.phone_bank_id, ':import': received.import_id }
})

const entries = async (): Promise<string[]> => {
  const { rows } = await sql<{ action: string }>`select action from audit_entry order by audit_id`.execute(
    world.database.owner,
  )
  return rows.map(({ action }) => action)
}

test.each(bulk)('$view: each time one entry in the activity log', async ({ path, action, ...more }) => {
  const app = buildApp(installation, async () => organizer)
  const before = await entries()
  const to = path.replace(/:bank|:import/, (name) => address[name] ?? '')
  const posts = 'form' in more || 'json' in more
  const answer = await app.request(to, {
    method: posts ? 'POST' : 'GET',
    headers: {
      host: 'localhost',
      origin: 'http://localhost',
      'sec-fetch-site': 'same-origin',
      'accept-language': 'en',
      ...(path.startsWith('/api/') && { authorization: `Bearer ${bearer}` }),
      ...(path.startsWith('/call/') && { cookie }),
      ...(posts && { 'content-type': 'json' in more ? 'application/json' : 'application/x-www-form-urlencoded' }),
    },
    ...('form' in more && { body: more.form }),
    ...('json' in more && { body: JSON.stringify(more.json) }),
  })
  expect(answer.status).toBe(200)
  await answer.text()
  expect((await entries()).slice(before.length)).toEqual([action])
})

/** Live streams do not end, and what they show was opened with their page; the pages of one person name that one often. */
const isApart = (path: string): boolean => /\/live$|\/events?$|\/stream$|^\/people\/:who\b/.test(path)

test('whatever page shows several voters by name leaves an entry', async () => {
  const app = buildApp(installation, async () => organizer)
  const paths = routes
    .flatMap((each) => each.routes)
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => path)
  const silent: string[] = []
  for (const path of new Set(paths)) {
    if (isApart(path)) continue
    const to = path
      .replace(/^\/phonebanks\/:\w+/, `/phonebanks/${address[':bank']}`)
      .replace(/^\/people\/imports\/:\w+/, `/people/imports/${address[':import']}`)
      .replace(/:who|:voter\b/, 'v1')
      .replace(/:\w+(\{[^}]*\})?/g, '1')
    const before = (await entries()).length
    const answer = await app.request(to, { headers: { host: 'localhost', 'accept-language': 'en' } })
    const names = (await answer.text()).split('Young Hee').length - 1
    if (names >= 4 && (await entries()).length === before) silent.push(`${to}: ${names} names`)
  }
  expect(silent).toEqual([])
})

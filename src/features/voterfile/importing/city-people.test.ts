import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { makeWorld } from '../../../platform/testing/world.ts'
import { layouts } from '../layouts/all.ts'
import { keepLayout } from '../layouts/own.ts'
import { importPhones, runImport, type ImportContext, type ImportRequest } from '../commands.ts'
import { voterPhones, votersWithoutStateId } from '../queries.ts'
import { voterfileRoutes } from '../routes.tsx'
import { withoutNumber } from '../rules/keys.ts'
import { boardFiles, type Row } from './testing.ts'

// Who is who where a city's list and the state's file number people differently, and names come twice.

const world = await makeWorld()
const { owner, ownerPool } = world.database
const context: ImportContext = {
  database: world.database,
  clock: world.installation.clock,
  folder: world.folder,
  actor: { kind: 'cli', id: 'test', name: 'Tess', organization_id: '', roles: [], is_steward: true },
}
const { cityFile, stateFile, city, state } = boardFiles(world.folder)

const run = (path: string, more: Partial<ImportRequest> = {}) =>
  runImport(context, { paths: [path], layout: null, law_accepted: true, ...more })

async function counted(path: string, more: Partial<ImportRequest> = {}): Promise<Record<string, number>> {
  const result = await run(path, more)
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return { ...result.counts }
}

interface Stored {
  voter_id: number
  state_voter_id: string
  id_kind: string | null
  gone_in: number | null
  unmatched_in: number | null
  last_name: string
  first_name: string
  birth_date: string | null
  status: string
  votes: number[]
  [column: string]: unknown
}
const everybody = async (): Promise<Stored[]> =>
  (await sql<Stored>`select * from voter_record order by voter_id`.execute(owner)).rows
const phonesOf = async (voter_id: number): Promise<string[]> =>
  (await voterPhones(owner, [voter_id])).map(({ phone }) => phone)

async function forget(): Promise<void> {
  await sql`drop table if exists voter_record_ny`.execute(owner)
  for (const table of ['voter_change', 'voter_phone', 'voter_phone_said'] as const)
    await owner.deleteFrom(table).execute()
  await sql`update voter_import set file_id = null`.execute(owner)
  await sql`delete from voter_file`.execute(owner)
}
beforeEach(forget)

const rahman = (row: Row): Row => ({ ...row, ...(row.SBOEID ? { LASTNAME: 'RAHMAN', MIDDLENAME: '', DOB: '19700101' } : { Last_Name: 'RAHMAN', Middle_Initial: '', Birth_Date: '19700101' }) }) // prettier-ignore

test('of two of one name and birthday the one not found by number is nobody’s, though only one is left on either side', async () => {
  await counted(cityFile(rahman(city(300_000_001, 'MOHAMMED')), rahman(city(300_000_002, 'MOHAMMED'))))
  const [first, second] = await everybody()
  const counts = await counted(
    stateFile(rahman(state(11, 300_000_001, 'MOHAMMED')), rahman(state(13, 300_000_777, 'MOHAMMED'))),
  )
  expect(counts).toMatchObject({ rekeyed: 1, added: 1, city_only: 1 })
  const after = await everybody()
  expect(after.map(({ voter_id, id_kind }) => [voter_id, id_kind])).toEqual([
    [first?.voter_id, null],
    [second?.voter_id, 'county'],
    [3, null],
  ])
  expect(await votersWithoutStateId(owner)).toEqual(new Map([['NY', { waiting: 0, unmatched: 1 }]]))
})

test('who is purged under their number is not taken for a new namesake', async () => {
  await counted(cityFile(rahman(city(300_000_002, 'MOHAMMED'))))
  await counted(
    stateFile(rahman(state(12, 300_000_002, 'MOHAMMED', { STATUS: 'P' })), rahman(state(13, 300_000_777, 'MOHAMMED'))),
  )
  expect((await everybody()).map(({ state_voter_id, status }) => [Number(state_voter_id.slice(2)), status])).toEqual([
    [12, 'purged'],
    [13, 'active'],
  ])
})

test('twins: a name that only begins alike is not the same, and a number given to the other is not believed', async () => {
  const plain = { Middle_Initial: '' }
  await counted(cityFile(city(300_000_001, 'MIN', plain), city(300_000_002, 'SUJI', plain), city(300_000_003, 'SURA', plain))) // prettier-ignore
  const counts = await counted(
    stateFile(
      state(11, 300_000_999, 'MINJI', { MIDDLENAME: '' }),
      // The boards have the numbers of these two the other way round.
      state(12, 300_000_003, 'SUJI', { MIDDLENAME: '' }),
      state(13, 300_000_002, 'SURA', { MIDDLENAME: '' }),
    ),
  )
  expect(counts).toMatchObject({ rekeyed: 2, added: 1, city_only: 1 })
  expect((await everybody()).map(({ first_name, state_voter_id }) => [first_name, state_voter_id.slice(-3)])).toEqual([
    ['Min', '001'],
    ['Suji', '012'],
    ['Sura', '013'],
    ['Minji', '011'],
  ])
  // The next list names them by the city's numbers.
  await counted(cityFile(city(300_000_001, 'MIN', plain), city(300_000_002, 'SUJI', { ...plain, Telephone: '7185550222' }), city(300_000_003, 'SURA', plain))) // prettier-ignore
  const [min, suji, sura] = await everybody()
  expect(await phonesOf(suji?.voter_id ?? 0)).toContain('+17185550222')
  expect(await phonesOf(sura?.voter_id ?? 0)).not.toContain('+17185550222')
  expect(min?.gone_in).toBeNull()
  expect(await everybody()).toHaveLength(4)
})

test('a number the city gives to somebody else does not take the voter along', async () => {
  await counted(cityFile(city(300_000_001, 'ARA'), city(300_000_002, 'BORA')))
  const [ara] = await everybody()
  const other = city(300_000_001, 'JOON', { Last_Name: 'LEE', Birth_Date: '19500101', Telephone: '7185550333' })
  expect(await counted(cityFile(other, city(300_000_002, 'BORA')))).toMatchObject({ added: 1, unchanged: 1, gone: 1 })
  const after = await everybody()
  expect(after.map(({ first_name, gone_in }) => [first_name, gone_in !== null])).toEqual([
    ['Ara', true],
    ['Bora', false],
    ['Joon', false],
  ])
  expect(after[0]?.voter_id).toBe(ara?.voter_id)
  expect(await phonesOf(ara?.voter_id ?? 0)).toEqual(['+17185550001'])
  // Back under another number she is herself again.
  await counted(cityFile(other, city(300_000_002, 'BORA'), city(300_000_009, 'ARA')))
  expect((await everybody()).map(({ state_voter_id, gone_in }) => [state_voter_id, gone_in])).toEqual([
    ['NYC300000009', null],
    ['NYC300000002', null],
    ['NYC300000001', null],
  ])
  // A list made with the number tells by a name whose it was; without one its telephone comes to neither.
  const phones = join(world.folder, 'given-again.csv')
  writeFileSync(phones, `state_voter_id,last_name,phone\nNYC300000001,,718-555-0901\nNYC300000001,KIM,718-555-0902\nNYC300000001,LEE,718-555-0903\nNYC${withoutNumber + (ara?.voter_id ?? 0)},,718-555-0904\n`) // prettier-ignore
  expect(await importPhones(context, { paths: [phones], source: 'us', law_accepted: true })).toMatchObject({
    ok: true,
    report: { added: 3, unmatched: 1 },
  })
  expect((await phonesOf(ara?.voter_id ?? 0)).toSorted().slice(-2)).toEqual(['+17185550902', '+17185550904'])
  expect(await phonesOf(after[2]?.voter_id ?? 0)).toContain('+17185550903')
})

test('who is gone from the city’s list does not make a state’s file one of a part', async () => {
  const gone = Array.from({ length: 40 }, (_, at) => city(300_001_000 + at, `GONE${at}`, { Last_Name: `CHOI${at}` }))
  const there = Array.from({ length: 30 }, (_, at) => city(300_002_000 + at, `NAME${at}`, { Last_Name: `PARK${at}` }))
  await counted(cityFile(...gone, ...there))
  expect(await counted(cityFile(...there), { accept_gone: true })).toMatchObject({ gone: 40 })
  const rows = there.slice(1).map((row, at) => state(1000 + at, Number(row.County_EMSID), row.First_Name ?? '', { LASTNAME: row.Last_Name ?? '' })) // prettier-ignore
  expect(await counted(stateFile(...rows))).toMatchObject({ rekeyed: 29, city_only: 1 })
  expect(await votersWithoutStateId(owner)).toEqual(new Map([['NY', { waiting: 0, unmatched: 1 }]]))
  // Nobody waits any more: a row of nobody is not a new voter.
  const next = await counted(cityFile(...there, city(300_003_000, 'NEWCOMER')))
  expect(next).toMatchObject({ rejected: 1, unknown_voters: 1, added: 0 })
})

test('without a number no middle name is not any middle name', async () => {
  await counted(cityFile(city(300_000_001, 'SOO', { Middle_Initial: '' }), city(300_000_002, 'YOUNG', { Middle_Initial: 'H' }))) // prettier-ignore
  const counts = await counted(
    stateFile(
      state(11, 399_000_001, 'SOO', { MIDDLENAME: 'JIN' }),
      state(12, 399_000_002, 'YOUNG', { MIDDLENAME: 'HEE' }),
    ),
  )
  expect(counts).toMatchObject({ rekeyed: 1, added: 1, city_only: 1 })
})

test('where a few are left over and many of those go, the list is not taken for one cut off; a list cut off is', async () => {
  const left = Array.from({ length: 60 }, (_, at) => city(300_001_000 + at, `LEFT${at}`, { Last_Name: `CHOI${at}` }))
  const known = Array.from({ length: 400 }, (_, at) => city(300_002_000 + at, `NAME${at}`, { Last_Name: `PARK${at}` }))
  await counted(cityFile(...left, ...known))
  await counted(stateFile(...known.map((row, at) => state(1000 + at, 300_002_000 + at, `NAME${at}`, { LASTNAME: row.Last_Name ?? '' })))) // prettier-ignore
  expect(await votersWithoutStateId(owner)).toEqual(new Map([['NY', { waiting: 0, unmatched: 60 }]]))
  expect(await counted(cityFile(...left.slice(0, 30), ...known))).toMatchObject({ gone: 30 })
  expect(await run(cityFile(...left.slice(30), ...known.slice(0, 200)))).toMatchObject({
    ok: false,
    problem: { code: 'many_gone' },
  })
})

test('rows that could not be read do not make a list one that is cut off', async () => {
  const left = Array.from({ length: 60 }, (_, at) => city(300_001_000 + at, `LEFT${at}`, { Last_Name: `CHOI${at}` }))
  const known = Array.from({ length: 100 }, (_, at) => city(300_002_000 + at, `NAME${at}`, { Last_Name: `PARK${at}` }))
  await counted(cityFile(...left, ...known))
  await counted(stateFile(...known.map((row, at) => state(1000 + at, 300_002_000 + at, `NAME${at}`, { LASTNAME: row.Last_Name ?? '' })))) // prettier-ignore
  // Fifteen of those who wait are gone, and the rows of forty with the state's ids are torn.
  const torn = cityFile(...left.slice(15), ...known.slice(40))
  const rows = known.slice(0, 40).map((row) => `"${row.County_EMSID}","${row.Last_Name}"`)
  writeFileSync(torn, `${rows.join('\r\n')}\r\n`, { flag: 'a' })
  expect(await counted(torn)).toMatchObject({ rejected: 40, gone: 15 })
})

test('a file with the state’s ids but only years of birth joins who lives at the same address, and doubles nobody', async () => {
  await counted(cityFile(city(300_000_001, 'ARA'), city(300_000_002, 'BORA')))
  const names = ['Id', 'Last', 'First', 'Year', 'Number', 'Street', 'Zip']
  const is = ['state_voter_id', 'last_name', 'first_name', 'birth_year', 'house_number', 'street_name', 'zip'] as const
  const washington = layouts.find(({ id }) => id === 'us-wa')
  if (!washington) throw new Error('no us-wa')
  const extract = await keepLayout(
    owner,
    context.actor,
    {
      ...washington,
      state: 'NY',
      title: 'Extract',
      id_prefix: 'NY',
      delimiters: [','],
      columns: [names.map((name, at) => ({ name, ...(is[at] && { is: is[at] }) }))],
      history: null,
    },
    context.clock.now(),
  )
  const path = join(world.folder, 'extract.csv')
  // The same house number stands in many streets, and with or without its hyphen.
  const rows = ['11,KIM,ARA,1985,4125,KISSENA BLVD', '12,KIM,BORA,1985,41-25,UNION ST', '13,KIM,CHAN,1985,41-25,KISSENA BLVD'].map(
    (row) => `NY0000000000000000${row},11355`,
  ) // prettier-ignore
  writeFileSync(path, [names.join(','), ...rows, ''].join('\n'))
  const counts = await counted(path, { layout: extract.id })
  expect(counts).toMatchObject({ rekeyed: 1, added: 1, rejected: 1 })
  expect((await everybody()).map(({ first_name, id_kind }) => [first_name, id_kind])).toEqual([
    ['Ara', null],
    ['Bora', 'county'],
    ['Chan', null],
  ])
  // The state's own file tells.
  await counted(stateFile(state(11, 300_000_001, 'ARA'), state(12, 300_000_002, 'BORA'), state(13, 300_000_003, 'CHAN'))) // prettier-ignore
  expect((await everybody()).map(({ first_name, id_kind }) => [first_name, id_kind])).toEqual([
    ['Ara', null],
    ['Bora', null],
    ['Chan', null],
  ])
})

test('those the state’s file has nobody for are listed for the steward', async () => {
  await counted(cityFile(city(300_000_001, 'ARA'), city(300_000_002, 'BORA')))
  const pages = world.as(world.ours.actor([], { is_steward: true }), [voterfileRoutes])
  expect(await (await pages.get('/voterfiles')).text()).toContain(
    '/voterfiles/without-state-id?state=NY&amp;kind=waiting',
  )
  // Two of Bora's name and birthday, neither with her number: it may be either.
  await counted(stateFile(state(11, 300_000_001, 'ARA'), state(21, 399_000_021, 'BORA'), state(22, 399_000_022, 'BORA', { RADDNUMBER: '9' }))) // prettier-ignore
  expect(await (await pages.get('/voterfiles')).text()).toMatch(/3 voters in use.*1 voter in use from it/s)
  expect(await (await pages.get('/voterfiles')).text()).toContain(
    '/voterfiles/without-state-id?state=NY&amp;kind=unmatched',
  )
  const list = await (await pages.get('/voterfiles/without-state-id?state=NY')).text()
  expect(list.match(/Bora Kim/g)).toHaveLength(3)
  expect(list).toContain('Perhaps the same voter')
  expect(list).toContain('9 Kissena Blvd')
  expect(list).not.toContain('Ara Kim')
  expect(list).not.toContain('/voters/universes/new')
  const both = world.as(world.ours.actor(['organizer'], { is_steward: true }), [voterfileRoutes])
  expect(await (await both.get('/voterfiles/without-state-id?state=NY')).text()).toContain(
    '/voters/universes/new?q=state%3ANY+state-id%3Aunmatched',
  )
  const korean = await pages.get('/voterfiles/without-state-id?state=NY', { 'accept-language': 'ko' })
  expect(await korean.text()).toContain('주 명부에 없는 유권자')
  const nobody = world.as(world.ours.actor(['organizer']), [voterfileRoutes])
  expect((await nobody.get('/voterfiles/without-state-id?state=NY')).status).toBe(403)
})

test('who asks an import to stop does not wait for a long statement', async () => {
  await counted(cityFile(city(300_000_001, 'ARA')))
  const before = await everybody()
  const holder = await ownerPool.connect()
  try {
    await holder.query('begin')
    await holder.query('select from voter_record for update')
    const stopping = new AbortController()
    const stopped = run(stateFile(state(11, 300_000_001, 'ARA')), {
      signal: stopping.signal,
      onProgress: ({ phase }) => void (phase === 'comparing' && setTimeout(() => stopping.abort(), 200)),
    })
    expect(await stopped).toMatchObject({ ok: false, problem: { code: 'cancelled' } })
  } finally {
    await holder.query('rollback')
    holder.release()
  }
  expect(await everybody()).toEqual(before)
})

// ---- Any people, any lists, in any order.

interface Person {
  last: string
  first: string
  /** yyyymmdd */
  birth: string
}
const family = (last: string, birth: string, ...names: string[]) =>
  fc.record<Person>({ last: fc.constant(last), first: fc.constantFrom(...names), birth: fc.constant(birth) })
/**
 * Twins share two of three, namesakes all. Strangers share one at most: who has two of them and the number is for every
 * board the same voter, married or corrected.
 */
const people = fc.array(
  fc.oneof(
    family('KIM', '19850612', 'MIN', 'MINJI', 'SU'),
    family('RAHMAN', '19700101', 'MIN', 'MINJI', 'SU'),
    family('RAHMAN', '19850612', 'JOON', 'JOONHO'),
    family('KIM', '19700101', 'ARA'),
  ),
  { minLength: 2, maxLength: 6 },
)
/** Of one board on one day: who is in it, and under which number; places in `people` and in a pool of numbers. */
const lists = fc.array(
  fc.record({
    board: fc.constantFrom('city', 'city', 'state'),
    present: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    numbers: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 6, maxLength: 6 }),
    /** Mostly both boards keep to the same numbers. */
    is_usual: fc.boolean(),
    purged: fc.option(fc.nat(5), { nil: -1 }),
    again: fc.boolean(),
  }),
  { minLength: 2, maxLength: 5 },
)

const phoneOf = (at: number): string => `71855501${String(at).padStart(2, '0')}`
const electionDayOf = (at: number): string => `2024010${at + 1}`
const same = (one: Person, other: Person): number =>
  Number(one.last === other.last) + Number(one.first === other.first) + Number(one.birth === other.birth)
const personIn = (voter: Stored): Person => ({
  last: voter.last_name.toUpperCase(),
  first: voter.first_name.toUpperCase(),
  birth: (voter.birth_date ?? '').replaceAll('-', ''),
})

test('whatever the lists, nothing of one person comes to somebody else, nobody is twice, and whoever is named is not gone', async () => {
  await fc.assert(
    fc.asyncProperty(people, lists, async (all, boards) => {
      await forget()
      const was = new Map<number, Person>()
      for (const { board, present, numbers, is_usual, purged, again } of boards) {
        const there = all.flatMap((person, at) => (present[at] ? [{ person, at, number: 300_000_000 + (is_usual ? at : (numbers[at] ?? 0)) }] : [])) // prettier-ignore
        if (there.length === 0) continue
        const path =
          board === 'city'
            ? cityFile(...there.map(({ person, at, number }) => city(number, person.first, { Last_Name: person.last, Birth_Date: person.birth, Middle_Initial: '', Telephone: phoneOf(at) }))) // prettier-ignore
            : stateFile(...there.map(({ person, at, number }) => state(at + 1, number, person.first, { LASTNAME: person.last, DOB: person.birth, MIDDLENAME: '', VOTERHISTORY: '', STATUS: at === purged ? 'P' : 'A' }))) // prettier-ignore
        const result = await run(path)
        const isRead = result.ok
        if (again && isRead) {
          const once = await everybody()
          await run(path)
          expect(await everybody()).toEqual(once)
        }
        if (board === 'city' && isRead) {
          const history = join(world.folder, 'any-history.csv')
          const rows = there.map(({ at, number }) => `${number},41,40,023,DEM,${electionDayOf(at)},GE,E`)
          writeFileSync(history, `County_EMSID,County,Assembly_District,Election_District,Political_Party,Election_Date,Election_Type,Voter_Type\n${rows.join('\n')}\n`) // prettier-ignore
          await run(history)
        }

        const voters = await everybody()
        const days = new Map(
          (await owner.selectFrom('election').select(['election_id', 'held_on']).execute()).map(
            ({ election_id, held_on }) => [election_id, (held_on ?? '').replaceAll('-', '')],
          ),
        )
        for (const voter of voters) {
          const now = personIn(voter)
          // What points to a record (calls, tags) stays with whom it was made for.
          expect(same(was.get(voter.voter_id) ?? now, now)).toBeGreaterThan(1)
          if (!was.has(voter.voter_id)) was.set(voter.voter_id, now)
          for (const phone of await phonesOf(voter.voter_id)) {
            const whose = all[Number(phone.slice(-2))]
            expect(whose && same(whose, now)).toBeGreaterThan(1)
          }
          for (const vote of voter.votes) {
            const whose = all[Number((days.get(vote >> 3) ?? '').slice(-1)) - 1]
            expect(whose && same(whose, now)).toBeGreaterThan(1)
          }
        }
        for (const { person, at } of there) {
          // Where two share two of three, it may rightly not be known who is who.
          if (all.some((other, place) => place !== at && same(other, person) > 1)) continue
          const theirs = voters.filter((voter) => same(personIn(voter), person) === 3)
          expect(theirs.length).toBeLessThan(2)
          const ours = theirs.filter(({ id_kind }) => board === 'state' || id_kind !== null)
          if (isRead && !(board === 'state' && at === purged)) expect(ours.filter(({ gone_in }) => gone_in !== null)).toEqual([]) // prettier-ignore
        }
      }
    }),
    { numRuns: Number(process.env.RUNS ?? 8) },
  )
}, 120_000)

import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db } from '../../../platform/db/db.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { makeWorld } from '../../../platform/testing/world.ts'
import { loadCrosswalk } from '../../geography/commands.ts'
import { saveAddress } from '../../people/addresses/commands.ts'
import { AddressForm } from '../../people/addresses/schema.ts'
import { livesApart, livesWith } from '../../people/households/commands.ts'
import { saveUniverse } from '../commands.ts'
import { askForMembers, takeMembers } from '../frozen/commands.ts'
import { homesByHand } from '../homes-queries.ts'
import { parse } from '../parse.ts'
import { print } from '../print.ts'
import {
  breakdown,
  compileUniverse,
  countLeftOut,
  countUniverse,
  sampleUniverse,
  type CompiledUniverse,
} from '../queries.ts'
import { listedDistricts, type FacetValue } from '../refresh.ts'
import { districtsFromDatabase, refreshFromDatabase } from '../refresh-database.ts'
import type { Refresh } from '../refresh.ts'
import type { Expression } from '../schema.ts'
import { refusals } from '../sql.ts'
import { allInWords } from '../steps/words.ts'
import '../messages.ts'
import { addCenters, documentExamples, expressions } from '../testing.ts'
import { answer, countOf, countsByDistrict } from './answer.ts'
import { describe as describeUniverse, refresh, refreshFromColumns, votersFromColumns } from './ask.ts'
import { columnsPath } from './file.ts'
import { LoadedColumns, TooMuch } from './loaded.ts'
import { ColumnStore } from './store.ts'
import { addElections, addKnowledge, addVoters, build } from './testing.ts'

const world = await makeWorld()
const today = '2026-11-23'
const { owner } = world.database
const { organization_id } = world.ours
const db = world.database.of(organization_id)
const path = columnsPath(world.folder)
const store = new ColumnStore(world.folder)
const plain = new ColumnStore(world.folder, { is_plain: true, threads: 1 })

beforeAll(async () => {
  await addElections(owner)
  await addCenters(owner)
  const crosswalk = await loadCrosswalk(owner, world.ours.organizer, { state: 'NY', text: 'elect_dist,council,council_share,senate,senate_share\n25001,20,0.995,16,1\n25001,19,0.005,,\n25002,20,0.62,20,0.7\n25002,19,0.38,,\n40001,23,1,16,1' }, { as_of: null, source: 'test' }, world.installation.clock.now()) // prettier-ignore
  if (!crosswalk.ok) throw new Error('the crosswalk was refused')
  await addVoters(owner, 1000, 1500, 0.1)
  await addKnowledge(db, organization_id, { first: 1000, count: 1500 }, 250, 0.2)
  await addKnowledge(world.database.of(world.theirs.organization_id), world.theirs.organization_id, { first: 1000, count: 1500 }, 100, 0.3) // prettier-ignore
  await sql`analyze`.execute(owner)
  await build(world.database, path)
  await Promise.all([store.load(), plain.load()])
}, 60_000)
afterAll(() => Promise.all([store.close(), plain.close()]))

async function compiled(text: string): Promise<CompiledUniverse> {
  const result = await compileUniverse(db, text, organization_id, today)
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.universe
}

/** Voters by SQL and by the columns. */
async function both(expression: Expression, from = store): Promise<[number[], number[] | null]> {
  const universe = await compiled(print(expression))
  const { rows } = await universe.voters.execute(db)
  const ids = await votersFromColumns(from, db, universe)
  return [rows.map(({ voter_id }) => voter_id).sort((a, b) => a - b), ids && [...ids].sort((a, b) => a - b)]
}

// With those about universes below and those of life.test.ts, asked after whatever people do, a thousand.
test('random expressions mean the same voters in the columns as in SQL', async () => {
  let [some, none] = [0, 0]
  await fc.assert(
    fc.asyncProperty(fc.array(expressions(), { minLength: 20, maxLength: 20 }), async (all) => {
      const answers = await Promise.all(all.map((expression) => both(expression)))
      for (const [index, [bySql, byColumns]] of answers.entries()) {
        expect({ expression: all[index], voters: byColumns }).toEqual({ expression: all[index], voters: bySql })
        if (bySql.length > 0) some++
        else none++
      }
    }),
    { numRuns: 28, endOnFailure: true },
  )
  expect(some).toBeGreaterThan(none)
}, 600_000)

test('every example of the document counts, the same in the columns as in SQL, and is told in both languages', async () => {
  for (const [name, asks] of [
    ['Flushing tenants', 'county:queens'],
    ['Called in spring', 'contacted'],
    ['플러싱 세입자', 'tag:volunteer'],
    ['A', 'party:dem'],
  ] as const)
    expect(
      await saveUniverse(db, world.ours.organizer, { name, expression: asks, note: null }, new Date(), today),
    ).toMatchObject({ ok: true })
  const languages = (['en', 'ko'] as const).map((language) => translator(language))
  let found = 0
  for (const text of documentExamples()) {
    const universe = await compiled(text)
    const bySql = await countUniverse(db, universe)
    expect([text, await store.ask(db, universe, countOf)]).toEqual([text, bySql])
    if (bySql > 0) found++
    for (const t of languages) {
      const said = allInWords(universe.expression, t)
      // A key nobody has words for would stand there as it is.
      expect([text, said, /\b(?:steps|targeting|universes|people)\.\w/.test(said)]).toEqual([text, said, false])
    }
  }
  expect(found).toBeGreaterThan(100)
})

test('plain JavaScript answers the same', async () => {
  await fc.assert(
    fc.asyncProperty(expressions(), async (expression) => {
      const [bySql, byColumns] = await both(expression, plain)
      expect(byColumns).toEqual(bySql)
    }),
    { numRuns: 60, endOnFailure: true },
  )
}, 200_000)

test('after a question too large for the columns others are counted right, also where they share its terms', async () => {
  let [answered, refused] = [0, 0]
  for (const size of [12, 21, 26]) {
    // Each part takes a place of its own; who shares a home is looked for in two steps.
    const home = `household:(age:${size}-73)`
    const parts = Array.from({ length: size }, (_, index) => `(age:${30 + index}-71 or sex:F,M)`)
    const after = [`(age:40-60 or sex:M) household:(age:${size}-60)`, `(age:40-60 or sex:M) ${home}`]
    const [large, apart, shared] = await Promise.all([`${home} ${parts.join(' ')}`, ...after].map(compiled))
    if (!large || !apart || !shared) throw new Error('three were asked for')
    const counts = await store.askAll(db, [large, apart, shared], async ([first, ...others]) => {
      await answer(first, { size: 20, tell: () => undefined }).then(
        () => answered++,
        (problem: unknown) => {
          if (!(problem instanceof TooMuch)) throw problem
          refused++
        },
      )
      const people: number[] = []
      for (const each of others) people.push((await answer(each, null)).people)
      return people
    })
    expect({ size, counts }).toEqual({
      size,
      counts: [await countUniverse(db, apart), await countUniverse(db, shared)],
    })
  }
  expect({ answered, refused }).toEqual({ answered: 1, refused: 2 })
})

test('of sets that cost alike the one unused the longest is given up, and none nobody has made is taken for one', async () => {
  const columns = await LoadedColumns.load(path, { threads: 1, is_plain: true })
  try {
    const isNew = (key: string): boolean | undefined => {
      const place = columns.cached(key, 12, new Set())
      columns.made([key])
      return place?.isNew
    }
    const first = Array.from({ length: 24 }, (_, index) => `set ${index}`)
    for (const key of [...first, 'set 0', 'one', 'another']) isNew(key)
    expect(['one', 'another', 'set 0', 'set 3', 'set 1', 'set 2'].map(isNew)).toEqual([false, false, false, false, true, true]) // prettier-ignore
    const [mine, theirs] = [new Set<string>(), new Set<string>()]
    const told = [mine, mine, theirs, theirs].map((pinned) => columns.cached('planned', 12, pinned)?.isNew)
    expect(told).toEqual([true, false, true, false])
  } finally {
    await columns.close()
  }
})

/** Values in one order, which neither side promises. */
function ordered(answer: Refresh | null): object | null {
  if (!answer) return null
  const { answered_by: _, facets, ...rest } = answer
  return {
    ...rest,
    facets: Object.fromEntries(
      Object.entries(facets).map(([facet, values]) => [
        facet,
        [...values].sort((a, b) => a.value.localeCompare(b.value, 'en', { numeric: true })),
      ]),
    ),
  }
}

test('every number of a refresh is that of the database', async () => {
  await fc.assert(
    fc.asyncProperty(expressions(), async (expression) => {
      const universe = await compiled(print(expression))
      const byColumns = await refreshFromColumns(store, db, universe)
      expect(byColumns?.answered_by).toBe('columns')
      const bySql = await refreshFromDatabase(db, universe, organization_id, today, null)
      expect(ordered(byColumns)).toEqual(ordered(bySql))
    }),
    { numRuns: 60, endOnFailure: true },
  )
}, 300_000)

test.each(listedDistricts)('%s districts are counted in the columns as in the database', async (kind) => {
  for (const text of ['', 'party:dem -state:NJ', 'district:school/25 status:gone,active']) {
    const universe = await compiled(text)
    const byName = (a: FacetValue, b: FacetValue): number => a.value.localeCompare(b.value)
    const byColumns = await store.ask(db, universe, (prepared) => countsByDistrict(prepared, kind))
    const bySql = await districtsFromDatabase(db, universe, kind, null)
    expect(byColumns?.sort(byName)).toEqual(bySql.sort(byName))
    if (kind === 'school') expect(bySql.length).toBeGreaterThan(0)
  }
})

test.each([
  '',
  'party:dem',
  'party:dem age:18-34 sex:F',
  'status:gone',
  'suppressed',
  'community:korean>=0.8 party:dem',
  'method:mail,affidavit',
  'method:poll/2024-general -method:early/2021-primary',
  'district:nyc-council/20 county:queens -party:rep',
  'district:congress/NJ-3,NY-6 county:NY-queens,kings',
  '-state:NJ district:nyc-council/?',
  // 25/1 has a sliver in 19, which puts nobody in doubt.
  'district:nyc-council/19?',
])('the whole refresh of "%s" is that of the database, in WebAssembly and in JavaScript', async (text) => {
  const universe = await compiled(text)
  const bySql = ordered(await refreshFromDatabase(db, universe, organization_id, today, null))
  expect(ordered(await refreshFromColumns(store, db, universe))).toEqual(bySql)
  expect(ordered(await refreshFromColumns(plain, db, universe))).toEqual(bySql)
})

test('a household changed by hand is counted so at once, in SQL and in the columns, and as before when it is taken back', async () => {
  const { organizer } = world.ours
  // Two at one door of whom nothing was said and who refused nothing, and nobody else lives there.
  const { ids } = await homesByHand(db, organization_id)
  expect(ids.length).toBeGreaterThan(20)
  const { rows } = await sql<{ a: number; b: number }>`select min(voter_id) as a, max(voter_id) as b from voter_record v
    where household_key >= 100000 and status = 'active' and gone_in is null and mail_address is null and street is not null and city is not null and zip5 is not null and voter_id <> all(${[...ids]}::integer[])
    group by household_key having count(*) = 2 and (select count(*) from voter_record o where o.household_key = v.household_key) = 2 and bool_and(voter_id not in (select voter_id from ${refusals(organization_id)} r)) order by 1 limit 1`.execute(
    owner,
  )
  const { a = 0, b = 0 } = rows[0] ?? {}
  const numbers = async () => {
    const universe = await compiled('status:active,inactive,purged')
    const [byColumns, bySql] = [await refreshFromColumns(store, db, universe), await refreshFromDatabase(db, universe, organization_id, today, null)] // prettier-ignore
    expect(ordered(byColumns)).toEqual(ordered(bySql))
    const described = await describeUniverse(store, db, universe)
    expect(described.breakdown.households).toBe(bySql.households)
    expect((await breakdown(db, universe)).households).toBe(bySql.households)
    return { households: bySql.households, mailboxes: bySql.mailboxes }
  }
  const before = await numbers()
  // Told to write to a post office box, alone and together; and post that comes back from there.
  const box = { kind: 'mailing', address: 'PO Box 77', city: 'Flushing', state: 'NY', zip5: '11354' }
  await saveAddress(db, organizer, `v${a}`, AddressForm.parse(box))
  expect(await numbers()).toEqual({ households: before.households, mailboxes: before.mailboxes + 1 })
  await saveAddress(db, organizer, `v${b}`, AddressForm.parse({ ...box, address: 'P.O. Box 77' }))
  expect(await numbers()).toEqual(before)
  for (const who of [a, b])
    await saveAddress(db, organizer, `v${who}`, AddressForm.parse({ ...box, quality: 'undeliverable' }))
  expect(await numbers()).toEqual(before)
  expect(await livesApart(db, organizer, `v${a}`, null)).toEqual({ ok: true })
  expect(await numbers()).toEqual({ households: before.households + 1, mailboxes: before.mailboxes + 1 })
  expect(await livesWith(db, organizer, `v${a}`, { other: `v${b}`, reason: null })).toEqual({ ok: true })
  expect(await numbers()).toEqual(before)
  const alone = await both({ op: 'term', term: { field: 'household', ranges: [{ from: 1, to: 1 }] } })
  expect(alone[1]).toEqual(alone[0])
  expect(alone[0]).not.toContain(a)
})

test('values nobody of the files has are told, with the nearest somebody has', async () => {
  const remarks = async (text: string, have = store.have, at: Db = db): Promise<string[]> => {
    const result = await compileUniverse(at, text, organization_id, today, have)
    if (!result.ok) throw new Error(JSON.stringify(result.problem))
    return result.universe.remarks.map(({ code, named }) => `${code} ${named}`)
  }
  const slips = await compileUniverse(db, 'city:flushng,flushin,kew party:dem', organization_id, today, store.have)
  expect(slips.ok && slips.universe.remarks.at(-1)).toEqual({
    code: 'nearest_there',
    named: 'city:flushing',
    corrected: 'city:flushing,kew party:dem',
  })
  const town =
    'county:queens city:"long island city" zip:11300-11399 state:NY,NJ party:gre district:nyc-council/19-60,52? district:ed/40001 district:senate/16 district:school/025 district:precinct/"Ward 3"'
  const counties = 'known_there county:kings,nassau,queens'
  const kinds =
    'kinds_there district:congress, district:senate, district:assembly, district:nyc-council, district:ed, district:precinct, district:school'
  const nowhere: [string, string[]][] = [
    ['county:erie', ['nobody_there county:erie', counties]],
    ['county:nyc -party:dem', ['nobody_there county:bronx,new-york,richmond', counties]],
    [
      'county:hudson or state:CA,NY',
      ['nobody_there county:hudson', counties, 'nobody_there state:CA', 'known_there state:NJ,NY'],
    ],
    ['zip:90210', ['nobody_there zip:90210']],
    [
      'district:nyc-council/20,52,60-62',
      ['nobody_there district:nyc-council/52,60-62', 'known_there district:nyc-council/19-20,23'],
    ],
    ['district:ed/77/1', ['nobody_there district:ed/77001', 'known_there district:ed/25001-25003,40001-40003']],
    ['district:ed/25/9', ['nobody_there district:ed/25009', 'known_there district:ed/25001-25003']],
    ['district:school/5', ['nobody_there district:school/5', 'known_there district:school/25-26']],
    [
      'district:precinct/"Ward 4"',
      ['nobody_there district:precinct/"Ward 4"', 'nearest_there district:precinct/"Ward 3"'],
    ],
    ['district:ward/25', ['nobody_there district:ward/25', kinds]],
    ['city:flushng', ['nobody_there city:flushng', 'nearest_there city:flushing']],
    ['city:flushng,flushin,fluhsing', ['nobody_there city:flushng,flushin,fluhsing', 'nearest_there city:flushing']],
    ['city:flushng,flushin,fluhsing,floshing', ['nobody_there city:flushng,flushin,fluhsing,floshing']],
    ['zip:90210-90299,11300-11399', ['nobody_there zip:90210-90299']],
  ]
  expect(await remarks(town)).toEqual([])
  for (const [text, told] of nowhere) expect(await remarks(text)).toEqual(told)
  // Names as some files write them, and more runs of numbers than are told.
  if (!store.have) throw new Error('the columns are loaded')
  const pairs = Array.from({ length: 13 }, (_, index) => [index * 3 + 1, index * 3 + 2]).flat()
  const others = { ...store.have, named_districts: new Map([['town', new Set(['HEMPSTEAD', 'ISLIP'])]]), districts: { ...store.have.districts, 'nyc-council': new Set(pairs) } } // prettier-ignore
  for (const typed of ['hempsted', 'hempstead'])
    expect(await remarks(`district:town/${typed}`, others)).toEqual([`nobody_there district:town/${typed}`, 'nearest_there district:town/HEMPSTEAD']) // prettier-ignore
  expect((await remarks('district:nyc-council/51', others))[1]).toMatch(/^known_there .*,34-35, … \(26\)$/)
  // Before they are loaded the database says the same of a town.
  expect(await remarks(town, null)).toEqual([])
  for (const [text, [told]] of nowhere.slice(3)) expect(await remarks(text, null)).toEqual([told])
  // A file that came since may have them.
  const tx = await owner.startTransaction().execute()
  await sql`insert into voter_file (state, layout, kind, names, imported_by, counts) values ('NY', 'us-ny', 'registration', '{}', 'test', '{}')`.execute(
    tx,
  )
  expect(await remarks('county:erie', store.have, tx)).toEqual([])
  await tx.rollback().execute()
})

test('who is marked as dead or moved lives at no address any more, in SQL as in the columns', async () => {
  // Two alone at one door of whom nothing was said, and to whom nobody was moved by hand.
  const { rows } = await sql<{ stays: number; leaves: number }>`
    select min(voter_id) as stays, max(voter_id) as leaves from voter_record where household_key is not null
    group by household_key having count(*) = 2 and bool_and(status = 'active' and gone_in is null
      and voter_id not in (select voter_id from person where voter_id is not null) and voter_id not in (select voter_id from suppression where voter_id is not null)
      and household_key not in (select home from household_member))
    order by 1`.execute(owner)
  const pair = parse('household:2')
  if (!pair.ok) throw new Error('household:2')
  const [inPairs] = await both(pair.expression)
  const doors = rows.filter(({ stays }) => inPairs.includes(stays)).slice(0, 2)
  expect(doors).toHaveLength(2)
  for (const [nth, { stays, leaves }] of doors.entries()) {
    const isFound = async (text: string): Promise<boolean> => {
      const parsed = parse(text)
      if (!parsed.ok) throw new Error(text)
      const [bySql, byColumns] = await both(parsed.expression)
      expect(byColumns).toEqual(bySql)
      return bySql.includes(stays)
    }
    const texts = ['household:1', 'household:2', '-household:2', 'household:(sex:F,M,X,unknown)', 'household:(suppressed:moved,deceased)'] // prettier-ignore
    const found = async () => Promise.all(texts.map(isFound))
    expect(await found()).toEqual([false, true, false, true, false])
    await sql`insert into suppression (organization_id, voter_id, reason, marked_by)
      values (${organization_id}, ${leaves}, ${nth === 0 ? 'moved' : 'deceased'}, 'test')`.execute(owner)
    expect(await found()).toEqual([true, false, true, false, true])
    await sql`update suppression set taken_back_at = now(), taken_back_by = 'test' where voter_id = ${leaves}`.execute(
      owner,
    )
    expect(await found()).toEqual([false, true, false, true, false])
  }
})

test('the sample is the one the database takes', async () => {
  const universe = await compiled('party:dem,rep')
  const sample = await sampleUniverse(db, universe, organization_id)
  expect(sample).toHaveLength(20)
  expect((await refresh(store, db, universe)).sample).toEqual(sample)
})

test('a household of somebody in a frozen universe is the same in the columns as in SQL', async () => {
  const { organizer } = world.ours
  const now = world.installation.clock.now()
  const saved = await saveUniverse(
    db,
    organizer,
    { name: 'kept', expression: 'party:dem age:18-60', note: null },
    now,
    today,
  )
  if (!saved.ok) throw new Error(JSON.stringify(saved))
  const asked = await askForMembers(db, organizer, saved.universe_id, now)
  if (!asked.ok) throw new Error(asked.problem)
  expect(await takeMembers(db, organizer, saved.universe_id, asked.version, now, today)).toMatchObject({ ok: true })
  for (const [name, expression] of [
    ['struck', 'status:purged,gone party:dem'],
    ['marked', 'suppressed:any'],
  ] as const)
    expect(await saveUniverse(db, organizer, { name, expression, note: null }, now, today)).toMatchObject({ ok: true })
  // Those who fit today are others than those who are kept.
  await sql`delete from universe_member where universe_id = ${saved.universe_id} and voter_id % 2 = 0`.execute(owner)
  for (const text of [
    'in:"kept"',
    'household:(in:"kept")',
    'household:(in:"kept") -in:"kept"',
    '-household:(in:"kept")',
    'in:kept,struck or in:marked',
    'in:kept -in:struck -in:marked',
    'in:struck or party:rep',
    'in:kept or status:inactive',
    'in:kept or suppressed:moved',
    'suppressed:moved or in:struck',
  ]) {
    const parsed = parse(text)
    if (!parsed.ok) throw new Error(text)
    const [bySql, byColumns] = await both(parsed.expression)
    expect(bySql.length, text).toBeGreaterThan(0)
    expect(byColumns, text).toEqual(bySql)
    const universe = await compiled(text)
    const left_out = await countLeftOut(db, universe)
    expect((await describeUniverse(store, db, universe)).left_out, text).toEqual(left_out)
    expect((await refresh(store, db, universe)).left_out, text).toEqual(left_out)
  }
  await fc.assert(
    fc.asyncProperty(expressions(['kept', 'struck', 'marked']), async (expression) => {
      const [bySql, byColumns] = await both(expression)
      expect({ expression, voters: byColumns }).toEqual({ expression, voters: bySql })
    }),
    { numRuns: 60, endOnFailure: true },
  )
})

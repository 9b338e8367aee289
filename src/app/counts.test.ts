import { randomUUID } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { translator } from '../platform/i18n/messages.ts'
import { makeWorld } from '../platform/testing/world.ts'
import { recordAttempt } from '../features/contacts/commands.ts'
import { loadCrosswalk } from '../features/geography/commands.ts'
import { addTag, personForVoter, removeTag } from '../features/people/commands.ts'
import { mergePeople } from '../features/people/merge/commands.ts'
import { runImport } from '../features/voterfile/commands.ts'
import { voterFile } from '../features/voterfile/generator/voters.ts'
import { TooSlow } from '../features/targeting/bounded.ts'
import { changeUniverse, saveUniverse } from '../features/targeting/commands.ts'
import { compare } from '../features/targeting/comparison/queries.ts'
import { expected } from '../features/targeting/export/queries.ts'
import { channels as exportChannels } from '../features/targeting/export/schema.ts'
import { askForMembers, takeMembers, undoVersion } from '../features/targeting/frozen/commands.ts'
import { Reasons } from '../features/targeting/frozen/pages/card.tsx'
import { drift, drifted, sides } from '../features/targeting/frozen/queries.ts'
import type { Draw } from '../features/targeting/hash.ts'
import { nightlySizes } from '../features/targeting/jobs.ts'
import { parse } from '../features/targeting/parse.ts'
import { print } from '../features/targeting/print.ts'
import { compileSaved, compileUniverse, countUniverse, universe, type CompiledUniverse, type Universe } from '../features/targeting/queries.ts' // prettier-ignore
import { targetingRoutes } from '../features/targeting/routes.tsx'
import type { Expression } from '../features/targeting/schema.ts'
import { countSteps } from '../features/targeting/steps/queries.ts'
import { stepsOf } from '../features/targeting/steps/rules.ts'
import { expressions } from '../features/targeting/testing.ts'
import {
  countBy,
  countVoters,
  describe,
  driftedByColumns,
  leftOutVoters,
  StillCounting,
  Superseded,
  votersFromColumns,
} from '../features/targeting/columns/ask.ts'
import { columnsPath } from '../features/targeting/columns/file.ts'
import { takesWasm } from '../features/targeting/columns/kernels.ts'
import { Lane } from '../features/targeting/columns/lane.ts'
import { columnsOf } from '../features/targeting/columns/store.ts'
import { addElections, addKnowledge, addVoters, build } from '../features/targeting/columns/testing.ts'

/* What is counted outside the builder: the same with the columns and without them. */

const world = await makeWorld()
const today = '2026-11-23'
const { owner } = world.database
const { organization_id, organizer } = world.ours
const db = world.database.of(organization_id)
const now = world.installation.clock.now()
const store = columnsOf(world.installation)

beforeAll(async () => {
  await addElections(owner)
  await addVoters(owner, 1, 500, 0.3)
  await addKnowledge(db, organization_id, { first: 1, count: 500 }, 120, 0.4)
  await sql`analyze`.execute(owner)
  await build(world.database, columnsPath(world.folder))
  await store.load()
}, 60_000)
afterAll(() => store.close())

async function compiled(text: string): Promise<CompiledUniverse> {
  const result = await compileUniverse(db, text, organization_id, today)
  if (!result.ok) throw new Error(`${text}: ${JSON.stringify(result.problem)}`)
  return result.universe
}

async function save(name: string, expression: string, count = countBy(store, db)): Promise<Universe> {
  const saved = await saveUniverse(db, organizer, { name, expression, note: null }, now, today, count)
  const found = saved.ok ? await universe(db, organization_id, saved.universe_id) : undefined
  if (!found) throw new Error(JSON.stringify(saved))
  return found
}

async function freeze(saved: Universe, from: typeof store | null, draw: Draw | null = null): Promise<Universe> {
  const asked = await askForMembers(db, organizer, saved.universe_id, now, draw)
  if (!asked.ok) throw new Error(asked.problem)
  const taken = await takeMembers(db, organizer, saved.universe_id, asked.version, now, today, undefined, from)
  expect(taken).toMatchObject({ ok: true })
  const found = await universe(db, organization_id, saved.universe_id)
  if (!found) throw new Error('universe')
  return found
}

const membersOf = async ({ universe_id }: Universe): Promise<number[]> =>
  (await sql<{ voter_id: number }>`select voter_id from universe_member where universe_id = ${universe_id} and until is null order by 1`.execute(owner)).rows.map(({ voter_id }) => voter_id) // prettier-ignore

test('the page of a universe tells the same from the columns as from the database', async () => {
  await fc.assert(
    fc.asyncProperty(expressions(), async (expression) => {
      const asked = await compiled(print(expression))
      const told = await describe(store, db, asked)
      expect(told).toEqual(await describe(null, db, asked))
      expect(await leftOutVoters(store, db, asked)).toEqual(told.left_out)
    }),
    { numRuns: 6, endOnFailure: true, examples: [[{ op: 'and', of: [] }]] },
  )
})

test('saving, changing, freezing and the night count the same with the columns and without', async () => {
  const bySql = await save('By SQL', 'age:20-70 -household:(party:rep)', (asked, until) => countUniverse(db, asked, until)) // prettier-ignore
  const asked = vi.spyOn(store, 'askAll')
  const byColumns = await save('By columns', 'age:20-70 -household:(party:rep)')
  expect(asked).toHaveBeenCalled()
  expect(byColumns.counted).toBe(bySql.counted)
  expect(byColumns.counted).toBeGreaterThan(0)
  const form = { name: 'By columns', expression: 'age:20-60', note: null }
  const changed = await changeUniverse(db, organizer, byColumns.universe_id, form, now, today, countBy(store, db))
  expect(changed).toMatchObject({ ok: true, counted: await countUniverse(db, await compiled('age:20-60')) })

  const [one, two] = [await freeze(byColumns, store), await freeze(await save('Again', 'age:20-60'), null)]
  expect(await membersOf(one)).toEqual(await membersOf(two))
  expect(one.counted).toBe(two.counted)

  await sql`update universe set counted = null`.execute(owner)
  asked.mockClear()
  await nightlySizes.run({}, { installation: world.installation, signal: new AbortController().signal })
  expect(asked).toHaveBeenCalled()
  expect((await universe(db, organization_id, bySql.universe_id))?.counted).toBe(bySql.counted)
  asked.mockRestore()
})

test('steps, comparisons, who came and went and what an export would hold are the same', async () => {
  const text = 'party:dem,none age:18-80 -contacted:30d voted>=1/4'
  const read = parse(text)
  if (!read.ok) throw new Error(text)
  const steps = stepsOf(read.expression)
  expect(steps.length).toBeGreaterThan(2)
  expect(await countSteps(db, steps, organization_id, today, null, store)).toEqual(await countSteps(db, steps, organization_id, today, null)) // prettier-ignore

  const fits = await compiled(text)
  const driftedFrom = async (kept: Universe, draw: Draw | null) => {
    const members = await compileSaved(db, kept, today)
    const ids = members.ok ? await driftedByColumns(store, db, fits, members.universe, draw) : null
    if (!ids) throw new Error('no columns')
    return ids
  }
  // Drawn ones: nobody comes or goes while nothing changes, however many more fit.
  const draw = { at_most: 20, seed: 'fall' }
  const [twenty, bySqlAlone] = [await freeze(await save('Twenty', text), store, draw), await freeze(await save('Twenty too', text), null, draw)] // prettier-ignore
  expect(await membersOf(twenty)).toHaveLength(20)
  expect(await membersOf(bySqlAlone)).toEqual(await membersOf(twenty))
  expect(await countUniverse(db, fits)).toBeGreaterThan(30)
  expect(await driftedFrom(twenty, draw)).toEqual({ came: new Uint32Array(), went: new Uint32Array(), undrawn: new Uint32Array() }) // prettier-ignore

  const frozen = await freeze(await save('Kept ones', text), store)
  const other = await save('Others', 'community:korean or tag:volunteer')
  for (const [a, b] of [[frozen, other], [other, frozen]] as const) {
    const byColumns = await compare(db, a, b, today, null, store)
    expect(byColumns).toEqual(await compare(db, a, b, today, null))
    expect(byColumns.ok && byColumns.comparison.counts.both).toBeGreaterThan(0)
  } // prettier-ignore

  // Some were kept who do not fit, some fit who were not kept, and one has no record any more.
  await sql`delete from universe_member where universe_id = ${frozen.universe_id} and voter_id % 3 = 0`.execute(owner)
  await sql`insert into universe_member (organization_id, universe_id, voter_id, since) select ${organization_id}, ${frozen.universe_id}, voter_id, 1
    from (select voter_id from voter_record where party = 'rep' and voter_id % 2 = 0 union all select 900001) t`.execute(
    owner,
  )
  await sql`update universe set version = version + 1 where universe_id = ${frozen.universe_id}`.execute(owner)
  for (const drawn of [null, draw]) {
    const ids = await driftedFrom(frozen, drawn)
    expect(ids.went.at(-1)).toBe(900001)
    const taken = { saved: frozen, since: now, draw: drawn, fits }
    for (const side of sides) {
      const bySql = await drift(db, side, { ...taken, ids: null })
      expect(bySql.count).toBeGreaterThan(0)
      expect(await drift(db, side, { ...taken, ids }, null, bySql.count)).toEqual(bySql)
      const many = await drift(db, side, { ...taken, ids }, null, bySql.count - 1)
      expect(many).toEqual({ count: bySql.count, reasons: null })
      expect(renderToStaticMarkup(Reasons({ t: translator('en'), drift: many }))).toContain('only the list says')
      const part = { from: 1, size: 3 }
      expect(await drifted(db, side, { ...taken, ids }, part)).toEqual(await drifted(db, side, { ...taken, ids: null }, part)) // prettier-ignore
    }
  }

  for (const channel of exportChannels) {
    const asked = { organization_id, today, layout: 'own' as const, channel }
    expect(await expected(db, asked, fits, null, store)).toEqual(await expected(db, asked, fits, null))
  }
})

test('who asks with a little patience is told which part is still being counted, and others are not held up', async () => {
  const walking = await compiled('street:broadway')
  const counting = 'street:broadway party:dem'
  // A walk over all records waits for whoever changes the table's form.
  const client = await world.database.ownerPool.connect()
  try {
    await client.query('begin')
    await client.query('lock table voter_record in access exclusive mode')
    await expect(countVoters(store, db, walking, { patience_ms: 5 })).rejects.toMatchObject({
      terms: [{ field: 'street', streets: ['broadway'] }],
    })
    await expect(countVoters(store, db, walking, { patience_ms: 5 })).rejects.toBeInstanceOf(StillCounting)
    // Meanwhile everybody else is answered.
    for (const text of ['party:dem age:18-40', 'sample:50%', 'in:"Kept ones" -method:mail'])
      expect(await countVoters(store, db, await compiled(text))).toBeGreaterThan(0)
    const browser = world.as(organizer, [targetingRoutes])
    const ask = async (text: string, asker: string): Promise<unknown> =>
      (await browser.postJson('/voters/universes/refresh', { text, sample: false, asker })).json()
    expect(await ask(counting, 'one')).toEqual({ is: 'counting', text: print((await compiled(counting)).expression), parts: ['street:broadway'] }) // prettier-ignore
    // Under which name it is asked: of one builder the newest question alone is answered.
    const asked = vi.spyOn(store, 'askAll')
    await ask('sex:F', 'two')
    expect(asked.mock.calls.at(-1)?.[3]).toMatchObject({ asker: `${organization_id} ${organizer.id} two` })
    asked.mockRestore()
  } finally {
    await client.query('rollback')
    client.release()
  }
  for (const text of ['street:broadway', 'name:kim street:broadway'])
    expect(await countVoters(store, db, await compiled(text))).toBe(await countUniverse(db, await compiled(text)))
})

test('of two questions of one builder that wait for a walk, the older is given up', async () => {
  const questions = [await compiled('last:kim sex:F'), await compiled('last:kim sex:M')]
  // Both in one moment: neither has its answer when the other is asked.
  const [older, newer] = await Promise.allSettled(
    questions.map((question) => countVoters(store, db, question, { asker: 'three' })),
  )
  const outcomes = [older, newer].map((each) => (each?.status === 'rejected' ? each.reason instanceof Superseded : 'counted')) // prettier-ignore
  expect(outcomes.sort()).toEqual(['counted', true])
})

test('a walk nobody waits for any more gives its place to one that is wanted', async () => {
  let time = 0
  const lane = new Lane<string>(() => time)
  const begun = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const left = begun.map((each, index) =>
    lane.wanted(db, `left ${index}`, 1, async (tx) => {
      each.resolve()
      await sql`select pg_sleep(600)`.execute(tx)
      return 'slept'
    }),
  )
  const given_up = await Promise.allSettled(left)
  expect(given_up.map((each) => each.status === 'rejected' && each.reason instanceof TooSlow)).toEqual([true, true])
  await Promise.all(begun.map(({ promise }) => promise))
  time = 60_000
  expect(await lane.wanted(db, 'wanted', Infinity, async () => 'walked')).toBe('walked')
})

test('where WebAssembly is not to be had, or has no SIMD, JavaScript answers the same', async () => {
  expect(takesWasm()).toBe(true)
  // A module this machine does not know.
  expect(takesWasm(Buffer.from('\0asm\x02\0\0\0').toString('base64'))).toBe(false)
  const { LoadedColumns } = await import('../features/targeting/columns/loaded.ts')
  const { ColumnStore } = await import('../features/targeting/columns/store.ts')
  vi.stubGlobal('WebAssembly', undefined)
  const without = new ColumnStore(world.folder)
  try {
    expect(takesWasm()).toBe(false)
    const columns = await LoadedColumns.load(columnsPath(world.folder))
    expect(columns.is_plain).toBe(true)
    await columns.close()
    await without.load()
    for (const text of ['party:dem household:(sex:F)', 'split:A/2 birthday:3', 'skipped:2024-general']) {
      const asked = await compiled(text)
      expect(await votersFromColumns(without, db, asked)).toEqual(await votersFromColumns(store, db, asked))
    }
  } finally {
    vi.unstubAllGlobals()
    await without.close()
  }
})

/** What people do, in any order. Each is done by the command their pages call. */
type Act = 'import' | 'contact' | 'tag' | 'untag' | 'merge' | 'crosswalk' | 'freeze' | 'undo'

test('after whatever people do, in any order, the columns mean the same voters as SQL', async () => {
  const folder = mkdtempSync(join(world.folder, 'files-'))
  let files = 0
  const kept = await save('Kept', 'party:dem')
  const acts: Record<Act, (roll: number) => Promise<unknown>> = {
    async import() {
      const path = join(folder, `AllNYSVoters_2026110${(files % 9) + 1}.txt`)
      const rows = 120 + 40 * (files++ % 2)
      writeFileSync(path, Buffer.concat([...voterFile({ rows, seed: 1 + (files % 2), today, is_clean: true })].map(({ voters }) => Buffer.from(voters)))) // prettier-ignore
      const context = { database: world.database, clock: world.installation.clock, folder: world.folder, actor: { ...organizer, is_steward: true } } // prettier-ignore
      const done = await runImport(context, { paths: [path], layout: 'us-ny', law_accepted: true, accept_gone: true })
      if (!done.ok) throw new Error(JSON.stringify(done.problem))
      // Until the columns are built anew the database answers.
      expect(await store.ask(db, await compiled('party:dem'), () => Promise.resolve(true))).toBeNull()
      await rebuilt()
    },
    contact: async (roll) =>
      recordAttempt(
        db,
        organizer,
        {
          attempt_id: randomUUID(),
          voter_id: await someVoter(roll),
          person_id: null,
          channel: 'phone',
          disposition: roll % 2 ? 'refused' : 'no_answer',
          attempted_at: now,
          phone: null,
          language: null,
          spoke_with: null,
          note: null,
          made_by: 'test',
          answers: {},
        },
        now,
      ),
    tag: async (roll) => addTag(db, organizer, await personForVoter(db, organizer, await someVoter(roll)), 'volunteer'),
    untag: async (roll) => removeTag(db, organizer, await somePerson(roll), 'volunteer'),
    async merge(roll) {
      const [one, two] = [await somePerson(roll), await somePerson(roll + 1)]
      if (one !== two) await mergePeople(db, organizer, one, two, [])
    },
    async crosswalk(roll) {
      const text = `elect_dist,council,council_share\n25001,${19 + (roll % 2)},1\n25002,20,0.6\n25002,19,0.4\n40003,20,1`
      const origin = { as_of: null, source: 'test' }
      expect(await loadCrosswalk(owner, organizer, { state: 'NY', text: text }, origin, new Date(now.getTime() + roll))).toMatchObject({ ok: true }) // prettier-ignore
      await rebuilt()
    },
    async freeze() {
      await freeze(kept, store)
    },
    async undo() {
      const { version = 0 } = (await universe(db, organization_id, kept.universe_id)) ?? {}
      await undoVersion(db, organizer, kept.universe_id, version, now, today)
    },
  }
  const rebuilt = async (): Promise<void> => {
    await build(world.database, columnsPath(world.folder))
    await store.load()
  }
  const someVoter = async (roll: number): Promise<number> =>
    (await sql<{ voter_id: number }>`select voter_id from voter_record order by voter_id offset ${roll % 500} limit 1`.execute(owner)).rows[0]?.voter_id ?? 1 // prettier-ignore
  const somePerson = async (roll: number): Promise<string> =>
    (await sql<{ person_id: string }>`select person_id from person where organization_id = ${organization_id} and merged_into is null
      and voter_id is not null order by voter_id offset ${roll % 60} limit 1`.execute(owner)).rows[0]?.person_id ?? '' // prettier-ignore

  const named = ['in:Kept', 'household:(in:Kept)', 'household:(tag:volunteer)', 'household:(-contacted:30d party:dem)', 'district:nyc-council/20?', 'district:nyc-council/?', 'district:nyc-council/19-20'].map((text): Expression => {
    const read = parse(text)
    if (!read.ok) throw new Error(text)
    return read.expression
  }) // prettier-ignore
  const some = fc
    .tuple(expressions(), fc.constantFrom(...named), fc.constantFrom('and' as const, 'or' as const, 'not' as const))
    .map(([one, other, op]): Expression => (op === 'not' ? { op: 'and', of: [{ op: 'not', of: other }, one] } : { op, of: [other, one] })) // prettier-ignore
  const agree = async (expression: Expression): Promise<void> => {
    const asked = await compiled(print(expression))
    const { rows } = await asked.voters.execute(db)
    const ids = await votersFromColumns(store, db, asked)
    expect([asked.text, ids && [...ids]]).toEqual([asked.text, rows.map(({ voter_id }) => voter_id).sort((a, b) => a - b)]) // prettier-ignore
  }
  const act = fc.record({
    does: fc.constantFrom<Act>('contact', 'tag', 'untag', 'merge', 'crosswalk', 'freeze', 'undo', 'contact', 'tag'),
    roll: fc.nat(1000),
    asks: some,
  })
  const imports = fc.record({ does: fc.constant<Act>('import'), roll: fc.nat(1000), asks: some })
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(fc.array(act, { minLength: 8, maxLength: 10 }), imports, fc.array(act, { minLength: 6, maxLength: 8 })),
      async ([before, again, after]) => {
        for (const { does, roll, asks } of [...before, again, ...after]) {
          await acts[does](roll)
          await agree(asks)
        }
        for (const expression of named) await agree(expression)
      },
    ),
    { numRuns: 1, endOnFailure: true },
  )
})

import { mkdirSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { createUser, setSteward } from '../../features/access/commands.ts'
import { demoPassword } from '../../features/access/schema.ts'
import { addMember, createOrganization } from '../../features/organizations/commands.ts'
import { importContests } from '../../features/elections/imports/commands.ts'
import { loadCrosswalk } from '../../features/geography/commands.ts'
import { createPhoneBank, type PhoneBankDraft } from '../../features/phonebanks/commands.ts'
import { preparePhoneBank } from '../../features/phonebanks/targets/commands.ts'
import { createScript } from '../../features/scripts/commands.ts'
import { currentVersion } from '../../features/scripts/queries.ts'
import { nextElectionDay, starterContent, starterScripts } from '../../features/scripts/starters.ts'
import { saveUniverse } from '../../features/targeting/commands.ts'
import { nightlySizes } from '../../features/targeting/jobs.ts'
import { importPhones, runImport } from '../../features/voterfile/commands.ts'
import { phoneFileHeader, voterFile } from '../../features/voterfile/generator/voters.ts'
import { addMissingIndexes } from '../../features/voterfile/indexing.ts'
import type { Actor } from '../../platform/actor.ts'
import { systemActor } from '../../platform/audit.ts'
import { addDays, dateIn } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import type { Installation } from '../../platform/http/room.ts'
import { eveningsOf, simulateCalls, type Evening } from './calls.ts'
import { makeAfterEvents } from './after-events.ts'
import { makeBallots } from './ballots.ts'
import { makeDemoCampaign } from './campaigns.ts'
import { makeEvents } from './events.ts'
import { makeHosting } from './hosting.ts'
import { makeEndorsements } from './endorsements.ts'
import { makeDemoGuide } from './guide.ts'
import { makeDemoMailings } from './mailings.ts'
import { makeForms } from './forms.ts'
import { makeDemoPaper } from './paper.ts'
import { makeMembers } from './members.ts'
import { makeLeadership } from './leadership.ts'
import { makeNewcomer } from './newcomer.ts'
import { makeOwnPeople, makeTheirPeople } from './own-people.ts'
import { nextPrimary } from './next-primary.ts'
import { emailOf, organizations, personas, type OrganizationSlug } from './personas.ts'
import { queensCrosswalk } from './queens-crosswalk.ts'
import { townFiles } from './state.ts'

/** The same seed gives the same town, but for its dates, which are seen from today. */
export const townSeed = 1120

export interface SeedOptions {
  seed: number
  /** Voters in the file. */
  rows?: number | undefined
  signal?: AbortSignal
  say?(text: string): void
}

export interface Town {
  organization_ids: Record<OrganizationSlug, string>
  /** By persona's key. */
  actors: Record<string, Actor>
  /** By key of the lists below. */
  universe_ids: Record<string, string>
  script_ids: Record<string, string>
  phone_bank_ids: Record<string, string>
}

/**
 * Fills an empty installation through the commands everybody uses; nothing is written past them. What does not build on one
 * another goes side by side, but nothing that another step could be told by: the same seed gives the same town.
 */
export async function seedTown(installation: Installation, options: SeedOptions): Promise<Town> {
  const { seed, rows = 60_000, signal, say = () => undefined } = options
  const step = async <T>(title: string, work: () => Promise<T>, told?: (made: T) => string): Promise<T> => {
    signal?.throwIfAborted()
    const started = performance.now()
    const made = await work()
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    say(`  ${`${title}${told ? `: ${told(made)}` : ''}`.padEnd(72)} ${seconds.padStart(5)} s`)
    return made
  }
  const now = installation.clock.now()
  const today = dateIn('America/New_York', now)

  const organization_ids = await step('Two organizations that do not see each other', () =>
    makeOrganizations(installation),
  )
  const [actors, files] = await together([
    step(
      'Their people',
      () => makePersonas(installation, organization_ids),
      (made) => `${Object.keys(made).length} to sign in as`,
    ),
    step(`A voter file of ${rows.toLocaleString('en')} invented voters`, () =>
      writeFiles(townFiles(installation.config.data), { rows, seed, today }),
    ),
  ])
  // Before the voters: their estimates count who lives in their district.
  await step(
    'Which council district each election district of Queens lies in',
    async () => {
      const origin = { as_of: '2025-08-20', source: 'NYC Department of City Planning, 25c' }
      const steward = actorOf(actors, 'steward')
      const { owner } = installation.database
      const loaded = await loadCrosswalk(
        owner,
        steward,
        { state: 'NY', text: queensCrosswalk() },
        origin,
        installation.clock.now(),
      )
      if (!loaded.ok) throw new Error(loaded.problems.map(({ code, line }) => `${line}: ${code}`).join(', '))
      return loaded.report.reduce((sum, { election_districts }) => sum + election_districts, 0)
    },
    (count) => `${count} election districts`,
  )
  await step(
    'Who runs in the next primary for the Legislature, by the importer of contests',
    async () => {
      const file = nextPrimary(today)
      if (!file) return null
      const done = await importContests(installation.database.owner, actorOf(actors, 'steward'), file, today)
      if (!done.ok) throw new Error(done.problems.map(({ code, line }) => `${line}: ${code}`).join(', '))
      return done.report.counts
    },
    (made) => (made ? `${made.contest.added} contests, ${made.candidate.added} candidates` : 'none in the calendar'),
  )
  const [organizer, host, neighbour] = [actorOf(actors, 'minji'), actorOf(actors, 'daniel'), actorOf(actors, 'priya')]
  const [member, byung] = [actorOf(actors, 'jenny'), actorOf(actors, 'byung')]
  const [ours, theirs] = [organizer, neighbour].map(({ organization_id }) =>
    installation.database.of(organization_id),
  ) as [Db, Db]
  const [, script_ids] = await together([
    importVoters(installation, actorOf(actors, 'steward'), files, step, signal),
    // Of nobody in the file.
    (async () => {
      await step(
        'An endorsement cycle',
        () => makeEndorsements(ours, organizer, now, today),
        (made) => `${made} candidates asked`,
      )
      return step(
        'Scripts in Korean and English',
        () => makeScripts(ours, organizer, theirs, neighbour, now, today),
        (made) => `${Object.keys(made).length}`,
      )
    })(),
  ])
  // Whoever comes to us from here on is looked for in the file, by name and by address.
  const [, universe_ids] = await together([
    step('Making names and numbers quick to search', () => addMissingIndexes(installation.database)),
    step(
      'Universes',
      () => makeUniverses(ours, organizer, theirs, neighbour, now, today),
      (made) => `${Object.keys(made).length}`,
    ),
  ])
  await step(
    'What each organization has learned itself',
    async () => {
      const made = await together([makeOwnPeople(ours, organizer, host), makeTheirPeople(theirs, neighbour)])
      return made[0] + made[1]
    },
    (people) => `${people} people with tags, notes, consent`,
  )
  await step(
    'A survey and a petition on the web',
    () => makeForms(ours, organizer, seed, now),
    (made) => `${made} answers and signatures`,
  )
  const phone_bank_ids = await step(
    'Phone banks',
    () => makePhoneBanks({ ours, organizer, theirs, neighbour, universe_ids, script_ids, now, today }),
    (made) => `${Object.keys(made).length}`,
  )
  await countTables(installation.database.owner)
  const calling = async (): Promise<void> => {
    await step(
      'Volunteers calling on the last evenings',
      async () => {
        const half_done = eveningsOf(today, volunteers, [5, 4, 2, 1, 3, 6], 4)
        const tenants = eveningsOf(today, neighbours, [3, 4, 2], 1)
        const made = await together([
          callAlready(installation, ours, organizer, phone_bank_ids, 'half_done', half_done, seed, signal),
          callAlready(installation, theirs, neighbour, phone_bank_ids, 'tenants', tenants, seed + 1, signal),
        ])
        return made[0] + made[1]
      },
      (calls) => `${calls.toLocaleString('en')} calls`,
    )
  }
  const gathering = async (): Promise<void> => {
    await step(
      'Events past and to come',
      () => makeEvents(ours, organizer, now, today),
      (made) => `${made}`,
    )
    await step(
      'What the community proposes to host, and who promotes it',
      () => makeHosting(installation, ours, { organizer, member }, now, today),
      (made) => `${made} proposals`,
    )
    await step(
      'Members and their dues',
      () => makeMembers(ours, organizer, now),
      (made) => `${made} members`,
    )
    const newcomer_id = await step('Somebody who goes the whole way', () =>
      makeNewcomer(ours, { organizer, host, secret: installation.secret }, now, today),
    )
    const panel = { scorers: [host, actorOf(actors, 'grace'), member], tied: byung, still_scoring: [organizer, member, host] } // prettier-ignore
    await step(
      'Members vote on endorsements',
      () => makeBallots(installation, organizer, panel, seed, now, today),
      (voted) => `${voted} ballots`,
    )
    // A primary of the city, which is sooner than that of the Legislature, is known from here on.
    const guide_id = await step(
      'Candidates compared',
      () =>
        makeDemoGuide(
          { owner: installation.database.owner, ours },
          { organizer, reviewer: byung, steward: actorOf(actors, 'steward') },
          now,
          today,
        ),
      (made) => (made ? 'a guide in two languages' : 'no primary of the city is ahead'),
    )
    await step(
      'E-mail to many',
      () => makeDemoMailings(ours, organizer, guide_id, now, today),
      (made) => `${made} e-mails in two languages`,
    )
    await step(
      'Who grows into what',
      () => makeLeadership(ours, { organizer, host, member, newcomer_id }, today),
      (people) => `${people} people on the ladder`,
    )
    await step(
      'What was agreed on',
      () =>
        makeAfterEvents(ours, { organizer, host, phone_bank_id: phone_bank_ids.fresh ?? '', newcomer_id }, now, today),
      (made) => `${made} tasks`,
    )
  }
  await together([calling(), gathering()])
  const universe_id = universe_ids.elders ?? ''
  const script_id = script_ids.id_persuasion ?? ''
  await together([
    countTables(installation.database.owner),
    (async () => {
      // Who was called may be reachable no more, or at another number.
      await step(
        'A postcard',
        () => makeDemoPaper(ours, organizer, universe_id, now, today),
        (pieces) => `${pieces} pieces`,
      )
      await step(
        'A campaign for whom the members endorsed',
        () => makeDemoCampaign(ours, organizer, { universe_id, script_id }, now, today),
        (made) => (made ? 'with calls to come and an e-mail' : 'nobody was endorsed'),
      )
    })(),
  ])
  // What was learned on the telephone changed who is reachable.
  await step('Counting the universes again', () =>
    nightlySizes.run({}, { installation, signal: signal ?? new AbortController().signal }),
  )
  return { organization_ids, actors, universe_ids, script_ids, phone_bank_ids }
}

/** The results of what goes side by side. All of it has ended before a failure of one is told: the database is closed after it. */
async function together<T extends readonly Promise<unknown>[]>(
  works: readonly [...T],
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(works)
  return Promise.all(works)
}

/** What PostgreSQL does by itself a minute after a table grew; here the next step asks it at once. */
async function countTables(owner: Db): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables where n_mod_since_analyze > 50 order by 1`.execute(
    owner,
  )
  if (rows.length > 0) await sql`analyze ${sql.raw(rows.map(({ name }) => name).join(', '))}`.execute(owner)
}

type Step = <T>(title: string, work: () => Promise<T>, told?: (made: T) => string) => Promise<T>

async function importVoters(
  installation: Installation,
  steward: Actor,
  files: { voters: string; phones: string },
  step: Step,
  signal: AbortSignal | undefined,
): Promise<void> {
  await step(
    'Importing it',
    () => importFile(installation, steward, files.voters, signal),
    ({ counts }) => `${counts.added.toLocaleString('en')} voters, ${counts.rejected} lines rejected`,
  )
  await step(
    'Importing its phone numbers',
    () => importNumbers(installation, steward, files.phones),
    ({ added }) => `${added.toLocaleString('en')} numbers`,
  )
}

const volunteers = [
  { name: '이순자', languages: ['ko'] },
  { name: '박경호 Daniel Park', languages: ['ko', 'en'] },
  { name: '김말순', languages: ['ko'] },
  { name: 'Jenny Oh', languages: ['en', 'ko'] },
  { name: '정우진', languages: ['ko', 'en'] },
  { name: 'Michelle Cho', languages: ['en'] },
  { name: '한복희', languages: ['ko'] },
]
const neighbours = [
  { name: 'Omar', languages: ['en'] },
  { name: 'Mei Lin', languages: ['en', 'zh'] },
]

interface PhoneBankSetting {
  ours: Db
  organizer: Actor
  theirs: Db
  neighbour: Actor
  universe_ids: Record<string, string>
  script_ids: Record<string, string>
  now: Date
  today: string
}

async function makePhoneBanks(setting: PhoneBankSetting): Promise<Record<string, string>> {
  const { ours, organizer, theirs, neighbour, universe_ids, script_ids, now, today } = setting
  const usual = {
    languages: ['ko', 'en'],
    calling_starts: '09:00',
    calling_ends: '21:00',
    max_attempts: 3,
    retry_after_hours: 24,
    caller_id_note: {
      en: 'Your own number is shown. Say who you are first.',
      ko: '본인 전화번호가 표시됩니다. 먼저 단체 이름을 말씀해 주세요.',
    },
  }
  const banks: {
    key: string
    db: Db
    actor: Actor
    universe: string
    draft: Omit<PhoneBankDraft, 'universe_id' | 'expression'>
  }[] = [
    {
      key: 'half_done',
      db: ours,
      actor: organizer,
      universe: 'elders',
      draft: {
        ...usual,
        name: { en: 'Hana Yoon for City Council: first round', ko: '윤하나 후보 지지 확인 전화 1차' },
        script_id: script_ids.id_persuasion ?? '',
        candidate: { en: 'Hana Yoon', ko: '윤하나' },
        lane: 'independent',
        starts_on: addDays(today, -6),
        ends_on: addDays(today, 15),
        goal_contacts: 500,
      },
    },
    {
      key: 'fresh',
      db: ours,
      actor: organizer,
      universe: 'korean',
      draft: {
        ...usual,
        name: { en: 'Make a plan to vote (practice: open to join)', ko: '투표 계획 세우기 (연습용, 누구나 참여)' },
        script_id: script_ids.gotv ?? '',
        candidate: null,
        lane: 'non_partisan',
        // Nobody of this town can be rung, so whoever tries it at night may.
        calling_starts: '00:00',
        calling_ends: '23:59',
        starts_on: today,
        ends_on: addDays(today, 60),
      },
    },
    {
      key: 'tenants',
      db: theirs,
      actor: neighbour,
      universe: 'tenants',
      draft: {
        ...usual,
        name: { en: 'Housing survey', ko: '주택 설문' },
        script_id: script_ids.survey ?? '',
        candidate: null,
        lane: 'non_partisan',
        starts_on: addDays(today, -4),
        ends_on: addDays(today, 30),
      },
    },
  ]
  const made: Record<string, string> = {}
  for (const { key, db, actor, universe, draft } of banks) {
    const universe_id = universe_ids[universe] ?? ''
    const { expression } = found(universes.find((each) => each.key === universe))
    const { phone_bank_id } = await createPhoneBank(
      db,
      actor,
      { ...draft, universe_id, expression },
      new Date(now.getTime() - 6 * 86_400_000),
    )
    made[key] = phone_bank_id
  }
  await together(banks.map(({ key, db, actor }) => preparePhoneBank(db, actor, found(made[key]), now)))
  return made
}

async function callAlready(
  installation: Installation,
  db: Db,
  { organization_id }: Actor,
  phone_bank_ids: Record<string, string>,
  key: string,
  evenings: Evening[],
  seed: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { phone_bank_id, join_code, script_id } = await db
    .selectFrom('phone_bank')
    .select(['phone_bank_id', 'join_code', 'script_id'])
    .where('phone_bank_id', '=', phone_bank_ids[key] ?? '')
    .executeTakeFirstOrThrow()
  const { content } = found(await currentVersion(db, script_id))
  return simulateCalls(installation, { organization_id, phone_bank_id, join_code, content }, evenings, seed, signal)
}

/** By name. */
const universes: readonly {
  key: string
  of: OrganizationSlug
  name: string
  expression: string
  note: string | null
}[] = [
  {
    key: 'korean',
    of: 'hanmaeum',
    name: '한인 유권자 (Korean voters with a phone)',
    expression: 'community:korean>=0.8 status:active has:phone',
    note: '전화번호가 있는 활성 유권자',
  },
  {
    key: 'elders',
    of: 'hanmaeum',
    name: '60세 이상 한인 (Korean voters of 60 and older)',
    expression: 'community:korean>=0.8 status:active has:phone age:60-',
    note: null,
  },
  {
    key: 'young',
    of: 'hanmaeum',
    name: '청년 한인 (young Korean voters who rarely vote)',
    expression: 'community:korean>=0.8 status:active age:18-34 voted<=1/4',
    note: null,
  },
  {
    key: 'mail',
    of: 'hanmaeum',
    name: '우편투표하시는 어르신 (seniors who vote by mail)',
    expression: 'community:korean>=0.8 status:active age:65- method:mail -tag:자원봉사자',
    note: 'Send the large-type guide first.',
  },
  {
    key: 'tenants',
    of: 'auburndale-tenants',
    name: 'Neighbors of Auburndale with a phone',
    expression: 'status:active has:phone age:30-50 voted>=2/4',
    note: null,
  },
]

async function makeUniverses(
  ours: Db,
  organizer: Actor,
  theirs: Db,
  neighbour: Actor,
  now: Date,
  today: string,
): Promise<Record<string, string>> {
  const made: Record<string, string> = {}
  for (const { key, of, ...form } of universes) {
    const [db, actor] = of === 'hanmaeum' ? [ours, organizer] : [theirs, neighbour]
    const saved = await saveUniverse(db, actor, form, now, today)
    if (!saved.ok) throw new Error(`universe ${key}: ${JSON.stringify(saved)}`)
    made[key] = saved.universe_id
  }
  return made
}

async function makeScripts(
  ours: Db,
  organizer: Actor,
  theirs: Db,
  neighbour: Actor,
  now: Date,
  today: string,
): Promise<Record<string, string>> {
  const { election_on } = nextElectionDay(today)
  const made: Record<string, string> = {}
  for (const { key, name } of starterScripts) {
    const [db, actor] = key === 'survey' ? [theirs, neighbour] : [ours, organizer]
    const draft = {
      name: key === 'survey' ? name.en : `${name.ko} (${name.en})`,
      content: starterContent(key, election_on),
    }
    made[key] = (await createScript(db, actor, draft, now)).script_id
  }
  return made
}

export function actorOf(actors: Record<string, Actor>, key: string): Actor {
  const actor = actors[key]
  if (!actor) throw new Error(`the town has no ${key}`)
  return actor
}

async function makeOrganizations(installation: Installation): Promise<Record<OrganizationSlug, string>> {
  const made = {} as Record<OrganizationSlug, string>
  for (const [slug, { name, call_back_phone }] of Object.entries(organizations)) {
    const result = await createOrganization(installation, systemActor('', 'Hanpyo'), {
      slug,
      name,
      call_back_phone,
      is_demo: true,
    })
    if (!result.ok) throw new Error(`organization ${slug}: ${result.problem}`)
    made[slug as OrganizationSlug] = result.organization_id
  }
  return made
}

async function makePersonas(
  installation: Installation,
  organization_ids: Record<OrganizationSlug, string>,
): Promise<Record<string, Actor>> {
  const actors: Record<string, Actor> = {}
  const users = await together(
    personas.map((persona) =>
      createUser(installation, {
        email: emailOf(persona),
        name: persona.name,
        password: demoPassword,
        language: persona.language,
        is_email_proven: true,
      }),
    ),
  )
  // One after the other: the sign-in page lists them in this order.
  for (const [at, persona] of personas.entries()) {
    const { key, name, roles } = persona
    const organization_id = organization_ids[persona.organization]
    const user = found(users[at])
    if (!user.ok) throw new Error(`persona ${key}: ${user.problem}`)
    const system = systemActor(organization_id, 'Hanpyo')
    await addMember(installation.database.of(organization_id), system, {
      organization_id,
      user_id: user.user_id,
      display_name: name,
      roles,
    })
    if (persona.is_steward) await setSteward(installation, system, user.user_id, true)
    actors[key] = {
      kind: 'user',
      id: user.user_id,
      name,
      organization_id,
      roles,
      is_steward: persona.is_steward ?? false,
    }
  }
  return actors
}

async function writeFiles(folder: string, { rows, seed, today }: { rows: number; seed: number; today: string }) {
  mkdirSync(folder, { recursive: true })
  const paths = {
    voters: join(folder, `AllNYSVoters_${today.replaceAll('-', '')}.txt`),
    phones: join(folder, `phones_${today}.csv`),
  }
  const [voters, phones] = [await open(paths.voters, 'w'), await open(paths.phones, 'w')]
  try {
    await phones.write(phoneFileHeader)
    for (const chunk of voterFile({ rows, seed, today, place: 'queens-town' })) {
      await voters.write(chunk.voters)
      await phones.write(chunk.phones)
    }
  } finally {
    await Promise.all([voters.close(), phones.close()])
  }
  return paths
}

async function importFile(installation: Installation, actor: Actor, path: string, signal: AbortSignal | undefined) {
  const { database, clock, config } = installation
  const result = await runImport(
    { database, clock, folder: config.data, actor },
    { paths: [path], layout: 'us-ny', law_accepted: true, ...(signal ? { signal } : {}) },
  )
  if (!result.ok) throw new Error(`the voter file was not imported: ${result.problem.code} ${result.problem.detail}`)
  return result
}

async function importNumbers(installation: Installation, actor: Actor, path: string) {
  const { database, clock, config } = installation
  const result = await importPhones(
    { database, clock, folder: config.data, actor },
    { paths: [path], source: null, law_accepted: true },
  )
  if (!result.ok) throw new Error(`the phone file was not imported: ${result.problem.code} ${result.problem.detail}`)
  return result.report
}

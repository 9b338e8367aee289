import { mkdirSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { createUser, demoPassword, setSteward } from '../../features/access/commands.ts'
import { addMember, createOrganization } from '../../features/organizations/commands.ts'
import { createScript } from '../../features/scripts/commands.ts'
import { nextElectionDay, starterContent, starterScripts } from '../../features/scripts/starters.ts'
import { saveUniverse } from '../../features/targeting/commands.ts'
import { runImport } from '../../features/voterfile/commands.ts'
import { phoneFileHeader, voterFile } from '../../features/voterfile/generator/voters.ts'
import type { Actor } from '../../platform/actor.ts'
import { systemActor } from '../../platform/audit.ts'
import { dateIn } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/db.ts'
import type { Installation } from '../../platform/http/room.ts'
import { makeOwnPeople, makeTheirPeople } from './own-people.ts'
import { emailOf, organizations, personas, type OrganizationSlug } from './personas.ts'
import { townFiles } from './state.ts'

/** The same seed gives the same town, but for its dates, which are seen from today. */
export const townSeed = 1120

export interface SeedOptions {
  seed: number
  /** Voters in the file. */
  rows?: number
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
}

/** Fills an empty installation through the commands everybody uses; nothing is written past them. */
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
  const today = dateIn('America/New_York', installation.clock.now())

  const organization_ids = await step('Two organizations that do not see each other', () =>
    makeOrganizations(installation),
  )
  const actors = await step(
    'Their people',
    () => makePersonas(installation, organization_ids),
    (made) => `${Object.keys(made).length} to sign in as`,
  )
  const files = await step(`A voter file of ${rows.toLocaleString('en')} invented voters`, () =>
    writeFiles(townFiles(installation.config.data), { rows, seed, today }),
  )
  await step(
    'Importing it',
    () => importFile(installation, actorOf(actors, 'steward'), files.voters, signal),
    ({ counts }) => `${counts.added.toLocaleString('en')} voters, ${counts.rejected} lines rejected`,
  )
  const [organizer, host, neighbour] = [actorOf(actors, 'minji'), actorOf(actors, 'daniel'), actorOf(actors, 'priya')]
  const [ours, theirs] = [organizer, neighbour].map(({ organization_id }) =>
    installation.database.of(organization_id),
  ) as [Db, Db]
  await step(
    'What each organization has learned itself',
    async () => (await makeOwnPeople(ours, organizer, host)) + (await makeTheirPeople(theirs, neighbour)),
    (people) => `${people} people with tags, notes, consent`,
  )
  const now = installation.clock.now()
  const universe_ids = await step(
    'Universes',
    () => makeUniverses(ours, organizer, theirs, neighbour, now, today),
    (made) => `${Object.keys(made).length}`,
  )
  const script_ids = await step(
    'Scripts in Korean and English',
    () => makeScripts(ours, organizer, theirs, neighbour, now, today),
    (made) => `${Object.keys(made).length}`,
  )
  return { organization_ids, actors, universe_ids, script_ids }
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
    key: 'young',
    of: 'hanmaeum',
    name: '청년 한인 (young Korean voters who rarely vote)',
    expression: 'community:korean>=0.8 status:active age:18-34 voted<=1/4',
    note: null,
  },
  {
    key: 'mail',
    of: 'hanmaeum',
    name: 'Seniors who vote by mail',
    expression: 'community:korean>=0.8 status:active age:65- -tag:자원봉사자',
    note: 'Send the large-type guide first.',
  },
  {
    key: 'tenants',
    of: 'auburndale-tenants',
    name: 'Neighbors of Auburndale with a phone',
    expression: 'status:active has:phone age:25-75',
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
  // One after the other: the sign-in page lists them in this order.
  for (const persona of personas) {
    const { key, name, roles, language } = persona
    const organization_id = organization_ids[persona.organization]
    const user = await createUser(installation, {
      email: emailOf(persona),
      name,
      password: demoPassword,
      language,
      is_email_proven: true,
    })
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

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../../platform/actor.ts'
import type { Db } from '../../platform/db/db.ts'
import type { Installation } from '../../platform/http/room.ts'
import { createScript } from '../scripts/commands.ts'
import { ScriptContent } from '../scripts/schema.ts'
import '../voterfile/tables.ts'
import { createPhoneBank, type PhoneBankDraft } from './commands.ts'
import { joinPhoneBank } from './callers/commands.ts'
import { addTargets } from './targets/commands.ts'
import type { CallCard, CallResult, NextInput } from './schema.ts'
import { turnsOf, type Answer, type Ask } from './turns.ts'

/* A few voters, a script and a phone bank, for tests of rooms that call people. */

export interface TestVoter {
  voter_id: number
  first_name?: string
  last_name?: string
  birth_date?: string
  status?: string
  state?: string
  county?: string
  p_korean?: number
  household_key?: number
  /** E.164, the best first. */
  phones?: string[]
}

/** '+17185550100' for 100 … fiction's numbers, then further exchanges. */
export const phoneOf = (number: number): string =>
  `+1${718 + Math.floor(number / 1_000_000)}${String(5550000 + (number % 1_000_000)).padStart(7, '0')}`

/** Puts voters into the commons, each with a number of their own unless said otherwise. */
export async function addVoters(owner: Db, voters: readonly TestVoter[]): Promise<void> {
  for (const state of new Set(voters.map((voter) => voter.state ?? 'NY'))) {
    await sql`create table if not exists ${sql.id(`voter_record_${state.toLowerCase()}`)}
      partition of voter_record for values in (${sql.lit(state)})`.execute(owner)
    await sql`create unique index if not exists ${sql.id(`voter_record_${state.toLowerCase()}_voter_id`)}
      on ${sql.id(`voter_record_${state.toLowerCase()}`)} (voter_id)`.execute(owner)
  }
  const rows = voters.map((voter) => ({
    state_key: voter.voter_id,
    row_hash: 0,
    household_key: voter.household_key ?? null,
    voter_id: voter.voter_id,
    file_id: 1,
    birth_date: voter.birth_date ?? '1960-05-05',
    p_korean: voter.p_korean ?? 0,
    ccd: 20,
    state: voter.state ?? 'NY',
    state_voter_id: `NY${voter.voter_id}`,
    last_name: voter.last_name ?? 'Kim',
    first_name: voter.first_name ?? 'Min-jun',
    last_key: 'KIM',
    given_key: 'MINJUN',
    party: 'dem',
    status: voter.status ?? 'active',
    city: 'Flushing',
    county: voter.county ?? 'queens',
  }))
  await sql`insert into voter_record (state_key, row_hash, household_key, voter_id, file_id, birth_date, p_korean, ccd, state, state_voter_id,
      last_name, first_name, last_key, given_key, party, status, city, county)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x (state_key bigint, row_hash bigint, household_key bigint, voter_id integer,
      file_id integer, birth_date date, p_korean smallint, ccd smallint, state text, state_voter_id text, last_name text, first_name text,
      last_key text, given_key text, party text, status text, city text, county text)`.execute(owner)
  const phones = voters.flatMap((voter) =>
    (voter.phones ?? [phoneOf(voter.voter_id)]).map((phone, index) => ({
      voter_id: voter.voter_id,
      phone,
      quality: 90 - index * 10,
    })),
  )
  await sql`insert into voter_phone (voter_id, phone, quality, matched_by, source, received_on)
    select voter_id, phone, quality, 'state_id', 'test', '2026-10-01' from jsonb_to_recordset(${JSON.stringify(phones)}::jsonb)
      as x (voter_id integer, phone text, quality smallint)`.execute(owner)
}

export const testScript = ScriptContent.parse({
  languages: ['en', 'ko'],
  greeting: { en: 'Hello {voter.first_name}', ko: '안녕하세요' },
  steps: [
    {
      key: 'support',
      kind: 'support',
      say: { en: 'Do you support it?', ko: '지지하시나요?' },
    },
    {
      key: 'plan',
      kind: 'yes_no',
      say: { en: 'Will you vote?', ko: '투표하실 건가요?' },
    },
  ],
  closing: { en: 'Thank you', ko: '고맙습니다' },
  voicemail: {},
})

export interface TestBank {
  phone_bank_id: string
  script_id: string
  join_code: string
}

/** A phone bank with these voters, open all day unless said otherwise. */
export async function makeBank(
  { installation }: { installation: Installation },
  actor: Actor,
  voters: readonly number[],
  draft: Partial<PhoneBankDraft> = {},
): Promise<TestBank> {
  const { database, clock } = installation
  const db = database.of(actor.organization_id)
  const { script_id } = await createScript(
    db,
    actor,
    { name: `Script ${randomUUID()}`, content: testScript },
    clock.now(),
  )
  const { phone_bank_id } = await createPhoneBank(
    db,
    actor,
    {
      name: { en: 'Get out the vote', ko: '투표 독려 전화' },
      universe_id: null,
      expression: 'status:active',
      script_id,
      candidate: null,
      lane: 'non_partisan',
      languages: ['en', 'ko'],
      starts_on: '2026-01-01',
      ends_on: '2027-12-31',
      calling_starts: '00:00',
      calling_ends: '23:59',
      max_attempts: 3,
      retry_after_hours: 24,
      caller_id_note: {},
      ...draft,
    },
    clock.now(),
  )
  await addTargets(db, actor, phone_bank_id, voters, clock.now())
  const { join_code } = await db
    .selectFrom('phone_bank')
    .select('join_code')
    .where('phone_bank_id', '=', phone_bank_id)
    .executeTakeFirstOrThrow()
  return { phone_bank_id, script_id, join_code }
}

let joined_before = 0

/** A caller as the island behaves: holds cards, records, asks for the next. */
export interface TestCaller {
  caller_id: string
  token: string
  languages: readonly string[]
  next(input?: Partial<NextInput>): Promise<Answer>
  ask(more: Partial<Ask>): Promise<Answer>
  record(card: CallCard, more: Partial<CallResult>, ask?: Partial<Ask>): Promise<Answer>
}

export async function addTestCaller(
  { installation }: { installation: Installation },
  actor: Actor,
  bank: TestBank,
  languages = ['en', 'ko'],
  name = 'Grace',
): Promise<TestCaller> {
  const phone = phoneOf(3_000_000 + ++joined_before)
  const joined = await joinPhoneBank(
    installation.database.owner,
    bank.join_code,
    { name, phone, email: null, languages },
    installation.clock.now(),
  )
  if (!joined.ok) throw new Error(joined.problem)
  const ask = (more: Partial<Ask>): Promise<Answer> =>
    turnsOf(installation).take(actor.organization_id, bank.phone_bank_id, {
      caller_id: joined.caller_id,
      caller_name: name,
      languages,
      holding: [],
      want: 1,
      ...more,
    })
  return {
    caller_id: joined.caller_id,
    token: joined.token,
    languages,
    ask,
    next: (input = {}) => ask(input),
    record: (card, more, rest = {}) =>
      ask({ ...rest, result: { ...resultOf(card, installation.clock.now()), ...more } }),
  }
}

/** A result as a device sends it; `more` says which. */
export const resultOf = (
  card: Pick<CallCard, 'voter_id' | 'ticket' | 'phones' | 'script_version'>,
  now: Date,
): CallResult => ({
  attempt_id: randomUUID(),
  voter_id: card.voter_id,
  ticket: card.ticket,
  disposition: 'no_answer',
  answers: {},
  script_version: card.script_version,
  language: null,
  call_back_at: null,
  is_call_back_mine: true,
  spoke_with: null,
  note: '',
  follow_ups: [],
  is_inbound: false,
  phone: card.phones[0]?.phone ?? null,
  started_at: now.toISOString(),
  ended_at: now.toISOString(),
  sent_at: now.toISOString(),
})

/** Calls the next voters, one after another, the results in turn; answers how many calls were made. */
export async function callAround(caller: TestCaller, calls: number): Promise<number> {
  const usual: Partial<CallResult>[] = [
    { disposition: 'no_answer' },
    { disposition: 'canvassed', answers: { support: 2, plan: true }, note: '차편이 필요하다고 하심' },
    { disposition: 'refused' },
    { disposition: 'left_message' },
  ]
  let made = 0
  let { turn } = await caller.next()
  while (made < calls && turn.cards[0]) {
    turn = (await caller.record(turn.cards[0], usual[made % usual.length] ?? {}, { want: made + 1 < calls ? 1 : 0 }))
      .turn
    made++
  }
  return made
}

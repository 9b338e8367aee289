import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { audit } from '../../platform/audit.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { dateIn, trueTime } from '../../platform/clock.ts'
import { found } from '../../platform/errors.ts'
import type { Installation } from '../../platform/http/room.ts'
import { dispositionRules } from '../contacts/schema.ts'
import { validateAnswers } from '../scripts/rules.ts'
import type { WayOfCalling } from './bridge/schema.ts'
import { cardsOf } from './cards.ts'
import { emptyFor } from './empty.ts'
import { undoableSince } from './endpoints.ts'
import { spacingOf, type Spacings } from './calling-rules/schema.ts'
import { forgetBoards } from './host/board.ts'
import { lastMessages, messagesFor, type HostMessage } from './host/messages.ts'
import { isOwnResult } from './result-codes/queries.ts'
import { isQuotaReached } from './calling-rules/quotas.ts'
import { nextDayAt, openZones, opensNextAt, type CallingHours, type Quota } from './rules.ts'
import type { CallResult, DoorState, Recorded, Turn } from './schema.ts'
import { scriptContent } from './script-content.ts'
import { isSame } from '../../platform/same.ts'
import './tables.ts'

/** What a caller asks: any of a result, voters to give back, and how many to have in hand afterwards. */
export interface Ask {
  caller_id: string
  caller_name: string
  languages: readonly string[]
  holding: number[]
  /** Lines in hand afterwards; 0: no new ones. */
  want: number
  result?: CallResult
  /** Done in the transaction of the result, before it. Where that is not recorded nothing is, and `NotRecorded` is thrown. */
  first?: (tx: Db) => Promise<void>
  release?: { voter_ids: number[]; why: 'skip' | 'leave' }
  /** These, if nobody else has them. */
  take?: number[]
}

export interface Answer {
  recorded: Recorded | null
  turn: Turn
}

/** A result that something was to be done for is not recorded, and that not done either. */
export class NotRecorded extends Error {
  readonly outcome: Recorded['outcome']

  constructor(outcome: Recorded['outcome']) {
    super(`not recorded: ${outcome}`)
    this.outcome = outcome
  }
}

/** The parts of a phone bank that each turn needs, kept for two seconds; what must act at once the database reads itself. */
export interface OpenPhoneBank extends CallingHours {
  organization_id: string
  phone_bank_id: string
  organization_zone: string
  zones: string[]
  languages: string[]
  language_fallback: boolean
  retry_after_hours: number
  spacing: Spacings
  skip_minutes: number
  is_household_once_a_day: boolean
  quotas: Quota[]
  /** Enough answers of a kind: nobody new is handed out. */
  is_quota_reached: boolean
  /** Of the last hours, to all and to single callers. */
  messages: HostMessage[]
  script_id: string
  script_version: number
  prepared_at: Date | null
  way_of_calling: WayOfCalling
}

interface TurnRow {
  n: number
  door: 'removed' | 'ended' | 'paused' | 'over' | 'open'
  outcome: Recorded['outcome'] | null
  problem: 'not_yours' | 'closed' | 'taken_back' | null
  was_lost: boolean | null
  new_in_hand: number[]
  withdrawn: Turn['withdrawn']
  leased_until: Date | null
  wants_more: boolean
  is_at_limit: boolean
  /** When a promised call will be made: within the hours of the voter's home. */
  call_back_at: Date | null
}

const largestBatch = 120
/** Batches under way at once per phone bank: while one is in the database, the next is being read from the network. */
const batchesAtOnce = 2
/**
 * Between two batches where several ask at once. A batch costs the database as much as twelve asks, so that fewer and
 * larger ones leave it idle time; whoever asks alone never waits.
 */
const usual_gather_ms = 20
const several = 4
const keptMs = 2000

/**
 * The queue's front: callers who ask at the same moment are answered by one transaction. Several processes may each have
 * one of these: what they decide is decided in the database.
 */
export class Turns {
  readonly #installation: Installation
  readonly #gather_ms: number
  readonly #queues = new Map<string, Queue>()

  /** `gather_ms` of 0: whoever asks in one moment goes together all the same, but nobody is waited for. */
  constructor(installation: Installation, gather_ms = usual_gather_ms) {
    this.#installation = installation
    this.#gather_ms = gather_ms
  }

  /** Answers after everything in `ask.result` is stored for good. */
  take(organization_id: string, phone_bank_id: string, ask: Ask): Promise<Answer> {
    const key = `${organization_id}:${phone_bank_id}`
    let queue = this.#queues.get(key)
    if (!queue) {
      queue = new Queue(this.#installation, organization_id, phone_bank_id, this.#gather_ms)
      this.#queues.set(key, queue)
    }
    return queue.take(ask)
  }

  /** Forgets what is kept of a phone bank, after a change to it by this process, or one its callers were told of. */
  forget(organization_id: string, phone_bank_id: string): void {
    forgetBoards(this.#installation, organization_id, phone_bank_id)
    this.#queues.get(`${organization_id}:${phone_bank_id}`)?.forget()
  }
}

const fronts = new WeakMap<Installation, Turns>()

/** The one front of this process. */
export function turnsOf(installation: Installation): Turns {
  let front = fronts.get(installation)
  if (!front) fronts.set(installation, (front = new Turns(installation)))
  return front
}

interface Waiting {
  ask: Ask
  resolve(answer: Answer): void
  reject(problem: unknown): void
}

class Queue {
  readonly #installation: Installation
  readonly #db: Db
  readonly #organization_id: string
  readonly #phone_bank_id: string
  readonly #gather_ms: number
  #waiting: Waiting[] = []
  #running = 0
  #isWoken = false
  #batchBegan = -Infinity
  #isGathering = false
  #kept: { bank: Promise<OpenPhoneBank>; until: number } | null = null
  #leasesEndedAt = 0

  constructor(installation: Installation, organization_id: string, phone_bank_id: string, gather_ms: number) {
    this.#gather_ms = gather_ms
    this.#installation = installation
    this.#organization_id = organization_id
    this.#phone_bank_id = phone_bank_id
    this.#db = installation.database.of(organization_id)
  }

  take(ask: Ask): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ask, resolve, reject })
      this.#wake()
    })
  }

  forget(): void {
    this.#kept = null
  }

  /** After what the network brought in this moment, so that it goes together. */
  #wake(): void {
    if (this.#isWoken || this.#running >= batchesAtOnce) return
    this.#isWoken = true
    const wait_ms = this.#isGathering ? this.#batchBegan + this.#gather_ms - performance.now() : 0
    if (wait_ms > 1) setTimeout(() => this.#begin(), wait_ms)
    else setImmediate(() => this.#begin())
  }

  #begin(): void {
    this.#isWoken = false
    const batch = this.#waiting.splice(0, largestBatch)
    if (batch.length === 0) return
    this.#batchBegan = performance.now()
    this.#isGathering = batch.length >= several
    this.#running++
    void this.#run(batch).finally(() => {
      this.#running--
      if (this.#waiting.length) this.#wake()
    })
    if (this.#waiting.length) this.#wake()
  }

  /** Corrections each by themselves, after the others: what one corrects may come in the same batch. */
  async #run(batch: Waiting[]): Promise<void> {
    const others = batch.filter(({ ask }) => !isCorrection(ask))
    if (others.length) await this.#runTogether(others)
    for (const each of batch.filter(({ ask }) => isCorrection(ask))) await this.#runTogether([each])
  }

  async #runTogether(batch: Waiting[]): Promise<void> {
    try {
      const answers = await this.#answer(batch.map(({ ask }) => ask))
      for (const [index, { resolve }] of batch.entries()) resolve(answers[index] as Answer) // one answer for each ask
    } catch (problem) {
      // One that cannot be done must not take the others with it: each by itself, which also untangles deadlocks.
      if (batch.length === 1 && !isTangled(problem)) return batch[0]?.reject(problem)
      for (const each of batch) {
        try {
          each.resolve((await this.#answer([each.ask]))[0] as Answer)
        } catch (own) {
          each.reject(own)
        }
      }
    }
  }

  #bank(): Promise<OpenPhoneBank> {
    const now = performance.now()
    if (!this.#kept || this.#kept.until < now) {
      const bank = openPhoneBank(this.#db, this.#phone_bank_id, this.#installation.clock.now())
      this.#kept = { bank, until: now + keptMs }
      bank.catch(() => (this.#kept = null))
    }
    return this.#kept.bank
  }

  async #answer(asks: Ask[]): Promise<Answer[]> {
    const { clock, secret } = this.#installation
    const bank = await this.#bank()
    const now = clock.now()
    const today = dateIn(bank.organization_zone, now)
    // Practice hands out nobody. Results of voters handed out before are taken all the same.
    const is_in_season = today >= bank.starts_on && today <= bank.ends_on && bank.way_of_calling !== 'practice'
    const zones = openZones(bank.zones, bank, now)
    const refused = new Map<number, Recorded['problem']>()
    const items = await Promise.all(
      asks.map(async (ask, n) => {
        const checked = ask.result ? await this.#check(bank, ask, ask.result, now) : null
        if (checked && typeof checked === 'string') refused.set(n, checked)
        return {
          n,
          caller_id: ask.caller_id,
          record: checked && typeof checked !== 'string' ? checked : null,
          release: ask.release?.voter_ids ?? [],
          skip_until:
            ask.release?.why === 'skip' ? new Date(now.getTime() + bank.skip_minutes * 60_000).toISOString() : null,
          holding: ask.holding.filter(
            (id) => id !== ask.result?.voter_id && !(ask.release?.voter_ids.includes(id) ?? false),
          ),
          take: ask.take ?? [],
          want: bank.is_quota_reached ? 0 : ask.want,
        }
      }),
    )
    const end_leases = this.#isTimeToEndLeases(now)
    // They come by languages, not in our order.
    const inTurn = async (db: Db): Promise<TurnRow[]> => {
      const { rows } =
        await sql<TurnRow>`select * from phone_bank_turns(${this.#organization_id}::uuid, ${this.#phone_bank_id}::uuid,
      ${now.toISOString()}::timestamptz, ${is_in_season}::boolean, ${zones}::text[], ${end_leases}::boolean, ${JSON.stringify(items)}::jsonb) order by n`.execute(
          db,
        )
      return rows
    }
    // What is corrected is taken back and recorded anew in one transaction: nobody else meets the voter in between.
    const rows = items.some(({ n, record }) => record && isCorrection(asks[n] as Ask)) // n is the index we gave
      ? await inTransaction(this.#db, async (tx) => {
          for (const item of items) {
            if (!item.record) continue
            const ask = asks[item.n] as Ask
            await ask.first?.(tx)
            const problem = await this.#takeBackFirst(tx, ask, now)
            if (!problem) continue
            refused.set(item.n, problem)
            item.record = null
          }
          const taken = await inTurn(tx)
          const lost = taken.find(({ n, outcome }) => asks[n]?.first && outcome !== 'recorded')
          if (lost) throw new NotRecorded(lost.outcome ?? 'refused')
          return taken
        })
      : await inTurn(this.#db)
    const voters = rows.flatMap((row) => row.new_in_hand)
    const cards = voters.length
      ? await cardsOf(this.#db, bank, voters, dateIn(bank.organization_zone, now), now)
      : new Map()
    return Promise.all(
      rows.map(async (row): Promise<Answer> => {
        const ask = asks[row.n] as Ask // n is the index we gave
        const was_refused = refused.get(row.n)
        return {
          recorded: ask.result
            ? {
                attempt_id: ask.result.attempt_id,
                outcome: was_refused ? 'refused' : (row.outcome ?? 'refused'),
                problem: was_refused ?? row.problem,
                was_lost: row.was_lost ?? false,
                call_back_at: row.call_back_at?.toISOString() ?? null,
                is_call_back_too_late:
                  ask.result.disposition === 'call_back' && row.outcome === 'recorded' && row.call_back_at === null,
              }
            : null,
          turn: {
            door: doorOf(row.door, today, bank),
            cards: row.new_in_hand.flatMap((voter_id) => {
              const card = cards.get(voter_id)
              if (!card) return []
              return {
                ...card,
                ticket: ticketFor(secret, this.#phone_bank_id, ask.caller_id, voter_id),
                leased_until: (row.leased_until ?? now).toISOString(),
              }
            }),
            withdrawn: row.withdrawn,
            leased_until: row.leased_until?.toISOString() ?? null,
            empty: await this.#emptyFor(bank, ask, row, now),
            messages: messagesFor(bank.messages, ask.caller_id),
            server_time: now.toISOString(),
          },
        }
      }),
    )
  }

  async #emptyFor(bank: OpenPhoneBank, ask: Ask, row: TurnRow, now: Date): Promise<Turn['empty']> {
    if (row.is_at_limit) return { reason: 'limit', ready_at: null, count: 0 }
    if (bank.is_quota_reached && ask.want > 0 && row.door === 'open')
      return { reason: 'quota', ready_at: null, count: 0 }
    return row.wants_more ? emptyFor(this.#db, bank, ask, now) : null
  }

  #isTimeToEndLeases(now: Date): boolean {
    if (Math.abs(now.getTime() - this.#leasesEndedAt) < 1000) return false
    this.#leasesEndedAt = now.getTime()
    return true
  }

  /** Takes back what this result corrects; answers why the correction is refused, null where it is not. */
  async #takeBackFirst(tx: Db, { caller_id, caller_name, result }: Ask, now: Date): Promise<Recorded['problem']> {
    if (!result?.instead_of) return null
    const { at, or } = result.instead_of
    const organization_id = this.#organization_id
    const made_at = trueTime(at, result.sent_at, now)
    const since = undoableSince(made_at)
    const correct = async (attempt_id: string) => {
      const first = await tx
        .selectFrom('contact_attempt')
        .select(['disposition', 'made_by'])
        .where('organization_id', '=', organization_id)
        .where('attempt_id', '=', attempt_id)
        .executeTakeFirst()
      const { rows } = await sql<{ outcome: 'ready' | 'new' | Exclude<Recorded['problem'], null> }>`
        select correct_call(b, ${caller_id}::uuid, ${caller_name}::text, ${result.voter_id}::integer, ${attempt_id}::uuid, ${result.attempt_id}::uuid,
            ${since.toISOString()}::timestamptz, ${made_at.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz) as outcome
          from phone_bank b where b.organization_id = ${organization_id}::uuid and b.phone_bank_id = ${this.#phone_bank_id}::uuid`.execute(
        tx,
      )
      return { attempt_id, first, outcome: rows[0]?.outcome ?? 'not_yours' }
    }
    let corrected = await correct(result.instead_of.attempt_id)
    if (corrected.outcome === 'new' && or) {
      await tx
        .insertInto('call_taken_back')
        .values({
          organization_id,
          attempt_id: corrected.attempt_id,
          phone_bank_id: this.#phone_bank_id,
          caller_id,
          taken_back_at: now,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      corrected = await correct(or)
    }
    const { attempt_id, first, outcome } = corrected
    if (outcome === 'new') return null
    if (outcome !== 'ready') return outcome
    await audit(
      tx,
      { kind: 'caller', id: caller_id, name: caller_name, organization_id, roles: [], is_steward: false },
      {
        action: 'contact.correct',
        subject: 'contact_attempt',
        subject_id: attempt_id,
        before: { disposition: first?.disposition, made_by: first?.made_by, voter_id: result.voter_id },
        after: { disposition: result.disposition, attempt_id: result.attempt_id },
      },
    )
    return null
  }

  /** The result as the database takes it, or why it is refused. */
  async #check(
    bank: OpenPhoneBank,
    ask: Ask,
    result: CallResult,
    now: Date,
  ): Promise<Record<string, unknown> | 'not_yours' | 'wrong_answers'> {
    const { secret } = this.#installation
    if (!isTicketOf(secret, this.#phone_bank_id, ask.caller_id, result.voter_id, result.ticket)) return 'not_yours'
    if (
      result.result_code &&
      !(await isOwnResult(this.#db, this.#organization_id, result.result_code, result.disposition))
    )
      return 'wrong_answers'
    let answers = result.answers
    if (Object.keys(answers).length > 0) {
      const script = await scriptContent(this.#db, this.#organization_id, bank.script_id, result.script_version)
      if (!script) return 'wrong_answers'
      const checked = validateAnswers(script, answers)
      if (!checked.ok) return 'wrong_answers'
      answers = checked.answers
    }
    const rule = dispositionRules[result.disposition]
    const attempted_at = trueTime(result.ended_at, result.sent_at, now)
    const { hours, most, queue } = spacingOf(bank.spacing, result.disposition, bank.retry_after_hours)
    const promised = result.disposition === 'call_back' && result.call_back_at ? new Date(result.call_back_at) : null
    return {
      attempt_id: result.attempt_id,
      voter_id: result.voter_id,
      disposition: result.disposition,
      result_code: result.result_code ?? null,
      reached: rule.reached,
      queue,
      most,
      number: rule.number,
      suppress: rule.person === 'nothing' || rule.person === 'language' ? null : rule.person,
      retry_at: new Date(attempted_at.getTime() + hours * 3_600_000).toISOString(),
      answers,
      script_version: result.script_version,
      language: result.language,
      call_back_at: promised?.toISOString() ?? null,
      // Only the database knows where the voter lives: a time for each place of the list.
      call_back_by_place: promised
        ? byPlace(bank, (place) => opensNextAt([place], bank, promised > now ? promised : now))
        : null,
      home_until: bank.is_household_once_a_day ? homeUntil(bank, attempted_at) : null,
      follow_ups: result.follow_ups,
      is_inbound: result.is_inbound,
      is_call_back_mine: result.is_call_back_mine,
      spoke_with: result.spoke_with,
      note: result.note.trim(),
      phone: result.phone,
      started_at: startedAt(result, attempted_at, now),
      attempted_at: attempted_at.toISOString(),
      made_by: ask.caller_name,
    }
  }
}

/** Never after the end, where the clock was set back during the call. */
function startedAt({ started_at, sent_at }: CallResult, attempted_at: Date, now: Date): string | null {
  if (!started_at) return null
  const started = trueTime(started_at, sent_at, now)
  return (started < attempted_at ? started : attempted_at).toISOString()
}

const quarter_ms = 15 * 60_000
const nextDays = new Map<string, Record<string, string | null>>()

/** When the next day begins at each place; the same for every result of a quarter of an hour, in which no zone's midnight falls. */
function homeUntil(bank: OpenPhoneBank, attempted_at: Date): Record<string, string | null> {
  const key = `${bank.zones.join()}:${Math.floor(attempted_at.getTime() / quarter_ms)}`
  let until = nextDays.get(key)
  if (!until) {
    if (nextDays.size > 500) nextDays.clear()
    nextDays.set(key, (until = byPlace(bank, (place) => nextDayAt(place, attempted_at))))
  }
  return until
}

const byPlace = (bank: OpenPhoneBank, of: (place: string) => Date | null): Record<string, string | null> =>
  Object.fromEntries(bank.zones.map((place) => [place, of(place)?.toISOString() ?? null]))

/** Something is taken back before it is recorded. */
const isCorrection = ({ result, first }: Ask): boolean => Boolean(result?.instead_of ?? first)

const doorOf = (door: TurnRow['door'], today: string, bank: OpenPhoneBank): DoorState =>
  door !== 'over' ? door : today < bank.starts_on ? 'not_started' : today > bank.ends_on ? 'over' : 'practice'

/** Deadlock, serialization, the same attempt twice in one moment: tried again, each finds its way. */
const isTangled = (problem: unknown): boolean =>
  problem instanceof Error && 'code' in problem && ['40P01', '40001', '23505'].includes(String(problem.code))

/** Proof that a voter was once handed to a caller: known to nobody else, stored nowhere. */
export const ticketFor = (secret: string, phone_bank_id: string, caller_id: string, voter_id: number): string =>
  createHmac('sha256', secret).update(`call:${phone_bank_id}:${caller_id}:${voter_id}`).digest('base64url').slice(0, 22)

export const isTicketOf = (
  secret: string,
  phone_bank_id: string,
  caller_id: string,
  voter_id: number,
  ticket: string,
): boolean => isSame(ticketFor(secret, phone_bank_id, caller_id, voter_id), ticket)

async function openPhoneBank(db: Db, phone_bank_id: string, now: Date): Promise<OpenPhoneBank> {
  const bank = found(
    await db
      .selectFrom('phone_bank as b')
      .innerJoin('organization as o', 'o.organization_id', 'b.organization_id')
      .select([
        'b.organization_id',
        'b.phone_bank_id',
        'b.starts_on',
        'b.ends_on',
        'b.calling_starts',
        'b.calling_ends',
        'b.weekdays',
        'b.quiet_groups',
        'b.quiet_days',
        'b.languages',
        'b.language_fallback',
        'b.retry_after_hours',
        'b.spacing',
        'b.skip_minutes',
        'b.is_household_once_a_day',
        'b.quotas',
        'b.script_id',
        'b.script_version',
        'b.prepared_at',
        'b.zones',
        'b.way_of_calling',
        'o.time_zone as organization_zone',
      ])
      .where('b.phone_bank_id', '=', phone_bank_id)
      .executeTakeFirst(),
  )
  const [messages, is_quota_reached] = await Promise.all([
    lastMessages(db, bank.organization_id, phone_bank_id, now),
    isQuotaReached(db, bank),
  ])
  return { ...bank, messages, is_quota_reached }
}

import { createHash } from 'node:crypto'
import type { Actor } from '../../platform/actor.ts'
import { testClock } from '../../platform/clock.ts'
import { found } from '../../platform/errors.ts'
import type { Installation } from '../../platform/http/room.ts'
import type { Disposition } from '../contacts/schema.ts'
import { scriptVersion } from '../scripts/queries.ts'
import { path, possibleAnswers } from '../scripts/rules.ts'
import type { Answers, AnswerValue, ScriptContent, Step } from '../scripts/schema.ts'
import { joinPhoneBank } from './commands.ts'
import { phoneBank } from './dashboard.ts'
import type { CallCard, CallResult } from './schema.ts'
import { Turns } from './turns.ts'

export interface SimulatedShift {
  starts_at: Date
  minutes: number
  callers: { name: string; languages: string[] }[]
}

export interface SimulateOptions {
  seed: number
  shifts: readonly SimulatedShift[]
  /** Stop after this many calls. */
  most_calls?: number
  /** What callers wrote down now and then, by the language they call in. */
  notes?: Readonly<Record<string, readonly string[]>>
}

/** How often calls end how, as hand-dialled volunteer shifts report it: about a quarter reach somebody. */
const usual: readonly (readonly [Disposition, number])[] = [
  ['no_answer', 47],
  ['canvassed', 22],
  ['left_message', 11],
  ['refused', 5],
  ['wrong_number', 3.5],
  ['busy', 3],
  ['disconnected', 2.5],
  ['not_available', 2],
  ['call_back', 1.8],
  ['do_not_call', 0.9],
  ['language_barrier', 0.6],
  ['moved', 0.4],
  ['deceased', 0.2],
  ['hostile', 0.1],
]

/**
 * Believable callers over the real queue and commands, at instants of the past; the same seed and list give the same
 * calls. For demonstrations. Answers with how many calls were made.
 */
export async function simulateCalls(
  installation: Installation,
  actor: Actor,
  phone_bank_id: string,
  options: SimulateOptions,
): Promise<{ calls: number; reached: number }> {
  const random = dice(options.seed)
  const clock = testClock(new Date(0).toISOString())
  const past: Installation = { ...installation, clock }
  const turns = new Turns(past)
  const db = installation.database.of(actor.organization_id)
  const bank = await phoneBank(db, actor.organization_id, phone_bank_id)
  const script = found(await scriptVersion(db, bank.script_id, bank.script_version)).content
  const callers = new Map<string, string>()
  let calls = 0
  let reached = 0

  for (const shift of options.shifts) {
    clock.set(shift.starts_at.toISOString())
    const ends = shift.starts_at.getTime() + shift.minutes * 60_000
    const seats = []
    for (const { name, languages } of shift.callers) {
      let caller_id = callers.get(name)
      if (!caller_id) {
        const phone = `+1718555${String(100 + callers.size).padStart(4, '0')}`
        const joined = await joinPhoneBank(
          installation.database.owner,
          bank.join_code,
          { name, phone, email: null, languages },
          clock.now(),
        )
        if (!joined.ok) throw new Error(`simulated caller cannot join: ${joined.problem}`)
        callers.set(name, (caller_id = joined.caller_id))
      }
      seats.push({
        who: { caller_id, caller_name: name, languages },
        at: shift.starts_at.getTime() + random() * 60_000,
        card: null as CallCard | null,
        isDone: false,
      })
    }
    for (;;) {
      const [seat] = seats.filter((each) => !each.isDone).sort((a, b) => a.at - b.at)
      if (!seat || calls >= (options.most_calls ?? Infinity)) break
      const { who } = seat
      if (seat.at >= ends) {
        await turns.take(actor.organization_id, phone_bank_id, {
          ...who,
          holding: [],
          want: 0,
          release: { voter_ids: seat.card ? [seat.card.voter_id] : [], why: 'leave' },
        })
        seat.isDone = true
        continue
      }
      clock.set(new Date(seat.at).toISOString())
      if (!seat.card) {
        const { turn } = await turns.take(actor.organization_id, phone_bank_id, { ...who, holding: [], want: 1 })
        seat.card = turn.cards[0] ?? null
        seat.at += seat.card ? 20_000 : 5 * 60_000
        continue
      }
      const result = resultFor(seat.card, script, random, options, calls, clock.now(), who.languages)
      seat.at += (result.disposition === 'canvassed' ? 120 + random() * 200 : 35 + random() * 50) * 1000
      clock.set(new Date(seat.at).toISOString())
      const { recorded, turn } = await turns.take(actor.organization_id, phone_bank_id, {
        ...who,
        holding: [],
        want: 1,
        result: { ...result, ended_at: clock.now().toISOString(), sent_at: clock.now().toISOString() },
      })
      if (recorded?.outcome === 'recorded') {
        calls++
        if (
          [
            'canvassed',
            'refused',
            'call_back',
            'not_available',
            'do_not_call',
            'language_barrier',
            'moved',
            'hostile',
          ].includes(result.disposition)
        )
          reached++
      }
      seat.card = turn.cards[0] ?? null
      seat.at += 15_000 + random() * 20_000
    }
    for (const seat of seats) {
      if (seat.isDone) continue
      await turns.take(actor.organization_id, phone_bank_id, {
        ...seat.who,
        holding: [],
        want: 0,
        release: { voter_ids: seat.card ? [seat.card.voter_id] : [], why: 'leave' },
      })
    }
  }
  return { calls, reached }
}

function resultFor(
  card: CallCard,
  script: ScriptContent,
  random: () => number,
  options: SimulateOptions,
  nth: number,
  now: Date,
  languages: readonly string[],
): CallResult {
  const answers = answersFor(script, random)
  const picked = pick(usual, random)
  const disposition = picked === 'canvassed' && Object.keys(answers).length === 0 ? 'refused' : picked
  const language = card.language && languages.includes(card.language.code) ? card.language.code : (languages[0] ?? 'en')
  const notes = options.notes?.[language] ?? []
  const spoke =
    disposition !== 'no_answer' &&
    disposition !== 'busy' &&
    disposition !== 'disconnected' &&
    disposition !== 'left_message'
  return {
    attempt_id: idFrom(`${options.seed}:${nth}:${card.voter_id}`),
    voter_id: card.voter_id,
    ticket: card.ticket,
    disposition,
    answers: disposition === 'canvassed' ? answers : {},
    script_version: card.script_version,
    language: disposition === 'language_barrier' ? 'zh' : spoke ? (language as CallResult['language']) : null,
    call_back_at:
      disposition === 'call_back'
        ? new Date(now.getTime() + (20 + Math.floor(random() * 30)) * 3_600_000).toISOString()
        : null,
    is_call_back_mine: random() < 0.5,
    spoke_with: disposition === 'do_not_call' ? 'voter' : disposition === 'deceased' ? 'household' : null,
    note: spoke && notes.length > 0 && random() < 0.12 ? (notes[Math.floor(random() * notes.length)] ?? '') : '',
    phone: card.phones[0]?.phone ?? null,
    started_at: now.toISOString(),
    ended_at: now.toISOString(),
    sent_at: now.toISOString(),
  }
}

/** One walk through the script, answering as the branches ask. */
function answersFor(script: ScriptContent, random: () => number): Answers {
  const answers: Answers = {}
  for (let i = 0; i < script.steps.length; i++) {
    const open = path(script, answers).find(
      (station) => station.part === 'step' && station.step.kind !== 'say' && !(station.step.key in answers),
    )
    if (!open || open.part !== 'step') break
    const answer = answerTo(open.step, random)
    if (answer === null) break
    answers[open.step.key] = answer
  }
  return answers
}

function answerTo(step: Step, random: () => number): AnswerValue | null {
  const several = step.choices.map((choice) => choice.key)
  const byKind: Record<Step['kind'], () => AnswerValue | null> = {
    say: () => null,
    support: () =>
      pick(
        [
          [1, 34],
          [2, 24],
          [3, 22],
          [4, 9],
          [5, 11],
        ],
        random,
      ),
    yes_no: () => random() < 0.68,
    choice: () => {
      const keys = possibleAnswers(step)
      return keys.length
        ? pick(
            keys.map((key, index) => [key, 1 / (index + 1.3)] as const),
            random,
          )
        : null
    },
    several: () => {
      const chosen = several.filter((_, index) => random() < 0.55 / (1 + index * 0.4))
      return chosen.length ? chosen : several[0] ? [several[0]] : null
    },
    text: () => null,
    number: () => 1 + Math.floor(random() * 4),
  }
  return byKind[step.kind]()
}

function pick<T>(weighted: readonly (readonly [T, number])[], random: () => number): T {
  let left = random() * weighted.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [value, weight] of weighted) {
    left -= weight
    if (left < 0) return value
  }
  return (weighted.at(-1) as readonly [T, number])[0] // lists here are never empty
}

/** mulberry32: small, and the same everywhere. */
function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function idFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

import { createHash } from 'node:crypto'
import type { Disposition } from '../../features/contacts/schema.ts'
import { joinPhoneBank } from '../../features/phonebanks/callers/commands.ts'
import { quietDayOn } from '../../features/phonebanks/calling-rules/quiet-days.ts'
import { instantOf } from '../../features/phonebanks/rules.ts'
import type { CallCard, CallResult } from '../../features/phonebanks/schema.ts'
import { Turns } from '../../features/phonebanks/turns.ts'
import { path } from '../../features/scripts/rules.ts'
import type { AnswerValue, Answers, ScriptContent, Step } from '../../features/scripts/schema.ts'
import { addDays } from '../../platform/clock.ts'
import type { Installation } from '../../platform/http/room.ts'
import { randomOf } from '../../platform/random.ts'

export interface SimulatedCaller {
  name: string
  languages: string[]
}

export interface Evening {
  /** 'YYYY-MM-DD' in the organization's time zone. */
  date: string
  /** 'HH:MM' */
  from: string
  to: string
  callers: readonly SimulatedCaller[]
}

interface PhoneBankAtWork {
  organization_id: string
  phone_bank_id: string
  join_code: string
  content: ScriptContent
}

interface Caller extends SimulatedCaller {
  caller_id: string
  /** The voter in hand. */
  card: CallCard | null
  /** When this call is over. */
  due: Date
}

/** The first `count` of these days, in order of time; on a holiday nobody calls. */
export const eveningsOf = (
  today: string,
  callers: Evening['callers'],
  days_ago: readonly number[],
  count: number,
): Evening[] =>
  days_ago
    .map((days) => addDays(today, -days))
    .filter((date) => quietDayOn(date, 'NY', ['family', 'state']) === null)
    .slice(0, count)
    .sort()
    .map((date) => ({ date, from: '18:00', to: '20:30', callers }))

/**
 * Volunteers who call on past evenings: they join by the link, are handed voters, and record what came of it, through the
 * queue everybody uses and at its pace. Only the clock is ours. Returns how many results were recorded.
 */
export async function simulateCalls(
  installation: Installation,
  bank: PhoneBankAtWork,
  evenings: readonly Evening[],
  seed: number,
  signal?: AbortSignal,
): Promise<number> {
  const time_zone = 'America/New_York'
  let now = installation.clock.now()
  // A front of its own: everything below happens at the evening's time, at which nobody else asks.
  const evening_installation: Installation = { ...installation, clock: { now: () => now } }
  const turns = new Turns(evening_installation, 0)
  const random = randomOf(seed)
  /** Ids of callers by name: who comes again on another evening uses the same link. */
  const known = new Map<string, string>()
  let recorded = 0
  for (const evening of evenings) {
    const ends = instantOf(time_zone, evening.date, evening.to)
    now = instantOf(time_zone, evening.date, evening.from)
    const callers: Caller[] = []
    for (const { name, languages } of evening.callers) {
      let caller_id = known.get(name)
      if (caller_id === undefined) {
        const phone = `+1347555${String(1000 + known.size)}`
        const joined = await joinPhoneBank(
          installation.database.owner,
          bank.join_code,
          { name, phone, email: null, languages },
          now,
        )
        if (!joined.ok) throw new Error(`${name} could not join: ${joined.problem}`)
        known.set(name, (caller_id = joined.caller_id))
      }
      const due = new Date(now.getTime() + Math.floor(random() * 8) * 60_000)
      callers.push({ name, languages, caller_id, card: null, due })
    }
    for (; now < ends; now = new Date(now.getTime() + tick_ms)) {
      signal?.throwIfAborted()
      const due = callers.filter((caller) => caller.due <= now)
      const asks = due.map((caller) => ({
        caller,
        result: caller.card ? resultOf(caller.card, caller.languages, bank.content, now, ends, random) : null,
      }))
      // At once, as they do: callers who ask in the same moment are answered by one transaction.
      await Promise.all(
        asks.map(async ({ caller, result }) => {
          const { turn, recorded: answer } = await turns.take(bank.organization_id, bank.phone_bank_id, {
            caller_id: caller.caller_id,
            caller_name: caller.name,
            languages: caller.languages,
            holding: [],
            want: 1,
            ...(result ? { result } : {}),
          })
          if (answer?.outcome === 'recorded') recorded++
          caller.card = turn.cards[0] ?? null
        }),
      )
      for (const { caller } of asks) caller.due = new Date(now.getTime() + minutesOf(random) * 60_000)
    }
    for (const { caller_id, name, languages, card } of callers) {
      if (!card) continue
      await turns.take(bank.organization_id, bank.phone_bank_id, {
        caller_id,
        caller_name: name,
        languages,
        holding: [],
        want: 0,
        release: { voter_ids: [card.voter_id], why: 'leave' },
      })
    }
  }
  return recorded
}

/** Shares of a hundred; as volunteer phone banks of community groups report them. */
const shares: readonly [Disposition, number][] = [
  ['no_answer', 46],
  ['left_message', 12],
  ['canvassed', 20],
  ['refused', 5],
  ['wrong_number', 4],
  ['disconnected', 4],
  ['call_back', 2.5],
  ['busy', 2],
  ['not_available', 2],
  ['language_barrier', 1],
  ['moved', 0.7],
  ['do_not_call', 0.6],
  ['deceased', 0.2],
]

/** Some of those who talk want something. */
const followUpsOf = (disposition: Disposition, voter_id: number): CallResult['follow_ups'] => {
  const kind = ({ 0: 'volunteer', 1: 'ride', 2: 'yard_sign', 3: 'mail_ballot' } as const)[voter_id % 24]
  return disposition === 'canvassed' && kind ? [{ kind, note: '' }] : []
}

/** Callers ask at these steps, so that several go together, as in a busy room. */
const tick_ms = 2 * 60_000

const minutesOf = (random: () => number): number => 2 + Math.floor(random() * random() * 8)

function resultOf(
  card: CallCard,
  languages: readonly string[],
  content: ScriptContent,
  now: Date,
  ends: Date,
  random: () => number,
): CallResult {
  const disposition = weighted(shares, random)
  const language = card.language && languages.includes(card.language.code) ? card.language.code : (languages[0] ?? 'en')
  const started = new Date(now.getTime() - 90_000).toISOString()
  const isHeard = ['canvassed', 'refused', 'call_back', 'not_available'].includes(disposition)
  return {
    attempt_id: uuidOf(random),
    voter_id: card.voter_id,
    ticket: card.ticket,
    disposition,
    answers: disposition === 'canvassed' ? answersOf(content, random) : {},
    script_version: card.script_version,
    // The codes come from the lists of languages the caller and the card are made of.
    language: (disposition === 'language_barrier' ? 'zh' : isHeard ? language : null) as CallResult['language'],
    call_back_at:
      disposition === 'call_back'
        ? new Date(ends.getTime() + (20 + Math.floor(random() * 30)) * 3_600_000).toISOString()
        : null,
    is_call_back_mine: false,
    spoke_with: disposition === 'do_not_call' ? 'voter' : disposition === 'deceased' ? 'household' : null,
    follow_ups: followUpsOf(disposition, card.voter_id),
    is_inbound: false,
    note: disposition === 'canvassed' && random() < 0.12 ? pick(notes, random) : '',
    phone: card.phones[0]?.phone ?? null,
    started_at: started,
    ended_at: now.toISOString(),
    sent_at: now.toISOString(),
  }
}

const notes = [
  '투표소까지 차편이 필요하다고 하심.',
  'Wants the flyer in large type.',
  '렌트 문제로 상담을 받고 싶어 하심.',
  'Will bring two neighbors.',
  '따님이 영어로 받음. 저녁에 본인과 통화 가능.',
]

/** Answers the way people do along the script: not every question, and most lean one way. */
function answersOf(content: ScriptContent, random: () => number): Answers {
  const answers: Answers = {}
  let asked = -1
  for (;;) {
    const steps = path(content, answers).flatMap((station) => (station.part === 'step' ? [station.step] : []))
    const next = steps.findIndex((step, index) => index > asked && step.kind !== 'say')
    const step = steps[next]
    if (!step) return answers
    asked = next
    // The first question makes it a conversation; later ones some do not want to answer.
    if (Object.keys(answers).length === 0 || random() < 0.88) {
      const answer = answerOf(step, random)
      if (answer !== null) answers[step.key] = answer
    }
  }
}

function answerOf(step: Step, random: () => number): AnswerValue | null {
  const keys = step.choices.map(({ key }) => key)
  const byKind: Record<Step['kind'], () => AnswerValue | null> = {
    say: () => null,
    // Earlier choices stand first because they are the usual ones.
    choice: () => keys[Math.floor(random() * random() * keys.length)] ?? null,
    several: () => {
      const chosen = keys.filter(() => random() < 0.4)
      return chosen.length ? chosen : keys.slice(0, 1)
    },
    support: () =>
      weighted(
        [
          [1, 30],
          [2, 25],
          [3, 28],
          [4, 10],
          [5, 7],
        ],
        random,
      ),
    yes_no: () => random() < 0.62,
    text: () => null,
    number: () => 1 + Math.floor(random() * 4),
  }
  return byKind[step.kind]()
}

function weighted<T>(choices: readonly (readonly [T, number])[], random: () => number): T {
  let left = random() * choices.reduce((sum, [, share]) => sum + share, 0)
  for (const [choice, share] of choices) if ((left -= share) < 0) return choice
  const [first] = choices
  if (!first) throw new Error('nothing to choose from')
  return first[0]
}

const pick = <T>(all: readonly T[], random: () => number): T =>
  weighted(
    all.map((each) => [each, 1] as const),
    random,
  )

function uuidOf(random: () => number): string {
  const hex = createHash('sha256').update(String(random())).update(String(random())).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

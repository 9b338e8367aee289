import type { CallResult as Answered, Endpoint } from '../../../../platform/http/endpoint.ts'
import { isConversation, type Disposition } from '../../../contacts/schema.ts'
import {
  extendLease,
  madeCall,
  next,
  othersAtHome,
  recordCall,
  releaseCalls,
  returnCall,
  session as sessionEndpoint,
  takeMember,
  undoCall,
} from '../../endpoints.ts'
import type { PracticeVoter } from '../../practice/voters.ts'
import type { CallCard, CallResult, Turn } from '../../schema.ts'
import { tellOfVoter, untell } from '../../told/endpoints.ts'
import type { z } from 'zod'
import type { DeskState } from './desk-state.ts'
import { clockKept, newId } from '../../../../platform/ui/device/device.ts'
import type { Server } from './server.ts'

type Session = DeskState['session']

/** What a practice call came to. */
export interface Judged {
  voter: PracticeVoter
  given: Disposition
}

interface Made {
  card: CallCard
  result: CallResult
}

/** The phone bank as practice has it: the same script and results, nothing of the day's calls, no way to a telephone. */
export const practiceSession = (session: Session): Session => ({
  ...session,
  // Of no phone bank: what the page keeps under its name is nobody's.
  phone_bank: { ...session.phone_bank, phone_bank_id: newId(), way_of_calling: 'practice', rest_minutes: 0 },
  tally: { calls: 0, reached: 0, answered: 0 },
  board: [],
  recent: [],
  door: 'open',
})

/**
 * Answers a desk as the server would, from made-up voters in the page's memory: nothing is sent, nothing is kept. Each
 * result is told to `judge`.
 */
export function practiceServer(
  session: Session,
  voters: readonly PracticeVoter[],
  judge: (judged: Judged | null) => void,
): Server {
  const cards = voters.map((voter, index) => cardOf(voter, index + 1, session))
  const waiting = [...cards]
  const made = new Map<string, Made>()

  const turn = (holding: readonly number[], front: readonly CallCard[] = []): z.infer<typeof Turn> => {
    const isBusy = holding.length + front.length > 0
    const card = isBusy ? undefined : waiting.shift()
    const is_over = !isBusy && !card
    return {
      door: 'open',
      cards: [...front, ...(card ? [card] : [])],
      withdrawn: [],
      leased_until: null,
      empty: is_over ? { reason: 'finished', ready_at: null, count: 0 } : null,
      messages: [],
      server_time: now(),
    }
  }
  const standing = (): Session => {
    const results = [...made.values()].map(({ result }) => result.disposition)
    return {
      ...session,
      tally: {
        calls: results.length,
        reached: [...made.values()].filter(({ result }) => isConversation(result.disposition, result.spoke_with))
          .length,
        answered: results.filter((each) => each === 'canvassed').length,
      },
      server_time: now(),
    }
  }
  const record = (result: CallResult): void => {
    if (result.instead_of) made.delete(result.instead_of.attempt_id)
    if (result.instead_of?.or) made.delete(result.instead_of.or)
    const card = cards.find((each) => each.voter_id === result.voter_id)
    const voter = voters[result.voter_id - 1]
    if (!card || !voter) return
    made.set(result.attempt_id, { card, result })
    judge({ voter, given: result.disposition })
  }

  const answers = new Map<unknown, (input: never) => unknown>()
  const answer = <Input, Output>(of: Endpoint<Input, Output>, how: (input: Input) => Output) => answers.set(of, how)
  answer(next, ({ holding }) => turn(holding))
  answer(extendLease, ({ holding }) => turn(holding.length > 0 ? holding : [0]))
  answer(sessionEndpoint, standing)
  answer(recordCall, ({ result, holding }) => {
    record(result)
    const told = {
      attempt_id: result.attempt_id,
      outcome: recorded,
      problem: null,
      was_lost: false,
      call_back_at: result.call_back_at,
      is_call_back_too_late: false,
    }
    return { recorded: told, turn: turn(holding) }
  })
  // Who is put off comes last.
  answer(releaseCalls, ({ voter_ids, holding, want }) => {
    waiting.push(...cards.filter((card) => voter_ids.includes(card.voter_id)))
    return turn(want === 0 ? [0] : holding)
  })
  answer(undoCall, ({ attempt_id, holding }) => {
    const undone = made.get(attempt_id)
    made.delete(attempt_id)
    judge(null)
    // The one handed out meanwhile stays in hand behind.
    return undone
      ? { undone: true, problem: null, gone: null, turn: turn(holding, [undone.card]) }
      : { undone: false, problem: unknown, gone: null, turn: turn(holding) }
  })
  answer(madeCall, ({ attempt_id }) => {
    const of = made.get(attempt_id)
    return { problem: of ? null : unknown, made: of ? shown(of, session) : null, server_time: now() }
  })
  answer(takeMember, ({ holding }) => ({ problem: unknown, turn: turn(holding) }))
  answer(othersAtHome, () => ({ others: [] }))
  answer(returnCall, ({ holding }) => ({ problem: unknown, turn: turn(holding) }))
  answer(untell, () => ({ outcome: 'undone' as const, problem: null }))
  answer(tellOfVoter, ({ told }) => ({
    outcome: recorded,
    problem: null,
    booked: told.kind === 'event' ? ('signed_up' as const) : null,
  }))

  return {
    async call<Input, Output>(called: Endpoint<Input, Output>, _where: unknown, input: Input) {
      const how = answers.get(called) as ((input: Input) => Output) | undefined // registered under the endpoint of these types
      if (!how) return { ok: false, status: 404, problem: 'not_in_practice' } satisfies Answered<Output>
      return { ok: true, value: how(input) } satisfies Answered<Output>
    },
    listen: () => () => {},
  }
}

const unknown = 'unknown' as const
const recorded = 'recorded' as const

/** As the server counts it: what is known of the device's clock stays. */
const now = (): string => new Date(Date.now() + clockKept()).toISOString()

const shown = ({ card, result }: Made, { script }: Session) => {
  const { answers, call_back_at, is_call_back_mine, spoke_with, language, note, follow_ups } = result
  const { result_code = null, is_inbound, phone, script_version, started_at, ended_at } = result
  return {
    card,
    answers,
    result_code,
    result_name: null,
    call_back_at,
    is_call_back_mine,
    spoke_with,
    language,
    note,
    follow_ups,
    is_inbound,
    phone,
    script_version,
    script_content: script.content,
    started_at,
    ended_at,
  }
}

const year_ms = 366 * 24 * 3_600_000

function cardOf(voter: PracticeVoter, voter_id: number, session: Session): CallCard {
  return {
    voter_id,
    ticket: 'practice',
    leased_until: new Date(Date.now() + year_ms).toISOString(),
    first_name: voter.first_name,
    display_name: voter.name.en,
    hangul: { text: voter.name.ko, is_guess: false },
    title: null,
    age: voter.age,
    language: voter.language,
    city: null,
    districts: [],
    // 555-01xx: given to nobody.
    phones: [{ phone: `+1718555010${voter_id}`, kind: 'unknown' }],
    household: [],
    past: [],
    place: session.organization.time_zone,
    attempt_number: 1,
    call_back_at: null,
    script_version: session.script.version,
  }
}

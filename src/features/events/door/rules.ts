import { responseRules, wasThere, type Attendance, type EventResponse, type SignupSource } from '../schema.ts'
import type { DoorAct, DoorPerson } from './schema.ts'

/*
 * Codes.
 */

export type ReadCode =
  | { is: 'ticket'; ticket: string }
  | { is: 'card'; person_id: string; card: string }
  /** Of an event or an organization that this door is not of; or of no use at any. */
  | { is: 'other_event' | 'other_organization' | 'unknown' }

/** What a camera read or somebody typed. Where the program is reached by several names, the address may be another. */
export function readCode(text: string, here: { organization: string; event: string }): ReadCode {
  const typed = text.toLowerCase().replaceAll(/[\s.·-]/g, '')
  if (isTicket(typed)) return { is: 'ticket', ticket: typed }
  const path = /^https?:\/\/[^/]+(\/[^?#]*)/.exec(text.trim())?.[1] ?? ''
  const [, room, organization, ...rest] = path.split('/')
  if (room === 'e' && rest[1] === 't' && isTicket(rest[2] ?? '')) {
    if (organization !== here.organization) return { is: 'other_organization' }
    return rest[0] === here.event ? { is: 'ticket', ticket: rest[2] ?? '' } : { is: 'other_event' }
  }
  if (room === 'm' && rest[0] === 'card' && /^[0-9a-f-]{36}$/.test(rest[1] ?? '') && rest[2]) {
    if (organization !== here.organization) return { is: 'other_organization' }
    return { is: 'card', person_id: rest[1] ?? '', card: rest[2] }
  }
  return { is: 'unknown' }
}

export const isTicket = (text: string): boolean => /^[a-hj-km-np-z2-9]{9}$/.test(text)

/** 'abc-def-ghj': to be read aloud and typed. */
export const spelledTicket = (ticket: string): string => ticket.replace(/^(...)(...)(...)$/, '$1-$2-$3')

/*
 * Coming in.
 */

/** What is in the way of somebody who is at the door of a shift; null: nothing. */
export type InTheWay = 'canceled' | 'wait_listed' | 'awaiting_approval' | 'other_shift'

export function inTheWay(
  { response, shift_ids }: { response: EventResponse; shift_ids: readonly string[] },
  shift_id: string,
): InTheWay | null {
  if (!responseRules[response].is_open) return 'canceled'
  if (response === 'wait_listed' || response === 'awaiting_approval') return response
  return shift_ids.includes(shift_id) ? null : 'other_shift'
}

/** As what somebody counts who is there: expected, or come without a seat. */
export const cameAs = ({ response, source }: { response: EventResponse; source: SignupSource }): Attendance =>
  source !== 'door' && (responseRules[response].holds_seat || response === 'invited') ? 'attended' : 'walk_in'

export interface Heads {
  here: number
  walk_ins: number
  expected: number
}

/** Heads in a shift by the list of a device: as the server counts them. */
export function headsOf(people: Iterable<DoorPerson>, shift_id: string): Heads {
  const heads: Heads = { here: 0, walk_ins: 0, expected: 0 }
  for (const { marks, response, is_walk_in, shift_ids, guests } of people) {
    const mark = marks[shift_id]
    if (mark && wasThere[mark.attendance]) heads.here += 1 + mark.guests
    if (mark?.attendance === 'walk_in') heads.walk_ins += 1
    const isExpected = responseRules[response].holds_seat && !is_walk_in && shift_ids.includes(shift_id)
    if (!mark && isExpected) heads.expected += 1 + guests
  }
  return heads
}

/*
 * On the device.
 */

/** Everybody as they stand with what is not sent yet. What was said first counts, as on the server. */
export function withActs(people: readonly DoorPerson[], acts: readonly DoorAct[]): ReadonlyMap<string, DoorPerson> {
  const all = new Map(people.map((person) => [person.signup_id, person]))
  const mark = (person: DoorPerson, act: DoorAct, guests: number): void => {
    const before = person.marks[act.shift_id]
    if (before && wasThere[before.attendance]) return
    const attendance = cameAs({ response: person.response, source: person.is_walk_in ? 'door' : 'web' })
    const marks = { ...person.marks, [act.shift_id]: { attendance, guests, at: act.at, made_by: '' } }
    all.set(person.signup_id, { ...person, marks })
  }
  for (const act of acts) {
    if (act.kind === 'walk_in') {
      const { signup_id, first_name, last_name, name_hangul, shift_id } = act
      if (!all.has(signup_id)) mark({ ...nobody, signup_id, first_name, last_name, name_hangul, shift_ids: [shift_id] }, act, 0) // prettier-ignore
    } else if (act.kind === 'take_back') {
      const person = all.get(act.signup_id)
      if (person) {
        const { [act.shift_id]: _gone, ...marks } = person.marks
        all.set(person.signup_id, { ...person, marks })
      }
    } else if ('signup_id' in act.who) {
      const person = all.get(act.who.signup_id)
      if (person) mark(person, act, act.guests ?? person.guests)
    } else {
      // Whose code it is, nobody knows yet: a head all the same.
      mark({ ...nobody, signup_id: act.act_id, shift_ids: [act.shift_id] }, act, 0)
    }
  }
  return all
}

const nobody: Omit<DoorPerson, 'signup_id' | 'shift_ids'> = {
  ticket: '',
  person_id: '',
  host_signup_id: null,
  first_name: '',
  last_name: '',
  name_hangul: null,
  guests: 0,
  response: 'signed_up',
  is_offered: false,
  is_walk_in: true,
  marks: {},
}

interface Names {
  first_name: string | null
  last_name: string | null
  name_hangul: string | null
}

export const nameOf = ({ first_name, last_name, name_hangul }: Names): string =>
  [name_hangul, [first_name, last_name].filter(Boolean).join(' ')].filter(Boolean).join(' ')

import { responseRules, wasThere, type Attendance, type EventResponse, type SignupSource } from '../schema.ts'
import { most_guests, type DoorAct, type DoorPerson } from './schema.ts'

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

/** With how many without a name somebody may be said to have come: up to a few more than they announced. */
export const guestChoices = (said: number, here: number): number[] =>
  Array.from({ length: Math.max(Math.min(Math.max(said, here) + 3, most_guests), here) + 1 }, (_, count) => count)

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

/** Whose card it is among these. Somebody may have signed up, canceled and signed up again. */
export function ownerOfCard(people: Iterable<DoorPerson>, person_id: string, shift_id: string): DoorPerson | undefined {
  const theirs = [...people].filter((each) => each.person_id === person_id)
  return theirs.find((each) => !inTheWay(each, shift_id)) ?? theirs.at(-1)
}

/** Whom an act is about, if the device knows. */
export function signupIn(act: DoorAct, people: Iterable<DoorPerson>): string | undefined {
  if (act.kind !== 'mark') return act.signup_id
  const { who } = act
  if ('signup_id' in who) return who.signup_id
  if ('card' in who) return ownerOfCard(people, who.person_id, act.shift_id)?.signup_id
  return [...people].find(({ ticket }) => ticket === who.ticket)?.signup_id
}

/** An act about whoever turned out to have signed up before, under their own id. */
export function renamed(act: DoorAct, ids: ReadonlyMap<string, string>): DoorAct {
  const idOf = (signup_id: string): string => ids.get(signup_id) ?? signup_id
  if (act.kind === 'take_back' || act.kind === 'pay') return { ...act, signup_id: idOf(act.signup_id) }
  if (act.kind === 'mark' && 'signup_id' in act.who) return { ...act, who: { signup_id: idOf(act.who.signup_id) } }
  return act
}

/** Everybody as they stand with what is not sent yet. What was said first counts, as on the server. */
export function withActs(people: readonly DoorPerson[], acts: readonly DoorAct[]): ReadonlyMap<string, DoorPerson> {
  const all = new Map(people.map((person) => [person.signup_id, person]))
  const idle = new Set<string>()
  const mark = (person: DoorPerson, act: DoorAct, guests: number): void => {
    const before = person.marks[act.shift_id]
    if (before && wasThere[before.attendance]) return void idle.add(act.act_id)
    const attendance = cameAs({ response: person.response, source: person.is_walk_in ? 'door' : 'web' })
    const marks = { ...person.marks, [act.shift_id]: { attendance, guests, at: act.at, made_by: '' } }
    all.set(person.signup_id, { ...person, marks })
  }
  for (const act of acts) {
    if (act.kind === 'walk_in') {
      const { signup_id, first_name, last_name, name_hangul, shift_id } = act
      if (!all.has(signup_id)) mark({ ...nobody, signup_id, first_name, last_name, name_hangul, shift_ids: [shift_id] }, act, 0) // prettier-ignore
    } else if (act.kind === 'pay') {
      const person = all.get(act.signup_id)
      if (person) all.set(person.signup_id, { ...person, owes_cents: 0 })
    } else if (act.kind === 'take_back') {
      const person = all.get(act.signup_id)
      if (person && !(act.of_act && idle.has(act.of_act))) {
        const { [act.shift_id]: _gone, ...marks } = person.marks
        all.set(person.signup_id, { ...person, marks })
      }
    } else {
      const signup_id = signupIn(act, all.values())
      const person = signup_id === undefined ? undefined : all.get(signup_id)
      if (person) mark(person, act, act.guests ?? person.guests)
      // Whose code it is, nobody knows yet: a head all the same.
      else if (!('signup_id' in act.who)) mark({ ...nobody, signup_id: act.act_id, shift_ids: [act.shift_id] }, act, 0)
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
  is_walk_in: true,
  owes_cents: 0,
  minor: 'no',
  marks: {},
}

interface Names {
  first_name: string | null
  last_name: string | null
  name_hangul: string | null
}

export const nameOf = ({ first_name, last_name, name_hangul }: Names): string =>
  [name_hangul, [first_name, last_name].filter(Boolean).join(' ')].filter(Boolean).join(' ')

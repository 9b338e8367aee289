import { z } from 'zod'
import { minorStates } from '../guardians/schema.ts'
import { handWays } from '../orders/schema.ts'
import { attendances, responses } from '../schema.ts'

const Moment = z.iso.datetime()

/** Somebody who said something to an event, as a device at the door keeps them while it is open: nothing to reach them by. */
export const DoorPerson = z.object({
  signup_id: z.uuid(),
  ticket: z.string(),
  /** By a member's card one is found by this. */
  person_id: z.uuid(),
  /** Whose guest they are. */
  host_signup_id: z.uuid().nullable(),
  first_name: z.string(),
  last_name: z.string(),
  name_hangul: z.string().nullable(),
  /** Whom they bring without a name. */
  guests: z.int(),
  response: z.enum(responses),
  is_walk_in: z.boolean(),
  /** What they and whom they bring still have to pay. */
  owes_cents: z.int().default(0),
  /** Under 18, where the event asks who answers for them. */
  minor: z.enum(minorStates).default('no'),
  shift_ids: z.array(z.uuid()),
  /** By shift. */
  marks: z.record(
    z.uuid(),
    z.object({ attendance: z.enum(attendances), guests: z.int(), at: Moment, made_by: z.string() }),
  ),
})
export type DoorPerson = z.infer<typeof DoorPerson>

/** Who is meant: somebody on the device's list, or whoever a code belongs to that the device did not know. */
export const Who = z.union([
  z.object({ signup_id: z.uuid() }),
  z.object({ ticket: z.string().regex(/^[a-z2-9]{9}$/) }),
  z.object({ person_id: z.uuid(), card: z.string().max(64) }),
])
export type Who = z.infer<typeof Who>

/** `at` by the device's clock; `sent_at` of the sending tells how far that is off. */
const made = { act_id: z.uuid(), shift_id: z.uuid(), at: Moment }

/** Whom somebody brings without a name. */
export const most_guests = 20

export const Mark = z.object({
  kind: z.literal('mark'),
  ...made,
  who: Who,
  /** null: as many as they said. */
  guests: z.int().min(0).max(most_guests).nullable(),
  /** Whoever stands at the door was told what is in the way, and lets them in all the same. */
  is_let_in: z.boolean(),
})
/** `of_act`: the act that is undone, and no other; null: what the list of the device said. */
export const TakeBack = z.object({
  kind: z.literal('take_back'),
  ...made,
  signup_id: z.uuid(),
  of_act: z.uuid().nullable().default(null),
})
export const ComeIn = z.object({
  kind: z.literal('walk_in'),
  ...made,
  signup_id: z.uuid(),
  first_name: z.string().trim().min(1).max(80),
  last_name: z.string().trim().min(1).max(80),
  name_hangul: z.string().max(40).nullable(),
  /** As typed. */
  phone: z.string().max(40),
  email: z.string().max(200),
  language: z.enum(['en', 'ko']),
})
/** Cash or a check for what somebody owes. Its id is the receipt's: sent twice it is taken once. */
export const Pay = z.object({ kind: z.literal('pay'), ...made, signup_id: z.uuid(), way: z.enum(handWays) })
export const DoorAct = z.discriminatedUnion('kind', [Mark, TakeBack, ComeIn, Pay])
export type Mark = z.infer<typeof Mark>
export type TakeBack = z.infer<typeof TakeBack>
export type ComeIn = z.infer<typeof ComeIn>
export type Pay = z.infer<typeof Pay>
export type DoorAct = z.infer<typeof DoorAct>

/**
 * What became of an act. `already`: they are in, since when and by whom is said. `ask`: something is in the way, and nobody
 * has let them in yet. `paid_already`: somebody was quicker, no money was taken. The rest: a code that opens nothing here.
 */
export const outcomes = ['done', 'already', 'ask', 'paid_already', 'unknown_code', 'other_event', 'card_wrong'] as const
export type Outcome = (typeof outcomes)[number]

export const DoorDone = z.object({
  act_id: z.uuid(),
  outcome: z.enum(outcomes),
  signup_id: z.uuid().nullable(),
  since: Moment.nullable(),
  since_by: z.string().nullable(),
})
export type DoorDone = z.infer<typeof DoorDone>

export const most_acts = 50

export const SyncInput = z.object({
  sent_at: Moment,
  /** Of the last answer; null: the whole list is asked for. */
  after: z.string().max(100).nullable(),
  acts: z.array(DoorAct).max(most_acts),
})

export const SyncOutput = z.object({
  /** By our clock. */
  at: Moment,
  after: z.string(),
  /** false: `people` are those who changed. */
  is_whole: z.boolean(),
  people: z.array(DoorPerson),
  done: z.array(DoorDone),
})

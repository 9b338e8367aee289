import { z } from 'zod'
import { Disposition, SpokeWith, SpokenLanguage } from '../contacts/schema.ts'
import { quietGroups } from './calling-rules/quiet-days.ts'
import { WayOfCalling } from './bridge/schema.ts'
import { OwnResult } from './result-codes/schema.ts'
import { EventToBook } from '../events/calls/schema.ts'
import { Answers, ScriptContent } from '../scripts/schema.ts'

/** Shared by server and browser: what a caller may see, and what a caller tells. */

const Instant = z.iso.datetime({ offset: true })
const E164 = z.string().regex(/^\+[1-9]\d{6,14}$/)
const Text = z.record(z.string(), z.string())

/** A name in Hangul; a guess is a reading aid and must be shown as one (추정). */
export const HangulName = z.object({ text: z.string(), is_guess: z.boolean() })

/** An event of the voter in hand, in the time of where it is. */
const VotersEvent = z.object({ event_id: z.uuid(), title: Text, time_zone: z.string(), starts_at: Instant })

export const HouseholdMember = z.object({
  voter_id: z.number().int(),
  /** As in the voter file: 'Min-jun Kim'. */
  name: z.string(),
  hangul: HangulName.nullable(),
  age: z.number().int().nullable(),
  has_same_number: z.boolean(),
  /** Also in this caller's hand: a card of their own is there or comes next. */
  is_in_hand: z.boolean(),
})
export type HouseholdMember = z.infer<typeof HouseholdMember>

/** Lives with a voter in hand, and is not on the list. */
export const OtherAtHome = HouseholdMember.pick({ voter_id: true, name: true, hangul: true, age: true })
export type OtherAtHome = z.infer<typeof OtherAtHome>

/** One voter in a caller's hand. Nothing else of the voter record leaves the server. */
export const CallCard = z.object({
  voter_id: z.number().int(),
  /** Proof that this voter was handed to this caller; goes back with the result. */
  ticket: z.string(),
  /** Without a sign of life the voter goes back into the queue then. */
  leased_until: Instant,
  /** What the person is called; of Korean names both syllables. */
  first_name: z.string(),
  /** Cards kept on a device from before have none. */
  last_name: z.string().optional(),
  display_name: z.string(),
  hangul: HangulName.nullable(),
  /** Of a name in Hangul that is no guess. Cards kept on a device from before have none. */
  hangul_parts: z.object({ family: z.string(), given: z.string() }).nullable().optional(),
  /** 호칭: 장로님. */
  title: z.string().nullable(),
  age: z.number().int().nullable(),
  language: z.object({ code: z.string(), is_known: z.boolean() }).nullable(),
  city: z.string().nullable(),
  /** 'ccd' city council, 'ad' assembly, 'sd' state senate, 'cd' congress. */
  districts: z.array(z.object({ kind: z.enum(['ccd', 'ad', 'sd', 'cd']), number: z.number().int() })),
  /** Best first; the first one is to be dialled. */
  phones: z.array(z.object({ phone: E164, kind: z.enum(['mobile', 'landline', 'voip', 'unknown']) })),
  household: z.array(HouseholdMember),
  /** What is noted of the home; null: nothing. */
  home: z
    .object({
      note: z.string().nullable(),
      language: z.string().nullable(),
      /** Who lives there too and is no registered voter. */
      others: z.array(z.object({ name: z.string(), hangul: z.string().nullable() })),
    })
    .nullable()
    .optional(),
  /** Newest first, at most three, of any phone bank of the organization. */
  past: z.array(
    z.object({
      at: Instant,
      disposition: Disposition,
      /** The organization's own result. */
      result_name: Text.nullable().optional(),
      /** They called. */
      is_inbound: z.boolean().optional(),
      language: z.string().nullable(),
      note: z.string(),
      /** In the words of the script. */
      answers: z.array(z.object({ question: Text, answer: z.union([Text, z.string(), z.number(), z.boolean()]) })),
    }),
  ),
  /** What they said to events that are to come, the soonest first; and the last they came to. null: neither. */
  events: z
    .object({
      coming: z.array(
        VotersEvent.extend({
          response: z.enum(['invited', 'signed_up', 'confirmed', 'wait_listed', 'awaiting_approval']),
        }),
      ),
      attended: z.array(VotersEvent),
    })
    .nullable()
    .optional(),
  /** Where they live, as hours know it: a time zone, with the state where that keeps days of its own. */
  place: z.string(),
  /** 1 for the first try in this phone bank. */
  attempt_number: z.number().int(),
  /** They asked to be called at this time. */
  call_back_at: Instant.nullable(),
  /** Version of the script to read; when it is another than the one at hand, fetch `session` again. */
  script_version: z.number().int(),
})
export type CallCard = z.infer<typeof CallCard>

/** Why there is nobody to call now. */
export const emptyReasons = [
  'preparing', // the list is being put together
  'outside_hours',
  'all_leased', // the rest is in other callers' hands
  'resting', // tried a short time ago
  'call_back_later',
  'on_paper', // on printed call sheets, for a day
  'skipped', // this caller put them off: others call them
  'organizer', // somebody of the organization has to look at them first
  'other_language', // those left speak no language of this caller
  'no_number',
  'quota', // enough answers: the phone bank stops by itself
  'limit', // this caller made as many calls as one may in a shift
  'finished', // nobody left: the list is done
] as const
export const EmptyReason = z.enum(emptyReasons)
export type EmptyReason = z.infer<typeof EmptyReason>

/** The phone bank as it stands for this caller. */
export const doorStates = ['open', 'paused', 'ended', 'not_started', 'over', 'practice', 'removed'] as const
export const DoorState = z.enum(doorStates)
export type DoorState = z.infer<typeof DoorState>

export const Empty = z.object({
  reason: EmptyReason,
  /** When more will be ready; null: nobody can say. */
  ready_at: Instant.nullable(),
  /** How many voters wait for this reason. */
  count: z.number().int(),
  /** With 'outside_hours': the quiet day it is wherever they live, by its key of quiet-days.ts. */
  quiet_day: z.string().nullable().optional(),
})
export type Empty = z.infer<typeof Empty>

/** What the host tells this caller. */
export const Message = z.object({ message_id: z.uuid(), text: z.string(), sent_by: z.string(), sent_at: Instant })
export type Message = z.infer<typeof Message>

/** `reached`: conversations; pages kept on a device read it by this name. */
export const Tally = z.object({ calls: z.number().int(), reached: z.number().int(), answered: z.number().int() })
export type Tally = z.infer<typeof Tally>

/** Answer to everything a caller does: what is in their hand now. */
export const Turn = z.object({
  door: DoorState,
  /** New in hand since the request; those named in `holding` are not repeated. */
  cards: z.array(CallCard),
  /** Of `holding`: no longer this caller's. Put them away, whatever is on the screen. */
  withdrawn: z.array(z.object({ voter_id: z.number().int(), why: z.enum(['suppressed', 'lost', 'finished']) })),
  /** Everything in hand is now leased until then. */
  leased_until: Instant.nullable(),
  /** Set when fewer than wanted are in hand. */
  empty: Empty.nullable(),
  /** Of the last hours, the same again each time: show each once. */
  messages: z.array(Message),
  server_time: Instant,
})
export type Turn = z.infer<typeof Turn>

/** A batch of twenty lines with the families on them. */
export const mostHeld = 80
const holding = z.array(z.int32()).max(mostHeld)

/** `want`: how many lines (households count as one) this caller should have in hand afterwards; 0: none, going away. */
export const NextInput = z.object({ holding, want: z.number().int().min(0).max(3).default(1) })
export type NextInput = z.infer<typeof NextInput>

export const followUpKinds = ['volunteer', 'yard_sign', 'ride', 'mail_ballot', 'organizer'] as const
export const FollowUpKind = z.enum(followUpKinds)
export type FollowUpKind = z.infer<typeof FollowUpKind>

export const CallResult = z
  .object({
    /** Made on the device: the same result sent twice is recorded once. */
    attempt_id: z.uuid(),
    voter_id: z.int32(),
    ticket: z.string().max(200),
    disposition: Disposition,
    /** The organization's own name for it, of those offered. */
    result_code: z.string().max(40).nullable().optional(),
    /** Only with 'canvassed', and then at least one. */
    answers: Answers.default({}),
    script_version: z.int32(),
    /** Language of the conversation; with 'language_barrier' the one that was heard; null: nobody can tell. */
    language: SpokenLanguage.nullable().default(null),
    /** With 'call_back'. */
    call_back_at: Instant.nullable().default(null),
    /** With 'call_back': this caller should make it, if there. */
    is_call_back_mine: z.boolean().default(true),
    /** With 'do_not_call' and 'deceased'. */
    spoke_with: SpokeWith.nullable().default(null),
    note: z.string().max(1000).default(''),
    /** What is left to do; 'organizer' keeps the voter until the organizer looked at it. */
    follow_ups: z
      .array(z.object({ kind: FollowUpKind, note: z.string().trim().max(500).default('') }))
      .max(followUpKinds.length)
      .default([]),
    /** They called us. */
    is_inbound: z.boolean().default(false),
    /** Number dialled. */
    phone: E164.nullable(),
    /** By the device's clock; `sent_at` tells how far it is off. */
    started_at: Instant.nullable(),
    ended_at: Instant,
    sent_at: Instant,
    /**
     * Corrects one of this caller's own results: that one is taken back in the same moment. `at` is when they did so.
     * `or`: stands in the place of this one where that one, itself a correction of it, never came.
     */
    instead_of: z.object({ attempt_id: z.uuid(), at: Instant, or: z.uuid().optional() }).nullable().optional(),
  })
  .superRefine((result, context) => {
    const missing = (path: string) => context.addIssue({ code: 'custom', path: [path], message: 'form.required' })
    const has_answers = Object.keys(result.answers).length > 0
    if (result.disposition === 'canvassed' && !has_answers) missing('answers')
    if (result.disposition !== 'canvassed' && has_answers)
      context.addIssue({ code: 'custom', path: ['answers'], message: 'phonebanks.result_or_answers' })
    if (result.disposition === 'call_back' && !result.call_back_at) missing('call_back_at')
    if ((result.disposition === 'do_not_call' || result.disposition === 'deceased') && !result.spoke_with)
      missing('spoke_with')
  })
export type CallResult = z.infer<typeof CallResult>

export const RecordInput = z.object({
  result: CallResult,
  holding,
  want: z.number().int().min(0).max(3).default(1),
})
export type RecordInput = z.infer<typeof RecordInput>

export const Recorded = z.object({
  attempt_id: z.uuid(),
  outcome: z.enum(['recorded', 'already_recorded', 'refused']),
  /** Refused: it will never be taken, do not send it again. */
  problem: z.enum(['not_yours', 'wrong_answers', 'closed', 'taken_back', 'too_late']).nullable(),
  /** The lease had run out meanwhile; the result counts all the same. */
  was_lost: z.boolean(),
  /** With 'call_back': when it will be made, which is later than asked where that was outside calling hours. */
  call_back_at: Instant.nullable(),
  /** With 'call_back': asked for after the last evening; the organizer sees to it. */
  is_call_back_too_late: z.boolean(),
})
export type Recorded = z.infer<typeof Recorded>

export const RecordOutput = z.object({ recorded: Recorded, turn: Turn })
export type RecordOutput = z.infer<typeof RecordOutput>

/** One of this caller's last results. */
export const RecentCall = z.object({
  attempt_id: z.uuid(),
  voter_id: z.number().int(),
  display_name: z.string(),
  hangul: HangulName.nullable(),
  disposition: Disposition,
  /** The organization's own, in its words. */
  result_name: Text.nullable().default(null),
  at: Instant,
  can_undo: z.boolean(),
})
export type RecentCall = z.infer<typeof RecentCall>

export const MadeInput = z.object({ attempt_id: z.uuid() })

/** What a result of mine said, to correct it from there. */
export const MadeOutput = z.object({
  problem: z.enum(['unknown', 'too_late']).nullable(),
  made: z
    .object({
      card: CallCard,
      answers: Answers,
      result_code: z.string().nullable(),
      result_name: Text.nullable(),
      call_back_at: Instant.nullable(),
      is_call_back_mine: z.boolean(),
      spoke_with: SpokeWith.nullable().catch(null),
      /** The conversation's; of a language barrier the one that was heard. */
      language: SpokenLanguage.nullable().catch(null),
      note: z.string(),
      follow_ups: CallResult.shape.follow_ups,
      is_inbound: z.boolean(),
      phone: z.string().nullable(),
      /** The answers are of this one, the card is of today's. */
      script_version: z.number().int(),
      script_content: ScriptContent,
      started_at: Instant.nullable(),
      ended_at: Instant,
    })
    .nullable(),
  server_time: Instant,
})

export type MadeOutput = z.infer<typeof MadeOutput>

/** `voter_id`: the result may not have come; it is not taken any more then. */
export const UndoInput = z.object({ attempt_id: z.uuid(), voter_id: z.int32().optional(), holding })
export type UndoInput = z.infer<typeof UndoInput>

export const UndoOutput = z.object({
  undone: z.boolean(),
  problem: z.enum(['unknown', 'too_late', 'already_undone']).nullable(),
  /** Why the voter is not among its cards: with another caller, not to be called any more, or not now. */
  gone: z.enum(['taken', 'closed', 'later']).nullable(),
  /** The voter comes back as a card in it, where they may be called. */
  turn: Turn,
})
export type UndoOutput = z.infer<typeof UndoOutput>

/** Another person at the home in hand comes to the phone. */
export const TakeInput = z.object({ voter_id: z.int32(), holding })

/** Somebody calls back the number they were called from. */
export const ReturnInput = z.object({ phone: z.string().max(40), holding })

export const TakeOutput = z.object({
  /** null: the voter is the first of the turn's cards. */
  problem: z.enum(['unknown', 'taken', 'closed', 'elsewhere']).nullable(),
  /** 'elsewhere': the phone bank that called them, else null. */
  bank: Text.nullable().optional(),
  turn: Turn,
})

/** Gives voters back without a result: skipped, or going away. */
export const ReleaseInput = z.object({
  voter_ids: holding,
  why: z.enum(['skip', 'leave']),
  holding,
  want: z.number().int().min(0).max(3).default(1),
})
export type ReleaseInput = z.infer<typeof ReleaseInput>

/** All that stays the same from call to call. */
export const Session = z.object({
  phone_bank: z.object({
    phone_bank_id: z.uuid(),
    name: Text,
    languages: z.array(z.string()),
    /** 'HH:MM' in the voter's zone. */
    calling_starts: z.string(),
    calling_ends: z.string(),
    /** How to hide or show one's own number, what to say of it. */
    caller_id_note: Text,
    lane: z.enum(['member_communication', 'coordinated', 'independent', 'non_partisan']),
    lease_minutes: z.number().int(),
    /** After so long without a break the caller is told to rest; 0: never. */
    rest_minutes: z.number().int(),
    /** For promised calls. */
    hours: z.object({
      starts_on: z.string(),
      ends_on: z.string(),
      calling_starts: z.string(),
      calling_ends: z.string(),
      weekdays: z.record(z.string(), z.tuple([z.string(), z.string()]).nullable()),
      quiet_groups: z.array(z.enum(quietGroups)),
      quiet_days: z.array(z.string()),
    }),
    /** Pages kept on a device from before know none: their own telephone. */
    way_of_calling: WayOfCalling.default('own_phone'),
  }),
  caller: z.object({ caller_id: z.uuid(), name: z.string(), languages: z.array(z.string()) }),
  organization: z.object({
    name: Text,
    phone: z.string().nullable(),
    time_zone: z.string(),
    /** Over the bridge links may be texted from its number. Pages kept on a device before this say nothing of it. */
    sends_texts: z.boolean().default(false),
  }),
  script: z.object({ version: z.number().int(), content: ScriptContent }),
  /** For `renderText`, beside the voter's own. */
  candidate: Text.nullable(),
  dispositions: z.array(Disposition),
  /** The organization's own, chosen for this phone bank. Pages kept from before know none. */
  own_results: z.array(OwnResult).default([]),
  /** Which a caller may put on a voter. */
  tags: z.array(z.string()),
  /** Which a voter may be booked into. Pages kept from before know none. */
  events: z.array(EventToBook).default([]),
  tally: Tally,
  recent: z.array(RecentCall),
  /** Who had the most conversations, where the host shows it. Pages kept from before know none. */
  board: z.array(z.object({ name: z.string(), reached: z.number().int() })).default([]),
  door: DoorState,
  server_time: Instant,
})
export type Session = z.infer<typeof Session>

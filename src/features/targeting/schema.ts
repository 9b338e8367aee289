import { z } from 'zod'
import type { Area } from '../geography/area/rules.ts'
import type { channels as consentChannels, relationshipKinds, standings } from '../people/schema.ts'
import type { Delegated } from '../access/permissions.ts'

/*
 * The targeting expression as a tree. One leaf for each thing one can ask of a voter; `parse.ts` makes it from text,
 * `print.ts` writes it back, `sql.ts` asks the database. Nothing here needs a server.
 */

export const parties = ['dem', 'rep', 'con', 'wor', 'gre', 'lib', 'ind', 'oth', 'none'] as const
export type Party = (typeof parties)[number]

/** The state's statuses, and `gone`: missing from the newest file. */
export const statuses = [
  'active',
  'inactive',
  'military',
  'federal',
  'overseas',
  'purged',
  'preregistered',
  'gone',
] as const
export type Status = (typeof statuses)[number]

/** Statuses of people who can vote: everybody but those taken off the rolls and those too young yet. */
export const contactable = ['active', 'inactive', 'military', 'federal', 'overseas'] as const

export const sexes = ['F', 'M', 'X', 'unknown'] as const
export type Sex = (typeof sexes)[number]

export const communities = ['korean', 'chinese', 'south_asian', 'vietnamese', 'filipino', 'japanese'] as const
export type Community = (typeof communities)[number]

export const electionKinds = ['general', 'primary', 'presidential-primary', 'special', 'runoff', 'local'] as const
export type ElectionKind = (typeof electionKinds)[number]

/** District kinds with a column of their own, then those kept beside. */
export const districtKinds = ['congress', 'senate', 'assembly', 'nyc-council', 'ed', 'precinct'] as const
export const furtherDistrictKinds = [
  'school',
  'civil-court',
  'ward',
  'town',
  'village',
  'city',
  'township',
  'municipality',
  'county-legislature',
  'county-commission',
  'judicial',
  'superior-court',
] as const
/** Kinds there is no map of, chosen from a list: districts are named as the files name them. */
export const namedDistrictKinds = ['precinct', ...furtherDistrictKinds] as const
export type NamedDistrictKind = (typeof namedDistrictKinds)[number]
export const isNamedDistrict = (kind: string): kind is NamedDistrictKind =>
  (namedDistrictKinds as readonly string[]).includes(kind)

export type DistrictKind = (typeof districtKinds)[number] | (typeof furtherDistrictKinds)[number]

export const channels = ['phone', 'text', 'email', 'post', 'door', 'event', 'inbound_phone', 'web'] as const
export type Channel = (typeof channels)[number]

export const phoneKinds = ['mobile', 'landline', 'voip', 'unknown'] as const
export type PhoneKind = (typeof phoneKinds)[number]

export const suppressionReasons = [
  'do_not_call',
  'deceased',
  'moved',
  'hostile',
  'legal',
  'wrong_number',
  'disconnected',
] as const
export type SuppressionReason = (typeof suppressionReasons)[number]

/** What one can have: a number, an address mail can be sent to, an e-mail address, an own record with us, a note, a name in Hangul. */
export const possessions = ['phone', 'mail', 'email', 'person', 'note', 'hangul'] as const
export type Possession = (typeof possessions)[number]

/** How the registration came, as the state's file says; `unknown`: it does not. */
export const registrationSources = ['dmv', 'mail', 'agency', 'board', 'school', 'local', 'unknown'] as const
export type RegistrationSource = (typeof registrationSources)[number]

/** Whether the state has given an id: `waiting` until its file comes, `unmatched` where that has nobody for them. */
export const stateIds = ['known', 'waiting', 'unmatched'] as const
export type StateId = (typeof stateIds)[number]

/** How a vote was cast; a vote is stored as election_id * 8 + the place in this list. */
export const voteMethods = ['unknown', 'poll', 'early', 'mail', 'affidavit', 'military', 'other'] as const
export type VoteMethod = (typeof voteMethods)[number]

/** What calls left to do, as phonebanks/schema.ts keeps it. */
export const followUpKinds = [
  'volunteer',
  'yard_sign',
  'ride',
  'mail_ballot',
  'organizer',
  'call_back_too_late',
  'return_call',
  'text_reply',
] as const
export type FollowUpKind = (typeof followUpKinds)[number]
export const followUpStates = ['open', 'done'] as const
export type FollowUpState = (typeof followUpStates)[number]

/** What one can have to do with an event. */
export const eventStates = ['signed_up', 'attended', 'no_show'] as const
export type EventState = (typeof eventStates)[number]
/** That, or what we did: invite them; or that it was theirs. */
/** What somebody does at an event beside coming. */
export const eventParts = ['facilitator', 'speaker', 'panelist', 'mentor', 'interpreter', 'note_taker'] as const
export type EventPart = (typeof eventParts)[number]

export const eventFacts = ['invited', ...eventStates, 'hosted'] as const
export type EventFact = (typeof eventFacts)[number]
export const isAtEvents = (term: Term): term is Term & { field: EventFact } =>
  eventFacts.some((fact) => fact === term.field)

/** How an application to a cohort stands, as leadership/cohorts/schema.ts keeps it; those taken out by mistake are none. */
export const cohortStates = ['applied', 'wait_listed', 'accepted', 'declined', 'withdrawn', 'left', 'alumni'] as const
export type CohortState = (typeof cohortStates)[number]

/** How a next step or task stands; `moved_on`: left for something else. */
export const taskStates = ['open', 'overdue', 'done', 'moved_on'] as const
export type TaskState = (typeof taskStates)[number]

/** Whose dues are to be renewed, as the roll shows them; paid for today, or free of dues today. */
export const duesStates = ['due', 'paid', 'waived'] as const
export type DuesState = (typeof duesStates)[number]

/** What an organization is divided into, as leadership/bodies/schema.ts keeps it. */
export const bodyKinds = ['chapter', 'committee', 'board'] as const
export type BodyKind = (typeof bodyKinds)[number]

export const consentStates = ['given', 'refused', 'unknown'] as const
/** What people/schema.ts keeps of consent, relations and memberships. */
export type ConsentChannel = (typeof consentChannels)[number]
export type RelationshipKind = (typeof relationshipKinds)[number]
/** A standing, or 'good': with all rights of a member. */
export type Standing = (typeof standings)[number] | 'good'

export type ConsentState = (typeof consentStates)[number]

export type Comparison = '>=' | '<=' | '>' | '<' | '='

/** From and to, both included; null: open. */
export interface Range {
  from: number | null
  to: number | null
}

export type SpanUnit = 'd' | 'w' | 'm' | 'y'

/** When something happened: in the last so many days (weeks, months, years), longer ago than that, or between two dates. */
export type When =
  | { is: 'within'; amount: number; unit: SpanUnit }
  | { is: 'before'; amount: number; unit: SpanUnit }
  | { is: 'between'; from: string | null; to: string | null }
  | { is: 'ever' }

/** One contact either lies in it or not, so nothing is longer ago. */
export type TimeOfResult = Extract<When, { is: 'within' | 'between' }>

/** Kinds by key or name, events by the last part of their address: any of them; both empty: any event. */
export interface OfEvents {
  kinds: string[]
  events: string[]
}

/** An election as people name it: '2024-general', '2022-08-23'; 'primary': of any year. */
export type ElectionName = { year: number | null; kind: ElectionKind } | { held_on: string }

/** House numbers as they are compared: '136-20' is 1,360,020 and '12' is 120,000, so that '136' is all of 136-01 to 136-99. */
export interface HouseNumbers {
  /** As typed: '136-01', '12'; null: open. */
  from: string | null
  to: string | null
  side: 'odd' | 'even' | null
}

/** What a kept value must be: one of these, or a number or day between two; `any`: something is kept at all. */
export type Said =
  | { is: 'any' }
  | { is: 'one_of'; values: string[] }
  /** Decimal numbers or days ('2024-06-30'), both included. */
  | { is: 'between'; from: string | null; to: string | null }
  /** Decimal number or day, not included. */
  | { is: 'beyond'; comparison: '<' | '>'; bound: string }

/** A day of the year 'MM-DD' to another; from December into January where `from` is later. */
export interface DaysOfYear {
  from: string
  to: string
}

export type Term =
  /** `is_bare`: written without its field, and also a word for something else (a community, a place, a field). */
  | { field: 'name'; names: string[]; is_bare?: true }
  | { field: 'status'; values: Status[] }
  | { field: 'party'; values: Party[] }
  | { field: 'state'; values: string[] }
  | { field: 'county'; values: string[] }
  | { field: 'city'; values: string[] }
  | { field: 'zip'; ranges: { from: string; to: string }[] }
  | { field: 'district'; kind: DistrictKind; values: (Range | string)[] }
  | { field: 'age'; ranges: Range[] }
  | { field: 'born'; ranges: Range[] }
  | { field: 'sex'; values: Sex[] }
  | { field: 'voted'; elections: ElectionName[] }
  | { field: 'turnout'; comparison: Comparison; times: number; of: number; kind: ElectionKind | null }
  | { field: 'registered'; when: When }
  /** By the files: which was the first a record stood in, and which the last. */
  | { field: 'first_seen'; when: When }
  | { field: 'last_seen'; when: When }
  | { field: 'phone'; kinds: PhoneKind[] }
  | { field: 'phone_number'; digits: string }
  | { field: 'language'; values: string[] }
  | { field: 'community'; values: Community[]; comparison: Comparison; percent: number }
  | { field: 'tag'; values: string[] }
  | { field: 'contacted'; when: When; channel: Channel | null }
  | { field: 'reached'; when: When; channel: Channel | null }
  | { field: 'attempts'; ranges: Range[] }
  /** How often we spoke with them. */
  | { field: 'talks'; ranges: Range[] }
  /** `when`: that contact; null: any. */
  | { field: 'result'; channel: Channel | null; values: string[]; when: TimeOfResult | null }
  | { field: 'support'; ranges: Range[] }
  | { field: 'answer'; question: string; values: string[] }
  | { field: 'household'; ranges: Range[] }
  | { field: 'has'; values: Possession[] }
  | { field: 'in'; universes: string[] }
  | { field: 'suppressed'; reasons: SuppressionReason[] }
  | { field: 'first'; names: string[] }
  | { field: 'last'; names: string[] }
  | { field: 'middle'; names: string[] }
  /** As the files write them: 'Jr', 'III'; empty: any. */
  | { field: 'suffix'; values: string[] }
  /** Without numbers: the whole street. */
  | { field: 'street'; streets: string[]; numbers: HouseNumbers | null }
  | { field: 'birth_date'; from: string | null; to: string | null }
  | { field: 'birthday'; days: DaysOfYear[] }
  | { field: 'registered_by'; values: RegistrationSource[] }
  | { field: 'state_id'; values: StateId[] }
  /** Enrolled then, as the files we had tell. */
  | { field: 'party_then'; values: Party[]; on: string }
  /** Voted in one of them, being enrolled so at that time. */
  | { field: 'voted_as'; elections: ElectionName[]; parties: Party[] }
  /** Voted so; `elections` empty: in any. */
  | { field: 'method'; methods: VoteMethod[]; elections: ElectionName[] }
  /** Was registered and of age, and no vote is recorded. */
  | { field: 'skipped'; elections: ElectionName[] }
  | { field: 'skipped_of'; comparison: Comparison; times: number; of: number; kind: ElectionKind | null }
  | { field: 'last_voted'; when: When }
  | { field: 'last_contact'; when: When; channel: Channel | null }
  | { field: 'attempts_on'; channel: Channel; ranges: Range[] }
  /** A contact term counting the contacts of these phone banks alone. */
  | { field: 'at_phone_bank'; phone_banks: string[]; term: ContactTerm }
  /** The last answer: any, a number between two. A choice is `answer`. */
  | { field: 'answered'; question: string; said: Said }
  | { field: 'speaks'; values: string[] }
  /** A field of the organization's own, by its key. */
  | { field: 'own_field'; key: string; said: Said }
  /** Has such a relation; empty: any. */
  | { field: 'related'; kinds: RelationshipKind[] }
  | { field: 'consent'; state: ConsentState; channels: ConsentChannel[] }
  /** What a call left to do; empty: any; `state` null: done or not. */
  | { field: 'follow_up'; kinds: FollowUpKind[]; state: FollowUpState | null }
  /** Of any event; empty: any. */
  | { field: 'event'; states: EventState[] }
  /** `when`: the day of the shift, for sign-ups and invitations the day of that; longer ago: the last time was. */
  | ({ field: 'invited'; when: When } & OfEvents)
  | ({ field: 'attended'; when: When } & OfEvents)
  | ({ field: 'signed_up'; when: When } & OfEvents)
  | ({ field: 'no_show'; when: When } & OfEvents)
  /** Of events that were held: not of one that is still to come. */
  | ({ field: 'hosted'; when: When } & OfEvents)
  /** Signed up by the link of one of these partners; empty: of any. */
  | { field: 'partner'; names: string[] }
  /** At how many events; `when` null: ever. */
  | { field: 'event_times'; state: EventFact; kinds: string[]; range: Range; when: TimeOfResult | null }
  /** Hours served at shifts, of these kinds of events; empty: of all that have shifts. */
  | { field: 'hours'; kinds: string[]; comparison: Comparison; hours: number; when: TimeOfResult | null }
  /** On one of these rungs today, or above, below one; empty: on any. */
  | { field: 'stage'; rungs: string[]; comparison: Comparison | null }
  /** Holds it today; empty: any. */
  | { field: 'role'; names: string[] }
  /** Holds an office today in a body of this kind, in one of these, being one of these; empty: any. */
  | { field: 'body'; kind: BodyKind; names: string[]; offices: string[] }
  /** Passed, and it holds today; empty: any. */
  | { field: 'trained'; names: string[] }
  /** Stands so in one of these cohorts; empty: in any, in any way. */
  | { field: 'cohort'; names: string[]; states: CohortState[] }
  /** Agreed on with them, or otherwise to do about them or, at an event, given to their account; empty: of any state. */
  | { field: 'next_step' | 'task'; states: TaskState[] }
  /** At an event that was not called off, coming or past; empty: any. */
  | { field: 'part'; parts: EventPart[] }
  /** By their account, today; empty: anything. */
  | { field: 'delegated'; kinds: Delegated[] }
  /** The middle of the election district lies in it; null: its place is not known. */
  | { field: 'area'; area: Area | null }
  /** Standing today, in one of these kinds of membership; empty: has or had one, of any kind. */
  | { field: 'member'; standings: Standing[]; kinds: string[] }
  /** In good standing today, and first active then. */
  | { field: 'member_since'; when: When }
  | { field: 'dues'; states: DuesState[] }
  /** Somebody else who can vote at the address fits. */
  | { field: 'household_with'; of: Expression }
  /** In hundredths of a percent: 10% is 1000. */
  | { field: 'sample'; per_10000: number; seed: string | null }
  /** Parts 0, 1, … of `of`, each voter in exactly one. */
  | { field: 'split'; parts: number[]; of: number; seed: string | null }

/** Terms about our contacts, which can be asked of one phone bank alone. */
export type ContactTerm = Extract<
  Term,
  {
    field:
      | 'contacted'
      | 'reached'
      | 'last_contact'
      | 'attempts'
      | 'attempts_on'
      | 'talks'
      | 'result'
      | 'support'
      | 'answer'
      | 'answered'
  }
>

export type Expression =
  | { op: 'and'; of: Expression[] }
  | { op: 'or'; of: Expression[] }
  | { op: 'not'; of: Expression }
  | { op: 'term'; term: Term }

export type Field = Term['field']

/** Fields as they are typed, in the order they are offered. */
export const typedFields = [
  'name',
  'first',
  'last',
  'middle',
  'suffix',
  'status',
  'party',
  'state',
  'county',
  'district',
  'city',
  'zip',
  'street',
  'area',
  'age',
  'born',
  'birthday',
  'sex',
  'voted',
  'skipped',
  'last-voted',
  'method',
  'registered',
  'registered-by',
  'state-id',
  'first-seen',
  'last-seen',
  'phone',
  'has',
  'consent',
  'language',
  'speaks',
  'community',
  'tag',
  'field',
  'contacted',
  'reached',
  'last-contact',
  'result',
  'attempts',
  'talks',
  'support',
  'answer',
  'follow-up',
  'household',
  'related',
  'member',
  'member-kind',
  'member-since',
  'dues',
  'event',
  'invited',
  'attended',
  'signed-up',
  'no-show',
  'hosted',
  'partner',
  'hours',
  'stage',
  'role',
  'committee',
  'chapter',
  'board',
  'trained',
  'delegated',
  'part',
  'next-step',
  'task',
  'cohort',
  'suppressed',
  'in',
  'sample',
  'split',
] as const
export type TypedField = (typeof typedFields)[number]

/** Why somebody who fits the expression is not of the universe; the first reason that holds. */
export const leftOutReasons = ['preregistered', 'purged', 'gone', 'marked'] as const
export type LeftOutReason = (typeof leftOutReasons)[number]

/** What could be typed next. */
export interface Completion {
  /** The part of the text that is replaced. */
  from: number
  to: number
  options: { text: string; field: TypedField | null; count?: number }[]
}

/** All terms that speak of the voter, wherever they stand; not those of `household:(…)`, which speak of somebody else. */
export function* termsOf(expression: Expression): Generator<Term> {
  if (expression.op === 'term') yield expression.term
  else if (expression.op === 'not') yield* termsOf(expression.of)
  else for (const each of expression.of) yield* termsOf(each)
}

/** Those too, and the contact terms asked of a phone bank: everything that is named anywhere. */
export function* allTermsOf(expression: Expression): Generator<Term> {
  for (const term of termsOf(expression)) {
    yield term
    if (term.field === 'household_with') yield* allTermsOf(term.of)
    if (term.field === 'at_phone_bank') yield term.term
  }
}

/** Terms that take those they find away: under a `not`, or under one of an odd number of them. */
export function* takenAway(expression: Expression, isAway = false): Generator<Term> {
  if (expression.op === 'not') yield* takenAway(expression.of, !isAway)
  else if (expression.op !== 'term') for (const each of expression.of) yield* takenAway(each, isAway)
  else {
    const { term } = expression
    if (isAway) yield term
    if (term.field === 'household_with') yield* takenAway(term.of, isAway)
  }
}

export const UniverseForm = z.object({
  name: z.string().trim().min(1, 'form.required').max(120),
  expression: z.string().trim().max(4000),
  note: z
    .string()
    .trim()
    .max(2000)
    .optional()
    .transform((note) => note || null),
})
export type UniverseForm = z.infer<typeof UniverseForm>

/** live: answers with those who fit on the day; frozen: keeps those it had. */
export const universeKinds = ['live', 'frozen'] as const

export const NewUniverseForm = UniverseForm.extend({ kind: z.enum(universeKinds).default('live') })

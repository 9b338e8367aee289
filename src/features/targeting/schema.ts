import { z } from 'zod'

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
export type DistrictKind = (typeof districtKinds)[number] | (typeof furtherDistrictKinds)[number]

export const channels = ['phone', 'text', 'email', 'post', 'door', 'event', 'inbound_phone'] as const
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

/** What one can have: a number, an e-mail address, an own record with us, a note. */
export const possessions = ['phone', 'email', 'person', 'note', 'hangul'] as const
export type Possession = (typeof possessions)[number]

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

/** An election as people name it: '2024-general', '2022-08-23'. */
export type ElectionName = { year: number; kind: ElectionKind } | { held_on: string }

export type Term =
  | { field: 'name'; names: string[] }
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
  | { field: 'phone'; kinds: PhoneKind[] }
  | { field: 'phone_number'; digits: string }
  | { field: 'language'; values: string[] }
  | { field: 'community'; values: Community[]; comparison: Comparison; percent: number }
  | { field: 'tag'; values: string[] }
  | { field: 'contacted'; when: When; channel: Channel | null }
  | { field: 'reached'; when: When; channel: Channel | null }
  | { field: 'attempts'; ranges: Range[] }
  | { field: 'result'; channel: Channel | null; values: string[] }
  | { field: 'support'; ranges: Range[] }
  | { field: 'answer'; question: string; values: string[] }
  | { field: 'household'; ranges: Range[] }
  | { field: 'has'; values: Possession[] }
  | { field: 'in'; universes: string[] }
  | { field: 'suppressed'; reasons: SuppressionReason[] }

export type Expression =
  | { op: 'and'; of: Expression[] }
  | { op: 'or'; of: Expression[] }
  | { op: 'not'; of: Expression }
  | { op: 'term'; term: Term }

export type Field = Term['field']

/** Fields as they are typed, in the order they are offered. */
export const typedFields = [
  'name',
  'status',
  'party',
  'state',
  'county',
  'district',
  'city',
  'zip',
  'age',
  'born',
  'sex',
  'voted',
  'registered',
  'phone',
  'has',
  'language',
  'community',
  'tag',
  'contacted',
  'reached',
  'result',
  'attempts',
  'support',
  'answer',
  'household',
  'suppressed',
  'in',
] as const
export type TypedField = (typeof typedFields)[number]

/** What could be typed next. */
export interface Completion {
  /** The part of the text that is replaced. */
  from: number
  to: number
  options: { text: string; field: TypedField | null }[]
}

/** All terms of an expression, wherever they stand. */
export function* termsOf(expression: Expression): Generator<Term> {
  if (expression.op === 'term') yield expression.term
  else if (expression.op === 'not') yield* termsOf(expression.of)
  else for (const each of expression.of) yield* termsOf(each)
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

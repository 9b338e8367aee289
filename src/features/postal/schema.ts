import { z } from 'zod'
import { mailingLanes } from '../mailings/schema.ts'
import { addressProblems, type AddressProblem } from './address/schema.ts'

export const pieceKinds = ['postcard_4x6', 'postcard_6x9', 'self_mailer', 'letter_10'] as const
export type PieceKind = (typeof pieceKinds)[number]

/** theirs: what they read, where it is known, else every language; all: every language; first: the organization's first. */
export const languageRules = ['theirs', 'all', 'first'] as const
export type LanguageRule = (typeof languageRules)[number]

/** One piece for each voter, for each surname at an address, for each address. */
export const householdRules = ['address', 'family', 'person'] as const
export type HouseholdRule = (typeof householdRules)[number]

/** What office or measure it is about. */
export const electionLevels = ['federal', 'state', 'city'] as const
export type ElectionLevel = (typeof electionLevels)[number]

export const dropStates = ['draft', 'freezing', 'frozen', 'made', 'mailed'] as const
export type DropState = (typeof dropStates)[number]

export type PrintState = 'queued' | 'running' | 'done' | 'cancelled' | 'failed'

/** Why somebody gets none: their wish, what is marked of them, what is wrong with the address. */
export type LeftOutReason =
  | 'deceased'
  | 'marked'
  | 'opted_out'
  | 'no_paper'
  | 'not_member'
  | 'no_address'
  | 'address_not_confirmed'
  | `address_${AddressProblem}`
export const leftOutReasons: readonly LeftOutReason[] = [
  'opted_out',
  'no_paper',
  'not_member',
  'marked',
  'deceased',
  'no_address',
  'address_not_confirmed',
  ...addressProblems.map((problem) => `address_${problem}` as const),
]

/** An address a person can put right. */
export const isToLookAt = (reason: string): boolean => reason.startsWith('address_')

const text = z.string().trim().normalize('NFC')

export const DropForm = z
  .object({
    name: text.min(1, 'form.required').max(80, 'form.too_long'),
    kind: z.enum(pieceKinds),
    lane: z.enum(mailingLanes).default('non_partisan'),
    level: z.union([z.literal('').transform(() => null), z.enum(electionLevels)]).default(null),
    universe_id: z.uuid('form.required'),
    languages: z.enum(languageRules),
    households: z.enum(householdRules),
    return_name: text.min(1, 'form.required').max(60, 'form.too_long'),
    return_address: text
      .min(1, 'form.required')
      .max(200, 'form.too_long')
      .transform((typed) => typed.replaceAll('\r\n', '\n')),
  })
  .refine(({ lane, level }) => level !== null || (lane !== 'independent' && lane !== 'coordinated'), {
    path: ['level'],
    message: 'postal.level_needed',
  })
export type DropForm = z.output<typeof DropForm>

import { z } from 'zod'
import { saysPurpose } from '../../access/schema.ts'
import { Disposition, SpokenLanguage, SpokeWith, type Disposition as Code } from '../../contacts/schema.ts'
import { Answers } from '../../scripts/schema.ts'
import { OwnResult } from '../result-codes/schema.ts'
import { FollowUpKind, type FollowUpKind as Wish } from '../schema.ts'

/** One evening of one volunteer is forty; a stack for a room of them. */
export const mostOnPaper = 200

/** Lines on a page of the form to type from. */
export const linesPerPage = 10

/**
 * The key of each result, printed beside its box. Answers need none: they mean that somebody was spoken with. Those that
 * close a voter to the whole organization have letters, away from the numbers.
 */
export const codeKeys = {
  no_answer: '1',
  left_message: '2',
  call_back: '3',
  refused: '4',
  wrong_number: '5',
  disconnected: '6',
  language_barrier: '7',
  busy: '8',
  not_available: '9',
  do_not_call: 'D',
  moved: 'M',
  deceased: 'X',
  hostile: 'H',
} as const satisfies Record<Exclude<Code, 'canvassed'>, string>
export type CodedResult = keyof typeof codeKeys

/** The letter of each wish, beside its box; several may be ticked. */
export const wishKeys = {
  volunteer: 'V',
  yard_sign: 'S',
  ride: 'R',
  mail_ballot: 'B',
  organizer: 'O',
} as const satisfies Record<Wish, string>

/** A result of the organization's own with its letter, as printed. */
export const LetteredResult = OwnResult.extend({ key: z.string() })
export type LetteredResult = z.infer<typeof LetteredResult>

/** What a line of a sheet says, as it is recorded. */
export const LineResult = z.object({
  disposition: Disposition,
  /** The organization's own result; of lines typed in earlier: none. */
  result_code: z.string().nullable().default(null),
  answers: Answers,
  note: z.string(),
  /** An instant. */
  call_back_at: z.string().nullable(),
  language: SpokenLanguage.nullable(),
  spoke_with: SpokeWith.nullable(),
  /** Of lines typed in earlier: none. */
  wishes: z.array(FollowUpKind).default([]),
})
export type LineResult = z.infer<typeof LineResult>

export const SheetForm = z.object({
  count: z.coerce.number().int().min(1).max(mostOnPaper),
  /** Whoever calls from it speaks these; none chosen: all of the phone bank. */
  languages: z
    .union([SpokenLanguage, z.array(SpokenLanguage)])
    .optional()
    .transform((chosen) => (chosen === undefined ? [] : [chosen].flat())),
  purpose: z.string().trim().max(1000).refine(saysPurpose, 'export.purpose_short'),
  law: z.literal('yes', 'export.law_needed'),
})

/** Whose sheet it is, above the lines. */
export const SheetHead = z.object({
  caller: z.string().trim().min(1, 'paper.caller_needed').max(80),
  called_on: z.iso.date('paper.day_needed'),
  called_from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'paper.time_needed'),
})
export type SheetHead = z.infer<typeof SheetHead>

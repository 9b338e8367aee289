import { z } from 'zod'
import { CalendarDate } from '../../platform/dates.ts'
import type { LocalizedText } from '../../platform/i18n/languages.ts'
import { choices, type FormValues } from '../../platform/ui/form-values.ts'
import { SpokenLanguage } from '../contacts/schema.ts'
import { textLanguages } from '../organizations/schema.ts'
import { WayOfCalling } from './bridge/schema.ts'
import type { PhoneBank } from './dashboard.ts'
import type { Lane } from './tables.ts'

/** Forms of the host's pages. Messages are keys. */

export const lanes = [
  'non_partisan',
  'independent',
  'coordinated',
  'member_communication',
] as const satisfies readonly Lane[]

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

const when = {
  starts_on: CalendarDate,
  ends_on: CalendarDate,
  calling_starts: clock,
  calling_ends: clock,
  max_attempts: z.coerce.number().int().min(1).max(10),
  retry_after_hours: z.coerce.number().int().min(1).max(336),
  goal_contacts: z.preprocess(
    (typed) => (typed === '' || typed === undefined ? null : typed),
    z.coerce.number().int().min(1).max(1_000_000).nullable(),
  ),
}

const inOrder = (
  form: { starts_on: string; ends_on: string; calling_starts: string; calling_ends: string },
  context: z.core.$RefinementCtx,
) => {
  if (form.ends_on < form.starts_on)
    context.addIssue({ code: 'custom', path: ['ends_on'], message: 'phonebanks.ends_before' })
  if (form.calling_ends <= form.calling_starts)
    context.addIssue({ code: 'custom', path: ['calling_ends'], message: 'phonebanks.hours_order' })
}

export const SettingsForm = z.object(when).superRefine(inOrder)

/** Is the last day over already? One that stands like that may stay. */
export const endsPast = (ends_on: string, today: string, before?: string): boolean =>
  ends_on < today && ends_on !== before

type Kind = 'name' | 'candidate' | 'note'
type TextField<Of extends Kind = Kind> = `${Of}_${(typeof textLanguages)[number]}`

/** One field for each language; of those the form was not shown with there is none. */
const inLanguages = <Of extends Kind>(kind: Of, most: number) =>
  Object.fromEntries(
    textLanguages.map((language) => [`${kind}_${language}`, z.string().trim().max(most).optional()]),
  ) as Record<TextField<Of>, z.ZodOptional<z.ZodString>> // the names just put together

/** What callers read, and the languages of the calls. */
const words = {
  ...inLanguages('name', 120),
  ...inLanguages('candidate', 120),
  ...inLanguages('note', 300),
  languages: z
    .union([SpokenLanguage, z.array(SpokenLanguage)], { error: 'phonebanks.join.language_needed' })
    .transform((chosen) => [chosen].flat()),
}

type Texts = { [Field in TextField]?: string | undefined }

const named = (form: Texts, context: z.core.$RefinementCtx) => {
  const fields = textLanguages.map((language) => `name_${language}` as const).filter((field) => field in form)
  if (!fields.some((field) => form[field]))
    context.addIssue({ code: 'custom', path: [fields[0] ?? 'name_en'], message: 'phonebanks.name_needed' })
}

/** Non-partisan work is for no candidate: whoever names one has to say whose work it is. */
export const fitsLane = (lane: Lane, candidate: LocalizedText | null): boolean =>
  lane !== 'non_partisan' || Object.values(candidate ?? {}).every((name) => !name)

export const WordsForm = z.object(words).superRefine(named)

export const PhoneBankForm = z
  .object({
    ...when,
    ...words,
    universe_id: z.uuid('form.required'),
    script_id: z.uuid('form.required'),
    lane: z.enum(lanes),
    /** Nobody is called on holidays. */
    quiet: z.literal('on').optional().transform(Boolean),
    way_of_calling: WayOfCalling.default('own_phone'),
  })
  .superRefine(inOrder)
  .superRefine(named)

/** Of a whole form. */
export const whenOf = (form: z.output<typeof PhoneBankForm>): z.output<typeof SettingsForm> => SettingsForm.parse(form)

/** The texts as typed, without the empty ones; in languages the form had no field for they stay. */
export const textsOf = (form: Texts, kind: Kind, before: LocalizedText | null = null): Record<string, string> =>
  Object.fromEntries(
    [...new Set([...textLanguages, ...Object.keys(before ?? {})])].flatMap((language) => {
      const text = form[`${kind}_${language}` as TextField] ?? before?.[language]
      return text ? [[language, text]] : []
    }),
  )

/** As the fields of the form are called. */
export const typedTexts = (kind: Kind, texts: LocalizedText | null): Record<string, string> =>
  Object.fromEntries(Object.entries(texts ?? {}).map(([language, text]) => [`${kind}_${language}`, text ?? '']))

/** Where the audit trail has what stands in a field. */
export const trailOfWords = (field: string): string[] => {
  const [, kind, language] = /^(name|candidate|note)_(.+)$/.exec(field) ?? []
  return [kind ? `${kind === 'note' ? 'caller_id_note' : kind}.${language}` : field]
}

/** Dates, hours and attempts as they stand in the fields. */
export const savedWhen = (bank: PhoneBank): FormValues => ({
  starts_on: bank.starts_on,
  ends_on: bank.ends_on,
  calling_starts: bank.calling_starts.slice(0, 5),
  calling_ends: bank.calling_ends.slice(0, 5),
  max_attempts: String(bank.max_attempts),
  retry_after_hours: String(bank.retry_after_hours),
  goal_contacts: bank.goal_contacts === null ? '' : String(bank.goal_contacts),
})

/** Texts and languages as they stand in the fields. */
export const savedWords = (bank: PhoneBank): FormValues => ({
  ...Object.fromEntries(
    textLanguages.flatMap((language) =>
      (['name', 'candidate', 'note'] as const).map((kind) => [`${kind}_${language}`, '']),
    ),
  ),
  ...typedTexts('name', bank.name),
  ...typedTexts('candidate', bank.candidate),
  ...typedTexts('note', bank.caller_id_note),
  languages: choices(bank.languages),
})

import { z } from 'zod'
import { SpokenLanguage } from '../contacts/schema.ts'
import { WayOfCalling } from './bridge/schema.ts'
import type { Lane } from './tables.ts'

/** Forms of the host's pages. Messages are keys. */

export const lanes = [
  'non_partisan',
  'independent',
  'coordinated',
  'member_communication',
] as const satisfies readonly Lane[]

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const text = (most: number) => z.string().trim().max(most).default('')

const when = {
  starts_on: z.iso.date(),
  ends_on: z.iso.date(),
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

/** What callers read, and the languages of the calls. */
const words = {
  name_en: text(120),
  name_ko: text(120),
  candidate_en: text(120),
  candidate_ko: text(120),
  note_en: text(300),
  note_ko: text(300),
  languages: z
    .union([SpokenLanguage, z.array(SpokenLanguage)], { error: 'phonebanks.join.language_needed' })
    .transform((chosen) => [chosen].flat()),
}

const named = (form: { name_en: string; name_ko: string }, context: z.core.$RefinementCtx) => {
  if (!form.name_en && !form.name_ko)
    context.addIssue({ code: 'custom', path: ['name_en'], message: 'phonebanks.name_needed' })
}

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

/** One text per language, without the empty ones. */
export const texts = (en: string, ko: string): Record<string, string> => ({
  ...(en ? { en } : {}),
  ...(ko ? { ko } : {}),
})

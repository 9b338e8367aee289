import { z } from 'zod'
import { CalendarDate } from '../../../platform/dates.ts'

/** Languages a name is kept in beside Latin letters: those most asked for, and further ones on ballots or among organizations. */
export const firstNameLanguages = ['ko', 'zh', 'es'] as const
export const furtherNameLanguages = ['bn', 'hi', 'ur', 'pa', 'ne', 'ja', 'ru', 'ar', 'vi', 'tl', 'fr', 'pl'] as const
export const nameLanguages = [...firstNameLanguages, ...furtherNameLanguages] as const
export type NameField = `name_${(typeof nameLanguages)[number]}`

/** Under which terms a photo may be shown. */
export const licenses = ['public_domain', 'cc0', 'cc_by', 'cc_by_sa', 'with_permission'] as const
export type License = (typeof licenses)[number]

/** Of a photo as it is uploaded. */
export const largest_photo_bytes = 5 * 1024 ** 2
/** Of the longer side as it is kept: enough for a card on a sharp screen. */
export const photo_pixels = 320

export const optionalText = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .optional()
    .transform((text) => text || null)

/** Is it the address of a page, also to a browser? `https://jane.org|` is none. */
export const isPageAddress = (text: string): boolean => /^https?:\/\/[^\s/]\S*$/i.test(text) && URL.canParse(text)
export const optionalAddress = optionalText(300).refine(
  (text) => text === null || isPageAddress(text),
  'officials.needs_link',
)
/** Where one can read it: a correction without a source is a rumor. */
export const sourceAddress = z
  .string()
  .trim()
  .min(1, 'form.required')
  .max(300)
  .refine(isPageAddress, 'officials.needs_link')

export const optionalDay = optionalText(10).refine(
  (text) => text === null || CalendarDate.safeParse(text).success,
  'form.invalid',
)

/** Somebody we know: their number; 'new': another of the same name; empty: not asked yet. */
export const knownOrNew = z
  .string()
  .regex(/^(new|\d{1,9})?$/)
  .default('')

const names = {
  name: z.string().trim().min(1, 'form.required').max(120),
  name_ko: optionalText(60),
  name_zh: optionalText(60),
  name_es: optionalText(120),
  name_bn: optionalText(120),
  name_hi: optionalText(120),
  name_ur: optionalText(120),
  name_pa: optionalText(120),
  name_ne: optionalText(120),
  name_ja: optionalText(60),
  name_ru: optionalText(120),
  name_ar: optionalText(120),
  name_vi: optionalText(120),
  name_tl: optionalText(120),
  name_fr: optionalText(120),
  name_pl: optionalText(120),
} satisfies Record<'name' | NameField, unknown>

/** How somebody is called, one field for each script. */
export const NameFields = z.object(names)
export type NameFields = z.infer<typeof NameFields>

export const FigureForm = z.object({
  ...names,
  /** One on each line. */
  links: z
    .string()
    .max(2000)
    .optional()
    .transform((text) => [
      ...new Set(
        (text ?? '')
          .split(/\s+/)
          .map((line) => line.trim())
          .filter(Boolean),
      ),
    ])
    .refine((links) => links.length <= 10 && links.every(isPageAddress), 'officials.needs_link'),
  source_url: sourceAddress,
})
export type FigureForm = z.infer<typeof FigureForm>

export const PhotoForm = z.object({
  alt_en: z.string().trim().min(1, 'form.required').max(200),
  alt_ko: z.string().trim().min(1, 'form.required').max(200),
  credit: z.string().trim().min(1, 'form.required').max(120),
  license: z.enum(licenses, 'form.required'),
  photo_source_url: optionalAddress,
})
export type PhotoForm = z.infer<typeof PhotoForm>

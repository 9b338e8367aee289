import { z } from 'zod'
import { kindKey } from '../../schema.ts'

const typed = (most: number) =>
  z
    .string()
    .trim()
    .max(most, 'apply.too_long')
    .transform((text) => text || null)
    .nullable()
    .default(null)
const needed = (most: number) => z.string('form.required').trim().min(1, 'form.required').max(most, 'apply.too_long')

/** What an applicant writes. */
export const ApplicationForm = z.object({
  page_key: z.uuid(),
  kind: kindKey,
  first_name: needed(80),
  last_name: needed(80),
  name_hangul: typed(40),
  email: z
    .union([z.literal('').transform(() => null), z.string().trim().toLowerCase().pipe(z.email('people.email_invalid'))])
    .default(null),
  phone: typed(40),
  address: typed(120),
  city: typed(80),
  zip5: z.union([z.literal('').transform(() => null), z.string().regex(/^\d{5}$/, 'apply.zip_wrong')]).default(null),
  note: typed(1000),
  news: z.literal('yes').optional(),
})
export type Application = z.output<typeof ApplicationForm>

/** 'https://example.org', as a browser names a site; paths and the rest are taken off. */
function originOf(typedSite: string): string | null {
  try {
    const { origin, protocol, hostname } = new URL(/^https?:\/\//.test(typedSite) ? typedSite : `https://${typedSite}`)
    const isSite = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(hostname)
    return isSite && (protocol === 'https:' || protocol === 'http:') ? origin : null
  } catch (problem) {
    if (problem instanceof TypeError) return null // no address
    throw problem
  }
}

const text = z.string().trim().max(3000).default('')

export const PageForm = z
  .object({
    is_open: z.literal('yes').optional(),
    sends_reminders: z.literal('yes').optional(),
    intro_en: text,
    intro_ko: text,
    how_to_pay_en: text,
    how_to_pay_ko: text,
    framed_by: z
      .string()
      .max(2000)
      .default('')
      .transform((lines, context) => {
        const sites = lines.split(/\s+/).filter(Boolean)
        const origins = sites.map(originOf)
        if (origins.includes(null)) context.addIssue({ code: 'custom', message: 'membership.page.site_wrong' })
        return [...new Set(origins.flatMap((each) => each ?? []))]
      }),
  })
  .transform(({ is_open, sends_reminders, intro_en, intro_ko, how_to_pay_en, how_to_pay_ko, framed_by }) => ({
    is_open: is_open === 'yes',
    sends_reminders: sends_reminders === 'yes',
    intro: { ...(intro_en && { en: intro_en }), ...(intro_ko && { ko: intro_ko }) },
    how_to_pay: { ...(how_to_pay_en && { en: how_to_pay_en }), ...(how_to_pay_ko && { ko: how_to_pay_ko }) },
    framed_by,
  }))
export type PageFacts = z.output<typeof PageForm>

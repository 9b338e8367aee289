import { z } from 'zod'

/** A name in one language at least; the page shows whichever there is. */
export const PartnerForm = z
  .object({
    name_en: z.string().trim().max(120).default(''),
    name_ko: z.string().trim().max(120).default(''),
    website: z.union([z.literal(''), z.url({ protocol: /^https?$/, error: 'partners.website_wrong' }).max(300)]).default(''),
    contact: z.string().trim().max(120).default(''),
    email: z.union([z.literal(''), z.email('events.email_wrong').max(200)]).default(''),
    is_co_host: z.literal('on').optional().transform(Boolean),
  })
  .refine(({ name_en, name_ko }) => name_en !== '' || name_ko !== '', { path: ['name_en'], error: 'form.required' }) // prettier-ignore
export type PartnerFields = z.output<typeof PartnerForm>

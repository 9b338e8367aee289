import { z } from 'zod'
import { languages } from '../../../platform/i18n/languages.ts'

export const MailForm = z.object({
  candidate: z.coerce.number().pipe(z.int32()),
  email: z.string().trim().toLowerCase().pipe(z.email('endorsements.email_wrong').max(200)),
  language: z.enum(languages),
})
export type MailForm = z.infer<typeof MailForm>

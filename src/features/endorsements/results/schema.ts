import { z } from 'zod'
import { languages } from '../../../platform/i18n/languages.ts'

/** To whom: whoever is endorsed, and everybody else. */
export const letterKinds = ['endorsed', 'other'] as const
export type LetterKind = (typeof letterKinds)[number]

export const LetterForm = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email('endorsements.email_wrong').max(200)),
  language: z.enum(languages),
  /** It went out once, as far as anybody knows, and did not arrive. */
  is_again: z
    .literal('yes')
    .optional()
    .transform((said) => said === 'yes'),
})
export type LetterForm = z.infer<typeof LetterForm>

/** Letters. */
export const longest = { statement: 3000, reasons: 6000, reason: 1000, subject: 200, body: 6000 } as const

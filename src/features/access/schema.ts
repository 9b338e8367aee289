import { z } from 'zod'

export const passwordMinimum = 10
export const passwordMaximum = 200

/** The password of everybody in a practice town, where anybody may sign in as anybody; it opens nothing elsewhere. */
export const demoPassword = 'hanpyo-practice'

export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'access.email_invalid')
  .pipe(z.email('access.email_invalid'))

/** A new password. Length is what counts; nothing else is asked for. */
export const NewPassword = z
  .string()
  .min(1, 'form.required')
  .min(passwordMinimum, 'access.password_short')
  .max(passwordMaximum, 'access.password_long')
  .refine((password) => password !== demoPassword, 'access.password_known')

export const PersonName = z.string().trim().min(1, 'form.required').max(100, 'form.invalid')

export const SignIn = z.object({
  email: Email,
  password: z.string().min(1, 'form.required').max(passwordMaximum, 'access.wrong_password'),
  back: z.string().optional(),
})

export const AskByEmail = z.object({ email: Email, back: z.string().optional() })

export const Code = z.object({
  code: z.string().trim().min(1, 'form.required').max(40, 'access.code_wrong'),
  trust: z.literal('yes').optional(),
  back: z.string().optional(),
})

export const SetPassword = z.object({ password: NewPassword })

export const Profile = z.object({ name: PersonName, language: z.enum(['en', 'ko']) })

export const ChangePassword = z.object({
  current: z.string().max(passwordMaximum, 'access.current_wrong').optional(),
  password: NewPassword,
})

/** Needed where the account has a password. */
export const Proof = z.object({ proof: z.string().max(passwordMaximum, 'access.current_wrong').optional() })

export const ConfirmSecondFactor = z.object({
  code: z.string().trim().min(1, 'form.required').max(10, 'access.code_wrong'),
  uri: z.string().startsWith('otpauth://').max(500),
  recovery: z.string().max(500),
})

/** As long as it would be in Latin letters: a syllable of Hangul, or a Chinese character, says as much as two or three. */
const lengthOf = (text: string): number =>
  text.length + (text.match(/[\p{Script=Hangul}\p{Script=Han}]/gu)?.length ?? 0)

/** A sentence on what people of the voter file are taken out for, not a word. */
export const saysPurpose = (text: string): boolean => lengthOf(text) >= 10

import type { FieldErrors } from '../http/form.ts'
import type { Translate } from '../i18n/messages.ts'

/** What every page with a form is given: what was typed stands in it again, with what is wrong about it. */
export interface Form {
  t: Translate
  typed: Record<string, string>
  errors: FieldErrors
}

/** What the fields of a form hold, by name, as they are sent; several choices of one field are lines. */
export type FormValues = Readonly<Record<string, string>>

/** Several choices of one field, in an order of their own. */
export const choices = (values: readonly string[]): string => [...values].sort().join('\n')

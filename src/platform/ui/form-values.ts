/** What the fields of a form hold, by name, as they are sent; several choices of one field are lines. */
export type FormValues = Readonly<Record<string, string>>

/** Several choices of one field, in an order of their own. */
export const choices = (values: readonly string[]): string => [...values].sort().join('\n')

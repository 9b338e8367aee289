import type { z } from 'zod'
import type { Ctx } from './room.ts'

/** Message keys by field name; '' is the form as a whole. */
export type FieldErrors = Partial<Record<string, string>>

export interface ReadForm<Value> {
  /** Everything as it was typed, to be shown again. */
  typed: Record<string, string>
  /** Every value of each field, for lists of checkboxes. */
  all: Record<string, string[]>
  errors: FieldErrors
  value: Value | null
}

/** What is wrong with a value, as far as it can be said without knowing what it is of. */
function invalid(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_big') return issue.origin === 'string' ? 'form.too_long' : 'form.too_large'
  if (issue.code === 'too_small') return issue.origin === 'string' ? 'form.too_short' : 'form.too_small'
  if (issue.code === 'invalid_type' && (issue.expected === 'number' || issue.expected === 'int')) return 'form.number'
  if (issue.code === 'invalid_format' && issue.format === 'email') return 'form.email'
  return 'form.invalid'
}

/** PostgreSQL keeps every character but U+0000, which nobody types. */
export const asTyped = (text: string): string => text.normalize('NFC').replaceAll('\0', '')

/**
 * Reads a posted form. A field that occurs several times, or whose name ends in `[]`, becomes a list. Messages of the
 * schema are message keys; an issue without one says what kind it is of ('form.too_large'), a missing field 'form.required'.
 */
export async function readForm<Value>(c: Ctx, schema: z.ZodType<Value>): Promise<ReadForm<Value>> {
  const body = await c.req.parseBody({ all: true })
  const typed: Record<string, string> = {}
  const all: Record<string, string[]> = {}
  const input: Record<string, unknown> = {}
  for (const [name, raw] of Object.entries(body)) {
    const values = (Array.isArray(raw) ? raw : [raw])
      .filter((each): each is string => typeof each === 'string')
      .map(asTyped)
    const plain = name.replace(/\[\]$/, '')
    all[plain] = values
    typed[plain] = values[0] ?? ''
    input[plain] = name.endsWith('[]') || values.length > 1 ? values : values[0]
  }
  const result = schema.safeParse(input)
  if (result.success) return { typed, all, errors: {}, value: result.data }
  const errors: FieldErrors = {}
  for (const issue of result.error.issues) {
    const name = String(issue.path[0] ?? '')
    const isMissing = input[name] === undefined || input[name] === ''
    const isKey = /^[a-z_-]+(\.[a-z0-9_-]+)+$/.test(issue.message)
    errors[name] ??= isKey ? issue.message : isMissing ? 'form.required' : invalid(issue)
  }
  return { typed, all, errors, value: null }
}

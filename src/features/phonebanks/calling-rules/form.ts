import { z } from 'zod'
import { CalendarDate } from '../../../platform/dates.ts'
import { choices, type FormValues } from '../../../platform/ui/form-values.ts'
import {
  largestSeed,
  listOrders,
  mostQuietDays,
  mostQuotas,
  spacedResults,
  type CallingRules,
  type SpacedResult,
  type Spacing,
} from './schema.ts'
import { quietGroups } from './quiet-days.ts'
import type { PhoneBank } from '../dashboard.ts'
import type { WeekHours } from '../rules.ts'

/** The form of the rules. Messages are keys. */

export const weekdays = ['1', '2', '3', '4', '5', '6', '0'] as const
const rows = (count: number): number[] => Array.from({ length: count }, (_, row) => row)
/** Rows of the form: a few, and more where there are as many, with one to write the next in. */
export const quotaRows = ({ quotas }: Pick<PhoneBank, 'quotas'>): number[] =>
  rows(Math.min(mostQuotas, Math.max(3, quotas.length + 1)))
export const quietRows = ({ quiet_days }: Pick<PhoneBank, 'quiet_days'>): number[] =>
  rows(Math.min(mostQuietDays, Math.max(4, quiet_days.length + 1)))

/** What an option says that chooses nothing: an empty value of a required choice would not be sent. */
export const nothing = 'none'

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const checked = z.literal('on').optional().transform(Boolean)
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most)
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' || value === nothing || value === undefined ? null : value), schema.nullable())

const dayFields = Object.fromEntries(
  weekdays.flatMap((day) => [
    [`day_${day}`, z.enum(['usual', 'other', 'none']).catch('usual')],
    [`day_${day}_from`, z.string().default('')],
    [`day_${day}_to`, z.string().default('')],
  ]),
)
const spacingFields = Object.fromEntries(
  spacedResults.flatMap((result) => [
    [`again_${result}`, z.union([z.enum(['usual', 'never']), whole(0, 336)]).catch('usual')],
    [`most_${result}`, optional(whole(1, 10))],
  ]),
)
const quotaFields = Object.fromEntries(
  rows(mostQuotas).flatMap((row) => [
    [`quota_${row}`, z.string().max(400).default('')],
    [`quota_${row}_count`, optional(whole(1, 1_000_000))],
  ]),
)
const quietFields = Object.fromEntries(rows(mostQuietDays).map((row) => [`quiet_day_${row}`, optional(CalendarDate)]))

/** What stands between a question and its choice in an option's value: no key holds it. */
export const quotaMark = '='

export const RulesForm = z
  .object({
    is_live: checked,
    done: z.string().max(200).default(nothing),
    done_expression: z.string().trim().max(2000).default(''),
    list_order: z.enum(listOrders),
    seed: whole(0, largestSeed),
    priority: z.string().max(6200).default(''),
    quiet_groups: z
      .union([z.enum(quietGroups), z.array(z.enum(quietGroups))])
      .optional()
      .transform((chosen) => (chosen === undefined ? [] : [chosen].flat())),
    household: z.enum(['together', 'apart']),
    is_household_once_a_day: checked,
    lines_per_household: whole(1, 10),
    language_fallback: checked,
    lease_minutes: whole(3, 120),
    skip_minutes: whole(1, 1440),
    reassign_minutes: whole(0, 1440),
    most_per_caller: optional(whole(1, 1000)),
    rest_minutes: whole(0, 240),
    has_leaderboard: checked,
  })
  .and(z.object({ ...dayFields, ...spacingFields, ...quotaFields, ...quietFields }))
  .transform((form, context): CallingRules => {
    // The fields made by list above, of which types know only that they are there.
    const field = form as unknown as Record<string, string | number | null | undefined>
    const hours: WeekHours = {}
    for (const day of weekdays) {
      if (field[`day_${day}`] === 'none') hours[day] = null
      if (field[`day_${day}`] !== 'other') continue
      const [from, to] = [clock.safeParse(field[`day_${day}_from`]), clock.safeParse(field[`day_${day}_to`])]
      if (from.success && to.success && from.data < to.data) hours[day] = [from.data, to.data]
      else context.addIssue({ code: 'custom', path: [`day_${day}`], message: 'rules.day_order' })
    }
    const spacing: Partial<Record<SpacedResult, Spacing>> = {}
    for (const result of spacedResults) {
      const again = field[`again_${result}`]
      const most = field[`most_${result}`]
      const own: Spacing = {
        hours: typeof again === 'number' ? again : null,
        most: typeof most === 'number' ? most : null,
        ...(result === 'left_message' && again !== 'never' ? { again: true } : {}),
      }
      if (own.hours !== null || own.most !== null || own.again) spacing[result] = own
    }
    const priority = form.priority
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
    if (priority.length > 3) context.addIssue({ code: 'custom', path: ['priority'], message: 'form.invalid' })
    const quotas = rows(mostQuotas).flatMap((row) => {
      const asked = String(field[`quota_${row}`] ?? '')
      const count = field[`quota_${row}_count`]
      if (!asked || asked === nothing) return []
      if (typeof count !== 'number') {
        context.addIssue({ code: 'custom', path: [`quota_${row}_count`], message: 'form.required' })
        return []
      }
      const at = asked.indexOf(quotaMark)
      return [{ question: at < 0 ? asked : asked.slice(0, at), value: at < 0 ? null : asked.slice(at + 1), count }]
    })
    if (form.done === 'own' && !form.done_expression)
      context.addIssue({ code: 'custom', path: ['done_expression'], message: 'form.required' })
    const days = rows(mostQuietDays)
      .flatMap((row) => field[`quiet_day_${row}`] ?? [])
      .map(String)
    return {
      is_live: form.is_live,
      done_expression:
        form.done === nothing
          ? null
          : form.done === 'own'
            ? form.done_expression
            : `answer:${form.done.slice('answer:'.length)}`,
      weekdays: hours,
      quiet_groups: form.quiet_groups,
      quiet_days: [...new Set(days)].sort(),
      spacing,
      list_order: form.list_order,
      seed: form.seed,
      priority: priority.slice(0, 3),
      skip_minutes: form.skip_minutes,
      reassign_minutes: form.reassign_minutes,
      lease_minutes: form.lease_minutes,
      language_fallback: form.language_fallback,
      household: form.household,
      is_household_once_a_day: form.is_household_once_a_day,
      lines_per_household: form.lines_per_household,
      most_per_caller: form.most_per_caller,
      rest_minutes: form.rest_minutes,
      quotas,
      has_leaderboard: form.has_leaderboard,
    }
  })

/** The rules as they stand in the fields; what is not checked is missing. */
export function typedRules(bank: PhoneBank): Record<string, string> {
  const fields: Record<string, string> = {
    list_order: bank.list_order,
    seed: String(bank.seed),
    priority: bank.priority.join('\n'),
    household: bank.household,
    lines_per_household: String(bank.lines_per_household),
    lease_minutes: String(bank.lease_minutes),
    skip_minutes: String(bank.skip_minutes),
    reassign_minutes: String(bank.reassign_minutes),
    most_per_caller: bank.most_per_caller === null ? '' : String(bank.most_per_caller),
    rest_minutes: String(bank.rest_minutes),
    done_expression: bank.done_expression ?? '',
    done: !bank.done_expression ? nothing : /^answer:[\w-]+$/.test(bank.done_expression) ? bank.done_expression : 'own',
  }
  for (const name of ['is_live', 'is_household_once_a_day', 'language_fallback', 'has_leaderboard'] as const)
    if (bank[name]) fields[name] = 'on'
  for (const day of weekdays) {
    const own = bank.weekdays[day]
    fields[`day_${day}`] = own === undefined ? 'usual' : own === null ? 'none' : 'other'
    fields[`day_${day}_from`] = own?.[0] ?? ''
    fields[`day_${day}_to`] = own?.[1] ?? ''
  }
  for (const result of spacedResults) {
    const own = bank.spacing[result]
    const isNever = result === 'left_message' && !own?.again
    fields[`again_${result}`] = isNever ? 'never' : String(own?.hours ?? 'usual')
    fields[`most_${result}`] = String(own?.most ?? nothing)
  }
  for (const row of quotaRows(bank)) {
    const quota = bank.quotas[row]
    fields[`quota_${row}`] = quota ? quota.question + (quota.value === null ? '' : quotaMark + quota.value) : nothing
    fields[`quota_${row}_count`] = quota ? String(quota.count) : ''
  }
  for (const row of quietRows(bank)) fields[`quiet_day_${row}`] = bank.quiet_days[row] ?? ''
  return fields
}

/** Where the audit trail has what stands in a field. */
export function trailOfRule(field: string): string[] {
  const [, kind, which] = /^(day|again|most|quota|quiet_day)_(.+?)(?:_from|_to|_count)?$/.exec(field) ?? []
  if (kind === 'day') return [`weekdays.${which}`]
  if (kind === 'quota') return ['quotas']
  if (kind === 'quiet_day') return ['quiet_days']
  if (field === 'done') return ['done_expression']
  return kind && field !== 'most_per_caller' ? [`spacing.${which}`] : [field]
}

/** The same with every field, as the form sends them. */
export const savedRules = (bank: PhoneBank): FormValues => ({
  is_live: '',
  is_household_once_a_day: '',
  language_fallback: '',
  has_leaderboard: '',
  ...typedRules(bank),
  quiet_groups: choices(bank.quiet_groups),
})

import { addDays, dateIn } from '../../../platform/clock.ts'
import { formatDate, formatHours, formatNumber } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { dispositionRules } from '../../contacts/schema.ts'
import { questionsOf, scriptText } from '../../scripts/rules.ts'
import type { ScriptContent, Step } from '../../scripts/schema.ts'
import type { PhoneBank } from '../dashboard.ts'
import { answerName } from '../pages/answers.ts'
import { placeOf, type Quota } from '../rules.ts'
import { hoursBeyondLaw } from './law.ts'
import { quietDayOn } from './quiet-days.ts'
import { spacedResults, spacingOf } from './schema.ts'
import { weekdays } from './form.ts'

/** 'Mon 9:00 am–9:00 pm …' as few words as it takes: the usual hours, then the days that differ. */
export function hoursInWords(t: Translate, bank: PhoneBank): string {
  const usual = formatHours(t.language, bank.calling_starts, bank.calling_ends)
  const others = weekdays.flatMap((day) => {
    const own = bank.weekdays[day]
    if (own === undefined) return []
    const what = own === null ? t('rules.day_none') : formatHours(t.language, own[0], own[1])
    return [t('rules.day_named', { day: t(`rules.day.${day}`), what })]
  })
  return [usual, ...others].join(', ')
}

const isAllDay = ({ calling_starts, calling_ends, weekdays: own }: PhoneBank): boolean =>
  calling_starts.startsWith('00:00') &&
  ['23:59', '24:00'].includes(calling_ends.slice(0, 5)) &&
  weekdays.every((day) => own[day] === undefined)

interface QuietDate {
  /** 'YYYY-MM-DD' */
  date: string
  name: string
  /** Whose voters have it; null: everybody on the list. */
  states: string[] | null
}

/** The quiet days of the next year where the voters of the list live, the first first. */
export function quietDaysAhead(t: Translate, bank: PhoneBank, now: Date): QuietDate[] {
  const places = bank.zones.length ? bank.zones : ['America/New_York']
  const states = [...new Set(places.map((place) => placeOf(place).state))]
  const today = dateIn(placeOf(places[0] ?? 'America/New_York').zone, now)
  return Array.from({ length: 366 }, (_, days) => addDays(today, days)).flatMap((date) => {
    if (bank.quiet_days.includes(date)) return [{ date, name: t('quiet_day.own'), states: null }]
    const found = states.flatMap((state) => {
      const known = quietDayOn(date, state, bank.quiet_groups)
      return known ? [{ state, known }] : []
    })
    const [first] = found
    if (!first) return []
    const isEverywhere = found.length === states.length
    return [
      {
        date,
        name: t.dynamic(`quiet_day.${first.known.key}`),
        states: isEverywhere ? null : found.map(({ state }) => state ?? t('rules.quiet_other_states')),
      },
    ]
  })
}

/** The next quiet day within a year, in words; null: none is kept. */
function nextQuietDay(t: Translate, bank: PhoneBank, now: Date): string | null {
  const [first] = quietDaysAhead(t, bank, now)
  return first ? `${formatDate(t.language, first.date, 'short')}, ${first.name}` : null
}

/** What counts toward a quota, in the words of the script. */
export function quotaName(
  t: Translate,
  script: ScriptContent,
  { candidate }: Pick<PhoneBank, 'candidate'>,
  { question, value }: Pick<Quota, 'question' | 'value'>,
): string {
  const step = questionsOf(script).find((each) => each.key === question)
  const asked = step ? questionSaid(t, { candidate }, step) : question
  if (value === null) return t('rules.quota_any', { question: asked })
  return t('rules.quota_value', { question: asked, value: answerSaid(t, step, value) })
}

export const questionSaid = (t: Translate, { candidate }: Pick<PhoneBank, 'candidate'>, { say }: Step): string =>
  scriptText(say, t.language, { candidate }).text

/** An answer as quotas name it, in the reader's words. */
export const answerSaid = (t: Translate, step: Step | undefined, value: string): string =>
  answerName(t, step, step?.kind === 'yes_no' ? value === 'true' : step?.kind === 'support' ? Number(value) : value)

/** What the rules mean, in sentences an organizer can read to the volunteers. */
export function rulesInWords(t: Translate, bank: PhoneBank, script: ScriptContent, now: Date): string[] {
  const order = t(`rules.say.order.${bank.list_order}`)
  const first = bank.priority.length
    ? `; ${t('rules.say.first', { expressions: bank.priority.map((each) => `“${each}”`).join(', ') })}`
    : ''
  const spacing = spacedResults.map((result) => {
    const { hours, most, queue } = spacingOf(bank.spacing, result, bank.retry_after_hours)
    const named = { result: t(`disposition.${result}`), hours: formatNumber(t.language, hours) }
    if (queue === 'done') return t('rules.say.not_again', named)
    return most === null ? t('rules.say.again', named) : t('rules.say.again_most', { ...named, count: most })
  })
  const quiet = nextQuietDay(t, bank, now)
  const beyond = hoursBeyondLaw(bank, dateIn(placeOf(bank.zones[0] ?? 'America/New_York').zone, now))
  return [
    `${order}${first}.`,
    t('rules.say.promised', { count: bank.reassign_minutes }),
    t('rules.say.tries', { count: bank.max_attempts, spacing: spacing.join(t.language === 'ko' ? ', ' : '; ') }),
    isAllDay(bank) ? t('rules.say.all_day') : t('rules.say.hours', { hours: hoursInWords(t, bank) }),
    ...(beyond ? [t('rules.say.beyond_law', { hours: formatHours(t.language, beyond[0], beyond[1]) })] : []),
    ...(quiet ? [t('rules.say.next_quiet', { day: quiet })] : []),
    t('rules.say.home', {
      how: t(`rules.say.home.${bank.household}`),
      once: bank.is_household_once_a_day ? t('rules.say.home.once') : '',
    }),
    ...(bank.done_expression ? [t('rules.say.done', { expression: `“${bank.done_expression}”` })] : []),
    ...(bank.most_per_caller === null ? [] : [t('rules.say.limit', { count: bank.most_per_caller })]),
    ...bank.quotas.map((quota) =>
      t('rules.say.quota', { count: quota.count, answer: quotaName(t, script, bank, quota) }),
    ),
  ]
}

/** Hours after which a result is tried again when nothing else is chosen. */
export const usualHours = (bank: PhoneBank, result: (typeof spacedResults)[number]): number =>
  dispositionRules[result].retry_after_hours ?? bank.retry_after_hours

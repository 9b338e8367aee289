import { addDays, dateIn, instantIn, timeIn } from '../../platform/clock.ts'
import { CalendarDate } from '../../platform/dates.ts'
import type { FieldErrors } from '../../platform/http/form.ts'
import type { EventDraft, ShiftDraft } from './commands.ts'
import { isQuorum } from './meetings/rules.ts'
import type { Event, Shift } from './queries.ts'
import { consentChannels, EventContent, needRules, questionKinds, reminderHours, type EventSettings, type EventText, type Need } from './schema.ts' // prettier-ignore

/*
 * The editor is one plain form. Its fields are named by place ('shift.1.place.ko'); each button posts all of them with what
 * to do ('remove-shift:1'), so nothing typed is ever lost and no script is needed.
 */

type Fields = Readonly<Record<string, string>>

/** Rows of a list by number: their fields without 'shift.1.'. */
export function rowsOf(fields: Fields, list: string): Record<string, string>[] {
  const rows: Record<string, string>[] = []
  for (const [name, value] of Object.entries(fields)) {
    const match = new RegExp(`^${list}\\.(\\d{1,2})\\.(.+)$`).exec(name)
    if (!match) continue
    const at = Number(match[1])
    ;(rows[at] ??= {})[match[2] ?? ''] = value
  }
  return rows.filter(Boolean)
}

function withRows(fields: Fields, list: string, rows: readonly Fields[]): Record<string, string> {
  const others = Object.entries(fields).filter(([name]) => !new RegExp(`^${list}\\.\\d`).test(name))
  const own = rows.flatMap((row, at) => Object.entries(row).map(([name, value]) => [`${list}.${at}.${name}`, value]))
  return Object.fromEntries([...others, ...own])
}

/** Does what a button says: 'add-shift', 'remove-shift:1', 'add-question:choice', 'remove-question:0'. */
export function edited(fields: Fields, act: string, fresh: string): Record<string, string> {
  const [verb = '', what = ''] = act.split(':')
  const list = verb.endsWith('-shift') ? 'shift' : 'question'
  const rows = rowsOf(fields, list)
  if (verb === 'add-shift') {
    // The next one is often the same day at the same place.
    const { id: _id, ...last } = rows.at(-1) ?? {}
    return withRows(fields, list, [...rows, { ...last, from: last.to ?? '', to: '' }].slice(0, 30))
  }
  if (verb === 'add-question' && questionKinds.some((kind) => kind === what))
    return withRows(fields, list, [...rows, { key: `own_${fresh}`, kind: what }].slice(0, 10))
  if (verb === 'remove-shift' || verb === 'remove-question')
    return withRows(fields, list, rows.length > 1 || list === 'question' ? rows.toSpliced(Number(what), 1) : rows)
  return { ...fields }
}

const clock = /^([01]\d|2[0-3]):[0-5]\d$/

/** Reads texts and shifts of the editor; settings were read by their schema. */
export function draftOf(
  fields: Fields,
  settings: Omit<EventSettings, 'reminder_hours'>,
  { languages, needs }: { languages: readonly string[]; needs: readonly Need[] },
): { draft: EventDraft; errors: null } | { draft: null; errors: FieldErrors } {
  const errors: FieldErrors = {}
  const textAt = (of: Fields, place: string): EventText =>
    Object.fromEntries(
      languages.flatMap((language) => {
        const text = (of[`${place}.${language}`] ?? '').replaceAll('\r\n', '\n').trim()
        return text ? [[language, text]] : []
      }),
    )
  const shifts = rowsOf(fields, 'shift').map((row, at): ShiftDraft | null => {
    const [date = '', from = '', to = ''] = [row.date, row.from, row.to]
    // Beyond this century somebody slipped.
    if (!date.startsWith('20') || !CalendarDate.safeParse(date).success) errors[`shift.${at}.date`] = 'form.required'
    if (!clock.test(from)) errors[`shift.${at}.from`] = 'form.required'
    if (!clock.test(to)) errors[`shift.${at}.to`] = 'form.required'
    const capacity = row.capacity?.trim() ?? ''
    if (capacity && !/^[1-9]\d{0,4}$/.test(capacity)) errors[`shift.${at}.capacity`] = 'form.number'
    const zip5 = row.zip5?.trim() ?? ''
    if (zip5 && !/^\d{5}$/.test(zip5)) errors[`shift.${at}.zip5`] = 'events.zip_wrong'
    if (['date', 'from', 'to', 'capacity', 'zip5'].some((field) => errors[`shift.${at}.${field}`])) return null
    const starts_at = instantIn(settings.time_zone, date, from)
    // Past midnight.
    const ends_at = instantIn(settings.time_zone, to <= from ? addDays(date, 1) : date, to)
    // The night the clocks go forward leaves out an hour.
    if (ends_at <= starts_at) {
      errors[`shift.${at}.to`] = 'events.ends_before'
      return null
    }
    return {
      shift_id: row.id || null,
      name: textAt(row, 'name'),
      starts_at,
      ends_at,
      capacity: capacity ? Number(capacity) : null,
      place: {
        name: textAt(row, 'place'),
        address: row.address?.trim() ?? '',
        city: row.city?.trim() ?? '',
        zip5,
        directions: textAt(row, 'directions'),
      },
    }
  })
  const title = textAt(fields, 'title')
  if (Object.keys(title).length === 0) errors[`title.${languages[0] ?? 'en'}`] = 'form.required'
  const details: EventContent['details'] = {}
  for (const need of needs) {
    const text =
      needRules[need] === 'texts' ? textAt(fields, `detail.${need}`) : (fields[`detail.${need}`] ?? '').trim()
    if (typeof text === 'string' ? text : Object.keys(text).length > 0) details[need] = text
    if (need === 'quorum' && text && !isQuorum(String(text))) errors['detail.quorum'] = 'events.quorum_wrong'
  }
  const questions = rowsOf(fields, 'question').map((row) => {
    const lines = languages.map((language) => [language, (row[`choices.${language}`] ?? '').split('\n').map((each) => each.trim())] as const) // prettier-ignore
    const most = Math.max(0, ...lines.map(([, each]) => each.length))
    const choices = Array.from({ length: most }, (_, at) =>
      Object.fromEntries(lines.flatMap(([language, each]) => (each[at] ? [[language, each[at]]] : []))),
    ).filter((choice) => Object.keys(choice).length > 0)
    return { key: row.key, kind: row.kind, say: textAt(row, 'say'), choices, is_needed: row.is_needed === 'on' }
  })
  const consent = consentChannels.flatMap((channel) => {
    const text = textAt(fields, `consent.${channel}`)
    return Object.keys(text).length > 0 ? [[channel, text]] : []
  })
  const content = EventContent.safeParse({
    title,
    summary: textAt(fields, 'summary'),
    access: textAt(fields, 'access'),
    spoken: textAt(fields, 'spoken'),
    details,
    questions,
    consent: Object.fromEntries(consent),
  })
  if (!content.success) errors[''] = 'events.unreadable'
  const whole = shifts.filter((each) => each !== null)
  if (whole.length === 0 && Object.keys(errors).length === 0) errors[''] = 'events.unreadable'
  if (Object.keys(errors).length > 0 || !content.success) return { draft: null, errors }
  const reminder_hours = reminderHours.filter((hours) => fields[`reminder.${hours}`] === 'on')
  return { draft: { settings: { ...settings, reminder_hours }, content: content.data, shifts: whole }, errors: null }
}

/** What the fields of the editor hold for an event as it is. */
export function valuesOf(event: Event, shifts: readonly Shift[], languages: readonly string[]): Record<string, string> {
  const texts = (place: string, text: EventText) => languages.map((language) => [`${place}.${language}`, text[language] ?? '']) // prettier-ignore
  const { content } = event
  const on = (is: boolean): string => (is ? 'on' : '')
  return Object.fromEntries([
    ['kind', event.kind],
    ['time_zone', event.time_zone],
    ['online_link', event.online_link ?? ''],
    ['capacity', String(event.capacity ?? '')],
    ['guests_most', String(event.guests_most)],
    ['accept_hours', String(event.accept_hours)],
    ['is_by_invitation', on(event.is_by_invitation)],
    ['needs_approval', on(event.needs_approval)],
    ['has_wait_list', on(event.has_wait_list)],
    ['hides_address', on(event.hides_address)],
    ...reminderHours.map((hours) => [`reminder.${hours}`, on(event.reminder_hours.includes(hours))]),
    ...texts('title', content.title),
    ...texts('summary', content.summary),
    ...texts('access', content.access),
    ...texts('spoken', content.spoken),
    ...Object.entries(content.details).flatMap(([need, said]) =>
      typeof said === 'object' ? texts(`detail.${need}`, said) : [[`detail.${need}`, said ?? '']],
    ),
    ...consentChannels.flatMap((channel) => texts(`consent.${channel}`, content.consent[channel] ?? {})),
    ...content.questions.flatMap((question, at) => [
      [`question.${at}.key`, question.key],
      [`question.${at}.kind`, question.kind],
      [`question.${at}.is_needed`, on(question.is_needed)],
      ...texts(`question.${at}.say`, question.say),
      ...languages.map((language) => [
        `question.${at}.choices.${language}`,
        question.choices.map((choice) => choice[language] ?? '').join('\n'),
      ]),
    ]),
    ...shifts.flatMap((shift, at) => [
      [`shift.${at}.id`, shift.shift_id],
      [`shift.${at}.date`, dateIn(event.time_zone, shift.starts_at)],
      [`shift.${at}.from`, timeIn(event.time_zone, shift.starts_at)],
      [`shift.${at}.to`, timeIn(event.time_zone, shift.ends_at)],
      [`shift.${at}.capacity`, String(shift.capacity ?? '')],
      [`shift.${at}.address`, shift.place.address],
      [`shift.${at}.city`, shift.place.city],
      [`shift.${at}.zip5`, shift.place.zip5],
      ...texts(`shift.${at}.name`, shift.name),
      ...texts(`shift.${at}.place`, shift.place.name),
      ...texts(`shift.${at}.directions`, shift.place.directions),
    ]),
  ]) as Record<string, string> // of pairs of texts
}

/** What a new event of a kind begins with. */
export const firstValues = (
  kind: { kind: string; needs: readonly Need[] },
  { time_zone, today }: { time_zone: string; today: string },
): Record<string, string> => ({
  kind: kind.kind,
  time_zone,
  online_link: '',
  capacity: '',
  guests_most: kind.needs.includes('guests') ? '2' : '0',
  accept_hours: '24',
  is_by_invitation: kind.needs.includes('invitation') ? 'on' : '',
  needs_approval: '',
  has_wait_list: 'on',
  'reminder.24': 'on',
  'consent.email.en': 'Yes, send me news by e-mail.',
  'consent.email.ko': '네, 이메일로 소식을 보내 주세요.',
  'shift.0.date': addDays(today, 14),
  'shift.0.from': '18:30',
  'shift.0.to': '20:30',
})

import { addDays, instantIn } from '../../../platform/clock.ts'
import { CalendarDate } from '../../../platform/dates.ts'
import { languageNames, publicLanguages } from '../../../platform/i18n/languages.ts'
import type { PublicProblem } from '../../../platform/i18n/public-words.ts'
import { firstValues } from '../editing.ts'
import { lineIn, oneLine, whoIn } from '../rules.ts'
import type { Need } from '../schema.ts'
import { mostSeats, type Hosting, type Proposal, type Sent } from './schema.ts'

/** So far ahead somebody may plan. */
const days_most = 365
/** One mailbox has no more than so many that nobody has decided about. */
export const mostWaiting = 5

/** Kinds somebody may propose: one that is offered no longer is none of them. */
export const proposable = <Of extends { kind: string; is_archived: boolean }>(hosting: Hosting, all: readonly Of[]): Of[] =>
  all.filter(({ kind, is_archived }) => hosting.kinds.includes(kind) && !is_archived) // prettier-ignore

export type ProposalProblem = 'date' | 'time' | 'seats' | 'zip'
export type ProposalErrors = Partial<Record<string, PublicProblem | ProposalProblem>>

export type ReadProposal = { ok: true; proposal: Proposal } | { ok: false; errors: ProposalErrors }

/** Reads what somebody proposes; `fields` are all values by name. `today`: where the organization is. */
export function readProposal(
  fields: Record<string, string[]>,
  { kinds, today }: { kinds: readonly string[]; today: string },
): ReadProposal {
  const errors: ProposalErrors = {}
  const line = (name: string, most: number): string => oneLine(lineIn(fields, errors, name, most))
  const needed = (name: string, most: number): string => {
    const text = line(name, most)
    if (!text) errors[name] ??= 'needed'
    return text
  }
  const kind = fields.kind?.[0] ?? ''
  if (!kinds.includes(kind)) errors.kind = 'choice'
  const said = whoIn(fields, errors)
  if (!said.email) errors.email ??= 'needed'
  const [date, from, to] = [needed('date', 20), needed('starts', 10), needed('ends', 10)]
  const isDay = CalendarDate.safeParse(date).success
  if (date && (!isDay || date <= today || date > addDays(today, days_most))) errors.date = 'date'
  for (const [name, time] of [
    ['starts', from],
    ['ends', to],
  ] as const)
    // prettier-ignore
    if (time && !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) errors[name] = 'time'
  if (from && from === to) errors.ends = 'time'
  const zip5 = line('zip5', 10)
  if (zip5 && !/^\d{5}$/.test(zip5)) errors.zip5 = 'zip'
  const typedSeats = needed('seats', 6)
  const seats = Number(/^\d{1,4}$/.exec(typedSeats)?.[0] ?? 0)
  if (typedSeats && (seats < 1 || seats > mostSeats)) errors.seats = 'seats'
  const spoken = publicLanguages.filter((language) => fields.spoken?.includes(language))
  if (spoken.length === 0) errors.spoken = 'needed'
  const whose = fields.address_for?.[0]
  if (whose !== 'everybody' && whose !== 'signed_up') errors.address_for = 'choice'
  const sent = {
    title: needed('title', 120), about: lineIn(fields, errors, 'about', 2000), date, from, to, place: line('place', 120),
    address: needed('address', 200), city: needed('city', 80), zip5, hides_address: whose !== 'everybody', seats, spoken,
    needs: lineIn(fields, errors, 'needs', 2000),
  } // prettier-ignore
  const { email } = said
  if (Object.keys(errors).length > 0 || !email) return { ok: false, errors }
  return { ok: true, proposal: { kind, sent, said: { ...said, email } } }
}

/** When it would be. */
export function spanOfSent({ date, from, to }: Sent, time_zone: string): { starts_at: Date; ends_at: Date } {
  const starts_at = instantIn(time_zone, date, from)
  return { starts_at, ends_at: instantIn(time_zone, to <= from ? addDays(date, 1) : date, to) }
}

/** What the fields of the event's editor hold for a proposal: in the language it was written in, the others still empty. */
export function valuesOfProposal(
  { sent, language }: Pick<Proposal, 'sent'> & { language: string },
  kind: { kind: string; needs: readonly Need[] },
  { languages, time_zone, today }: { languages: readonly string[]; time_zone: string; today: string },
): Record<string, string> {
  const own = languages.includes(language) ? language : (languages[0] ?? 'en')
  const spoken = sent.spoken.map((each) => languageNames[each] ?? each).join(', ')
  return {
    ...firstValues(kind, { time_zone, today }),
    is_by_invitation: '',
    hides_address: sent.hides_address ? 'on' : '',
    capacity: String(sent.seats),
    [`title.${own}`]: sent.title,
    [`summary.${own}`]: sent.about,
    // Languages are called by their own names, in each of them.
    ...Object.fromEntries(languages.map((each) => [`spoken.${each}`, spoken])),
    'shift.0.date': sent.date,
    'shift.0.from': sent.from,
    'shift.0.to': sent.to,
    [`shift.0.place.${own}`]: sent.place,
    'shift.0.address': sent.address,
    'shift.0.city': sent.city,
    'shift.0.zip5': sent.zip5,
  }
}

import type { Channel, SuppressionReason } from './schema.ts'
import { closedPrimaries } from './primaries.ts'

/** A voter record, a person, or both: what a profile is about. */
export interface Who {
  voter_id: number | null
  person_id: string | null
}

/** Address of somebody's profile, and the name routes know them by: 'v123' is the voter record 123. */
export const whoName = ({ voter_id, person_id }: Who): string =>
  voter_id === null ? (person_id ?? '') : `v${voter_id}`
export const profilePath = ({ voter_id, person_id }: Who): string =>
  voter_id === null ? `/people/${person_id}` : `/voters/${voter_id}`

/*
 * Names.
 */

export interface NameParts {
  last_name: string | null
  first_name: string | null
  middle_name: string | null
}

export interface ShownName {
  /** What stands first: Hangul for readers of Korean where the person writes it, else the Roman name. */
  main: string
  main_language: 'ko' | 'en'
  /** The other form, where there is one. */
  other: string | null
}

/** 'Young Hee Kim': given name first, as English writes it. */
export const romanName = ({ last_name, first_name, middle_name }: NameParts): string =>
  [first_name, middle_name, last_name].filter(Boolean).join(' ')

/** How to write somebody's name for a reader. Only a Hangul name the person gave counts; a guess is never passed here. */
export function shownName(parts: NameParts, name_hangul: string | null, language: string): ShownName {
  const roman = romanName(parts)
  if (!name_hangul) return { main: roman, main_language: 'en', other: null }
  if (!roman) return { main: name_hangul, main_language: 'ko', other: null }
  return language === 'ko'
    ? { main: name_hangul, main_language: 'ko', other: roman }
    : { main: roman, main_language: 'en', other: name_hangul }
}

/** Ours where we know better, else the state's. The three parts of a name belong together. */
export function effectiveName(ours: NameParts | null, states: NameParts | null): NameParts {
  const hasOurs = ours !== null && (ours.last_name ?? ours.first_name ?? ours.middle_name) !== null
  return (hasOurs ? ours : (states ?? ours)) ?? { last_name: null, first_name: null, middle_name: null }
}

/** A correction of one part of a name, with the others as they are known: they belong together, and alone it would be all of it. */
export const wholeName = <Changes extends { [Part in keyof NameParts]?: string | null | undefined }>(
  changes: Changes,
  ours: NameParts | null,
  states: NameParts | null,
): Changes => {
  const isPart = nameParts.some((part) => changes[part] !== undefined && changes[part] !== null)
  if (!isPart) return changes
  const known = effectiveName(ours, states)
  return { ...Object.fromEntries(nameParts.map((part) => [part, known[part]])), ...changes }
}
const nameParts = ['last_name', 'first_name', 'middle_name'] as const

/** Full years on a day; by birth year alone, the age reached during the year. Both dates 'YYYY-MM-DD'. */
export function ageOn(day: string, born: { birth_date: string | null; birth_year: number | null }): number | null {
  const year = Number(day.slice(0, 4))
  if (born.birth_date) {
    const passed = day.slice(5) >= born.birth_date.slice(5)
    return year - Number(born.birth_date.slice(0, 4)) - (passed ? 0 : 1)
  }
  return born.birth_year === null ? null : year - born.birth_year
}

/** Age by what we know best: the person's own year of birth, else the state's date or year. */
export const ageOf = (
  day: string,
  person: { birth_year: number | null } | null,
  voter: { birth_date: string | null; birth_year: number | null } | null,
): number | null =>
  person?.birth_year
    ? ageOn(day, { birth_date: null, birth_year: person.birth_year })
    : voter
      ? ageOn(day, voter)
      : null

export interface AddressParts {
  house_number: string | null
  street: string | null
  unit: string | null
}

/** House number, street and unit as one line, as the form shows it. */
export const addressLine = ({ house_number, street, unit }: AddressParts): string =>
  [[house_number, street].filter(Boolean).join(' '), unit].filter(Boolean).join(', ')

/*
 * Whom one may contact.
 */

/** Which channels a mark closes, as the table `contact_closing` has it. Marks on a number close that number alone. */
export const closedBy: Record<SuppressionReason, readonly Channel[]> = {
  do_not_call: ['phone', 'text'],
  deceased: ['phone', 'text', 'email', 'post'],
  wrong_number: [],
  disconnected: [],
  // Out of the district: no longer ours to call, and the address is not theirs.
  moved: ['phone', 'text', 'post'],
  hostile: ['phone', 'text', 'email', 'post'],
  legal: ['phone', 'text', 'email', 'post'],
}

/** The other side of a relationship: my parent has me as child. */
export const inverseKind = {
  spouse: 'spouse',
  parent: 'child',
  child: 'parent',
  sibling: 'sibling',
  relative: 'relative',
  friend: 'friend',
  colleague: 'colleague',
  referred_by: null,
  household: 'household',
} as const

/*
 * Voting history.
 */

interface HeldElection {
  election_id: number
  kind: string
  year: number
  held_on: string | null
}

/** The last elections nearly everybody could vote in, newest first: general and primary elections, at most eight, already held. */
export function lastElections<E extends HeldElection>(held: readonly E[], today: string): E[] {
  const day = (election: E): string =>
    election.held_on ?? `${election.year}-${election.kind === 'general' ? '11-05' : '06-25'}`
  return held
    .filter(({ kind }) => kind === 'general' || kind === 'primary' || kind === 'presidential_primary')
    .filter((election) => day(election) <= today)
    .sort((a, b) => (day(a) < day(b) ? 1 : -1))
    .slice(0, 8)
}

/**
 * Why somebody could not vote in an election: not registered yet, or a closed primary of parties they are not in
 * (primaries.ts). Null: they could, as far as the file tells. Enrolment is today's.
 */
export function barredFrom(
  { kind, held_on, year }: HeldElection,
  { state, party, registered_on }: { state: string; party: string | null; registered_on: string | null },
): 'too_early' | 'closed_primary' | null {
  if (registered_on !== null && (held_on === null ? String(year) < registered_on.slice(0, 4) : held_on < registered_on))
    return 'too_early'
  if (kind !== 'primary' && kind !== 'presidential_primary') return null
  const closed = closedPrimaries.find((each) => each.state === state && (held_on ?? `${year}-12-31`) >= each.from)
  return closed && !closed.isOpenTo(party ?? 'none') ? 'closed_primary' : null
}

/*
 * Fields an organization defined itself.
 */

export interface CustomField {
  key: string
  label: Record<string, string>
  kind: string
  choices: { value: string; label: Record<string, string> }[]
}

/** Name of the form field of a custom field. */
export const customName = (key: string): string => `custom_${key}`

/** The same as the audit trail calls it. */
export const trailName = (field: string): string => field.replace(/^custom_/, '')

/** What was typed into the custom fields, each by its kind; errors are message keys by form field. Empty is null. */
export function readCustom(
  fields: readonly CustomField[],
  typed: Readonly<Record<string, string>>,
): { values: Record<string, unknown>; errors: Record<string, string> } {
  const values: Record<string, unknown> = {}
  const errors: Record<string, string> = {}
  for (const { key, kind, choices } of fields) {
    const text = (typed[customName(key)] ?? '').trim()
    const number = Number(text.replaceAll(',', ''))
    const isWrong =
      text !== '' &&
      ((kind === 'number' && !Number.isFinite(number)) ||
        (kind === 'date' && (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text)))) ||
        (kind === 'yes_no' && text !== 'yes' && text !== 'no') ||
        (kind === 'choice' && !choices.some(({ value }) => value === text)) ||
        text.length > 2000)
    if (isWrong) errors[customName(key)] = 'form.invalid'
    else if (text === '') values[key] = null
    else values[key] = kind === 'number' ? number : kind === 'yes_no' ? text === 'yes' : text
  }
  return { values, errors }
}

/** As the form shows a stored value. */
export const customText = (value: unknown): string =>
  typeof value === 'boolean'
    ? value
      ? 'yes'
      : 'no'
    : typeof value === 'string' || typeof value === 'number'
      ? String(value)
      : ''

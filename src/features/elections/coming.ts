import type { PublicLanguage } from '../../platform/i18n/languages.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import { publicDate } from '../../platform/i18n/public.ts'
import { checked_on } from './calendar.ts'
import { daysFor, electionName, type SourcedDay } from './calendars.ts'
import { electionTitle } from './contests/pages/words.tsx'
import type { Election } from './contests/queries.ts'
import { isSameElection, keyOf, ownDaysOf } from './contests/rules.ts'
import { daysBetween, electionsAhead, type Dated } from './rules.ts'

/** An election ahead, in one language. */
export interface ComingElection {
  key: string
  name: string
  /** Offices, or where it is held. */
  about: string
  held_on: string
  days: readonly SourcedDay[]
  source: string
  /** null: somebody entered it. */
  is_confirmed: boolean | null
}

/** Elections ahead of our calendar and those a steward entered, the nearest first. */
export function electionsComing(t: Translate, words: PublicLanguage, known: readonly Election[], today: string): ComingElection[] {
  const ahead = electionsAhead(today)
  const ours = ahead.map((election): ComingElection => {
    const [, district] = election.place.split('/')
    const place = district ? t('elections.place.nyc_council', { district }) : ''
    const held = { ...keyOf(election), days: [], source: null }
    return {
      key: `${election.place} ${election.name}`,
      name: electionName(t, election),
      about: [election.offices[words], place].filter(Boolean).join(' · '),
      held_on: election.held_on,
      days: daysFor(t, held).days,
      source: t('elections.source', { law: t('elections.law'), date: publicDate(words, checked_on) }),
      is_confirmed: election.is_confirmed,
    }
  })
  const entered = known
    .filter((each) => !ahead.some((one) => isSameElection(keyOf(one), each)))
    .map((election): ComingElection => {
      const { election_id, state, held_on, source_url: url, as_of } = election
      const own = ownDaysOf(election)
      const source = url ? t('elections.source', { law: url, date: publicDate(words, as_of) }) : t('elections.unsourced')
      // Of one whose hours and deadlines nobody entered, the day alone.
      const days = own.length > 0 ? own.map((day) => ({ ...day, source: '' })) : []
      return { key: `election-${election_id}`, name: electionTitle(t, election), about: state === 'NY' ? '' : state, held_on, days, source, is_confirmed: null }
    })
    .filter(({ days, held_on }) => [held_on, ...days.map(lastDay)].some((on) => on >= today))
  return [...ours, ...entered].toSorted((one, other) => one.held_on.localeCompare(other.held_on))
} // prettier-ignore

export const lastDay = ({ on, until }: Pick<Dated, 'on' | 'until'>): string => until ?? on

/** The next days of all elections, in the order they come. */
export const dueNext = (coming: readonly ComingElection[], today: string, most: number) =>
  coming
    .flatMap(({ key, name, days }) => days.map((day) => ({ ...day, key, name })))
    .filter((day) => lastDay(day) >= today)
    .toSorted((one, other) => one.on.localeCompare(other.on))
    .slice(0, most)

export function leftText(t: Translate, { on, until }: Pick<Dated, 'on' | 'until'>, today: string): string {
  if (on === today && !until) return t('elections.today')
  return on <= today ? t('elections.now') : t('elections.in_days', { count: daysBetween(today, on) })
}

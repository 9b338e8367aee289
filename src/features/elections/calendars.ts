import type { CalendarEntry } from '../../platform/ical.ts'
import type { PublicLanguage } from '../../platform/i18n/languages.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import { publicDate, publicTranslatorOf } from '../../platform/i18n/public.ts'
import { checked_on, lawOf, newYorkCalendar, type ElectionDay, type ScheduledElection } from './calendar.ts'
import './messages.ts'
import { electionTexts } from './public-texts.ts'
import { calendarOf, ownDaysOf, type ElectionKey } from './contests/rules.ts'
import { electionTitle } from './contests/pages/words.tsx'
import type { Election } from './contests/queries.ts'
import { daysOf, type Dated } from './rules.ts'

/** What is due, for everybody. */
export const comingPath = '/elections/coming'

/** 'Election Law § 5-210' in the reader's words. */
export function lawText(t: Translate, election: ScheduledElection, day: ElectionDay): string {
  const { law, section } = lawOf(election, day)
  return t(`elections.law.${law}`, { section })
}

export interface SourcedDay extends Dated {
  /** A section of the law, or where a steward read it; empty: not said. */
  source: string
}

/** The days of an election of our calendar, else those that were entered for it. */
export function daysFor(
  t: Translate,
  election: ElectionKey & { days: readonly Dated[]; source: { url: string } | null },
): { days: SourcedDay[]; is_confirmed: boolean } {
  const row = calendarOf(election)
  if (row) return { days: daysOf(row).map((each) => ({ ...each, source: lawText(t, row, each.what) })), is_confirmed: row.is_confirmed } // prettier-ignore
  return { days: election.days.map((each) => ({ ...each, source: election.source?.url ?? '' })), is_confirmed: true }
}

export const calendarName = (language: PublicLanguage): string => publicTranslatorOf(electionTexts)(language)('elections.calendar_name') // prettier-ignore

/** Every day of every election as an entry of its own, so that one that moves is known again. */
export function electionEntries(language: PublicLanguage, url: string, known: readonly Election[]): CalendarEntry[] {
  const t = publicTranslatorOf(electionTexts)(language)
  const entry = (
    { what, on, until }: Dated,
    of: { uid: string; name: string; text: string[]; changed_on: string },
  ): CalendarEntry => ({
    uid: `${of.uid}-${what}@hanpyo`,
    sequence: 0,
    changed_at: new Date(`${of.changed_on}T00:00:00Z`),
    from_on: on,
    until_on: until ?? on,
    title: `${t(`elections.day.${what}`)} · ${of.name}`,
    text: of.text.filter(Boolean).join('\n\n'),
    place: '',
    // For whoever reads the feed: a page that needs no account.
    url: `${url}${comingPath}?lang=${language}`,
    is_canceled: false,
  })
  const sourced = (law: string, on: string) => t('elections.source', { law, date: publicDate(language, on) })
  const ours = newYorkCalendar.flatMap((election) =>
    daysOf(election).map((day) =>
      entry(day, {
        uid: `${election.place.replace('/', '-')}-${election.name}`,
        name: electionName(t, election),
        text: [election.offices[language], sourced(lawText(t, election, day.what), checked_on), election.is_confirmed ? '' : t('elections.computed')], // prettier-ignore
        changed_on: checked_on,
      }),
    ),
  )
  const entered = known.flatMap((election) => {
    const name = electionTitle(t, election)
    const { election_id, source_url, as_of } = election
    const text = [source_url ? sourced(source_url, as_of) : '']
    return ownDaysOf(election).map((day) =>
      entry(day, { uid: `election-${election_id}`, name, text, changed_on: as_of }),
    )
  })
  return [...ours, ...entered]
}

export const electionName = (t: Translate, { kind, held_on }: Pick<Election, 'kind' | 'held_on'>): string =>
  t(`elections.kind.${kind}`, { year: held_on.slice(0, 4) })

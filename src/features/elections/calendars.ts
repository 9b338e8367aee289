import type { CalendarEntry } from '../../platform/ical.ts'
import type { PublicLanguage } from '../../platform/i18n/languages.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import { publicDate, publicTranslatorOf } from '../../platform/i18n/public.ts'
import { checked_on, lawOf, newYorkCalendar, type ElectionDay, type ScheduledElection } from './calendar.ts'
import './messages.ts'
import { electionTexts } from './public-texts.ts'
import { daysOf } from './rules.ts'

/** 'Election Law § 5-210' in the reader's words. */
export function lawText(t: Translate, election: ScheduledElection, day: ElectionDay): string {
  const { law, section } = lawOf(election, day)
  return t(`elections.law.${law}`, { section })
}

export const calendarName = (language: PublicLanguage): string => publicTranslatorOf(electionTexts)(language)('elections.calendar_name') // prettier-ignore

/** Every day of every election as an entry of its own, so that one that moves is known again. */
export function electionEntries(language: PublicLanguage, url: string): CalendarEntry[] {
  const t = publicTranslatorOf(electionTexts)(language)
  return newYorkCalendar.flatMap((election) =>
    daysOf(election).map(({ what, on, until }) => ({
      uid: `${election.place.replace('/', '-')}-${election.name}-${what}@hanpyo`,
      sequence: 0,
      changed_at: new Date(`${checked_on}T00:00:00Z`),
      from_on: on,
      until_on: until ?? on,
      title: `${t(`elections.day.${what}`)} · ${electionName(t, election)}`,
      text: [
        election.offices[language],
        t('elections.source', { law: lawText(t, election, what), date: publicDate(language, checked_on) }),
        election.is_confirmed ? '' : t('elections.computed'),
      ]
        .filter(Boolean)
        .join('\n\n'),
      place: '',
      url: `${url}/elections`,
      is_canceled: false,
    })),
  )
}

export const electionName = (t: Translate, { kind, held_on }: ScheduledElection): string =>
  t(`elections.kind.${kind}`, { year: held_on.slice(0, 4) })

import { formatDate } from '../../../../platform/i18n/formats.ts'
import { localized } from '../../../../platform/i18n/languages.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Badge } from '../../../../platform/ui/components.tsx'
import '../../messages.ts'
import '../../officials/messages.ts'
import { placeName } from '../../officials/pages/officials-page.tsx'
import type { OfficialKind } from '../../officials/schema.ts'
import '../messages.ts'
import type { Candidacy, Contest, Election } from '../queries.ts'
import { isOffice, isPartyLine, isRunning } from '../rules.ts'

/** '2027 primary' and, for one held in a district alone, its name. */
export function electionTitle(
  t: Translate,
  election: Pick<Election, 'kind' | 'held_on' | 'district_kind' | 'district' | 'state'>,
): string {
  const name = t(`elections.kind.${election.kind}`, { year: election.held_on.slice(0, 4) })
  const place = election.district_kind && placeName(t, { kind: election.district_kind, district: election.district })
  return [name, place, election.state === 'NY' ? null : election.state].filter(Boolean).join(' · ')
}

export const officeName = (t: Translate, { office, title }: Pick<Contest, 'office' | 'title'>): string =>
  isOffice(office) ? t(`officials.office.${office}`) : localized(title, t.language).text

export const districtOf = (t: Translate, contest: { district_kind: OfficialKind; district: string }): string | null =>
  placeName(t, { kind: contest.district_kind, district: contest.district || null })

/** 'Council Member, City Council District 20 · Democratic primary' */
export function contestName(
  t: Translate,
  contest: Pick<Contest, 'office' | 'title' | 'district_kind' | 'district' | 'party'>,
): string {
  const place = [officeName(t, contest), districtOf(t, contest)].filter(Boolean).join(', ')
  return contest.party ? `${place} · ${primaryName(t, contest.party)}` : place
}

export const primaryName = (t: Translate, party: NonNullable<Contest['party']>): string =>
  t('contests.primary_of', { party: t(`contests.party.${party}`) })

export const lineName = (t: Translate, line: string): string => (isPartyLine(line) ? t(`contests.party.${line}`) : line)

/** Lines in the reader's words, as the form takes them back. */
export const linesText = (t: Translate, lines: readonly string[]): string =>
  lines.map((line) => lineName(t, line)).join(', ')

const kindOfStatus = { declared: 'info', on_ballot: 'success', withdrawn: 'neutral', removed: 'warning' } as const

export function StatusBadge({ t, candidacy }: { t: Translate; candidacy: Pick<Candidacy, 'status'> }) {
  return <Badge kind={kindOfStatus[candidacy.status]}>{t(`candidates.status.${candidacy.status}`)}</Badge>
}

/** '2027-01-01 to 2030-12-31' in words; null: not known. */
export function termText(t: Translate, from: string | null, until: string | null): string | null {
  const day = (text: string): string => formatDate(t.language, text)
  if (from && until) return t('figures.held_from_until', { from: day(from), until: day(until) })
  if (from) return t('figures.holds_since', { date: day(from) })
  return until ? t('figures.held_until', { date: day(until) }) : null
}

/** Who is still to be voted for, and who no longer is. */
export const runningOf = <Each extends Pick<Candidacy, 'status'>>(candidates: readonly Each[]): [Each[], Each[]] => [
  candidates.filter(({ status }) => isRunning(status)),
  candidates.filter(({ status }) => !isRunning(status)),
]

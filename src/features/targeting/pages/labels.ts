import type { Translate } from '../../../platform/i18n/messages.ts'
import { ofState } from '../of-state.ts'

/** Counties offered to click: those around New York City. Others are typed. */
export const nearbyCounties = [
  'queens',
  'kings',
  'new-york',
  'bronx',
  'richmond',
  'nassau',
  'suffolk',
  'westchester',
  'rockland',
] as const

/** 'queens' in the reader's words; a county we have no words for by its own name. */
export function countyLabel(t: Translate, named: string): string {
  const { state, value: slug } = ofState(named)
  if (state !== null) return t('targeting.of_state', { state, place: countyLabel(t, slug) })
  const known = nearbyCounties.find((county) => county === slug)
  return known
    ? t(`targeting.county.${known}`)
    : slug
        .split('-')
        .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
        .join(' ')
}

/** Completed years, or about, where only the year of birth is public. */
export function ageOn(
  today: string,
  { birth_date, birth_year }: { birth_date: string | null; birth_year: number | null },
): number | null {
  if (!birth_date) return birth_year === null ? null : Number(today.slice(0, 4)) - birth_year
  return Number(today.slice(0, 4)) - Number(birth_date.slice(0, 4)) - (today.slice(5) < birth_date.slice(5) ? 1 : 0)
}

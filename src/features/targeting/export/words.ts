import type { Translate } from '../../../platform/i18n/messages.ts'
import '../../geography/messages.ts'
import '../../people/messages.ts'
import '../../voterfile/community/messages.ts'
import '../messages.ts'
import { countyLabel } from '../pages/labels.ts'
import { labelOr, languageName } from '../steps/words.ts'
import type { Column } from './layouts.ts'
import './messages.ts'

/**
 * What stands in the cells of chosen columns for the codes we keep, in the reader's words. A code we have no word for stays
 * one. Of these a sheet of people takes languages in again: imports/plan.ts reads them in both languages.
 */
export function wordsOf(t: Translate): Partial<Record<Column, (codes: string) => string>> {
  const word =
    (from: string) =>
    (code: string): string =>
      labelOr(t, `${from}.${code}`, code)
  const community = (code: string): string => labelOr(t, `community.${code}`, word('people.community')(code))
  const kind = word('people.phone_kind')
  return {
    county: (slug) => countyLabel(t, slug),
    districts_in_doubt: (all) =>
      all.replaceAll(/([a-z-]+)=([\d/]+)/g, (_, kind: string, numbers: string) => {
        const either = numbers.split('/').join(t('geography.straddles_or'))
        return `${labelOr(t, `targeting.district.${kind}`, kind)}: ${either}`
      }),
    phone_best_kind: kind,
    phones_all: (all) => all.replaceAll(/ (\w+)(?=;|$)/g, (_, code: string) => ` ${kind(code)}`),
    party: word('people.party'),
    status: word('people.status'),
    sex: word('people.sex'),
    voted_in: (all) =>
      all
        .split(' ')
        .map((each) => `${each.slice(0, 4)} ${word('people.election')(each.slice(5))}`)
        .join('; '),
    language: (tag) => languageName(t, tag),
    community_said: community,
    // Said with each value, not only in the head: a cell is copied without it.
    community_estimate: (estimate) => {
      const [code = '', percent = ''] = estimate.split(' ')
      return t('export.estimate', { community: community(code), percent })
    },
  }
}

import { byteOrderMark, csvLine } from '../../../platform/csv.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { Step } from '../../scripts/schema.ts'
import { dimensions, type Group } from '../host/groups.ts'
import { groupName, groupsIn, valueName, valuesOf } from './words.ts'

/** Calls, conversations and answers of every group as a spreadsheet; numbers alone, no voter. */
export function groupsCsv(t: Translate, groups: readonly Group[], step: Step | undefined): string {
  const values = step ? valuesOf(step, groups) : []
  const head = [
    t('report.compared_by'),
    t('report.compared_group'),
    t('report.attempts'),
    t('report.conversations'),
    t('report.rate'),
    ...(step ? [t('report.asked')] : []),
    ...values.map((value) => valueName(t, step, value)),
  ]
  const rows = dimensions.flatMap((dimension) =>
    groupsIn(groups, dimension).map((group) => [
      t(`report.group.${dimension}`),
      groupName(t, group),
      group.attempts,
      group.conversations,
      (group.conversations / group.attempts).toFixed(3),
      ...(step ? [group.asked] : []),
      ...values.map((value) => group.answers[value] ?? 0),
    ]),
  )
  return [byteOrderMark, ...[head, ...rows].map((cells) => csvLine(cells))].join('')
}

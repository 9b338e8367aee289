import { formatMoney } from '../../platform/i18n/formats.ts'
import { languages } from '../../platform/i18n/languages.ts'
import { translator, type Translate } from '../../platform/i18n/messages.ts'
import { isOffice } from '../elections/contests/rules.ts'
import '../elections/contests/messages.ts'
import '../elections/officials/messages.ts'
import './messages.ts'
import type { Contribution, Recipient } from './queries.ts'

export const nameOf = (t: Translate, { name, names }: Pick<Recipient, 'name' | 'names'>): string =>
  names[t.language] ?? name

export const titleOf = (t: Translate, row: Contribution): string =>
  t('contributions.to', { amount: formatMoney(row.amount_cents), name: nameOf(t, row) })

export const contestOfficeName = (t: Translate, { office }: Pick<Recipient, 'office'>): string =>
  isOffice(office) ? t(`officials.office.${office}`) : t('contests.office.other')

const inEveryLanguage =
  (key: 'contributions.task' | 'contributions.task_back') =>
  ({ amount_cents, recipient }: Contribution): Record<string, string> =>
    Object.fromEntries(
      languages.map((language) => [
        language,
        translator(language)(key, { amount: formatMoney(amount_cents), recipient }),
      ]),
    )

/** What the treasurer reads among their tasks, in every language. */
export const taskWords = inEveryLanguage('contributions.task')
export const backWords = inEveryLanguage('contributions.task_back')

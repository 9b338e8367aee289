import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { Candidate } from '../../elections/contests/queries.ts'
import { readsOf } from '../reading.ts'

export const candidateName = (t: Translate, { name, names }: Pick<Candidate, 'name' | 'names'>): string =>
  localized({ en: name, ...names }, readsOf(t)).text

import { formatPhone } from '../../../../platform/i18n/formats.ts'
import type { PlaceholderValues } from '../../../scripts/schema.ts'
import { nameAloud } from '../../practice/rules.ts'
import type { CallCard } from '../../schema.ts'
import type { DeskState } from './desk-state.ts'

/** What `{…}` stands for in this call. A guessed Hangul name is never put into the caller's mouth. */
export function valuesFor(
  card: CallCard,
  { caller, organization, candidate, phone_bank }: DeskState['session'],
): PlaceholderValues {
  const aloud = (name: string) => (phone_bank.way_of_calling === 'practice' ? nameAloud(name) : name)
  const known = card.hangul && !card.hangul.is_guess ? aloud(card.hangul.text) : null
  const last = card.last_name ?? card.display_name.split(' ').pop() ?? ''
  const parts = card.hangul_parts
  return {
    'voter.name': { en: aloud(card.display_name), ...(known ? { ko: known } : {}) },
    'voter.first_name': { en: card.first_name, ...(parts ? { ko: parts.given } : {}) },
    'voter.last_name': { en: last, ...(parts ? { ko: parts.family } : {}) },
    'voter.title': { ko: card.title ?? '선생님', en: /[가-힣]/.test(card.title ?? '') ? '' : (card.title ?? '') },
    'caller.name': caller.name,
    organization: organization.name,
    candidate,
    phone: organization.phone ? formatPhone(organization.phone) : null,
  }
}

import { isOwn, type Layout } from '../layouts/layout.ts'
import { wholeNumber } from '../rules/keys.ts'

/** Whether a text can be a voter id of the layout. `isNamed`: the letters before its numbers may be lost. */
export function isVoterId(field: string, layout: Layout, isNamed = false): boolean {
  const text = wholeNumber(field)
  // Somebody has looked at this column; states write ids in ways of their own.
  if (isOwn(layout.id)) return /\d/.test(text)
  if (layout.key === 'county_voter_id') return /^\d{6,9}$/.test(text)
  return layout.id_prefix
    ? new RegExp(`^(${layout.id_prefix})${isNamed ? '?' : ''}\\d{6,18}$`, 'i').test(text)
    : /^[A-Z]{0,2}\d{3,12}$/i.test(text)
}

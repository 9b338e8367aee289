import { formatDateTime, formatMoney } from '../../platform/i18n/formats.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import { isHeld, owesOf } from './orders/rules.ts'
import type { SignupRow } from './queries.ts'
import { responseRules } from './schema.ts'
import './messages.ts'

export { nameOf } from './door/rules.ts'

/** What somebody said, with why where that matters. */
export function responseText(t: Translate, { response, accept_by, why, order }: SignupRow, zone: string): string {
  if (response === 'signed_up' && accept_by)
    return `${t(isHeld({ accept_by, order }) ? 'events.response.held' : 'events.response.offered')} (${t('events.accept_by', { when: formatDateTime(t.language, accept_by, zone) })})`
  const owes_cents = responseRules[response].holds_seat ? owesOf(order) : 0
  const owed = owes_cents > 0 ? `, ${t('events.owes', { amount: formatMoney(owes_cents) })}` : ''
  const said = `${t(`events.response.${response}`)}${owed}`
  return why ? `${said} (${t(`events.why.${why}`)})` : said
}

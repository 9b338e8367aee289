import { formatDateTime } from '../../platform/i18n/formats.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import type { SignupRow } from './queries.ts'
import './messages.ts'

export { nameOf } from './door/rules.ts'

/** What somebody said, with why where that matters. */
export function responseText(t: Translate, { response, accept_by, why }: SignupRow, zone: string): string {
  if (response === 'signed_up' && accept_by)
    return `${t('events.response.offered')} (${t('events.accept_by', { when: formatDateTime(t.language, accept_by, zone) })})`
  const said = t(`events.response.${response}`)
  return why ? `${said} (${t(`events.why.${why}`)})` : said
}

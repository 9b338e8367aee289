import { leadsHere } from '../http/address.ts'
import type { Translate } from '../i18n/messages.ts'
import { Alert } from './components.tsx'

/** Beside an address that others are to open: where it leads them nowhere, what has to be set. */
export function OnlyHere({ t, url }: { t: Translate; url: string }) {
  return leadsHere(url) ? <Alert kind="warning">{t('link.only_here')}</Alert> : null
}

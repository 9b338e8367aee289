import { localized } from '../../../platform/i18n/languages.ts'
import type { Ctx } from '../../../platform/http/room.ts'
import { Alert } from '../../../platform/ui/components.tsx'
import { publicDocument } from '../../../platform/ui/public-document.tsx'
import { readsOf, wordsOf } from '../reading.ts'
import './messages.ts'
import type { OpenCycle } from './public.ts'

/** For whoever opens a private link that opens nothing: replaced, withdrawn, guessed or cut off; which one is not said. */
export function linkEnded(c: Ctx, { t, organization }: Pick<OpenCycle, 't' | 'organization'>): Response | Promise<Response> {
  const name = localized(organization.name, readsOf(t)).text
  c.header('Cache-Control', 'private, no-store')
  return c.html(
    publicDocument(
      wordsOf(t),
      t('endorsements.link_ended'),
      organization.name,
      <>
        <h1 className="mb-4 text-2xl font-bold text-balance">{t('endorsements.link_ended')}</h1>
        <Alert kind="warning">{t('endorsements.link_ended_text', { name })}</Alert>
      </>,
    ),
    404,
  )
} // prettier-ignore

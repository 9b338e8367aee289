import '../console-messages.ts'
import { page } from '../../../platform/http/page.tsx'
import type { Ctx } from '../../../platform/http/room.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { Island } from '../../../platform/ui/island.tsx'
import type { Session } from '../schema.ts'

/** The caller's page: one island, with all it needs in the page. */
export function CallPage(c: Ctx, session: Session) {
  const { t, language } = c.var
  return page(
    c,
    <Island name="call-console" data={{ session, language }}>
      <p role="status" className="p-6 text-center">
        {t('console.loading')}
      </p>
      <noscript>
        <div className="mx-auto max-w-prose p-6">
          <h1 className="text-xl font-bold">{t('console.no_script_title')}</h1>
          <p className="mt-2">{t('console.no_script')}</p>
        </div>
      </noscript>
    </Island>,
    {
      title: localized(session.phone_bank.name, language).text,
      bare: true,
      islands: ['src/features/phonebanks/islands/call-console.tsx'],
    },
  )
}

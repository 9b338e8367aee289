import type { z } from 'zod'
import { page } from '../../../platform/http/page.tsx'
import type { Ctx } from '../../../platform/http/room.ts'
import { formatPhone } from '../../../platform/i18n/formats.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Island } from '../../../platform/ui/island.tsx'
import '../bridge/messages.ts'
import '../console-messages.ts'
import '../messages.ts'
import type { ConsoleData } from '../islands/parts/console.tsx'
import { textForCaller } from '../islands/parts/names.ts'
import '../newcomers/messages.ts'
import type { Session } from '../schema.ts'

const island = 'src/features/phonebanks/islands/call-console.tsx'

/** The caller's page: the program that calls, and what to do where it cannot run. `may_print`: a host is signed in. `newcomers`: so many are called beside the queue. */
export function consolePage(
  c: Ctx,
  session: z.infer<typeof Session>,
  { may_print, newcomers }: { may_print: boolean; newcomers: number },
) {
  const { t, language } = c.var
  const { text: name } = textForCaller(session.phone_bank.name, language, session.caller.languages)
  // The page is kept on the device: names of voters called earlier stay out of it and are asked for.
  const data: ConsoleData = { language, session: { ...session, recent: [] }, newcomers }
  return page(
    c,
    <>
      <p className="mx-auto mb-2 flex max-w-5xl flex-wrap items-center justify-between gap-2 text-base font-semibold">
        {name}
        <a
          className="btn btn-ghost min-h-12 text-base underline"
          href={`/call/${session.phone_bank.phone_bank_id}/practice`}
        >
          {t('bridge.practice_here')}
        </a>
      </p>
      {newcomers > 0 && (
        <p className="mx-auto mb-3 max-w-5xl">
          <a
            className="btn btn-primary min-h-12 text-base"
            href={`/call/${session.phone_bank.phone_bank_id}/newcomers`}
          >
            {t('newcomers.link', { count: newcomers })}
          </a>
        </p>
      )}
      <Island name="call-console" data={data}>
        <noscript>
          <NeedsScript
            t={t}
            phone={session.organization.phone}
            sheet={may_print ? `/phonebanks/${session.phone_bank.phone_bank_id}/sheet` : null}
          />
        </noscript>
        <p className="mx-auto max-w-5xl noscript:hidden" role="status">
          {t('console.loading')}
        </p>
      </Island>
    </>,
    {
      title: name || t('console.title'),
      bare: true,
      islands: [island],
      head: (
        <>
          <link rel="manifest" href={`/call/${session.phone_bank.phone_bank_id}/manifest.webmanifest`} />
          <link rel="apple-touch-icon" href="/icon-192.png" />
          <meta name="theme-color" content="#1f4e79" />
        </>
      ),
    },
  )
}

function NeedsScript({ t, phone, sheet }: { t: Translate; phone: string | null; sheet: string | null }) {
  return (
    <section className="bg-base-100 border-warning rounded-box mx-auto mb-4 max-w-xl border-2 p-5 text-lg">
      <h1 className="text-2xl font-bold">{t('console.no_script_title')}</h1>
      <p className="mt-3">{t('console.no_script')}</p>
      {sheet && (
        <p className="mt-3">
          <a className="btn" href={sheet}>
            {t('phonebanks.sheet')}
          </a>
        </p>
      )}
      {phone && <p className="mt-3 font-bold">{t('console.no_script_phone', { phone: formatPhone(phone) })}</p>}
    </section>
  )
}

/** What a phone needs to put the page among its apps. Holds nothing about the phone bank but its address. */
export const consoleManifest = (t: Translate, phone_bank_id: string) => ({
  name: `${t('app.name')} · ${t('console.title')}`,
  short_name: t('console.title'),
  lang: t.language,
  id: `/call/${phone_bank_id}`,
  start_url: `/call/${phone_bank_id}`,
  scope: '/call/',
  display: 'standalone',
  background_color: '#f5f3ee',
  theme_color: '#1f4e79',
  icons: [
    { src: '/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any maskable' },
    { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any maskable' },
    { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
  ],
})

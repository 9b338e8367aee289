import type { Translate } from '../i18n/messages.ts'
import './messages.ts'

/** What went wrong, and where to go from here. */
export function Problem({ t, status, request_id }: { t: Translate; status: number; request_id: string }) {
  return (
    <div className="mx-auto max-w-xl py-16 text-center">
      <p className="text-primary text-6xl font-bold" aria-hidden="true">
        {status}
      </p>
      <h1 className="mt-4 text-2xl font-bold">{t.dynamic(`problem.${status}.title`)}</h1>
      <p className="mt-3">{t.dynamic(`problem.${status}.text`)}</p>
      {status === 500 && (
        <p className="mt-4 text-sm">
          {t('problem.number')}: <code>{request_id}</code>
        </p>
      )}
      <a href="/" className="btn btn-primary mt-8">
        {t('problem.home')}
      </a>
    </div>
  )
}

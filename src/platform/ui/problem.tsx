import type { Translate } from '../i18n/messages.ts'
import './messages.ts'

/** What went wrong, and where to go from here. */
export function Problem({
  t,
  status,
  request_id,
  typed = [],
  back,
}: {
  t: Translate
  status: number
  request_id: string
  /** What was sent and not saved. */
  typed?: readonly string[]
  /** The page it was sent from. */
  back?: string | undefined
}) {
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
      {typed.length > 0 && (
        <section className="mt-6 text-left" aria-labelledby="typed">
          <h2 id="typed" className="font-bold">
            {t('problem.409.typed')}
          </h2>
          <ul className="mt-2 space-y-2">
            {typed.map((text) => (
              <li key={text} className="bg-base-200 rounded p-3 wrap-anywhere whitespace-pre-line">
                {text}
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="mt-8 flex flex-wrap justify-center gap-2">
        {status === 401 && (
          <a
            href={`/sign-in?${new URLSearchParams({ back: back ?? '/' })}`}
            target="_blank"
            className="btn btn-primary"
          >
            {t('problem.401.sign_in')}
          </a>
        )}
        {back && status !== 401 && (
          <a href={back} className="btn btn-primary">
            {t('problem.409.back')}
          </a>
        )}
        <a href="/" className={`btn ${back || status === 401 ? '' : 'btn-primary'}`}>
          {t('problem.home')}
        </a>
      </p>
    </div>
  )
}

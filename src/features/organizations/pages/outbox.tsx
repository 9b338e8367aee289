import { formatDateTime } from '../../../platform/i18n/formats.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, EmptyState, PageHead, Pagination } from '../../../platform/ui/components.tsx'
import '../messages.ts'

interface OutboxPageProps {
  t: Translate
  language: Language
  mails: readonly {
    mail_id: string
    to_address: string
    subject: string
    body_text: string
    language: string
    sent_at: Date
  }[]
  total: number
  from: number
  size: number
  /** Mail goes out for real; what is listed is older. */
  is_smtp: boolean
  own_url: string
  time_zone: string
}

export function OutboxPage({ t, language, mails, total, from, size, is_smtp, own_url, time_zone }: OutboxPageProps) {
  return (
    <div className="max-w-3xl">
      <PageHead title={t('nav.outbox')} lead={t('outbox.lead')} />
      {is_smtp && <Alert kind="info" title={t('outbox.smtp')} />}
      {mails.length === 0 && (
        <EmptyState icon="mail" title={t('outbox.none')}>
          {t('outbox.none_text')}
        </EmptyState>
      )}
      <div className="space-y-3">
        {mails.map((mail, index) => (
          <details
            key={mail.mail_id}
            className="bg-base-100 rounded-box border-base-300 border"
            open={from === 0 && index === 0}
          >
            <summary className="cursor-pointer p-4">
              <span className="font-semibold break-words" lang={mail.language}>
                {mail.subject}
              </span>
              <span className="mt-1 block text-sm break-words">
                {t('outbox.to', { address: mail.to_address })} · {formatDateTime(language, mail.sent_at, time_zone)}
              </span>
            </summary>
            <div className="border-base-300 border-t p-4 break-words whitespace-pre-wrap" lang={mail.language}>
              <WithLinks text={mail.body_text} own_url={own_url} />
            </div>
          </details>
        ))}
      </div>
      <Pagination
        t={t}
        from={from}
        shown={mails.length}
        total={total}
        size={size}
        href={(next) => `/outbox?from=${next}`}
      />
    </div>
  )
}

/** Addresses of ours can be pressed; others stay text. */
function WithLinks({ text, own_url }: { text: string; own_url: string }) {
  return text.split(/(https?:\/\/\S+)/).map((part, index) =>
    part.startsWith(`${own_url}/`) ? (
      // The parts of one text never change places.
      <a key={index} href={part.slice(own_url.length)} className="link break-all">
        {part}
      </a>
    ) : (
      part
    ),
  )
}

import type { Selectable } from 'kysely'
import { formatDateTime } from '../../../platform/i18n/formats.ts'
import type { Language } from '../../../platform/i18n/languages.ts'
import type { MailUnsentTable } from '../../../platform/mail/deliver.ts'
import type { KeptFile } from '../../../platform/mail/mailer.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Alert, Badge, Card, EmptyState, PageHead, Pagination } from '../../../platform/ui/components.tsx'
import '../messages.ts'

interface OutboxPageProps {
  t: Translate
  language: Language
  mails: readonly {
    mail_id: string
    to_address: string
    subject: string
    body_text: string
    body_html: string | null
    calendar: string | null
    picture: string | null
    files: KeptFile[] | null
    language: string
    sent_at: Date
  }[]
  /** What the mail server did not take. */
  unsent: readonly Selectable<MailUnsentTable>[]
  now: Date
  total: number
  from: number
  size: number
  /** Mail goes out for real; what is listed is older. */
  is_smtp: boolean
  own_url: string
  time_zone: string
}

export function OutboxPage(props: OutboxPageProps) {
  const { t, language, mails, total, from, size, is_smtp, own_url, time_zone } = props
  return (
    <div className="max-w-3xl">
      <PageHead title={t('nav.outbox')} lead={t('outbox.lead')} />
      {is_smtp && <Alert kind="info" title={t('outbox.smtp')} />}
      <Unsent {...props} />
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
              {mail.body_html && (
                <p className="mb-4" lang={language}>
                  <a className="link" href={`/outbox/${mail.mail_id}`}>
                    {t('outbox.as_seen')}
                  </a>
                </p>
              )}
              <WithLinks text={mail.body_text} own_url={own_url} />
              {mail.picture && <img src={mail.picture} alt="" className="mt-4 w-44 bg-white p-2" />}
              {mail.files?.map(({ name, type, content }) => (
                <p key={name} className="mt-4" lang={language}>
                  <a className="link" href={`data:${type};base64,${content}`} download={name}>
                    {t('outbox.file', { name })}
                  </a>
                </p>
              ))}
              {mail.calendar && (
                <details className="mt-4">
                  <summary lang={language}>{t('outbox.calendar')}</summary>
                  <pre className="overflow-x-auto text-xs">{mail.calendar}</pre>
                </details>
              )}
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

/** The queue tries for about three days (25 times, each pause longer). */
const tried_for_ms = 4 * 86_400_000

function Unsent({ t, language, unsent, now, time_zone }: OutboxPageProps) {
  if (unsent.length === 0) return null
  return (
    <Card title={t('outbox.unsent')} lead={t('outbox.unsent_lead')} id="unsent">
      <ul className="divide-base-300 divide-y">
        {unsent.map((mail) => {
          const is_over = mail.is_final || now.getTime() - mail.first_at.getTime() > tried_for_ms
          return (
            <li key={mail.mail_key} className="py-3 first:pt-0 last:pb-0">
              <p className="font-semibold break-words" lang={mail.language}>
                {mail.subject}
              </p>
              <p className="text-sm break-words">
                {t('outbox.to', { address: mail.to_address })} · {formatDateTime(language, mail.last_at, time_zone)} ·{' '}
                {t('outbox.tries', { count: mail.tries })}
              </p>
              <p className="mt-1">
                <Badge kind={is_over ? 'error' : 'warning'}>{t(is_over ? 'outbox.given_up' : 'outbox.waiting')}</Badge>{' '}
                {t(`outbox.problem.${mail.problem}`)}
              </p>
              <p className="text-sm break-words" lang="en">
                {mail.answer}
              </p>
            </li>
          )
        })}
      </ul>
    </Card>
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

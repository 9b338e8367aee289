import { formatDate } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Badge } from '../../../../platform/ui/components.tsx'
import { QrCode } from '../../../../platform/ui/qr.tsx'
import { PersonName } from '../../pages/person-name.tsx'
import { shownName } from '../../rules.ts'
import { kindsText } from './print.ts'
import type { Card } from './queries.ts'

interface CardPageProps {
  t: Translate
  card: Card
  address: string
  /** Address of the card as a picture. */
  picture: string
}

/** The card on the phone: who reads its code with another phone sees the same page. */
export function CardPage({ t, card, address, picture }: CardPageProps) {
  return (
    <section className="bg-base-100 rounded-box border-base-300 mx-auto max-w-sm border p-6 text-center">
      <h1 className="text-sm font-semibold">{t('membership.card.title')}</h1>
      <p className="mt-3 text-2xl font-bold">
        <PersonName name={shownName(card.name, card.name_hangul, t.language)} is_quiet />
      </p>
      <p className="mt-2">{kindsText(t, card)}</p>
      <p className="my-3">
        <Badge kind={card.is_good ? 'success' : 'error'}>
          {t(card.is_good ? 'membership.card.good' : 'membership.card.not_good')}
        </Badge>
      </p>
      {card.is_good && card.paid_until && (
        <p>{t('membership.dues.until', { date: formatDate(t.language, card.paid_until) })}</p>
      )}
      <div className="mt-4">
        <QrCode text={address} label={t('membership.card.code')} />
      </div>
      <p className="mt-4 print:hidden">
        <a className="btn" href={picture} download="member-card.png">
          {t('membership.card.picture')}
        </a>
      </p>
    </section>
  )
}

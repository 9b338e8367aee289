import type { Translate } from '../../../../platform/i18n/messages.ts'
import '../messages.ts'
import type { Official } from '../queries.ts'

/** A term that a steward entered by mistake goes again. */
export function TakeBack({ t, official }: { t: Translate; official: Pick<Official, 'official_id' | 'office'> }) {
  return (
    <form method="post" action={`/officials/${official.official_id}/take-back`}>
      <button
        className="btn"
        aria-label={t('officials.take_back_of', { office: t(`officials.office.${official.office}`) })}
      >
        {t('officials.take_back')}
      </button>
    </form>
  )
}

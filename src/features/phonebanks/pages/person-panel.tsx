import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import { Card } from '../../../platform/ui/components.tsx'
import type { PhoneBank } from '../dashboard.ts'
import '../messages.ts'

interface Props {
  t: Translate
  voter_id: number
  banks: readonly Pick<PhoneBank, 'phone_bank_id' | 'name'>[]
}

/** On a profile: for each running phone bank, the way to why this voter is called there or not. */
export function PhoneBanksPanel({ t, voter_id, banks }: Props) {
  if (banks.length === 0) return null
  return (
    <Card title={t('phonebanks.person_panel')} lead={t('phonebanks.person_panel_lead')} id="phonebanks">
      <ul>
        {banks.map(({ phone_bank_id, name }) => (
          <li key={phone_bank_id}>
            <a
              href={`/phonebanks/${phone_bank_id}/voters/${voter_id}`}
              className="link inline-flex min-h-8 items-center"
            >
              {localized(name, t.language).text}
            </a>
          </li>
        ))}
      </ul>
    </Card>
  )
}

import { formatPhone } from '../../platform/i18n/formats.ts'
import { isCostly } from '../voterfile/rules/costly.ts'

/** A telephone number one can tap; not one that costs whoever rings it. */
export function PhoneLink({ phone, className = 'font-semibold tabular-nums' }: { phone: string; className?: string }) {
  if (isCostly(phone)) return <span className={`${className} whitespace-nowrap`}>{formatPhone(phone)}</span>
  return (
    <a href={`tel:${phone}`} className={`${className} whitespace-nowrap`}>
      {formatPhone(phone)}
    </a>
  )
}

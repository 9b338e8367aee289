import type { MailAddress } from '../address/schema.ts'

/** By this a home is known in lists of those who want no more paper, and two spellings of one address are one: '# 3B' is 'APT 3B'. */
export const addressKey = ({ delivery, unit, zip5 }: Pick<MailAddress, 'delivery' | 'unit' | 'zip5'>): string =>
  `${delivery}|${(unit ?? '').replace(/^(APT|#) /, '')}|${zip5}`

import type { Translate } from '../../../platform/i18n/messages.ts'
import { zoneText } from '../../events/when.ts'
import { momentText, wordsOf } from '../reading.ts'
import './messages.ts'
import type { Slot } from './queries.ts'

/** Day, time, zone and length. */
export const whenOf = (t: Translate, { starts_at, minutes }: Pick<Slot, 'starts_at' | 'minutes'>, time_zone: string): string =>
  t('interviews.when', { when: momentText(t, starts_at, time_zone), zone: zoneText(wordsOf(t), time_zone, starts_at), minutes }) // prettier-ignore

export const whereOf = ({ place, online_link }: Pick<Slot, 'place' | 'online_link'>): string =>
  [place, online_link].filter(Boolean).join(' · ')

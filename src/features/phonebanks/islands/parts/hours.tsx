import { useEffect, useState } from 'react'
import { dateIn } from '../../../../platform/clock.ts'
import { formatDateTime, formatTime } from '../../../../platform/i18n/formats.ts'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { Icon } from '../../../../platform/ui/icon.tsx'
import { placeOf } from '../../rules.ts'
import type { CallCard } from '../../schema.ts'
import type { Desk } from './desk.ts'
import type { DeskState } from './desk-state.ts'
import { standingOf } from './times.ts'
import { shownName } from './names.ts'

/** Where the voter lives; cards kept by an older page do not say. */
export const placeOfCard = (card: Partial<Pick<CallCard, 'place'>>, state: DeskState): string =>
  card.place ?? state.session.organization.time_zone

const look_every_ms = 5_000

/** Whether the voter's home may be called now. Looks at the clock again and again, so that the page closes by itself. */
export function useHours(card: CallCard, state: DeskState, desk: Desk): ReturnType<typeof standingOf> {
  const place = placeOfCard(card, state)
  const { hours } = state.session.phone_bank
  const [, setLooked] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setLooked((times) => times + 1), look_every_ms)
    return () => clearInterval(timer)
  }, [])
  return standingOf(place, hours, desk.time())
}

interface Props {
  t: Translate
  card: CallCard
  state: DeskState
  desk: Desk
  opens_at: Date | null
}

/** In place of the number. */
export function OutsideHours({ t, card, state, desk, opens_at }: Props) {
  const { zone } = placeOf(placeOfCard(card, state))
  const now = desk.time()
  const name = shownName(card, t.language)
  const isToday = opens_at !== null && dateIn(zone, opens_at) === dateIn(zone, now)
  return (
    <div className="border-warning mt-5 flex gap-3 rounded-lg border-2 p-4" data-outside-hours role="status">
      <Icon name="clock" size={28} />
      <div>
        <p className="font-bold">{t('console.outside_hours', { name, time: formatTime(t.language, now, zone) })}</p>
        <p className="mt-1">
          {opens_at
            ? t('console.outside_hours_until', {
                when: isToday ? formatTime(t.language, opens_at, zone) : formatDateTime(t.language, opens_at, zone),
              })
            : t('console.outside_hours_over')}
        </p>
      </div>
    </div>
  )
}

import type { Translate } from '../../../platform/i18n/messages.ts'
import { seatsTaken, type Event, type ResponseCounts } from '../queries.ts'

/** How many have a seat, of how many, and who waits. */
export function SeatsText({ t, event, counts }: { t: Translate; event: Event; counts: ResponseCounts | undefined }) {
  const count = seatsTaken(counts)
  const waiting = counts?.wait_listed ?? 0
  return (
    <p className="mt-2 text-sm">
      {event.capacity === null
        ? t('events.seats_taken', { count })
        : t('events.seats_taken_of', { count, capacity: event.capacity })}
      {waiting > 0 && ` · ${t('events.waiting_count', { count: waiting })}`}
    </p>
  )
}

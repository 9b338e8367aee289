import type { Actor } from '../../platform/actor.ts'
import type { Db } from '../../platform/db/db.ts'
import { changeEvent, createEvent } from './commands.ts'

export interface OpenedEvent {
  capacity?: number
  has_wait_list?: boolean
  /** To say yes to a seat that becomes free; 0: they have it at once. */
  accept_hours?: number
  is_by_invitation?: boolean
  kind?: string
  needs_approval?: boolean
  /** Hours until each shift, of two hours. */
  hours?: readonly number[]
}

/** A published event for tests of other rooms: in two days unless said otherwise, at one place. */
export async function makeEvent(db: Db, actor: Actor, more: OpenedEvent, now: Date): Promise<string> {
  const { capacity = null, has_wait_list = false, is_by_invitation = false, needs_approval = false } = more
  const { hours = [48], accept_hours = 0, kind = 'town_hall' } = more
  const place = {
    name: { en: 'Library', ko: '도서관' },
    address: '41-17 Main St',
    city: 'Flushing',
    zip5: '11355',
    directions: {},
  }
  const { event_id } = await createEvent(
    db,
    actor,
    {
      settings: {
        ...{ kind, time_zone: 'America/New_York', online_link: null, guests_most: 0, accept_hours },
        ...{ capacity, has_wait_list, is_by_invitation, needs_approval, reminder_hours: [] },
      },
      content: {
        ...{ title: { en: 'Town hall', ko: '주민 간담회' }, summary: {}, access: {}, spoken: {}, details: {} },
        ...{ questions: [], consent: {} },
      },
      shifts: hours.map((each) => {
        const starts_at = new Date(now.getTime() + each * 3_600_000)
        const ends_at = new Date(starts_at.getTime() + 7_200_000)
        return { shift_id: null, name: {}, capacity: null, place, starts_at, ends_at }
      }),
    },
    now,
  )
  await changeEvent(db, actor, event_id, 'publish', now)
  return event_id
}

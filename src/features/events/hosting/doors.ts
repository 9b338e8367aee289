import type { Actor } from '../../../platform/actor.ts'
import { addDays, dateIn } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/db/db.ts'
import { delegate } from '../../access/delegations/commands.ts'
import { delegatedAt } from '../../access/delegations/queries.ts'
import { organizationById, type Event } from '../queries.ts'
import { hostOf } from './queries.ts'

/** The door of an event that is on another day now stays with its host, as long as nobody has taken it from them. */
export async function keepHost(tx: Db, actor: Actor, event: Event, now: Date): Promise<void> {
  const { organization_id, event_id } = event
  const host = await hostOf(tx, organization_id, event_id)
  if (!host?.user_id) return
  const at = await delegatedAt(tx, organization_id, { user_id: host.user_id, what: 'door' }, now)
  if (at !== 'all' && at.includes(event_id)) await lendDoor(tx, actor, event, host.user_id, now)
}

/** Until the day after, for whoever is marked later. */
export async function lendDoor(tx: Db, actor: Actor, event: Event, user_id: string, now: Date): Promise<void> {
  const { time_zone } = await organizationById(tx, event.organization_id)
  const from_on = dateIn(time_zone, now)
  const last = addDays(dateIn(time_zone, event.ends_at), 1)
  const until_on = last > from_on ? last : from_on
  await delegate(tx, actor, { user_id, what: 'door', from_on, until_on, event_ids: [event.event_id] }, now)
}

import type { Actor } from '../../../platform/actor.ts'
import { trueTime } from '../../../platform/clock.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { addNote } from '../../people/commands.ts'
import { lockArrivals } from '../../people/arrivals/commands.ts'
import { isCardCode } from '../../people/membership/card/queries.ts'
import { e164 } from '../../voterfile/rules/phones.ts'
import { lockEvent, markAttendance, walkIn, type Marked } from '../commands.ts'
import { signupById, type SignupRow } from '../queries.ts'
import { signupOfPerson, signupOfTicket } from './queries.ts'
import { inTheWay } from './rules.ts'
import type { ComeIn, DoorAct, DoorDone, Mark, Outcome } from './schema.ts'

interface AtDoor {
  event_id: string
  /** Of the installation: by it a member's card is known. */
  secret: string
  sent_at: string
  now: Date
}

/** Does what was done at a door, in its order. What was sent before is not done again; its answer is given once more. */
export async function doAtDoor(db: Db, actor: Actor, acts: readonly DoorAct[], at_door: AtDoor): Promise<DoorDone[]> {
  const done: DoorDone[] = []
  for (const act of acts) done.push(await doOnce(db, actor, act, at_door))
  return done
}

interface Done {
  outcome: Outcome
  signup_id: string | null
  since?: Marked['since']
}

function doOnce(db: Db, actor: Actor, act: DoorAct, at_door: AtDoor): Promise<DoorDone> {
  const { organization_id } = actor
  const { event_id, now } = at_door
  return inTransaction(db, async (tx) => {
    // In the order of whoever signs up: nobody waits for somebody who waits for them.
    if (act.kind === 'walk_in' || (act.kind === 'mark' && 'card' in act.who)) await lockArrivals(tx, organization_id)
    await lockEvent(tx, organization_id, event_id)
    const before = await tx
      .selectFrom('event_door_act')
      .select(['outcome', 'signup_id', 'since', 'since_by'])
      .where('organization_id', '=', organization_id)
      .where('act_id', '=', act.act_id)
      .executeTakeFirst()
    if (before) return { act_id: act.act_id, ...before, since: before.since?.toISOString() ?? null }
    const at = trueTime(act.at, at_door.sent_at, now)
    const { outcome, signup_id, since = null } = await doIt(tx, actor, act, { ...at_door, now: at })
    const row = { act_id: act.act_id, outcome, signup_id, since: since?.at ?? null, since_by: since?.by ?? null }
    await tx
      .insertInto('event_door_act')
      .values({ ...row, organization_id, event_id, at, made_by: actor.name, received_at: now })
      .execute()
    return { ...row, since: row.since?.toISOString() ?? null }
  })
}

async function doIt(tx: Db, actor: Actor, act: DoorAct, at_door: AtDoor): Promise<Done> {
  if (act.kind === 'walk_in') return comeIn(tx, actor, act, at_door)
  if (act.kind === 'mark') return letIn(tx, actor, act, at_door)
  const { event_id, now } = at_door
  const mark = { signup_id: act.signup_id, shift_id: act.shift_id, attendance: 'undo' as const, guests: 0 }
  if (!(await signupById(tx, actor.organization_id, event_id, act.signup_id)))
    return { outcome: 'unknown_code', signup_id: null }
  await markAttendance(tx, actor, event_id, mark, now)
  return { outcome: 'done', signup_id: act.signup_id }
}

const outcomeOf = ({ signup_id, since }: Marked): Done => ({ outcome: since ? 'already' : 'done', signup_id, since })

async function letIn(tx: Db, actor: Actor, act: Mark, at_door: AtDoor): Promise<Done> {
  const { event_id, now } = at_door
  const { who, shift_id } = act
  const meant = await whoIsMeant(tx, actor, who, at_door)
  if ('outcome' in meant) return meant
  if ('person_id' in meant) {
    // A member who had not signed up: there all the same.
    const guest = { signup_id: act.act_id, shift_id, said: null, person_id: meant.person_id, language: 'en' }
    return outcomeOf(await walkIn(tx, actor, event_id, guest, now))
  }
  const { signup } = meant
  // By a person on its list, the device has decided already: they are inside.
  const isDecided = 'signup_id' in who || act.is_let_in
  if (!isDecided && inTheWay(signup, shift_id)) return { outcome: 'ask', signup_id: signup.signup_id }
  const guests = act.guests ?? signup.guests
  const mark = { signup_id: signup.signup_id, shift_id, attendance: 'attended' as const, guests }
  return outcomeOf(await markAttendance(tx, actor, event_id, mark, now))
}

async function whoIsMeant(
  tx: Db,
  { organization_id }: Actor,
  who: Mark['who'],
  { event_id, secret }: AtDoor,
): Promise<{ signup: SignupRow } | { person_id: string } | Done> {
  const found = async (signup_id: string | null): Promise<{ signup: SignupRow } | null> => {
    const signup = signup_id === null ? undefined : await signupById(tx, organization_id, event_id, signup_id)
    return signup ? { signup } : null
  }
  const unknown: Done = { outcome: 'unknown_code', signup_id: null }
  if ('signup_id' in who) return (await found(who.signup_id)) ?? unknown
  if ('ticket' in who) {
    const of = await signupOfTicket(tx, organization_id, who.ticket)
    if (of && of.event_id !== event_id) return { outcome: 'other_event', signup_id: null }
    return (await found(of?.signup_id ?? null)) ?? unknown
  }
  const { person_id, card } = who
  if (!isCardCode(secret, organization_id, person_id, card)) return { outcome: 'card_wrong', signup_id: null }
  return (await found(await signupOfPerson(tx, organization_id, event_id, person_id))) ?? { person_id }
}

async function comeIn(tx: Db, actor: Actor, act: ComeIn, { event_id, now }: AtDoor): Promise<Done> {
  const { signup_id, shift_id, language, first_name, last_name, name_hangul } = act
  const [phone, email] = [e164(act.phone), emailIn(act.email)]
  const said = { first_name, last_name, name_hangul, phone, email }
  const marked = await walkIn(tx, actor, event_id, { signup_id, shift_id, said, person_id: null, language }, now)
  // Typed in a hurry, out of reach of whoever could be told: kept as it stands.
  const unread = [phone ? '' : act.phone, email ? '' : act.email].filter(Boolean).join(', ')
  const row = unread ? await signupById(tx, actor.organization_id, event_id, marked.signup_id) : undefined
  if (row) await addNote(tx, actor, row.person_id, unread)
  return outcomeOf(marked)
}

const emailIn = (text: string): string | null => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? text.toLowerCase() : null)

import type { Actor } from '../../../platform/actor.ts'
import { trueTime } from '../../../platform/clock.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { addNote } from '../../people/commands.ts'
import { lockArrivals } from '../../people/arrivals/commands.ts'
import { isCardCode } from '../../people/membership/card/queries.ts'
import { e164 } from '../../voterfile/rules/phones.ts'
import { markAttendance, markOf, walkIn, type Marked } from '../attendance/commands.ts'
import { lockEvent } from '../seats/commands.ts'
import { signupById, type SignupRow } from '../queries.ts'
import { takeMoney } from '../orders/commands.ts'
import { signupOfPerson, signupOfTicket } from './queries.ts'
import { inTheWay } from './rules.ts'
import type { ComeIn, DoorAct, DoorDone, Mark, Outcome, Pay, TakeBack } from './schema.ts'

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
  attendance_id?: number | null
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
    const {
      outcome,
      signup_id,
      since = null,
      attendance_id = null,
    } = await doIt(tx, actor, act, { ...at_door, now: at })
    const is_other = act.kind === 'walk_in' && act.signup_id !== signup_id
    const row = { act_id: act.act_id, outcome, signup_id, since: since?.at ?? null, since_by: since?.by ?? null }
    await tx
      .insertInto('event_door_act')
      .values({
        ...row,
        sent_signup_id: is_other ? act.signup_id : null,
        attendance_id,
        organization_id,
        event_id,
        at,
        made_by: actor.name,
        received_at: now,
      })
      .execute()
    return { ...row, since: row.since?.toISOString() ?? null }
  })
}

async function doIt(tx: Db, actor: Actor, act: DoorAct, at_door: AtDoor): Promise<Done> {
  if (act.kind === 'walk_in') return comeIn(tx, actor, act, at_door)
  if (act.kind === 'mark') return letIn(tx, actor, act, at_door)
  if (act.kind === 'pay') return pay(tx, actor, act, at_door)
  return takeBack(tx, actor, act, at_door)
}

const outcomeOf = ({ signup_id, since, attendance_id }: Marked): Done => ({
  outcome: since ? 'already' : 'done',
  signup_id,
  since,
  attendance_id,
})

async function pay(tx: Db, actor: Actor, act: Pay, { event_id, now }: AtDoor): Promise<Done> {
  const signup = await signupSent(tx, actor.organization_id, event_id, act.signup_id)
  if (!signup) return { outcome: 'unknown_code', signup_id: null }
  const { signup_id } = signup
  const taken = { entry_id: act.act_id, signup_id, way: act.way, reference: null, is_in_hand: true }
  const done = await takeMoney(tx, actor, event_id, taken, now)
  return { outcome: done.ok ? 'done' : 'paid_already', signup_id }
}

/** Undone is what its sender did or saw: what another door said since stays. */
async function takeBack(tx: Db, actor: Actor, act: TakeBack, { event_id, now }: AtDoor): Promise<Done> {
  const { organization_id } = actor
  const { shift_id, of_act } = act
  const signup = await signupSent(tx, organization_id, event_id, act.signup_id)
  // An act that came to nothing has nothing to take back.
  if (!signup) return { outcome: of_act ? 'done' : 'unknown_code', signup_id: null }
  const { signup_id } = signup
  const mark = await markOf(tx, organization_id, signup_id, shift_id)
  const undone = of_act && (await actDone(tx, organization_id, of_act))
  const isMeant = of_act ? undone && mark?.attendance_id === undone.attendance_id : mark && mark.at <= now
  if (isMeant) await markAttendance(tx, actor, event_id, { signup_id, shift_id, attendance: 'undo', guests: 0 }, now)
  return { outcome: 'done', signup_id }
}

const actDone = (tx: Db, organization_id: string, act_id: string) =>
  tx
    .selectFrom('event_door_act')
    .select('attendance_id')
    .where('organization_id', '=', organization_id)
    .where('act_id', '=', act_id)
    .executeTakeFirst()

/** By its id, or by one that a device made for somebody who turned out to be signed up. */
async function signupSent(
  tx: Db,
  organization_id: string,
  event_id: string,
  signup_id: string,
): Promise<SignupRow | undefined> {
  const signup = await signupById(tx, organization_id, event_id, signup_id)
  if (signup) return signup
  const known = await tx
    .selectFrom('event_door_act')
    .select('signup_id')
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', event_id)
    .where('sent_signup_id', '=', signup_id)
    .executeTakeFirst()
  return known?.signup_id ? signupById(tx, organization_id, event_id, known.signup_id) : undefined
}

async function letIn(tx: Db, actor: Actor, act: Mark, at_door: AtDoor): Promise<Done> {
  const { event_id, now } = at_door
  const { who, shift_id } = act
  const meant = await whoIsMeant(tx, actor, who, at_door)
  if ('outcome' in meant) return meant
  if ('person_id' in meant) {
    // A member who had not signed up: there all the same, written to in their own language.
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
    const signup = signup_id === null ? undefined : await signupSent(tx, organization_id, event_id, signup_id)
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

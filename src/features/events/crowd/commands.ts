import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { auditAll } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import {
  lockArrivals,
  makeEach,
  receivePerson,
  seeEach,
  type Arrival,
  type Seen,
} from '../../people/arrivals/commands.ts'
import { recordConsents } from '../../people/commands.ts'
import { withStoppedMailbox } from '../../people/consent.ts'
import {
  askedFor,
  auditedSignUp,
  chosenShifts,
  keepConsents,
  nobody,
  nowhere,
  signUp,
  signUpEvidence,
  titleOf,
  type SentSignUp,
  type SignedUp,
} from '../commands.ts'
import { putGuardian } from '../guardians/commands.ts'
import { sells } from '../orders/queries.ts'
import { keepCameBy } from '../partners/commands.ts'
import { everAmong, roomIn, type Event } from '../queries.ts'
import { answerTo, hasRoom, standingOf, without } from '../rules.ts'
import { openResponses, responseRules, type EventResponse, type Said } from '../schema.ts'
import { askedMails } from '../seats/commands.ts'

export interface Sending {
  actor: Actor
  event_id: string
  sent: SentSignUp
  now: Date
}

/**
 * Signs up a crowd in the order it came, each with what `signUp` answers. Whoever asks for no more than a seat and is plainly
 * somebody we know, with something new or not, or nobody, is written with all others like them in a few statements; everybody else one by one, between them.
 */
export function signUpTogether(db: Db, all: readonly Sending[]): Promise<SignedUp[]> {
  return inTransaction(db, async (tx) => {
    const answers: SignedUp[] = []
    const one = async ({ actor, event_id, sent, now }: Sending) => void answers.push(await signUp(tx, actor, event_id, sent, now)) // prettier-ignore
    // No more are looked at than go along, or it would be all of them again for each that does not.
    let ahead = all.length
    while (answers.length < all.length) {
      const rest = all.slice(answers.length, answers.length + ahead)
      const { plain, alone } = await plainOf(tx, rest)
      if (plain.length > 1) answers.push(...(await signUpPlain(tx, plain)))
      else for (const each of plain) await one(each)
      const first = rest.slice(plain.length, plain.length + Math.max(alone, plain.length > 0 ? 0 : 1))
      for (const each of first) await one(each)
      ahead = Math.max(least_ahead, 2 * (plain.length + alone))
    }
    return answers
  })
}

const least_ahead = 8

interface Plain extends Sending {
  who: NonNullable<Seen['who']>
}

/**
 * Those at the beginning who can be written at once: none of them changes what another one comes to, but for the seats. `alone`: so
 * many after them are no such, whatever comes before them.
 */
async function plainOf(tx: Db, all: readonly Sending[]): Promise<{ plain: Plain[]; alone: number }> {
  const alike = alikeOf(all)
  const [first] = alike
  if (!first || alike.length < 2) return { plain: [], alone: 1 }
  const { organization_id } = first.actor
  await lockArrivals(tx, organization_id)
  if (await sells(tx, organization_id, first.event_id)) return { plain: [], alone: alike.length }
  const seen = await seeEach(tx, organization_id, alike.map(({ sent }) => arrivalOf(sent.said))) // prettier-ignore
  const known = seen.flatMap(({ who }) => (who && who !== 'nobody' ? [who.person_id] : []))
  const signedUp = await openAmong(tx, organization_id, first.event_id, known)
  const plain: Plain[] = []
  const near = new Set<string>()
  for (const [nth, sending] of alike.entries()) {
    const found = seen[nth]
    if (!found || !isPlain(found, signedUp) || found.near.some((id) => near.has(id))) break
    for (const id of found.near) near.add(id)
    plain.push({ ...sending, who: found.who })
  }
  const others = seen.slice(plain.length)
  const end = others.findIndex((found) => isPlain(found, signedUp))
  return { plain, alone: end === -1 ? others.length : end }
}

const isPlain = (found: Seen, signedUp: ReadonlySet<string>): found is Seen & Pick<Plain, 'who'> =>
  found.who !== null && (found.who === 'nobody' || !signedUp.has(found.who.person_id))

/** Those at the beginning who ask one event for a seat alone, no two with one mailbox, number or id. */
function alikeOf(all: readonly Sending[]): readonly Sending[] {
  const taken = new Set<string>()
  const end = all.findIndex(({ actor, event_id, sent }) => {
    const { organization_id, id, name } = actor
    const isOfAnother =
      event_id !== all[0]?.event_id ||
      JSON.stringify([organization_id, id, name]) !== JSON.stringify([all[0].actor.organization_id, all[0].actor.id, all[0].actor.name]) // prettier-ignore
    const own = [sent.signup_id, sent.said.email?.toLowerCase() ?? [], sent.said.phone ?? []].flat()
    if (isOfAnother || sent.order || sent.invitation || own.some((each) => taken.has(each))) return true
    for (const each of own) taken.add(each)
    return false
  })
  return end === -1 ? all : all.slice(0, end)
}

const arrivalOf = (said: Said): Arrival => ({ ...nowhere, ...said, language: null })

/** Those of these people, whoever they were before, who have signed up or were invited. */
async function openAmong(
  tx: Db,
  organization_id: string,
  event_id: string,
  person_ids: readonly string[],
): Promise<Set<string>> {
  if (person_ids.length === 0) return new Set()
  const { rows } = await sql<{ person_id: string }>`
    select distinct w.person_id from ${everAmong(organization_id, person_ids)} as w (person_id, ever_id)
    join event_signup s on s.organization_id = ${organization_id}::uuid and s.person_id = w.ever_id
    where s.event_id = ${event_id}::uuid and s.response = any(${[...openResponses]}::text[])`.execute(tx)
  return new Set(rows.map(({ person_id }) => person_id))
}

interface Accepted extends Plain {
  response: EventResponse
  seats: number
  shift_ids: string[]
}

async function signUpPlain(tx: Db, plain: readonly Plain[]): Promise<SignedUp[]> {
  const [{ actor, event_id }] = plain as [Plain, ...Plain[]] // more than one
  const { organization_id } = actor
  const { event, shifts } = await askedFor(tx, organization_id, event_id)
  const before = await tx
    .selectFrom('event_signup')
    .select(['signup_id', 'response'])
    .where('organization_id', '=', organization_id)
    .where('event_id', '=', event_id)
    .where('signup_id', '=', sql<string>`any(${plain.map(({ sent }) => sent.signup_id)}::uuid[])`)
    .execute()
  const again = new Map(before.map(({ signup_id, response }) => [signup_id, response]))
  let room = await roomIn(tx, event, shifts)
  const accepted: Accepted[] = []
  const answers = plain.map((each): SignedUp => {
    const { sent, now } = each
    const { signup_id } = sent
    const had = again.get(signup_id)
    if (had) return { ok: true, signup_id, response: had, is_new: false, is_theirs: true }
    if (standingOf(event, now) !== 'open') return { ok: false, problem: 'closed' }
    const shift_ids = chosenShifts(shifts, sent.shift_ids, now)
    if (!shift_ids) return { ok: false, problem: 'shift' }
    const party = { signup_id, seats: 1 + sent.guests + sent.named.length, shift_ids }
    const response = answerTo(event, { has_room: hasRoom(room, party), is_invited: false })
    if (response === null) return { ok: false, problem: 'full' }
    if (responseRules[response].holds_seat) room = without(room, party)
    accepted.push({ ...each, ...party, response })
    return { ok: true, signup_id, response, is_new: true, is_theirs: true }
  })
  if (accepted.length > 0) await keep(tx, actor, event, accepted)
  return answers
}

/** Writes down what was accepted; whoever is nobody yet becomes a person, and so do guests with a name. */
async function keep(tx: Db, actor: Actor, event: Event, accepted: readonly Accepted[]): Promise<void> {
  const { organization_id, event_id } = event
  const title = titleOf(event)
  const unknown = accepted.flatMap(({ who, sent }) => [
    ...(who === 'nobody' ? [arrivalOf(sent.said)] : []),
    ...sent.named.map((named) => arrivalOf({ ...nobody, ...named })),
  ])
  const made = (await (unknown.length > 0 ? makeEach(tx, actor, unknown, title) : Promise.resolve([]))).values()
  const parties = accepted.map((each) => ({
    ...each,
    person_id: each.who === 'nobody' ? (made.next().value ?? '') : each.who.person_id,
    guests: each.sent.named.map((named) => ({ named, signup_id: randomUUID(), person_id: made.next().value ?? '' })),
  }))
  for (const { who, sent } of parties)
    if (who !== 'nobody' && who.has_more) await receivePerson(tx, actor, arrivalOf(sent.said), title)

  const rows = parties.flatMap(({ sent, now, response, seats, person_id, guests }) => {
    const of = { response, source: sent.source, language: sent.language, at: now }
    return [
      {
        ...of,
        signup_id: sent.signup_id,
        person_id,
        seats,
        guests: sent.guests,
        said: sent.said,
        answers: sent.answers,
        is_minor: sent.is_minor ?? false,
        mail_to: sent.said.email,
      },
      ...guests.map((guest) => ({
        ...of,
        signup_id: guest.signup_id,
        person_id: guest.person_id,
        host_signup_id: sent.signup_id,
        seats: 0,
        guests: 0,
        said: { ...nobody, ...guest.named },
        answers: {},
        is_minor: false,
      })),
    ]
  })
  await sql`insert into event_signup (organization_id, event_id, signup_id, person_id, host_signup_id, seats, guests, response, source, language,
      said, answers, is_minor, mail_to, told_at, received_at)
    select ${organization_id}::uuid, ${event_id}::uuid, signup_id, person_id, host_signup_id, seats, guests, response, source, language,
      said, answers, is_minor, mail_to, at, at
    from jsonb_to_recordset(${JSON.stringify(rows.map((row, nth) => ({ ...row, nth })))}::jsonb)
      as s (nth integer, signup_id uuid, person_id uuid, host_signup_id uuid, seats integer, guests integer, response text, source text, language text,
        said jsonb, answers jsonb, is_minor boolean, mail_to text, at timestamptz)
    order by nth`.execute(tx)
  const chosen = parties.flatMap(({ sent: { signup_id }, shift_ids }) => shift_ids.map((shift_id) => ({ signup_id, shift_id }))) // prettier-ignore
  await sql`insert into event_signup_shift (organization_id, signup_id, shift_id)
    select ${organization_id}::uuid, signup_id, shift_id
    from unnest(${chosen.map(({ signup_id }) => signup_id)}::uuid[], ${chosen.map(({ shift_id }) => shift_id)}::uuid[]) as x (signup_id, shift_id)`.execute(
    tx,
  )
  for (const { sent, now } of parties) {
    if (sent.came_by) await keepCameBy(tx, organization_id, sent.signup_id, sent.came_by, now)
    if (sent.guardian) await putGuardian(tx, actor, sent.signup_id, { ...sent.guardian, how: 'online' }, now)
  }
  await sql`insert into event_response (organization_id, signup_id, response, at, made_by)
    select ${organization_id}::uuid, signup_id, response, at, ${actor.name}::text
    from unnest(${rows.map(({ signup_id }) => signup_id)}::uuid[], ${rows.map(({ response }) => response)}::text[],
      ${rows.map(({ at }) => at)}::timestamptz[]) with ordinality as s (signup_id, response, at, nth) order by nth`.execute(
    tx,
  )
  // Only whoever we know may have said otherwise before, or somebody else of a mailbox that is new to us as theirs.
  const strangers = parties.flatMap(({ who, person_id, sent }) =>
    who === 'nobody' && sent.consents.some(({ channel }) => channel === 'email') ? [person_id] : [],
  )
  const stopped = await withStoppedMailbox(tx, actor.organization_id, strangers)
  const isNew = ({ who, person_id }: Accepted & { person_id: string }): boolean =>
    who === 'nobody' && !stopped.has(person_id)
  await recordConsents(
    tx,
    actor,
    parties.filter(isNew).flatMap(({ person_id, sent }) =>
      sent.consents.map(({ channel, wording }) => ({
        person_id,
        channel,
        is_given: true,
        evidence: signUpEvidence(title, wording),
      })),
    ),
  )
  for (const each of parties.filter((party) => !isNew(party)))
    await keepConsents(tx, actor, each.person_id, each.sent.consents, title)
  await auditAll(tx, actor, parties.map(({ person_id, response, seats, sent }) => auditedSignUp(event_id, { person_id, response, seats }, sent))) // prettier-ignore
  await askedMails(
    tx,
    event,
    parties.map(({ sent, now }) => ({
      signup_id: sent.signup_id,
      mail_to: sent.said.email,
      now,
      in_crowd: sent.in_crowd ?? false,
    })),
    'answer',
  )
}

import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { carryNames } from '../../targeting/events.ts'
import { giveRole } from '../held/commands.ts'
import { lockPerson } from '../ladder/commands.ts'
import { officesOf } from './queries.ts'
import { hasSeat, holdsOn, officeNames, type Term } from './rules.ts'
import type { BodyKind } from './schema.ts'

type Texts = Record<string, string>

interface NewOffice {
  name: Texts
  seats: number | null
  term_months: number | null
}

/** What a body of a kind has to begin with; all of it can be changed. */
const firstOffices: Record<BodyKind, readonly NewOffice[]> = {
  board: [
    { name: { en: 'Chair', ko: '이사장' }, seats: 1, term_months: 24 },
    { name: { en: 'Treasurer', ko: '재무' }, seats: 1, term_months: 24 },
    { name: { en: 'Board member', ko: '이사' }, seats: 7, term_months: 24 },
  ],
  committee: [
    { name: { en: 'Chair', ko: '위원장' }, seats: 1, term_months: 12 },
    { name: { en: 'Member', ko: '위원' }, seats: 7, term_months: 12 },
  ],
  chapter: [
    { name: { en: 'Lead', ko: '지부장' }, seats: 1, term_months: 12 },
    { name: { en: 'Member', ko: '지부 회원' }, seats: null, term_months: null },
  ],
}

export function makeBody(db: Db, actor: Actor, body: { kind: BodyKind; name: Texts }, now: Date): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const { body_id } = await tx
      .insertInto('body')
      .values({ organization_id, kind: body.kind, name: JSON.stringify(body.name), made_by: actor.name, made_at: now })
      .returning('body_id')
      .executeTakeFirstOrThrow()
    await tx
      .insertInto('body_office')
      .values(
        firstOffices[body.kind].map(({ name, ...office }, at) => ({
          organization_id,
          body_id,
          name: JSON.stringify(name),
          ...office,
          position: at + 1,
        })),
      )
      .execute()
    await audit(tx, actor, { action: 'body.make', subject: 'body', subject_id: body_id, after: { ...body } })
    return body_id
  })
}

/** Whoever asks for its offices in an expression goes on finding who holds them. */
export function renameBody(db: Db, actor: Actor, body_id: string, name: Texts): Promise<void> {
  return inTransaction(db, async (tx) => {
    const before = await lockBody(tx, actor, body_id)
    await tx
      .updateTable('body')
      .set({ name: JSON.stringify(name) })
      .where('organization_id', '=', actor.organization_id)
      .where('body_id', '=', body_id)
      .execute()
    await carryNames(tx, actor, before.kind, before.name, name)
    for (const office of await officesOf(tx, actor.organization_id, body_id))
      await carryNames(tx, actor, 'role', officeNames(before.name, office.name), officeNames(name, office.name))
    await audit(tx, actor, {
      action: 'body.rename',
      subject: 'body',
      subject_id: body_id,
      before: { name: before.name },
      after: { name },
    })
  })
}

/** Puts a body away, or gets it back (`archived_at` null); who held what in it stays to be read. */
export function archiveBody(db: Db, actor: Actor, body_id: string, archived_at: Date | null): Promise<void> {
  return inTransaction(db, async (tx) => {
    await lockBody(tx, actor, body_id)
    await tx
      .updateTable('body')
      .set({ archived_at })
      .where('organization_id', '=', actor.organization_id)
      .where('body_id', '=', body_id)
      .execute()
    await audit(tx, actor, {
      action: archived_at ? 'body.archive' : 'body.restore',
      subject: 'body',
      subject_id: body_id,
    })
  })
}

export function addOffice(db: Db, actor: Actor, body_id: string, office: NewOffice): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await lockBody(tx, actor, body_id)
    const { last } = await tx
      .selectFrom('body_office')
      .select((eb) => eb.fn.coalesce(eb.fn.max('position'), eb.lit(0)).as('last'))
      .where('organization_id', '=', organization_id)
      .where('body_id', '=', body_id)
      .executeTakeFirstOrThrow()
    const { office_id } = await tx
      .insertInto('body_office')
      .values({ organization_id, body_id, ...office, name: JSON.stringify(office.name), position: last + 1 })
      .returning('office_id')
      .executeTakeFirstOrThrow()
    await audit(tx, actor, { action: 'body.add_office', subject: 'body', subject_id: body_id, after: { ...office } })
    return office_id
  })
}

/** Another number of seats holds from now on; who holds the office keeps their term. */
export function changeOffice(db: Db, actor: Actor, office_id: string, office: NewOffice): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { body_id, name, seats, term_months } = await lockOffice(tx, actor, office_id)
    await tx
      .updateTable('body_office')
      .set({ ...office, name: JSON.stringify(office.name) })
      .where('organization_id', '=', actor.organization_id)
      .where('office_id', '=', office_id)
      .execute()
    const body = await lockBody(tx, actor, body_id)
    await carryNames(tx, actor, 'role', officeNames(body.name, name), officeNames(body.name, office.name))
    await carryNames(tx, actor, 'office', name, office.name, undefined, { kind: body.kind, name: body.name })
    await audit(tx, actor, {
      action: 'body.change_office',
      subject: 'body',
      subject_id: body_id,
      before: { name, seats, term_months },
      after: { ...office },
    })
    return body_id
  })
}

/** An office nobody is given any more, or again; who holds it keeps their term. */
export function archiveOffice(db: Db, actor: Actor, office_id: string, archived_at: Date | null): Promise<string> {
  return inTransaction(db, async (tx) => {
    const { body_id, name } = await lockOffice(tx, actor, office_id)
    await tx
      .updateTable('body_office')
      .set({ archived_at })
      .where('organization_id', '=', actor.organization_id)
      .where('office_id', '=', office_id)
      .execute()
    await audit(tx, actor, {
      action: archived_at ? 'body.archive_office' : 'body.restore_office',
      subject: 'body',
      subject_id: body_id,
      after: { name },
    })
    return body_id
  })
}

export type Seating = { ok: true; person_id: string } | { ok: false; problem: 'no_seat' | 'holds_already' }

/** Gives somebody an office for a term: elected or appointed. Sent twice it is one; never more hold it than there are seats. */
export function seat(db: Db, actor: Actor, office_id: string, who: string, term: Term, now: Date): Promise<Seating> {
  return inTransaction(db, async (tx): Promise<Seating> => {
    const { organization_id } = actor
    const person_id = await lockPerson(tx, actor, who)
    const office = await lockOffice(tx, actor, office_id)
    const body = await lockBody(tx, actor, office.body_id)
    found((office.archived_at === null && body.archived_at === null) || null)
    const held = await tx
      .selectFrom('person_role')
      .select(['person_id', 'from_on', 'until_on'])
      .where('organization_id', '=', organization_id)
      .where('office_id', '=', office_id)
      .where('removed_at', 'is', null)
      .execute()
    const own = held.filter((each) => each.person_id === person_id)
    if (own.some(({ from_on, until_on }) => from_on === term.from_on && until_on === term.until_on))
      return { ok: true, person_id }
    if (own.some((each) => holdsOn(each, term.from_on) || holdsOn(term, each.from_on)))
      return { ok: false, problem: 'holds_already' }
    if (!hasSeat(held, term, office.seats)) return { ok: false, problem: 'no_seat' }
    const name = officeNames(body.name, office.name).en ?? ''
    await giveRole(tx, actor, person_id, { name, office_id, ...term }, now)
    return { ok: true, person_id }
  })
}

const lockBody = async (tx: Db, actor: Actor, body_id: string) =>
  found(
    await tx
      .selectFrom('body')
      .selectAll()
      .where('organization_id', '=', actor.organization_id)
      .where('body_id', '=', body_id)
      .forUpdate()
      .executeTakeFirst(),
  )

const lockOffice = async (tx: Db, actor: Actor, office_id: string) =>
  found(
    await tx
      .selectFrom('body_office')
      .selectAll()
      .where('organization_id', '=', actor.organization_id)
      .where('office_id', '=', office_id)
      .forUpdate()
      .executeTakeFirst(),
  )

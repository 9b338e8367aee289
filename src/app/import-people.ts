import type { ImportDoors } from '../features/people/imports/doors.ts'
import { importPeopleJob } from '../features/people/imports/jobs.ts'
import { seat } from '../features/leadership/bodies/commands.ts'
import { hasSeat, holdsOn } from '../features/leadership/bodies/rules.ts'
import { forgetRole } from '../features/leadership/held/commands.ts'
import { giveBack, lockBooks, settleDues } from '../features/ledger/commands.ts'
import { takeBackDues } from '../features/people/membership/commands.ts'

/** What a sheet of members does in the books, and in chapters and committees. */
export const importDoors: ImportDoors = {
  seating(held, wished, seats) {
    const own = held.filter(({ who }) => who === wished.who)
    if (own.some(({ from_on, until_on }) => from_on === wished.from_on && until_on === wished.until_on))
      return 'is_there'
    if (own.some((each) => holdsOn(each, wished.from_on) || holdsOn(wished, each.from_on))) return 'holds_already'
    return hasSeat(held, wished, seats) ? null : 'no_seat'
  },
  lockBooks,
  async book(tx, actor, person_id, { way, amount_cents, from_on, until_on, ...dues }, today) {
    const form = { ...dues, way: way ?? 'cash', amount: amount_cents, from_on, until_on }
    const settled = await settleDues(tx, actor, person_id, form, today)
    if (!settled.ok) throw new Error(`dues of an import: ${settled.problem}`)
  },
  async takeOut(tx, actor, entry_id, note, today) {
    const form = { form_key: crypto.randomUUID(), kind: 'void' as const, amount: null, way: 'cash' as const, reference: null, on_date: today, note } // prettier-ignore
    const given = await giveBack(tx, actor, entry_id, form, today)
    if (given.ok) return 'taken_out'
    if (given.problem === 'later_dues') return 'later_dues'
    if (given.problem !== 'amount' && given.problem !== 'too_much') throw new Error(`a payment of an import: ${given.problem}`) // prettier-ignore
    const { taken_back_at } = await tx
      .selectFrom('dues')
      .select('taken_back_at')
      .where('organization_id', '=', actor.organization_id)
      .where('dues_id', '=', entry_id)
      .executeTakeFirstOrThrow()
    if (taken_back_at !== null) return 'is_out'
    if (given.problem === 'too_much') return 'part_back'
    // All the money went back, and the membership was left to them.
    const taken = await takeBackDues(tx, actor, entry_id, note)
    return taken.ok ? 'is_out' : taken.problem
  },
  async seat(tx, actor, office_id, person_id, term, now) {
    const seated = await seat(tx, actor, office_id, person_id, term, now)
    if (!seated.ok) throw new Error(`a term of an import: ${seated.problem}`)
    const { role_id } = await tx
      .selectFrom('person_role')
      .select('role_id')
      .where('organization_id', '=', actor.organization_id)
      .where('person_id', '=', person_id)
      .where('office_id', '=', office_id)
      .where('from_on', '=', term.from_on)
      .where('removed_at', 'is', null)
      .executeTakeFirstOrThrow()
    return role_id
  },
  unseat: forgetRole,
}

export const importPeople = importPeopleJob(importDoors)

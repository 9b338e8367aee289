import type { Actor } from '../../../platform/actor.ts'
import type { Db } from '../../../platform/db/db.ts'
import type { MemberSetup, PlannedDues, Term } from './members.ts'

/** 'is_out': somebody did it before; 'later_dues' go on from it, or a part was given back ('part_back'): it stays. */
export type TakenOut = 'taken_out' | 'is_out' | 'later_dues' | 'part_back'

/**
 * What rows of a sheet do in rooms this one knows nothing of: payments go into the books, terms into chapters and
 * committees. The app gives it. Problems are thrown: whatever can be wrong with a row the preview has said.
 */
export interface ImportDoors {
  seating: MemberSetup['seating']
  /** Before anybody is changed: whoever writes into the books waits for them first, then for the person. */
  lockBooks(tx: Db, organization_id: string): Promise<unknown>
  /** Money into the books, with the membership it pays for. `form_key` becomes the id of both. */
  book(
    tx: Db,
    actor: Actor,
    person_id: string,
    dues: PlannedDues & { form_key: string; kind: string; reason: string },
    today: string,
  ): Promise<void>
  /** As a mistake, by a row of its own, and the membership with it. */
  takeOut(tx: Db, actor: Actor, entry_id: string, note: string, today: string): Promise<TakenOut>
  /** Answers the id of the role. */
  seat(tx: Db, actor: Actor, office_id: string, person_id: string, term: Term, now: Date): Promise<string>
  /** A role an import gave is gone as if it had never been. */
  unseat(tx: Db, actor: Actor, role_id: string): Promise<void>
}

import { audit } from '../../../platform/audit.ts'
import type { Actor } from '../../../platform/actor.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { official } from './queries.ts'
import type { OfficialForm } from './schema.ts'

/** Corrects who holds an office, or says who holds it now. `db`: the owner's. */
export async function correctOfficial(
  db: Db,
  actor: Actor,
  official_id: number,
  typed: OfficialForm,
  today: string,
  now: Date,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const before = found(await official(tx, official_id))
    const change = {
      ...typed,
      as_of: today,
      source: new URL(typed.source_url).hostname,
      is_checked: true,
      party_is_assumed: false,
      changed_at: now,
      changed_by: actor.name,
    }
    await tx.updateTable('official').set(change).where('official_id', '=', official_id).execute()
    const { changed_at: _at, changed_by: _by, ...told } = change
    await audit(tx, actor, {
      action: 'official.correct',
      subject: 'official',
      subject_id: official_id,
      before: Object.fromEntries(Object.keys(told).map((key) => [key, before[key as keyof typeof told] ?? null])),
      after: told,
      organization_id: null,
    })
  })
}

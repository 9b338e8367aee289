import type { Actor } from '../../platform/actor.ts'
import { audit } from '../../platform/audit.ts'
import { inTransaction, type Db } from '../../platform/db/db.ts'
import { found } from '../../platform/errors.ts'
import { currentVersion } from './queries.ts'
import { ScriptContent } from './schema.ts'
import './tables.ts'

export interface ScriptDraft {
  name: string
  content: ScriptContent
}

/** Starts a script with version 1. */
export function createScript(db: Db, actor: Actor, draft: ScriptDraft, now: Date): Promise<{ script_id: string }> {
  const content = ScriptContent.parse(draft.content)
  return inTransaction(db, async (tx) => {
    const { script_id } = await tx
      .insertInto('script')
      .values({ organization_id: actor.organization_id, name: draft.name, created_by: actor.name, created_at: now })
      .returning('script_id')
      .executeTakeFirstOrThrow()
    await insertVersion(tx, actor, script_id, 1, content, now)
    await audit(tx, actor, {
      action: 'script.create',
      subject: 'script',
      subject_id: script_id,
      after: { name: draft.name, version: 1, content },
    })
    return { script_id }
  })
}

export type SaveResult =
  | { ok: true; version: number; is_new_version: boolean }
  /** Somebody saved meanwhile; `version` is what is there now. */
  | { ok: false; problem: 'changed_meanwhile'; version: number }

/**
 * Saves over the version the writer started from. A version already used stays as it was and a new one is made;
 * one nobody used yet is changed in place. `edited.saved_at` tells apart two savings of one unused version.
 */
export function saveScript(
  db: Db,
  actor: Actor,
  script_id: string,
  edited: { version: number; saved_at: Date },
  draft: ScriptDraft,
  now: Date,
): Promise<SaveResult> {
  const content = ScriptContent.parse(draft.content)
  return inTransaction(db, async (tx): Promise<SaveResult> => {
    // Two who save at once: the second waits here and then sees the first one's version. The versions are held too, so
    // that none is put to use between looking and writing.
    found(
      await tx
        .selectFrom('script')
        .innerJoin('script_version', 'script_version.script_id', 'script.script_id')
        .select('script.script_id')
        .where('script.organization_id', '=', actor.organization_id)
        .where('script.script_id', '=', script_id)
        .forUpdate()
        .executeTakeFirst(),
    )
    const current = found(await currentVersion(tx, script_id))
    if (current.version !== edited.version || current.created_at.getTime() !== edited.saved_at.getTime()) {
      return { ok: false, problem: 'changed_meanwhile', version: current.version }
    }
    const is_new_version = current.first_used_at !== null
    const version = is_new_version ? current.version + 1 : current.version
    await tx
      .updateTable('script')
      .set({ name: draft.name })
      .where('organization_id', '=', actor.organization_id)
      .where('script_id', '=', script_id)
      .execute()
    if (is_new_version) await insertVersion(tx, actor, script_id, version, content, now)
    else {
      await tx
        .updateTable('script_version')
        .set({ content: JSON.stringify(content), created_by: actor.name, created_at: now })
        .where('organization_id', '=', actor.organization_id)
        .where('script_id', '=', script_id)
        .where('version', '=', version)
        .execute()
    }
    await audit(tx, actor, {
      action: is_new_version ? 'script.new_version' : 'script.update',
      subject: 'script',
      subject_id: script_id,
      before: { name: current.name, version: current.version, content: current.content },
      after: { name: draft.name, version, content },
    })
    return { ok: true, version, is_new_version }
  })
}

/** Freezes a version: from now on callers' answers refer to it. Call it in the transaction that puts it to use. */
export async function markUsed(
  db: Db,
  organization_id: string,
  script_id: string,
  version: number,
  now: Date,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('script_version')
    .set((eb) => ({ first_used_at: eb.fn.coalesce('first_used_at', eb.val(now)) }))
    .where('organization_id', '=', organization_id)
    .where('script_id', '=', script_id)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  found(numUpdatedRows || null)
}

/** Out of the list; phone banks that use it go on. */
export function archiveScript(db: Db, actor: Actor, script_id: string, now: Date): Promise<void> {
  return setArchived(db, actor, script_id, now)
}

export function restoreScript(db: Db, actor: Actor, script_id: string): Promise<void> {
  return setArchived(db, actor, script_id, null)
}

function setArchived(db: Db, actor: Actor, script_id: string, archived_at: Date | null): Promise<void> {
  return inTransaction(db, async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('script')
      .set({ archived_at })
      .where('organization_id', '=', actor.organization_id)
      .where('script_id', '=', script_id)
      .executeTakeFirstOrThrow()
    found(numUpdatedRows || null)
    await audit(tx, actor, {
      action: archived_at ? 'script.archive' : 'script.restore',
      subject: 'script',
      subject_id: script_id,
    })
  })
}

async function insertVersion(
  tx: Db,
  actor: Actor,
  script_id: string,
  version: number,
  content: ScriptContent,
  now: Date,
): Promise<void> {
  await tx
    .insertInto('script_version')
    .values({
      organization_id: actor.organization_id,
      script_id,
      version,
      content: JSON.stringify(content),
      created_by: actor.name,
      created_at: now,
    })
    .execute()
}

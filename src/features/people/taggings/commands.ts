import { sql, type Selectable } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import type { TaggingTable } from '../tables.ts'

export type Tagging = Selectable<TaggingTable>

interface NewTagging {
  tag: string
  /** Who was meant, as it was asked. */
  expression: string
  person_ids: readonly string[]
}

/** Puts a tag on many people; those who have it already keep it as their own. */
export function tagPeople(
  db: Db,
  actor: Actor,
  { tag, expression, person_ids }: NewTagging,
  now: Date,
): Promise<Tagging> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    await tx
      .insertInto('tag')
      .values({ organization_id, tag })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const { rows } = await sql<{ person_id: string }>`
      insert into person_tag (organization_id, person_id, tag, tagged_by, tagged_at)
      select p.organization_id, p.person_id, ${tag}, ${actor.name}, ${now} from person p
      where p.organization_id = ${organization_id}::uuid and p.merged_into is null and p.person_id = any(${[...person_ids]}::uuid[])
      order by p.person_id
      on conflict do nothing returning person_id`.execute(tx)
    const people = rows.map(({ person_id }) => person_id)
    const made = await tx
      .insertInto('tagging')
      .values({ organization_id, tag, expression, people, made_by: actor.name, made_at: now })
      .returningAll()
      .executeTakeFirstOrThrow()
    await audit(tx, actor, {
      action: 'tagging.make',
      subject: 'tagging',
      subject_id: made.tagging_id,
      after: { tag, expression, people: people.length },
    })
    return made
  })
}

/** Takes the tag off those who have it from there; how many. Asked twice, it does nothing more. */
export function takeBackTagging(db: Db, actor: Actor, tagging_id: string, now: Date): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { organization_id } = actor
    const before = found(
      await tx
        .selectFrom('tagging')
        .selectAll()
        .where('organization_id', '=', organization_id)
        .where('tagging_id', '=', tagging_id)
        .forUpdate()
        .executeTakeFirst(),
    )
    if (before.taken_back_at) return 0
    const { rows } =
      await sql`delete from person_tag where organization_id = ${organization_id}::uuid and tag = ${before.tag} and tagged_at = ${before.made_at}
      and person_id in (
        -- Whoever they were merged into has it from them.
        with recursive those as (
          select unnest(${before.people}::uuid[]) as person_id
          union select p.merged_into from person p join those t on t.person_id = p.person_id
            where p.organization_id = ${organization_id}::uuid and p.merged_into is not null)
        select person_id from those) returning person_id`.execute(tx)
    await tx
      .updateTable('tagging')
      .set({ taken_back_by: actor.name, taken_back_at: now })
      .where('organization_id', '=', organization_id)
      .where('tagging_id', '=', tagging_id)
      .execute()
    await audit(tx, actor, {
      action: 'tagging.take_back',
      subject: 'tagging',
      subject_id: tagging_id,
      after: { tag: before.tag, people: rows.length },
    })
    return rows.length
  })
}

export const taggingById = (db: Db, organization_id: string, tagging_id: string): Promise<Tagging | undefined> =>
  db
    .selectFrom('tagging')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('tagging_id', '=', tagging_id)
    .executeTakeFirst()

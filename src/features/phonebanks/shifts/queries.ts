import { sql } from 'kysely'
import type { Db } from '../../../platform/db/db.ts'

export interface TrainingOfKind {
  training_id: string
  name: Record<string, string>
  /** Who has a seat and did not pass it, or no longer holds it on the day. */
  lacking: ReadonlySet<string>
}

/** The trainings a kind of event asks for. `on`: the day of the event. */
export async function trainingsFor(
  db: Db,
  { organization_id, kind }: { organization_id: string; kind: string },
  people: readonly string[],
  on: string,
): Promise<TrainingOfKind[]> {
  const { rows } = await sql<{ training_id: string; name: Record<string, string>; lacking: string[] }>`
    select t.training_id, t.name, array(select p.person_id from unnest(${[...people]}::uuid[]) as p (person_id)
      where not exists (select from training_passed d where d.organization_id = k.organization_id and d.person_id = p.person_id
        and d.training_id = k.training_id and d.removed_at is null and d.passed_on <= ${on}::date
        and (d.until_on is null or d.until_on >= ${on}::date))) as lacking
    from event_kind_training k join training t on t.organization_id = k.organization_id and t.training_id = k.training_id
    where k.organization_id = ${organization_id}::uuid and k.kind = ${kind}
    order by t.name, t.training_id`.execute(db)
  return rows.map(({ lacking, ...training }) => ({ ...training, lacking: new Set(lacking) }))
}

export interface BankToName {
  phone_bank_id: string
  name: Record<string, string>
}

/** Phone banks that an event's shifts may call in, the newest first; not those that confirm an event. */
export async function banksToName(db: Db, organization_id: string): Promise<BankToName[]> {
  const { rows } = await sql<BankToName>`
    select b.phone_bank_id, b.name from phone_bank b
    where b.organization_id = ${organization_id}::uuid and b.ended_at is null and b.way_of_calling <> 'practice'
      and not exists (select from event_phone_bank l where l.organization_id = b.organization_id and l.phone_bank_id = b.phone_bank_id
        and l.what = 'confirming')
    order by b.created_at desc limit 100`.execute(db)
  return rows
}

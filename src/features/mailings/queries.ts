import type { Selectable } from 'kysely'
import type { Db } from '../../platform/db/db.ts'
import './journeys/tables.ts'
import './tables.ts'
import type { MailingTable } from './tables.ts'

export type Mailing = Selectable<MailingTable>

export type ListedMailing = Pick<Mailing, 'mailing_id' | 'name' | 'lane' | 'state' | 'made_by' | 'made_at'>

export const mailingsAtOnce = 50

/** The newest first, without the steps of journeys. */
export const mailingsOf = (db: Db, organization_id: string, from: number): Promise<ListedMailing[]> =>
  db
    .selectFrom('mailing')
    .select(['mailing_id', 'name', 'lane', 'state', 'made_by', 'made_at'])
    .where('organization_id', '=', organization_id)
    .where('journey_id', 'is', null)
    .orderBy('made_at', 'desc')
    .orderBy('mailing_id')
    .limit(mailingsAtOnce)
    .offset(from)
    .execute()

export async function countMailings(db: Db, organization_id: string): Promise<number> {
  const { count } = await db
    .selectFrom('mailing')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('organization_id', '=', organization_id)
    .where('journey_id', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

export const mailingById = (db: Db, organization_id: string, mailing_id: string): Promise<Mailing | undefined> =>
  db
    .selectFrom('mailing')
    .selectAll()
    .where('organization_id', '=', organization_id)
    .where('mailing_id', '=', mailing_id)
    .executeTakeFirst()

import { sql } from 'kysely'
import { z } from 'zod'
import { inTransaction } from '../../../platform/db/db.ts'
import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { indexPerson } from '../commands.ts'
import '../tables.ts'

/** Asked for by migrations, where what people are found by has changed: writes the keys of all people of an organization anew. */
export const indexPeopleJob = job({
  name: 'people.index',
  payload: z.object({ organization_id: z.uuid() }),
  async run({ organization_id }, { installation, signal }) {
    const db = (installation as Installation).database.of(organization_id)
    const people = await db
      .selectFrom('person')
      .select('person_id')
      .where('organization_id', '=', organization_id)
      .where('merged_into', 'is', null)
      .execute()
    for (const { person_id } of people) {
      signal.throwIfAborted()
      await inTransaction(db, async (tx) => {
        // Whoever changes the person meanwhile writes the keys after us.
        await sql`select from person where organization_id = ${organization_id}::uuid and person_id = ${person_id}::uuid for update`.execute(
          tx,
        )
        await indexPerson(tx, organization_id, person_id)
      })
    }
  },
})

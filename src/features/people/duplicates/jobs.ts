import { z } from 'zod'
import type { Installation } from '../../../platform/http/room.ts'
import { job } from '../../../platform/jobs/jobs.ts'
import { findDuplicates } from './commands.ts'

/** Looks for people who stand twice, in the background. */
export const peopleDuplicates = job({
  name: 'people.duplicates',
  payload: z.object({ organization_id: z.uuid() }),
  async run({ organization_id }, { installation }) {
    await findDuplicates((installation as Installation).database.of(organization_id), organization_id)
  },
})

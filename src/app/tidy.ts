import { z } from 'zod'
import { applyLists } from '../features/people/suppressions/commands.ts'
import { sweepSheets } from '../features/people/imports/commands.ts'
import { forgetUnconfirmed } from '../features/mailings/newsletter/commands.ts'
import { sweepAllFiles } from '../features/postal/printing/files.ts'
import { sweepUploads } from '../features/voterfile/uploads/store.ts'
import type { Db } from '../platform/db/db.ts'
import type { Installation } from '../platform/http/room.ts'
import { addJob, job } from '../platform/jobs/jobs.ts'

const day_ms = 86_400_000

/** Removes what people uploaded and nothing needs any more, and closes numbers that are on a list. Once a day, and at each start. */
export const tidyJob = job({
  name: 'app.tidy',
  payload: z.object({}),
  async run(_, { installation }) {
    const { database, clock, config } = installation as Installation
    const now = clock.now()
    await sweepUploads(database.owner, config.data, now)
    await sweepSheets(database.owner, config.data, now)
    await sweepAllFiles(database.owner, config.data)
    await forgetUnconfirmed(database.owner, now)
    // Numbers of voter files that came since.
    await applyLists(database.owner)
    await scheduleTidy(database.owner, new Date(now.getTime() + day_ms))
  },
})

export const scheduleTidy = (db: Db, run_at: Date): Promise<void> =>
  addJob(db, tidyJob, {}, { key: 'app.tidy', run_at })

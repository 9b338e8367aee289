import type { Installation } from '../../../platform/http/room.ts'
import { log } from '../../../platform/log.ts'
import { columnsStatus, type ColumnsStatus } from './building.ts'
import { columnsOf } from './store.ts'

export interface ColumnsState extends Omit<ColumnsStatus, 'state'> {
  state: ColumnsStatus['state'] | 'failed'
}

/** How this process counts now: `columnsStatus` reads the header alone, a damaged body is found by whoever loads it. */
export async function columnsState(installation: Installation): Promise<ColumnsState> {
  const status = await columnsStatus(installation)
  const store = columnsOf(installation)
  const { problem } = store
  if (status.state !== 'ready' || (problem !== 'damaged' && problem !== 'failed')) return status
  // It may have been built anew by another process since.
  store.load().catch((failed: unknown) => log.error({ problem: failed }, 'targeting columns could not be loaded'))
  return { ...status, state: problem }
}

import type { Installation } from '../../../platform/http/room.ts'
import { log } from '../../../platform/log.ts'
import { columnsStatus, type ColumnsStatus } from './building.ts'
import { inputsOf } from './inputs.ts'
import { columnsOf } from './store.ts'

export interface ColumnsState extends Omit<ColumnsStatus, 'state'> {
  /** `in_memory`: this process answers from what it has loaded, and the file it would load again is lost. */
  state: ColumnsStatus['state'] | 'failed' | 'in_memory'
}

/** How this process counts now: `columnsStatus` reads the header alone, a damaged body is found by whoever loads it. */
export async function columnsState(installation: Installation): Promise<ColumnsState> {
  const status = await columnsStatus(installation)
  const store = columnsOf(installation)
  const { problem, ready } = store
  if (status.state === 'missing' || status.state === 'damaged' || status.state === 'version') {
    // Nobody else looks at the file of columns that are loaded. What failed once is left to whoever reads why.
    if (!status.building && !status.problem) store.onStale?.()
    return ready?.header.inputs === (await inputsOf(installation.database.commons))
      ? { ...status, state: 'in_memory' }
      : status
  }
  if (status.state !== 'ready' || (problem !== 'damaged' && problem !== 'failed')) return status
  // It may have been built anew by another process since.
  store.load().catch((failed: unknown) => log.error({ problem: failed }, 'targeting columns could not be loaded'))
  return { ...status, state: problem }
}

import { endpoint } from '../../../platform/http/endpoint.ts'
import { SyncInput, SyncOutput } from './schema.ts'

/** What a device at the door has to say, and what it has not heard yet, in one go. */
export const syncDoor = endpoint({ method: 'POST', path: '/door/:event/sync', input: SyncInput, output: SyncOutput })

import { endpoint } from '../../../platform/http/endpoint.ts'
import { Turn } from '../schema.ts'
import { BatchInput } from './schema.ts'

/** Voters for the way to a place without a connection: mine until then, whether a sign of life comes or not. */
export const takeBatch = endpoint({ method: 'POST', path: '/call/:phone_bank/batch', input: BatchInput, output: Turn })

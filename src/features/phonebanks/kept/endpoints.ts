import { endpoint } from '../../../platform/http/endpoint.ts'
import { ToldOutput } from '../told/schema.ts'
import { KeptRecorded, KeptResult, KeptTold } from './schema.ts'

/*
 * What lies on a device after its caller's access ended: the phone bank is over, the caller was removed, or joined again
 * under another name. Opened by the ticket of the voter, which only the caller they were handed to ever had; by no cookie.
 */

export const sendKept = endpoint({
  method: 'POST',
  path: '/call/:phone_bank/kept',
  input: KeptResult,
  output: KeptRecorded,
})

export const tellKept = endpoint({
  method: 'POST',
  path: '/call/:phone_bank/kept-told',
  input: KeptTold,
  output: ToldOutput,
})

import { endpoint } from '../../../platform/http/endpoint.ts'
import { ToldInput, ToldOutput } from './schema.ts'

/** One thing learned of a voter who was once in this caller's hand. */
export const tellOfVoter = endpoint({
  method: 'POST',
  path: '/call/:phone_bank/told',
  input: ToldInput,
  output: ToldOutput,
})

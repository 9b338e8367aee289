import { endpoint } from '../../../platform/http/endpoint.ts'
import { ToldInput, ToldOutput, UntellInput, UntellOutput } from './schema.ts'

/** One thing learned of a voter who was once in this caller's hand. */
export const tellOfVoter = endpoint({
  method: 'POST',
  path: '/call/:phone_bank/told',
  input: ToldInput,
  output: ToldOutput,
})

/** Takes one's own word back, within the hours of a result. */
export const untell = endpoint({
  method: 'POST',
  path: '/call/:phone_bank/untell',
  input: UntellInput,
  output: UntellOutput,
})

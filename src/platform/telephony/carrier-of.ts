import type { Config } from '../config.ts'
import type { Carrier } from './carrier.ts'
import { twilio } from './twilio.ts'

/** The telephone company of this installation; null: none is set up. */
export const carrierOf = ({ twilio: account }: Pick<Config, 'twilio'>): Carrier | null =>
  account ? twilio(account) : null

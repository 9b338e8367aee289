import { call } from '../../../../platform/http/endpoint.ts'
import { listenForNews } from './news.ts'

/** What a desk talks to: the server, or in practice nobody. */
export interface Server {
  call: typeof call
  /** Hears what changes; answers how to stop. */
  listen: typeof listenForNews
}

export const theServer: Server = { call, listen: listenForNews }

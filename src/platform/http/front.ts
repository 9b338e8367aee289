import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { countAnswer } from '../metrics.ts'
import type { Offered } from './room.ts'

/** As many answers as one process has at hand, and as much memory as they may take; the oldest go first. */
const most = 1000
const most_bytes = 32 * 1024 * 1024
/** Longer addresses are few, and each is another. */
const longest_url = 300

interface AtHand extends Offered {
  head: readonly string[]
}

/** As `serve` calls it: with Node's own request beside the other. */
type Fetch = (request: Request, env: object) => Response | Promise<Response>

/**
 * Stands before the web application: an answer that says the same to everybody, with the headers the application gave it, is
 * written again as long as `isStill` says that it is what would be answered now. All else goes in.
 */
export function frontDesk(app: Fetch, bound = { most, most_bytes }) {
  const answers = new Map<string, AtHand>()
  let held_bytes = 0

  const drop = (key: string): void => {
    held_bytes -= answers.get(key)?.bytes.length ?? 0
    answers.delete(key)
  }

  const keep = (key: string, { headers }: Response, offered: Offered): void => {
    const head = [...headers].flatMap(([name, value]) => (name === 'x-request-id' ? [] : [name, value]))
    if (!headers.has('content-length')) head.push('content-length', String(offered.bytes.length))
    drop(key)
    answers.set(key, { ...offered, head })
    held_bytes += offered.bytes.length
    for (const oldest of answers.keys()) {
      if (answers.size <= bound.most && held_bytes <= bound.most_bytes) break
      drop(oldest)
    }
  }

  const fetch: Fetch = async (request, env) => {
    const key = 'incoming' in env ? keyOf(env.incoming as IncomingMessage) : null
    if (key === null) return app(request, env)
    let offered: Offered | undefined
    const answer = await app(request, { ...env, offer: (each: Offered) => void (offered = each) })
    if (offered && answer.status === 200) keep(key, answer, offered)
    return answer
  }

  const listener =
    (inner: RequestListener): RequestListener =>
    (request, response) => {
      const key = keyOf(request)
      const answer = key === null ? undefined : answers.get(key)
      if (key === null || !answer) return inner(request, response)
      const started = performance.now()
      if (started >= answer.until) {
        drop(key)
        return inner(request, response)
      }
      answer.isStill().then(
        (isStill) => {
          if (isStill) return write(response, answer, started)
          drop(key)
          inner(request, response)
        },
        // What could not be asked is the application's to say.
        () => inner(request, response),
      )
    }

  return {
    fetch,
    /** For `serve`: as Node's own, with the desk before what listens. */
    createServer: ((options: object, inner: RequestListener) => createServer(options, listener(inner))) as typeof createServer, // prettier-ignore
  }
}

function write(response: ServerResponse, { head, bytes, route }: AtHand, started: number): void {
  response.writeHead(200, [...head, 'x-request-id', randomUUID()])
  response.end(bytes)
  countAnswer(route, 'GET', 200, started)
}

/** All of a request that such an answer may depend on; null: it may depend on more. */
function keyOf({ method, url = '', headers }: IncomingMessage): string | null {
  const { cookie } = headers
  if (method !== 'GET' || url.length > longest_url || headers['if-none-match'] !== undefined || headers.range !== undefined) return null // prettier-ignore
  // Whoever is signed in is asked inside who they are.
  if (cookie !== undefined && !/^language=[a-zA-Z-]{1,10}$/.test(cookie)) return null
  if (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined) return null
  return `${url}\n${String(headers['accept-encoding'])}\n${String(headers['accept-language'])}\n${cookie}`
}

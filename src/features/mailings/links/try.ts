import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { addressInside, isLiteralInside, lookupOutside } from '../../../platform/http/outside.ts'
import { asksAgain, verdictOf, type Tried } from './rules.ts'

/** One answer at most so long, an address with all it leads to at most three times that. */
const patience_ms = 5000
const hops_most = 5
const at_once = 6

interface Setup {
  /** Tests try their own machine. */
  allow_inside?: boolean
  signal?: AbortSignal
}

/** Tries addresses, a few at once. Only the head is asked for where that is answered; nothing of a page is read. */
export async function tryAddresses(addresses: readonly string[], setup: Setup = {}): Promise<Map<string, Tried>> {
  const tried = new Map<string, Tried>()
  const left = [...addresses]
  const work = async (): Promise<void> => {
    for (let address = left.shift(); address !== undefined && !setup.signal?.aborted; address = left.shift()) {
      const answer = await tryAddress(address, setup)
      // What there was no time for was not asked: what is known of it stays.
      if (!setup.signal?.aborted) tried.set(address, answer)
    }
  }
  await Promise.all(Array.from({ length: at_once }, work))
  return tried
}

export async function tryAddress(address: string, { allow_inside = false, signal }: Setup = {}): Promise<Tried> {
  const until = AbortSignal.any([AbortSignal.timeout(patience_ms * 3), ...(signal ? [signal] : [])])
  let url = urlOf(address)
  let method: 'HEAD' | 'GET' = 'HEAD'
  for (let hop = 0; hop <= hops_most; hop += 1) {
    if (!url || (!allow_inside && !isForReaders(url))) return { result: url ? 'inside' : 'dead', status: null }
    const answer = await ask(url, method, allow_inside, until)
    if (typeof answer === 'string') return { result: answer, status: null }
    const { status, location } = answer
    if (status >= 300 && status < 400 && location) {
      url = urlOf(location, url)
      method = 'HEAD'
    } else if (method === 'HEAD' && asksAgain(status)) method = 'GET'
    else return { result: verdictOf(status), status }
  }
  // It leads on and on.
  return { result: 'dead', status: null }
}

function urlOf(address: string, base?: URL): URL | null {
  const url = URL.canParse(address, base) ? new URL(address, base) : null
  return url && /^https?:$/.test(url.protocol) ? url : null
}

/** The ports of the web alone, and no address that says outright that it is of a network of its own. */
const isForReaders = ({ port, hostname }: URL): boolean =>
  (port === '' || port === '80' || port === '443') && !isLiteralInside(hostname)

type Answer = { status: number; location: string | undefined } | 'dead' | 'inside' | 'unsure'

function ask(url: URL, method: 'HEAD' | 'GET', allow_inside: boolean, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve) => {
    const request = (url.protocol === 'https:' ? overHttps : overHttp)(
      url,
      {
        method,
        timeout: patience_ms,
        signal: AbortSignal.any([signal, AbortSignal.timeout(patience_ms)]),
        headers: { 'user-agent': 'Mozilla/5.0 (compatible; Hanpyo link check)', accept: '*/*' },
        ...(!allow_inside && { lookup: lookupOutside }),
      },
      (response) => {
        const { statusCode = 0, headers } = response
        // Whatever the page is, it is not read.
        response.destroy()
        resolve({ status: statusCode, location: headers.location })
      },
    )
    request.on('error', (problem: NodeJS.ErrnoException) => {
      if (problem.message === addressInside) resolve('inside')
      else resolve(problem.code === 'ENOTFOUND' ? 'dead' : 'unsure')
    })
    request.end()
  })
}

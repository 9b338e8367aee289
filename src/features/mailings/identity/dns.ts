import { promises as dns } from 'node:dns'
import { isIP } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { evaluateSpf, isSpf, type SpfFault, type SpfResolver } from './spf.ts'

/** The few questions asked of the domain name system; tests answer them themselves. */
export type Resolver = SpfResolver

const patience_ms = 5000
/** For all names a record leads to, one after the other (RFC 7208 4.6.4: twenty seconds at least). */
const whole_ms = 20_000

/** What is not there is none; that nobody answered in time is an error. */
async function orNone(work: Promise<string[]>): Promise<string[]> {
  const late = sleep(patience_ms, null, { ref: false })
  const found = await Promise.race([work.catch(noneWhereNone), late])
  if (found === null) throw new Error('no answer')
  return found
}

function noneWhereNone(problem: unknown): string[] {
  const code = problem instanceof Error && 'code' in problem ? String(problem.code) : ''
  if (['ENOTFOUND', 'ENODATA', 'EBADNAME', 'ERR_INVALID_ARG_VALUE'].includes(code)) return []
  throw problem
}

export const systemResolver: Resolver = {
  txt: (name) => orNone(dns.resolveTxt(name).then((records) => records.map((parts) => parts.join('')))),
  // Not as this machine has it: its own hosts and search domains are nothing a receiver knows.
  addresses: async (host) => (await Promise.all([orNone(dns.resolve4(host)), orNone(dns.resolve6(host))])).flat(),
  exchanges: (name) => orNone(dns.resolveMx(name).then((found) => found.map(({ exchange }) => exchange))),
  names: (address) => orNone(dns.reverse(address)),
}

export const checks = ['spf', 'dkim', 'dmarc', 'reverse'] as const
export type Check = (typeof checks)[number]

/** What to say of a record beside whether it is right. */
type Reason =
  | `spf_${SpfFault}`
  | 'spf_everybody'
  | 'spf_not_named'
  | 'spf_other_server'
  | 'spf_no_server'
  | 'dmarc_of_parent'
  | 'no_answer'

/** 'unused': not ours to mend, or nothing to ask for; 'untold': from here nobody can tell. */
export interface Checked {
  check: Check
  result: 'good' | 'missing' | 'wrong' | 'unused' | 'untold'
  why?: Reason
  /** What `why` is about: an address, a term of the record, a name. */
  at?: string
  /** Where the record belongs. */
  name: string
  found: string
  /** What should stand there. */
  wanted: string
}

export interface Asked {
  domain: string
  selector: string
  public_key: string
  /** The mail server mail is handed to; null: the outbox. */
  server: string | null
  /** Local part of the address mail comes from. */
  local?: string
}

export const dkimName = ({ selector, domain }: Pick<Asked, 'selector' | 'domain'>): string => `${selector}._domainkey.${domain}` // prettier-ignore
export const dkimRecord = ({ public_key }: Pick<Asked, 'public_key'>): string => `v=DKIM1; k=rsa; p=${public_key}`

/** How the names of a domain stand for mail from it (RFC 7208, 6376, 7489; forward-confirmed reverse names). */
export async function checkNames(
  resolver: Resolver,
  asked: Asked,
  over: AbortSignal = AbortSignal.timeout(whole_ms),
): Promise<Checked[]> {
  const { domain, server } = asked
  const once = askingOnce(resolver, over)
  const addresses = async (): Promise<string[]> => (!server ? [] : isIP(server) ? [server] : once.addresses(server))
  return Promise.all([
    orUntold({ check: 'spf', name: domain }, async () => spf(once, asked, await addresses())),
    orUntold({ check: 'dkim', name: dkimName(asked) }, async () => dkim(asked, await once.txt(dkimName(asked)))),
    orUntold({ check: 'dmarc', name: `_dmarc.${domain}` }, () => dmarc(once, asked)),
    orUntold({ check: 'reverse', name: server ?? '' }, async () => reverse(once, asked, await addresses())),
  ])
}

/** A name server that does not answer says nothing of the record. */
const orUntold = (of: Pick<Checked, 'check' | 'name'>, work: () => Promise<Checked>): Promise<Checked> =>
  work().catch((problem: unknown): Checked => ({
    ...of,
    result: 'untold',
    why: 'no_answer',
    at: problem instanceof Error ? problem.message : String(problem),
    found: '',
    wanted: '',
  }))

/** Once the time is over nothing more is asked. */
function askingOnce(resolver: Resolver, over: AbortSignal): Resolver {
  const asked = new Map<string, Promise<string[]>>()
  const once = (kind: keyof Resolver) => (name: string) => {
    const key = `${kind} ${name}`
    const answer = asked.get(key) ?? (over.aborted ? Promise.reject(new Error('no answer')) : resolver[kind](name))
    asked.set(key, answer)
    return answer
  }
  return { txt: once('txt'), addresses: once('addresses'), exchanges: once('exchanges'), names: once('names') }
}

/** RFC 5737 and 3849: of nobody. A record that lets one of them pass lets everybody. */
const nobody = { ip4: '192.0.2.1', ip6: '2001:db8::1' }

async function spf(
  resolver: Resolver,
  { domain, server, local = 'postmaster' }: Asked,
  addresses: readonly string[],
): Promise<Checked> {
  const records = (await resolver.txt(domain)).filter(isSpf)
  const [record] = records
  const said = { check: 'spf', name: domain, found: records.join('\n') } as const
  if (record === undefined) return { ...said, result: 'missing', wanted: server ? `v=spf1 mx ${termOf(server)} ~all` : 'v=spf1 mx ~all' } // prettier-ignore
  const evaluate = (address: string) =>
    evaluateSpf(resolver, domain, { address, from: `${local}@${domain}`, helo: server ?? domain })
  const ofNobody = await evaluate(nobody.ip4)
  if (ofNobody.result === 'permerror') return { ...said, result: 'wrong', why: `spf_${ofNobody.fault}`, at: ofNobody.at, wanted: '' } // prettier-ignore
  if (ofNobody.result === 'pass' || (await evaluate(nobody.ip6)).result === 'pass') {
    const closed = record.replace(/\s[+]?all\s*$/i, ' ~all')
    // Where something else lets them in, only whoever wrote it knows what was meant.
    return { ...said, result: 'wrong', why: 'spf_everybody', wanted: closed === record ? '' : closed }
  }
  const open = addresses.filter((address) => !isLocal(address))
  if (!server || open.length === 0) return { ...said, result: 'untold', why: 'spf_no_server', wanted: '' }
  for (const address of open) {
    const found = await evaluate(address)
    if (found.result === 'pass') continue
    if (found.result === 'permerror') return { ...said, result: 'wrong', why: `spf_${found.fault}`, at: found.at, wanted: '' } // prettier-ignore
    // A service takes mail at one address and sends it from others, which only it knows.
    if (!(await sendsItself(resolver, domain, server, open))) return { ...said, result: 'untold', why: 'spf_other_server', at: server, wanted: '' } // prettier-ignore
    return { ...said, result: 'wrong', why: 'spf_not_named', at: address, wanted: withServer(record, server) }
  }
  return { ...said, result: 'good', wanted: record }
}

/** A server of the same domain, or one whose addresses bear its own name. */
async function sendsItself(
  resolver: Resolver,
  domain: string,
  server: string,
  addresses: readonly string[],
): Promise<boolean> {
  const parent = server.slice(server.indexOf('.') + 1)
  const isOfDomain = `.${server}`.endsWith(`.${domain}`) || (parent.includes('.') && `.${domain}`.endsWith(`.${parent}`)) // prettier-ignore
  if (isOfDomain) return true
  const named = await Promise.all(addresses.map((address) => resolver.names(address)))
  return named.every((names) => names.some((name) => name.toLowerCase() === server.toLowerCase()))
}

const termOf = (server: string): string => `${isIP(server) ? `ip${isIP(server)}` : 'a'}:${server}`

/** Before what it says of all others; where it goes on elsewhere, at its end. */
const withServer = (record: string, server: string): string =>
  /\s[-~?+]?all\b|\sredirect=/i.test(record)
    ? record.replace(/\s(?=[-~?+]?all\b|redirect=)/i, ` ${termOf(server)} `)
    : `${record.trimEnd()} ${termOf(server)} ~all`

function dkim(asked: Asked, records: readonly string[]): Checked {
  const found = records.filter((record) => /(^|;)\s*p=/i.test(record))
  const keyOf = (record: string): string => (/(?:^|;)\s*p=([^;]*)/i.exec(record)?.[1] ?? '').replaceAll(/\s/g, '')
  const isGood = found.some((record) => keyOf(record) === asked.public_key)
  return { check: 'dkim', name: dkimName(asked), found: found.join('\n'), wanted: dkimRecord(asked), result: isGood ? 'good' : found.length > 0 ? 'wrong' : 'missing' } // prettier-ignore
}

/** Of the domain, else of the nearest above it that has one, as receivers look for it (RFC 7489 6.6.3). */
async function dmarc(resolver: Resolver, { domain }: Asked): Promise<Checked> {
  const wanted = `v=DMARC1; p=none; rua=mailto:postmaster@${domain}`
  for (let above = domain; above.includes('.'); above = above.slice(above.indexOf('.') + 1)) {
    const found = (await resolver.txt(`_dmarc.${above}`)).filter((record) => /^v=DMARC1\s*(;|$)/i.test(record))
    if (found.length === 0) continue
    const isGood = found.length === 1 && /;\s*p=(none|quarantine|reject)\b/i.test(found[0] ?? '')
    return {
      check: 'dmarc', name: `_dmarc.${above}`, found: found.join('\n'), wanted, result: isGood ? 'good' : 'wrong',
      ...(above !== domain && { why: 'dmarc_of_parent' as const, at: above }),
    } // prettier-ignore
  }
  return { check: 'dmarc', name: `_dmarc.${domain}`, found: '', wanted, result: 'missing' }
}

/** Each address of the server has a name, and the name that address. */
async function reverse(resolver: Resolver, { server }: Asked, addresses: readonly string[]): Promise<Checked> {
  const open = addresses.filter((address) => !isLocal(address))
  if (!server || open.length === 0) return { check: 'reverse', name: server ?? '', found: addresses.join('\n'), wanted: '', result: 'unused' } // prettier-ignore
  const named = await Promise.all(
    open.map(async (address) => {
      const names = await resolver.names(address)
      const back = await Promise.all(names.map((name) => resolver.addresses(name)))
      return { address, names, isConfirmed: back.some((each) => each.includes(address)) }
    }),
  )
  const result = named.every(({ isConfirmed }) => isConfirmed) ? 'good' : named.some(({ names }) => names.length > 0) ? 'wrong' : 'missing' // prettier-ignore
  return { check: 'reverse', name: server, found: named.map(({ address, names }) => `${address} ${names.join(' ')}`.trim()).join('\n'), wanted: open.map((address) => `${address} ${server}`).join('\n'), result } // prettier-ignore
}

const isLocal = (address: string): boolean =>
  /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|::1$|fe80:|f[cd])/i.test(address)

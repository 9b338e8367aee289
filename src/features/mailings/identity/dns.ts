import { promises as dns } from 'node:dns'
import { setTimeout as sleep } from 'node:timers/promises'

/** The few questions asked of the domain name system; tests answer them themselves. */
export interface Resolver {
  txt(name: string): Promise<string[]>
  addresses(host: string): Promise<string[]>
  names(address: string): Promise<string[]>
}

const patience_ms = 5000

/** What is not there, or not answered in time, is none. */
async function orNone(work: Promise<string[]>): Promise<string[]> {
  return Promise.race([work.catch(() => []), sleep(patience_ms, [], { ref: false })])
}

export const systemResolver: Resolver = {
  txt: (name) => orNone(dns.resolveTxt(name).then((records) => records.map((parts) => parts.join('')))),
  addresses: (host) => orNone(dns.lookup(host, { all: true }).then((found) => found.map(({ address }) => address))),
  names: (address) => orNone(dns.reverse(address)),
}

export const checks = ['spf', 'dkim', 'dmarc', 'reverse'] as const
export type Check = (typeof checks)[number]

/** 'unused': not ours to mend, or nothing to ask for. */
export interface Checked {
  check: Check
  result: 'good' | 'missing' | 'wrong' | 'unused'
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
}

export const dkimName = ({ selector, domain }: Pick<Asked, 'selector' | 'domain'>): string => `${selector}._domainkey.${domain}` // prettier-ignore
export const dkimRecord = ({ public_key }: Pick<Asked, 'public_key'>): string => `v=DKIM1; k=rsa; p=${public_key}`

/** How the names of a domain stand for mail from it (RFC 7208, 6376, 7489; forward-confirmed reverse names). */
export async function checkNames(resolver: Resolver, asked: Asked): Promise<Checked[]> {
  const { domain, server } = asked
  const [own, keys, policies, addresses] = await Promise.all([
    resolver.txt(domain),
    resolver.txt(dkimName(asked)),
    resolver.txt(`_dmarc.${domain}`),
    server ? resolver.addresses(server) : [],
  ])
  return [spf(asked, own), dkim(asked, keys), dmarc(asked, policies), await reverse(resolver, asked, addresses)]
}

function spf({ domain, server }: Asked, records: readonly string[]): Checked {
  const found = records.filter((record) => /^v=spf1(\s|$)/i.test(record))
  const wanted = server ? `v=spf1 mx a:${server} ~all` : 'v=spf1 mx ~all'
  // Two records are an error to every receiver (RFC 7208 4.5); so is one that lets everybody.
  const isWrong =
    found.length > 1 || found.some((record) => /[+]all\b|\sall\s*$/i.test(record.replace(/[-~?]all/i, '')))
  return { check: 'spf', name: domain, found: found.join('\n'), wanted, result: found.length === 0 ? 'missing' : isWrong ? 'wrong' : 'good' } // prettier-ignore
}

function dkim(asked: Asked, records: readonly string[]): Checked {
  const found = records.filter((record) => /(^|;)\s*p=/i.test(record))
  const keyOf = (record: string): string => (/(?:^|;)\s*p=([^;]*)/i.exec(record)?.[1] ?? '').replaceAll(/\s/g, '')
  const isGood = found.some((record) => keyOf(record) === asked.public_key)
  return { check: 'dkim', name: dkimName(asked), found: found.join('\n'), wanted: dkimRecord(asked), result: isGood ? 'good' : found.length > 0 ? 'wrong' : 'missing' } // prettier-ignore
}

function dmarc({ domain }: Asked, records: readonly string[]): Checked {
  const found = records.filter((record) => /^v=DMARC1\s*(;|$)/i.test(record))
  const isGood = found.length === 1 && /;\s*p=(none|quarantine|reject)\b/i.test(found[0] ?? '')
  return { check: 'dmarc', name: `_dmarc.${domain}`, found: found.join('\n'), wanted: `v=DMARC1; p=none; rua=mailto:postmaster@${domain}`, result: isGood ? 'good' : found.length > 0 ? 'wrong' : 'missing' } // prettier-ignore
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

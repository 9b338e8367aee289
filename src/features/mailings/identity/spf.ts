import { BlockList, isIP } from 'node:net'

/** What SPF asks of the domain name system; what is not there is an empty list, what got no answer throws. */
export interface SpfResolver {
  txt(name: string): Promise<string[]>
  addresses(host: string): Promise<string[]>
  exchanges(name: string): Promise<string[]>
  names(address: string): Promise<string[]>
}

export type SpfFault = 'two_records' | 'syntax' | 'no_include' | 'many_lookups' | 'nothing_there'

/** RFC 7208 2.6; an error with what is wrong and where. */
export type SpfResult =
  | { result: 'pass' | 'fail' | 'softfail' | 'neutral' | 'none' }
  | { result: 'permerror'; fault: SpfFault; at: string }

interface Sender {
  /** Of the server that brings the mail. */
  address: string
  /** On the envelope. */
  from: string
  /** What the server calls itself. */
  helo: string
}

/** RFC 7208 4.6.4: so many terms that ask, so many of them for nothing, and so many exchanges of one name. */
const limits = { lookups: 10, voids: 2, exchanges: 10 } as const

class Fault extends Error {
  readonly fault: SpfFault
  readonly at: string
  constructor(fault: SpfFault, at: string) {
    super(`${fault}: ${at}`)
    this.fault = fault
    this.at = at
  }
}

export const isSpf = (record: string): boolean => /^v=spf1( |$)/i.test(record)

/** What a receiver finds who goes by the records of `domain` (RFC 7208 4). */
export async function evaluateSpf(resolver: SpfResolver, domain: string, sender: Sender): Promise<SpfResult> {
  try {
    return { result: await new Evaluation(resolver, sender).of(domain) }
  } catch (problem) {
    if (problem instanceof Fault) return { result: 'permerror', fault: problem.fault, at: problem.at }
    throw problem
  }
}

type Word = 'pass' | 'fail' | 'softfail' | 'neutral'
const wordOf: Record<string, Word> = { '+': 'pass', '': 'pass', '-': 'fail', '~': 'softfail', '?': 'neutral' }

interface Mechanism {
  term: string
  word: Word
  name: 'all' | 'include' | 'a' | 'mx' | 'ptr' | 'ip4' | 'ip6' | 'exists'
  /** A domain, with macros, or an address; '': that of the record. */
  spec: string
  prefix4: number
  prefix6: number
}

class Evaluation {
  readonly #resolver: SpfResolver
  readonly #sender: Sender
  readonly #family: 4 | 6
  #lookups = 0
  #voids = 0

  constructor(resolver: SpfResolver, sender: Sender) {
    this.#resolver = resolver
    this.#sender = sender
    this.#family = isIP(sender.address) === 6 ? 6 : 4
  }

  async of(domain: string): Promise<Word | 'none'> {
    const records = (await this.#resolver.txt(domain)).filter(isSpf)
    if (records.length > 1) throw new Fault('two_records', domain)
    if (records[0] === undefined) return 'none'
    // Of the whole record first: what is misspelt at its end is an error however it begins (4.6).
    const { mechanisms, redirect } = parsed(records[0])
    for (const mechanism of mechanisms) if (await this.#matches(mechanism, domain)) return mechanism.word
    if (redirect === null || mechanisms.some(({ name }) => name === 'all')) return 'neutral'
    this.#lookUp(`redirect=${redirect}`)
    const other = this.#expanded(redirect, domain)
    const word = await this.of(other)
    if (word === 'none') throw new Fault('no_include', other)
    return word
  }

  async #matches(mechanism: Mechanism, domain: string): Promise<boolean> {
    const { name, term, spec } = mechanism
    if (name === 'all') return true
    if (name === 'ip4' || name === 'ip6') return this.#isIn([spec], mechanism)
    this.#lookUp(term)
    const target = spec === '' ? domain : this.#expanded(spec, domain)
    switch (name) {
      case 'include': {
        const word = await this.of(target)
        if (word === 'none') throw new Fault('no_include', target)
        return word === 'pass'
      }
      case 'a':
        return this.#isIn(await this.#addressesOf(target), mechanism)
      case 'exists':
        return this.#some(await this.#resolver.addresses(target), target).some((each) => isIP(each) === 4)
      case 'mx': {
        const exchanges = this.#some(await this.#resolver.exchanges(target), target)
        if (exchanges.length > limits.exchanges) throw new Fault('many_lookups', term)
        for (const exchange of exchanges) if (this.#isIn(await this.#addressesOf(exchange), mechanism)) return true
        return false
      }
      case 'ptr': {
        const names = this.#some(await this.#resolver.names(this.#sender.address), term).slice(0, limits.exchanges)
        const within = names.filter((each) => `.${each}`.toLowerCase().endsWith(`.${target.toLowerCase()}`))
        for (const each of within)
          if ((await this.#resolver.addresses(each)).includes(this.#sender.address)) return true
        return false
      }
      default:
        return name satisfies never
    }
  }

  #lookUp(term: string): void {
    this.#lookups += 1
    if (this.#lookups > limits.lookups) throw new Fault('many_lookups', term)
  }

  #some(found: string[], at: string): string[] {
    if (found.length > 0) return found
    this.#voids += 1
    if (this.#voids > limits.voids) throw new Fault('nothing_there', at)
    return found
  }

  async #addressesOf(name: string): Promise<string[]> {
    const found = await this.#resolver.addresses(name)
    return this.#some(found.filter((each) => isIP(each) === this.#family), name) // prettier-ignore
  }

  #isIn(nets: readonly string[], { prefix4, prefix6 }: Mechanism): boolean {
    const list = new BlockList()
    for (const net of nets) {
      if (isIP(net) !== this.#family) continue
      if (this.#family === 4) list.addSubnet(net, prefix4, 'ipv4')
      else list.addSubnet(net, prefix6, 'ipv6')
    }
    return list.check(this.#sender.address, this.#family === 4 ? 'ipv4' : 'ipv6')
  }

  /** Macros of RFC 7208 7; `p` is 'unknown', as it asks us not to use it. */
  #expanded(spec: string, domain: string): string {
    const { address, from, helo } = this.#sender
    const at = from.lastIndexOf('@')
    const values: Record<string, string> = {
      s: from, l: from.slice(0, at), o: from.slice(at + 1), d: domain, p: 'unknown', h: helo,
      i: this.#family === 4 ? address : dottedV6(address), v: this.#family === 4 ? 'in-addr' : 'ip6',
    } // prettier-ignore
    const words = spec.replaceAll(macro, (whole, letter: string | undefined, most: string | undefined, turned: string | undefined, marks: string | undefined) => {
      if (letter === undefined) return signs[whole] ?? whole
      const parts = (values[letter.toLowerCase()] ?? '').split(marks ? new RegExp(`[${marks.replaceAll('-', '\\-')}]`) : '.')
      return (turned ? parts.toReversed() : parts).slice(most ? -Number(most) : 0).join('.')
    }) // prettier-ignore
    // What is too long loses labels at its beginning (7.3).
    return words.length <= 253 ? words : words.slice(-253).replace(/^[^.]*\./, '')
  }
}

const signs: Record<string, string> = { '%%': '%', '%_': ' ', '%-': '%20' }
const macro = /%(?:[%_-]|\{([slodipvh])([1-9]\d{0,2})?(r)?([.\-+,/_=]*)\})/gi

/** '2001:db8::1' → '2.0.0.1.0.d.b.8. … .1' */
function dottedV6(address: string): string {
  // The URL parser writes an address in the shortest way, its last four bytes in hexadecimal too.
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const groups = (half: string): string[] => (half === '' ? [] : half.split(':'))
  const [before, after] = [groups(head), groups(tail)]
  const all = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after]
  return all.flatMap((group) => group.padStart(4, '0').split('')).join('.')
}

/** RFC 7208 4.6.1 and 5: unknown mechanisms are errors, unknown modifiers are passed over. */
function parsed(record: string): { mechanisms: Mechanism[]; redirect: string | null } {
  const mechanisms: Mechanism[] = []
  const modifiers = new Map<string, string>()
  for (const term of record.split(/ +/).slice(1).filter(Boolean)) {
    const modifier = /^([a-z][\w.-]*)=(.*)$/i.exec(term)
    if (!modifier) {
      mechanisms.push(mechanismOf(term))
      continue
    }
    const name = (modifier[1] ?? '').toLowerCase()
    const isOurs = name === 'redirect' || name === 'exp'
    if (isOurs && (modifiers.has(name) || !isDomainSpec(modifier[2] ?? ''))) throw new Fault('syntax', term)
    modifiers.set(name, modifier[2] ?? '')
  }
  return { mechanisms, redirect: modifiers.get('redirect') ?? null }
}

/** Two labels or more, the last no number, or a macro at the end (7.1): a bare name or an address is none. */
const domainEnd = /(?:%[%_-]|%\{[^{}]*\}|[^.]\.(?=[a-z\d-]*[a-z-])[a-z\d](?:[a-z\d-]*[a-z\d])?\.?)$/i
const isDomainSpec = (spec: string): boolean => domainEnd.test(spec) && !spec.replaceAll(macro, 'x').includes('%')

function mechanismOf(term: string): Mechanism {
  const [, sign = '', written = '', rest = ''] = /^([+\-~?]?)([a-z\d]+)(.*)$/i.exec(term) ?? []
  const name = written.toLowerCase()
  const word = wordOf[sign] ?? 'pass'
  const wrong = (): never => {
    throw new Fault('syntax', term)
  }
  switch (name) {
    case 'all':
      return rest === '' ? { term, word, name, spec: '', prefix4: 0, prefix6: 0 } : wrong()
    case 'ip4':
    case 'ip6': {
      const most = name === 'ip4' ? 32 : 128
      const [, spec = '', prefix = String(most)] = /^:([\da-f.:]+)(?:\/(\d{1,3}))?$/i.exec(rest) ?? []
      if (isIP(spec) !== (name === 'ip4' ? 4 : 6) || Number(prefix) > most) return wrong()
      return { term, word, name, spec, prefix4: Number(prefix), prefix6: Number(prefix) }
    }
    case 'a':
    case 'mx': {
      const [all, spec, prefix4 = '32', prefix6 = '128'] = /^(?::(.+?))?(?:\/(\d{1,2}))?(?:\/\/(\d{1,3}))?$/.exec(rest) ?? [] // prettier-ignore
      if (all === undefined || (spec !== undefined && !isDomainSpec(spec))) return wrong()
      if (Number(prefix4) > 32 || Number(prefix6) > 128) return wrong()
      return { term, word, name, spec: spec ?? '', prefix4: Number(prefix4), prefix6: Number(prefix6) }
    }
    case 'include':
    case 'exists':
    case 'ptr': {
      const spec = rest.startsWith(':') ? rest.slice(1) : ''
      if ((rest !== '' || name !== 'ptr') && !isDomainSpec(spec)) return wrong()
      return { term, word, name, spec, prefix4: 32, prefix6: 128 }
    }
    default:
      return wrong()
  }
}

import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** What a lookup says that would lead inside. */
export const addressInside = 'an address inside the own network'

// Addresses that are nobody's on the open internet (RFC 6890), and IPv6 ones that carry an IPv4 address inside.
const inside = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
  ['2001:db8::', 32],
] as const)
  inside.addSubnet(net, prefix, 'ipv6')

/** Is this address of the own network, or of nobody? */
export function isInside(address: string): boolean {
  const kind = isIP(address)
  if (kind === 0) return true
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return inside.check(mapped, 'ipv4')
  return inside.check(address, kind === 4 ? 'ipv4' : 'ipv6')
}

/** A host written as an address ('[::1]', '10.0.0.1') of the own network, which nobody looks up. */
export function isLiteralInside(hostname: string): boolean {
  const literal = hostname.replace(/^\[|\]$/g, '')
  return isIP(literal) !== 0 && isInside(literal)
}

/** For requests to where others tell us to go: looked up by us at the moment of connecting, so that a name cannot point elsewhere than what was checked. */
export const lookupOutside: LookupFunction = (host, options, found) => {
  lookup(host, { ...options, all: false }, (problem, address, family) => {
    if (problem) found(problem, '', 4)
    else if (isInside(address)) found(new Error(addressInside), '', 4)
    else if (options.all) found(null, [{ address, family }])
    else found(null, address, family)
  })
}

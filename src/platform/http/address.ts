import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Ctx } from './room.ts'

const isLoopback = (address: string): boolean => /^(::ffff:)?127\./.test(address) || address === '::1'
const isPrivate = (address: string): boolean =>
  isLoopback(address) ||
  /^(::ffff:)?(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address) ||
  /^f[cd]/i.test(address)

/** Does an address lead whoever opens it to their own machine? */
export function leadsHere(url: string): boolean {
  const { hostname } = new URL(url)
  return /^(localhost|.*\.localhost|0\.0\.0\.0|\[::\])$/.test(hostname) || isLoopback(hostname.replace(/^\[|\]$/g, ''))
}

/** Where phones in the same network find what this machine answers at `url`; null where they do not. */
export function addressForPhones(url: string, host: string, interfaces = networkInterfaces()): string | null {
  if (!leadsHere(url)) return url
  const isOpen = host === '0.0.0.0' || host === '::'
  const own = Object.values(interfaces)
    .flatMap((each) => each ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address
  const { port } = new URL(url)
  const reached = isOpen ? own : isIP(host) !== 4 || isLoopback(host) ? undefined : host
  return reached ? `http://${reached}${port && `:${port}`}` : null
}

/** Address of the socket; null where there is none (a request made inside the program, in tests). */
export function socketAddress(c: Ctx): string | null {
  const bindings: unknown = c.env
  if (typeof bindings !== 'object' || bindings === null || !('incoming' in bindings)) return null
  return getConnInfo(c).remote.address ?? null
}

/**
 * Where the request comes from. What a proxy says is believed only where HANPYO_URL tells that there is one and the
 * socket is of this machine or its private network; then the last entry, which that proxy wrote itself.
 */
export function clientAddress(c: Ctx): string {
  const socket = socketAddress(c) ?? '127.0.0.1'
  const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim()
  return forwarded && c.var.installation.config.url && isPrivate(socket) ? forwarded : socket
}

/** Asked on this very machine, and by no proxy. */
export function isLocalRequest(c: Ctx): boolean {
  const socket = socketAddress(c)
  return (
    socket !== null &&
    isLoopback(socket) &&
    !['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'].some((name) => c.req.header(name) !== undefined)
  )
}

import { createServer } from 'node:net'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Actor } from '../platform/actor.ts'
import { createApp } from '../platform/http/app.tsx'
import type { Ctx, Env, Installation } from '../platform/http/room.ts'
import { mayDo, type Permission } from '../features/access/permissions.ts'
import { nav } from './nav.ts'
import { routes } from './routes.ts'

/** The whole application over an installation. `actorOf` says who is asking: the session in production, tests bring their own. */
export const buildApp = (installation: Installation, actorOf: (c: Ctx) => Promise<Actor | null>): Hono<Env> =>
  createApp({
    installation,
    routes,
    nav,
    actorOf,
    may: (actor, permission) => mayDo(actor, permission as Permission),
    largeBodies: /^\/(voterfiles|people|districts)\/uploads\//,
  })

export interface Listening {
  port: number
  close(): Promise<void>
}

/** Listens; the port is the first free one from `port` on (0: any). */
export async function listen(app: Hono<Env>, host: string, port: number): Promise<Listening> {
  const free = port === 0 ? 0 : await firstFree(host, port)
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port: free }, (address) =>
      resolve({
        port: address.port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed())
            // Open event streams would hold it for ever.
            setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 1000).unref()
          }),
      }),
    )
    server.on('error', reject)
  })
}

async function firstFree(host: string, from: number): Promise<number> {
  for (let port = from; port < Math.min(from + 100, 65536); port++) {
    if (await isFree(host, port)) return port
  }
  throw new Error(`no free port from ${from} to ${from + 99}`)
}

const isFree = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })

import { createServer } from 'node:net'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Actor } from '../platform/actor.ts'
import { CliProblem } from '../platform/cli/context.ts'
import { takes } from '../platform/config.ts'
import { createApp } from '../platform/http/app.tsx'
import { frontDesk } from '../platform/http/front.ts'
import type { Ctx, Env, Installation } from '../platform/http/room.ts'
import { mayDo, type Permission } from '../features/access/permissions.ts'
import { laneWall } from '../features/campaigns/team/wall.tsx'
import { KeptHere, keptIsland } from '../features/phonebanks/pages/join.tsx'
import { nav } from './nav.ts'
import { routes } from './routes.ts'

/** The whole application over an installation. `actorOf` says who is asking: the session in production, tests bring their own. */
export const buildApp = (installation: Installation, actorOf: (c: Ctx) => Promise<Actor | null>): Hono<Env> =>
  createApp({
    installation,
    routes,
    nav,
    actorOf,
    guards: [
      laneWall({ island: keptIsland, below: (t, phone_bank_id) => KeptHere({ t, phone_bank_id, may_return: true }) }),
    ],
    may: (actor, permission) => mayDo(actor, permission as Permission),
    largeBodies:
      /^\/((voterfiles|people|districts|elections|public-figures)\/uploads\/|mailings\/[^/]+\/write$|postal\/[^/]+\/picture$|f\/[^/]+\/[^/]+$|c\/([^/]+\/){2}answers\/([^/]+\/){2}files\/[^/]+$)/,
  })

export interface Listening {
  port: number
  close(): Promise<void>
}

/** Listens; the port is the first free one from `port` on (0: any). */
export async function listen(app: Hono<Env>, host: string, port: number): Promise<Listening> {
  const free = port === 0 ? 0 : await firstFree(host, port)
  return new Promise((resolve, reject) => {
    const { fetch, createServer: createHttpServer } = frontDesk(app.fetch)
    const server = serve({ fetch, createServer: createHttpServer, hostname: host, port: free }, (address) =>
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
  const last = Math.min(from + 99, 65535)
  for (let port = from; port <= last; port++) {
    const hindrance = await hindranceAt(host, port)
    if (hindrance === null) return port
    if (hindrance === 'EACCES')
      throw new CliProblem(`HANPYO_PORT="${port}": this user may not listen on it. Take one from 1024 on.`)
    // Anything but a port in use is the same at every port.
    if (hindrance !== 'EADDRINUSE')
      throw new CliProblem(
        `HANPYO_HOST="${host}" is no address of this machine (${hindrance}). It takes: ${takes('HANPYO_HOST')}.`,
        2,
      )
  }
  throw new CliProblem(`HANPYO_PORT="${from}": it and all ports up to ${last} are in use.`)
}

/** Code of what keeps us from listening there; null: nothing. */
const hindranceAt = (host: string, port: number): Promise<string | null> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (problem: NodeJS.ErrnoException) => resolve(problem.code ?? problem.message))
    probe.listen(port, host, () => probe.close(() => resolve(null)))
  })

import type { Hono } from 'hono'
import type { Env } from '../platform/http/room.ts'
import { homeRoutes } from './home-routes.tsx'
import { shellRoutes } from './shell-routes.tsx'

/** Every room's routes. Earlier ones win. */
export const routes: readonly Hono<Env>[] = [shellRoutes, homeRoutes]

import type { MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

/** What Prometheus reads at /metrics. One per process. */
export const metrics = new Registry()
collectDefaultMetrics({ register: metrics })

const requests = new Counter({
  name: 'hanpyo_requests_total',
  help: 'Answers by route, method and status.',
  labelNames: ['route', 'method', 'status'],
  registers: [metrics],
})
const seconds = new Histogram({
  name: 'hanpyo_request_seconds',
  help: 'Time until the answer began, by route.',
  labelNames: ['route', 'method'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [metrics],
})

/** `started`: on the clock of `performance`. */
export function countAnswer(route: string, method: string, status: number, started: number): void {
  requests.inc({ route, method, status })
  seconds.observe({ route, method }, (performance.now() - started) / 1000)
}

/** Counts and times every request under its route, never under its address: addresses hold ids and tokens. */
export const measured: MiddlewareHandler = async (c, next) => {
  const started = performance.now()
  await next()
  const route = matchedRoutes(c).findLast((each) => !each.path.includes('*'))?.path ?? 'none'
  countAnswer(route, c.req.method, c.res.status, started)
}

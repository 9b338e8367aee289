import { serve } from '@hono/node-server'
import { Hono } from 'hono'

// The reference: Hono answering a constant string. Says its port to whoever started it.
const app = new Hono().get('/', (c) => c.text('one vote'))
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.send?.(port))

import { streamSSE } from 'hono/streaming'
import { room } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { callerOrNull } from '../caller.ts'
import { newsOf } from './news.ts'
import type { News } from './schema.ts'

/** After this time the page asks anew, so that whoever was removed does not listen on. */
const lives_ms = 5 * 60_000
/** A word now and then notices a listener who has gone, and keeps proxies from closing the line. */
const still_ms = 20_000

/** What changed for a caller, the moment it does. A page that is refused (204) does not try again by itself. */
export const newsRoutes = room().get('/call/:phone_bank/news', allow('caller-link'), async (c) => {
  const caller = await callerOrNull(c, c.req.param('phone_bank'))
  if (!caller) return c.body(null, 401)
  const waiting: { news: News; rules: string }[] = []
  // The browser itself says it when it opens a line again that broke.
  const known_rules = c.req.header('last-event-id') ?? c.req.query('known') ?? null
  let wake = () => {}
  let isOpen = true
  const close = () => {
    isOpen = false
    wake()
  }
  const stop = newsOf(c.var.installation).listen(
    caller,
    (news, rules) => {
      waiting.push({ news, rules })
      wake()
    },
    close,
    known_rules,
  )
  if (!stop) return c.body(null, 204)
  return streamSSE(
    c,
    async (stream) => {
      stream.onAbort(close)
      const ends = performance.now() + lives_ms
      try {
        while (isOpen && performance.now() < ends) {
          const next = waiting.shift()
          if (next) await stream.writeSSE({ event: 'news', data: next.news, id: next.rules })
          else {
            const isQuiet = await new Promise<boolean>((resolve) => {
              const timer = setTimeout(() => resolve(true), still_ms)
              wake = () => {
                clearTimeout(timer)
                resolve(false)
              }
              if (!isOpen || waiting.length > 0) wake()
            })
            if (isQuiet) await stream.writeSSE({ event: 'still', data: '' })
          }
        }
      } finally {
        stop()
      }
    },
    async () => stop(),
  )
})

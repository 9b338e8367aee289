import type { ReactElement, ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { streamSSE } from 'hono/streaming'
import { MeanwhileContext, type Meanwhile } from '../ui/meanwhile.tsx'
import { Document, Shell } from '../ui/shell.tsx'
import type { Ctx } from './room.ts'

type Status = 200 | 201 | 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 500 | 503

export interface PageOptions {
  title: string
  status?: Status
  /** Without menu: sign-in, joining, public pages. */
  bare?: boolean
  /** Source paths of islands on the page: 'src/features/phonebanks/islands/call-console.tsx'. */
  islands?: string[]
  /** Head elements beside the usual: manifest link, meta. */
  head?: ReactNode
  /** Somebody else saved before this form was sent. */
  meanwhile?: Meanwhile | undefined
}

/** Answers with a whole page inside the shell. */
export function page(c: Ctx, element: ReactElement, options: PageOptions): Response | Promise<Response> {
  const { t, language, actor, nav, organization, organizations } = c.var
  const url = new URL(c.req.url)
  const html = renderToStaticMarkup(
    <Document
      language={language}
      title={options.title}
      islands={options.islands ?? []}
      head={options.head}
      is_live={!options.bare}
    >
      <Shell
        t={t}
        language={language}
        actor={actor}
        nav={nav}
        organization={organization}
        organizations={organizations}
        path={url.pathname}
        back={url.pathname + url.search}
        bare={options.bare ?? false}
      >
        <MeanwhileContext value={options.meanwhile ?? null}>{element}</MeanwhileContext>
      </Shell>
    </Document>,
  )
  c.header('Vary', 'Cookie, Accept-Language')
  c.header('Cache-Control', 'no-store')
  return c.html(`<!doctype html>${html}`, options.meanwhile ? 409 : (options.status ?? 200))
}

/** An open stream is asked anew after this time, so that whoever was signed out or lost a role does not read on. */
const streamLives_ms = 5 * 60_000

/**
 * Sends the same component as in the page again and again, whenever it changed. The browser side is
 * `<section data-live="/path">`. `render` runs every `every_ms`; unchanged HTML is not sent.
 */
export function live(
  c: Ctx,
  every_ms: number,
  render: () => Promise<ReactElement>,
  lives_ms = streamLives_ms,
): Response {
  return streamSSE(c, async (stream) => {
    let last = ''
    let isOpen = true
    let sent = 0
    const ends = performance.now() + lives_ms
    stream.onAbort(() => void (isOpen = false))
    while (isOpen && performance.now() < ends) {
      const html = renderToStaticMarkup(await render())
      if (html !== last) await stream.writeSSE({ event: 'html', data: html, id: String(sent++) })
      else await stream.writeSSE({ event: 'still', data: '' }) // notices a reader who has gone
      last = html
      await stream.sleep(every_ms)
    }
  })
}

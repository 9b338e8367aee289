import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Ctx } from './room.ts'

/** A refusal for programs, as `application/problem+json` (RFC 9457): `problem` is a stable code, `detail` a sentence. */
export function problemJson(
  c: Ctx,
  status: ContentfulStatusCode,
  problem: string,
  detail: string,
  more: Record<string, unknown> = {},
): Response {
  const body = { type: 'about:blank', title: problem, status, detail, problem, ...more, request_id: c.var.request_id }
  return c.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json' })
}

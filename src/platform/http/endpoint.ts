import type { Hono } from 'hono'
import type { z } from 'zod'
import type { Ctx, Env, Handler } from './room.ts'
import { notToKeep, toKeep } from './texts.ts'

/** One address both sides know: the server parses the input and checks the answer, the browser gets its type. */
export interface Endpoint<Input, Output> {
  method: 'GET' | 'POST'
  path: string
  input: z.ZodType<Input>
  output: z.ZodType<Output>
}

export const endpoint = <Input, Output>(definition: Endpoint<Input, Output>): Endpoint<Input, Output> => definition

/** Serves an endpoint. Input that does not fit is 422 `{ problem: 'invalid', issues }`. */
export function serve<Input, Output>(
  routes: Hono<Env>,
  served: Endpoint<Input, Output>,
  before: Handler,
  answer: (c: Ctx, input: Input) => Promise<Output>,
): void {
  routes.on(served.method, served.path, before, async (c) => {
    const raw: unknown = served.method === 'GET' ? c.req.query() : await c.req.json().catch(() => null)
    // A device that cut an emoji in two must not be refused: what it has to say would never arrive.
    const input = served.input.safeParse(notToKeep(raw) ? toKeep(raw) : raw)
    if (!input.success)
      return c.json(
        { problem: 'invalid', issues: input.error.issues.map(({ path, message }) => ({ path, message })) },
        422,
      )
    return c.json(served.output.parse(await answer(c, input.data)) as never)
  })
}

export type CallResult<Output> =
  | { ok: true; value: Output }
  /** status 0: the server was not reached. */
  | { ok: false; status: number; problem: string }

/** Calls an endpoint from the browser. Never throws: no connection is an ordinary result. */
export async function call<Input, Output>(
  called: Endpoint<Input, Output>,
  parameters: Record<string, string>,
  input: Input,
  options: { signal?: AbortSignal } = {},
): Promise<CallResult<Output>> {
  let path = called.path
  for (const [name, value] of Object.entries(parameters)) path = path.replace(`:${name}`, encodeURIComponent(value))
  const query = called.method === 'GET' ? `?${new URLSearchParams(input as Record<string, string>)}` : ''
  let response: Response
  let body: unknown
  try {
    response = await fetch(path + query, {
      method: called.method,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      ...(called.method === 'POST' ? { body: JSON.stringify(input) } : {}),
      ...(options.signal ? { signal: options.signal } : {}),
    })
    body = await response.json()
  } catch {
    // Not reached, cut off, or answered by something between us that is not the server (a captive portal's page).
    return { ok: false, status: 0, problem: 'offline' }
  }
  if (!response.ok) {
    const problem = body && typeof body === 'object' && 'problem' in body ? String(body.problem) : 'failed'
    return { ok: false, status: response.status, problem }
  }
  const output = called.output.safeParse(body)
  // The server is of another version than this page.
  return output.success
    ? { ok: true, value: output.data }
    : { ok: false, status: response.status, problem: 'unexpected' }
}

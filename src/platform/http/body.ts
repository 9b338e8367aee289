import type { Ctx } from './room.ts'

const mebibyte = 1024 * 1024
/** Of what is too large, this much is waited for: to a program that is still sending, an answer is a broken connection. */
const mostThrownAway = 16 * mebibyte
const patience_ms = 20_000

type Reader = ReadableStreamDefaultReader<Uint8Array>

/**
 * Is the body larger than a form or a program's request may be? Then the answer ends the connection, and what was still
 * being sent has been read and thrown away. A body that is not said to be small has been read afterwards.
 */
export async function isTooLarge(c: Ctx): Promise<boolean> {
  // The server reads no body of these, and to ask for one makes the whole request anew.
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return false
  const { headers } = c.req.raw
  const length = headers.has('transfer-encoding') ? null : headers.get('content-length')
  // Before the body is touched: making a stream of it costs more than reading it.
  if (length !== null && Number(length) <= mebibyte) return false
  const { body } = c.req.raw
  if (!body) return false
  const reader = body.getReader()
  const read = length === null ? await small(reader) : null
  if (read) {
    c.req.raw = new Request(c.req.raw, { method: c.req.method, body: read })
    return false
  }
  await throwAway(reader)
  c.header('Connection', 'close')
  return true
}

/** The whole of it, or null as soon as it is too large. */
async function small(reader: Reader): Promise<Buffer<ArrayBuffer> | null> {
  const parts: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(parts)
    size += value.length
    if (size > mebibyte) return null
    parts.push(value)
  }
}

async function throwAway(reader: Reader): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const end = { done: true } as const
  const timeIsUp = new Promise<typeof end>((resolve) => (timer = setTimeout(resolve, patience_ms, end).unref()))
  // Who broke off is sent nothing any more.
  const more = () => reader.read().catch(() => end)
  let left = mostThrownAway
  const next = () => Promise.race([more(), timeIsUp])
  for (let part = await next(); !part.done && left > 0; part = await next()) left -= part.value.length
  clearTimeout(timer)
}

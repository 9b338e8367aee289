/** A multipart form that is not one, or breaks off. */
export class BadForm extends Error {}

export interface Part {
  name: string
  filename: string | null
  /** Of its head, as sent. */
  head_bytes: number
  /** Must be read to its end before the next part. */
  chunks: AsyncIterable<Buffer>
}

const maxHeadBytes = 16 * 1024

/** The boundary of a `multipart/form-data; boundary=…` header; null where it is none. */
export const boundaryOf = (contentType: string | undefined): string | null => {
  const match = /^multipart\/form-data;.*?boundary=(?:"([^"]{1,70})"|([^;\s]{1,70}))/i.exec(contentType ?? '')
  return match?.[1] ?? match?.[2] ?? null
}

/**
 * The parts of a posted form, one after another, as the bytes come in: a file of any size never lies in memory
 * (`parseBody` of the framework would keep it whole).
 */
export async function* parts(body: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<Part> {
  const source = body[Symbol.asyncIterator]()
  const mark = Buffer.from(`\r\n--${boundary}`)
  // The first boundary has no line break before it.
  let held = Buffer.from('\r\n')
  const more = async (): Promise<void> => {
    const { value, done } = await source.next()
    if (done) throw new BadForm('the form breaks off')
    held = held.length === 0 ? Buffer.from(value) : Buffer.concat([held, value])
  }
  const need = async (length: number): Promise<void> => {
    while (held.length < length) await more()
  }

  async function* untilMark(): AsyncGenerator<Buffer> {
    for (;;) {
      const at = held.indexOf(mark)
      if (at >= 0) {
        if (at > 0) yield held.subarray(0, at)
        held = held.subarray(at + mark.length)
        return
      }
      // What could be the beginning of the mark is kept back.
      const sure = held.length - mark.length + 1
      if (sure > 0) {
        yield held.subarray(0, sure)
        held = held.subarray(sure)
      }
      await more()
    }
  }

  for await (const _before of untilMark()) {
    // A preamble is nobody's.
  }
  for (;;) {
    await need(2)
    if (held.subarray(0, 2).toString() === '--') {
      await source.return?.()
      return
    }
    let end: number
    while ((end = held.indexOf('\r\n\r\n')) < 0) {
      if (held.length > maxHeadBytes) throw new BadForm('a part without end of its head')
      await more()
    }
    const head = held.subarray(0, end).toString('utf8')
    held = held.subarray(end + 2) // one line break stays: an empty part ends at once
    const chunks = afterBreak(untilMark())
    const disposition = /content-disposition:\s*form-data;([^\r\n]*)/i.exec(head)?.[1]
    if (disposition === undefined) throw new BadForm('a part without name')
    const [name, filename] = [parameter(disposition, 'name') ?? '', parameter(disposition, 'filename')]
    yield { name, filename, head_bytes: end, chunks }
    for await (const _rest of chunks) {
      // Whatever the reader left lying.
    }
  }
}

/** Takes the line break before the content away. */
async function* afterBreak(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let missing = 2
  for await (const chunk of chunks) {
    const rest = chunk.subarray(missing)
    missing -= chunk.length - rest.length
    if (rest.length > 0) yield rest
  }
}

/** Browsers write `"` in a name as %22. */
const parameter = (disposition: string, name: string): string | null =>
  new RegExp(`[;\\s]${name}="([^"]*)"`, 'i').exec(`;${disposition}`)?.[1]?.replaceAll('%22', '"') ?? null

/** A short field's text. */
export async function textOf(part: Part, maxBytes = 10_000): Promise<string> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const chunk of part.chunks) {
    size += chunk.length
    if (size > maxBytes) throw new BadForm(`field ${part.name} is too long`)
    pieces.push(chunk)
  }
  return Buffer.concat(pieces).toString('utf8')
}

import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { keptUntil } from './minute.ts'
import type { Ctx, Installation } from './room.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Packing = 'br' | 'gzip'

interface Packed {
  text: string
  /** Weak: the same for every packing. */
  etag: string
  plain: Bytes
  packed: Partial<Record<Packing, Promise<Bytes>>>
}

/** As many pages as one process keeps; the oldest goes first. */
const most = 300
/** What is packed takes a packet or two in any case. */
const least_bytes = 1000
const kept = new WeakMap<Installation, Map<string, Packed>>()

const [brotli, zipped] = [promisify(brotliCompress), promisify(gzip)]
const packings: Record<Packing, (bytes: Bytes) => Promise<Buffer>> = {
  br: (bytes) =>
    brotli(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 9,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gzip: (bytes) => zipped(bytes, { level: 9 }),
}

interface PackedAnswer {
  key: string
  text: string
  headers: Record<string, string>
  /** Would the text be the same for whoever asks now? */
  isStill: () => Promise<boolean>
}

/**
 * Answers with a text that says the same to everybody who asks under `key`: its bytes are made and packed once, as long as the
 * text stays the same, and a reader who has it is told so (304). Nothing of one reader may stand in it: what is packed tells its length.
 */
export async function packedAnswer(c: Ctx, { key, text, headers, isStill }: PackedAnswer): Promise<Response> {
  const page = pageOf(c.var.installation, key, text)
  const vary = ['Accept-Encoding', headers.vary].filter(Boolean).join(', ')
  const sent = { ...headers, etag: page.etag, vary }
  if (isKnown(c.req.header('if-none-match'), page.etag)) return c.body(null, 304, sent)
  const packing = page.plain.length < least_bytes ? null : packingFor(c.req.header('accept-encoding'))
  const bytes = packing ? await (page.packed[packing] ??= packings[packing](page.plain).then((made) => new Uint8Array(made))) : page.plain
  c.env?.offer?.({ bytes, isStill, until: keptUntil(c.var.installation, key), route: c.req.routePath })
  return c.body(bytes, 200, packing ? { ...sent, 'content-encoding': packing } : sent)
} // prettier-ignore

function pageOf(installation: Installation, key: string, text: string): Packed {
  let pages = kept.get(installation)
  if (!pages) kept.set(installation, (pages = new Map()))
  const before = pages.get(key)
  if (before?.text === text) {
    before.text = text // made anew, it is another copy of the same
    return before
  }
  const plain = new Uint8Array(Buffer.from(text))
  const etag = `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
  const page: Packed = { text, etag, plain, packed: {} }
  pages.delete(key)
  pages.set(key, page)
  const [oldest] = pages.keys()
  if (pages.size > most && oldest !== undefined) pages.delete(oldest)
  return page
}

/** Brotli where it is taken, else gzip, else nothing; `;q=0` refuses one. */
export function packingFor(accepted: string | undefined): Packing | null {
  const taken = new Set(
    (accepted ?? '').toLowerCase().split(',').flatMap((each) => {
      const [name = '', ...more] = each.split(';').map((part) => part.trim())
      return more.some((part) => /^q=0(\.0*)?$/.test(part)) ? [] : name
    }),
  )
  return taken.has('br') ? 'br' : taken.has('gzip') ? 'gzip' : null
} // prettier-ignore

/** Is the mark among those a reader has? A proxy that packed the page itself may have made a weak one of it. */
const isKnown = (known: string | undefined, etag: string): boolean =>
  known !== undefined && known.split(',').some((each) => [etag, etag.slice(2), '*'].includes(each.trim()))

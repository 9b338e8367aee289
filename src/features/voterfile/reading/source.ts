import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Transform, type Readable } from 'node:stream'
import { crc32, createGunzip } from 'node:zlib'
import yauzl from 'yauzl'
import { dateIn } from '../../../platform/clock.ts'
import { stateTimeZones } from '../../geography/time-zones.ts'
import { isDate } from '../rules/dates.ts'
import { createInflate64 } from './inflate64.ts'

/** Why a file cannot be read at all. Shown to people by the message key `voterfile.problem.<code>`. */
export type FileProblem =
  | 'missing_file'
  | 'empty_file'
  | 'spreadsheet'
  | 'html'
  | 'pdf'
  | 'binary'
  | 'bad_zip'
  | 'zip_locked'
  | 'zip_method'
  | 'damaged_file'
  | 'nothing_in_zip'
  | 'not_a_voter_file'
  | 'wrong_layout'
  | 'unknown_layout'
  | 'law_not_accepted'
  | 'voters_first'
  | 'many_gone'
  | 'all_rejected'
  | 'no_phone_column'
  | 'no_match_column'
  | 'no_such_column'
  | 'rejects_unwritable'

/** A file refused before anything was changed. */
export class Refused extends Error {
  readonly code: FileProblem
  readonly detail: string
  /** Figures a page may show. */
  readonly numbers: Readonly<Record<string, number>>
  constructor(code: FileProblem, detail: string, numbers: Readonly<Record<string, number>> = {}) {
    super(`${code}: ${detail}`)
    this.numbers = numbers
    this.code = code
    this.detail = detail
  }
}

/** One text to be read: a plain file, what a .gz holds, or one file of a .zip. */
export interface Part {
  /** 'AllNYSVoters_20261101.txt', of a zip 'voters.zip/AllNYSVoters_20261101.txt'. */
  name: string
  /** The file it lies in. */
  path: string
  /** Bytes on disk, for the progress. */
  bytes: number
  isInZip: boolean
  encoding: 'bytes' | 'utf-16le' | 'utf-16be' | 'euc-kr'
  /** Lines end with a carriage return alone, as an old Mac wrote them. */
  has_mac_lines: boolean
  /** Where the bytes lie as they are; null: inside a .gz or .zip. */
  plain_path: string | null
  /** `onBytes` hears how many bytes of the file on disk were read. */
  open(onBytes?: (bytes: number) => void): Promise<Readable>
}

/** So much of a file is looked at before it is read; a smaller one whole. */
export const sampleBytes = 256 * 1024
const plainBytes = 1 << 20

/** The texts in these files; refuses what is no text. `names`: as people call the files, where the paths are ours. */
export const partsOf = async (paths: readonly string[], names?: readonly string[]): Promise<Part[]> =>
  (await textsOf(paths, names)).parts

/** The same with the names of what was left out: in a .zip there may be other things beside the texts. */
export async function textsOf(
  paths: readonly string[],
  names: readonly string[] = paths,
): Promise<{ parts: Part[]; left_out: string[] }> {
  const found: Part[] = []
  const left_out: string[] = []
  for (const [at, path] of paths.entries())
    found.push(...(await partsOfFile(path, basename(names[at] ?? path), left_out)))
  const parts: Part[] = []
  let refused: Refused | null = null
  for (const part of found) {
    try {
      const sample = await sampleOf(part)
      part.encoding = encodingOf(sample, part.name)
      part.has_mac_lines = part.encoding === 'bytes' && sample.includes(13) && !sample.includes(10)
      parts.push(part)
    } catch (problem) {
      // A web page or a picture called .txt; a part that is damaged is something else.
      if (!part.isInZip || !(problem instanceof Refused) || problem.code === 'damaged_file') throw problem
      refused ??= problem
      left_out.push(part.name)
    }
  }
  if (parts.length === 0 && refused) throw refused
  return { parts, left_out }
}

/** The first bytes of a part as they come out of gz or zip, and, where they are not plain, decoded to UTF-8. */
export async function sampleOf(part: Part): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of chunksOf(part)) {
    chunks.push(Buffer.from(chunk))
    length += chunk.length
    if (length >= sampleBytes) break
  }
  return Buffer.concat(chunks)
}

/**
 * Whole lines from all over a part: of a plain file its first megabyte and eleven places more, of what is packed (where
 * nobody can jump ahead) as much of its beginning as takes a moment.
 */
export async function* placesOf(part: Part): AsyncGenerator<Buffer, void> {
  if (part.plain_path === null || part.encoding !== 'bytes' || part.has_mac_lines) {
    let length = 0
    for await (const chunk of chunksOf(part)) {
      yield chunk
      length += chunk.length
      if (length >= 32 * sampleBytes) return
    }
    return
  }
  const file = await open(part.plain_path)
  const further = Buffer.alloc(64 * 1024)
  // Where the places would overlap, all of it is one.
  const isWhole = part.bytes <= (1 << 20) + 11 * further.length
  const first = Buffer.alloc(isWhole ? part.bytes + 1 : 1 << 20)
  const rest = part.bytes - first.length
  try {
    for (let place = 0; place < 12; place++) {
      const piece = place === 0 ? first : further
      const at = place === 0 ? 0 : first.length + Math.floor((Math.max(0, rest - piece.length) * (place - 1)) / 10)
      const { bytesRead } = await file.read(piece, 0, piece.length, at)
      const from = at === 0 ? 0 : piece.indexOf(10) + 1
      const to = piece.lastIndexOf(10, bytesRead - 1) + 1
      if (to > from) yield piece.subarray(from, to)
      if (bytesRead < piece.length) return // all of it
    }
  } finally {
    await file.close()
  }
}

/**
 * The bytes of a part, piece by piece; each piece is good until the next is asked for. Refuses a .gz or .zip that ends
 * early or is damaged where that shows.
 */
export async function* chunksOf(part: Part, onBytes?: (bytes: number) => void): AsyncGenerator<Buffer, void> {
  if (part.plain_path !== null && part.encoding === 'bytes' && !part.has_mac_lines) {
    yield* plainChunks(part.plain_path, onBytes)
    return
  }
  const stream = await part.open(onBytes)
  try {
    yield* stream as AsyncIterable<Buffer>
  } catch (problem) {
    if (isDamage(problem)) throw new Refused('damaged_file', part.name)
    throw problem
  } finally {
    stream.destroy()
  }
}

/**
 * A plain file by two buffers in turn, one being read into while the other is worked on. A stream makes new memory for
 * each piece, and touching new memory costs more than reading the file.
 */
async function* plainChunks(path: string, onBytes?: (bytes: number) => void): AsyncGenerator<Buffer, void> {
  const file = await open(path)
  let [filling, other] = [Buffer.allocUnsafeSlow(plainBytes), Buffer.allocUnsafeSlow(plainBytes)]
  let reading = file.read(filling, 0, plainBytes)
  try {
    for (;;) {
      const { bytesRead } = await reading
      if (bytesRead === 0) return
      const full = filling.subarray(0, bytesRead)
      ;[filling, other] = [other, filling]
      reading = file.read(filling, 0, plainBytes)
      onBytes?.(bytesRead)
      yield full
    }
  } finally {
    await reading.catch(() => undefined) // told above, unless nobody asks any more
    await file.close()
  }
}

/** zlib's own codes; yauzl says in words that an entry is longer or shorter than its directory promises. */
const isDamage = (problem: unknown): problem is Error =>
  problem instanceof Error &&
  (String((problem as NodeJS.ErrnoException).code).startsWith('Z_') ||
    /bytes in the stream|unexpected EOF/.test(problem.message))

async function partsOfFile(path: string, name: string, left_out: string[]): Promise<Part[]> {
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) throw new Refused('missing_file', path)
  if (found.size === 0) throw new Refused('empty_file', name)
  const file = await open(path)
  const head = Buffer.alloc(8)
  await file.read(head, 0, 8, 0)
  await file.close()
  if (head.readUInt32BE(0) === 0x504b0304 || head.readUInt32BE(0) === 0x504b0506)
    return partsOfZip(path, name, left_out)
  const isGz = head[0] === 0x1f && head[1] === 0x8b
  const part: Part = {
    name,
    path,
    bytes: found.size,
    isInZip: false,
    encoding: 'bytes',
    has_mac_lines: false,
    plain_path: isGz ? null : path,
    async open(onBytes) {
      const raw = createReadStream(path, { highWaterMark: isGz ? 256 * 1024 : 1 << 20 })
      if (onBytes) raw.on('data', (chunk) => onBytes(chunk.length))
      return transcoded(isGz ? piped(raw, createGunzip({ chunkSize: 256 * 1024 })) : raw, part)
    },
  }
  return [part]
}

/** The methods of packing that can be read. */
const [stored, deflated, deflated64] = [0, 8, 9]

async function partsOfZip(path: string, name: string, left_out: string[]): Promise<Part[]> {
  const zip = await openZip(path, name)
  const entries: yauzl.Entry[] = []
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry)
  } catch (problem) {
    const message = problem instanceof Error ? problem.message : String(problem)
    throw message.includes('encryption') ? new Refused('zip_locked', name) : new Refused('bad_zip', name)
  } finally {
    zip.close()
  }
  // Excel's, LibreOffice's.
  if (entries.some(({ fileName }) => fileName === '[Content_Types].xml' || fileName === 'META-INF/manifest.xml'))
    throw new Refused('spreadsheet', name)
  // Florida's deliveries hold folders of working files; macOS adds its own.
  const useful = entries.filter(
    (entry) =>
      entry.uncompressedSize > 0 &&
      /\.(txt|csv|tsv|dat)$/i.test(entry.fileName) &&
      !/(^|\/)(__MACOSX|verificationfiles|processedfiles)\//i.test(entry.fileName),
  )
  if (useful.length === 0) throw new Refused('nothing_in_zip', name)
  for (const entry of useful) {
    if (entry.isEncrypted()) throw new Refused('zip_locked', `${name}/${entry.fileName}`)
    if (![stored, deflated, deflated64].includes(entry.compressionMethod))
      throw new Refused('zip_method', `${name}/${entry.fileName}`)
  }
  for (const entry of entries)
    if (!useful.includes(entry) && !/\/$|(^|\/)(__MACOSX\/|\.DS_Store)/.test(entry.fileName))
      left_out.push(`${name}/${entry.fileName}`)
  return useful.map((entry) => {
    const part: Part = {
      name: `${name}/${entry.fileName}`,
      path,
      bytes: entry.compressedSize,
      isInZip: true,
      encoding: 'bytes',
      has_mac_lines: false,
      plain_path: null,
      async open(onBytes) {
        const source = await openZip(path, name)
        const isOurs = entry.compressionMethod === deflated64 // to undo: yauzl gives the bytes as they are
        const raw = await source
          .openReadStreamPromise(entry, isOurs ? { decodeFileData: false } : {})
          .catch((problem: NodeJS.ErrnoException) => {
            source.close()
            // What it says without a code is of the header before the entry's bytes; with one, of the disk.
            throw problem.code === undefined ? new Refused('damaged_file', `${part.name}: ${problem.message}`) : problem
          })
        raw.once('close', () => source.close())
        const stream = piped(isOurs ? piped(raw, await createInflate64()) : raw, compared(entry))
        // What is inflated counts by its share of the compressed size.
        const share = entry.compressedSize / entry.uncompressedSize
        if (onBytes) stream.on('data', (chunk: Buffer) => onBytes(chunk.length * share))
        return transcoded(stream, part)
      },
    }
    return part
  })
}

async function openZip(path: string, name: string): Promise<yauzl.ZipFile> {
  try {
    return await yauzl.openPromise(path, { autoClose: false, lazyEntries: true })
  } catch (problem) {
    // With a code it is of the disk; else of what stands in the file, in the words of whoever wrote the library.
    if (problem instanceof Error && 'code' in problem) throw problem
    throw new Refused('bad_zip', name)
  }
}

/** Passes an entry on, and fails where it is not what its directory promises. */
function compared({ uncompressedSize, crc32: promised }: yauzl.Entry): Transform {
  let [bytes, sum] = [0, 0]
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length
      sum = crc32(chunk, sum)
      done(null, chunk)
    },
    flush: (done) =>
      done(
        bytes === uncompressedSize && sum === promised
          ? null
          : Object.assign(new Error('not the bytes that were packed'), { code: 'Z_DATA_ERROR' }),
      ),
  })
}

function piped(from: Readable, to: Transform): Transform {
  from.on('error', (problem) => to.destroy(problem))
  to.on('close', () => from.destroy())
  return from.pipe(to)
}

function transcoded(stream: Readable, { encoding, has_mac_lines }: Part): Readable {
  if (has_mac_lines)
    return piped(stream, new Transform({ transform: (chunk: Buffer, _, done) => done(null, chunk.map((byte) => (byte === 13 ? 10 : byte))) })) // prettier-ignore
  if (encoding === 'bytes') return stream
  const decoder = new TextDecoder(encoding)
  const utf8 = new Transform({
    transform: (chunk: Buffer, _, done) => done(null, Buffer.from(decoder.decode(chunk, { stream: true }))),
    flush: (done) => done(null, Buffer.from(decoder.decode())),
  })
  return piped(stream, utf8)
}

function encodingOf(sample: Buffer, name: string): Part['encoding'] {
  if (sample.length === 0) throw new Refused('empty_file', name)
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le'
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be'
  const start = sample.toString('latin1', 0, 2048).trimStart().toLowerCase()
  if (start.startsWith('%pdf')) throw new Refused('pdf', name)
  if (/^(\xef\xbb\xbf)?\s*<(!doctype|!--|html|head|body|\?xml|script|meta)/.test(start)) throw new Refused('html', name)
  if (sample.length >= 4 && sample.readUInt32BE(0) === 0xd0cf11e0) throw new Refused('spreadsheet', name)
  let zeros = 0
  let controls = 0
  for (const byte of sample) {
    if (byte === 0) zeros++
    else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) controls++
  }
  if (zeros > sample.length / 4) return sample[0] === 0 ? 'utf-16be' : 'utf-16le'
  if (zeros > 8 || controls > sample.length / 100) throw new Refused('binary', name)
  return !isUtf8Sample(sample) && isKorean(sample) ? 'euc-kr' : 'bytes'
}

/** Bytes of UTF-8; the last letter may be cut. Small letters with accents in it would pass for Korean pairs too. */
export const isUtf8Sample = (sample: Buffer): boolean =>
  [0, 1, 2, 3].some((cut) => isUtf8(sample.subarray(0, sample.length - cut)))

/** Nearly all bytes beyond ASCII in pairs that are Hangul in CP949, as Korean Excel writes. */
export function isKorean(sample: Buffer): boolean {
  let pairs = 0
  let others = 0
  for (let at = 0; at < sample.length - 1; at++) {
    const byte = sample[at] ?? 0
    if (byte < 128) continue
    const next = sample[at + 1] ?? 0
    if (byte >= 0xb0 && byte <= 0xc8 && next >= 0xa1) pairs++
    else others++
    at++
  }
  return pairs > 20 && others * 20 < pairs
}

/** The date where a file comes from; of numbers, which come from no state, where most of our voters live. */
export const dayThere = (state: string | null, now: Date): string =>
  dateIn(stateTimeZones[state ?? ''] ?? 'America/New_York', now)

/** 'YYYY-MM-DD' from a file name like AllNYSVoters_20261101.txt, _11012026 or _2026-11-01; null where it says none. */
export function dateInName(name: string): string | null {
  const digits = /(?:^|\D)(\d{8}|\d{4}-\d\d-\d\d)(?:\D|$)/.exec(basename(name))?.[1]?.replaceAll('-', '')
  if (!digits) return null
  for (const [year, month, day] of [
    [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)],
    [digits.slice(4), digits.slice(0, 2), digits.slice(2, 4)],
  ] as const) {
    if (Number(year) > 1990 && Number(year) < 2100 && isDate(`${year}-${month}-${day}`))
      return `${year}-${month}-${day}`
  }
  return null
}

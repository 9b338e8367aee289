import { asTyped } from '../../platform/http/form.ts'
import { boundaryOf, parts, type Part } from '../voterfile/uploads/multipart.ts'
import { mostFileBytes, mostFiles, type SentFile } from './schema.ts'

/** Everything typed, at its longest, is far below. */
export const most_typed_bytes = 128 * 1024
/** Of files and heads together, read only to say which of them is too large. */
const most_read_bytes = 60_000_000
/** Fields, files and every choice of several that is ticked. */
const most_parts = 1000
const most_name_letters = 200
/** No device has longer ones. */
const most_file_name_letters = 255

export interface SentForm {
  fields: Record<string, string[]>
  files: Record<string, SentFile>
}

/** A posted form with files, as it comes in: of a file that is too large nothing is kept. null: far too much. */
export async function readSent(request: Request): Promise<SentForm | null> {
  const boundary = boundaryOf(request.headers.get('content-type') ?? undefined)
  const sent: SentForm = { fields: empty(), files: empty() }
  if (boundary === null || !request.body) return sent
  let [count, typed, read] = [0, 0, 0]
  for await (const part of parts(request.body, boundary)) {
    if (++count > most_parts || isNamedTooLong(part)) return null
    read += part.head_bytes
    const takes = part.filename === null ? most_typed_bytes - typed : mostFileBytes
    const isKept = part.filename === null || Object.keys(sent.files).length < mostFiles
    const { bytes, content } = await upTo(part, isKept ? takes : 0, most_read_bytes - read)
    read += bytes
    if (read >= most_read_bytes) return null
    if (part.filename !== null) sent.files[part.name] = { name: asTyped(part.filename), bytes, content }
    else {
      if (!content) return null
      typed += bytes
      ;(sent.fields[part.name] ??= []).push(asTyped(content.toString('utf8')))
    }
  }
  return sent
}

/** Names come from strangers: to anything else, a field 'constructor' is there before it was sent. */
const empty = <Value>(): Record<string, Value> => Object.create(null) as Record<string, Value>

const isNamedTooLong = ({ name, filename }: Part): boolean =>
  name.length > most_name_letters || (filename?.length ?? 0) > most_file_name_letters

/** The content of a part if it is no larger than we take; what is beyond is read and thrown away, until it is far too much. */
async function upTo(part: Part, takes: number, reads: number): Promise<Pick<SentFile, 'bytes' | 'content'>> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const chunk of part.chunks) {
    bytes += chunk.length
    if (bytes <= takes) pieces.push(chunk)
    else pieces.length = 0
    if (bytes > reads) break
  }
  return { bytes, content: bytes <= takes ? Buffer.concat(pieces) : null }
}

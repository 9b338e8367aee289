import { createHash } from 'node:crypto'
import { fileKinds, type FileKind, type SentFile, type TakenFile } from './schema.ts'

/** File name extension and media type of what is taken. */
export const fileTypes: Record<FileKind, { extension: string; also: readonly string[]; type: string }> = {
  jpeg: { extension: 'jpg', also: ['jpeg', 'jpe'], type: 'image/jpeg' },
  png: { extension: 'png', also: [], type: 'image/png' },
  webp: { extension: 'webp', also: [], type: 'image/webp' },
  pdf: { extension: 'pdf', also: [], type: 'application/pdf' },
}

/** Named so in a field, iPhones send photos as JPEG instead of HEIC. */
export const acceptedTypes = fileKinds.map((kind) => fileTypes[kind].type).join(',')

/** A stranger sent it: saved by the browser, never shown as a page of ours. `plain` is its name where a browser knows no other letters. */
export const savedFile = (file: { name: string; kind: FileKind; content: Uint8Array }, plain: string): Response =>
  new Response(new Uint8Array(file.content), {
    headers: {
      'content-type': fileTypes[file.kind].type,
      'content-disposition': `attachment; filename="${plain}.${fileTypes[file.kind].extension}"; filename*=UTF-8''${encodeURIComponent(file.name).replaceAll(/['()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`)}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  })

/** What a file is by how it begins, whatever it is called; null: nothing we take. */
export function fileKindOf(content: Buffer): FileKind | null {
  const begins = (text: string, at = 0): boolean => content.subarray(at, at + text.length).toString('latin1') === text
  if (begins('\xff\xd8\xff')) return 'jpeg'
  if (begins('\x89PNG\r\n\x1a\n')) return 'png'
  if (begins('RIFF') && begins('WEBP', 8)) return 'webp'
  return begins('%PDF-') ? 'pdf' : null
}

export function fileAnswer(sent: SentFile | undefined): {
  file: TakenFile | null
  problem: 'file_kind' | 'file_large' | null
} {
  // A field left empty is sent as a file without name and content.
  if (!sent || sent.bytes === 0) return { file: null, problem: null }
  if (!sent.content) return { file: null, problem: 'file_large' }
  const kind = fileKindOf(sent.content)
  if (!kind) return { file: null, problem: 'file_kind' }
  const sha256 = createHash('sha256').update(sent.content).digest('hex')
  return { file: { name: fileName(sent.name, kind), kind, sha256, content: sent.content }, problem: null }
}

/** The name as it was on the device, without folders and what cannot be seen; its end says what it is. */
export function fileName(sent: string, kind: FileKind): string {
  const { extension, also } = fileTypes[kind]
  const plain = (sent.split(/[\\/]/).at(-1) ?? '')
    .normalize('NFC')
    .replaceAll(/[\p{C}"<>:|?*]/gu, '')
    .trim()
  const isEnded = [extension, ...also].some((each) => plain.toLowerCase().endsWith(`.${each}`))
  const stem = isEnded ? plain.slice(0, plain.lastIndexOf('.')) : plain
  return `${Array.from(stem).slice(0, 80).join('') || 'file'}.${extension}`
}

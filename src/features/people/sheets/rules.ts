import type { PhotoType } from './schema.ts'

/** What a file is by its first bytes; null: no picture we take, whatever its name says. */
export function photoTypeOf(file: Buffer): PhotoType | null {
  if (file.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg'
  if (file.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'image/png'
  if (file.subarray(0, 4).toString('latin1') === 'RIFF' && file.subarray(8, 12).toString('latin1') === 'WEBP')
    return 'image/webp'
  return null
}

/** The next line to be typed after one: the first above it that is not there yet, else the first at all; null: all are. */
export function nextLine(typed: readonly number[], lines: number, after: number): number | null {
  const open = Array.from({ length: lines }, (_, at) => at + 1).filter((line) => !typed.includes(line))
  return open.find((line) => line > after) ?? open[0] ?? null
}

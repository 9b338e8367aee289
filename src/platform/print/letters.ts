import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fonts, hanFonts, hasHan } from './typst.ts'

/*
 * Which letters our fonts have, by their own tables (`cmap` of ISO/IEC 14496-22). Typst prints an empty box for others, or takes
 * them from a font for formulas, and says nothing.
 */

/** Made with the first question and kept: the weights of a font have the same letters. */
const known = new Map<string, Promise<ReadonlySet<number>>>()

function lettersIn(path: string): Promise<ReadonlySet<number>> {
  const letters = known.get(path) ?? readFile(path).then(lettersOf)
  known.set(path, letters)
  return letters.catch((problem: unknown) => {
    known.delete(path)
    throw problem
  })
}

function lettersOf(font: Buffer): ReadonlySet<number> {
  const cmap = tableOf(font, 'cmap')
  const letters = new Set<number>()
  for (let at = 0; at < cmap.readUInt16BE(2); at++) {
    const sub = cmap.subarray(cmap.readUInt32BE(4 + 8 * at + 4))
    const format = sub.readUInt16BE(0)
    if (format === 4) addSegments(sub, letters)
    if (format === 12) addGroups(sub, letters)
  }
  return letters
}

function tableOf(font: Buffer, name: string): Buffer {
  for (let at = 0; at < font.readUInt16BE(4); at++) {
    const row = font.subarray(12 + 16 * at)
    if (row.toString('latin1', 0, 4) === name) return font.subarray(row.readUInt32BE(8), row.readUInt32BE(8) + row.readUInt32BE(12)) // prettier-ignore
  }
  throw new Error(`a font without ${name}`)
}

function addSegments(sub: Buffer, letters: Set<number>): void {
  const double = sub.readUInt16BE(6)
  const [ends, starts, deltas, ranges] = [14, 16 + double, 16 + 2 * double, 16 + 3 * double] as const
  for (let at = 0; at < double; at += 2) {
    const range = sub.readUInt16BE(ranges + at)
    for (let code = sub.readUInt16BE(starts + at), end = sub.readUInt16BE(ends + at); code <= end && code < 0xffff; code++) {
      const glyph = range === 0
        ? (code + sub.readUInt16BE(deltas + at)) & 0xffff
        : sub.readUInt16BE(ranges + at + range + 2 * (code - sub.readUInt16BE(starts + at)))
      if (glyph !== 0) letters.add(code)
    }
  }
} // prettier-ignore

function addGroups(sub: Buffer, letters: Set<number>): void {
  for (let at = 0; at < sub.readUInt32BE(12); at++) {
    const group = 16 + 12 * at
    for (let code = sub.readUInt32BE(group); code <= sub.readUInt32BE(group + 4); code++) letters.add(code)
  }
}

/** What is no letter of its own: blanks, breaks, what joins or chooses. Letters that nobody has assigned are boxes. */
const isUnseen = /^[\s\p{Cc}\p{Cf}\uFE00-\uFE0F]$/u

/** Each font has its own there: what is printed is not what was meant, as of Hangul from fonts of the nineties. */
const isPrivate = /^\p{Co}$/u

/** The letters of texts that our fonts do not have, each once, as they come. */
export async function lettersMissing(texts: readonly string[]): Promise<string[]> {
  // Letters in parts, as a Mac keeps file names, are put together where a font has no parts.
  const all = texts.join('').normalize('NFC')
  const files = [join(fonts(), 'Pretendard-Regular.otf')]
  if (hasHan(all))
    files.push(
      ...hanFonts()
        .slice(0, 1)
        .map((folder) => join(folder, 'NotoSansTC_400Regular.ttf')),
    )
  const sets = await Promise.all(files.map(lettersIn))
  return [...new Set(all)].filter(
    (letter) =>
      isPrivate.test(letter) ||
      (!isUnseen.test(letter) && !sets.some((letters) => letters.has(letter.codePointAt(0) ?? 0))),
  )
}

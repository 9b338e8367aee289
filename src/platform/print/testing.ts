import { inflateSync } from 'node:zlib'
import { Resvg } from '@resvg/resvg-js'
import { decodeQR } from 'qr/decode.js'

const numbers = (text = ''): number[] => [...text.matchAll(/(\d+) 0 R/g)].map(([, object]) => Number(object))

/** Objects of a file, by its last table; streams unpacked. */
function objectsOf(file: string): (object: number) => string {
  const table = Number(/startxref\n(\d+)\n%%EOF/.exec(file.slice(-64))?.[1])
  const rows = file.slice(table).split('\n').slice(2)
  return (object) => {
    const from = Number(rows[object]?.slice(0, 10))
    const whole = file.slice(from, file.indexOf('\nendobj', from))
    const stream = /\nstream\n([^]*)\nendstream$/.exec(whole)?.[1]
    if (stream === undefined) return whole
    return whole.includes('FlateDecode') ? inflateSync(Buffer.from(stream, 'latin1')).toString('latin1') : stream
  }
}

const utf16 = (hex: string): string =>
  (hex.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('')

/** What each glyph of a font says. */
function lettersOf(map: string): ReadonlyMap<string, string> {
  const pairs = [...map.matchAll(/<([0-9A-F]{4})> <([0-9A-F]+)>/g)]
  return new Map(pairs.map(([, glyph = '', said = '']) => [glyph, utf16(said)]))
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
const unescaped = (text: string): string =>
  text.replaceAll(/\\([0-7]{1,3}|[^])/g, (_, code: string) =>
    /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (escapes[code] ?? code),
  )

/** A text between parentheses, in which others may stand as long as each is closed. */
const inside = String.raw`\\[^]|[^\\()]`
const nested = [1, 2, 3].reduce((inner) => String.raw`${inside}|\((?:${inner})*\)`, inside)
const shown = new RegExp(String.raw`\/([A-Za-z]+\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>|\(((?:${nested})*)\)|^([qQ])$`, 'gm')

/** Text of what is drawn, without its blanks: where letters stand apart is not told by the file. */
function textOf(drawn: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  let font: ReadonlyMap<string, string> | undefined
  let text = ''
  // What is set between q and Q holds there alone.
  const before: (typeof font)[] = []
  for (const [, name, hex, plain, step] of drawn.matchAll(shown)) {
    if (step === 'q') before.push(font)
    if (step === 'Q') font = before.pop()
    if (name !== undefined) font = fonts.get(name)
    const glyphs =
      hex?.toUpperCase() ??
      Buffer.from(unescaped(plain ?? ''), 'latin1')
        .toString('hex')
        .toUpperCase()
    for (const glyph of glyphs.match(/.{4}/g) ?? []) text += font?.get(glyph) ?? '?'
  }
  return text.replaceAll(/\s+/g, '')
}

/** What stands on each page of a file of ours, by the streams that lie one over the other, the lowest first. */
export function textsOf(made: Uint8Array): string[][] {
  const file = Buffer.from(made).toString('latin1')
  const at = objectsOf(file)
  const [root = 0] = numbers(/\/Root \d+ 0 R/.exec(file.slice(file.lastIndexOf('trailer')))?.[0])
  const [tree = 0] = numbers(/\/Pages \d+ 0 R/.exec(at(root))?.[0])
  const fonts = new Map<string, ReadonlyMap<string, string>>()
  for (const [, name = '', object] of file.matchAll(/\/([A-Za-z]+\d+) (\d+) 0 R/g)) {
    const [map] = numbers(/\/ToUnicode \d+ 0 R/.exec(at(Number(object)))?.[0])
    if (map !== undefined && !fonts.has(name)) fonts.set(name, lettersOf(at(map)))
  }
  // A stream that many pages have is read once.
  const read = new Map<number, string>()
  const told = (object: number): string => {
    const text = read.get(object) ?? textOf(at(object), fonts)
    read.set(object, text)
    return text
  }
  return numbers(/\/Kids \[([^\]]*)\]/.exec(at(tree))?.[1]).map((page) =>
    numbers(/\/Contents (\[[^\]]*\]|\d+ 0 R)/.exec(at(page))?.[1])
      .map(told)
      .filter((text) => text !== ''),
  )
}

const blankless = (text: string): string => text.replaceAll(/\s+/g, '')

/** Which of these texts do not stand in a file of ours. */
export async function lackingIn(answer: Response, texts: readonly string[]): Promise<string[]> {
  const said = textsOf(new Uint8Array(await answer.arrayBuffer()))
    .flat()
    .join('\n')
  return texts.filter((text) => !said.includes(blankless(text)))
}

/** What a camera reads of the codes in a file of ours: its drawings, each of which is a code. */
export function codesOf(made: Uint8Array): string[] {
  const file = Buffer.from(made).toString('latin1')
  const at = objectsOf(file)
  const drawings = file.matchAll(/\n(\d+) 0 obj\n<<[^>]*?\/Subtype \/Form\s+\/BBox \[0 0 ([\d.]+) /g)
  return [...drawings].map(([, object, size]) => {
    const steps = [...at(Number(object)).matchAll(/^(?:(\S+ \S+) ([ml])|h)$/gm)]
    const path = steps.map(([, to, step]) => (to && step ? `${step.toUpperCase()}${to}` : 'Z')).join('')
    const edge = Number(size) / 8
    const whole = Number(size) + 2 * edge
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-edge} ${-edge} ${whole} ${whole}" width="600" height="600"><path fill-rule="evenodd" d="${path}"/></svg>`
    const { width, height, pixels } = new Resvg(svg, { background: '#fff' }).render()
    return decodeQR({ width, height, data: pixels })
  })
}

/*
 * A file of Typst made anew with other pages: each is one or several of its own, the lowest first. What thousands of sheets have
 * alike is set, and stands in the file, once. PDF as in ISO 32000-1, 7.5 and 7.7; of what that allows, what Typst writes.
 */

/** Pages of the document, counted from 0, that lie one over the other on a page of the file. */
export type Stack = readonly number[]

interface Parsed {
  file: Buffer
  /** Where each object begins; 0: there is none. */
  places: readonly number[]
  /** Where the table of them begins. */
  end: number
  trailer: string
}

/** The same file with its pages as `stacks` says. */
export function stacked(pdf: Uint8Array, stacks: readonly Stack[]): Uint8Array<ArrayBuffer> {
  const file = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength)
  const parsed = parse(file)
  const pages_object = reference(parsed.trailer, 'Root', (catalog) => reference(objectAt(parsed, catalog), 'Pages'))
  const tree = objectAt(parsed, pages_object)
  const sources = [...listOf(tree, 'Kids').matchAll(/(\d+) 0 R/g)].map(([, object]) => {
    const text = objectAt(parsed, Number(object))
    return { text, contents: reference(text, 'Contents'), resources: reference(text, 'Resources') }
  })
  const added: string[] = []
  const add = (text: string): number => parsed.places.length + added.push(text) - 1
  const [save, restore] = [add(streamOf('q\n')), add(streamOf('Q\n'))]
  const kids = stacks.map((stack) => {
    const layers = stack.map((page) => found(sources[page]))
    const top = found(layers.at(-1))
    // Their letters and colours have the same names only where they say what they mean in the same place.
    if (layers.some(({ resources }) => resources !== top.resources)) throw new Error('pages of different resources')
    const under = layers.slice(0, -1).flatMap(({ contents }) => [save, contents, restore])
    const contents = [...under, top.contents].map((object) => `${object} 0 R`)
    return add(top.text.replace(/\/Contents \d+ 0 R/, () => `/Contents [${contents.join(' ')}]`))
  })
  // One page too many, and all that come after it would lie over each other's.
  if (new Set(stacks.flat()).size !== sources.length) throw new Error('pages that lie nowhere')
  const kid_list = `/Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}]`
  const new_tree = add(
    tree.replace(/\/Count \d+/, `/Count ${kids.length}`).replace(/\/Kids \[[^\]]*\]/, () => kid_list),
  )
  // The tree keeps its number, by which pages name it.
  return written(parsed, added, new Map([[pages_object, new_tree]]))
}

function parse(file: Buffer): Parsed {
  const end = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(file.toString('latin1', file.length - 64))?.[1])
  const tail = file.toString('latin1', end)
  const head = /^xref\n0 (\d+)\n/.exec(tail)
  const trailer = tail.slice(tail.indexOf('trailer'))
  if (!head || trailer === '') throw new Error('not a file of Typst')
  const entry = 20
  const places = Array.from({ length: Number(head[1]) }, (_, object) => {
    const from = head[0].length + object * entry
    return tail[from + 17] === 'n' ? Number(tail.slice(from, from + 10)) : 0
  })
  return { file, places, end, trailer }
}

/** What stands in an object that is no stream. */
function objectAt({ file, places }: Parsed, object: number): string {
  const from = found(places[object])
  return file.toString('latin1', file.indexOf(' obj\n', from) + 5, file.indexOf('\nendobj', from))
}

function reference(text: string, key: string, then = (object: number) => object): number {
  const named = new RegExp(`/${key} (\\d+) 0 R`).exec(text)
  if (!named) throw new Error(`no ${key} in a file of Typst`)
  return then(Number(named[1]))
}

const listOf = (text: string, key: string): string => new RegExp(`/${key} \\[([^\\]]*)\\]`).exec(text)?.[1] ?? ''

function found<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new Error('no such page')
  return thing
}

const streamOf = (content: string): string => `<<\n  /Length ${content.length}\n>>\nstream\n${content}\nendstream`

function written(
  { file, places, end, trailer }: Parsed,
  added: readonly string[],
  instead: ReadonlyMap<number, number>,
) {
  const known = places.length
  const own = new Map([...instead].map(([object, by]) => [by, object]))
  const at = [...places]
  const parts: Buffer[] = [file.subarray(0, end)]
  let from = end
  for (const [index, text] of added.entries()) {
    const object = own.get(known + index) ?? known + index
    const made = Buffer.from(`${object} 0 obj\n${text}\nendobj\n\n`, 'latin1')
    at[object] = from
    from += made.length
    parts.push(made)
  }
  const entries = Array.from(at, (place) =>
    place ? `${String(place).padStart(10, '0')} 00000 n\r\n` : '0000000000 65535 f\r\n',
  )
  parts.push(
    Buffer.from(
      `xref\n0 ${at.length}\n${entries.join('')}${trailer.replace(/\/Size \d+/, `/Size ${at.length}`).replace(/startxref\s+\d+/, `startxref\n${from}`)}`,
      'latin1',
    ),
  )
  const whole = Buffer.concat(parts)
  return new Uint8Array(whole.buffer, whole.byteOffset, whole.length)
}

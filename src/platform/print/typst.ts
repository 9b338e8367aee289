import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { NodeCompiler, NodeTypstDocument } from '@myriaddreamin/typst-ts-node-compiler'
import type { RenderedImage } from '@resvg/resvg-js'
import { stacked, type Stack } from './stacks.ts'

/** What is printed says its data as JSON and its looks as a Typst document, which reads them by `data`. */
export interface Print {
  /** A Typst document; everything of `preamble` is there. */
  template: string
  data: unknown
  /** The same as JSON, where that is made already; then it counts. */
  json?: string
  /** Pictures by the path under which the document names them ('/picture.jpg'). */
  files?: ReadonlyMap<string, Uint8Array>
  /** Fonts beside ours, by their names. */
  fonts?: Fonts
  /** The pages of the file, where they are not those of the document one after the other. */
  stacks?: readonly Stack[]
  /** The date inside the file. */
  made_at: Date
}

const require = createRequire(import.meta.url)

/** Where Pretendard's files for print are; Typst does not read those of the browser. */
export const fonts = (): string => join(dirname(require.resolve('pretendard/package.json')), 'dist/public/static')

/** Traditional Chinese, which Pretendard has no letters of: seven megabytes for each weight, read where they are needed alone. */
export const hanFonts = (): string[] =>
  ['400Regular', '700Bold'].map((weight) => join(dirname(require.resolve('@expo-google-fonts/noto-sans-tc/package.json')), weight)) // prettier-ignore

/** Whether what is printed needs those. */
export const hasHan = (text: string): boolean => /\p{Script=Han}/u.test(text)

/** Nothing of it is read but what a document is given (`files`). */
const workspace = join(fonts(), 'nothing')

const compilers = new Map<string, Promise<NodeCompiler>>()

type Fonts = ReadonlyMap<string, Uint8Array>

/** Made with the first print of the same fonts and kept: reading them takes longer than a page. */
async function makeCompiler(isHan: boolean, others: Fonts): Promise<NodeCompiler> {
  const { NodeCompiler: Compiler } = await import('@myriaddreamin/typst-ts-node-compiler')
  const fontBlobs = [...others.values()].map((font) => Buffer.from(font))
  // Those in memory first: the other way round the library gives up.
  return Compiler.create({
    workspace,
    fontArgs: [{ fontBlobs }, { fontPaths: [fonts(), ...(isHan ? hanFonts() : [])] }],
  })
}

async function compilerFor(isHan: boolean, others: Fonts): Promise<NodeCompiler> {
  const key = JSON.stringify([isHan, ...others.keys()])
  const compiler = compilers.get(key) ?? makeCompiler(isHan, others)
  compilers.set(key, compiler)
  return compiler.catch((problem: unknown) => {
    compilers.delete(key)
    throw problem
  })
}

/**
 * Korean words are not broken inside, which `lang` alone does not see to. By the line: a rule for each word would be one inside
 * the other, which Typst ends after some five hundred words, and ten times as slow.
 */
const preamble = (isHan: boolean): string => String.raw`
#let data = json(bytes(sys.inputs.data))
#set text(font: ("Pretendard",${isHan ? ' "Noto Sans TC"' : ''}), lang: "en")
#show regex(".*[가-힣].*"): it => it.text.split(" ").map(word => if word.match(regex("[가-힣]")) != none { box(word) } else { word }).join(" ")
`

/** Letters of data from which on a document has hundreds of pages. */
const many_letters = 100_000

/** A compiled document. A font that is missing is a failure, not another font. */
async function compiled<Made>(
  { template, data, json, files = new Map(), fonts: others = new Map() }: Omit<Print, 'made_at' | 'stacks'>,
  make: (typst: NodeCompiler, document: NodeTypstDocument) => Made,
): Promise<Made> {
  const text = json ?? JSON.stringify(data)
  // Hangul in parts, pasted from a Mac, is put together; of thousands of pages whoever kept it did so.
  const told = text.length > many_letters ? text : text.normalize('NFC')
  const isHan = hasHan(told)
  const typst = await compilerFor(isHan, others)
  const shadows = [...files].map(([name, content]) => ({ path: join(workspace, name), content }))
  for (const { path, content } of shadows) typst.mapShadow(path, Buffer.from(content))
  try {
    const result = typst.compile({ mainFileContent: preamble(isHan) + template, inputs: { data: told } })
    const trouble = result.takeDiagnostics() ?? result.takeWarnings()
    if (trouble || !result.result) {
      const said: unknown = trouble ? typst.fetchDiagnostics(trouble) : 'no document'
      throw new Error(`cannot print: ${JSON.stringify(said)}`)
    }
    return make(typst, result.result)
  } finally {
    for (const { path } of shadows) typst.unmapShadow(path)
    // What was compiled for other data is of no use any more; of thousands of pages it fills the memory at once.
    typst.evictCache(told.length > many_letters ? 0 : 10)
  }
}

/** The PDF of a document: every page of it, or as `stacks` says. */
export const pdf = ({ made_at, stacks, ...print }: Print): Promise<Uint8Array<ArrayBuffer>> =>
  compiled(print, (typst, document) => {
    // Seconds since 1970.
    const file = typst.pdf(document, { creationTimestamp: Math.floor(made_at.getTime() / 1000) })
    return stacks ? stacked(file, stacks) : new Uint8Array(file)
  })

/** What a document says of itself by `metadata` with a label. */
export const said = (print: Omit<Print, 'made_at' | 'stacks'>, label: string): Promise<unknown[]> =>
  compiled(print, (typst, document) => typst.query(document, { selector: `<${label}>`, field: 'value' }) as unknown[]) // an array by Typst's own rule

/** Dots of a picture for a point of the page: one made for a phone of 360 points is as sharp as those of today. */
const dots = 3
const dots_of_svg = 4 / 3

/** A document of one page as dots, or of several without a ground, one below the other. Its letters come as outlines of our font, whatever fonts the machine has. */
export async function drawn(print: Omit<Print, 'made_at' | 'stacks'>): Promise<RenderedImage> {
  const [{ renderAsync }, svg] = await Promise.all([
    import('@resvg/resvg-js'),
    compiled(print, (typst, document) => typst.plainSvg(document)),
  ])
  return renderAsync(svg, {
    fitTo: { mode: 'zoom', value: dots / dots_of_svg },
    font: { loadSystemFonts: false },
    // Pages without a ground of their own: where there are several, the ground of one lies over the others.
    background: '#fff',
  })
}

/** The same as PNG. */
export const picture = async (print: Omit<Print, 'made_at' | 'stacks'>): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array((await drawn(print)).asPng())

/** A PDF as an answer. `name` without ending, of plain letters. */
export const pdfAnswer = (file: Uint8Array<ArrayBuffer>, name: string): Response =>
  new Response(file, {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${name}.pdf"`,
      'cache-control': 'no-store',
    },
  })

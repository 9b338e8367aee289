import { press } from './schema.ts'

const points = 72

/** Says in the file itself where a page is cut and how far it is printed beyond: a print shop's programs read that, not the marks. */
export async function withBoxes(made: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const { PDFDocument } = await import('pdf-lib')
  const read = await PDFDocument.load(made, { updateMetadata: false })
  for (const page of read.getPages()) {
    const { width, height } = page.getSize()
    const within = (inches: number): [number, number, number, number] => {
      const off = inches * points
      return [off, off, width - 2 * off, height - 2 * off]
    }
    page.setTrimBox(...within(press.edge_in))
    page.setBleedBox(...within(press.edge_in - press.bleed_in))
  }
  return new Uint8Array(await read.save({ useObjectStreams: false }))
}

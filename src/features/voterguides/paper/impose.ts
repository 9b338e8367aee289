/** Pages by number from 0, two on each side of a sheet, as they lie when the sheets are folded into each other; null: an empty one. */
export function imposed(pages: number): [left: number | null, right: number | null][] {
  const all = Math.ceil(pages / 4) * 4
  const page = (at: number): number | null => (at < pages ? at : null)
  return Array.from({ length: all / 2 }, (_, side) =>
    side % 2 === 0 ? [page(all - 1 - side), page(side)] : [page(side), page(all - 1 - side)],
  )
}

/** A booklet as sheets of twice its width: printed on both sides, turned over the short edge, and folded once, it is in order. */
export async function imposedPdf(booklet: Uint8Array, made_at: Date): Promise<Uint8Array<ArrayBuffer>> {
  const { PDFDocument } = await import('pdf-lib')
  const read = await PDFDocument.load(booklet, { updateMetadata: false })
  const sheets = await PDFDocument.create({ updateMetadata: false })
  const title = read.getTitle()
  if (title) sheets.setTitle(title)
  sheets.setCreationDate(made_at)
  const pages = await sheets.embedPdf(read, read.getPageIndices())
  const { width, height } = read.getPage(0).getSize()
  for (const [left, right] of imposed(pages.length)) {
    const sheet = sheets.addPage([2 * width, height])
    for (const [at, number] of [left, right].entries()) {
      const page = number === null ? undefined : pages[number]
      if (page) sheet.drawPage(page, { x: at * width, y: 0 })
    }
  }
  return new Uint8Array(await sheets.save({ useObjectStreams: false }))
}

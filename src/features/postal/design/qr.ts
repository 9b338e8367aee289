import encodeQR from 'qr'

/** Modules kept white about a code (ISO/IEC 18004). */
const quiet = 4

/** A QR code as a picture of SVG, with its quiet border. */
export function qrSvg(text: string): string {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 1 })
    .slice(1, -1)
    .map((row) => row.slice(1, -1))
  let path = ''
  for (const [y, row] of rows.entries())
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue
      const from = x
      while (row[x + 1]) x++
      path += `M${from} ${y}h${x + 1 - from}v1h-${x + 1 - from}z`
    }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-quiet} ${-quiet} ${rows.length + 2 * quiet} ${rows.length + 2 * quiet}"><path d="${path}"/></svg>`
}

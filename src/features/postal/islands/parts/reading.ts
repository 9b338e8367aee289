import { decodeQR } from 'qr/decode.js'
import { codeIn } from '../../answers/rules.ts'
import { barcodeIn, type Pixels } from '../../barcode/picture-rules.ts'

/** Read last, kept while one is at it: the page comes back after each piece, which is held before the camera still. */
const lastRead = 'postal returned camera last'
type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** So many pieces may lie before the camera at once and be read by turns. */
const most = 4

/** Whether another piece is before the camera than those that were read last. */
export function isNext(kept: Kept, text: string): boolean {
  const last = (kept.getItem(lastRead) ?? '').split(' ')
  if (last.includes(text)) return false
  kept.setItem(lastRead, [text, ...last].slice(0, most).join(' '))
  return true
}

/** The camera is opened or closed by hand: then the same piece may be read again. */
export const beginAnew = (kept: Kept): void => kept.removeItem(lastRead)

/**
 * What says which piece is in a picture: the digits of its Intelligent Mail barcode, else the code in its QR code; null: neither.
 * No browser reads the first by itself, so both are ours, everywhere alike.
 */
export function readPiece(picture: Pixels & { data: Uint8ClampedArray | Uint8Array }): string | null {
  const seen = barcodeIn(picture)
  if (seen) return seen.tracking + seen.routing
  try {
    return codeIn(decodeQR(picture))
  } catch {
    return null // it says so of every picture without a code
  }
}

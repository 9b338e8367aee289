import { decodeQR } from 'qr/decode.js'
import { codeIn } from '../../answers/rules.ts'
import { barcodeIn, type Pixels } from '../../barcode/picture-rules.ts'

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

import { crc32, deflateSync } from 'node:zlib'
import encodeQR from 'qr'

/** What a ticket's QR code opens: for whoever has it the ticket itself, for a host the door. */
export const ticketPath = (organization: string, code: string, ticket: string): string =>
  `/e/${organization}/${code}/t/${ticket}`

/** Dots of the picture for a dot of the code. */
const scale = 5

/** A QR code as PNG of one bit a dot, for mails, whose readers show no SVG. */
export function qrPng(text: string): Uint8Array {
  const dots = encodeQR(text, 'raw', { border: 4, ecc: 'medium' })
  const size = dots.length * scale
  const row_bytes = 1 + Math.ceil(size / 8) // each row begins with how it is filtered: not at all
  const rows = Buffer.alloc(row_bytes * size)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const isDark = dots[Math.floor(y / scale)]?.[Math.floor(x / scale)]
      const at = y * row_bytes + 1 + (x >> 3)
      if (!isDark) rows.writeUInt8(rows.readUInt8(at) | (0x80 >> (x & 7)), at)
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(size, 0)
  head.writeUInt32BE(size, 4)
  head.writeUInt8(1, 8) // bits a dot, of grey
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function chunk(name: string, bytes: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), bytes])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(bytes.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

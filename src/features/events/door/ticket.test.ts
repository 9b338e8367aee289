import { inflateSync } from 'node:zlib'
import { decodeQR } from 'qr/decode.js'
import { expect, test } from 'vitest'
import { qrPng, ticketPath } from './ticket.ts'

test('the picture in the mail is a PNG that a camera reads', () => {
  const text = `https://vote.example.org${ticketPath('flushing-civic', 'abcd2345', 'abcdefghj')}`
  const png = Buffer.from(qrPng(text))
  expect(png.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n')
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const at = png.indexOf('IDAT')
  const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))
  const row_bytes = 1 + Math.ceil(width / 8)
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const isLight = ((rows[y * row_bytes + 1 + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1
      data.fill(isLight ? 255 : 0, (y * width + x) * 4, (y * width + x) * 4 + 3)
    }
  }
  expect(decodeQR({ width, height, data })).toBe(text)
})

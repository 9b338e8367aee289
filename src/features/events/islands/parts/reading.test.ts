import encodeQR from 'qr'
import { afterEach, expect, test, vi } from 'vitest'
import { openReader } from './reading.ts'

afterEach(() => vi.unstubAllGlobals())

/** A camera that is held onto a code, and the canvas its picture is drawn on. */
function holdUp(text: string): HTMLVideoElement {
  const dots = encodeQR(text, 'raw', { border: 4 })
  const scale = 8
  const size = dots.length * scale
  const pixels = new Uint8ClampedArray(size * size * 4).fill(255)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      if (dots[Math.floor(y / scale)]?.[Math.floor(x / scale)])
        pixels.fill(0, (y * size + x) * 4, (y * size + x) * 4 + 3)
  const drawing = { drawImage: () => undefined, getImageData: () => ({ width: size, height: size, data: pixels }) }
  vi.stubGlobal('document', { createElement: () => ({ width: 0, height: 0, getContext: () => drawing }) })
  return { videoWidth: size, videoHeight: size } as HTMLVideoElement // what is asked of it
}

test('where the browser’s own reader fails, ours reads on', async () => {
  let asked = 0
  vi.stubGlobal(
    'BarcodeDetector',
    class {
      static getSupportedFormats = async () => ['qr_code']
      detect = async () => {
        asked += 1
        throw new DOMException('Barcode detection service unavailable.', 'NotSupportedError')
      }
    },
  )
  const video = holdUp('https://vote.example.org/e/ours/abcd2345/t/abcdefghj')
  const reader = await openReader()
  expect(await reader.read(video)).toBe('https://vote.example.org/e/ours/abcd2345/t/abcdefghj')
  expect(await reader.read(video)).toBe('https://vote.example.org/e/ours/abcd2345/t/abcdefghj')
  expect(asked).toBe(1)
})

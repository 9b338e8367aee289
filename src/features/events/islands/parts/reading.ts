/** Reads QR codes from pictures: what the browser brings, where it brings it, else our own, loaded for whoever needs it. */
export interface Reader {
  read(video: HTMLVideoElement): Promise<string | null>
}

/** The Shape Detection API, which TypeScript does not know. */
interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector
  getSupportedFormats(): Promise<string[]>
}

export async function openReader(): Promise<Reader> {
  const Known = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector
  const formats = Known ? await Known.getSupportedFormats().catch(() => []) : []
  if (!Known || !formats.includes('qr_code')) return ourOwn()
  const detector = new Known({ formats: ['qr_code'] })
  let own: Promise<Reader> | null = null
  return {
    async read(video) {
      if (own) return (await own).read(video)
      try {
        return (await detector.detect(video))[0]?.rawValue ?? null
      } catch {
        // Some phones have it and cannot use it.
        own = ourOwn()
        return (await own).read(video)
      }
    },
  }
}

/** Enough for a code that fills a fifth of the picture; more is slow on the phones of volunteers. */
const longest_side = 640

const loadDecoder = () => import('qr/decode.js')

async function ourOwn(): Promise<Reader> {
  const { decodeQR } = await loadDecoder()
  const canvas = document.createElement('canvas')
  const drawing = canvas.getContext('2d', { willReadFrequently: true })
  return {
    async read(video) {
      const { videoWidth, videoHeight } = video
      if (!drawing || videoWidth === 0) return null
      const scale = Math.min(1, longest_side / Math.max(videoWidth, videoHeight))
      canvas.width = Math.round(videoWidth * scale)
      canvas.height = Math.round(videoHeight * scale)
      drawing.drawImage(video, 0, 0, canvas.width, canvas.height)
      try {
        return decodeQR(drawing.getImageData(0, 0, canvas.width, canvas.height))
      } catch {
        return null // it says so of every picture without a code
      }
    },
  }
}

/** Loads what reading takes, so that it is at hand when there is no connection. */
export const loadReader = (): Promise<unknown> => Promise.all([openReader(), loadDecoder()])

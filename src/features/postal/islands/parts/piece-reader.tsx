import { useCallback, useEffect, useId, useRef, useState } from 'react'
import type { ReaderWords } from '../../mailed/rules.ts'
import { beginAnew, isNext, readPiece } from './reading.ts'

const look_every_ms = 200
/** Of a picture of the camera, in which the bars fill the width: more is slow on the phones of volunteers. */
const camera_side = 800
/** Of a picture somebody chose. */
const picture_side = 1280
/** Set while pieces are read one after the other: the page comes back after each. */
const kept = 'postal returned camera'

/**
 * Reads barcode or code of a piece by the camera, or from a picture, into the field `barcode` of the form, which works without:
 * typed, or by a reader in the hand, which types. Told plainly is what this device can.
 */
export function PieceReader({ words }: { words: ReaderWords }) {
  const hasCamera = typeof navigator.mediaDevices?.getUserMedia === 'function'
  const [isOn, setOn] = useState(() => hasCamera && sessionStorage.getItem(kept) === 'on')
  const [isAtOnce, setAtOnce] = useState(() => sessionStorage.getItem(`${kept} at once`) === 'on')
  const [said, setSaid] = useState('')
  const atOnce = useRef(isAtOnce)
  const picture = useId()

  useEffect(() => {
    atOnce.current = isAtOnce
    sessionStorage.setItem(`${kept} at once`, isAtOnce ? 'on' : '')
  }, [isAtOnce])
  useEffect(() => sessionStorage.setItem(kept, isOn ? 'on' : ''), [isOn])

  const heard = useCallback(
    (text: string | null) => {
      const field = document.getElementById('barcode')
      if (text === null || !(field instanceof HTMLInputElement)) return setSaid(words.nothing)
      field.value = text
      setSaid(`${words.read} ${text}`)
      if (atOnce.current) field.form?.requestSubmit()
      else field.form?.querySelector('select')?.focus()
    },
    [words],
  )
  const refused = useCallback(() => {
    setOn(false)
    setSaid(words.refused)
  }, [words])

  return (
    <div className="mb-4">
      <p className="mb-3">{hasCamera ? words.can : words.no_camera}</p>
      {isOn && <Camera onRead={heard} onRefused={refused} hint={words.hold} />}
      <div className="flex flex-wrap items-center gap-3">
        {hasCamera && (
          <button type="button" className="btn" onClick={() => (beginAnew(sessionStorage), setOn(!isOn))}>
            {isOn ? words.stop : words.start}
          </button>
        )}
        <label className="btn focus-within:outline-2 focus-within:outline-offset-2" htmlFor={picture}>
          {words.picture}
          <input
            id={picture}
            type="file"
            accept="image/*"
            className="sr-only"
            onChange={(event) => {
              const [file] = event.target.files ?? []
              if (file) void inPicture(file).then(heard, () => heard(null))
              event.target.value = ''
            }}
          />
        </label>
        <label className="flex items-center gap-2">
          <input type="checkbox" className="checkbox" checked={isAtOnce} onChange={() => setAtOnce(!isAtOnce)} />
          {words.at_once}
        </label>
      </div>
      <p role="status" className="mt-3 font-semibold break-all">
        {said}
      </p>
    </div>
  )
}

/** What stands on a piece in a picture; large ones are made smaller, and tried as they are where that is too small. */
async function inPicture(file: File): Promise<string | null> {
  const bitmap = await createImageBitmap(file)
  for (const side of [picture_side, 2 * picture_side]) {
    const found = drawnAndRead(bitmap, bitmap.width, bitmap.height, side)
    if (found) return found
  }
  return null
}

const canvas = document.createElement('canvas')
const drawing = canvas.getContext('2d', { willReadFrequently: true })

function drawnAndRead(source: CanvasImageSource, width: number, height: number, longest: number): string | null {
  if (!drawing || width === 0) return null
  const scale = Math.min(1, longest / Math.max(width, height))
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  drawing.drawImage(source, 0, 0, canvas.width, canvas.height)
  return readPiece(drawing.getImageData(0, 0, canvas.width, canvas.height))
}

interface CameraProps {
  onRead: (text: string) => void
  onRefused: () => void
  hint: string
}

function Camera({ onRead, onRefused, hint }: CameraProps) {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    let isOpen = true
    let stream: MediaStream | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    const run = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1920 } }, audio: false }) // prettier-ignore
      const screen = video.current
      if (!screen || !isOpen) return close()
      screen.srcObject = stream
      await screen.play()
      const look = () => {
        if (!isOpen) return
        const text = drawnAndRead(screen, screen.videoWidth, screen.videoHeight, camera_side)
        if (text && isNext(sessionStorage, text)) {
          navigator.vibrate?.(80)
          onRead(text)
        }
        timer = setTimeout(look, look_every_ms)
      }
      look()
    }
    const close = () => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    run().catch(() => isOpen && onRefused()) // not allowed, none there, in use elsewhere
    return () => {
      isOpen = false
      clearTimeout(timer)
      close()
    }
  }, [onRead, onRefused])
  return (
    <div className="mb-3 max-w-md">
      <video ref={video} playsInline muted className="rounded-box aspect-video w-full bg-black object-cover" />
      <p className="mt-2">{hint}</p>
    </div>
  )
}

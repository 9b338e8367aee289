import { useEffect, useRef, useState } from 'react'
import type { Translate } from '../../../../platform/i18n/messages.ts'
import { openReader } from './reading.ts'

const look_every_ms = 150
/** The same code held into the picture is read once. */
const again_ms = 4000

/** The camera's picture, and what codes it shows. */
export function Camera({ t, onRead }: { t: Translate; onRead: (text: string) => void }) {
  const video = useRef<HTMLVideoElement>(null)
  const heard = useRef(onRead)
  const [isRefused, setRefused] = useState(false)
  useEffect(() => void (heard.current = onRead), [onRead])
  useEffect(() => {
    let isOpen = true
    let stream: MediaStream | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    const last = { text: '', at: -Infinity }
    const run = async () => {
      const screen = video.current
      // Without https a browser gives no camera at all.
      stream =
        (await navigator.mediaDevices?.getUserMedia({ video: { facingMode: 'environment' }, audio: false })) ?? null
      const reader = await openReader()
      if (!screen || !stream) return setRefused(true)
      if (!isOpen) return close()
      screen.srcObject = stream
      await screen.play()
      const look = async () => {
        const text = await reader.read(screen).catch(() => null) // the next picture may be better
        if (!isOpen) return
        if (text && (text !== last.text || performance.now() - last.at > again_ms)) {
          navigator.vibrate?.(80)
          heard.current(text)
        }
        if (text) Object.assign(last, { text, at: performance.now() })
        timer = setTimeout(() => void look(), look_every_ms)
      }
      await look()
    }
    const close = () => {
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    run().catch(() => isOpen && setRefused(true)) // not allowed, none there, in use elsewhere
    return () => {
      isOpen = false
      clearTimeout(timer)
      close()
    }
  }, [])
  if (isRefused)
    return (
      <p className="bg-warning text-warning-content rounded-box px-4 py-3 font-semibold" role="alert">
        {t('door.camera_none')}
      </p>
    )
  return (
    <>
      <video ref={video} playsInline muted className="rounded-box aspect-square w-full bg-black object-cover" />
      <p className="mt-2 text-center text-base">{t('door.scan_hint')}</p>
    </>
  )
}

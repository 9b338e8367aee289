import { useEffect, useRef, useState } from 'react'
import type { LivePreview } from '../../design/live-rules.ts'

const pause_ms = 400

interface Shown {
  picture: string
  too_long: string
}

/** Beside the plain form of a design: the piece as it is typed. The form stays what it is. */
export function PiecePreview({ preview, sides, numbers, words }: LivePreview) {
  const [side, setSide] = useState<'message' | 'address'>(sides[0]?.side ?? 'message')
  const [number, setNumber] = useState('1')
  const [typed, setTyped] = useState(0)
  const [shown, setShown] = useState<Shown | null>(null)
  const [said, setSaid] = useState('')
  const asked = useRef<AbortController>(undefined)

  useEffect(() => {
    const form = document.querySelector<HTMLFormElement>('#design-form')
    if (!form) return undefined
    let waiting: ReturnType<typeof setTimeout> | undefined
    const changed = () => {
      clearTimeout(waiting)
      waiting = setTimeout(() => setTyped((times) => times + 1), pause_ms)
    }
    form.addEventListener('input', changed)
    form.addEventListener('change', changed)
    return () => {
      clearTimeout(waiting)
      form.removeEventListener('input', changed)
      form.removeEventListener('change', changed)
    }
  }, [])

  useEffect(() => {
    const form = document.querySelector<HTMLFormElement>('#design-form')
    if (!form) return
    // What is typed meanwhile is asked for anew; an earlier answer may come later.
    asked.current?.abort()
    const stop = new AbortController()
    asked.current = stop
    pictureOf(
      `${preview}?${new URLSearchParams({ side, piece: number, typed: String(typed) }).toString()}`,
      form,
      stop.signal,
    ).then(
      (made) => {
        if (stop.signal.aborted) return
        setShown(made)
        setSaid(made === null ? words.failed : made.too_long && `${words.too_long} ${made.too_long}`)
      },
      () => {
        if (!stop.signal.aborted) setSaid(words.failed)
      },
    )
  }, [preview, side, number, typed, words])

  const label = sides.find((each) => each.side === side)?.label ?? ''
  return (
    <section aria-labelledby="live-title" className="lg:sticky lg:top-4">
      <h2 id="live-title" className="mb-2 text-lg font-bold">
        {words.title}
      </h2>
      <div className="mb-2 flex flex-wrap items-end gap-3">
        {sides.length > 1 && (
          <div role="group" aria-label={words.side} className="flex flex-wrap gap-2">
            {sides.map((each) => (
              <button
                key={each.side}
                type="button"
                className="btn min-h-11"
                aria-pressed={each.side === side}
                onClick={() => setSide(each.side)}
              >
                {each.label}
              </button>
            ))}
          </div>
        )}
        {numbers > 0 && (
          <label>
            <span className="mb-1 block text-sm font-semibold">{words.number}</span>
            <input
              className="input w-28"
              type="number"
              min={1}
              max={numbers}
              value={number}
              onChange={(event) => setNumber(event.currentTarget.value)}
            />
          </label>
        )}
      </div>
      <p role="status" className="mb-2 min-h-6 text-sm">
        {said}
      </p>
      {shown && (
        <img src={shown.picture} alt={`${words.title}: ${label}`} className="border-base-300 h-auto w-full border" />
      )}
    </section>
  )
}

/** null: nothing can be drawn of it. */
async function pictureOf(address: string, form: HTMLFormElement, signal: AbortSignal): Promise<Shown | null> {
  const body = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value)
  const answer = await fetch(address, { method: 'POST', body, signal })
  if (!answer.ok) return null
  const too_long = decodeURIComponent(answer.headers.get('x-too-long') ?? '')
  return { picture: await asAddress(await answer.blob()), too_long }
}

/** Our pages show pictures of their own origin, or such as stand in the address itself. */
const asAddress = (picture: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () =>
      typeof reader.result === 'string' ? resolve(reader.result) : reject(new Error('no picture')),
    )
    reader.addEventListener('error', () => reject(reader.error ?? new Error('no picture')))
    reader.readAsDataURL(picture)
  })

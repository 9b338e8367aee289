import { useCallback, useEffect, useRef, useState } from 'react'
import { leastPercent } from '../../refresh.ts'

/** Everything of the builder that is worth a link. */
export interface Place {
  /** The expression as it is typed. */
  text: string
  map: string
  shade: 'count' | 'share'
  /** The kind of district listed, where it is another than that of the map. */
  list: string
  /** The district whose election districts are shown. */
  within: string
  /** Whose map it is, where it is another state than the first. */
  of: string
  /** From which percent on an estimate counts, as the slider stands; null: as usual. */
  at: number | null
}

/** Browsers allow about three changes of the address a second, then refuse. */
const between_ms = 400

/**
 * The state is the address. A movement makes a new step in the browser's history, which the rest of the same movement
 * overwrites; so Back, and Undo, which is the same, go from rest to rest.
 */
export function useAddress(path: string, first: Place) {
  const [place, setPlace] = useState<Place>(() => placeOf(new URLSearchParams(location.search), first))
  const [steps, setSteps] = useState({ at: 0, top: 0 })
  const current = useRef({ place, at: 0, top: 0, isMoving: false, timer: 0, isHeld: false })

  const write = useCallback(() => {
    const { place: now, at } = current.current
    clearTimeout(current.current.timer)
    current.current.timer = 0
    history.replaceState({ at }, '', addressOf(path, now))
    // The switch of language returns to where one is, not to where one began.
    for (const back of document.querySelectorAll<HTMLInputElement>('form input[name=back]'))
      back.value = location.pathname + location.search
  }, [path])

  useEffect(() => {
    const it = current.current
    const { at } = (history.state ?? {}) as { at?: number }
    it.at = it.top = at ?? 0
    setSteps({ at: it.at, top: it.top })
    write()
    const moved = (event: PopStateEvent): void => {
      const { at: to } = (event.state ?? {}) as { at?: number }
      clearTimeout(it.timer)
      it.timer = 0
      it.isMoving = false
      if (to === undefined) {
        // A link within the page ("skip to content") is a step as well, which we did not make.
        it.at += 1
        it.top = it.at
        history.replaceState({ at: it.at }, '')
      } else it.at = to
      it.place = placeOf(new URLSearchParams(location.search), first)
      setPlace(it.place)
      setSteps({ at: it.at, top: Math.max(it.top, it.at) })
    }
    addEventListener('popstate', moved)
    return () => removeEventListener('popstate', moved)
  }, [write, first])

  /** `isMoving`: more of the same movement follows, until `rest`. */
  const go = useCallback(
    (to: Partial<Place>, isMoving: boolean) => {
      const it = current.current
      const next = { ...it.place, ...to }
      const isSame = addressOf(path, next) === addressOf(path, it.place)
      if (isSame && !it.isMoving) return
      if (!it.isMoving) {
        it.at += 1
        it.top = it.at
        history.pushState({ at: it.at }, '', addressOf(path, next))
        setSteps({ at: it.at, top: it.top })
      }
      it.place = next
      it.isMoving = isMoving
      if (!isSame) setPlace(next)
      if (!isMoving) write()
      else if (it.timer === 0) it.timer = window.setTimeout(write, between_ms)
    },
    [path, write],
  )

  const rest = useCallback(() => {
    if (!current.current.isMoving || current.current.isHeld) return
    current.current.isMoving = false
    write()
  }, [write])

  // Whoever holds still with the pointer down has not let go yet: all of it is one step.
  useEffect(() => {
    const down = (): void => void (current.current.isHeld = true)
    const up = (): void => {
      current.current.isHeld = false
      setTimeout(rest, 0) // after what the field does with the same event
    }
    addEventListener('pointerdown', down)
    addEventListener('pointerup', up)
    addEventListener('pointercancel', up)
    return () => {
      removeEventListener('pointerdown', down)
      removeEventListener('pointerup', up)
      removeEventListener('pointercancel', up)
    }
  }, [rest])

  // Counted at once, so that two quick presses never lead out of the page.
  const undo = useCallback(() => {
    const it = current.current
    if (it.at === 0) return
    rest()
    it.at -= 1
    history.back()
  }, [rest])
  const redo = useCallback(() => {
    const it = current.current
    if (it.at >= it.top) return
    it.at += 1
    history.forward()
  }, [])

  return { place, go, rest, undo, redo, canUndo: steps.at > 0, canRedo: steps.at < steps.top }
}

function placeOf(query: URLSearchParams, first: Place): Place {
  return {
    text: query.get('q') ?? first.text,
    map: query.get('map') ?? first.map,
    shade: query.get('shade') === 'share' ? 'share' : 'count',
    list: query.get('list') ?? '',
    within: query.get('within') ?? '',
    of: query.get('of') ?? '',
    at: percentOf(query.get('at')),
  }
}

/** As the slider can stand. */
function percentOf(text: string | null): number | null {
  const percent = Number(text ?? '')
  return Number.isInteger(percent) && percent >= leastPercent && percent <= 100 ? percent : null
}

function addressOf(path: string, { text, map, shade, list, within, of, at }: Place): string {
  const query = new URLSearchParams({
    q: text,
    map,
    ...(shade === 'share' && { shade }),
    ...(list !== '' && { list }),
    ...(within !== '' && { within }),
    ...(of !== '' && { of }),
    ...(at !== null && { at: String(at) }),
  })
  return `${path}?${query}`
}

import { useRef, useState } from 'react'

interface Dragging {
  from: number
  /** Where it would land. */
  to: number
}

/** Distance from the window's edge at which the page moves along, and how far at once (CSS pixels). */
const edge = 60
const step = 12

/**
 * A list whose items are moved by a handle with mouse, pen or finger (which HTML's own dragging leaves out on many
 * phones) and by the arrow keys. `onMove` is told once, at the end.
 */
export function useDragging(onMove: (from: number, to: number) => void) {
  const list = useRef<HTMLOListElement>(null)
  const [dragging, setDragging] = useState<Dragging | null>(null)
  const landing = (y: number): number => {
    const items = [...(list.current?.querySelectorAll(':scope > [data-block]') ?? [])]
    const below = items.findIndex((item) => {
      const { top, height } = item.getBoundingClientRect()
      return y < top + height / 2
    })
    return below === -1 ? items.length : below
  }
  const handle = (at: number) => ({
    onPointerDown: (event: React.PointerEvent) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      setDragging({ from: at, to: at })
    },
    onPointerMove: (event: React.PointerEvent) => {
      if (!dragging) return
      if (event.clientY < edge) scrollBy(0, -step)
      else if (event.clientY > innerHeight - edge) scrollBy(0, step)
      const gap = landing(event.clientY)
      setDragging({ from: dragging.from, to: gap > dragging.from ? gap - 1 : gap })
    },
    onPointerUp: () => {
      if (dragging && dragging.to !== dragging.from) onMove(dragging.from, dragging.to)
      setDragging(null)
    },
    onPointerCancel: () => setDragging(null),
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key === 'Escape') return setDragging(null)
      const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
      if (!by) return
      event.preventDefault()
      onMove(at, at + by)
    },
  })
  return { list, dragging, handle }
}

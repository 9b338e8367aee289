import { useEffect, useLayoutEffect, useRef, type ReactNode, type RefObject } from 'react'

/** What has to be seen at once, under the header, in the middle of a script too, where the page is scrolled down. */
export function Bar({ children }: { children: ReactNode }) {
  const bar = useRef<HTMLDivElement>(null)
  usePlaceBelow(bar)
  return (
    <div
      ref={bar}
      id="bar"
      className="sticky top-[var(--bar-top,4.5rem)] z-20 max-h-[max(45vh,12.5rem)] overflow-y-auto"
    >
      {children}
    </div>
  )
}

/** Where the page may begin below the bar, as `--bar`, so that nothing one comes to lies under it. */
function usePlaceBelow(bar: RefObject<HTMLDivElement | null>): void {
  // Before the screen drawn in the same step is brought into view.
  useLayoutEffect(() => place(bar.current))
  useEffect(() => {
    const watch = new ResizeObserver(() => place(bar.current))
    for (const each of [document.querySelector('header'), bar.current]) if (each) watch.observe(each)
    return () => watch.disconnect()
  }, [bar])
}

function place(bar: HTMLDivElement | null): void {
  if (!bar) return
  const { style } = document.documentElement
  // It is higher in the practice town.
  const top = (document.querySelector('header')?.offsetHeight ?? 64) + 8
  const below = `${top + bar.offsetHeight + 24}px`
  style.setProperty('--bar-top', `${top}px`)
  if (style.getPropertyValue('--bar') === below) return
  style.setProperty('--bar', below)
  const focused = document.activeElement
  if (!focused || focused === document.body || bar.contains(focused)) return
  const { top: from, bottom: to } = focused.getBoundingClientRect()
  // What was in view before the message came stays so.
  if (to > top && from < bar.getBoundingClientRect().bottom) focused.scrollIntoView({ block: 'nearest' })
}

/** As `ref` of a heading with a `key`: each new screen is read out from its beginning. Not before the first one. */
export function focusNew(heading: HTMLElement | null): void {
  heading?.focus({ preventScroll: true })
}

/** The same, and brought to the top of a small screen. */
export function showFromTop(heading: HTMLElement | null): void {
  focusNew(heading)
  heading?.scrollIntoView({ block: 'start' })
}

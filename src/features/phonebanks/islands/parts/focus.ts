/** As `ref` of a heading with a `key`: each new screen is read out, and seen, from its beginning. Not before the first one. */
export function focusNew(heading: HTMLElement | null): void {
  heading?.focus({ preventScroll: true })
  // Only where the last screen was scrolled past it.
  heading?.scrollIntoView({ block: 'nearest' })
}

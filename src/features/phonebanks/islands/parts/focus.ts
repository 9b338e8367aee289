/** As `ref` of a heading with a `key`, or of the first button of a question: what is new is read out, and seen, from its beginning. Not before the first one. */
export function focusNew(first: HTMLElement | null): void {
  first?.focus({ preventScroll: true })
  // Only where the last screen was scrolled past it.
  first?.scrollIntoView({ block: 'nearest' })
}

/** As `ref` of the name of whoever is next: what was saved a moment ago, and can be taken back, stays in sight above it. */
export function focusNext(name: HTMLElement | null): void {
  focusNew(name)
  if (name) document.querySelector('[data-last-call]')?.scrollIntoView({ block: 'nearest' })
}

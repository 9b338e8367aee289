/** As `ref` of a heading with a `key`: each new screen is read out from its beginning. Not before the first one. */
export function focusNew(heading: HTMLElement | null): void {
  heading?.focus({ preventScroll: true })
}

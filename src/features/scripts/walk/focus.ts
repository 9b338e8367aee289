/** As `ref` of a heading with a `key`: each new part is read out from its beginning and begins at the top of a small screen. */
export function showFromTop(heading: HTMLElement | null): void {
  heading?.focus({ preventScroll: true })
  heading?.scrollIntoView({ block: 'start' })
}

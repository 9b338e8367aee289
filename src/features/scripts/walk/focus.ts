/**
 * As `ref` of a heading with a `key`: each new part is read out from its beginning and begins at the top of a small screen,
 * or what is around it and marked by `data-top` does.
 */
export function showFromTop(heading: HTMLElement | null): void {
  heading?.focus({ preventScroll: true })
  const top = heading?.closest('[data-top]') ?? heading
  top?.scrollIntoView({ block: 'start' })
}

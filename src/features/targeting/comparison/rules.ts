/** Two circles whose areas, and the area of what they share, are as the numbers are. Units of the drawing. */
export interface Circles {
  a: { x: number; r: number }
  b: { x: number; r: number }
  /** Of both, from the left edge of the first to the right edge of the last. */
  width: number
}

/** The area two circles of radius `r` and `s` share at a distance. */
export function sharedArea(r: number, s: number, distance: number): number {
  if (distance >= r + s) return 0
  if (distance <= Math.abs(r - s)) return Math.PI * Math.min(r, s) ** 2
  const at = (r ** 2 - s ** 2 + distance ** 2) / (2 * distance)
  const within = (cosine: number): number => Math.acos(Math.min(1, Math.max(-1, cosine)))
  return (
    r ** 2 * within(at / r) + s ** 2 * within((distance - at) / s) - Math.sqrt(Math.max(0, r ** 2 - at ** 2)) * distance
  )
}

/** `most`: radius of the larger one. */
export function circles(a: number, b: number, both: number, most: number): Circles {
  const largest = Math.max(a, b, 1)
  const r = most * Math.sqrt(a / largest)
  const s = most * Math.sqrt(b / largest)
  const wanted = (Math.PI * most ** 2 * both) / largest
  // The shared area shrinks as they part: halve the way until it is right to a thousandth of a unit.
  let [near, far] = [Math.abs(r - s), r + s]
  while (far - near > 0.001) {
    const middle = (near + far) / 2
    if (sharedArea(r, s, middle) > wanted) near = middle
    else far = middle
  }
  // Nothing shared is seen as nothing shared.
  const distance = both === 0 ? r + s + 6 : (near + far) / 2
  const left = Math.max(r, s - distance)
  return {
    a: { x: left, r },
    b: { x: left + distance, r: s },
    width: left + Math.max(distance + s, r),
  }
}

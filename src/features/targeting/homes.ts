/**
 * Voters whose household somebody of the organization changed by hand, and everybody of the homes they left or came to: always
 * whole homes, so that everybody else is counted by the voter file as if nothing had been changed. Mostly nobody.
 */
export interface Homes {
  ids: readonly number[]
  /** Of each, where they live. */
  homes: readonly number[]
  /** Of each: on the rolls and old enough (see `contactable`), and not marked as dead or moved. */
  is_living: readonly boolean[]
  /** Of each: by the voter file post goes to their door. */
  is_mailed_home: readonly boolean[]
  /** What was said by hand: voter and home. */
  by_hand: ReadonlyMap<number, number>
}

export const noHomes: Homes = { ids: [], homes: [], is_living: [], is_mailed_home: [], by_hand: new Map() }

/** How many live in each home. */
export function sizesOf({ homes, is_living }: Pick<Homes, 'homes' | 'is_living'>): Map<number, number> {
  const sizes = new Map<number, number>()
  for (const [index, home] of homes.entries()) if (is_living[index]) sizes.set(home, (sizes.get(home) ?? 0) + 1)
  return sizes
}

/** Voters among them whose home has as many of them living in it as fits. */
export function inHomesOf(of: Homes, fits: (size: number) => boolean): number[] {
  const sizes = sizesOf(of)
  return of.ids.filter((_, index) => {
    const size = sizes.get(of.homes[index] ?? 0) ?? 0
    return size > 0 && fits(size)
  })
}

/** A stream of numbers that is the same in each run. */
function dice(seed: number): { below(count: number): number; pick<T>(list: readonly T[]): T } {
  let state = seed
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  return {
    below: (count) => Math.floor(next() * count),
    pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T, // never asked of an empty list
  }
}

/** What an organizer of a New York organization clicks together: one to six different terms each. */
export function randomExpressions(count: number, seed: number): string[] {
  const roll = dice(seed)
  const range = (from: number, to: number): string => {
    const [a, b] = [from + roll.below(to - from), from + roll.below(to - from)]
    return `${Math.min(a, b)}-${Math.max(a, b)}`
  }
  const terms: (() => string)[] = [
    () => `party:${roll.pick(['dem', 'rep', 'none', 'dem,wor', 'rep,con'])}`,
    () => `age:${range(18, 90)}`,
    () => `sex:${roll.pick(['F', 'M'])}`,
    () => `county:${roll.pick(['queens', 'kings', 'nassau', 'queens,kings,bronx', 'erie', 'new-york'])}`,
    () => `district:assembly/${range(20, 60)}`,
    () => `district:congress/${range(1, 14)}`,
    () => `district:senate/${range(7, 30)}`,
    () => `district:nyc-council/${range(18, 32)}`,
    () => `voted:${roll.pick(['2024-general', '2022-general', '2025-general', '2025-primary'])}`,
    () => `voted>=${roll.pick(['1/4', '2/4', '3/4', '4/4', '2/3:general'])}`,
    () => `registered:${roll.pick(['365d', '5y', '2015-01-01..2019-12-31'])}`,
    () => `community:${roll.pick(['korean>=0.5', 'korean>=0.8', 'chinese>=0.6', 'south-asian>=0.5'])}`,
    () => roll.pick(['has:phone', '-has:phone', 'has:email']),
    () => `household:${roll.pick(['1', '2-3', '4-9'])}`,
    () => `status:${roll.pick(['active', 'inactive'])}`,
    () => roll.pick(['-contacted:14d', '-contacted:30d', 'contacted:90d']),
    () => roll.pick(['tag:volunteer', '-tag:volunteer']),
    () => `language:${roll.pick(['ko', 'zh', 'en'])}`,
    () => `support:${roll.pick(['1-2', '3', '4-5'])}`,
  ]
  return Array.from({ length: count }, () => {
    const chosen = new Set<number>()
    const wanted = 1 + roll.below(6)
    while (chosen.size < wanted) chosen.add(roll.below(terms.length))
    return [...chosen].map((index) => terms[index]?.() ?? '').join(' ')
  })
}

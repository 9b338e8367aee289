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

/** What an organizer of a New York organization clicks together: one to six different terms each, none of which takes a walk over all records. */
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
    () => `${roll.pick(['', '-'])}in:"${frozenName}"`,
    () => `household:(${roll.pick(['party:dem', 'age:65-', 'language:ko', 'voted:2024-general party:rep'])})`,
    () => roll.pick(['sample:10%', 'sample:2.5%@fall', 'split:A/2', 'split:A,B/5']),
    () => `method:${roll.pick(['mail', 'early', 'mail,early/2024-general'])}`,
    () => roll.pick(['voted:primary/dem', 'party:dem@2024-06-25', 'skipped:2024-general', 'skipped>=2/4']),
    () => roll.pick(['last-voted>4y', 'last-voted:2y', 'registered-by:dmv,mail', 'has:mail']),
    () => roll.pick(['attended:any', 'attended:roundtable,forum/1y', '-attended:any', 'attended>=2:1y', 'signed-up:any/90d', 'no-show:any']), // prettier-ignore
    () => roll.pick(['member:good', 'member:lapsed', '-member:any', 'member-since<2026', 'hours>=4:year']),
    () => roll.pick(['birthday:3', 'birthday:12-20..01-05', 'born:1960-03-01..1960-08-31']),
  ]
  return Array.from({ length: count }, () => {
    const chosen = new Set<number>()
    const wanted = 1 + roll.below(6)
    while (chosen.size < wanted) chosen.add(roll.below(terms.length))
    const said = [...chosen].map((index) => terms[index]?.() ?? '')
    // One in four of the longer ones says "either", some of them within a "not".
    if (said.length < 3 || roll.below(4) > 0) return said.join(' ')
    const [one = '', other = '', ...rest] = said
    const either = roll.below(2) ? `(${one} or ${other})` : `-(${one} or ${other} sex:F)`
    return [either, ...rest].join(' ')
  })
}

/** Name of the frozen universe they ask for, see `addFrozen`. */
export const frozenName = 'Kept for the bench'

/** What only a walk over all records answers, in the lane of such walks. */
export const walks = ['last:kim', 'name:"young hee"', 'street:"northern blvd"', 'phone:7185550']

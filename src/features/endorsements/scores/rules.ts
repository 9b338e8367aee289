/** By criterion, 1 to 5. */
export type Marks = Readonly<Record<string, number>>

export const scale = [1, 2, 3, 4, 5] as const

export interface Weighted {
  criterion_id: string
  weight: number
}

/** Is each criterion marked? */
export const isWhole = (criteria: readonly Weighted[], marks: Marks): boolean =>
  criteria.length > 0 && criteria.every(({ criterion_id }) => marks[criterion_id] !== undefined)

/** What one panelist gives one candidate; marks of a criterion weigh what it weighs. */
export function weightedMean(criteria: readonly Weighted[], marks: Marks): number {
  const weight = criteria.reduce((sum, each) => sum + each.weight, 0)
  return criteria.reduce((sum, each) => sum + each.weight * (marks[each.criterion_id] ?? 0), 0) / weight
}

export interface Spread {
  mean: number
  lowest: number
  highest: number
  /** Standard deviation over the whole panel. */
  deviation: number
}

export function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length
  return {
    mean,
    lowest: Math.min(...values),
    highest: Math.max(...values),
    deviation: Math.sqrt(values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / values.length),
  }
}

export interface Scored {
  user_id: string
  candidate_id: number
  marks: Marks
}

export interface CandidateAccount extends Spread {
  candidate_id: number
  /** What each panelist gives, the highest first. */
  totals: { user_id: string; total: number }[]
  criteria: (Spread & { criterion_id: string })[]
  /** Where panelists are furthest apart; null: nowhere by two points or more. */
  divided_on: string | null
}

/** Each candidate's scores, the highest mean first; of equal ones, the one they agree on more. */
export function accountsOf(criteria: readonly Weighted[], scores: readonly Scored[]): CandidateAccount[] {
  const of = Map.groupBy(
    scores.filter(({ marks }) => isWhole(criteria, marks)),
    ({ candidate_id }) => candidate_id,
  )
  return [...of]
    .map(([candidate_id, theirs]): CandidateAccount => {
      const totals = theirs
        .map(({ user_id, marks }) => ({ user_id, total: weightedMean(criteria, marks) }))
        .toSorted((one, other) => other.total - one.total)
      const by = criteria.map(({ criterion_id }) => ({
        criterion_id,
        ...spreadOf(theirs.map(({ marks }) => marks[criterion_id] ?? 0)),
      }))
      const apart = by.filter(({ lowest, highest }) => highest - lowest >= 2)
      const [most] = apart.toSorted((one, other) => other.deviation - one.deviation)
      return {
        candidate_id,
        ...spreadOf(totals.map(({ total }) => total)),
        totals,
        criteria: by,
        divided_on: most?.criterion_id ?? null,
      }
    })
    .toSorted((one, other) => other.mean - one.mean || one.deviation - other.deviation)
}

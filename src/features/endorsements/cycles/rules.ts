import type { Rules } from './schema.ts'

export type Stage = 'draft' | 'answers' | 'before_vote' | 'vote' | 'counting' | 'announced'

/** Where a cycle is on a day of the organization's calendar. */
export function stageOn(opened_at: Date | null, rules: Rules | null, today: string): Stage {
  if (!opened_at || !rules) return 'draft'
  if (today <= rules.answers_by_on) return 'answers'
  if (today < rules.vote_from_on) return 'before_vote'
  if (today <= rules.vote_until_on) return 'vote'
  return today < rules.announced_on ? 'counting' : 'announced'
}

/** Rules of a first vote with the days of its run-off as they are now: once there is one, its own rules move them. */
export function withRunoff(rules: Rules, runoff: Rules | null | undefined): Rules {
  if (!rules.runoff || !runoff) return rules
  const { vote_from_on, vote_until_on, announced_on } = runoff
  return { ...rules, runoff: { vote_from_on, vote_until_on, announced_on } }
}

/** Rules in words, and what they were called before: only those that read differently. */
export function changedLines<Line extends { key: string; text: string }>(
  before: readonly Line[],
  after: readonly Line[],
): { key: string; before: Line | null; after: Line | null }[] {
  const keys = [...new Set([...before, ...after].map(({ key }) => key))]
  return keys.flatMap((key) => {
    const [was, is] = [before, after].map((lines) => lines.find((each) => each.key === key) ?? null)
    return was?.text === is?.text ? [] : [{ key, before: was ?? null, after: is ?? null }]
  })
}

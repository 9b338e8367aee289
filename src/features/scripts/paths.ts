import { path, stepAfter, waysOf } from './rules.ts'
import type { AnswerValue, Answers, ScriptContent, Step } from './schema.ts'

/** One way through a script: at each question that decides, the answers which lead on so, named as `goes` does. */
export interface Way {
  steps: { step: Step; answers: string[] }[]
  /** One set of answers that goes this way. */
  sample: Answers
}

/**
 * Every way through a script, answers that lead to the same place taken together. `most`: no more are listed; `count` is
 * how many there are in truth, Infinity where a script runs in a circle.
 */
export function everyWay(content: ScriptContent, most = 100): { ways: Way[]; count: number } {
  const ways: Way[] = []
  const walk = (step: Step | null, steps: Way['steps'], sample: Answers): void => {
    if (ways.length >= most) return
    if (!step || steps.some((each) => each.step === step)) return void ways.push({ steps, sample })
    for (const [to, answers] of exitsOf(content, step)) {
      const [first] = answers
      walk(
        to === null ? null : (content.steps.find((each) => each.key === to) ?? null),
        [...steps, { step, answers }],
        first === undefined ? sample : { ...sample, ...sampleOf(step, first) },
      )
    }
  }
  walk(content.steps[0] ?? null, [], {})
  return { ways, count: countWays(content) }
}

/** Beside the ways of several choices, of a number or of words: every other answer, and none. */
export const otherwise = ''

/** Where a step leads, by what is answered: key of the step that follows or null for the closing words. No answers: in any case. */
export function exitsOf(content: ScriptContent, step: Step): Map<string | null, string[]> {
  const exits = new Map<string | null, string[]>()
  const after = (way?: string) => stepAfter(content, step, way)?.key ?? null
  const ways = waysOf(step)
  if (!ways.some((way) => step.goes[way])) return exits.set(after(), [])
  const byKind: Partial<Record<Step['kind'], string[]>> = {
    several: [...ways.filter((way) => step.goes[way]), otherwise],
    number: [otherwise, ...ways],
    text: [...ways, otherwise],
  }
  for (const way of byKind[step.kind] ?? ways) {
    const to = after(way)
    exits.set(to, [...(exits.get(to) ?? []), way])
  }
  return exits
}

/** An answer that takes this way. */
function sampleOf(step: Step, way: string): Answers {
  const ways = waysOf(step)
  const byKind: Record<Step['kind'], () => AnswerValue | null> = {
    say: () => null,
    choice: () => way,
    several: () => {
      const chosen = way === otherwise ? ways.find((each) => !step.goes[each]) : way
      return chosen === undefined ? null : [chosen]
    },
    support: () => Number(way),
    yes_no: () => way === 'yes',
    text: () => (way === otherwise ? null : '…'),
    number: () => (way === otherwise ? Number(ways[0]) - 1 : Number(way)),
  }
  const answer = byKind[step.kind]()
  return answer === null ? {} : { [step.key]: answer }
}

function countWays(content: ScriptContent): number {
  const known = new Map<string, number>()
  const open = new Set<string>()
  const count = (key: string | null): number => {
    if (key === null) return 1
    const step = content.steps.find((each) => each.key === key)
    if (!step) return 1
    if (open.has(key)) return Number.POSITIVE_INFINITY
    const before = known.get(key)
    if (before !== undefined) return before
    open.add(key)
    let sum = 0
    for (const to of exitsOf(content, step).keys()) sum += count(to)
    open.delete(key)
    known.set(key, sum)
    return sum
  }
  return count(content.steps[0]?.key ?? null)
}

/** How many stations a way has, greeting and closing words too. */
export const stationsOf = (content: ScriptContent, way: Way): number => path(content, way.sample).length

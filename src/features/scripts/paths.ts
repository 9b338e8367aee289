import { path, possibleAnswers } from './rules.ts'
import type { AnswerValue, Answers, ScriptContent, Step } from './schema.ts'

/** One way through a script: at each question that decides, the answers which lead on so. */
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
        first === undefined ? sample : { ...sample, [step.key]: valueOf(step, first) },
      )
    }
  }
  walk(content.steps[0] ?? null, [], {})
  return { ways, count: countWays(content) }
}

/** Where a step leads, by what is answered: key of the step that follows or null for the closing words. No answers: in any case. */
export function exitsOf(content: ScriptContent, step: Step): Map<string | null, string[]> {
  const exits = new Map<string | null, string[]>()
  const answers = possibleAnswers(step)
  if (!answers.some((answer) => step.goes[answer] !== undefined)) return exits.set(after(content, step, undefined), [])
  for (const answer of answers) {
    const to = after(content, step, answer)
    exits.set(to, [...(exits.get(to) ?? []), answer])
  }
  return exits
}

function after(content: ScriptContent, step: Step, answer: string | undefined): string | null {
  const to = (answer === undefined ? undefined : step.goes[answer]) ?? step.next
  if (to === null) return content.steps[content.steps.indexOf(step) + 1]?.key ?? null
  return content.steps.some((each) => each.key === to) ? to : null
}

const valueOf = (step: Step, answer: string): AnswerValue =>
  step.kind === 'support' ? Number(answer) : step.kind === 'yes_no' ? answer === 'yes' : answer

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

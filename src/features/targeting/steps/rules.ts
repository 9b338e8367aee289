import { parse } from '../parse.ts'
import { print } from '../print.ts'
import type { Expression } from '../schema.ts'

/*
 * An expression as it would be told: everyone of a place, only those who …, without those who …, also those who …, a part
 * of them at random. The steps together are the expression, whatever the order it was typed in.
 */

export const stepKinds = ['start', 'narrow', 'subtract', 'add', 'sample'] as const
export type StepKind = (typeof stepKinds)[number]

export interface Step {
  kind: StepKind
  /** What this step speaks of; null: everyone who can vote. */
  of: Expression | null
  /** The expression up to and with this step. */
  so_far: Expression
}

const everyone: Expression = { op: 'and', of: [] }

/** Fields that say where one begins rather than whom one takes out. */
const places = new Set<string>(['state', 'county', 'city', 'zip', 'street', 'area', 'district', 'in'])
const samples = new Set<string>(['sample', 'split'])

const isOf = (part: Expression, fields: ReadonlySet<string>): boolean =>
  part.op === 'term' ? fields.has(part.term.field) : part.op === 'or' && part.of.every((each) => isOf(each, fields))

export function stepsOf(expression: Expression): Step[] {
  if (expression.op === 'and') {
    const parts = expression.of
    // Where it begins stands first if the expression says so anywhere; the rest in the order typed.
    const first = parts.find((part) => isOf(part, places)) ?? parts[0]
    if (!first) return [{ kind: 'start', of: null, so_far: everyone }]
    const canStart = first.op !== 'not' && !isOf(first, samples)
    const steps: Step[] = canStart ? stepsOf(first) : [{ kind: 'start', of: null, so_far: everyone }]
    let so_far: Expression[] = canStart ? [first] : []
    for (const part of parts) {
      if (canStart && part === first) continue
      so_far = [...so_far, part]
      const whole: Expression = so_far.length === 1 ? part : { op: 'and', of: so_far }
      if (part.op === 'not') steps.push({ kind: 'subtract', of: part.of, so_far: whole })
      else steps.push({ kind: isOf(part, samples) ? 'sample' : 'narrow', of: part, so_far: whole })
    }
    return steps
  }
  if (expression.op === 'or') {
    const [first, ...others] = expression.of
    if (!first) return [{ kind: 'start', of: null, so_far: everyone }]
    const steps = stepsOf(first)
    let so_far: Expression[] = [first]
    for (const part of others) {
      so_far = [...so_far, part]
      steps.push({ kind: 'add', of: part, so_far: { op: 'or', of: so_far } })
    }
    return steps
  }
  if (expression.op === 'not' || isOf(expression, samples)) return stepsOf({ op: 'and', of: [expression] })
  return [{ kind: 'start', of: expression, so_far: expression }]
}

export const addableSteps = ['narrow', 'subtract', 'add', 'sample'] as const
export type AddableStep = (typeof addableSteps)[number]

/** The expression with one step more, as text; null where what was typed for the step cannot be read. */
export function withStep(text: string, kind: AddableStep, typed: string): string | null {
  const [before, step] = [parse(text), parse(typed)]
  if (!before.ok || !step.ok || typed.trim() === '') return null
  const parts = before.expression.op === 'and' ? before.expression.of : [before.expression]
  const also = step.expression.op === 'and' ? step.expression.of : [step.expression]
  if (kind === 'add') {
    // Everyone and some more are everyone.
    if (parts.length === 0) return ''
    return print({ op: 'or', of: [before.expression, step.expression] })
  }
  if (kind === 'subtract') return print({ op: 'and', of: [...parts, { op: 'not', of: step.expression }] })
  return print({ op: 'and', of: [...parts, ...also] })
}

/** The expression steps say together. Where the first was taken away, what was added next begins; else everyone does. */
export function fromSteps(steps: readonly Pick<Step, 'kind' | 'of'>[]): Expression {
  let so_far: Expression | null = null
  for (const { kind, of } of steps) {
    if (of === null) continue
    if (kind === 'add') so_far = so_far === null ? of : together('or', so_far, of)
    else {
      const part: Expression = kind === 'subtract' ? { op: 'not', of } : of
      so_far = so_far === null ? part : together('and', so_far, part)
    }
  }
  return so_far ?? everyone
}

const together = (op: 'and' | 'or', a: Expression, b: Expression): Expression => ({
  op,
  of: [a, b].flatMap((each) => (each.op === op ? each.of : [each])),
})

export const stepChanges = ['remove', 'narrow', 'subtract', 'add', 'sample', 'start'] as const
export type StepChange = (typeof stepChanges)[number]

/** The expression with one of its steps taken away or saying something else, as text; null where that cannot be read. */
export function withStepChanged(text: string, nth: number, change: StepChange, typed: string): string | null {
  const [before, said] = [parse(text), parse(typed)]
  if (!before.ok) return null
  const steps = stepsOf(before.expression)
  if (!steps[nth]) return null
  if (change === 'remove') return print(fromSteps(steps.filter((_, at) => at !== nth)))
  if (!said.ok || typed.trim() === '') return null
  const kind = nth === 0 && steps[0]?.of !== null ? 'start' : change
  return print(fromSteps(steps.map((step, at) => (at === nth ? { kind, of: said.expression } : step))))
}

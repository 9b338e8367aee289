import { hasChoices, textsOf, wayTaken, waysOf, type Where } from './rules.ts'
import type { ScriptContent, Step, StepKind } from './schema.ts'

export type Difference =
  | { kind: 'text'; where: Where; language: string; before: string; after: string }
  | { kind: 'added' | 'removed' | 'moved'; where: Where }
  | { kind: 'answers'; where: Where; before: StepKind; after: StepKind }
  | WayDifference
  | { kind: 'quick' | 'link'; where: Where }

/** Where a way leads, as `goes` and `next` say it; '' is as otherwise, and of the ordinary way the step below. */
interface WayDifference {
  kind: 'way'
  where: Where
  /** Has the way among its own; of a number the starts of both versions. */
  step: Step
  /** null: the ordinary one. */
  way: string | null
  before: string
  after: string
}

/** What changed from one version to the next, in the order of the newer one. */
export function compareScripts(before: ScriptContent, after: ScriptContent): Difference[] {
  const differences: Difference[] = []
  const old = new Map(before.steps.map((step) => [step.key, step]))
  const movedSteps = movedIn(before.steps, after.steps)
  for (const step of after.steps) {
    const where = `steps.${step.key}`
    const was = old.get(step.key)
    if (!was) differences.push({ kind: 'added', where })
    else {
      if (movedSteps.has(step.key)) differences.push({ kind: 'moved', where })
      if (was.kind !== step.kind) differences.push({ kind: 'answers', where, before: was.kind, after: step.kind })
      differences.push(...waysChanged(where, was, step))
      if (was.is_quick !== step.is_quick) differences.push({ kind: 'quick', where })
      // Callers read choices from top to bottom; which voter hears which wording goes by their order.
      for (const key of movedIn(choicesOf(was), choicesOf(step)))
        differences.push({ kind: 'moved', where: `${where}.choices.${key}` })
      for (const key of movedIn(was.wordings, step.wordings))
        differences.push({ kind: 'moved', where: `${where}.wordings.${key}` })
    }
  }
  for (const list of ['objections', 'facts'] as const)
    for (const key of movedIn(before[list], after[list])) differences.push({ kind: 'moved', where: `${list}.${key}` })
  const isNew = (where: Where, content: ScriptContent) => {
    const key = /^steps\.([^.]+)/.exec(where)?.[1]
    return key !== undefined && !content.steps.some((step) => step.key === key)
  }
  const texts = new Map(textsOf(before).map(({ where, text }) => [where, text]))
  for (const { where, text } of textsOf(after)) {
    if (isNew(where, before)) continue
    const was = texts.get(where) ?? {}
    texts.delete(where)
    for (const language of new Set([...before.languages, ...after.languages])) {
      const [from, to] = [was[language] ?? '', text[language] ?? '']
      if (from !== to) differences.push({ kind: 'text', where, language, before: from, after: to })
    }
  }
  for (const [where, was] of texts) {
    if (isNew(where, after)) continue
    for (const [language, from] of Object.entries(was)) {
      if (from) differences.push({ kind: 'text', where, language, before: from, after: '' })
    }
  }
  for (const fact of after.facts) {
    const was = before.facts.find((each) => each.key === fact.key)
    if (JSON.stringify(was?.link ?? {}) !== JSON.stringify(fact.link))
      differences.push({ kind: 'link', where: `facts.${fact.key}` })
  }
  for (const step of before.steps) {
    if (!after.steps.some((each) => each.key === step.key))
      differences.push({ kind: 'removed', where: `steps.${step.key}` })
  }
  return differences
}

type Keyed = readonly { key: string }[]

/** Those of both lists that stand at another place among them. */
function movedIn(before: Keyed, after: Keyed): Set<string> {
  const among = (list: Keyed, others: Keyed) =>
    list.map(({ key }) => key).filter((key) => others.some((each) => each.key === key))
  const [was, is] = [among(before, after), among(after, before)]
  return new Set(is.filter((key, at) => was[at] !== key))
}

const choicesOf = (step: Step): Keyed => (hasChoices(step) ? step.choices : [])

function waysChanged(where: Where, was: Step, is: Step): WayDifference[] {
  const old = was.kind === is.kind ? was.goes : {}
  const step = { ...is, goes: { ...old, ...is.goes } }
  // Between two starts a number goes by the lower one, whichever version has it.
  const target = (goes: Step['goes'], way: string): string =>
    goes[is.kind === 'number' ? (wayTaken({ ...is, goes }, Number(way)) ?? '') : way] ?? ''
  return [
    ...waysOf(step).map((way) => ({ way, before: target(old, way), after: target(is.goes, way) })),
    { way: null, before: was.next ?? '', after: is.next ?? '' },
  ].flatMap((each): WayDifference[] => (each.before === each.after ? [] : [{ kind: 'way', where, step, ...each }]))
}

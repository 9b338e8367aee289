import { goesAs, hasChoices, startOf, waysOf } from './rules.ts'
import { ScriptContent, stepKinds, type Choice, type ScriptText, type Step, type StepKind } from './schema.ts'

/*
 * The editor is one plain form. Its fields are named by place ('steps.2.choices.0.label.ko'); each button posts all of
 * them with what to do ('up:2'), so nothing typed is ever lost and no script is needed.
 */

/** Reads the form's fields. null: they do not make a script (a field was tampered with, or a text is too long). */
export function contentOf(fields: Record<string, string>, languages: readonly string[]): ScriptContent | null {
  const textAt = (place: string): ScriptText =>
    Object.fromEntries(
      languages.flatMap((language) => {
        const text = (fields[`${place}.${language}`] ?? '').replaceAll('\r\n', '\n').trim()
        return text ? [[language, text]] : []
      }),
    )
  /** 'steps.2.wordings.0', '….1', … as far as there are any. */
  const placesOf = (list: string): string[] => {
    const places: string[] = []
    while (fields[`${list}.${places.length}.key`] !== undefined) places.push(`${list}.${places.length}`)
    return places
  }
  const steps: unknown[] = []
  for (let at = 0; fields[`steps.${at}.key`] !== undefined; at++) {
    const place = `steps.${at}`
    const kind = fields[`${place}.kind`]
    const choices: Choice[] = []
    for (let each = 0; fields[`${place}.choices.${each}.key`] !== undefined; each++) {
      choices.push({
        key: fields[`${place}.choices.${each}.key`] ?? '',
        label: textAt(`${place}.choices.${each}.label`),
      })
    }
    const goes: Record<string, string> = {}
    for (const [name, to] of Object.entries(fields)) {
      const way = name.startsWith(`${place}.goes.`) ? name.slice(`${place}.goes.`.length) : null
      // A number stays one to go by, also where it goes on as otherwise.
      if (way !== null && (to || kind === 'number')) goes[way] = to
    }
    const from = startOf(fields[`${place}.from`] ?? '')
    if (from !== null) goes[from] ??= ''
    const [was, is] = [fields[`${place}.was`], kind].map((each) => stepKinds.find((one) => one === each))
    steps.push({
      key: fields[`${place}.key`],
      kind,
      say: textAt(`${place}.say`),
      wordings: placesOf(`${place}.wordings`).map((at) => ({ key: fields[`${at}.key`], say: textAt(`${at}.say`) })),
      is_quick: fields[`${place}.is_quick`] === 'on',
      note: textAt(`${place}.note`),
      choices,
      goes: was && is ? goesAs({ kind: was, goes }, is) : goes,
      next: fields[`${place}.next`] || null,
    })
  }
  const read = ScriptContent.safeParse({
    languages,
    greeting: textAt('greeting'),
    steps,
    closing: textAt('closing'),
    voicemail: textAt('voicemail'),
    objections: placesOf('objections').map((at) => ({
      key: fields[`${at}.key`],
      objection: textAt(`${at}.objection`),
      reply: textAt(`${at}.reply`),
    })),
    facts: placesOf('facts').map((at) => ({
      key: fields[`${at}.key`],
      title: textAt(`${at}.title`),
      text: textAt(`${at}.text`),
      link: textAt(`${at}.link`),
    })),
  })
  return read.success ? read.data : null
}

/**
 * Does what a button says: 'add:support', 'remove:2', 'up:2', 'down:2', 'to:2:0', 'copy:2', 'add-choice:2',
 * 'remove-choice:2:0', 'remove-way:2:10', 'add-wording:2', 'remove-wording:2:0', 'add-objection', 'remove-objection:0',
 * 'add-fact', 'remove-fact:0'.
 */
export function edited(content: ScriptContent, act: string): ScriptContent {
  const [verb = '', ...rest] = act.split(':')
  const at = Number(rest[0])
  const step = content.steps[at]
  const withStep = (changed: Step): ScriptContent => ({
    ...content,
    steps: content.steps.map((each, nth) => (nth === at ? changed : each)),
  })
  if (verb === 'add') {
    const kind = stepKinds.find((each) => each === rest[0])
    return kind ? { ...content, steps: [...content.steps, newStep(content, kind)] } : content
  }
  if (verb === 'add-objection') {
    const fresh = { key: freshKey('objection', content.objections), objection: {}, reply: {} }
    return { ...content, objections: [...content.objections, fresh] }
  }
  if (verb === 'remove-objection')
    return { ...content, objections: content.objections.filter((_, each) => each !== at) }
  if (verb === 'add-fact') {
    return {
      ...content,
      facts: [...content.facts, { key: freshKey('fact', content.facts), title: {}, text: {}, link: {} }],
    }
  }
  if (verb === 'remove-fact') return { ...content, facts: content.facts.filter((_, each) => each !== at) }
  if (!step) return content
  const withoutStep = content.steps.filter((each) => each !== step)
  if (verb === 'to') {
    const to = Math.min(Math.max(Number(rest[1]), 0), content.steps.length - 1)
    return Number.isInteger(to) ? { ...content, steps: put(withoutStep, to, step) } : content
  }
  if (verb === 'copy') {
    const copy = { ...step, key: freshKey('step', content.steps) }
    return { ...content, steps: put(content.steps, at + 1, copy) }
  }
  if (verb === 'add-wording') {
    return withStep({ ...step, wordings: [...step.wordings, { key: freshKey('wording', step.wordings), say: {} }] })
  }
  if (verb === 'remove-wording') {
    return withStep({ ...step, wordings: step.wordings.filter((_, each) => each !== Number(rest[1])) })
  }
  if (verb === 'remove') return { ...content, steps: withoutTarget(withoutStep, step.key) }
  if (verb === 'up' || verb === 'down') {
    const to = at + (verb === 'up' ? -1 : 1)
    if (!content.steps[to]) return content
    return { ...content, steps: put(withoutStep, to, step) }
  }
  if (verb === 'add-choice') {
    return withStep({ ...step, choices: [...step.choices, { key: freshKey('choice', step.choices), label: {} }] })
  }
  if (verb === 'remove-choice') {
    const gone = step.choices[Number(rest[1])]
    if (!gone) return content
    const { [gone.key]: _gone, ...goes } = step.goes
    return withStep({ ...step, goes, choices: step.choices.filter((choice) => choice !== gone) })
  }
  if (verb === 'remove-way') {
    const { [rest[1] ?? '']: _gone, ...goes } = step.goes
    return withStep({ ...step, goes })
  }
  return content
}

function newStep(content: ScriptContent, kind: StepKind): Step {
  const choices =
    kind === 'choice' || kind === 'several' ? ['choice_1', 'choice_2'].map((key) => ({ key, label: {} })) : []
  return {
    key: freshKey('step', content.steps),
    kind,
    say: {},
    wordings: [],
    is_quick: false,
    note: {},
    choices,
    goes: {},
    next: null,
  }
}

/** Ways that led to a step which is gone go on as otherwise, and the ordinary one to the step below. */
const withoutTarget = (steps: Step[], gone: string): Step[] =>
  steps.map((step) => ({
    ...step,
    next: step.next === gone ? null : step.next,
    goes: Object.fromEntries(Object.entries(step.goes).map(([way, to]) => [way, to === gone ? '' : to])),
  }))

function freshKey(
  prefix: 'step' | 'choice' | 'wording' | 'objection' | 'fact',
  taken: readonly { key: string }[],
): string {
  for (let number = 1; ; number++) {
    const key = `${prefix}_${number}`
    if (!taken.some((each) => each.key === key)) return key
  }
}

/**
 * Before saving: keys made by the editor get a name from the English text, since they head the columns of results;
 * what does not belong to a step's kind goes.
 */
export function tidied(content: ScriptContent): ScriptContent {
  const names = namesFor(
    content.steps.map((step) => ({ key: step.key, text: step.say })),
    'step',
  )
  const renamed = (key: string) => names.get(key) ?? key
  const steps = content.steps.map((step): Step => {
    const choices = hasChoices(step) ? step.choices : []
    const choiceNames = namesFor(
      choices.map((choice) => ({ key: choice.key, text: choice.label })),
      'choice',
    )
    const ways = waysOf(step)
    return {
      ...step,
      key: renamed(step.key),
      wordings: step.kind === 'say' ? [] : step.wordings,
      choices: choices.map((choice) => ({ ...choice, key: choiceNames.get(choice.key) ?? choice.key })),
      goes: Object.fromEntries(
        Object.entries(step.goes)
          .filter(([way, to]) => ways.includes(way) && (to || step.kind === 'number'))
          .map(([way, to]) => [choiceNames.get(way) ?? way, renamed(to)]),
      ),
      next: step.next === null ? null : renamed(step.next),
    }
  })
  return { ...content, steps }
}

function namesFor(all: { key: string; text: ScriptText }[], prefix: 'step' | 'choice'): Map<string, string> {
  const names = new Map(all.map(({ key }) => [key, key]))
  const taken = new Set(names.keys())
  for (const { key, text } of all) {
    if (!new RegExp(`^${prefix}_\\d+$`).test(key)) continue
    const words = (text.en ?? '').toLowerCase().match(/[a-z0-9]+/g) ?? []
    const plain = words.filter(
      (word) => !['the', 'a', 'an', 'you', 'your', 'do', 'is', 'are', 'to', 'of'].includes(word),
    )
    const wished = plain.slice(0, 3).join('_').slice(0, 32)
    if (!/^[a-z]/.test(wished) || wished === 'closing') continue // not written yet, or only in Korean: keeps its number
    let name = wished
    for (let number = 2; taken.has(name); number++) name = `${wished}_${number}`
    taken.add(name)
    names.set(key, name)
  }
  return names
}

/** An empty script to write from nothing. */
export const emptyScript = (languages: readonly string[]): ScriptContent =>
  ScriptContent.parse({
    languages,
    greeting: {},
    steps: [{ key: 'step_1', kind: 'support', say: {} }],
    closing: {},
    voicemail: {},
  })

/** Organization's languages first, then any other the script was written in. */
export const languagesOf = (content: ScriptContent, organization: readonly string[]): string[] => [
  ...new Set([...organization, ...content.languages]),
]

const put = (steps: readonly Step[], at: number, step: Step): Step[] => [
  ...steps.slice(0, at),
  step,
  ...steps.slice(at),
]

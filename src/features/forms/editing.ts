import { cutTo } from '../../platform/http/texts.ts'
import {
  addableBlocks,
  Block,
  consentChannels,
  FormContent,
  helpKinds,
  questionKinds,
  type FormText,
  type Question,
} from './schema.ts'

/*
 * The editor is one plain form. Its fields are named by place ('blocks.2.choices.0.label.ko'); each button posts all of
 * them with what to do ('up:2'), so nothing typed is ever lost and no script is needed.
 */

/** Reads the editor's fields. null: they do not make a form (a field was tampered with, or a text is too long). */
export function contentOf(fields: Record<string, string>, languages: readonly string[]): FormContent | null {
  const textAt = (place: string): FormText =>
    Object.fromEntries(
      languages.flatMap((language) => {
        const text = (fields[`${place}.${language}`] ?? '').replaceAll('\r\n', '\n').trim()
        return text ? [[language, text]] : []
      }),
    )
  const isOn = (place: string): boolean => fields[place] === 'on'
  const blocks: unknown[] = []
  for (let at = 0; fields[`blocks.${at}.block`] !== undefined; at++) {
    const place = `blocks.${at}`
    const block = fields[`${place}.block`]
    const choices: unknown[] = []
    for (let each = 0; fields[`${place}.choices.${each}.key`] !== undefined; each++) {
      choices.push({ key: fields[`${place}.choices.${each}.key`], label: textAt(`${place}.choices.${each}.label`) })
    }
    const wording = consentChannels.flatMap((channel) => {
      const text = textAt(`${place}.wording.${channel}`)
      return Object.keys(text).length > 0 ? [[channel, text]] : []
    })
    blocks.push({
      block,
      asks_hangul: isOn(`${place}.asks_hangul`),
      needs: fields[`${place}.needs`],
      asks: fields[`${place}.asks`],
      is_needed: isOn(`${place}.is_needed`),
      wording: Object.fromEntries(wording),
      say: textAt(`${place}.say`),
      text: textAt(`${place}.text`),
      options: helpKinds.filter((kind) => isOn(`${place}.options.${kind}`)),
      owner_id: fields[`${place}.owner_id`] || null,
      due_days: fields[`${place}.due_days`]?.trim() ? Number(fields[`${place}.due_days`]) : null,
      key: fields[`${place}.key`],
      kind: fields[`${place}.kind`],
      choices,
      only_if: conditionAt(fields, place),
      tags: tagsAt(fields, place),
      field: fields[`${place}.field`] || null,
      script_id: fields[`${place}.script_id`] || null,
    })
  }
  const district = fields['petition.district'] ?? ''
  const read = FormContent.safeParse({
    languages,
    title: textAt('title'),
    intro: textAt('intro'),
    blocks,
    button: textAt('button'),
    thanks: textAt('thanks'),
    next_label: textAt('next_label'),
    next_link: (fields.next_link ?? '').trim(),
    petition:
      fields['petition.goal'] === undefined
        ? null
        : {
            addressed_to: textAt('petition.addressed_to'),
            demand: textAt('petition.demand'),
            goal: Number(fields['petition.goal']),
            district_kind: fields['petition.district_kind'],
            district: district.trim() === '' ? null : Number(district),
          },
  })
  return read.success ? read.data : null
}

/** Every box ticked under 'Ask only if': 'blocks.2.only_if.<question>.<answer>'. */
function conditionAt(fields: Record<string, string>, place: string): Question['only_if'] {
  const only_if: Question['only_if'] = {}
  for (const [name, value] of Object.entries(fields)) {
    const [key, answer] = name.startsWith(`${place}.only_if.`) ? name.split('.').slice(3) : []
    if (key && answer && value === 'on') (only_if[key] ??= []).push(answer)
  }
  return only_if
}

/** What a tag cannot have in it is left out of it: 'blocks.2.tags.<answer>'. */
const tagsAt = (fields: Record<string, string>, place: string): Question['tags'] =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, text]) => {
      if (!name.startsWith(`${place}.tags.`)) return []
      const plain = text
        .trim()
        .replaceAll(/\s+/g, '-')
        .replaceAll(/[,:()"]/g, '')
      const tag = cutTo(plain, 40)
      return tag ? [[name.slice(`${place}.tags.`.length), tag]] : []
    }),
  )

/** A question of a script, as it is asked there. */
export type ScriptQuestion = Pick<Question, 'key' | 'kind' | 'say' | 'choices' | 'script_id'>

/**
 * Does what a button says: 'add:contact', 'add-question:choice', 'add-script:<script>/<key>', 'up:2', 'down:2',
 * 'remove:2', 'add-choice:2', 'remove-choice:2:0'.
 */
export function edited(
  content: FormContent,
  act: string,
  { fresh, scripts }: { fresh: string; scripts: readonly ScriptQuestion[] },
): FormContent {
  const [verb = '', first = '', second = ''] = act.split(':')
  const at = Number(first)
  const block = content.blocks[at]
  const withBlocks = (blocks: Block[]): FormContent => ({ ...content, blocks })
  const added = (each: unknown): FormContent => withBlocks([...content.blocks, Block.parse(each)].slice(0, 40))
  if (verb === 'add') {
    const kind = addableBlocks.find((each) => each === first)
    if (!kind || (kind !== 'words' && content.blocks.some((each) => each.block === kind))) return content
    return added({
      block: kind,
      ...(kind === 'help' && { options: ['volunteer'] }),
      ...(kind === 'words' && { text: {} }),
    })
  }
  if (verb === 'add-question') {
    const kind = questionKinds.find((each) => each === first)
    if (!kind) return content
    const isChosen = kind === 'choice' || kind === 'several'
    const choices = isChosen
      ? [
          { key: 'a', label: {} },
          { key: 'b', label: {} },
        ]
      : []
    return added({ block: 'question', key: `own_${fresh}`, kind, say: {}, choices })
  }
  if (verb === 'add-script') {
    const question = scripts.find((each) => `${each.script_id}/${each.key}` === first)
    const isThere = content.blocks.some((each) => each.block === 'question' && each.key === question?.key)
    return question && !isThere ? added({ block: 'question', ...question }) : content
  }
  if (!block) return content
  if (verb === 'remove') return block.block === 'name' ? content : withBlocks(content.blocks.toSpliced(at, 1))
  if (verb === 'up' || verb === 'down') {
    const to = at + (verb === 'up' ? -1 : 1)
    return content.blocks[to] ? withBlocks(content.blocks.toSpliced(at, 1).toSpliced(to, 0, block)) : content
  }
  // Choices of a script's question stay the script's: answers under a key of their own would not add up.
  if (block.block !== 'question' || block.script_id !== null) return content
  if (verb === 'add-choice') {
    const choice = { key: freshKey(block.choices), label: {} }
    return withBlocks(content.blocks.with(at, { ...block, choices: [...block.choices, choice].slice(0, 30) }))
  }
  if (verb === 'remove-choice') {
    const choices = block.choices.filter((_, each) => each !== Number(second))
    return withBlocks(content.blocks.with(at, { ...block, choices }))
  }
  return content
}

function freshKey(choices: readonly { key: string }[]): string {
  for (let number = choices.length; ; number++) {
    const key = number < 26 ? String.fromCharCode(97 + number) : `c${number}`
    if (!choices.some((each) => each.key === key)) return key
  }
}

/** Of a script's question, only its words may be changed: what can be answered stays what the script asks. */
export function keepingScripts(typed: FormContent, scripts: readonly ScriptQuestion[]): FormContent {
  const blocks = typed.blocks.map((block) => {
    if (block.block !== 'question' || block.script_id === null) return block
    const origin = scripts.find(({ key, script_id }) => key === block.key && script_id === block.script_id)
    if (!origin) return block
    const choices = origin.choices.map((choice) => ({
      key: choice.key,
      label: { ...choice.label, ...block.choices.find(({ key }) => key === choice.key)?.label },
    }))
    return { ...block, kind: origin.kind, choices }
  })
  return { ...typed, blocks }
}

/** Without choices that nobody named. */
export const tidied = (content: FormContent): FormContent => ({
  ...content,
  blocks: content.blocks.map((block) =>
    block.block === 'question'
      ? { ...block, choices: block.choices.filter(({ label }) => Object.keys(label).length > 0) }
      : block,
  ),
})

import { blocksMost, textOf, textsOfKind, type Block, type MailContent, type MailText } from './schema.ts'

/** A text of the mailing: of a block by its key, or of the whole by its name. */
export interface TextAt {
  /** 'subject', 'preheader', 'reason' or the key of a block. */
  where: string
  /** As in `textsOfKind`; of the whole the same as `where`. */
  name: string
  text: MailText
  form: 'line' | 'rich' | 'address'
  needed: boolean
}

/** Every text, in the order of the page. */
export const textsOf = (content: MailContent): TextAt[] => [
  { where: 'subject', name: 'subject', text: content.subject, form: 'line', needed: true },
  { where: 'preheader', name: 'preheader', text: content.preheader, form: 'line', needed: false },
  ...content.blocks.flatMap((block) =>
    textsOfKind[block.kind].map((each) => ({ ...each, where: block.key, text: textOf(block, each.name) })),
  ),
  { where: 'reason', name: 'reason', text: content.reason, form: 'rich', needed: false },
]

const isWritten = (text: string | undefined): boolean => (text ?? '').trim() !== ''

/** Languages in which something is not said that is said in another. An address may be one for all. */
export function lacks({ text, form }: Pick<TextAt, 'text' | 'form'>, languages: readonly string[]): string[] {
  if (form === 'address' || !Object.values(text).some(isWritten)) return []
  return languages.filter((language) => !isWritten(text[language]))
}

/** Languages with something untranslated that nobody said may go out so. `there`: in what blocks show of other rooms (`lackingOf`). */
export const unaccepted = (
  content: MailContent,
  languages: readonly string[],
  there: ReadonlyMap<string, readonly string[]>,
): string[] => {
  const lacking = new Set([
    ...textsOf(content).flatMap((each) => lacks(each, languages)),
    ...[...there.values()].flat(),
  ])
  return languages.filter((language) => lacking.has(language) && !content.accepted.includes(language))
}

/** Languages of the organization first, then others that something is written in. */
export const languagesOf = (content: MailContent, organization: readonly string[]): string[] => [
  ...new Set([
    ...organization,
    ...textsOf(content).flatMap(({ text }) => Object.keys(text).filter((language) => isWritten(text[language]))),
  ]),
]

/** Texts that are not the same in both, with what each says. */
export function differences(
  theirs: MailContent,
  ours: MailContent,
): { where: string; name: string; language: string; theirs: string; ours: string }[] {
  const all = (content: MailContent) =>
    new Map(
      textsOf(content).flatMap(({ where, name, text }) =>
        Object.entries(text).map(([language, said]) => [`${where} ${name} ${language}`, said]),
      ),
    )
  const [before, after] = [all(theirs), all(ours)]
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [where = '', name = '', language = ''] = key.split(' ')
    const pair = { theirs: before.get(key) ?? '', ours: after.get(key) ?? '' }
    return pair.theirs === pair.ours ? [] : [{ where, name, language, ...pair }]
  })
}

const put = (blocks: readonly Block[], at: number, block: Block): Block[] => [
  ...blocks.slice(0, at),
  block,
  ...blocks.slice(at),
]

/** With the block at `at` in the place `to`. */
export function moved(blocks: readonly Block[], at: number, to: number): Block[] {
  const block = blocks[at]
  if (!block || !Number.isInteger(to) || to < 0 || to >= blocks.length) return [...blocks]
  return put(blocks.toSpliced(at, 1), to, block)
}

/** A key that no block has. */
export function freshKey(blocks: readonly Block[]): string {
  for (let number = 1; ; number++) if (!blocks.some(({ key }) => key === `b${number}`)) return `b${number}`
}

export const isFull = ({ blocks }: MailContent): boolean => blocks.length >= blocksMost

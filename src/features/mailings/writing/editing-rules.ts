import { freshKey, isFull, moved } from './rules.ts'
import { Block, blockKinds, MailContent, officeLevels, textsOfKind, type BlockKind, type MailText } from './schema.ts'

/*
 * The page is one plain form. Its fields are named by place ('blocks.2.title.ko'); each button posts all of them with
 * what to do ('up:2'), so nothing typed is ever lost and no script is needed.
 */

/** Reads the form's fields. null: they make no mailing (a field was tampered with, or a text is too long). */
export function contentOf(fields: Record<string, string>, languages: readonly string[]): MailContent | null {
  const textAt = (place: string, written = languages): MailText =>
    Object.fromEntries(
      written.flatMap((language) => {
        const text = (fields[`${place}.${language}`] ?? '').replaceAll('\r\n', '\n').trim()
        return text ? [[language, text]] : []
      }),
    )
  const blocks: unknown[] = []
  for (let at = 0; fields[`blocks.${at}.key`] !== undefined; at++) {
    const place = `blocks.${at}`
    const kind = blockKinds.find((each) => each === fields[`${place}.kind`])
    const texts = kind ? textsOfKind[kind].map(({ name }) => [name, textAt(`${place}.${name}`)]) : []
    const chosen = ['of', 'picture', 'width'].flatMap((name) => {
      const value = fields[`${place}.${name}`]
      return value === undefined ? [] : [[name, value]]
    })
    blocks.push({ key: fields[`${place}.key`], kind, ...Object.fromEntries([...chosen, ...texts]) })
  }
  const read = MailContent.safeParse({
    subject: textAt('subject'),
    preheader: textAt('preheader'),
    blocks,
    postal_address: (fields.postal_address ?? '').replaceAll('\r\n', '\n').trim(),
    reason: textAt('reason'),
    attribution: textAt('attribution', ['en', ...languages]),
    level: officeLevels.find((each) => each === fields.level) ?? null,
    is_line_settled: fields.is_line_settled === 'on',
    accepted: languages.filter((language) => fields[`accepted.${language}`] === 'on'),
  })
  return read.success ? read.data : null
}

export const newBlock = (blocks: readonly Block[], kind: BlockKind): Block =>
  Block.parse({ key: freshKey(blocks), kind })

/** Does what a button says: 'add:text', 'remove:2', 'up:2', 'down:2', 'copy:2'. */
export function edited(content: MailContent, act: string): MailContent {
  const [verb, what = ''] = act.split(':')
  const { blocks } = content
  const kind = blockKinds.find((each) => each === what)
  const at = Number(what)
  const block = blocks[at]
  if (verb === 'add' && kind && !isFull(content)) return { ...content, blocks: [...blocks, newBlock(blocks, kind)] }
  if (verb === 'remove') return { ...content, blocks: blocks.filter((each) => each !== block) }
  if (verb === 'up') return { ...content, blocks: moved(blocks, at, at - 1) }
  if (verb === 'down') return { ...content, blocks: moved(blocks, at, at + 1) }
  if (verb === 'copy' && block && !isFull(content))
    return { ...content, blocks: blocks.toSpliced(at + 1, 0, { ...block, key: freshKey(blocks) }) }
  return content
}

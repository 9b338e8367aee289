/*
 * What is pasted from a word processor, a web page or a mail comes as HTML full of its program's own looks. Of it stay
 * paragraphs, lists, bold and links, in the writing of `text-rules.ts`.
 */

interface Piece {
  text: string
  is_bold: boolean
  address: string | null
}

const breaking = /^(?:p|div|h[1-6]|tr|table|section|article|blockquote|ul|ol|pre|hr|dl|dt|dd)$/
const dropped = /<(style|script|head|title|xml|o:p|w:sdtpr)\b[^>]*>[\s\S]*?<\/\1>/gi

/** Word draws the bullets of a list as text, in brackets only Word reads: what they were is kept, they go. */
const wordBullets = /<!(?:--)?\[if !supportLists\](?:--)?>([\s\S]*?)<!(?:--)?\[endif\](?:--)?>/gi

export function textOfPasted(html: string): string {
  const fragment = /<!--StartFragment-->([\s\S]*?)(?:<!--EndFragment-->|$)/.exec(html)?.[1] ?? html
  const tokens = fragment
    .replaceAll(dropped, '')
    .replaceAll(wordBullets, (_, bullet: string) => (/\d/.test(bullet.replaceAll(/<[^>]*>/g, '')) ? '<x-number>' : ''))
    .replaceAll(/<!--[\s\S]*?-->|<![^>]*>|<\?[^>]*>/g, '')
    .matchAll(/<(?<end>\/?)(?<tag>[a-z][\w:-]*)(?<attributes>(?:"[^"]*"|'[^']*'|[^>"'])*)>|(?<text>[^<]+|<)/gi)

  const lines: string[] = []
  const open: { tag: string; is_bold: boolean | null; address: string | null }[] = []
  const lists: { is_numbered: boolean; count: number }[] = []
  let pieces: Piece[] = []
  let prefix = ''
  const endLine = () => {
    const said = joined(pieces)
    if (said) lines.push(prefix + said)
    pieces = []
    if (said) prefix = ''
  }
  /** An empty line between paragraphs, none between the items of a list. */
  const endParagraph = () => {
    endLine()
    if (lists.length === 0 && lines.length > 0 && lines.at(-1) !== '') lines.push('')
  }

  for (const { groups = {} } of tokens) {
    const { end, attributes = '', text } = groups
    if (text !== undefined) {
      const innermost = [...open].reverse()
      const is_bold = innermost.find((each) => each.is_bold !== null)?.is_bold ?? false
      const address = innermost.find((each) => each.address !== null)?.address ?? null
      pieces.push({ text: decoded(text), is_bold, address })
      continue
    }
    const tag = (groups.tag ?? '').toLowerCase()
    if (tag === 'br') endLine()
    else if (tag === 'x-number') prefix = '1. '
    else if (tag === 'td' || tag === 'th') pieces.push({ text: ' ', is_bold: false, address: null })
    else if (tag === 'li' && !end) {
      endLine()
      const list = lists.at(-1)
      if (list) list.count += 1
      prefix = list?.is_numbered ? `${list.count}. ` : '- '
    } else if (tag === 'li') endLine()
    else if (breaking.test(tag) && !(tag === 'p' && lists.length > 0)) {
      if (tag === 'ul' || tag === 'ol') {
        endLine()
        if (end) lists.pop()
        if (lists.length === 0) endParagraph()
        if (!end) lists.push({ is_numbered: tag === 'ol', count: 0 })
      } else {
        const isItem = !end && /mso-list\s*:\s*l\d/i.test(attributes)
        if (isItem && lines.at(-1) === '' && /^(?:- |\d+\. )/.test(lines.at(-2) ?? '')) lines.pop()
        endParagraph()
        if (isItem && lines.at(-1) === '' && /^(?:- |\d+\. )/.test(lines.at(-2) ?? '')) lines.pop()
        prefix = isItem ? '- ' : end ? prefix : ''
      }
    }
    if (/^(?:br|img|hr|meta|link|input|x-number|col|wbr)$/.test(tag)) continue
    if (end) {
      const at = open.map((each) => each.tag).lastIndexOf(tag)
      if (at >= 0) open.splice(at)
    } else if (!attributes.endsWith('/'))
      open.push({ tag, is_bold: boldOf(tag, attributes), address: tag === 'a' ? addressOf(attributes) : null })
  }
  endLine()
  return lines.join('\n').replaceAll(/\n{3,}/g, '\n\n').trim().normalize('NFC')
} // prettier-ignore

/** null: as around it. */
function boldOf(tag: string, attributes: string): boolean | null {
  // Not Word's own `mso-bidi-font-weight`, which speaks of text from right to left.
  const weight = /(?<![\w-])font-weight\s*:\s*(bold(?:er)?|normal|lighter|\d+)/i.exec(attributes)?.[1]?.toLowerCase()
  if (weight) return weight.startsWith('bold') || Number(weight) >= 600
  return /^(?:b|strong|h[1-6]|th)$/.test(tag) ? true : null
}

function addressOf(attributes: string): string | null {
  const [, quoted, single, bare] = /href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i.exec(attributes) ?? []
  const address = decoded(quoted ?? single ?? bare ?? '').trim()
  return /^(?:https?:\/\/|mailto:|tel:)/i.test(address) ? address.replaceAll(/[\s()]/g, encodeURIComponent) : null
}

/** One line of pieces, with marks around what is bold or a link. */
function joined(pieces: readonly Piece[]): string {
  const merged: Piece[] = []
  for (const piece of pieces) {
    const last = merged.at(-1)
    if (last && last.is_bold === piece.is_bold && last.address === piece.address) last.text += piece.text
    else merged.push({ ...piece })
  }
  const said = merged.map(({ text, is_bold, address }) => {
    const [, before = '', words = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text.replaceAll(/[\s\u00A0]+/g, ' ')) ?? []
    if (!words) return before
    const linked = address && address !== words ? `[${words.replaceAll(/[[\]]/g, '')}](${address})` : words
    return `${before}${is_bold ? `**${linked}**` : linked}${after}`
  })
  return said.join('').replaceAll(/ {2,}/g, ' ').replace(/^[·•▪◦§o]\s+(?=\S)/u, '').trim()
} // prettier-ignore

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', middot: '·', hellip: '…', ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', bull: '•' } // prettier-ignore

const decoded = (text: string): string =>
  text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null
    if (code !== null) return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
    return named[name?.toLowerCase() ?? ''] ?? whole
  }) // prettier-ignore

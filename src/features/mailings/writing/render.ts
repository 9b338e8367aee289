import { localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import { usualLook, type Look } from '../look/queries.ts'
import { colorsFrom, logoSize, type MailColors } from '../look/rules.ts'
import type { Said, ShownBlock } from './drawn.ts'
import { textOf, type Block, type MailContent, type MailLinks, type MailPerson, type MailText } from './schema.ts'
import {
  linePartsOf,
  inlineOf,
  isAddress,
  paragraphsOf,
  saidFor,
  wordFor,
  type Filled,
  type Inline,
} from './text-rules.ts'
import { mailWord } from './words.ts'

export interface MailSetting {
  /** Of the reader. What is not written in it stands in the next of the organization's, marked as such for readers and screen readers. */
  language: string
  organization: { name: LocalizedText; languages: readonly string[] }
  /** Address people open, without a slash at the end: pictures are loaded from there. */
  url?: string
  /** Left out where the organization chose none. */
  look?: Look | null
  /** What blocks show of other rooms, in this language (`drawnIn`). */
  shown?: ReadonlyMap<string, ShownBlock>
}

export interface RenderedMail {
  subject: string
  preheader: string
  html: string
  text: string
}

/** Fills in what is a reader's own; everything else was done once. */
export type PreparedMail = (person: MailPerson, links: MailLinks) => RenderedMail

/**
 * A mailing in one language, ready for as many readers as there are: MJML makes the page once, then each reader costs a few
 * joins of strings.
 */
export async function prepareMail(content: MailContent, setting: MailSetting): Promise<PreparedMail> {
  const paper = paperFor(setting)
  const subject = linePartsOf(plain(paper.own(content.subject).text))
    .map(paper.part)
    .join('')
  const preheader = linePartsOf(plain(paper.own(content.preheader).text))
    .map(paper.part)
    .join('')
  const drawn = content.blocks.flatMap((block) => drawBlock(paper, block) ?? [])
  const foot = drawFoot(paper, content)
  const html = await compiled(pageOf(paper, { subject, preheader, drawn, foot }))
  const text = [...drawn.map((each) => each.text), `-- \n${foot.text}`].join('\n\n').replaceAll(/\n{3,}/g, '\n\n')
  const filled = { subject: split(subject), preheader: split(preheader), html: split(html), text: split(`${text}\n`) }
  return (person, links) => {
    const words = paper.slots.map((slot) =>
      typeof slot === 'string' ? linkOf(links, slot) : saidOf(setting, slot, person),
    )
    const escaped = words.map(escape)
    return {
      subject: join(filled.subject, words).replaceAll(/\s+/g, ' ').trim(),
      preheader: join(filled.preheader, words),
      html: join(filled.html, escaped),
      text: join(filled.text, words),
    }
  }
}

/** Where it can be read in a browser is a page of the reader's own, unless everybody may. */
const linkOf = (links: MailLinks, which: keyof MailLinks): string =>
  which === 'browser' ? (links.browser ?? `${links.preferences}/mail`) : links[which]

function saidOf({ language, organization }: MailSetting, slot: Filled, person: MailPerson): string {
  const { field } = slot
  return saidFor(slot, field === 'organization' ? nameOf({ language, organization }) : wordFor(field, person, language))
}

const nameOf = ({ language, organization }: MailSetting): string =>
  plain(localized(organization.name, language, organization.languages).text)

/* A place to fill in is a number between two characters that stand for nothing; `plain` takes them out of what was typed. */
const [begins, ends] = ['\uE000', '\uE001']
const plain = (text: string): string => text.replaceAll(/[\uE000\uE001]/g, '')

/** Texts and, between them, numbers of slots. */
const split = (text: string): (string | number)[] =>
  text.split(new RegExp(`${begins}(\\d+)${ends}`)).map((each, at) => (at % 2 === 1 ? Number(each) : each))

function join(parts: readonly (string | number)[], words: readonly string[]): string {
  let said = ''
  for (const part of parts) said += typeof part === 'number' ? (words[part] ?? '') : part
  return said
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

interface Paper {
  setting: MailSetting
  colors: { light: MailColors; dark: MailColors }
  slots: (Filled | keyof MailLinks)[]
  /** The mark of a place that is filled in for each reader. */
  slot(of: Filled | keyof MailLinks): string
  part(of: string | Filled): string
  own(text: MailText): { text: string; language: string }
}

function paperFor(setting: MailSetting): Paper {
  const slots: Paper['slots'] = []
  const numbers = new Map<string, number>()
  const slot = (of: Filled | keyof MailLinks): string => {
    const known = JSON.stringify(of)
    const number = numbers.get(known) ?? slots.push(of) - 1
    numbers.set(known, number)
    return `${begins}${number}${ends}`
  }
  return {
    setting,
    colors: colorsFrom(setting.look ?? usualLook),
    slots,
    slot,
    part: (of) => (typeof of === 'string' ? of : slot(of)),
    own: (text) => {
      const found = localized(text, setting.language, setting.organization.languages)
      return { ...found, text: plain(found.text) }
    },
  }
}

interface Drawn {
  mjml: string
  text: string
  /** It is a section by itself; others that follow each other are drawn into one. */
  is_section?: boolean
}

const markup = (paper: Paper, parts: readonly Inline[]): string =>
  parts
    .map((part) => {
      if (part.kind === 'words') return escape(part.text)
      if (part.kind === 'filled') return paper.slot(part)
      if (part.kind === 'strong') return `<strong>${markup(paper, part.of)}</strong>`
      return `<a class="link" href="${escape(part.address)}" style="color:${paper.colors.light.link}">${markup(paper, part.of)}</a>`
    })
    .join('')

const spoken = (paper: Paper, parts: readonly Inline[]): string =>
  parts
    .map((part) => {
      if (part.kind === 'words') return part.text
      if (part.kind === 'filled') return paper.slot(part)
      const said = spoken(paper, part.of)
      if (part.kind === 'strong') return said
      return said === part.address ? said : `${said} (${part.address.replace(/^(mailto|tel):/i, '')})`
    })
    .join('')

/** Of another language than the mail's. */
const langOf = ({ setting }: Paper, language: string): string =>
  language === setting.language ? '' : ` lang="${escape(language)}"`

function drawRich(paper: Paper, text: MailText): Drawn | null {
  const { text: said, language } = paper.own(text)
  const paragraphs = paragraphsOf(said)
  if (paragraphs.length === 0) return null
  const html = paragraphs.map((each) => {
    if (each.kind === 'paragraph')
      return `<p style="margin:0 0 14px">${each.lines.map((line) => markup(paper, line)).join('<br>')}</p>`
    const list = each.numbered ? 'ol' : 'ul'
    return `<${list} style="margin:0 0 14px;padding-left:24px">${each.items.map((item) => `<li style="margin:0 0 6px">${markup(paper, item)}</li>`).join('')}</${list}>`
  })
  const text_ = paragraphs.map((each) =>
    each.kind === 'paragraph'
      ? each.lines.map((line) => spoken(paper, line)).join('\n')
      : each.items.map((item, at) => `${each.numbered ? `${at + 1}.` : '-'} ${spoken(paper, item)}`).join('\n'),
  )
  return { mjml: `<div class="said"${langOf(paper, language)} style="${unbroken(language)}">${html.join('')}</div>`, text: text_.join('\n\n') } // prettier-ignore
}

/** Korean words are not broken inside; what is too long for the line is, all the same. */
const unbroken = (language: string): string =>
  `${language === 'ko' ? 'word-break:keep-all;' : ''}overflow-wrap:break-word`

const line = (paper: Paper, text: MailText): { html: string; text: string; language: string } | null => {
  const { text: said, language } = paper.own(text)
  if (!said.trim()) return null
  const parts = inlineOf(said.replaceAll(/\s+/g, ' ').trim())
  return { html: markup(paper, parts), text: spoken(paper, parts), language }
}

function drawTitle(paper: Paper, text: MailText, level: 2 | 3 = 2): Drawn | null {
  const said = line(paper, text)
  if (!said) return null
  const size = level === 2 ? 24 : 20
  return {
    mjml: `<h${level}${langOf(paper, said.language)} style="margin:0 0 6px;font-size:${size}px;line-height:1.35;${unbroken(said.language)}">${said.html}</h${level}>`,
    text: level === 2 ? `${said.text}\n${'='.repeat(Math.min(40, widthOf(said.text)))}` : said.text,
  }
}

/** Columns it takes in a window of fixed letters: Hangul and Han letters take two. */
const widthOf = (text: string): number =>
  Array.from(text.replaceAll(new RegExp(`${begins}\\d+${ends}`, 'g'), '······')).reduce(
    (sum, letter) => sum + (/[\u1100-\u11FF\u2E80-\uFFEF]/u.test(letter) ? 2 : 1),
    0,
  )

const addressIn = (paper: Paper, link: MailText): string | null => {
  const address = paper.own(link).text.trim()
  return isAddress(address) ? address : null
}

function drawButton(paper: Paper, label: string, address: string | null): Drawn | null {
  if (!label || !address) return null
  return {
    mjml: `<mj-button css-class="go" align="left" href="${escape(address)}" background-color="${paper.colors.light.button}" color="${paper.colors.light.on_button}" font-size="18px" font-weight="700" border-radius="8px" inner-padding="14px 22px" padding="8px 24px 18px">${label}</mj-button>`,
    text: '',
  }
}

const inText = (...html: (Drawn | null)[]): string => {
  const said = html.flatMap((each) => each?.mjml ?? []).join('')
  return said && `<mj-text>${said}</mj-text>`
}

const section = (paper: Paper, inside: string): string =>
  inside &&
  `<mj-section css-class="card" background-color="${paper.colors.light.card}" padding="4px 0"><mj-column>${inside}</mj-column></mj-section>`

function sectionsOf(paper: Paper, drawn: readonly Drawn[]): string {
  let [sections, open] = ['', '']
  for (const { mjml, is_section } of drawn) {
    if (is_section) sections += section(paper, open) + mjml
    open = is_section ? '' : open + mjml
  }
  return sections + section(paper, open)
}

const together = (...parts: readonly (Drawn | string | null | undefined)[]): string =>
  parts.flatMap((part) => (typeof part === 'string' ? part : part?.text) || []).join('\n\n')

function drawBlock(paper: Paper, block: Block): Drawn | null {
  const of = (name: string) => textOf(block, name)
  switch (block.kind) {
    case 'heading': {
      const title = drawTitle(paper, of('title'))
      return title && { mjml: inText(title), text: title.text }
    }
    case 'text': {
      const said = drawRich(paper, of('said'))
      return said && { mjml: inText(said), text: said.text }
    }
    case 'picture': {
      const { url } = paper.setting
      if (!block.picture || url === undefined) return null
      const { text: alt } = paper.own(block.alt)
      const address = addressIn(paper, block.link)
      const width = block.width && block.width < 552 ? ` width="${block.width}px"` : ''
      const image = `<mj-image css-class="picture" src="${escape(`${url}/mail-pictures/${block.picture}`)}" alt="${escape(alt)}"${address ? ` href="${escape(address)}"` : ''}${width} padding="8px 24px" border-radius="8px" />`
      return { mjml: image, text: [alt && `[${alt}]`, address].filter(Boolean).join(' ') }
    }
    case 'button': {
      const [label, address] = [line(paper, of('label')), addressIn(paper, of('link'))]
      const go = label && drawButton(paper, label.html, address)
      return go && { mjml: go.mjml, text: `${label.text}: ${address}` }
    }
    case 'columns': {
      const [left, right] = [drawRich(paper, of('left')), drawRich(paper, of('right'))]
      if (!left && !right) return null
      const columns = [left, right].map((each) => `<mj-column>${inText(each)}</mj-column>`).join('')
      return { mjml: `<mj-section css-class="card" background-color="${paper.colors.light.card}" padding="4px 0">${columns}</mj-section>`, text: together(left, right), is_section: true } // prettier-ignore
    }
    case 'event':
    case 'comparison':
    case 'endorsement':
      return drawShown(paper, paper.setting.shown?.get(block.key))
    case 'brief':
    case 'action': {
      const [title, said, address] = [drawTitle(paper, of('title'), 3), drawRich(paper, of('said')), addressIn(paper, of('link'))] // prettier-ignore
      const label = block.kind === 'action' ? line(paper, block.label) : null
      const more = mailWord(paper.setting.language, 'read_more')
      const go = drawButton(paper, label?.html ?? escape(more), address)
      if (!title && !said && !go) return null
      return {
        mjml: `<mj-section css-class="card" background-color="${paper.colors.light.card}" padding="8px 16px"><mj-column css-class="panel" background-color="${paper.colors.light.panel}" border-left="4px solid ${paper.colors.light.button}" padding="12px 0 4px">${inText(title, said)}${go?.mjml ?? ''}</mj-column></mj-section>`,
        text: together(title, said, go && `${label?.text ?? more}: ${address}`),
        is_section: true,
      }
    }
    case 'divider':
      return { mjml: `<mj-divider css-class="rule" border-width="1px" border-color="${paper.colors.light.rule}" />`, text: '* * *' } // prettier-ignore
    default:
      return block satisfies never
  }
}

/** What another room says: its words, as they stand there for everybody. */
function drawShown(paper: Paper, shown: ShownBlock | undefined): Drawn | null {
  if (!shown) return null
  const own = ({ text, language }: Said, tag = 'p', style = 'margin:0 0 8px'): string =>
    `<${tag}${langOf(paper, language)} style="${style};${unbroken(language)}">${escape(plain(text)).replaceAll('\n', '<br>')}</${tag}>`
  const title = own(shown.title, 'h3', 'margin:0 0 8px;font-size:20px;line-height:1.35')
  const lines = shown.lines.map(({ label, said }) => own(label === null ? said : { ...said, text: `${label}: ${said.text}` })) // prettier-ignore
  const [notes, go] = [shown.notes.map((note) => own({ text: note, language: paper.setting.language }, 'p', 'margin:0 0 6px;font-size:15px')), drawButton(paper, escape(shown.label), shown.address)] // prettier-ignore
  const panel = (columns: readonly string[]): string =>
    `<mj-section css-class="card" background-color="${paper.colors.light.card}" padding="4px 16px">${columns.map((column) => `<mj-column css-class="panel" background-color="${paper.colors.light.panel}" padding="8px 0 4px">${column}</mj-column>`).join('')}</mj-section>`
  const head = [title, ...lines].join('')
  const foot = `${notes.length > 0 ? `<mj-text>${notes.join('')}</mj-text>` : ''}${go?.mjml ?? ''}`
  const rows = shown.rows.map((row) => {
    const cells = row.cells.map(
      ({ who, mark, said }) =>
        `<mj-text padding="4px 16px"><p style="margin:0 0 4px"><strong>${escape(plain(who))}</strong>${mark ? `<br>★ ${escape(mark)}` : ''}</p>${said.map((each) => own(each)).join('')}</mj-text>`,
    )
    // Two stand side by side where there is room; more would be too narrow to read.
    const columns = cells.length === 2 ? cells : [cells.join('')]
    return `${section(paper, `<mj-text padding="10px 24px 2px">${own(row.title, 'h4', 'margin:0;font-size:18px')}</mj-text>`)}${panel(columns)}`
  })
  return {
    mjml: rows.length > 0 ? `${section(paper, `<mj-text>${head}</mj-text>`)}${rows.join('')}${section(paper, foot)}` : panel([`<mj-text>${head}</mj-text>${foot}`]),
    text: [
      shown.title.text,
      shown.lines.map(({ label, said }) => (label === null ? said.text : `${label}: ${said.text}`)).join('\n'),
      ...shown.rows.map((row) => [row.title.text, ...row.cells.map(({ who, mark, said }) => `- ${who}${mark ? ` (${mark})` : ''}: ${said.map((each) => each.text).join('\n  ')}`)].join('\n')),
      ...shown.notes,
      `${shown.label}: ${shown.address}`,
    ].filter(Boolean).map(plain).join('\n\n'),
    is_section: true,
  } // prettier-ignore
}

/** The organization, by its logo where it has one, and the way to read it in a browser. */
function drawTop(paper: Paper): string {
  const { setting, colors: { light }, slot } = paper
  const { look, url } = setting
  const name = escape(nameOf(setting))
  const browser = `<div class="browser"><a class="faint" href="${slot('browser')}" style="color:${light.faint};font-size:14px;font-weight:400">${escape(mailWord(setting.language, 'browser'))}</a></div>`
  const stripe = look ? ` border-top="6px solid ${light.button}"` : ''
  if (!look?.logo || url === undefined)
    return `<mj-section css-class="top"${stripe} padding="20px 0 8px"><mj-column><mj-text font-size="16px" font-weight="700" color="${light.top}"><div>${name}</div>${browser}</mj-text></mj-column></mj-section>`
  const { width, height } = logoSize(look.logo)
  return `<mj-section css-class="plate"${stripe} background-color="#ffffff" padding="16px 0 12px"><mj-column><mj-image align="left" src="${escape(`${url}/mail-pictures/${look.logo.picture}`)}" alt="${name}" width="${width}px" height="${height}px" padding="0 24px" /></mj-column></mj-section>
<mj-section css-class="top" padding="6px 0"><mj-column><mj-text color="${light.top}">${browser}</mj-text></mj-column></mj-section>`
} // prettier-ignore

function drawFoot(paper: Paper, content: MailContent): Drawn {
  const { setting, slot } = paper
  const organization = nameOf(setting)
  const own = line(paper, content.reason)
  const usual = mailWord(setting.language, 'reason', organization)
  const address = plain(content.postal_address)
    .replaceAll(/\s*\n\s*/g, ', ')
    .trim()
  const [stop, choose, browser] = (['unsubscribe', 'preferences', 'browser'] as const).map((which) => ({
    said: mailWord(setting.language, which),
    address: slot(which),
  }))
  const lines = attributionIn(content, setting.language)
  const law = lines.map((said) => `<p style="margin:0 0 8px"><strong>${escape(said)}</strong></p>`).join('')
  const linked = [stop, choose].map((each) => each && `<a class="faint" href="${each.address}" style="color:${paper.colors.light.faint}">${escape(each.said)}</a>`) // prettier-ignore
  return {
    mjml: `<mj-section css-class="foot" padding="16px 0 32px"><mj-column><mj-text font-size="14px" line-height="1.6" color="${paper.colors.light.faint}"><div class="faint" style="${unbroken(setting.language)}">${law}<p style="margin:0 0 8px">${own?.html ?? escape(usual)}</p><p style="margin:0 0 8px"><strong>${escape(organization)}</strong>${address && `<br>${escape(address)}`}</p><p style="margin:0">${linked.join(' &nbsp;·&nbsp; ')}</p></div></mj-text></mj-column></mj-section>`,
    text: [...lines, own?.text ?? usual, organization, address, ...[stop, choose, browser].map((each) => each && `${each.said}: ${each.address}`)] // prettier-ignore
      .filter(Boolean)
      .join('\n'),
  }
}

/** Who pays, in the law's own words and in the reader's. */
function attributionIn({ attribution }: MailContent, language: string): string[] {
  const said = [attribution.en, attribution[language]].map((each) =>
    plain(each ?? '')
      .replaceAll(/\s*\n\s*/g, ' ')
      .trim(),
  )
  return [...new Set(said.filter(Boolean))]
}

/** Programs that turn a mail dark by themselves (Outlook) mark it with `data-ogsc`; all others ask for the media query. */
const darkStyle = (under: string, { dark }: Paper['colors']): string =>
  [
    `.page, .page > div { background: ${dark.page} !important }`,
    `.card, .card > table { background: ${dark.card} !important }`,
    `.panel > table, .panel > table > tbody > tr > td { background: ${dark.panel} !important; border-color: ${dark.button} !important }`,
    `.card div, .card p, .card li, .card h2, .card h3, .card h4, .top div { color: ${dark.said} !important }`,
    // A logo is drawn for white.
    `.page > .plate, .plate > table { background: #ffffff !important }`,
    `.foot div, .foot p, .top a.faint, a.faint { color: ${dark.faint} !important }`,
    `a.link { color: ${dark.link} !important }`,
    `.go td, .go a { background: ${dark.button} !important; color: ${dark.on_button} !important }`,
    `.rule p { border-color: ${dark.rule} !important }`,
  ]
    .map((rule) => rule.replaceAll(/(^|, )([.a])/g, `$1${under}$2`))
    .join('\n')

interface PageParts {
  subject: string
  preheader: string
  drawn: readonly Drawn[]
  foot: Drawn
}

/** After the preheader: what keeps programs from showing the first words of the text behind it. */
const nothingMore = '&#847;&zwnj;&nbsp;'.repeat(60)

const pageOf = (
  paper: Paper,
  { subject, preheader, drawn, foot }: PageParts,
): string => `<mjml lang="${escape(paper.setting.language)}" dir="ltr">
<mj-head>
<mj-title>${escape(subject)}</mj-title>
${preheader ? `<mj-preview>${escape(preheader)}${nothingMore}</mj-preview>` : ''}
<mj-raw><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"></mj-raw>
<mj-attributes>
<mj-all font-family="Pretendard, 'Apple SD Gothic Neo', 'Malgun Gothic', 'Noto Sans KR', 'Segoe UI', Roboto, Arial, sans-serif" />
<mj-text font-size="18px" line-height="1.65" color="${paper.colors.light.said}" padding="6px 24px" />
</mj-attributes>
<mj-style>:root { color-scheme: light dark; supported-color-schemes: light dark }
@media (prefers-color-scheme: dark) {
${darkStyle('', paper.colors)}
}
${darkStyle('[data-ogsc] ', paper.colors)}</mj-style>
</mj-head>
<mj-body css-class="page" background-color="${paper.colors.light.page}" width="600px">
${drawTop(paper)}
${sectionsOf(paper, drawn)}
${foot.mjml}
</mj-body>
</mjml>`

/** MJML takes a second to load and is needed by few pages. It would have readers' programs ask others for the fonts it knows. */
async function compiled(mjml: string): Promise<string> {
  const { default: compile } = await import('mjml')
  const { html, errors } = await compile(mjml, { validationLevel: 'soft', keepComments: false, fonts: {} })
  if (errors.length > 0)
    throw new Error(`MJML refused a mail of ours: ${errors.map((each) => each.message).join('; ')}`)
  // A third of it is blanks that stand for nothing.
  return html.replaceAll(/[ \t]*\n\s*/g, '\n').trim()
}

import { mailWord } from '../writing/words.ts'
import type { MailContent } from '../writing/schema.ts'

export interface Counting {
  counts_clicks: boolean
  counts_opens: boolean
}

/** What stands below a mail of which something is counted, in the reader's language. */
export const noticeIn = (language: string, { counts_clicks, counts_opens }: Counting): string =>
  [counts_clicks && mailWord(language, 'counts_clicks'), counts_opens && mailWord(language, 'counts_opens')]
    .filter(Boolean)
    .join(' ')

/** The mail with the notice beside why the reader gets it. */
export function withNotice(
  content: MailContent,
  organization: { name: Record<string, string>; languages: readonly string[] },
  counting: Counting,
): MailContent {
  if (!counting.counts_clicks && !counting.counts_opens) return content
  const reason = organization.languages.map((language) => {
    const name = organization.name[language] ?? Object.values(organization.name)[0] ?? ''
    const own = content.reason[language]?.trim() || mailWord(language, 'reason', name)
    return [language, `${own} ${noticeIn(language, counting)}`] as const
  })
  return { ...content, reason: { ...content.reason, ...Object.fromEntries(reason) } }
}

const href = /href="(https?:\/\/[^"]+)"/g

const plain = (escaped: string): string =>
  escaped.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** Where the links of a mail lead, each once. */
export const linksIn = (html: string): string[] => [
  ...new Set([...html.matchAll(href)].map(([, url]) => plain(url ?? ''))),
]

/** The mail with counted links in place of those that `counted` knows; all others stay, the one that stops it among them. */
export const withCounted = (html: string, counted: (url: string) => string | null): string =>
  html.replaceAll(href, (whole, url: string) => {
    const address = counted(plain(url))
    return address === null ? whole : `href="${address}"`
  })

/** A picture of one point that shows nothing, at the end. */
export const withPicture = (html: string, address: string): string =>
  html.replace('</body>', () => `<img src="${address}" width="1" height="1" alt=""></body>`)

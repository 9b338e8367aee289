/** Readers of one or the other know it by its name. */
export const feeds = ['atom', 'rss'] as const

export interface Feed {
  id: string
  title: string
  language: string
  url: string
  entries: readonly { id: string; title: string; url: string; language: string; updated: Date }[]
}

const plain = (text: string): string =>
  text
    // Characters XML 1.0 has no way to write.
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** As RFC 4287 has it. An empty one was changed at the beginning of time. */
export const atom = ({ id, title, language, url, entries }: Feed): string => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${plain(language)}">
<id>urn:uuid:${plain(id)}</id>
<title>${plain(title)}</title>
<updated>${new Date(Math.max(0, ...entries.map(({ updated }) => updated.getTime()))).toISOString()}</updated>
<author><name>${plain(title)}</name></author>
<link rel="self" href="${plain(url)}/feed.atom?lang=${plain(language)}"/>
<link rel="alternate" href="${plain(url)}"/>
${entries
  .map(
    (entry) => `<entry xml:lang="${plain(entry.language)}">
<id>urn:uuid:${plain(entry.id)}</id>
<title>${plain(entry.title)}</title>
<updated>${entry.updated.toISOString()}</updated>
<link rel="alternate" href="${plain(entry.url)}"/>
</entry>`,
  )
  .join('\n')}
</feed>
`

/** As RSS 2.0 has it (rssboard.org/rss-specification, checked 2026-11-29), with where it is as its own readers ask for it. */
export const rss = ({ title, language, url, entries }: Feed): string => `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${plain(title)}</title>
<link>${plain(url)}</link>
<description>${plain(title)}</description>
<language>${plain(language)}</language>
<atom:link rel="self" type="application/rss+xml" href="${plain(url)}/feed.rss?lang=${plain(language)}"/>
${entries
  .map(
    (entry) => `<item>
<title>${plain(entry.title)}</title>
<link>${plain(entry.url)}</link>
<guid isPermaLink="false">urn:uuid:${plain(entry.id)}</guid>
<pubDate>${entry.updated.toUTCString()}</pubDate>
</item>`,
  )
  .join('\n')}
</channel>
</rss>
`

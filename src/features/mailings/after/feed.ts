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

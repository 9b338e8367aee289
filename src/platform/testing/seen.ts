/** What a form was opened with, as it stands in the page; `with_field` tells forms of one page apart. */
export function seenIn(html: string, with_field = ''): string {
  const all = [...html.matchAll(/<(?=[^>]* name="seen")[^>]* value="([^"]*)"/g)].map(([, text]) =>
    (text ?? '').replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&amp;', '&'),
  )
  const seen = all.find((each) => each.includes(`"${with_field}`))
  if (seen === undefined) throw new Error(`no form with ${with_field || 'what was seen'}`)
  return seen
}

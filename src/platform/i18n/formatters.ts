// Making a formatter costs fifty microseconds, using one hardly any. There are as many as zones and ways of writing.
const formatters = new Map<string, Intl.DateTimeFormat>()

/** The formatter of a language with these options, made once. */
export function dateFormatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  let formatter = formatters.get(key)
  if (!formatter) formatters.set(key, (formatter = new Intl.DateTimeFormat(locale, options)))
  return formatter
}

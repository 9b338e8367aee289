import type { LocalizedText } from '../../platform/i18n/languages.ts'

/** What was typed per language into `name_en`, `name_ko`; languages left empty are left out. */
export function textsOf(
  typed: Readonly<Record<string, string>>,
  field: string,
  languages: readonly string[],
  most: number,
): LocalizedText {
  return Object.fromEntries(
    languages.flatMap((language) => {
      const text = (typed[`${field}_${language}`] ?? '').normalize('NFC').replaceAll('\r\n', '\n').trim().slice(0, most)
      return text ? [[language, text]] : []
    }),
  )
}

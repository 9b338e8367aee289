/** Fields of a form that hold one text per language: `name_en`, `name_ko`. */
export function textsOf(
  typed: Readonly<Record<string, string>>,
  field: string,
  languages: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    languages.flatMap((language) => {
      const text = (typed[`${field}_${language}`] ?? '').trim().slice(0, 300)
      return text ? [[language, text]] : []
    }),
  )
}

import { Criteria, type Criterion } from './schema.ts'

/** The rubric from lines as people write them: 'Ties to the community / 커뮤니티와의 유대, 5'. Null where one cannot be read. */
export function criteriaOf(text: string, languages: readonly string[]): Criterion[] | null {
  const lines = text.split('\n').flatMap((line) => line.trim() || [])
  const rows = lines.map((line, at) => {
    const [, words = '', most = ''] = /^(.+?)[,，]\s*(\d{1,2})$/.exec(line) ?? []
    const texts = words.split('/').map((part) => part.trim())
    const label = Object.fromEntries(
      texts.slice(0, languages.length).flatMap((part, index) => (part ? [[languages[index] ?? 'en', part]] : [])),
    )
    return { key: `c${at + 1}`, label, most: Number(most) }
  })
  const read = Criteria.safeParse(rows)
  return read.success && rows.every(({ label }) => Object.keys(label).length > 0) ? read.data : null
}

/** The same, as lines to be changed. */
export const criteriaText = (criteria: readonly Criterion[], languages: readonly string[]): string =>
  criteria
    .map(({ label, most }) => `${languages.flatMap((language) => label[language] ?? []).join(' / ')}, ${most}`)
    .join('\n')

/** To begin with. */
export const exampleCriteria = [
  'Ties to the community / 커뮤니티와의 유대, 5',
  'Wants to bring others along / 다른 분들과 함께하려는 마음, 5',
  'Has the time / 시간을 낼 수 있음, 3',
].join('\n')

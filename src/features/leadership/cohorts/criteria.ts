import { textsOf } from '../texts.ts'
import { Criteria, mostCriteria, type Criterion } from './schema.ts'

/** Fields of one line of the rubric: `criterion_1_en`, `criterion_1_ko`, `criterion_1_most`. */
const fieldOf = (number: number): string => `criterion_${number}`

/** The rubric as it was typed, its words in each language; lines without anything are none. Null where one is incomplete. */
export function criteriaOf(typed: Readonly<Record<string, string>>, languages: readonly string[]): Criterion[] | null {
  const rows = Array.from({ length: mostCriteria }, (_, at) => at + 1).flatMap((number) => {
    const label = textsOf(typed, fieldOf(number), languages)
    const most = (typed[`${fieldOf(number)}_most`] ?? '').trim()
    if (Object.keys(label).length === 0 && !most) return []
    return [{ key: `c${number}`, label, most: Number(most) }]
  })
  const read = Criteria.safeParse(rows)
  return read.success && rows.every(({ label }) => Object.keys(label).length > 0) ? read.data : null
}

/** The same, as the fields of a form. */
export const criteriaFields = (criteria: readonly Criterion[]): Record<string, string> =>
  Object.fromEntries(
    criteria.flatMap(({ key, label, most }) => {
      const field = fieldOf(Number(key.slice(1)))
      return [
        ...Object.entries(label).map(([language, text]) => [`${field}_${language}`, text]),
        [`${field}_most`, String(most)],
      ]
    }),
  )

/** To begin with. */
export const exampleCriteria: readonly Criterion[] = [
  { key: 'c1', label: { en: 'Ties to the community', ko: '커뮤니티와의 유대' }, most: 5 },
  { key: 'c2', label: { en: 'Wants to bring others along', ko: '다른 분들과 함께하려는 마음' }, most: 5 },
  { key: 'c3', label: { en: 'Has the time', ko: '시간을 낼 수 있음' }, most: 3 },
]

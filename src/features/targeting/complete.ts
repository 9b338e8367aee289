import { examplesOf } from './parse.ts'
import { quote } from './print.ts'
import { typedFields, type Completion, type TypedField } from './schema.ts'
import {
  channelWords,
  communityWords,
  countyWords,
  districtWords,
  fieldWords,
  fold,
  languageWords,
  partyWords,
  phoneWords,
  possessionWords,
  printed,
  resultWords,
  sexWords,
  statusWords,
  suppressionWords,
} from './words.ts'

/** Values only the database knows. */
export interface KnownValues {
  tags: readonly string[]
  universes: readonly string[]
  elections: readonly { year: number; kind: string }[]
}

/** What could be typed at the cursor: fields at the beginning of a term, values after its colon. English or Korean. */
export function complete(text: string, cursor: number, known: KnownValues): Completion {
  const before = text.slice(0, cursor)
  const [token = ''] = /[^\s()]*$/.exec(before) ?? []
  const match = /^-?([\p{L}][\p{L}\p{N}_-]*)(:|>=|<=|>|<|=)(.*)$/u.exec(token)
  const field = match ? fieldWords.get(fold(match[1] ?? '')) : undefined
  if (!match || !field) {
    const word = fold(token.replace(/^-/, ''))
    const fields = new Set([...fieldWords].filter(([name]) => name.startsWith(word)).map(([, canonical]) => canonical))
    return {
      from: cursor - token.length + (token.startsWith('-') ? 1 : 0),
      to: cursor,
      options: typedFields.filter((each) => fields.has(each)).map((each) => ({ text: `${each}:`, field: each })),
    }
  }
  const [typed = ''] = /[^,/]*$/.exec(match[3] ?? '') ?? []
  const wanted = fold(typed.replace(/["“”]/g, ''))
  const options = valuesOf(field, known, (match[3] ?? '').includes('/'))
    .filter(({ words }) => words.some((word) => fold(word).startsWith(wanted)))
    .map(({ text: value }) => ({ text: value, field }))
  return { from: cursor - typed.length, to: cursor, options: options.slice(0, 20) }
}

function valuesOf(field: TypedField, known: KnownValues, afterSlash: boolean): { text: string; words: string[] }[] {
  const table = (words: ReadonlyMap<string, string>, after = ''): { text: string; words: string[] }[] =>
    [...new Set(words.values())].map((value) => ({
      text: printed(value) + after,
      words: [...words].filter(([, canonical]) => canonical === value).map(([word]) => word),
    }))
  const plain = (values: readonly string[]): { text: string; words: string[] }[] =>
    values.map((value) => ({ text: quote(value), words: [value] }))
  const offered: Partial<Record<TypedField, () => ReturnType<typeof plain>>> = {
    party: () => table(partyWords),
    status: () => table(statusWords),
    sex: () => table(sexWords),
    county: () => table(countyWords),
    language: () => table(languageWords),
    community: () => table(communityWords),
    phone: () => table(phoneWords),
    has: () => table(possessionWords),
    suppressed: () => table(suppressionWords),
    district: () => (afterSlash ? [] : table(districtWords, '/')),
    result: () => [...table(resultWords), ...(afterSlash ? [] : table(channelWords, '/'))],
    tag: () => plain(known.tags),
    in: () => plain(known.universes),
    voted: () => plain([...new Set(known.elections.map(({ year, kind }) => `${year}-${printed(kind)}`))]),
  }
  return offered[field]?.() ?? plain(examplesOf(field))
}

import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { nameLanguages, type NameFields } from './schema.ts'

/** A name as two lists may write it alike: without accents, signs, suffixes and middle initials. */
export function foldedName(name: string): string {
  const words = name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/['’.]/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
  const kept = words.filter(
    (word, at) => !suffixes.has(word) && (word.length > 1 || at === 0 || at === words.length - 1),
  )
  return kept.join(' ')
}
const suffixes = new Set(['jr', 'sr', 'ii', 'iii', 'iv'])

/** Whose page an address is: 'vote.nyc'. One that is kept though no browser reads it stays as it is. */
export const hostOf = (address: string): string => URL.parse(address)?.hostname.replace(/^www\d?\./, '') ?? address

/** The names of a form by language; what is empty is no name. */
export const namesIn = (fields: NameFields): LocalizedText =>
  Object.fromEntries(
    nameLanguages.flatMap((language) => {
      const name = fields[`name_${language}`]
      return name ? [[language, name]] : []
    }),
  )

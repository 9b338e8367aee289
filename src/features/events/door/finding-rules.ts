import {
  commonRoman,
  givenSyllableTable,
  hangulOfSurname,
  romanKey,
  spellingWeight,
  surnames,
  twoSyllableSurnames,
} from '../../voterfile/community/hangul.ts'
import { givenNameCase, lastNameCase } from '../../voterfile/rules/names.ts'
import { otherKeyboard, readQuery, searchKeys } from '../../people/search/rules.ts'
import type { DoorPerson } from './schema.ts'

/*
 * Finding somebody on the list of a device, as the one search box does: in any order and spelling, in Hangul or its initials.
 * Apart from the other rules: what spellings are known is loaded once the door stands.
 */

type Named = Pick<DoorPerson, 'first_name' | 'last_name' | 'name_hangul'>

/** Spelling a name takes as long as showing it, and the list is the same for hours. */
const keysBefore = new Map<string, string[]>()

/** Keys by which somebody is found; `askedKeys` makes the other half, as for the one search box. */
export function keysOf({ first_name, last_name, name_hangul }: Named): string[] {
  const name = JSON.stringify([first_name, last_name, name_hangul])
  let keys = keysBefore.get(name)
  if (!keys) {
    keys = searchKeys({
      first_name,
      last_name,
      name_hangul,
      middle_name: null,
      address: null,
      addresses: [],
      phones: [],
      emails: [],
    })
    keysBefore.set(name, keys)
  }
  return keys
}

/** Beginnings of keys that somebody typed; those of the other keyboard behind. */
export function askedKeys(typed: string): string[][] {
  const other = otherKeyboard(typed)
  return [typed, other].flatMap((text) => {
    const keys = text ? (readQuery(text)?.person_keys ?? []) : []
    return keys.length > 0 ? [keys.map(({ key }) => key)] : []
  })
}

const surnameLength = (name: string): 1 | 2 =>
  name.length > 2 && twoSyllableSurnames.includes(name.slice(0, 2)) ? 2 : 1

/** 'Kim' and 'Younghee' for 김영희, as most here write them: to be looked at, not to be believed. */
export function romanOf(hangul: string): { last_name: string; first_name: string } | null {
  const name = hangul.replaceAll(/\s/g, '')
  if (!/^[가-힣]{2,5}$/.test(name)) return null
  const cut = surnameLength(name)
  return {
    last_name: lastNameCase(commonRoman(name.slice(0, cut), true)),
    first_name: givenNameCase(commonRoman(name.slice(cut), false)),
  }
}

/**
 * The name somebody was looked for by, in the fields of the form for walk-ins: whoever is not on the list is not typed twice.
 * Of two words either may be the surname; the one that more Koreans have is, else the last. Null: it is no name.
 */
export function namesTyped(typed: string): { last_name: string; first_name: string; name_hangul: string } | null {
  const text = typed.normalize('NFC').replaceAll(/\s+/g, ' ').trim()
  const hangul = wholeNameOf(text) ?? text
  const roman = romanOf(hangul)
  if (roman) return { ...roman, name_hangul: hangul.slice(0, 40) }
  if (!/^[\p{Script=Latin}\p{M}.,'’ -]+$/u.test(text) || !romanKey(text)) return null
  const [before = '', after = ''] = text.split(',').map((part) => part.trim())
  const words = text.split(' ')
  const of = (last: string, first: string) => ({
    last_name: lastNameCase(last).slice(0, 80),
    first_name: givenNameCase(first).slice(0, 80),
    name_hangul: '',
  })
  if (text.includes(',')) return of(before, after)
  const [first = '', last = ''] = [words[0], words.at(-1)]
  if (words.length === 1) return surnameShare(text) > 0 ? of(text, '') : of('', text)
  return surnameShare(first) > surnameShare(last)
    ? of(first, words.slice(1).join(' '))
    : of(last, words.slice(0, -1).join(' '))
}

/**
 * The Korean name somebody typed with the other keyboard on; null where it may as well be a name in Latin letters: 'shah' is 노모,
 * 'shehan' 노도무. A surname and a given name that Koreans have, or letters nobody could say; never begun with a capital, as
 * Latin names are.
 */
function wholeNameOf(text: string): string | null {
  const name = /^[a-z]/.test(text) ? otherKeyboard(text) : null
  if (!name || name.length < 3) return null
  const cut = surnameLength(name)
  const [first = '', second, more] = name.slice(cut)
  if (!surnames.has(name.slice(0, cut)) || more !== undefined) return null
  const share = (syllable: string, at: 'first' | 'second') => givenSyllableTable.get(syllable)?.[at] ?? 0
  const density = share(first, 'first') * (second === undefined ? 1 : share(second, 'second'))
  return density >= rarest_given || /[^aeiouy]{4}/.test(text) ? name : null
}

/** Of all given names; 노도무 is below it, 지훈 a hundred times above. */
const rarest_given = 1e-5

/** How many of all Koreans have a surname that is spelled so, 0-1. */
const surnameShare = (word: string): number =>
  Math.max(
    0,
    ...hangulOfSurname(word).map(({ hangul }) => {
      const { share = 0, spellings = [] } = surnames.get(hangul) ?? {}
      return share * spellingWeight(spellings.indexOf(romanKey(word)))
    }),
  )

import { commonRoman, twoSyllableSurnames } from '../../voterfile/community/hangul.ts'
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

/** 'Kim' and 'Younghee' for 김영희, as most here write them: to be looked at, not to be believed. */
export function romanOf(hangul: string): { last_name: string; first_name: string } | null {
  const name = hangul.replaceAll(/\s/g, '')
  if (!/^[가-힣]{2,5}$/.test(name)) return null
  const cut = name.length > 2 && twoSyllableSurnames.includes(name.slice(0, 2)) ? 2 : 1
  return {
    last_name: lastNameCase(commonRoman(name.slice(0, cut), true)),
    first_name: givenNameCase(commonRoman(name.slice(cut), false)),
  }
}

import i18next, { type i18n } from 'i18next'
import { particlePairs, withParticle } from './korean.ts'
import type { Language } from './languages.ts'

type Text = string | { one: string; other: string }
type Messages = Record<string, { en: Text; ko: string }>

/**
 * Texts by room, filled by declaration merging:
 *
 *     declare module '../../platform/i18n/messages.ts' { interface RoomMessages { scripts: typeof scriptsMessages } }
 */
// oxlint-disable-next-line no-empty-object-type, no-empty-interface -- filled by declaration merging
export interface RoomMessages {}

type AnyRoom = RoomMessages[keyof RoomMessages]
type KeysOf<Room> = Room extends Room ? keyof Room & string : never
export type MessageKey = KeysOf<AnyRoom>
type TextOf<Key extends string> = AnyRoom extends infer Room
  ? Room extends Record<Key, { en: infer En }>
    ? En
    : never
  : never

type Names<S extends string> = S extends `${string}{{${infer Name}}}${infer Rest}`
  ? (Name extends `${infer Plain},${string}` ? Plain : Name) | Names<Rest>
  : never
type ArgumentsOf<T> = T extends string
  ? Names<T>
  : T extends { one: infer One extends string; other: infer Other extends string }
    ? Names<One> | Names<Other> | 'count'
    : never
type Given<Key extends MessageKey> = {
  [Name in ArgumentsOf<TextOf<Key>>]: Name extends 'count' ? number : string | number
}

/** Looks up a text in one language. A key, an argument or a language that is missing does not compile. */
export interface Translate {
  <Key extends MessageKey>(key: Key, ...given: [keyof Given<Key>] extends [never] ? [] : [Given<Key>]): string
  /** For keys made at run time (an error's, a code's). An unknown key throws. */
  dynamic(key: string, given?: Record<string, string | number>): string
  language: Language
}

const registry = new Map<string, { en: Text; ko: string }>()
let instance: i18n | null = null

/** A room's texts in both languages, side by side. `{{name}}` is filled in; Korean may say `{{name, 이/가}}`. */
export function messages<const M extends Messages>(room: M): M {
  for (const [key, text] of Object.entries(room)) {
    if (registry.has(key)) throw new Error(`message ${key} is there twice`)
    registry.set(key, text)
  }
  instance = null
  return room
}

/** Everything registered so far, for checks. */
export const allMessages = (): ReadonlyMap<string, { en: Text; ko: string }> => registry

export function translator(language: Language): Translate {
  const get = (key: string, given?: Record<string, string | number>): string => {
    if (!registry.has(key)) throw new Error(`no message ${key}`)
    instance ??= load()
    const spoken = given && withNumbers(given, language)
    return instance.getFixedT(language)(key as never, spoken as never) as unknown as string
  }
  return Object.assign(get as never, { dynamic: get, language })
}

/** Numbers in texts are grouped (12,345); `count` stays a number, for plurals, and is shown by its grouped twin. */
function withNumbers(given: Record<string, string | number>, language: Language): Record<string, string | number> {
  const formatted: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(given)) {
    formatted[name] = typeof value === 'number' && name !== 'count' ? value.toLocaleString(language) : value
  }
  return formatted
}

function load(): i18n {
  const resources: Record<Language, { translation: Record<string, string> }> = {
    en: { translation: {} },
    ko: { translation: {} },
  }
  for (const [key, text] of registry) {
    if (typeof text.en === 'string') resources.en.translation[key] = text.en
    else {
      resources.en.translation[`${key}_one`] = text.en.one
      resources.en.translation[`${key}_other`] = text.en.other
    }
    resources.ko.translation[typeof text.en === 'string' ? key : `${key}_other`] = text.ko
  }
  for (const texts of Object.values(resources)) {
    for (const [key, text] of Object.entries(texts.translation))
      texts.translation[key] = text.replaceAll('{{count}}', '{{count, grouped}}')
  }
  const made = i18next.createInstance()
  void made.init({
    resources,
    lng: 'en',
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false }, // React escapes
    showSupportNotice: false,
    initAsync: false,
  } as never)
  made.services.formatter?.add('grouped', (value, language) => Number(value).toLocaleString(language))
  for (const pair of particlePairs) made.services.formatter?.add(pair, (value) => withParticle(String(value), pair))
  return made
}

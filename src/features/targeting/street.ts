/*
 * A street however it is written: 'northern boulevard' finds 'Northern Blvd', 'w 32 st' finds 'W 32nd St'. One regular
 * expression that PostgreSQL and JavaScript read alike.
 */

/** Forms of one word, as the Postal Service abbreviates (Publication 28, appendices B and C1) and boards write. */
const kindForms: readonly (readonly string[])[] = [
  ['st', 'street', 'str'],
  ['ave', 'avenue', 'av', 'aven'],
  ['blvd', 'boulevard', 'blv', 'boul', 'bl'],
  ['rd', 'road'],
  ['dr', 'drive', 'drv'],
  ['ln', 'lane'],
  ['pl', 'place'],
  ['ct', 'court'],
  ['ter', 'terrace', 'terr'],
  ['pkwy', 'parkway', 'pky', 'pkway'],
  ['hwy', 'highway', 'hgwy'],
  ['expy', 'expressway', 'expwy'],
  ['tpke', 'turnpike', 'tnpk', 'tpk'],
  ['cir', 'circle'],
  ['sq', 'square'],
  ['plz', 'plaza'],
  ['cres', 'crescent'],
  ['xing', 'crossing'],
  ['walk', 'wlk'],
  ['way', 'wy'],
  ['aly', 'alley'],
  ['loop'],
  ['row'],
  ['trl', 'trail'],
]
const directionForms: readonly (readonly string[])[] = [
  ['n', 'north', 'no'],
  ['s', 'south', 'so'],
  ['e', 'east'],
  ['w', 'west'],
  ['ne', 'northeast'],
  ['nw', 'northwest'],
  ['se', 'southeast'],
  ['sw', 'southwest'],
]
const alike = [...kindForms, ...directionForms, ['mt', 'mount'], ['ft', 'fort'], ['saint', 'st']]
const kinds = kindForms.flat()
const directions = directionForms.flat()

/**
 * The whole street. What kind it is (Ave, St) and the direction after it may be left out; a direction before it may not:
 * W Broadway is not Broadway.
 */
export function streetPattern(street: string): string {
  const words = wordsOf(street)
  const gap = '[ .,]+'
  const last = words.at(-1) ?? ''
  const saysKind = words.length > 1 && (kinds.includes(last) || directions.includes(last))
  const kind = saysKind && !directions.includes(last) ? '' : `(?:${gap}(?:${kinds.join('|')}))?`
  return `^ *${words.map(wordPattern).join(gap)}${kind}(?:${gap}(?:${directions.join('|')}))?[ .]*$`
}

/** How a street that `streetPattern` matches begins, in lower case, if not with a space; null: with letters that have no plain lower case. */
export function streetBeginnings(street: string): string[] | null {
  const [first = ''] = wordsOf(street)
  const beginnings = formsOf(first)
  return beginnings.every((each) => /^[a-z0-9]+$/.test(each)) ? beginnings : null
}

const wordsOf = (street: string): string[] =>
  street
    .toLowerCase()
    .split(/[\s.,]+/)
    .filter(Boolean)

/** A number without the end that makes it an ordinal. */
function formsOf(word: string): string[] {
  const ordinal = /^(\d+)(?:st|nd|rd|th)?$/.exec(word)
  if (ordinal?.[1]) return [ordinal[1]]
  const forms = new Set(alike.filter((each) => each.includes(word)).flat())
  return forms.size > 0 ? [...forms] : [word]
}

function wordPattern(word: string): string {
  const forms = formsOf(word)
  const [only = ''] = forms
  if (forms.length > 1) return `(?:${forms.join('|')})`
  return /^\d+$/.test(only) ? `${only}(?:st|nd|rd|th)?` : only.replace(/[^\p{L}\p{N}]/gu, '\\$&')
}

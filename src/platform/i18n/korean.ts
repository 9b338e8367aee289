import { josa } from 'es-hangul'

type Pair = '은/는' | '이/가' | '을/를' | '과/와' | '으로/로'

/** Particle pairs a message may ask for: `{{name, 이/가}}`. */
export const particlePairs: readonly Pair[] = ['은/는', '이/가', '을/를', '과/와', '으로/로']

// Read aloud, these digits end in a consonant: 영, 일, 삼, 육, 칠, 팔; of those 일, 칠, 팔 end in ㄹ, which takes 로.
const consonantDigits = '013678'
const digitsTakingUro = '036'
// Initialisms by the name of their last letter: 엘, 엠, 엔, 아르(알).
const consonantLetters = 'LMNR'
const lettersTakingUro = 'MN'

/**
 * `value` with the right particle. es-hangul takes Latin letters and digits for vowels (3가), so these have rules of
 * their own; a Latin word whose sound we cannot know gets both: Kim이(가). A closing bracket does not count.
 */
export function withParticle(value: string, pair: Pair): string {
  const word = value.replace(/\s*[)(\]]?\s*$/u, '').replace(/\s*\([^()]*$/u, '')
  const last = word.at(-1) ?? ''
  const [afterConsonant = '', afterVowel = ''] = pair.split('/')
  const isUro = pair === '으로/로'
  if (/[가-힣]/.test(last)) return value + josa(word, pair === '과/와' ? '와/과' : pair).slice(word.length)
  if (/\d/.test(last))
    return value + ((isUro ? digitsTakingUro : consonantDigits).includes(last) ? afterConsonant : afterVowel)
  if (/(^|[^A-Za-z])[A-Z]{2,}$/.test(word)) {
    return value + ((isUro ? lettersTakingUro : consonantLetters).includes(last) ? afterConsonant : afterVowel)
  }
  return `${value}${bothForms[pair]}`
}

const bothForms: Record<Pair, string> = {
  '은/는': '은(는)',
  '이/가': '이(가)',
  '을/를': '을(를)',
  '과/와': '과(와)',
  '으로/로': '(으)로',
}

import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { particlePairs, withParticle } from '../../../platform/i18n/korean.ts'
import { endorsedIn } from '../ballots/words.ts'
import type { ContestOnBallot, OnBallot } from '../ballots/schema.ts'
import type { Account } from '../tally/schema.ts'

/** Who came out as endorsed, also those whose endorsement was withdrawn since. */
export const endorsedOf = ({ candidates }: ContestOnBallot, account: Account): OnBallot[] =>
  endorsedIn(account).flatMap((name) => candidates.find((each) => each.name === name) ?? [])

/** Languages in which something is not said yet. */
export const lacks = (text: LocalizedText, languages: readonly string[]): string[] =>
  languages.filter((language) => !text[language])

/** What a letter takes in braces, in Korean with a particle: `{candidate, 을/를}`. */
export const letterWords = ['candidate', 'contest', 'organization', 'statement', 'page'] as const
export type LetterWord = (typeof letterWords)[number]

const inBraces = new RegExp(String.raw`\{\s*(${letterWords.join('|')})\s*(?:,\s*([가-힣]+/[가-힣]+)\s*)?\}`, 'g')

/** A letter's text filled in. A paragraph of which nothing is left goes. */
export const filledIn = (text: string, words: Readonly<Record<LetterWord, string>>): string =>
  text
    .replaceAll(inBraces, (_, word: LetterWord, particles: string | undefined) => {
      const pair = particlePairs.find((each) => each === particles)
      return pair ? withParticle(words[word], pair) : words[word]
    })
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()

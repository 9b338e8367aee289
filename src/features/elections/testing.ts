import { singleDays } from './rules.ts'

/** Of an election whose days nobody entered. */
export const noDays = {
  ...(Object.fromEntries(singleDays.map((name) => [name, null])) as Record<(typeof singleDays)[number], null>),
  early_voting_from: null,
  early_voting_until: null,
}

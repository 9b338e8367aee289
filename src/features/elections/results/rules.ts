import type { Choice, PlaceVotes } from './queries.ts'

/** As many election districts are read as one table; of more, those of one assembly district. */
export const few_districts = 160

/** Votes for somebody: shares are of these. */
export const counts = ({ kind }: Pick<Choice, 'kind'>): boolean => kind !== 'blank'

/** Votes for somebody in one place. */
export const countedIn = ({ votes }: PlaceVotes, choices: readonly Choice[]): number =>
  choices.reduce((sum, each) => sum + (counts(each) ? (votes.get(each.choice_id) ?? 0) : 0), 0)

/** Who has the most votes in a place; null: nobody has any, or two have as many. */
export function leaderOf({ votes }: PlaceVotes, choices: readonly Choice[]): Choice | null {
  const [first, second] = choices
    .filter((each) => each.kind !== 'blank' && each.kind !== 'write_in')
    .map((choice) => ({ choice, votes: votes.get(choice.choice_id) ?? 0 }))
    .toSorted((one, other) => other.votes - one.votes)
  return first && first.votes > 0 && first.votes !== second?.votes ? first.choice : null
}

/** Of 1, to a tenth of a per cent, as maps shade and tables write it; null: nobody voted. */
export const shareOf = (votes: number, all: number): number | null =>
  all === 0 ? null : Math.round((votes * 1000) / all) / 1000

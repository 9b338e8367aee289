/*
 * Counties and districts of several states have the same names: where more than one state is loaded, they are told with theirs,
 * 'NC-12', 'NJ-mercer'. Without a state the word means that of every state.
 */

export interface OfState {
  /** null: of any. */
  state: string | null
  value: string
}

/** Capitals tell a state from the beginning of a name: 'la-salle' is a county. */
export function ofState(text: string): OfState {
  const [, state, value] = /^([A-Z]{2})-(.+)$/.exec(text) ?? []
  return state !== undefined && value !== undefined ? { state, value } : { state: null, value: text }
}

export const withState = (state: string, value: string): string => `${state}-${value}`

/** Does a word of an expression mean this one? */
export const meansOf = (meant: OfState, state: string, value: string): boolean =>
  meant.value === value && (meant.state === null || meant.state === state)

/** Are there several, so that names must be told apart? */
export const isOfSeveral = ({ states }: { states: readonly string[] }): boolean => states.length > 1

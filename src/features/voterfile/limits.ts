/**
 * How many voters of the counties a file speaks of may be missing from it before we take it for a part of a file.
 * Boards take a few percent a year off their lists; a month that takes more than this is looked at by a person first.
 */
export const manyGone = { share: 0.15, at_least_voters: 25 }

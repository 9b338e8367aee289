/** The law under which New York gives out its voter file; other states limit use likewise. For the command line. */
export const lawNotice =
  'Voter files may be used for election purposes only (New York Election Law 3-103(5); other states have laws like it), never for business, and must not be published.'

/**
 * How many voters of the counties a file speaks of may be missing from it before we take it for a part of a file.
 * Boards take a few percent a year off their lists; a month that takes more than this is looked at by a person first.
 */
export const manyGone = { share: 0.15, at_least_voters: 25 }

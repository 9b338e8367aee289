/** Whom or what a vote was for. */
export const choiceKinds = ['candidate', 'write_in', 'blank', 'other'] as const
export type ChoiceKind = (typeof choiceKinds)[number]

/** How a vote was cast. */
export const voteKinds = ['election_day', 'early_voting', 'mail', 'absentee', 'affidavit'] as const
export type VoteKind = (typeof voteKinds)[number]

export type VotesByKind = Partial<Record<VoteKind, number>>

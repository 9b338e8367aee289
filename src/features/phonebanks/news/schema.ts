/** 'look': ask what is in your hand now; 'renew': the rules or the script are others, ask for them too. */
export const news = ['look', 'renew'] as const
export type News = (typeof news)[number]

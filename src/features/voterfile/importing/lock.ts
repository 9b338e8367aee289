/** Held by the one import, or reckoning of estimates, that runs; session-level, so a killed process gives it back. */
export const importLock = 4_817_020

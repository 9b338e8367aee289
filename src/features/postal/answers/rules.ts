/** Without letters and digits that look alike; eight of them are too many to try. */
export const codeLetters = 'abcdefghjkmnpqrstuvwxyz23456789'
export const codeLength = 8

/** The code in what was typed or read off a piece: itself, or the address it is printed as. */
export const codeIn = (typed: string): string | null =>
  new RegExp(`^(?:(?:https?://)?[^\\s/]+/r/)?([${codeLetters}]{${codeLength}})$`).exec(
    typed.trim().toLowerCase(),
  )?.[1] ?? null

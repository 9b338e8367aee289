/** 'dead': nothing is there. 'inside': a network of its own, which readers do not reach. 'unsure': no clear answer, which many give to programs. */
export const linkResults = ['good', 'dead', 'inside', 'unsure'] as const
export type LinkResult = (typeof linkResults)[number]

export interface Tried {
  result: LinkResult
  /** HTTP; null: no answer. */
  status: number | null
}

/** What an answer says of an address. Codes that say nothing of whether a person would see the page are no verdict. */
export function verdictOf(status: number): LinkResult {
  if (status >= 200 && status < 300) return 'good'
  return status === 404 || status === 410 ? 'dead' : 'unsure'
}

/** Codes after which it is asked once more as a browser asks: servers answer so to questions for the head alone. */
export const asksAgain = (status: number): boolean => status >= 400 && status !== 410 && status !== 429

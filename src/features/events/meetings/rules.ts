import type { Majority } from './schema.ts'

export interface Hands {
  yes: number
  no: number
  abstain: number
  /** Of those present: who is recused stays in the room and does not vote. */
  entitled: number
  /** Members in the room. */
  present: number
  /** Members it takes; null: any number will do. */
  quorum: number | null
}

export type Outcome = 'carried' | 'lost' | 'no_quorum'

/**
 * What a show of hands decided. Abstentions are no votes cast, so they count in a majority of those present alone; a tie is
 * lost. Without a quorum, which counts those present whether they may vote on this or not, nothing is decided. Robert's Rules of Order Newly Revised (12th ed.) 40:2, 44:1, 44:3, 44:12.
 */
export function outcomeOf(majority: Majority, { yes, no, entitled, present, quorum }: Hands): Outcome {
  if (quorum !== null && present < quorum) return 'no_quorum'
  return yes >= neededFor(majority, { yes, no, entitled }) ? 'carried' : 'lost'
}

/** How many had to say yes; never none. */
export function neededFor(majority: Majority, { yes, no, entitled }: Pick<Hands, 'yes' | 'no' | 'entitled'>): number {
  if (majority === 'present') return Math.floor(entitled / 2) + 1
  const cast = yes + no
  return Math.max(1, majority === 'two_thirds' ? Math.ceil((cast * 2) / 3) : Math.floor(cast / 2) + 1)
}

/** '24' members, or '25%' of those in good standing; null: the meeting has none. */
export function quorumOf(stated: string, members: number): number | null {
  const [, number = '', share] = /^(\d{1,5})(%?)$/.exec(stated) ?? []
  if (!number) return null
  return Math.max(1, share ? Math.ceil((members * Number(number)) / 100) : Number(number))
}

/** As the form takes it. */
export const isQuorum = (text: string): boolean => /^([1-9]\d{0,4}|([1-9]\d?|100)%)$/.test(text)

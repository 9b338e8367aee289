import type { PieceRow } from '../drops/queries.ts'

/** What may come of a knock on the door, by the letters canvassers know. */
export const doorCodes = {
  canvassed: '✓',
  not_home: 'NH',
  come_back: 'CB',
  refused: 'RF',
  other_language: 'OL',
  moved: 'MV',
  deceased: 'DC',
  inaccessible: 'IN',
  do_not_visit: 'DN',
} as const
export type DoorCode = keyof typeof doorCodes

/** The order one walks in: a street, one side of it up and then the other; behind a door by unit. */
export function walkKey({ zip5, delivery, unit }: Pick<PieceRow, 'zip5' | 'delivery' | 'unit'>): string {
  const [, house = '', street = ''] = /^(\S*\d\S*)\s(.*)$/.exec(delivery) ?? ['', '', delivery]
  const [last = '0'] = /\d+$/.exec(house.replace(/\D+$/, '')) ?? []
  const side = Number(last) % 2 === 1 ? 'a' : 'b'
  const padded = (text: string): string => text.replace(/\d+/g, (digits) => digits.padStart(8, '0'))
  return [zip5, padded(street), side, padded(house), padded(unit ?? '')].join('|')
}

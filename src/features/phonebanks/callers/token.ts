import { createHash } from 'node:crypto'

/** As it lies in the database: who reads that opens nothing. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

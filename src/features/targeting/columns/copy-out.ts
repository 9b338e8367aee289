import type { Socket } from 'node:net'
import type pg from 'pg'

/** What pg's connection offers to a query of one's own making; not in its types. */
interface Connection {
  stream: Socket
  query(text: string): void
}

const codes = { data: 0x64, done: 0x63, error: 0x45 } as const
/** Signature, flags and length of the extension that stand before the first row of a binary COPY. */
const headerBytes = 19

/**
 * Rows of a binary COPY out of the database. `onRow` gets the bytes from the first field's length on and must be done with
 * them when it returns. The messages are taken from the socket itself: pg would make an object and an event of each row.
 */
export function copyOut(
  client: pg.ClientBase,
  statement: string,
  onRow: (bytes: Buffer, at: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let problem: Error | null = null
    const query = {
      submit(connection: Connection): void {
        const { stream } = connection
        const [theirs] = stream.listeners('data') as ((bytes: Buffer) => void)[] // pg's own, the only one
        if (!theirs) throw new Error('the connection is not one of pg')
        let rest: Buffer = Buffer.alloc(0)
        let isFirst = true
        const giveBack = (bytes: Buffer): void => {
          stream.off('data', ours)
          stream.on('data', theirs)
          theirs(bytes)
        }
        const ours = (chunk: Buffer): void => {
          const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
          let at = 0
          while (at + 5 <= bytes.length) {
            const code = bytes[at]
            const end = at + 1 + bytes.readUInt32BE(at + 1)
            if (code === codes.error || code === codes.done) return giveBack(bytes.subarray(at))
            if (end > bytes.length) break
            if (code === codes.data && problem === null) {
              const row = at + 5 + (isFirst ? headerBytes : 0)
              isFirst = false
              try {
                if (row + 2 <= end && bytes.readInt16BE(row) >= 0) onRow(bytes, row + 2)
              } catch (thrown) {
                // The rest of the rows must pass before the connection can be used again.
                problem = thrown instanceof Error ? thrown : new Error(String(thrown))
              }
            }
            at = end
          }
          rest = Buffer.from(bytes.subarray(at))
        }
        stream.off('data', theirs)
        stream.on('data', ours)
        connection.query(statement)
      },
      handleError: (given: Error): void => reject(given),
      handleCommandComplete: (): void => undefined,
      handleReadyForQuery: (): void => (problem ? reject(problem) : resolve()),
    }
    client.query(query as unknown as pg.Submittable) // has submit() and the handlers pg calls
  })
}

import type { Socket } from 'node:net'
import type pg from 'pg'
import { copyHeader, copyTrailer } from '../mapping/tuples.ts'

/**
 * Bytes that may wait on our side of the socket before we stop making more. Plenty: with little, we and the server take
 * turns sleeping, and on a busy machine each waking costs milliseconds.
 */
const maxWaiting = 8 * 1024 * 1024

/** What pg's connection offers to a query of one's own making; not in its types. */
interface Connection {
  stream: Socket
  query(text: string): void
}

/** The COPY each connection is in the middle of. */
const unfinished = new WeakMap<pg.ClientBase, BinaryCopy>()

/** Breaks off a COPY left in the middle; without that the connection would wait for the rest of it for ever. */
export async function abandonCopy(client: pg.ClientBase): Promise<void> {
  await unfinished.get(client)?.abandon()
}

/**
 * A binary COPY into a table, written straight to the socket: pg-copy-streams sends a piece only when the one before has
 * gone and the event loop has turned, so that the server would wait for as long as we work on the next piece.
 */
export class BinaryCopy {
  readonly #done: Promise<void>
  readonly #open: Promise<void>
  #socket: Socket | null = null
  #problem: Error | null = null
  #resolveDone: () => void = () => undefined
  #rejectDone: (problem: Error) => void = () => undefined
  #resolveOpen: () => void = () => undefined
  #rejectOpen: (problem: Error) => void = () => undefined
  readonly #statement: string

  constructor(client: pg.ClientBase, statement: string) {
    this.#statement = statement
    this.#done = new Promise((resolve, reject) => {
      this.#resolveDone = resolve
      this.#rejectDone = reject
    })
    this.#open = new Promise((resolve, reject) => {
      this.#resolveOpen = resolve
      this.#rejectOpen = reject
    })
    // Told by write() or end(), whichever comes next.
    this.#done.catch(() => undefined)
    this.#open.catch(() => undefined)
    unfinished.set(client, this)
    this.#done.then(
      () => unfinished.delete(client),
      () => unfinished.delete(client),
    )
    client.query(this as unknown as pg.Submittable) // has submit() and the handlers pg calls
  }

  /** Hands over rows; wait for it before the next. `onSent`: the bytes are no longer needed. */
  write(rows: Buffer, onSent?: () => void): Promise<void> {
    if (this.#problem) return Promise.reject(this.#problem)
    const socket = this.#socket
    if (!socket) return this.#open.then(() => this.write(rows, onSent))
    socket.cork() // both in one system call
    socket.write(frame(rows.length))
    socket.write(rows, onSent)
    socket.uncork()
    // A turn of the event loop lets the socket pass on what the server has made room for.
    return socket.writableLength > maxWaiting ? this.#drained(socket) : turn()
  }

  async end(): Promise<void> {
    await this.#open
    if (this.#problem) throw this.#problem
    this.#socket?.write(Buffer.concat([frame(copyTrailer.length), copyTrailer, Buffer.from([0x63, 0, 0, 0, 4])])) // CopyDone
    await this.#done
  }

  /** CopyFail: the server forgets what it got, and the transaction can be rolled back. */
  async abandon(): Promise<void> {
    await this.#open.catch(() => undefined) // refused at once: nothing to break off
    if (this.#problem || !this.#socket || this.#socket.destroyed) return
    const reason = Buffer.from('broken off\0')
    const head = Buffer.allocUnsafe(5)
    head[0] = 0x66
    head.writeInt32BE(reason.length + 4, 1)
    this.#socket.write(Buffer.concat([head, reason]))
    await this.#done.catch(() => undefined) // the server answers a CopyFail with an error
  }

  async #drained(socket: Socket): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        socket.off('drain', wake)
        socket.off('close', wake)
        resolve()
      }
      socket.on('drain', wake)
      socket.on('close', wake)
      this.#done.catch(wake)
    })
    if (this.#problem) throw this.#problem
  }

  // What pg calls, in this order.

  submit(connection: Connection): void {
    connection.query(this.#statement)
  }

  handleCopyInResponse(connection: Connection): void {
    this.#socket = connection.stream
    this.#socket.write(Buffer.concat([frame(copyHeader.length), copyHeader]))
    this.#resolveOpen()
  }

  handleError(problem: Error): void {
    this.#problem = problem
    this.#rejectOpen(problem)
    this.#rejectDone(problem)
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.#resolveDone()
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Head of a CopyData message. */
function frame(length: number): Buffer {
  const head = Buffer.allocUnsafe(5)
  head[0] = 0x64
  head.writeInt32BE(length + 4, 1)
  return head
}

import type { Readable } from 'node:stream'
import type SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Options } from 'nodemailer/lib/smtp-connection'

export interface LinesOptions extends Options {
  auth?: { user: string; pass: string }
  authMethod?: string
}

export interface Envelope {
  from: string
  to: string
}

/** Servers end a line nobody uses after five minutes (RFC 5321 4.5.3.2.7); it is to end between two mails, by us. */
const idle_most_ms = 240_000
const mails_most = 10_000

/** One connection to the mail server, for one mail at a time. */
export class Line {
  readonly #connection: SMTPConnection
  /** Addresses with letters beyond ASCII before the @ (RFC 6531). */
  readonly takesLetters: boolean
  #mails = 0
  #timer: NodeJS.Timeout | null = null

  constructor(connection: SMTPConnection, takesLetters: boolean) {
    this.#connection = connection
    this.takesLetters = takesLetters
  }

  get hasEnded(): boolean {
    return this.#connection.destroyed
  }

  get isSpent(): boolean {
    return this.hasEnded || this.#mails >= mails_most
  }

  /** The server's word on a mail it took. */
  send({ from, to }: Envelope, mail: Readable): Promise<string> {
    this.#mails += 1
    return new Promise((resolve, reject) => {
      // What the library knows of the end it says in the same moment; a line may also end without a word of it.
      const end = (): NodeJS.Immediate => setImmediate(() => reject(new Ended()))
      this.#connection.once('end', end)
      this.#connection.send({ from, to: [to] }, mail, (problem, sent) => {
        this.#connection.off('end', end)
        if (problem || !sent) reject(problem ?? new Ended())
        else resolve(sent.response)
      })
    })
  }

  /** Makes it as good as new after a mail that was refused. */
  clear(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#connection.off('end', done)
        resolve()
      }
      this.#connection.once('end', done)
      this.#connection.reset((problem) => {
        if (problem) this.#connection.close()
        done()
      })
    })
  }

  /** Calls once it has ended, or nobody used it for long. */
  whenGone(gone: () => void): void {
    this.#connection.once('end', gone)
    this.#timer = setTimeout(() => {
      gone()
      this.#connection.quit()
    }, idle_most_ms).unref()
  }

  /** It is used again. */
  keep(gone: () => void): void {
    this.#connection.off('end', gone)
    if (this.#timer) clearTimeout(this.#timer)
  }

  close(): void {
    this.#connection.close()
  }
}

class Ended extends Error {
  readonly code = 'ECONNECTION'
  constructor() {
    super('Connection closed unexpectedly')
  }
}

/** The lines to one mail server: a few at once, which stay open for the next mail. */
export class Lines {
  readonly #options: LinesOptions
  readonly #most: number
  /** Fewer where the server takes no more at once. */
  #limit: number
  #busy = 0
  /** At work or free; one that only says goodbye is none. */
  readonly #open = new Set<Line>()
  #isClosed = false
  #free: { line: Line; gone: () => void }[] = []
  #waiting: (() => void)[] = []

  constructor(options: LinesOptions, most: number) {
    this.#options = options
    this.#most = most
    this.#limit = most
  }

  /** Until a line may be used; after it comes `leave`. */
  async enter(): Promise<void> {
    // Whoever is woken was counted by who woke them.
    if (this.#busy >= this.#limit) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#busy += 1
  }

  leave(): void {
    this.#busy -= 1
    // While others wait for the few it takes, more would only be refused again.
    if (this.#busy === 0 && this.#waiting.length === 0) this.#limit = this.#most
    while (this.#busy < this.#limit) {
      const next = this.#waiting.shift()
      if (!next) break
      this.#busy += 1
      next()
    }
  }

  /** Whether there are lines that are open: then no more than those from now on, until none is at work and nobody waits. */
  lessen(): boolean {
    if (this.#open.size > 0) this.#limit = Math.min(this.#limit, this.#open.size)
    return this.#open.size > 0
  }

  /** One that was used before; null: none is free. */
  used(): Line | null {
    const kept = this.#free.pop()
    if (!kept) return null
    kept.line.keep(kept.gone)
    return kept.line
  }

  /** For whoever comes next. */
  putBack(line: Line): void {
    if (line.isSpent || this.#isClosed) {
      line.close()
      return
    }
    const gone = (): void => {
      this.#open.delete(line)
      this.#free = this.#free.filter((each) => each.line !== line)
    }
    line.whenGone(gone)
    this.#free.push({ line, gone })
  }

  async open(): Promise<Line> {
    const { default: Connection } = await import('nodemailer/lib/smtp-connection')
    const { auth, authMethod, ...options } = this.#options
    const connection = new Connection(options)
    let takesLetters = false
    await new Promise<void>((resolve, reject) => {
      connection.on('error', reject)
      connection.once('end', () => setImmediate(() => reject(new Ended())))
      const done = (problem?: Error | null): void => {
        if (!problem) resolve()
        else {
          connection.close()
          reject(problem)
        }
      }
      connection.connect((problem) => {
        takesLetters = /^250[ -]SMTPUTF8\b/im.test(String(connection.lastServerResponse))
        if (problem || !auth || !connection.allowsAuth) return done(problem)
        connection.login({ user: auth.user, credentials: auth, method: authMethod ?? false }, done)
      })
    })
    const line = new Line(connection, takesLetters)
    this.#open.add(line)
    connection.once('end', () => this.#open.delete(line))
    return line
  }

  /** Lines at work end with their mail. */
  close(): void {
    this.#isClosed = true
    for (const { line, gone } of this.#free) {
      line.keep(gone)
      line.close()
    }
    this.#free = []
  }
}

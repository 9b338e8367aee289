import { once } from 'node:events'
import { userInfo } from 'node:os'
import { createInterface } from 'node:readline/promises'
import type { Actor } from '../actor.ts'
import type { Installation } from '../http/room.ts'

/** What a command gets: the installation (opened at first use, closed by main), and where to write. */
export interface CliContext {
  /**
   * Where nothing lies in the data folder, a mistyped name is likelier than the wish for an empty database: only what one
   * may begin with (`begins`: an organization, an import) makes it, everything else refuses.
   */
  open(how?: { begins: true }): Promise<Installation>
  /** Is there something to open? For what needs it only where it is there. */
  isBegun(): boolean
  /** The operating-system user, steward of the installation. */
  actor: Actor
  /** One answer: as JSON on stdout with --json, else the text. */
  answer(options: { json?: boolean | undefined }, value: unknown, text: () => string): void
  /** Progress and remarks go to stderr. */
  say(text: string): void
  /** Asks yes or no on a terminal; without one nobody can say yes. */
  confirm(question: string): Promise<boolean>
  /** For work that Ctrl-C must not tear apart: it hears of it by the signal and ends by itself. Any other is left there. */
  stoppable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>
}

/**
 * Ends the program with a plain sentence, no stack, and an exit code: 2 where the command was given wrongly (an option, a
 * value, the name of something that is not there), 1 where it could not be done. With --json it is the answer as well:
 * `problem` a word that stays the same, `message` the sentence, and what else a program may want.
 */
export class CliProblem extends Error {
  readonly code: 1 | 2
  readonly answer: { problem: string; message: string }

  constructor(
    message: string,
    code: 1 | 2 = 1,
    { problem = code === 2 ? 'called_wrongly' : 'failed', ...more }: { problem?: string; [more: string]: unknown } = {},
  ) {
    super(message)
    this.code = code
    this.answer = { problem, message, ...more }
  }
}

/** Where a program writes: its two streams, or a test. */
interface Streams {
  out(text: string): void
  error(text: string): void
}

const ownStreams: Streams = {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
}

export interface MainContext extends CliContext {
  /** Tells a problem: on stderr and, with --json, on stdout where nothing was answered yet. Returns the exit code. */
  refuse(problem: CliProblem, options: { json: boolean }): number
  /** Fails when the program is to stop and the command does not see to it. */
  stopped: Promise<never>
}

export function cliContext(
  { open, isBegun }: Pick<CliContext, 'open' | 'isBegun'>,
  { out, error }: Streams = ownStreams,
  stop: AbortSignal = new AbortController().signal,
): MainContext {
  const username = nameOfUser()
  let isAnswered = false
  let isStoppable = false
  return {
    open,
    isBegun,
    actor: { kind: 'cli', id: username, name: username, organization_id: '', roles: [], is_steward: true },
    answer({ json }, value, text) {
      isAnswered = true
      out(json ? `${JSON.stringify(value)}\n` : `${text()}\n`)
    },
    refuse({ answer, message, code }, { json }) {
      if (json && !isAnswered) out(`${JSON.stringify(answer)}\n`)
      error(`hanpyo: ${message}\n`)
      return code
    },
    stopped: new Promise((_, reject) => {
      stop.addEventListener('abort', () => {
        if (!isStoppable) reject(new CliProblem('Stopped.', 1, { problem: 'stopped' }))
      })
    }),
    async stoppable(work) {
      isStoppable = true
      return work(stop).finally(() => (isStoppable = false))
    },
    say: (text) => error(`${text}\n`),
    confirm: async (question) => process.stderr.isTTY && confirmed(process.stdin, process.stderr, question),
  }
}

/** As the system knows them; in a container they often have a number alone. */
function nameOfUser(): string {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.()}`
  }
}

/** Only a written yes is one: not Enter, not the end of what is typed, not a stream nobody sits at. */
export async function confirmed(
  input: NodeJS.ReadableStream & { isTTY?: boolean },
  output: NodeJS.WritableStream,
  question: string,
): Promise<boolean> {
  if (!input.isTTY) return false
  const asked = createInterface({ input, output })
  const left = once(asked, 'close').then(() => '')
  const typed = await Promise.race([asked.question(`${question} [y/N] `), left])
  asked.close()
  return /^y(es)?$/i.test(typed.trim())
}

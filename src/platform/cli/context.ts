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
  /** The operating-system user, steward of the installation. */
  actor: Actor
  /** One answer: as JSON on stdout with --json, else the text. */
  answer(options: { json?: boolean | undefined }, value: unknown, text: () => string): void
  /** Progress and remarks go to stderr. */
  say(text: string): void
  /** Asks yes or no on a terminal; without one nobody can say yes. */
  confirm(question: string): Promise<boolean>
}

/** Ends the program with exit code 1 (could not be done) or 2 (called wrongly) and a plain sentence, no stack. */
export class CliProblem extends Error {
  readonly code: 1 | 2

  constructor(message: string, code: 1 | 2 = 1) {
    super(message)
    this.code = code
  }
}

export function cliContext(open: CliContext['open']): CliContext {
  const { username } = userInfo()
  return {
    open,
    actor: { kind: 'cli', id: username, name: username, organization_id: '', roles: [], is_steward: true },
    answer({ json }, value, text) {
      process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${text()}\n`)
    },
    say: (text) => void process.stderr.write(`${text}\n`),
    confirm: async (question) => process.stderr.isTTY && confirmed(process.stdin, process.stderr, question),
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

import { userInfo } from 'node:os'
import type { Actor } from '../actor.ts'
import type { Installation } from '../http/room.ts'

/** What a command gets: the installation (opened at first use, closed by main), and where to write. */
export interface CliContext {
  open(): Promise<Installation>
  /** The operating-system user, steward of the installation. */
  actor: Actor
  /** One answer: as JSON on stdout with --json, else the text. */
  answer(options: { json?: boolean | undefined }, value: unknown, text: () => string): void
  /** Progress and remarks go to stderr. */
  say(text: string): void
}

/** Ends the program with exit code 1 (could not be done) or 2 (called wrongly) and a plain sentence, no stack. */
export class CliProblem extends Error {
  readonly code: 1 | 2

  constructor(message: string, code: 1 | 2 = 1) {
    super(message)
    this.code = code
  }
}

export function cliContext(open: () => Promise<Installation>): CliContext {
  const { username } = userInfo()
  return {
    open,
    actor: { kind: 'cli', id: username, name: username, organization_id: '', roles: [], is_steward: true },
    answer({ json }, value, text) {
      process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${text()}\n`)
    },
    say: (text) => void process.stderr.write(`${text}\n`),
  }
}

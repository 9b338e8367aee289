import { CliProblem, type CliContext } from '../../platform/cli/context.ts'
import { readConfig } from '../../platform/config.ts'
import { lawNotice } from './limits.ts'

export const acceptLaw =
  'I have read the limit on use and keep it; without it you are asked on a terminal; HANPYO_ACCEPT_LAW=1 says it once for all'

/** As the installation is set up; where none has begun, a refusal makes none. */
async function isAlwaysKept(context: CliContext): Promise<boolean> {
  if (context.isBegun()) return (await context.open()).config.accept_law
  const read = readConfig(process.env, './data')
  return read.ok && read.config.accept_law
}

/**
 * Whether the limit on use is kept: by the flag, by what the installation says once for all, or by a yes on the terminal.
 * `isNeeded`: nothing goes on without it.
 */
export async function keepsLaw(
  context: CliContext,
  options: { acceptLaw?: boolean; json?: boolean },
  isNeeded: boolean,
  to: 'import' | 'see voters by name' = 'import',
): Promise<boolean> {
  if (options.acceptLaw || (await isAlwaysKept(context))) return true
  if (!isNeeded) return false
  context.say(lawNotice)
  if (await context.confirm('Have you read this, and do you keep it?')) return true
  throw new CliProblem(
    `To ${to}, say that you keep the limit on use: --accept-law, or HANPYO_ACCEPT_LAW=1 once for all`,
    2,
    { problem: 'law_not_accepted', law: lawNotice },
  )
}

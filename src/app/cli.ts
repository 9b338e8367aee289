import { CommanderError, type Command } from 'commander'
import { accessCommands } from '../features/organizations/cli.ts'
import { endorsementCommands } from '../features/endorsements/cli.ts'
import { electionCommands } from '../features/elections/cli.ts'
import { geographyCommands } from '../features/geography/cli.ts'
import { phoneBankCommands } from '../features/phonebanks/cli.ts'
import { suppressionCommands } from '../features/people/suppressions/cli.ts'
import { postalCommands } from '../features/postal/cli.ts'
import { targetingCommands } from '../features/targeting/cli.ts'
import { voterfileCommands } from '../features/voterfile/cli.ts'
import { communityCommands } from '../features/voterfile/community/cli.ts'
import { CliProblem, type CliContext, type MainContext } from '../platform/cli/context.ts'
import { DatabaseProblem } from '../platform/db/pooler.ts'
import { log } from '../platform/log.ts'

/** Adds every room's commands to the program. */
export function registerCommands(program: Command, context: CliContext): void {
  accessCommands(program, context)
  geographyCommands(program, context)
  targetingCommands(program, context)
  phoneBankCommands(program, context)
  suppressionCommands(program, context)
  postalCommands(program, context)
  voterfileCommands(program, context)
  communityCommands(program, context)
  electionCommands(program, context)
  endorsementCommands(program, context)
}

/** Runs what was typed. Returns the exit code. */
export async function runCommand(program: Command, context: MainContext, words: readonly string[]): Promise<number> {
  const options = { json: words.includes('--json') }
  try {
    await Promise.race([program.parseAsync(words, { from: 'user' }), context.stopped])
    return 0
  } catch (problem) {
    if (problem instanceof CliProblem) return context.refuse(problem, options)
    if (problem instanceof DatabaseProblem) return context.refuse(new CliProblem(problem.message), options)
    if (problem instanceof CommanderError) {
      if (problem.exitCode === 0) return 0 // help or version was asked for
      const isHelp = problem.code === 'commander.help' // given in place of a sentence
      const message = isHelp ? 'Which command? They are listed by --help.' : problem.message.replace(/^error: /, '')
      return context.refuse(new CliProblem(message, 2), options)
    }
    // Whoever typed a command reads a sentence; a server keeps a log.
    log[isServer(words) ? 'fatal' : 'debug']({ problem }, 'stopped')
    const code = context.refuse(new CliProblem(problem instanceof Error ? problem.message : String(problem)), options)
    if (!isServer(words) && !log.isLevelEnabled('debug')) context.say('HANPYO_LOG=debug says where.')
    return code
  }
}

/** Runs until it is stopped. */
export const isServer = (words: readonly string[]): boolean =>
  ['serve', 'work'].includes(words[0] ?? '') || isDemo(words)

/** The practice town itself, not one of the commands below it. */
export const isDemo = ([first, second]: readonly string[]): boolean =>
  first === 'demo' && (second === undefined || second.startsWith('-'))

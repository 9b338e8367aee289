import type { Command } from 'commander'
import { accessCommands } from '../features/organizations/cli.ts'
import { geographyCommands } from '../features/geography/cli.ts'
import { phoneBankCommands } from '../features/phonebanks/cli.ts'
import { targetingCommands } from '../features/targeting/cli.ts'
import { voterfileCommands } from '../features/voterfile/cli.ts'
import { communityCommands } from '../features/voterfile/community/cli.ts'
import type { CliContext } from '../platform/cli/context.ts'

/** Adds every room's commands to the program. */
export function registerCommands(program: Command, context: CliContext): void {
  accessCommands(program, context)
  geographyCommands(program, context)
  targetingCommands(program, context)
  phoneBankCommands(program, context)
  voterfileCommands(program, context)
  communityCommands(program, context)
}

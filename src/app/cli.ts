import type { Command } from 'commander'
import type { CliContext } from '../platform/cli/context.ts'

/** Adds every room's commands to the program. */
export function registerCommands(_program: Command, _context: CliContext): void {}

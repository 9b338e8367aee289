import { constants } from 'node:os'
import { resolve } from 'node:path'
import { Command } from 'commander'
import { CliProblem, cliContext, type CliContext } from '../platform/cli/context.ts'
import { readConfig, type Config } from '../platform/config.ts'
import { isDemo, isServer, registerCommands, runCommand } from './cli.ts'
import { demoCommand } from './demo/cli.ts'
import { isBegun, openInstallation, toldAddress, type OpenInstallation } from './installation.ts'

/** Only where it is wanted: with all its pages it is most of the program, and a command starts in six tenths of the time without. */
const server = () => import('./serve.ts')

/** The one program: `hanpyo serve`, `hanpyo demo` and every command of the rooms. */
async function main(): Promise<number> {
  const words = process.argv.slice(2)
  let opening: Promise<OpenInstallation> | null = null
  // Servers see to it themselves. Pressed a second time it ends the program at once.
  const stop = new AbortController()
  let stopCode = 0
  if (!isServer(words))
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => {
        stopCode = 128 + constants.signals[signal]
        stop.abort()
      })
  const configured = (): Config => {
    const read = readConfig(process.env, isDemo(words) ? './data/demo' : './data')
    if (!read.ok) throw new CliProblem(read.problems.join('\n'), 2)
    return read.config
  }
  const open = async (config: Config): Promise<OpenInstallation> => {
    const opened = await openInstallation(config)
    opened.url = toldAddress(config) ?? opened.url
    return opened
  }
  const begin: CliContext['open'] = async (how) => {
    if (opening) return opening
    const config = configured()
    if (!how?.begins && !isBegun(config)) {
      throw new CliProblem(
        `There is nothing at HANPYO_DATA="${config.data}" (${resolve(config.data)}). Is the name of the folder right? 'hanpyo serve', 'organization create' and 'voterfile import' begin there.`,
      )
    }
    opening = open(config)
    return opening
  }
  const context = cliContext({ open: begin, isBegun: () => isBegun(configured()) }, undefined, stop.signal)

  const program = new Command('hanpyo')
    .description('Hanpyo (한표): the system a community political organization runs on.')
    .version('0.1.0')
    .enablePositionalOptions() // an expression that begins with -V asks for no version
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .configureHelp({ sortSubcommands: true })
    .addHelpText(
      'after',
      '\nData lie in HANPYO_DATA (default ./data) or in the PostgreSQL of DATABASE_URL; commands work while the server runs and while it does not.\nExit codes: 0 done, 1 could not be done, 2 called wrongly, 130 stopped by Ctrl-C (143 by SIGTERM). With --json also what ends with 1 or 2 is answered in JSON: {"problem":WORD,"message":SENTENCE}.',
    )
  program
    .command('serve')
    .description('start the web server and its jobs')
    .option('--no-jobs', 'only the web server; jobs are worked off by `hanpyo work` elsewhere')
    .action(async ({ jobs }: { jobs: boolean }) => (await server()).serveUntilStopped(configured(), { jobs }))
  program
    .command('work')
    .description('only work off jobs: imports, mail, timers')
    .action(async () => (await server()).serveUntilStopped(configured(), { web: false }))
  demoCommand(program, configured)
  registerCommands(program, context)
  try {
    const code = await runCommand(program, context, words)
    return code === 0 ? 0 : stopCode || code
  } finally {
    const opened = await (opening as Promise<OpenInstallation> | null)?.catch(() => null) // has been told
    await opened?.close()
  }
}

// `hanpyo … | head` closes our stdout early: stop quietly, still giving the database back.
process.stdout.on('error', (problem: NodeJS.ErrnoException) => {
  if (problem.code !== 'EPIPE') throw problem
})
process.exitCode = await main()
// A command that was stopped may have been left with work going on.
if (process.exitCode > 2) process.exit()

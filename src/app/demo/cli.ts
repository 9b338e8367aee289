import type { Command } from 'commander'
import { CliProblem } from '../../platform/cli/context.ts'
import { numberIn } from '../../platform/cli/values.ts'
import type { Config } from '../../platform/config.ts'

/** With fewer the lists of the phone banks would be empty. */
const leastVoters = 2000

/** `hanpyo demo`: the practice town. Rooms hang commands of their own below it (`demo voter-file`). */
export function demoCommand(program: Command, configured: () => Config): void {
  program
    .command('demo')
    .description('open a practice town of invented people, made at the first start (data in ./data/demo)')
    .option('--fresh', 'throw the town away and make it anew')
    .option(
      '--voters <number>',
      'how many voters a town that is made now gets (without it 60,000)',
      numberIn('--voters', leastVoters, 1_000_000),
    )
    .action(async ({ fresh, voters }: { fresh?: boolean; voters?: number }) => {
      const config = configured()
      if (config.database_url) {
        throw new CliProblem(
          'The practice town uses its own PostgreSQL. Leave DATABASE_URL out: DATABASE_URL= npm run demo',
          2,
        )
      }
      const { serveDemo } = await import('./demo.ts') // as the server in main.ts
      await serveDemo(config, { is_fresh: fresh ?? false, voters })
    })
}

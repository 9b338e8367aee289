import { createReadStream } from 'node:fs'
import type { Command } from 'commander'
import { CliProblem, type CliContext } from '../../platform/cli/context.ts'
import { numberIn } from '../../platform/cli/values.ts'
import { BallotProblem, readBallots } from './tally/reading.ts'
import { tally } from './tally/rules.ts'
import { methods, type Account, type Ballots, type Method } from './tally/schema.ts'

interface Options {
  method: string
  seats: number
  seed: string
  threshold?: number
  quorum?: number
  json?: boolean
}

/** `hanpyo tally`: counts a file of ballots, here or anywhere else; nothing of an installation is read. */
export function endorsementCommands(program: Command, context: CliContext): void {
  program
    .command('tally')
    .description(
      'Counts ballots from a CSV file and tells every round: who has how much, who is elected, excluded and why',
    )
    .argument('<ballots>', 'CSV with a head, one ballot in each row, ranks as columns (docs/tally.md)')
    .requiredOption('--method <method>', `how: ${methods.join(', ')}`)
    .option('--seats <number>', 'how many are elected', numberIn('--seats', 1, 100), 1)
    .option('--seed <text>', 'decides ties that nothing else decides; publish it before the count', '')
    .option(
      '--threshold <percent>',
      'share of yes and no that elects (threshold); without it more than half',
      numberIn('--threshold', 1, 100),
    )
    .option('--quorum <people>', 'with fewer ballots nobody is elected', numberIn('--quorum', 1, 100_000_000))
    .option('--json', 'the whole account as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  hanpyo tally ballots.csv --method stv --seats 3 --seed "2027-03-01 Flushing" --json',
    )
    .action(async (file: string, options: Options) => {
      const method = methods.find((each) => each === options.method)
      if (!method) throw new CliProblem(`No method ${options.method}. There are: ${methods.join(', ')}`, 2)
      if (method === 'irv' && options.seats !== 1)
        throw new CliProblem('irv elects one; for more seats: --method stv', 2)
      const ballots = await ballotsIn(file, method)
      const { seats, seed, threshold = null, quorum = null } = options
      const account = tally(ballots, { method, seats, seed, threshold, quorum })
      context.answer(options, account, () => accountText(account))
    })
}

async function ballotsIn(file: string, method: Method): Promise<Ballots> {
  try {
    return await readBallots(createReadStream(file, { highWaterMark: 1 << 20 }), method)
  } catch (problem) {
    if (problem instanceof BallotProblem) throw new CliProblem(`${file}, ${problem.message}`, 1, { problem: 'ballots' })
    if (problem instanceof TypeError) throw new CliProblem(`${file} is not UTF-8 text`, 1, { problem: 'ballots' })
    const code = problem instanceof Error && 'code' in problem ? problem.code : null
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'EACCES')
      throw new CliProblem(`There is no file ${file} that can be read`, 2, { problem: 'no_file' })
    throw problem
  }
}

function accountText(account: Account): string {
  const number = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 5 })
  const tieText = ({ kind, among, round }: Account['rounds'][number]['ties'][number]): string =>
    `  tie of ${among.join(' and ')} (${kind}): by ${round === null ? 'lot' : `round ${round}`}`
  return [
    `${number(account.ballots.valid)} ballots, ${number(account.ballots.blank)} blank${account.quota === null ? '' : `, quota ${number(account.quota)}`}`,
    ...account.rounds.flatMap(({ round, votes, exhausted, moved, elected, excluded, ties }) => [
      `Round ${round}${moved ? `, after the ${moved.why === 'surplus' ? 'surplus' : 'ballots'} of ${moved.from}` : ''}`,
      ...Object.entries(votes)
        .sort(([, a], [, b]) => b - a)
        .map(
          ([name, count]) =>
            `  ${number(count).padStart(14)}  ${name}${elected.includes(name) ? ': elected' : name === excluded ? ': excluded' : ''}`,
        ),
      ...(exhausted > 0 ? [`  ${number(exhausted).padStart(14)}  to nobody`] : []),
      ...ties.map(tieText),
    ]),
    ...Object.entries(account.words ?? {}).map(
      ([name, { yes, no, abstain, share, is_over }]) =>
        `  ${name}: ${yes} yes, ${no} no, ${abstain} abstain${share === null ? '' : `, ${(share * 100).toFixed(1)} %`}${is_over ? ': over the threshold' : ''}`,
    ),
    account.has_no_quorum
      ? 'Too few ballots: nobody is elected.'
      : account.winners.length > 0
        ? `Elected: ${account.winners.join(', ')}`
        : 'Nobody is elected.',
  ].join('\n')
}

import { createReadStream, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { CliProblem, type CliContext } from '../../platform/cli/context.ts'
import { numberIn } from '../../platform/cli/values.ts'
import { translator, type Translate } from '../../platform/i18n/messages.ts'
import './messages.ts'
import { BallotProblem, readBallots } from './tally/reading.ts'
import { tally } from './tally/rules.ts'
import { methods, type Account, type Ballots, type Method, type Share } from './tally/schema.ts'

interface Options {
  method: string
  seats: number
  seed: string
  threshold?: Share
  quorum?: number
  out?: string
  korean?: boolean
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
      'share that elects, of yes and no (threshold), of votes still with somebody (irv), of ballots (plurality, approval): 60, 66.7 (percent) or 2/3',
      shareIn,
    )
    .option('--quorum <people>', 'with fewer ballots nobody is elected', numberIn('--quorum', 1, 100_000_000))
    .option('--out <file>', 'writes the whole account as JSON into a file too, to be published')
    .option('--korean', 'the account in Korean')
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
      if (options.out !== undefined) writeAccount(options.out, account)
      context.answer(options, account, () => accountText(translator(options.korean ? 'ko' : 'en'), account))
    })
}

function writeAccount(file: string, account: Account): void {
  try {
    writeFileSync(file, `${JSON.stringify(account, null, 2)}\n`)
  } catch (problem) {
    throw new CliProblem(`${file} cannot be written`, 1, { problem: 'no_file', why: String(problem) })
  }
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

/** The account as people read it, in one language. */
function accountText(t: Translate, account: Account): string {
  const number = (value: number): string => value.toLocaleString(t.language, { maximumFractionDigits: 5 })
  const row = (count: number, text: string): string => `  ${number(count).padStart(14)}  ${text}`
  return [
    t('tally.ballots', { valid: number(account.ballots.valid), blank: number(account.ballots.blank) }),
    ...(account.quota === null ? [] : [t('tally.quota', { quota: number(account.quota) })]),
    ...account.rounds.flatMap(({ round, votes, exhausted, moved, elected, excluded, ties }) => [
      moved ? t(`tally.round_${moved.why}`, { round, from: moved.from }) : t('tally.round', { round }),
      ...Object.entries(votes)
        .sort(([, a], [, b]) => b - a)
        .map(([name, count]) => {
          const gained = moved?.to[name]
          const became = elected.includes(name) ? t('tally.elected') : name === excluded ? t('tally.excluded') : ''
          return row(count, [gained ? `${name} (+${number(gained)})` : name, became].filter(Boolean).join(': '))
        }),
      ...(exhausted > 0 ? [row(exhausted, t('tally.nobody') + (moved?.to_nobody ? ` (+${number(moved.to_nobody)})` : ''))] : []), // prettier-ignore
      ...ties.map(
        ({ kind, among, round: by }) =>
          `  ${t(`tally.tie.${kind}`, { among: among.join(', ') })}: ${by === null ? t('tally.by_lot') : t('tally.by_round', { round: by })}`,
      ),
    ]),
    ...Object.entries(account.words ?? {}).map(
      ([name, { yes, no, abstain, share, is_over }]) =>
        `  ${name}: ${[t('tally.words', { yes, no, abstain }), share === null ? '' : `${number(Math.round(share * 1000) / 10)} %`, is_over ? t('tally.over') : ''].filter(Boolean).join(', ')}`,
    ),
    account.has_no_quorum
      ? t('tally.no_quorum')
      : account.winners.length > 0
        ? t('tally.winners', { names: account.winners.join(', ') })
        : t('tally.no_winner'),
  ].join('\n')
}

/** '60', '66.7' (percent) or '2/3' as so many of so many, exactly. */
function shareIn(text: string): Share {
  const fraction = /^(\d{1,6})\/(\d{1,6})$/.exec(text)
  const percent = /^(\d{1,3})(?:\.(\d{1,4}))?\s*%?$/.exec(text)
  const share = fraction
    ? { yes: Number(fraction[1]), of: Number(fraction[2]) }
    : percent && { yes: Number(`${percent[1]}${percent[2] ?? ''}`), of: 100 * 10 ** (percent[2]?.length ?? 0) }
  if (!share || share.yes <= 0 || share.yes > share.of)
    throw new CliProblem(`--threshold: ${text} is not what it takes: percent, as 60 or 66.7, or a fraction, as 2/3`, 2)
  return share
}

import type { Command } from 'commander'
import type { CliContext } from '../../../platform/cli/context.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { communities, estimateShares } from './estimate.ts'
import { evidenceSentence, explainCommunity } from './explain.ts'
import './messages.ts'

/** `hanpyo community estimate`. Needs no database. */
export function communityCommands(program: Command, context: Pick<CliContext, 'answer'>): void {
  const community = program.command('community').description('how likely a name belongs to a community')

  community
    .command('estimate')
    .description('likely community of one name, 0 to 1, from surname and given names alone')
    .requiredOption('--last <name>', 'surname, as registered')
    .option('--first <name>', 'given name', '')
    .option('--middle <name>', 'middle name or initial', '')
    .option('--korean', 'explain in Korean')
    .option('--json', 'print JSON: {"korean":0.98,…}')
    .addHelpText('after', '\nExample:\n  hanpyo community estimate --last LEE --first "SOO JIN"\n')
    .action((options: { last: string; first: string; middle: string; korean?: true; json?: true }) => {
      const shares = estimateShares(options.last, options.first, options.middle)
      context.answer(options, shares, () => explanation(options, shares).join('\n'))
    })
}

function explanation(
  { last, first, middle, korean }: { last: string; first: string; middle: string; korean?: true },
  shares: ReturnType<typeof estimateShares>,
): string[] {
  const t = translator(korean ? 'ko' : 'en')
  const { evidence, hangul } = explainCommunity(last, first, middle)
  const [guess] = hangul
  return [
    ...communities
      .filter((name) => shares[name] > 0)
      .map((name) =>
        t('community.likely', { community: t(`community.${name}`), percent: Math.round(shares[name] * 100) }),
      ),
    ...(communities.every((name) => shares[name] < 0.5) ? [t('community.unsure')] : []),
    ...evidence.map((reason) => `- ${evidenceSentence(t, reason)}`),
    ...(guess ? [t('community.guess', { hangul: guess.hangul })] : []),
    t('community.estimate_note'),
  ]
}

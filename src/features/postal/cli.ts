import type { Command } from 'commander'
import { CliProblem, type CliContext } from '../../platform/cli/context.ts'
import { inTransaction } from '../../platform/db/db.ts'
import { translator } from '../../platform/i18n/messages.ts'
import { closeOne, scopeNamed } from '../people/suppressions/commands.ts'
import { linesOf, standardize } from './address/rules.ts'
import { encode, type BarcodeProblem } from './barcode/rules.ts'
import './messages.ts'
import './no-paper/queries.ts'
import { homeKey } from './no-paper/rules.ts'
import { noPaperList } from './no-paper/schema.ts'

const t = translator('en')

interface NoPaperOptions {
  organization?: string
  installation?: true
  evidence: string
  json?: true
}

/** `hanpyo postal address`, `hanpyo postal imb`: nothing of an installation is read; `hanpyo postal no-paper` closes an address. */
export function postalCommands(program: Command, context: CliContext): void {
  const postal = program.command('postal').description('addresses and barcodes as the post writes them')

  postal
    .command('address')
    .description('An address in the form of USPS Publication 28, or why it cannot be put into it')
    .argument('<address>', 'in one line or several')
    .option('--json', 'with its parts')
    .addHelpText('after', `\nExample:\n  hanpyo postal address '41-60 Main Street, Apt. 3B, Flushing, NY 11355'\n`)
    .action((typed: string, options: { json?: true }) => {
      const read = standardize(typed)
      if (!read.ok) {
        const about = read.found && `: ${read.found}`
        throw new CliProblem(`${t.dynamic(`postal.address.${read.problem}`)}${about}`, 1, {
          problem: read.problem,
          found: read.found,
        })
      }
      const lines = linesOf(read.address)
      context.answer(options, { lines, ...read.address }, () => lines.join('\n'))
    })

  postal
    .command('no-paper')
    .description('Mail nothing to an address any more; lists of many: hanpyo suppression import')
    .argument('<address>', 'in one line or several')
    .requiredOption('--evidence <text>', 'who said so, and how')
    .option('--organization <slug>', 'for which organization; the oldest where not said')
    .option('--installation', 'for every organization of this installation')
    .option('--json', 'print JSON: {"closed":true}')
    .action(async (typed: string, options: NoPaperOptions) => {
      const read = standardize(typed)
      if (!read.ok) throw new CliProblem(t.dynamic(`postal.address.${read.problem}`), 1, { problem: read.problem })
      const { database, clock } = await context.open()
      const scope = await scopeNamed(database.owner, options, context.say)
      const { evidence } = options
      const one = { kind: 'address' as const, value: homeKey(read.address), list: noPaperList, evidence }
      const closed = await inTransaction(scope === null ? database.owner : database.of(scope), (tx) => closeOne(tx, context.actor, scope, one, clock.now())) // prettier-ignore
      const address = linesOf(read.address).join(', ')
      context.answer(options, { closed }, () => t(closed ? 'postal.no_paper_done.closed' : 'postal.no_paper_done.was_closed', { address, count: 0 })) // prettier-ignore
    })

  postal
    .command('imb')
    .description('The 65 bars of an Intelligent Mail barcode as letters: F full, A ascender, D descender, T tracker')
    .argument('<tracking>', '20 digits: identifier, service type, mailer, serial number')
    .argument('[routing]', 'ZIP code of 5, 9 or 11 digits', '')
    .option('--json', 'print JSON: {"bars":"…"}')
    .action((tracking: string, routing: string, options: { json?: true }) => {
      const encoded = encode({ tracking, routing })
      if (!encoded.ok) {
        const { code, ...where } = encoded.problem
        throw new CliProblem(barcodeSentence(encoded.problem), 2, { problem: code, ...where })
      }
      context.answer(options, { bars: encoded.bars }, () => encoded.bars)
    })
}

const lengths = { tracking: '20 digits', routing: '0, 5, 9 or 11 digits', bars: '65 letters' } as const

function barcodeSentence({ in: part, code, at, found }: BarcodeProblem): string {
  const place = `${part}, place ${at + 1}`
  if (code === 'length') return `${part}: ${found} where there should be ${lengths[part]}`
  if (code === 'identifier') return `${place}: ${found}; the second digit is 0 to 4`
  return `${place}: ${found} is no digit`
}

import type { Command } from 'commander'
import { CliProblem, type CliContext } from '../../platform/cli/context.ts'
import { translator } from '../../platform/i18n/messages.ts'
import { linesOf, standardize } from './address/rules.ts'
import { encode, type BarcodeProblem } from './barcode/rules.ts'
import './messages.ts'

const t = translator('en')

/** `hanpyo postal address`, `hanpyo postal imb`: nothing of an installation is read. */
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

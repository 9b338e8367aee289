import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { CliProblem, type CliContext } from '../../platform/cli/context.ts'
import { dayIn } from '../../platform/cli/values.ts'
import { translator } from '../../platform/i18n/messages.ts'
import { importMap, loadCrosswalk } from './commands.ts'
import './messages.ts'
import { isKindOf, isMapKind, mapKinds, mapsState } from './schema.ts'
import { maxShapeBytes } from './shapes.ts'
import { isState } from './time-zones.ts'

const t = translator('en')

export function geographyCommands(program: Command, context: CliContext): void {
  const geography = program
    .command('geography')
    .description('maps of districts, and which election district lies in which')

  geography
    .command('import')
    .description('Loads the shapes of one kind of district (.geojson, .topojson; WGS84) in place of the map there is')
    .argument('<file>', 'GeoJSON or TopoJSON')
    .requiredOption('--kind <kind>', `what the shapes are: ${mapKinds.join(', ')}`)
    .requiredOption('--id-property <name>', 'property with the number of the district, or the name of the county')
    .option('--state <code>', 'state of the districts, two letters', stateOf, mapsState)
    .option('--object <name>', 'of a TopoJSON with several objects, which')
    .option('--as-of <date>', 'day of the lines, YYYY-MM-DD', dayIn('--as-of'))
    .option('--source <text>', 'where the file is from; its name where not said')
    .option('--json', 'the report as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  hanpyo geography import nycc.geojson --kind nyc-council --id-property CounDist --as-of 2025-08-20 --source "NYC Department of City Planning, 25c"',
    )
    .action(
      async (
        file: string,
        options: {
          kind: string
          idProperty: string
          state: string
          object?: string
          asOf?: string
          source?: string
          json?: boolean
        },
      ) => {
        const { state, kind } = options
        const kinds = mapKinds.filter((each) => isKindOf(state, each))
        if (!isMapKind(kind) || !isKindOf(state, kind))
          throw new CliProblem(`No kind ${kind} in ${state}. There are: ${kinds.join(', ')}`, 2)
        const bytes = await bytesOf(file)
        const { database, clock } = await context.open({ begins: true })
        context.say(`Reading and simplifying ${basename(file)} …`)
        const result = await importMap(
          database.owner,
          context.actor,
          { bytes, state, kind, id_property: options.idProperty, object: options.object },
          { as_of: options.asOf ?? null, source: options.source ?? basename(file) },
          clock.now(),
        )
        if (!result.ok)
          throw new CliProblem(
            `${t.dynamic(`geography.problem.${result.problem.code}`, result.problem.given)} Nothing was changed.`,
          )
        if (!options.asOf) context.say(noDay)
        context.answer(
          options,
          result.report,
          () =>
            `${result.report.shapes} districts drawn; ${result.report.points.before} points made ${result.report.points.after}, ${result.report.kilobytes} KB.`,
        )
      },
    )

  geography
    .command('crosswalk')
    .description(
      'Loads which election district lies in which district (CSV), for districts the state’s voter file leaves empty: of New York City, or of a state whose election districts are numbered within its assembly or house districts',
    )
    .argument(
      '<file>',
      'columns: elect_dist (or assembly_district and ed), then council, council_share, senate, senate_share, …',
    )
    .option('--state <code>', 'state of the election districts, two letters', stateOf, mapsState)
    .option('--as-of <date>', 'day of the lines, YYYY-MM-DD', dayIn('--as-of'))
    .option('--source <text>', 'where the file is from; its name where not said')
    .option(
      '--accept-gone',
      'go on although most election districts of the crosswalk there is are missing from the file',
    )
    .option('--json', 'the report as JSON')
    .addHelpText('after', '\nExample:\n  hanpyo geography crosswalk nyc-ed-crosswalk.csv --as-of 2025-08-20')
    .action(
      async (
        file: string,
        options: { state: string; asOf?: string; source?: string; acceptGone?: boolean; json?: boolean },
      ) => {
        const bytes = await bytesOf(file)
        const { database, clock } = await context.open({ begins: true })
        const result = await loadCrosswalk(
          database.owner,
          context.actor,
          { state: options.state, text: new TextDecoder().decode(bytes) },
          { as_of: options.asOf ?? null, source: options.source ?? basename(file) },
          clock.now(),
          { accept_gone: options.acceptGone ?? false },
        )
        if (!result.ok) {
          const lines = result.problems.map(
            ({ code, line, given }) => `line ${line}: ${t.dynamic(`geography.problem.crosswalk.${code}`, given)}`,
          )
          throw new CliProblem(`${lines.join('\n')}\nNothing was changed.`)
        }
        if (!options.asOf) context.say(noDay)
        if (result.report.some(({ kind }) => kind === 'nyc-council'))
          context.say(
            'Estimates of communities read City Council districts too. Next: hanpyo community refresh --check says whether they are old now.',
          )
        context.answer(options, result.report, () =>
          result.report
            .map(
              (each) =>
                `${each.state}, ${each.kind}: ${each.election_districts} election districts in ${each.districts} districts; ${each.whole} wholly in one, ${each.straddling} in several, ${each.blank} not said.`,
            )
            .join('\n'),
        )
      },
    )
}

function stateOf(text: string): string {
  const state = text.toUpperCase()
  if (!isState(state)) throw new CliProblem(`--state ${text}: a state is two letters, as NY.`, 2)
  return state
}

const noDay = 'No day of the lines was given (--as-of), so pages show none.'

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(file)
    if (size > maxShapeBytes)
      throw new CliProblem(t.dynamic('geography.problem.too_large', { megabytes: Math.ceil(size / 1024 ** 2) }))
    return await readFile(file)
  } catch (problem) {
    if (problem instanceof CliProblem) throw problem
    const isMissing = problem instanceof Error && 'code' in problem && problem.code === 'ENOENT'
    throw new CliProblem(
      `${file} cannot be read: ${problem instanceof Error ? problem.message : String(problem)}`,
      isMissing ? 2 : 1,
    )
  }
}

import { effects, importedThings, type Report, type ReportLine } from './schema.ts'

/** Counts everything, and keeps what is not as it was. */
export function reportOf(lines: readonly ReportLine[]): Report {
  const counts = Object.fromEntries(
    importedThings.map((thing) => [
      thing,
      Object.fromEntries(
        effects.map((effect) => [
          effect,
          lines.filter((each) => each.thing === thing && each.effect === effect).length,
        ]),
      ),
    ]),
  ) as Report['counts']
  return { counts, lines: lines.filter(({ effect, taken_for }) => effect !== 'same' || taken_for !== null) }
}

/** Does the file change anything? */
export const doesAnything = ({ counts }: Report): boolean =>
  importedThings.some((thing) => counts[thing].added + counts[thing].changed > 0)

import { localized } from '../../../platform/i18n/languages.ts'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { Rung } from '../ladder/queries.ts'
import type { Flow } from '../rules.ts'

interface FlowPictureProps {
  t: Translate
  flow: Flow
  /** From below. */
  rungs: readonly Pick<Rung, 'rung_id' | 'name'>[]
  /** One word for each day. */
  labels: readonly string[]
}

const [column, bar, height, gap, top] = [96, 22, 260, 4, 22]
/** From light to dark: the higher the rung, the darker. */
const shades = ['fill-primary/30', 'fill-primary/45', 'fill-primary/60', 'fill-primary/80', 'fill-primary'] as const
const shadeOf = (at: number, of: number): string =>
  shades[of <= 1 ? shades.length - 1 : Math.round((at / (of - 1)) * (shades.length - 1))] ?? 'fill-primary'

/** What stands on it. */
const inkOf = (at: number, of: number): string =>
  of <= 1 || at / (of - 1) > 0.6 ? 'fill-primary-content' : 'fill-base-content'

interface Piece {
  y: number
  tall: number
}

/** Columns of rungs, and bands between them, as a picture without script. The table beside it says the same in words. */
export function FlowPicture({ t, flow, rungs, labels }: FlowPictureProps) {
  const totals = flow.standing.map((counts) => rungs.reduce((sum, { rung_id }) => sum + (counts[rung_id] ?? 0), 0))
  const scale = (height - gap * Math.max(0, rungs.length - 1)) / Math.max(1, ...totals)
  const pieces = flow.standing.map((counts) => stacked(rungs, counts, scale))
  const width = column * (flow.days.length - 1) + bar
  return (
    <svg
      viewBox={`-30 0 ${width + 60} ${height + top + 26}`}
      className="min-w-[40rem] w-full"
      role="img"
      aria-labelledby="flow-title"
    >
      <title id="flow-title">{t('pipeline.picture_of')}</title>
      {flow.moves.flatMap((moves, at) =>
        bands(moves, rungs, pieces[at], pieces[at + 1], at * column + bar, (at + 1) * column, scale),
      )}
      {pieces.map((rungPieces, at) => (
        <g key={flow.days[at]} transform={`translate(${at * column} 0)`}>
          {rungs.map(({ rung_id, name }, index) => {
            const piece = rungPieces.get(rung_id)
            if (!piece || piece.tall === 0) return null
            const people = flow.standing[at]?.[rung_id] ?? 0
            return (
              <g key={rung_id}>
                <rect y={piece.y} width={bar} height={piece.tall} rx="2" className={shadeOf(index, rungs.length)}>
                  <title>{`${localized(name, t.language).text}: ${people}`}</title>
                </rect>
                {piece.tall > 11 && (
                  <text
                    x={bar / 2}
                    y={piece.y - 2 + Math.min(piece.tall, 14)}
                    textAnchor="middle"
                    className={`${inkOf(index, rungs.length)} text-[10px] font-bold`}
                  >
                    {people}
                  </text>
                )}
              </g>
            )
          })}
          <text x={bar / 2} y={height + top + 18} textAnchor="middle" className="fill-base-content text-[11px]">
            {labels[at]}
          </text>
        </g>
      ))}
    </svg>
  )
}

/** Where each rung's piece of a column stands: the lowest rung at the bottom. */
function stacked(
  rungs: FlowPictureProps['rungs'],
  counts: Readonly<Record<string, number>>,
  scale: number,
): Map<string, Piece> {
  const placed = new Map<string, Piece>()
  let bottom = top + height
  for (const { rung_id } of rungs) {
    const tall = (counts[rung_id] ?? 0) * scale
    placed.set(rung_id, { y: bottom - tall, tall })
    if (tall > 0) bottom -= tall + gap
  }
  return placed
}

/** From the right side of a column to the left one of the next, in the order of the rungs so that they cross least. */
function bands(
  moves: Flow['moves'][number],
  rungs: FlowPictureProps['rungs'],
  from: ReadonlyMap<string, Piece> | undefined,
  to: ReadonlyMap<string, Piece> | undefined,
  left: number,
  right: number,
  scale: number,
) {
  const order = (rung: string) => rungs.findIndex(({ rung_id }) => rung_id === rung)
  const [used, filled] = [new Map<string, number>(), new Map<string, number>()]
  return moves
    .filter((move) => from?.has(move.from) && to?.has(move.to))
    .toSorted((a, b) => order(a.from) - order(b.from) || order(a.to) - order(b.to))
    .map((move) => {
      const tall = move.people * scale
      const begin = bottomOf(from?.get(move.from), used.get(move.from) ?? 0) - tall
      const end = bottomOf(to?.get(move.to), filled.get(move.to) ?? 0) - tall
      used.set(move.from, (used.get(move.from) ?? 0) + tall)
      filled.set(move.to, (filled.get(move.to) ?? 0) + tall)
      const middle = (left + right) / 2
      const path = `M${left} ${begin} C${middle} ${begin} ${middle} ${end} ${right} ${end} V${end + tall} C${middle} ${end + tall} ${middle} ${begin + tall} ${left} ${begin + tall} Z`
      const look =
        move.from === move.to
          ? 'fill-base-content/10'
          : order(move.to) > order(move.from)
            ? 'fill-success/40'
            : 'fill-warning/50'
      return <path key={`${left} ${move.from} ${move.to}`} d={path} className={look} />
    })
}

const bottomOf = (piece: Piece | undefined, used: number): number => (piece ? piece.y + piece.tall - used : 0)

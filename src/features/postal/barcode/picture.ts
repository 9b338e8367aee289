import { decode } from './rules.ts'

/** Red, green, blue and opacity of each dot, row after row, as a canvas has them. */
export interface Pixels {
  width: number
  height: number
  data: ArrayLike<number>
}

export interface Seen {
  tracking: string
  routing: string
}

/**
 * The Intelligent Mail barcode somewhere in a picture, lying, standing or upside down and up to some ten degrees askew; null:
 * none can be read. What is read wrongly is none: eleven bits of the barcode say so. From 5 dots a bar on (110 an inch).
 */
export function barcodeIn(picture: Pixels): Seen | null {
  const isDark = darkOf(picture)
  for (const isStanding of [false, true])
    for (const slope of slopes)
      for (const line of linesAcross(picture, isStanding, slope)) {
        const bars = barsOn(line, isDark)
        const read = bars && readBars(bars, line, isDark)
        if (read) return read
      }
  return null
}

/** Tangents; straight ones first. */
const slopes = [0, 0.02, -0.02, 0.04, -0.04, 0.06, -0.06, 0.08, -0.08, 0.1, -0.1, 0.12, -0.12, 0.15, -0.15, 0.18, -0.18]
const count = 65
/** Rows between two lines that are looked at; the part all bars share is as high as a bar's distance to the next. */
const between = 2

type Dark = (x: number, y: number) => boolean

/** Darker than what is around it by a seventh: shadows on paper are not bars. */
function darkOf({ width, height, data }: Pixels): Dark {
  const grey = new Float32Array(width * height)
  const sums = new Float64Array((width + 1) * (height + 1))
  for (let y = 0; y < height; y++) {
    let row = 0
    for (let x = 0; x < width; x++) {
      const at = 4 * (y * width + x)
      const shade = 0.3 * (data[at] ?? 0) + 0.59 * (data[at + 1] ?? 0) + 0.11 * (data[at + 2] ?? 0)
      grey[y * width + x] = shade
      row += shade
      sums[(y + 1) * (width + 1) + x + 1] = (sums[y * (width + 1) + x + 1] ?? 0) + row
    }
  }
  const reach = Math.max(6, Math.round(Math.max(width, height) / 40))
  const sum = (x: number, y: number): number => sums[y * (width + 1) + x] ?? 0
  return (x, y) => {
    const [column, row] = [Math.round(x), Math.round(y)]
    if (column < 0 || row < 0 || column >= width || row >= height) return false
    const [left, top] = [Math.max(0, column - reach), Math.max(0, row - reach)]
    const [right, bottom] = [Math.min(width, column + reach + 1), Math.min(height, row + reach + 1)]
    const around = sum(right, bottom) - sum(left, bottom) - sum(right, top) + sum(left, top)
    return (grey[row * width + column] ?? 255) < (0.86 * around) / ((right - left) * (bottom - top))
  }
}

/** A line across the picture, dot by dot: along it, and beside it by so many dots to the right of the way it goes. */
interface Line {
  length: number
  at: (along: number, beside: number) => readonly [x: number, y: number]
}

function* linesAcross({ width, height }: Pixels, isStanding: boolean, slope: number): Generator<Line> {
  const [length, breadth] = isStanding ? [height, width] : [width, height]
  const drift = Math.abs(slope * length)
  for (let from = -drift; from < breadth + drift; from += between)
    yield {
      length,
      at(along, beside) {
        const [one, two] = [along - slope * beside, from + slope * along + beside]
        return isStanding ? [two, one] : [one, two]
      },
    }
}

/** The middles of 65 dark runs as far from each other as bars are, nothing as near before or behind them. */
function barsOn(line: Line, isDark: Dark): number[] | null {
  const middles: number[] = []
  let begun = -1
  for (let along = 0; along <= line.length; along++) {
    const [x, y] = line.at(along, 0)
    const dark = along < line.length && isDark(x, y)
    if (dark && begun < 0) begun = along
    if (!dark && begun >= 0) {
      middles.push((begun + along - 1) / 2)
      begun = -1
    }
  }
  for (let first = 0; first + count <= middles.length; first++) {
    const found = middles.slice(first, first + count)
    const pitch = ((found.at(-1) ?? 0) - (found[0] ?? 0)) / (count - 1)
    if (pitch < 4) continue
    const isEven = found.every(
      (middle, at) => at === 0 || Math.abs(middle - (found[at - 1] ?? 0) - pitch) < 0.4 * pitch,
    )
    const isAlone = (found[0] ?? 0) - (middles[first - 1] ?? -pitch * 2) > 1.5 * pitch && (middles[first + count] ?? Infinity) - (found.at(-1) ?? 0) > 1.5 * pitch // prettier-ignore
    if (isEven && isAlone) return found
  }
  return null
}

function readBars(bars: readonly number[], line: Line, isDark: Dark): Seen | null {
  const pitch = ((bars.at(-1) ?? 0) - (bars[0] ?? 0)) / (count - 1)
  /** How far a bar goes on to one side; a dot of light within it is none. */
  const reach = (along: number, side: 1 | -1): number => {
    let far = 0
    for (let beside = 1; beside < 4 * pitch; beside++) {
      const near = [0, -1, 1].some((aside) => isDark(...line.at(along + aside, side * beside)))
      if (near) far = beside
      else if (beside > far + 1) break
    }
    return far
  }
  const [up, down] = ([-1, 1] as const).map((side) =>
    apart(
      bars.map((along) => reach(along, side)),
      pitch,
    ),
  ) as [boolean[] | null, boolean[] | null] // prettier-ignore -- of two sides
  if (!up || !down) return null
  const letters = bars.map((_, at) => (up[at] ? (down[at] ? 'F' : 'A') : down[at] ? 'D' : 'T'))
  const turned = letters.toReversed().map((letter) => (letter === 'A' ? 'D' : letter === 'D' ? 'A' : letter))
  // Standing, a picture may be turned either way; mirrored it is only if the picture is.
  for (const each of [letters, turned]) {
    for (const written of [each, each.toReversed()]) {
      const read = decode(written.join(''))
      if (read.ok) return read.barcode
    }
  }
  return null
}

/** Long ones and short ones; null: they are not of two lengths. */
function apart(lengths: readonly number[], pitch: number): boolean[] | null {
  const [least, most] = [Math.min(...lengths), Math.max(...lengths)]
  return most - least < 0.5 * pitch ? null : lengths.map((length) => length > (least + most) / 2)
}

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
  const field = darkIn(picture)
  for (const isStanding of [false, true])
    for (const slope of slopes)
      for (const line of linesAcross(field, isStanding, slope)) {
        const bars = barsOn(line, field)
        const read = bars && readBars(bars, line, field)
        if (read) return read
      }
  return null
}

/** Tangents; straight ones first. */
const slopes = [0, 0.02, -0.02, 0.04, -0.04, 0.06, -0.06, 0.08, -0.08, 0.1, -0.1, 0.12, -0.12, 0.15, -0.15, 0.18, -0.18]
const count = 65
/** Rows between two lines that are looked at; the part all bars share is as high as a bar's distance to the next. */
const between = 2

/** Which dots are dark. */
interface Field {
  width: number
  height: number
  dark: Uint8Array
}

const isDark = ({ width, height, dark }: Field, x: number, y: number): boolean => {
  const [column, row] = [Math.round(x), Math.round(y)]
  return column >= 0 && row >= 0 && column < width && row < height && dark[row * width + column] === 1
}

/** Darker than what is around it by a seventh: shadows on paper are not bars. */
function darkIn({ width, height, data }: Pixels): Field {
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
  const dark = new Uint8Array(width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [left, top] = [Math.max(0, x - reach), Math.max(0, y - reach)]
      const [right, bottom] = [Math.min(width, x + reach + 1), Math.min(height, y + reach + 1)]
      const around = sum(right, bottom) - sum(left, bottom) - sum(right, top) + sum(left, top)
      if ((grey[y * width + x] ?? 255) < (0.86 * around) / ((right - left) * (bottom - top))) dark[y * width + x] = 1
    }
  return { width, height, dark }
}

/** A line across the picture from (x, y), by so much for each dot along it; beside it lies what is to the right of the way it goes. */
interface Line {
  length: number
  x: number
  y: number
  dx: number
  dy: number
  aside: readonly [x: number, y: number]
}

function* linesAcross({ width, height }: Field, isStanding: boolean, slope: number): Generator<Line> {
  const [length, breadth] = isStanding ? [height, width] : [width, height]
  const drift = Math.abs(slope * length)
  for (let from = -drift; from < breadth + drift; from += between)
    yield isStanding
      ? { length, x: from, y: 0, dx: slope, dy: 1, aside: [1, -slope] }
      : { length, x: 0, y: from, dx: 1, dy: slope, aside: [-slope, 1] }
}

/** The middles of 65 dark runs as far from each other as bars are, nothing as near before or behind them. */
function barsOn({ length, x, y, dx, dy }: Line, { width, height, dark }: Field): number[] | null {
  const middles: number[] = []
  let begun = -1
  for (let along = 0; along <= length; along++) {
    const [column, row] = [Math.round(x + dx * along), Math.round(y + dy * along)]
    const isOn = along < length && column >= 0 && row >= 0 && column < width && row < height && dark[row * width + column] === 1 // prettier-ignore
    if (isOn && begun < 0) begun = along
    if (!isOn && begun >= 0) {
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

function readBars(bars: readonly number[], { x, y, dx, dy, aside }: Line, field: Field): Seen | null {
  const pitch = ((bars.at(-1) ?? 0) - (bars[0] ?? 0)) / (count - 1)
  /** How far a bar goes on to one side; a dot of light within it is none. */
  const reach = (along: number, side: 1 | -1): number => {
    let far = 0
    for (let beside = 1; beside < 4 * pitch; beside++) {
      const near = [0, -1, 1].some((more) => isDark(field, x + dx * (along + more) + aside[0] * side * beside, y + dy * (along + more) + aside[1] * side * beside)) // prettier-ignore
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
  const backwards = (row: readonly string[]): string[] => row.map((_, at) => row[row.length - 1 - at] ?? '')
  const turned = backwards(letters).map((letter) => (letter === 'A' ? 'D' : letter === 'D' ? 'A' : letter))
  // Standing, a picture may be turned either way; mirrored it is only if the picture is.
  for (const each of [letters, turned]) {
    for (const written of [each, backwards(each)]) {
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

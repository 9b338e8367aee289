import type { Translate } from '../../../../platform/i18n/messages.ts'
import { localized } from '../../../../platform/i18n/languages.ts'
import { wayWords } from '../../pages/words.ts'
import { exitsOf } from '../../paths.ts'
import { checkScript } from '../../rules.ts'
import type { ScriptContent, Step } from '../../schema.ts'

interface TreeProps {
  t: Translate
  content: ScriptContent
  onChoose: (key: string) => void
}

/* In units of a drawing 360 wide, so that on the narrowest phone a letter is as large as beside it. */
const width = 360
const box = { x: 4, width: 206, height: 56 }
const gap = 36
const gutter = { from: box.x + box.width, lane: 15, line: 15 }

interface Edge {
  from: number
  to: number
  words: string
  /** -1: straight down to the box below. */
  lane: number
  /** Among those that leave the same box at its side. */
  nth: number
}

interface Row {
  top: number
  height: number
}

/** The script from top to bottom, with arrows at the side for answers that lead elsewhere. */
export function Tree({ t, content, onChoose }: TreeProps) {
  const { steps } = content
  const unreachable = new Set(
    checkScript(content).flatMap((problem) => (problem.kind === 'unreachable' ? [problem.where.split('.')[1]] : [])),
  )
  const rowOf = (key: string | null) => (key === null ? steps.length : steps.findIndex((step) => step.key === key)) + 1
  const edges = lanesFor(steps.flatMap((step, at) => edgesOf(t, content, step, at + 1, rowOf)))
  const rows = rowsFor(steps.length + 2, edges)
  const last = rows.at(-1)
  const height = last ? last.top + last.height + gap : 0
  return (
    <figure>
      <figcaption className="mb-3">{t('workshop.tree_label')}</figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        className="w-full max-w-xl"
        role="group"
        aria-label={t('workshop.view.tree')}
      >
        <defs>
          <marker
            id="tip"
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto-start-reverse"
          >
            <path d="M0 0 8 4 0 8z" fill="currentColor" />
          </marker>
        </defs>
        {edges.map((edge, at) => (
          <Arrow key={at} edge={edge} rows={rows} />
        ))}
        <Box
          row={rows[0]}
          title={t('scripts.greeting')}
          text={localized(content.greeting, t.language).text}
          onChoose={() => onChoose('greeting')}
        />
        {steps.map((step, at) => (
          <Box
            key={step.key}
            row={rows[at + 1]}
            title={`${t('scripts.step', { number: at + 1 })}${step.is_quick ? ' ⚡' : ''}`}
            text={localized(step.say, t.language).text}
            warning={unreachable.has(step.key) ? t('workshop.tree_unreachable') : null}
            onChoose={() => onChoose(step.key)}
          />
        ))}
        <Box
          row={last}
          title={t('scripts.closing')}
          text={localized(content.closing, t.language).text}
          onChoose={() => onChoose('closing')}
        />
        <path d={straight(rows[0])} stroke="currentColor" strokeWidth="1.6" markerEnd="url(#tip)" fill="none" />
        {edges.map((edge, at) => (
          <Words key={at} edge={edge} rows={rows} />
        ))}
      </svg>
    </figure>
  )
}

function edgesOf(
  t: Translate,
  content: ScriptContent,
  step: Step,
  from: number,
  rowOf: (key: string | null) => number,
): Omit<Edge, 'lane' | 'nth'>[] {
  return [...exitsOf(content, step)].map(([to, answers]) => ({
    from,
    to: rowOf(to),
    words: fitting(
      answers.map((answer) => (step.kind === 'support' ? answer : wayWords(t, step, answer))).join(', '),
      17,
    ),
  }))
}

/** Arrows at the side that run beside each other get lanes of their own. */
function lanesFor(edges: Omit<Edge, 'lane' | 'nth'>[]): Edge[] {
  const laid: Edge[] = []
  const long = edges.filter((edge) => edge.to !== edge.from + 1)
  for (const edge of long.sort((a, b) => Math.abs(a.to - a.from) - Math.abs(b.to - b.from))) {
    const [top, bottom] = [Math.min(edge.from, edge.to), Math.max(edge.from, edge.to)]
    let lane = 0
    const isTaken = (each: Edge) =>
      each.lane === lane && Math.min(each.from, each.to) < bottom && Math.max(each.from, each.to) > top
    while (laid.some(isTaken)) lane++
    laid.push({ ...edge, lane: Math.min(lane, 6), nth: laid.filter(({ from }) => from === edge.from).length })
  }
  const straightOn = edges.filter((edge) => edge.to === edge.from + 1)
  return [...straightOn.map((edge) => ({ ...edge, lane: -1, nth: 0 })), ...laid]
}

/** One below the other, each as high as the arrows at its side need. */
function rowsFor(count: number, edges: readonly Edge[]): Row[] {
  const rows: Row[] = []
  for (let at = 0; at < count; at++) {
    const before = rows.at(-1)
    const leaving = edges.filter(({ from, lane }) => from === at && lane >= 0).length
    rows.push({
      top: before ? before.top + before.height + gap : 0,
      height: Math.max(box.height, gutter.line * (leaving + 1) + 12),
    })
  }
  return rows
}

const straight = ({ top, height }: Row = { top: 0, height: 0 }): string =>
  `M${box.x + 24} ${top + height}V${top + height + gap - 1}`

/** Where an arrow leaves its box at the side: below the one that comes in there. */
const leavesAt = ({ from, nth }: Edge, rows: readonly Row[]): number =>
  (rows[from]?.top ?? 0) + 12 + gutter.line * (nth + 1)

function Arrow({ edge, rows }: { edge: Edge; rows: readonly Row[] }) {
  const { from, to, lane } = edge
  const y = leavesAt(edge, rows)
  const x = gutter.from + 34 + lane * gutter.lane
  const arrives = (rows[to]?.top ?? 0) + 10
  const turn = to > from ? 8 : -8
  const d =
    lane === -1
      ? straight(rows[from])
      : `M${gutter.from} ${y}H${x - 8}q8 0 8 ${turn}V${arrives - turn}q0 ${turn} -8 ${turn}H${gutter.from + 1}`
  return <path d={d} stroke="currentColor" strokeWidth="1.6" fill="none" markerEnd="url(#tip)" />
}

/** With a rim in the color of the page: lines may run behind. */
function Words({ edge, rows }: { edge: Edge; rows: readonly Row[] }) {
  const row = rows[edge.from]
  if (!row || !edge.words) return null
  const isStraight = edge.lane === -1
  return (
    <text
      x={isStraight ? box.x + 34 : gutter.from + 4}
      y={isStraight ? row.top + row.height + 22 : leavesAt(edge, rows) - 4}
      fontSize="12"
      fill="currentColor"
      strokeWidth="3"
      paintOrder="stroke"
      className="stroke-base-200"
    >
      {edge.words}
    </text>
  )
}

interface BoxProps {
  row: Row | undefined
  title: string
  text: string
  warning?: string | null
  onChoose: () => void
}

function Box({ row, title, text, warning = null, onChoose }: BoxProps) {
  const { top: y, height } = row ?? { top: 0, height: box.height }
  return (
    <g
      role="button"
      tabIndex={0}
      className="cursor-pointer"
      onClick={onChoose}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        onChoose()
      }}
    >
      <rect
        x={box.x}
        y={y + 1}
        width={box.width}
        height={height}
        rx="8"
        className={warning ? 'fill-base-100 stroke-error' : 'fill-base-100 stroke-base-content/50'}
        strokeWidth={warning ? 2.5 : 1.2}
        strokeDasharray={warning ? '5 3' : undefined}
      />
      <text x={box.x + 10} y={y + 22} fontSize="13" fontWeight="700" fill="currentColor">
        {title}
      </text>
      <text x={box.x + 10} y={y + 43} fontSize="13" className={warning ? 'fill-error' : undefined} fill="currentColor">
        {warning ?? fitting(text, 27)}
      </text>
    </g>
  )
}

/** As much of a text as there is room for Latin letters: a Hangul syllable takes about two. */
function fitting(text: string, room: number): string {
  let left = room
  const letters = Array.from(text.replaceAll(/\s+/g, ' '))
  const end = letters.findIndex((letter) => (left -= /[ᄀ-ᇿ가-힣一-鿿]/.test(letter) ? 1.9 : 1) < 0)
  return end === -1 ? letters.join('') : `${letters.slice(0, end).join('')}…`
}

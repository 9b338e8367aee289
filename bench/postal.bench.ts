import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { parseArgs } from 'node:util'
import { documentOf, printData, sideNames, type Layout } from '../src/features/postal/design/print.ts'
import { Design } from '../src/features/postal/design/schema.ts'
import type { PieceRow } from '../src/features/postal/drops/queries.ts'
import { Printer } from '../src/features/postal/printing/printer.ts'
import { pdf } from '../src/platform/print/typst.ts'
import type { BenchResult } from './run.ts'
import { median } from './steady.ts'

// Bilingual postcards of 6 × 9 inches, both sides with a QR code, each with another address and barcode, a thousand to a file. Beside them, part
// after part in the same process, the same document with one card printed a thousand times, which is all that Typst itself takes, and kept nowhere.
// Memory: a process of its own for each size.

const { values } = parseArgs({ options: { small: { type: 'boolean' }, many: { type: 'string' } } })
const part = 1000
const card = documentOf('postcard_6x9')
const sizes = values.small ? [1000, 4000] : [1000, 10_000, 100_000]

const design = Design.parse({
  headline: { en: 'The primary is Tuesday, June 23', ko: '6월 23일(화)은 예비선거일입니다' },
  body: {
    en: 'Polls are open from 6 am to 9 pm. Your vote decides who speaks for Flushing on rent, schools and language access.\n\nNeed a ride or an interpreter? Call us.',
    ko: '투표소는 오전 6시부터 밤 9시까지 엽니다. 소중한 한 표가 렌트와 학교, 언어 접근성을 대변할 사람을 정합니다.\n\n차편이나 통역이 필요하시면 전화 주세요.',
  },
  contact: { en: '718-555-0100', ko: '한국어 문의 718-555-0100' },
  note: { en: 'We are your neighbors.', ko: '저희는 이웃입니다.' },
  postage: 'marketing', permit_city: 'Flushing NY', permit_number: '123', mailer_id: '901234567', service_type: '300',
}) // prettier-ignore
const layout: Layout = {
  drop: {
    kind: 'postcard_6x9',
    return_name: 'Neighbors',
    return_address: '35-12 Union St\nFlushing NY 11354',
    attribution: { en: 'Paid for by Neighbors', ko: '비용 부담: 이웃들' },
    first_serial: 0,
  },
  design,
  written: ['en', 'ko'],
  picture: null,
  sizes: {},
  answers: { per: 'drop', base: 'https://vote.example.org/r/', codes: { all: 'k7mw2p4x' } },
}
const piece = (number: number): PieceRow => ({
  organization_id: '',
  drop_id: '',
  number,
  language: 'all',
  name_line: `The Kim Household ${number}`,
  name_line_ko: '김씨 가정',
  salutation: `Dear Kim household ${number},`,
  salutation_ko: null,
  kind: 'street',
  above: [],
  delivery: `${number} MAIN ST`,
  unit: `APT ${number % 97}`,
  city: 'FLUSHING',
  state: 'NY',
  zip5: '11355',
  zip4: null,
  delivery_point: null,
  tray: null,
  bundle: null,
  code: null,
})
const made_at = new Date('2026-11-23T17:00:00Z')
const printer = new Printer()
const folder = mkdtempSync(join(tmpdir(), 'hanpyo-postal-'))
/** Ours, to the file on the disk. */
const personal = (from: number): Promise<unknown> =>
  printer.print(
    layout,
    Array.from({ length: part }, (_, index) => piece(from + index + 1)),
    made_at,
    join(folder, 'part.pdf'),
  )
const fixed = Array.from({ length: part }, () => piece(1))
/** All of it by Typst, page after page. */
const again = (): Promise<unknown> => pdf({ ...card, data: printData(layout, fixed, sideNames, null), made_at })

// As the printer does after each part; here outside of what is timed.
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void // as V8 has it

async function timed(work: () => Promise<unknown>): Promise<number> {
  const since = performance.now()
  await work()
  return performance.now() - since
}

if (values.many) {
  for (let from = 0; from < Number(values.many); from += part) await personal(from)
  console.log(JSON.stringify({ most_mb: Math.round(process.resourceUsage().maxRSS / 1024) }))
} else {
  const memory = sizes.map((size) => {
    const { stdout } = spawnSync(process.execPath, [import.meta.filename, '--many', String(size)], { encoding: 'utf8' })
    const { most_mb } = JSON.parse(stdout) as { most_mb: number }
    console.log(`${size.toLocaleString('en')} postcards: at most ${most_mb} MB`)
    return most_mb
  })
  await personal(1_000_000)
  await again()
  const [ours, reference]: [number[], number[]] = [[], []]
  for (let turn = 0; turn < (values.small ? 3 : 9); turn++) {
    // The one before, so that what it leaves to be cleared away counts.
    await personal((2 * turn + 1) * part)
    ours.push(await timed(() => personal((2 * turn + 2) * part)))
    reference.push(await timed(again))
    collect()
  }
  const rate = (ms: number): number => (1000 * part) / ms
  const said = (ms: number): string => `${Math.round(rate(ms)).toLocaleString('en')} postcards/s`
  const ratio = median(reference) / median(ours)
  const grown = (memory.at(-1) ?? 0) / (memory[0] ?? 1)
  console.log(`personal ${said(median(ours))}, one fixed card ${said(median(reference))}, ratio ${ratio.toFixed(2)}`)
  const results: BenchResult[] = [
    { work: 'bilingual postcards, two sides, barcode, QR code', ours: said(median(ours)), reference: `${said(median(reference))}, one card again and again`, ratio, goal: '≥ 0.7', is_met: ratio >= 0.7 },
    { work: `memory of ${sizes.at(-1)?.toLocaleString('en')} postcards`, ours: `${memory.at(-1)} MB`, reference: `${memory[0]} MB for 1,000`, ratio: grown, goal: '≤ 1.3', is_met: grown <= 1.3 },
  ] // prettier-ignore
  if (process.env.HANPYO_BENCH_RESULT) writeFileSync(process.env.HANPYO_BENCH_RESULT, JSON.stringify(results))
}
await printer.close()
rmSync(folder, { recursive: true })

import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { communities, estimateCommunity, nameShares } from './estimate.ts'
import { evaluate, readLabelled, type Label, type LabelReport, type Scored } from './evaluate.ts'
import { ourPlaces, placeOf } from './places.ts'

const korean = (label: Label, score: number, weight = 1): Scored => ({ label, scores: [score, 0, 0, 0, 0, 0], weight })
const of = (reports: LabelReport[], label: Label): LabelReport | undefined =>
  reports.find((report) => report.label === label)

test('AUC is the share of pairs put in the right order, ties half', () => {
  // Pairs: .9>.8, .9>.4, .4<.8, .4=.4 → 1 + 1 + 0 + 0.5 of 4
  const rows = [korean('korean', 0.9), korean('korean', 0.4), korean('none', 0.8), korean('none', 0.4)]
  expect(of(evaluate(rows), 'korean')?.auc).toBe(0.625)
})

test('precision and recall at a threshold, the threshold itself included', () => {
  const rows = [
    korean('korean', 0.9),
    korean('korean', 0.5),
    korean('korean', 0.2),
    korean('none', 0.5),
    korean('chinese', 0.1),
  ]
  const report = of(evaluate(rows), 'korean')
  expect(report?.n).toBe(3)
  expect(report?.compared).toBe(5)
  expect(report?.thresholds.find(({ at }) => at === 0.5)).toEqual({
    at: 0.5,
    precision: 0.6667,
    recall: 0.6667,
    found: 3,
  })
  expect(report?.thresholds.find(({ at }) => at === 0.95)).toEqual({ at: 0.95, precision: null, recall: 0, found: 0 })
  expect(report?.thresholds.map(({ at }) => at)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95])
})

test('calibration holds, for each tenth, what was predicted against what is', () => {
  const rows = [korean('korean', 0.32), korean('none', 0.38), korean('korean', 1), korean('korean', 0.9)]
  const bands = of(evaluate(rows), 'korean')?.calibration
  expect(bands?.[3]).toEqual({ from: 0.3, to: 0.4, n: 2, mean_predicted: 0.35, observed: 0.5 })
  expect(bands?.[9]).toEqual({ from: 0.9, to: 1, n: 2, mean_predicted: 0.95, observed: 1 })
  expect(bands?.[0]).toEqual({ from: 0, to: 0.1, n: 0, mean_predicted: null, observed: null })
})

test('a weight is as many rows alike', () => {
  const once = [korean('korean', 0.7), korean('none', 0.8, 3), korean('none', 0.1)]
  const thrice = [korean('korean', 0.7), ...Array.from({ length: 3 }, () => korean('none', 0.8)), korean('none', 0.1)]
  const [weighed, repeated] = [of(evaluate(once), 'korean'), of(evaluate(thrice), 'korean')]
  expect(weighed?.auc).toBe(repeated?.auc)
  expect(weighed?.thresholds.map(({ precision, recall }) => [precision, recall])).toEqual(
    repeated?.thresholds.map(({ precision, recall }) => [precision, recall]),
  )
})

test('Asian is the sum over the communities; who is only known as Asian is left out of the single ones', () => {
  const rows: Scored[] = [
    { label: 'asian', scores: [0.3, 0.4, 0, 0, 0, 0], weight: 1 },
    { label: 'korean', scores: [0.6, 0.1, 0, 0, 0, 0], weight: 1 },
    { label: 'other_asian', scores: [0, 0.2, 0, 0, 0, 0], weight: 1 },
    { label: 'none', scores: [0.05, 0.05, 0, 0, 0, 0], weight: 1 },
  ]
  const reports = evaluate(rows)
  expect(reports.map(({ label }) => label)).toEqual(['korean', 'asian', 'none'])
  expect(of(reports, 'asian')).toMatchObject({ n: 3, compared: 4, auc: 1 })
  expect(of(reports, 'asian')?.thresholds.find(({ at }) => at === 0.7)).toMatchObject({ found: 2, recall: 0.6667 })
  expect(of(reports, 'korean')).toMatchObject({ n: 1, compared: 3 })
  expect(of(reports, 'none')).toMatchObject({ n: 1, auc: 1 })
})

test('without both kinds there is no AUC, and nothing at all without rows', () => {
  expect(of(evaluate([korean('korean', 0.5)]), 'korean')?.auc).toBeNull()
  expect(evaluate([])).toEqual([])
})

const folder = mkdtempSync(join(tmpdir(), 'hanpyo-labelled-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(bytes: string | Uint8Array, name = 'names.csv'): string {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

test('columns in any order, a byte-order mark, quotes, Windows line ends; bad rows by their line', async () => {
  const path = file(
    '\ufeffLabel,middle,FIRST,last\r\nkorean,,"SOO JIN",LEE\r\n\r\nmartian,,JOHN,SMITH\r\nnone,,"JOHN, JR",SMITH\r\nnone,SMITH\r\nnone,,,\r\nSouth Asian,,NEHA,PATEL\r\nkorean,,수진,이\r\n"none,,UNCLOSED,O"BRIEN\r\nnone,,JANE,DOE',
  )
  const read = await readLabelled(path, ourPlaces)
  if (!read.ok) throw new Error(read.problem)
  expect(read.rows.map(({ label }) => label)).toEqual(['korean', 'none', 'south_asian', 'korean', 'none'])
  expect(read.rows[0]?.scores[0]).toBeCloseTo(nameShares('LEE', 'SOO JIN')[1] ?? 0, 10)
  expect(read.rows[3]?.scores).toEqual(read.rows[0]?.scores)
  expect(read.bad.map(({ line, problem }) => [line, problem])).toEqual([
    [4, 'label'],
    [6, 'columns'],
    [7, 'no_name'],
    [10, 'label'],
  ])
})

test('a council district and a county move the estimate; another county is left alone', async () => {
  const path = file(
    'last,first,middle,label,county,council\nLEE,DAVID,,korean,Queens,20\nLEE,DAVID,,korean,queens,\nLEE,DAVID,,none,albany,20\nLEE,DAVID,,none,,\n',
  )
  const read = await readLabelled(path, ourPlaces)
  if (!read.ok) throw new Error(read.problem)
  const [flushing = 0, queens = 0, albany, nowhere] = read.rows.map(({ scores }) => scores[0])
  expect(flushing).toBeGreaterThan(queens)
  expect(queens).toBeGreaterThan(albany ?? 1)
  expect(albany).toBe(nowhere)
})

test('a name that says nothing counts among those not found, wherever somebody lives', async () => {
  const path = file(
    'last,first,middle,label,county,council\nOLSZEWSKI,HEATHER,,korean,queens,20\nOLSZEWSKI,HEATHER,,none,,\nKIM,SOO JIN,,korean,queens,20\n',
  )
  const read = await readLabelled(path, ourPlaces)
  if (!read.ok) throw new Error(read.problem)
  const [flushing, nowhere, korean] = read.rows.map(({ scores }) => scores)
  expect(flushing).toEqual(nowhere)
  expect(estimateCommunity('OLSZEWSKI', 'HEATHER', '', placeOf(ourPlaces, 'queens', 20)).korean).toBe(0)
  expect(korean?.[0]).toBeGreaterThan(0.9)
  expect(of(evaluate(read.rows), 'korean')?.thresholds[0]).toMatchObject({ at: 0.1, precision: 1, recall: 0.5 })
})

test('an empty file, one without the columns, and a compressed one', async () => {
  await expect(readLabelled(file(''), ourPlaces)).rejects.toMatchObject({ code: 'empty_file' })
  expect(await readLabelled(file('\n \n'), ourPlaces)).toMatchObject({ ok: false, problem: 'empty' })
  expect(await readLabelled(file('name,label\nKIM,korean\n'), ourPlaces)).toEqual({
    ok: false,
    problem: 'missing_column',
    detail: 'last, first',
  })
  expect(await readLabelled(file('last,first,middle,label\n'), ourPlaces)).toMatchObject({ ok: true, rows: [] })
  const zipped = file(gzipSync('last,first,middle,label\nKIM,MIN,,korean\n'), 'names.csv.gz')
  expect(await readLabelled(zipped, ourPlaces)).toMatchObject({ ok: true, rows: [{ label: 'korean' }] })
})

/** `hanpyo community evaluate …` as it is called, without a database. */
const command = (...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> =>
  new Promise((done) =>
    execFile(
      process.execPath,
      [join(import.meta.dirname, '../../../../dist/server/main.js'), 'community', 'evaluate', ...args],
      {
        env: {
          ...process.env,
          NODE_COMPILE_CACHE: join(import.meta.dirname, '../../../../node_modules/.cache/compile'),
        },
      },
      (problem, stdout, stderr) => done({ code: problem?.code ?? 0, stdout, stderr }),
    ),
  )

test('the command answers one JSON document on stdout, and says on stderr which rows it left out', async () => {
  const path = file(
    'last,first,middle,label\nLEE,SOO JIN,,korean\nKIM,MIN,,korean\nSMITH,JOHN,,none\nDOE,JANE,,martian\nDOE,JANE\n,,,none\n',
  )
  const { code, stdout, stderr } = await command(path, '--json')
  expect(code).toBe(0)
  const reports = JSON.parse(stdout) as LabelReport[]
  expect(stdout.endsWith(']\n')).toBe(true)
  const korean = reports.find(({ label }) => label === 'korean')
  expect(korean).toMatchObject({ n: 2, auc: 1 })
  expect(korean?.thresholds.find(({ at }) => at === 0.5)).toMatchObject({ precision: 1, recall: 1 })
  for (const report of reports) {
    expect(Object.keys(report)).toEqual(expect.arrayContaining(['label', 'n', 'auc', 'thresholds', 'calibration']))
    expect(report.thresholds[0]).toEqual(
      expect.objectContaining({ at: 0.1, precision: expect.anything(), recall: expect.anything() }),
    )
    expect(report.calibration).toHaveLength(10)
  }
  expect(stderr.trim().split('\n')).toEqual([
    `${path}, line 5: 'martian' is none of the labels; left out`,
    `${path}, line 6: the wrong number of columns (2 instead of 4); left out`,
    `${path}, line 7: no name; left out`,
  ])
})

test.each([
  ['a file without the columns', 'name,label\nKIM,korean\n', 'failed', /has no column last, first/],
  ['an empty file', '', 'empty_file', /names\.csv: empty file/],
  ['a file with no usable row', 'last,first,middle,label\nDOE,JANE,,martian\n', 'failed', /no labelled name/],
])('the command refuses %s in a sentence, for programs in JSON', async (_, text, problem, says) => {
  const answer = await command(file(text), '--json')
  expect(answer.code).toBe(1)
  expect(JSON.parse(answer.stdout)).toMatchObject({ problem, message: expect.stringMatching(says) as string })
  expect(answer.stderr).toMatch(says)
  expect(answer.stderr).not.toContain('    at ')
})

/* The floor below which the estimate must not fall, on names no table was made from (labelled/README.md). */
let heldOut: LabelReport[] = []
let labelled: (Awaited<ReturnType<typeof readLabelled>> & { ok: true }) | null = null
beforeAll(async () => {
  const read = await readLabelled(join(import.meta.dirname, 'labelled/held-out.csv'), ourPlaces)
  if (!read.ok) throw new Error(read.problem)
  labelled = read
  heldOut = evaluate(read.rows)
})

test('every held-out name can be read', () => {
  expect(labelled?.bad).toEqual([])
  expect(labelled?.rows).toHaveLength(827)
})

test.each([
  ['korean', 0.95, 0.95, 0.65],
  ['chinese', 0.97, 0.9, 0.8],
  ['south_asian', 0.96, 0.92, 0.75],
  ['vietnamese', 0.95, 0.95, 0.8],
  ['filipino', 0.83, 0.7, 0.33],
  ['japanese', 0.95, 0.95, 0.75],
  ['asian', 0.93, 0.95, 0.75],
] as const)('%s: AUC at least %f, and at one half precision %f, recall %f', (label, auc, precision, recall) => {
  const report = of(heldOut, label)
  const half = report?.thresholds.find(({ at }) => at === 0.5)
  expect(report?.auc).toBeGreaterThanOrEqual(auc)
  expect(half?.precision).toBeGreaterThanOrEqual(precision)
  expect(half?.recall).toBeGreaterThanOrEqual(recall)
})

test('shares add up to one, whatever the name', () => {
  for (const [last, first, middle] of [
    ['', '', ''],
    ['X', '1', '-'],
    ['김', '영희', ''],
    ['A'.repeat(5000), 'B '.repeat(5000), ''],
    ["D'ANGELO-KIM", 'José', 'ÑANDÚ'],
  ] as const) {
    const shares = nameShares(last, first, middle)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
    expect(shares.every((share) => share >= 0)).toBe(true)
  }
  expect(communities).toHaveLength(6)
})

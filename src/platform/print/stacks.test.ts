import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { stacked } from './stacks.ts'
import { pdf } from './typst.ts'

const made_at = new Date(0)
const template = String.raw`
#set page(width: 3in, height: 2in, margin: 0pt)
#rect(width: 1in, height: 1in, fill: rgb("#112233"))
#for word in data { pagebreak(); place(bottom + right, text(word)) }
`
const print = { template, data: ['김씨 가정', 'MAIN ST'], made_at }

/** By the table at the end: what each object holds, streams unpacked. */
function objectsOf(file: Uint8Array): (object: number) => string {
  const text = Buffer.from(file).toString('latin1')
  const table = Number(/startxref\n(\d+)\n%%EOF/.exec(text)?.[1])
  const rows = text.slice(table).split('\n').slice(2)
  return (object) => {
    const from = Number(rows[object]?.slice(0, 10))
    const whole = text.slice(from, text.indexOf('\nendobj', from))
    expect(whole.startsWith(`${object} 0 obj\n`)).toBe(true)
    const stream = /\nstream\n([^]*)\nendstream$/.exec(whole)?.[1]
    if (stream === undefined) return whole
    return whole.includes('FlateDecode') ? inflateSync(Buffer.from(stream, 'latin1')).toString('latin1') : stream
  }
}
const numbers = (text = ''): number[] => [...text.matchAll(/(\d+) 0 R/g)].map(([, object]) => Number(object))

function pagesOf(file: Uint8Array): { count: number; contents: number[][]; at: (object: number) => string } {
  const at = objectsOf(file)
  const trailer = Buffer.from(file).toString('latin1').split('trailer').at(-1)
  const [root] = numbers(/\/Root \d+ 0 R/.exec(trailer ?? '')?.[0])
  const [pages] = numbers(/\/Pages \d+ 0 R/.exec(at(root ?? 0))?.[0])
  const tree = at(pages ?? 0)
  const kids = numbers(/\/Kids \[([^\]]*)\]/.exec(tree)?.[1])
  expect(new Set(kids).size).toBe(kids.length)
  const contents = kids.map((kid) => {
    expect(at(kid)).toContain(`/Parent ${pages} 0 R`)
    return numbers(/\/Contents \[([^\]]*)\]/.exec(at(kid))?.[1])
  })
  return { count: Number(/\/Count (\d+)/.exec(tree)?.[1]), contents, at }
}

test('pages lie one over the other, and what they have alike stands in the file once', async () => {
  const { count, contents, at } = pagesOf(await pdf({ ...print, stacks: [[0], [0, 1], [0, 2], [2]] }))
  expect(count).toBe(4)
  const [ground] = contents[0] ?? []
  expect(at(ground ?? 0)).toContain('0.06666667 0.13333334 0.2 scn')
  const [save, below, restore, above] = contents[1] ?? []
  expect(below).toBe(ground)
  // What lies over a page does not stand in its measures.
  expect([at(save ?? 0), at(restore ?? 0)]).toEqual(['q\n', 'Q\n'])
  expect(at(above ?? 0)).toContain('TJ')
  expect(contents[2]).toEqual([save, ground, restore, contents[3]?.[0]])
  expect(contents[3]?.[0]).not.toBe(above)
})

test('a page too many, by which all that follow would lie over others, is refused', async () => {
  await expect(pdf({ ...print, stacks: [[0, 1]] })).rejects.toThrow('pages that lie nowhere')
})

test('a page that is not there, and a file of somebody else, are refused', async () => {
  await expect(pdf({ ...print, stacks: [[3]] })).rejects.toThrow('no such page')
  expect(() => stacked(Buffer.from('%PDF-1.7\n'), [[0]])).toThrow('not a file of Typst')
})

import { expect, test } from 'vitest'
import { pdf } from './typst.ts'

const text = (file: Uint8Array): string => Buffer.from(file).toString('latin1')
const print = (data: unknown) => pdf({ template: '#data.text', data, made_at: new Date('2027-04-01T12:00:00Z') })

test('a long text in Korean is printed, however many words it has', async () => {
  // Typst goes no deeper than some hundred rules inside each other.
  const file = text(await print({ text: '시 예산으로 변호사를 '.repeat(700) }))
  expect(file.match(/\/Type\s*\/Page\b(?!s)/g)?.length).toBeGreaterThan(2)
  expect(file).toContain('Pretendard')
})

test('Chinese has letters of its own, and no other paper pays for them', async () => {
  expect(text(await print({ text: '候選人說 Council District 20' }))).toMatch(/NotoSansTC[\s\S]*Pretendard|Pretendard[\s\S]*NotoSansTC/) // prettier-ignore
  expect(text(await print({ text: 'Council District 20' }))).not.toContain('NotoSansTC')
})

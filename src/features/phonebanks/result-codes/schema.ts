import { z } from 'zod'
import { dispositions, type Disposition } from '../../contacts/schema.ts'

/** What an own result may count as: everything but answers, which always mean canvassed. */
export const ownKinds = dispositions.filter((each) => each !== 'canvassed')
export type OwnKind = Exclude<Disposition, 'canvassed'>

/** More than a screen of them and callers no longer find the right one. */
export const mostCodes = 12

const Name = z.string().trim().min(1, 'form.required').max(40)

export const ResultCodeForm = z.object({ name_en: Name, name_ko: Name, counts_as: z.enum(ownKinds) })
export type ResultCodeForm = z.infer<typeof ResultCodeForm>

/** As a caller's screen gets it. */
export const OwnResult = z.object({
  code: z.string(),
  name: z.record(z.string(), z.string()),
  counts_as: z.enum(dispositions),
})
export type OwnResult = z.infer<typeof OwnResult>

/** 'Voted early' becomes voted_early; null where the name has no Latin letter to make one of. */
export function codeFrom(name_en: string): string | null {
  const code = name_en
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '')
    .slice(0, 40)
  return code.length >= 2 ? code : null
}

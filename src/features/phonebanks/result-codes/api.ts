import { z } from 'zod'
import { translator } from '../../../platform/i18n/messages.ts'
import { languages } from '../../../platform/i18n/languages.ts'
import { operation, paged, pageOf, Paging, placeIn } from '../../access/tokens/operation.ts'
import '../../contacts/messages.ts'
import { Disposition, dispositionRules, dispositions } from '../../contacts/schema.ts'
import { phoneBank } from '../dashboard.ts'
import { texts } from '../script-content.ts'
import { codesRecorded, resultCodes } from './queries.ts'

const ResultCodeAnswer = z.object({
  code: z.string().meta({
    description: '`disposition` of a contact attempt; with `is_own` its `result_code`.',
  }),
  name: z.record(z.string(), z.string()).meta({ description: 'As callers read it, by language.' }),
  disposition: Disposition.meta({ description: 'The usual result it counts as: that decides what follows.' }),
  is_own: z.boolean().meta({ description: 'Named by the organization.' }),
  is_offered: z
    .boolean()
    .meta({ description: 'Callers of this phone bank find it now; one of your own may only be in earlier results.' }),
  is_reached: z.boolean().meta({ description: 'A living person answered.' }),
  takes_answers: z.boolean().meta({ description: 'Answers to the script go with it.' }),
})

const usual = dispositions.map((disposition) => ({
  code: disposition,
  name: Object.fromEntries(languages.map((each) => [each, translator(each)(`disposition.${disposition}`)])),
  disposition,
  is_own: false,
  is_offered: true,
}))

export const resultCodeOperations = [
  operation({
    method: 'GET',
    path: '/phone-banks/:phone_bank_id/result-codes',
    scope: 'phonebanks.read',
    group: 'Phone banks',
    summary: 'The results its calls can have: the usual ones, then your own that are offered there or were recorded.',
    params: z.object({ phone_bank_id: z.uuid() }),
    query: Paging,
    answer: pageOf(ResultCodeAnswer),
    async run({ db, actor }, { params, query }) {
      const bank = await phoneBank(db, actor.organization_id, params.phone_bank_id)
      const recorded = await codesRecorded(db, bank)
      const own = (await resultCodes(db, bank.organization_id)).flatMap(({ code, name, counts_as, retired_at }) => {
        const is_offered = retired_at === null && bank.result_codes.includes(code)
        if (!is_offered && !recorded.has(code)) return []
        return { code, name: texts(name), disposition: counts_as, is_own: true, is_offered }
      })
      const after = placeIn(query.cursor, z.tuple([z.string()]))
      // Codes are unique: none of an organization's own is called as a usual one.
      const all = [...usual, ...own.toSorted((one, other) => (one.code < other.code ? -1 : 1))]
      const at = all.findIndex(({ code }) => code === after?.[0])
      // One of their own may be offered no more since the page before.
      const rows = after && at < 0 ? all.filter(({ is_own, code }) => is_own && code > after[0]) : all.slice(at + 1)
      return paged(
        rows,
        query.limit,
        (row) => {
          const { reached, takes_answers } = dispositionRules[row.disposition]
          return { ...row, is_reached: reached, takes_answers }
        },
        ({ code }) => [code],
      )
    },
  }),
]

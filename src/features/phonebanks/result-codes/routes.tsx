import { z } from 'zod'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { now } from '../../../platform/http/of-request.ts'
import { bankOf } from '../of-request.ts'
import { defineResult, offerResults, retireResult } from './commands.ts'
import './messages.ts'
import { BankResultsPage, ResultCodesPage } from './pages/codes.tsx'
import { resultCodes } from './queries.ts'
import { ResultCodeForm } from './schema.ts'

const OfferForm = z.object({
  codes: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((chosen) => [chosen].flat()),
})

/** Results the organization names itself, and which phone bank offers them. */
export const resultCodeRoutes = room()
  .get('/phonebanks/result-codes', allow('phonebanks.edit'), (c) => codesPage(c))
  .post('/phonebanks/result-codes', allow('phonebanks.edit'), async (c) => {
    const { typed, errors, value } = await readForm(c, ResultCodeForm)
    if (!value) return codesPage(c, typed, errors, 422)
    const made = await defineResult(c.var.db, actorOf(c), value, now(c))
    if (!made.ok) return codesPage(c, typed, { name_en: `result_codes.problem.${made.problem}` }, 422)
    return c.redirect('/phonebanks/result-codes?said=added', 303)
  })
  .post('/phonebanks/result-codes/:code/retire', allow('phonebanks.edit'), (c) => retire(c, true))
  .post('/phonebanks/result-codes/:code/restore', allow('phonebanks.edit'), (c) => retire(c, false))
  .get('/phonebanks/:id/result-codes', allow('phonebanks.edit'), async (c) => {
    const bank = await bankOf(c)
    const codes = await resultCodes(c.var.db, bank.organization_id)
    return page(
      c,
      <BankResultsPage t={c.var.t} bank={bank} codes={codes} is_saved={c.req.query('said') === 'saved'} />,
      { title: c.var.t('result_codes.title') },
    )
  })
  .post('/phonebanks/:id/result-codes', allow('phonebanks.edit'), async (c) => {
    const bank = await bankOf(c)
    const { value } = await readForm(c, OfferForm)
    await offerResults(c.var.db, actorOf(c), bank.phone_bank_id, value?.codes ?? [])
    return c.redirect(`/phonebanks/${bank.phone_bank_id}/result-codes?said=saved`, 303)
  })

async function retire(c: Ctx, is_retired: boolean) {
  await retireResult(c.var.db, actorOf(c), c.req.param('code') ?? '', is_retired, now(c))
  return c.redirect('/phonebanks/result-codes?said=saved', 303)
}

async function codesPage(
  c: Ctx,
  typed: Record<string, string> = {},
  errors: FieldErrors = {},
  status: 200 | 422 = 200,
) {
  const { t, db } = c.var
  return page(
    c,
    <ResultCodesPage
      t={t}
      codes={await resultCodes(db, actorOf(c).organization_id)}
      typed={typed}
      errors={errors}
      said={c.req.query('said')}
    />,
    { title: t('result_codes.title'), status },
  )
}

import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { pdfAnswer } from '../../../platform/print/typst.ts'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { versionsOf } from '../../scripts/queries.ts'
import { usedFirst, versionsRead } from '../script-content.ts'
import type { PhoneBank } from '../dashboard.ts'
import { groupsAsked } from '../host/asked.ts'
import { usualDistrict } from '../host/groups.ts'
import { now, timeZone, today } from '../../../platform/http/of-request.ts'
import { bankOf } from '../of-request.ts'
import { noteCost } from './commands.ts'
import { groupsCsv } from './groups-csv.ts'
import './messages.ts'
import { ReportPage } from './pages/report.tsx'
import { reportPdf } from './print.ts'
import { reportOf } from './queries.ts'
import { wordedReport } from './words.ts'

const CostForm = z.object({
  cost: z
    .string()
    .trim()
    .regex(/^(\$?\d{1,3}(,?\d{3}){0,2}(\.\d{1,2})?)?$/, 'report.cost_wrong')
    .transform((typed) => (typed === '' ? null : Math.round(Number(typed.replaceAll(/[$,]/g, '')) * 100))),
})

/** What a phone bank came to: to look at and to print. */
export const reportRoutes = room()
  .get('/phonebanks/:id/report', allow('phonebanks.results'), async (c) => reportPage(c, await bankOf(c), {}, {}))
  .get('/phonebanks/:id/report/pdf', allow('phonebanks.results'), async (c) => {
    const bank = await bankOf(c)
    const { report, worded } = await reportIn(c, bank)
    const file = await reportPdf({
      t: c.var.t,
      bank,
      report,
      worded,
      organization: c.var.organization?.name ?? {},
      by: actorOf(c).name,
      now: now(c),
      time_zone: timeZone(c),
    })
    await noteTaken(c, bank, 'phonebank.report')
    return pdfAnswer(file, `phone-bank-report-${today(c)}`)
  })
  .get('/phonebanks/:id/report/groups.csv', allow('phonebanks.results'), async (c) => {
    const bank = await bankOf(c)
    const { report, asked, questions } = await reportIn(c, bank)
    await noteTaken(c, bank, 'phonebank.report_groups')
    return c.body(
      groupsCsv(
        c.var.t,
        report.groups,
        questions.find(({ key }) => key === asked.question),
      ),
      200,
      {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="phone-bank-groups-${today(c)}.csv"`,
      },
    )
  })
  .post('/phonebanks/:id/report/cost', allow('phonebanks.edit'), async (c) => {
    const bank = await bankOf(c)
    const { value, typed, errors } = await readForm(c, CostForm)
    if (!value) return reportPage(c, bank, typed, errors, 422)
    await noteCost(c.var.db, actorOf(c), bank.phone_bank_id, value.cost)
    return c.redirect(`/phonebanks/${bank.phone_bank_id}/report`, 303)
  })

const noteTaken = (c: Ctx, bank: PhoneBank, action: 'phonebank.report' | 'phonebank.report_groups'): Promise<void> =>
  audit(c.var.db, actorOf(c), {
    action,
    subject: 'phone_bank',
    subject_id: bank.phone_bank_id,
    request_id: c.var.request_id,
  })

async function reportIn(c: Ctx, bank: PhoneBank) {
  const versions = (await versionsOf(c.var.db, bank.script_id)).map(({ content }) => content)
  const { asked, support, questions } = groupsAsked(
    usedFirst(versions, bank, await versionsRead(c.var.db, bank)),
    { question: c.req.query('question'), district: c.req.query('district') },
    await usualDistrict(c.var.db, bank),
  )
  const time_zone = timeZone(c)
  const report = await reportOf(c.var.db, bank, versions, asked, support, time_zone, now(c))
  const worded = wordedReport(c.var.t, { bank, report, versions, ...asked, time_zone })
  return { report, worded, asked, questions }
}

async function reportPage(
  c: Ctx,
  bank: PhoneBank,
  typed: Record<string, string>,
  errors: FieldErrors,
  status: 200 | 422 = 200,
) {
  const { worded, asked, questions } = await reportIn(c, bank)
  return page(
    c,
    <ReportPage
      t={c.var.t}
      bank={bank}
      worded={worded}
      asked={asked}
      questions={questions}
      may_edit={mayDo(c.var.actor, 'phonebanks.edit')}
      may_export={mayDo(c.var.actor, 'phonebanks.export')}
      typed={typed}
      errors={errors}
    />,
    { title: c.var.t('report.title'), status },
  )
}

import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { pdfAnswer } from '../../../platform/print/typst.ts'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { receiveResponse, responseIdOf } from '../commands.ts'
import { formById, formVersion, type Form, type FormVersion } from '../queries.ts'
import { paperContent, readResponse } from '../rules.ts'
import type { Petition } from '../schema.ts'
import { saidName } from '../words.ts'
import { candidatesFor, decideSignature, withdrawSignature } from './commands.ts'
import { DecidePage, PaperPage, SignaturesPage, signatures_printed, signatures_shown } from './pages.tsx'
import { signaturesPdf } from './print.ts'
import { signatureById, signatureCounts, signatureFilters, signatureList } from './queries.ts'

const fields = z.record(z.string(), z.unknown())

/** Signatures of a petition: looking, deciding, printing, typing in from paper. */
export const petitionRoutes = room()
  .get('/forms/:form/signatures', allow('forms.responses'), async (c) => {
    const { t, db } = c.var
    const { form, petition } = await petitionOf(c)
    const only = signatureFilters.find((each) => each === c.req.query('only')) ?? 'all'
    const from = Number(/^\d{1,6}$/.exec(c.req.query('from') ?? '')?.[0] ?? 0)
    const { organization_id, form_id } = form
    const [counts, { rows, total }] = await Promise.all([
      signatureCounts(db, organization_id, form_id, petition),
      signatureList(db, organization_id, form_id, petition, { only, from, limit: signatures_shown }),
    ])
    const shown = rows.length
    await audit(db, actorOf(c), {
      action: 'form.responses',
      subject: 'form',
      subject_id: form_id,
      after: { only, from, rows: shown },
    })
    return page(
      c,
      <SignaturesPage
        t={t}
        form={form}
        petition={petition}
        counts={counts}
        rows={rows}
        total={total}
        from={from}
        only={only}
        may_edit={mayDo(actorOf(c), 'forms.edit')}
        time_zone={timeZone(c)}
      />,
      { title: t('signatures.title') },
    )
  })
  .get('/forms/:form/signatures.pdf', allow('forms.export'), async (c) => {
    const { t, db, organization } = c.var
    const { form, petition, version } = await petitionOf(c)
    const { organization_id, form_id } = form
    const counts = await signatureCounts(db, organization_id, form_id, petition)
    const { rows, total } = await signatureList(db, organization_id, form_id, petition, { limit: signatures_printed })
    await audit(db, actorOf(c), {
      action: 'form.print',
      subject: 'form',
      subject_id: form_id,
      after: { rows: rows.length },
    })
    const file = await signaturesPdf({
      t,
      content: version.content,
      petition,
      organization: organization?.name ?? {},
      counts,
      rows,
      left_out: total - rows.length,
      now: now(c),
      time_zone: timeZone(c),
    })
    return pdfAnswer(file, form.slug)
  })
  .get('/forms/:form/signatures/:response', allow('forms.edit'), async (c) => {
    const { t, db } = c.var
    const { form } = await petitionOf(c)
    const response_id = uuid(c, 'response')
    const signed = found(await signatureById(db, form.organization_id, form.form_id, response_id))
    const { candidates } = await candidatesFor(db, form.organization_id, signed.said, signed.person_id ?? randomUUID())
    await audit(db, actorOf(c), {
      action: 'form.responses',
      subject: 'form',
      subject_id: form.form_id,
      after: { response_id },
    })
    return page(
      c,
      <DecidePage
        t={t}
        form={form}
        response_id={response_id}
        said={signed.said}
        candidates={candidates}
        is_withdrawn={signed.withdrawn_at !== null}
      />,
      { title: t('signatures.decide_title') },
    )
  })
  .post('/forms/:form/signatures/:response', allow('forms.edit'), async (c) => {
    const { form } = await petitionOf(c)
    const response_id = uuid(c, 'response')
    const { typed } = await readForm(c, fields)
    const chosen = typed.voter ?? ''
    const voter_id = chosen === '' ? null : found(/^\d{1,9}$/.test(chosen) ? Number(chosen) : null)
    await decideSignature(c.var.db, actorOf(c), form.form_id, response_id, voter_id, now(c))
    return c.redirect(`/forms/${form.form_id}/signatures?only=unsure`, 303)
  })
  .post('/forms/:form/signatures/:response/withdraw', allow('forms.edit'), async (c) => {
    const { form } = await petitionOf(c)
    await withdrawSignature(
      c.var.db,
      actorOf(c),
      { form_id: form.form_id, response_id: uuid(c, 'response'), by: 'organizer' },
      now(c),
    )
    return c.redirect(`/forms/${form.form_id}/signatures`, 303)
  })
  .get('/forms/:form/paper', allow('forms.edit'), (c) =>
    paperPage(c, { sheet: c.req.query('sheet') ?? '' }, {}, {}, randomUUID()),
  )
  .post('/forms/:form/paper', allow('forms.edit'), async (c) => {
    const { form, version } = await petitionOf(c)
    const { typed, all } = await readForm(c, fields)
    const page_key = typed.page_key ?? ''
    const content = paperContent(version.content)
    const read = readResponse(content, all, c.var.language)
    if (!read.ok) {
      const errors = Object.entries(read.errors).map(([name, problem]) => [name, `signatures.problem.${problem}`])
      return paperPage(c, typed, all, Object.fromEntries(errors), page_key, 422)
    }
    const response_id = responseIdOf(form.form_id, page_key, read.response)
    const sheet = (typed.sheet ?? '').trim().slice(0, 20) || null
    const sent = { response_id, response: read.response, language: c.var.language, source: 'paper' as const, sheet }
    await receiveResponse(c.var.db, actorOf(c), { form, version }, sent, now(c))
    const query = new URLSearchParams({ saved: saidName(read.response.said), sheet: sheet ?? '' })
    return c.redirect(`/forms/${form.form_id}/paper?${query}`, 303)
  })

const now = (c: Ctx): Date => c.var.installation.clock.now()
const timeZone = (c: Ctx): string => c.var.organization?.time_zone ?? 'America/New_York'

function uuid(c: Ctx, name: string): string {
  const id = c.req.param(name) ?? ''
  return found(/^[0-9a-f-]{36}$/i.test(id) ? id : null)
}

async function petitionOf(c: Ctx): Promise<{ form: Form; version: FormVersion; petition: Petition }> {
  const { organization_id } = actorOf(c)
  const form = found(await formById(c.var.db, organization_id, uuid(c, 'form')))
  const version = found(await formVersion(c.var.db, organization_id, form.form_id))
  return { form, version, petition: found(version.content.petition) }
}

async function paperPage(
  c: Ctx,
  typed: Record<string, string>,
  chosen: Record<string, string[]>,
  errors: FieldErrors,
  page_key: string,
  status: 200 | 422 = 200,
): Promise<Response> {
  const { t, db } = c.var
  const { form, version, petition } = await petitionOf(c)
  const { rows } = await signatureList(db, form.organization_id, form.form_id, petition, { limit: 10, only: 'paper' })
  return page(
    c,
    <PaperPage
      t={t}
      form={form}
      version={version}
      page_key={page_key}
      typed={typed}
      chosen={chosen}
      errors={errors}
      last={rows}
      saved={c.req.query('saved')?.slice(0, 200) ?? null}
    />,
    { title: t('signatures.paper'), status },
  )
}

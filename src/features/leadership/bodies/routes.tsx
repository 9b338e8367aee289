import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { addDays, addMonths } from '../../../platform/clock.ts'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { soughtIn } from '../finding.tsx'
import { idParam, languagesOf, now, today } from '../../../platform/http/of-request.ts'
import { textsOf } from '../texts.ts'
import { addOffice, archiveBody, archiveOffice, changeOffice, makeBody, renameBody, seat } from './commands.ts'
import './messages.ts'
import { BodiesPage, BodyPage, GivePage, NewBodyPage, OfficePage, RenamePage } from './pages.tsx'
import { bodiesOf, bodyById, officesOf, seatedOn, type Body, type Office } from './queries.ts'
import { BodyForm, HolderForm, OfficeForm } from './schema.ts'

const view = allow('bodies.view')
const edit = allow('leadership.edit')
const fields = z.record(z.string(), z.unknown())
const list = '/leadership/bodies'

/** Chapters, committees and boards: who holds which office. */
export const bodyRoutes = room()
  .get(list, view, async (c) => {
    const bodies = await bodiesOf(c.var.db, actorOf(c).organization_id, today(c))
    return page(c, <BodiesPage t={c.var.t} bodies={bodies} may={mayOf(c)} />, { title: c.var.t('bodies.title') })
  })
  .get(`${list}/new`, edit, (c) => newPage(c))
  .post(`${list}/new`, edit, async (c) => {
    const { typed, errors, value } = await readForm(c, BodyForm)
    const name = textsOf(typed, 'name', languagesOf(c))
    const wrong = named(errors, name)
    if (!value || Object.keys(wrong).length > 0) return newPage(c, typed, wrong)
    const body_id = await makeBody(c.var.db, actorOf(c), { ...value, name }, now(c))
    return c.redirect(`${list}/${body_id}`, 303)
  })
  .get(`${list}/:body`, view, (c) => bodyPage(c))
  .get(`${list}/:body/edit`, edit, (c) => renamePage(c))
  .post(`${list}/:body/edit`, edit, async (c) => {
    const { typed, errors } = await readForm(c, fields)
    const name = textsOf(typed, 'name', languagesOf(c))
    const wrong = named(errors, name)
    if (Object.keys(wrong).length > 0) return renamePage(c, typed, wrong)
    await renameBody(c.var.db, actorOf(c), idParam(c, 'body'), name)
    return back(c)
  })
  .post(`${list}/:body/archive`, edit, async (c) => {
    await archiveBody(c.var.db, actorOf(c), idParam(c, 'body'), now(c))
    return c.redirect(list, 303)
  })
  .post(`${list}/:body/restore`, edit, async (c) => {
    await archiveBody(c.var.db, actorOf(c), idParam(c, 'body'), null)
    return back(c)
  })
  .get(`${list}/:body/offices/new`, edit, async (c) => officePage(c, await bodyOf(c), null))
  .post(`${list}/:body/offices/new`, edit, async (c) => {
    const body = await bodyOf(c)
    const { typed, errors, value } = await readForm(c, OfficeForm)
    const name = textsOf(typed, 'name', languagesOf(c))
    const wrong = named(errors, name)
    if (!value || Object.keys(wrong).length > 0) return officePage(c, body, null, typed, wrong)
    await addOffice(c.var.db, actorOf(c), body.body_id, { ...value, name })
    return back(c)
  })
  .get(`${list}/:body/offices/:office`, edit, async (c) => {
    const { body, office } = await officeOf(c)
    return officePage(c, body, office)
  })
  .post(`${list}/:body/offices/:office`, edit, async (c) => {
    const { body, office } = await officeOf(c)
    const { typed, errors, value } = await readForm(c, OfficeForm)
    const name = textsOf(typed, 'name', languagesOf(c))
    const wrong = named(errors, name)
    if (!value || Object.keys(wrong).length > 0) return officePage(c, body, office, typed, wrong)
    await changeOffice(c.var.db, actorOf(c), office.office_id, { ...value, name })
    return back(c)
  })
  .post(`${list}/:body/offices/:office/archive`, edit, async (c) => {
    await archiveOffice(c.var.db, actorOf(c), (await officeOf(c)).office.office_id, now(c))
    return back(c)
  })
  .post(`${list}/:body/offices/:office/restore`, edit, async (c) => {
    await archiveOffice(c.var.db, actorOf(c), (await officeOf(c)).office.office_id, null)
    return back(c)
  })
  .get(`${list}/:body/offices/:office/give`, edit, (c) => givePage(c))
  .post(`${list}/:body/offices/:office/give`, edit, async (c) => {
    const { office } = await officeOf(c)
    const { typed, errors, value } = await readForm(c, HolderForm)
    if (!value) return givePage(c, typed, errors)
    const { who, ...term } = value
    const seated = await seat(c.var.db, actorOf(c), office.office_id, who, term, now(c))
    if (!seated.ok) return givePage(c, typed, { '': `bodies.${seated.problem}` })
    return back(c)
  })

const mayOf = (c: Ctx) => ({
  edit: mayDo(actorOf(c), 'leadership.edit'),
  profiles: mayDo(actorOf(c), 'people.view'),
  leadership: mayDo(actorOf(c), 'leadership.view'),
})

const named = (errors: FieldErrors, name: Record<string, string>): FieldErrors => ({
  ...errors,
  ...(Object.keys(name).length === 0 && { name: 'ladder.name_needed' }),
})

const back = (c: Ctx) => c.redirect(`${list}/${idParam(c, 'body')}`, 303)

const bodyOf = async (c: Ctx) => found(await bodyById(c.var.db, actorOf(c).organization_id, idParam(c, 'body')))

async function officeOf(c: Ctx) {
  const body = await bodyOf(c)
  const offices = await officesOf(c.var.db, actorOf(c).organization_id, body.body_id)
  return { body, office: found(offices.find(({ office_id }) => office_id === idParam(c, 'office'))) }
}

const statusOf = (errors: FieldErrors) => (Object.keys(errors).length > 0 ? 422 : 200)

const newPage = (c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) =>
  page(c, <NewBodyPage t={c.var.t} languages={languagesOf(c)} typed={typed} errors={errors} />, {
    title: c.var.t('bodies.new'),
    status: statusOf(errors),
  })

async function renamePage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) {
  const body = await bodyOf(c)
  return page(c, <RenamePage {...{ t: c.var.t, body, typed, errors }} languages={languagesOf(c)} />, {
    title: c.var.t('bodies.change'),
    status: statusOf(errors),
  })
}

/** An office of a body, or a new one. */
const officePage = (
  c: Ctx,
  body: Body,
  office: Office | null,
  typed: Record<string, string> = {},
  errors: FieldErrors = {},
) =>
  page(c, <OfficePage {...{ t: c.var.t, body, office, typed, errors }} languages={languagesOf(c)} />, {
    title: c.var.t(office ? 'bodies.office_change' : 'bodies.office_new'),
    status: statusOf(errors),
  })

async function bodyPage(c: Ctx): Promise<Response> {
  const { db, t, language, request_id } = c.var
  const actor = actorOf(c)
  const body = await bodyOf(c)
  const seated = await seatedOn(db, actor.organization_id, body.body_id, today(c))
  await audit(db, actor, { action: 'body.view', subject: 'body', subject_id: body.body_id, request_id })
  return page(c, <BodyPage {...{ t, body, seated }} today={today(c)} may={mayOf(c)} />, {
    title: localized(body.name, language).text,
  })
}

async function givePage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}): Promise<Response> {
  const { t, language } = c.var
  const { body, office } = await officeOf(c)
  const sought = await soughtIn(c)
  const until = office.term_months === null ? '' : addDays(addMonths(today(c), office.term_months), -1)
  return page(c, <GivePage {...{ t, body, office, sought, typed, errors, until }} today={today(c)} />, {
    title: localized(office.name, language).text,
    status: statusOf(errors),
  })
}

import { z } from 'zod'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { formById, formVersion } from '../../forms/queries.ts'
import { questionsOf } from '../../forms/rules.ts'
import { presentMembers } from '../ladder/queries.ts'
import { idParam, now } from '../../../platform/http/of-request.ts'
import { NextStepForm } from '../schema.ts'
import { addFormRule, removeFormRule } from './commands.ts'
import './messages.ts'
import { asksOf, FromFormsPage } from './page.tsx'
import { rulesOf } from './queries.ts'

const edit = allow('leadership.edit')

const RuleForm = NextStepForm.pick({ title: true, owner_id: true }).extend({
  when: z.string().min(1, 'form.required').max(100),
  due_days: z.coerce.number('form.required').int().min(1, 'form.required').max(365, 'form.required'),
})

/** Which next step follows from which answer to a form. */
export const fromFormsRoutes = room()
  .get('/forms/:form/next-steps', edit, (c) => rulesPage(c))
  .post('/forms/:form/next-steps', edit, async (c) => {
    const { form, questions } = await formOf(c)
    const { typed, errors, value } = await readForm(c, RuleForm)
    if (!value) return rulesPage(c, typed, errors)
    const { when, ...step } = value
    const asked = asksOf(questions).find((each) => each.value === when)
    if (!asked && when !== 'any') return rulesPage(c, typed, { when: 'form.required' })
    const asking = { question: asked?.question.key ?? null, answer: asked?.answer ?? null }
    await addFormRule(c.var.db, actorOf(c), form.form_id, { ...step, ...asking }, now(c))
    return c.redirect(`/forms/${form.form_id}/next-steps?said=added`, 303)
  })
  .post('/forms/:form/next-steps/:rule/remove', edit, async (c) => {
    const { form } = await formOf(c)
    await removeFormRule(c.var.db, actorOf(c), form.form_id, idParam(c, 'rule'), now(c))
    return c.redirect(`/forms/${form.form_id}/next-steps?said=removed`, 303)
  })

async function formOf(c: Ctx) {
  const { organization_id } = actorOf(c)
  const form = found(await formById(c.var.db, organization_id, idParam(c, 'form')))
  const version = found(await formVersion(c.var.db, organization_id, form.form_id))
  return { form, questions: questionsOf(version.content) }
}

async function rulesPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}): Promise<Response> {
  const { db, t } = c.var
  const actor = actorOf(c)
  const { form, questions } = await formOf(c)
  const [rules, members] = await Promise.all([
    rulesOf(db, actor.organization_id, form.form_id),
    presentMembers(db, actor.organization_id),
  ])
  const said = c.req.query('said')
  return page(
    c,
    <FromFormsPage
      {...{ t, form, questions, rules, members, typed, errors }}
      me={actor.id}
      said={said === 'added' || said === 'removed' ? said : null}
    />,
    { title: t('from_forms.title'), status: Object.keys(errors).length > 0 ? 422 : 200 },
  )
}

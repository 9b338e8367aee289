import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { languagesOf, now } from '../../../platform/http/of-request.ts'
import { countingOf } from '../counting/queries.ts'
import { mailingOf } from '../of-request.ts'
import { list } from '../pages.tsx'
import { MailContent, type MailText } from '../writing/schema.ts'
import { chooseSubject, trySubjects } from './commands.ts'
import './messages.ts'
import { TrySubjectsPage } from './pages.tsx'
import { subjectTestOf } from './queries.ts'
import { isCounted } from './rules.ts'
import { others_most, SubjectTestForm, WinnerForm } from './schema.ts'

const edit = allow('mailings.edit')
const one = `${list}/:mailing/subjects`

/** Which subjects are tried, and which one the rest gets. */
export const subjectRoutes = room()
  .get(one, edit, (c) => tryPage(c))
  .post(one, edit, async (c) => {
    const mailing = await mailingOf(c)
    const { typed, errors, value } = await readForm(c, SubjectTestForm)
    const { subject } = MailContent.parse(mailing.content)
    const written = languagesOf(c).filter((language) => subject[language]?.trim())
    const subjects: MailText[] = []
    const incomplete: FieldErrors = {}
    for (let at = 1; at <= others_most; at += 1) {
      const said = written.map((language) => [language, (typed[`subject.${at}.${language}`] ?? '').trim().slice(0, 200)] as const) // prettier-ignore
      if (said.every(([, text]) => text === '')) continue
      if (said.some(([, text]) => text === '')) incomplete[`subject.${at}`] = 'subjects.incomplete'
      subjects.push(Object.fromEntries(said))
    }
    const isTold = !value || isCounted(value.rule, await countingOf(c.var.db, mailing.organization_id))
    if (!isTold) incomplete.rule = 'subjects.not_counted'
    if (!value || Object.keys(incomplete).length > 0) return tryPage(c, typed, { ...errors, ...incomplete })
    await trySubjects(c.var.db, actorOf(c), mailing.mailing_id, { ...value, subjects })
    return c.redirect(`${list}/${mailing.mailing_id}`, 303)
  })
  .post(`${one}/choose`, edit, async (c) => {
    const { mailing_id } = await mailingOf(c)
    const { value } = await readForm(c, WinnerForm)
    if (value) await chooseSubject(c.var.db, actorOf(c), mailing_id, value.winner, now(c))
    return c.redirect(`${list}/${mailing_id}/report#subjects`, 303)
  })

async function tryPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) {
  const mailing = await mailingOf(c)
  if (mailing.listed_at || mailing.state !== 'draft')
    return c.redirect(`${list}/${mailing.mailing_id}/report#subjects`, 303)
  const test = await subjectTestOf(c.var.db, mailing)
  const counting = await countingOf(c.var.db, mailing.organization_id)
  return page(
    c,
    <TrySubjectsPage t={c.var.t} {...{ mailing, test, typed, errors, counting }} languages={languagesOf(c)} />,
    { title: c.var.t('subjects.title'), status: Object.keys(errors).length > 0 ? 422 : 200 },
  ) // prettier-ignore
}

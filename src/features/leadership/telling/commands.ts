import type { Db } from '../../../platform/db/db.ts'
import { isLanguage, localized, type Language } from '../../../platform/i18n/languages.ts'
import { translator, type Translate } from '../../../platform/i18n/messages.ts'
import { addJob } from '../../../platform/jobs/jobs.ts'
import { greetable, nameIn } from '../../events/mails.ts'
import { organizationById } from '../../events/queries.ts'
import type { MailAsked } from '../../people/mail.ts'
import { mailboxesOf, personById } from '../../people/queries.ts'
import type { ContactPurpose } from '../../people/schema.ts'
import { newsMail } from './later.ts'
import './messages.ts'

/** 'mailed': a mail is on its way to them. 'self': they have no mailbox we may write to, so whoever decided tells them. */
export type ToldHow = 'mailed' | 'self'
/** 'not_by_us': such a decision is told by people. */
export const toldHows = ['mailed', 'self', 'not_by_us'] as const

/** Tells somebody what was decided about them, in their language, where they may be written to; part of the decision's transaction. */
export async function tell(
  tx: Db,
  organization_id: string,
  person_id: string,
  purpose: ContactPurpose,
  words: (t: Translate) => { subject: string; text: string },
): Promise<ToldHow> {
  const to = (await mailboxesOf(tx, organization_id, [person_id], purpose)).get(person_id)
  const person = await personById(tx, organization_id, person_id)
  if (!to || !person) return 'self'
  const wished = person.language ?? undefined
  const language: Language = isLanguage(wished) ? wished : 'en'
  const t = translator(language)
  const { name, languages } = await organizationById(tx, organization_id)
  const from = localized(name, language, languages).text
  const called = greetable(nameIn(person, language))
  const { subject, text } = words(t)
  const mail: MailAsked = {
    of: { organization_id, whom: { person_id } },
    to,
    language,
    subject,
    text: [called ? t('telling.hello', { name: called }) : t('telling.hello_all'), text, t('telling.answer'), from].join('\n\n'), // prettier-ignore
  }
  await addJob(tx, newsMail, mail)
  return 'mailed'
}

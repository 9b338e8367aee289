import { dateIn } from '../../../platform/clock.ts'
import type { Installation } from '../../../platform/http/room.ts'
import { formatDate } from '../../../platform/i18n/formats.ts'
import { localized, type Language } from '../../../platform/i18n/languages.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import type { Mail } from '../../../platform/mail/mailer.ts'
import { contestName } from '../../elections/contests/pages/words.tsx'
import { candidate as candidateById, contest as contestById } from '../../elections/contests/queries.ts'
import { zoneText } from '../../events/when.ts'
import { organizationSettings } from '../../organizations/queries.ts'
import { answersPath, interviewPath } from '../answers/links.ts'
import { candidateName } from '../answers/names.ts'
import { invitationById, submissionsOf, type Invitation } from '../answers/queries.ts'
import { isTaken, takingOn } from '../answers/rules.ts'
import { cycleById } from '../cycles/queries.ts'
import { bookDaysOf, slotsOf } from '../interviews/queries.ts'
import { bookingOn } from '../interviews/rules.ts'
import './messages.ts'
import type { CampaignMail } from './queries.ts'

type Here = Pick<Installation, 'database' | 'url' | 'secret' | 'clock'>

/** A mail as things stand now; null: it went out, or what it would say is no longer so. */
export async function mailOf(here: Here, asked: CampaignMail): Promise<Mail | null> {
  const { organization_id, invitation_id, link_number, sent_to, answers_by_on } = asked
  const db = here.database.of(organization_id)
  const invitation = await invitationById(db, organization_id, invitation_id)
  if (asked.handed_at || !invitation || invitation.revoked_at || invitation.email !== sent_to) return null
  const isReminder = link_number === null
  if (!isReminder && link_number !== invitation.number) return null
  const isDone = (await submissionsOf(db, organization_id, [invitation_id])).length > 0
  const rules = (await cycleById(db, organization_id, invitation.cycle_id))?.rules
  if (isReminder && (isDone || answers_by_on !== rules?.answers_by_on)) return null
  const written = await invitationText(here, invitation, { isReminder, language: invitation.language ?? 'en' })
  if (!written) return null
  const { subject, text, language } = written
  return { to: sent_to, subject, text, language }
}

interface Worded {
  isReminder: boolean
  language: Language
}

/** What a campaign is told with its link, by mail or on paper; null: no answers are taken any more. */
export async function invitationText({ database, url, secret, clock }: Here, invitation: Invitation, { isReminder, language }: Worded) {
  const { organization_id, cycle_id, candidate_id, contest_id } = invitation
  const db = database.of(organization_id)
  const [cycle, candidate, contest, settings] = await Promise.all([
    cycleById(db, organization_id, cycle_id),
    candidateById(db, candidate_id),
    contestById(db, contest_id),
    organizationSettings(db, organization_id),
  ])
  if (!cycle?.rules || !candidate || !contest) return null
  const { rules } = cycle
  const { time_zone, slug } = settings
  if (!isTaken(takingOn(rules, dateIn(time_zone, clock.now()), candidate))) return null

  // Whoever has a time already was told of it.
  const book_until_on = (await bookDaysOf(db, organization_id, cycle_id)).get(contest_id) ?? null
  const hasTime = (await slotsOf(db, organization_id, cycle_id)).some((each) => each.invitation_id === invitation.invitation_id)
  const isInterviewed = !hasTime && bookingOn(book_until_on, dateIn(time_zone, clock.now())) === 'open'

  const t = translator(language)
  const organization = localized(settings.name, t.language).text
  const name = candidateName(t, candidate)
  const date = formatDate(t.language, rules.answers_by_on)
  const zone = zoneText(t.language, time_zone, new Date(`${rules.answers_by_on}T12:00:00Z`))
  const lang = `?lang=${t.language}`
  const link = `${url}${answersPath(secret, slug, invitation)}${lang}`
  return {
    link,
    language: t.language,
    subject: t(isReminder ? 'endorsements.mail.subject_reminder' : 'endorsements.mail.subject', { organization, name, date }),
    text: [
      t('endorsements.mail.hello', { name }),
      t(isReminder ? 'endorsements.mail.reminder' : 'endorsements.mail.invitation', { organization, contest: contestName(t, contest) }),
      `${t('endorsements.answer_until', { date, zone })}\n${link}`,
      t('endorsements.mail.how'),
      ...(isInterviewed ? [`${t('endorsements.mail.interview', { date: formatDate(t.language, book_until_on ?? '') })}\n${url}${interviewPath(secret, slug, invitation)}${lang}`] : []),
      `${t('endorsements.rules_link')}:\n${url}/c/${slug}/${cycle_id}${lang}`,
      organization,
    ].join('\n\n'),
  }
} // prettier-ignore

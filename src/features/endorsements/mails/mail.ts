import { dateIn } from '../../../platform/clock.ts'
import type { Installation } from '../../../platform/http/room.ts'
import { formatDate } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import type { Mail } from '../../../platform/mail/mailer.ts'
import { contestName } from '../../elections/contests/pages/words.tsx'
import { candidate as candidateById, contest as contestById } from '../../elections/contests/queries.ts'
import { zoneText } from '../../events/when.ts'
import { organizationSettings } from '../../organizations/queries.ts'
import { answersPath, interviewPath } from '../answers/links.ts'
import { candidateName } from '../answers/names.ts'
import { invitationById, submissionsOf } from '../answers/queries.ts'
import { isTaken, takingOn } from '../answers/rules.ts'
import { cycleById } from '../cycles/queries.ts'
import { bookDaysOf, slotsOf } from '../interviews/queries.ts'
import { bookingOn } from '../interviews/rules.ts'
import './messages.ts'
import type { CampaignMail } from './queries.ts'

/** A mail as things stand now; null: it went out, or what it would say is no longer so. */
export async function mailOf(
  { database, url, secret, clock }: Pick<Installation, 'database' | 'url' | 'secret' | 'clock'>,
  asked: CampaignMail,
): Promise<Mail | null> {
  const { organization_id } = asked
  const db = database.of(organization_id)
  const invitation = await invitationById(db, organization_id, asked.invitation_id)
  if (asked.handed_at || !invitation || invitation.revoked_at || invitation.email !== asked.sent_to) return null
  const isReminder = asked.link_number === null
  if (!isReminder && asked.link_number !== invitation.number) return null
  const [cycle, candidate, contest, settings] = await Promise.all([
    cycleById(db, organization_id, invitation.cycle_id),
    candidateById(db, invitation.candidate_id),
    contestById(db, invitation.contest_id),
    organizationSettings(db, organization_id),
  ])
  if (!cycle?.rules || !candidate || !contest) return null
  const { rules } = cycle
  const { time_zone, slug } = settings
  if (!isTaken(takingOn(rules, dateIn(time_zone, clock.now()), candidate))) return null
  const isDone = (await submissionsOf(db, organization_id, [invitation.invitation_id])).length > 0
  if (isReminder && (isDone || asked.answers_by_on !== rules.answers_by_on)) return null

  // Whoever has a time already was told of it.
  const book_until_on = (await bookDaysOf(db, organization_id, invitation.cycle_id)).get(invitation.contest_id) ?? null
  const hasTime = (await slotsOf(db, organization_id, invitation.cycle_id)).some((each) => each.invitation_id === invitation.invitation_id) // prettier-ignore
  const isInterviewed = !hasTime && bookingOn(book_until_on, dateIn(time_zone, clock.now())) === 'open'

  const t = translator(invitation.language ?? 'en')
  const organization = localized(settings.name, t.language).text
  const name = candidateName(t, candidate)
  const date = formatDate(t.language, rules.answers_by_on)
  const zone = zoneText(t.language, time_zone, new Date(`${rules.answers_by_on}T12:00:00Z`))
  const lang = `?lang=${t.language}`
  return {
    to: asked.sent_to,
    language: t.language,
    subject: t(isReminder ? 'endorsements.mail.subject_reminder' : 'endorsements.mail.subject', { organization, name, date }), // prettier-ignore
    text: [
      t('endorsements.mail.hello', { name }),
      t(isReminder ? 'endorsements.mail.reminder' : 'endorsements.mail.invitation', { organization, contest: contestName(t, contest) }), // prettier-ignore
      `${t('endorsements.answer_until', { date, zone })}\n${url}${answersPath(secret, slug, invitation)}${lang}`,
      t('endorsements.mail.how'),
      ...(isInterviewed ? [`${t('endorsements.mail.interview', { date: formatDate(t.language, book_until_on ?? '') })}\n${url}${interviewPath(secret, slug, invitation)}${lang}`] : []), // prettier-ignore
      `${t('endorsements.rules_link')}:\n${url}/c/${slug}/${cycle.cycle_id}${lang}`,
      organization,
    ].join('\n\n'),
  }
}

import type { z } from 'zod'
import type { Installation } from '../../../platform/http/room.ts'
import { formatDate } from '../../../platform/i18n/formats.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { icalText } from '../../../platform/ical.ts'
import type { Mail } from '../../../platform/mail/mailer.ts'
import { contestName } from '../../elections/contests/pages/words.tsx'
import { candidate as candidateById, contest as contestById } from '../../elections/contests/queries.ts'
import { addressIn } from '../../events/mails.ts'
import { organizationSettings } from '../../organizations/queries.ts'
import { interviewPath } from '../answers/links.ts'
import { candidateName } from '../answers/names.ts'
import { invitationById } from '../answers/queries.ts'
import type { interviewMail } from './later.ts'
import './messages.ts'
import { bookDaysOf, slotsOf } from './queries.ts'
import { whenOf, whereOf } from './words.ts'

/** A mail as things stand now; null: there is no mailbox, or what it would say is no longer so. */
export async function interviewMailOf(
  { database, url, secret, clock, config }: Installation,
  { organization_id, invitation_id, slot_id, kind }: z.infer<(typeof interviewMail)['payload']>,
): Promise<Mail | null> {
  const db = database.of(organization_id)
  const invitation = await invitationById(db, organization_id, invitation_id)
  if (!invitation?.email || invitation.revoked_at) return null
  const { cycle_id, contest_id, candidate_id, email } = invitation
  const slots = await slotsOf(db, organization_id, cycle_id)
  const slot = slots.find((each) => each.slot_id === slot_id)
  const isTheirs = slot?.invitation_id === invitation_id
  const hasAnother = slots.some((each) => each.invitation_id === invitation_id && each.slot_id !== slot_id)
  if (!slot || isTheirs !== (kind === 'taken') || hasAnother) return null
  const [candidate, contest, { name: named, slug, time_zone }, days] = await Promise.all([
    candidateById(db, candidate_id),
    contestById(db, contest_id),
    organizationSettings(db, organization_id),
    bookDaysOf(db, organization_id, cycle_id),
  ])
  if (!candidate || !contest) return null

  const t = translator(invitation.language ?? 'en')
  const organization = localized(named, t.language).text
  const name = candidateName(t, candidate)
  const when = whenOf(t, slot, time_zone)
  const where = whereOf(slot)
  const link = `${url}${interviewPath(secret, slug, invitation)}?lang=${t.language}`
  const until = days.get(contest_id)
  const needs = [slot.access_needs && t('interviews.need.access', { text: slot.access_needs }), slot.interpreter && t('interviews.need.interpreter', { text: slot.interpreter })] // prettier-ignore
  const method = kind === 'taken' ? 'REQUEST' : 'CANCEL'
  const subject = t(`interviews.mail.subject_${kind}`, { organization, name })
  return {
    to: email,
    language: t.language,
    subject,
    text: [
      t('endorsements.mail.hello', { name }),
      kind === 'taken'
        ? [t('interviews.mail.taken', { organization, contest: contestName(t, contest) }), when, where, ...needs].filter(Boolean).join('\n') // prettier-ignore
        : t('interviews.mail.given_back', { when }),
      kind === 'taken' ? t('interviews.mail.equal') : '',
      `${until && kind === 'taken' ? t('interviews.mail.change', { date: formatDate(t.language, until) }) : t('interviews.mail.another')}\n${link}`,
      organization,
    ]
      .filter(Boolean)
      .join('\n\n'),
    calendars: [
      {
        method,
        text: icalText({
          name: organization,
          entries: [
            {
              uid: `${invitation_id}@hanpyo.${slug}`,
              // Seconds only grow, also where a time is given back and taken again.
              sequence: Math.floor(clock.now().getTime() / 1000),
              changed_at: clock.now(),
              title: t('interviews.mail.entry', { organization }),
              text: '',
              place: where,
              url: link,
              is_canceled: kind === 'given_back',
              starts_at: slot.starts_at,
              ends_at: new Date(slot.starts_at.getTime() + slot.minutes * 60_000),
              time_zone,
            },
          ],
          invitation: {
            method,
            organizer: { name: organization, email: addressIn(config.mail_from) },
            attendee: { name, email, has_accepted: kind === 'taken' },
          },
        }),
      },
    ],
  }
}

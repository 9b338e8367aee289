import { dateIn } from '../../../platform/clock.ts'
import type { Installation } from '../../../platform/http/room.ts'
import { formatDate } from '../../../platform/i18n/formats.ts'
import { isLanguage, localized } from '../../../platform/i18n/languages.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import type { Mail } from '../../../platform/mail/mailer.ts'
import '../../endorsements/mails/messages.ts'
import { contestName } from '../../elections/contests/pages/words.tsx'
import { zoneText } from '../../events/when.ts'
import { organizationSettings } from '../../organizations/queries.ts'
import { contentOf, guideById } from '../queries.ts'
import { candidateName } from '../reading.tsx'
import { proofPath } from './links.ts'
import './messages.ts'
import { proofsOf, type ProofMail } from './queries.ts'
import { mayReply, partOf } from './rules.ts'

/** A mail as things stand now; null: what it would say is no longer so. */
export async function proofMailText(
  { database, url, secret, clock }: Pick<Installation, 'database' | 'url' | 'secret' | 'clock'>,
  asked: ProofMail,
): Promise<Mail | null> {
  const { organization_id, guide_id, candidate_id } = asked
  const db = database.of(organization_id)
  const guide = await guideById(db, organization_id, guide_id)
  const proof = (await proofsOf(db, asked)).find((each) => each.candidate_id === candidate_id)
  const { name: names, slug, time_zone } = await organizationSettings(db, organization_id)
  const today = dateIn(time_zone, clock.now())
  if (!guide?.reply_until_on || !mayReply(guide.reply_until_on, today)) return null
  if (!proof || proof.revoked_at || proof.number !== asked.number) return null
  const part = partOf(await contentOf(db, guide, { time_zone, today }), candidate_id)
  if (!part) return null
  const t = translator(isLanguage(asked.language) ? asked.language : 'en')
  const organization = localized(names, t.language).text
  const name = candidateName(t, part.candidate)
  const date = formatDate(t.language, guide.reply_until_on)
  const zone = zoneText(t.language, time_zone, new Date(`${guide.reply_until_on}T12:00:00Z`))
  return {
    to: asked.sent_to,
    language: t.language,
    subject: t('replies.mail.subject', { organization, name, date }),
    text: [
      t('endorsements.mail.hello', { name }),
      t('replies.mail.text', { organization, guide: localized(guide.title, t.language).text, contest: contestName(t, part.contest) }),
      `${t('replies.yours_until', { date, zone })}\n${url}${proofPath(secret, slug, proof)}?lang=${t.language}`,
      t('replies.mail.how'),
      organization,
    ].join('\n\n'),
  } // prettier-ignore
}

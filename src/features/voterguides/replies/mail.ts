import { dateIn } from '../../../platform/clock.ts'
import type { Installation } from '../../../platform/http/room.ts'
import { formatDate } from '../../../platform/i18n/formats.ts'
import { isLanguage, localized, type Language } from '../../../platform/i18n/languages.ts'
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
import { proofsOf, type Proof, type ProofMail } from './queries.ts'
import { mayReply, partOf } from './rules.ts'

type Here = Pick<Installation, 'database' | 'url' | 'secret' | 'clock'>

/** A mail as things stand now; null: what it would say is no longer so. */
export async function proofMailText(here: Here, asked: ProofMail): Promise<Mail | null> {
  const proof = (await proofsOf(here.database.of(asked.organization_id), asked)).find(({ candidate_id }) => candidate_id === asked.candidate_id) // prettier-ignore
  if (!proof || proof.number !== asked.number) return null
  const language = isLanguage(asked.language) ? asked.language : 'en'
  const written = await proofText(here, proof, language)
  return written && { to: asked.sent_to, language, subject: written.subject, text: written.text }
}

/** What a campaign is told with its link, by mail or on paper; null: no reply is taken, or the link opens nothing. */
export async function proofText({ database, url, secret, clock }: Here, proof: Proof, language: Language) {
  const { organization_id, guide_id, candidate_id } = proof
  const db = database.of(organization_id)
  const guide = await guideById(db, organization_id, guide_id)
  const { name: names, slug, time_zone } = await organizationSettings(db, organization_id)
  const today = dateIn(time_zone, clock.now())
  if (!guide?.reply_until_on || !mayReply(guide.reply_until_on, today) || proof.revoked_at) return null
  const part = partOf(await contentOf(db, guide, { time_zone, today }), candidate_id)
  if (!part) return null
  const t = translator(language)
  const organization = localized(names, language).text
  const name = candidateName(t, part.candidate)
  const date = formatDate(language, guide.reply_until_on)
  const zone = zoneText(language, time_zone, new Date(`${guide.reply_until_on}T12:00:00Z`))
  const link = `${url}${proofPath(secret, slug, proof)}?lang=${language}`
  return {
    link,
    subject: t('replies.mail.subject', { organization, name, date }),
    text: [
      t('endorsements.mail.hello', { name }),
      t('replies.mail.text', { organization, guide: localized(guide.title, language).text, contest: contestName(t, part.contest) }),
      `${t('replies.yours_until', { date, zone })}\n${link}`,
      t('replies.mail.how'),
      organization,
    ].join('\n\n'),
  } // prettier-ignore
}

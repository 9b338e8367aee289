import type { Installation } from '../../../platform/http/room.ts'
import { isPublicLanguage, localized, type PublicLanguage } from '../../../platform/i18n/languages.ts'
import type { Mail } from '../../../platform/mail/mailer.ts'
import type { MailOf } from '../../people/mail.ts'
import { proposalPath } from '../links.ts'
import { greetable, nameIn } from '../mails.ts'
import { eventById, organizationById } from '../queries.ts'
import { spanText } from '../when.ts'
import type { HostMailKind } from './later.ts'
import { proposalById } from './queries.ts'
import { hostingWords } from './words.ts'

/** As things stand now; null: what it would say is no longer so. */
export async function hostMailOf(
  { database, secret, url }: Pick<Installation, 'database' | 'secret' | 'url'>,
  asked: { organization_id: string; proposal_id: string; kind: HostMailKind },
): Promise<(Mail & { of?: MailOf }) | null> {
  const { organization_id, proposal_id, kind } = asked
  const db = database.of(organization_id)
  const [proposal, organization] = await Promise.all([
    proposalById(db, organization_id, proposal_id),
    organizationById(db, organization_id),
  ])
  if (!proposal || !isStillSo[kind].includes(proposal.state)) return null
  const { said, sent, mail_to, person_id, event_id, reason } = proposal
  const language: PublicLanguage = isPublicLanguage(proposal.language) ? proposal.language : 'en'
  const w = hostingWords(language)
  const event = event_id && kind === 'approved' ? await eventById(db, organization_id, event_id) : null
  const title = event ? localized(event.content.title, language, organization.languages).text : sent.title
  const name = greetable(nameIn(said, language))
  const link = url + proposalPath(secret, organization.slug, proposal_id)
  return {
    ...(person_id && { of: { organization_id, whom: { person_id } } }),
    to: mail_to,
    language,
    // What a stranger typed goes out under our name to whatever mailbox they typed beside it: not as a headline.
    subject: kind === 'received' ? w('subject.received') : `${w(`subject.${kind}`)}: ${title}`,
    text: [
      name ? w('mail.hello', { name }) : w('mail.hello_all'),
      w(kind === 'received' ? 'state.waiting' : kind === 'approved' ? 'state.approved' : 'state.declined'),
      reason,
      event ? [title, spanText(language, event.time_zone, event)].join('\n') : '',
      event ? `${w('mail.share')}\n${url}/e/${organization.slug}/${event.code}?lang=${language}` : '',
      event && proposal.invitation_id ? w('mail.invited') : '',
      event ? `${w('to_hosting')}:\n${url}/hosting` : '',
      `${w(kind === 'received' ? 'mail.see' : 'yours')}\n${link}`,
      localized(organization.name, language, organization.languages).text,
    ]
      .filter(Boolean)
      .join('\n\n'),
  }
}

const isStillSo: Record<HostMailKind, readonly string[]> = {
  received: ['waiting'],
  approved: ['approved'],
  declined: ['declined'],
}

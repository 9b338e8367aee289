import { localized, type Language } from '../../platform/i18n/languages.ts'
import { translator } from '../../platform/i18n/messages.ts'
import type { Mail } from '../../platform/mail/mailer.ts'
import './messages.ts'

interface InvitationText {
  organization: Record<string, string>
  /** Who invites. */
  from: string
  note: string | null
  url: string
  days: number
}

/** The mail with an invitation's link. */
export function invitationMail(language: Language, to: string, given: InvitationText): Mail {
  const t = translator(language)
  const organization = localized(given.organization, language).text
  const { from, url, days } = given
  return {
    to,
    language,
    subject: t('invitation.mail.subject', { organization }),
    text: [t('invitation.mail.greeting', { organization, from }), given.note, t('invitation.mail.link', { url, days })]
      .filter((part) => part)
      .join('\n\n'),
  }
}

import { formatDate } from '../../../platform/i18n/formats.ts'
import { isLanguage, localized, type LocalizedText } from '../../../platform/i18n/languages.ts'
import { translator, type Translate } from '../../../platform/i18n/messages.ts'
import './messages.ts'

export interface MembershipMail {
  to: string
  subject: string
  text: string
  language: string
}

interface About {
  to: string
  /** Of the member; what we do not write in becomes English. */
  language: string | null
  name: string
  organization: LocalizedText
  kind: LocalizedText
}

/** A mail in the member's language: greeting, what is to be said, how to pay, and who writes. */
function mailOf(
  { to, language: wished, name, organization, kind }: About,
  words: (t: Translate, organization: string, kind: string) => { subject: string; lines: string[] },
  how_to_pay: LocalizedText = {},
): MembershipMail {
  const language = isLanguage(wished ?? undefined) ? (wished as 'en' | 'ko') : 'en'
  const t = translator(language)
  const from = localized(organization, language).text
  const { subject, lines } = words(t, from, localized(kind, language).text)
  const text = [
    t('membership.mail.dear', { name }),
    ...lines,
    localized(how_to_pay, language).text,
    t('membership.mail.from', { organization: from }),
  ]
  return { to, subject, text: text.filter(Boolean).join('\n\n'), language }
}

export const receivedMail = (about: About): MembershipMail =>
  mailOf(about, (t, organization, kind) => ({
    subject: t('membership.mail.received_subject', { organization }),
    lines: [t('membership.mail.received', { organization, kind })],
  }))

/** `owes`: dues are still to be paid. */
export const welcomeMail = (about: About, owes: boolean, how_to_pay: LocalizedText): MembershipMail =>
  mailOf(
    about,
    (t, organization, kind) => ({
      subject: t('membership.mail.welcome_subject', { organization }),
      lines: [t('membership.mail.welcome', { organization, kind }), owes ? t('membership.mail.owes') : ''],
    }),
    owes ? how_to_pay : {},
  )

export const declinedMail = (about: About, reason: string): MembershipMail =>
  mailOf(about, (t, organization) => ({
    subject: t('membership.mail.declined_subject', { organization }),
    lines: [t('membership.mail.declined', { organization }), reason],
  }))

export const reminderMail = (
  about: About,
  when: 'before' | 'end' | 'grace',
  { paid_until, grace_until }: { paid_until: string; grace_until: string },
  how_to_pay: LocalizedText,
): MembershipMail =>
  mailOf(
    about,
    (t, organization, kind) => ({
      subject: t(`membership.mail.${when}_subject`, { organization }),
      lines: [
        t(`membership.mail.${when}`, {
          organization,
          kind,
          date: formatDate(t.language, paid_until),
          last: formatDate(t.language, grace_until),
        }),
      ],
    }),
    how_to_pay,
  )

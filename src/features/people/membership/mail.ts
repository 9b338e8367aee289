import { formatDate, formatMoney } from '../../../platform/i18n/formats.ts'
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

/** Addresses of the member's own pages, where a mail may name them. */
export interface OwnPages {
  card: string | null
  pay: string | null
}

/** `owes_cents`: the dues that are still to be paid; 0: none. */
export const welcomeMail = (
  about: About,
  owes_cents: number,
  own: OwnPages,
  how_to_pay: LocalizedText,
): MembershipMail =>
  mailOf(
    about,
    (t, organization, kind) => ({
      subject: t('membership.mail.welcome_subject', { organization }),
      lines: [
        t('membership.mail.welcome', { organization, kind }),
        owes_cents > 0
          ? t('membership.mail.owes', { amount: formatMoney(owes_cents) })
          : own.card
            ? t('membership.mail.card', { address: own.card })
            : '',
        owes_cents > 0 && own.pay ? t('membership.mail.pay', { address: own.pay }) : '',
      ],
    }),
    owes_cents > 0 ? how_to_pay : {},
  )

/** Dues are here; the receipt comes with it. */
export const paidMail = (
  about: About,
  { amount, receipt, paid_until }: { amount: string; receipt: string; paid_until: string | null },
  own: OwnPages,
): MembershipMail =>
  mailOf(about, (t, organization, kind) => ({
    subject: t('membership.mail.paid_subject', { organization }),
    lines: [
      t('membership.mail.paid', { organization, kind, amount, receipt }),
      paid_until ? t('membership.mail.paid_until', { date: formatDate(t.language, paid_until) }) : '',
      own.card ? t('membership.mail.card', { address: own.card }) : '',
    ],
  }))

export const declinedMail = (about: About, reason: string): MembershipMail =>
  mailOf(about, (t, organization) => ({
    subject: t('membership.mail.declined_subject', { organization }),
    lines: [t('membership.mail.declined', { organization }), reason],
  }))

export const reminderMail = (
  about: About,
  when: 'before' | 'end' | 'grace',
  { paid_until, grace_until }: { paid_until: string; grace_until: string },
  pay: string | null,
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
        pay ? t('membership.mail.pay', { address: pay }) : '',
      ],
    }),
    how_to_pay,
  )

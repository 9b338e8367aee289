import type { Mail } from '../../platform/mail/mailer.ts'
import { translator } from '../../platform/i18n/messages.ts'
import type { Language } from '../../platform/i18n/languages.ts'
import './messages.ts'

/** The mail with a sign-in link. */
export function linkMail(language: Language, to: string, url: string): Mail {
  const t = translator(language)
  return { to, language, subject: t('mail.link.subject'), text: t('mail.link.text', { url }) }
}

/** The mail with a link to set a new password. */
export function passwordMail(language: Language, to: string, url: string): Mail {
  const t = translator(language)
  return { to, language, subject: t('mail.password.subject'), text: t('mail.password.text', { url }) }
}

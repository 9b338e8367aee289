import { parsePhoneNumberFromString } from 'libphonenumber-js'

/** E.164, or null where it cannot be a telephone number. Numbers without a country are American. */
export function e164(text: string): string | null {
  const digits = text.replace(/\D/g, '')
  const national = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits
  // Area code and exchange begin with 2-9 (NANP); x11 are services, 555-01xx is for fiction and therefore for our demo.
  if (national.length === 10 && !text.trim().startsWith('+')) {
    // 999-999-9999 and its like fill a form that must not be empty.
    return /^(?!(\d)\1{9})[2-9](?!11)\d\d[2-9](?!11)\d{6}$/.test(national) ? `+1${national}` : null
  }
  const parsed = parsePhoneNumberFromString(text, 'US')
  return parsed?.isValid() ? parsed.number : null
}

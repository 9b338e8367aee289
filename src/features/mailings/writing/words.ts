import { isPublicLanguage, type PublicLanguage } from '../../../platform/i18n/languages.ts'

/* What stands around an organization's own texts in a mail, in the languages of public pages. */

const words = {
  reason: {
    en: 'You get this e-mail because you asked for news from {{organization}} or are one of its members.',
    ko: '{{organization}} 소식을 신청하셨거나 회원이셔서 이 이메일을 보내 드립니다.',
    zh: '您收到此電子郵件,因為您訂閱了 {{organization}} 的消息或是其會員。',
    es: 'Recibe este correo porque pidió noticias de {{organization}} o es uno de sus miembros.',
  },
  unsubscribe: { en: 'Unsubscribe', ko: '수신 거부', zh: '取消訂閱', es: 'Cancelar la suscripción' },
  preferences: {
    en: 'Choose topics and language',
    ko: '받을 소식과 언어 고르기',
    zh: '選擇主題與語言',
    es: 'Elegir temas e idioma',
  },
  read_more: { en: 'Read more', ko: '자세히 보기', zh: '閱讀更多', es: 'Leer más' },
} as const satisfies Record<string, Record<PublicLanguage, string>>

export const mailWord = (language: string, word: keyof typeof words, organization = ''): string =>
  words[word][isPublicLanguage(language) ? language : 'en'].replaceAll('{{organization}}', () => organization)

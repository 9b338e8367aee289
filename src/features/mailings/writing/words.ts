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
  counts_clicks: {
    en: 'We see whether you press a link in this e-mail.',
    ko: '이 이메일의 링크를 누르셨는지 집계합니다.',
    zh: '我們會統計您是否點選此郵件中的連結。',
    es: 'Vemos si pulsa un enlace de este correo.',
  },
  counts_opens: {
    en: 'We see whether you open this e-mail, by a picture it loads.',
    ko: '이 이메일을 열어 보셨는지 작은 그림으로 집계합니다.',
    zh: '我們會透過載入的圖片統計您是否開啟此郵件。',
    es: 'Vemos si abre este correo, por una imagen que carga.',
  },
  browser: { en: 'Read in the browser', ko: '브라우저에서 보기', zh: '在瀏覽器中閱讀', es: 'Ver en el navegador' },
  read_more: { en: 'Read more', ko: '자세히 보기', zh: '閱讀更多', es: 'Leer más' },
} as const satisfies Record<string, Record<PublicLanguage, string>>

export const mailWord = (language: string, word: keyof typeof words, organization = ''): string =>
  words[word][isPublicLanguage(language) ? language : 'en'].replaceAll('{{organization}}', () => organization)

import { readerTexts } from '../../features/mailings/public-texts.ts'
import type { PublicLanguage } from '../../platform/i18n/languages.ts'
import type { Translate } from '../../platform/i18n/messages.ts'
import { publicTranslatorOf, type PublicTexts } from '../../platform/i18n/public.ts'
import { heldTexts } from './held-texts.ts'

/** Asking for what is held, and what is held itself, in Traditional Chinese and Spanish. */
export const askTexts: PublicTexts = {
  ...readerTexts,
  ...heldTexts,
  'privacy.title': { zh: '我們保存的您的資料', es: 'Qué datos suyos tenemos' },
  'privacy.mail.subject': {
    zh: '{{organization}} 保存的您的資料',
    es: 'Qué datos suyos tiene {{organization}}',
  },
  'privacy.mail.text': {
    zh: '您好:\n\n您詢問 {{organization}} 保存了您的哪些資料。以下連結會顯示這些資料,您可以更正或刪除。連結兩週內有效,請勿轉給他人。\n\n{{url}}',
    es: 'Hola:\n\nUsted preguntó qué datos suyos tiene {{organization}}. Este enlace los muestra y le permite corregirlos o borrarlos. Sirve durante dos semanas; no lo comparta.\n\n{{url}}',
  },
  'privacy.mail.shared': {
    zh: '您好:\n\n您詢問 {{organization}} 保存了您的哪些資料。此信箱由多人共用,因此不會以郵件顯示任何人的資料。請親自詢問 {{organization}} 的工作人員。',
    es: 'Hola:\n\nUsted preguntó qué datos suyos tiene {{organization}}. Varias personas comparten este buzón, así que no mostramos por correo los datos de ninguna. Pregunte en persona a alguien de {{organization}}.',
  },
  'privacy.mail.unproven': {
    zh: '您好:\n\n您詢問 {{organization}} 保存了您的哪些資料。我們只從表格得知此信箱,而任何人都可以在表格填寫任何姓名,因此不會以郵件顯示。請親自詢問 {{organization}} 的工作人員。如果不是您詢問的,請不必理會。',
    es: 'Hola:\n\nUsted preguntó qué datos suyos tiene {{organization}}. Solo conocemos este buzón por un formulario, donde cualquiera puede escribir cualquier nombre, así que no mostramos nada por correo. Pregunte en persona a alguien de {{organization}}. Si no fue usted quien preguntó, no tiene que hacer nada.',
  },
  'privacy.ask': { zh: '查詢我們保存的您的資料', es: 'Pregunte qué datos suyos tenemos' },
  'privacy.ask_lead': {
    zh: '請填寫您的電子郵件地址。如果 {{organization}} 以此地址保存了您的資料,並確知地址屬於您,幾分鐘內會寄出一個私人連結:您可查看全部資料,並更正或刪除。',
    es: 'Escriba su correo electrónico. Si {{organization}} tiene algo sobre usted con esa dirección y sabe que es suya, en unos minutos le llegará un enlace privado: lo muestra todo y le permite corregirlo o borrarlo.',
  },
  'privacy.ask_email': { zh: '電子郵件地址', es: 'Correo electrónico' },
  'privacy.ask_wrong': {
    zh: '請再檢查一次地址。例如:name@example.com',
    es: 'Revise la dirección, por favor. Por ejemplo: name@example.com',
  },
  'privacy.ask_send': { zh: '寄給我連結', es: 'Enviarme el enlace' },
  'privacy.ask_again': {
    zh: '請再看一遍,然後再按一次。尚未送出。',
    es: 'Revíselo y pulse otra vez. Todavía no se envió nada.',
  },
  'privacy.counts': { zh: '我們的電子郵件統計什麼', es: 'Qué cuentan nuestros correos' },
  'privacy.counts_none': {
    zh: '我們的電子郵件不統計您是否開啟,也不統計您點選了哪些連結。',
    es: 'Nuestros correos no cuentan si los abre ni qué enlaces pulsa.',
  },
  'mail_counting.never': {
    zh: '從不保存:網路位址、裝置、地點。取消訂閱的連結從不統計。刪除您的資料時,統計也一併刪除。',
    es: 'Nunca guardamos la dirección de red, el dispositivo ni el lugar. El enlace para cancelar no se cuenta nunca. Lo contado se borra junto con sus datos.',
  },
  'privacy.asked': { zh: '請查看您的信箱', es: 'Mire su buzón' },
  'privacy.asked_text': {
    zh: '如果我們知道該地址,郵件已寄出。沒有收到?請查看垃圾郵件匣,一小時後再試,或親自詢問我們。',
    es: 'Si conocemos esa dirección, ya le enviamos un correo. ¿No llega? Mire entre los no deseados, inténtelo en una hora o pregúntenos en persona.',
  },
}

export const askTranslator = (language: PublicLanguage): Translate & { reads: PublicLanguage } =>
  Object.assign(publicTranslatorOf(askTexts)(language), { reads: language })

import type { PublicLanguage } from '../../platform/i18n/languages.ts'
import { publicWordsOf } from '../../platform/i18n/public-words.ts'
import type { OwnProblem } from './rules.ts'

/*
 * What stands around an organization's own texts on a public page, in the four languages of such pages. Beside each
 * other, so that a word that is missing does not compile.
 */

const texts = {
  name_hint: {
    en: 'As on your voter registration, if you are registered.',
    ko: '유권자 등록을 하셨다면 등록하신 영문 이름으로 적어 주세요.',
    zh: '如已登記為選民,請填寫登記時的英文姓名。',
    es: 'Como figura en su inscripción de votante, si está inscrito.',
  },
  reach_either: {
    en: 'An e-mail address or a phone number; one is enough.',
    ko: '이메일이나 전화번호 가운데 하나만 적으셔도 됩니다.',
    zh: '電子郵件或電話,填一項即可。',
    es: 'Correo electrónico o teléfono; basta con uno.',
  },
  where: { en: 'Where you live', ko: '사시는 곳', zh: '居住地址', es: 'Dónde vive' },
  address: { en: 'Street address', ko: '주소(번지와 거리)', zh: '街道地址', es: 'Dirección' },
  city: { en: 'City', ko: '도시', zh: '城市', es: 'Ciudad' },
  zip5: { en: 'ZIP code', ko: '우편번호(ZIP)', zh: '郵遞區號', es: 'Código postal' },
  language: {
    en: 'In which language should we write or call?',
    ko: '어느 언어로 연락드릴까요?',
    zh: '您希望我們用哪種語言聯絡您?',
    es: '¿En qué idioma prefiere que le contactemos?',
  },
  no_choice: { en: 'No preference', ko: '상관없음', zh: '無所謂', es: 'Sin preferencia' },
  consent: {
    en: 'May we contact you?',
    ko: '연락드려도 될까요?',
    zh: '我們可以聯絡您嗎?',
    es: '¿Podemos contactarle?',
  },
  consent_hint: {
    en: 'Tick what you agree to. You can change your mind at any time.',
    ko: '동의하시는 것에만 표시해 주세요. 언제든지 그만 받으실 수 있습니다.',
    zh: '請勾選您同意的項目。您可隨時更改。',
    es: 'Marque lo que acepta. Puede cambiar de opinión cuando quiera.',
  },
  help: {
    en: 'Would you like to help, or do you need help?',
    ko: '함께하시거나 도움이 필요하신가요?',
    zh: '您願意幫忙,或需要協助嗎?',
    es: '¿Quiere ayudar o necesita ayuda?',
  },
  'help.volunteer': {
    en: 'I would like to volunteer',
    ko: '자원봉사를 하고 싶습니다',
    zh: '我想當義工',
    es: 'Quiero ser voluntario/a',
  },
  'help.yard_sign': {
    en: 'I would like a yard sign',
    ko: '마당이나 창문에 붙일 홍보판을 받고 싶습니다',
    zh: '我想要宣傳牌',
    es: 'Quiero un cartel para mi casa',
  },
  'help.ride': {
    en: 'I need a ride to the polls',
    ko: '투표소까지 라이드가 필요합니다',
    zh: '我需要接送到投票站',
    es: 'Necesito transporte al centro de votación',
  },
  'help.mail_ballot': {
    en: 'I need help voting by mail',
    ko: '우편투표 도움이 필요합니다',
    zh: '我需要郵寄投票的協助',
    es: 'Necesito ayuda para votar por correo',
  },
  agree: { en: 'I agree', ko: '동의합니다', zh: '我同意', es: 'Acepto' },
  'support.1': { en: 'Strong support', ko: '적극 지지', zh: '非常支持', es: 'Apoyo firme' },
  'support.2': { en: 'Leaning toward', ko: '지지하는 편', zh: '比較支持', es: 'Más bien a favor' },
  'support.3': { en: 'Undecided', ko: '미정', zh: '尚未決定', es: 'Indeciso/a' },
  'support.4': { en: 'Leaning against', ko: '지지하지 않는 편', zh: '比較不支持', es: 'Más bien en contra' },
  'support.5': { en: 'Against', ko: '지지 안 함', zh: '不支持', es: 'En contra' },
  only_if_line: {
    en: 'Only if {{parts}}:',
    ko: '{{parts}} 때만 답해 주세요.',
    zh: '僅在{{parts}}時填寫:',
    es: 'Solo si {{parts}}:',
  },
  only_if_part: {
    en: 'you answered {{answers}} to “{{question}}”',
    ko: '“{{question}}”에 {{answers}}라고 답하셨을',
    zh: '您在「{{question}}」選了{{answers}}',
    es: 'respondió {{answers}} a «{{question}}»',
  },
  only_if_or: { en: ' or ', ko: ' 또는 ', zh: '或', es: ' o ' },
  only_if_and: { en: ' and ', ko: ' 때, 그리고 ', zh: ',且', es: ' y ' },
  draft_kept: {
    en: 'What you wrote here before was kept on this device and is filled in below. Consent is not: please tick it again.',
    ko: '전에 쓰시던 내용이 이 기기에 남아 있어 아래에 다시 채웠습니다. 수신 동의는 채우지 않으니 다시 표시해 주세요.',
    zh: '您先前在此裝置上填寫的內容已填入下方。同意項目不會保留,請重新勾選。',
    es: 'Lo que escribió antes se guardó en este dispositivo y está abajo. El consentimiento no: márquelo de nuevo.',
  },
  draft_away: {
    en: 'Start over and forget it',
    ko: '지우고 새로 쓰기',
    zh: '清除並重新填寫',
    es: 'Borrarlo y empezar de nuevo',
  },
  file_hint: {
    en: 'A picture (JPEG, PNG, WebP) or a PDF, at most {{most}} MB.',
    ko: '그림(JPEG, PNG, WebP)이나 PDF, {{most}}MB까지.',
    zh: '圖片(JPEG、PNG、WebP)或 PDF,最大 {{most}} MB。',
    es: 'Una imagen (JPEG, PNG, WebP) o un PDF, de {{most}} MB como máximo.',
  },
  file_again: {
    en: 'If you had chosen a file, please choose it again: browsers forget it.',
    ko: '파일을 고르셨다면 다시 골라 주세요. 브라우저가 기억하지 못합니다.',
    zh: '如果您選過檔案,請重新選擇:瀏覽器不會保留。',
    es: 'Si había elegido un archivo, elíjalo otra vez: el navegador no lo recuerda.',
  },
  work_wait: {
    en: 'Very much is being sent just now, and we make sure that no machine is behind it. What you wrote is still here: please wait one minute, then press the button again.',
    ko: '지금 아주 많이 들어오고 있어, 자동 프로그램이 보낸 것은 아닌지 확인하고 있습니다. 쓰신 내용은 그대로 있으니 1분 기다렸다가 단추를 다시 눌러 주세요.',
    zh: '目前送出的數量很多,我們需要確認並非程式所為。您填寫的內容仍在:請等一分鐘,再按一次按鈕。',
    es: 'Ahora mismo se está enviando mucho y comprobamos que no lo hace una máquina. Lo que escribió sigue aquí: espere un minuto y pulse el botón otra vez.',
  },
  working: {
    en: 'Very much is being sent just now. Your device is doing a short calculation, to show that no machine sends this in masses; then it is sent by itself.',
    ko: '지금 아주 많이 들어오고 있습니다. 자동으로 대량 발송하는 것이 아님을 보이려고 이 기기가 잠깐 계산하고 있습니다. 끝나면 저절로 보내집니다.',
    zh: '目前送出的數量很多。您的裝置正在做一個簡短的計算,以證明這不是程式大量送出的;完成後會自動送出。',
    es: 'Ahora mismo se está enviando mucho. Su dispositivo hace un cálculo breve para mostrar que no es un envío masivo; después se envía solo.',
  },
  work_done: {
    en: 'Done. Please press the button again.',
    ko: '끝났습니다. 단추를 다시 눌러 주세요.',
    zh: '完成。請再按一次按鈕。',
    es: 'Listo. Pulse el botón otra vez.',
  },
  send: { en: 'Send', ko: '보내기', zh: '送出', es: 'Enviar' },
  sign: { en: 'Sign the petition', ko: '서명하기', zh: '簽署', es: 'Firmar la petición' },
  check: {
    en: 'Please look at what is marked below. Nothing was sent yet.',
    ko: '표시한 칸을 확인해 주세요. 아직 보내지 않았습니다.',
    zh: '請檢查以下標示的欄位。資料尚未送出。',
    es: 'Revise lo que está marcado abajo. Todavía no se ha enviado nada.',
  },
  mailed: {
    en: 'If you gave an e-mail address, we have written to it: please open the link there, so that your signature counts as confirmed.',
    ko: '이메일을 적으셨다면 확인 메일을 보내 드렸습니다. 메일에 있는 주소를 눌러 서명을 확인해 주세요.',
    zh: '若您填了電子郵件,我們已寄出確認信。請開啟信中的連結以確認您的簽名。',
    es: 'Si dejó un correo electrónico, le hemos escrito: abra el enlace para confirmar su firma.',
  },
  again: { en: 'Fill in another one', ko: '한 번 더 작성하기', zh: '再填一份', es: 'Rellenar otro' },
  draft: {
    en: 'This page is not open.',
    ko: '아직 열지 않은 페이지입니다.',
    zh: '此頁面尚未開放。',
    es: 'Esta página no está abierta.',
  },
  not_yet: {
    en: 'This opens on {{day}}.',
    ko: '{{day}}에 엽니다.',
    zh: '將於 {{day}} 開放。',
    es: 'Se abre el {{day}}.',
  },
  closed: {
    en: 'This is closed. Thank you to everybody who took part.',
    ko: '마감했습니다. 참여해 주신 모든 분께 감사드립니다.',
    zh: '已截止。感謝所有參與的人。',
    es: 'Está cerrado. Gracias a todas las personas que participaron.',
  },
  to: { en: 'To', ko: '받는 분', zh: '致', es: 'Para' },
  signed_by: { en: 'Signed by', ko: '서명하신 분', zh: '簽署者', es: 'Firmado por' },
  of_goal: {
    en: '{{signatures}} of {{goal}} signatures',
    ko: '{{signatures}}명 서명, 목표 {{goal}}명',
    zh: '{{signatures}} 人簽署,目標 {{goal}} 人',
    es: '{{signatures}} de {{goal}} firmas',
  },
  shown_as: {
    en: 'How may we show your name?',
    ko: '이름을 어떻게 공개할까요?',
    zh: '您的姓名如何公開?',
    es: '¿Cómo podemos mostrar su nombre?',
  },
  'shown.full': { en: 'Whole name', ko: '이름 전체', zh: '全名', es: 'Nombre completo' },
  'shown.short': {
    en: 'First name and initial',
    ko: '이름과 성 첫 글자',
    zh: '名字和姓氏首字母',
    es: 'Nombre e inicial',
  },
  'shown.none': {
    en: 'Not at all; it only counts',
    ko: '공개하지 않고 수에만 넣기',
    zh: '不公開,只計入人數',
    es: 'De ninguna manera; solo se cuenta',
  },
  confirm_title: { en: 'Confirm your signature', ko: '서명 확인', zh: '確認您的簽名', es: 'Confirme su firma' },
  confirm_text: {
    en: 'Somebody signed with your e-mail address. Was it you?',
    ko: '이 이메일로 서명이 들어왔습니다. 본인이 서명하셨나요?',
    zh: '有人用您的電子郵件簽署。是您本人嗎?',
    es: 'Alguien firmó con su correo electrónico. ¿Fue usted?',
  },
  confirm: { en: 'Yes, I signed', ko: '예, 제가 서명했습니다', zh: '是,是我簽的', es: 'Sí, firmé yo' },
  withdraw: { en: 'Take my signature back', ko: '서명 취소', zh: '撤回我的簽名', es: 'Retirar mi firma' },
  confirmed: {
    en: 'Your signature is confirmed.',
    ko: '서명을 확인했습니다.',
    zh: '您的簽名已確認。',
    es: 'Su firma está confirmada.',
  },
  withdrawn: {
    en: 'Your signature was taken back. It counts no more.',
    ko: '서명을 취소했습니다. 이제 수에 들어가지 않습니다.',
    zh: '您的簽名已撤回,不再計入。',
    es: 'Su firma fue retirada. Ya no cuenta.',
  },
  to_petition: { en: 'Read the petition', ko: '청원 읽기', zh: '閱讀請願書', es: 'Leer la petición' },
  mail_subject: {
    en: 'Please confirm your signature',
    ko: '서명을 확인해 주세요',
    zh: '請確認您的簽名',
    es: 'Por favor, confirme su firma',
  },
  mail_text: {
    en: 'Thank you for signing. Please open this address and press the button, so that your signature counts as confirmed:',
    ko: '서명해 주셔서 감사합니다. 아래 주소를 열고 단추를 누르시면 서명이 확인됩니다.',
    zh: '感謝您的簽署。請開啟以下網址並按下按鈕,以確認您的簽名:',
    es: 'Gracias por firmar. Abra esta dirección y pulse el botón para confirmar su firma:',
  },
  mail_not_you: {
    en: 'Was it not you, or have you changed your mind? At the same address you can take the signature back.',
    ko: '서명하지 않으셨거나 마음이 바뀌셨다면 같은 주소에서 취소하실 수 있습니다.',
    zh: '若非您本人,或您改變主意,可在同一網址撤回簽名。',
    es: '¿No fue usted, o ha cambiado de opinión? En la misma dirección puede retirar la firma.',
  },
} as const satisfies Record<string, Record<PublicLanguage, string>>

export type PublicWord = Parameters<PublicWords>[0]

const problems: Record<OwnProblem, Record<PublicLanguage, string>> = {
  agree: {
    en: 'This is needed: please read it and tick the box if you agree.',
    ko: '꼭 필요한 동의입니다. 읽어 보시고 동의하시면 표시해 주세요.',
    zh: '此項為必要:請閱讀後,如同意請勾選。',
    es: 'Es necesario: léalo y marque la casilla si está de acuerdo.',
  },
  zip: {
    en: 'Five digits, for example 11354.',
    ko: '숫자 다섯 자리를 적어 주세요. 예: 11354',
    zh: '請填五位數字,例如 11354。',
    es: 'Cinco dígitos, por ejemplo 11354.',
  },
  number: { en: 'A number, please.', ko: '숫자로 적어 주세요.', zh: '請填寫數字。', es: 'Escriba un número.' },
  file_kind: {
    en: 'Only pictures (JPEG, PNG, WebP) and PDF, please.',
    ko: '그림(JPEG, PNG, WebP)이나 PDF만 보내실 수 있습니다.',
    zh: '只接受圖片(JPEG、PNG、WebP)和 PDF。',
    es: 'Solo imágenes (JPEG, PNG, WebP) y PDF, por favor.',
  },
  file_large: {
    en: 'This file is larger than 5 MB. Take the photo again in a smaller size, or send a picture of the screen.',
    ko: '파일이 5MB보다 큽니다. 사진을 더 작게 다시 찍거나 화면 사진을 보내 주세요.',
    zh: '檔案超過 5 MB。請以較小尺寸重拍,或改傳螢幕截圖。',
    es: 'El archivo pesa más de 5 MB. Haga la foto más pequeña o envíe una captura de pantalla.',
  },
  address: {
    en: 'Please write your address or ZIP code.',
    ko: '주소나 우편번호를 적어 주세요.',
    zh: '請填寫地址或郵遞區號。',
    es: 'Escriba su dirección o código postal.',
  },
}

export const publicWords = publicWordsOf(texts, problems)
export type PublicWords = ReturnType<typeof publicWords>

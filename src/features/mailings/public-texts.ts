import type { PublicTexts } from '../../platform/i18n/public.ts'

/** What stands on pages for readers of e-mail, in Traditional Chinese and Spanish. */
export const readerTexts: PublicTexts = {
  'stopping.title': { zh: '{{organization}} 的電子郵件設定', es: 'Sus correos de {{organization}}' },
  'stopping.lead': {
    zh: '這是 {{address}} 的設定,無需登入。',
    es: 'Para {{address}}. Aquí no hace falta iniciar sesión.',
  },
  'stopping.stop_title': { zh: '全部停止', es: 'Dejar de recibir todo' },
  'stopping.stop_lead': {
    zh: '從現在起,我們不再寄送電子郵件給您。',
    es: 'Desde este momento no le enviamos más correos.',
  },
  'stopping.stop': { zh: '取消訂閱', es: 'Cancelar la suscripción' },
  'stopping.stopped': { zh: '您不會再收到我們的電子郵件。', es: 'Ya no recibirá nuestros correos.' },
  'stopping.again': { zh: '我想再次接收', es: 'Quiero recibirlos de nuevo' },
  'stopping.started': { zh: '您將再次收到我們的電子郵件。', es: 'Recibirá nuestros correos de nuevo.' },
  'stopping.ask_told': {
    zh: '您曾直接告訴我們不想接收,因此無法在此更改。如要再次接收,請寫信至 {{address}}。',
    es: 'Usted dijo a alguien de nuestro equipo que no quería recibirlos, y aquí no se puede cambiar. Para recibirlos de nuevo, escriba a {{address}}.',
  },
  'stopping.ask_complaint': {
    zh: '寄到此信箱的郵件曾被檢舉為垃圾郵件,因此不再寄送。如要用其他地址接收,請寫信至 {{address}}。',
    es: 'Nuestros correos a este buzón fueron denunciados como no deseados, así que ya no enviamos nada. Para recibirlos en otra dirección, escriba a {{address}}.',
  },
  'stopping.saved': { zh: '已儲存。', es: 'Guardado.' },
  'stopping.wishes': { zh: '您的選擇', es: 'Lo que usted prefiere' },
  'stopping.language': { zh: '語言', es: 'Idioma' },
  'stopping.language_any': { zh: '和以前一樣', es: 'Como hasta ahora' },
  'stopping.pause': { zh: '暫停一段時間', es: 'Por un tiempo' },
  'stopping.pause_hint': {
    zh: '暫停的是消息、呼籲與邀請。您自己要求的仍會寄送,例如已報名活動的入場券;會員應收的會費與投票通知也一樣。',
    es: 'Vale para noticias, llamamientos e invitaciones. Lo que usted pidió sigue llegando, como la entrada de un evento en el que se inscribió, y también lo propio de su membresía: cuotas y votaciones.',
  },
  'stopping.pause.none': { zh: '不暫停', es: 'Sin pausa' },
  'stopping.pause.30': { zh: '一個月不接收', es: 'Nada durante un mes' },
  'stopping.pause.90': { zh: '三個月不接收', es: 'Nada durante tres meses' },
  'stopping.pause.until': { zh: '直到下面的日期', es: 'Hasta el día de abajo' },
  'stopping.until': { zh: '再次接收的第一天', es: 'Primer día en que los quiere de nuevo' },
  'stopping.until_when': { zh: '請選擇今天之後的日期。', es: 'Elija un día posterior a hoy.' },
  'stopping.topics': { zh: '您接收的主題', es: 'Temas que recibe' },
  'stopping.topic_title': { zh: '只停止這個主題:{{topic}}', es: 'Solo este tema: {{topic}}' },
  'stopping.stop_topic': { zh: '不再接收這個主題', es: 'No recibir más este tema' },
  'stopping.paused_until': { zh: '{{date}}之前不會寄送。', es: 'No llegará nada antes del {{date}}.' },
  'stopping.held': { zh: '查看我們保存的您的資料', es: 'Ver qué datos suyos tenemos' },

  'newsletter.heading': { zh: '訂閱 {{organization}} 的消息', es: 'Noticias de {{organization}}' },
  'newsletter.email': { zh: '電子郵件地址', es: 'Correo electrónico' },
  'newsletter.first_name': { zh: '名(英文)', es: 'Nombre' },
  'newsletter.last_name': { zh: '姓(英文)', es: 'Apellido' },
  'newsletter.name_hangul': { zh: '韓文姓名', es: 'Nombre en coreano' },
  'newsletter.zip5': { zh: '郵遞區號', es: 'Código postal' },
  'newsletter.zip_hint': {
    zh: '以便告訴您附近的消息。',
    es: 'Para contarle lo que pasa cerca de usted.',
  },
  'newsletter.language': { zh: '電子郵件的語言', es: 'Idioma de los correos' },
  'newsletter.topics': { zh: '您想看的內容', es: 'Lo que quiere leer' },
  'newsletter.more': { zh: '姓名與郵遞區號', es: 'Nombre y código postal' },
  'newsletter.wording': {
    zh: '我願意接收 {{organization}} 的電子郵件。每封郵件都有連結,我可隨時取消。',
    es: 'Quiero recibir correos de {{organization}}. Cada uno trae un enlace con el que puedo cancelarlos en cualquier momento.',
  },
  'newsletter.send': { zh: '訂閱', es: 'Suscribirme' },
  'newsletter.email_wrong': {
    zh: '請再檢查一次地址。例如:name@example.com',
    es: 'Revise la dirección, por favor. Por ejemplo: name@example.com',
  },
  'newsletter.zip_wrong': { zh: '郵遞區號為五位數字。', es: 'El código postal tiene cinco cifras.' },
  'newsletter.press_again': {
    zh: '請再看一遍,然後再按一次。尚未送出。',
    es: 'Revíselo y pulse otra vez. Todavía no se envió nada.',
  },
  'newsletter.too_many': {
    zh: '來自您網路的申請過多,請一小時後再試。',
    es: 'Llegaron demasiadas solicitudes desde su red. Inténtelo de nuevo en una hora.',
  },
  'newsletter.closed': { zh: '此頁面目前關閉。', es: 'Esta página está cerrada por el momento.' },
  'newsletter.look': { zh: '請查看您的信箱', es: 'Mire su buzón' },
  'newsletter.look_lead': {
    zh: '我們已寄信到您填寫的地址。請按信中的連結,才會加入名單;否則不會寄送任何郵件。',
    es: 'Hemos enviado un correo a la dirección que escribió. Pulse el enlace que trae y quedará en la lista. Si no lo hace, no llegará nada.',
  },
  'newsletter.look_spam': {
    zh: '幾分鐘後仍未收到?請查看垃圾郵件匣,或確認地址後再申請一次。',
    es: '¿No llega nada en unos minutos? Mire entre los correos no deseados o vuelva a pedirlo con la dirección correcta.',
  },
  'newsletter.archive': { zh: '我們以前寄出的內容', es: 'Lo que hemos escrito hasta ahora' },
  'newsletter.sign_up': { zh: '以電子郵件接收', es: 'Recibirlas por correo' },
  'newsletter.mail_subject': {
    zh: '{{organization}}:請確認您的地址',
    es: '{{organization}}: confirme su dirección',
  },
  'newsletter.mail_text': {
    zh: '有人(可能是您)以此地址申請接收 {{organization}} 的電子郵件。如果是您,請打開以下頁面並按下按鈕:',
    es: 'Alguien, probablemente usted, pidió recibir en esta dirección los correos de {{organization}}. Si fue usted, abra esta página y pulse el botón:',
  },
  'newsletter.mail_not_you': {
    zh: '如果不是您,請不必理會:不會再寄送,地址也會在 {{days}} 天後刪除。',
    es: 'Si no fue usted, no haga nada: no llegará nada más y la dirección se borra a los {{days}} días.',
  },
  'newsletter.confirm_title': { zh: '再按一次即可', es: 'Falta pulsar una vez' },
  'newsletter.confirm_lead': {
    zh: '{{organization}} 的消息將寄到 {{address}}。',
    es: 'Las noticias de {{organization}} llegarán a {{address}}.',
  },
  'newsletter.confirm': { zh: '是的,我要接收', es: 'Sí, quiero recibirlas' },
  'newsletter.done': { zh: '您已加入名單', es: 'Ya está en la lista' },
  'newsletter.done_lead': {
    zh: '{{organization}} 的消息會寄到 {{address}}。每封郵件都有連結,可選擇主題或取消。',
    es: 'Las noticias de {{organization}} llegan a {{address}}. Cada correo trae un enlace para elegir temas o cancelarlos.',
  },
  'newsletter.stopped_since': {
    zh: '您之後曾取消訂閱。如要再次接收,請重新申請。',
    es: 'Después usted canceló la suscripción. Para recibirlas de nuevo, suscríbase otra vez.',
  },
  'newsletter.not_to_be': {
    zh: '無法寄送到此信箱:我們的郵件曾在此被檢舉為垃圾郵件,或此地址在不願聯絡的名單上。如要更改,請寫信至 {{address}}。',
    es: 'No podemos enviar nada a este buzón: nuestros correos fueron denunciados allí como no deseados o está en una lista de quienes no quieren recibir nada. Para cambiarlo, escriba a {{address}}.',
  },
  'newsletter.over': { zh: '此連結已失效', es: 'Este enlace ya no sirve' },
  'newsletter.over_lead': {
    zh: '連結有效 {{days}} 天,或您的郵件程式截斷了網址。請重新申請。',
    es: 'Sirve durante {{days}} días, o su programa de correo lo cortó. Suscríbase otra vez, por favor.',
  },

  'archive.title': { zh: '{{organization}} 的消息', es: 'Noticias de {{organization}}' },
  'archive.none': { zh: '目前還沒有內容。', es: 'Todavía no hay nada.' },
  'archive.feed': { zh: '以訂閱閱讀器追蹤({{kind}})', es: 'Seguirlas con un lector de noticias ({{kind}})' },

  'apply.languages': { zh: '語言', es: 'Idioma' },
  'apply.skip': { zh: '請留空', es: 'Deje esto vacío' },
  'action.save': { zh: '儲存', es: 'Guardar' },
  'common.optional': { zh: '選填', es: 'opcional' },
  'form.check': { zh: '請檢查以下內容', es: 'Revise lo siguiente' },
  'form.required': { zh: '請填寫此項。', es: 'Falta este dato.' },
}

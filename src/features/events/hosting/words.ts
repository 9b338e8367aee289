import { publicWordsOf } from '../../../platform/i18n/public-words.ts'
import type { ProposalProblem } from './rules.ts'

/* What stands on the pages by which somebody proposes to host, and in the mails that answer. */

const texts = {
  propose: { en: 'Host an event', ko: '행사 열기', zh: '主辦活動', es: 'Organizar un evento' },
  propose_lead: {
    en: 'Around your table, in your hall, on your street: tell us what you would like to hold. We look at it, answer you by mail, and help.',
    ko: '집이나 모임방, 동네에서 열고 싶은 모임이 있으면 알려 주세요. 저희가 보고 이메일로 답을 드리고 준비를 돕습니다.',
    zh: '在您家、會堂或社區:告訴我們您想舉辦什麼。我們會審閱、以電子郵件回覆並提供協助。',
    es: 'En su mesa, su salón o su calle: cuéntenos qué le gustaría organizar. Lo miramos, le respondemos por correo y ayudamos.',
  },
  what: { en: 'What', ko: '무엇을', zh: '活動內容', es: 'Qué' },
  kind: { en: 'What kind of event?', ko: '어떤 행사인가요?', zh: '哪一類活動?', es: '¿Qué tipo de evento?' },
  title: {
    en: 'Its name, in a few words',
    ko: '행사 이름(짧게)',
    zh: '活動名稱(簡短)',
    es: 'Su nombre, en pocas palabras',
  },
  about: {
    en: 'What will happen there? This stands on its page.',
    ko: '무엇을 하나요? 행사 안내에 실립니다.',
    zh: '活動內容為何?將刊登於活動頁面。',
    es: '¿Qué se hará? Aparecerá en su página.',
  },
  when: { en: 'When', ko: '언제', zh: '時間', es: 'Cuándo' },
  date: { en: 'Day', ko: '날짜', zh: '日期', es: 'Día' },
  from: { en: 'From', ko: '시작', zh: '開始', es: 'Desde' },
  to: { en: 'Until', ko: '끝', zh: '結束', es: 'Hasta' },
  where: { en: 'Where', ko: '어디서', zh: '地點', es: 'Dónde' },
  place: {
    en: 'What the place is called, for example “At the Kims’”',
    ko: '장소 이름(예: 김영희 님 댁)',
    zh: '地點名稱(例如「金家」)',
    es: 'Cómo se llama el lugar, por ejemplo «En casa de los Kim»',
  },
  address: { en: 'Street and number', ko: '주소(번지와 도로, 영어로)', zh: '街道與門牌(英文)', es: 'Calle y número' },
  city: { en: 'City or neighborhood', ko: '도시나 동네(영어로)', zh: '城市或社區(英文)', es: 'Ciudad o barrio' },
  zip5: { en: 'ZIP', ko: '우편번호(ZIP)', zh: '郵遞區號(ZIP)', es: 'Código postal (ZIP)' },
  address_for: {
    en: 'Who is told the address?',
    ko: '주소를 누구에게 알릴까요?',
    zh: '地址要告訴誰?',
    es: '¿A quién se le dice la dirección?',
  },
  'address_for.signed_up': {
    en: 'Only those who have signed up. Everybody else sees the place’s name and the neighborhood.',
    ko: '신청하신 분께만. 다른 분께는 장소 이름과 동네만 보입니다.',
    zh: '只告訴已報名的人。其他人只看到地點名稱和社區。',
    es: 'Solo a quien se haya inscrito. Los demás ven el nombre del lugar y el barrio.',
  },
  'address_for.everybody': {
    en: 'Everybody: it stands on the event’s page.',
    ko: '누구에게나. 행사 안내에 나옵니다.',
    zh: '所有人:會刊登於活動頁面。',
    es: 'A todos: aparece en la página del evento.',
  },
  who_comes: { en: 'For whom', ko: '몇 분이, 어떤 말로', zh: '參加者', es: 'Para quiénes' },
  seats: {
    en: 'How many people have room?',
    ko: '몇 분까지 오실 수 있나요?',
    zh: '可容納幾人?',
    es: '¿Cuántas personas caben?',
  },
  spoken: {
    en: 'Which languages will be spoken?',
    ko: '어떤 말로 진행하나요?',
    zh: '使用哪些語言?',
    es: '¿Qué idiomas se hablarán?',
  },
  needs: {
    en: 'What do you need from us? Chairs, an interpreter, flyers, somebody who speaks …',
    ko: '저희가 무엇을 도와드리면 될까요? 의자, 통역, 안내지, 말씀해 주실 분 등',
    zh: '您需要我們提供什麼?椅子、口譯、傳單、講者……',
    es: '¿Qué necesita de nosotros? Sillas, intérprete, folletos, alguien que hable…',
  },
  you: { en: 'Who you are', ko: '여시는 분', zh: '您的資料', es: 'Sus datos' },
  you_text: {
    en: 'Your name stands on the event’s page. Mailbox and telephone are for us alone; our answer goes to the mailbox.',
    ko: '성함은 행사 안내에 나옵니다. 이메일과 전화번호는 저희만 보며, 답은 이메일로 드립니다.',
    zh: '您的姓名會出現在活動頁面。電子郵件和電話只供我們使用;我們會以電子郵件回覆。',
    es: 'Su nombre aparece en la página del evento. El correo y el teléfono son solo para nosotros; respondemos al correo.',
  },
  send: { en: 'Send it to be looked at', ko: '보내기', zh: '送出審閱', es: 'Enviar para revisión' },
  wrong: {
    en: 'Something is missing or cannot be read. What you wrote is still here.',
    ko: '빠졌거나 읽을 수 없는 칸이 있습니다. 쓰신 내용은 그대로 있습니다.',
    zh: '有欄位遺漏或無法辨識。您填寫的內容仍在。',
    es: 'Falta algo o no se puede leer. Lo que escribió sigue aquí.',
  },
  too_many_waiting: {
    en: 'Several of your proposals are still waiting for our answer. Please wait for that first.',
    ko: '아직 답을 드리지 못한 제안이 여러 건 있습니다. 먼저 저희 답을 기다려 주세요.',
    zh: '您已有多項提案等待回覆,請先等候我們的答覆。',
    es: 'Varias de sus propuestas aún esperan nuestra respuesta. Espérela primero, por favor.',
  },
  sent_thanks: {
    en: 'Thank you. We look at it and answer you by mail.',
    ko: '감사합니다. 저희가 보고 이메일로 답을 드리겠습니다.',
    zh: '謝謝。我們會審閱並以電子郵件回覆。',
    es: 'Gracias. Lo miraremos y le responderemos por correo.',
  },
  yours: { en: 'Your proposal', ko: '보내신 제안', zh: '您的提案', es: 'Su propuesta' },
  'state.waiting': {
    en: 'We have it. Nobody else sees it until we have looked at it and answered you by mail.',
    ko: '잘 받았습니다. 저희가 보고 이메일로 답을 드릴 때까지 다른 분께는 보이지 않습니다.',
    zh: '已收到。在我們審閱並以電子郵件回覆之前,其他人看不到。',
    es: 'La recibimos. Nadie más la ve hasta que la hayamos mirado y le respondamos por correo.',
  },
  'state.approved': {
    en: 'It is on: your event stands on our calendar.',
    ko: '확정되었습니다. 저희 행사 일정에 올라 있습니다.',
    zh: '已確定:您的活動已列入我們的行事曆。',
    es: 'Aprobado: su evento está en nuestro calendario.',
  },
  'state.declined': {
    en: 'We cannot hold this with you as it is.',
    ko: '보내 주신 대로는 함께 열기 어렵습니다.',
    zh: '我們無法按此提案與您合辦。',
    es: 'No podemos organizarlo con usted tal como está.',
  },
  'state.withdrawn': { en: 'You took it back.', ko: '제안을 거두셨습니다.', zh: '您已撤回。', es: 'Usted la retiró.' },
  our_word: { en: 'What we wrote to you', ko: '저희가 드린 말씀', zh: '我們的回覆', es: 'Lo que le escribimos' },
  coming: {
    en: 'Seats taken: {{count}}',
    ko: '신청하신 분: {{count}}명',
    zh: '已報名:{{count}} 人',
    es: 'Lugares ocupados: {{count}}',
  },
  to_page: {
    en: 'The page for everybody',
    ko: '모두가 보는 행사 안내',
    zh: '公開活動頁面',
    es: 'La página para todos',
  },
  to_hosting: {
    en: 'Who comes, and the door',
    ko: '오시는 분과 출석 확인',
    zh: '參加者與報到',
    es: 'Quién viene, y la puerta',
  },
  to_hosting_text: {
    en: 'Sign in to see who has signed up and to check in at the door. Have you no account yet? It comes with the invitation we mailed you.',
    ko: '로그인하면 신청하신 분을 보고 당일 출석을 확인할 수 있습니다. 아직 계정이 없으면 보내 드린 초대 메일에서 만드세요.',
    zh: '登入後可查看報名者並辦理報到。還沒有帳號嗎?請用我們寄給您的邀請信建立。',
    es: 'Inicie sesión para ver quién se inscribió y recibir en la puerta. ¿Aún sin cuenta? Viene con la invitación que le enviamos.',
  },
  withdraw: { en: 'Take it back', ko: '제안 거두기', zh: '撤回提案', es: 'Retirarla' },
  decided_meanwhile: {
    en: 'This was decided meanwhile.',
    ko: '그사이에 결정되었습니다.',
    zh: '此提案已有決定。',
    es: 'Ya se decidió entretanto.',
  },
  'subject.received': {
    en: 'We have your proposal',
    ko: '제안을 받았습니다',
    zh: '已收到您的提案',
    es: 'Recibimos su propuesta',
  },
  'subject.approved': {
    en: 'Your event is on',
    ko: '행사가 확정되었습니다',
    zh: '您的活動已確定',
    es: 'Su evento está aprobado',
  },
  'subject.declined': {
    en: 'About your proposal',
    ko: '보내 주신 제안에 대한 답',
    zh: '關於您的提案',
    es: 'Sobre su propuesta',
  },
  'mail.hello': { en: 'Hello {{name}},', ko: '{{name}} 님, 안녕하세요.', zh: '{{name}} 您好:', es: 'Hola, {{name}}:' },
  'mail.hello_all': { en: 'Hello,', ko: '안녕하세요.', zh: '您好:', es: 'Hola:' },
  'mail.see': {
    en: 'How it stands, and how to take it back:',
    ko: '진행 상황을 보거나 제안을 거두시려면:',
    zh: '查看進度或撤回:',
    es: 'Cómo va, y cómo retirarla:',
  },
  'mail.invited': {
    en: 'A second mail brings an invitation: with the account you make there you see who has signed up and check in at the door.',
    ko: '초대 메일을 따로 보내 드립니다. 거기서 만드신 계정으로 신청하신 분을 보고 당일 출석을 확인할 수 있습니다.',
    zh: '另一封信附有邀請:用該處建立的帳號可查看報名者並辦理報到。',
    es: 'Otro correo trae una invitación: con la cuenta que cree allí verá quién se inscribió y podrá recibir en la puerta.',
  },
  'mail.share': {
    en: 'Send this address on:',
    ko: '아래 주소를 널리 알려 주세요:',
    zh: '請轉發此網址:',
    es: 'Comparta esta dirección:',
  },
} as const

const problems: Record<ProposalProblem, Record<'en' | 'ko' | 'zh' | 'es', string>> = {
  date: {
    en: 'Please choose a day from tomorrow on, within a year.',
    ko: '내일부터 1년 안의 날짜를 골라 주세요.',
    zh: '請選擇明天起一年內的日期。',
    es: 'Elija un día desde mañana y dentro de un año.',
  },
  time: {
    en: 'Please write a time such as 18:30; the end is another than the beginning.',
    ko: '18:30처럼 적어 주세요. 끝나는 시간은 시작 시간과 달라야 합니다.',
    zh: '請填寫如 18:30 的時間;結束時間須與開始不同。',
    es: 'Escriba una hora como 18:30; el final es otra que el comienzo.',
  },
  seats: {
    en: 'Please write a number from 1 to 500.',
    ko: '1에서 500 사이의 수를 적어 주세요.',
    zh: '請填寫 1 到 500 的數字。',
    es: 'Escriba un número del 1 al 500.',
  },
  zip: {
    en: 'A ZIP has five digits.',
    ko: '우편번호는 숫자 다섯 자리입니다.',
    zh: '郵遞區號為五位數字。',
    es: 'El código postal tiene cinco cifras.',
  },
}

export const hostingWords = publicWordsOf(texts, problems)

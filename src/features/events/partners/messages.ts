import { messages } from '../../../platform/i18n/messages.ts'

export const partnerMessages = messages({
  'partners.title': { en: 'Partners', ko: '함께 알리는 단체' },
  'partners.lead': {
    en: 'Organizations that bring people to this event, each by a link of its own: you see how many signed up and came through whom.',
    ko: '이 행사를 함께 알리는 단체입니다. 단체마다 주소가 따로 있어 누구를 통해 몇 분이 신청하고 오셨는지 보입니다.',
  },
  'partners.none': { en: 'No partner yet', ko: '아직 함께 알리는 단체가 없습니다' },
  'partners.none_text': {
    en: 'Add one below: it gets a link and a QR code to put into its newsletter, on its page and on its flyers.',
    ko: '아래에서 추가하면 소식지와 홈페이지, 전단에 쓸 주소와 QR 코드가 생깁니다.',
  },
  'partners.add': { en: 'Add a partner', ko: '단체 추가하기' },
  'partners.name_en': { en: 'Name in English', ko: '영어 이름' },
  'partners.name_ko': { en: 'Name in Korean', ko: '한국어 이름' },
  'partners.website': { en: 'Their website', ko: '홈페이지' },
  'partners.website_wrong': {
    en: 'Please write a whole address, https://…',
    ko: 'https://로 시작하는 주소를 적어 주세요.',
  },
  'partners.contact': { en: 'Whom you talk to there', ko: '그쪽 담당자' },
  'partners.email': { en: 'Their e-mail', ko: '담당자 이메일' },
  'partners.co_host': { en: 'Name them on the page as co-host', ko: '행사 안내에 공동 주최로 이름을 올림' },
  'partners.co_host_mark': { en: 'Co-host', ko: '공동 주최' },
  'partners.removed_mark': { en: 'Removed', ko: '뺌' },
  'partners.table': { en: 'What came through whom', ko: '단체별 신청과 참석' },
  'partners.col.partner': { en: 'Through', ko: '통한 곳' },
  'partners.col.seated': { en: 'Have a seat', ko: '자리 있음' },
  'partners.col.open': { en: 'Waiting', ko: '대기' },
  'partners.col.gone': { en: 'Canceled', ko: '취소' },
  'partners.col.came': { en: 'Came', ko: '참석' },
  'partners.col.told': { en: 'Told', ko: '명단 공유' },
  'partners.no_partner': { en: 'Nobody’s link', ko: '단체를 통하지 않음' },
  'partners.counted': {
    en: 'People, with whoever they bring. “Told” are sign-ups whose partner may know who they are, because they ticked it.',
    ko: '함께 오시는 분까지 센 인원입니다. ‘명단 공유’는 그 단체에 알려도 된다고 표시하신 신청 수입니다.',
  },
  'partners.csv': { en: 'Numbers as CSV', ko: '인원 CSV로 받기' },
  'partners.link': { en: 'Their link', ko: '이 단체의 주소' },
  'partners.link_text': {
    en: 'Whoever signs up by this address is counted for them. The page is the same for everybody.',
    ko: '이 주소로 신청하시면 이 단체를 통해 오신 것으로 셉니다. 안내 내용은 누구에게나 같습니다.',
  },
  'partners.not_published': {
    en: 'The event is not published yet: their link opens nothing until it is.',
    ko: '아직 공개하지 않은 행사입니다. 공개할 때까지 이 주소는 열리지 않습니다.',
  },
  'partners.qr': { en: 'QR code of {{name}}’s link', ko: '{{name}} 주소의 QR 코드' },
  'partners.qr_file': { en: 'QR code as a picture', ko: 'QR 코드 그림 받기' },
  'partners.snippet': { en: 'For their web page', ko: '그쪽 홈페이지에 넣을 글' },
  'partners.snippet_text': {
    en: 'A link in HTML: copy it and send it to them. It runs nothing on their page.',
    ko: 'HTML 링크입니다. 복사해서 보내 주세요. 그쪽 화면에서 아무 프로그램도 돌리지 않습니다.',
  },
  'partners.list': { en: 'Who may be told', ko: '알려도 되는 분' },
  'partners.list_text': {
    en: {
      one: '{{count}} sign-up may be told to {{name}}. The list has name, e-mail and telephone of that one alone.',
      other: '{{count}} sign-ups may be told to {{name}}. The list has name, e-mail and telephone of those alone.',
    },
    ko: '{{name}}에 알려도 된다고 한 신청이 {{count}}건입니다. 명단에는 그분들의 이름과 이메일, 전화번호만 들어갑니다.',
  },
  'partners.list_none': {
    en: 'Nobody has ticked yet that {{name}} may be told. Until then they learn numbers only.',
    ko: '{{name}}에 알려도 된다고 표시하신 분이 아직 없습니다. 그때까지는 인원만 알려 주세요.',
  },
  'partners.list_csv': { en: 'List for {{name}} (CSV)', ko: '{{name}} 명단 받기(CSV)' },
  'partners.list_note': {
    en: 'Each taking of it stands in the activity log. Who changes their mind leaves the next list by themselves.',
    ko: '받을 때마다 활동 기록에 남습니다. 마음을 바꾸신 분은 다음 명단부터 저절로 빠집니다.',
  },
  'partners.change': { en: 'Change', ko: '바꾸기' },
  'partners.remove': { en: 'Remove', ko: '빼기' },
  'partners.remove_text': {
    en: 'Their link then leads to the page without being counted, and they leave it as co-host. What came through them stays counted.',
    ko: '이 단체의 주소는 더 세지 않고 공동 주최에서도 빠집니다. 지금까지 센 인원은 그대로 남습니다.',
  },
  'partners.restore': { en: 'Take them back in', ko: '다시 넣기' },
  'partners.saved': { en: 'Saved.', ko: '저장했습니다.' },
  'partners.file.first_name': { en: 'First name', ko: '이름(영문)' },
  'partners.file.last_name': { en: 'Last name', ko: '성(영문)' },
  'partners.file.name_hangul': { en: 'Name in Hangul', ko: '한글 이름' },
  'partners.file.email': { en: 'E-mail', ko: '이메일' },
  'partners.file.phone': { en: 'Telephone', ko: '전화번호' },
  'partners.file.seats': { en: 'People', ko: '인원' },
  'partners.file.response': { en: 'Answer', ko: '답' },
  'partners.file.came': { en: 'Was there', ko: '참석' },
  'partners.file.wording': { en: 'What they ticked', ko: '동의한 문구' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    eventPartners: typeof partnerMessages
  }
}

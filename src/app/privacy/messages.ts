import { messages } from '../../platform/i18n/messages.ts'

const own = messages({
  'privacy.title': { en: 'What we hold about you', ko: '저희가 가진 정보' },
  'privacy.title_of': { en: 'What we hold about {{name}}', ko: '{{name}} 님에 대해 가진 정보' },
  'privacy.lead': {
    en: 'Everything {{organization}} has written down. The voter roll is the state’s: it is public record, and we cannot change it.',
    ko: '{{organization}} 단체가 적어 둔 모든 내용입니다. 유권자 명부는 주 정부의 공공 기록이므로 저희가 고칠 수 없습니다.',
  },
  'privacy.open': { en: 'What we hold, as one page', ko: '가진 정보 한눈에 보기' },
  'privacy.open_voter': {
    en: 'Calls nobody answered and paper mail are on it too. Opening it keeps a row for this voter in your organization.',
    ko: '받지 않은 전화와 보낸 우편물도 나옵니다. 열면 우리 단체에 이 유권자의 기록이 하나 만들어집니다.',
  },
  'privacy.card': { en: 'Privacy', ko: '개인정보' },
  'privacy.card_lead': {
    en: 'Show or print all of it, mail the person a private link, or erase it.',
    ko: '모두 보거나 인쇄하고, 본인에게 비공개 주소를 보내고, 지울 수 있습니다.',
  },
  'privacy.more': { en: 'And {{count}} more', ko: '외 {{count}}건' },
  'privacy.nothing': { en: 'Nothing is held.', ko: '가진 정보가 없습니다.' },
  'privacy.fate.go': { en: 'Goes when erased', ko: '지우면 없어짐' },
  'privacy.fate.nameless': { en: 'Stays without a name when erased', ko: '지우면 이름 없이 숫자로만 남음' },
  'privacy.fate.stays': { en: 'Stays, because the books must be kept', ko: '장부 보관 의무가 있어 남음' },
  'privacy.mail': { en: 'Mail them a private link', ko: '본인에게 비공개 주소 보내기' },
  'privacy.mail_hint': {
    en: 'It goes to {{mailbox}}, is good for two weeks, and opens this page to whoever has it.',
    ko: '{{mailbox}} 주소로 보냅니다. 2주 동안 쓸 수 있고, 주소를 가진 사람은 누구나 이 화면을 볼 수 있습니다.',
  },
  'privacy.no_mailbox': {
    en: 'There is no mailbox we may write to: print it.',
    ko: '보낼 수 있는 이메일이 없습니다. 인쇄해서 드리세요.',
  },
  'privacy.mailed': { en: 'The link is on its way.', ko: '주소를 보냈습니다.' },
  'privacy.mail.subject': { en: 'What {{organization}} holds about you', ko: '{{organization}} 단체가 가진 정보' },
  'privacy.mail.text': {
    en: 'Hello,\n\nyou asked what {{organization}} holds about you. This link shows it, and lets you correct or erase it. It is good for two weeks; do not pass it on.\n\n{{url}}',
    ko: '안녕하세요.\n\n{{organization}} 단체가 가진 정보를 물어보셔서 보내 드립니다. 아래 주소에서 보고, 틀린 내용을 알려 주시거나 직접 지우실 수 있습니다. 2주 동안 쓸 수 있으며, 다른 분께 알려 주지 마세요.\n\n{{url}}',
  },
  'privacy.mail.shared': {
    en: 'Hello,\n\nyou asked what {{organization}} holds about you. Several people share this mailbox, so nothing of one is shown to another by mail. Please ask somebody of {{organization}} in person.',
    ko: '안녕하세요.\n\n{{organization}} 단체가 가진 정보를 물어보셨습니다. 이 주소를 여러 분이 함께 쓰고 계셔서 메일로는 보여 드릴 수 없습니다. {{organization}} 담당자에게 직접 물어봐 주세요.',
  },
  'privacy.mail.unproven': {
    en: 'Hello,\n\nyou asked what {{organization}} holds about you. We know this mailbox only from a form, and anybody can write any name there: so nothing is shown by mail. Please ask somebody of {{organization}} in person. If it was not you who asked, there is nothing to do.',
    ko: '안녕하세요.\n\n{{organization}} 단체가 가진 정보를 물어보셨습니다. 이 주소는 신청서로만 받은 것이고, 신청서에는 누구나 다른 사람 이름을 적을 수 있어 메일로는 보여 드리지 않습니다. {{organization}} 담당자에게 직접 물어봐 주세요. 물어보신 적이 없다면 아무것도 하지 않으셔도 됩니다.',
  },
  'privacy.ask': { en: 'Ask what we hold about you', ko: '저희가 가진 내 정보 보기' },
  'privacy.ask_lead': {
    en: 'Write your e-mail address. Where {{organization}} holds something about you under it and knows it to be yours, a private link comes there within minutes: it shows everything, and lets you correct or erase it.',
    ko: '이메일 주소를 적어 주세요. {{organization}} 단체가 그 주소가 본인 것으로 확인되어 있으면 몇 분 안에 비공개 주소를 보내 드립니다. 모두 보고, 고치거나 지울 수 있습니다.',
  },
  'privacy.ask_email': { en: 'E-mail address', ko: '이메일 주소' },
  'privacy.ask_wrong': {
    en: 'Please look at the address once more. For example: name@example.com',
    ko: '이메일 주소를 다시 확인해 주세요. 예: name@example.com',
  },
  'privacy.ask_send': { en: 'Mail me the link', ko: '비공개 주소 받기' },
  'privacy.ask_again': {
    en: 'Please look it over and press once more. Nothing was sent yet.',
    ko: '내용을 한 번 보시고 다시 눌러 주세요. 아직 보내지 않았습니다.',
  },
  'privacy.counts': { en: 'What our e-mail counts', ko: '이메일에서 세는 것' },
  'privacy.counts_none': {
    en: 'Our e-mail counts neither whether you open it nor which links you press.',
    ko: '저희 이메일은 열어 보셨는지도, 어떤 링크를 누르셨는지도 세지 않습니다.',
  },
  'privacy.asked': { en: 'Look into your mailbox', ko: '메일함을 확인해 주세요' },
  'privacy.asked_text': {
    en: 'If we know that address, a mail is on its way. Nothing comes? Look among unwanted mail, try again in an hour, or ask us in person.',
    ko: '저희가 아는 주소라면 메일을 보냈습니다. 오지 않으면 스팸 메일함을 확인하시고, 한 시간 뒤에 다시 해 보시거나 담당자에게 직접 물어봐 주세요.',
  },
  'privacy.correct': { en: 'Something is wrong?', ko: '틀린 내용이 있나요?' },
  'privacy.correct_label': { en: 'What is right?', ko: '바른 내용을 적어 주세요' },
  'privacy.correct_hint': {
    en: 'Somebody of {{organization}} reads it and puts it right.',
    ko: '{{organization}} 담당자가 읽고 고칩니다.',
  },
  'privacy.correct_send': { en: 'Send', ko: '보내기' },
  'privacy.corrected': { en: 'Thank you. We will put it right.', ko: '고맙습니다. 확인하고 고치겠습니다.' },
  'privacy.corrected_note': { en: 'They write what is right: {{text}}', ko: '본인이 바른 내용을 적어 주심: {{text}}' },
  'privacy.erase': { en: 'Erase it', ko: '모두 지우기' },
  'privacy.erase_lead': {
    en: 'Everything goes, or stays without a name where something has to be counted. Nobody can bring it back. Numbers and mailboxes stay closed, kept as hashes that nobody can read.',
    ko: '모두 지우고, 수를 세어야 하는 것만 이름 없이 남깁니다. 되살릴 수 없습니다. 번호와 이메일은 알아볼 수 없는 값(해시)으로 남겨 다시 연락하지 않습니다.',
  },
  'privacy.erase_sure': { en: 'Yes, erase everything', ko: '예, 모두 지웁니다' },
  'privacy.erase_unsure': { en: 'Tick the box first.', ko: '먼저 칸에 표시해 주세요.' },
  'privacy.erased': { en: 'It is erased', ko: '지웠습니다' },
  'privacy.erased_text': {
    en: 'We hold nothing of it any more and will not contact you. If you come back to us by yourself, tell us, and we open your mailbox again.',
    ko: '더는 가지고 있지 않으며 연락하지 않겠습니다. 다시 함께하고 싶으시면 알려 주세요. 이메일을 다시 열어 드립니다.',
  },
  'privacy.too_often': { en: 'Too many tries', ko: '시도가 너무 많습니다' },
  'privacy.too_often_text': { en: 'Try again in an hour.', ko: '한 시간 뒤에 다시 해 주세요.' },
  'privacy.link_over': { en: 'This link is no longer good', ko: '쓸 수 없는 주소입니다' },
  'privacy.link_over_text': { en: 'Ask for a new one.', ko: '새 주소를 요청해 주세요.' },
})

declare module '../../platform/i18n/messages.ts' {
  interface RoomMessages {
    privacy: typeof own
  }
}

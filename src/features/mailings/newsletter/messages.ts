import { messages } from '../../../platform/i18n/messages.ts'

export const newsletterMessages = messages({
  'newsletter.title': { en: 'Sign-up page', ko: '구독 신청 페이지' },
  'newsletter.lead': {
    en: 'Everybody may ask for your e-mail here. Whoever asks gets a mail and is on the list once they press the link in it.',
    ko: '누구나 이 페이지에서 이메일 구독을 신청할 수 있습니다. 신청하면 확인 메일이 가고, 메일의 링크를 눌러야 명단에 들어갑니다.',
  },
  'newsletter.is_open': { en: 'The page is open', ko: '페이지를 열어 둠' },
  'newsletter.intro': { en: 'What it says above the form ({{language}})', ko: '신청 칸 위의 글({{language}})' },
  'newsletter.tag': { en: 'Tag for whoever confirms', ko: '확인한 분에게 붙일 태그' },
  'newsletter.tag_hint': {
    en: 'By it you find them when you say whom an e-mail is for.',
    ko: '이메일 받을 분을 정할 때 이 태그로 찾습니다.',
  },
  'newsletter.address': { en: 'Address of the page', ko: '페이지 주소' },
  'newsletter.embed': { en: 'Inside your own site', ko: '우리 사이트 안에 넣기' },
  'newsletter.embed_lead': {
    en: 'Put this where the form should stand. It brings no script and sets no cookie.',
    ko: '신청 칸을 둘 곳에 이 코드를 넣으세요. 스크립트도 쿠키도 쓰지 않습니다.',
  },
  'newsletter.snippet': { en: 'Or as a form of your own', ko: '또는 사이트의 입력란으로' },
  'newsletter.snippet_lead': {
    en: 'It looks like the rest of your site. Whoever sends it sees our page with the address filled in and presses once more.',
    ko: '사이트의 다른 부분과 같은 모양이 됩니다. 보내면 주소가 채워진 저희 페이지가 나오고, 한 번 더 누르면 됩니다.',
  },
  'newsletter.sums': { en: 'Asked in the last 30 days', ko: '지난 30일 동안의 신청' },
  'newsletter.where': { en: 'Where', ko: '신청한 곳' },
  'newsletter.asked': { en: 'Asked', ko: '신청' },
  'newsletter.confirmed': { en: 'Confirmed', ko: '확인' },
  'newsletter.source.page': { en: 'Our page', ko: '저희 페이지' },
  'newsletter.source.embed': { en: 'Inside another site', ko: '다른 사이트 안' },
  'newsletter.source.site': { en: 'Form of another site', ko: '다른 사이트의 입력란' },
  'newsletter.sums_none': { en: 'Nobody yet.', ko: '아직 없습니다.' },
  'newsletter.saved': { en: 'Saved.', ko: '저장했습니다.' },
  'newsletter.heading': { en: 'News from {{organization}}', ko: '{{organization}} 소식 받기' },
  'newsletter.email': { en: 'E-mail address', ko: '이메일 주소' },
  'newsletter.first_name': { en: 'First name', ko: '이름(영문)' },
  'newsletter.last_name': { en: 'Last name', ko: '성(영문)' },
  'newsletter.name_hangul': { en: 'Name in Hangul', ko: '한글 이름' },
  'newsletter.zip5': { en: 'ZIP code', ko: '우편번호(ZIP)' },
  'newsletter.zip_hint': { en: 'So that we tell you what is near you.', ko: '가까운 소식을 알려 드리는 데 씁니다.' },
  'newsletter.language': { en: 'Language of the e-mail', ko: '이메일 언어' },
  'newsletter.topics': { en: 'What you want to read', ko: '받을 소식' },
  'newsletter.more': { en: 'Name and ZIP code', ko: '이름과 우편번호' },
  'newsletter.wording': {
    en: 'I want e-mail from {{organization}}. Each has a link by which I stop it at any time.',
    ko: '{{organization}} 이메일을 받겠습니다. 이메일마다 있는 링크로 언제든 그만 받을 수 있습니다.',
  },
  'newsletter.send': { en: 'Sign up', ko: '신청하기' },
  'newsletter.email_wrong': {
    en: 'Please look at the address once more. For example: name@example.com',
    ko: '이메일 주소를 다시 확인해 주세요. 예: name@example.com',
  },
  'newsletter.zip_wrong': { en: 'A ZIP code has five digits.', ko: '우편번호는 숫자 다섯 자리입니다.' },
  'newsletter.press_again': {
    en: 'Please look it over and press once more. Nothing was sent yet.',
    ko: '내용을 한 번 보시고 다시 눌러 주세요. 아직 보내지 않았습니다.',
  },
  'newsletter.too_many': {
    en: 'Too much came from your network. Please try again in an hour.',
    ko: '같은 인터넷 회선에서 신청이 너무 많았습니다. 한 시간 뒤에 다시 신청해 주세요.',
  },
  'newsletter.closed': { en: 'This page is closed at the moment.', ko: '지금은 신청을 받지 않습니다.' },
  'newsletter.look': { en: 'Look into your mailbox', ko: '메일함을 확인해 주세요' },
  'newsletter.look_lead': {
    en: 'We have sent a mail to the address you wrote. Press the link in it, and you are on the list. Without that nothing comes.',
    ko: '적어 주신 주소로 메일을 보냈습니다. 메일의 링크를 누르시면 명단에 들어갑니다. 누르지 않으면 아무것도 가지 않습니다.',
  },
  'newsletter.look_spam': {
    en: 'Nothing there after a few minutes? Look among unwanted mail, or ask again with the address as it is written.',
    ko: '몇 분이 지나도 없으면 스팸 메일함을 보시거나, 주소를 확인해 다시 신청해 주세요.',
  },
  'newsletter.archive': { en: 'What we have written so far', ko: '지금까지 보낸 소식' },
  'newsletter.sign_up': { en: 'Get these by e-mail', ko: '이메일로 받기' },
  'newsletter.mail_subject': {
    en: '{{organization}}: please confirm your address',
    ko: '[{{organization}}] 이메일 구독 확인',
  },
  'newsletter.mail_text': {
    en: 'Somebody, probably you, asked for e-mail from {{organization}} at this address. If it was you, open this page and press the button:',
    ko: '이 주소로 {{organization}} 이메일 구독 신청이 들어왔습니다. 본인이 신청하셨으면 아래 주소를 열어 버튼을 눌러 주세요.',
  },
  'newsletter.mail_not_you': {
    en: 'If it was not you, do nothing: nothing more comes, and the address is forgotten after {{days}} days.',
    ko: '신청하지 않으셨으면 그대로 두세요. 더는 보내지 않으며 {{days}}일 뒤에 주소를 지웁니다.',
  },
  'newsletter.confirm_title': { en: 'One more press', ko: '한 번만 눌러 주세요' },
  'newsletter.confirm_lead': {
    en: 'News from {{organization}} will come to {{address}}.',
    ko: '{{address}} 주소로 {{organization}} 소식을 보내 드립니다.',
  },
  'newsletter.confirm': { en: 'Yes, I want it', ko: '예, 받겠습니다' },
  'newsletter.done': { en: 'You are on the list', ko: '신청을 마쳤습니다' },
  'newsletter.done_lead': {
    en: 'News from {{organization}} comes to {{address}}. Each mail has a link by which you choose topics or stop it.',
    ko: '{{address}} 주소로 {{organization}} 소식을 보내 드립니다. 메일마다 있는 링크로 주제를 고르거나 그만 받을 수 있습니다.',
  },
  'newsletter.stopped_since': {
    en: 'You said stop since. To get it again, sign up once more.',
    ko: '그 뒤에 수신 거부하셨습니다. 다시 받으시려면 새로 신청해 주세요.',
  },
  'newsletter.not_to_be': {
    en: 'Nothing may go to this mailbox, because our mail was reported as unwanted there or because it is on a list of those who want none. To change that, write to {{address}}.',
    ko: '이 주소에서 저희 메일을 스팸으로 신고했거나 연락 금지 명단에 있어 보내 드릴 수 없습니다. 바꾸시려면 {{address}} 주소로 알려 주세요.',
  },
  'newsletter.over': { en: 'This link is over', ko: '기한이 지난 링크입니다' },
  'newsletter.over_lead': {
    en: 'It is good for {{days}} days, or your mail program cut it off. Please sign up once more.',
    ko: '{{days}}일 동안 쓸 수 있습니다. 기한이 지났거나 메일 앱에서 주소가 잘렸습니다. 다시 신청해 주세요.',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    newsletter: typeof newsletterMessages
  }
}

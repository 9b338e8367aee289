import { messages } from '../../../platform/i18n/messages.ts'

const own = messages({
  'telling.mailed': {
    en: 'A mail tells {{name}} of it. They are glad to hear it from you as well.',
    ko: '{{name}} 님께 메일로 알려 드립니다. 직접 한 말씀 전해 주셔도 좋습니다.',
  },
  'telling.self': {
    en: '{{name}} does not know yet: there is no mailbox we may write to. Please call or tell them yourself.',
    ko: '{{name}} 님은 아직 모르십니다. 메일을 보낼 수 있는 주소가 없으니 전화하시거나 만나서 알려 주세요.',
  },
  'telling.not_by_us': {
    en: 'Saved. No mail goes out for this decision: please tell {{name}} yourself.',
    ko: '저장했습니다. 이 결정은 메일로 알리지 않으니 {{name}} 님께 직접 알려 주세요.',
  },
  'telling.hello': { en: 'Hello {{name}},', ko: '{{name}} 님, 안녕하세요.' },
  'telling.hello_all': { en: 'Hello,', ko: '안녕하세요.' },
  'telling.answer': {
    en: 'If you have a question, just answer this mail.',
    ko: '궁금하신 점은 이 메일에 답장해 주세요.',
  },
  'telling.accepted_subject': { en: 'You are in: {{cohort}}', ko: '선발되셨습니다: {{cohort}}' },
  'telling.accepted': {
    en: 'You have been accepted into “{{cohort}}”, from {{from}} to {{until}}. We are glad that you are with us and tell you about the first session soon.',
    ko: '‘{{cohort}}’에 선발되셨습니다. 기간은 {{from}}부터 {{until}}까지입니다. 함께하게 되어 기쁩니다. 첫 모임은 곧 따로 알려 드리겠습니다.',
  },
  'telling.accepted_running': {
    en: 'You have been accepted into “{{cohort}}”, which goes on until {{until}}. We are glad that you are with us.',
    ko: '‘{{cohort}}’에 선발되셨습니다. {{until}}까지 이어집니다. 함께하게 되어 기쁩니다.',
  },
  'telling.delegated_subject': { en: 'New for you: {{what}}', ko: '새로 맡으신 일: {{what}}' },
  'telling.delegated': {
    en: 'From {{from}} to {{until}} you may do this with your account: {{what}}. Sign in as usual on those days, and you find it in the menu. Thank you for taking it on.',
    ko: '{{from}}부터 {{until}}까지 쓰시던 계정으로 이 일을 하실 수 있습니다: {{what}}. 그 기간에 평소처럼 로그인하시면 메뉴에 나옵니다. 맡아 주셔서 감사합니다.',
  },
  'telling.delegated_door': {
    en: 'From {{from}} to {{until}} you may do this with your account: {{what}}. Sign in as usual on those days, and you find the events to come on your start page. Thank you for taking it on.',
    ko: '{{from}}부터 {{until}}까지 쓰시던 계정으로 이 일을 하실 수 있습니다: {{what}}. 그 기간에 평소처럼 로그인하시면 다가오는 행사가 첫 화면에 나옵니다. 맡아 주셔서 감사합니다.',
  },
  'telling.delegated_events': { en: 'It is about:', ko: '맡으신 행사:' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    telling: typeof own
  }
}

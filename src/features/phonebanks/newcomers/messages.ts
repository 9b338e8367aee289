import { messages } from '../../../platform/i18n/messages.ts'

export const newcomerMessages = messages({
  'newcomers.title': { en: 'New to us', ko: '새로 오시는 분' },
  'newcomers.lead': {
    en: 'They signed up for “{{event}}” and are in no voter file yet. Ask them whether they come; what they say counts at once.',
    ko: '‘{{event}}’에 신청하셨고 아직 유권자 명부에 없는 분들입니다. 오실 수 있는지 여쭤봐 주세요. 답은 바로 반영됩니다.',
  },
  'newcomers.link': {
    en: { one: '{{count}} newcomer to call', other: '{{count}} newcomers to call' },
    ko: '새로 오시는 분 {{count}}명에게 전화하기',
  },
  'newcomers.ready': {
    en: { one: '{{count}} person is waiting for a call', other: '{{count}} people are waiting for a call' },
    ko: '전화드릴 분이 {{count}}명 있습니다',
  },
  'newcomers.none': { en: 'Nobody is left here for you', ko: '지금 전화드릴 분이 없습니다' },
  'newcomers.next': { en: 'Show me the first', ko: '첫 분 보기' },
  'newcomers.resting': {
    en: {
      one: '{{count}} was rung not long ago, or is in somebody else’s hand. Look again at {{when}}.',
      other: '{{count}} were rung not long ago, or are in somebody else’s hand. Look again at {{when}}.',
    },
    ko: '{{count}}명은 조금 전에 걸었거나 다른 분이 맡고 있습니다. {{when}}에 다시 확인해 주세요.',
  },
  'newcomers.other_language': {
    en: {
      one: '{{count}} speaks a language that is not among yours.',
      other: '{{count}} speak a language that is not among yours.',
    },
    ko: '{{count}}명은 봉사자님이 고르지 않은 언어를 쓰십니다.',
  },
  'newcomers.hours': {
    en: 'It is no time to call now. Come back at {{when}}.',
    ko: '지금은 전화드릴 수 없는 시간입니다. {{when}}에 다시 열어 주세요.',
  },
  'newcomers.bridge': { en: 'The hosts call newcomers', ko: '새로 오시는 분께는 진행자가 전화합니다' },
  'newcomers.bridge_text': {
    en: 'Here you call over the organization’s number, which reaches the voters on the list alone; nobody is called from your own phone. Who is in no voter file is called by hand, from the page of the event.',
    ko: '여기서는 단체 번호로 연결하며, 명단의 유권자에게만 연결됩니다. 봉사자 본인 전화로는 걸지 않습니다. 명부에 없는 분께는 진행자가 행사 화면에서 직접 전화합니다.',
  },
  'newcomers.practice': { en: 'You are practicing', ko: '연습 중입니다' },
  'newcomers.practice_text': {
    en: 'In practice nobody is called.',
    ko: '연습에서는 실제로 전화하지 않습니다.',
  },
  'newcomers.speaks': { en: 'Speaks {{language}}', ko: '쓰시는 언어: {{language}}' },
  'newcomers.tried': { en: 'Last rung {{when}}', ko: '지난번 전화: {{when}}' },
  'newcomers.answer': { en: 'What do they say?', ko: '뭐라고 하시나요?' },
  'newcomers.no_answer': { en: 'Or', ko: '또는' },
  'newcomers.put_off': { en: 'Not now, the next one', ko: '나중에, 다음 분으로' },
  'newcomers.put_off_many': {
    en: 'You have put off many people, so nobody new is shown to you: those come back here after half an hour. If you cannot call them, tell the host.',
    ko: '미뤄 두신 분이 많아 새로운 분은 보여 드리지 않습니다. 미룬 분들은 30분 뒤에 여기 다시 나옵니다. 전화하기 어려우시면 진행자에게 말씀해 주세요.',
  },
  'newcomers.saved': { en: 'Saved.', ko: '저장했습니다.' },
  'newcomers.undo': { en: 'That was a slip: undo', ko: '잘못 눌렀어요: 되돌리기' },
  'newcomers.last': { en: 'Your last call here', ko: '마지막으로 거신 전화' },
  'newcomers.undone': { en: 'Undone.', ko: '되돌렸습니다.' },
  'newcomers.again': {
    en: 'Undone. They are in your hand again: press what they said.',
    ko: '되돌렸습니다. 그분이 다시 나와 있으니 맞는 답을 눌러 주세요.',
  },
  'newcomers.stays': {
    en: 'It could not be undone from here. Tell the host.',
    ko: '여기서 되돌릴 수 없습니다. 진행자에게 말씀해 주세요.',
  },
  'newcomers.quicker': {
    en: 'Nothing was saved: they have answered meanwhile, or somebody was quicker.',
    ko: '저장하지 않았습니다. 그사이 본인이 답했거나 다른 분이 먼저 처리했습니다.',
  },
  'newcomers.busy': {
    en: 'Numbers are being sorted out just now. Press again in a moment.',
    ko: '지금 전화번호를 정리하고 있습니다. 잠시 뒤에 다시 눌러 주세요.',
  },
  'newcomers.to_voters': { en: 'To the voters on the list', ko: '명단의 유권자에게 걸기' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    phone_bank_newcomers: typeof newcomerMessages
  }
}

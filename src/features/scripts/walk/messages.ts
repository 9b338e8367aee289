import { messages } from '../../../platform/i18n/messages.ts'
import '../../../platform/ui/messages.ts'

/** Words around a script that is being read, in a call and in the workshop's preview alike. */
export const walkMessages = messages({
  'walk.part': { en: '{{at}} of about {{of}}', ko: '{{at}}번째 (모두 {{of}}단계쯤)' },
  'walk.greeting': { en: 'Greeting', ko: '인사말' },
  'walk.closing': { en: 'Closing words', ko: '끝인사' },
  'walk.read_aloud': { en: 'Read aloud', ko: '읽어 주세요' },
  'walk.only_in': {
    en: 'In {{language}}: not written in {{wanted}} yet.',
    ko: '{{language}} 글입니다. {{wanted}}로는 아직 쓰지 않았습니다.',
  },
  'walk.talk_in': { en: 'Language of the call', ko: '통화하는 말' },
  'walk.talk_in_unknown': { en: 'Which language are you speaking?', ko: '어느 말로 통화하시나요?' },
  'walk.show_other': { en: 'Show {{language}} too', ko: '{{language}} 함께 보기' },
  'walk.hide_other': { en: 'Hide {{language}}', ko: '{{language}} 숨기기' },
  'walk.answer': { en: 'Answer', ko: '답' },
  'walk.answer_words': { en: 'What they said', ko: '하신 말씀' },
  'walk.answer_number': { en: 'Number', ko: '숫자' },
  'walk.back': { en: 'Back', ko: '뒤로' },
  'walk.skip_question': { en: 'Skip question', ko: '질문 넘기기' },
  'walk.finish': { en: 'Save, next voter', ko: '저장하고 다음 분' },
  'walk.finish_without': { en: 'Choose a result', ko: '결과 고르기' },
  'walk.ended_early': { en: 'Call ended here', ko: '통화가 끝남' },
  'walk.support.1': { en: 'Strong support', ko: '적극 지지' },
  'walk.support.2': { en: 'Leaning our way', ko: '지지하는 편' },
  'walk.support.3': { en: 'Undecided', ko: '미정' },
  'walk.support.4': { en: 'Leaning against', ko: '지지하지 않는 편' },
  'walk.support.5': { en: 'Against', ko: '지지 안 함' },

  'walk.hurry': { en: 'They are in a hurry', ko: '바쁘다고 하세요' },
  'walk.hurry_on': {
    en: 'Short way: only the most important questions.',
    ko: '꼭 필요한 질문만 나옵니다.',
  },
  'walk.hurry_off': { en: 'Ask everything', ko: '모두 묻기' },
  'walk.dropped': {
    en: {
      one: 'Another way is taken now. {{count}} answer given before is dropped: {{questions}}',
      other: 'Another way is taken now. {{count}} answers given before are dropped: {{questions}}',
    },
    ko: '답이 바뀌어 다른 질문으로 이어집니다. 전에 받은 답 {{count}}개는 빠집니다: {{questions}}',
  },
  'walk.dropped_back': { en: 'Take the change back', ko: '바꾸기 전으로' },
  'walk.keys': {
    en: 'Keys: → next, ← back, 1 to 9 choose an answer.',
    ko: '키보드: → 다음, ← 뒤로, 숫자 1~9로 답 고르기.',
  },
  'walk.swipe': {
    en: 'Swipe left over these words for the next part, right to go back.',
    ko: '이 글 위에서 왼쪽으로 밀면 다음, 오른쪽으로 밀면 뒤로 갑니다.',
  },

  'walk.objections': { en: 'If they object', ko: '이렇게 말씀하시면' },
  'walk.facts': { en: 'Facts and links', ko: '알려 드릴 내용' },
  'walk.search': { en: 'Search', ko: '찾기' },
  'walk.search_hint': { en: 'A word they said', ko: '상대가 한 말' },
  'walk.found': { en: { one: '{{count}} found', other: '{{count}} found' }, ko: '{{count}}개' },
  'walk.found_none': {
    en: 'Nothing fits. “I will ask and somebody will call you back” is a good answer.',
    ko: '맞는 내용이 없습니다. “알아보고 다시 연락드리겠습니다”라고 하셔도 됩니다.',
  },
  'walk.link': { en: 'Link', ko: '주소' },
  'walk.send_ask': {
    en: 'Ask: “May I send you the link?” Only if they say yes:',
    ko: '“주소를 보내 드려도 될까요?” 하고 여쭤 보세요. 좋다고 하시면:',
  },
  'walk.send_text': { en: 'They agree to a text', ko: '문자로 받겠다고 하심' },
  'walk.send_email': { en: 'They agree to an e-mail', ko: '이메일로 받겠다고 하심' },
  'walk.send_to_phone': { en: 'Number', ko: '전화번호' },
  'walk.send_to_email': { en: 'E-mail address', ko: '이메일 주소' },
  'walk.send_wrong_phone': { en: 'Type the ten digits of the number.', ko: '전화번호 10자리를 입력해 주세요.' },
  'walk.send_wrong_email': {
    en: 'Please check the e-mail address, for example name@example.com.',
    ko: '이메일 주소를 다시 확인해 주세요. 예: name@example.com',
  },
  'walk.send_agreed': { en: 'Note that they agreed', ko: '동의하셨다고 적기' },
  'walk.send_noted': {
    en: 'Noted that they agreed. Now send it from your own phone:',
    ko: '동의하셨다고 적었습니다. 이제 내 전화에서 보내세요:',
  },
  'walk.send_by_organization': {
    en: 'Noted that they agreed. The organization sends it to {{to}} from its own address.',
    ko: '동의하셨다고 적었습니다. 단체에서 {{to}} 앞으로 이메일을 보냅니다.',
  },
  'walk.send_text_by_organization': {
    en: 'Noted that they agreed. The organization texts {{to}} from its own number.',
    ko: '동의하셨다고 적었습니다. 단체 번호로 {{to}} 번에 문자를 보냅니다.',
  },
  'walk.send_no_text': {
    en: 'By e-mail only: a text from your own phone would show your number.',
    ko: '이메일로만 보냅니다. 본인 전화로 문자를 보내면 번호가 보이기 때문입니다.',
  },
  'walk.send_open_text': { en: 'Open a text to {{to}}', ko: '{{to}} 번으로 문자 쓰기' },
  'walk.send_open_email': { en: 'Open an e-mail to {{to}}', ko: '{{to}} 앞으로 이메일 쓰기' },

  'walk.reading': { en: 'Size and contrast', ko: '글자 크기와 대비' },
  'walk.size': { en: 'Size of type', ko: '글자 크기' },
  'walk.size.normal': { en: 'Normal', ko: '보통' },
  'walk.size.large': { en: 'Large', ko: '크게' },
  'walk.size.largest': { en: 'Largest', ko: '아주 크게' },
  'walk.contrast': { en: 'Stronger contrast', ko: '글자 더 또렷하게' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    walk: typeof walkMessages
  }
}

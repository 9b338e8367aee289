import { recruitObjections, type Draft } from './support.ts'

/** Asks supporters to join an evening of calls: a day is proposed, not left open. */
export const recruitScript = (): Draft => ({
  languages: ['en', 'ko'],
  greeting: {
    en: 'Hello, is this {voter.name}? My name is {caller.name}, I’m a volunteer with {organization}. You told us that you share our goals, so I would like to ask something of you. Do you have two minutes?',
    ko: '안녕하세요. {voter.name} {voter.title}이신가요? 저는 {organization} 자원봉사자 {caller.name}입니다. 지난번에 저희와 뜻이 같다고 하셔서 부탁드릴 일이 있어 전화드렸습니다. 2분만 괜찮으실까요?',
  },
  steps: [
    {
      key: 'why',
      kind: 'say',
      say: {
        en: 'In the weeks before the election we call Korean voters in their own language. One evening of one volunteer reaches about twenty households.',
        ko: '선거 전 몇 주 동안 한인 유권자께 우리말로 전화를 드립니다. 한 분이 하루 저녁이면 스무 집쯤 통화하실 수 있습니다.',
      },
      note: { en: 'Say in a sentence why you do it yourself.', ko: '내가 왜 하는지 한 문장으로 말씀하세요.' },
    },
    {
      key: 'join',
      kind: 'choice',
      is_quick: true,
      say: {
        en: 'We call together on weekday evenings and on Saturdays; first-timers are trained. Which suits you better this week, an evening or Saturday?',
        ko: '평일 저녁과 토요일에 함께 전화 거는 시간이 있습니다. 처음이셔도 옆에서 알려 드립니다. 이번 주에는 평일 저녁과 토요일 가운데 언제가 나으세요?',
      },
      note: {
        en: 'Name both, then wait. Silence is fine. Put the exact day and hour into the note.',
        ko: '두 가지를 말씀하시고 기다리세요. 잠시 조용해도 괜찮습니다. 정하신 날짜와 시각은 메모에 적으세요.',
      },
      choices: [
        { key: 'evening', label: { en: 'A weekday evening', ko: '평일 저녁' } },
        { key: 'saturday', label: { en: 'Saturday', ko: '토요일' } },
        { key: 'from_home', label: { en: 'From home', ko: '집에서' } },
        { key: 'later', label: { en: 'Maybe later', ko: '나중에' } },
        { key: 'no', label: { en: 'No', ko: '어려움' } },
      ],
      goes: { later: 'other_help', no: 'other_help' },
    },
    {
      key: 'languages',
      kind: 'several',
      say: {
        en: 'In which languages would you like to call?',
        ko: '어떤 말로 통화하시는 게 편하세요?',
      },
      choices: [
        { key: 'korean', label: { en: 'Korean', ko: '한국어' } },
        { key: 'english', label: { en: 'English', ko: '영어' } },
        { key: 'other', label: { en: 'Another', ko: '그 밖의 언어' } },
      ],
    },
    {
      key: 'friend',
      kind: 'yes_no',
      say: {
        en: 'Wonderful. Would you bring a friend or somebody of your family?',
        ko: '고맙습니다. 친구나 가족과 같이 오시겠어요?',
      },
      next: 'closing',
    },
    {
      key: 'other_help',
      kind: 'several',
      say: {
        en: 'I understand. Perhaps one of these suits you better?',
        ko: '네, 알겠습니다. 혹시 이런 일은 어떠세요?',
      },
      note: { en: 'Read the list. If nothing, go on.', ko: '보기를 읽어 드리세요. 없으면 다음으로 가세요.' },
      choices: [
        { key: 'drive', label: { en: 'Drive voters to the polls', ko: '투표소까지 라이드' } },
        { key: 'translate', label: { en: 'Translate', ko: '번역' } },
        { key: 'tell_friends', label: { en: 'Tell five friends', ko: '친구 다섯 분께 알리기' } },
        { key: 'food', label: { en: 'Bring food on an evening', ko: '모임 날 음식 준비' } },
      ],
    },
  ],
  closing: {
    en: 'Thank you. It makes a difference when neighbors call neighbors. Have a good day.',
    ko: '감사합니다. 이웃이 이웃에게 거는 전화가 큰 힘이 됩니다. 안녕히 계세요.',
  },
  voicemail: {
    en: 'Hello, this is {caller.name}, a volunteer with {organization}. We are looking for people who call voters with us for an evening. You can reach us at {phone}, again {phone}. Thank you.',
    ko: '안녕하세요, {organization} 자원봉사자 {caller.name}입니다. 하루 저녁 함께 전화 걸어 주실 분을 찾고 있습니다. {phone}, 다시 한번 {phone} 번으로 연락 주시면 됩니다. 감사합니다.',
  },
  objections: recruitObjections,
})

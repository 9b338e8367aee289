import type { Disposition } from '../../contacts/schema.ts'

/** A text in both languages. */
interface Both {
  en: string
  ko: string
}

/** Somebody who does not exist, to practice with. */
export interface PracticeVoter {
  key: string
  name: Both
  first_name: string
  age: number
  language: { code: 'en' | 'ko'; is_known: boolean } | null
  /** What the page says of them before the call. */
  about: Both
  /** What one hears when the call is answered, in the order it is said. `speaks`: the language it is said in. */
  hears: readonly { speaks: 'en' | 'ko' | 'zh'; said: string; means: Both }[]
  /** Does a person listen to the script? */
  listens: 'to_script' | 'to_voicemail' | 'no'
  /** Has time for the short way only. */
  is_hurried?: true
  right: Disposition
  /** Why that result is the right one. */
  why: Both
}

/** Made up by us. Every name says that it is for practice. */
export const practiceVoters: readonly PracticeVoter[] = [
  {
    key: 'willing',
    name: { en: 'Practice Younghee Kim', ko: '연습 김영희' },
    first_name: 'Younghee',
    age: 68,
    language: { code: 'ko', is_known: true },
    about: { en: 'Age 68 · speaks Korean', ko: '68세 · 한국어' },
    hears: [
      {
        speaks: 'ko',
        said: '여보세요? 네, 제가 김영희인데요. 말씀하세요.',
        means: { en: 'Hello? Yes, this is Younghee Kim. Go ahead.', ko: '통화할 수 있다고 하십니다.' },
      },
    ],
    listens: 'to_script',
    right: 'canvassed',
    why: {
      en: 'She answered your questions. Press “They answered”, read on, choose the answers and save.',
      ko: '질문에 답하셨습니다. “전화 받음”을 누르고 읽으시면서 답을 고른 뒤 저장합니다.',
    },
  },
  {
    key: 'mailbox',
    name: { en: 'Practice Daniel Park', ko: '연습 박대니얼' },
    first_name: 'Daniel',
    age: 34,
    language: null,
    about: { en: 'Age 34 · language not known', ko: '34세 · 언어 모름' },
    hears: [
      {
        speaks: 'en',
        said: 'Hi, you’ve reached Daniel. Leave a message after the tone. … Beep.',
        means: { en: 'A mailbox.', ko: '음성사서함입니다. 삐 소리 뒤에 말씀을 남기라고 합니다.' },
      },
    ],
    listens: 'to_voicemail',
    right: 'left_message',
    why: {
      en: 'You spoke the message yourself. Had you hung up, “No answer” would be right.',
      ko: '직접 말씀을 남기셨습니다. 남기지 않고 끊으셨다면 “안 받음”이 맞습니다.',
    },
  },
  {
    key: 'refuses',
    name: { en: 'Practice Sung Ho Lee', ko: '연습 이성호' },
    first_name: 'Sung Ho',
    age: 57,
    language: { code: 'ko', is_known: false },
    about: { en: 'Age 57 · likely speaks Korean', ko: '57세 · 한국어일 듯함' },
    hears: [
      {
        speaks: 'ko',
        said: '지금 바빠요. 관심 없습니다.',
        means: { en: 'I’m busy now. Not interested.', ko: '바쁘고 관심이 없다고 하십니다.' },
      },
    ],
    listens: 'no',
    right: 'refused',
    why: {
      en: 'He does not want to talk. Thank him and say goodbye. He did not ask never to be called: that would be “Do not call”.',
      ko: '통화를 원치 않으십니다. 고맙다고 인사하고 끊으세요. 다시 걸지 말라고 하신 것은 아니므로 “전화 원치 않음”은 아닙니다.',
    },
  },
  {
    key: 'never_again',
    name: { en: 'Practice Grace Choi', ko: '연습 최은혜' },
    first_name: 'Grace',
    age: 45,
    language: { code: 'en', is_known: true },
    about: { en: 'Age 45 · speaks English', ko: '45세 · 영어' },
    hears: [
      {
        speaks: 'en',
        said: 'Please take me off your list and never call me again.',
        means: { en: 'She wants no more calls.', ko: '명단에서 빼고 다시는 전화하지 말라고 하십니다.' },
      },
    ],
    listens: 'no',
    right: 'do_not_call',
    why: {
      en: 'She asked never to be called. Say that you noted it. From then on nobody of the organization calls her.',
      ko: '다시 걸지 말라고 하셨습니다. 적어 두었다고 말씀드리세요. 그 뒤로는 단체의 누구도 전화하지 않습니다.',
    },
  },
  {
    key: 'wrong_number',
    name: { en: 'Practice Min-jun Jung', ko: '연습 정민준' },
    first_name: 'Min-jun',
    age: 29,
    language: null,
    about: { en: 'Age 29 · language not known', ko: '29세 · 언어 모름' },
    hears: [
      {
        speaks: 'en',
        said: 'Min-jun? There’s nobody of that name here. I’ve had this number for years.',
        means: { en: 'The number is somebody else’s.', ko: '그런 사람은 없고, 오래전부터 본인 번호라고 하십니다.' },
      },
    ],
    listens: 'no',
    right: 'wrong_number',
    why: {
      en: 'The number is not his. Apologize; the number is taken off the voter.',
      ko: '다른 분의 번호입니다. 사과드리면 됩니다. 이 번호는 유권자에게서 빠집니다.',
    },
  },
  {
    key: 'hurried',
    name: { en: 'Practice Michael Kang', ko: '연습 강민호' },
    first_name: 'Michael',
    age: 41,
    language: { code: 'en', is_known: false },
    about: { en: 'Age 41 · likely speaks English', ko: '41세 · 영어일 듯함' },
    hears: [
      {
        speaks: 'en',
        said: 'Yes, that’s me, but I’m just leaving. Can you make it quick?',
        means: { en: 'He has a minute.', ko: '본인이지만 막 나가려던 참이라 짧게 해 달라고 합니다.' },
      },
    ],
    listens: 'to_script',
    is_hurried: true,
    right: 'canvassed',
    why: {
      en: 'A minute was enough. Where the script has “They are in a hurry”, it leaves the questions that matter most; one answer is worth saving.',
      ko: '짧게도 여쭤볼 수 있습니다. 스크립트에 “바쁘다고 하세요” 단추가 있으면 꼭 필요한 질문만 나옵니다. 답을 하나만 들어도 저장하세요.',
    },
  },
  {
    key: 'objects',
    name: { en: 'Practice Soon-ja Yoon', ko: '연습 윤순자' },
    first_name: 'Soon-ja',
    age: 63,
    language: { code: 'ko', is_known: true },
    about: { en: 'Age 63 · speaks Korean', ko: '63세 · 한국어' },
    hears: [
      {
        speaks: 'ko',
        said: '누가 되든 다 똑같지, 투표해서 뭐가 달라져요?',
        means: {
          en: 'It is all the same whoever wins. What does voting change?',
          ko: '투표해도 달라지는 게 없다고 하십니다.',
        },
      },
    ],
    listens: 'to_script',
    right: 'canvassed',
    why: {
      en: 'An objection is no refusal: she goes on talking. Open “If they object” and look for a word she said; then ask on.',
      ko: '거절하신 것이 아니라 궁금해하시는 것입니다. “이렇게 말씀하시면”을 열고 하신 말씀을 찾아 보신 뒤 질문을 이어 가세요.',
    },
  },
  {
    key: 'other_language',
    name: { en: 'Practice Mei Chen', ko: '연습 천메이' },
    first_name: 'Mei',
    age: 71,
    language: null,
    about: { en: 'Age 71 · language not known', ko: '71세 · 언어 모름' },
    hears: [
      {
        speaks: 'zh',
        said: '喂？我聽不懂。你會說中文嗎？',
        means: {
          en: 'Hello? I don’t understand. Do you speak Chinese?',
          ko: '못 알아듣겠다며 중국어를 하느냐고 묻습니다.',
        },
      },
    ],
    listens: 'no',
    right: 'language_barrier',
    why: {
      en: 'You heard Chinese. Say which language it was, and a caller who speaks it gets her next.',
      ko: '중국어를 쓰십니다. 들은 언어를 고르시면, 그 언어를 하는 봉사자에게 먼저 갑니다.',
    },
  },
]

/** Results offered in practice: the usual ones. */
export const practiceResults = [
  'canvassed',
  'no_answer',
  'left_message',
  'refused',
  'wrong_number',
  'language_barrier',
  'do_not_call',
] as const satisfies readonly Disposition[]

import type { MailingLane } from '../schema.ts'
import { MailContent } from '../writing/schema.ts'
import { signed, starterContent } from '../writing/starters.ts'
import type { JourneyStarter } from './schema.ts'

/* Journeys to begin with, in both languages: our own writing. */

interface Starter {
  lane: MailingLane
  expression: string
  exits: string
  takes_all: boolean
  steps: { wait_hours: number; content: MailContent }[]
}

const day = 24

interface Said {
  en: string
  ko: string
}

/** One text under a heading, with the organization's name below. */
const mail = (subject: Said, preheader: Said, title: Said, said: Said, more: object[] = []): MailContent =>
  MailContent.parse({
    subject,
    preheader,
    blocks: [
      { key: 'b1', kind: 'heading', title },
      {
        key: 'b2',
        kind: 'text',
        said: { en: `Dear {first_name|friend},\n\n${said.en}`, ko: `{name|회원} 님께\n\n${said.ko}` },
      },
      ...more,
      { key: 'b9', kind: 'text', said: signed },
    ],
  })

export function starterJourney(starter: JourneyStarter, event_id: string | null, today: string): Starter {
  switch (starter) {
    case 'welcome':
      return { lane: 'member_communication', expression: 'member-since:7d', exits: '-member:good', takes_all: true, steps: welcome(today) } // prettier-ignore
    case 'event':
      return { lane: 'non_partisan', expression: '', exits: '', takes_all: true, steps: reminders(event_id ?? '') }
    case 'lapsed':
      return { lane: 'non_partisan', expression: 'member:lapsed', exits: 'member:good', takes_all: false, steps: lapsed() } // prettier-ignore
    case 'empty':
      return { lane: 'member_communication', expression: '', exits: '', takes_all: false, steps: [] }
    default:
      return starter satisfies never
  }
}

function welcome(today: string): Starter['steps'] {
  const first = starterContent('welcome', today)
  return [
    // Which event comes next nobody knows when it is written.
    { wait_hours: 0, content: { ...first, blocks: first.blocks.filter(({ kind }) => kind !== 'event') } },
    {
      wait_hours: 3 * day,
      content: mail(
        { en: 'One evening that makes a difference', ko: '하루 저녁이면 됩니다' },
        { en: 'How new members begin', ko: '새 회원은 이렇게 시작합니다' },
        { en: 'Three ways to begin', ko: '시작하는 세 가지 방법' },
        {
          en: 'Most of us began with something small:\n\n- **Two hours on the telephone.** You call neighbors from a list, with somebody beside you who has done it before.\n- **One meeting.** Listen first; nobody has to speak.\n- **One conversation at home.** Ask whether everybody in your family is registered to vote.\n\nSimply answer this e-mail and say which of them suits you.',
          ko: '저희도 대부분 작은 일에서 시작했습니다.\n\n- **두 시간 전화 걸기.** 명단을 보고 이웃에게 전화를 겁니다. 해 보신 분이 옆에서 도와드립니다.\n- **모임 한 번.** 처음에는 듣기만 하셔도 됩니다.\n- **집에서 나누는 대화 한 번.** 가족이 모두 유권자 등록을 했는지 물어봐 주세요.\n\n어느 것이 좋으신지 이 이메일에 답장해 주세요.',
        },
      ),
    },
    {
      wait_hours: 11 * day,
      content: mail(
        { en: 'What is on your mind?', ko: '어떤 문제가 가장 걱정되세요?' },
        { en: 'Two lines are enough', ko: '두 줄이면 충분합니다' },
        { en: 'Tell us what matters to you', ko: '무엇이 중요한지 알려 주세요' },
        {
          en: 'You have been with us for two weeks. What should those we elect do something about first: rent, schools, health care, language help, safety, or something else?\n\nAnswer this e-mail in the language you like. We read every answer, and we take them along when we talk with candidates.',
          ko: '함께하신 지 두 주가 되었습니다. 당선된 분들이 무엇부터 해결해야 할까요? 렌트, 학교, 의료, 언어 지원, 치안, 아니면 다른 문제인가요?\n\n편하신 언어로 이 이메일에 답장해 주세요. 모든 답장을 읽고, 후보들을 만날 때 전하겠습니다.',
        },
      ),
    },
  ]
}

const reminders = (event_id: string): Starter['steps'] => {
  const block = [{ key: 'b3', kind: 'event', of: event_id }]
  return [
    {
      wait_hours: 3 * day,
      content: mail(
        { en: 'See you in three days', ko: '사흘 뒤에 뵙겠습니다' },
        { en: 'When, where and how to get there', ko: '시간과 장소, 오시는 길' },
        { en: 'You are signed up', ko: '참가 신청을 확인했습니다' },
        {
          en: 'We look forward to seeing you. If you cannot come, please tell us through the page below, so that somebody else gets the seat.',
          ko: '곧 뵙기를 기대합니다. 못 오시게 되면 아래 화면에서 알려 주세요. 기다리는 분께 자리를 드립니다.',
        },
        block,
      ),
    },
    {
      wait_hours: day,
      content: mail(
        { en: 'Tomorrow', ko: '내일입니다' },
        { en: 'We look forward to seeing you', ko: '내일 뵙겠습니다' },
        { en: 'See you tomorrow', ko: '내일 뵙겠습니다' },
        {
          en: 'Bring a neighbor if you like. Korean and English are spoken.',
          ko: '이웃과 함께 오셔도 좋습니다. 한국어와 영어로 진행합니다.',
        },
        block,
      ),
    },
  ]
}

const lapsed = (): Starter['steps'] => [
  {
    wait_hours: 0,
    content: mail(
      { en: 'Your membership has run out', ko: '회비가 만료되었습니다' },
      { en: 'It takes a minute to renew', ko: '다시 내는 데 1분이면 됩니다' },
      { en: 'We would like to keep you', ko: '계속 함께해 주세요' },
      {
        en: 'Your membership of {organization} has run out. It is what pays for the interpreters, the telephone lines and the guides in two languages.\n\nTo renew, answer this e-mail or tell whoever you know with us. If something we did kept you away, we would like to hear that too.',
        ko: '{organization} 회비가 만료되었습니다. 회비는 통역, 전화, 두 언어로 만드는 안내서에 쓰입니다.\n\n다시 내시려면 이 이메일에 답장하시거나 아시는 저희 회원에게 말씀해 주세요. 저희가 부족했던 점이 있다면 그것도 들려주세요.',
      },
    ),
  },
  {
    wait_hours: 21 * day,
    content: mail(
      { en: 'Are you still with us?', ko: '아직 함께하고 계신가요?' },
      { en: 'The last time we ask', ko: '마지막으로 여쭙습니다' },
      { en: 'We ask once more, and then no more', ko: '한 번만 더 여쭙겠습니다' },
      {
        en: 'Three weeks ago we wrote that your membership has run out. If you want to renew, a word in answer is enough. If not, you need not do anything: you will get no more reminders.',
        ko: '3주 전에 회비가 만료되었다고 알려 드렸습니다. 다시 내실 뜻이 있으면 짧게 답장해 주세요. 아니시면 아무것도 하지 않으셔도 됩니다. 더는 안내를 보내지 않겠습니다.',
      },
    ),
  },
]

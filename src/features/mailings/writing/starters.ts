import { formatDate } from '../../../platform/i18n/formats.ts'
import type { LocalizedText } from '../../../platform/i18n/languages.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { electionName } from '../../elections/calendars.ts'
import '../../elections/messages.ts'
import { daysAhead, forVoters, nextElection } from '../../elections/rules.ts'
import { MailContent } from './schema.ts'

/* Mailings to begin with, in both languages: our own writing. What is in double brackets is for the writer to fill in. */

export const starterKeys = ['welcome', 'event', 'endorsement', 'gotv', 'policy', 'thanks'] as const
export type StarterKey = (typeof starterKeys)[number]

/** `today` is 'YYYY-MM-DD'. */
export const starterContent = (key: StarterKey, today: string): MailContent =>
  MailContent.parse(key === 'gotv' ? gotv(today) : starters[key])

/** How every one of them ends. */
export const signed = { en: '{organization}', ko: '{organization} 드림' }

const starters: Record<Exclude<StarterKey, 'gotv'>, object> = {
  welcome: {
    subject: { en: 'Welcome, {first_name|friend}', ko: '{name|회원} 님, 반갑습니다' },
    preheader: { en: 'What we do together, and how to take part', ko: '함께 하는 일과 참여하는 방법' },
    blocks: [
      { key: 'b1', kind: 'heading', title: { en: 'Welcome to {organization}', ko: '{organization}에 오신 것을 환영합니다' } },
      {
        key: 'b2',
        kind: 'text',
        said: {
          en: 'Dear {first_name|friend},\n\nThank you for joining us. We are neighbors who want our community to be heard: we help people register and vote, ask candidates where they stand, and remind those who win of what they promised.\n\nHere is how most of us begin:\n\n- Come to the next meeting and say hello.\n- Make calls to voters with us for one evening. First-timers are trained.\n- Tell us which language you like to read. A link to choose is at the end of each e-mail.',
          ko: '{name|회원} 님께\n\n함께해 주셔서 감사합니다. 저희는 우리 커뮤니티의 목소리가 들리게 하려고 모인 이웃입니다. 유권자 등록과 투표를 돕고, 후보들에게 정책을 묻고, 당선된 분들이 약속을 지키는지 지켜봅니다.\n\n처음에는 이렇게 시작해 보세요.\n\n- 다음 모임에 오셔서 인사를 나눠 주세요.\n- 하루 저녁 유권자에게 전화 거는 일을 함께해 주세요. 처음이셔도 옆에서 알려 드립니다.\n- 어느 언어로 받고 싶으신지 알려 주세요. 이메일 끝에서 고르실 수 있습니다.',
        },
      },
      { key: 'b3', kind: 'event', of: '' },
      { key: 'b4', kind: 'text', said: { en: `Questions? Simply reply to this e-mail.\n\n${signed.en}`, ko: `궁금하신 점은 이 이메일에 답장해 주세요.\n\n${signed.ko}` } },
    ],
  },
  event: {
    subject: { en: 'You are invited: [[event, day]]', ko: '초대합니다: [[행사, 날짜]]' },
    preheader: { en: 'Korean and English are spoken; bring a neighbor', ko: '한국어와 영어로 진행합니다. 이웃과 함께 오세요' },
    blocks: [
      { key: 'b1', kind: 'heading', title: { en: 'Will you join us?', ko: '함께해 주시겠어요?' } },
      {
        key: 'b2',
        kind: 'text',
        said: {
          en: 'Dear {first_name|neighbor},\n\nWe would like to see you at our next event. [[One sentence: why it matters now.]]',
          ko: '{name|이웃} 님께\n\n다음 행사에 초대합니다. [[지금 왜 중요한지 한 문장]]',
        },
      },
      { key: 'b3', kind: 'event', of: '' },
      {
        key: 'b4',
        kind: 'text',
        said: {
          en: `If you cannot come, please tell us through the same page, so that somebody else gets the seat.\n\n${signed.en}`,
          ko: `못 오시게 되면 같은 화면에서 알려 주세요. 기다리는 분께 자리를 드립니다.\n\n${signed.ko}`,
        },
      },
    ],
  },
  endorsement: {
    subject: { en: 'Our members have decided', ko: '회원 투표 결과를 알려 드립니다' },
    preheader: { en: 'Whom we endorse, and why', ko: '공식 지지 후보와 그 이유' },
    blocks: [
      { key: 'b1', kind: 'heading', title: { en: 'Our endorsement', ko: '공식 지지 후보를 발표합니다' } },
      {
        key: 'b2',
        kind: 'text',
        said: {
          en: 'Dear {first_name|friend},\n\nOur members read the candidates’ answers, heard the interviews and voted. This is what they decided.',
          ko: '{name|회원} 님께\n\n회원들이 후보들의 정책 답변서를 읽고 면담을 지켜본 뒤 투표했습니다. 결과는 다음과 같습니다.',
        },
      },
      { key: 'b3', kind: 'endorsement', of: '' },
      {
        key: 'b4',
        kind: 'action',
        title: { en: 'Help us tell the voters', ko: '유권자에게 함께 알려 주세요' },
        said: {
          en: 'An evening of calls, two hours, with training and company.',
          ko: '저녁 두 시간 함께 전화를 겁니다. 방법은 그 자리에서 알려 드립니다.',
        },
        label: { en: 'Choose an evening', ko: '날짜 고르기' },
        link: {},
      },
      { key: 'b5', kind: 'text', said: signed },
    ],
  },
  policy: {
    subject: { en: '[[Bill or budget]]: what it means for us', ko: '[[법안이나 예산]]: 우리에게 달라지는 것' },
    preheader: { en: 'In one minute, with what you can do', ko: '1분이면 읽습니다. 할 수 있는 일도 있습니다' },
    blocks: [
      { key: 'b1', kind: 'heading', title: { en: '[[What is being decided]]', ko: '[[무엇을 정하는지]]' } },
      {
        key: 'b2',
        kind: 'text',
        said: {
          en: 'Dear {first_name|neighbor},\n\n[[Who decides what, and by when, in two sentences.]]',
          ko: '{name|이웃} 님께\n\n[[누가 무엇을 언제까지 정하는지 두 문장]]',
        },
      },
      {
        key: 'b3',
        kind: 'brief',
        title: { en: 'What it means for our community', ko: '우리 커뮤니티에 미치는 영향' },
        said: { en: '- **Now:** [[…]]\n- **If it passes:** [[…]]\n- **Who is affected:** [[…]]', ko: '- **지금:** [[…]]\n- **통과되면:** [[…]]\n- **영향받는 분:** [[…]]' },
        link: {},
      },
      {
        key: 'b4',
        kind: 'action',
        title: { en: 'One thing you can do', ko: '한 가지만 해 주세요' },
        said: { en: 'Call your council member and say in a sentence what you think.', ko: '시의원 사무실에 전화해 생각을 한 문장으로 말씀해 주세요.' },
        label: { en: 'How to call', ko: '전화하는 방법' },
        link: {},
      },
      { key: 'b5', kind: 'text', said: signed },
    ],
  },
  thanks: {
    subject: { en: 'Thank you, {first_name|friend}', ko: '{name|회원} 님, 감사합니다' },
    preheader: { en: 'What we did together', ko: '함께 해낸 일' },
    blocks: [
      { key: 'b1', kind: 'heading', title: { en: 'Thank you', ko: '감사합니다' } },
      {
        key: 'b2',
        kind: 'text',
        said: {
          en: `Dear {first_name|friend},\n\nThis is what we did together:\n\n- [[So many]] calls to voters\n- [[So many]] neighbors who came\n- [[What changed]]\n\nNone of it would have happened without you. Please rest a little; we will write when there is something new to do.\n\n${signed.en}`,
          ko: `{name|회원} 님께\n\n함께 해낸 일입니다.\n\n- 유권자에게 건 전화 [[몇]] 통\n- 와 주신 이웃 [[몇]] 명\n- [[달라진 것]]\n\n{name|회원} 님이 계셔서 할 수 있었습니다. 잠시 쉬시고, 새로 함께할 일이 생기면 다시 알려 드리겠습니다.\n\n${signed.ko}`,
        },
      },
    ],
  },
} // prettier-ignore

/** With the days of the next election of the whole state, as the calendar has them. */
function gotv(today: string): object {
  const next = nextElection(today)
  const in_ = (say: (language: 'en' | 'ko') => string): LocalizedText => ({ en: say('en'), ko: say('ko') })
  const day = (language: 'en' | 'ko', on: string): string => formatDate(language, on)
  const days = next ? daysAhead(next, today).filter(forVoters) : []
  const name = (language: 'en' | 'ko'): string => (next ? electionName(translator(language), next) : '[[…]]')
  const dated = (language: 'en' | 'ko'): string =>
    days
      .map(({ what, on, until }) => {
        const when = until ? `${day(language, on)}${language === 'ko' ? '부터 ' : ' to '}${day(language, until)}${language === 'ko' ? '까지' : ''}` : day(language, on)
        return `- **${translator(language)(`elections.day.${what}`)}:** ${when}`
      })
      .join('\n')
  const on = (language: 'en' | 'ko'): string => (next ? day(language, next.held_on) : '[[…]]')
  return {
    subject: { en: `Your vote: ${on('en')}`, ko: `투표일은 ${on('ko')}입니다` },
    preheader: { en: 'The days, your poll site, and help in Korean', ko: '투표 날짜와 투표소, 한국어 도움 안내' },
    blocks: [
      { key: 'b1', kind: 'heading', title: in_(name) },
      {
        key: 'b2',
        kind: 'text',
        said: {
          en: `Dear {first_name|neighbor},\n\nOne vote counts, and ours count together. These are the days:\n\n${dated('en')}`,
          ko: `{name|유권자} 님께\n\n소중한 한 표입니다. 날짜를 확인해 두세요.\n\n${dated('ko')}`,
        },
      },
      {
        key: 'b3',
        kind: 'action',
        title: { en: 'Make a plan', ko: '투표 계획을 세워 보세요' },
        said: {
          en: 'On which day will you go, at what time, and with whom? Whoever has a plan goes. Your poll site:',
          ko: '어느 날 몇 시에, 누구와 가실지 정해 두시면 잊지 않습니다. 내 투표소는 여기서 확인하세요.',
        },
        label: { en: 'Find my poll site', ko: '내 투표소 찾기' },
        link: { en: 'https://findmypollsite.vote.nyc/' },
      },
      {
        key: 'b4',
        kind: 'text',
        said: {
          en: `You may bring somebody to help you, and at many sites interpreters speak Korean. Do you need a ride? Reply to this e-mail.\n\n${signed.en}`,
          ko: `도와줄 분과 함께 들어가실 수 있고, 여러 투표소에 한국어 통역원이 있습니다. 라이드(차편)가 필요하시면 이 이메일에 답장해 주세요.\n\n${signed.ko}`,
        },
      },
    ],
  }
} // prettier-ignore

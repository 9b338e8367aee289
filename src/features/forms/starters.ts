import { starterContent as scriptContent, type StarterKey } from '../scripts/starters.ts'
import { FormContent, type FormText } from './schema.ts'
import type { FormKind } from './tables.ts'

/*
 * Forms to begin with, our own writing in both languages. Korean as on public pages: 합니다 and -하세요, nothing said of
 * age, no bare loanwords.
 */

export interface Starter {
  key: string
  kind: FormKind
  name: { en: string; ko: string }
  summary: { en: string; ko: string }
  content(): unknown
}

/** Words of consent: who writes or calls, what about, how to end it. Texts and calls: 47 CFR 64.1200(f)(9) wants as much. */
const consentWording: Record<'email' | 'text' | 'phone', FormText> = {
  email: {
    en: 'E-mail me news and invitations, about twice a month. Every mail has a link to stop.',
    ko: '한 달에 두 번쯤 이메일로 소식과 초대장을 받겠습니다. 메일마다 수신 거부 주소가 있습니다.',
  },
  text: {
    en: 'Text me about elections and events at the number above. Message and data rates may apply. Reply STOP to end. Agreeing is no condition of anything.',
    ko: '위 번호로 선거와 행사 안내 문자를 받겠습니다. 문자 요금이 들 수 있으며 STOP이라고 답하면 그만 보냅니다. 동의하지 않으셔도 됩니다.',
  },
  phone: {
    en: 'A volunteer may call me.',
    ko: '자원봉사자의 전화를 받겠습니다.',
  },
}

/** A question of our starter scripts, under its key: asked on the phone and on the page, it is one question. */
function asked(script: StarterKey, key: string, is_needed = false): unknown {
  const step = scriptContent(script, '2026-11-03').steps.find((each) => each.key === key)
  if (!step) throw new Error(`the starter ${script} asks no ${key}`)
  const { kind, say, choices } = step
  return { block: 'question', key, kind, say, choices, is_needed }
}

const base = { languages: ['en', 'ko'], button: {}, next_label: {}, next_link: '', petition: null }
const name = { block: 'name', asks_hangul: true }
const consent = { block: 'consent', wording: consentWording }

export const starters: readonly Starter[] = [
  {
    key: 'sign_up',
    kind: 'form',
    name: { en: 'Stay in touch', ko: '소식 받기' },
    summary: {
      en: 'Name, how to reach them, language, and what they agree to. For a clipboard at an event or a link in a chat.',
      ko: '이름, 연락처, 쓰는 언어, 수신 동의를 받습니다. 행사장이나 단체 대화방에서 쓰기 좋습니다.',
    },
    content: () => ({
      ...base,
      title: { en: 'Stay in touch with us', ko: '저희 소식을 받아 보세요' },
      intro: {
        en: 'We tell you when and where to vote, what is decided about our neighborhoods, and when we meet. In the language you choose.',
        ko: '언제 어디서 투표하는지, 우리 동네 일이 어떻게 정해지는지, 언제 모이는지 알려 드립니다. 고르신 언어로 보내 드립니다.',
      },
      blocks: [
        name,
        { block: 'contact', needs: 'either' },
        { block: 'address', asks: 'zip', is_needed: false },
        { block: 'language' },
        consent,
      ],
      thanks: {
        en: 'You are on our list. The next news comes to you.',
        ko: '신청을 받았습니다. 다음 소식부터 보내 드리겠습니다.',
      },
    }),
  },
  {
    key: 'volunteer',
    kind: 'form',
    name: { en: 'Volunteer with us', ko: '자원봉사 신청' },
    summary: {
      en: 'What somebody would like to do and when. Each answer becomes a task, so that nobody waits for a call.',
      ko: '하고 싶은 일과 가능한 시간을 묻습니다. 신청마다 할 일이 생겨 연락이 늦어지지 않습니다.',
    },
    content: () => ({
      ...base,
      title: { en: 'Volunteer with us', ko: '함께 봉사해 주세요' },
      intro: {
        en: 'No experience is needed. Somebody sits beside you the first time, in Korean or English.',
        ko: '처음이셔도 괜찮습니다. 첫날에는 옆에서 한국어나 영어로 알려 드립니다.',
      },
      blocks: [
        name,
        { block: 'contact', needs: 'phone' },
        { block: 'language' },
        {
          block: 'question',
          key: 'volunteer_kind',
          kind: 'several',
          is_needed: true,
          say: { en: 'What would you like to do?', ko: '어떤 일을 해 보고 싶으신가요?' },
          choices: [
            { key: 'calls', label: { en: 'Call voters', ko: '유권자에게 전화 걸기' } },
            { key: 'doors', label: { en: 'Visit homes', ko: '가정방문' } },
            { key: 'translate', label: { en: 'Translate', ko: '번역' } },
            { key: 'events', label: { en: 'Help at events', ko: '행사 돕기' } },
            { key: 'rides', label: { en: 'Drive voters to the polls', ko: '투표소까지 라이드 제공' } },
          ],
        },
        {
          block: 'question',
          key: 'volunteer_seats',
          kind: 'number',
          only_if: { volunteer_kind: ['rides'] },
          say: { en: 'How many neighbors have room in your car?', ko: '차에 이웃을 몇 분까지 태우실 수 있나요?' },
        },
        {
          block: 'question',
          key: 'volunteer_when',
          kind: 'several',
          say: { en: 'When do you have time?', ko: '언제 시간이 되시나요?' },
          choices: [
            { key: 'day', label: { en: 'Weekdays', ko: '평일 낮' } },
            { key: 'evening', label: { en: 'Weekday evenings', ko: '평일 저녁' } },
            { key: 'saturday', label: { en: 'Saturdays', ko: '토요일' } },
            { key: 'sunday', label: { en: 'Sundays', ko: '일요일' } },
          ],
        },
        { block: 'help', say: {}, options: ['volunteer'] },
        { block: 'consent', wording: { text: consentWording.text, email: consentWording.email } },
      ],
      thanks: {
        en: 'Thank you. Somebody of us calls you within three days.',
        ko: '감사합니다. 사흘 안에 저희가 전화드리겠습니다.',
      },
    }),
  },
  {
    key: 'application',
    kind: 'form',
    name: { en: 'Application', ko: '지원서' },
    summary: {
      en: 'For a leadership forum, a committee, an office: why, what somebody brings, and what they agree to. It can lead to a cohort.',
      ko: '리더십 포럼, 위원회, 임원에 지원하시는 분께 지원 동기와 경험을 묻고 약속을 받습니다. 기수 모집에도 쓸 수 있습니다.',
    },
    content: () => ({
      ...base,
      title: { en: 'Apply with us', ko: '지원하기' },
      intro: {
        en: 'Write in the language you like best. What you write is read by our organizers and those who decide.',
        ko: '가장 편한 언어로 쓰세요. 쓰신 내용은 저희 운영진과 선정을 맡은 분이 읽습니다.',
      },
      blocks: [
        name,
        { block: 'contact', needs: 'both' },
        { block: 'language' },
        {
          block: 'question',
          key: 'application_why',
          kind: 'text',
          is_needed: true,
          say: { en: 'Why would you like to take part?', ko: '지원하시는 까닭은 무엇인가요?' },
        },
        {
          block: 'question',
          key: 'application_done',
          kind: 'text',
          say: {
            en: 'What have you done for your community, at work, at school, at church or at home?',
            ko: '직장, 학교, 교회, 가정 어디서든 이웃을 위해 해 오신 일을 알려 주세요.',
          },
        },
        {
          block: 'question',
          key: 'application_needs',
          kind: 'several',
          say: { en: 'What would help you to come?', ko: '참석하시는 데 무엇이 있으면 도움이 될까요?' },
          choices: [
            { key: 'interpreting', label: { en: 'Interpretation', ko: '통역' } },
            { key: 'child_care', label: { en: 'Child care', ko: '아이 돌봄' } },
            { key: 'ride', label: { en: 'A ride', ko: '라이드' } },
            { key: 'evening', label: { en: 'Evening hours', ko: '저녁 시간' } },
          ],
        },
        {
          block: 'question',
          key: 'application_promise',
          kind: 'agree',
          is_needed: true,
          say: {
            en: 'I come to every session, or say beforehand when I cannot. What others tell there stays there.',
            ko: '모든 모임에 참석하고, 못 가게 되면 미리 알리겠습니다. 모임에서 들은 다른 분의 이야기는 밖에 옮기지 않겠습니다.',
          },
        },
        { block: 'consent', wording: { email: consentWording.email, phone: consentWording.phone } },
      ],
      thanks: {
        en: 'Thank you. You hear from us either way.',
        ko: '지원해 주셔서 감사합니다. 결과는 모든 분께 알려 드리겠습니다.',
      },
    }),
  },
  {
    key: 'feedback',
    kind: 'form',
    name: { en: 'Feedback', ko: '의견 듣기' },
    summary: {
      en: 'What went well and what to do better: a service, a mailing, a season of calls. Of an event, begin on its page under Afterwards.',
      ko: '도움이나 안내, 전화 활동이 어땠는지, 무엇을 더 잘하면 좋을지 묻습니다. 행사 의견은 행사 페이지의 ‘행사가 끝난 뒤’에서 시작하세요.',
    },
    content: () => ({
      ...base,
      title: { en: 'How did we do?', ko: '저희가 어땠나요?' },
      intro: {
        en: 'Two minutes. What you say is read by those who can change it.',
        ko: '2분이면 됩니다. 쓰신 말씀은 고칠 수 있는 분이 읽습니다.',
      },
      blocks: [
        {
          block: 'question',
          key: 'feedback_rating',
          kind: 'choice',
          is_needed: true,
          say: { en: 'How was it for you?', ko: '전체로 어떠셨나요?' },
          choices: [
            { key: 'very_good', label: { en: 'Very good', ko: '매우 좋았음' } },
            { key: 'good', label: { en: 'Good', ko: '좋았음' } },
            { key: 'so_so', label: { en: 'So-so', ko: '보통' } },
            { key: 'not_good', label: { en: 'Not good', ko: '아쉬웠음' } },
          ],
        },
        {
          block: 'question',
          key: 'feedback_better',
          kind: 'text',
          only_if: { feedback_rating: ['so_so', 'not_good'] },
          is_needed: true,
          say: { en: 'What should we do better?', ko: '무엇을 더 잘하면 좋을까요?' },
        },
        {
          block: 'question',
          key: 'feedback_best',
          kind: 'text',
          say: { en: 'What was best?', ko: '무엇이 가장 좋았나요?' },
        },
        name,
        { block: 'contact', needs: 'either' },
      ],
      thanks: {
        en: 'Thank you. We read every answer.',
        ko: '감사합니다. 답해 주신 말씀은 모두 읽겠습니다.',
      },
    }),
  },
  {
    key: 'issues',
    kind: 'form',
    name: { en: 'Issue survey', ko: '현안 설문' },
    summary: {
      en: 'What matters most, rent, services in our language. The same questions as in our phone scripts: answers from phone and web add up.',
      ko: '가장 중요한 문제, 렌트, 우리말 서비스를 묻습니다. 통화 스크립트와 같은 질문이어서 전화와 웹에서 받은 답이 함께 모입니다.',
    },
    content: () => ({
      ...base,
      title: { en: 'What should change here?', ko: '우리 동네, 무엇이 달라져야 할까요?' },
      intro: {
        en: 'Four questions, two minutes. We put the results before every candidate who asks for our support.',
        ko: '네 가지를 여쭙니다. 2분이면 됩니다. 결과는 저희 지지를 구하는 모든 후보에게 전합니다.',
      },
      blocks: [
        asked('id_persuasion', 'issue', true),
        asked('survey', 'rent_rise'),
        asked('survey', 'services'),
        asked('survey', 'wish'),
        name,
        { block: 'contact', needs: 'either' },
        { block: 'address', asks: 'zip', is_needed: true },
        consent,
      ],
      thanks: {
        en: 'Thank you for your answers. We publish the results and what the candidates say to them.',
        ko: '답해 주셔서 감사합니다. 결과와 후보들의 답변을 함께 알려 드리겠습니다.',
      },
    }),
  },
  {
    key: 'petition',
    kind: 'petition',
    name: { en: 'Petition', ko: '청원' },
    summary: {
      en: 'A demand to an official, signed with name and address, confirmed by mail and compared with the voter file.',
      ko: '공직자에게 내는 요구에 이름과 주소로 서명받습니다. 이메일로 확인하고 유권자 명부와 대조합니다.',
    },
    content: () => ({
      ...base,
      title: { en: 'Keep the senior center’s Korean meals', ko: '시니어센터 한식 식사를 지켜 주세요' },
      intro: {
        en: 'Two hundred older neighbors eat there every weekday. From July the money ends.',
        ko: '평일마다 어르신 이백 분이 이곳에서 식사하십니다. 그런데 7월부터 예산이 끊깁니다.',
      },
      blocks: [
        name,
        { block: 'contact', needs: 'either' },
        { block: 'address', asks: 'full', is_needed: true },
        { block: 'language' },
        consent,
      ],
      button: {},
      thanks: {
        en: 'You have signed. Please tell three neighbors: we bring the number to the hearing.',
        ko: '서명해 주셔서 감사합니다. 이웃 세 분께도 알려 주세요. 공청회에서 서명하신 분의 수를 전하겠습니다.',
      },
      petition: {
        addressed_to: { en: 'Council Member of our district', ko: '우리 선거구 시의원' },
        demand: {
          en: 'We ask you to put the money for Korean meals at our senior center back into the city’s budget, for this year and the years to come.',
          ko: '우리 시니어센터의 한식 식사 예산을 올해와 앞으로의 시 예산에 다시 넣어 주실 것을 요청합니다.',
        },
        goal: 500,
        district_kind: 'any',
        district: null,
      },
    }),
  },
  {
    key: 'empty',
    kind: 'form',
    name: { en: 'Empty form', ko: '빈 양식' },
    summary: { en: 'Only the name; add the rest.', ko: '이름만 있습니다. 나머지를 더해 보세요.' },
    content: () => ({
      ...base,
      title: {},
      intro: {},
      blocks: [name, { block: 'contact', needs: 'either' }],
      thanks: {},
    }),
  },
]

/** In the organization's languages; texts it has none of are marked as missing in the editor. */
export function starterContent(
  key: string,
  languages: readonly string[],
): { kind: FormKind; content: FormContent } | null {
  const starter = starters.find((each) => each.key === key)
  if (!starter) return null
  return { kind: starter.kind, content: FormContent.parse({ ...(starter.content() as object), languages }) }
}

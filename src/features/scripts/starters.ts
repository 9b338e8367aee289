import { formatDate } from '../../platform/i18n/formats.ts'
import { addDays } from '../../platform/clock.ts'
import { ScriptContent } from './schema.ts'
import { identifyScript } from './starters/identify.ts'
import { recruitScript } from './starters/recruit.ts'
import { candidateObjections, gotvObjections, surveyObjections, votingFacts, type Draft } from './starters/support.ts'

/**
 * Complete bilingual scripts to start from. Our own writing; Korean in the manner of spoken New York Korean: greeting and
 * closing in 합니다, questions in 해요체 with -시-, no age, no honored things.
 */
export const starterScripts = [
  {
    key: 'id_persuasion',
    name: { en: 'Candidate: identify and persuade', ko: '후보 지지 여부 묻고 설명하기' },
    summary: {
      en: 'Asks which issue matters most and whether the voter supports our candidate, tells undecided voters why our members do, asks supporters to help.',
      ko: '중요하게 보는 문제와 우리 후보 지지 여부를 묻고, 아직 못 정한 분께는 회원들이 지지하는 까닭을 말씀드리고, 지지하는 분께는 봉사를 부탁합니다.',
    },
    needs_candidate: true,
    needs_election_day: true,
    content: candidateScript,
  },
  {
    key: 'identify',
    name: { en: 'Identify supporters: short', ko: '지지 여부만 짧게 묻기' },
    summary: {
      en: 'Two questions and no persuading: whether the voter supports our candidate, and whether they will vote.',
      ko: '설득하지 않고 우리 후보 지지 여부와 투표하실지만 묻습니다.',
    },
    needs_candidate: true,
    needs_election_day: true,
    content: (election_on) => identifyScript(spoken(election_on), electionName(election_on)),
  },
  {
    key: 'gotv',
    name: { en: 'Get out the vote: make a plan', ko: '투표 독려: 투표 계획 세우기' },
    summary: {
      en: 'Reminds of election day and asks how, when and with whom the voter will go, and whether a ride or an interpreter is needed.',
      ko: '선거일을 알려 드리고 어떻게, 몇 시쯤, 누구와 투표하실지, 라이드나 통역이 필요한지 묻습니다.',
    },
    needs_candidate: false,
    needs_election_day: true,
    content: gotvScript,
  },
  {
    key: 'recruit',
    name: { en: 'Recruitment: call with us', ko: '봉사자 모집: 함께 전화 걸기' },
    summary: {
      en: 'Asks those who share our goals to join an evening of calls, or to help in another way.',
      ko: '뜻이 같은 분께 하루 저녁 함께 전화 거는 일이나 다른 일을 부탁합니다.',
    },
    needs_candidate: false,
    needs_election_day: false,
    content: recruitScript,
  },
  {
    key: 'survey',
    name: { en: 'Survey: housing and immigrant services', ko: '설문: 주택과 이민자 서비스' },
    summary: {
      en: 'Asks about housing and services in our language, so that our demands to candidates rest on what the community says.',
      ko: '주택 문제와 우리말 서비스에 관해 여쭙니다. 후보에게 내놓을 정책 요구의 근거가 됩니다.',
    },
    needs_candidate: false,
    needs_election_day: false,
    content: surveyScript,
  },
] as const satisfies readonly Starter[]

export type StarterKey = (typeof starterScripts)[number]['key']

export interface Starter {
  key: string
  name: { en: string; ko: string }
  summary: { en: string; ko: string }
  /** Says `{candidate}`: the phone bank has to name one. */
  needs_candidate: boolean
  needs_election_day: boolean
  /** `election_on` is 'YYYY-MM-DD'. */
  content(election_on: string): Draft
}

/** A starter with the day of the election written in. */
export function starterContent(key: StarterKey, election_on: string): ScriptContent {
  const starter = starterScripts.find((each) => each.key === key)
  if (!starter) throw new Error(`no starter ${key}`)
  return ScriptContent.parse(starter.content(election_on))
}

/**
 * The next primary (fourth Tuesday of June) or general election (Tuesday after the first Monday of November) in New York
 * on or after `today`. New York Election Law 8-100 (1), checked 2026-11-23.
 */
export function nextElectionDay(today: string): { election_on: string; kind: 'primary' | 'general' } {
  const year = Number(today.slice(0, 4))
  const days = [year, year + 1].flatMap((each) => [
    { election_on: addDays(firstWeekday(each, 6, 2), 21), kind: 'primary' as const },
    { election_on: addDays(firstWeekday(each, 11, 1), 1), kind: 'general' as const },
  ])
  const next = days.find((day) => day.election_on >= today)
  if (!next) throw new Error(`no election day after ${today}`)
  return next
}

/** First such weekday (0 is Sunday) of a month. */
function firstWeekday(year: number, month: number, weekday: number): string {
  const first = `${year}-${String(month).padStart(2, '0')}-01`
  const starts = new Date(`${first}T00:00:00Z`).getUTCDay()
  return addDays(first, (weekday - starts + 7) % 7)
}

const languages = ['en', 'ko']

/** 'Tuesday, June 22' / '6월 22일 화요일', to be read aloud. */
function spoken(election_on: string): { en: string; ko: string } {
  return {
    en: formatDate('en', election_on).replace(/, \d{4}$/, ''),
    ko: formatDate('ko', election_on, 'short').replace(/\((.)\)$/, ' $1요일'),
  }
}

/** An election in June is a primary, one in November the general election. */
const electionName = (election_on: string): { en: string; ko: string } =>
  election_on.slice(5, 7) === '06' ? { en: 'primary', ko: '예비선거' } : { en: 'election', ko: '선거' }

function candidateScript(election_on: string): Draft {
  const day = spoken(election_on)
  const election = electionName(election_on)
  return {
    languages,
    greeting: {
      en: `Hello, is this {voter.name}? My name is {caller.name}, I'm a volunteer with {organization}. I'm calling about the ${election.en} on ${day.en}. Do you have one minute?`,
      ko: `안녕하세요. {voter.name} {voter.title}이신가요? 저는 {organization} 자원봉사자 {caller.name}입니다. ${day.ko} ${election.ko} 때문에 전화드렸습니다. 1분만 괜찮으실까요?`,
    },
    steps: [
      {
        key: 'issue',
        kind: 'choice',
        say: {
          en: 'Which issue matters most to you this year?',
          ko: '올해 제일 중요하게 보시는 문제가 무엇인가요?',
        },
        note: {
          en: 'Do not read the list. Listen, then choose the nearest.',
          ko: '보기를 읽지 마시고, 들으신 다음 가장 가까운 것을 고르세요.',
        },
        choices: [
          { key: 'housing', label: { en: 'Rent and housing', ko: '렌트·주택' } },
          { key: 'health', label: { en: 'Health care', ko: '의료·건강보험' } },
          { key: 'schools', label: { en: 'Schools', ko: '교육·학교' } },
          { key: 'safety', label: { en: 'Public safety', ko: '치안·증오범죄' } },
          { key: 'immigrants', label: { en: 'Immigrant services', ko: '이민자 서비스' } },
          { key: 'small_business', label: { en: 'Small business', ko: '소상공인' } },
          { key: 'seniors', label: { en: 'Services for seniors', ko: '시니어 서비스' } },
          { key: 'other', label: { en: 'Something else', ko: '그 밖의 문제' } },
        ],
      },
      {
        key: 'support',
        kind: 'support',
        is_quick: true,
        say: {
          en: '{candidate} is running in this election. Are you leaning toward {candidate}, toward someone else, or still deciding?',
          ko: '이번 선거에 {candidate} 후보가 나왔는데요, {candidate} 후보를 지지하시는 편인가요, 다른 후보를 생각하시나요, 아직 못 정하셨나요?',
        },
        note: {
          en: '1: will surely vote for the candidate. 2: leaning. 3: undecided. 4: leaning to someone else. 5: surely someone else.',
          ko: '1 꼭 뽑겠다 · 2 지지하는 편 · 3 아직 못 정함 · 4 다른 후보를 생각하는 편 · 5 다른 후보로 정함',
        },
        goes: { '1': 'volunteer', '2': 'persuade', '3': 'persuade', '4': 'persuade', '5': 'closing' },
      },
      {
        key: 'persuade',
        kind: 'say',
        say: {
          en: 'I see. Our members read every candidate’s answers, held interviews, and voted to endorse {candidate}, because {candidate} will stand up for rent protection and for services in our language.',
          ko: '그러시군요. 저희 회원들이 후보마다 정책 답변서를 읽고 면담을 한 다음, 투표로 {candidate} 후보를 공식 지지하기로 했습니다. 렌트 규제와 우리말 서비스를 지키겠다고 약속한 후보입니다.',
        },
        note: {
          en: 'Change the second sentence to one fact about your candidate.',
          ko: '마지막 문장은 우리 후보에게 맞는 사실 하나로 바꾸세요.',
        },
      },
      {
        key: 'support_after',
        kind: 'support',
        say: {
          en: 'Would you consider {candidate}? Where would you say you are now?',
          ko: '{candidate} 후보를 한번 살펴봐 주시겠어요? 지금은 어느 쪽에 가까우신가요?',
        },
        goes: { '3': 'vote_plan', '4': 'closing', '5': 'closing' },
      },
      {
        key: 'volunteer',
        kind: 'yes_no',
        say: {
          en: 'Thank you! We call voters together in the evenings, and first-timers are trained. Would you like to join us once?',
          ko: '고맙습니다. 저희가 저녁에 모여 함께 전화를 겁니다. 처음이셔도 옆에서 알려 드립니다. 한번 같이 해 보시겠어요?',
        },
      },
      {
        key: 'vote_plan',
        kind: 'choice',
        is_quick: true,
        say: {
          en: 'Which is easiest for you: voting early, by mail, or on election day?',
          ko: '조기투표, 우편투표, 선거일 투표 가운데 어느 쪽이 편하세요?',
        },
        choices: [
          { key: 'early', label: { en: 'Early', ko: '조기투표' } },
          { key: 'mail', label: { en: 'By mail', ko: '우편투표' } },
          { key: 'election_day', label: { en: 'Election day', ko: '선거일에 투표' } },
          { key: 'not_voting', label: { en: 'Will not vote', ko: '투표 안 함' } },
          { key: 'unsure', label: { en: 'Not sure yet', ko: '아직 모름' } },
        ],
      },
    ],
    closing: {
      en: 'Thank you for your time. Have a good day.',
      ko: '시간 내 주셔서 감사합니다. 안녕히 계세요.',
    },
    voicemail: {
      en: `Hello, this is {caller.name}, a volunteer with {organization}. ${capital(day.en)} is ${election.en === 'primary' ? 'primary day' : 'election day'}, and our members endorsed {candidate}. Questions, in Korean or English: {phone}, again {phone}. Thank you.`,
      ko: `안녕하세요, {organization} 자원봉사자 {caller.name}입니다. ${day.ko}은 ${election.ko}일입니다. 저희 회원들은 {candidate} 후보를 공식 지지합니다. 궁금하신 점은 {phone}, 다시 한번 {phone} 번으로 한국어로 물어보시면 됩니다. 감사합니다.`,
    },
    objections: candidateObjections,
    facts: votingFacts,
  }
}

function gotvScript(election_on: string): Draft {
  const day = spoken(election_on)
  const election = electionName(election_on)
  return {
    languages,
    greeting: {
      en: `Hello, is this {voter.name}? My name is {caller.name}, I'm a volunteer with {organization}. The ${election.en} is ${day.en}, from 6 am to 9 pm, and we want to make sure that everybody of our community can vote.`,
      ko: `안녕하세요. {voter.name} {voter.title}이신가요? 저는 {organization} 자원봉사자 {caller.name}입니다. ${election.ko}일은 ${day.ko}, 오전 6시부터 밤 9시까지입니다. 한인 유권자 모두가 투표하실 수 있도록 전화드리고 있습니다.`,
    },
    steps: [
      {
        key: 'how',
        kind: 'choice',
        is_quick: true,
        say: {
          en: 'Would you rather vote early, by mail, or on election day?',
          ko: '조기투표, 우편투표, 선거일 투표 가운데 어느 쪽이 편하세요?',
        },
        choices: [
          { key: 'voted', label: { en: 'Already voted', ko: '투표 마침' } },
          { key: 'early', label: { en: 'Early', ko: '조기투표' } },
          { key: 'mail', label: { en: 'By mail', ko: '우편투표' } },
          { key: 'election_day', label: { en: 'Election day', ko: '선거일에 투표' } },
          { key: 'not_voting', label: { en: 'Will not vote', ko: '투표 안 함' } },
        ],
        goes: { voted: 'volunteer', not_voting: 'reason', mail: 'help' },
      },
      {
        key: 'when',
        kind: 'choice',
        say: { en: 'About what time will you go?', ko: '몇 시쯤 가실 생각이세요?' },
        choices: [
          { key: 'morning', label: { en: 'Morning', ko: '오전' } },
          { key: 'midday', label: { en: 'Midday', ko: '점심 무렵' } },
          { key: 'afternoon', label: { en: 'Afternoon', ko: '오후' } },
          { key: 'evening', label: { en: 'Evening', ko: '저녁' } },
          { key: 'unsure', label: { en: 'Not sure yet', ko: '아직 모름' } },
        ],
      },
      {
        key: 'with_whom',
        kind: 'choice',
        say: { en: 'Will you go with anyone?', ko: '누구와 함께 가시나요?' },
        choices: [
          { key: 'alone', label: { en: 'Alone', ko: '혼자' } },
          { key: 'family', label: { en: 'With family', ko: '가족과' } },
          { key: 'friends', label: { en: 'With friends', ko: '친구·이웃과' } },
        ],
      },
      {
        key: 'help',
        kind: 'several',
        is_quick: true,
        say: {
          en: 'Do you need a ride, a Korean interpreter, or help with your mail ballot?',
          ko: '라이드나 한국어 통역, 우편투표 도움이 필요하시면 지금 적어 두겠습니다.',
        },
        note: {
          en: 'Choose everything that is needed. If nothing, go on.',
          ko: '필요한 것을 모두 고르세요. 없으면 다음으로 가세요.',
        },
        choices: [
          { key: 'ride', label: { en: 'Ride', ko: '라이드' } },
          { key: 'interpreter', label: { en: 'Interpreter', ko: '통역' } },
          { key: 'mail_ballot', label: { en: 'Mail ballot', ko: '우편투표 도움' } },
          { key: 'poll_site', label: { en: 'Where to vote', ko: '투표소 안내' } },
        ],
        next: 'closing',
      },
      {
        key: 'reason',
        kind: 'text',
        say: { en: 'May I ask what keeps you from voting?', ko: '투표가 어려우신 까닭을 여쭤봐도 될까요?' },
        next: 'closing',
      },
      {
        key: 'volunteer',
        kind: 'yes_no',
        say: {
          en: 'Wonderful. Would you help us call others before the polls close?',
          ko: '정말 잘하셨습니다. 투표가 끝나기 전에 다른 분들께 전화 거는 일을 도와주실 수 있으세요?',
        },
      },
    ],
    closing: {
      en: `Thank you. Every vote of ours counts. See you at the polls!`,
      ko: '소중한 한 표, 꼭 부탁드립니다. 시간 내 주셔서 감사합니다. 안녕히 계세요.',
    },
    voicemail: {
      en: `Hello, this is {caller.name}, a volunteer with {organization}. ${capital(day.en)} is ${election.en === 'primary' ? 'primary day' : 'election day'}; polls are open from 6 am to 9 pm. Questions, in Korean or English: {phone}, again {phone}. Thank you.`,
      ko: `안녕하세요, {organization} 자원봉사자 {caller.name}입니다. ${day.ko}은 ${election.ko}일입니다. 투표소는 오전 6시부터 밤 9시까지 엽니다. 궁금하신 점은 {phone}, 다시 한번 {phone} 번으로 한국어로 물어보시면 됩니다. 감사합니다.`,
    },
    objections: gotvObjections,
    facts: votingFacts,
  }
}

function surveyScript(): Draft {
  return {
    languages,
    greeting: {
      en: 'Hello, is this {voter.name}? My name is {caller.name}, I’m a volunteer with {organization}. We ask our neighbors about housing and services, and take the answers to elected officials. Do you have two minutes?',
      ko: '안녕하세요. {voter.name} {voter.title}이신가요? 저는 {organization} 자원봉사자 {caller.name}입니다. 주택과 이민자 서비스에 관한 의견을 여쭙고, 모은 말씀을 선출직 공직자에게 전하고 있습니다. 2분만 괜찮으실까요?',
    },
    steps: [
      {
        key: 'home',
        kind: 'choice',
        is_quick: true,
        say: { en: 'Do you rent your home or own it?', ko: '지금 렌트로 사시나요, 자택에 사시나요?' },
        choices: [
          { key: 'rent', label: { en: 'Rents', ko: '렌트' } },
          { key: 'own', label: { en: 'Owns', ko: '자택' } },
          { key: 'family', label: { en: 'Lives with family', ko: '가족 집' } },
          { key: 'public', label: { en: 'Public housing', ko: '시영아파트' } },
          { key: 'no_answer', label: { en: 'Would rather not say', ko: '답하지 않음' } },
        ],
        goes: { own: 'services', family: 'services', no_answer: 'services' },
      },
      {
        key: 'rent_rise',
        kind: 'yes_no',
        say: {
          en: 'Did your rent go up in the last twelve months?',
          ko: '지난 1년 사이에 렌트가 올랐나요?',
        },
        goes: { no: 'services' },
      },
      {
        key: 'rent_rise_dollars',
        kind: 'number',
        say: { en: 'By about how many dollars a month?', ko: '한 달에 몇 달러쯤 올랐나요?' },
      },
      {
        key: 'services',
        kind: 'several',
        say: {
          en: 'Which services have been hard to get in your language?',
          ko: '한국어로 도움받기 어려웠던 서비스가 있으신가요?',
        },
        note: {
          en: 'Read the list slowly. Choose all that apply.',
          ko: '보기를 천천히 읽어 드리고 해당하는 것을 모두 고르세요.',
        },
        choices: [
          { key: 'health', label: { en: 'Hospital, health insurance', ko: '병원·건강보험' } },
          { key: 'housing', label: { en: 'Housing and rent', ko: '주택·렌트' } },
          { key: 'senior', label: { en: 'Services for seniors', ko: '시니어 서비스' } },
          { key: 'immigration', label: { en: 'Citizenship, immigration', ko: '시민권·이민' } },
          { key: 'school', label: { en: 'School', ko: '학교' } },
          { key: 'police', label: { en: 'Police, 311', ko: '경찰·311' } },
        ],
      },
      {
        key: 'wish',
        kind: 'text',
        say: {
          en: 'If the city did one thing for our neighborhood, what should it be?',
          ko: '시에서 우리 동네를 위해 한 가지를 한다면 무엇이면 좋을까요?',
        },
        note: { en: 'Write down the voter’s own words.', ko: '하신 말씀 그대로 적어 주세요.' },
      },
      {
        key: 'news',
        kind: 'yes_no',
        is_quick: true,
        say: {
          en: 'May we tell you what became of it, once we have spoken with our officials?',
          ko: '공직자와 만난 결과를 나중에 알려 드려도 될까요?',
        },
      },
    ],
    closing: {
      en: 'Thank you. Your answers help all of us. Have a good day.',
      ko: '귀한 말씀 감사합니다. 커뮤니티를 위해 잘 쓰겠습니다. 안녕히 계세요.',
    },
    voicemail: {
      en: 'Hello, this is {caller.name}, a volunteer with {organization}. We are asking our neighbors about housing and services in our language. You can reach us at {phone}, again {phone}. Thank you.',
      ko: '안녕하세요, {organization} 자원봉사자 {caller.name}입니다. 주택과 우리말 서비스에 관한 의견을 여쭙고 있습니다. {phone}, 다시 한번 {phone} 번으로 전화 주시면 됩니다. 감사합니다.',
    },
    objections: surveyObjections,
  }
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

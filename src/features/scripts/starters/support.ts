import type { z } from 'zod'
import type { Fact, Objection, ScriptContent } from '../schema.ts'

/*
 * Answers to objections and facts that belong to every script of one kind. Our own writing. Nine days of early voting and
 * mail ballots without a reason: New York Election Law 8-600 and 8-700, checked 2026-11-23; the links are pages of the city's
 * and the state's boards of elections.
 */

export type Draft = z.input<typeof ScriptContent>
type DraftObjection = z.input<typeof Objection>
type DraftFact = z.input<typeof Fact>

const notInterested: DraftObjection = {
  key: 'not_interested',
  objection: { en: 'I am not interested in politics.', ko: '정치에는 관심 없어요.' },
  reply: {
    en: 'I understand. For us it is about rent, schools and help in our language. May I ask just one question?',
    ko: '네, 그러실 수 있지요. 저희는 렌트나 학교, 우리말 서비스처럼 사는 일을 여쭙고 있습니다. 한 가지만 여쭤봐도 될까요?',
  },
}
const whereFrom: DraftObjection = {
  key: 'where_from',
  objection: { en: 'Where did you get my number?', ko: '제 번호를 어떻게 아셨어요?' },
  reply: {
    en: 'Your name is from the public voter file, which campaigns and community groups may use for elections only; the number was on the list we called from. If you wish, I will note that we must not call again, and our office can tell you where a number came from.',
    ko: '성함은 선거 관련 일에만 쓸 수 있는 공개 유권자 명부에서 보았고, 번호는 저희 단체의 전화 명단에 있었습니다. 번호가 어디서 왔는지는 사무실에서 알려 드립니다. 원하시면 앞으로 전화드리지 않도록 적어 두겠습니다.',
  },
}
const oneVote: DraftObjection = {
  key: 'one_vote',
  objection: { en: 'One vote makes no difference.', ko: '한 표로 뭐가 달라지나요?' },
  reply: {
    en: 'In local elections many people stay home, so each vote weighs more. And officials look at which neighborhoods vote.',
    ko: '지역 선거는 투표하는 사람이 적어서 한 표가 더 큽니다. 그리고 공직자들은 어느 동네가 투표하는지 봅니다.',
  },
}
const noTime: DraftObjection = {
  key: 'no_time',
  objection: { en: 'I have to work that day.', ko: '그날 일해야 해요.' },
  reply: {
    en: 'There are nine days of early voting, weekends among them, and you may also vote by mail.',
    ko: '주말이 낀 아흐레 동안 조기투표를 할 수 있고, 우편투표도 하실 수 있습니다.',
  },
}
const noEnglish: DraftObjection = {
  key: 'no_english',
  objection: { en: 'I do not speak English well.', ko: '영어를 잘 못해서요.' },
  reply: {
    en: 'Where many Korean voters live, poll sites have Korean interpreters and ballots in Korean. You may also bring somebody to help you.',
    ko: '한인 유권자가 많은 투표소에는 한국어 통역과 한국어 투표용지가 있습니다. 도와줄 분과 함께 들어가셔도 됩니다.',
  },
}
const whoPays: DraftObjection = {
  key: 'who_pays',
  objection: { en: 'Who pays you for this?', ko: '돈 받고 하시는 일인가요?' },
  reply: {
    en: 'Nobody. I am a volunteer from the neighborhood with {organization}.',
    ko: '아닙니다. 저는 {organization}에서 봉사하는 동네 주민입니다.',
  },
}
const someoneElse: DraftObjection = {
  key: 'someone_else',
  objection: { en: 'I prefer another candidate.', ko: '다른 후보를 뽑을 거예요.' },
  reply: {
    en: 'Thank you for telling me. May I ask what speaks for them? I will pass it on. The most important thing is that you vote.',
    ko: '말씀해 주셔서 감사합니다. 어떤 점이 좋으신지 여쭤봐도 될까요? 전해 드리겠습니다. 무엇보다 꼭 투표해 주세요.',
  },
}
const whyThem: DraftObjection = {
  key: 'why_them',
  objection: { en: 'Why {candidate}?', ko: '왜 {candidate} 후보인가요?' },
  reply: {
    en: 'Our members read the answers of every candidate, interviewed them and voted. {candidate} promised to stand up for rent protection and services in our language.',
    ko: '회원들이 후보마다 답변서를 읽고 면담을 한 뒤 투표로 정했습니다. {candidate} 후보는 렌트 규제와 우리말 서비스를 지키겠다고 약속했습니다.',
  },
}
const noExperience: DraftObjection = {
  key: 'no_experience',
  objection: { en: 'I have never done that.', ko: '한 번도 해 본 적이 없어요.' },
  reply: {
    en: 'Nobody had at first. We read the script together, and somebody sits beside you the whole evening.',
    ko: '다들 처음에는 그러셨습니다. 스크립트를 같이 읽어 보고, 옆에서 내내 도와드립니다.',
  },
}
const myEnglish: DraftObjection = {
  key: 'my_english',
  objection: { en: 'My English is not good enough.', ko: '제가 영어가 서툴러서요.' },
  reply: {
    en: 'People who speak Korean are what we need most: many of our voters prefer it.',
    ko: '오히려 한국어 하시는 분이 꼭 필요합니다. 한국어가 편한 유권자가 많으시거든요.',
  },
}
const whatFor: DraftObjection = {
  key: 'what_for',
  objection: { en: 'What happens with my answers?', ko: '제 답은 어디에 쓰나요?' },
  reply: {
    en: 'We add them up and bring the sums to our elected officials. Your name is not shown to them.',
    ko: '모두 합쳐서 선출직 공직자에게 전합니다. 성함은 알려 주지 않습니다.',
  },
}

export const candidateObjections = [notInterested, whyThem, someoneElse, oneVote, whoPays, whereFrom]
export const gotvObjections = [noTime, noEnglish, oneVote, notInterested, whereFrom]
export const recruitObjections = [noExperience, myEnglish, noTime, whereFrom]
export const surveyObjections = [whatFor, notInterested, whoPays, whereFrom]

const pollSite: DraftFact = {
  key: 'poll_site',
  title: { en: 'Where to vote', ko: '투표소 찾기' },
  text: {
    en: 'Poll sites may change from one election to the next. With your address the Board of Elections shows yours, with its hours and a sample ballot.',
    ko: '투표소는 선거마다 바뀔 수 있습니다. 주소를 넣으면 선거관리위원회에서 투표소와 시간, 견본 투표용지를 보여 줍니다.',
  },
  link: { en: 'https://findmypollsite.vote.nyc', ko: 'https://findmypollsite.vote.nyc' },
}
const byMail: DraftFact = {
  key: 'by_mail',
  title: { en: 'Vote by mail', ko: '우편투표 신청' },
  text: {
    en: 'Every registered voter of New York may vote by mail without giving a reason. The ballot is asked for from the Board of Elections.',
    ko: '뉴욕주에 등록한 유권자는 누구나 까닭을 대지 않고 우편으로 투표할 수 있습니다. 투표용지는 선거관리위원회에 신청합니다.',
  },
  link: { en: 'https://requestballot.vote.nyc', ko: 'https://requestballot.vote.nyc' },
}
const register: DraftFact = {
  key: 'register',
  title: { en: 'Registration', ko: '유권자 등록 확인' },
  text: {
    en: 'Whoever moved has to give the new address. Registration can be looked up with name, date of birth and ZIP code.',
    ko: '이사하셨으면 새 주소를 알려야 합니다. 이름, 생년월일, 우편번호로 등록 여부를 확인할 수 있습니다.',
  },
  link: { en: 'https://voterlookup.elections.ny.gov', ko: 'https://voterlookup.elections.ny.gov' },
}

export const votingFacts = [pollSite, byMail, register]

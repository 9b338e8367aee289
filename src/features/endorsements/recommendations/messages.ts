import { messages } from '../../../platform/i18n/messages.ts'

export const recommendationMessages = messages({
  'recommendations.title': { en: 'Recommendation', ko: '위원회 추천' },
  'recommendations.lead': {
    en: 'What the committee recommends to the members, why, and what its minority says. Members decide by their ballots.',
    ko: '위원회가 회원에게 추천하는 후보와 그 이유, 소수 의견을 적습니다. 결정은 회원이 투표로 합니다.',
  },
  'recommendations.shown_lead': {
    en: 'Members read it on their ballot, and everybody on the public page of this cycle, because your rules have it public.',
    ko: '규칙에서 공개하기로 했으므로 회원은 투표 페이지에서, 누구나 선정 절차 공개 페이지에서 읽습니다.',
  },
  'recommendations.not_public': {
    en: 'Your rules do not have the committee’s recommendation public, so only organizers, hosts and the board read it here. “What is public” is changed under Rules.',
    ko: '규칙에서 위원회 추천을 공개하지 않기로 해서 여기서 운영자, 진행자, 이사회만 읽습니다. 공개 범위는 규칙에서 고칩니다.',
  },
  'recommendations.whom': { en: 'Recommended', ko: '추천하는 후보' },
  'recommendations.none_chosen': {
    en: 'Choose nobody to recommend that no endorsement is made.',
    ko: '아무도 고르지 않으면 ‘지지 후보 없음’을 추천합니다.',
  },
  'recommendations.too_many': {
    en: 'Not more than the rules allow: {{count}}.',
    ko: '규칙에서 정한 수({{count}}명)를 넘을 수 없습니다.',
  },
  'recommendations.reasons_in': { en: 'Reasons ({{language}})', ko: '추천 이유({{language}})' },
  'recommendations.reasons_needed': {
    en: 'Give the reasons in one language at least.',
    ko: '추천 이유를 한 언어로라도 적어 주세요.',
  },
  'recommendations.minority_in': { en: 'Minority view ({{language}})', ko: '소수 의견({{language}})' },
  'recommendations.minority_by': { en: 'Whose view it is', ko: '소수 의견을 낸 분' },
  'recommendations.minority_by_hint': {
    en: 'Leave empty so as not to name them.',
    ko: '이름을 밝히지 않으려면 비워 두세요.',
  },
  'recommendations.save': { en: 'Save as draft', ko: '초안 저장' },
  'recommendations.show': { en: 'Save and show it', ko: '저장하고 공개' },
  'recommendations.is_draft': { en: 'draft', ko: '초안' },
  'recommendations.is_shown': { en: 'Shown since {{when}}', ko: '{{when}}부터 공개' },
  'recommendations.nothing': { en: 'No recommendation yet.', ko: '아직 추천이 없습니다.' },
  'recommendations.of_first': { en: 'Said before the first vote.', ko: '첫 투표 전에 한 추천입니다.' },
  'recommendations.committee': { en: 'The committee recommends', ko: '위원회 추천' },
  'recommendations.nobody': { en: 'to endorse nobody in this contest', ko: '이 공직에는 지지 후보를 내지 않음' },
  'recommendations.reasons': { en: 'Why', ko: '추천 이유' },
  'recommendations.minority': { en: 'Minority view', ko: '소수 의견' },
  'recommendations.minority_of': { en: 'Minority view of {{names}}', ko: '{{names}} 님의 소수 의견' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    endorsement_recommendations: typeof recommendationMessages
  }
}

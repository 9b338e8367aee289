import { messages } from '../../../platform/i18n/messages.ts'

export const comparisonMessages = messages({
  'comparison.title': { en: 'Compare two universes', ko: '두 대상 비교' },
  'comparison.lead': {
    en: 'Who is in both, who in one alone, and how they differ.',
    ko: '양쪽에 모두 든 분, 한쪽에만 든 분이 몇 명이고 어떻게 다른지 보여 드립니다.',
  },
  'comparison.first': { en: 'First', ko: '첫째' },
  'comparison.second': { en: 'Second', ko: '둘째' },
  'comparison.do': { en: 'Compare', ko: '비교' },
  'comparison.choose': { en: 'Choose…', ko: '고르세요' },
  'comparison.needs_two': { en: 'There are fewer than two universes', ko: '저장한 대상이 둘이 안 됩니다' },
  'comparison.needs_two_text': {
    en: 'Save two of them; then they can be laid over each other here.',
    ko: '대상을 두 개 저장하면 여기서 겹쳐 볼 수 있습니다.',
  },
  'comparison.same': { en: 'Choose two different ones.', ko: '서로 다른 두 대상을 고르세요.' },
  'comparison.picture': { en: 'Overlap', ko: '겹치는 정도' },
  'comparison.told': {
    en: 'Two circles. {{a}}: {{count_a}} voters, {{b}}: {{count_b}} voters; in both: {{both}}.',
    ko: '원 두 개. {{a}}: {{count_a}}명, {{b}}: {{count_b}}명, 양쪽 모두: {{both}}명.',
  },
  'comparison.only': { en: 'Only in {{name}}', ko: '{{name}}에만' },
  'comparison.both': { en: 'In both', ko: '양쪽 모두' },
  'comparison.share': { en: '{{percent}} of either', ko: '전체의 {{percent}}' },
  'comparison.open': { en: 'See who', ko: '누구인지 보기' },
  'comparison.differences': { en: 'How they differ', ko: '어떻게 다른지' },
  'comparison.differences_lead': {
    en: 'Shares within each group. Community is an estimate from names unless people said it themselves.',
    ko: '각 묶음 안의 비율입니다. 커뮤니티는 본인이 밝히지 않았으면 이름으로 낸 추정입니다.',
  },
  'comparison.facet.party': { en: 'Party', ko: '소속 정당' },
  'comparison.facet.age': { en: 'Age', ko: '나이' },
  'comparison.facet.community': { en: 'Community (estimate)', ko: '커뮤니티(추정)' },
  'comparison.none': { en: 'Not known', ko: '모름' },
  'comparison.no_community': { en: 'None of these', ko: '해당 없음' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    targetingComparison: typeof comparisonMessages
  }
}

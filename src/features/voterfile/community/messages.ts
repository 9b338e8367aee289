import { messages } from '../../../platform/i18n/messages.ts'

export const communityMessages = messages({
  'community.korean': { en: 'Korean', ko: '한인' },
  'community.chinese': { en: 'Chinese', ko: '중국계' },
  'community.south_asian': { en: 'South Asian', ko: '남아시아계' },
  'community.vietnamese': { en: 'Vietnamese', ko: '베트남계' },
  'community.filipino': { en: 'Filipino', ko: '필리핀계' },
  'community.japanese': { en: 'Japanese', ko: '일본계' },
  'community.other_asian': { en: 'other Asian', ko: '그 밖의 아시아계' },
  'community.likely': { en: 'Likely {{community}}: {{percent}}%', ko: '{{community}}일 가능성 {{percent}}%' },
  'community.unsure': { en: 'The name alone says little', ko: '이름만으로는 알기 어렵습니다' },
  'community.estimate_note': {
    en: 'An estimate from the name alone. What the person says always wins; never say it to them as a fact.',
    ko: '이름만 보고 낸 추정입니다. 본인의 말이 언제나 우선이며, 당사자에게 사실처럼 말하지 마세요.',
  },
  'community.guess': { en: '{{hangul}} (guess)', ko: '{{hangul}}(추정)' },
  'community.evidence.surname_mostly': {
    en: 'Of people named {{name}}, {{percent}} of 100 are Asian, and nearly all of those are {{community}}.',
    ko: '성이 {{name}}인 사람 100명 가운데 {{percent}}명이 아시아계이고, 그 거의 모두가 {{community}}입니다.',
  },
  'community.evidence.surname_shared': {
    en: 'Of people named {{name}}, {{percent}} of 100 are Asian; several communities share the name, and about {{share}} of 100 of those are {{community}}.',
    ko: '성이 {{name}}인 사람 100명 가운데 {{percent}}명이 아시아계입니다. 여러 커뮤니티가 함께 쓰는 성으로, 그 아시아계 100명 가운데 약 {{share}}명이 {{community}}입니다.',
  },
  'community.evidence.surname_none': {
    en: 'The surname {{name}} is not known as an Asian one.',
    ko: '{{name}}, 아시아계 성으로 알려진 성이 아닙니다.',
  },
  'community.evidence.surname_double': {
    en: 'The surname has two parts; {{name}} was read.',
    ko: '성이 둘 이어진 이름이라 {{name}} 쪽을 읽었습니다.',
  },
  'community.evidence.swapped': {
    en: 'The name seems to be written surname first: {{last}} as surname, {{given}} as given name.',
    ko: '성과 이름이 바뀌어 적힌 것 같습니다. 성 {{last}}, 이름 {{given}}(으)로 읽었습니다.',
  },
  'community.evidence.given_korean': {
    en: '{{name}} reads as a Korean given name, perhaps {{hangul}}.',
    ko: '{{name}}, 한국 이름으로 읽힙니다. 아마 {{hangul}}(추정)일 것입니다.',
  },
  'community.evidence.given_korean_syllable': {
    en: 'A part of {{name}} is a syllable of Korean given names.',
    ko: '{{name}}, 한국 이름에 쓰는 글자가 들어 있습니다.',
  },
  'community.evidence.given_mandarin': {
    en: '{{name}} is spelled like a Mandarin Chinese given name.',
    ko: '{{name}}, 표준 중국어식 이름 표기입니다.',
  },
  'community.evidence.given_cantonese': {
    en: '{{name}} is spelled like a Cantonese given name.',
    ko: '{{name}}, 광둥어식 이름 표기입니다.',
  },
  'community.evidence.given_vietnamese': {
    en: '{{name}} is usual among Vietnamese given names.',
    ko: '{{name}}, 베트남 이름에 흔합니다.',
  },
  'community.evidence.given_indian': {
    en: '{{name}} is a given name of India or its neighbours.',
    ko: '{{name}}, 인도와 그 이웃 나라의 이름입니다.',
  },
  'community.evidence.given_muslim': {
    en: '{{name}} is a Muslim given name, usual in Pakistan and Bangladesh but in other countries too.',
    ko: '{{name}}, 파키스탄과 방글라데시에 흔한 무슬림 이름이지만 다른 나라에서도 씁니다.',
  },
  'community.evidence.given_japanese': {
    en: '{{name}} is a Japanese given name.',
    ko: '{{name}}, 일본 이름입니다.',
  },
  'community.evidence.given_filipino': {
    en: '{{name}} is more usual among Filipinos than among others.',
    ko: '{{name}}, 필리핀계에 특히 흔한 이름입니다.',
  },
  'community.evidence.given_english': {
    en: '{{name}} is an English name, which many younger Asian Americans have: it says little.',
    ko: '{{name}}, 젊은 아시아계도 많이 쓰는 영어 이름이라 이것만으로는 알기 어렵습니다.',
  },
  'community.evidence.given_unknown': {
    en: 'The given name {{name}} is on none of our lists.',
    ko: '{{name}}, 저희 목록에 없는 이름입니다.',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    community: typeof communityMessages
  }
}

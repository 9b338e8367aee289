import { messages } from '../../../platform/i18n/messages.ts'

export const communityMessages = messages({
  'community.korean': { en: 'Korean', ko: '한인' },
  'community.chinese': { en: 'Chinese', ko: '중국계' },
  'community.south_asian': { en: 'South Asian', ko: '남아시아계' },
  'community.vietnamese': { en: 'Vietnamese', ko: '베트남계' },
  'community.filipino': { en: 'Filipino', ko: '필리핀계' },
  'community.japanese': { en: 'Japanese', ko: '일본계' },
  'community.other_asian': { en: 'other Asian', ko: '그 밖의 아시아계' },
  'community.likely': {
    en: 'Likely {{community}} ({{percent}}%)',
    ko: '{{community}}일 가능성이 큽니다({{percent}}%)',
  },
  'community.perhaps': { en: 'Perhaps {{community}} ({{percent}}%)', ko: '{{community}}일 수 있습니다({{percent}}%)' },
  'community.open': { en: 'Hard to tell ({{shares}})', ko: '가려내기 어렵습니다({{shares}})' },
  'community.no_sign': { en: 'No sign of an Asian community', ko: '아시아계로 볼 만한 점이 없습니다' },
  'community.share': { en: '{{community}} {{percent}}%', ko: '{{community}} {{percent}}%' },
  'community.sentence': { en: '{{head}}: {{reasons}}.', ko: '{{head}}. {{reasons}}.' },
  'community.and': { en: ', and ', ko: '. ' },
  'community.because.surname_mostly': {
    en: 'the surname {{name}} is mostly {{community}} in the US',
    ko: '미국에서 {{name}} 성은 대부분 {{community}}입니다',
  },
  'community.because.surname_two': {
    en: 'the surname {{name}} is shared by {{community}} and {{second}} families',
    ko: '{{name}} 성은 {{community, 과/와}} {{second, 이/가}} 함께 씁니다',
  },
  'community.because.surname_three': {
    en: 'the surname {{name}} is shared by {{community}}, {{second}} and many other American families',
    ko: '{{name}} 성은 {{community, 과/와}} {{second}}뿐 아니라 다른 미국인도 많이 씁니다',
  },
  'community.because.surname_also_others': {
    en: 'the surname {{name}} is often {{community}}, but other American families have it too',
    ko: '{{name}} 성은 {{community, 이/가}} 많지만 다른 미국인도 씁니다',
  },
  'community.because.surname_some': {
    en: 'most people named {{name}} are of no Asian community; some are {{community}}',
    ko: '{{name}} 성을 쓰는 사람은 대부분 아시아계가 아니고 일부가 {{community}}입니다',
  },
  'community.because.surname_rare': {
    en: 'the surname {{name}} is rare and spelled like {{community}} ones',
    ko: '성({{name}})이 드물지만 철자가 {{community}} 성과 비슷합니다',
  },
  'community.because.surname_none': {
    en: 'hardly anybody named {{name}} is of an Asian community',
    ko: '{{name}} 성을 쓰는 아시아계는 거의 없습니다',
  },
  'community.because.surname_unlisted': {
    en: 'the surname {{name}} is on none of our lists',
    ko: '성({{name}})이 저희 목록에 없습니다',
  },
  'community.because.given_korean': {
    en: '{{name}} is made of Korean syllables',
    ko: '이름({{name}})이 한국 이름 글자로 되어 있습니다',
  },
  'community.because.given_korean_syllable': {
    en: 'a part of {{name}} is a Korean syllable',
    ko: '이름({{name}})에 한국 이름 글자가 들어 있습니다',
  },
  'community.because.given_mandarin': {
    en: '{{name}} is spelled like a Mandarin name',
    ko: '이름({{name}})이 표준 중국어 표기입니다',
  },
  'community.because.given_cantonese': {
    en: '{{name}} is spelled like a Cantonese name',
    ko: '이름({{name}})이 광둥어 표기입니다',
  },
  'community.because.given_vietnamese': {
    en: '{{name}} is a usual Vietnamese name',
    ko: '이름({{name}})이 베트남 이름입니다',
  },
  'community.because.given_indian': {
    en: '{{name}} is a name of India or its neighbors',
    ko: '이름({{name}})이 인도와 그 이웃 나라 이름입니다',
  },
  'community.because.given_muslim': {
    en: '{{name}} is a Muslim name of many countries',
    ko: '이름({{name}})이 여러 나라에서 쓰는 무슬림 이름입니다',
  },
  'community.because.given_japanese': { en: '{{name}} is a Japanese name', ko: '이름({{name}})이 일본 이름입니다' },
  'community.because.given_filipino': {
    en: '{{name}} is a name Filipinos like more than others',
    ko: '이름({{name}})을 필리핀계가 특히 많이 씁니다',
  },
  'community.because.given_english': {
    en: '{{name}} is a name of all backgrounds, which says little',
    ko: '이름({{name}})은 누구나 쓰는 영어 이름이라 알려 주는 것이 적습니다',
  },
  'community.because.given_unknown': {
    en: '{{name}} is on none of our lists',
    ko: '이름({{name}})이 저희 목록에 없습니다',
  },
  'community.because.place_more': {
    en: 'where this person lives, more {{community}} people live than elsewhere',
    ko: '사는 곳에 {{community, 이/가}} 다른 곳보다 많습니다',
  },
  'community.because.place_fewer': {
    en: 'where this person lives, few {{community}} people live',
    ko: '사는 곳에 {{community, 이/가}} 적습니다',
  },
  'community.because.swapped': {
    en: 'the surname {{last}} seems to stand in the place of the given name',
    ko: '성({{last}})이 이름 자리에 적힌 것 같습니다',
  },
  'community.because.part': {
    en: 'of the double surname the part {{name}} tells more',
    ko: '두 성 가운데 {{name}} 쪽을 보았습니다',
  },
  'community.uncertain.nothing_decides': {
    en: 'Nothing else here decides.',
    ko: '그 밖에 가려낼 만한 점이 없습니다.',
  },
  'community.uncertain.marriage': {
    en: 'The surname may come by marriage or adoption.',
    ko: '결혼이나 입양으로 얻은 성일 수 있습니다.',
  },
  'community.uncertain.another': {
    en: 'It may also be a {{community}} family.',
    ko: '{{community}}일 수도 있습니다.',
  },
  'community.uncertain.nobody': {
    en: 'It may also be a family of no Asian community.',
    ko: '아시아계가 아닐 수도 있습니다.',
  },
  'community.old_number': {
    en: 'Lists and counts still use {{percent}}%, from older tables. Whoever runs the server renews them with: hanpyo community refresh',
    ko: '명단과 집계에는 아직 이전 자료로 낸 {{percent}}%가 쓰입니다. 서버 관리자가 hanpyo community refresh 명령으로 새로 계산할 수 있습니다.',
  },
  'community.guess': { en: '{{hangul}} (guess)', ko: '{{hangul}}(추정)' },
  'community.estimate_note': {
    en: 'An estimate from name and district. What the person says always wins; never say it to them as a fact, and never leave anybody out because of it.',
    ko: '이름과 사는 곳으로 낸 추정입니다. 본인의 말이 언제나 우선입니다. 당사자에게 사실처럼 말하지 말고, 이것 때문에 누구도 빼놓지 마세요.',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    community: typeof communityMessages
  }
}

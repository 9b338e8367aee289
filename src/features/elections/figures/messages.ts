import { messages } from '../../../platform/i18n/messages.ts'

export const figuresMessages = messages({
  'figures.offices': { en: 'Offices', ko: '공직' },
  'figures.offices_none': { en: 'No office that we know of.', ko: '알려진 공직이 없습니다.' },
  'figures.runs': { en: 'Runs for office', ko: '출마' },
  'figures.runs_none': { en: 'No run for office that we know of.', ko: '알려진 출마 이력이 없습니다.' },
  'figures.holds_since': { en: 'since {{date}}', ko: '{{date}}부터' },
  'figures.holds_now': { en: 'holds it now', ko: '재임 중' },
  'figures.held_until': { en: 'until {{date}}', ko: '{{date}}까지' },
  'figures.held_from_until': { en: '{{from}} to {{until}}', ko: '{{from}}부터 {{until}}까지' },
  'figures.links': { en: 'Links', ko: '링크' },
  'figures.links_hint': { en: 'One address on each line', ko: '한 줄에 주소 하나씩' },
  'figures.correct': { en: 'Correct name and links', ko: '이름과 링크 고치기' },
  'figures.correct_lead': {
    en: 'Everybody in this installation sees it, wherever this person stands.',
    ko: '이 시스템을 쓰는 모든 단체에, 이 사람이 나오는 모든 곳에 보입니다.',
  },
  'figures.name': { en: 'Name in Latin letters', ko: '영문 이름' },
  'figures.name_hint': { en: 'As on the ballot', ko: '투표용지에 쓴 대로' },
  'figures.name_ko': { en: 'Name in Korean', ko: '한글 이름' },
  'figures.name_zh': { en: 'Name in Chinese', ko: '한자(중국어) 이름' },
  'figures.name_es': { en: 'Name in Spanish', ko: '스페인어 이름' },
  'figures.names_further': { en: 'Names in more languages', ko: '다른 언어 이름' },
  'figures.name_in': { en: 'Name in {{language}}', ko: '{{language}} 이름' },
  'figures.photo': { en: 'Photo', ko: '사진' },
  'figures.photo_lead': {
    en: 'Only one you may show: it is seen by every organization and may stand in comparisons for voters.',
    ko: '써도 되는 사진만 올려 주세요. 모든 단체에 보이고 유권자용 비교 자료에도 쓰일 수 있습니다.',
  },
  'figures.photo_file': { en: 'Picture', ko: '사진 파일' },
  'figures.photo_hint': {
    en: 'JPEG or PNG, at most 5 MB. It is kept small, without where and when it was taken.',
    ko: 'JPEG 또는 PNG, 5MB까지. 작게 줄여 보관하며 촬영 장소와 시각은 남기지 않습니다.',
  },
  'figures.alt_en': { en: 'What is to be seen, in English', ko: '사진 설명(영어)' },
  'figures.alt_ko': { en: 'What is to be seen, in Korean', ko: '사진 설명(한국어)' },
  'figures.alt_hint': { en: 'For whoever cannot see it', ko: '사진을 볼 수 없는 분에게 읽어 드립니다' },
  'figures.credit': { en: 'Photographer or owner', ko: '촬영자 또는 저작권자' },
  'figures.license': { en: 'Terms of use', ko: '사용 조건' },
  'figures.license.public_domain': { en: 'Public domain', ko: '퍼블릭 도메인' },
  'figures.license.cc0': { en: 'CC0', ko: 'CC0' },
  'figures.license.cc_by': { en: 'CC BY', ko: 'CC BY' },
  'figures.license.cc_by_sa': { en: 'CC BY-SA', ko: 'CC BY-SA' },
  'figures.license.with_permission': { en: 'with permission', ko: '허락을 받음' },
  'figures.photo_source': { en: 'Where it is from', ko: '사진을 가져온 곳' },
  'figures.photo_by': { en: 'Photo: {{credit}}, {{license}}', ko: '사진: {{credit}}, {{license}}' },
  'figures.photo_save': { en: 'Show this photo', ko: '이 사진 쓰기' },
  'figures.photo_remove': { en: 'Remove the photo', ko: '사진 지우기' },
  'figures.photo.no_file': { en: 'Choose a picture.', ko: '사진을 골라 주세요.' },
  'figures.photo.no_picture': { en: 'This file is no JPEG or PNG picture.', ko: 'JPEG나 PNG 사진이 아닙니다.' },
  'figures.photo.too_large': { en: 'This picture is too large.', ko: '사진이 너무 큽니다.' },
  'figures.unite': { en: 'Entered twice', ko: '두 번 입력된 사람' },
  'figures.unite_lead': {
    en: 'The same person under another number: their offices and runs come here, and the other page goes.',
    ko: '같은 사람이 다른 번호로도 있으면 공직과 출마 이력을 여기로 옮기고 그 화면은 없앱니다.',
  },
  'figures.unite_other': { en: 'Number of the other page', ko: '다른 화면의 번호' },
  'figures.unite_hint': {
    en: 'The number at the end of its address: /public-figures/123',
    ko: '그 화면 주소 끝의 번호: /public-figures/123',
  },
  'figures.unite_look': { en: 'Look at both', ko: '둘 다 살펴보기' },
  'figures.unite_title': { en: 'The same person as {{name}}?', ko: '{{name}}: 같은 사람입니까?' },
  'figures.unite_what': {
    en: 'Everything below then belongs to {{name}}, and the other page goes. It cannot be taken apart again.',
    ko: '아래 내용을 모두 {{name}}의 화면으로 옮기고 다른 화면은 없앱니다. 다시 나눌 수 없습니다.',
  },
  'figures.unite_number': { en: 'Number {{number}}', ko: '{{number}}번' },
  'figures.unite_do': { en: 'Yes, the same person', ko: '예, 같은 사람입니다' },
  'figures.unite_not': { en: 'No, two people', ko: '아니요, 다른 사람입니다' },
  'figures.unite_unknown': { en: 'There is no other page of this number.', ko: '그 번호의 다른 화면이 없습니다.' },
  'figures.unite_both_run': {
    en: 'Both run in one contest. Take one candidacy out there first.',
    ko: '둘 다 한 선거의 후보입니다. 먼저 그 선거에서 한쪽을 지워 주세요.',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    figures: typeof figuresMessages
  }
}

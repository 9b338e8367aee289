import { messages } from '../../../platform/i18n/messages.ts'

export const duplicateMessages = messages({
  'duplicates.title': { en: 'Possible duplicates', ko: '같은 사람일 수 있음' },
  'duplicates.lead': {
    en: 'Looked for in the background after each import. Merging can be undone; “not the same person” is remembered for good.',
    ko: '명단을 가져올 때마다 자동으로 찾습니다. 합친 것은 되돌릴 수 있고, “다른 사람임”은 계속 기억합니다.',
  },
  'duplicates.none': { en: 'No possible duplicates', ko: '같은 사람으로 보이는 기록이 없습니다' },
  'duplicates.none_text': {
    en: 'Whoever stands here twice after an import will appear here.',
    ko: '명단을 가져온 뒤 두 번 나오는 사람이 있으면 여기에 보입니다.',
  },
  'duplicates.look': { en: 'Look again', ko: '다시 찾기' },
  'duplicates.compare': { en: 'Compare', ko: '비교' },
  'duplicates.different': { en: 'Not the same person', ko: '다른 사람임' },
  'duplicates.kept_apart': {
    en: '{{one}} and {{other}} stay two people',
    ko: '{{one}} ↔ {{other}}: 서로 다른 사람으로 두었습니다',
  },
  'duplicates.kept_apart_text': {
    en: 'This is remembered: they are not asked about again.',
    ko: '기억해 두고 다시 묻지 않습니다.',
  },
  'duplicates.decided_by': { en: 'Decided by {{by}}.', ko: '결정한 사람: {{by}}' },
  'duplicates.not_merged_text': {
    en: 'Nothing was merged now. If they are one person after all, take that decision back first.',
    ko: '이번에는 합치지 않았습니다. 그래도 같은 사람이라면 그 결정을 먼저 되돌려 주세요.',
  },
  'duplicates.meanwhile.merged': {
    en: 'Merged meanwhile: {{one}}, {{other}}',
    ko: '그사이 합친 기록: {{one}}, {{other}}',
  },
  'duplicates.meanwhile_text.merged': {
    en: 'They are no longer two to decide about, and nothing was changed now. A merge can be taken back under “Merged lately”.',
    ko: '이제 따로 비교할 기록이 아니며, 이번에는 바꾼 것이 없습니다. 합친 것은 ‘최근에 합친 기록’에서 되돌릴 수 있습니다.',
  },
  'duplicates.meanwhile.open': {
    en: 'No longer kept apart: {{one}}, {{other}}',
    ko: '‘다른 사람임’ 결정이 취소됨: {{one}}, {{other}}',
  },
  'duplicates.meanwhile_text.open': {
    en: 'The decision was taken back meanwhile. If their records look alike, they are asked about again.',
    ko: '그사이 결정을 되돌렸습니다. 기록이 비슷하면 다시 묻습니다.',
  },
  'duplicates.alike': { en: '{{percent}} alike', ko: '{{percent}} 비슷함' },
  'duplicates.evidence.email': { en: 'same e-mail', ko: '같은 이메일' },
  'duplicates.evidence.phone': { en: 'same phone', ko: '같은 전화번호' },
  'duplicates.evidence.name': { en: 'same name', ko: '같은 이름' },
  'duplicates.evidence.hangul': { en: 'same Hangul name', ko: '같은 한글 이름' },
  'duplicates.evidence.hangul_reading': { en: 'names may be read alike', ko: '한글로 같은 이름일 수 있음' },
  'duplicates.evidence.birth_year': { en: 'same birth year', ko: '같은 출생 연도' },
  'duplicates.evidence.other_birth_year': { en: 'other birth year', ko: '다른 출생 연도' },
  'duplicates.evidence.address': { en: 'same address', ko: '같은 주소' },
  'duplicates.evidence.other_name': { en: 'other name', ko: '다른 이름' },
  'duplicates.evidence.import': { en: 'unsure at import', ko: '가져올 때 확실하지 않았음' },
  'merge.title': { en: 'The same person?', ko: '같은 사람인가요?' },
  'merge.lead': {
    en: 'Choose what is right, line by line. Phones, e-mails, tags, notes and calls of both are kept.',
    ko: '줄마다 맞는 쪽을 고르세요. 전화번호, 이메일, 태그, 메모, 통화 기록은 양쪽 것을 모두 남깁니다.',
  },
  'merge.merge': { en: 'Merge into one', ko: '한 사람으로 합치기' },
  'merge.just.merged': {
    en: '{{one}} and {{other}} are one person now',
    ko: '{{one}}, {{other}}: 한 사람으로 합쳤습니다',
  },
  'merge.just.merged_text': {
    en: 'Calls, notes, numbers and events of both stand on one profile.',
    ko: '두 기록의 통화, 메모, 번호, 행사가 이제 한 기록에 있습니다.',
  },
  'merge.just.undone': {
    en: '{{one}} and {{other}} are two people again',
    ko: '{{one}}, {{other}}: 다시 두 사람으로 나누었습니다',
  },
  'merge.just.undone_text': {
    en: 'Each has back what was theirs. What was added since stays with {{one}}; what was changed since stays changed.',
    ko: '각자의 기록으로 다시 나누었습니다. 합친 뒤에 더한 것은 {{one}} 님 기록에 남고, 고친 것은 고친 대로 있습니다.',
  },
  'merge.just.open': { en: 'Open {{name}}', ko: '{{name}} 님 기록 열기' },
  'merge.done': { en: 'Merged lately', ko: '최근에 합친 기록' },
  'merge.earlier': { en: 'Earlier ones', ko: '이전 기록' },
  'merge.same.title': { en: 'Who else is {{name}}?', ko: '{{name}} 님과 같은 분이 또 있나요?' },
  'merge.same.lead': {
    en: 'Find the other profile of the same person, or their record in the voter file. Two profiles are shown side by side before anything is merged.',
    ko: '같은 분의 다른 기록이나 유권자 명부의 기록을 찾으세요. 두 기록은 합치기 전에 나란히 보여 드립니다.',
  },
  'merge.same.find': { en: 'Name, phone or address of the other profile', ko: '다른 기록의 이름, 전화번호, 주소' },
  'merge.same.choose': { en: 'Which one?', ko: '어느 기록인가요?' },
  'merge.same.none': {
    en: 'Nobody else was found for “{{query}}”.',
    ko: '“{{query}}”로 찾은 다른 기록이 없습니다.',
  },
  'merge.same.link': { en: 'Link with this voter', ko: '이 유권자와 잇기' },
  'merge.same': { en: 'Same person twice', ko: '중복 기록 합치기' },
  'merge.of': { en: '{{kept}} and {{merged}}, by {{by}}', ko: '{{kept}}, {{merged}} · 담당 {{by}}' },
  'merge.not_undone': { en: 'It was not taken back', ko: '되돌리지 못했습니다' },
  'merge.problem.merged_on': {
    en: 'The person kept here was merged with somebody else since. Take that merge back first.',
    ko: '여기 남은 분을 그 뒤에 다른 분과 다시 합쳤습니다. 나중에 합친 것부터 되돌려 주세요.',
  },
  'merge.not_merged': { en: 'They were not merged', ko: '합치지 못했습니다' },
  'merge.problem.paid_twice': {
    en: 'Both have paid for tickets of the same event. Cancel one of the two sign-ups there, give its money back, then merge.',
    ko: '두 분 모두 같은 행사의 입장권 값을 내셨습니다. 행사에서 한쪽 신청을 취소하고 돈을 돌려드린 뒤 합쳐 주세요.',
  },
  'merge.field.voter_id': { en: 'Voter record', ko: '유권자 기록' },
  'merge.field.last_name': { en: 'Family name', ko: '성' },
  'merge.field.first_name': { en: 'Given name', ko: '이름' },
  'merge.field.middle_name': { en: 'Middle name', ko: '중간 이름' },
  'merge.field.name_hangul': { en: 'Hangul name', ko: '한글 이름' },
  'merge.field.preferred_title': { en: 'Preferred title', ko: '호칭' },
  'merge.field.birth_year': { en: 'Birth year', ko: '출생 연도' },
  'merge.field.sex': { en: 'Sex', ko: '성별' },
  'merge.field.language': { en: 'Language', ko: '쓰시는 언어' },
  'merge.field.second_language': { en: 'Second language', ko: '두 번째 언어' },
  'merge.field.community': { en: 'Community', ko: '커뮤니티' },
  'merge.field.address': { en: 'Address', ko: '주소' },
  'merge.field.city': { en: 'City', ko: '도시' },
  'merge.field.zip5': { en: 'ZIP', ko: '우편번호' },
  'merge.also': { en: 'Phones and e-mails', ko: '전화번호와 이메일' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    peopleDuplicates: typeof duplicateMessages
  }
}

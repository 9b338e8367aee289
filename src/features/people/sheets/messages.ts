import { messages } from '../../../platform/i18n/messages.ts'

export const sheetMessages = messages({
  'sheets.title': { en: 'Sign-in sheets', ko: '참석자 명단 용지' },
  'sheets.lead': {
    en: 'Print a sheet, let people write on it, photograph it, and type it in line by line.',
    ko: '용지를 인쇄해 직접 적게 하고, 사진을 찍어 한 줄씩 입력합니다.',
  },
  'sheets.new': { en: 'A new sheet', ko: '새 용지' },
  'sheets.make': { en: 'Make the sheet', ko: '용지 만들기' },
  'sheets.what': { en: 'What for', ko: '모임 이름' },
  'sheets.what_hint': {
    en: 'As it is printed on top: roundtable on housing',
    ko: '용지 맨 위에 인쇄됩니다. 예: 주거 교육 간담회',
  },
  'sheets.held_on': { en: 'Day', ko: '날짜' },
  'sheets.lines': { en: 'Lines', ko: '줄 수' },
  'sheets.lines_hint': { en: '14 fit on the first page.', ko: '첫 장에 14줄이 들어갑니다.' },
  'sheets.remove': { en: 'Delete the empty sheet', ko: '빈 용지 삭제' },
  'sheets.of_event': { en: 'Event', ko: '행사' },
  'sheets.of_event_text': {
    en: 'Of an event: whoever is typed in is checked in there as well, and a line taken out is taken out there too.',
    ko: '행사의 용지입니다. 한 줄을 입력하면 그 행사의 출석도 확인되고, 줄을 빼면 출석도 취소됩니다.',
  },
  'sheets.to_event': { en: 'To the event', ko: '행사로 가기' },
  'sheets.none': { en: 'No sheet yet', ko: '아직 용지가 없습니다' },
  'sheets.none_text': {
    en: 'Make one for your next meeting: whoever cannot use a phone at the door writes on it.',
    ko: '다음 모임에 쓸 용지를 만들어 보세요. 입구에서 휴대전화를 쓰기 어려운 분은 종이에 적으시면 됩니다.',
  },
  'sheets.sheet': { en: 'Sheet', ko: '용지' },
  'sheets.named': { en: 'Sheet {{number}}: {{title}}', ko: '용지 {{number}}: {{title}}' },
  'sheets.typed_of': { en: '{{typed}} of {{lines}} lines typed in', ko: '{{lines}}줄 중 {{typed}}줄 입력' },
  'sheets.photos_count': { en: { one: '{{count}} photo', other: '{{count}} photos' }, ko: '사진 {{count}}장' },
  'sheets.evidence': {
    en: 'Sign-in sheet {{number}}, line {{line}} ({{title}})',
    ko: '참석자 명단 용지 {{number}}, {{line}}번째 줄({{title}})',
  },
  'sheets.timeline': { en: 'Signed in on paper: {{title}}', ko: '종이 명단에 적음: {{title}}' },
  'sheets.timeline_line': { en: 'Sheet {{number}}, line {{line}}', ko: '용지 {{number}}, {{line}}번째 줄' },
  'sheets.head.name': { en: 'Name (English)', ko: '영문 이름' },
  'sheets.head.hangul': { en: 'Name (Korean)', ko: '한글 이름' },
  'sheets.head.phone': { en: 'Phone', ko: '전화번호' },
  'sheets.head.email': { en: 'E-mail', ko: '이메일' },
  'sheets.head.language': { en: 'Language', ko: '언어' },
  'sheets.box.phone': { en: 'You may call', ko: '전화 좋음' },
  'sheets.box.text': { en: 'You may text', ko: '문자 좋음' },
  'sheets.box.email': { en: 'You may e-mail', ko: '이메일 좋음' },
  'sheets.how': {
    en: 'Please tick how we may reach you. Without a tick we do not. You can take it back at any time.',
    ko: '연락해도 되는 방법에 표시해 주세요. 표시가 없으면 연락하지 않습니다. 언제든 그만 받으실 수 있습니다.',
  },
  'sheets.type': { en: 'Type in line {{line}}', ko: '{{line}}번째 줄 입력' },
  'sheets.keys': {
    en: 'Enter goes to the next field, and after the last one saves the line. Space ticks a box.',
    ko: '엔터를 누르면 다음 칸으로 가고, 마지막 칸에서는 줄이 저장됩니다. 네모 칸은 스페이스로 표시합니다.',
  },
  'sheets.line': { en: 'Line', ko: '줄' },
  'sheets.consents': { en: 'Ticked', ko: '표시한 칸' },
  'sheets.save': { en: 'Save the line', ko: '줄 저장' },
  'sheets.all_typed': { en: 'Every line is typed in.', ko: '모든 줄을 입력했습니다.' },
  'sheets.known': { en: 'Is it one of these?', ko: '이 중에 있나요?' },
  'sheets.nobody': { en: 'Nobody of these', ko: '이 중에 없음' },
  'sheets.typed_lines': { en: 'Typed in', ko: '입력한 줄' },
  'sheets.how.chosen': { en: 'known to us', ko: '기록이 있는 분' },
  'sheets.how.joined': { en: 'known to us', ko: '기록이 있는 분' },
  'sheets.how.made': { en: 'new', ko: '새로 오신 분' },
  'sheets.how.linked': { en: 'new, in the voter file', ko: '새로 오신 분, 유권자 명부에 있음' },
  'sheets.how.unsure': {
    en: 'perhaps somebody we know',
    ko: '이미 아는 분일 수 있음',
  },
  'sheets.not_counted': {
    en: 'not counted, for they opted out since: {{channels}}',
    ko: '그 뒤에 수신을 거부해 반영하지 않음: {{channels}}',
  },
  'sheets.take_back': { en: 'Typed wrong', ko: '잘못 입력함' },
  'sheets.name_needed': { en: 'Enter a name, in either writing.', ko: '영문이나 한글로 이름을 입력해 주세요.' },
  'sheets.line_typed': {
    en: 'This line is typed in already, with something else.',
    ko: '이미 다른 내용으로 입력한 줄입니다.',
  },
  'sheets.no_line': { en: 'The sheet has no such line.', ko: '용지에 없는 줄입니다.' },
  'sheets.phone': {
    en: 'Enter all ten digits, for example 718-555-0100.',
    ko: '전화번호 10자리를 입력해 주세요. 예: 718-555-0100',
  },
  'sheets.photo': { en: 'Photo of the sheet', ko: '용지 사진' },
  'sheets.photo_hint': {
    en: 'JPEG, PNG or WebP, up to 10 MB, at most six.',
    ko: 'JPEG, PNG, WebP 파일로 10MB까지, 여섯 장까지 올릴 수 있습니다.',
  },
  'sheets.photo_add': { en: 'Attach the photo', ko: '사진 첨부' },
  'sheets.photo_remove': { en: 'Delete the photo', ko: '사진 삭제' },
  'sheets.photo_of': { en: 'Photo {{nth}} of sheet {{number}}', ko: '용지 {{number}}의 사진 {{nth}}' },
  'sheets.photo.too_large': { en: 'The photo is larger than 10 MB.', ko: '사진이 10MB보다 큽니다.' },
  'sheets.photo.no_picture': {
    en: 'This is no JPEG, PNG or WebP picture. Take the photo with this page, or save it as JPEG.',
    ko: 'JPEG, PNG, WebP 사진이 아닙니다. 이 페이지에서 바로 찍거나 JPEG로 저장해 올려 주세요.',
  },
  'sheets.photo.too_many': { en: 'There are six photos already.', ko: '사진이 이미 여섯 장 있습니다.' },
  'sheets.photo.no_file': { en: 'Choose a photo first.', ko: '먼저 사진을 골라 주세요.' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    sheets: typeof sheetMessages
  }
}

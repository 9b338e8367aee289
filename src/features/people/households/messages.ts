import { messages } from '../../../platform/i18n/messages.ts'

export const householdMessages = messages({
  'households.of': { en: 'Household of {{name}}', ko: '{{name}} 님 가구' },
  'households.lead': {
    en: 'Who lives behind one door. The voter file says it until somebody here says otherwise; that then counts wherever homes are counted or called.',
    ko: '한집에 사는 분들입니다. 따로 고치기 전에는 유권자 명부를 따르고, 고친 내용은 집 수를 세거나 전화할 때 어디서나 적용됩니다.',
  },
  'households.saved': { en: 'Saved.', ko: '저장했습니다.' },
  'households.changed': {
    en: 'The household is changed. Phone banks, counts and exports go by it from now on.',
    ko: '가구를 고쳤습니다. 이제 전화 캠페인, 집계, 내보내기에 그대로 적용됩니다.',
  },
  'households.undone': { en: 'Taken back: it is as it was before.', ko: '되돌렸습니다. 이전 상태로 돌아갔습니다.' },
  'households.confirmed': { en: 'Confirmed: it stays as it was said here.', ko: '확인했습니다. 고친 내용이 그대로 유지됩니다.' }, // prettier-ignore
  'households.residents': { en: 'Who lives here', ko: '함께 사는 분들' },
  'households.alone': { en: 'Nobody else is known to live here.', ko: '함께 사는 분이 알려져 있지 않습니다.' },
  'households.nowhere': {
    en: 'We know no home of {{name}}: the voter file has no address. Add whom they live with, or write something about the home.',
    ko: '유권자 명부에 {{name}} 님의 주소가 없어 사는 집을 알 수 없습니다. 함께 사는 분을 넣거나 집에 대한 메모를 적어 주세요.',
  },
  'households.many': {
    en: 'A large building: the first {{shown}} are shown. More than eight at one door are not called as one household.',
    ko: '큰 건물이라 처음 {{shown}}명만 보여 드립니다. 한 주소에 여덟 명이 넘으면 한 가구로 전화하지 않습니다.',
  },
  'households.address': { en: 'Address by the voter file', ko: '유권자 명부의 주소' },
  'households.other_address': { en: 'Voter file:', ko: '유권자 명부:' },
  'households.last_contact': { en: 'Last contact: {{result}}, {{when}}', ko: '마지막 연락: {{result}}, {{when}}' },
  'households.no_contact': { en: 'No contact yet', ko: '아직 연락한 적 없음' },
  'households.callable': { en: 'May be called', ko: '전화 가능' },
  'households.not_in_file': { en: 'not a registered voter', ko: '유권자 명부에 없음' },
  'households.by_hand': { en: 'added by hand', ko: '직접 넣음' },
  'households.add': { en: 'Add somebody who lives here', ko: '함께 사는 분 넣기' },
  'households.add_title': { en: 'Who lives with {{name}}?', ko: '{{name}} 님과 누가 함께 사나요?' },
  'households.add_lead': {
    en: 'Anybody you can find: a voter, a member, somebody who signed up. What the voter file says of them stays beside it.',
    ko: '유권자, 회원, 참가 신청자 누구든 찾아서 넣을 수 있습니다. 유권자 명부의 내용은 그대로 남습니다.',
  },
  'households.add_save': { en: 'Lives here', ko: '여기 삽니다' },
  'households.move': { en: 'Lives with somebody else', ko: '다른 집으로 옮기기' },
  'households.move_title': { en: 'With whom does {{name}} live?', ko: '{{name}} 님은 누구와 함께 사나요?' },
  'households.move_lead': {
    en: 'Find one of those {{name}} lives with. They leave the household they are in now.',
    ko: '{{name}} 님과 함께 사는 분을 한 명 찾아 주세요. 지금 가구에서는 빠집니다.',
  },
  'households.move_save': { en: 'Lives there', ko: '그 집에 삽니다' },
  'households.apart': { en: 'Does not live here', ko: '여기 살지 않음' },
  'households.apart_title': { en: '{{name}} does not live here', ko: '{{name}} 님은 여기 살지 않습니다' },
  'households.apart_lead': {
    en: 'They are called by themselves from now on and count as a home of their own. If you know with whom they live, choose “Lives with somebody else” instead.',
    ko: '앞으로 따로 전화하고 한 집으로 따로 셉니다. 누구와 사는지 아시면 ‘다른 집으로 옮기기’를 고르세요.',
  },
  'households.apart_save': { en: 'Lives apart', ko: '따로 삽니다' },
  'households.lives_apart': { en: '{{name}} lives apart', ko: '{{name}} 님은 따로 삽니다' },
  'households.lives_apart_text': {
    en: 'Somebody said by hand that they do not live in the household the voter file puts them in.',
    ko: '명부와 달리 그 가구에 살지 않는다고 직접 고쳤습니다.',
  },
  'households.find': { en: 'Name, phone number or address', ko: '이름, 전화번호, 주소' },
  'households.found': { en: 'Whom do you mean?', ko: '누구인가요?' },
  'households.choose': { en: 'Choose one of them.', ko: '한 명을 골라 주세요.' },
  'households.reason': { en: 'How do you know?', ko: '어떻게 아셨나요?' },
  'households.reason_hint': { en: 'Told us on the phone, is our member, moved out in May', ko: '통화에서 들음, 우리 회원, 5월에 이사' }, // prettier-ignore
  'households.problem.not_found': { en: 'That person is not there any more.', ko: '그분의 기록이 더는 없습니다.' },
  'households.problem.same_person': { en: 'That is the same person.', ko: '같은 분입니다.' },
  'households.problem.there_already': { en: 'They live together already.', ko: '이미 함께 사는 것으로 되어 있습니다.' },
  'households.problem.alone': {
    en: 'Nobody else lives there, so there is no household to leave.',
    ko: '함께 사는 분이 없어 뺄 가구가 없습니다.',
  },
  'households.note_title': { en: 'About this home', ko: '이 집에 대해' },
  'households.no_note': {
    en: 'Nothing written yet. Callers see the note while they ring: who answers, in which language, when not to call.',
    ko: '아직 적은 것이 없습니다. 누가 받는지, 어떤 언어로 말할지, 언제 걸지 말지 적어 두면 전화하는 분이 봅니다.',
  },
  'households.describe': { en: 'Change note, language and name', ko: '메모·언어·이름 고치기' },
  'households.name': { en: 'Name of the household', ko: '가구 이름' },
  'households.name_hint': { en: 'The Kims on 41st Avenue', ko: '41가 김 선생님 댁' },
  'households.note': { en: 'Note for whoever calls', ko: '전화하는 분께 메모' },
  'households.note_hint': { en: 'Grandmother answers, speak Korean', ko: '할머니가 받으심, 한국어로' },
  'households.language': { en: 'Language at home', ko: '집에서 쓰는 언어' },
  'households.language_unknown': { en: 'Not known', ko: '모름' },
  'households.written': { en: '{{by}}, {{when}}', ko: '{{by}}, {{when}}' },
  'households.numbers': { en: 'Shared numbers', ko: '같이 쓰는 번호' },
  'households.numbers_lead': {
    en: 'One call reaches all of them, so one caller has them together.',
    ko: '전화 한 통에 모두 닿으므로 한 봉사자가 함께 맡습니다.',
  },
  'households.number_elsewhere': { en: '{{name}} (lives elsewhere)', ko: '{{name}}(다른 집)' },
  'households.changes': { en: 'Changed by hand', ko: '직접 고친 내용' },
  'households.no_changes': {
    en: 'Nothing: this is as the voter file has it.',
    ko: '없습니다. 유권자 명부 그대로입니다.',
  },
  'households.says.here': { en: 'lives here', ko: '여기 삼' },
  'households.says.apart': { en: 'lives apart', ko: '따로 삼' },
  'households.ended': { en: 'taken back or changed since', ko: '이후 되돌리거나 바꿈' },
  'households.undo': { en: 'Take back', ko: '되돌리기' },
  'households.to_confirm': { en: 'look again', ko: '다시 확인' },
  'households.confirm_title': { en: 'Is it still so?', ko: '아직 그런가요?' },
  'households.confirm_text': {
    en: 'The voter file has another address for {{name}} than when this was said. It counts until you take it back.',
    ko: '{{name}} 님의 명부 주소가 그 뒤 바뀌었습니다. 되돌리기 전까지는 고친 내용이 적용됩니다.',
  },
  'households.confirm': { en: 'Yes, it is still so', ko: '예, 그대로입니다' },
  'households.timeline': { en: 'What happened in this home', ko: '이 집의 기록' },
  'households.tool': { en: 'Households changed by hand', ko: '직접 고친 가구' },
  'households.list_lead': {
    en: 'Homes somebody here has put right or written something about; first those to look at again, because the voter file has changed since.',
    ko: '직접 고치거나 메모를 적은 가구입니다. 그 뒤 유권자 명부가 바뀌어 다시 볼 가구가 먼저 나옵니다.',
  },
  'households.list_none': { en: 'No household has been changed by hand', ko: '직접 고친 가구가 없습니다' },
  'households.list_none_help': {
    en: 'Open somebody’s profile and their household page: there you say who lives there and what callers should know.',
    ko: '누군가의 기록에서 가구 화면을 여세요. 함께 사는 분과 전화하는 분이 알아 둘 점을 적을 수 있습니다.',
  },
  'households.list_changed': { en: 'Changed', ko: '고친 때' },
  'households.list_by_hand': { en: 'Corrections by hand', ko: '직접 고친 수' },
  'households.unnamed': { en: 'Without a name', ko: '이름 없음' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    households: typeof householdMessages
  }
}

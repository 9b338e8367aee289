import { messages } from '../../../platform/i18n/messages.ts'

export const peopleListMessages = messages({
  'people_list.title': { en: 'Our people', ko: '우리 사람들' },
  'people_list.lead': {
    en: 'Everybody your organization knows, in a voter file or in none, by the conditions universes are made of.',
    ko: '유권자 명부에 있든 없든 단체가 아는 모든 분을, 대상 유권자를 고를 때와 같은 조건식으로 찾습니다.',
  },
  'people_list.hint': {
    en: 'Words like attended:roundtable member:good language:ko; empty is everybody. What only a voter file says (party:, voted:) is true of nobody who is in none.',
    ko: 'attended:roundtable member:good처럼 씁니다. 한국어도 됩니다: 참석:간담회 회원:good. 비워 두면 모든 분입니다. 정당:이나 투표:처럼 유권자 명부에만 있는 조건은 명부에 없는 분에게는 맞지 않습니다.',
  },
  'people_list.show': { en: 'Show people', ko: '찾아보기' },
  'people_list.only': { en: 'Whom to show', ko: '볼 대상' },
  'people_list.only.all': { en: 'All of them', ko: '모두' },
  'people_list.only.strangers': { en: 'In no voter file only', ko: '유권자 명부에 없는 분만' },
  'people_list.figure.people': { en: 'People', ko: '사람' },
  'people_list.figure.strangers': { en: 'In no voter file', ko: '유권자 명부에 없음' },
  'people_list.figure.phone': { en: 'Can be called', ko: '전화할 수 있음' },
  'people_list.figure.email': { en: 'Can be e-mailed', ko: '이메일을 보낼 수 있음' },
  'people_list.figure.post': { en: 'Post reaches them', ko: '우편을 보낼 수 있음' },
  'people_list.agreed': { en: '{{count}} said yes to it', ko: '수신에 동의한 분 {{count}}명' },
  'people_list.left_out': {
    en: 'Who died or is marked not to be contacted is not among them, unless the condition speaks of suppressed.',
    ko: '돌아가신 분과 연락하지 않기로 표시한 분은, 조건식에 제외(suppressed)를 쓰지 않는 한 들어 있지 않습니다.',
  },
  'people_list.found': {
    en: { one: '{{count}} person', other: '{{count}} people' },
    ko: '{{count}}명',
  },
  'people_list.none': { en: 'Nobody fits this condition', ko: '조건에 맞는 분이 없습니다' },
  'people_list.none_text': {
    en: 'Take a word out, or look at all your people.',
    ko: '조건을 하나 빼 보거나 모든 분을 보세요.',
  },
  'people_list.all': { en: 'All our people', ko: '모두 보기' },
  'people_list.act': {
    en: { one: 'What to do with this person', other: 'What to do with these {{count}} people' },
    ko: '이 {{count}}명과 할 일',
  },
  'people_list.tag': { en: 'Tag', ko: '태그' },
  'people_list.tag_all': {
    en: { one: 'Tag this person', other: 'Tag all {{count}}' },
    ko: '{{count}}명에게 붙이기',
  },
  'people_list.tagged': {
    en: { one: '{{count}} person has the tag {{tag}} now.', other: '{{count}} people have the tag {{tag}} now.' },
    ko: '{{count}}명에게 ‘{{tag}}’ 태그를 붙였습니다.',
  },
  'people_list.tagged_none': {
    en: 'All of them had the tag {{tag}} already.',
    ko: '모두 이미 ‘{{tag}}’ 태그가 있습니다.',
  },
  'people_list.take_back': { en: 'Take it back', ko: '되돌리기' },
  'people_list.taken_back': { en: 'The tag {{tag}} was taken off them again.', ko: '‘{{tag}}’ 태그를 다시 뗐습니다.' },
  'people_list.event': { en: 'Event', ko: '행사' },
  'people_list.invite': { en: 'Invite them…', ko: '초대하기…' },
  'people_list.mail': { en: 'E-mail these people', ko: '이분들께 이메일 쓰기' },
  'people_list.file': { en: 'Take them as a file…', ko: '파일로 받기…' },
  'people_list.file_title': { en: 'People as a file', ko: '사람 명단 파일' },
  'people_list.file_lead': {
    en: {
      one: '{{count}} person with what your organization knows itself: name, language, telephone, e-mail, home, tags.',
      other:
        '{{count}} people with what your organization knows itself: name, language, telephone, e-mail, home, tags.',
    },
    ko: '단체가 직접 아는 내용(이름, 언어, 전화번호, 이메일, 집 주소, 태그)을 담은 {{count}}명의 명단입니다.',
  },
  'people_list.file_note': {
    en: 'Who refused a channel, or is marked, has an empty cell there. The download and what it is for stand in the activity log.',
    ko: '어떤 연락 방법을 거부했거나 표시가 있는 분은 그 칸이 비어 있습니다. 받은 사실과 용도는 활동 기록에 남습니다.',
  },
  'people_list.file_make': { en: 'Download', ko: '내려받기' },
  'people_list.in_file': { en: 'In a voter file', ko: '유권자 명부에 있음' },
  'people_list.yes': { en: 'yes', ko: '예' },
  'people_list.no': { en: 'no', ko: '아니요' },
  'people_list.beside': {
    en: {
      one: 'And {{count}} person of yours who is in no voter file fits.',
      other: 'And {{count}} people of yours who are in no voter file fit.',
    },
    ko: '유권자 명부에 없는 우리 사람도 {{count}}명 맞습니다.',
  },
  'people_list.see_them': { en: 'See them', ko: '보기' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    people_list: typeof peopleListMessages
  }
}

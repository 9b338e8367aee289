import { messages } from '../../platform/i18n/messages.ts'

export const electionsMessages = messages({
  'elections.title': { en: 'Elections', ko: '선거 일정' },
  'elections.lead': {
    en: 'What is coming in New York, and what is due before it.',
    ko: '뉴욕에서 다가오는 선거와 그 전에 지나는 마감일입니다.',
  },
  'elections.all': { en: 'All elections and deadlines', ko: '모든 선거와 마감일' },
  'elections.due': { en: 'Due next', ko: '다가오는 날짜' },
  'elections.day_is_over': { en: 'past', ko: '지남' },
  'elections.now': { en: 'now', ko: '진행 중' },
  'elections.confirmed': { en: 'Announced', ko: '공식 발표' },
  'elections.from_statute': { en: 'From the statute', ko: '법에 따른 계산' },
  'elections.unsourced': { en: 'Entered here by hand, without a source.', ko: '출처 없이 직접 입력한 일정입니다.' },
  'elections.source': {
    en: 'Source: {{law}}. Checked {{date}}.',
    ko: '출처: {{law}}. {{date}} 확인.',
  },
  'elections.law': { en: 'New York Election Law', ko: '뉴욕주 선거법' },
  'elections.law.state': { en: 'Election Law {{section}}', ko: '선거법 {{section}}' },
  'elections.law.city': { en: 'City Charter {{section}}', ko: '뉴욕시 헌장 {{section}}' },
  'elections.languages': { en: 'Language', ko: '언어' },
  'elections.none_coming': { en: 'No election ahead is known yet.', ko: '아직 알려진 다음 선거가 없습니다.' },
  'elections.public_page': { en: 'For everybody', ko: '누구나 보는 화면' },
  'elections.public_lead': {
    en: 'What is coming and what is due, without an account. Pass the address on.',
    ko: '계정 없이 다가오는 선거와 마감일을 볼 수 있는 주소입니다. 알려도 됩니다.',
  },
  'elections.feed': { en: 'In your calendar', ko: '내 달력에 넣기' },
  'elections.feed_lead': {
    en: 'Subscribe to this address and every day above stands in your calendar, and moves there when it moves here. Anyone may have it.',
    ko: '이 주소를 구독하면 위의 모든 날짜가 내 달력에 나타나고, 여기서 바뀌면 달력에서도 바뀝니다. 누구에게나 알려도 됩니다.',
  },
  'elections.calendar_name': { en: 'New York elections', ko: '뉴욕 선거 일정' },
  'elections.place.nyc_council': {
    en: 'City Council District {{district}} only',
    ko: '시의회 {{district}}선거구만 해당',
  },
  'elections.next': { en: 'Next election', ko: '다음 선거' },
  'elections.kind.general': { en: '{{year}} general election', ko: '{{year}}년 본선거' },
  'elections.kind.primary': { en: '{{year}} primary', ko: '{{year}}년 예비선거' },
  'elections.kind.special': { en: '{{year}} special election', ko: '{{year}}년 보궐선거' },
  'elections.kind.presidential_primary': { en: '{{year}} presidential primary', ko: '{{year}}년 대통령 예비선거' },
  'elections.kind.runoff': { en: '{{year}} runoff', ko: '{{year}}년 결선투표' },
  'elections.in_days': { en: { one: 'in {{count}} day', other: 'in {{count}} days' }, ko: '{{count}}일 남음' },
  'elections.today': { en: 'today', ko: '오늘' },
  'elections.from_to': { en: '{{from}} to {{to}}', ko: '{{from}}부터 {{to}}까지' },
  'elections.computed': {
    en: 'From the statute; the Board of Elections may still announce changes.',
    ko: '법에 따라 계산한 날짜입니다. 선거관리위원회 발표로 바뀔 수 있습니다.',
  },
  'elections.day.change_party_by': { en: 'Last day to change party', ko: '정당 변경 마감' },
  'elections.day.change_address_by': { en: 'Address change received by', ko: '주소 변경 마감(도착 기준)' },
  'elections.day.register_by': { en: 'Registration received by', ko: '유권자 등록 마감(도착 기준)' },
  'elections.day.ask_for_mail_ballot_by': {
    en: 'Mail ballot application received by',
    ko: '우편투표 신청 마감(도착 기준)',
  },
  'elections.day.ask_for_mail_ballot_in_person_by': {
    en: 'Last day to get a mail ballot in person',
    ko: '우편투표용지 직접 수령 마감',
  },
  'elections.day.postmark_by': {
    en: 'Mail ballot postmarked, or dropped off by 9 p.m.',
    ko: '우편투표 소인 마감, 직접 제출은 밤 9시까지',
  },
  'elections.day.mail_ballot_arrives_by': { en: 'Mail ballot arrives by', ko: '우편투표 도착 마감' },
  'elections.day.early_voting': { en: 'Early voting', ko: '조기투표' },
  'elections.day.held_on': { en: 'Election Day, 6 a.m. to 9 p.m.', ko: '선거일, 오전 6시~밤 9시' },
})

declare module '../../platform/i18n/messages.ts' {
  interface RoomMessages {
    elections: typeof electionsMessages
  }
}

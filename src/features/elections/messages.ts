import { messages } from '../../platform/i18n/messages.ts'

export const electionsMessages = messages({
  'elections.next': { en: 'Next election', ko: '다음 선거' },
  'elections.kind.general': { en: '{{year}} general election', ko: '{{year}}년 본선거' },
  'elections.kind.primary': { en: '{{year}} primary', ko: '{{year}}년 예비선거' },
  'elections.kind.special': { en: '{{year}} special election', ko: '{{year}}년 보궐선거' },
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
  'elections.day.early_voting': { en: 'Early voting', ko: '조기투표' },
  'elections.day.held_on': { en: 'Election Day, 6 a.m. to 9 p.m.', ko: '선거일, 오전 6시~밤 9시' },
})

declare module '../../platform/i18n/messages.ts' {
  interface RoomMessages {
    elections: typeof electionsMessages
  }
}

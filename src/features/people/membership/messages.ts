import { messages } from '../../../platform/i18n/messages.ts'

export const membershipMessages = messages({
  'membership.title': { en: 'Membership', ko: '회원 자격' },
  'membership.lead': {
    en: 'How the membership stands from a day on. Earlier entries stay, so that any day can be looked up.',
    ko: '어느 날부터 회원 자격이 어떤지 기록합니다. 이전 기록도 남아 있어 지난 날의 자격을 알 수 있습니다.',
  },
  'membership.none': { en: 'Not a member', ko: '회원이 아닙니다' },
  'membership.record': { en: 'Record a change', ko: '변경 기록' },
  'membership.form_title': { en: 'Membership of {{name}}', ko: '{{name}} 님의 회원 자격' },
  'membership.kind': { en: 'Kind of membership', ko: '회원 종류' },
  'membership.kind.regular': { en: 'Regular', ko: '일반 회원' },
  'membership.kind.associate': { en: 'Associate', ko: '준회원' },
  'membership.kind.student': { en: 'Student', ko: '학생 회원' },
  'membership.kind.honorary': { en: 'Honorary', ko: '명예 회원' },
  'membership.standing': { en: 'Standing', ko: '상태' },
  'membership.standing.applied': { en: 'Applied', ko: '가입 신청' },
  'membership.standing.approved': { en: 'Approved', ko: '가입 승인' },
  'membership.standing.active': { en: 'Active', ko: '활동 중' },
  'membership.standing.grace': { en: 'Dues overdue, in grace', ko: '회비 납부 유예' },
  'membership.standing.lapsed': { en: 'Lapsed', ko: '자격 만료' },
  'membership.standing.resigned': { en: 'Resigned', ko: '탈퇴' },
  'membership.standing.expelled': { en: 'Expelled', ko: '제명' },
  'membership.from_on': { en: 'From', ko: '시작일' },
  'membership.note': { en: 'Note', ko: '메모' },
  'membership.note_hint': { en: 'Decision, form, who vouched', ko: '결정 내용, 신청서, 추천인 등' },
  'membership.since': { en: 'since {{date}}', ko: '{{date}}부터' },
  'membership.from': { en: 'from {{date}}', ko: '{{date}}부터' },
  'membership.history': { en: 'All entries', ko: '모든 기록' },
  'membership.remove': { en: 'Recorded by mistake', ko: '잘못 기록함' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    membership: typeof membershipMessages
  }
}

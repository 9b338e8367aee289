import { messages } from '../../platform/i18n/messages.ts'

/** What each permission of permissions.ts allows, for the page that shows the table: one without words does not compile. */
export const permissionMessages = messages({
  'permission.title': { en: 'Who may do what', ko: '역할과 권한' },
  'permission.lead': {
    en: 'Each person has one or more roles in the organization. This table is the one the program itself goes by.',
    ko: '단체 안에서 한 사람이 여러 역할을 맡을 수 있습니다. 프로그램도 이 표를 그대로 따릅니다.',
  },
  'permission.roles': { en: 'Roles', ko: '역할' },
  'permission.yours': { en: 'Your role', ko: '내 역할' },
  'permission.what': { en: 'May', ko: '할 수 있는 일' },
  'permission.steward': {
    en: 'Looks after the server for all organizations on it: imports voter files, reads sent mail. Not a role in an organization.',
    ko: '서버를 함께 쓰는 모든 단체를 위해 유권자 명부를 가져오고 보낸 메일을 봅니다. 단체 안의 역할이 아닙니다.',
  },
  'permission.note': {
    en: 'Nobody sees anything of another organization. A caller who joins by link needs no account and sees only the voter handed to them.',
    ko: '다른 단체의 내용은 누구도 볼 수 없습니다. 링크로 참여한 전화 봉사자는 계정이 없어도 되고, 지금 맡은 유권자만 봅니다.',
  },
  'permission.voters.view': { en: 'Search and see voters', ko: '유권자 검색과 보기' },
  'permission.voters.export': { en: 'Export voters', ko: '유권자 내보내기' },
  'permission.people.view': { en: 'See people and contact history', ko: '사람과 연락 기록 보기' },
  'permission.people.edit': { en: 'Edit people, tags, notes', ko: '사람, 태그, 메모 수정' },
  'permission.people.merge': { en: 'Merge two records of one person', ko: '같은 사람의 기록 합치기' },
  'permission.people.import': { en: 'Import lists of people', ko: '사람 명단 가져오기' },
  'permission.people.settings': { en: 'Define tags and fields', ko: '태그와 항목 정하기' },
  'permission.universes.view': { en: 'See universes', ko: '대상 유권자 보기' },
  'permission.universes.edit': { en: 'Build and change universes', ko: '대상 유권자 만들기와 수정' },
  'permission.scripts.view': { en: 'Read scripts', ko: '통화 스크립트 보기' },
  'permission.scripts.edit': { en: 'Write and change scripts', ko: '통화 스크립트 쓰기와 수정' },
  'permission.phonebanks.view': { en: 'See phone banks', ko: '전화 캠페인 보기' },
  'permission.phonebanks.edit': { en: 'Set up and change phone banks', ko: '전화 캠페인 만들기와 수정' },
  'permission.phonebanks.host': { en: 'Run a phone bank', ko: '전화 캠페인 진행' },
  'permission.phonebanks.results': { en: 'See results of calls', ko: '통화 결과 보기' },
  'permission.phonebanks.export': { en: 'Export results of calls', ko: '통화 결과 내보내기' },
  'permission.phonebanks.call': { en: 'Make calls', ko: '전화 걸기' },
  'permission.members.view': { en: 'See the team', ko: '운영진과 회원 보기' },
  'permission.members.invite': { en: 'Invite, give roles, end memberships', ko: '초대, 역할 변경, 탈퇴 처리' },
  'permission.audit.view': { en: 'Read the activity log', ko: '활동 기록 보기' },
  'permission.organization.edit': { en: 'Change settings of the organization', ko: '단체 설정 변경' },
})

declare module '../../platform/i18n/messages.ts' {
  interface RoomMessages {
    permissions: typeof permissionMessages
  }
}

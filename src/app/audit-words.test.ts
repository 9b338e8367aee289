import { expect, test } from 'vitest'
import { translator } from '../platform/i18n/messages.ts'
import { auditWord } from './audit-words.ts'
import './audit-messages.ts'

test.each([
  ['lane', 'non_partisan', '정파 중립 활동'],
  ['kind', 'referred_by', '소개해 준 분'],
  ['channel', 'text', '문자'],
  ['reason', 'moved', '이사함'],
  ['community', 'korean', '한인'],
  ['disposition', 'no_answer', '안 받음'],
  ['matched_by', 'certain', '이름과 생년으로 확실함'],
  ['only', 'unconfirmed', '이메일 미확인'],
  ['only', 'all', '전체'],
  ['kind', 'petition', '청원'],
  ['sex', 'F', '여성'],
  ['languages', 'en', 'English'],
  ['quiet_groups', 'family', '가족과 보내는 날'],
  ['way_of_calling', 'own_phone', '본인 전화로'],
  ['office', 'council_member', '시의원'],
  ['office', 'other', '다른 공직'],
  ['method', 'ranked_choice', '순위선택투표(RCV)'],
  ['license', 'with_permission', '허락을 받음'],
  ['district_kind', 'nyc-council', '시의회'],
  ['district_kind', 'city', '뉴욕시'],
  ['status', 'on_ballot', '투표용지 등재'],
  ['status', 'purged', '선관위가 말소'],
  ['kind', 'presidential_primary', '대통령 예비선거'],
  ['lines', 'wor', '노동가족당'],
  ['languages', 'theirs', '아는 경우 읽는 언어로, 모르면 모든 언어로'],
  ['kind', 'community_service', '봉사활동'],
  ['response', 'signed_up', '신청함'],
  ['every', 'week', '매주'],
  ['form', 'words', '말로 쓴 표'],
  ['public_parts', 'totals', '후보별 득표수'],
  ['threshold', 'most', '최다 득표'],
])('the activity log says %s %s as the screens do', (field, code, words) => {
  expect(auditWord(translator('ko'), field, code)).toBe(words)
})

test('what somebody wrote is no code, and stays as it is', () => {
  expect(auditWord(translator('ko'), 'note', 'moved')).toBeNull()
  expect(auditWord(translator('ko'), 'reason', 'the tenant told us')).toBeNull()
})

import { messages } from '../../../platform/i18n/messages.ts'

export const meetingMessages = messages({
  'meeting.title': { en: 'Meeting', ko: '회의 진행' },
  'meeting.lead': {
    en: 'Members in the room, motions and what hands said of them, and the minutes made from all that.',
    ko: '출석 회원, 제안(동의)과 거수 결과를 적으면 그대로 회의록이 됩니다.',
  },
  'meeting.present': { en: 'Members here', ko: '출석 회원' },
  'meeting.present_note': { en: 'of {{count}} in good standing', ko: '정회원 자격 유지 {{count}}명 중' },
  'meeting.quorum': { en: 'Quorum', ko: '성원' },
  'meeting.quorum_met': { en: 'reached', ko: '찼음' },
  'meeting.quorum_missing': { en: '{{count}} short', ko: '{{count}}명 모자람' },
  'meeting.quorum_none': { en: 'none set', ko: '정하지 않음' },
  'meeting.quorum_text': {
    en: 'Counted are members in good standing on the day of the meeting who are marked as there at the door.',
    ko: '회의 날 기준으로 정회원 자격을 유지하고 출석 확인이 된 회원만 셉니다.',
  },
  'meeting.no_members': {
    en: 'Nobody marked as there is a member in good standing. Check people in at the door first, or say below how many may vote.',
    ko: '출석한 분 가운데 정회원 자격을 유지한 분이 없습니다. 먼저 출석을 확인하거나, 거수할 때 표결할 수 있는 인원을 직접 적어 주세요.',
  },
  'meeting.motions': { en: 'Motions', ko: '제안(동의)' },
  'meeting.motions_none': { en: 'No motion yet.', ko: '아직 제안이 없습니다.' },
  'meeting.motion_nth': { en: 'Motion {{nth}}', ko: '제안 {{nth}}' },
  'meeting.moved_by': { en: 'Moved by', ko: '발의' },
  'meeting.seconded_by': { en: 'Seconded by', ko: '재청' },
  'meeting.amends': { en: 'Amends motion {{nth}}', ko: '제안 {{nth}}의 수정안' },
  'meeting.majority': { en: 'What it takes', ko: '의결 기준' },
  'meeting.majority.cast': { en: 'More yes than no', ko: '찬성이 반대보다 많으면 가결' },
  'meeting.majority.two_thirds': { en: 'Two thirds of yes and no', ko: '찬반 표의 3분의 2 이상' },
  'meeting.majority.present': {
    en: 'More than half of the members here who may vote',
    ko: '표결권이 있는 출석 회원의 과반수',
  },
  'meeting.majority_hint': {
    en: 'Abstentions are no votes cast: they count only in the third. A tie is lost.',
    ko: '기권은 찬반 표에 들지 않고, 세 번째 기준에서만 영향을 줍니다. 동수는 부결입니다.',
  },
  'meeting.outcome.carried': { en: 'Carried', ko: '가결' },
  'meeting.outcome.lost': { en: 'Lost', ko: '부결' },
  'meeting.outcome.no_quorum': { en: 'No quorum, nothing decided', ko: '성원 미달, 의결 없음' },
  'meeting.outcome.open': { en: 'Not counted yet', ko: '거수 전' },
  'meeting.outcome.withdrawn': { en: 'Withdrawn', ko: '철회' },
  'meeting.hands': {
    en: '{{yes}} yes, {{no}} no, {{abstain}} abstained, of {{entitled}} who may vote, with {{present}} members here',
    ko: '출석 회원 {{present}}명, 표결권자 {{entitled}}명: 찬성 {{yes}}, 반대 {{no}}, 기권 {{abstain}}',
  },
  'meeting.needed': { en: '{{count}} yes were needed.', ko: '가결에 필요한 찬성: {{count}}표' },
  'meeting.corrected': { en: 'Corrected by {{by}}: {{reason}}', ko: '고친 사람 {{by}}: {{reason}}' },
  'meeting.count': { en: 'Count hands', ko: '거수 집계' },
  'meeting.count_again': { en: 'Correct the count', ko: '집계 고치기' },
  'meeting.withdraw': { en: 'Withdraw', ko: '철회' },
  'meeting.restore': { en: 'Put again', ko: '다시 상정' },
  'meeting.yes': { en: 'Yes', ko: '찬성' },
  'meeting.no': { en: 'No', ko: '반대' },
  'meeting.abstain': { en: 'Abstain', ko: '기권' },
  'meeting.present_count': { en: 'Members in the room', ko: '자리에 있는 회원' },
  'meeting.present_hint': {
    en: 'Filled in from the door. Change it if somebody left. The quorum is tested on this number.',
    ko: '출석 기록에서 가져왔습니다. 자리를 뜬 분이 있으면 고치세요. 성원은 이 수로 따집니다.',
  },
  'meeting.entitled': { en: 'Of them, who may vote on this', ko: '그 가운데 표결권자' },
  'meeting.entitled_hint': {
    en: 'Less those who are recused from this motion. They stay in the room and count for the quorum.',
    ko: '이 제안에서 회피한 분은 빼 주세요. 자리에 있으므로 성원에는 들어갑니다.',
  },
  'meeting.reason': { en: 'Why the count is corrected', ko: '집계를 고치는 까닭' },
  'meeting.save_count': { en: 'Save the count', ko: '집계 저장' },
  'meeting.counted': { en: 'The count is saved.', ko: '집계를 저장했습니다.' },
  'meeting.problem.too_many': {
    en: 'That is more hands than members who may vote. Check the numbers.',
    ko: '손을 든 수가 표결권자보다 많습니다. 숫자를 확인해 주세요.',
  },
  'meeting.problem.too_few_present': {
    en: 'More may vote than members are in the room. Check the numbers.',
    ko: '표결권자가 자리에 있는 회원보다 많습니다. 숫자를 확인해 주세요.',
  },
  'meeting.problem.counted': {
    en: 'Hands were counted on this motion, so it can no longer be withdrawn.',
    ko: '이미 거수로 집계한 제안이라 철회할 수 없습니다.',
  },
  'meeting.problem.approved': {
    en: 'The minutes are approved, so nothing was changed. Take the approval back first.',
    ko: '승인된 회의록이라 바꾸지 않았습니다. 먼저 승인을 취소해 주세요.',
  },
  'meeting.problem.no_reason': {
    en: 'It was counted before. Say why it is corrected.',
    ko: '이미 집계한 제안입니다. 고치는 까닭을 적어 주세요.',
  },
  'meeting.problem.withdrawn': {
    en: 'The motion was withdrawn, so there is nothing to count.',
    ko: '철회한 제안이라 집계할 것이 없습니다.',
  },
  'meeting.new': { en: 'New motion', ko: '새 제안' },
  'meeting.text_in': { en: 'The motion in {{language}}', ko: '제안 내용({{language}})' },
  'meeting.amends_which': { en: 'Changes another motion', ko: '다른 제안의 수정안' },
  'meeting.amends_none': { en: 'No, it stands alone', ko: '아님(새 제안)' },
  'meeting.add': { en: 'Add the motion', ko: '제안 추가' },
  'meeting.text_missing': {
    en: 'Write the motion in one language at least.',
    ko: '한 언어로라도 제안 내용을 적어 주세요.',
  },
  'meeting.minutes': { en: 'Minutes', ko: '회의록' },
  'meeting.minutes_lead': {
    en: 'Made from the agenda, who was there, the motions and the notes of the event.',
    ko: '안건, 출석, 의결, 행사 기록을 모아 만듭니다.',
  },
  'meeting.minutes_pdf': { en: 'Minutes in {{language}} (PDF)', ko: '회의록 PDF ({{language}})' },
  'meeting.write_notes': { en: 'Write the notes', ko: '기록 적기' },
  'meeting.presided_by': { en: 'Who presided', ko: '의장' },
  'meeting.approved_on': { en: 'Minutes approved on', ko: '회의록 승인일' },
  'meeting.approved_how': { en: 'How, or at which meeting', ko: '승인한 회의나 방법' },
  'meeting.approved': { en: 'Approved on {{date}}', ko: '{{date}} 승인' },
  'meeting.approved_stays': {
    en: 'What was approved stays as it is: motions, counts, notes, and the numbers of that day, whatever changes at the door.',
    ko: '승인한 회의록은 그대로 남습니다. 제안과 집계, 기록은 바꿀 수 없고, 출석이 나중에 바뀌어도 승인 당시의 숫자가 유지됩니다.',
  },
  'meeting.reopen': { en: 'Take the approval back', ko: '승인 취소' },
  'meeting.not_approved': { en: 'Draft, not approved yet', ko: '초안(아직 승인 전)' },
  'meeting.saved': { en: 'Saved.', ko: '저장했습니다.' },
  'meeting.print.attendance': { en: 'Attendance', ko: '출석' },
  'meeting.print.people': { en: '{{count}} people were there.', ko: '참석 인원 {{count}}명' },
  'meeting.print.members': {
    en: '{{present}} of {{members}} members in good standing were there.',
    ko: '정회원 자격 유지 {{members}}명 중 {{present}}명 출석',
  },
  'meeting.print.quorum': { en: 'The quorum is {{count}}.', ko: '성원 {{count}}명' },
  'meeting.print.agenda': { en: 'Agenda', ko: '안건' },
  'meeting.print.decisions': { en: 'Motions and decisions', ko: '제안과 의결' },
  'meeting.print.notes': { en: 'Notes', ko: '기록' },
  'meeting.print.signed': { en: 'Signed', ko: '서명' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    meetings: typeof meetingMessages
  }
}

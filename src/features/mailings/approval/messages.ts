import { messages } from '../../../platform/i18n/messages.ts'

export const approvalMessages = messages({
  'approval.title': { en: 'A second person', ko: '두 번째 확인' },
  'approval.lead': {
    en: 'Nothing goes out before somebody else than whoever sends it has approved what it says and to whom.',
    ko: '발송하는 사람이 아닌 다른 사람이 내용과 받는 분을 승인해야 나갑니다.',
  },
  'approval.rule_lead': {
    en: 'Who approves is an organizer or somebody of the board; who approved what is in the activity log. A change afterwards asks anew.',
    ko: '승인은 운영자나 이사가 합니다. 누가 무엇을 승인했는지 활동 기록에 남고, 그 뒤에 바뀌면 다시 승인받아야 합니다.',
  },
  'approval.wanted': { en: 'Since {{at}}, set by {{name}}.', ko: '{{at}}부터, {{name}} 님이 정함.' },
  'approval.not_wanted': { en: 'One person may write and send.', ko: '한 사람이 쓰고 발송할 수 있습니다.' },
  'approval.want': { en: 'Ask for a second person', ko: '두 번째 확인 받기' },
  'approval.waive': { en: 'One person is enough', ko: '한 사람이면 충분함' },
  'approval.ask_waiver': { en: 'Ask to end this', ko: '해제 요청하기' },
  'approval.keep': { en: 'Keep asking for a second person', ko: '두 번째 확인 유지하기' },
  'approval.lifting': {
    en: '{{name}} asked to end this {{at}}. It holds until somebody else who may approve agrees.',
    ko: '{{name}} 님이 {{at}}에 해제를 요청했습니다. 승인할 수 있는 다른 사람이 동의할 때까지 그대로 적용됩니다.',
  },
  'approval.approve': { en: 'Approve this', ko: '이대로 승인하기' },
  'approval.read_first': { en: 'Read it as readers will', ko: '받는 분이 보는 대로 읽기' },
  'approval.with_journey': {
    en: 'It is part of a journey: whom that is for, who leaves it and when each e-mail comes are approved with it.',
    ko: '자동 이메일의 한 통입니다. 받는 조건, 중단 조건, 발송 시점도 함께 승인합니다.',
  },
  'approval.see_journey': { en: 'See the journey', ko: '자동 이메일 보기' },
  'approval.is': { en: 'Approved by {{name}}, {{at}}.', ko: '{{name}} 님이 {{at}}에 승인했습니다.' },
  'approval.was': {
    en: '{{name}} approved it {{at}}, before it was changed.',
    ko: '{{name}} 님이 {{at}}에 승인한 뒤에 내용이 바뀌었습니다.',
  },
  'approval.none': { en: 'Nobody has approved it yet.', ko: '아직 아무도 승인하지 않았습니다.' },
  'approval.own': {
    en: 'Your own approval lets somebody else send it, not you.',
    ko: '본인이 승인한 이메일은 다른 사람이 발송해야 합니다.',
  },
  'approval.changed': {
    en: 'It was changed while you were reading. Read it again before you approve.',
    ko: '읽으시는 동안 내용이 바뀌었습니다. 다시 읽고 승인해 주세요.',
  },
  'approval.needed': { en: 'Somebody else has to approve it as it stands.', ko: '다른 사람이 지금 내용을 승인해야 합니다.' }, // prettier-ignore
  'approval.step_needed': {
    en: 'Somebody else has to approve e-mail {{number}} as it stands.',
    ko: '다른 사람이 {{number}}번째 이메일의 지금 내용을 승인해야 합니다.',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    mailings_approval: typeof approvalMessages
  }
}

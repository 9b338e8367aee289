import { messages } from '../../../platform/i18n/messages.ts'

export const invitationMessages = messages({
  'invitations.title': { en: 'Invite by a condition', ko: '조건으로 초대하기' },
  'invitations.link': { en: 'Invite many at once, by a condition', ko: '조건으로 여러 분을 한 번에 초대하기' },
  'invitations.lead': {
    en: 'Everybody of yours whom the condition finds, in a voter file or in none, who was not invited and has not answered yet. Who declined or canceled is not asked again.',
    ko: '조건에 맞는 우리 사람 가운데(유권자 명부에 있든 없든) 아직 초대하지 않았고 답도 없는 분을 모두 초대합니다. 못 온다고 했거나 취소한 분께는 다시 보내지 않습니다.',
  },
  'invitations.show': { en: 'Count them', ko: '세어 보기' },
  'invitations.meant': { en: 'Fit the condition', ko: '조건에 맞음' },
  'invitations.already': { en: 'Invited or answered already', ko: '이미 초대했거나 답함' },
  'invitations.now': { en: 'To be invited', ko: '초대할 분' },
  'invitations.by_mail': { en: 'Of them by mail', ko: '그중 메일로' },
  'invitations.by_mail_note': {
    en: 'Who has no mailbox, or refused e-mail, stands on the list and is told by you. Who paused e-mail gets it by itself when the pause ends, if the event is not over by then.',
    ko: '이메일이 없거나 받지 않겠다고 한 분은 명단에 오르니 직접 알려 주세요. 이메일을 잠시 쉬는 분께는 쉬는 기간이 끝나면 자동으로 갑니다(행사가 끝나기 전일 때).',
  },
  'invitations.not_published': {
    en: 'The event is not published: mails go out as soon as it is.',
    ko: '아직 공개하지 않은 행사입니다. 공개하면 메일이 갑니다.',
  },
  'invitations.most': {
    en: 'The first {{count}} are invited now. Press again for the others.',
    ko: '지금은 처음 {{count}}명을 초대합니다. 나머지는 한 번 더 누르세요.',
  },
  'invitations.see': { en: 'See who they are', ko: '누구인지 보기' },
  'invitations.invite': {
    en: { one: 'Invite {{count}} person', other: 'Invite {{count}} people' },
    ko: '{{count}}명 초대하기',
  },
  'invitations.invited': {
    en: { one: '{{count}} person was invited.', other: '{{count}} people were invited.' },
    ko: '{{count}}명을 초대했습니다.',
  },
  'invitations.shift_gone': {
    en: 'The shift you chose is there no longer. Choose another one for the others.',
    ko: '고르신 시간대가 없어졌습니다. 나머지 분들은 다른 시간대로 초대해 주세요.',
  },
  'invitations.closed': { en: 'The event is over or called off.', ko: '끝났거나 취소한 행사입니다.' },
  'invitations.nobody': {
    en: 'Nobody is left to invite by this condition.',
    ko: '이 조건으로 더 초대할 분이 없습니다.',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    eventInvitations: typeof invitationMessages
  }
}

import { messages } from '../../platform/i18n/messages.ts'

export const endorsementMessages = messages({
  'tally.ballots': {
    en: '{{valid}} ballots, {{blank}} blank',
    ko: '유효표 {{valid}}표, 백지 {{blank}}표',
  },
  'tally.quota': { en: 'Quota: {{quota}}', ko: '당선 기준(쿼터): {{quota}}표' },
  'tally.round': { en: 'Round {{round}}', ko: '{{round}}라운드' },
  'tally.round_surplus': {
    en: 'Round {{round}}, after the surplus of {{from}} moved on',
    ko: '{{round}}라운드, {{from}}의 잉여표를 옮긴 뒤',
  },
  'tally.round_excluded': {
    en: 'Round {{round}}, after the ballots of {{from}} moved on',
    ko: '{{round}}라운드, {{from}}의 표를 옮긴 뒤',
  },
  'tally.elected': { en: 'elected', ko: '당선' },
  'tally.excluded': { en: 'excluded', ko: '탈락' },
  'tally.nobody': { en: 'to nobody', ko: '더 옮길 곳 없는 표' },
  'tally.tie.elected': { en: 'tie of {{among}} for being elected', ko: '당선 순위 동표: {{among}}' },
  'tally.tie.excluded': { en: 'tie of {{among}} for being excluded', ko: '탈락 순위 동표: {{among}}' },
  'tally.tie.surplus': { en: 'tie of {{among}} for whose surplus goes first', ko: '잉여표 순서 동표: {{among}}' },
  'tally.by_lot': { en: 'by the lot', ko: '추첨으로 정함' },
  'tally.by_round': { en: 'by round {{round}}', ko: '{{round}}라운드 득표로 정함' },
  'tally.words': {
    en: '{{yes}} yes, {{no}} no, {{abstain}} abstain',
    ko: '찬성 {{yes}}, 반대 {{no}}, 기권 {{abstain}}',
  },
  'tally.over': { en: 'over the threshold', ko: '기준을 넘음' },
  'tally.no_quorum': {
    en: 'Too few ballots: nobody is elected.',
    ko: '투표수가 정족수에 모자라 아무도 당선되지 않았습니다.',
  },
  'tally.winners': { en: 'Elected: {{names}}', ko: '당선: {{names}}' },
  'tally.no_winner': { en: 'Nobody is elected.', ko: '당선자가 없습니다.' },
})

declare module '../../platform/i18n/messages.ts' {
  interface RoomMessages {
    endorsements: typeof endorsementMessages
  }
}

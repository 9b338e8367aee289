import { messages } from '../../platform/i18n/messages.ts'

const own = messages({
  'practice_cards.title': { en: 'Practice payment', ko: '연습 결제' },
  'practice_cards.lead': {
    en: 'This page stands in for Stripe in the practice town. No card is asked for and no money moves.',
    ko: '연습용 마을에서 Stripe를 대신하는 페이지입니다. 카드 번호를 묻지 않으며 실제 돈은 오가지 않습니다.',
  },
  'practice_cards.pay': { en: 'Pay {{amount}} (practice)', ko: '{{amount}} 결제(연습)' },
  'practice_cards.back': { en: 'Back without paying', ko: '결제하지 않고 돌아가기' },
  'practice_cards.paid': { en: 'Paid. The report has been sent.', ko: '결제했습니다. 결제 알림을 보냈습니다.' },
  'practice_cards.not_taken': {
    en: 'Hanpyo did not take the report, so nothing is booked. Please try again; if it stays so, the address in HANPYO_URL may be one this computer does not reach.',
    ko: '결제 알림을 전하지 못해 장부에는 아무것도 적히지 않았습니다. 다시 눌러 보세요. 계속 그러면 HANPYO_URL의 주소에 이 컴퓨터가 닿지 못하는 것일 수 있습니다.',
  },
  'practice_cards.refund': { en: 'Give all of it back (practice)', ko: '모두 환불(연습)' },
  'practice_cards.refunded': {
    en: 'Given back. The report has been sent.',
    ko: '환불했습니다. 환불 알림을 보냈습니다.',
  },
})

declare module '../../platform/i18n/messages.ts' {
  interface RoomMessages {
    practice_cards: typeof own
  }
}

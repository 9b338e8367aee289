import { messages } from '../../../platform/i18n/messages.ts'

export const cardMessages = messages({
  'cards.practice': {
    en: 'Practice: cards can be tried, no money moves.',
    ko: '연습용 카드 결제입니다. 실제 돈은 오가지 않습니다.',
  },
  'cards.practice_text': {
    en: 'In the practice town a service of its own stands in for Stripe, on this computer alone. Open a member’s page for paying, or a ticket, and press “Pay”: its report arrives here signed, as Stripe’s would, and the payment is in the ledger. Keys of your own account replace it.',
    ko: '연습용 마을에서는 이 컴퓨터 안의 연습용 서비스가 Stripe를 대신합니다. 회원의 납부 페이지나 티켓에서 결제를 눌러 보세요. Stripe처럼 서명된 결제 알림이 와서 장부에 적힙니다. 단체의 키를 넣으면 그 계정으로 바뀝니다.',
  },
  'cards.title': { en: 'Cards', ko: '카드 결제' },
  'cards.lead': {
    en: 'Members pay by card on Stripe’s own pages; no number of a card is ever here. Without it, cash, checks and transfers work as before.',
    ko: '회원은 Stripe의 결제 화면에서 카드로 냅니다. 카드 번호는 이곳에 남지 않습니다. 쓰지 않아도 현금, 수표, 계좌 이체는 그대로 기록할 수 있습니다.',
  },
  'cards.off': { en: 'Cards are not set up.', ko: '카드 결제를 쓰지 않고 있습니다.' },
  'cards.on': {
    en: 'Cards are set up, by {{name}}, {{date}}.',
    ko: '{{name}} 님이 {{date}}에 카드 결제를 설정했습니다.',
  },
  'cards.secret_key': { en: 'Secret key of your Stripe account', ko: 'Stripe 계정의 비밀 키' },
  'cards.secret_key_hint': {
    en: 'Best a restricted key (rk_) that may only write Checkout Sessions. It is kept encrypted and not shown again.',
    ko: 'Checkout Sessions 쓰기만 허용한 제한된 키(rk_)를 권합니다. 암호화해 보관하며 다시 보여 드리지 않습니다.',
  },
  'cards.webhook_secret': { en: 'Signing secret of the webhook', ko: '웹훅 서명 비밀 키' },
  'cards.webhook_hint': {
    en: 'At Stripe, add a webhook to {{address}} for checkout.session.completed, checkout.session.async_payment_succeeded and charge.refunded. Its secret begins with whsec_.',
    ko: 'Stripe에서 {{address}} 주소로 웹훅을 추가하고 checkout.session.completed, checkout.session.async_payment_succeeded, charge.refunded를 고르세요. 비밀 키는 whsec_로 시작합니다.',
  },
  'cards.key_wrong': { en: 'That is no secret key of Stripe.', ko: 'Stripe의 비밀 키가 아닙니다.' },
  'cards.webhook_wrong': { en: 'That is no signing secret of Stripe.', ko: 'Stripe의 서명 비밀 키가 아닙니다.' },
  'cards.remove': { en: 'Take no cards any more', ko: '카드 결제 그만두기' },
  'cards.held': { en: 'Paid by card, but not in the books', ko: '카드로 냈으나 장부에 없는 결제' },
  'cards.held_lead': {
    en: 'These could not be booked by themselves. Give the money back at Stripe, or record it by hand, and say here which.',
    ko: '저절로 적을 수 없던 결제입니다. Stripe에서 환불하거나 직접 기록한 뒤 어느 쪽인지 여기에 남겨 주세요.',
  },
  'cards.held_amount': { en: 'Another amount was paid than asked for.', ko: '청구한 금액과 낸 금액이 다릅니다.' },
  'cards.held_twice_ticket': {
    en: 'The same tickets were paid a second time.',
    ko: '같은 입장권을 두 번 결제했습니다.',
  },
  'cards.held_twice': { en: 'The same dues were paid a second time.', ko: '같은 회비를 두 번 냈습니다.' },
  'cards.held_refund': {
    en: 'Given back at Stripe, but the books would not take it: look at the payment.',
    ko: 'Stripe에서 환불했으나 장부에 적지 못했습니다. 납부 기록을 확인해 주세요.',
  },
  'cards.held_none': { en: 'Nothing is waiting here.', ko: '기다리는 결제가 없습니다.' },
  'cards.held_count': {
    en: { one: '{{count}} card payment to look at', other: '{{count}} card payments to look at' },
    ko: '확인할 카드 결제 {{count}}건',
  },
  'cards.settle_recorded': { en: 'Recorded by hand', ko: '직접 기록함' },
  'cards.settle_refunded': { en: 'Given back at Stripe', ko: 'Stripe에서 환불함' },
  'cards.often': {
    en: 'That was tried too often. Please wait a few minutes; nothing was charged.',
    ko: '시도가 너무 많았습니다. 몇 분 뒤에 다시 해 주세요. 결제된 금액은 없습니다.',
  },
  'cards.link': { en: 'Page where this member pays by card', ko: '이 회원이 카드로 내는 주소' },
  'cards.pay': { en: 'Pay dues by card', ko: '카드로 회비 내기' },
  'cards.amount': { en: '{{kind}}: {{amount}}', ko: '{{kind}}: {{amount}}' },
  'cards.begin': { en: 'Pay {{amount}} by card', ko: '카드로 {{amount}} 내기' },
  'cards.begin_chosen': { en: 'Pay by card', ko: '카드로 내기' },
  'cards.which': { en: 'Which dues do you pay?', ko: '어느 회비를 내시나요?' },
  'cards.usual': { en: 'The usual dues: {{amount}}', ko: '정해진 회비: {{amount}}' },
  'cards.reduced': { en: 'Reduced dues: {{amount}}', ko: '감액 회비: {{amount}}' },
  'cards.reduced_hint': {
    en: 'For whoever cannot pay it all. You are a member all the same.',
    ko: '전액을 내기 어려우신 분을 위한 금액입니다. 회원 자격은 같습니다.',
  },
  'cards.reason_label': { en: 'Why the reduced dues', ko: '감액 사유' },
  'cards.reason_hint': {
    en: 'Only for the reduced dues. A few words are enough; only those who may see the books read them.',
    ko: '감액 회비를 고르신 때만 적어 주세요. 짧게 적으시면 되고 장부를 보는 분들만 읽습니다.',
  },
  'cards.reason': { en: 'Write a few words on why.', ko: '사유를 짧게 적어 주세요.' },
  'cards.go': { en: 'Go on to Stripe’s page', ko: 'Stripe 결제 화면으로 가기' },
  'cards.go_text': {
    en: 'You enter your card there, not here, and come back afterwards.',
    ko: '카드 번호는 그 화면에서 입력하고, 마치면 돌아옵니다.',
  },
  'cards.paid': {
    en: 'Thank you. We record your payment as soon as Stripe confirms it.',
    ko: '감사합니다. Stripe에서 확인되는 대로 기록합니다.',
  },
  'cards.away': {
    en: 'The payment page cannot be reached at the moment. Please try again later; nothing was charged.',
    ko: '지금은 결제 화면에 연결할 수 없습니다. 잠시 뒤 다시 시도해 주세요. 결제된 금액은 없습니다.',
  },
  'cards.nothing': { en: 'There is nothing to pay by card here.', ko: '카드로 낼 회비가 없습니다.' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    cards: typeof cardMessages
  }
}

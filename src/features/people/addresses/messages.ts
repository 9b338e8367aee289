import { messages } from '../../../platform/i18n/messages.ts'

export const addressMessages = messages({
  'addresses.title': { en: 'Addresses', ko: '주소' },
  'addresses.none': { en: 'No address known', ko: '알려진 주소가 없습니다' },
  'addresses.add': { en: 'Add an address', ko: '주소 추가' },
  'addresses.edit': { en: 'What we know of this address', ko: '이 주소에 대해 아는 것' },
  'addresses.lead': {
    en: 'For post and visits. What the voter file says stays as it is; the home itself is changed under “Edit”.',
    ko: '우편과 방문에 쓰는 주소입니다. 유권자 명부의 주소는 그대로 남습니다. 사는 곳은 ‘수정’에서 고치세요.',
  },
  'addresses.kind': { en: 'What it is', ko: '주소 종류' },
  'addresses.kind.home': { en: 'Home', ko: '사는 곳' },
  'addresses.kind.mailing': { en: 'For post', ko: '우편물 받는 곳' },
  'addresses.kind.work': { en: 'Work or shop', ko: '직장·가게' },
  'addresses.kind.other': { en: 'Another place', ko: '다른 곳' },
  'addresses.kind.earlier': { en: 'Earlier address', ko: '예전 주소' },
  'addresses.kind.registered': { en: 'Home by the voter file', ko: '명부의 주소' },
  'addresses.kind.registered_mail': { en: 'Post by the voter file', ko: '명부의 우편 주소' },
  'addresses.quality.good': { en: 'Confirmed', ko: '확인됨' },
  'addresses.quality.unknown': { en: 'Not checked', ko: '확인 전' },
  'addresses.quality.undeliverable': { en: 'Post comes back', ko: '우편 반송됨' },
  'addresses.quality.moved': { en: 'Moved away', ko: '이사 감' },
  'addresses.street': { en: 'House number, street, unit', ko: '번지, 도로, 호수' },
  'addresses.state': { en: 'State', ko: '주' },
  'addresses.state_hint': {
    en: 'Two letters, such as NJ. Leave it empty where it goes without saying.',
    ko: '두 글자로 적습니다. 예: NJ. 말하지 않아도 알 곳이면 비워 두세요.',
  },
  'addresses.state_invalid': { en: 'Write the two letters of the state.', ko: '주 이름을 두 글자로 적어 주세요.' },
  'addresses.prefer': { en: 'Send post here', ko: '우편을 이 주소로 보내기' },
  'addresses.for_post': { en: 'Post goes here', ko: '우편 발송지' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    addresses: typeof addressMessages
  }
}

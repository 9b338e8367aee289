import { messages } from '../../platform/i18n/messages.ts'

export const postalMessages = messages({
  'postal.address.empty': { en: 'no address', ko: '주소가 없습니다' },
  'postal.address.not_latin': {
    en: 'the post needs Roman letters',
    ko: '우편 주소는 로마자로 적어야 합니다',
  },
  'postal.address.foreign': { en: 'outside the United States', ko: '미국 밖의 주소입니다' },
  'postal.address.no_zip': { en: 'no ZIP code', ko: '우편번호(ZIP)가 없습니다' },
  'postal.address.zip_invalid': { en: 'no ZIP code has this form', ko: 'ZIP 형식이 아닙니다' },
  'postal.address.no_state': { en: 'no state', ko: '주가 없습니다' },
  'postal.address.state_unknown': { en: 'no such state', ko: '없는 주입니다' },
  'postal.address.no_city': { en: 'no city', ko: '도시가 없습니다' },
  'postal.address.city_unclear': {
    en: 'it is not clear where the street ends and the city begins; put a comma between them',
    ko: '도로와 도시가 어디서 나뉘는지 알 수 없습니다. 사이에 쉼표를 넣으세요',
  },
  'postal.address.no_number': { en: 'no house number', ko: '번지가 없습니다' },
  'postal.address.no_street': { en: 'no street', ko: '도로 이름이 없습니다' },
  'postal.address.box_without_number': { en: 'the box has no number', ko: '사서함 번호가 없습니다' },
  'postal.address.route_without_box': { en: 'the route has no box', ko: '루트에 박스 번호가 없습니다' },
  'postal.address.unit_without_number': { en: 'the unit has no number', ko: '호수가 없습니다' },
  'postal.address.unit_unclear': { en: 'the unit cannot be read', ko: '호수를 읽을 수 없습니다' },
  'postal.address.not_military': {
    en: 'in the armed forces an address has a unit, PSC or ship',
    ko: '군 주소에는 UNIT, PSC나 함정 이름이 있어야 합니다',
  },
  'postal.address.military_place': {
    en: 'the city of the armed forces is APO, FPO or DPO, the state AA, AE or AP',
    ko: '군 주소의 도시는 APO, FPO, DPO이고 주는 AA, AE, AP입니다',
  },
})

declare module '../../platform/i18n/messages.ts' {
  interface RoomMessages {
    postal: typeof postalMessages
  }
}

import { messages } from '../../../platform/i18n/messages.ts'

export const linksMessages = messages({
  'links.title': { en: 'Where it leads', ko: '연결되는 주소' },
  'links.lead': {
    en: 'Each address is asked whether something is there. Nothing of the pages is read, and what answered well is remembered for a day.',
    ko: '주소마다 열리는지 확인합니다. 페이지 내용은 읽지 않으며, 잘 열린 주소는 하루 동안 다시 묻지 않습니다.',
  },
  'links.try': { en: 'Try the addresses', ko: '주소 확인하기' },
  'links.address': { en: 'Address', ko: '주소' },
  'links.answer': { en: 'Answer', ko: '결과' },
  'links.never': { en: 'Not tried yet', ko: '아직 확인 안 함' },
  'links.result.good': { en: 'Opens', ko: '열림' },
  'links.result.dead': { en: 'Nothing is there', ko: '열리지 않음' },
  'links.result.inside': { en: 'Inside a private network', ko: '내부망 주소' },
  'links.result.unsure': { en: 'No clear answer: open it yourself', ko: '확실하지 않음: 직접 열어 보세요' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    mailings_links: typeof linksMessages
  }
}

import { messages } from '../../../platform/i18n/messages.ts'

export const pipelineMessages = messages({
  'pipeline.title': { en: 'Pipeline', ko: '성장 흐름' },
  'pipeline.lead': {
    en: 'Who stood on which rung at the beginning of each quarter of the last two years, and how people moved. Numbers only, no names.',
    ko: '지난 두 해 동안 분기마다 단계별로 몇 분이 계셨고 어떻게 옮겨 갔는지 봅니다. 이름 없이 수만 나옵니다.',
  },
  'pipeline.picture': { en: 'The flow', ko: '흐름 그림' },
  'pipeline.picture_of': {
    en: 'A column for each quarter, the lowest rung at the bottom; a band for those who moved or stayed. The same numbers stand in the table below.',
    ko: '분기마다 세로 막대 하나이고 맨 아래가 첫 단계입니다. 띠는 옮겨 가거나 머문 분들입니다. 같은 수가 아래 표에 있습니다.',
  },
  'pipeline.none': { en: 'Nobody stands on the ladder yet', ko: '아직 단계에 계신 분이 없습니다' },
  'pipeline.none_text': {
    en: 'As soon as people have a rung, their way shows here.',
    ko: '단계를 정하면 그 흐름이 여기에 보입니다.',
  },
  'pipeline.standing': { en: 'On each rung', ko: '단계별 인원' },
  'pipeline.rung': { en: 'Rung', ko: '단계' },
  'pipeline.today': { en: 'Today', ko: '오늘' },
  'pipeline.all': { en: 'All', ko: '모두' },
  'pipeline.moves': { en: 'Moved', ko: '옮긴 분' },
  'pipeline.move_up': { en: 'up', ko: '올라감' },
  'pipeline.move_down': { en: 'down', ko: '내려감' },
  'pipeline.move_in': { en: 'came', ko: '들어옴' },
  'pipeline.move_out': { en: 'left', ko: '나감' },
  'pipeline.retention': { en: 'Who stays', ko: '꾸준히 함께하는 분' },
  'pipeline.retention_lead': {
    en: 'Of those who first got a rung in a quarter, how many did something in each quarter since: +0 is that quarter, +1 the next.',
    ko: '그 분기에 처음 단계가 정해진 분 가운데, 이후 분기마다 활동한 분의 비율입니다. +0은 그 분기, +1은 다음 분기입니다.',
  },
  'pipeline.came': { en: 'Came', ko: '시작' },
  'pipeline.people': { en: 'People', ko: '인원' },
  'pipeline.quarter': { en: 'Q{{quarter}} {{year}}', ko: '{{year}}년 {{quarter}}분기' },
  'pipeline.later': { en: '+{{count}}', ko: '+{{count}}' },
  'pipeline.later_hint': { en: 'quarters later', ko: '분기 뒤' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    pipeline: typeof pipelineMessages
  }
}

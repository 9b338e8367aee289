import { messages } from '../../../platform/i18n/messages.ts'

export const columnsMessages = messages({
  'universes.columns.ready': {
    en: 'Counts are instant: the columns are up to date.',
    ko: '집계가 바로 나옵니다. 빠른 집계용 데이터가 최신입니다.',
  },
  'universes.columns.stale': {
    en: 'Counts come straight from the voter records for now, which takes a little longer: voter files, maps, crosswalks or estimates of communities have changed.',
    ko: '유권자 명부나 지도, 투표구 대조표, 커뮤니티 추정이 바뀌어, 당분간은 유권자 명부에서 바로 집계합니다. 조금 더 걸립니다.',
  },
  'universes.columns.missing': {
    en: 'Counts come straight from the voter records for now, which takes a little longer.',
    ko: '당분간은 유권자 명부에서 바로 집계합니다. 조금 더 걸립니다.',
  },
  'universes.columns.damaged': {
    en: 'The data for instant counts was damaged on disk and is made again. Until then counts take a little longer; the numbers are right.',
    ko: '빠른 집계용 데이터가 디스크에서 손상되어 다시 만듭니다. 그동안은 집계가 조금 더 걸리지만 숫자는 정확합니다.',
  },
  'universes.columns.version': {
    en: 'After the update the data for instant counts is made again. Until then counts take a little longer.',
    ko: '업데이트 후 빠른 집계용 데이터를 다시 만듭니다. 그동안은 집계가 조금 더 걸립니다.',
  },
  'universes.columns.in_memory': {
    en: 'The data for instant counts was lost on disk and is made again. Until then counts come from memory, as fast as ever; the numbers are right.',
    ko: '디스크에 둔 빠른 집계용 데이터를 잃어 다시 만듭니다. 그동안은 메모리에서 평소처럼 바로 집계하며 숫자는 정확합니다.',
  },
  'universes.columns.failed': {
    en: 'The data for instant counts could not be taken into the memory of this server. Counts come straight from the voter records, which takes a little longer; the numbers are right.',
    ko: '빠른 집계용 데이터를 이 서버의 메모리에 올리지 못했습니다. 유권자 명부에서 바로 집계하므로 조금 더 걸리지만 숫자는 정확합니다.',
  },
  'universes.columns.build_failed': {
    en: 'The last try to prepare instant counts failed. Whoever runs this installation sees why with: hanpyo targeting status',
    ko: '지난번 빠른 집계 준비가 실패했습니다. 이유는 서버 담당자가 hanpyo targeting status 명령으로 볼 수 있습니다.',
  },
  'universes.columns.building': {
    en: 'Preparing instant counts: {{percent}}%',
    ko: '빠른 집계 준비 중: {{percent}}%',
  },
  'universes.columns.file': {
    en: { one: '{{count}} voter, built at {{built_at}}', other: '{{count}} voters, built at {{built_at}}' },
    ko: '유권자 {{count}}명, {{built_at}}에 만듦',
  },
  'universes.columns.busy': {
    en: 'Another process is building the columns already.',
    ko: '다른 프로세스가 이미 만들고 있습니다.',
  },
  'universes.columns.built': {
    en: { one: '{{count}} voter in {{seconds}} seconds', other: '{{count}} voters in {{seconds}} seconds' },
    ko: '유권자 {{count}}명, {{seconds}}초',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    targetingColumns: typeof columnsMessages
  }
}

import { messages } from '../../../platform/i18n/messages.ts'

export const frozenMessages = messages({
  'frozen.kind.live': { en: 'Live', ko: '실시간' },
  'frozen.kind.frozen': { en: 'Frozen', ko: '고정' },
  'frozen.title': { en: 'Live or frozen', ko: '실시간 또는 고정' },
  'frozen.live_text': {
    en: 'Live: every time it is used it answers with the voters who fit on that day. Freeze it to keep the people it has now, for example to follow the same people through a campaign.',
    ko: '실시간: 쓸 때마다 그날 조건에 맞는 유권자를 다시 찾습니다. 캠페인 내내 같은 분들을 보려면 지금 명단으로 고정하세요.',
  },
  'frozen.frozen_text': {
    en: 'Frozen: it keeps the people it had, whatever changes. People who asked not to be contacted later, or have died or moved, are still never contacted: whoever uses it checks that on the day.',
    ko: '고정: 무엇이 바뀌어도 그때의 명단을 지킵니다. 다만 그 뒤에 연락을 원치 않는다고 하셨거나 작고·이사하신 분께는 연락하지 않습니다. 쓰는 날 다시 확인합니다.',
  },
  'frozen.freeze': { en: 'Freeze now', ko: '지금 명단으로 고정' },
  'frozen.draw': { en: 'Only some of them, at random', ko: '그 가운데 일부만 무작위로' },
  'frozen.draw_hint': {
    en: 'Keeps exactly so many of those who fit, or all if they are fewer. The same people are drawn each time; another word draws others. Leave the number empty to keep everybody.',
    ko: '조건에 맞는 분 가운데 적은 인원만큼만, 그보다 적으면 모두 고정합니다. 뽑을 때마다 같은 분이 뽑히며 다른 낱말을 쓰면 다른 분이 뽑힙니다. 모두 고정하려면 인원을 비워 두세요.',
  },
  'frozen.draw_refused': {
    en: 'Nothing was changed: the number to draw must be from 1 to 1,000,000.',
    ko: '바꾼 것이 없습니다. 뽑을 인원은 1에서 1,000,000 사이로 적어 주세요.',
  },
  'frozen.at_most': { en: 'At most so many', ko: '최대 인원' },
  'frozen.seed': { en: 'Word for the draw (optional)', ko: '추첨 낱말(선택)' },
  'frozen.drawn': {
    en: {
      one: 'Drawn at random: at most {{count}} of those who fit. A refresh draws the same people as far as they still fit, unless a newcomer comes before them.',
      other:
        'Drawn at random: at most {{count}} of those who fit. A refresh draws the same people as far as they still fit, unless a newcomer comes before them.',
    },
    ko: '조건에 맞는 분 가운데 최대 {{count}}명을 무작위로 뽑은 명단입니다. 새로 맞추어도 아직 조건에 맞는 분은 그대로 뽑히지만, 새로 조건에 맞게 된 분이 앞선 순서로 뽑히면 바뀔 수 있습니다.',
  },
  'frozen.drawn_by': { en: 'Word for the draw: {{seed}}.', ko: '추첨 낱말: {{seed}}' },
  'frozen.thaw': { en: 'Make it live again', ko: '실시간으로 되돌리기' },
  'frozen.refresh': { en: 'Refresh', ko: '새로 맞추기' },
  'frozen.members': { en: 'Members kept', ko: '고정된 인원' },
  'frozen.reachable': { en: 'Of them to be contacted today', ko: '오늘 연락할 수 있는 분' },
  'frozen.not_today': {
    en: { one: '{{count}} left out today', other: '{{count}} left out today' },
    ko: '오늘 빼는 분 {{count}}명',
  },
  'frozen.taken': { en: 'As of {{at}}, by {{by}}', ko: '{{at}} 기준, {{by}} 님' },
  'frozen.came': { en: 'Would come in', ko: '새로 들어올 분' },
  'frozen.went': { en: 'Fit no more', ko: '더는 맞지 않는 분' },
  'frozen.went_drawn': { en: 'Would go', ko: '빠질 분' },
  'frozen.came_title': { en: 'Who would come in: {{name}}', ko: '새로 들어올 분: {{name}}' },
  'frozen.went_title': { en: 'Who fits no more: {{name}}', ko: '더는 맞지 않는 분: {{name}}' },
  'frozen.went_title_drawn': { en: 'Who would go: {{name}}', ko: '빠질 분: {{name}}' },
  'frozen.came_lead_drawn': {
    en: 'Voters whom a refresh would draw today and who are not among the members.',
    ko: '오늘 새로 맞추면 뽑히지만 고정된 명단에는 없는 유권자입니다.',
  },
  'frozen.went_lead_drawn': {
    en: 'Members whom a refresh would not draw today. They stay members until then.',
    ko: '명단에는 있지만 오늘 새로 맞추면 뽑히지 않는 분입니다. 새로 맞출 때까지 명단에 남습니다.',
  },
  'frozen.came_lead': {
    en: 'Voters who fit the expression today and are not among the members.',
    ko: '오늘은 조건에 맞지만 고정된 명단에는 없는 유권자입니다.',
  },
  'frozen.went_lead': {
    en: 'Members who do not fit the expression today. They stay members until it is refreshed.',
    ko: '명단에는 있지만 오늘은 조건에 맞지 않는 분입니다. 새로 맞출 때까지 명단에 남습니다.',
  },
  'frozen.see': { en: 'See who', ko: '누구인지 보기' },
  'frozen.since_then': { en: 'Since then', ko: '그 뒤에 있었던 일' },
  'frozen.since_hint': {
    en: 'What we know happened to them since the members were taken. It need not be the reason.',
    ko: '명단을 고정한 뒤 그분들께 있었던 일입니다. 꼭 그 때문에 바뀐 것은 아닐 수 있습니다.',
  },
  'frozen.reason.new_in_file': { en: 'new in a voter file', ko: '명부에 새로 나옴' },
  'frozen.reason.registered': { en: 'newly registered', ko: '새로 등록함' },
  'frozen.reason.returned': { en: 'back in the file', ko: '명부에 다시 나옴' },
  'frozen.reason.moved': { en: 'moved', ko: '이사함' },
  'frozen.reason.party': { en: 'changed party', ko: '정당을 바꿈' },
  'frozen.reason.record_changed': { en: 'record changed', ko: '등록 내용이 바뀜' },
  'frozen.reason.unmarked': { en: 'no-contact mark taken back', ko: '연락하지 않기 표시를 거둠' },
  'frozen.reason.contacted': { en: 'contacted by us', ko: '우리가 연락함' },
  'frozen.reason.tagged': { en: 'given a tag by us', ko: '우리가 태그를 붙임' },
  'frozen.reason.other': { en: 'something else', ko: '그 밖의 이유' },
  'frozen.reason.drawn': { en: 'drawn anew', ko: '새로 뽑힘' },
  'frozen.reason.undrawn': { en: 'still fits, drawn no more', ko: '조건에는 맞지만 뽑히지 않음' },
  'frozen.reasons_many': {
    en: 'So many that only the list says what happened to each.',
    ko: '인원이 많아 한 분 한 분께 있었던 일은 명단에서만 보여 드립니다.',
  },
  'frozen.reason.record_gone': { en: 'voter record no longer there', ko: '유권자 기록이 없어짐' },
  'frozen.reason.gone': { en: 'missing from the newest file', ko: '최신 명부에 없음' },
  'frozen.reason.off_rolls': { en: 'taken off the rolls', ko: '등록이 말소됨' },
  'frozen.reason.marked': { en: 'marked: no contact', ko: '연락하지 않기로 표시됨' },
  'frozen.nobody': { en: 'Nobody', ko: '아무도 없습니다' },
  'frozen.nobody_text': { en: 'The members are as they would be today.', ko: '오늘 다시 찾아도 명단이 같습니다.' },
  'frozen.record': { en: 'Record {{id}}', ko: '기록 {{id}}' },
  'frozen.refresh_title': { en: 'Refresh {{name}}', ko: '{{name}} 새로 맞추기' },
  'frozen.refresh_lead': {
    en: 'Look first: this is what a refresh would do now. It can be undone.',
    ko: '먼저 확인하세요. 지금 새로 맞추면 이렇게 됩니다. 나중에 되돌릴 수 있습니다.',
  },
  'frozen.after': { en: 'Members afterwards', ko: '맞춘 뒤 인원' },
  'frozen.refresh_sure': { en: 'Refresh now', ko: '지금 새로 맞추기' },
  'frozen.unchanged': {
    en: 'Nothing would change: everybody who fits is a member, and every member fits.',
    ko: '바뀌는 것이 없습니다. 맞는 분은 모두 명단에 있고, 명단의 모든 분이 조건에 맞습니다.',
  },
  'frozen.unchanged_drawn': {
    en: 'Nothing would change: the same people would be drawn.',
    ko: '바뀌는 것이 없습니다. 같은 분들이 뽑힙니다.',
  },
  'frozen.done.freeze': {
    en: { one: 'Frozen with {{count}} voter.', other: 'Frozen with {{count}} voters.' },
    ko: '유권자 {{count}}명으로 고정했습니다.',
  },
  'frozen.done.refresh': {
    en: 'Refreshed: {{came}} came in, {{went}} went.',
    ko: '새로 맞췄습니다. 들어온 분 {{came}}명, 빠진 분 {{went}}명.',
  },
  'frozen.done.thaw': { en: 'It is live again.', ko: '실시간으로 되돌렸습니다.' },
  'frozen.undone': { en: 'Taken back. It is as it was before.', ko: '되돌렸습니다. 이전 상태와 같습니다.' },
  'frozen.undo_late': {
    en: 'It was not taken back: something else was done with it since.',
    ko: '되돌리지 못했습니다. 그 뒤에 다른 변경이 있었습니다.',
  },
  'frozen.under_way': { en: 'Its members are being taken', ko: '명단을 만드는 중입니다' },
  'frozen.under_way_text': {
    en: 'This takes up to some minutes with a large universe. You can leave and come back. Until it is done everything is as before.',
    ko: '인원이 많으면 몇 분 걸릴 수 있습니다. 다른 일을 하고 오셔도 됩니다. 끝날 때까지는 이전 상태 그대로입니다.',
  },
  'frozen.finished': { en: 'Done. Look at it', ko: '끝났습니다. 확인하기' },
  'frozen.under_way_refused': {
    en: 'Its members are being taken already. Wait until that is done.',
    ko: '이미 명단을 만드는 중입니다. 끝난 뒤 다시 해 주세요.',
  },
  'frozen.failed': {
    en: 'The last freeze or refresh could not be finished. Nothing was changed; try again.',
    ko: '지난번에 명단을 끝까지 만들지 못했습니다. 바뀐 것은 없으니 다시 해 보세요.',
  },
  'frozen.history': { en: 'What was done', ko: '변경 내역' },
  'frozen.act.freeze': { en: 'Frozen', ko: '고정함' },
  'frozen.act.refresh': { en: 'Refreshed', ko: '새로 맞춤' },
  'frozen.act.thaw': { en: 'Made live', ko: '실시간으로 되돌림' },
  'frozen.state.queued': { en: 'waiting', ko: '기다리는 중' },
  'frozen.state.running': { en: 'under way', ko: '진행 중' },
  'frozen.state.failed': { en: 'failed', ko: '실패' },
  'frozen.state.undone': { en: 'taken back by {{by}}', ko: '{{by}} 님이 되돌림' },
  'frozen.head.act': { en: 'What', ko: '변경' },
  'frozen.head.at': { en: 'When, by whom', ko: '언제, 누가' },
  'frozen.head.came': { en: 'Came in', ko: '들어옴' },
  'frozen.head.went': { en: 'Went', ko: '빠짐' },
  'frozen.head.members': { en: 'Members', ko: '인원' },
  'frozen.too_slow': {
    en: 'Counting who came and who went takes too long just now.',
    ko: '지금은 들어올 분과 빠질 분을 세는 데 너무 오래 걸립니다.',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    frozen: typeof frozenMessages
  }
}

import { messages } from '../../../platform/i18n/messages.ts'

export const subjectsMessages = messages({
  'subjects.title': { en: 'Try subjects', ko: '제목 비교' },
  'subjects.lead': {
    en: 'Two or three subjects go to a part of the list, by chance and evenly; the better one goes to everybody else. Nobody gets two. What decides is fixed here, before anything goes out.',
    ko: '명단 일부에 두세 가지 제목을 고르게 무작위로 나눠 보내고, 더 나은 제목을 나머지에 보냅니다. 한 분이 두 번 받지는 않습니다. 무엇으로 정할지는 발송 전에 여기서 정해 둡니다.',
  },
  'subjects.none': { en: 'One subject for everybody', ko: '모두 같은 제목' },
  'subjects.step': { en: { one: '{{count}} subject is tried', other: '{{count}} subjects are tried' }, ko: '제목 {{count}}가지를 비교' }, // prettier-ignore
  'subjects.own': { en: 'A: the subject as it is written', ko: 'A: 쓰신 제목' },
  'subjects.own_none': { en: 'Write the subject first.', ko: '제목을 먼저 써 주세요.' },
  'subjects.other': { en: 'Subject {{letter}}', ko: '제목 {{letter}}' },
  'subjects.other_hint': {
    en: 'In every language in which the first one is written. Empty: not tried.',
    ko: '첫 제목을 쓴 모든 언어로 써 주세요. 비우면 비교하지 않습니다.',
  },
  'subjects.needs_writing': {
    en: 'Write other subject {{number}} in every language the e-mail has, or take it out.',
    ko: '비교할 {{number}}번째 제목을 이메일과 같은 언어로 모두 쓰거나 빼 주세요.',
  },
  'subjects.incomplete': { en: 'Write it in every language, or in none.', ko: '모든 언어로 쓰거나 모두 비워 주세요.' },
  'subjects.share': { en: 'Tried on', ko: '비교할 인원' },
  'subjects.share_of': { en: '{{share}} of the list', ko: '명단의 {{share}}' },
  'subjects.share_all': {
    en: 'Everybody, evenly (nobody is left for the better one)',
    ko: '전원에게 고르게(나머지 없음)',
  },
  'subjects.rule': { en: 'The better one is', ko: '더 나은 제목은' },
  'subjects.rule.clicks': { en: 'the one more people press a link of', ko: '링크를 더 많이 누른 제목' },
  'subjects.rule.clicks_hint': {
    en: 'Counts everybody who pressed any link in it, once.',
    ko: '링크를 한 번이라도 누른 분을 한 번씩 셉니다.',
  },
  'subjects.rule.opens': { en: 'the one more people open', ko: '더 많이 연 제목' },
  'subjects.rule.opens_hint': {
    en: 'Inexact: some mail programs open every e-mail by themselves, others load no pictures.',
    ko: '정확하지 않습니다. 저절로 여는 메일 앱도 있고 그림을 불러오지 않는 앱도 있습니다.',
  },
  'subjects.not_counted': {
    en: 'Your organization does not count that.',
    ko: '지금은 집계하지 않는 기준입니다.',
  },
  'subjects.may_count': {
    en: 'Clicks and opens can decide too where your organization counts them:',
    ko: '링크나 열람을 집계하면 그것으로도 정할 수 있습니다:',
  },
  'subjects.rule.replies': { en: 'the one more people answer', ko: '답장을 더 많이 받은 제목' },
  'subjects.rule.replies_hint': {
    en: 'Answers are counted where your mail server pipes them on (Who writes → What came back).',
    ko: '메일 서버가 답장을 이 프로그램에 넘겨줄 때만 셉니다(보내는 사람 → 반송 알림).',
  },
  'subjects.rule.person': { en: 'the one somebody of us chooses', ko: '우리가 직접 고르는 제목' },
  'subjects.rule.person_hint': {
    en: 'The rest waits until one is chosen on this page.',
    ko: '이 화면에서 고를 때까지 나머지는 기다립니다.',
  },
  'subjects.after': { en: 'Decided after', ko: '정하는 때' },
  'subjects.hours': { en: '{{count}} hours', ko: '{{count}}시간 뒤' },
  'subjects.least': { en: 'Not before each has gone to so many', ko: '제목마다 적어도 몇 통' },
  'subjects.least_hint': {
    en: 'With fewer, chance decides: then nothing is decided by itself, and you choose.',
    ko: '이보다 적으면 우연에 좌우됩니다. 그때는 저절로 정하지 않고 직접 고르시게 됩니다.',
  },
  'subjects.became': { en: 'What became of each', ko: '제목별 결과' },
  'subjects.subject': { en: 'Subject', ko: '제목' },
  'subjects.sent': { en: 'Taken', ko: '받음' },
  'subjects.replied': { en: 'Answered', ko: '답장' },
  'subjects.clicked': { en: 'Pressed a link', ko: '링크 누름' },
  'subjects.opened': { en: 'Opened', ko: '열람' },
  'subjects.unsubscribed': { en: 'Unsubscribed', ko: '수신 거부' },
  'subjects.between': {
    en: '{{share}} (surely between {{low}} and {{high}})',
    ko: '{{share}} (거의 확실히 {{low}}~{{high}} 사이)',
  },
  'subjects.surely': {
    en: 'The range is where the true share lies 19 times out of 20.',
    ko: '괄호 안은 스무 번 가운데 열아홉 번은 참값이 들어가는 범위입니다.',
  },
  'subjects.clear': { en: '{{letter}} is better; chance alone would hardly show this.', ko: '{{letter}} 제목이 더 낫습니다. 우연이라고 보기 어려운 차이입니다.' }, // prettier-ignore
  'subjects.chance': { en: 'The difference may be chance alone.', ko: '우연히 생길 수 있는 정도의 차이입니다.' },
  'subjects.waits_until': { en: '{{people}} wait; it is decided {{at}}.', ko: '{{people}}명이 기다리고 있습니다. {{at}}에 정합니다.' }, // prettier-ignore
  'subjects.waits_person': { en: '{{people}} wait until somebody chooses.', ko: '{{people}}명이 기다리고 있습니다. 제목을 골라 주세요.' }, // prettier-ignore
  'subjects.choose': { en: 'Send {{letter}} to the rest', ko: '나머지에 {{letter}} 보내기' },
  'subjects.decided.rule': { en: '{{letter}} went to the rest: it did best by the rule fixed before.', ko: '미리 정한 기준으로 더 나은 {{letter}} 제목을 나머지에 보냈습니다.' }, // prettier-ignore
  'subjects.decided.equal': { en: 'They did equally well, so {{letter}}, the first of them, went to the rest.', ko: '결과가 같아 앞의 {{letter}} 제목을 나머지에 보냈습니다.' }, // prettier-ignore
  'subjects.decided.person': { en: '{{name}} chose {{letter}} for the rest.', ko: '{{name}} 님이 {{letter}} 제목을 골라 나머지에 보냈습니다.' }, // prettier-ignore
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    mailings_subjects: typeof subjectsMessages
  }
}

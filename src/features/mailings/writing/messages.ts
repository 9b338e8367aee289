import { messages } from '../../../platform/i18n/messages.ts'

export const writingMessages = messages({
  'writing.title': { en: 'Write', ko: '쓰기' },
  'writing.lead': {
    en: 'In every language side by side. Everybody gets the mail in their own.',
    ko: '여러 언어를 나란히 씁니다. 받는 분은 각자 자기 언어로 받습니다.',
  },
  'writing.saved': { en: 'Saved.', ko: '저장했습니다.' },
  'writing.preview': { en: 'Preview', ko: '미리보기' },
  'writing.preview_lead': {
    en: 'As it was saved last. Names are those of people who would get it.',
    ko: '마지막으로 저장한 내용입니다. 실제로 받을 분의 이름으로 보여 줍니다.',
  },
  'writing.to_write': { en: 'Go on writing', ko: '이어서 쓰기' },
  'writing.head': { en: 'What is seen before opening', ko: '열기 전에 보이는 글' },
  'writing.subject': { en: 'Subject', ko: '제목' },
  'writing.subject_hint': {
    en: 'Up to about 45 letters, in Korean 25, fit on a phone.',
    ko: '휴대전화에서는 한글 25자, 영어 45자쯤까지 보입니다.',
  },
  'writing.preheader': { en: 'Line after the subject', ko: '제목 다음에 보이는 한 줄' },
  'writing.kind.heading': { en: 'Heading', ko: '소제목' },
  'writing.kind.text': { en: 'Text', ko: '글' },
  'writing.kind.button': { en: 'Button', ko: '버튼' },
  'writing.kind.columns': { en: 'Two columns', ko: '두 단' },
  'writing.kind.brief': { en: 'Policy brief', ko: '정책 요약' },
  'writing.kind.action': { en: 'Action', ko: '참여 요청' },
  'writing.kind.divider': { en: 'Divider', ko: '구분선' },
  'writing.text.title': { en: 'Heading', ko: '소제목' },
  'writing.text.said': { en: 'Text', ko: '글' },
  'writing.text.left': { en: 'Left column', ko: '왼쪽 단' },
  'writing.text.right': { en: 'Right column', ko: '오른쪽 단' },
  'writing.text.label': { en: 'Words on the button', ko: '버튼 글자' },
  'writing.text.link': { en: 'Address it leads to', ko: '연결할 주소' },
  'writing.text.subject': { en: 'Subject', ko: '제목' },
  'writing.text.preheader': { en: 'Line after the subject', ko: '제목 다음에 보이는 한 줄' },
  'writing.text.reason': { en: 'Why they get it', ko: '보내는 이유' },
  'writing.link_hint': {
    en: 'One address will do for all languages.',
    ko: '주소 하나를 모든 언어에 같이 써도 됩니다.',
  },
  'writing.block': { en: '{{number}}. {{kind}}', ko: '{{number}}. {{kind}}' },
  'writing.blocks': { en: 'Blocks', ko: '내용' },
  'writing.no_blocks': {
    en: 'Nothing is written yet. Begin with a heading or a text.',
    ko: '아직 내용이 없습니다. 소제목이나 글부터 넣어 보세요.',
  },
  'writing.add': { en: 'Add below', ko: '아래에 추가' },
  'writing.full': { en: 'A mail has room for {{most}} blocks.', ko: '메일 한 통에는 {{most}}개까지 넣을 수 있습니다.' },
  'writing.up': { en: 'Up', ko: '위로' },
  'writing.down': { en: 'Down', ko: '아래로' },
  'writing.copy': { en: 'Duplicate', ko: '복제' },
  'writing.remove': { en: 'Remove', ko: '빼기' },
  'writing.untranslated': { en: 'Not translated yet', ko: '아직 번역 없음' },
  'writing.untranslated_in': {
    en: 'Not translated yet into {{languages}}. The mail does not go out until it is, or until you accept it below.',
    ko: '{{languages}} 번역이 아직 없습니다. 번역하거나 아래에서 그대로 보내기로 하기 전에는 발송되지 않습니다.',
  },
  'writing.accept': {
    en: 'Send it in {{language}} although some of it is not translated; that stands there in another language',
    ko: '{{language}}로 번역되지 않은 부분은 다른 언어로 두고 그대로 보내기',
  },
  'writing.foot': { en: 'Below every mail', ko: '메일 맨 아래' },
  'writing.foot_lead': {
    en: 'The name of the organization and the ways to unsubscribe and to choose are always there.',
    ko: '단체 이름, 수신 거부, 받을 소식 고르기는 언제나 들어갑니다.',
  },
  'writing.postal_address': { en: 'Postal address of the organization', ko: '단체 우편 주소' },
  'writing.postal_address_hint': {
    en: 'Where post reaches you. Readers and their mail programs trust a mail that says so.',
    ko: '우편물을 받을 수 있는 주소입니다. 주소가 있는 메일을 더 믿습니다.',
  },
  'writing.reason_hint': {
    en: 'Left empty: that they asked for news or are members.',
    ko: '비워 두면 소식을 신청했거나 회원이어서 보낸다고 적습니다.',
  },
  'writing.how': { en: 'How to write names, bold, links and lists', ko: '이름, 굵은 글씨, 주소, 목록 쓰는 법' },
  'writing.how_names': {
    en: '{first_name|friend} is the first name, or “friend” where none is known. Also {name}, {last_name}, {title} and {organization}.',
    ko: '{first_name|친구}는 이름이고, 이름을 모르면 ‘친구’가 됩니다. {name}(성과 이름), {last_name}(성), {title}(호칭), {organization}(우리 단체)도 쓸 수 있습니다.',
  },
  'writing.how_particles': {
    en: 'In Korean, {first_name|친구, 이/가} takes the particle that fits the name.',
    ko: '{first_name|친구, 이/가}라고 쓰면 이름에 맞는 조사가 붙습니다. 은/는, 을/를, 과/와, 으로/로도 됩니다.',
  },
  'writing.how_marks': {
    en: '**bold**, [words](https://address), an empty line between paragraphs, and lines that begin with “- ” or “1. ” for lists.',
    ko: '**굵게**, [글자](https://주소), 문단 사이는 빈 줄, 목록은 줄 앞에 ‘- ’ 또는 ‘1. ’을 씁니다.',
  },
  'writing.invalid': {
    en: 'A text is too long or a field came back broken. What was saved before is below.',
    ko: '글이 너무 길거나 칸 하나가 깨졌습니다. 전에 저장한 내용을 보여 드립니다.',
  },
  'writing.meanwhile': { en: '{{name}} saved at {{at}}', ko: '{{at}}에 {{name}} 님이 먼저 저장했습니다' },
  'writing.meanwhile_text': {
    en: 'What you typed is kept below. Compare first; saving again puts yours in the place of theirs.',
    ko: '쓰신 내용은 아래에 그대로 있습니다. 먼저 비교해 보세요. 다시 저장하면 쓰신 내용으로 바뀝니다.',
  },
  'writing.theirs': { en: 'Saved', ko: '저장된 글' },
  'writing.ours': { en: 'Yours', ko: '쓰신 글' },
  'writing.nothing': { en: '(nothing)', ko: '(없음)' },
  'writing.order': { en: 'The order of the blocks is different.', ko: '내용의 순서가 다릅니다.' },
  'writing.language': { en: 'Language', ko: '언어' },
  'writing.reader': { en: 'Reader', ko: '받는 분' },
  'writing.reader_unknown': { en: 'Somebody without a name', ko: '이름을 모르는 분' },
  'writing.width': { en: 'On', ko: '화면' },
  'writing.width.phone': { en: 'Phone', ko: '휴대전화' },
  'writing.width.desktop': { en: 'Computer', ko: '컴퓨터' },
  'writing.shown': { en: 'The mail in {{language}}', ko: '{{language}} 메일' },
  'writing.plain': { en: 'As plain text', ko: '글자로만 볼 때' },
  'writing.plain_lead': {
    en: 'For programs that show no pictures or read aloud.',
    ko: '그림을 보여 주지 않거나 소리 내어 읽는 프로그램에서 보이는 글입니다.',
  },
  'writing.empty': { en: 'Nothing is written yet.', ko: '아직 쓴 내용이 없습니다.' },
  'writing.step.written': {
    en: { one: '{{count}} block', other: '{{count}} blocks' },
    ko: '내용 {{count}}개',
  },
  'writing.step.untranslated': { en: 'Not translated yet: {{languages}}', ko: '아직 번역 없음: {{languages}}' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    mailings_writing: typeof writingMessages
  }
}

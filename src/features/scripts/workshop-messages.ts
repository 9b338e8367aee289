import { messages } from '../../platform/i18n/messages.ts'

export const workshopMessages = messages({
  'workshop.redo': { en: 'Redo', ko: '다시 하기' },
  'workshop.unsaved': { en: 'Not saved yet, kept on this device', ko: '아직 저장 전, 이 기기에 보관 중' },
  'workshop.unsaved_only_here': {
    en: 'Not saved yet. This device keeps nothing: save before you close the page.',
    ko: '아직 저장하지 않았습니다. 이 기기에는 보관할 수 없으니 닫기 전에 저장하세요.',
  },
  'workshop.all_saved': { en: 'Everything is saved', ko: '모두 저장했습니다' },
  'workshop.saved_as': { en: 'Saved as version {{version}}', ko: '{{version}}판으로 저장했습니다' },
  'workshop.save_failed': {
    en: 'Not saved: the server was not reached. Your work is kept; try again.',
    ko: '서버에 연결하지 못해 저장하지 못했습니다. 쓰신 내용은 그대로 있으니 다시 저장해 주세요.',
  },
  'workshop.save_refused': {
    en: 'Not saved: something in it is missing, too long, or a link does not begin with https://. Look at the marked places.',
    ko: '빠졌거나 너무 긴 글이 있거나 주소가 https://로 시작하지 않아 저장하지 못했습니다. 표시된 곳을 봐 주세요.',
  },
  'workshop.name_needed': { en: 'Give the script a name.', ko: '스크립트 이름을 적어 주세요.' },
  'workshop.kept_title': { en: 'Your unsaved work is back', ko: '저장하지 않은 내용을 다시 열었습니다' },
  'workshop.kept_text': {
    en: 'It was kept on this device when the page was closed.',
    ko: '화면을 닫을 때 이 기기에 보관해 두었습니다.',
  },
  'workshop.kept_discard': { en: 'Throw it away', ko: '버리기' },
  'workshop.kept_keep': { en: 'Go on with it', ko: '이어서 쓰기' },
  'workshop.conflict_title': { en: '{{name}} saved meanwhile', ko: '그사이 {{name}} 님이 먼저 저장했습니다' },
  'workshop.conflict_text': {
    en: 'Nothing of yours is lost, and nothing of theirs was overwritten. This is what they changed:',
    ko: '쓰신 내용은 그대로 있고, 상대가 저장한 내용도 지워지지 않았습니다. 상대가 바꾼 곳입니다:',
  },
  'workshop.conflict_mine': { en: 'What differs in yours', ko: '내 글에서 다른 곳' },
  'workshop.conflict_keep_mine': { en: 'Save mine instead', ko: '내 글로 저장' },
  'workshop.conflict_take_theirs': { en: 'Go on with theirs', ko: '상대 글로 이어서 쓰기' },
  'workshop.conflict_undo': { en: '“Undo” brings yours back.', ko: '“되돌리기”를 누르면 내 글이 돌아옵니다.' },

  'workshop.views': { en: 'Views of the script', ko: '스크립트 보기' },
  'workshop.view.write': { en: 'Write', ko: '쓰기' },
  'workshop.view.tree': { en: 'Branches', ko: '갈래 그림' },
  'workshop.view.preview': { en: 'As a caller', ko: '봉사자 화면' },
  'workshop.view.ways': { en: 'Test every way', ko: '모든 길 시험' },
  'workshop.view.versions': { en: 'Versions', ko: '판 비교' },
  'workshop.view.library': { en: 'Library', ko: '예문에서 가져오기' },

  'workshop.blocks': { en: 'Blocks in their order', ko: '스크립트 순서' },
  'workshop.blocks_hint': {
    en: 'Drag by the handle, or use the arrows. With the handle focused, ↑ and ↓ move the block.',
    ko: '손잡이를 끌거나 화살표를 누르세요. 손잡이에서 키보드 ↑ ↓로도 옮길 수 있습니다.',
  },
  'workshop.drag': { en: 'Move {{what}}', ko: '{{what}} 옮기기' },
  'workshop.moved': { en: 'Now number {{number}} of {{of}}', ko: '{{of}}개 가운데 {{number}}번째로 옮겼습니다' },
  'workshop.removed': { en: 'Removed. “Undo” brings it back.', ko: '뺐습니다. “되돌리기”로 되살릴 수 있습니다.' },
  'workshop.missing': {
    en: { one: '{{language}}: {{count}} text missing', other: '{{language}}: {{count}} texts missing' },
    ko: '{{language}}: 빈 글 {{count}}개',
  },
  'workshop.complete': { en: '{{language}}: complete', ko: '{{language}}: 모두 있음' },
  'workshop.nothing': { en: '{{language}}: not all is written yet', ko: '{{language}}: 아직 다 쓰지 않음' },
  'workshop.missing_next': { en: 'Go to the next one', ko: '다음 빈 글로' },
  'workshop.has_problem': { en: 'something to fix', ko: '고칠 곳 있음' },

  'workshop.tree_label': {
    en: 'The script from top to bottom; arrows at the side show where answers lead. Press a box to edit it. ⚡: also asked when the voter is in a hurry.',
    ko: '위에서 아래로 이어지고, 옆의 화살표는 답에 따라 가는 곳입니다. 칸을 누르면 고칠 수 있습니다. ⚡는 바쁘신 분께도 묻는 질문입니다.',
  },
  'workshop.tree_unreachable': { en: 'nobody gets here', ko: '아무 답으로도 오지 못함' },

  'workshop.preview_other': { en: 'As another voter', ko: '다른 유권자로 보기' },
  'workshop.preview_again': { en: 'From the beginning', ko: '처음부터' },
  'workshop.preview_voter': { en: 'Example voter {{number}}', ko: '보기 유권자 {{number}}' },
  'workshop.preview_end': {
    en: 'The call ends here. These answers would be saved:',
    ko: '통화가 여기서 끝납니다. 저장할 답:',
  },
  'workshop.preview_no_answers': {
    en: 'No answers: the caller would choose a result.',
    ko: '고른 답이 없습니다. 봉사자가 통화 결과를 고릅니다.',
  },

  'workshop.ways_count': {
    en: { one: '{{count}} way through', other: '{{count}} ways through' },
    ko: '모두 {{count}}갈래',
  },
  'workshop.ways_circle': { en: 'The script runs in a circle.', ko: '같은 질문으로 되돌아가는 길이 있습니다.' },
  'workshop.ways_some': { en: 'The first {{count}} are shown.', ko: '처음 {{count}}갈래만 보입니다.' },
  'workshop.ways_good': {
    en: 'No dead ends, and every question can be reached.',
    ko: '막힌 길이 없고 모든 질문에 갈 수 있습니다.',
  },
  'workshop.ways_bad': { en: 'What to put right', ko: '고칠 곳' },
  'workshop.way_number': { en: 'Way {{number}}', ko: '{{number}}번 길' },
  'workshop.way_stations': { en: { one: '{{count}} part', other: '{{count}} parts' }, ko: '{{count}}단계' },
  'workshop.way_run': { en: 'Walk it as a caller', ko: '봉사자 화면에서 따라가기' },

  'workshop.versions_now': { en: 'What you changed since version {{version}}', ko: '{{version}}판 뒤로 바꾼 곳' },
  'workshop.versions_before': { en: 'Earlier versions', ko: '지난 판' },
  'workshop.versions_none': { en: 'This is the first version.', ko: '첫 판입니다.' },
  'workshop.versions_show': { en: 'Compare with version {{version}}', ko: '{{version}}판과 비교' },

  'workshop.library_text': {
    en: 'Our ready-made scripts in English and Korean. What you copy is added at the end; change it freely.',
    ko: '영어와 한국어로 준비된 예문입니다. 가져온 것은 맨 끝에 들어가고 마음대로 고칠 수 있습니다.',
  },
  'workshop.library_step': { en: 'Copy this block', ko: '이 단계 가져오기' },
  'workshop.library_objections': {
    en: { one: 'Copy {{count}} answer to objections', other: 'Copy {{count}} answers to objections' },
    ko: '반대할 때 드릴 답 {{count}}개 가져오기',
  },
  'workshop.library_facts': {
    en: { one: 'Copy {{count}} fact', other: 'Copy {{count}} facts' },
    ko: '알려 드릴 내용 {{count}}개 가져오기',
  },
  'workshop.library_voicemail': { en: 'Copy the voicemail', ko: '음성 메시지 가져오기' },
  'workshop.copied': { en: 'Copied', ko: '가져왔습니다' },
})

declare module '../../platform/i18n/messages.ts' {
  interface RoomMessages {
    workshop: typeof workshopMessages
  }
}

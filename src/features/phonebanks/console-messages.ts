import { messages } from '../../platform/i18n/messages.ts'
import '../../platform/ui/messages.ts'
import '../scripts/walk/messages.ts'

/** Words of the caller's page. Results: at most seven syllables on the button, the longer word beneath or read out. */
export const consoleMessages = messages({
  'console.title': { en: 'Calling', ko: '전화 걸기' },
  'console.loading': { en: 'Opening your list…', ko: '전화 명단을 여는 중입니다.' },
  'console.no_script_title': { en: 'This page needs JavaScript', ko: '이 화면은 자바스크립트가 필요합니다' },
  'console.no_script': {
    en: 'Saving calls without a connection only works with it. Turn it on in the settings of your browser, open this address in another one, or ask the host for a printed call sheet.',
    ko: '연결이 끊겨도 통화 결과를 간직하려면 필요합니다. 브라우저 설정에서 자바스크립트를 켜시거나, 다른 브라우저로 여시거나, 진행자에게 인쇄한 통화 기록지를 부탁해 주세요.',
  },
  'console.no_script_phone': {
    en: 'Questions? Call {{phone}}.',
    ko: '도움이 필요하시면 {{phone}} 번으로 전화해 주세요.',
  },

  'console.hint_title': { en: 'First time? It is easy', ko: '처음이세요? 어렵지 않습니다' },
  'console.hint_1.own_phone': {
    en: 'Press the big number. Your phone calls.',
    ko: '큰 전화번호를 누르면 전화가 걸립니다.',
  },
  'console.hint_1.bridge': {
    en: 'Press “Call me” once, answer and press 1. After that the big number calls each voter on the same line.',
    ko: '먼저 “나에게 전화하기”를 누르고 전화를 받아 1번을 누르세요. 그다음에는 큰 전화번호를 누르면 같은 전화로 한 분씩 연결됩니다.',
  },
  'console.hint_1.practice': {
    en: 'Press “Call (practice)”. Nothing rings: you read here what the voter says.',
    ko: '“전화 걸기(연습)”을 누르세요. 전화는 걸리지 않고, 상대의 말이 화면에 나옵니다.',
  },
  'console.hint_2': {
    en: 'If somebody answers, come back here, press “They answered” and read the words aloud.',
    ko: '상대가 받으면 이 화면에서 “전화 받음”을 누르고 나오는 글을 읽어 주세요.',
  },
  'console.hint_3': {
    en: 'If not, press what happened. The next voter comes by itself.',
    ko: '받지 않으면 알맞은 결과를 누르세요. 다음 분이 나옵니다.',
  },
  'console.hint_4': {
    en: 'Pressed the wrong one? “Undo” brings it back.',
    ko: '잘못 눌러도 괜찮습니다. “되돌리기”를 누르면 됩니다.',
  },
  'console.hint_close': { en: 'I understand', ko: '알겠습니다' },

  'console.tally': { en: 'My calls {{calls}} · spoke {{reached}}', ko: '내 통화 {{calls}}통 · 대화 {{reached}}명' },
  'console.all_sent': { en: 'All saved', ko: '모두 저장됨' },
  'console.unsent': { en: { one: '{{count}} to send', other: '{{count}} to send' }, ko: '보낼 항목 {{count}}건' },
  'console.not_saved': { en: '{{count}} not saved', ko: '저장 못 한 항목 {{count}}건' },
  'console.offline': {
    en: 'No connection. Results are kept on this device and sent when it is back.',
    ko: '인터넷 연결이 끊겼습니다. 통화 결과는 이 기기에 두었다가 연결되면 보냅니다.',
  },
  'console.outdated': {
    en: 'Hanpyo was updated. Load this page anew to go on; what you noted is kept.',
    ko: '한표가 새 버전으로 바뀌었습니다. 화면을 새로 고쳐 주세요. 적으신 내용은 그대로 있습니다.',
  },
  'console.outdated_reload': { en: 'Load anew', ko: '새로 고침' },
  'console.offline_page': {
    en: 'That page needs a connection. You can go on calling here.',
    ko: '그 화면은 인터넷이 연결되어야 열립니다. 전화는 이 화면에서 계속 거실 수 있습니다.',
  },
  'console.not_durable': {
    en: 'This device keeps nothing (private window or full). Results are sent at once: do not close the page while something is unsent.',
    ko: '이 기기에는 저장할 수 없습니다(사생활 보호 창이거나 저장 공간 부족). 결과를 바로 보내니, 보낼 항목이 있는 동안 화면을 닫지 마세요.',
  },
  'console.full': {
    en: 'This device has no room left. Your results go straight to us, so go on calling; keep this page open until “All saved” stands above. To make room, delete a few photos or videos, then open this page again.',
    ko: '이 기기의 저장 공간이 가득 찼습니다. 결과는 바로 보내니 계속 거셔도 됩니다. 위에 “모두 저장됨”이 보일 때까지 이 화면을 닫지 마세요. 사진이나 동영상을 몇 개 지우고 이 화면을 다시 열면 됩니다.',
  },
  'console.rejoin': { en: 'Your link no longer opens this phone bank', ko: '참여 주소의 기한이 지났습니다' },
  'console.rejoin_text': {
    en: 'Open the invitation link again, or ask the host for a new one. What you did until now is sent all the same.',
    ko: '초대 주소를 다시 여시거나 진행자에게 새 주소를 부탁해 주세요. 지금까지의 결과는 그대로 보냅니다.',
  },
  'console.elsewhere': { en: 'Open in another window', ko: '다른 창에서 열려 있습니다' },
  'console.elsewhere_text': {
    en: 'To keep two windows from calling the same voter, only one works at a time.',
    ko: '같은 분께 두 번 걸지 않도록 한 번에 한 창에서만 쓸 수 있습니다.',
  },
  'console.use_here': { en: 'Use this window', ko: '이 창에서 쓰기' },
  'console.saved': { en: 'Saved: {{name}}, {{result}}', ko: '저장했습니다. {{name}}, {{result}}' },
  'console.kept': { en: 'Kept on this device: {{name}}, {{result}}', ko: '이 기기에 두었습니다. {{name}}, {{result}}' },
  'console.lost': {
    en: '{{name}} went to another caller, because the connection was away too long. Please do not call them.',
    ko: '{{name}} 님은 연결이 오래 끊겨 다른 봉사자에게 넘어갔습니다. 걸지 마세요.',
  },
  'console.ran_out': {
    en: 'While this page was closed the time ran out for {{count}} of the voters you had taken. They went back on the list; please do not call them from memory. Results you saved are kept.',
    ko: '화면이 닫혀 있는 동안 받아 두신 {{count}}명의 시간이 지나 명단으로 돌아갔습니다. 이분들께는 걸지 마세요. 저장하신 결과는 그대로 있습니다.',
  },
  'console.came_late': {
    en: 'Your result for {{name}} is saved. Your time for this voter had run out before it arrived, so somebody else may have called too.',
    ko: '{{name}} 님의 결과를 저장했습니다. 결과가 도착하기 전에 시간이 지나, 다른 봉사자도 전화했을 수 있습니다.',
  },
  'console.lost_talking': {
    en: 'The time for this voter has run out. Finish your conversation; the result still counts.',
    ko: '이분께 주어진 시간이 지났습니다. 하시던 통화는 마치세요. 결과는 저장됩니다.',
  },
  'console.suppressed_talking': {
    en: 'Since a moment ago, {{name}} is not to be called any more. End your conversation kindly; what was said still counts.',
    ko: '{{name}} 님은 조금 전부터 전화를 걸면 안 되는 분이 되었습니다. 하시던 통화는 정중히 마치세요. 들으신 답은 저장됩니다.',
  },
  'console.finished_talking': {
    en: 'Since a moment ago, {{name}} is off the list: somebody saved a result, or the number was closed. Finish your conversation; what was said still counts.',
    ko: '방금 {{name}} 님이 명단에서 빠졌습니다. 다른 봉사자가 결과를 저장했거나 번호를 더 쓰지 않게 되었습니다. 하시던 통화는 마치세요. 들으신 답은 저장됩니다.',
  },
  'console.not_dialed': {
    en: 'Please do not call this voter again. Choose the result of your conversation.',
    ko: '이분께 다시 걸지 마세요. 하신 통화의 결과를 골라 주세요.',
  },
  'console.suppressed': {
    en: '{{name}} asked somebody else not to be called, just now. Please do not call.',
    ko: '{{name}} 님은 방금 전화를 원치 않는다고 하셨습니다. 걸지 마세요.',
  },
  'console.finished_elsewhere': {
    en: '{{name}} has just been reached by somebody else.',
    ko: '{{name}} 님은 방금 다른 봉사자가 통화했습니다.',
  },
  'console.stuck': {
    en: 'The result for {{name}} could not be saved. It stays on this device; see below.',
    ko: '{{name}} 님의 결과를 저장하지 못했습니다. 이 기기에 남아 있으니 아래를 봐 주세요.',
  },
  'console.stuck_title': {
    en: { one: '{{count}} entry could not be saved', other: '{{count}} entries could not be saved' },
    ko: '저장하지 못한 내용 {{count}}건',
  },
  'console.stuck_text': {
    en: 'They stay on this device. Tell the host what happened, then remove them here.',
    ko: '이 기기에 남아 있습니다. 진행자에게 내용을 알려 주신 뒤 여기서 지워 주세요.',
  },
  'console.stuck_why.not_yours': {
    en: 'The voter was not in your hands.',
    ko: '맡으신 분이 아니었습니다.',
  },
  'console.stuck_why.wrong_answers': {
    en: 'The answers did not fit the script.',
    ko: '답이 스크립트와 맞지 않았습니다.',
  },
  'console.stuck_why.closed': {
    en: 'It was made after you had been taken off the phone bank.',
    ko: '참여가 끝난 뒤의 결과입니다.',
  },
  'console.stuck_why.taken_back': {
    en: 'The result it corrects was taken back in the meantime.',
    ko: '고치려던 결과는 그사이 되돌려졌습니다.',
  },
  'console.stuck_why.too_late': {
    en: 'The result it corrects is more than twelve hours old.',
    ko: '고치려던 결과는 열두 시간이 지났습니다.',
  },
  'console.stuck_why.tag_not_allowed': {
    en: 'Callers may not use this tag any more.',
    ko: '이제 봉사자가 붙일 수 없는 태그입니다.',
  },
  'console.stuck_why.costly_number': {
    en: 'Calling this number costs extra. Write it into the note.',
    ko: '걸면 요금이 더 드는 번호입니다. 메모에 적어 주세요.',
  },
  'console.stuck_why.event_over': {
    en: 'Nobody can be signed up for this event or time any more.',
    ko: '이제 신청할 수 없는 행사나 시간입니다.',
  },
  'console.stuck_why.event_full': {
    en: 'The event is full. Tell them, or offer another one.',
    ko: '자리가 다 찼습니다. 그렇게 말씀드리거나 다른 행사를 권해 주세요.',
  },
  'console.stuck_why.event_already': {
    en: 'They have already asked to come; what they said then stands.',
    ko: '이미 신청했거나 대기 중인 행사입니다. 바뀐 것은 없습니다.',
  },
  'console.stuck_why.empty': { en: 'Nothing was written in it.', ko: '적은 내용이 없습니다.' },
  'console.stuck_answers': {
    en: { one: 'With {{count}} answer to the script.', other: 'With {{count}} answers to the script.' },
    ko: '스크립트 답변 {{count}}개가 함께 있습니다.',
  },
  'console.stuck_sure': {
    en: 'It is nowhere else. Have you told the host what happened with {{name}}?',
    ko: '다른 곳에는 없는 내용입니다. {{name}} 님 일을 진행자에게 알려 주셨나요?',
  },
  'console.stuck_keep': { en: 'Keep it', ko: '그대로 두기' },
  'console.stuck_remove_sure': { en: 'Yes, remove it', ko: '예, 지웁니다' },
  'console.stuck_again': { en: 'Send again', ko: '다시 보내기' },
  'console.stuck_again_named': { en: 'Send again: {{name}}', ko: '다시 보내기: {{name}}' },
  'console.stuck_remove': { en: 'Remove from this device', ko: '이 기기에서 지우기' },
  'console.stuck_remove_named': { en: 'Remove from this device: {{name}}', ko: '이 기기에서 지우기: {{name}}' },
  'console.kept_waiting': {
    en: {
      one: '{{count}} result is still on this device. It is sent when there is a connection: leave this page open.',
      other:
        '{{count}} results are still on this device. They are sent when there is a connection: leave this page open.',
    },
    ko: '아직 보내지 못한 결과가 이 기기에 {{count}}건 있습니다. 인터넷이 연결되면 보내니 이 화면을 열어 두세요.',
  },
  'console.kept_saved': {
    en: {
      one: '{{count}} result from this device was saved just now. Thank you!',
      other: '{{count}} results from this device were saved just now. Thank you!',
    },
    ko: '이 기기에 있던 결과 {{count}}건을 방금 저장했습니다. 고맙습니다!',
  },
  'console.kept_of_others': {
    en: {
      one: '{{count}} earlier result left on this device was saved too.',
      other: '{{count}} earlier results left on this device were saved too.',
    },
    ko: '이 기기에 남아 있던 지난 결과 {{count}}건도 저장했습니다.',
  },
  'console.door_saved': {
    en: { one: 'Your {{count}} call is saved.', other: 'Your {{count}} calls are all saved.' },
    ko: '거신 전화 {{count}}통을 모두 저장했습니다.',
  },
  'console.ended_talking': {
    en: 'The phone bank has ended. Finish your conversation; the result still counts.',
    ko: '전화 캠페인이 끝났습니다. 하시던 통화는 마치세요. 결과는 저장됩니다.',
  },
  'console.dismiss': { en: 'Close notice', ko: '안내 닫기' },

  'console.guess': { en: 'guess', ko: '추정' },
  'console.guess_what': { en: 'What do “guess” and “perhaps” mean?', ko: '“추정”이 무슨 뜻인가요?' },
  'console.guess_means': {
    en: 'It was guessed from the spelling of the name in the voter file and may be wrong. Ask the voter for their name and language.',
    ko: '유권자 명부에 영어로 적힌 이름을 보고 짐작한 것이라 틀릴 수 있습니다. 성함과 편하신 말은 통화하며 여쭤 보세요.',
  },
  'console.age': { en: 'Age {{age}}', ko: '{{age}}세' },
  'console.speaks': { en: 'Speaks {{language}}', ko: '쓰는 말: {{language}}' },
  'console.speaks_likely': { en: 'Perhaps speaks {{language}}', ko: '쓰는 말: {{language}}(추정)' },
  'console.district.ccd': { en: 'City Council {{number}}', ko: '시의회 {{number}}선거구' },
  'console.district.ad': { en: 'Assembly {{number}}', ko: '주하원 {{number}}선거구' },
  'console.district.sd': { en: 'State Senate {{number}}', ko: '주상원 {{number}}선거구' },
  'console.district.cd': { en: 'Congress {{number}}', ko: '연방하원 {{number}}선거구' },
  'console.call': { en: 'Call {{phone}}', ko: '{{phone}} 전화 걸기' },
  'console.other_numbers': { en: 'Other numbers', ko: '다른 번호' },
  'console.phone.mobile': { en: 'mobile', ko: '휴대전화' },
  'console.phone.landline': { en: 'home', ko: '집 전화' },
  'console.phone.voip': { en: 'internet', ko: '인터넷 전화' },
  'console.phone.unknown': { en: 'phone', ko: '전화' },
  'console.call_back_due': { en: 'Asked to be called at {{when}}', ko: '{{when}}에 다시 걸기로 한 분' },
  'console.attempt': { en: 'Call no. {{number}}', ko: '{{number}}번째 전화' },
  'console.same_household': { en: 'Same household as the last voter', ko: '바로 앞에 전화드린 댁의 가족입니다' },
  'console.household': { en: 'At the same address', ko: '함께 사는 분' },
  'console.home': { en: 'About this home', ko: '이 집에 대해' },
  'console.home_language': { en: 'Language at home: {{language}}', ko: '집에서 쓰는 언어: {{language}}' },
  'console.home_others': {
    en: 'Also lives here, not on the list: {{names}}',
    ko: '명단에는 없지만 함께 사는 분: {{names}}',
  },
  'console.same_number': { en: 'same number', ko: '같은 번호' },
  'console.switch': { en: 'Switch to {{name}}', ko: '{{name}} 님과 통화' },
  'console.past_inbound': { en: 'they called back', ko: '유권자가 다시 걸어 옴' },
  'console.past': { en: 'Before', ko: '지난 통화' },
  'console.caller_id': { en: 'About your number', ko: '내 번호 표시 안내' },

  'console.past_note': { en: 'Note: {{note}}', ko: '메모: {{note}}' },
  'console.outside_hours': {
    en: 'It is {{time}} where {{name}} lives. Nobody is called there now.',
    ko: '{{name}} 님이 사는 곳은 지금 {{time}}입니다. 지금은 전화하지 않습니다.',
  },
  'console.outside_hours_until': {
    en: 'Calling may go on there at {{when}} (their time). You can save a result or skip.',
    ko: '그곳 시간으로 {{when}}부터 다시 걸 수 있습니다. 결과를 저장하거나 건너뛰셔도 됩니다.',
  },
  'console.outside_hours_over': {
    en: 'Calling is over there. You can save a result or skip.',
    ko: '이 캠페인의 전화는 끝났습니다. 결과를 저장하거나 건너뛰셔도 됩니다.',
  },
  'console.answered': { en: 'They answered', ko: '전화 받음' },
  'console.not_answered': { en: 'Nobody on the line?', ko: '통화가 안 됐나요?' },
  'console.more_results': { en: 'Other result', ko: '다른 결과' },
  'console.rare_results': { en: 'More', ko: '더 보기' },
  'console.skip': { en: 'Skip for now', ko: '건너뛰기' },
  'console.voicemail': { en: 'If a machine answers', ko: '자동응답기가 받으면' },
  'console.voicemail_none': { en: 'Do not leave a message.', ko: '메시지를 남기지 마세요.' },

  'console.back': { en: 'Back', ko: '뒤로' },

  'console.results_title': { en: 'How did the call end?', ko: '통화가 어떻게 끝났나요?' },
  'console.save_answers': {
    en: { one: 'Save {{count}} answer', other: 'Save {{count}} answers' },
    ko: '답 {{count}}개 저장',
  },
  'console.save_answers_long': { en: 'Only part was answered, and that counts', ko: '일부만 답하셨어도 저장됩니다' },
  'console.answers_dropped': {
    en: 'With the results below, the answers chosen so far are not saved.',
    ko: '아래 결과를 고르면 지금까지 고른 답은 저장되지 않습니다.',
  },
  'console.no_answers': {
    en: 'No answer was chosen. What came of the call?',
    ko: '고른 답이 없습니다. 통화가 어떻게 끝났는지 골라 주세요.',
  },
  'console.result.canvassed': { en: 'Spoke', ko: '통화함' },
  'console.result.no_answer': { en: 'No answer', ko: '안 받음' },
  'console.result.left_message': { en: 'Left message', ko: '메시지 남김' },
  'console.result.call_back': { en: 'Call back', ko: '다시 걸기' },
  'console.result.refused': { en: 'Refused', ko: '거절' },
  'console.result.wrong_number': { en: 'Wrong number', ko: '잘못된 번호' },
  'console.result.disconnected': { en: 'Disconnected', ko: '결번' },
  'console.result.language_barrier': { en: 'Other language', ko: '다른 언어' },
  'console.result.do_not_call': { en: 'Do not call', ko: '전화 원치 않음' },
  'console.result.busy': { en: 'Busy', ko: '통화 중 신호' },
  'console.result.not_available': { en: 'Not a good time', ko: '지금 곤란' },
  'console.result.moved': { en: 'Moved', ko: '이사함' },
  'console.result.deceased': { en: 'Deceased', ko: '작고하심' },
  'console.result.hostile': { en: 'Abusive', ko: '폭언' },
  'console.result_long.canvassed': { en: 'Answered at least one question', ko: '질문에 답하심' },
  'console.result_long.no_answer': { en: 'It rang, nobody picked up', ko: '신호는 가는데 받지 않음' },
  'console.result_long.left_message': { en: 'With a machine or with family', ko: '음성 또는 가족에게' },
  'console.result_long.call_back': { en: 'Choose day and time', ko: '날짜와 시각 고르기' },
  'console.result_long.refused': { en: 'Declined this call only', ko: '이번 통화만 거절' },
  'console.result_long.wrong_number': { en: 'Somebody else’s number', ko: '다른 사람 번호' },
  'console.result_long.disconnected': { en: 'The operator says it is not in service', ko: '없는 번호라는 안내가 나옴' },
  'console.result_long.language_barrier': {
    en: 'Choose it, another caller takes over',
    ko: '언어를 골라 다른 봉사자에게 넘기기',
  },
  'console.result_long.do_not_call': { en: 'Never call again', ko: '앞으로 걸지 않음' },
  'console.result_long.busy': { en: 'Busy tone', ko: '상대가 다른 통화를 하고 있음' },
  'console.result_long.not_available': { en: 'Cannot talk now, no time set', ko: '시각은 정하지 않음' },
  'console.result_long.moved': { en: 'No longer lives there', ko: '새 주소를 아시면 메모에 적어 주세요' },
  'console.result_long.deceased': { en: 'Family says so', ko: '가족이 알려 줌' },
  'console.result_long.hostile': { en: 'The host will look at it', ko: '담당자가 확인합니다' },

  'console.when_title': { en: 'When shall we call again?', ko: '언제 다시 걸까요?' },
  'console.when_where': {
    en: 'By the clock where {{name}} lives: it is {{time}} there now.',
    ko: '{{name}} 님이 사는 곳의 시간으로 정합니다. 그곳은 지금 {{time}}입니다.',
  },
  'console.when_day': { en: 'Day', ko: '날짜' },
  'console.when_time': { en: 'Time', ko: '시각' },
  'console.when_save': { en: 'Save this time', ko: '이 시각으로 저장' },
  'console.when_past': {
    en: 'That is already past. Choose a later time.',
    ko: '지난 시각입니다. 지금보다 뒤 시각을 골라 주세요.',
  },
  'console.when_hours': {
    en: 'We do not call at that time. Calling hours: {{hours}}, on days with calls, until {{until}}.',
    ko: '그때는 전화하지 않습니다. 전화하는 시간은 {{until}}까지 전화하는 날의 {{hours}}입니다.',
  },
  'console.when_mine': { en: 'I will call them myself', ko: '제가 직접 다시 걸겠습니다' },
  'console.when_today': { en: 'Today, {{time}}', ko: '오늘 {{time}}' },
  'console.when_tomorrow': { en: 'Tomorrow, {{time}}', ko: '내일 {{time}}' },
  'console.when_other': { en: 'Another day or time', ko: '다른 날짜나 시각' },
  'console.language_title': { en: 'Which language do they speak?', ko: '어떤 언어를 쓰시나요?' },
  'console.language_unsure': {
    en: 'Not sure: somebody else may try',
    ko: '잘 모르겠음: 다른 봉사자가 걸어 보기',
  },
  'console.language_say': { en: 'You may say', ko: '이렇게 말씀하세요' },
  'console.language_save': { en: 'Hand over to a {{language}} speaker', ko: '{{language}} 봉사자에게 넘기기' },
  'console.spoke_title.do_not_call': { en: 'Who asked not to be called?', ko: '누가 전화를 원치 않는다고 하셨나요?' },
  'console.spoke_title.deceased': { en: 'Who told you?', ko: '누구에게서 들으셨나요?' },
  'console.spoke_text.do_not_call': {
    en: 'Nobody of our organization will call them again. If it was somebody else’s number, choose “Wrong number” instead.',
    ko: '앞으로 우리 단체에서 전화하지 않습니다. 다른 사람 번호였다면 뒤로 가서 “잘못된 번호”를 고르세요.',
  },
  'console.spoke_text.deceased': {
    en: 'They will be taken off every list. An organizer can take this back.',
    ko: '모든 명단에서 빠집니다. 잘못되었으면 운영자가 되돌릴 수 있습니다.',
  },
  'console.spoke.voter': { en: 'The voter', ko: '본인' },
  'console.spoke.household': { en: 'Somebody of the household', ko: '함께 사는 가족' },
  'console.spoke.other': { en: 'Somebody else', ko: '다른 사람' },

  'console.more_about': { en: 'About this voter', ko: '이분에 대해' },
  'console.note': { en: 'Note', ko: '메모' },
  'console.note_hint': {
    en: 'For the organizers and whoever calls next. No need to write full sentences.',
    ko: '운영자와 다음에 전화하는 봉사자가 봅니다. 짧게 적어도 됩니다.',
  },

  'console.wishes': {
    en: 'They want something, or a question for the organizer',
    ko: '부탁받은 일, 담당자에게 물을 것',
  },
  'console.wish.volunteer': { en: 'Wants to volunteer', ko: '봉사하고 싶어 함' },
  'console.wish.yard_sign': { en: 'Wants a yard sign', ko: '마당 팻말을 원함' },
  'console.wish.ride': { en: 'Needs a ride to the polls', ko: '투표소까지 차편 필요' },
  'console.wish.mail_ballot': { en: 'Wants a mail ballot', ko: '우편투표를 원함' },
  'console.wish.organizer': { en: 'Ask the organizer', ko: '담당자에게 묻기' },
  'console.wish_question': {
    en: 'What should the organizer know? Nobody calls this voter until it is answered.',
    ko: '담당자에게 전할 말을 적어 주세요. 답이 나올 때까지 이분께 전화하지 않습니다.',
  },
  'console.hostile': { en: 'They are abusive: hang up', ko: '폭언을 합니다: 끊기' },
  'console.hostile_text': {
    en: 'Nobody calls this voter again, and the host is told at once.',
    ko: '이분께는 다시 걸지 않고, 진행자에게 바로 알립니다.',
  },
  'console.shaken': { en: 'That was not your fault', ko: '선생님 잘못이 아닙니다' },
  'console.shaken_text': {
    en: 'The host was told, and nobody calls this voter again. Take a moment for yourself.',
    ko: '진행자에게 알렸고, 이분께는 다시 걸지 않습니다. 잠시 숨을 돌리세요.',
  },
  'console.rest': { en: 'Time for a short rest', ko: '잠시 쉬어 가세요' },
  'console.rest_text': {
    en: 'You have been calling for a good while. Stand up, drink some water; the list waits for you.',
    ko: '오래 전화하셨습니다. 일어나서 물 한 잔 드세요. 명단은 기다려 줍니다.',
  },
  'console.take_break': { en: 'Take a break', ko: '쉬기' },
  'console.keep_calling': { en: 'Keep calling', ko: '계속하기' },
  'console.message_from': { en: '{{name}} (host), {{at}}', ko: '진행자 {{name}} 님, {{at}}' },
  'console.message_read': { en: 'Understood', ko: '알겠습니다' },
  'console.call_back_moved': {
    en: 'That time is outside calling hours. {{name}} will be called on {{at}}.',
    ko: '그때는 전화하는 시간이 아니라서 {{name}} 님께는 {{at}}에 다시 겁니다.',
  },
  'console.call_back_too_late': {
    en: 'The phone bank is over by then. The organizer was told to see to {{name}}.',
    ko: '그때는 캠페인이 끝난 뒤입니다. {{name}} 님은 담당자에게 전했습니다.',
  },
  'console.take_member': { en: '{{name}} came to the phone', ko: '{{name}} 님이 받으셨습니다' },
  'console.at_home': { en: 'Somebody else there is on the phone', ko: '다른 가족이 전화를 받으셨나요?' },
  'console.at_home_asked': { en: 'Looking who else lives there…', ko: '함께 사는 분을 찾는 중입니다.' },
  'console.at_home_nobody': {
    en: 'We know of nobody else there who is a voter. Add them under “Correct or add something”, and write what they said as a note.',
    ko: '함께 사는 다른 유권자는 저희가 알지 못합니다. “고치거나 더 적기”에서 가족으로 더하고, 하신 말씀은 메모에 적어 주세요.',
  },
  'console.member.unknown': { en: 'This person is not on your list.', ko: '명단에 없는 분입니다.' },
  'console.member.taken': { en: 'Another caller has this person now.', ko: '지금 다른 봉사자가 맡은 분입니다.' },
  'console.member.closed': {
    en: 'This person was talked with already, or must not be called.',
    ko: '이미 통화를 마쳤거나 전화하면 안 되는 분입니다.',
  },
  'console.return': { en: 'Somebody is calling back', ko: '유권자가 다시 전화했습니다' },
  'console.return_number': { en: 'The number on your screen', ko: '화면에 뜬 전화번호' },
  'console.return_find': { en: 'Find the voter', ko: '유권자 찾기' },
  'console.return.unknown': {
    en: 'Nobody of our organization called this number in the last two weeks. Check its digits, or note name and number for the host.',
    ko: '최근 2주 동안 우리 단체에서 건 번호가 아닙니다. 번호를 다시 확인하시거나, 성함과 번호를 적어 진행자에게 알려 주세요.',
  },
  'console.return.elsewhere': {
    en: 'This call is from another phone bank of ours ({{bank}}). Ask for the name and what they wanted, and write it down for the host.',
    ko: '우리 단체의 다른 전화 캠페인({{bank}})에서 건 분입니다. 성함과 용건을 여쭙고 적어 두었다가 진행자에게 알려 주세요.',
  },
  'console.return.taken': { en: 'Another caller has this voter now.', ko: '지금 다른 봉사자가 맡은 분입니다.' },
  'console.return.closed': {
    en: 'This voter was talked with already, or must not be called. Write it down for the host.',
    ko: '이미 통화를 마쳤거나 전화하면 안 되는 분입니다. 적어 두었다가 진행자에게 알려 주세요.',
  },
  'console.return.offline': {
    en: 'This needs a connection. Try again in a moment.',
    ko: '인터넷이 필요합니다. 잠시 뒤 다시 해 보세요.',
  },
  'console.recent': { en: 'My last results', ko: '내 최근 결과' },
  'console.board': { en: 'Most conversations', ko: '대화를 많이 한 봉사자' },
  'console.board_row': {
    en: { one: '{{count}} conversation', other: '{{count}} conversations' },
    ko: '대화 {{count}}건',
  },
  'console.recent_waiting': { en: 'not sent yet', ko: '아직 보내지 않음' },
  'console.recent_edit_named': { en: 'Change: {{name}}', ko: '고치기: {{name}}' },
  'console.recent_undo_named': { en: 'Undo: {{name}}', ko: '되돌리기: {{name}}' },
  'console.told': { en: 'Correct or add something', ko: '고치거나 더 적기' },
  'console.told_kept': { en: 'Noted: {{what}}', ko: '적었습니다: {{what}}' },
  'console.told_office': {
    en: 'A mistake? Tell the organizer, who takes it back.',
    ko: '잘못 적으셨나요? 담당자에게 말씀하시면 지워 드립니다.',
  },
  'console.told_undo': { en: 'Undo: {{what}}', ko: '되돌리기: {{what}}' },
  'console.told_undo.offline': {
    en: 'Taking it back needs a connection. Try again in a moment.',
    ko: '되돌리려면 인터넷이 필요합니다. 잠시 뒤 다시 해 보세요.',
  },
  'console.told_undo.gone': {
    en: 'It cannot be taken back any more: it is too long ago, or somebody changed it since. Tell the host.',
    ko: '시간이 오래 지났거나 그사이 다른 분이 고쳐서 되돌릴 수 없습니다. 진행자에게 알려 주세요.',
  },
  'console.told_undo_gone': {
    en: 'What you noted about {{name}} cannot be taken back any more: it is too long ago, or somebody changed it since. Tell the host.',
    ko: '{{name}} 님에 관해 적은 내용은 시간이 오래 지났거나 그사이 다른 분이 고쳐서 되돌릴 수 없습니다. 진행자에게 알려 주세요.',
  },
  'console.told_stuck': {
    en: 'What you noted about {{name}} could not be saved. It stays on this device; see below.',
    ko: '{{name}} 님에 관해 적은 내용을 저장하지 못했습니다. 이 기기에 남아 있으니 아래를 봐 주세요.',
  },
  'console.told_agrees': { en: 'Agrees to {{channel}}', ko: '{{channel}} 수신 동의' },
  'console.told_wants_no': { en: 'Wants no {{channel}}', ko: '{{channel}} 원치 않음' },
  'console.told.event': { en: 'Sign them up for an event', ko: '행사 신청' },
  'console.told_wrong.event': { en: 'Choose an event.', ko: '행사를 골라 주세요.' },
  'console.booking_lead': { en: 'Which one do they want to come to?', ko: '어느 행사에 오시겠다고 하셨나요?' },
  'console.booking_full': {
    en: 'No seat left: they would be on the wait list.',
    ko: '남은 자리가 없어 대기자로 올라갑니다.',
  },
  'console.booking_waits': { en: '{{what}}: waiting for an answer', ko: '{{what}}: 확인을 기다리는 중' },
  'console.booking_stuck': { en: '{{what}}: it did not work, see above', ko: '{{what}}: 되지 않았습니다. 위를 보세요' },
  'console.booked_signed_up': {
    en: '{{name}} is signed up for the event.',
    ko: '{{name}} 님의 행사 신청을 마쳤습니다.',
  },
  'console.booked_wait_listed': {
    en: '{{name}} is on the wait list of the event. Tell them that they have no seat yet.',
    ko: '{{name}} 님은 행사 대기자로 올라갔습니다. 아직 자리가 없다고 말씀드려 주세요.',
  },
  'console.events': { en: 'Events', ko: '행사' },
  'console.events_attended': { en: 'came', ko: '참석하심' },
  'console.events_said.invited': { en: 'invited', ko: '초대받음' },
  'console.events_said.signed_up': { en: 'signed up', ko: '신청함' },
  'console.events_said.confirmed': { en: 'confirmed', ko: '참석 확인' },
  'console.events_said.wait_listed': { en: 'on the wait list', ko: '대기 중' },
  'console.events_said.awaiting_approval': { en: 'waits for approval', ko: '승인 대기' },
  'console.told.name': { en: 'Name', ko: '성함' },
  'console.told.phone': { en: 'Phone number', ko: '전화번호' },
  'console.told.email': { en: 'E-mail', ko: '이메일' },
  'console.told.address': { en: 'Address', ko: '주소' },
  'console.told.language': { en: 'Language', ko: '쓰는 말' },
  'console.told.member': { en: 'Somebody else at home', ko: '함께 사는 가족 추가' },
  'console.told.tag': { en: 'Tag', ko: '태그' },
  'console.told.opt_out': { en: 'Wants no texts, e-mail or letters', ko: '문자·이메일·우편물 원치 않음' },
  'console.told.no_calls': { en: 'Wants no more calls', ko: '더 이상 전화를 원치 않음' },
  'console.told_wrong.name': {
    en: 'Write at least one name; in Hangul, Hangul alone.',
    ko: '이름을 하나는 적어 주세요. 한글 이름에는 한글만 적어 주세요.',
  },
  'console.told_wrong.phone': { en: 'Type the ten digits of the number.', ko: '전화번호 10자리를 입력해 주세요.' },
  'console.told_wrong.email': {
    en: 'Please check the e-mail address, for example name@example.com.',
    ko: '이메일 주소를 다시 확인해 주세요. 예: name@example.com',
  },
  'console.told_wrong.address': {
    en: 'Write house number and street; a ZIP code has five digits.',
    ko: '번지와 거리 이름을 적어 주세요. 우편번호는 다섯 자리입니다.',
  },
  'console.told_wrong.language': { en: 'Choose a language.', ko: '언어를 골라 주세요.' },
  'console.told_wrong.member': {
    en: 'Write at least one name; a number has ten digits.',
    ko: '이름을 하나는 적어 주세요. 전화번호는 10자리입니다.',
  },
  'console.told_wrong.tag': { en: 'Choose a tag.', ko: '태그를 골라 주세요.' },
  'console.told_wrong.no_calls': { en: 'Choose who said so.', ko: '누가 말씀하셨는지 골라 주세요.' },
  'console.told_wrong.opt_out': { en: 'Choose what they do not want.', ko: '원치 않으시는 것을 골라 주세요.' },
  'console.told_choose': { en: 'Choose', ko: '고르세요' },
  'console.told_save': { en: 'Note it', ko: '적어 두기' },
  'console.told_first_name': { en: 'First name', ko: '영문 이름' },
  'console.told_last_name': { en: 'Last name', ko: '영문 성' },
  'console.told_hangul': { en: 'Name in Hangul', ko: '한글 성함' },
  'console.told_phone': { en: 'Number', ko: '전화번호' },
  'console.told_email': { en: 'E-mail address', ko: '이메일 주소' },
  'console.told_street': { en: 'House number, street, apartment', ko: '번지, 거리 이름, 호수' },
  'console.told_city': { en: 'City', ko: '도시' },
  'console.told_zip': { en: 'ZIP code', ko: '우편번호' },
  'console.told_language': { en: 'They speak', ko: '편하게 쓰는 말' },
  'console.told_tag': { en: 'Tag', ko: '태그' },
  'console.told_channel': { en: 'They do not want', ko: '원치 않으시는 것' },
  'console.channel.text': { en: 'text messages', ko: '문자' },
  'console.channel.email': { en: 'e-mail', ko: '이메일' },
  'console.channel.post': { en: 'letters', ko: '우편물' },
  'console.told_no_calls': {
    en: 'From now on nobody of our organization calls them. What they answered is kept: go on, and save as usual.',
    ko: '지금부터 우리 단체에서 이분께 전화하지 않습니다. 답하신 내용은 그대로 남으니 평소처럼 저장하세요.',
  },

  'console.batch': { en: 'Call without a connection', ko: '인터넷 없이 걸기' },
  'console.batch_text': {
    en: 'Take voters along before you go where there is no connection. They are yours until the time is over; nobody else calls them. Results are sent when the connection is back.',
    ko: '인터넷이 안 되는 곳에 가기 전에 걸 분들을 미리 받아 두세요. 정한 시간까지는 다른 봉사자가 걸지 않습니다. 결과는 인터넷이 연결되면 보냅니다.',
  },
  'console.batch_now': {
    en: {
      one: '{{count}} voter is in your hands, until {{until}}.',
      other: '{{count}} voters are in your hands, until {{until}}.',
    },
    ko: '지금 맡으신 분은 {{count}}명이고 {{until}}까지입니다.',
  },
  'console.batch_not_durable': {
    en: 'This device cannot keep them when the page is closed: stay on this page.',
    ko: '이 기기에는 저장할 수 없습니다. 화면을 닫지 마세요.',
  },
  'console.batch_lines': { en: 'How many', ko: '번호 수' },
  'console.batch_voters': { en: { one: '{{count}} number', other: '{{count}} numbers' }, ko: '번호 {{count}}개' },
  'console.batch_hours': { en: 'For how long', ko: '몇 시간' },
  'console.batch_hour': { en: { one: '{{count}} hour', other: '{{count}} hours' }, ko: '{{count}}시간' },
  'console.batch_take': { en: 'Take them along', ko: '미리 받기' },
  'console.batch_taken': {
    en: {
      one: '{{count}} voter is on this device now, until {{at}}.',
      other: '{{count}} voters are on this device now, until {{at}}.',
    },
    ko: '{{count}}명을 이 기기에 받아 두었습니다. {{at}}까지 거시면 됩니다.',
  },
  'console.batch_fewer': {
    en: {
      one: '{{count}} voter is on this device now, until {{at}}; there were no more for you. {{why}}',
      other: '{{count}} voters are on this device now, until {{at}}; there were no more for you. {{why}}',
    },
    ko: '지금 더 받으실 분이 없어 {{count}}명만 이 기기에 받아 두었습니다. {{at}}까지 거시면 됩니다. {{why}}',
  },
  'console.batch_none': {
    en: 'There was nobody to take along. {{why}}',
    ko: '지금 미리 받으실 분이 없습니다. {{why}}',
  },
  'console.batch_bridge': {
    en: 'Here the organization’s telephone places the calls, which needs a connection: voters cannot be taken along. Ask the host whether you may call from your own phone.',
    ko: '여기서는 단체 번호로 연결해 걸기 때문에 인터넷이 꼭 있어야 하고, 미리 받아 둘 수 없습니다. 본인 전화로 걸어도 되는지 진행자에게 물어보세요.',
  },
  'console.batch_offline': {
    en: 'There is no connection, so no more voters could be taken.',
    ko: '인터넷이 연결되지 않아 더 받지 못했습니다.',
  },
  'console.batch_install': {
    en: 'Put this page on your home screen (browser menu, “Add to Home Screen”): it then opens without a connection too.',
    ko: '브라우저 메뉴에서 “홈 화면에 추가”를 누르면 인터넷 없이도 열립니다.',
  },

  'console.previous': { en: 'Last: {{name}}, {{result}}', ko: '방금: {{name}}, {{result}}' },
  'console.edit': { en: 'Change', ko: '고치기' },
  'console.edit_title': { en: 'You are changing: {{name}}, {{result}}', ko: '고치는 중: {{name}}, {{result}}' },
  'console.edit_text': {
    en: 'Choose the right result, or change the answers. Until you save, the first result stays.',
    ko: '맞는 결과를 고르거나 답을 고쳐 주세요. 저장하기 전까지는 처음 결과가 그대로 있습니다.',
  },
  'console.edit_keep': { en: 'Save, still “{{result}}”', ko: '‘{{result}}’ 그대로 저장' },
  'console.edit_keep_long': {
    en: 'What you wrote above is saved, the result stays',
    ko: '위에 적은 것을 저장하고 결과는 그대로 둡니다',
  },
  'console.edit_stop': { en: 'Leave it as it was', ko: '고치지 않기' },
  'console.edit_answers': { en: 'To the questions and answers', ko: '질문과 답 보기' },
  'console.edit_dropped': {
    en: 'Not changed. The first result stays: {{name}}',
    ko: '고치지 않았습니다. 처음 결과가 그대로 있습니다. {{name}}',
  },
  'console.edit_gone': {
    en: 'This result was taken back in the meantime, so it cannot be changed.',
    ko: '그사이 되돌린 결과라 고칠 수 없습니다.',
  },
  'console.edit_offline': {
    en: 'This one was made on another page and needs a connection to be changed. Try again when it is there.',
    ko: '이 화면에서 기록한 결과가 아니어서 인터넷이 있어야 고칠 수 있습니다. 연결되면 다시 눌러 주세요.',
  },
  'console.undone': { en: 'Taken back: {{name}}', ko: '되돌렸습니다. {{name}}' },
  'console.undone_gone.taken': {
    en: 'Taken back. Another caller has {{name}} now.',
    ko: '되돌렸습니다. {{name}} 님은 이제 다른 봉사자가 맡았습니다.',
  },
  'console.undone_gone.closed': {
    en: 'Taken back. {{name}} is not to be called here any more.',
    ko: '되돌렸습니다. {{name}} 님께는 이제 여기서 전화하지 않습니다.',
  },
  'console.undone_gone.later': {
    en: 'Taken back. {{name}} comes up again later.',
    ko: '되돌렸습니다. {{name}} 님은 나중에 다시 나옵니다.',
  },
  'console.undo_offline': {
    en: 'This one was sent already. It can be taken back when the connection is there.',
    ko: '이미 보낸 결과입니다. 인터넷이 연결되면 되돌릴 수 있습니다.',
  },
  'console.undo_too_late': {
    en: 'It is too late to take this back; ask the host.',
    ko: '시간이 지나 되돌릴 수 없습니다. 진행자에게 말씀해 주세요.',
  },

  'console.empty_title': { en: 'Nobody to call right now', ko: '지금 걸 전화가 없습니다' },
  'console.empty.preparing': {
    en: 'The list is being put together. It takes a moment.',
    ko: '명단을 준비하고 있습니다. 잠시만 기다려 주세요.',
  },
  'console.empty.outside_hours': { en: 'It is outside calling hours.', ko: '전화 걸 수 있는 시간이 아닙니다.' },
  'console.empty.quiet_day': {
    en: 'No calls today: {{day}}.',
    ko: '오늘은 전화를 쉬는 날입니다({{day}}).',
  },
  'console.empty.quiet_day_own': { en: 'No calls today.', ko: '오늘은 전화를 쉬는 날입니다.' },
  'console.empty.all_leased': {
    en: { one: 'Other callers have the last {{count}}.', other: 'Other callers have the last {{count}}.' },
    ko: '남은 {{count}}명은 다른 봉사자가 맡고 있습니다.',
  },
  'console.empty.resting': {
    en: { one: '{{count}} voter was tried a short time ago.', other: '{{count}} voters were tried a short time ago.' },
    ko: '조금 전에 걸었던 {{count}}명은 쉬었다가 다시 겁니다.',
  },
  'console.empty.call_back_later': {
    en: { one: '{{count}} voter asked to be called later.', other: '{{count}} voters asked to be called later.' },
    ko: '나중에 다시 걸기로 한 유권자가 {{count}}명 있습니다.',
  },
  'console.empty.other_language': {
    en: { one: '{{count}} voter left speaks another language.', other: '{{count}} voters left speak other languages.' },
    ko: '남은 {{count}}명은 다른 언어를 쓰는 분입니다.',
  },
  'console.empty.on_paper': {
    en: {
      one: '{{count}} voter left is on a printed call sheet.',
      other: '{{count}} voters left are on printed call sheets.',
    },
    ko: '남은 {{count}}명은 인쇄한 통화 기록지에 있습니다.',
  },
  'console.empty.skipped': {
    en: {
      one: 'You put off {{count}} voter: another caller will call them.',
      other: 'You put off {{count}} voters: other callers will call them.',
    },
    ko: '건너뛰신 {{count}}명은 다른 봉사자가 전화합니다.',
  },
  'console.empty.organizer': {
    en: {
      one: 'Everybody else has been called. An organizer has to look at {{count}} voter first. Thank you!',
      other: 'Everybody else has been called. An organizer has to look at {{count}} voters first. Thank you!',
    },
    ko: '나머지는 모두 통화했습니다. {{count}}명은 담당자가 먼저 확인해야 합니다. 고맙습니다.',
  },
  'console.empty.no_number': {
    en: { one: '{{count}} voter left has no number.', other: '{{count}} voters left have no number.' },
    ko: '남은 {{count}}명은 전화번호가 없습니다.',
  },
  'console.empty.finished': { en: 'Everybody has been called. Thank you!', ko: '모두 통화했습니다. 고맙습니다.' },
  'console.empty_newcomers_title': {
    en: 'Nobody on the list of voters to call',
    ko: '유권자 명단에는 걸 전화가 없습니다',
  },
  'console.empty_newcomers': {
    en: {
      one: '{{count}} person who is in no voter file waits for your call.',
      other: '{{count}} people who are in no voter file wait for your call.',
    },
    ko: '유권자 명부에 없는 분 {{count}}명이 전화를 기다립니다.',
  },
  'console.to_newcomers': { en: 'Call them', ko: '전화하러 가기' },
  'console.empty.quota': {
    en: 'There are enough answers now, so nobody more is called. Everything you recorded counts. You may stop here, or ask the host where else you are needed. Thank you for every call!',
    ko: '필요한 답이 모두 모여 더 걸지 않습니다. 기록하신 결과는 모두 반영됩니다. 여기서 마치셔도 되고, 다른 곳에 도움이 필요한지 진행자에게 물어보셔도 됩니다. 한 통 한 통 고맙습니다!',
  },
  'console.empty.limit': {
    en: 'You have made as many calls as one should in a day. Thank you, and rest!',
    ko: '하루에 거는 전화를 모두 거셨습니다. 고맙습니다. 푹 쉬세요!',
  },
  'console.empty_ready': { en: 'More will be ready at {{when}}.', ko: '{{when}}에 다시 나옵니다.' },
  'console.empty_again': { en: 'Look again', ko: '다시 확인' },
  'console.empty_watching': {
    en: 'This page looks by itself every half minute.',
    ko: '이 화면이 30초마다 스스로 확인합니다.',
  },
  'console.empty_offline': {
    en: 'The next voters come when the connection is back.',
    ko: '인터넷이 연결되면 다음 분이 나옵니다.',
  },
  'console.door.paused': { en: 'The host has paused this phone bank', ko: '진행자가 잠시 멈추었습니다' },
  'console.door.paused_text': {
    en: 'It goes on by itself here when they resume.',
    ko: '다시 시작하면 이 화면에 다음 분이 나옵니다.',
  },
  'console.door.ended': { en: 'This phone bank has ended', ko: '전화 캠페인이 끝났습니다' },
  'console.door.ended_text': { en: 'Thank you for every call.', ko: '함께해 주셔서 감사합니다.' },
  'console.door.over': { en: 'This phone bank is over', ko: '전화 캠페인 기간이 끝났습니다' },
  'console.door.over_text': {
    en: 'Its last day has passed. Thank you for every call.',
    ko: '마지막 날이 지났습니다. 함께해 주셔서 감사합니다.',
  },
  'console.door.not_started': { en: 'This phone bank has not begun yet', ko: '아직 시작하지 않았습니다' },
  'console.door.not_started_text': { en: 'Come back on the first day.', ko: '시작하는 날에 다시 열어 주세요.' },
  'console.door.practice': { en: 'Only practice for now', ko: '지금은 연습만 합니다' },
  'console.door.practice_text': {
    en: 'The host has set this phone bank to practice. Once voters are called again, it goes on here by itself.',
    ko: '진행자가 연습만 하도록 바꾸었습니다. 다시 전화를 걸게 되면 이 화면에서 이어집니다.',
  },
  'console.to_practice': { en: 'Practice', ko: '연습하기' },
  'console.door.removed': { en: 'You have been taken off this phone bank', ko: '참여가 끝났습니다' },
  'console.door.removed_text': {
    en: 'If that is a mistake, ask the host. Once they let you in again, it goes on here by itself.',
    ko: '잘못되었으면 진행자에게 말씀해 주세요. 진행자가 다시 참여하게 하면 이 화면에서 이어집니다.',
  },
  'console.hours': { en: 'Calling hours: {{hours}}', ko: '전화 거는 시간: {{hours}}' },
  'console.leave': { en: 'Stop for today', ko: '오늘은 그만' },
  'console.left_title': { en: 'Thank you, {{name}}!', ko: '{{name}} 님, 고맙습니다' },
  'console.left_text': {
    en: {
      one: 'You made {{count}} call. The voters in your hands went back to the others.',
      other: 'You made {{count}} calls. The voters in your hands went back to the others.',
    },
    ko: '오늘 모두 {{count}}통 거셨습니다. 남은 분들은 다른 봉사자가 이어서 겁니다.',
  },
  'console.left_talks': {
    en: { one: 'You talked with {{count}} voter.', other: 'You talked with {{count}} voters.' },
    ko: '{{count}}명과 대화하셨습니다.',
  },
  'console.left_unsent': {
    en: {
      one: '{{count}} result is not sent yet. Leave this page open until it is.',
      other: '{{count}} results are not sent yet. Leave this page open until they are.',
    },
    ko: '아직 보내지 못한 결과가 {{count}}건 있습니다. 다 보낼 때까지 이 화면을 열어 두세요.',
  },
  'console.go_on': { en: 'Go on calling', ko: '계속 걸기' },
})

declare module '../../platform/i18n/messages.ts' {
  interface RoomMessages {
    console: typeof consoleMessages
  }
}

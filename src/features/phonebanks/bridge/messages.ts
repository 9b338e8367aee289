import { messages } from '../../../platform/i18n/messages.ts'

export const bridgeMessages = messages({
  'bridge.way': { en: 'How callers call', ko: '전화 거는 방법' },
  'bridge.way_choose': { en: 'Choose one', ko: '하나를 골라 주세요' },
  'bridge.way.own_phone': { en: 'From their own phone', ko: '본인 전화로' },
  'bridge.way.own_phone_hint': {
    en: 'They tap the number or dial it. Works everywhere; voters may see the caller’s number.',
    ko: '번호를 누르거나 직접 겁니다. 어디서나 되지만 유권자에게 봉사자의 번호가 보일 수 있습니다.',
  },
  'bridge.way.bridge': { en: 'Over the bridge', ko: '단체 번호로 연결' },
  'bridge.way.bridge_hint': {
    en: 'The system calls the caller once, then each voter the caller presses. Voters see the organization’s number.',
    ko: '시스템이 봉사자에게 한 번 전화한 뒤, 봉사자가 누를 때마다 유권자를 연결합니다. 유권자에게는 단체 번호가 보입니다.',
  },
  'bridge.way.practice': { en: 'Practice only', ko: '연습만' },
  'bridge.way.practice_hint': {
    en: 'Made-up voters to practice with. Nobody is called and nothing is recorded.',
    ko: '가상의 유권자로 연습합니다. 실제로 전화를 걸지 않고 기록도 남기지 않습니다.',
  },
  'bridge.way_lead': {
    en: 'You can change this at any time. A person starts every call; nothing dials by itself and no recorded voice is played.',
    ko: '언제든지 바꿀 수 있습니다. 모든 전화는 사람이 눌러서 겁니다. 자동으로 걸거나 녹음된 음성을 들려드리지 않습니다.',
  },
  'bridge.readiness.ready': {
    en: 'The bridge is set up. Voters see the organization’s number and call it back: try once that it rings where somebody answers.',
    ko: '단체 번호로 연결할 준비가 되어 있습니다. 유권자가 그 번호로 다시 전화하니, 직접 한번 걸어 보고 받는 사람이 있는지 확인해 주세요.',
  },
  'bridge.readiness.no_carrier': {
    en: 'The bridge is not set up yet: this installation has no telephone company. Ask whoever runs the server to set up Twilio (docs/operating.md, “Calls over the bridge”).',
    ko: '아직 연결 준비가 되지 않았습니다. 이 서버에 전화 회사가 설정되어 있지 않습니다. 서버 담당자에게 Twilio 설정을 부탁해 주세요(docs/operating.md, “Calls over the bridge”).',
  },
  'bridge.readiness.no_address': {
    en: 'The bridge is not set up yet: the telephone company must reach this server at an https address. Ask whoever runs the server to set HANPYO_URL.',
    ko: '아직 연결 준비가 되지 않았습니다. 전화 회사가 이 서버를 https 주소로 찾을 수 있어야 합니다. 서버 담당자에게 HANPYO_URL 설정을 부탁해 주세요.',
  },
  'bridge.readiness.no_number': {
    en: 'The bridge is not set up yet: the organization has no phone number for voters to see and call back. Enter it in the organization’s settings; it must be a number of your Twilio account, or verified there.',
    ko: '아직 연결 준비가 되지 않았습니다. 유권자에게 보이고 다시 걸 수 있는 단체 번호가 없습니다. 단체 설정에 번호를 적어 주세요. Twilio 계정의 번호이거나 Twilio에서 확인한 번호여야 합니다.',
  },
  'bridge.to_organization': { en: 'Organization settings', ko: '단체 설정' },
  'bridge.practice_here': { en: 'Practice first', ko: '먼저 연습하기' },

  'bridge.spoken_key': {
    en: 'This is your phone bank. Press 1 to begin calling.',
    ko: '전화 캠페인입니다. 시작하시려면 1번을 눌러 주세요.',
  },

  // Heard by whoever calls the organization's number: they called us.
  'bridge.spoken_called_back': {
    en: 'You have reached {{organization}}. One of our volunteers called you. A volunteer will call you back. Thank you.',
    ko: '{{organization}}입니다. 저희 자원봉사자가 전화드렸습니다. 자원봉사자가 다시 전화드리겠습니다. 감사합니다.',
  },
  'bridge.spoken_reached': {
    en: 'You have reached {{organization}}. Our volunteers call voters from this number. Thank you for calling.',
    ko: '{{organization}}입니다. 저희 자원봉사자들이 이 번호로 유권자께 전화드립니다. 전화해 주셔서 감사합니다.',
  },
  'bridge.inbound': {
    en: 'Nobody at that number? At Twilio, under the number’s “A call comes in”, enter this address (Webhook, HTTP POST): whoever calls hears in both languages who called, and the voter is called back.',
    ko: '그 번호를 받는 분이 없나요? Twilio에서 번호의 “A call comes in”에 이 주소를 넣으세요(Webhook, HTTP POST). 전화하신 분은 누가 걸었는지 두 언어로 듣고, 다시 걸 유권자로 올라갑니다.',
  },

  'bridge.text_stopped': {
    en: 'You will get no more texts from us.',
    ko: '더 이상 문자를 보내지 않겠습니다.',
  },
  'bridge.inbound_texts': {
    en: 'Texts to that number: enter this address under “A message comes in”. STOP ends texts at once; any other reply stands among the follow-ups.',
    ko: '그 번호로 오는 문자: “A message comes in”에 이 주소를 넣으세요. STOP이라고 답하신 분께는 바로 문자를 보내지 않고, 다른 답은 할 일에 올라갑니다.',
  },
  'bridge.no_texts': {
    en: 'Callers send links by e-mail only. Is the number registered for texts? Say so in the organization’s settings, and they can be texted.',
    ko: '봉사자는 주소를 이메일로만 보냅니다. 번호가 문자 발송용으로 등록되어 있으면 단체 설정에서 켜 주세요. 문자로도 보낼 수 있습니다.',
  },
  'bridge.texts': { en: 'Links texted', ko: '문자로 보낸 주소' },
  'bridge.text.waiting': { en: 'about to be sent', ko: '보내는 중' },
  'bridge.text.sent': { en: 'sent, arrival not reported yet', ko: '보냈고 도착은 아직 모름' },
  'bridge.text.delivered': { en: 'arrived', ko: '도착함' },
  'bridge.text.failed': { en: 'not delivered', ko: '전달되지 않음' },
  'bridge.text.withheld': {
    en: 'not sent: agreement taken back, not a mobile number, outside hours, or texts switched off',
    ko: '보내지 않음: 동의를 거두셨거나, 휴대전화가 아니거나, 시간이 지났거나, 문자가 꺼져 있음',
  },

  'bridge.title': { en: 'Your line', ko: '내 전화 연결' },
  'bridge.not_set_up': {
    en: 'Calling over the organization’s number is not set up yet. Please tell your organizer.',
    ko: '단체 번호로 거는 기능이 아직 준비되지 않았습니다. 담당자에게 알려 주세요.',
  },
  'bridge.off': {
    en: 'Enter your phone number once. We call you, you press 1 and stay on the line. Then you press for each voter.',
    ko: '본인 전화번호를 한 번만 적어 주세요. 저희가 전화를 드리면 1번을 누르고 끊지 말고 계세요. 그다음 유권자마다 버튼을 누르시면 됩니다.',
  },
  'bridge.private': {
    en: 'Nobody sees your number: not the voter, not the other callers. It is erased when you stop.',
    ko: '번호는 유권자나 다른 봉사자에게 보이지 않으며, 마치시면 지워집니다.',
  },
  'bridge.phone': { en: 'Your phone number', ko: '본인 전화번호' },
  'bridge.start': { en: 'Call me', ko: '나에게 전화하기' },
  'bridge.calling': {
    en: 'Your phone rings. Answer it and press 1.',
    ko: '전화가 울립니다. 받아서 1번을 눌러 주세요.',
  },
  'bridge.still_on': {
    en: 'You are still on the line with the voter before. Hang up, then call the next one.',
    ko: '앞의 분과 아직 연결되어 있습니다. 끊으신 뒤에 다음 분께 걸어 주세요.',
  },
  'bridge.joined': { en: 'You are on the line.', ko: '연결되어 있습니다.' },
  'bridge.end': { en: 'Leave the line', ko: '연결 끝내기' },
  'bridge.why_off.left': { en: 'You left the line.', ko: '연결을 끝냈습니다.' },
  'bridge.why_off.hung_up': {
    en: 'Your phone hung up. Press “Call me” to go on.',
    ko: '전화가 끊겼습니다. 계속하시려면 “나에게 전화하기”를 눌러 주세요.',
  },
  'bridge.why_off.not_reached': {
    en: 'We could not reach your phone. Check the number and try again.',
    ko: '전화가 연결되지 않았습니다. 번호를 확인하고 다시 해 주세요.',
  },
  'bridge.why_off.no_key': {
    en: 'Nobody pressed 1. Try again and press 1 when you answer.',
    ko: '1번을 누르지 않았습니다. 다시 걸어 드리면 받아서 1번을 눌러 주세요.',
  },
  'bridge.join_first': {
    en: 'Join the line first',
    ko: '먼저 내 전화 연결하기',
  },
  'bridge.state.dialing': { en: 'Dialing…', ko: '거는 중입니다.' },
  'bridge.state.ringing': { en: 'Ringing…', ko: '벨이 울립니다.' },
  'bridge.state.answered': {
    en: 'Answered. Listen: a person, or a mailbox?',
    ko: '받았습니다. 사람인지 음성사서함인지 들어 보세요.',
  },
  'bridge.state.busy': { en: 'The line is busy.', ko: '통화 중입니다.' },
  'bridge.state.no_answer': { en: 'Nobody answered.', ko: '받지 않습니다.' },
  'bridge.state.failed': {
    en: 'The call could not be put through. The number may be out of service.',
    ko: '연결되지 않았습니다. 없는 번호일 수 있습니다.',
  },
  'bridge.state.canceled': { en: 'You hung up before anybody answered.', ko: '받기 전에 끊었습니다.' },
  'bridge.state.ended': { en: 'The call is over. Save the result.', ko: '통화가 끝났습니다. 결과를 저장해 주세요.' },
  'bridge.hang_up': { en: 'Hang up', ko: '끊기' },
  'bridge.suggest': { en: 'Save “{{result}}”', ko: '“{{result}}” 저장' },
  'bridge.suggest_hint': {
    en: 'Only a suggestion. Nothing is saved until you press.',
    ko: '제안일 뿐이며, 누르셔야 저장됩니다.',
  },
  'bridge.voicemail': {
    en: 'A mailbox? Read the message below yourself after the tone, or hang up and skip. Recorded messages are not used.',
    ko: '음성사서함이면 삐 소리 뒤에 아래 글을 직접 읽으시거나, 끊고 넘어가세요. 녹음된 메시지는 쓰지 않습니다.',
  },
  'bridge.demo': {
    en: 'Practice town: no real telephone rings, here or at the voter’s.',
    ko: '연습용 마을입니다. 실제 전화는 울리지 않습니다.',
  },
  'bridge.offline': {
    en: 'No answer from the server. Your phone call goes on; try again in a moment.',
    ko: '서버에서 답이 없습니다. 통화는 이어집니다. 잠시 뒤 다시 해 주세요.',
  },
  'bridge.problem.not_set_up': {
    en: 'Calling over the organization’s number is not set up yet. Please tell your organizer.',
    ko: '단체 번호로 거는 기능이 아직 준비되지 않았습니다. 담당자에게 알려 주세요.',
  },
  'bridge.problem.bad_caller_phone': {
    en: 'Enter your own number with 10 digits, in the United States or Canada. Example: 718-555-0100.',
    ko: '미국이나 캐나다의 본인 전화번호 10자리를 적어 주세요. 예: 718-555-0100',
  },
  'bridge.problem.too_many_starts': {
    en: 'Your phone was called many times in the last hour. Wait a while or ask your organizer.',
    ko: '한 시간 동안 여러 번 전화를 드렸습니다. 잠시 기다리시거나 담당자에게 물어봐 주세요.',
  },
  'bridge.problem.not_joined': {
    en: 'Your phone is not on the line yet. Join first.',
    ko: '아직 전화가 연결되지 않았습니다. 먼저 연결해 주세요.',
  },
  'bridge.problem.closed': {
    en: 'This phone bank does not call over the bridge right now.',
    ko: '지금은 이 전화 캠페인에서 단체 번호로 걸 수 없습니다.',
  },
  'bridge.problem.not_yours': {
    en: 'This voter is no longer yours to call. The next one comes by itself.',
    ko: '이 유권자는 다른 분이 맡았습니다. 곧 다음 분이 나옵니다.',
  },
  'bridge.problem.other_number': {
    en: 'This number is no longer to be called.',
    ko: '이 번호로는 더 걸지 않습니다.',
  },
  'bridge.problem.costly_number': {
    en: 'The organization’s line calls the United States and Canada only, and no numbers that cost extra. Nobody was dialed. If the number is not the voter’s, save “Wrong number”.',
    ko: '단체 번호로는 미국과 캐나다에만 걸고, 요금이 더 드는 번호에는 걸지 않습니다. 전화를 걸지 않았습니다. 그분 번호가 아니면 “잘못된 번호”로 저장해 주세요.',
  },
  'bridge.problem.suppressed': {
    en: 'This voter asked not to be called, or must not be. Nobody was dialed.',
    ko: '전화를 원치 않으시거나 걸면 안 되는 분입니다. 전화를 걸지 않았습니다.',
  },
  'bridge.problem.outside_hours': {
    en: 'It is outside calling hours where this voter lives. Nobody was dialed.',
    ko: '이 유권자가 사는 곳은 지금 전화 시간이 아닙니다. 전화를 걸지 않았습니다.',
  },
  'bridge.problem.call_going_on': {
    en: 'A call is going on already. Hang up first.',
    ko: '이미 통화가 진행 중입니다. 먼저 끊어 주세요.',
  },
  'bridge.problem.carrier_refused': {
    en: 'The telephone company did not place the call. If it happens again, tell your organizer.',
    ko: '전화 회사가 연결하지 않았습니다. 계속되면 담당자에게 알려 주세요.',
  },
  'bridge.problem.carrier_silent': {
    en: 'The telephone company did not answer. If you hear somebody, talk; to stop, hang up your own phone.',
    ko: '전화 회사에서 답이 없습니다. 상대 목소리가 들리면 말씀하시고, 그만두시려면 본인 전화를 끊어 주세요.',
  },
  'bridge.problem.bad_number': {
    en: 'The telephone company says this is not a number. “Not in service” may be the right result.',
    ko: '전화 회사에 따르면 없는 번호입니다. 결과에서 알맞은 것을 골라 주세요.',
  },
  'bridge.problem.bad_caller_id': {
    en: 'The organization’s number is not verified with the telephone company. Please tell your organizer.',
    ko: '단체 번호가 전화 회사에 확인되어 있지 않습니다. 담당자에게 알려 주세요.',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    bridge: typeof bridgeMessages
  }
}

import { messages } from '../../../platform/i18n/messages.ts'

export const replyMessages = messages({
  'replies.title': { en: 'Right of reply', ko: '후보 반론 받기' },
  'replies.lead': {
    en: 'Each candidate reads by a private link what the guide will say of them, and may reply. Replies stand beside the texts, in their own words.',
    ko: '후보마다 안내에 실릴 자기 내용을 비공개 주소에서 미리 보고 반론을 쓸 수 있습니다. 반론은 후보가 쓴 그대로 옆에 실립니다.',
  },
  'replies.step_none': { en: 'Not offered yet.', ko: '아직 받지 않습니다.' },
  'replies.step': {
    en: 'Until {{date}}: {{read}} of {{total}} candidates read it, {{replied}} replied.',
    ko: '{{date}}까지. 후보 {{total}}명 중 {{read}}명이 읽었고 {{replied}}명이 반론을 썼습니다.',
  },
  'replies.terms': { en: 'Until when, and how long', ko: '마감일과 길이' },
  'replies.until_on': { en: 'Last day to reply', ko: '반론 마감일' },
  'replies.until_hint': {
    en: 'To the end of that day where your organization is.',
    ko: '단체가 있는 곳의 그날 밤 12시까지입니다.',
  },
  'replies.words_most': { en: 'At most so many words under an issue', ko: '현안 하나에 쓸 수 있는 영어 단어 수' },
  'replies.words_hint': {
    en: 'Korean counts by syllables: 100 words are 250 syllables. From 20 to 500.',
    ko: '한국어는 글자 수로 셉니다. 100단어가 250자입니다. 20~500 사이로 정하세요.',
  },
  'replies.words_range': { en: 'A number from 20 to 500.', ko: '20~500 사이의 숫자를 적어 주세요.' },
  'replies.candidates': { en: 'Candidates', ko: '후보' },
  'replies.no_contest': { en: 'Choose the contests of the guide first.', ko: '먼저 안내에 다룰 공직을 고르세요.' },
  'replies.first_offer': {
    en: 'First say until when they may reply.',
    ko: '먼저 위에서 마감일을 정해 주세요.',
  },
  'replies.state.not_asked': { en: 'No link yet', ko: '주소 없음' },
  'replies.state.asked': { en: 'Has a link', ko: '주소 있음' },
  'replies.state.opened': { en: 'Opened it', ko: '열어 봄' },
  'replies.state.read': { en: 'Read it, no reply', ko: '읽음, 반론 없음' },
  'replies.state.replied': { en: 'Replied', ko: '반론 있음' },
  'replies.state.revoked': { en: 'Link taken back', ko: '주소를 막음' },
  'replies.changed_since': {
    en: 'What the guide says of them changed since they read it.',
    ko: '읽은 뒤에 안내의 내용이 바뀌었습니다.',
  },
  'replies.said_anew': {
    en: 'What the guide says of them changed after they replied: {{names}}. Tell them before you publish.',
    ko: '반론을 쓴 뒤에 안내의 내용이 바뀌었습니다: {{names}}. 공개하기 전에 알려 주세요.',
  },
  'replies.link_of': { en: 'Private link of {{name}}', ko: '{{name}} 후보의 비공개 주소' },
  'replies.link_make': { en: 'Make a link', ko: '주소 만들기' },
  'replies.link_make_for': { en: 'Make a link for {{name}}', ko: '{{name}} 후보 주소 만들기' },
  'replies.link_another': { en: 'Make another link', ko: '새 주소 만들기' },
  'replies.link_another_for': { en: 'Make another link for {{name}}', ko: '{{name}} 후보 새 주소 만들기' },
  'replies.link_end': { en: 'Change or take back the link', ko: '주소 바꾸기 또는 막기' },
  'replies.link_end_lead': {
    en: 'The link the campaign has stops working at once, wherever it was sent. Replies stay.',
    ko: '캠프에 이미 보낸 주소는 바로 열리지 않게 됩니다. 쓴 반론은 그대로 남습니다.',
  },
  'replies.link_revoke': { en: 'Take the link back', ko: '주소 막기' },
  'replies.link_revoke_for': { en: 'Take the link back: {{name}}', ko: '{{name}} 후보 주소 막기' },
  'replies.no_email': {
    en: 'No e-mail address: print the letter below, or send the link by text message.',
    ko: '이메일 주소가 없습니다. 아래 편지를 인쇄하거나 주소를 문자 메시지로 보내 주세요.',
  },
  'replies.link_ended': { en: 'This link no longer works', ko: '이 주소는 더 열리지 않습니다' },
  'replies.link_ended_text': {
    en: 'It was replaced by a newer one, withdrawn, or not copied whole. Look for the latest mail of {{name}}, or ask them for a new link.',
    ko: '새 주소로 바뀌었거나 사용을 막은 주소, 또는 일부만 복사한 주소입니다. {{name}}에서 가장 최근에 보낸 메일을 찾아보거나 새 주소를 요청해 주세요.',
  },
  'replies.letter_in': { en: 'Letter on paper ({{language}})', ko: '종이 편지({{language}})' },
  'replies.write': { en: 'Send the link by e-mail', ko: '주소를 이메일로 보내기' },
  'replies.write_for': { en: 'Send the link by e-mail: {{name}}', ko: '{{name}} 후보에게 주소를 이메일로 보내기' },
  'replies.has_it': {
    en: 'This address was already sent this link. It goes out once; make another link if it was lost.',
    ko: '이 이메일로는 이미 보냈습니다. 같은 주소는 한 번만 보냅니다. 잃어버렸다면 새 주소를 만들어 주세요.',
  },
  'replies.not_offered': { en: 'The last day to reply is over.', ko: '반론 마감일이 지났습니다.' },
  'replies.mailed': { en: 'Sent to {{to}} on {{when}}', ko: '{{when}} {{to}}에 보냄' },
  'replies.mailed_waiting': { en: 'Waiting to be sent to {{to}}', ko: '{{to}}에 보내는 중' },
  'replies.mailed_unknown': {
    en: 'To {{to}}: the program stopped while sending, so nobody knows whether it arrived. Ask the campaign before you make another link.',
    ko: '{{to}}: 보내는 도중에 프로그램이 멈춰 도착했는지 알 수 없습니다. 새 주소를 만들기 전에 캠프에 물어보세요.',
  },
  'replies.reply_of': { en: 'Reply about {{issue}}', ko: '{{issue}}에 대한 반론' },
  'replies.translate': { en: 'Translate, or do not print', ko: '번역하거나 싣지 않기' },
  'replies.translate_for': {
    en: 'Translate, or do not print: {{name}}, {{issue}}',
    ko: '번역하거나 싣지 않기: {{name}}, {{issue}}',
  },
  'replies.own_words': { en: 'In the candidate’s own words', ko: '후보가 쓴 그대로' },
  'replies.own_words_kept': {
    en: 'It is printed as it came. Your organization may translate it, not change it.',
    ko: '후보가 보낸 그대로 실립니다. 단체는 번역만 할 수 있고 고칠 수 없습니다.',
  },
  'replies.another': {
    en: 'The candidate changed this reply since you opened it (now of {{date}}). Nothing was saved. Read the new words below; what you wrote is still here, and is saved for them once you press save again.',
    ko: '화면을 여신 뒤에 후보가 반론을 고쳤습니다({{date}} 반론). 아직 아무것도 저장하지 않았습니다. 아래 새 글을 읽어 주세요. 쓰신 내용은 그대로 있고, 다시 저장을 누르면 새 글에 붙습니다.',
  },
  'replies.before': { en: 'What you had read', ko: '전에 읽으신 글' },
  'replies.taken_back': {
    en: 'The candidate took this reply back meanwhile. There is nothing left to translate or withhold.',
    ko: '그사이 후보가 이 반론을 거두었습니다. 번역하거나 싣지 않을 글이 없습니다.',
  },
  'replies.text_in': { en: 'Translation ({{language}})', ko: '번역({{language}})' },
  'replies.withhold': { en: 'If it is not printed', ko: '싣지 않는다면' },
  'replies.withhold_lead': {
    en: 'For what the law forbids, or insults. In place of the reply everybody reads your reason. Leave it empty to print the reply.',
    ko: '법에 어긋나거나 남을 모욕하는 글일 때만 쓰세요. 반론 자리에 이 이유가 실립니다. 비워 두면 반론을 그대로 싣습니다.',
  },
  'replies.withheld_in': { en: 'Why it is not printed ({{language}})', ko: '싣지 않는 이유({{language}})' },
  'replies.not_printed': { en: 'Not printed', ko: '싣지 않음' },
  'replies.may_still': {
    en: 'Candidates may still reply until {{date}}; {{count}} of {{total}} said that they read what stands here.',
    ko: '{{date}}까지 후보가 반론을 쓸 수 있습니다. 후보 {{total}}명 중 {{count}}명이 이 내용을 읽었습니다.',
  },

  'replies.in_guide': { en: 'The candidate replies', ko: '후보의 반론' },
  'replies.replied_on': { en: 'Reply to what stands here, {{date}}', ko: '위 내용에 대한 반론, {{date}}' },
  'replies.withheld': {
    en: 'The candidate replied on {{date}}. {{name}} does not print the reply: ',
    ko: '후보가 {{date}} 반론을 보냈으나 {{name}}에서 싣지 않기로 했습니다. 이유: ',
  },
  'replies.all': { en: 'Replies of candidates', ko: '후보의 반론' },

  'replies.yours': { en: 'What the guide will say of you, {{name}}', ko: '{{name}} 후보님에 관해 안내에 실릴 내용' },
  'replies.yours_lead': {
    en: 'This is what {{organization}} will print of you in “{{guide}}”. You may reply under each issue; your reply stands beside it, in your own words.',
    ko: '{{organization}}의 ‘{{guide}}’에 후보님에 관해 이렇게 실립니다. 현안마다 반론을 쓰실 수 있고, 쓰신 그대로 옆에 실립니다.',
  },
  'replies.not_sent': {
    en: 'This was not sent: what you wrote here is too long.',
    ko: '보내지 않았습니다. 정해진 길이를 넘은 반론이 있습니다.',
  },
  'replies.yours_until': {
    en: 'Until {{date}}, the end of the day ({{zone}}).',
    ko: '{{date}} 밤 12시까지({{zone}}) 쓰실 수 있습니다.',
  },
  'replies.yours_over': {
    en: 'The last day to reply was {{date}}. Write to {{organization}} if something is wrong.',
    ko: '반론 마감일({{date}})이 지났습니다. 틀린 내용이 있으면 {{organization}}에 알려 주세요.',
  },
  'replies.yours_not_offered': {
    en: 'Replies are not taken yet.',
    ko: '아직 반론을 받지 않습니다.',
  },
  'replies.yours_private': {
    en: 'Whoever has this address can read this and reply, so pass it on inside your campaign alone. Nobody else sees the page before the guide is published.',
    ko: '이 주소를 가진 사람은 누구나 보고 쓸 수 있으니 캠프 안에서만 나눠 주세요. 안내를 공개하기 전에는 다른 사람이 볼 수 없습니다.',
  },
  'replies.yours_reply': { en: 'Your reply about {{issue}}', ko: '{{issue}}에 대한 반론' },
  'replies.yours_most': {
    en: 'At most {{count}} words ({{syllables}} syllables in Korean). Leave it empty if you have nothing to add.',
    ko: '{{syllables}}자까지(영어는 {{count}}단어) 쓰실 수 있습니다. 덧붙일 말이 없으면 비워 두세요.',
  },
  'replies.too_long': {
    en: 'This is longer than {{count}} words ({{syllables}} syllables in Korean). Please shorten it.',
    ko: '{{syllables}}자(영어는 {{count}}단어)를 넘었습니다. 줄여 주세요.',
  },
  'replies.yours_nothing': {
    en: 'Nothing about you stands in the guide yet. Come back to this address later.',
    ko: '아직 후보님에 관한 내용이 없습니다. 나중에 이 주소로 다시 와 주세요.',
  },
  'replies.send': { en: 'I have read this, send', ko: '읽었습니다. 보내기' },
  'replies.sent': {
    en: 'Received on {{when}}. Your replies stand in the guide as soon as it is published; until the last day you can change them here.',
    ko: '{{when}}에 받았습니다. 반론은 안내를 공개할 때 함께 실리고, 마감일까지 여기서 고치실 수 있습니다.',
  },
  'replies.sent_none': {
    en: 'Noted on {{when}}: you have read it and do not reply. Until the last day you can still do so.',
    ko: '{{when}}에 읽으셨고 반론이 없다고 적었습니다. 마감일까지는 쓰실 수 있습니다.',
  },
  'replies.changed': {
    en: 'While you wrote, what stands here changed, or somebody else of your campaign sent a reply. Please read it again and send once more; what you typed is still here.',
    ko: '쓰시는 동안 위 내용이 바뀌었거나 캠프의 다른 분이 반론을 보냈습니다. 다시 읽어 보고 한 번 더 보내 주세요. 쓰신 글은 그대로 있습니다.',
  },
  'replies.too_often': {
    en: 'Sent too often. Try again in an hour; what you typed is still here.',
    ko: '너무 자주 보냈습니다. 한 시간 뒤에 다시 보내 주세요. 쓰신 글은 그대로 있습니다.',
  },
  'replies.mail.subject': {
    en: '{{organization}}: what our voter guide will say of {{name}}, reply by {{date}}',
    ko: '[{{organization}}] 후보 비교 안내에 실릴 {{name}} 후보 내용 확인({{date}}까지)',
  },
  'replies.mail.text': {
    en: '“{{guide}}” of {{organization}} compares the candidates: {{contest}}. Before voters read it, please look at what it will say of you. You may reply under each issue, and your reply is printed beside it in your own words.',
    ko: '{{organization}}의 ‘{{guide}}’에서 {{contest}} 후보를 비교합니다. 공개하기 전에 후보님에 관해 실릴 내용을 확인해 주세요. 현안마다 반론을 쓰실 수 있고, 쓰신 그대로 옆에 실립니다.',
  },
  'replies.mail.how': {
    en: 'No account is needed. Whoever has this address can read it and reply, so pass it on inside your campaign alone.',
    ko: '계정은 필요 없습니다. 이 주소를 가진 사람은 누구나 보고 쓸 수 있으니 캠프 안에서만 나눠 주세요.',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    voterguide_replies: typeof replyMessages
  }
}

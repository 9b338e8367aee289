import { messages } from '../../../platform/i18n/messages.ts'

export const identityMessages = messages({
  'identity.title': { en: 'Who writes', ko: '보내는 사람' },
  'identity.lead': {
    en: 'The address your e-mail comes from, signed so that receivers can tell it is yours. Large providers refuse mail without it.',
    ko: '이메일을 보내는 주소와, 진짜 우리 메일임을 보이는 서명입니다. 큰 메일 회사는 서명이 없으면 받지 않습니다.',
  },
  'identity.from_address': { en: 'Address it comes from', ko: '보내는 주소' },
  'identity.from_hint': {
    en: 'Of a domain whose records you can change; not of gmail.com and its like.',
    ko: '직접 설정을 바꿀 수 있는 도메인 주소여야 합니다. gmail.com 같은 주소는 안 됩니다.',
  },
  'identity.reply_to': { en: 'Address answers go to', ko: '답장 받을 주소' },
  'identity.free_mail': {
    en: 'Other servers may not send in the name of that domain. Use one of your own.',
    ko: '그 도메인 이름으로는 다른 서버에서 보낼 수 없습니다. 단체의 도메인을 쓰세요.',
  },
  'identity.records': { en: 'Records of {{domain}}', ko: '{{domain}} 도메인 설정' },
  'identity.records_before': {
    en: 'Look now says which records are missing and what whoever looks after the domain has to put in.',
    ko: '‘지금 확인하기’를 누르면 어떤 설정이 없는지, 도메인을 관리하는 분이 무엇을 넣어야 하는지 나옵니다.',
  },
  'identity.records_lead': {
    en: 'Whoever looks after the domain puts these in. It may take hours until everybody sees them.',
    ko: '도메인을 관리하는 분이 넣어야 합니다. 모두에게 보이기까지 몇 시간 걸릴 수 있습니다.',
  },
  'identity.look': { en: 'Look now', ko: '지금 확인하기' },
  'identity.check.spf': { en: 'SPF: which servers may send', ko: 'SPF: 보내도 되는 서버' },
  'identity.check.dkim': { en: 'DKIM: the key of the signature', ko: 'DKIM: 서명 키' },
  'identity.check.dmarc': { en: 'DMARC: what receivers do with forged mail', ko: 'DMARC: 가짜 메일 처리' },
  'identity.check.reverse': { en: 'Reverse name of the mail server', ko: '메일 서버의 역방향 이름' },
  'identity.result.good': { en: 'Right', ko: '맞음' },
  'identity.result.missing': { en: 'Missing', ko: '없음' },
  'identity.result.wrong': { en: 'Wrong', ko: '틀림' },
  'identity.result.untold': { en: 'Cannot be told from here', ko: '여기서는 알 수 없음' },
  'identity.result.unused': { en: 'Nothing to check', ko: '확인할 것 없음' },
  'identity.why.spf_not_named': {
    en: 'The record does not let our mail server ({{at}}) send: receivers will refuse its mail or take it for junk.',
    ko: '이 값에는 우리 메일 서버({{at}})가 없습니다. 받는 쪽에서 메일을 거부하거나 스팸으로 봅니다.',
  },
  'identity.why.spf_everybody': {
    en: 'The record lets every server send in your name.',
    ko: '이 값은 누구나 우리 이름으로 보내도 된다는 뜻입니다.',
  },
  'identity.why.spf_two_records': {
    en: '{{at}} has more than one SPF record; receivers then read none. Make one of them.',
    ko: '{{at}} 도메인에 SPF 값이 두 개 이상이라 받는 쪽이 모두 무시합니다. 하나로 합치세요.',
  },
  'identity.why.spf_syntax': {
    en: '“{{at}}” is not a term of SPF; receivers then read nothing of the record.',
    ko: '“{{at}}” 부분이 SPF 형식에 맞지 않아 받는 쪽이 이 값을 읽지 못합니다.',
  },
  'identity.why.spf_no_include': {
    en: 'The record leads to {{at}}, which has no SPF record of its own. Take that out.',
    ko: '이 값이 가리키는 {{at}} 도메인에 SPF 값이 없습니다. 그 부분을 빼세요.',
  },
  'identity.why.spf_many_lookups': {
    en: 'Receivers look up ten names at most and give up before “{{at}}”. Take out services you no longer use, or write addresses (ip4:) in place of names.',
    ko: '받는 쪽은 이름을 열 번까지만 찾으므로 “{{at}}” 앞에서 멈춥니다. 더 쓰지 않는 서비스를 빼거나, 이름 대신 주소(ip4:)를 적으세요.',
  },
  'identity.why.spf_nothing_there': {
    en: 'More than two names in the record lead nowhere, the last one {{at}}; receivers then give up. Take them out.',
    ko: '이 값에 없는 이름이 셋 이상이라(마지막은 {{at}}) 받는 쪽이 읽기를 멈춥니다. 그 이름을 빼세요.',
  },
  'identity.why.spf_other_server': {
    en: 'Mail goes out through {{at}}, which may send it on from other addresses. Put in what that service says about SPF, and look at a mail you sent yourself.',
    ko: '메일은 {{at}} 서버를 거쳐 다른 주소에서 나갈 수 있습니다. 그 서비스가 안내하는 SPF 값을 넣고, 나에게 보낸 메일로 확인하세요.',
  },
  'identity.why.spf_no_server': {
    en: 'From which address mail goes out is not known here: it goes to the outbox, or to a mail server inside this network.',
    ko: '메일이 ‘보낸 편지함’에 쌓이거나 내부 메일 서버로 가므로, 어느 주소에서 나가는지 여기서는 알 수 없습니다.',
  },
  'identity.why.dmarc_of_parent': {
    en: 'The record of {{at}} holds for this domain too.',
    ko: '{{at}} 도메인의 값이 이 도메인에도 적용됩니다.',
  },
  'identity.why.no_answer': {
    en: 'The name server did not answer ({{at}}). Look again in a few minutes.',
    ko: '네임서버가 답하지 않았습니다({{at}}). 몇 분 뒤에 다시 확인하세요.',
  },
  'identity.found': { en: 'Found', ko: '지금 값' },
  'identity.wanted': { en: 'Should be', ko: '넣을 값' },
  'identity.name': { en: 'Name', ko: '이름' },
  'identity.use': { en: 'Write in this name and sign', ko: '이 주소로 서명해 보내기' },
  'identity.stop_using': { en: 'No longer write in this name', ko: '이 주소로 보내지 않기' },
  'identity.in_use': { en: 'E-mail is written in this name and signed.', ko: '이 주소로 서명해 보내고 있습니다.' },
  'identity.not_in_use': {
    en: 'Until the key is published, e-mail comes from {{address}}; answers go to your address.',
    ko: 'DKIM 키를 공개하기 전까지는 {{address}} 주소로 보내고, 답장은 적어 두신 주소로 갑니다.',
  },
  'identity.reports': { en: 'What came back', ko: '반송 알림' },
  'identity.reports_lead': {
    en: 'Where your mail server or the service you send through reports bounces and complaints. Whoever has such an address can report for you: give it to nobody else.',
    ko: '메일 서버나 발송 서비스가 반송과 신고를 알려 줄 주소입니다. 이 주소를 아는 쪽은 대신 알릴 수 있으니 다른 곳에 알리지 마세요.',
  },
  'identity.reports_mail': {
    en: 'Reports by mail, piped on (docs/email.md)',
    ko: '메일로 온 반송 알림 넘기기(docs/email.ko.md)',
  },
  'identity.changed': {
    en: 'Somebody saved another address meanwhile, so nothing changes. Look at its records first.',
    ko: '그사이 다른 분이 보내는 주소를 바꿔 적용하지 않았습니다. 새 주소의 설정을 먼저 확인해 주세요.',
  },
  'identity.key_needed': {
    en: 'The DKIM record is not right yet, so nothing changes.',
    ko: 'DKIM 값이 아직 맞지 않아 바뀌지 않았습니다.',
  },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    mail_identity: typeof identityMessages
  }
}

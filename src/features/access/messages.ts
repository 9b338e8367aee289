import { messages, type Translate } from '../../platform/i18n/messages.ts'
import { roles } from './permissions.ts'

export const accessMessages = messages({
  'access.email': { en: 'E-mail address', ko: '이메일 주소' },
  'access.password': { en: 'Password', ko: '비밀번호' },
  'access.email_invalid': {
    en: 'Please check the e-mail address. Example: name@example.com',
    ko: '이메일 주소를 다시 확인해 주세요. 예: name@example.com',
  },
  'access.password_short': {
    en: 'This password is too short. Please use at least 10 characters.',
    ko: '비밀번호가 짧습니다. 10자 이상으로 정해 주세요.',
  },
  'access.password_long': {
    en: 'This password is too long. Please use at most 200 characters.',
    ko: '비밀번호가 너무 깁니다. 200자 이하로 정해 주세요.',
  },
  'access.password_known': {
    en: 'This is the password of the practice town, which everybody knows. Please choose another one.',
    ko: '연습용 마을에서 누구나 쓰는 비밀번호입니다. 다른 비밀번호로 정해 주세요.',
  },
  'access.wrong_password': {
    en: 'E-mail address and password do not match. Please try again, or let us e-mail you a sign-in link.',
    ko: '이메일 주소와 비밀번호가 맞지 않습니다. 다시 입력하거나 로그인 링크를 이메일로 받아 주세요.',
  },
  'access.too_many': {
    en: 'Too many tries. Please wait a quarter of an hour and try again.',
    ko: '시도 횟수가 너무 많습니다. 15분쯤 뒤에 다시 시도해 주세요.',
  },
  'access.back_to_sign_in': { en: 'Back to sign-in', ko: '로그인 화면으로' },

  'access.sign_in.title': { en: 'Welcome', ko: '어서 오세요' },
  'access.sign_in.lead': {
    en: 'Sign in to work with your organization.',
    ko: '로그인하고 단체의 일을 함께해 주세요.',
  },
  'access.sign_in.own': { en: 'With an account of your own', ko: '내 계정으로 로그인' },
  'access.sign_in.submit': { en: 'Sign in', ko: '로그인' },
  'access.sign_in.or': { en: 'or', ko: '또는' },
  'access.sign_in.link': { en: 'E-mail me a sign-in link', ko: '이메일로 로그인 링크 받기' },
  'access.sign_in.link_hint': {
    en: 'No password needed: fill in your address above and press this.',
    ko: '비밀번호 없이 로그인합니다. 위에 이메일 주소를 쓰고 누르세요.',
  },
  'access.sign_in.forgotten': { en: 'Forgot your password?', ko: '비밀번호를 잊으셨나요?' },
  'access.sign_in.no_account': {
    en: 'No account? An organizer of your organization can send you an invitation.',
    ko: '계정이 없으신가요? 단체 운영자에게 초대를 부탁해 주세요.',
  },
  'access.personas.title': { en: 'Look around the practice town', ko: '연습용 마을 둘러보기' },
  'access.personas.steward': {
    en: 'Installation steward: imports the voter files',
    ko: '시스템 관리자: 유권자 명부를 가져올 수 있음',
  },
  'access.personas.lead': {
    en: 'Everybody here is invented. Press a name to see Hanpyo as that person does.',
    ko: '모두 지어낸 인물입니다. 이름을 누르면 그 사람이 보는 화면이 열립니다.',
  },

  'access.link_sent.title': { en: 'Check your e-mail', ko: '이메일을 확인하세요' },
  'access.link_sent.lead': {
    en: 'If {{email}} belongs to an account, a sign-in link is on its way.',
    ko: '{{email}} 주소로 만든 계정이 있으면 로그인 링크를 보내 드립니다.',
  },
  'access.link_sent.text': {
    en: 'It usually takes less than a minute. If nothing comes, look in the spam folder, and check the address.',
    ko: '보통 1분 안에 도착합니다. 오지 않으면 스팸 메일함과 입력한 주소를 확인해 주세요.',
  },
  'access.no_mail.title': { en: 'This server sends no e-mail', ko: '이 서버는 이메일을 보내지 않습니다' },
  'access.no_mail.lead': {
    en: 'If {{email}} belongs to an account, the link now waits under Sent mail.',
    ko: '{{email}} 주소로 만든 계정이 있으면 링크가 ‘보낸 메일’에 있습니다.',
  },
  'access.no_mail.text': {
    en: 'Whoever looks after the server finds it there and can pass it on to you. Ask them for it.',
    ko: '서버를 관리하는 분이 거기서 찾아 전해 드릴 수 있습니다. 링크를 달라고 부탁해 주세요.',
  },
  'access.link.title': { en: 'Sign in', ko: '로그인' },
  'access.link.lead': { en: 'One more press and you are in.', ko: '버튼을 누르면 바로 로그인됩니다.' },
  'access.link.submit': { en: 'Sign in now', ko: '지금 로그인' },
  'access.link_spent': {
    en: 'This link was used already or is too old. Please ask for a new one.',
    ko: '이미 쓴 링크이거나 기한이 지난 링크입니다. 새 링크를 받아 주세요.',
  },

  'access.code.title': { en: 'One more step', ko: '한 단계 더 확인합니다' },
  'access.code.lead': {
    en: 'Open the authenticator app on your phone and type the code it shows.',
    ko: '휴대전화의 인증 앱을 열고 화면에 나온 숫자를 입력해 주세요.',
  },
  'access.code.label': { en: 'Code', ko: '인증 번호' },
  'access.code.hint': {
    en: 'Six digits. Without your phone, use one of your recovery codes.',
    ko: '숫자 6자리입니다. 휴대전화가 없으면 복구 코드를 하나 입력하세요.',
  },
  'access.code.trust': { en: 'Do not ask on this device for 30 days', ko: '이 기기에서는 30일 동안 묻지 않기' },
  'access.code_wrong': {
    en: 'This code is not right. Please type the one shown now.',
    ko: '번호가 맞지 않습니다. 지금 화면에 보이는 번호를 입력해 주세요.',
  },
  'access.code_late': {
    en: 'That took too long or too many tries. Please sign in again.',
    ko: '시간이 지났거나 시도 횟수가 넘었습니다. 처음부터 다시 로그인해 주세요.',
  },

  'access.forgotten.title': { en: 'Set a new password', ko: '비밀번호 재설정' },
  'access.forgotten.lead': {
    en: 'Tell us your address and we e-mail you a link for it.',
    ko: '이메일 주소를 알려 주시면 재설정 링크를 보내 드립니다.',
  },
  'access.forgotten.submit': { en: 'Send me the link', ko: '링크 받기' },
  'access.forgotten.sent': {
    en: 'If there is an account with this address, the link is on its way.',
    ko: '이 주소로 만든 계정이 있으면 링크를 보내 드립니다.',
  },
  'access.new_password.title': { en: 'Choose a new password', ko: '새 비밀번호 정하기' },
  'access.new_password.lead': {
    en: 'You will be signed out everywhere else.',
    ko: '다른 기기에서는 모두 로그아웃됩니다.',
  },
  'access.new_password.label': { en: 'New password', ko: '새 비밀번호' },
  'access.new_password.hint': {
    en: 'At least {{minimum}} characters. A few words in a row are easy to remember and hard to guess.',
    ko: '{{minimum}}자 이상. 단어 몇 개를 이어 쓰면 외우기 쉽고 안전합니다.',
  },
  'access.new_password.submit': { en: 'Save password', ko: '비밀번호 저장' },
  'access.new_password.done': {
    en: 'Your new password is saved. Please sign in with it.',
    ko: '새 비밀번호를 저장했습니다. 새 비밀번호로 로그인해 주세요.',
  },

  'access.role.organizer': { en: 'Organizer', ko: '운영자' },
  'access.role.host': { en: 'Phone-bank host', ko: '전화 캠페인 진행자' },
  'access.role.caller': { en: 'Caller', ko: '전화 봉사자' },
  'access.role.treasurer': { en: 'Treasurer', ko: '재무' },
  'access.role.board': { en: 'Board', ko: '이사회' },
  'access.role.member': { en: 'Member', ko: '회원' },
  'access.role.steward': { en: 'Installation steward', ko: '시스템 관리자' },
  'access.role.organizer.hint': {
    en: 'Everything of the organization: voters, scripts, phone banks, team, settings.',
    ko: '단체의 모든 일: 유권자, 스크립트, 전화 캠페인, 운영진, 설정',
  },
  'access.role.host.hint': {
    en: 'Runs phone banks: sees voters and results, helps callers.',
    ko: '전화 캠페인 진행: 유권자와 결과를 보고 전화 봉사자를 돕습니다.',
  },
  'access.role.caller.hint': {
    en: 'Makes calls; sees only the voter handed to them.',
    ko: '전화를 걸고, 지금 맡은 유권자만 봅니다.',
  },
  'access.role.treasurer.hint': { en: 'Keeps the money and its reports.', ko: '재정과 보고서를 맡습니다.' },
  'access.role.board.hint': {
    en: 'Sees phone banks, scripts, team and activity log. Reads voter guides before they are published, challenges the roll of an endorsement and types in paper ballots.',
    ko: '전화 캠페인, 스크립트, 운영진, 활동 기록을 봅니다. 후보 비교 안내를 공개하기 전에 읽고, 투표인 명부에 이의를 신청하고, 종이 투표용지를 입력합니다.',
  },
  'access.role.member.hint': {
    en: 'Belongs to the organization and takes part.',
    ko: '단체의 회원으로 활동에 참여합니다.',
  },

  // The page of permissions: what each one in permissions.ts allows. One without words does not compile.
  'permission.title': { en: 'Who may do what', ko: '역할과 권한' },
  'permission.lead': {
    en: 'Each person has one or more roles in the organization. This table is the one the program itself goes by.',
    ko: '단체 안에서 한 사람이 여러 역할을 맡을 수 있습니다. 프로그램도 이 표를 그대로 따릅니다.',
  },
  'permission.roles': { en: 'Roles', ko: '역할' },
  'permission.yours': { en: 'Your role', ko: '내 역할' },
  'permission.what': { en: 'May', ko: '할 수 있는 일' },
  'permission.steward': {
    en: 'Looks after the server for all organizations on it: imports voter files, reads sent mail. Not a role in an organization.',
    ko: '서버를 함께 쓰는 모든 단체를 위해 유권자 명부를 가져오고 보낸 메일을 봅니다. 단체 안의 역할이 아닙니다.',
  },
  'permission.note': {
    en: 'Nobody sees anything of another organization. A caller who joins by link needs no account and sees only the voter handed to them.',
    ko: '다른 단체의 내용은 누구도 볼 수 없습니다. 링크로 참여한 전화 봉사자는 계정이 없어도 되고, 지금 맡은 유권자만 봅니다.',
  },
  'permission.voters.view': { en: 'Search and see voters', ko: '유권자 검색과 보기' },
  'permission.universes.export': { en: 'Export voters', ko: '유권자 내보내기' },
  'permission.people.view': { en: 'See people and contact history', ko: '사람과 연락 기록 보기' },
  'permission.people.edit': { en: 'Edit people, tags, notes', ko: '사람, 태그, 메모 수정' },
  'permission.people.merge': { en: 'Merge two records of one person', ko: '같은 사람의 기록 합치기' },
  'permission.people.import': { en: 'Import lists of people', ko: '사람 명단 가져오기' },
  'permission.people.settings': { en: 'Define tags and fields', ko: '태그와 항목 정하기' },
  'permission.universes.view': { en: 'See universes', ko: '대상 유권자 보기' },
  'permission.universes.edit': { en: 'Build and change universes', ko: '대상 유권자 만들기와 수정' },
  'permission.scripts.view': { en: 'Read scripts', ko: '통화 스크립트 보기' },
  'permission.events.view': { en: 'See events and how many come', ko: '행사와 참가 인원 보기' },
  'permission.events.edit': { en: 'Make, publish and cancel events', ko: '행사를 만들고 공개하고 취소하기' },
  'permission.events.people': { en: 'See who comes to an event', ko: '행사에 신청한 분 보기' },
  'permission.events.check_in': { en: 'Say who is there, at the door', ko: '행사장에서 출석 확인하기' },
  'permission.events.door': {
    en: 'Sign-in sheets, counts of hands, marking who did not come',
    ko: '방명록, 거수 집계, 오지 않은 분 표시',
  },
  'permission.forms.view': { en: 'See forms and their results', ko: '양식과 결과 보기' },
  'permission.forms.edit': { en: 'Make, change and open forms and petitions', ko: '양식과 청원을 만들고 고치고 열기' },
  'permission.forms.responses': { en: 'See who answered or signed', ko: '누가 답하고 서명했는지 보기' },
  'permission.forms.export': { en: 'Take answers and signatures as a file', ko: '응답과 서명을 파일로 받기' },
  'permission.scripts.edit': { en: 'Write and change scripts', ko: '통화 스크립트 쓰기와 수정' },
  'permission.phonebanks.view': { en: 'See phone banks', ko: '전화 캠페인 보기' },
  'permission.phonebanks.edit': { en: 'Set up and change phone banks', ko: '전화 캠페인 만들기와 수정' },
  'permission.phonebanks.host': { en: 'Run a phone bank', ko: '전화 캠페인 진행' },
  'permission.phonebanks.results': { en: 'See results of calls', ko: '통화 결과 보기' },
  'permission.phonebanks.export': { en: 'Export results of calls', ko: '통화 결과 내보내기' },
  'permission.phonebanks.call': { en: 'Make calls', ko: '전화 걸기' },
  'permission.membership.view': { en: 'See the roll of members and their dues', ko: '회원 명단과 회비 보기' },
  'permission.membership.decide': {
    en: 'Approve members, take the roll as a file',
    ko: '회원 승인, 명단을 파일로 받기',
  },
  'permission.ledger.view': { en: 'See money received and receipts', ko: '수입 장부와 영수증 보기' },
  'permission.ledger.edit': {
    en: 'Record dues and refunds, compare with the bank',
    ko: '회비와 환불 기록, 은행과 대조',
  },
  'permission.leadership.view': {
    en: 'See the ladder, next steps and cohorts',
    ko: '단계와 다음 걸음, 포럼 기수 보기',
  },
  'permission.leadership.work': {
    en: 'Set next steps, write down one-on-ones',
    ko: '다음 걸음 정하기, 일대일 만남 적기',
  },
  'permission.leadership.edit': {
    en: 'Set rungs, roles, trainings, delegations; choose cohorts',
    ko: '단계·직책·교육·위임 정하기, 포럼 기수 선발',
  },
  'permission.bodies.view': { en: 'See chapters and committees', ko: '지부와 위원회 보기' },
  'permission.leadership.sums': { en: 'See how many grow, without names', ko: '이름 없이 성장 흐름 보기' },
  'delegation.host_phone_banks': { en: 'Host phone banks', ko: '전화 캠페인 진행' },
  'delegation.read_responses': { en: 'Read answers to forms', ko: '양식 응답 보기' },
  'delegation.door': { en: 'Check in at the door of events', ko: '행사장 출석 확인' },
  'permission.endorsements.view': {
    en: 'See endorsement cycles and candidates’ answers',
    ko: '지지 후보 선정 절차와 후보 답변 보기',
  },
  'permission.endorsements.edit': {
    en: 'Set rules and questions, invite candidates, run the members’ vote',
    ko: '선정 규칙과 질문 정하기, 후보 초대, 회원 투표 진행',
  },
  'permission.endorsements.roll': {
    en: 'See who may vote and who did, challenge the roll, type in paper ballots',
    ko: '투표인 명부와 투표 여부 보기, 이의 신청, 종이 투표용지 입력',
  },
  'permission.voterguides.view': {
    en: 'See voter guides before they are published',
    ko: '공개 전 후보 비교 안내 보기',
  },
  'permission.campaigns.view': { en: 'See campaigns and how far they are', ko: '캠페인과 진행 상황 보기' },
  'permission.campaigns.edit': { en: 'Begin campaigns and put things into them', ko: '캠페인 시작과 연결' },
  'permission.contributions.view': { en: 'See contributions to candidates', ko: '후보 후원금 보기' },
  'permission.contributions.propose': {
    en: 'Propose a contribution, or take the proposal back',
    ko: '후보 후원 제안과 제안 취소',
  },
  'permission.contributions.decide': { en: 'Write down that a contribution is approved', ko: '후보 후원 승인 기록' },
  'permission.contributions.give': { en: 'Write down what was given and came back', ko: '후원금 송금과 반환 기록' },
  'permission.contributions.call_off': { en: 'Call off a contribution that is approved', ko: '승인한 후보 후원 취소' },
  'permission.voterguides.edit': {
    en: 'Write voter guides and the agenda',
    ko: '후보 비교 안내와 의제 작성',
  },
  'permission.voterguides.publish': {
    en: 'Review and publish voter guides others changed',
    ko: '다른 사람이 고친 후보 비교 안내 검토·공개',
  },
  'permission.mailings.view': {
    en: 'See e-mails to many, and what became of them',
    ko: '단체 이메일과 발송 결과 보기',
  },
  'permission.mailings.approve': { en: 'Approve e-mail to many before it goes out', ko: '발송 전 단체 이메일 승인' },
  'permission.mailings.edit': { en: 'Write and send e-mails to many', ko: '단체 이메일 작성과 발송' },
  'permission.postal.view': { en: 'See paper mailings, in numbers', ko: '우편 발송 현황 보기' },
  'permission.postal.people': {
    en: 'See who gets a piece, with addresses',
    ko: '우편물을 받는 사람과 주소 보기',
  },
  'permission.postal.edit': { en: 'Make, print and mail paper mailings', ko: '우편물 만들기, 인쇄, 발송' },
  'permission.members.view': { en: 'See the team', ko: '운영진과 회원 보기' },
  'permission.members.invite': { en: 'Invite, give roles, end memberships', ko: '초대, 역할 변경, 탈퇴 처리' },
  'permission.connections.edit': { en: 'Connect other programs', ko: '다른 프로그램 연결하기' },
  'permission.audit.view': { en: 'Read the activity log', ko: '활동 기록 보기' },
  'permission.audit.commons': {
    en: 'Read what was done with the voter files all organizations share',
    ko: '모든 단체가 함께 쓰는 유권자 명부의 기록 보기',
  },
  'permission.organization.edit': { en: 'Change settings of the organization', ko: '단체 설정 변경' },

  'account.done.saved': { en: 'Saved.', ko: '저장했습니다.' },
  'account.done.password': {
    en: 'Your password is saved. Other devices were signed out.',
    ko: '비밀번호를 저장했습니다. 다른 기기에서는 로그아웃되었습니다.',
  },
  'account.done.second_factor_on': {
    en: 'The second step is on. From now on we ask for a code when you sign in.',
    ko: '2단계 인증을 켰습니다. 이제 로그인할 때 인증 번호를 확인합니다.',
  },
  'account.done.second_factor_off': { en: 'The second step is off.', ko: '2단계 인증을 껐습니다.' },
  'account.done.session_ended': { en: 'That device was signed out.', ko: '그 기기에서 로그아웃했습니다.' },
  'account.done.sessions_ended': {
    en: 'All other devices were signed out.',
    ko: '다른 기기에서 모두 로그아웃했습니다.',
  },
  'account.profile': { en: 'Name and language', ko: '이름과 언어' },
  'account.name': { en: 'Name', ko: '이름' },
  'account.name_hint': {
    en: 'As colleagues see it, in Korean or English letters.',
    ko: '함께 일하는 분들에게 보이는 이름입니다. 한글이나 영문으로 쓰세요.',
  },
  'account.language': { en: 'Language', ko: '언어' },
  'account.language_hint': { en: 'Of screens and of mail to you.', ko: '화면과 보내 드리는 이메일에 쓰는 언어입니다.' },
  'account.organizations': { en: 'Organizations', ko: '단체' },
  'account.no_organization': {
    en: 'You belong to no organization at present. An organizer can invite you.',
    ko: '지금은 소속된 단체가 없습니다. 단체 운영자에게 초대를 부탁해 주세요.',
  },
  'account.organization_current': { en: 'Working here now', ko: '지금 보는 단체' },
  'account.organization_switch': { en: 'Switch to this', ko: '이 단체로 바꾸기' },
  'account.steward': {
    en: 'You look after this installation: voter files and sent mail.',
    ko: '이 시스템의 유권자 명부와 보낸 메일을 관리합니다.',
  },
  'account.no_password': {
    en: 'You sign in by e-mailed link. With a password you can also sign in without e-mail.',
    ko: '지금은 이메일 링크로 로그인합니다. 비밀번호를 정하면 이메일 없이도 로그인할 수 있습니다.',
  },
  'account.current_password': { en: 'Current password', ko: '지금 비밀번호' },
  'account.proof_hint': { en: 'To be sure it is you.', ko: '본인 확인을 위해 입력해 주세요.' },
  'access.current_wrong': {
    en: 'This is not your current password. Please type it again.',
    ko: '지금 비밀번호와 맞지 않습니다. 다시 입력해 주세요.',
  },
  'account.password_ends_others': {
    en: 'Other devices will be signed out.',
    ko: '비밀번호를 바꾸면 다른 기기에서는 로그아웃됩니다.',
  },
  'account.change_password': { en: 'Change password', ko: '비밀번호 바꾸기' },
  'account.set_password': { en: 'Set password', ko: '비밀번호 정하기' },
  'account.second_factor.title': { en: 'Second step at sign-in', ko: '2단계 인증' },
  'account.second_factor.lead': {
    en: 'An app on your phone shows a code; whoever knows your password alone cannot get in. For organizers we recommend it strongly.',
    ko: '휴대전화 앱에 나오는 번호까지 확인합니다. 비밀번호를 알아낸 사람도 들어올 수 없습니다. 운영자에게 꼭 권합니다.',
  },
  'account.second_factor.is_on': {
    en: 'When you sign in we ask for the code of your authenticator app.',
    ko: '로그인할 때 인증 앱의 번호를 확인합니다.',
  },
  'account.second_factor.on': { en: 'On', ko: '사용' },
  'account.second_factor.off': { en: 'Turn off', ko: '끄기' },
  'account.second_factor.begin': { en: 'Set up', ko: '설정하기' },
  'account.second_factor.steps': {
    en: 'Three steps: scan, keep the recovery codes, type one code.',
    ko: '세 단계입니다. 코드를 비추고, 복구 코드를 보관하고, 번호를 한 번 입력합니다.',
  },
  'account.second_factor.scan': { en: '1. Scan with your phone', ko: '1. 휴대전화로 비추기' },
  'account.second_factor.scan_text': {
    en: 'Open an authenticator app (Google Authenticator, Microsoft Authenticator, 1Password …), add an account and point the camera here.',
    ko: '인증 앱(Google Authenticator, Microsoft Authenticator, 1Password 등)을 열고 계정 추가를 누른 다음 카메라로 이 코드를 비추세요.',
  },
  'account.second_factor.by_hand': { en: 'Or type this key into the app:', ko: '또는 이 키를 앱에 입력하세요.' },
  'account.second_factor.qr_label': { en: 'QR code for the authenticator app', ko: '인증 앱에 등록할 QR 코드' },
  'account.second_factor.keep': { en: '2. Keep the recovery codes', ko: '2. 복구 코드 보관하기' },
  'account.second_factor.confirm': { en: '3. Type the code shown by the app', ko: '3. 앱에 나온 번호 입력하기' },
  'account.second_factor.code': { en: 'Six digits', ko: '숫자 6자리' },
  'account.second_factor.finish': { en: 'Turn on', ko: '켜기' },
  'account.recovery.title': { en: 'New recovery codes', ko: '새 복구 코드' },
  'account.recovery.text': {
    en: 'Each one lets you in once without your phone. Print them or write them down and keep them safe: they are shown only now.',
    ko: '휴대전화가 없을 때 하나씩 한 번만 쓸 수 있습니다. 지금만 보이니 인쇄하거나 적어서 안전한 곳에 보관하세요.',
  },
  'account.recovery.renew': { en: 'Make new recovery codes', ko: '복구 코드 새로 만들기' },
  'account.recovery.kept': { en: 'I have kept them', ko: '보관했습니다' },
  'account.sessions': { en: 'Where you are signed in', ko: '로그인한 기기' },
  'account.sessions_lead': {
    en: 'If you do not recognise one, sign it out and change your password.',
    ko: '모르는 기기가 있으면 로그아웃하고 비밀번호를 바꾸세요.',
  },
  'account.sessions_end_others': { en: 'Sign out all others', ko: '다른 기기 모두 로그아웃' },
  'account.session_used': { en: 'last used {{ago}}', ko: '마지막 사용: {{ago}}' },
  'account.session_now': { en: 'in use now', ko: '지금 사용 중' },
  'account.session_this': { en: 'This device', ko: '지금 이 기기' },
  'account.session_end_label': { en: 'Sign out {{device}}', ko: '{{device}} 로그아웃' },
  'account.device_unknown': { en: 'Unknown device', ko: '알 수 없는 기기' },

  'mail.link.subject': { en: 'Your sign-in link for Hanpyo', ko: '한표 로그인 링크' },
  'mail.link.text': {
    en: 'Open this address and press the button to sign in:\n\n{{url}}\n\nIt works once, within 15 minutes. If you did not ask for it, you need not do anything.',
    ko: '아래 주소를 열고 버튼을 누르면 로그인됩니다.\n\n{{url}}\n\n15분 안에 한 번만 쓸 수 있습니다. 요청하신 적이 없다면 이 메일은 그냥 두셔도 됩니다.',
  },
  'mail.password.subject': { en: 'Set a new password for Hanpyo', ko: '한표 비밀번호 재설정' },
  'mail.password.text': {
    en: 'Set a new password at this address:\n\n{{url}}\n\nIt works once, within an hour. If you did not ask for it, your password stays as it is.',
    ko: '아래 주소에서 새 비밀번호를 정하세요.\n\n{{url}}\n\n한 시간 안에 한 번만 쓸 수 있습니다. 요청하신 적이 없다면 지금 비밀번호가 그대로 유지됩니다.',
  },
})

declare module '../../platform/i18n/messages.ts' {
  interface RoomMessages {
    access: typeof accessMessages
  }
}

/** 'Organizer, Treasurer', in the order of the list of roles. */
export const roleNames = (t: Translate, held: readonly string[]): string =>
  roles
    .filter((role) => held.includes(role))
    .map((role) => t(`access.role.${role}`))
    .join(', ')

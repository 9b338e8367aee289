import { messages } from '../../../platform/i18n/messages.ts'

export const ballotMessages = messages({
  'ballots.title': { en: 'Members’ vote', ko: '회원 투표' },
  'ballots.lead': {
    en: 'Who may vote is fixed and open to look into; how anybody voted is kept beside no name.',
    ko: '누가 투표할 수 있는지는 명부로 확정하고 확인할 수 있습니다. 누가 어떻게 투표했는지는 이름과 함께 남지 않습니다.',
  },
  'ballots.part_text': { en: 'Roll, ballots, count', ko: '투표인 명부, 투표, 개표' },
  'ballots.not_open': {
    en: 'First open the cycle: the rules everybody can read say who may vote.',
    ko: '먼저 선정 절차를 공개해 주세요. 누구나 읽는 규칙이 투표할 사람을 정합니다.',
  },
  'ballots.make_roll': { en: 'Make the roll', ko: '투표인 명부 만들기' },
  'ballots.make_roll_lead': {
    en: 'Everybody who is a member today is listed, with whether the rules let them vote and why not. Roll, candidates on the ballot and rules of the vote stay as they are from then on; the roll changes by a decided challenge only.',
    ko: '오늘 회원인 분을 모두 적고, 규칙에 따라 투표할 수 있는지, 없다면 왜 그런지 밝힙니다. 명부와 투표용지의 후보, 투표 규칙은 그때부터 바뀌지 않습니다. 명부는 이의 신청을 결정할 때만 바뀝니다.',
  },
  'ballots.make_roll_early': {
    en: 'By the rules people can join or pay until {{date}}. Whoever does so after the roll is made is not on it, or stands there as not paid: make it after that day.',
    ko: '규칙에 따르면 {{date}}까지 가입하거나 회비를 낼 수 있습니다. 명부를 만든 뒤에 가입하거나 회비를 내면 명부에 반영되지 않으니 그날이 지난 다음에 만들어 주세요.',
  },
  'ballots.may_vote': { en: 'May vote', ko: '투표할 수 있는 분' },
  'ballots.voted': { en: 'Voted', ko: '투표한 분' },
  'ballots.mailed': { en: 'Mailed their link', ko: '주소를 보낸 분' },
  'ballots.challenged': { en: 'Challenges to decide', ko: '결정할 이의 신청' },
  'ballots.result': { en: 'Result of the vote', ko: '투표 결과' },
  'ballots.see_result': { en: 'See the result', ko: '결과 보기' },
  'ballots.public_result': { en: 'Public page of the result', ko: '결과 공개 페이지' },
  'ballots.days': { en: '{{from}} until {{until}}', ko: '{{from}}부터 {{until}}까지' },
  'ballots.taking.early': {
    en: 'Voting has not begun. Mails asked for now go out at 9 in the morning of the first day.',
    ko: '아직 투표가 시작되지 않았습니다. 지금 메일을 예약하면 첫날 오전 9시에 나갑니다.',
  },
  'ballots.taking.open': { en: 'Ballots are being taken.', ko: '투표를 받고 있습니다.' },
  'ballots.taking.over': { en: 'No ballot is taken any more.', ko: '더는 투표를 받지 않습니다.' },
  'ballots.count': { en: 'Open the boxes and count', ko: '투표함 열고 개표' },
  'ballots.count_lead': {
    en: 'All ballots are listed without names, counted, and published with the account of the count.',
    ko: '모든 투표지를 이름 없이 나열하고 집계해, 집계 과정과 함께 공개합니다.',
  },
  'ballots.mail_all': { en: 'Mail the links', ko: '투표 주소 보내기' },
  'ballots.mail_lead': {
    en: {
      one: 'One voter has not been mailed a link yet. Each member gets one mail, in their language.',
      other: '{{count}} voters have not been mailed a link yet. Each member gets one mail, in their language.',
    },
    ko: '아직 투표 주소를 받지 않은 분이 {{count}}명입니다. 한 분에게 한 통씩, 그분이 쓰시는 언어로 보냅니다.',
  },
  'ballots.roll': { en: 'Roll of voters', ko: '투표인 명부' },
  'ballots.roll_lead': {
    en: { one: 'Made on {{date}}: one member.', other: 'Made on {{date}}: {{count}} members.' },
    ko: '{{date}}에 만든 명부: 회원 {{count}}명',
  },
  'ballots.roll_open': { en: 'Look into the roll', ko: '명부 보기' },
  'ballots.here_lead': {
    en: 'To vote at a meeting, find the member in the roll and choose Vote on this device; then hand the device over. Members who sign in find their ballot under My ballots.',
    ko: '모임에서 투표하려면 명부에서 회원을 찾아 ‘이 기기로 투표’를 누르고 기기를 건네주세요. 로그인하는 회원은 ‘내 투표’에서 투표합니다.',
  },
  'ballots.on_ballot': { en: 'On the ballot', ko: '투표용지' },
  'ballots.on_ballot_lead': {
    en: 'As they ran when the roll was made. No endorsement can always be chosen.',
    ko: '명부를 만든 날 출마한 후보입니다. ‘지지 후보 없음’은 언제나 고를 수 있습니다.',
  },
  'ballots.seed': { en: 'Seed that decides ties: {{seed}}', ko: '동표일 때 추첨에 쓰는 값: {{seed}}' },
  'ballots.seed_lead': {
    en: 'It was drawn with the roll, before the first ballot, and stays.',
    ko: '첫 투표가 있기 전, 명부와 함께 정한 값으로 바뀌지 않습니다.',
  },
  'ballots.roll_page_lead': {
    en: 'Every member as they stood that day. Who voted is shown; how is kept beside no name.',
    ko: '그날 기준의 모든 회원입니다. 투표했는지는 나오지만 어떻게 투표했는지는 이름과 함께 남지 않습니다.',
  },
  'ballots.roll_none': { en: 'Nobody here', ko: '해당하는 분이 없습니다' },
  'ballots.roll_none_text': { en: 'Choose another group or name.', ko: '다른 조건이나 이름으로 찾아 주세요.' },
  'ballots.show': { en: 'Who', ko: '대상' },
  'ballots.show.all': { en: 'Everybody', ko: '전체' },
  'ballots.show.may': { en: 'May vote', ko: '투표할 수 있음' },
  'ballots.show.may_not': { en: 'May not vote', ko: '투표할 수 없음' },
  'ballots.show.voted': { en: 'Voted', ko: '투표함' },
  'ballots.show.not_voted': { en: 'May vote and has not', ko: '아직 투표하지 않음' },
  'ballots.show.mail_unknown': { en: 'Not known whether the link arrived', ko: '투표 주소가 도착했는지 모름' },
  'ballots.show.challenged': { en: 'Challenged', ko: '이의 신청 있음' },
  'ballots.name': { en: 'Name', ko: '이름' },
  'ballots.may': { en: 'may vote', ko: '투표권 있음' },
  'ballots.may_not': { en: 'may not vote', ko: '투표권 없음' },
  'ballots.voted_by.link': { en: 'voted by link', ko: '보낸 주소로 투표함' },
  'ballots.voted_by.account': { en: 'voted signed in', ko: '로그인해 투표함' },
  'ballots.voted_by.device': { en: 'voted at a meeting', ko: '모임에서 투표함' },
  'ballots.voted_by.paper': { en: 'voted on paper', ko: '종이로 투표함' },
  'ballots.against.standing': { en: 'Not in good standing that day', ko: '그날 정회원 자격이 없음' },
  'ballots.against.kind': { en: 'No member of a kind that votes', ko: '투표할 수 있는 회원 종류가 아님' },
  'ballots.against.joined': { en: 'Joined too late', ko: '가입 기준일 뒤에 가입' },
  'ballots.against.paid': { en: 'Dues were not paid by the day', ko: '기준일까지 회비를 내지 않음' },
  'ballots.against.deceased': { en: 'Marked as deceased', ko: '작고하신 것으로 표시됨' },
  'ballots.nothing_against': { en: 'Nothing in the rules is against it.', ko: '규칙에 어긋나는 점이 없습니다.' },
  'ballots.stood': { en: 'How they stood on {{date}}', ko: '{{date}} 기준' },
  'ballots.fact.kinds': { en: 'Member as', ko: '회원 종류' },
  'ballots.fact.no_kind': { en: 'nothing active that day', ko: '그날 유효한 회원 자격 없음' },
  'ballots.fact.standing': { en: 'Standing', ko: '자격' },
  'ballots.fact.good': { en: 'in good standing', ko: '정회원 자격 유지' },
  'ballots.fact.not_good': { en: 'not in good standing', ko: '정회원 자격 없음' },
  'ballots.fact.joined': { en: 'First joined a kind that votes', ko: '투표 가능한 종류로 처음 가입한 날' },
  'ballots.fact.never': { en: 'never', ko: '없음' },
  'ballots.fact.paid': { en: 'Dues by {{date}}', ko: '{{date}}까지 회비' },
  'ballots.fact.is_paid': { en: 'paid, or none asked', ko: '냈거나 회비가 없음' },
  'ballots.fact.not_paid': { en: 'not paid', ko: '내지 않음' },
  'ballots.profile': { en: 'Profile', ko: '프로필' },
  'ballots.ways': { en: 'Ways to vote', ko: '투표하는 방법' },
  'ballots.say.runoff': {
    en: 'Run-off between {{names}}, from {{from}} to {{until}}.',
    ko: '결선투표: {{names}}, {{from}}~{{until}}.',
  },
  'ballots.runoff': { en: 'Run-off', ko: '결선투표' },
  'ballots.runoff_lead': {
    en: 'By the rules. It has a roll and links of its own: every member as they stand when you make it. Challenges upheld in the first vote hold here too.',
    ko: '규칙에 따라 결선투표를 합니다. 투표인 명부와 투표 주소는 새로 만들며, 만드는 시점의 회원 자격을 따릅니다. 첫 투표 때 받아들인 이의 신청은 여기에도 적용됩니다.',
  },
  'ballots.runoff_make': { en: 'Make the run-off and its roll', ko: '결선투표와 명부 만들기' },
  'ballots.runoff_open': { en: 'Open the run-off', ko: '결선투표로 가기' },
  'ballots.problem.runoff_over': {
    en: 'The last day of the run-off is over. Move its days under Rules, with a reason.',
    ko: '결선투표 마감일이 지났습니다. ‘규칙’에서 이유를 적고 날짜를 옮겨 주세요.',
  },
  'ballots.mail_unknown': {
    en: 'The program stopped while the link was being mailed: nobody knows whether it arrived. Ask the member, then mail a new link.',
    ko: '투표 주소를 보내는 도중에 프로그램이 멈춰 도착했는지 알 수 없습니다. 회원에게 물어본 뒤 새 주소를 보내세요.',
  },
  'ballots.mail_unknown_count': {
    en: {
      one: 'The program stopped while mailing: of {{count}} member nobody knows whether the link arrived.',
      other: 'The program stopped while mailing: of {{count}} members nobody knows whether the link arrived.',
    },
    ko: '보내는 도중에 프로그램이 멈춰 회원 {{count}}명에게 투표 주소가 도착했는지 알 수 없습니다.',
  },
  'ballots.mailed_to': { en: 'The link goes to {{address}}.', ko: '투표 주소는 {{address}}로 갑니다.' },
  'ballots.not_mailed': { en: 'No link was mailed yet.', ko: '아직 투표 주소를 보내지 않았습니다.' },
  'ballots.vote_here': { en: 'Vote on this device', ko: '이 기기로 투표' },
  'ballots.vote_here_hint': {
    en: 'Each way makes a new link for this one member; those they had before open nothing from then on. Look away while they vote.',
    ko: '어느 쪽이든 이 회원만의 새 주소를 만들며, 전에 받은 주소는 더 열리지 않습니다. 투표하는 동안 화면을 보지 마세요.',
  },
  'ballots.mail_one': { en: 'Mail the link', ko: '주소 보내기' },
  'ballots.mail_again': { en: 'Mail a new link', ko: '새 주소 보내기' },
  'ballots.ties': { en: 'Ties to candidates', ko: '후보와의 이해관계' },
  'ballots.ties_said': { en: 'As declared for this vote.', ko: '이번 투표를 위해 밝힌 내용입니다.' },
  'ballots.ties_said_none': { en: 'No tie to any candidate.', ko: '어느 후보와도 관계가 없다고 밝혔습니다.' },
  'ballots.ties_not_said': {
    en: 'Nothing declared yet. It is asked before the ballot opens.',
    ko: '아직 밝히지 않았습니다. 투표용지가 열리기 전에 묻습니다.',
  },
  'ballots.ties_save': { en: 'Keep these ties', ko: '이해관계 저장' },
  'ballots.no_vote_in': { en: 'Does not vote in: {{contests}}', ko: '투표하지 않는 공직: {{contests}}' },
  'ballots.challenges': { en: 'Challenges', ko: '이의 신청' },
  'ballots.challenges_none': { en: 'None so far.', ko: '아직 없습니다.' },
  'ballots.challenges_lead': {
    en: 'Until a challenge is decided the roll stays as it is. A ballot already cast cannot be taken out again, for nobody knows which it is.',
    ko: '결정하기 전까지 명부는 그대로입니다. 이미 넣은 표는 어느 것인지 아무도 모르므로 뺄 수 없습니다.',
  },
  'ballots.wants_in': { en: 'Should be able to vote', ko: '투표할 수 있어야 함' },
  'ballots.wants_out': { en: 'Should not vote', ko: '투표하면 안 됨' },
  'ballots.raised': { en: '{{name}}, {{when}}', ko: '{{name}}, {{when}}' },
  'ballots.upheld': { en: 'Upheld by {{name}}', ko: '받아들임 · {{name}}' },
  'ballots.dismissed': { en: 'Dismissed by {{name}}', ko: '받아들이지 않음 · {{name}}' },
  'ballots.carried': {
    en: 'Decided in the first vote; it holds in this run-off too.',
    ko: '첫 투표 때 결정한 것으로, 이 결선투표에도 적용됩니다.',
  },
  'ballots.decision': {
    en: 'Reason of the decision; whoever raised it reads this',
    ko: '결정 이유 (이의를 낸 분이 읽습니다)',
  },
  'ballots.uphold': { en: 'Uphold', ko: '받아들이기' },
  'ballots.dismiss': { en: 'Dismiss', ko: '받아들이지 않기' },
  'ballots.challenge': { en: 'Challenge', ko: '이의 신청' },
  'ballots.challenge_in': { en: 'Why they should be able to vote', ko: '투표할 수 있어야 하는 이유' },
  'ballots.challenge_out': { en: 'Why they should not vote', ko: '투표하면 안 되는 이유' },
  'ballots.cannot.voted': { en: 'Their ballot is in the box already.', ko: '이미 투표를 마쳤습니다.' },
  'ballots.cannot.early': { en: 'Voting has not begun yet.', ko: '아직 투표가 시작되지 않았습니다.' },
  'ballots.cannot.over': { en: 'The vote is over.', ko: '투표가 끝났습니다.' },
  'ballots.cannot.not_on_roll': { en: 'The roll does not let them vote.', ko: '명부에서 투표할 수 없는 분입니다.' },
  'ballots.cannot.no_mailbox': {
    en: 'We know no mailbox to which this may go.',
    ko: '메일을 보낼 수 있는 주소가 없습니다.',
  },
  'ballots.waiting': { en: 'Your ballot is waited for', ko: '투표하실 차례입니다' },
  'ballots.until': { en: 'until {{date}}', ko: '{{date}}까지' },
  'ballots.mine': { en: 'My ballots', ko: '내 투표' },
  'ballots.mine_lead': {
    en: 'Votes of members on whom the organization backs.',
    ko: '단체의 지지 후보를 정하는 회원 투표입니다.',
  },
  'ballots.mine_none': { en: 'Nothing to vote on', ko: '투표할 것이 없습니다' },
  'ballots.mine_none_text': {
    en: 'When members vote and you stand on the roll, your ballot is here.',
    ko: '회원 투표가 있고 명부에 이름이 있으면 여기에 나옵니다.',
  },
  'ballots.mine_nobody': {
    en: 'Your account is not joined to a member yet. An organizer joins it to you under Leadership.',
    ko: '로그인 계정이 아직 회원과 연결되지 않았습니다. 운영자가 ‘리더 양성’에서 연결할 수 있습니다.',
  },
  'ballots.mine_why': { en: 'Why you may not vote, as of {{date}}:', ko: '투표할 수 없는 이유({{date}} 기준):' },
  'ballots.mine_missed': {
    en: 'You are not on its roll, which lists who was a member on {{date}}. If you were, tell an organizer.',
    ko: '{{date}} 기준 회원 명단인 투표인 명부에 이름이 없습니다. 그날 회원이셨다면 운영자에게 알려 주세요.',
  },
  'ballots.mine_challenge': { en: 'I should be able to vote', ko: '저는 투표할 수 있어야 합니다' },
  'ballots.mine_reason': { en: 'Why you should be able to vote', ko: '투표할 수 있어야 하는 이유' },
  'ballots.mine_reason_hint': {
    en: 'Organizers and the board read it. An organizer decides, with a reason, which stands here.',
    ko: '운영자와 이사회가 읽습니다. 운영자가 이유를 적어 결정하며, 결과는 여기에 나옵니다.',
  },
  'ballots.mine_waiting': { en: 'not decided yet', ko: '아직 결정하지 않음' },
  'ballots.mine_upheld': { en: 'upheld', ko: '받아들임' },
  'ballots.mine_dismissed': { en: 'dismissed', ko: '받아들이지 않음' },
  'ballots.own_decision': {
    en: 'Whoever raised this challenge decided it, too.',
    ko: '이의를 신청한 사람이 결정도 했습니다.',
  },
  'ballots.own_challenge': {
    en: 'You raised this yourself. Let another organizer decide it if there is one; otherwise the minutes say that one person did both.',
    ko: '직접 신청한 이의입니다. 다른 운영자가 있으면 그분이 결정하는 것이 좋습니다. 직접 결정하면 회의록에 한 사람이 신청하고 결정했다고 나옵니다.',
  },
  'ballots.vote_now': { en: 'Vote', ko: '투표하기' },

  // The voter's own pages.
  'ballots.for': { en: 'Ballot of {{name}}', ko: '{{name}} 님의 투표' },
  'ballots.ties_title': { en: 'First: your ties to candidates', ko: '먼저, 후보와의 관계' },
  'ballots.ties_lead': {
    en: 'Everybody says how they are tied to a candidate. What the rules say of it stands under each. The organizers see what you say here.',
    ko: '모든 분이 후보와의 관계를 밝힙니다. 규칙에 따라 어떻게 되는지 아래에 적혀 있습니다. 여기 표시한 내용은 운영자가 볼 수 있습니다.',
  },
  'ballots.tie.paid_staff': { en: 'I am paid by a campaign', ko: '선거 캠프에서 급여를 받습니다' },
  'ballots.tie.family': { en: 'I am family of a candidate', ko: '후보의 가족입니다' },
  'ballots.tie.candidate': { en: 'I am a candidate', ko: '제가 후보입니다' },
  'ballots.tie.volunteer': { en: 'I volunteer for a campaign', ko: '선거 캠프에서 자원봉사를 합니다' },
  'ballots.tie.donor': { en: 'I gave money to a campaign', ko: '선거 캠프에 후원했습니다' },
  'ballots.ties_none': {
    en: 'No tie? Leave all empty and go on.',
    ko: '아무 관계가 없으면 비워 두고 계속하세요.',
  },
  'ballots.ties_go_on': { en: 'This is right, go on', ko: '맞습니다. 계속' },
  'ballots.ties_again': { en: 'Change my ties', ko: '관계 다시 표시' },
  'ballots.your_ballot': { en: 'Your ballot', ko: '투표용지' },
  'ballots.how.ranked': {
    en: 'Choose who comes first for you, then second, and so on. You may stop after one.',
    ko: '가장 지지하는 후보를 1순위로, 그다음을 2순위로 고르세요. 한 명만 골라도 됩니다.',
  },
  'ballots.how.plurality': { en: 'Choose one.', ko: '하나만 고르세요.' },
  'ballots.how.approval': { en: 'Choose all you approve of.', ko: '찬성하는 후보를 모두 고르세요.' },
  'ballots.how.yes_no': {
    en: 'Say yes, no or abstain on each candidate.',
    ko: '후보마다 찬성, 반대, 기권 가운데 고르세요.',
  },
  'ballots.secret': {
    en: 'Your ballot is secret: that you voted is noted, how you voted is not.',
    ko: '무기명 투표입니다. 투표했다는 사실만 남고 어떻게 투표했는지는 남지 않습니다.',
  },
  'ballots.rank': { en: 'Choice {{rank}}', ko: '{{rank}}순위' },
  'ballots.choice': { en: 'Choice {{number}}', ko: '선택 {{number}}' },
  'ballots.no_choice': { en: '(nobody)', ko: '(고르지 않음)' },
  'ballots.none': { en: 'No endorsement', ko: '지지 후보 없음' },
  'ballots.none_hint': {
    en: 'Counts as no to every candidate here.',
    ko: '이 공직의 모든 후보에 반대한 것으로 셉니다.',
  },
  'ballots.word.yes': { en: 'Yes', ko: '찬성' },
  'ballots.word.no': { en: 'No', ko: '반대' },
  'ballots.word.abstain': { en: 'Abstain', ko: '기권' },
  'ballots.barred': {
    en: 'You do not vote here because of the tie you declared.',
    ko: '밝혀 주신 관계 때문에 이 공직에는 투표하지 않습니다.',
  },
  'ballots.problem.twice': {
    en: 'Somebody stands at two places. Choose each at most once.',
    ko: '같은 후보를 두 번 골랐습니다. 한 후보는 한 번만 골라 주세요.',
  },
  'ballots.problem.none_and_others': {
    en: 'No endorsement and a candidate cannot be chosen together.',
    ko: '‘지지 후보 없음’과 후보를 함께 고를 수 없습니다.',
  },
  'ballots.problem.none_and_yes': {
    en: 'No endorsement means no to everybody. Take one of the two back.',
    ko: '‘지지 후보 없음’은 모두 반대한다는 뜻입니다. 둘 중 하나만 골라 주세요.',
  },
  'ballots.problem.unknown': { en: 'Please choose again.', ko: '다시 골라 주세요.' },
  'ballots.problem.receipt': {
    en: 'Nothing was cast yet. Please look once more and cast your ballot.',
    ko: '아직 투표가 끝나지 않았습니다. 다시 한번 확인하고 투표해 주세요.',
  },
  'ballots.problem.nobody_runs': {
    en: 'Nobody runs in these contests, so there is nothing to vote on.',
    ko: '이 공직에 출마한 후보가 없어 투표할 것이 없습니다.',
  },
  'ballots.check': { en: 'Look over my ballot', ko: '투표 내용 확인' },
  'ballots.check_title': { en: 'Is this right?', ko: '이대로 투표할까요?' },
  'ballots.check_lead': {
    en: 'Nothing is cast yet. Once cast, a ballot cannot be changed.',
    ko: '아직 투표한 것이 아닙니다. 투표한 뒤에는 바꿀 수 없습니다.',
  },
  'ballots.blank': {
    en: 'Blank: counted as a ballot, for nobody.',
    ko: '백지: 투표수에는 들어가지만 누구의 표도 아닙니다.',
  },
  'ballots.cast': { en: 'Cast my ballot', ko: '투표하기' },
  'ballots.change': { en: 'Change it', ko: '고치기' },
  'ballots.cast_title': { en: 'Your ballot is in the box', ko: '투표했습니다' },
  'ballots.cast_lead': {
    en: 'Thank you. The result comes by {{date}}.',
    ko: '감사합니다. 결과는 {{date}}까지 발표합니다.',
  },
  'ballots.receipts': { en: 'Number of your ballot', ko: '투표지 번호' },
  'ballots.receipts_lead': {
    en: 'Write it down or take a picture: it is shown only now, and kept nowhere beside your name. After the count, find it in the list of all ballots and see that yours is there as you cast it. Show it to nobody who should not know how you voted.',
    ko: '적어 두거나 사진을 찍어 두세요. 지금만 보이고, 이름과 함께 어디에도 남지 않습니다. 개표 뒤 투표지 목록에서 이 번호를 찾아 그대로 들어 있는지 확인할 수 있습니다. 어떻게 투표했는지 알리고 싶지 않은 사람에게는 보여 주지 마세요.',
  },
  'ballots.hand_back': { en: 'Done: hand the device back', ko: '끝났습니다. 기기를 돌려주세요' },
  'ballots.reason.counted': { en: 'The vote is over and counted.', ko: '투표가 끝나고 개표했습니다.' },
  'ballots.reason.voted': {
    en: 'Your ballot is in the box. No link of yours opens another one.',
    ko: '이미 투표하셨습니다. 이 주소는 다시 쓸 수 없습니다.',
  },
  'ballots.reason.early': { en: 'Voting begins on {{date}}.', ko: '투표는 {{date}}에 시작합니다.' },
  'ballots.reason.over': { en: 'Voting ended on {{date}}.', ko: '투표는 {{date}}에 끝났습니다.' },
  'ballots.reason.not_on_roll': {
    en: 'The roll does not let you vote. Ask an organizer if you think that is wrong.',
    ko: '명부에서 투표할 수 없는 것으로 되어 있습니다. 잘못되었다면 운영자에게 알려 주세요.',
  },
  'ballots.reason.barred': {
    en: 'Because of the ties you declared there is no contest in which you vote.',
    ko: '밝혀 주신 관계 때문에 투표할 수 있는 공직이 없습니다.',
  },
  'ballots.too_many_title': { en: 'Too many tries', ko: '시도가 너무 많습니다' },
  'ballots.too_many': {
    en: 'Too many links that do not exist were tried from here. Wait an hour, or ask an organizer.',
    ko: '없는 주소를 여러 번 열려고 했습니다. 한 시간 뒤에 다시 하거나 운영자에게 문의해 주세요.',
  },

  // What came out.
  'ballots.not_counted': { en: 'The ballots are not counted yet.', ko: '아직 개표하지 않았습니다.' },
  'ballots.endorsed': { en: 'endorsed', ko: '공식 지지' },
  'ballots.votes': { en: 'Votes', ko: '득표' },
  'ballots.yes_votes': { en: 'Yes votes', ko: '찬성표' },
  'ballots.list': {
    en: { one: 'The one ballot', other: 'All {{count}} ballots' },
    ko: '투표지 {{count}}장 모두 보기',
  },
  'ballots.list_lead': {
    en: 'By their random numbers, which say nothing about when or by whom they were cast.',
    ko: '무작위 번호 순서입니다. 번호로는 언제 누가 투표했는지 알 수 없습니다.',
  },
  'ballots.receipt': { en: 'Number', ko: '번호' },
  'ballots.recount': {
    en: 'Whoever has the file counts it again with:',
    ko: '파일이 있으면 누구나 이렇게 다시 집계할 수 있습니다:',
  },
  'ballots.file': { en: 'The ballots as a file', ko: '투표지 목록 내려받기' },
  'ballots.say.endorsed': { en: 'Endorsed: {{names}}', ko: '공식 지지: {{names}}' },
  'ballots.say.nobody': { en: 'No endorsement', ko: '지지 후보 없음' },
  'ballots.say.no_quorum': {
    en: 'Only {{cast}} ballots were cast; the rules ask for {{quorum}}.',
    ko: '투표수가 {{cast}}표로, 규칙이 정한 정족수 {{quorum}}표에 모자랍니다.',
  },
  'ballots.say.none_won': { en: 'No endorsement won a place.', ko: '‘지지 후보 없음’이 뽑혔습니다.' },
  'ballots.say.not_enough': {
    en: 'Nobody had as many votes as the rules ask for.',
    ko: '가결 기준을 넘은 후보가 없습니다.',
  },
  'ballots.say.cast': {
    en: '{{cast}} ballots, {{blank}} of them blank.',
    ko: '투표 {{cast}}표, 그 가운데 백지 {{blank}}표.',
  },
  'ballots.say.quorum': { en: 'At least {{quorum}} ballots were needed.', ko: '정족수는 {{quorum}}표입니다.' },
  'ballots.say.by_quota': {
    en: 'Several places by ranked choice: the quota of the count decides (ballots by places plus one, and one more).',
    ko: '순위선택으로 여러 명을 뽑으므로 당선 기준(쿼터)으로 정합니다. 투표수를 뽑을 인원에 1을 더한 수로 나눈 몫에 1을 더한 표입니다.',
  },
  'ballots.say.quota': {
    en: 'Several places by ranked choice: {{quota}} votes win a place.',
    ko: '순위선택으로 여러 명을 뽑으며, {{quota}}표를 얻으면 뽑힙니다.',
  },
  'ballots.say.most': {
    en: 'Most votes decide, however few they are.',
    ko: '득표율과 관계없이 가장 많이 득표한 후보로 정합니다.',
  },
  'ballots.say.share.threshold': {
    en: 'Needed: at least {{share}} of those who said yes or no.',
    ko: '가결 기준: 찬성과 반대를 합한 표의 {{share}} 이상.',
  },
  'ballots.say.share.irv': {
    en: 'Needed: at least {{share}} of the votes still with somebody.',
    ko: '가결 기준: 남아 있는 표의 {{share}} 이상.',
  },
  'ballots.say.share.ballots': {
    en: 'Needed: at least {{share}} of the ballots that are not blank.',
    ko: '가결 기준: 백지를 뺀 투표의 {{share}} 이상.',
  },
  'ballots.say.half.threshold': {
    en: 'Needed: more than half of those who said yes or no.',
    ko: '가결 기준: 찬성과 반대를 합한 표의 과반.',
  },
  'ballots.say.half.irv': {
    en: 'Needed: more than half of the votes still with somebody.',
    ko: '가결 기준: 남아 있는 표의 과반.',
  },
  'ballots.say.half.ballots': {
    en: 'Needed: more than half of the ballots that are not blank.',
    ko: '가결 기준: 백지를 뺀 투표의 과반.',
  },

  // The mail.
  'ballots.mail.subject': { en: 'Your ballot: {{organization}}', ko: '[{{organization}}] 회원 투표 안내' },
  'ballots.mail.dear': { en: 'Dear {{name}},', ko: '{{name}} 님께' },
  'ballots.mail.text': {
    en: 'Members of {{organization}} vote on {{name}}. Your ballot is open until {{date}}, at the end of the day:',
    ko: '{{organization}} 회원 투표를 합니다({{name}}). {{date}} 밤까지 아래 주소에서 투표해 주시기 바랍니다.',
  },
  'ballots.mail.once': {
    en: 'This link is yours alone and works once. It needs no account. Please do not pass it on.',
    ko: '이 주소는 본인만 한 번 쓸 수 있습니다. 로그인하지 않아도 됩니다. 다른 분께 전하지 마세요.',
  },
  'ballots.mail.subject_reminder': {
    en: 'Your vote is still open until {{date}}: {{organization}}',
    ko: '[{{organization}}] 회원 투표, {{date}} 마감',
  },
  'ballots.mail.reminder': {
    en: 'You have not voted yet in the vote of {{organization}} on {{name}}. It is open until {{date}}, at the end of the day:',
    ko: '{{organization}} 회원 투표({{name}})에 아직 참여하지 않으셨습니다. {{date}} 밤까지 아래 주소에서 투표하실 수 있습니다.',
  },
  'ballots.mail.either': {
    en: 'The link we sent before still works, too; you vote once, by either. Please pass neither on. If you have voted since this was sent, thank you.',
    ko: '전에 받으신 주소도 그대로 쓸 수 있습니다. 어느 주소로든 한 번만 투표하시면 됩니다. 다른 분께 전하지 마세요. 그사이 투표하셨다면 감사합니다.',
  },
  'ballots.mail.from': { en: '{{organization}}', ko: '{{organization}} 드림' },
})

declare module '../../../platform/i18n/messages.ts' {
  interface RoomMessages {
    endorsement_ballots: typeof ballotMessages
  }
}

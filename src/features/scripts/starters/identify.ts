import { candidateObjections, votingFacts, type Draft } from './support.ts'

/** Three questions and no persuading: who is with us, and who will vote. */
export const identifyScript = (day: { en: string; ko: string }, election: { en: string; ko: string }): Draft => ({
  languages: ['en', 'ko'],
  greeting: {
    en: `Hello, is this {voter.name}? My name is {caller.name}, I'm a volunteer with {organization}. I have two short questions about the ${election.en} on ${day.en}. Is this a good moment?`,
    ko: `안녕하세요. {voter.name} {voter.title}이신가요? 저는 {organization} 자원봉사자 {caller.name}입니다. ${day.ko} ${election.ko}에 관해 두 가지만 여쭙겠습니다. 지금 괜찮으세요?`,
  },
  steps: [
    {
      key: 'support',
      kind: 'support',
      is_quick: true,
      say: {
        en: '{candidate} is running in this election. Are you leaning toward {candidate}, toward someone else, or still deciding?',
        ko: '이번 선거에 {candidate} 후보가 나왔는데요, {candidate} 후보를 지지하시는 편인가요, 다른 후보를 생각하시나요, 아직 못 정하셨나요?',
      },
      note: {
        en: 'Only listen. 1: surely ours. 2: leaning. 3: undecided. 4: leaning to someone else. 5: surely someone else.',
        ko: '설득하지 말고 듣기만 하세요. 1 꼭 뽑겠다 · 2 지지하는 편 · 3 아직 못 정함 · 4 다른 후보를 생각하는 편 · 5 다른 후보로 정함',
      },
    },
    {
      key: 'will_vote',
      kind: 'choice',
      is_quick: true,
      say: {
        en: 'Do you plan to vote in this election?',
        ko: '이번 선거에 투표하실 생각이세요?',
      },
      choices: [
        { key: 'surely', label: { en: 'Surely', ko: '꼭 함' } },
        { key: 'probably', label: { en: 'Probably', ko: '아마 함' } },
        { key: 'unsure', label: { en: 'Not sure', ko: '모르겠음' } },
        { key: 'no', label: { en: 'No', ko: '안 함' } },
      ],
      goes: { no: 'closing' },
    },
    {
      key: 'language',
      kind: 'choice',
      say: {
        en: 'In which language should we write to you about the election?',
        ko: '선거 소식을 어떤 말로 받으시면 편하세요?',
      },
      choices: [
        { key: 'korean', label: { en: 'Korean', ko: '한국어' } },
        { key: 'english', label: { en: 'English', ko: '영어' } },
        { key: 'both', label: { en: 'Both', ko: '둘 다' } },
        { key: 'none', label: { en: 'Please do not write', ko: '받지 않음' } },
      ],
    },
  ],
  closing: {
    en: 'Thank you, that was all. Have a good day.',
    ko: '여기까지입니다. 시간 내 주셔서 감사합니다. 안녕히 계세요.',
  },
  voicemail: {
    en: `Hello, this is {caller.name}, a volunteer with {organization}. We are calling about the ${election.en} on ${day.en}. You can reach us in Korean or English at {phone}, again {phone}. Thank you.`,
    ko: `안녕하세요, {organization} 자원봉사자 {caller.name}입니다. ${day.ko} ${election.ko} 때문에 전화드렸습니다. {phone}, 다시 한번 {phone} 번으로 한국어로 물어보시면 됩니다. 감사합니다.`,
  },
  objections: candidateObjections,
  facts: votingFacts,
})

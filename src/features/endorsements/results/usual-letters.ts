import type { Language } from '../../../platform/i18n/languages.ts'
import type { LetterKind } from './schema.ts'

/** The words of letters where the organization wrote no others. */
export const usualLetters: Record<LetterKind, Record<Language, { subject: string; body: string }>> = {
  endorsed: {
    en: {
      subject: '{organization} endorses {candidate}',
      body: 'Dear {candidate},\n\nThe members of {organization} voted to endorse you: {contest}.\n\n{statement}\n\nYou may name our endorsement in your campaign. The result stands on this page:\n{page}\n\nAfter the election, too, we hope to keep talking with you about what matters to our community.\n\n{organization}',
    },
    ko: {
      subject: '{organization}, {candidate} 후보 공식 지지',
      body: '{candidate} 후보님께\n\n{organization} 회원들은 투표로 {candidate} 후보님을 공식 지지하기로 했습니다.\n{contest}\n\n{statement}\n\n선거운동에서 저희의 공식 지지를 알리셔도 됩니다. 투표 결과는 아래에서 보실 수 있습니다.\n{page}\n\n선거가 끝난 뒤에도 우리 커뮤니티의 문제를 두고 계속 이야기 나누기를 바랍니다.\n\n{organization} 드림',
    },
  },
  other: {
    en: {
      subject: 'How the members of {organization} voted',
      body: 'Dear {candidate},\n\nThe members of {organization} have voted on whom we endorse: {contest}. You were not endorsed.\n\nThe result stands on this page:\n{page}\n\nThank you for running. We hope to keep talking with you about what matters to our community.\n\n{organization}',
    },
    ko: {
      subject: '{organization} 회원 투표 결과',
      body: '{candidate} 후보님께\n\n{organization} 회원들이 지지 후보를 정하는 투표를 마쳤습니다. 이번에는 {candidate} 후보님을 지지 후보로 정하지 않았습니다.\n{contest}\n\n투표 결과는 아래에서 보실 수 있습니다.\n{page}\n\n출마해 주셔서 감사합니다. 우리 커뮤니티에 중요한 문제를 두고 앞으로도 이야기 나누기를 바랍니다.\n\n{organization} 드림',
    },
  },
}

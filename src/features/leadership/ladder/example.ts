/**
 * A ladder to begin with, to be changed: the volunteers' version of a ladder of engagement (prospect, recruit, member,
 * organizer, captain), in our own words.
 */
export const exampleLadder: readonly { name: Record<string, string>; about: Record<string, string> }[] = [
  {
    name: { en: 'Interested', ko: '관심 있는 분', zh: '感興趣', es: 'Con interés' },
    about: {
      en: 'Said yes to something once: a form, a call, an event.',
      ko: '양식, 전화, 행사에서 한 번이라도 참여하겠다고 하신 분',
    },
  },
  {
    name: { en: 'Volunteer', ko: '봉사자', zh: '義工', es: 'Voluntario/a' },
    about: { en: 'Did a first shift.', ko: '봉사를 한 번 해 보신 분' },
  },
  {
    name: { en: 'Regular', ko: '꾸준한 봉사자', zh: '經常參與', es: 'Participante habitual' },
    about: { en: 'Comes again and again, and brings somebody along.', ko: '꾸준히 나오고 다른 분도 데려오시는 분' },
  },
  {
    name: { en: 'Team lead', ko: '팀장', zh: '組長', es: 'Líder de equipo' },
    about: { en: 'Leads shifts and sits down with others one on one.', ko: '봉사 시간을 이끌고 일대일로 만나시는 분' },
  },
  {
    name: { en: 'Leader', ko: '리더', zh: '領袖', es: 'Líder' },
    about: {
      en: 'Answers for a piece of our work and raises the next leaders.',
      ko: '한 분야를 책임지고 다음 리더를 키우시는 분',
    },
  },
]

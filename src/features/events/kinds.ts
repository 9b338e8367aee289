import type { EventText, Need } from './schema.ts'

export interface EventKind {
  kind: string
  name: EventText
  needs: readonly Need[]
}

/** Kinds every organization begins with; a row of its own (`event_kind`) says otherwise, or adds one. */
export const builtInKinds: readonly EventKind[] = [
  {
    kind: 'roundtable',
    name: { en: 'Education roundtable', ko: '교육 간담회' },
    needs: ['invitation', 'facilitator', 'interpreter', 'note_taker', 'questions', 'agenda'],
  },
  {
    kind: 'leadership_forum',
    name: { en: 'Leadership forum', ko: '리더십 포럼' },
    needs: ['panel', 'facilitator', 'mentors', 'interpreter', 'questions', 'agenda', 'program'],
  },
  {
    kind: 'community_service',
    name: { en: 'Community service', ko: '지역 봉사활동' },
    needs: ['shifts', 'partner_site', 'tasks', 'skills', 'own_skills', 'materials', 'minors_consent'],
  },
  { kind: 'social', name: { en: 'Social event', ko: '친목 모임' }, needs: ['guests', 'meals'] },
  {
    kind: 'candidate_forum',
    name: { en: 'Candidate forum', ko: '후보 포럼' },
    needs: ['panel', 'facilitator', 'interpreter', 'questions', 'program'],
  },
  { kind: 'phone_bank', name: { en: 'Phone bank', ko: '전화 캠페인' }, needs: ['shifts', 'materials'] },
  { kind: 'canvass', name: { en: 'Canvass', ko: '가정방문' }, needs: ['shifts', 'materials', 'minors_consent'] },
  { kind: 'training', name: { en: 'Training', ko: '교육' }, needs: ['facilitator', 'agenda', 'materials'] },
  { kind: 'meeting', name: { en: 'Meeting', ko: '회의' }, needs: ['agenda', 'quorum', 'note_taker'] },
  {
    kind: 'lobby_visit',
    name: { en: 'Lobby visit', ko: '의원 방문' },
    needs: ['invitation', 'visits', 'ask', 'interpreter', 'note_taker', 'agenda', 'materials'],
  },
  {
    kind: 'press_event',
    name: { en: 'Press event', ko: '기자회견' },
    needs: ['panel', 'ask', 'visuals', 'interpreter', 'press_contact', 'program'],
  },
]

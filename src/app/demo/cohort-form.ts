import { FormContent } from '../../features/forms/schema.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Db } from '../../platform/db/db.ts'
import { answerForm, openForm } from './forms.ts'
import { newcomer } from './personas.ts'

/** By which one applies to the leadership forum's cohort: what is asked depends on what was answered. */
export async function makeCohortForm(db: Db, organizer: Actor, now: Date): Promise<string> {
  const draft = { name: '리더십 포럼 지원서 (Application)', kind: 'form' as const, content }
  const { form } = await openForm(db, organizer, draft, { slug: 'leadership-forum', tags: [] }, now)
  return form.form_id
}

export const answerCohortForm = (db: Db, organizer: Actor, form_id: string, at: Date): Promise<void> =>
  answerForm(
    db,
    organizer,
    form_id,
    newcomer,
    { forum_led: true, forum_what: '교회 청년부에서 여름 봉사를 두 번 이끌었습니다.', forum_why: '전화 봉사를 이끌어 보고 싶습니다.' },
    { language: 'ko', at },
  ) // prettier-ignore

const content = FormContent.parse({
  languages: ['en', 'ko'],
  title: { en: 'Apply to the leadership forum', ko: '리더십 포럼 지원' },
  intro: {
    en: 'Eight evenings in half a year, in both languages. We read every application.',
    ko: '반년 동안 저녁에 여덟 번 모이며, 두 언어로 진행합니다. 지원서는 모두 읽습니다.',
  },
  blocks: [
    { block: 'name', asks_hangul: true },
    { block: 'contact', needs: 'either' },
    { block: 'language' },
    {
      block: 'question',
      key: 'forum_led',
      kind: 'yes_no',
      is_needed: true,
      say: { en: 'Have you ever led a group or an event?', ko: '모임이나 행사를 이끌어 보신 적이 있나요?' },
    },
    {
      block: 'question',
      key: 'forum_what',
      kind: 'text',
      only_if: { forum_led: ['yes'] },
      say: { en: 'Which one, and what was hard?', ko: '어떤 모임이었고, 무엇이 어려우셨나요?' },
    },
    {
      block: 'question',
      key: 'forum_first',
      kind: 'text',
      only_if: { forum_led: ['no'] },
      say: { en: 'What would you like to try first?', ko: '무엇부터 해 보고 싶으신가요?' },
    },
    {
      block: 'question',
      key: 'forum_why',
      kind: 'text',
      is_needed: true,
      say: { en: 'Why do you want to take part?', ko: '왜 함께하고 싶으신가요?' },
    },
  ],
  thanks: {
    en: 'Thank you. You hear from us within two weeks.',
    ko: '감사합니다. 두 주 안에 연락드리겠습니다.',
  },
})

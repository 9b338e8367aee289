import type { Actor } from '../../../platform/actor.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { setFeedbackForm } from '../../events/after/commands.ts'
import { afterOf } from '../../events/after/queries.ts'
import { lockEvent } from '../../events/seats/commands.ts'
import { changeForm, createForm } from '../commands.ts'
import { FormContent } from '../schema.ts'

/** The form by which people say how an event was, open at once; made once for an event. */
export function makeFeedbackForm(
  db: Db,
  actor: Actor,
  event_id: string,
  languages: readonly string[],
  now: Date,
): Promise<{ form_id: string }> {
  const { organization_id } = actor
  return inTransaction(db, async (tx) => {
    const { content } = await lockEvent(tx, organization_id, event_id)
    const before = await afterOf(tx, organization_id, event_id)
    if (before.feedback_form_id) return { form_id: before.feedback_form_id }
    const title = (language: 'en' | 'ko'): string => content.title[language] ?? Object.values(content.title)[0] ?? ''
    const { form_id } = await createForm(
      tx,
      actor,
      {
        name: nameOf(languages, title),
        kind: 'form',
        content: feedbackContent({ en: title('en'), ko: title('ko') }, languages),
      },
      now,
    )
    await changeForm(tx, actor, form_id, 'publish', now)
    await setFeedbackForm(tx, actor, event_id, form_id, now)
    return { form_id }
  })
}

/** What the organization calls it, in the languages it writes: it stands in lists and on timelines. */
const nameOf = (languages: readonly string[], title: (language: 'en' | 'ko') => string): string => {
  const names = [...(languages.includes('ko') ? [`소감: ${title('ko')}`] : []), ...(languages.includes('en') ? [`Feedback: ${title('en')}`] : [])] // prettier-ignore
  return (names.length > 0 ? names.join(' · ') : `Feedback: ${title('en')}`).slice(0, 120)
}

/** Our own writing. Its questions are the same for every event, so that answers can be compared. */
const feedbackContent = (title: { en: string; ko: string }, languages: readonly string[]): FormContent =>
  FormContent.parse({
    languages,
    button: {},
    next_label: {},
    next_link: '',
    petition: null,
    title: { en: `How was “${title.en}”?`, ko: `‘${title.ko}’ 어떠셨나요?` },
    intro: {
      en: 'Two minutes. What you say is read by those who prepare the next one.',
      ko: '2분이면 됩니다. 다음 행사를 준비하는 데 쓰겠습니다.',
    },
    blocks: [
      {
        block: 'question',
        key: 'event_rating',
        kind: 'choice',
        is_needed: true,
        say: { en: 'How was it for you?', ko: '전체로 어떠셨나요?' },
        choices: [
          { key: 'very_good', label: { en: 'Very good', ko: '매우 좋았음' } },
          { key: 'good', label: { en: 'Good', ko: '좋았음' } },
          { key: 'so_so', label: { en: 'So-so', ko: '보통' } },
          { key: 'not_good', label: { en: 'Not good', ko: '아쉬웠음' } },
        ],
      },
      {
        block: 'question',
        key: 'event_again',
        kind: 'yes_no',
        say: { en: 'Would you come again?', ko: '다음에도 오시겠어요?' },
      },
      {
        block: 'question',
        key: 'event_best',
        kind: 'text',
        say: { en: 'What was best?', ko: '무엇이 가장 좋았나요?' },
      },
      {
        block: 'question',
        key: 'event_better',
        kind: 'text',
        say: { en: 'What should we do better?', ko: '무엇을 더 잘하면 좋을까요?' },
      },
      { block: 'name', asks_hangul: true },
      { block: 'contact', needs: 'either' },
    ],
    thanks: {
      en: 'Thank you. We read every answer.',
      ko: '감사합니다. 답해 주신 말씀은 모두 읽겠습니다.',
    },
  })

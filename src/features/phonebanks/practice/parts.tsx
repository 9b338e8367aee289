import type { ReactNode } from 'react'
import type { Translate } from '../../../platform/i18n/messages.ts'
import type { Disposition } from '../../contacts/schema.ts'
import type { AnswerValue, Answers, Step } from '../../scripts/schema.ts'
import '../console-messages.ts'
import './messages.ts'
import type { PracticeVoter } from './voters.ts'

/** What one hears when the call is answered, with what it means where it is another language. */
export function Hears({ t, voter, children }: { t: Translate; voter: PracticeVoter; children?: ReactNode }) {
  return (
    <section
      className="bg-base-100 border-accent rounded-box mb-2 border-2 px-4 py-2 sm:mb-4 sm:p-5"
      data-practice-hears
      role="status"
    >
      <h2 className="font-bold">{t('practice.hear')}</h2>
      {voter.hears.map(({ speaks, said, means }) => (
        <div key={said} className="mt-1 sm:mt-2">
          <p className="text-xl leading-snug sm:leading-relaxed" lang={speaks === 'zh' ? 'zh-Hant' : speaks}>
            “{said}”
          </p>
          {speaks !== t.language && <p className="text-base">{means[t.language]}</p>}
        </div>
      ))}
      {children}
    </section>
  )
}

/** What they say to the questions of the script, once for each kind of question. */
export function Replies({ t, steps }: { t: Translate; steps: readonly Pick<Step, 'kind'>[] }) {
  const replies = [...new Set(steps.map(({ kind }) => replyTo(t, kind)))].filter((each) => each !== null)
  if (replies.length === 0) return null
  return (
    <p className="mt-1 text-base sm:mt-3">
      {t('practice.reply')}: {replies.map((each) => `“${each}”`).join(' ')}
    </p>
  )
}

export function replyTo(t: Translate, kind: Step['kind']): string | null {
  if (kind === 'yes_no') return t('practice.reply.yes')
  if (kind === 'support') return t('practice.reply.support')
  if (kind === 'number') return t('practice.reply.number')
  return kind === 'say' || kind === 'text' ? null : t('practice.reply.other')
}

/** What they answer, so that the way goes on from question to question as in a call. */
export const repliesOf = (steps: readonly Step[]): Answers =>
  Object.fromEntries(
    steps.flatMap(({ key, kind, choices }) => {
      const reply = replyOf(kind, choices[0]?.key)
      return reply === undefined ? [] : [[key, reply]]
    }),
  )

function replyOf(kind: Step['kind'], first: string | undefined): AnswerValue | undefined {
  if (kind === 'yes_no') return true
  if (kind === 'support') return 2
  if (kind === 'number') return 3
  if (kind === 'several' && first !== undefined) return [first]
  return kind === 'choice' ? first : undefined
}

/** Whether a result fits, and why. */
export function Verdict({ t, voter, given }: { t: Translate; voter: PracticeVoter; given: Disposition }) {
  return (
    <>
      <p className="text-xl font-bold">
        {given === voter.right ? t('practice.right') : t('practice.almost', { result: wordOf(t, voter.right) })}
      </p>
      <p className="mt-2">{voter.why[t.language]}</p>
    </>
  )
}

export const wordOf = (t: Translate, result: Disposition): string =>
  result === 'canvassed' ? t('practice.result.canvassed') : t(`console.result.${result}`)

import type { Translate } from '../../../platform/i18n/messages.ts'
import './messages.ts'
import type { Count, Motion } from './queries.ts'

/** Who moved and seconded it, what it changes, and what it takes. */
export function motionFacts(t: Translate, motion: Motion, motions: readonly Motion[]): string[] {
  const amended = motions.find(({ motion_id }) => motion_id === motion.amends)
  return [
    motion.moved_by && `${t('meeting.moved_by')}: ${motion.moved_by}`,
    motion.seconded_by && `${t('meeting.seconded_by')}: ${motion.seconded_by}`,
    amended ? t('meeting.amends', { nth: amended.nth }) : '',
    t(`meeting.majority.${motion.majority}`),
  ].filter(Boolean)
}

export const outcomeText = (t: Translate, { withdrawn_at, outcome }: Motion): string =>
  t(`meeting.outcome.${withdrawn_at ? 'withdrawn' : (outcome ?? 'open')}`)

export const handsText = (t: Translate, { yes, no, abstain, entitled, present }: Count): string =>
  t('meeting.hands', { yes, no, abstain, entitled, present })

/** Why each count that no longer holds was put right. */
export const correctionTexts = (t: Translate, { counts }: Motion): string[] =>
  counts.slice(0, -1).map(({ made_by, reason }) => t('meeting.corrected', { by: made_by, reason }))

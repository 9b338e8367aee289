import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { Conflict } from '../../../platform/errors.ts'
import { dropFiles, lockedDrop, setDrop } from '../drops/commands.ts'
import { dropStates } from '../schema.ts'
import type { AnswerWay } from './schema.ts'

export interface AnswerPage {
  answer_per: AnswerWay
  answer_page: string | null
}

/** Where the code of a drop leads. That may change as long as anybody has a piece; whether one is printed, until files are made. */
export function saveAnswerPage(db: Db, actor: Actor, drop_id: string, after: AnswerPage): Promise<void> {
  return inTransaction(db, async (tx) => {
    const before = await lockedDrop(tx, actor.organization_id, drop_id, dropStates)
    if (before.answer_per !== after.answer_per) {
      const isOpen = before.state === 'draft' || before.state === 'frozen'
      if (!isOpen || before.print_state === 'queued' || before.print_state === 'running') throw new Conflict()
      await setDrop(tx, before, { print_state: null })
      await dropFiles(tx, before)
    }
    await setDrop(tx, before, after)
    const { answer_per, answer_page } = before
    await audit(tx, actor, { action: 'postal.answers', subject: 'postal_drop', subject_id: drop_id, before: { answer_per, answer_page }, after: { ...after } }) // prettier-ignore
  })
}

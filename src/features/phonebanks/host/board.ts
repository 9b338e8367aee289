import type { Installation } from '../../../platform/http/room.ts'
import { found } from '../../../platform/errors.ts'
import { versionsOf } from '../../scripts/queries.ts'
import type { ScriptContent, Step } from '../../scripts/schema.ts'
import { dashboard, phoneBank, type Dashboard, type PhoneBank } from '../dashboard.ts'
import { questionsEver, usedFirst } from '../script-content.ts'
import { groupsAsked } from './asked.ts'
import { usualDistrict, type GroupsAsked } from './groups.ts'

/** What whoever watches a phone bank is shown. */
export interface Board {
  bank: PhoneBank
  script: ScriptContent
  asked: GroupsAsked
  questions: Step[]
  /** Of this version and those before, whose answers are shown too. */
  ever: Step[]
  shown: Dashboard
  at: Date
}

/** How the groups are compared, as the address says. */
export interface Wished {
  question: string | undefined
  district: string | undefined
}

/** Below the second after which an open page asks again, so that nobody sees anything older. */
const lasts_ms = 900

interface Counted {
  key: string
  since: number
  board: Promise<Board>
}

const kept = new WeakMap<Installation, Map<string, Counted>>()

/**
 * The phone bank counted, once for all of this process who watch it at the moment. `anew`: for a page that was opened,
 * which shows what its reader just changed.
 */
export function boardOf(
  installation: Installation,
  organization_id: string,
  phone_bank_id: string,
  wished: Wished,
  { anew = false } = {},
): Promise<Board> {
  let boards = kept.get(installation)
  if (!boards) kept.set(installation, (boards = new Map()))
  const now = performance.now()
  for (const [key, { since }] of boards) if (now - since >= lasts_ms) boards.delete(key)
  const key = JSON.stringify([organization_id, phone_bank_id, wished.question, wished.district])
  const known = anew ? undefined : boards.get(key)
  if (known) return known.board
  const board = count(installation, organization_id, phone_bank_id, wished)
  boards.set(key, { key: `${organization_id}:${phone_bank_id}`, since: now, board })
  return board
}

/** After a change to the phone bank that its hosts must see at once. */
export function forgetBoards(installation: Installation, organization_id: string, phone_bank_id: string): void {
  const boards = kept.get(installation)
  for (const [key, each] of boards ?? []) if (each.key === `${organization_id}:${phone_bank_id}`) boards?.delete(key)
}

async function count(
  { database, clock }: Installation,
  organization_id: string,
  phone_bank_id: string,
  wished: Wished,
): Promise<Board> {
  const db = database.of(organization_id)
  const at = clock.now()
  const bank = await phoneBank(db, organization_id, phone_bank_id)
  const versions = usedFirst(
    (await versionsOf(db, bank.script_id)).map(({ content }) => content),
    bank,
    [],
  )
  const script = found(versions[0]) // the one it has
  const ever = questionsEver(versions)
  const { asked, questions } = groupsAsked(versions, wished, await usualDistrict(db, bank))
  return {
    bank,
    script,
    asked,
    questions,
    ever,
    at,
    shown: await dashboard(db, bank, at, asked.question, asked.district),
  }
}

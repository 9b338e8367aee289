import type { Translate } from '../../../platform/i18n/messages.ts'
import type { ScriptContent, Step } from '../../scripts/schema.ts'
import type { Dashboard, PhoneBank } from '../dashboard.ts'
import type { GroupsAsked } from '../host/groups.ts'

/** What the live page of a phone bank shows. */
export interface DashboardProps {
  t: Translate
  bank: PhoneBank
  shown: Dashboard
  script: ScriptContent
  /** What groups are compared by, and the questions one may choose. */
  asked: GroupsAsked
  questions: readonly Step[]
  /** Of every version of the script, whose answers are shown. */
  ever: readonly Step[]
  now: Date
  time_zone: string
  may_host: boolean
  /** Names and notes of voters: not for everybody who may see the numbers. */
  may_see_voters: boolean
}

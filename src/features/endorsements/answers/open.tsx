import type { ReactNode } from 'react'
import { found, NotFound } from '../../../platform/errors.ts'
import type { Ctx } from '../../../platform/http/room.ts'
import { publicDocument } from '../../../platform/ui/public-document.tsx'
import { contestName } from '../../elections/contests/pages/words.tsx'
import { candidate as candidateById, contest as contestById } from '../../elections/contests/queries.ts'
import { linkEnded } from '../cycles/link-ended.tsx'
import { openCycleAt } from '../cycles/public.ts'
import { filesOf } from '../files/queries.ts'
import { bookDaysOf } from '../interviews/queries.ts'
import { idParam } from '../../../platform/http/of-request.ts'
import { questionsAskedIn } from '../questions/queries.ts'
import { wordsOf } from '../reading.ts'
import { answersPath, isAnswersKey } from './links.ts'
import { candidateName } from './names.ts'
import { invitationById, submissionsOf } from './queries.ts'
import { takingOn } from './rules.ts'

/** What a private link opens; a link that was withdrawn, guessed or replaced opens nothing. */
export async function open(c: Ctx) {
  const cycle = await openCycleAt(c)
  const { db, organization, rules, today, t } = cycle
  const { secret } = c.var.installation
  const invitation = found(await invitationById(db, organization.organization_id, idParam(c, 'invitation')))
  const isOpen =
    invitation.cycle_id === cycle.cycle.cycle_id &&
    !invitation.revoked_at &&
    isAnswersKey(secret, invitation, c.req.param('key') ?? '')
  if (!isOpen) throw new NotFound()
  const candidate = found(await candidateById(db, invitation.candidate_id))
  const contest = found(await contestById(db, invitation.contest_id))
  return {
    ...cycle,
    invitation,
    name: candidateName(t, candidate),
    contest: contestName(t, contest),
    files: await filesOf(db, organization.organization_id, invitation.invitation_id),
    questions: await questionsAskedIn(db, organization.organization_id, cycle.cycle.cycle_id, contest),
    submissions: await submissionsOf(db, organization.organization_id, [invitation.invitation_id]),
    taking: takingOn(rules, today, candidate),
    rules_path: cycle.path,
    path: answersPath(secret, organization.slug, invitation),
    has_interviews: (await bookDaysOf(db, organization.organization_id, cycle.cycle.cycle_id)).has(
      invitation.contest_id,
    ),
  }
}
export type Opened = Awaited<ReturnType<typeof open>>

/** The same for whoever reads; a link that opens nothing says so. What was typed into a form comes back by NotFound. */
export async function openToRead(c: Ctx): Promise<Opened | Response> {
  const cycle = await openCycleAt(c)
  try {
    return await open(c)
  } catch (problem) {
    if (problem instanceof NotFound) return linkEnded(c, cycle)
    throw problem
  }
}

export const aroundOf = ({
  t,
  name,
  contest,
  rules,
  rules_path,
  organization,
  path,
  taking,
  has_interviews,
}: Opened) => ({
  t,
  candidate: name,
  contest,
  rules,
  rules_path,
  time_zone: organization.time_zone,
  path,
  interview_path: has_interviews && taking !== 'gone' ? `${path}/interview` : null,
})

export const documentOf = (
  c: Ctx,
  { t, name, organization }: Opened,
  body: ReactNode,
  status: 200 | 409 | 410 | 422 | 429,
) => c.html(publicDocument(wordsOf(t), t('endorsements.your_answers', { name }), organization.name, body), status)

import { z } from 'zod'
import { audit } from '../../../../platform/audit.ts'
import { dateIn } from '../../../../platform/clock.ts'
import { found } from '../../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../../platform/http/meanwhile.ts'
import { page } from '../../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../../platform/http/room.ts'
import type { Meanwhile } from '../../../../platform/ui/meanwhile.tsx'
import { allow } from '../../../access/allow.ts'
import { mayDo } from '../../../access/permissions.ts'
import { organizationSettings } from '../../../organizations/queries.ts'
import '../../messages.ts'
import '../messages.ts'
import { memberLinks } from '../card/queries.ts'
import { decide, savePage } from './commands.ts'
import { ApplicationsPage, applicationsPath, pageValues, SetupPage } from './pages.tsx'
import { applicationsOf, applicationsShown, applicationThere, membershipPageOf, waitingCount } from './queries.ts'
import { PageForm } from './schema.ts'

const deciding = allow('membership.decide')
const settings = allow('people.settings')
const timeZone = (c: Ctx): string => c.var.organization?.time_zone ?? 'America/New_York'
const size = 50

const Asked = z.object({
  show: z.enum(applicationsShown).catch('waiting'),
  from: z.coerce.number().int().min(0).max(1_000_000).catch(0),
})

const Decline = z.object({
  reason: z.string('form.required').trim().min(1, 'form.required').max(500),
  tells: z.literal('yes').optional(),
})

/** Deciding about applications, and the settings of the page where they are made. */
export const membershipApplicationRoutes = room()
  .get('/membership/applications', deciding, (c) => queue(c))
  .post('/membership/applications/:application/approve', deciding, async (c) => {
    const is_mailed = await decide(c.var.db, actorOf(c), c.req.param('application'), { approves: true }, await aboutOf(c)) // prettier-ignore
    return c.redirect(`${back(c)}&done=${is_mailed ? 'approved_mailed' : 'approved'}`, 303)
  })
  .post('/membership/applications/:application/decline', deciding, async (c) => {
    const { value } = await readForm(c, Decline)
    const application = c.req.param('application')
    if (!value) return queue(c, application)
    const decision = { approves: false, reason: value.reason, tells: value.tells === 'yes' } as const
    await decide(c.var.db, actorOf(c), application, decision, await aboutOf(c))
    return c.redirect(`${back(c)}&done=declined`, 303)
  })
  .get('/membership/page', settings, (c) => setupPage(c))
  .post('/membership/page', settings, async (c) => {
    const actor = actorOf(c)
    const { typed, errors, value } = await readForm(c, PageForm)
    if (!value) return setupPage(c, typed, errors)
    const saved = await saveUnlessChanged(c, {
      subject: 'membership_page',
      subject_id: actor.organization_id,
      in_trail: (name) => [name.replace(/^(intro|how_to_pay)_/, '$1.')],
      values: async (tx) => pageValues(await membershipPageOf(tx, actor.organization_id)),
      save: (tx) => savePage(tx, actor, value),
    })
    if (!saved.ok) return setupPage(c, typed, {}, saved.meanwhile)
    return c.redirect('/membership/page?done=saved', 303)
  })

const aboutOf = async (c: Ctx) => {
  const { installation, organization, db } = c.var
  const now = installation.clock.now()
  const links = await memberLinks(db, installation, actorOf(c).organization_id)
  return { organization: organization?.name ?? {}, today: dateIn(timeZone(c), now), now, links }
}

/** The page of the list somebody decided on. */
const back = (c: Ctx): string => applicationsPath(Asked.parse(c.req.query()))

async function queue(c: Ctx, wrong: string | null = null) {
  const { t, db } = c.var
  const actor = actorOf(c)
  const { organization_id } = actor
  const { show, ...asked } = Asked.parse(c.req.query())
  if (wrong !== null) await applicationThere(db, organization_id, wrong)
  const read = async (from: number) => ({
    from,
    ...(await applicationsOf(db, organization_id, show, dateIn(timeZone(c), c.var.installation.clock.now()), {
      from,
      size,
    })),
  })
  const there = await read(asked.from)
  // Whoever decided about the last one of the last page reads the page before.
  const isPast = there.rows.length === 0 && there.total > 0
  const { rows, total, from } = isPast ? await read(Math.floor((there.total - 1) / size) * size) : there
  if (rows.length > 0)
    await audit(db, actor, {
      action: 'membership.applications',
      subject: 'membership',
      after: { found: total },
      request_id: c.var.request_id,
    })
  return page(
    c,
    <ApplicationsPage
      {...{ t, show, rows, total, from, size, wrong }}
      done={(['approved', 'approved_mailed', 'declined'] as const).find((each) => each === c.req.query('done')) ?? null}
      waiting={show === 'waiting' ? total : await waitingCount(db, organization_id)}
      time_zone={timeZone(c)}
      may_settings={mayDo(actor, 'people.settings')}
    />,
    { title: t('membership.applications.title'), status: wrong === null ? 200 : 422 },
  )
}

async function setupPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}, meanwhile?: Meanwhile) {
  const { t, db, installation } = c.var
  const { organization_id } = actorOf(c)
  const setup = await membershipPageOf(db, organization_id)
  const { slug } = found(await organizationSettings(db, organization_id))
  const isTyped = Object.keys(typed).length > 0
  return page(
    c,
    <SetupPage
      {...{ t, setup, typed, errors }}
      address={`${installation.url}/m/${slug}`}
      ticked={isTyped ? Object.keys(typed) : (['is_open', 'sends_reminders'] as const).filter((each) => setup[each])}
      is_saved={c.req.query('done') === 'saved'}
    />,
    { title: t('membership.page.title'), status: Object.keys(errors).length > 0 ? 422 : 200, meanwhile },
  )
}

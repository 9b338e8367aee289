import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { dateIn } from '../../../platform/clock.ts'
import { found, NotFound } from '../../../platform/errors.ts'
import type { Db } from '../../../platform/db/db.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import '../messages.ts'
import { nameOf } from '../pages/person-name.tsx'
import { profileOf, whoIs, type Profile } from '../queries.ts'
import { whoName } from '../rules.ts'
import { search } from '../search/queries.ts'
import { confirmHousehold, describeHousehold, livesApart, livesWith, takeBackHousehold } from './commands.ts'
import './messages.ts'
import { householdView } from './page-of.ts'
import { ApartPage, HouseholdPage, HouseholdsPage, LivesPage, savedHousehold } from './pages.tsx'
import { householdAt, householdById, listHouseholds, somebodyOf } from './queries.ts'
import { ApartForm, HouseholdForm, LivesForm } from './schema.ts'

const edit = allow('people.edit')
const From = z.coerce.number().int().min(0).max(1_000_000).catch(0)
const size = 50

const who = (c: Ctx): string => c.req.param('who') ?? ''

async function profileFor(c: Ctx, meant = who(c), db = c.var.db): Promise<Profile> {
  const { organization_id } = actorOf(c)
  return found(await profileOf(db, organization_id, found(await whoIs(db, organization_id, meant))))
}

const times = (c: Ctx) => {
  const time_zone = c.var.organization?.time_zone ?? 'America/New_York'
  const now = c.var.installation.clock.now()
  return { time_zone, now, today: dateIn(time_zone, now) }
}

/** On whose page it was asked: back there, or to the person's own. */
async function fromOf(c: Ctx): Promise<string> {
  const from = c.req.query('from')
  return from && (await whoIs(c.var.db, actorOf(c).organization_id, from)) ? from : who(c)
}

const backTo = async (c: Ctx, done: string, part = ''): Promise<Response> =>
  c.redirect(`/people/${await fromOf(c)}/household?done=${done}${part && `#${part}`}`, 303)

async function show(
  c: Ctx,
  typed: Record<string, string> = {},
  errors: FieldErrors = {},
  of = who(c),
  meanwhile?: Meanwhile,
): Promise<Response> {
  const actor = actorOf(c)
  const { db, t } = c.var
  const profile = await profileFor(c, of)
  const view = await householdView(db, actor.organization_id, profile, {
    shows_money: mayDo(actor, 'ledger.view'),
    today: dateIn(c.var.organization?.time_zone ?? 'America/New_York', c.var.installation.clock.now()),
  })
  await audit(db, actor, {
    action: 'person.view',
    subject: profile.voter ? 'voter_record' : 'person',
    subject_id: profile.who.voter_id ?? profile.who.person_id,
    after: { household: view.residents.length },
    request_id: c.var.request_id,
  })
  const done = c.req.query('done') ?? null
  const may_edit = mayDo(actor, 'people.edit')
  return page(c, <HouseholdPage {...{ t, view, may_edit, typed, errors, done }} {...times(c)} />, {
    title: view.household?.name ?? t('households.of', { name: nameOf(profile, t).main }),
    status: Object.keys(errors).length > 0 ? 422 : 200,
    meanwhile,
  })
}

async function livesForm(
  c: Ctx,
  act: 'add' | 'move',
  typed: Record<string, string> = {},
  errors: FieldErrors = {},
): Promise<Response> {
  const { db, t, request_id } = c.var
  const actor = actorOf(c)
  const profile = await profileFor(c)
  const query = (c.req.query('q') ?? '').trim()
  const results = query ? (await search(db, actor.organization_id, query)).results.slice(0, 20) : []
  if (results.length > 0)
    await audit(db, actor, {
      action: 'voter.search',
      subject: 'voter_record',
      after: { query, found: results.length },
      request_id,
    })
  const from = await fromOf(c)
  const { today } = times(c)
  return page(c, <LivesPage {...{ t, profile, from, typed, errors, query, found: results, today, act }} />, {
    title: nameOf(profile, t).main,
    status: Object.keys(errors).length > 0 ? 422 : 200,
  })
}

async function apartForm(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}): Promise<Response> {
  const profile = await profileFor(c)
  const from = await fromOf(c)
  return page(c, <ApartPage {...{ t: c.var.t, profile, from, typed, errors }} />, {
    title: nameOf(profile, c.var.t).main,
    status: Object.keys(errors).length > 0 ? 422 : 200,
  })
}

export const householdRoutes = room()
  .get('/households', allow('people.view'), async (c) => {
    const { db, t, request_id } = c.var
    const actor = actorOf(c)
    const from = From.parse(c.req.query('from') ?? 0)
    const { rows, total } = await listHouseholds(db, actor.organization_id, { from, limit: size })
    if (rows.length === 0 && from > 0) return c.redirect('/households', 303)
    // Names and notes of many homes at once: who looks at them is kept.
    if (rows.length > 0)
      await audit(db, actor, {
        action: 'household.list',
        subject: 'household',
        subject_id: actor.organization_id,
        after: { rows: rows.length },
        request_id,
      })
    return page(c, <HouseholdsPage {...{ t, households: rows, total, from, size }} {...times(c)} />, {
      title: t('households.tool'),
    })
  })
  .get('/households/:household', allow('people.view'), async (c) => {
    const { organization_id } = actorOf(c)
    const household = found(await householdById(c.var.db, organization_id, c.req.param('household')))
    const somebody = await somebodyOf(c.var.db, household)
    // Everybody moved away: there is no home any more.
    if (!somebody) throw new NotFound()
    return show(c, {}, {}, whoName(somebody))
  })

  .get('/people/:who/household', allow('people.view'), (c) => show(c))
  .post('/people/:who/household', edit, async (c) => {
    const { typed, errors, value } = await readForm(c, HouseholdForm)
    if (!value) return show(c, typed, errors)
    const home = async (tx: Db) => {
      const { home: key } = (await profileFor(c, who(c), tx)).home
      return key === null ? null : ((await householdAt(tx, actorOf(c).organization_id, key)) ?? null)
    }
    const saved = await saveUnlessChanged(c, {
      subject: 'household',
      subject_id: async (tx) => (await home(tx))?.household_id ?? who(c),
      values: async (tx) => savedHousehold(await home(tx)),
      save: (tx) => describeHousehold(tx, actorOf(c), who(c), value),
    })
    if (!saved.ok) return show(c, typed, {}, who(c), saved.meanwhile)
    return backTo(c, 'saved', 'about')
  })
  .get('/people/:who/household/add', edit, (c) => livesForm(c, 'add'))
  .post('/people/:who/household/add', edit, async (c) => {
    const { typed, errors, value } = await readForm(c, LivesForm)
    if (!value) return livesForm(c, 'add', typed, errors)
    await profileFor(c)
    if (!(await whoIs(c.var.db, actorOf(c).organization_id, value.other)))
      return livesForm(c, 'add', typed, { '': 'households.problem.not_found' })
    const { db } = c.var
    const living = await livesWith(db, actorOf(c), value.other, { other: who(c), reason: value.reason })
    if (!living.ok) return livesForm(c, 'add', typed, { '': `households.problem.${living.problem}` })
    return backTo(c, 'changed')
  })
  .get('/people/:who/household/move', edit, (c) => livesForm(c, 'move'))
  .post('/people/:who/household/move', edit, async (c) => {
    const { typed, errors, value } = await readForm(c, LivesForm)
    if (!value) return livesForm(c, 'move', typed, errors)
    const living = await livesWith(c.var.db, actorOf(c), who(c), value)
    if (!living.ok) return livesForm(c, 'move', typed, { '': `households.problem.${living.problem}` })
    return backTo(c, 'changed')
  })
  .get('/people/:who/household/apart', edit, (c) => apartForm(c))
  .post('/people/:who/household/apart', edit, async (c) => {
    const { typed, errors, value } = await readForm(c, ApartForm)
    if (!value) return apartForm(c, typed, errors)
    const living = await livesApart(c.var.db, actorOf(c), who(c), value.reason)
    if (!living.ok) return apartForm(c, typed, { '': `households.problem.${living.problem}` })
    return backTo(c, 'changed')
  })
  .post('/people/:who/household/:row/undo', edit, async (c) => {
    await takeBackHousehold(c.var.db, actorOf(c), c.req.param('row'))
    return backTo(c, 'undone')
  })
  .post('/people/:who/household/:row/confirm', edit, async (c) => {
    await confirmHousehold(c.var.db, actorOf(c), c.req.param('row'))
    return backTo(c, 'confirmed')
  })

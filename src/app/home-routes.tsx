import { allow } from '../features/access/allow.ts'
import { mayDo } from '../features/access/permissions.ts'
import { NextElectionPanel } from '../features/elections/pages/next-election-panel.tsx'
import { OpenBallotsPanel } from '../features/endorsements/ballots/pages.tsx'
import { openBallotsOf } from '../features/endorsements/ballots/queries.ts'
import { doorsOf } from '../features/events/door/queries.ts'
import { takeUpHosting } from '../features/events/hosting/commands.ts'
import { MyHostingPanel } from '../features/events/hosting/pages.tsx'
import { hostingOf, proposalsBy } from '../features/events/hosting/queries.ts'
import { DoorsPanel } from '../features/events/pages/doors-panel.tsx'
import { NextEventsPanel, OpenEventsPanel } from '../features/events/pages/next-events-panel.tsx'
import { listEvents, organizationById, withCounts } from '../features/events/queries.ts'
import { MyDayPanel } from '../features/leadership/pages/my-day.tsx'
import { PartPanel } from '../features/leadership/part/panel.tsx'
import { partOf } from '../features/leadership/part/queries.ts'
import { tasksLeft } from '../features/leadership/tasks/queries.ts'
import { closedParts } from '../features/campaigns/team/queries.ts'
import { MyFollowUpsPanel } from '../features/phonebanks/follow-ups/pages/mine-panel.tsx'
import { followUpsOf } from '../features/phonebanks/follow-ups/queries.ts'
import { dateIn } from '../platform/clock.ts'
import { page } from '../platform/http/page.tsx'
import { room } from '../platform/http/room.ts'
import './messages.ts'
import { homeFacts, isSetUp, openOrganizations } from './pages/home-queries.ts'
import { HomePage, WelcomePage } from './pages/home.tsx'

const events_shown = 3

/** The start page: what this is, or what is going on and what to do next. */
export const homeRoutes = room().get('/', allow('public'), async (c) => {
  const { t, language, actor, organization, db, installation } = c.var
  if (!(await isSetUp(installation.database.owner))) return c.redirect('/setup', 303)
  const now = installation.clock.now()
  if (!actor || !organization) {
    const open = actor ? [] : await openOrganizations(installation.database.owner, now)
    return page(c, <WelcomePage t={t} organizations={open} />, { title: t('app.motto'), bare: true })
  }
  const today = dateIn(organization.time_zone, now)
  const all = await homeFacts(db, today, organization.time_zone)
  const closed = await closedParts(db, actor, 'phone_bank', now)
  const facts = { ...all, open: all.open.filter(({ phone_bank_id }) => !closed.has(phone_bank_id)) }
  const todo = mayDo(actor, 'phonebanks.results')
    ? await followUpsOf(db, actor.organization_id, actor.id, today)
    : undefined
  const events = mayDo(actor, 'events.view')
    ? await listEvents(db, actor.organization_id, { which: 'upcoming', now, limit: events_shown })
    : []
  const isAtDoors = mayDo(actor, 'events.check_in') && !mayDo(actor, 'events.view')
  const doors = isAtDoors ? await doorsOf(db, actor, now) : null
  const isSignedUp = mayDo(actor, 'signed-in') && !mayDo(actor, 'events.view')
  if (isSignedUp) await takeUpHosting(db, actor, now)
  const hosted = isSignedUp ? await proposalsBy(db, actor.organization_id, actor.id) : null
  const ballots = actor.kind === 'user' ? await openBallotsOf(db, actor.organization_id, actor.id, today) : []
  const left = await tasksLeft(db, actor.organization_id, actor.id, today)
  const part = actor.kind === 'user' ? await partOf(db, actor.organization_id, actor.id, { today, now }) : null
  const { slug } = await organizationById(db, actor.organization_id)
  return page(
    c,
    <HomePage
      {...{ t, language, actor, organization, facts }}
      has_nothing={left.open === 0 && !hosted?.length && !doors?.length && ballots.length === 0}
    >
      <OpenBallotsPanel t={t} votes={ballots} />
      <MyDayPanel t={t} count={left} />
      {part && <PartPanel t={t} slug={slug} part={part} />}
      {todo && <MyFollowUpsPanel t={t} user_id={actor.id} count={todo} />}
      {doors && <DoorsPanel t={t} events={doors} />}
      {hosted && (
        <MyHostingPanel
          t={t}
          count={hosted.length}
          may_propose={(await hostingOf(db, actor.organization_id)).kinds.length > 0}
        />
      )}
      {isSignedUp && (
        <OpenEventsPanel
          t={t}
          slug={slug}
          events={await listEvents(db, actor.organization_id, {
            which: 'upcoming',
            is_public: true,
            now,
            limit: events_shown,
          })}
        />
      )}
      <NextEventsPanel t={t} events={await withCounts(db, actor.organization_id, events)} now={now} />
      <NextElectionPanel t={t} today={today} />
    </HomePage>,
    { title: t('home.title') },
  )
})

import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { dateIn } from '../../../platform/clock.ts'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { mayCheckIn } from '../door/queries.ts'
import { draftOf } from '../editing.ts'
import { proposalPath } from '../links.ts'
import { countsOf, eventById, kindOf, kindsOf, organizationById, shiftsOf, signupsOf, type Event } from '../queries.ts'
import { SettingsForm } from '../schema.ts'
import { approveProposal, declineProposal, saveHosting, takeUpHosting } from './commands.ts'
import './messages.ts'
import { HostedEventPage, HostingSettingsPage, MyHostingPage, ProposalPage, ProposalsPage } from './pages.tsx'
import { hostingOf, hostOf, proposalById, proposalsBy, proposalsOf, type ProposalRow } from './queries.ts'
import { proposable, valuesOfProposal } from './rules.ts'
import { DeclineForm, HostingForm, NoteForm } from './schema.ts'

const shown_at_once = 60

/** What an organizer does with what the community proposes to host, and what a host sees. */
export const hostingRoutes = room()
  .get('/events/proposals', allow('events.edit'), async (c) => {
    const { t, db } = c.var
    const { organization_id } = actorOf(c)
    const [proposals, kinds] = await Promise.all([
      proposalsOf(db, organization_id, { limit: shown_at_once }),
      kindsOf(db, organization_id),
    ])
    await audit(db, actorOf(c), {
      action: 'event_proposal.list',
      subject: 'organization',
      subject_id: organization_id,
      after: { proposals: proposals.length },
    })
    return page(c, <ProposalsPage {...{ t, proposals, kinds }} time_zone={timeZone(c)} />, {
      title: t('hosting.proposals'),
    })
  })
  .get('/events/proposals/settings', allow('events.edit'), async (c) => {
    const { t, db, installation } = c.var
    const { organization_id } = actorOf(c)
    const [hosting, kinds, { slug }] = await Promise.all([
      hostingOf(db, organization_id),
      kindsOf(db, organization_id),
      organizationById(db, organization_id),
    ])
    const url = `${installation.url}/e/${slug}/host`
    return page(c, <HostingSettingsPage {...{ t, hosting, kinds, url }} is_saved={c.req.query('said') === 'saved'} />, {
      title: t('hosting.settings'),
    })
  })
  .post('/events/proposals/settings', allow('events.edit'), async (c) => {
    const { value } = await readForm(c, HostingForm)
    if (value) await saveHosting(c.var.db, actorOf(c), value, now(c))
    return c.redirect(`/events/proposals/settings${value ? '?said=saved' : ''}`, 303)
  })
  .get('/events/proposals/:proposal', allow('events.edit'), async (c) => proposalPage(c, await proposalIn(c)))
  .post('/events/proposals/:proposal', allow('events.edit'), async (c) => {
    const proposal = await proposalIn(c)
    const { db, installation } = c.var
    const { typed, errors, value } = await readForm(c, SettingsForm)
    const { note } = NoteForm.catch({ note: '' }).parse(typed)
    const again = (wrong: FieldErrors) => proposalPage(c, proposal, { fields: typed, errors: wrong }, 422)
    if (!value) return again(errors)
    const kind = kindOf(await kindsOf(db, proposal.organization_id), proposal.kind)
    const read = draftOf(typed, { ...value, kind: kind.kind }, { languages: languagesOf(c), needs: [] })
    if (!read.draft) return again(read.errors)
    if (read.draft.shifts.some(({ ends_at }) => ends_at <= now(c))) return again({ 'shift.0.date': 'hosting.day_over' })
    const done = await approveProposal(installation, db, actorOf(c), proposal.proposal_id, { draft: read.draft, note }, now(c)) // prettier-ignore
    if (!done.ok) return c.redirect(`/events/proposals/${proposal.proposal_id}?said=decided`, 303)
    return c.redirect(`/events/${done.event_id}?said=saved`, 303)
  })
  .post('/events/proposals/:proposal/decline', allow('events.edit'), async (c) => {
    const proposal = await proposalIn(c)
    const { typed, errors, value } = await readForm(c, DeclineForm)
    if (!value) return proposalPage(c, proposal, { fields: { ...fieldsOf(c, proposal), ...typed }, errors }, 422)
    const { ok } = await declineProposal(c.var.db, actorOf(c), proposal.proposal_id, value, now(c))
    return c.redirect(`/events/proposals/${proposal.proposal_id}${ok ? '' : '?said=decided'}`, 303)
  })
  .get('/hosting', allow('signed-in'), async (c) => {
    const { t, db, installation } = c.var
    const actor = actorOf(c)
    const { organization_id } = actor
    await takeUpHosting(db, actor, now(c))
    const [mine, hosting, kinds, { slug }] = await Promise.all([
      proposalsBy(db, organization_id, actor.id),
      hostingOf(db, organization_id),
      kindsOf(db, organization_id),
      organizationById(db, organization_id),
    ])
    return page(
      c,
      <MyHostingPage
        t={t}
        mine={mine}
        time_zone={timeZone(c)}
        propose={proposable(hosting, kinds).length > 0 ? `/e/${slug}/host?lang=${t.language}` : null}
        pageOf={(proposal_id) => `${proposalPath(installation.secret, slug, proposal_id)}?lang=${t.language}`}
      />,
      { title: t('hosting.mine') },
    )
  })
  .get('/hosting/:event', allow('events.check_in'), async (c) => {
    const { t, db, installation } = c.var
    const event = await hostedIn(c)
    const { organization_id, event_id } = event
    const [shifts, rows, counts, { slug }] = await Promise.all([
      shiftsOf(db, organization_id, [event_id]),
      signupsOf(db, organization_id, event_id),
      countsOf(db, organization_id, [event_id]),
      organizationById(db, organization_id),
    ])
    // Names of many at once: who looks at them is kept.
    await audit(db, actorOf(c), {
      action: 'event.people',
      subject: 'event',
      subject_id: event_id,
      after: { people: rows.length },
      request_id: c.var.request_id,
    })
    return page(
      c,
      <HostedEventPage
        {...{ t, event, shifts, rows }}
        counts={counts.get(event_id) ?? {}}
        url={`${installation.url}/e/${slug}/${event.code}`}
      />,
      { title: localized(event.content.title, t.language).text },
    )
  })

const now = (c: Ctx): Date => c.var.installation.clock.now()
const timeZone = (c: Ctx): string => c.var.organization?.time_zone ?? 'America/New_York'
const languagesOf = (c: Ctx): string[] => c.var.organization?.languages ?? ['en', 'ko']

const proposalIn = async (c: Ctx): Promise<ProposalRow> =>
  found(
    await proposalById(c.var.db, actorOf(c).organization_id, found(z.uuid().safeParse(c.req.param('proposal')).data)),
  )

/** An event of the reader: they host it, and nobody has taken its door from them; or they may see every list. */
async function hostedIn(c: Ctx): Promise<Event> {
  const actor = actorOf(c)
  const { db } = c.var
  const event_id = found(z.uuid().safeParse(c.req.param('event')).data)
  const event = found(await eventById(db, actor.organization_id, event_id))
  const host = found(await hostOf(db, actor.organization_id, event_id))
  const isTheirs = host.user_id === actor.id && (await mayCheckIn(db, actor, event_id, now(c)))
  found(isTheirs || mayDo(actor, 'events.people') || null)
  return event
}

function fieldsOf(c: Ctx, proposal: ProposalRow): Record<string, string> {
  const around = { languages: languagesOf(c), time_zone: timeZone(c), today: dateIn(timeZone(c), now(c)) }
  return valuesOfProposal(proposal, { kind: proposal.kind, needs: [] }, around)
}

async function proposalPage(
  c: Ctx,
  proposal: ProposalRow,
  { fields = fieldsOf(c, proposal), errors = {} }: { fields?: Record<string, string>; errors?: FieldErrors } = {},
  status: 200 | 422 = 200,
): Promise<Response> {
  const { t, db } = c.var
  const kind = kindOf(await kindsOf(db, proposal.organization_id), proposal.kind)
  return page(
    c,
    <ProposalPage
      {...{ t, proposal, kind, fields, errors }}
      languages={languagesOf(c)}
      time_zone={timeZone(c)}
      is_decided_meanwhile={c.req.query('said') === 'decided'}
    />,
    { title: proposal.sent.title, status },
  )
}

import { allow } from '../features/access/allow.ts'
import { mayDo } from '../features/access/permissions.ts'
import { matchCandidates } from '../features/people/matching/queries.ts'
import { nameOf } from '../features/people/pages/person-name.tsx'
import { profileOf, tagsInUse, timelineOf, whoIs } from '../features/people/queries.ts'
import { profilePath, type Who } from '../features/people/rules.ts'
import { audit } from '../platform/audit.ts'
import { dateIn } from '../platform/clock.ts'
import { found } from '../platform/errors.ts'
import { page } from '../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../platform/http/room.ts'
import { PersonPage } from './pages/person.tsx'

/** The profile, under the voter's number and, for whoever is in no voter file, under the person's id. */
export const personRoutes = room()
  .get('/voters/:voter{[0-9]{1,9}}', allow('voters.view'), async (c) => {
    const meant = found(await whoIs(c.var.db, actorOf(c).organization_id, `v${c.req.param('voter')}`))
    return profilePage(c, meant)
  })
  .get('/people/:person{(?:v[0-9]+|[0-9a-f-]{36})}', allow('people.view'), async (c) => {
    const asked = c.req.param('person')
    const meant = found(await whoIs(c.var.db, actorOf(c).organization_id, asked))
    // A matched person, or one joined with another, has one address only.
    const path = profilePath(meant)
    if (path !== `/people/${asked}`) return c.redirect(path + new URL(c.req.url).search, 302)
    return profilePage(c, meant)
  })

async function profilePage(c: Ctx, who: Who): Promise<Response> {
  const { db, t, installation, organization } = c.var
  const actor = actorOf(c)
  const { organization_id } = actor
  const profile = found(await profileOf(db, organization_id, who))
  const { person } = profile
  const [timeline, tags, match] = await Promise.all([
    timelineOf(db, organization_id, profile),
    tagsInUse(db, organization_id),
    person && !profile.voter
      ? matchCandidates(
          db,
          organization_id,
          { ...person, phones: profile.phones.map(({ phone }) => phone) },
          person.person_id,
        )
      : null,
  ])
  await audit(db, actor, {
    action: 'person.view',
    subject: profile.voter ? 'voter_record' : 'person',
    subject_id: who.voter_id ?? who.person_id,
    request_id: c.var.request_id,
  })
  const now = installation.clock.now()
  const time_zone = organization?.time_zone ?? 'America/New_York'
  const note = c.req.query('note')
  return page(
    c,
    <PersonPage
      t={t}
      profile={profile}
      timeline={timeline}
      candidates={match?.candidates ?? []}
      tags={tags.map(({ tag }) => tag)}
      may_edit={mayDo(actor, 'people.edit')}
      today={dateIn(time_zone, now)}
      now={now}
      time_zone={time_zone}
      done={c.req.query('done') ?? null}
      removed_note={c.req.query('done') === 'note_removed' && note && /^[0-9a-f-]{36}$/.test(note) ? note : null}
    />,
    { title: nameOf(profile, t).main },
  )
}

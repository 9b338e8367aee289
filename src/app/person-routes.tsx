import { z } from 'zod'
import { allow } from '../features/access/allow.ts'
import { mayDo } from '../features/access/permissions.ts'
import { addNote, addTag, auditView } from '../features/people/commands.ts'
import { matchCandidates } from '../features/people/matching/queries.ts'
import { hoursByKind } from '../features/events/after/queries.ts'
import { hostingTold } from '../features/events/hosting/told.ts'
import { wishTopics } from '../features/mailings/topics/commands.ts'
import { topicsOfPerson, wishedTopics } from '../features/mailings/topics/queries.ts'
import { kindsOf } from '../features/events/queries.ts'
import { leadershipOf } from '../features/leadership/told.ts'
import { nameOf } from '../features/people/pages/person-name.tsx'
import { profileOf, tagsInUse, timelineOf, whoIs } from '../features/people/queries.ts'
import { profilePath, whoName, type Who } from '../features/people/rules.ts'
import { NoteForm, TagForm } from '../features/people/schema.ts'
import { postalTold } from '../features/postal/mailed/told.ts'
import { runningBanks } from '../features/phonebanks/queries.ts'
import { dateIn } from '../platform/clock.ts'
import { inTransaction } from '../platform/db/db.ts'
import { found } from '../platform/errors.ts'
import { readForm, type FieldErrors } from '../platform/http/form.ts'
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
  .post('/people/:who/tags', allow('people.edit'), async (c) => {
    const meant = await meantBy(c)
    const { typed, errors, value } = await readForm(c, TagForm)
    if (!value) return profilePage(c, meant, { typed, errors })
    await addTag(c.var.db, actorOf(c), c.req.param('who'), value.tag)
    return c.redirect(`${profilePath(meant)}?done=saved#tags`, 303)
  })
  .post('/people/:who/mail-topics', allow('people.edit'), async (c) => {
    const meant = await meantBy(c)
    const person_id = found(meant.person_id)
    const { all } = await readForm(c, z.object({}))
    const actor = actorOf(c)
    const { clock } = c.var.installation
    await inTransaction(c.var.db, async (tx) => {
      // What was left as it was, they said nothing of.
      const told = (await wishedTopics(tx, actor.organization_id, person_id))
        .filter(({ topic_id }) => all.shown_topics?.includes(topic_id))
        .map(({ topic_id, is_wanted }) => ({
          topic_id,
          was_wanted: is_wanted,
          is_wanted: all.topics?.includes(topic_id) === true,
        }))
        .filter(({ was_wanted, is_wanted }) => is_wanted !== was_wanted)
      await wishTopics(
        tx,
        actor,
        person_id,
        told.map(({ topic_id, is_wanted }) => ({ topic_id, is_wanted })),
        clock.now(),
      )
    })
    return c.redirect(`${profilePath(meant)}?done=saved#mail-topics`, 303)
  })
  .post('/people/:who/notes', allow('people.edit'), async (c) => {
    const meant = await meantBy(c)
    const { typed, errors, value } = await readForm(c, NoteForm)
    if (!value) return profilePage(c, meant, { typed, errors })
    await addNote(c.var.db, actorOf(c), c.req.param('who'), value.body)
    return c.redirect(`${profilePath(meant)}?done=saved#notes`, 303)
  })

const meantBy = async (c: Ctx): Promise<Who> =>
  found(await whoIs(c.var.db, actorOf(c).organization_id, c.req.param('who') ?? ''))

/** A small form of the page that was refused, with what was typed. */
interface Refused {
  typed: Record<string, string>
  errors: FieldErrors
}

async function profilePage(c: Ctx, who: Who, refused: Refused | null = null): Promise<Response> {
  const { db, t, installation, organization } = c.var
  const actor = actorOf(c)
  const { organization_id } = actor
  const profile = found(await profileOf(db, organization_id, who))
  const { person } = profile
  const now = installation.clock.now()
  const today = dateIn(organization?.time_zone ?? 'America/New_York', now)
  // Of each kind; further back by asking for more.
  const told = z.coerce.number().int().min(100).max(100_000).catch(100).parse(c.req.query('told'))
  const [timeline, tags, match] = await Promise.all([
    timelineOf(db, organization_id, profile, { shows_money: mayDo(actor, 'ledger.view'), today, limit: told }),
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
  const leadership = mayDo(actor, 'leadership.view') ? await leadershipOf(db, actor, who.person_id, t, today) : null
  const time_zone = organization?.time_zone ?? 'America/New_York'
  const [hours, kinds, hosting] =
    who.person_id && mayDo(actor, 'events.view')
      ? await Promise.all([
          hoursByKind(db, organization_id, {
            from: null,
            until: dateIn(time_zone, now),
            time_zone,
            person_id: who.person_id,
          }),
          kindsOf(db, organization_id),
          hostingTold(db, organization_id, who.person_id, t, { shows_reasons: mayDo(actor, 'events.edit'), now }),
        ])
      : [[], [], []]
  const mail =
    who.person_id && mayDo(actor, 'mailings.view')
      ? await topicsOfPerson(db, organization_id, who.person_id, today)
      : null
  const paper =
    who.voter_id !== null && mayDo(actor, 'postal.view') ? await postalTold(db, organization_id, who.voter_id, t) : []
  await auditView(db, actor, who, time_zone, c.var.request_id)
  const note = c.req.query('note')
  return page(
    c,
    <PersonPage
      t={t}
      profile={profile}
      more={told}
      timeline={{
        ...timeline,
        entries: [
          ...timeline.entries,
          ...[...(leadership?.told ?? []), ...hosting, ...paper].map(({ at, by, ...told }) => ({
            at,
            by,
            kind: 'told' as const,
            told,
          })),
        ].sort((a, b) => b.at.getTime() - a.at.getTime()),
      }}
      leadership={leadership}
      hours={hours}
      mail={mail}
      kinds={kinds}
      banks={mayDo(actor, 'phonebanks.results') ? await runningBanks(db, organization_id) : []}
      candidates={match?.candidates ?? []}
      tags={tags.map(({ tag }) => tag)}
      may_edit={mayDo(actor, 'people.edit')}
      may_merge={mayDo(actor, 'people.merge')}
      may_erase={mayDo(actor, 'people.settings')}
      may_money={mayDo(actor, 'ledger.view')}
      may_roll={mayDo(actor, 'membership.view')}
      dues_href={mayDo(actor, 'ledger.edit') ? `/ledger/dues/${whoName(profile.who)}` : null}
      typed={refused?.typed ?? {}}
      errors={refused?.errors ?? {}}
      today={today}
      now={now}
      time_zone={time_zone}
      done={c.req.query('done') ?? null}
      undo_voter={Number(/^\d{1,9}$/.exec(c.req.query('voter') ?? '')?.[0]) || null}
      removed_note={c.req.query('done') === 'note_removed' && note && /^[0-9a-f-]{36}$/.test(note) ? note : null}
    />,
    { title: nameOf(profile, t).main, status: refused ? 422 : 200 },
  )
}

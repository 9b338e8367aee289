import { dateIn } from '../../../platform/clock.ts'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { districtName } from '../../geography/rules.ts'
import { isMapKind } from '../../geography/schema.ts'
import type { KnownFigure } from '../figures/queries.ts'
import { correctOfficial, takeTermBack } from './commands.ts'
import './messages.ts'
import { correctTitle, EditOfficialPage, savedOfficial } from './pages/edit-official.tsx'
import { OfficialsPage } from './pages/officials-page.tsx'
import { official, officialsAndElected, officialsNamed, type Official } from './queries.ts'
import { OfficialForm, officialKinds } from './schema.ts'

const steward = allow('installation.steward')

export const officialRoutes = room()
  .get('/officials', steward, async (c) => {
    const { t, actor } = c.var
    const db = c.var.installation.database.owner
    const kind = officialKinds.find((each) => each === c.req.query('kind')) ?? 'nyc-council'
    const typed = (c.req.query('q') ?? '').normalize('NFC').trim().slice(0, 80)
    const saved = c.req.query('saved') ?? ''
    return page(
      c,
      <OfficialsPage
        t={t}
        kind={kind}
        officials={
          await (typed === '' ? officialsAndElected(db, kind, todayOf(c)) : officialsNamed(db, typed, todayOf(c)))
        }
        typed={typed}
        today={todayOf(c)}
        saved={/^[0-9]{1,9}$/.test(saved) ? ((await official(db, Number(saved))) ?? null) : null}
        may_look={mayDo(actor, 'universes.view')}
      />,
      { title: t('officials.title') },
    )
  })
  .get('/officials/:official/edit', steward, async (c) => edit(c, await officialOf(c)))
  .post('/officials/:official', steward, async (c) => {
    const asked = await officialOf(c)
    const { typed, errors, value } = await readForm(c, OfficialForm)
    if (!value) return edit(c, asked, { typed, errors })
    const { database, clock } = c.var.installation
    const now = clock.now()
    const saved = await saveUnlessChanged(c, {
      subject: 'official',
      subject_id: String(asked.official_id),
      db: database.owner,
      values: async (tx) => savedOfficial(found(await official(tx, asked.official_id))),
      save: (tx) => correctOfficial(tx, actorOf(c), asked.official_id, value, todayOf(c), now),
    })
    if (!saved.ok) return edit(c, await officialOf(c), { typed, errors: {}, meanwhile: saved.meanwhile })
    const done = saved.value
    if (!done.ok && done.problem === 'which')
      return edit(c, asked, { typed, errors: { figure: 'officials.which' }, known: done.known })
    if (!done.ok) return edit(c, asked, { typed, errors: { since: `officials.${done.problem}` } })
    // Where it may be taken back, next to what was saved.
    if (done.official_id !== asked.official_id) {
      const { figure_id } = found(await official(database.owner, done.official_id))
      return c.redirect(`/public-figures/${figure_id}?saved=${done.official_id}`, 303)
    }
    const { href, is_list } = placeOf(c, asked)
    return c.redirect(is_list ? `${href}&saved=${done.official_id}` : href, 303)
  })
  .post('/officials/:official/take-back', steward, async (c) => {
    const { official_id, figure_id } = await officialOf(c)
    const { database, clock } = c.var.installation
    await takeTermBack(database.owner, actorOf(c), official_id, clock.now())
    return c.redirect(`/public-figures/${figure_id}?taken_back=1`, 303)
  })

async function officialOf(c: Ctx): Promise<Official> {
  const id = c.req.param('official') ?? ''
  return found(/^[0-9]{1,9}$/.test(id) ? await official(c.var.installation.database.owner, Number(id)) : null)
}

/** Page on which the official is shown: the district's, for who may look at it. */
function placeOf(c: Ctx, { kind, district }: Official): { href: string; label: string; is_list: boolean } {
  const { t, actor } = c.var
  return district !== null && isMapKind(kind) && mayDo(actor, 'universes.view')
    ? { href: `/districts/${kind}/${district}`, label: districtName(t, kind, district), is_list: false }
    : { href: `/officials?kind=${kind}`, label: t('officials.title'), is_list: true }
}

const todayOf = (c: Ctx): string =>
  dateIn(c.var.organization?.time_zone ?? 'America/New_York', c.var.installation.clock.now())

function edit(
  c: Ctx,
  asked: Official,
  refused?: {
    typed: Record<string, string>
    errors: FieldErrors
    meanwhile?: Meanwhile
    known?: readonly KnownFigure[]
  },
) {
  const { t } = c.var
  const { meanwhile, ...back_again } = refused ?? {}
  const who = (refused?.typed.who ?? c.req.query('who')) === 'another' ? 'another' : 'same'
  return page(c, <EditOfficialPage {...{ t, who }} official={asked} back={placeOf(c, asked)} {...back_again} />, {
    title: correctTitle(t, asked, who),
    status: refused ? 422 : 200,
    meanwhile,
  })
}

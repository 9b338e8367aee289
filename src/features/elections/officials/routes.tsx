import { dateIn } from '../../../platform/clock.ts'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { allow } from '../../access/allow.ts'
import { districtName } from '../../geography/rules.ts'
import { isMapKind } from '../../geography/schema.ts'
import { correctOfficial } from './commands.ts'
import './messages.ts'
import { EditOfficialPage, savedOfficial } from './pages/edit-official.tsx'
import { official, type Official } from './queries.ts'
import { OfficialForm } from './schema.ts'

const steward = allow('installation.steward')

export const officialRoutes = room()
  .get('/officials/:official/edit', steward, async (c) => edit(c, await officialOf(c)))
  .post('/officials/:official', steward, async (c) => {
    const asked = await officialOf(c)
    const { typed, errors, value } = await readForm(c, OfficialForm)
    if (!value) return edit(c, asked, { typed, errors })
    const { database, clock } = c.var.installation
    const now = clock.now()
    const today = dateIn(c.var.organization?.time_zone ?? 'America/New_York', now)
    const saved = await saveUnlessChanged(c, {
      subject: 'official',
      subject_id: String(asked.official_id),
      db: database.owner,
      values: async (tx) => savedOfficial(found(await official(tx, asked.official_id))),
      save: (tx) => correctOfficial(tx, actorOf(c), asked.official_id, value, today, now),
    })
    if (!saved.ok) return edit(c, await officialOf(c), { typed, errors: {}, meanwhile: saved.meanwhile })
    return c.redirect(placeOf(asked), 303)
  })

async function officialOf(c: Ctx): Promise<Official> {
  const id = c.req.param('official') ?? ''
  return found(/^[0-9]{1,9}$/.test(id) ? await official(c.var.installation.database.owner, Number(id)) : null)
}

/** Page on which the official is shown. */
const placeOf = ({ kind, district }: Official): string =>
  district === null ? '/districts?kind=county' : `/districts/${kind}/${district}`

function edit(
  c: Ctx,
  asked: Official,
  refused?: { typed: Record<string, string>; errors: FieldErrors; meanwhile?: Meanwhile },
) {
  const { t } = c.var
  const { kind, district } = asked
  const { meanwhile, ...back_again } = refused ?? {}
  const label = isMapKind(kind) && district !== null ? districtName(t, kind, district) : t('officials.title')
  return page(c, <EditOfficialPage t={t} official={asked} back={{ href: placeOf(asked), label }} {...back_again} />, {
    title: t('officials.correct_title', { office: t(`officials.office.${asked.office}`) }),
    status: refused ? 422 : 200,
    meanwhile,
  })
}

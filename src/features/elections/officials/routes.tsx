import { dateIn } from '../../../platform/clock.ts'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { districtName } from '../../geography/rules.ts'
import { isMapKind } from '../../geography/schema.ts'
import { correctOfficial } from './commands.ts'
import './messages.ts'
import { EditOfficialPage } from './pages/edit-official.tsx'
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
    await correctOfficial(database.owner, actorOf(c), asked.official_id, value, today, now)
    return c.redirect(placeOf(asked), 303)
  })

async function officialOf(c: Ctx): Promise<Official> {
  const id = c.req.param('official') ?? ''
  return found(/^[0-9]{1,9}$/.test(id) ? await official(c.var.installation.database.owner, Number(id)) : null)
}

/** Page on which the official is shown. */
const placeOf = ({ kind, district }: Official): string =>
  district === null ? '/districts?kind=county' : `/districts/${kind}/${district}`

function edit(c: Ctx, asked: Official, refused?: { typed: Record<string, string>; errors: FieldErrors }) {
  const { t } = c.var
  const { kind, district } = asked
  const label = isMapKind(kind) && district !== null ? districtName(t, kind, district) : t('officials.title')
  return page(c, <EditOfficialPage t={t} official={asked} back={{ href: placeOf(asked), label }} {...refused} />, {
    title: t('officials.correct_title', { office: t(`officials.office.${asked.office}`) }),
    status: refused ? 422 : 200,
  })
}

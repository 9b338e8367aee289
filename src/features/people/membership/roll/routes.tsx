import { audit } from '../../../../platform/audit.ts'
import { dateIn } from '../../../../platform/clock.ts'
import { byteOrderMark, csvLine } from '../../../../platform/csv.ts'
import { page } from '../../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../../platform/http/room.ts'
import { formatPhone } from '../../../../platform/i18n/formats.ts'
import { localized } from '../../../../platform/i18n/languages.ts'
import { allow } from '../../../access/allow.ts'
import { mayDo } from '../../../access/permissions.ts'
import '../../messages.ts'
import '../messages.ts'
import { waitingCount } from '../applications/queries.ts'
import { membershipKinds } from '../queries.ts'
import { RollPage, rollSize } from './pages.tsx'
import { rollCounts, rollOf } from './queries.ts'
import { RollQuery } from './schema.ts'

const today = (c: Ctx): string =>
  dateIn(c.var.organization?.time_zone ?? 'America/New_York', c.var.installation.clock.now())

const askedOf = (c: Ctx) => {
  const { from, kind, ...asked } = RollQuery.parse(c.req.query())
  return { from, asked: { ...asked, kind: kind || null } }
}

/** Everything one file holds: an organization of this size is far below. */
const most = 100_000

/** The roll of members. */
export const membershipRollRoutes = room()
  .get('/membership', allow('membership.view'), async (c) => {
    const { t, db } = c.var
    const actor = actorOf(c)
    const { organization_id } = actor
    const { from, asked } = askedOf(c)
    const [{ rows, total }, counts, kinds] = await Promise.all([
      rollOf(db, organization_id, asked, today(c), { from, size: rollSize }),
      rollCounts(db, organization_id, today(c)),
      membershipKinds(db, organization_id),
    ])
    if (rows.length > 0)
      await audit(db, actor, {
        action: 'membership.list',
        subject: 'membership',
        after: { found: total },
        request_id: c.var.request_id,
      })
    const waiting = await waitingCount(db, organization_id)
    return page(
      c,
      <RollPage
        {...{ t, rows, total, from, asked, counts, kinds }}
        waiting={mayDo(actor, 'membership.decide') ? waiting : 0}
        may={{
          profiles: mayDo(actor, 'people.view'),
          dues: mayDo(actor, 'ledger.edit'),
          settings: mayDo(actor, 'people.settings'),
          decide: mayDo(actor, 'membership.decide'),
        }}
      />,
      { title: t('membership.roll.title') },
    )
  })
  .get('/membership/roll.csv', allow('membership.decide'), async (c) => {
    const { t, db } = c.var
    const actor = actorOf(c)
    const { asked } = askedOf(c)
    const { rows, total } = await rollOf(db, actor.organization_id, asked, today(c), { from: 0, size: most })
    await audit(db, actor, {
      action: 'membership.export',
      subject: 'membership',
      after: { found: total },
      request_id: c.var.request_id,
    })
    const head = [
      t('people.last_name'),
      t('people.first_name'),
      t('people.name_hangul'),
      t('membership.kind'),
      t('membership.standing'),
      t('membership.from_on'),
      t('membership.roll.paid_until'),
      t('people.channel.email'),
      t('people.phone'),
    ]
    const lines = rows.map((row) => [
      row.last_name,
      row.first_name,
      row.name_hangul,
      localized(row.kind_name, t.language).text,
      t(`membership.standing.${row.standing}`),
      row.from_on,
      row.is_for_life ? t('membership.dues.for_life') : row.paid_until,
      row.email,
      row.phone && formatPhone(row.phone),
    ])
    return c.body([byteOrderMark, ...[head, ...lines].map(csvLine)].join(''), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="members-${today(c)}.csv"`,
    })
  })

import { readForm } from '../../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../../platform/http/meanwhile.ts'
import { page } from '../../../../platform/http/page.tsx'
import { actorOf, room } from '../../../../platform/http/room.ts'
import { localized } from '../../../../platform/i18n/languages.ts'
import { allow } from '../../../access/allow.ts'
import '../../fields/messages.ts'
import '../../messages.ts'
import '../messages.ts'
import { kindByKey, membershipKinds } from '../queries.ts'
import { KindForm } from '../schema.ts'
import { addKind, archiveKind, editKind } from './commands.ts'
import { KindPage, KindsPage, kindValues } from './pages.tsx'

const settings = allow('people.settings')
const list = '/membership/kinds'

/** Kinds of membership: what they are called, what they cost, who approves. */
export const membershipKindRoutes = room()
  .get(list, settings, async (c) => {
    const { t, db } = c.var
    const kinds = await membershipKinds(db, actorOf(c).organization_id)
    return page(
      c,
      <KindsPage t={t} kinds={kinds} is_saved={c.req.query('done') === 'saved'} ticked={['is_public']} />,
      {
        title: t('membership.kinds.title'),
      },
    )
  })
  .post(list, settings, async (c) => {
    const { t, db } = c.var
    const { typed, errors, value } = await readForm(c, KindForm)
    if (!value) {
      const kinds = await membershipKinds(db, actorOf(c).organization_id)
      return page(c, <KindsPage {...{ t, kinds, typed, errors }} is_saved={false} ticked={Object.keys(typed)} />, {
        title: t('membership.kinds.title'),
        status: 422,
      })
    }
    await addKind(db, actorOf(c), value)
    return c.redirect(`${list}?done=saved`, 303)
  })
  .get(`${list}/:kind`, settings, async (c) => {
    const kind = await kindByKey(c.var.db, actorOf(c).organization_id, c.req.param('kind'))
    return page(c, <KindPage t={c.var.t} kind={kind} />, { title: localized(kind.name, c.var.language).text })
  })
  .post(`${list}/:kind`, settings, async (c) => {
    const { t, db, language } = c.var
    const actor = actorOf(c)
    const { typed, errors, value } = await readForm(c, KindForm)
    const kind = await kindByKey(db, actor.organization_id, c.req.param('kind'))
    const title = localized(kind.name, language).text
    const form = { t, typed, ticked: Object.keys(typed) }
    if (!value) return page(c, <KindPage {...form} kind={kind} errors={errors} />, { title, status: 422 })
    const saved = await saveUnlessChanged(c, {
      subject: 'membership_kind',
      subject_id: kind.kind,
      in_trail: (name) => [name.replace(/^name_/, 'name.').replace(/^(dues|reduced)$/, '$1_cents')],
      values: async (tx) => kindValues(await kindByKey(tx, actor.organization_id, kind.kind)),
      save: (tx) => editKind(tx, actor, kind.kind, value),
    })
    if (!saved.ok) return page(c, <KindPage {...form} kind={kind} />, { title, meanwhile: saved.meanwhile })
    return c.redirect(`${list}?done=saved`, 303)
  })
  .post(`${list}/:kind/archive`, settings, async (c) => {
    await archiveKind(c.var.db, actorOf(c), c.req.param('kind'), c.var.installation.clock.now())
    return c.redirect(list, 303)
  })
  .post(`${list}/:kind/restore`, settings, async (c) => {
    await archiveKind(c.var.db, actorOf(c), c.req.param('kind'), null)
    return c.redirect(list, 303)
  })

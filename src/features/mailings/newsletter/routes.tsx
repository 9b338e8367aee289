import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { languagesOf, now } from '../../../platform/http/of-request.ts'
import { textsOf } from '../../endorsements/of-request.ts'
import '../messages.ts'
import { setUpNewsletter } from './commands.ts'
import './messages.ts'
import { newsletterPath, newsletterValues, SetUpPage } from './pages.tsx'
import { newsletterPageOf, signupSums } from './queries.ts'
import { NewsletterForm } from './schema.ts'

const month_ms = 30 * 86_400_000

/** How the page is set up on which everybody may ask for our e-mail. */
export const newsletterRoutes = room()
  .get(newsletterPath, allow('mailings.view'), (c) => setUpPage(c))
  .post(newsletterPath, allow('mailings.edit'), async (c) => {
    const { typed, errors, value } = await readForm(c, NewsletterForm)
    if (!value) return setUpPage(c, { typed, errors })
    const { organization_id } = actorOf(c)
    const intro = textsOf(typed, 'intro', languagesOf(c), 2000)
    const saved = await saveUnlessChanged(c, {
      subject: 'organization',
      subject_id: organization_id,
      in_trail: (name) => [name.replace(/_[a-z]{2}$/, '')],
      values: async (tx) => newsletterValues(await newsletterPageOf(tx, organization_id), languagesOf(c)),
      save: (tx) => setUpNewsletter(tx, actorOf(c), { ...value, intro }),
    })
    if (!saved.ok) return setUpPage(c, { typed, meanwhile: saved.meanwhile })
    return c.redirect(`${newsletterPath}?saved`, 303)
  })

interface Shown {
  typed?: Record<string, string>
  errors?: FieldErrors
  meanwhile?: Meanwhile
}

async function setUpPage(c: Ctx, { typed = {}, errors = {}, meanwhile }: Shown = {}) {
  const { db, t, installation } = c.var
  const { organization_id } = actorOf(c)
  const [newsletter, sums, { slug }] = await Promise.all([
    newsletterPageOf(db, organization_id),
    signupSums(db, organization_id, new Date(now(c).getTime() - month_ms)),
    db.selectFrom('organization').select('slug').where('organization_id', '=', organization_id).executeTakeFirstOrThrow(), // prettier-ignore
  ])
  return page(
    c,
    <SetUpPage
      {...{ t, newsletter, sums, typed, errors }}
      languages={languagesOf(c)}
      address={`${installation.url}/n/${slug}/sign-up`}
      is_saved={c.req.query('saved') !== undefined}
      may_edit={mayDo(actorOf(c), 'mailings.edit')}
    />,
    { title: t('newsletter.title'), status: Object.keys(errors).length > 0 ? 422 : 200, meanwhile },
  )
}

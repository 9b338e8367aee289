import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { largestTags } from '../../people/queries.ts'
import { languagesOf, today } from '../../../platform/http/of-request.ts'
import { fromNow, longest_ms, TooSlow } from '../../targeting/bounded.ts'
import '../../targeting/messages.ts'
import { compilePeopleTyped } from '../../targeting/people/queries.ts'
import { openTo } from '../../targeting/closed.ts'
import { namedText, newestUniverses, type UniverseProblem } from '../../targeting/queries.ts'
import { chooseAudience } from '../commands.ts'
import { mailingOf } from '../of-request.ts'
import { list } from '../pages.tsx'
import { mailingById, type Mailing } from '../queries.ts'
import { AudienceForm } from '../schema.ts'
import './messages.ts'
import { AudiencePage, type AudiencePick } from './pages.tsx'
import { compileAudience, countAudience, type AudienceCounts } from './queries.ts'

const one = `${list}/:mailing/audience`

/** Whom an e-mail is for, and how many get it. */
export const audienceRoutes = room()
  .get(one, allow('mailings.view'), async (c) => {
    const { journey_id } = await mailingOf(c)
    return journey_id ? c.redirect(`/mail-journeys/${journey_id}`, 303) : audiencePage(c)
  })
  .post(one, allow('mailings.edit'), async (c) => {
    const mailing = await mailingOf(c)
    const { mailing_id } = mailing
    const { typed, errors, value } = await readForm(c, AudienceForm)
    if (!value) return audiencePage(c, { typed, errors })
    if (value.expression !== '') {
      const compiled = await compilePeopleTyped(c.var.db, actorOf(c), value.expression, today(c), { marked: true })
      if (!compiled.ok) return audiencePage(c, { typed, problem: compiled.problem })
      value.expression = compiled.people.text
    }
    const saved = await saveUnlessChanged(c, {
      subject: 'mailing',
      subject_id: mailing_id,
      values: async (tx) => ({ expression: found(await mailingById(tx, mailing.organization_id, mailing_id)).expression }), // prettier-ignore
      save: (tx) => chooseAudience(tx, actorOf(c), mailing_id, value.expression),
    })
    if (!saved.ok) return audiencePage(c, { typed, meanwhile: saved.meanwhile })
    return c.redirect(`${list}/${mailing_id}/audience`, 303)
  })

/** null: nobody is chosen; 'slow': it takes longer than a page may wait. */
export async function countsFor(c: Ctx, mailing: Mailing): Promise<AudienceCounts | 'slow' | null> {
  if (mailing.expression === '') return null
  const compiled = await compileAudience(c.var.db, mailing, today(c))
  if (!compiled.ok) return null
  const { organization_id, lane, topic_id } = mailing
  const asked = { organization_id, lane, topic_id, languages: languagesOf(c), today: today(c) }
  try {
    return await countAudience(c.var.db, compiled.people, asked, fromNow(longest_ms))
  } catch (problem) {
    if (problem instanceof TooSlow) return 'slow'
    throw problem
  }
}

interface Shown {
  typed?: Record<string, string>
  errors?: FieldErrors
  problem?: UniverseProblem
  meanwhile?: Meanwhile
}

const tags_most = 6
const universes_most = 6

/** What the organization has already: its members, who came, its tags and universes. */
async function picksOf(c: Ctx): Promise<AudiencePick[]> {
  const { organization_id } = actorOf(c)
  const { t } = c.var
  const [tags, saved] = await Promise.all([
    largestTags(c.var.db, organization_id, tags_most),
    newestUniverses(c.var.db, organization_id, universes_most).then((rows) => openTo(c.var.db, actorOf(c), rows)),
  ])
  return [
    { label: t('audience.pick.everybody'), expression: 'has:email' },
    { label: t('audience.pick.members'), expression: 'member:good' },
    { label: t('audience.pick.came'), expression: 'attended>=1:1y' },
    ...tags.map(({ tag }) => ({ label: t('audience.pick.tag', { tag }), expression: `tag:${tag}` })),
    ...saved.map((each) => ({ label: t('audience.pick.universe', { name: each.name }), expression: namedText(each) })),
  ]
}

async function audiencePage(c: Ctx, { typed = {}, errors = {}, problem, meanwhile }: Shown = {}) {
  const mailing = await mailingOf(c)
  const counted = problem || mailing.listed_at ? null : await countsFor(c, mailing)
  return page(
    c,
    <AudiencePage
      t={c.var.t}
      mailing={mailing}
      picks={mailing.state === 'draft' ? await picksOf(c) : []}
      typed={typed}
      errors={errors}
      problem={problem ?? null}
      counts={counted === 'slow' ? null : counted}
      is_slow={counted === 'slow'}
      may_edit={mayDo(actorOf(c), 'mailings.edit')}
    />,
    { title: c.var.t('audience.title'), status: problem || Object.keys(errors).length > 0 ? 422 : 200, meanwhile },
  )
}

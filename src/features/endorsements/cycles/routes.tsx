import { z } from 'zod'
import { dateIn } from '../../../platform/clock.ts'
import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { publicDocument } from '../../../platform/ui/public-document.tsx'
import { allow } from '../../access/allow.ts'
import { mayDo } from '../../access/permissions.ts'
import { organizationSettings } from '../../organizations/queries.ts'
import { membershipKinds } from '../../people/membership/queries.ts'
import { idParam, languagesOf, now, today } from '../../../platform/http/of-request.ts'
import { textsOf } from '../of-request.ts'
import { makeCycle, openCycle, removeDraft, saveRules, type DraftKept } from './commands.ts'
import './messages.ts'
import { BesideRunoff, CyclePage, CycleParts, CyclesPage, NewCyclePage, RulesPage, rulesValues } from './pages.tsx'
import { PublicCyclePage } from './public-page.tsx'
import { openCycleAt } from './public.ts'
import { questionsOf } from '../questions/queries.ts'
import { ContestRecommendations, recommendationsToRead } from '../recommendations/shown.tsx'
import { sumsOf } from '../answers/queries.ts'
import { announcementOf } from '../results/queries.ts'
import { voteOf } from '../ballots/queries.ts'
import { contestsHeld, cycleById, cyclesOf, electionsToChoose, rulesOf, runoffOf } from './queries.ts'
import { changedLines, stageOn, withRunoff } from './rules.ts'
import { RulesForm, type Rules } from './schema.ts'
import { ruleLines } from './words.ts'

const view = allow('endorsements.view')
const edit = allow('endorsements.edit')
const fields = z.record(z.string(), z.unknown())
const list = '/endorsements'

/** Cycles of endorsements: their contests, rules and dates, and the page on which everybody reads them. */
export const cycleRoutes = room()
  .get(list, view, async (c) => {
    const cycles = await cyclesOf(c.var.db, actorOf(c).organization_id)
    return page(c, <CyclesPage t={c.var.t} cycles={cycles} today={today(c)} may_edit={mayEdit(c)} />, {
      title: c.var.t('endorsements.title'),
    })
  })
  .get(`${list}/new`, edit, (c) => newPage(c))
  .post(`${list}/new`, edit, async (c) => {
    const { typed } = await readForm(c, fields)
    const named = namedIn(c, typed)
    if (Object.keys(named.name).length === 0) return newPage(c, typed, { name: 'endorsements.name_needed' })
    const cycle_id = await makeCycle(c.var.db, actorOf(c), named, now(c))
    return c.redirect(`${list}/${cycle_id}/rules`, 303)
  })
  .get(`${list}/:cycle`, view, (c) => cyclePage(c))
  .get(`${list}/:cycle/rules`, edit, (c) => rulesPage(c, {}))
  .post(`${list}/:cycle/rules`, edit, async (c) => {
    const { typed, all, errors, value } = await readForm(c, RulesForm)
    const named = namedIn(c, typed)
    const wrong: FieldErrors = {
      ...errors,
      ...(value && (await unknownIn(c, value))),
      ...(Object.keys(named.name).length === 0 && { name: 'endorsements.name_needed' }),
    }
    if (!value || Object.keys(wrong).length > 0) return rulesPage(c, { typed, all, errors: wrong })
    const { organization_id } = actorOf(c)
    const cycle_id = idParam(c, 'cycle')
    const reason = textsOf(typed, 'reason', languagesOf(c), 1000)
    const saved = await saveUnlessChanged(c, {
      subject: 'endorsement_cycle',
      subject_id: cycle_id,
      in_trail: (name) => inTrail(name),
      values: async (tx) => rulesValues(found(await cycleById(tx, organization_id, cycle_id))),
      save: (tx) => saveRules(tx, actorOf(c), cycle_id, { ...named, rules: value, reason }, now(c)),
    })
    if (!saved.ok) return rulesPage(c, { typed, all, meanwhile: saved.meanwhile })
    if (!saved.value.ok) {
      const { problem } = saved.value
      const errors = { [problemAt[problem]]: `endorsements.${problem}` }
      return rulesPage(c, { typed, all, errors })
    }
    return c.redirect(`${list}/${cycle_id}`, 303)
  })
  .post(`${list}/:cycle/open`, edit, async (c) => {
    await openCycle(c.var.db, actorOf(c), idParam(c, 'cycle'), now(c))
    return c.redirect(`${list}/${idParam(c, 'cycle')}`, 303)
  })
  .post(`${list}/:cycle/remove`, edit, async (c) => {
    const removed = await removeDraft(c.var.db, actorOf(c), idParam(c, 'cycle'))
    return removed.ok ? c.redirect(list, 303) : cyclePage(c, removed.problem)
  })
  .get('/c/:organization/:cycle', allow('public'), async (c) => {
    const { organization, db, cycle, rules, opened_at, today: day, t, path } = await openCycleAt(c)
    const { organization_id, time_zone } = organization
    const versions = await rulesOf(db, organization_id, cycle.cycle_id)
    const contest_ids = [...new Set(versions.flatMap((each) => each.rules.contest_ids))]
    const names = {
      contests: await contestsHeld(db, contest_ids),
      kinds: await membershipKinds(db, organization_id),
    }
    const runoff = (await runoffOf(db, organization_id, cycle.cycle_id)) ?? null
    const history = versions.flatMap((version, at) => {
      const before = versions[at + 1]
      if (!before) return []
      return [
        {
          changed_on: dateIn(time_zone, version.made_at),
          reason: version.reason ?? {},
          lines: changedLines(ruleLines(t, before.rules, names), ruleLines(t, version.rules, names)),
        },
      ]
    })
    return c.html(
      publicDocument(
        t.words,
        localized(cycle.name, t.reads).text,
        organization.name,
        <PublicCyclePage
          t={t}
          cycle={cycle}
          stage={stageOn(opened_at, rules, day)}
          opened_on={dateIn(time_zone, opened_at)}
          lines={ruleLines(t, withRunoff(rules, runoff?.rules), names)}
          history={history}
          path={path}
          beside={
            <BesideRunoff
              t={t}
              first={(cycle.runoff_of && (await cycleById(db, organization_id, cycle.runoff_of))) || null}
              runoff={runoff}
              href={(cycle_id) => `/c/${organization.slug}/${cycle_id}?lang=${t.reads}`}
            />
          }
          seed={(await voteOf(db, organization_id, cycle.cycle_id))?.seed ?? null}
          is_announced={(await announcementOf(db, { organization_id, cycle_id: cycle.cycle_id })) !== undefined}
          recommendations={
            <ContestRecommendations t={t} said={await recommendationsToRead(db, organization_id, cycle, rules)} />
          }
        />,
        { description: localized(cycle.intro, t.reads).text.slice(0, 200) },
      ),
    )
  })

/** The field a refusal of rules belongs to; none: the form. */
const problemAt = { reason_needed: 'reason', one_choice_one: 'endorsements_most', roll_made: '', scored: '' } as const

/** What of a field the activity log notes. */
function inTrail(name: string): string[] {
  if (name.startsWith('tie_')) return ['ties']
  if (name === 'votes_needed' || name.startsWith('threshold_')) return ['threshold', 'threshold_percent']
  return [name.replace(/^(name|intro)_.+$/, '$1')]
}

const mayEdit = (c: Ctx): boolean => mayDo(actorOf(c), 'endorsements.edit')

const cycleOf = async (c: Ctx) => found(await cycleById(c.var.db, actorOf(c).organization_id, idParam(c, 'cycle')))

async function cyclePage(c: Ctx, problem: DraftKept | null = null) {
  const { organization_id } = actorOf(c)
  const cycle = await cycleOf(c)
  const settings = await organizationSettings(c.var.db, organization_id)
  return page(
    c,
    <CyclePage
      t={c.var.t}
      cycle={cycle}
      stage={stageOn(cycle.opened_at, cycle.rules, today(c))}
      lines={cycle.rules ? ruleLines(c.var.t, cycle.rules, await namesOf(c, cycle.rules.contest_ids)) : []}
      public_path={`/c/${settings.slug}/${cycle.cycle_id}`}
      may_edit={mayEdit(c)}
      first={(cycle.runoff_of && (await cycleById(c.var.db, organization_id, cycle.runoff_of))) || null}
      problem={problem}
      runoff={(await runoffOf(c.var.db, organization_id, cycle.cycle_id)) ?? null}
    >
      <CycleParts
        t={c.var.t}
        cycle={cycle}
        questions={
          (await questionsOf(c.var.db, organization_id, cycle.cycle_id)).filter(({ kind }) => kind !== 'section').length
        }
        sums={await sumsOf(c.var.db, organization_id, cycle.cycle_id)}
      />
    </CyclePage>,
    { title: localized(cycle.name, c.var.language).text, status: problem ? 422 : 200 },
  )
}

const namedIn = (c: Ctx, typed: Record<string, string>) => ({
  name: textsOf(typed, 'name', languagesOf(c), 120),
  intro: textsOf(typed, 'intro', languagesOf(c), 3000),
})

const namesOf = async (c: Ctx, contest_ids: readonly number[]) => ({
  contests: await contestsHeld(c.var.db, contest_ids),
  kinds: await membershipKinds(c.var.db, actorOf(c).organization_id),
})

const newPage = (c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) =>
  page(c, <NewCyclePage t={c.var.t} languages={languagesOf(c)} typed={typed} errors={errors} />, {
    title: c.var.t('endorsements.new'),
    status: Object.keys(errors).length > 0 ? 422 : 200,
  })

/** What was chosen is taken from lists; what is in none of them was never offered. */
async function unknownIn(c: Ctx, { contest_ids, voter_kinds }: Rules): Promise<FieldErrors> {
  const { contests, kinds } = await namesOf(c, contest_ids)
  return {
    ...(contests.length < contest_ids.length && { contest_ids: 'endorsements.contest_needed' }),
    ...(voter_kinds.some((key) => !kinds.some(({ kind }) => kind === key)) && { voter_kinds: 'endorsements.kind_needed' }), // prettier-ignore
  }
}

interface RulesShown {
  typed?: Record<string, string>
  all?: Record<string, string[]>
  errors?: FieldErrors
  meanwhile?: Meanwhile
}

async function rulesPage(c: Ctx, { typed = {}, all, errors = {}, meanwhile }: RulesShown) {
  const cycle = await cycleOf(c)
  return page(
    c,
    <RulesPage
      t={c.var.t}
      cycle={cycle}
      elections={await electionsToChoose(c.var.db, today(c), cycle.rules?.contest_ids)}
      kinds={await membershipKinds(c.var.db, actorOf(c).organization_id)}
      languages={languagesOf(c)}
      typed={typed}
      all={all ?? null}
      errors={errors}
    />,
    { title: c.var.t('endorsements.rules'), status: Object.keys(errors).length > 0 ? 422 : 200, meanwhile },
  )
}

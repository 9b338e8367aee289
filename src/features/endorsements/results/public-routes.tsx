import { NotFound, found } from '../../../platform/errors.ts'
import { room } from '../../../platform/http/room.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { publicDocument } from '../../../platform/ui/public-document.tsx'
import { allow } from '../../access/allow.ts'
import { countsOf, voteOf } from '../ballots/queries.ts'
import { runoffIn } from '../ballots/runoff-rules.ts'
import { labelOf } from '../ballots/words.ts'
import { openCycleAt } from '../cycles/public.ts'
import { BesideRunoff } from '../cycles/pages.tsx'
import { contestsHeld, cycleById, runoffOf } from '../cycles/queries.ts'
import { readsOf, wordsOf } from '../reading.ts'
import './messages.ts'
import { AnnouncementPage } from './public-page.tsx'
import { announcementOf, revisionsOf, statementsOf } from './queries.ts'
import { endorsedOf } from './rules.ts'

/** Whom the organization endorses, for everybody, once it is announced. */
export const announcementRoutes = room().get('/c/:organization/:cycle/announcement', allow('public'), async (c) => {
  const { cycle, db, organization, t, path } = await openCycleAt(c)
  const vote = found(await voteOf(db, organization.organization_id, cycle.cycle_id))
  const announced = await announcementOf(db, vote)
  if (!announced) throw new NotFound()
  const counts = await countsOf(db, vote)
  const statements = await statementsOf(db, vote)
  const revisions = await revisionsOf(db, vote)
  const isOpen = counts.some(({ contest, account }) => runoffIn(vote.rules, contest, account).length > 0)
  const names = counts.flatMap(({ contest, account }) =>
    endorsedOf(contest, account)
      .filter(({ candidate_id }) => !revisions.some((each) => each.candidate_id === candidate_id))
      .map(({ name }) => labelOf(t, contest, name)),
  )
  const own = localized(organization.name, readsOf(t)).text
  const title = names.length > 0 ? t('outcome.we_endorse', { organization: own, names: names.join(', ') }) : t(isOpen ? 'outcome.we_hold_runoff' : 'outcome.we_endorse_nobody', { organization: own }) // prettier-ignore
  const said = statements.map(({ statement }) => localized(statement, readsOf(t)).text).filter(Boolean)
  return c.html(
    publicDocument(
      wordsOf(t),
      title,
      organization.name,
      <AnnouncementPage
        {...{ t, cycle, rules: vote.rules, counts, statements, revisions, path }}
        contests={await contestsHeld(db, vote.slate.map(({ contest_id }) => contest_id))}
        beside={
          <BesideRunoff
            t={t}
            first={(cycle.runoff_of && (await cycleById(db, organization.organization_id, cycle.runoff_of))) || null}
            runoff={(await runoffOf(db, organization.organization_id, cycle.cycle_id)) ?? null}
            href={(cycle_id) => `/c/${organization.slug}/${cycle_id}?lang=${readsOf(t)}`}
          />
        }
        announced_at={announced.announced_at}
        time_zone={organization.time_zone}
      />,
      { description: said.join(' ').slice(0, 200), head: <meta property="og:type" content="article" /> },
    ),
  ) // prettier-ignore
})

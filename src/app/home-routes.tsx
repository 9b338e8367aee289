import { allow } from '../features/access/allow.ts'
import { NextElectionPanel } from '../features/elections/pages/next-election-panel.tsx'
import { dateIn } from '../platform/clock.ts'
import { page } from '../platform/http/page.tsx'
import { room } from '../platform/http/room.ts'
import './messages.ts'
import { homeFacts, isSetUp } from './pages/home-queries.ts'
import { HomePage, WelcomePage } from './pages/home.tsx'

/** The start page: what this is, or what is going on and what to do next. */
export const homeRoutes = room().get('/', allow('public'), async (c) => {
  const { t, language, actor, organization, db, installation } = c.var
  if (!(await isSetUp(installation.database.owner))) return c.redirect('/setup', 303)
  if (!actor || !organization) return page(c, <WelcomePage t={t} />, { title: t('app.motto'), bare: true })
  const today = dateIn(organization.time_zone, installation.clock.now())
  const facts = await homeFacts(db, today, organization.time_zone)
  return page(
    c,
    <HomePage t={t} language={language} actor={actor} organization={organization} facts={facts}>
      <NextElectionPanel t={t} today={today} />
    </HomePage>,
    { title: t('home.title') },
  )
})

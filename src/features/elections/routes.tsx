import { getCookie } from 'hono/cookie'
import { dateIn } from '../../platform/clock.ts'
import { page } from '../../platform/http/page.tsx'
import { room } from '../../platform/http/room.ts'
import { icalText } from '../../platform/ical.ts'
import { isLanguage, isPublicLanguage, publicLanguage, publicLanguages } from '../../platform/i18n/languages.ts'
import { publicTranslatorOf } from '../../platform/i18n/public.ts'
import { publicDocument } from '../../platform/ui/public-document.tsx'
import { allow } from '../access/allow.ts'
import { mayDo } from '../access/permissions.ts'
import { calendarName, comingPath, electionEntries } from './calendars.ts'
import { electionsComing } from './coming.ts'
import { electionsKnown } from './contests/queries.ts'
import './messages.ts'
import { ComingPage } from './pages/coming-page.tsx'
import { ElectionsPage } from './pages/elections-page.tsx'
import { electionTexts } from './public-texts.ts'

export const electionRoutes = room()
  .get('/elections', allow('signed-in'), async (c) => {
    const { t, installation } = c.var
    return page(
      c,
      <ElectionsPage
        t={t}
        // Where they are held, whatever the reader's clock says.
        today={dateIn('America/New_York', installation.clock.now())}
        url={installation.url}
        feeds={publicLanguages.filter((each) => isLanguage(each) || c.var.organization?.languages.includes(each))}
        known={await electionsKnown(installation.database.commons)}
        is_steward={mayDo(c.var.actor, 'installation.steward')}
      />,
      { title: t('elections.title') },
    )
  })
  .get(comingPath, allow('public'), async (c) => {
    const { installation } = c.var
    const asked = c.req.query('lang') ?? ''
    const words = isPublicLanguage(asked) ? asked : publicLanguage(getCookie(c, 'language'), c.req.header('accept-language')) // prettier-ignore
    const t = publicTranslatorOf(electionTexts)(words)
    const today = dateIn('America/New_York', installation.clock.now())
    const coming = electionsComing(t, words, await electionsKnown(installation.database.commons), today)
    c.header('Cache-Control', 'no-cache')
    c.header('Vary', 'Accept-Language, Cookie')
    const name = { [words]: calendarName(words) }
    const body = <ComingPage t={t} words={words} today={today} url={installation.url} coming={coming} />
    return c.html(publicDocument(words, t('elections.title'), name, body, { description: t('elections.lead') }))
  })
  .get('/elections.ics', allow('public'), async (c) => {
    const known = await electionsKnown(c.var.installation.database.commons)
    const asked = c.req.query('lang') ?? ''
    const language = isPublicLanguage(asked) ? asked : c.var.language
    return new Response(
      icalText({ name: calendarName(language), entries: electionEntries(language, c.var.installation.url, known) }),
      {
        headers: {
          'content-type': 'text/calendar; charset=utf-8',
          'content-disposition': 'inline; filename="elections.ics"',
          'cache-control': 'public, max-age=3600',
          vary: 'Accept-Language',
        },
      },
    )
  })

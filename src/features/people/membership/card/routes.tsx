import { audit } from '../../../../platform/audit.ts'
import { dateIn } from '../../../../platform/clock.ts'
import { found, NotFound } from '../../../../platform/errors.ts'
import { actorOf, room, type Ctx } from '../../../../platform/http/room.ts'
import { isLanguage } from '../../../../platform/i18n/languages.ts'
import { translator } from '../../../../platform/i18n/messages.ts'
import { pdfAnswer } from '../../../../platform/print/typst.ts'
import { publicDocument } from '../../../../platform/ui/public-document.tsx'
import { allow } from '../../../access/allow.ts'
import { organizationBySlug, organizationSettings } from '../../../organizations/queries.ts'
import { LanguageLinks } from '../applications/public.tsx'
import '../../messages.ts'
import '../messages.ts'
import { CardPage } from './pages.tsx'
import { cardPdf, cardPicture, wordsOf } from './print.ts'
import { cardCode, cardOf, isCardCode } from './queries.ts'

const today = (c: Ctx, time_zone: string): string => dateIn(time_zone, c.var.installation.clock.now())

/** A member's card: on paper, and on the phone. */
export const membershipCardRoutes = room()
  .get('/membership/card/:who', allow('membership.view'), async (c) => {
    const { organization_id } = actorOf(c)
    const time_zone = c.var.organization?.time_zone ?? 'America/New_York'
    const card = found(await cardOf(c.var.db, organization_id, c.req.param('who'), today(c, time_zone)))
    const { slug } = found(await organizationSettings(c.var.db, organization_id))
    return c.redirect(`/m/${slug}/card/${card.person_id}/${cardCode(c.var.installation.secret, organization_id, card.person_id)}`, 303) // prettier-ignore
  })
  .get('/membership/card/:who/card.pdf', allow('membership.view'), async (c) => {
    const { t, db, installation } = c.var
    const { organization_id } = actorOf(c)
    const time_zone = c.var.organization?.time_zone ?? 'America/New_York'
    const card = found(await cardOf(db, organization_id, c.req.param('who'), today(c, time_zone)))
    const organization = found(await organizationSettings(db, organization_id))
    const address = `${installation.url}/m/${organization.slug}/card/${card.person_id}/${cardCode(installation.secret, organization_id, card.person_id)}` // prettier-ignore
    const file = await cardPdf(wordsOf(t, card, organization.name, address), installation.clock.now())
    await audit(db, actorOf(c), {
      action: 'membership.card',
      subject: 'person',
      subject_id: card.person_id,
      request_id: c.var.request_id,
    })
    return pdfAnswer(file, 'member-card')
  })
  .get('/m/:organization/card/:person/:code', allow('public'), async (c) => {
    const { t, organization, card, path } = await openCard(c)
    const address = c.var.installation.url + path
    c.header('Cache-Control', 'no-store')
    c.header('X-Robots-Tag', 'noindex')
    return c.html(
      publicDocument(
        t.language,
        t('membership.card.title'),
        organization.name,
        <CardPage t={t} card={card} address={address} picture={`${path}/card.png?lang=${t.language}`} />,
        { beside: <LanguageLinks t={t} path={path} /> },
      ),
    )
  })
  .get('/m/:organization/card/:person/:code/card.png', allow('public'), async (c) => {
    const { t, organization, card, path } = await openCard(c)
    const file = await cardPicture(wordsOf(t, card, organization.name, c.var.installation.url + path))
    return c.body(file, 200, {
      'content-type': 'image/png',
      'content-disposition': 'inline; filename="member-card.png"',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
    })
  })

/** The card at this address, for whoever has its code. */
async function openCard(c: Ctx) {
  const { database, secret } = c.var.installation
  const { organization: slug = '', person = '', code = '' } = c.req.param() as Record<string, string>
  const organization = found(await organizationBySlug(database.owner, slug))
  const { organization_id, time_zone } = organization
  if (!isCardCode(secret, organization_id, person, code)) throw new NotFound()
  const card = found(await cardOf(database.of(organization_id), organization_id, person, today(c, time_zone)))
  const asked = c.req.query('lang')
  const t = translator(isLanguage(asked) ? asked : c.var.language)
  return { t, organization, card, path: `/m/${slug}/card/${person}/${code}` }
}

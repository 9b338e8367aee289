import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { dateIn } from '../../../platform/clock.ts'
import { found, NotFound } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { isLanguage } from '../../../platform/i18n/languages.ts'
import { translator } from '../../../platform/i18n/messages.ts'
import { isSigned, readEvent } from '../../../platform/payments/stripe.ts'
import { publicDocument } from '../../../platform/ui/public-document.tsx'
import { allow } from '../../access/allow.ts'
import { mayTryHere } from '../../access/session.ts'
import { organizationBySlug, organizationSettings } from '../../organizations/queries.ts'
import { LanguageLinks } from '../../people/membership/applications/public.tsx'
import { isPayCode } from '../../people/membership/card/queries.ts'
import { duesOf, membershipKinds, membershipsOf, paidUntil, standingOn } from '../../people/membership/queries.ts'
import { whoIs } from '../../people/queries.ts'
import '../messages.ts'
import {
  AccountForm,
  beginCheckout,
  closeAccount,
  setAccount,
  settleHeld,
  settleRefund,
  takeEvent,
} from './commands.ts'
import './messages.ts'
import { CardsPage, HeldPage, PayPage } from './pages.tsx'
import { cardAccount, failedRefunds, heldCheckouts, openAccount } from './queries.ts'

const settings = allow('organization.edit')
const edit = allow('ledger.edit')
const Settled = z.object({ how: z.enum(['recorded', 'refunded']) })
const Pay = z.object({
  checkout_id: z.uuid(),
  lang: z.string().optional(),
  amount: z.enum(['usual', 'reduced']).default('usual'),
  /** Of the reduced amount. */
  reason: z.string().trim().max(300).default(''),
})
/** A report is a few kilobytes. */
const largest_report = 256 * 1024

/** Dues by card: the organization's account, the member's page, and what the service reports. */
export const cardRoutes = room()
  .get('/ledger/cards', settings, (c) => cardsPage(c))
  .post('/ledger/cards', settings, async (c) => {
    const { errors, value } = await readForm(c, AccountForm)
    if (!value) return cardsPage(c, errors)
    await setAccount(c.var.db, actorOf(c), value, c.var.installation.secret, c.var.installation.clock.now())
    return c.redirect('/ledger/cards', 303)
  })
  .post('/ledger/cards/remove', settings, async (c) => {
    await closeAccount(c.var.db, actorOf(c), c.var.installation.clock.now())
    return c.redirect('/ledger/cards', 303)
  })
  .get('/ledger/held', edit, async (c) => {
    const { t, db, organization } = c.var
    const { organization_id } = actorOf(c)
    return page(
      c,
      <HeldPage
        t={t}
        held={await heldCheckouts(db, organization_id)}
        refunds={await failedRefunds(db, organization_id)}
        time_zone={organization?.time_zone ?? 'America/New_York'}
      />,
      { title: t('cards.held') },
    )
  })
  .post('/ledger/held/:checkout', edit, async (c) => {
    const { value } = await readForm(c, Settled)
    if (!value) throw new NotFound()
    await settleHeld(c.var.db, actorOf(c), c.req.param('checkout'), value.how, c.var.installation.clock.now())
    return c.redirect('/ledger/held', 303)
  })
  .post('/ledger/held/refunds/:event', edit, async (c) => {
    await settleRefund(c.var.db, actorOf(c), c.req.param('event'))
    return c.redirect('/ledger/held', 303)
  })
  .get('/m/:organization/pay/:person/:code', allow('public'), (c) => payPage(c))
  .post('/m/:organization/pay/:person/:code', allow('public'), async (c) => {
    const { value } = await readForm(c, Pay)
    if (!value) throw new NotFound()
    return payPage(c, value)
  })
  // Signed by the service; no session, and the body to the letter.
  .post('/payments/stripe/:organization', allow('public'), async (c) => {
    const { database, clock } = c.var.installation
    const { organization_id, time_zone } = found(await organizationBySlug(database.owner, c.req.param('organization')))
    const db = database.of(organization_id)
    const account = found(await openAccount(db, organization_id, c.var.installation.secret))
    const body = await c.req.text()
    if (body.length > largest_report) return c.text('too large', 413)
    if (!isSigned(account.webhook_secret, c.req.header('stripe-signature'), body, clock.now()))
      return c.text('not signed', 400)
    const event = readEvent(body)
    // Signed, but of a kind we do not use: sending it again would not help.
    if (!event) return c.text('not ours')
    await takeEvent(db, organization_id, event, dateIn(time_zone, event.at), clock.now())
    return c.text('ok')
  })

async function cardsPage(c: Ctx, errors: FieldErrors = {}) {
  const { t, db, installation, organization } = c.var
  const { organization_id } = actorOf(c)
  const { slug } = found(await organizationSettings(db, organization_id))
  const account = await cardAccount(db, organization_id)
  return page(
    c,
    <CardsPage
      t={t}
      account={account?.closed_at === null ? account : null}
      webhook={`${installation.url}/payments/stripe/${slug}`}
      errors={errors}
      time_zone={organization?.time_zone ?? 'America/New_York'}
    />,
    { title: t('cards.title'), status: Object.keys(errors).length > 0 ? 422 : 200 },
  )
}

async function payPage(c: Ctx, pays?: z.output<typeof Pay>): Promise<Response> {
  const { database, secret, url: own, clock } = c.var.installation
  const { organization: slug = '', person = '', code = '' } = c.req.param() as Record<string, string>
  const organization = found(await organizationBySlug(database.owner, slug))
  const { organization_id } = organization
  if (!isPayCode(secret, organization_id, person, code)) throw new NotFound()
  const db = database.of(organization_id)
  const person_id = found(found(await whoIs(db, organization_id, person)).person_id)
  const set = await openAccount(db, organization_id, secret)
  const account = set?.closed_at === null ? set : null
  const [kinds, memberships, dues] = await Promise.all([
    membershipKinds(db, organization_id),
    membershipsOf(db, organization_id, person_id),
    duesOf(db, organization_id, person_id),
  ])
  // Whoever left comes back by applying, whoever was expelled not by paying.
  const current = standingOn(memberships, dateIn(organization.time_zone, clock.now()))
  const isExpelled = current.some(({ standing }) => standing === 'expelled')
  const last = current.find(({ standing }) => standing !== 'resigned')?.kind
  const kind = account && !isExpelled ? (kinds.find((each) => each.kind === last && each.dues_cents > 0) ?? null) : null
  const until = kind && paidUntil(dues, kind.kind)
  const asked = pays?.lang ?? c.req.query('lang')
  const t = translator(isLanguage(asked) ? asked : c.var.language)
  const path = `/m/${slug}/pay/${person}/${code}`
  const mayPay = kind !== null && until !== 'life'
  const tries = !pays || (await mayTryHere(c, 'form', `pay ${person_id}`))
  // Free of dues is for the treasurer to say.
  const reduced_cents = kind?.reduced_cents || null
  const isReduced = pays?.amount === 'reduced' && reduced_cents !== null
  const amount_cents = isReduced ? reduced_cents : (kind?.dues_cents ?? 0)
  const reason = isReduced ? pays.reason : null
  const opened =
    pays && account && mayPay && tries && reason !== ''
      ? await beginCheckout(db, organization_id, account, { checkout_id: pays.checkout_id, person_id, kind, amount_cents, reason, organization: organization.name, language: t.language, address: own + path }, clock.now()) // prettier-ignore
      : null
  const problem = !pays || opened?.ok || !mayPay ? null : !tries ? 'often' : reason === '' ? 'reason' : 'away'
  c.header('Cache-Control', 'no-store')
  c.header('X-Robots-Tag', 'noindex')
  return c.html(
    publicDocument(
      t.language,
      t('cards.pay'),
      organization.name,
      <PayPage
        t={t}
        kind={mayPay ? kind : null}
        paid_until={until === 'life' ? null : until}
        path={path}
        checkout_id={randomUUID()}
        url={opened?.ok ? opened.url : null}
        reduced_cents={reduced_cents}
        amount_cents={amount_cents}
        typed={{ amount: pays?.amount ?? 'usual', reason: pays?.reason ?? '' }}
        problem={problem}
        is_paid={c.req.query('done') === 'paid'}
      />,
      { beside: <LanguageLinks t={t} path={path} /> },
    ),
    problem === 'often' ? 429 : problem === 'away' ? 503 : problem === 'reason' || (pays && !mayPay) ? 422 : 200,
  )
}

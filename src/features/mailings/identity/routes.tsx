import { z } from 'zod'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { allow } from '../../access/allow.ts'
import { now } from '../../../platform/http/of-request.ts'
import '../messages.ts'
import { list } from '../pages.tsx'
import { addressOf } from '../sending/jobs.ts'
import { reportKey } from '../reports/signatures.ts'
import { saveIdentity, useIdentity } from './commands.ts'
import { checkNames, systemResolver, type Checked, type Resolver } from './dns.ts'
import './messages.ts'
import { IdentityPage } from './pages.tsx'
import { domainOf, identityOf, type Identity } from './queries.ts'

const edit = allow('mailings.edit')
const here = `${list}/identity`

/** Domains whose owners have all mail in their name refused that others send. Checked 2026-11-23. */
const freeMail = ['gmail.com', 'googlemail.com', 'yahoo.com', 'aol.com', 'outlook.com', 'hotmail.com', 'live.com', 'icloud.com', 'naver.com', 'hanmail.net', 'daum.net', 'kakao.com'] // prettier-ignore

const address = z.string().trim().toLowerCase().max(200).pipe(z.email('form.email'))
const IdentityForm = z.object({
  from_address: address.refine((typed) => !freeMail.includes(domainOf(typed)), 'identity.free_mail'),
  reply_to: z.union([z.literal('').transform(() => null), address]).default(null),
})
const UseForm = z.object({ is_signing: z.enum(['yes', 'no']) })

/** As whom an organization writes. `resolver`: who is asked for the records of its domain. */
export const identityRoutesWith = (resolver: Resolver) =>
  room()
    .get(here, edit, (c) => identityPage(c))
    .post(here, edit, async (c) => {
      const { typed, errors, value } = await readForm(c, IdentityForm)
      if (!value) return identityPage(c, { typed, errors })
      await saveIdentity(c.var.db, actorOf(c), value, { secret: c.var.installation.secret, now: now(c) })
      return c.redirect(here, 303)
    })
    .post(`${here}/look`, edit, async (c) => {
      const identity = await identityOf(c.var.db, actorOf(c).organization_id)
      return identity ? identityPage(c, { checked: await checked(c, resolver, identity) }) : c.redirect(here, 303)
    })
    .post(`${here}/use`, edit, async (c) => {
      const { value } = await readForm(c, UseForm)
      const identity = await identityOf(c.var.db, actorOf(c).organization_id)
      if (!value || !identity) return c.redirect(here, 303)
      if (value.is_signing === 'yes') {
        const seen = await checked(c, resolver, identity)
        const isPublished = seen.some(({ check, result }) => check === 'dkim' && result === 'good')
        if (!isPublished) return identityPage(c, { checked: seen, errors: { '': 'identity.key_needed' } })
      }
      if (!(await useIdentity(c.var.db, actorOf(c), identity.public_key, value.is_signing === 'yes')))
        return identityPage(c, { errors: { '': 'identity.changed' } })
      return c.redirect(here, 303)
    })

export const identityRoutes = identityRoutesWith(systemResolver)

function checked(c: Ctx, resolver: Resolver, { from_address, selector, public_key }: Identity): Promise<Checked[]> {
  const { smtp_url } = c.var.installation.config
  const server = smtp_url ? new URL(smtp_url).hostname : null
  const local = from_address.slice(0, from_address.lastIndexOf('@'))
  return checkNames(resolver, { domain: domainOf(from_address), selector, public_key, server, local })
}

interface Shown {
  typed?: Record<string, string>
  errors?: FieldErrors
  checked?: Checked[]
}

async function identityPage(c: Ctx, { typed = {}, errors = {}, checked: seen }: Shown = {}) {
  const identity = (await identityOf(c.var.db, actorOf(c).organization_id)) ?? null
  const installation_address = addressOf(c.var.installation.config.mail_from)
  const { url, secret } = c.var.installation
  const organization = await c.var.db
    .selectFrom('organization')
    .select(['organization_id', 'slug'])
    .where('organization_id', '=', actorOf(c).organization_id)
    .executeTakeFirstOrThrow()
  const report_addresses = ['mail', 'ses', 'postmark', 'mailgun'].map((from) => ({ from, address: `${url}/mail-reports/${organization.slug}/${from}/${reportKey(secret, organization.organization_id, from)}` })) // prettier-ignore
  return page(
    c,
    <IdentityPage
      t={c.var.t}
      {...{ identity, installation_address, report_addresses, typed, errors }}
      checked={seen ?? null}
    />,
    { title: c.var.t('identity.title'), status: Object.keys(errors).length > 0 ? 422 : 200 },
  )
}

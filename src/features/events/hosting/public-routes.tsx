import { randomUUID } from 'node:crypto'
import { bodyLimit } from 'hono/body-limit'
import { getCookie } from 'hono/cookie'
import { z } from 'zod'
import { systemActor } from '../../../platform/audit.ts'
import { dateIn } from '../../../platform/clock.ts'
import type { Db } from '../../../platform/db/db.ts'
import { found } from '../../../platform/errors.ts'
import { readForm } from '../../../platform/http/form.ts'
import { pageTimeAgain, paceOf } from '../../../platform/http/page-time.ts'
import { room, type Ctx, type Handler } from '../../../platform/http/room.ts'
import { isPublicLanguage, publicLanguage, type PublicLanguage } from '../../../platform/i18n/languages.ts'
import { publicDocument } from '../../../platform/ui/public-document.tsx'
import { allow } from '../../access/allow.ts'
import { accountOf } from '../../access/queries.ts'
import { mayTryHere } from '../../access/session.ts'
import { organizationBySlug, type PublicOrganization } from '../../organizations/queries.ts'
import { idOfSending, isProposalKey, proposalPath } from '../links.ts'
import { countsOf, eventById, kindOf, kindsOf, seatsTaken, type ListedKind } from '../queries.ts'
import { propose, withdrawProposal } from './commands.ts'
import { ProposePage, SentProposalPage } from './public-pages.tsx'
import { hostingOf, proposalById, type ProposalRow } from './queries.ts'
import { proposable, readProposal, type ProposalErrors } from './rules.ts'
import { hostingWords } from './words.ts'

const anyFields = z.record(z.string(), z.unknown())
const small: Handler = (c, next) =>
  bodyLimit({ maxSize: 64 * 1024, onError: (ctx) => ctx.text('413', 413) })(c as never, next)

interface Here {
  organization: PublicOrganization
  db: Db
  language: PublicLanguage
  /** The member of this organization who is signed in. */
  user_id: string | null
  kinds: ListedKind[]
}

/** Proposing to host an event: for members who are signed in, and for everybody where the organization says so. */
export const publicHostingRoutes = room()
  .get('/e/:organization/host', allow('public'), async (c) => {
    const here = await open(c)
    const said = c.req.query('said') === 'sent' ? ('sent_thanks' as const) : null
    return proposePage(c, here, { typed: await knownOf(c, here), said })
  })
  .post('/e/:organization/host', allow('public'), small, async (c) => {
    const { all } = await readForm(c, anyFields)
    const switched = all.to?.[0]
    const here = await open(c, switched ?? all.lang?.[0])
    const { organization, db, language, user_id, kinds } = here
    const { organization_id, slug } = organization
    if (switched) return proposePage(c, here, { typed: all })
    if (!(await mayTryHere(c, 'form', `host ${organization_id}`)))
      return proposePage(c, here, { typed: all, said: 'too_many' }, 429)
    const read = readProposal(all, {
      kinds: kinds.map(({ kind }) => kind),
      today: dateIn(organization.time_zone, now(c)),
    })
    if (!read.ok) return proposePage(c, here, { typed: all, errors: read.errors }, 422)
    // Nobody sees that box. Whatever filled it in is told what it wants to hear.
    if (all.website?.[0]) return c.redirect(`/e/${slug}/host?lang=${language}&said=sent`, 303)
    const { secret } = c.var.installation
    if (paceOf(secret, all.page_time?.[0], now(c)) !== 'usual')
      return proposePage(c, here, { typed: all, said: 'look_again' }, 422)
    const { proposal } = read
    const page_key = keyIn(all.page_key?.[0])
    const proposal_id = idOfSending(`host ${organization_id}`, page_key, proposal)
    const { first_name, last_name } = proposal.said
    const actor = { ...systemActor(organization_id, `${first_name} ${last_name}`), id: 'event' }
    const done = await propose(db, actor, { proposal_id, proposal, user_id, language }, now(c))
    if (!done.ok) return proposePage(c, here, { typed: all, said: done.problem }, 409)
    return c.redirect(`${proposalPath(secret, slug, proposal_id)}?lang=${language}`, 303)
  })
  .get('/e/:organization/host/:proposal/:key', allow('public'), (c) => sentPage(c))
  .post('/e/:organization/host/:proposal/:key', allow('public'), small, async (c) => {
    const { all } = await readForm(c, anyFields)
    const { proposal, organization, db } = await proposalIn(c)
    if (all.act?.[0] !== 'withdraw') return sentPage(c)
    const { first_name, last_name } = proposal.said
    const actor = { ...systemActor(organization.organization_id, `${first_name} ${last_name}`), id: 'event' }
    const { ok } = await withdrawProposal(db, actor, proposal.proposal_id, now(c))
    return sentPage(c, { is_decided_meanwhile: !ok })
  })

const now = (c: Ctx): Date => c.var.installation.clock.now()
const keyIn = (text: string | undefined): string => /^[0-9a-f-]{36}$/.exec(text ?? '')?.[0] ?? randomUUID()

/** The page is there for members who are signed in, and for everybody where the organization opened it. */
async function open(c: Ctx, asked = c.req.query('lang')): Promise<Here> {
  const { database } = c.var.installation
  const { actor } = c.var
  const organization = found(await organizationBySlug(database.owner, c.req.param('organization') ?? ''))
  const { organization_id } = organization
  const db = database.of(organization_id)
  const [hosting, all] = await Promise.all([hostingOf(db, organization_id), kindsOf(db, organization_id)])
  const user_id = actor?.kind === 'user' && actor.organization_id === organization_id && actor.roles.length > 0 ? actor.id : null // prettier-ignore
  const kinds = proposable(hosting, all)
  found(kinds.length > 0 && (hosting.is_public || user_id !== null) ? true : null)
  const language = publicLanguage(asked ?? getCookie(c, 'language'), c.req.header('accept-language'))
  return { organization, db, language, user_id, kinds }
}

/** A member finds filled in what their account says. */
async function knownOf(c: Ctx, { user_id }: Here): Promise<Record<string, string[]>> {
  const account = user_id && (await accountOf(c.var.installation.database.owner, user_id))
  if (!account) return {}
  const names = account.name.trim().split(/\s+/)
  const isHangul = /^[가-힣\s]+$/.test(account.name)
  return {
    email: [account.email],
    ...(isHangul ? { name_hangul: [account.name] } : { first_name: [names.slice(0, -1).join(' ')], last_name: [names.at(-1) ?? ''] }),
  } // prettier-ignore
}

interface Shown {
  typed: Record<string, string[]>
  errors?: ProposalErrors
  said?: 'sent_thanks' | 'too_many' | 'look_again' | 'too_many_waiting' | null
}

function proposePage(
  c: Ctx,
  { organization, language, kinds }: Here,
  { typed, errors = {}, said = null }: Shown,
  status: 200 | 409 | 422 | 429 = 200,
): Response | Promise<Response> {
  const page_time = pageTimeAgain(c.var.installation.secret, typed.page_time?.[0], now(c))
  c.header('Cache-Control', 'no-store')
  return c.html(
    publicDocument(
      language,
      hostingWords(language)('propose'),
      organization.name,
      <ProposePage {...{ organization, language, kinds, typed, errors, said, page_time }} page_key={keyIn(typed.page_key?.[0])} />,
      { description: hostingWords(language)('propose_lead') },
    ),
    status,
  ) // prettier-ignore
}

/** The proposal whose address this is, for whoever has its key. */
async function proposalIn(c: Ctx): Promise<{ proposal: ProposalRow; organization: PublicOrganization; db: Db }> {
  const { database, secret } = c.var.installation
  const organization = found(await organizationBySlug(database.owner, c.req.param('organization') ?? ''))
  const proposal_id = found(/^[0-9a-f-]{36}$/.exec(c.req.param('proposal') ?? '')?.[0])
  found(isProposalKey(secret, proposal_id, c.req.param('key') ?? '') || null)
  const db = database.of(organization.organization_id)
  return { proposal: found(await proposalById(db, organization.organization_id, proposal_id)), organization, db }
}

async function sentPage(c: Ctx, { is_decided_meanwhile = false } = {}): Promise<Response> {
  const { proposal, organization, db } = await proposalIn(c)
  const { organization_id, slug } = organization
  const { event_id, kind } = proposal
  const { secret, url } = c.var.installation
  const asked = c.req.query('lang') ?? getCookie(c, 'language') ?? proposal.language
  const language = isPublicLanguage(asked) ? asked : 'en'
  const [event, counts, kinds] = await Promise.all([
    event_id ? eventById(db, organization_id, event_id) : undefined,
    countsOf(db, organization_id, event_id ? [event_id] : []),
    kindsOf(db, organization_id),
  ])
  c.header('Cache-Control', 'no-store')
  c.header('X-Robots-Tag', 'noindex')
  return c.html(
    publicDocument(
      language,
      hostingWords(language)('yours'),
      organization.name,
      <SentProposalPage
        {...{ organization, language, proposal, url, is_decided_meanwhile }}
        kind={kindOf(kinds, kind)}
        event={event ?? null}
        seats_taken={seatsTaken(event && counts.get(event.event_id))}
        here={proposalPath(secret, slug, proposal.proposal_id)}
      />,
    ),
  )
}

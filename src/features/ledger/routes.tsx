import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { audit } from '../../platform/audit.ts'
import { dateIn } from '../../platform/clock.ts'
import { byteOrderMark, csvLine } from '../../platform/csv.ts'
import { found, NotFound } from '../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../platform/http/form.ts'
import { page } from '../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../platform/http/room.ts'
import { isLanguage, localized } from '../../platform/i18n/languages.ts'
import { translator } from '../../platform/i18n/messages.ts'
import { pdfAnswer } from '../../platform/print/typst.ts'
import { allow } from '../access/allow.ts'
import { mayDo } from '../access/permissions.ts'
import { heldCount } from './cards/queries.ts'
import { memberLinks } from '../people/membership/card/queries.ts'
import '../people/membership/messages.ts'
import '../people/messages.ts'
import {
  duesOf,
  isOnRoll,
  membershipKinds,
  paidUntil,
  periodsOf,
  type MembershipKind,
} from '../people/membership/queries.ts'
import { periodFor, type Period } from '../people/membership/rules.ts'
import { mailboxesOf, profileOf, whoIs } from '../people/queries.ts'
import { effectiveName, profilePath, shownName } from '../people/rules.ts'
import { giveBack, settleDues, type BackProblem, type DuesProblem } from './commands.ts'
import './messages.ts'
import { DuesPage } from './pages/dues.tsx'
import { EntryPage } from './pages/entry.tsx'
import { LedgerPage, ledgerSize } from './pages/ledger.tsx'
import { backOf, entriesOf, entryById, sumsOf, yearsOf } from './queries.ts'
import { receiptPdf } from './receipt.ts'
import { receiptName } from './rules.ts'
import { BackForm, DuesForm } from './schema.ts'

const view = allow('ledger.view')
const edit = allow('ledger.edit')

const today = (c: Ctx): string =>
  dateIn(c.var.organization?.time_zone ?? 'America/New_York', c.var.installation.clock.now())

const From = z.coerce.number().int().min(0).max(1_000_000).catch(0)
const Year = z.coerce.number().int().min(1990).max(2200)

/** Everything of a year in one file. */
const most = 1_000_000

/** Money that came in and was given back: dues, their receipts, the treasurer's page. */
export const ledgerRoutes = room()
  .get('/ledger', view, async (c) => {
    const { t, db } = c.var
    const { organization_id } = actorOf(c)
    const now = Number(today(c).slice(0, 4))
    const year = Year.catch(now).parse(c.req.query('year'))
    const from = From.parse(c.req.query('from'))
    const [years, sums, { rows, total }] = await Promise.all([
      yearsOf(db, organization_id),
      sumsOf(db, organization_id, year),
      entriesOf(db, organization_id, year, { from, size: ledgerSize }),
    ])
    if (rows.length > 0)
      await audit(db, actorOf(c), {
        action: 'ledger.view',
        subject: 'ledger_entry',
        after: { year, found: total },
        request_id: c.var.request_id,
      })
    const all = [...new Set([now, year, ...years])].toSorted((a, b) => b - a)
    return page(
      c,
      <LedgerPage
        {...{ t, year, sums, rows, total, from }}
        years={all}
        may_edit={mayDo(c.var.actor, 'ledger.edit')}
        held={await heldCount(db, organization_id)}
        may_set_up={mayDo(c.var.actor, 'organization.edit')}
      />,
      { title: t('ledger.title') },
    )
  })
  .get('/ledger/export.csv', edit, async (c) => {
    const { t, db } = c.var
    const actor = actorOf(c)
    const year = Year.catch(Number(today(c).slice(0, 4))).parse(c.req.query('year'))
    const { rows, total } = await entriesOf(db, actor.organization_id, year, { from: 0, size: most })
    await audit(db, actor, {
      action: 'ledger.export',
      subject: 'ledger_entry',
      after: { year, found: total },
      request_id: c.var.request_id,
    })
    const head = ['receipt', 'on_date', 'payer', 'what', 'kind', 'way', 'reference', 'amount', 'note', 'recorded_by']
    const lines = rows
      .toReversed()
      .map((row) => [
        receiptName(row),
        row.on_date,
        row.payer,
        localized(row.what, t.language).text,
        t(`ledger.kind.${row.kind}`),
        t(`ledger.way.${row.way}`),
        row.reference,
        (row.amount_cents / 100).toFixed(2),
        row.note,
        row.recorded_by,
      ])
    return c.body(
      [byteOrderMark, ...[head.map((each) => t.dynamic(`ledger.${each}`)), ...lines].map(csvLine)].join(''),
      200,
      {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="ledger-${year}.csv"`,
      },
    )
  })
  .get('/ledger/dues/:who', edit, (c) => duesPage(c))
  .post('/ledger/dues/:who', edit, async (c) => {
    await memberOf(c)
    const { typed, errors, value } = await readForm(c, DuesForm)
    if (!value) return duesPage(c, typed, errors)
    const settled = await settleDues(c.var.db, actorOf(c), c.req.param('who'), value, today(c))
    if (!settled.ok && settled.problem === 'overlap') {
      // The page offers the next period instead.
      const { from_on: _from, until_on: _until, ...kept } = typed
      return duesPage(c, kept, { from_on: 'ledger.problem.overlap' })
    }
    if (!settled.ok) return duesPage(c, typed, { [fieldOf[settled.problem]]: `ledger.problem.${settled.problem}` })
    if (settled.entry) return c.redirect(`/ledger/entries/${settled.entry.entry_id}?done=new`, 303)
    return c.redirect(await backTo(c), 303)
  })
  .get('/ledger/entries/:entry', view, (c) => entryPage(c))
  .get('/ledger/entries/:entry/receipt.pdf', view, async (c) => {
    const { organization_id } = actorOf(c)
    const entry = await entryById(c.var.db, organization_id, c.req.param('entry'))
    const asked = c.req.query('in')
    const file = await receiptPdf({
      t: isLanguage(asked) ? translator(asked) : c.var.t,
      entry,
      first: entry.of_entry ? await entryById(c.var.db, organization_id, entry.of_entry) : null,
      organization: c.var.organization?.name ?? {},
      now: c.var.installation.clock.now(),
    })
    await audit(c.var.db, actorOf(c), {
      action: 'ledger.receipt',
      subject: 'ledger_entry',
      subject_id: entry.entry_id,
      request_id: c.var.request_id,
    })
    return pdfAnswer(file, `receipt-${receiptName(entry)}`)
  })
  .post('/ledger/entries/:entry/back', edit, async (c) => {
    const { typed, errors, value } = await readForm(c, BackForm)
    if (!value) return entryPage(c, typed, errors)
    const given = await giveBack(c.var.db, actorOf(c), c.req.param('entry'), value, today(c))
    if (!given.ok) return entryPage(c, typed, { [backFieldOf[given.problem]]: `ledger.problem.${given.problem}` })
    return c.redirect(`/ledger/entries/${given.entry.entry_id}?done=new`, 303)
  })

/** Where on the form a refusal belongs. */
const fieldOf: Record<DuesProblem, string> = {
  amount: 'amount',
  reason: 'reason',
  future: 'paid_on',
  period: 'until_on',
  overlap: 'from_on',
  expelled: '',
  for_life: '',
}
const backFieldOf: Record<BackProblem, string> = {
  amount: 'amount',
  too_much: 'amount',
  future: 'on_date',
  early: 'on_date',
  later_dues: '',
}

async function entryPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) {
  const { t, db, actor } = c.var
  const { organization_id } = actorOf(c)
  const entry = await entryById(db, organization_id, c.req.param('entry') ?? '')
  const back = await backOf(db, organization_id, entry.entry_id)
  const dues = entry.dues_id ? await duesOf(db, organization_id, await personNow(c, entry.person_id)) : []
  return page(
    c,
    <EntryPage
      {...{ t, entry, back, errors }}
      typed={{ on_date: today(c), ...typed }}
      person_href={mayDo(actor, 'people.view') ? `/people/${entry.person_id}` : null}
      has_dues={dues.some(({ dues_id, taken_back_at }) => dues_id === entry.dues_id && taken_back_at === null)}
      may_edit={mayDo(actor, 'ledger.edit')}
      form_key={typed.form_key || randomUUID()}
      is_new={c.req.query('done') === 'new'}
    />,
    { title: receiptName(entry), status: Object.keys(errors).length > 0 ? 422 : 200 },
  )
}

/** Whom a row points to today: merges leave the ledger as it is. */
const personNow = async (c: Ctx, person_id: string): Promise<string> =>
  (await whoIs(c.var.db, actorOf(c).organization_id, person_id))?.person_id ?? person_id

async function duesPage(c: Ctx, typed: Record<string, string> = {}, errors: FieldErrors = {}) {
  const { t, db } = c.var
  const { organization_id } = actorOf(c)
  const who = c.req.param('who') ?? ''
  const meant = await memberOf(c)
  const profile = found(await profileOf(db, organization_id, meant, { is_brief: true }))
  const [kinds, dues] = await Promise.all([
    membershipKinds(db, organization_id),
    meant.person_id ? duesOf(db, organization_id, meant.person_id) : [],
  ])
  const last = dues.find(({ taken_back_at }) => taken_back_at === null)?.kind
  const asked = typed.kind || c.req.query('kind') || last
  const kind = found(kinds.find((each) => each.kind === asked) ?? kinds.find(({ archived_at }) => archived_at === null))
  const paid_until = paidUntil(dues, kind.kind)
  const { person, voter } = profile
  return page(
    c,
    <DuesPage
      {...{ t, who, kinds, kind, errors }}
      name={shownName(effectiveName(person, voter), person?.name_hangul ?? null, t.language).main}
      pay_address={
        meant.person_id &&
        (await memberLinks(db, c.var.installation, organization_id)).pay(
          meant.person_id,
          person?.language ?? t.language,
        )
      }
      mailbox={
        meant.person_id
          ? ((await mailboxesOf(db, organization_id, [meant.person_id], 'asked')).get(meant.person_id) ?? null)
          : null
      }
      back={await backTo(c)}
      paid_until={paid_until === 'life' ? null : paid_until}
      form_key={typed.form_key || randomUUID()}
      typed={{ ...prefilled(kind, periodsOf(dues, kind.kind), today(c)), ...typed }}
    />,
    { title: t('membership.dues.record'), status: Object.keys(errors).length > 0 ? 422 : 200 },
  )
}

/** Whose dues: of anybody for whoever may see people, else of members and who applied alone. */
async function memberOf(c: Ctx) {
  const { organization_id } = actorOf(c)
  const meant = found(await whoIs(c.var.db, organization_id, c.req.param('who') ?? ''))
  const isKnown = meant.person_id !== null && (await isOnRoll(c.var.db, organization_id, meant.person_id))
  if (!mayDo(c.var.actor, 'people.view') && !isKnown) throw new NotFound()
  return meant
}

/** What most often is right: the usual dues, for the next period. */
function prefilled(kind: MembershipKind, paid: readonly Period[], paid_on: string): Record<string, string> {
  const { from_on, until_on } = periodFor(kind, paid, paid_on)
  return {
    amount: kind.dues_cents === 0 ? '' : (kind.dues_cents / 100).toFixed(2),
    paid_on,
    from_on,
    until_on: until_on ?? '',
  }
}

/** The profile, for whoever may open it; else the roll. */
async function backTo(c: Ctx): Promise<string> {
  if (!mayDo(c.var.actor, 'people.view')) return '/membership'
  const meant = found(await whoIs(c.var.db, actorOf(c).organization_id, c.req.param('who') ?? ''))
  return `${profilePath(meant)}?done=saved#membership`
}

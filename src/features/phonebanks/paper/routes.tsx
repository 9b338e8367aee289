import { randomUUID } from 'node:crypto'
import type { ReactElement } from 'react'
import { z } from 'zod'
import { audit } from '../../../platform/audit.ts'
import { dateIn } from '../../../platform/clock.ts'
import { Conflict, found, NotFound } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import { localized } from '../../../platform/i18n/languages.ts'
import { pdfAnswer } from '../../../platform/print/typst.ts'
import { allow } from '../../access/allow.ts'
import { scriptVersion } from '../../scripts/queries.ts'
import type { ScriptContent } from '../../scripts/schema.ts'
import type { PhoneBank } from '../dashboard.ts'
import { idByForm } from '../form-id.ts'
import { idParam, now, timeZone, today } from '../../../platform/http/of-request.ts'
import { bankOf } from '../of-request.ts'
import { instantOf } from '../rules.ts'
import { giveBackSheet, lineOf, makeSheet, nameSheet, saveLine, type LineSaved } from './commands.ts'
import './messages.ts'
import { SheetsPage, saidOfSheets } from './pages/sheets.tsx'
import { TypePage, type LineShown, type LineState } from './pages/type.tsx'
import { sheetPdf } from './print.ts'
import { callerNames, linesOf, sheetOf, sheetsOf, type Sheet, type SheetLine } from './queries.ts'
import { readLine, type TypedLine } from './rules.ts'
import { linesPerPage, SheetForm, SheetHead } from './schema.ts'

const Said = z.enum(saidOfSheets)

/** Sheets of paper: made, printed, typed in. */
export const paperRoutes = room()
  .get('/phonebanks/:id/sheet', allow('phonebanks.results'), async (c) => sheetsPage(c, await bankOf(c), {}, {}))
  .post('/phonebanks/:id/sheet', allow('phonebanks.results'), async (c) => {
    const bank = await bankOf(c)
    const { typed, all, errors, value } = await readForm(c, SheetForm)
    if (!value) return sheetsPage(c, bank, typed, errors, { status: 422, languages: all.languages ?? [] })
    const languages = value.languages.length ? value.languages : bank.languages
    const actor = actorOf(c)
    const sheet_id = idByForm(['sheet', actor.id, bank.phone_bank_id], all)
    const made = await makeSheet(c.var.db, actor, bank.phone_bank_id, { ...value, languages, sheet_id }, now(c))
    return c.redirect(`/phonebanks/${bank.phone_bank_id}/sheet?said=${made.ok ? 'made' : made.problem}`, 303)
  })
  .get('/phonebanks/:id/sheets/:sheet/pdf', allow('phonebanks.results'), async (c) => {
    const { bank, sheet, script } = await sheetIn(c)
    const { db, organization } = c.var
    const lines = await linesOf(db, sheet, now(c), today(c))
    // Names and numbers leave the system: noted before they do.
    await audit(db, actorOf(c), {
      action: 'phonebank.print_sheet',
      subject: 'phone_bank',
      subject_id: bank.phone_bank_id,
      after: {
        sheet: sheet.number,
        voters: lines.filter(({ is_on_paper }) => is_on_paper).length,
        purpose: sheet.purpose,
      },
      request_id: c.var.request_id,
    })
    const file = await sheetPdf({
      bank,
      sheet,
      lines,
      script,
      organization: organization?.name ?? {},
      by: actorOf(c).name,
      now: now(c),
      time_zone: timeZone(c),
      today: today(c),
    })
    return pdfAnswer(file, `call-sheet-${sheet.number}-${today(c)}`)
  })
  .post('/phonebanks/:id/sheets/:sheet/give_back', allow('phonebanks.host'), async (c) => {
    const { bank, sheet } = await sheetIn(c)
    await giveBackSheet(c.var.db, actorOf(c), sheet, now(c))
    return c.redirect(`/phonebanks/${bank.phone_bank_id}/sheet?said=given_back`, 303)
  })
  .get('/phonebanks/:id/sheets/:sheet', allow('phonebanks.host'), async (c) => {
    const { bank, sheet, script } = await sheetIn(c)
    const from = lineIn(sheet, c.req.query('from'))
    await auditOpened(c, bank, sheet)
    return typePage(c, { bank, sheet, script, from, counts: countsIn(c) })
  })
  .post('/phonebanks/:id/sheets/:sheet', allow('phonebanks.host'), async (c) => typeIn(c))
  .post('/phonebanks/:id/sheets/:sheet/lines/:line', allow('phonebanks.host'), async (c) => typeLine(c))

/** After which line a page of the form begins. */
function lineIn({ lines }: Sheet, wished: string | undefined): number {
  const line = Number(wished ?? 0)
  return Number.isSafeInteger(line) && line > 0 && line < lines ? line : 0
}

/** All lines of a page at once, as a form without script sends them. What is right is saved, the rest comes back. */
async function typeIn(c: Ctx): Promise<Response> {
  const { bank, sheet, script } = await sheetIn(c)
  const { all, typed, value, errors } = await readForm(c, SheetHead)
  const from = lineIn(sheet, typed.from)
  const again = (head: FieldErrors, states: ReadonlyMap<number, LineState>) =>
    typePage(c, { bank, sheet, script, from, typed, head, states, status: 422 })
  const when = value && whenOf(c, sheet, value)
  if (!value || !when || 'problem' in when)
    return again(value ? { called_on: when && 'problem' in when ? when.problem : 'form.invalid' } : errors, new Map())
  const actor = actorOf(c)
  const caller = {
    name: value.caller,
    ...(await nameSheet(c.var.db, actor, bank, sheet, { caller: value.caller, called_at: when.at }, now(c))),
  }
  const states = new Map<number, LineState>()
  const counts: Partial<Record<LineSaved, number>> = {}
  for (const line of await linesOf(c.var.db, sheet, now(c), today(c), { from, to: from + linesPerPage })) {
    const read = readLine(script, sheet.own_results, lineTyped(all, line.line), line.time_zone ?? timeZone(c))
    if (read.kind === 'empty') continue
    if (read.kind === 'problem') {
      states.set(line.line, { kind: 'problem', field: read.field, problem: read.problem })
      continue
    }
    const saved = await saveLine(
      c.var.installation,
      actor,
      { bank, sheet, caller, called_at: when.at },
      line,
      read.kind === 'take_back' ? null : read.result,
      now(c),
    )
    counts[saved] = (counts[saved] ?? 0) + 1
    states.set(
      line.line,
      saved === 'refused'
        ? { kind: 'problem', field: 'code', problem: 'paper.state.refused' }
        : { kind: 'saved', saved },
    )
  }
  if ([...states.values()].some(({ kind }) => kind === 'problem')) return again({}, states)
  const next = from + linesPerPage < sheet.lines && typed.go === 'next' ? from + linesPerPage : from
  return c.redirect(
    `/phonebanks/${bank.phone_bank_id}/sheets/${sheet.sheet_id}?${new URLSearchParams({
      from: String(next),
      ...Object.fromEntries(counted.map((each) => [each, String(counts[each] ?? 0)])),
    })}`,
    303,
  )
}

/** One line, from the page's script. */
async function typeLine(c: Ctx): Promise<Response> {
  const { bank, sheet, script } = await sheetIn(c)
  const number = z.coerce.number().int().min(1).max(1000).safeParse(c.req.param('line'))
  if (!number.success) throw new NotFound()
  const { all, value, errors } = await readForm(c, SheetHead)
  const { t, db } = c.var
  const refused = (field: string, problem: string) => c.json({ ok: false, field, message: t.dynamic(problem) }, 422)
  const [[field, problem] = []] = Object.entries(errors)
  if (!value) return refused(field ?? 'caller', problem ?? 'form.invalid')
  const when = whenOf(c, sheet, value)
  if ('problem' in when) return refused('called_on', when.problem)
  const line = await lineOf(db, sheet, number.data, now(c), today(c))
  const read = readLine(script, sheet.own_results, lineTyped(all, line.line), line.time_zone ?? timeZone(c))
  if (read.kind === 'empty') return c.json({ ok: true, message: '' })
  if (read.kind === 'problem') return refused(read.field, read.problem)
  const actor = actorOf(c)
  const named = await nameSheet(db, actor, bank, sheet, { caller: value.caller, called_at: when.at }, now(c))
  try {
    const saved = await saveLine(
      c.var.installation,
      actor,
      { bank, sheet, caller: { name: value.caller, ...named }, called_at: when.at },
      line,
      read.kind === 'take_back' ? null : read.result,
      now(c),
    )
    return saved === 'refused'
      ? refused('code', 'paper.state.refused')
      : c.json({ ok: true, saved, message: t(`paper.state.${saved}`) })
  } catch (problem) {
    if (problem instanceof Conflict) return refused('code', 'paper.state.busy')
    throw problem
  }
}

/** The fields of one line, without its number. */
function lineTyped(all: Record<string, string[]>, line: number): TypedLine {
  const start = `l${line}.`
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, [first = '']]) =>
      name.startsWith(start) ? [[name.slice(start.length), first]] : [],
    ),
  )
}

/** Day and hour of the sheet; it lies between its printing and now. */
function whenOf(c: Ctx, sheet: Sheet, head: SheetHead): { at: Date } | { problem: string } {
  const at = instantOf(timeZone(c), head.called_on, head.called_from)
  if (at > now(c)) return { problem: 'paper.in_future' }
  return head.called_on < dateIn(timeZone(c), sheet.made_at) ? { problem: 'paper.before_printed' } : { at }
}

async function sheetIn(c: Ctx): Promise<{ bank: PhoneBank; sheet: Sheet; script: ScriptContent }> {
  const bank = await bankOf(c)
  const sheet = await sheetOf(c.var.db, bank, idParam(c, 'sheet'), now(c))
  const script = found(await scriptVersion(c.var.db, bank.script_id, sheet.script_version))
  return { bank, sheet, script: script.content }
}

/** Names and numbers of many voters at once: who looks at them is kept. */
const auditOpened = (c: Ctx, bank: PhoneBank, sheet: Sheet): Promise<void> =>
  audit(c.var.db, actorOf(c), {
    action: 'phonebank.sheet',
    subject: 'phone_bank',
    subject_id: bank.phone_bank_id,
    after: { sheet: sheet.number, voters: sheet.lines },
    request_id: c.var.request_id,
  })

async function sheetsPage(
  c: Ctx,
  bank: PhoneBank,
  typed: Record<string, string>,
  errors: FieldErrors,
  { status = 200, languages = bank.languages }: { status?: 200 | 422; languages?: readonly string[] } = {},
) {
  const { t, db } = c.var
  const told = Said.safeParse(c.req.query('said'))
  const purpose = t('paper.purpose_usual', { name: localized(bank.name, t.language).text })
  return page(
    c,
    <SheetsPage
      t={t}
      bank={bank}
      sheets={await sheetsOf(db, bank, now(c))}
      typed={{ count: '40', purpose, form_id: randomUUID(), ...typed }}
      languages={languages}
      errors={errors}
      said={told.success ? told.data : null}
      time_zone={timeZone(c)}
    />,
    { title: t('paper.title'), status },
  )
}

const counted = ['recorded', 'changed', 'same', 'taken_back'] as const

/** What was just saved, from the address. */
function countsIn(c: Ctx): Record<(typeof counted)[number], number> | null {
  if (c.req.query('recorded') === undefined) return null
  const of = (name: string): number => Math.max(0, Math.trunc(Number(c.req.query(name)) || 0))
  return { recorded: of('recorded'), changed: of('changed'), same: of('same'), taken_back: of('taken_back') }
}

interface Typing {
  bank: PhoneBank
  sheet: Sheet
  script: ScriptContent
  from: number
  counts?: ReturnType<typeof countsIn>
  typed?: Record<string, string>
  head?: FieldErrors
  states?: ReadonlyMap<number, LineState>
  status?: 200 | 422
}

async function typePage(
  c: Ctx,
  { bank, sheet, script, from, counts = null, typed = {}, head = {}, states, status = 200 }: Typing,
) {
  const { t, db } = c.var
  const lines = await linesOf(db, sheet, now(c), today(c), { from, to: from + linesPerPage })
  // A refused page shows what was typed; one opened anew what is recorded.
  const isAgain = status !== 200
  const shown = lines.map((line: SheetLine): LineShown => ({
    line,
    typed: isAgain ? typed : null,
    state: states?.get(line.line) ?? null,
  }))
  const element: ReactElement = (
    <TypePage
      t={t}
      bank={bank}
      sheet={sheet}
      script={script}
      lines={shown}
      from={from}
      names={await callerNames(db, bank)}
      typed={typed}
      errors={head}
      counts={counts}
      today={today(c)}
      time_zone={timeZone(c)}
    />
  )
  return page(c, element, {
    title: t('paper.type_title', { number: sheet.number }),
    status,
    islands: ['src/features/phonebanks/islands/paper-entry.tsx'],
  })
}

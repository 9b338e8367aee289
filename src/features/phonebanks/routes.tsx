import { createHash, randomUUID } from 'node:crypto'
import { toSVG } from 'bwip-js/node'
import { sql } from 'kysely'
import { z } from 'zod'
import { audit } from '../../platform/audit.ts'
import { addDays } from '../../platform/clock.ts'
import { found, NotFound } from '../../platform/errors.ts'
import { localized, type LocalizedText } from '../../platform/i18n/languages.ts'
import { readForm, type FieldErrors } from '../../platform/http/form.ts'
import { saveUnlessChanged } from '../../platform/http/meanwhile.ts'
import { live, page } from '../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../platform/http/room.ts'
import { inTransaction } from '../../platform/db/db.ts'
import type { Meanwhile } from '../../platform/ui/meanwhile.tsx'
import { allow } from '../access/allow.ts'
import { mayDo } from '../access/permissions.ts'
import { askedCampaign, linkMade } from '../campaigns/parts/commands.ts'
import { closedParts } from '../campaigns/team/queries.ts'
import { SpokenLanguage } from '../contacts/schema.ts'
import { organizationSettings } from '../organizations/queries.ts'
import { auditView } from '../people/commands.ts'
import { currentVersion, listScripts, versionsOf } from '../scripts/queries.ts'
import { closedUniverses, openTo } from '../targeting/closed.ts'
import { askedText, universe, universes } from '../targeting/queries.ts'
import { changeWay } from './bridge/commands.ts'
import { bridgeReadiness, mayText, textCounts } from './bridge/queries.ts'
import { WayOfCalling } from './bridge/schema.ts'
import { keepMember, memberHere } from './caller.ts'
import {
  changePhoneBank,
  changeSettings,
  changeWords,
  createPhoneBank,
  draftProblem,
  isUsable,
  undoAttempt,
  ScriptNotReady,
  passByScript,
  useScript,
  type PhoneBankChange,
} from './commands.ts'
import { callerIn, joinAsMember, languagesOf, letInAgain, removeCaller } from './callers/commands.ts'
import { openOfficeCall } from './follow-ups/walk-up.ts'
import { attempts, countAttempts, explainVoter, madeByForm, phoneBanks, type PhoneBank } from './dashboard.ts'
import {
  endsPast,
  fitsLane,
  lanes,
  PhoneBankForm,
  savedWhen,
  savedWords,
  SettingsForm,
  textsOf,
  trailOfWords,
  whenOf,
  WordsForm,
} from './forms.ts'
import { idParam, now, timeZone, today } from '../../platform/http/of-request.ts'
import { bankOf, prepare } from './of-request.ts'
import '../targeting/messages.ts'
import '../targeting/steps/messages.ts'
import './messages.ts'
import './host/words.ts'
import './calling-rules/messages.ts'
import './follow-ups/messages.ts'
import { newSeed } from './calling-rules/commands.ts'
import { usualRules } from './calling-rules/schema.ts'
import { PhoneBankPage, said } from './pages/bank.tsx'
import { boardOf } from './host/board.ts'
import { LiveDashboard, PreparedNow } from './pages/dashboard.tsx'
import type { DashboardProps } from './pages/dashboard-props.ts'
import { confirmedEventOf } from '../events/calls/queries.ts'
import { search } from '../people/search/queries.ts'
import { ExplainPage } from './pages/explain.tsx'
import { FindVoterPage } from './pages/find.tsx'
import { whyOffList } from './targets/off-list.ts'
import { PhoneBanksPage } from './pages/list.tsx'
import { RecurringPage } from './pages/recurring.tsx'
import { RemoveCallerPage } from './pages/remove-caller.tsx'
import { NewPhoneBankPage } from './pages/new.tsx'
import { ResultsPage } from './pages/results.tsx'
import { StartCallingPage } from './pages/start-calling.tsx'
import { importCsv, importLayouts } from './report/import-layouts.ts'
import { answersByWording } from './report/queries.ts'
import { recurringBanks } from './rounds/repeating.ts'
import { RepeatProblem, type DraftProblem } from './rounds/schema.ts'
import { wordingCharts } from './report/words.ts'
import { resultsCsv } from './results-csv.ts'
import { answerCounts, filterFields, filterOf } from './results-filter.ts'
import { questionsEver, usedFirst, versionsRead } from './script-content.ts'
import { turnsOf } from './turns.ts'

const pageSize = 50

export const phoneBankRoutes = room()
  .get('/phonebanks', allow('phonebanks.view'), async (c) => {
    const actor = actorOf(c)
    // How far work in the other lane is, is a result of it.
    const closed = await closedParts(c.var.db, actor, 'phone_bank', now(c))
    const banks = await phoneBanks(c.var.db, actor.organization_id, now(c))
    return page(
      c,
      <PhoneBanksPage
        t={c.var.t}
        banks={banks.filter(({ phone_bank_id }) => !closed.has(phone_bank_id))}
        today={today(c)}
        may_edit={mayDo(actor, 'phonebanks.edit')}
        may_call={mayDo(actor, 'phonebanks.call')}
      />,
      { title: c.var.t('phonebanks.title') },
    )
  })
  .get('/phonebanks/new', allow('phonebanks.edit'), async (c) => {
    const wished = c.req.query('universe')
    return newPage(
      c,
      { ...(await defaults(c)), ...(wished ? { universe_id: wished } : {}), ...candidateIn(c), ...campaignIn(c) },
      c.var.organization?.languages ?? ['en', 'ko'],
      {},
    )
  })
  .post('/phonebanks/new', allow('phonebanks.edit'), async (c) => {
    const { typed, all, errors, value } = await readForm(c, PhoneBankForm)
    const again = (problems: FieldErrors) => newPage(c, typed, all.languages ?? [], problems, 422)
    if (!value) return again(errors)
    if (endsPast(value.ends_on, today(c))) return again({ ends_on: 'phonebanks.ends_past' })
    const actor = actorOf(c)
    const { db } = c.var
    const campaign = await askedCampaign(db, actor, typed.campaign, value.lane)
    if (campaign.problem) return again({ lane: campaign.problem })
    const chosen = await universe(db, actor.organization_id, value.universe_id)
    const isClosed = (await closedUniverses(db, actor)).has(value.universe_id)
    if (!chosen || isClosed) return again({ universe_id: 'form.invalid' })
    const script = await currentVersion(db, value.script_id)
    if (!script) return again({ script_id: 'form.invalid' })
    if (!isUsable(script)) return again({ script_id: 'phonebanks.script_not_ready' })
    const { universe_id, script_id, lane, quiet, way_of_calling, languages } = value
    const [name, candidate] = [textsOf(value, 'name'), textsOf(value, 'candidate')]
    const problem = draftProblem({ name, candidate, lane, languages }, script.content)
    if (problem) return again({ [fieldOf(problem, typed)]: `phonebanks.${problem}` })
    const form_key = formKey(actor.id, all)
    const { phone_bank_id, is_new } = await inTransaction(db, async (tx) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`phone_bank ${actor.organization_id} ${form_key}`}, 0))`.execute(
        tx,
      )
      const before = await madeByForm(tx, actor.organization_id, form_key)
      if (before) return { phone_bank_id: before, is_new: false }
      const made = await createPhoneBank(
        tx,
        actor,
        {
          ...whenOf(value),
          universe_id,
          script_id,
          lane,
          way_of_calling,
          languages,
          form_key,
          name,
          candidate: Object.keys(candidate).length ? candidate : null,
          caller_id_note: textsOf(value, 'note'),
          expression: askedText(chosen),
          rules: {
            ...usualRules,
            seed: newSeed(),
            is_live: chosen.kind === 'live',
            ...(quiet ? {} : { quiet_groups: [] }),
          },
        },
        now(c),
      )
      await linkMade(tx, actor, campaign, { kind: 'phone_bank', part_id: made.phone_bank_id }, now(c))
      await prepare(tx, actor.organization_id, made.phone_bank_id)
      return { ...made, is_new: true }
    })
    return c.redirect(`/phonebanks/${phone_bank_id}${is_new ? '' : '?said=made_already'}`, 303)
  })
  .get('/phonebanks/recurring', allow('phonebanks.view'), async (c) => {
    const { db, t, actor } = c.var
    const closed = await closedParts(db, actorOf(c), 'phone_bank', now(c))
    const banks = await recurringBanks(db, actorOf(c).organization_id)
    return page(
      c,
      <RecurringPage
        t={t}
        banks={banks.filter(({ phone_bank_id }) => !closed.has(phone_bank_id))}
        today={today(c)}
        may_edit={mayDo(actor, 'phonebanks.edit')}
        is_saved={c.req.query('said') === 'saved'}
      />,
      { title: t('recurring.title') },
    )
  })
  .get('/phonebanks/:id', allow('phonebanks.view'), async (c) => bankPage(c, await bankOf(c), {}, {}))
  .get('/phonebanks/:id/live', allow('phonebanks.view'), async (c) => {
    await bankOf(c)
    return live(c, 1500, async () => {
      const props = await dashboardProps(c)
      // The page was opened before there was a list: what is outside the live part has come with it.
      const isBefore = c.req.query('preparing') !== undefined && props.bank.prepared_at !== null
      return isBefore ? <PreparedNow t={c.var.t} bank={props.bank} /> : <LiveDashboard {...props} />
    })
  })
  .post('/phonebanks/:id/settings', allow('phonebanks.host'), async (c) => {
    const bank = await bankOf(c)
    const { typed, errors, value } = await readForm(c, SettingsForm)
    if (!value) return bankPage(c, bank, typed, errors, 422)
    if (endsPast(value.ends_on, today(c), bank.ends_on))
      return bankPage(c, bank, typed, { ends_on: 'phonebanks.ends_past' }, 422)
    const saved = await saveUnlessChanged(c, {
      subject: 'phone_bank',
      subject_id: bank.phone_bank_id,
      values: async (tx) => savedWhen(await bankOf(c, tx)),
      save: async (tx) => {
        const { languages } = await bankOf(c, tx)
        return changeSettings(tx, actorOf(c), bank.phone_bank_id, { ...value, languages })
      },
    })
    if (!saved.ok) return bankPage(c, await bankOf(c), typed, {}, 409, saved.meanwhile)
    turnsOf(c.var.installation).forget(bank.organization_id, bank.phone_bank_id)
    return c.redirect(`/phonebanks/${bank.phone_bank_id}?said=saved`, 303)
  })
  .post('/phonebanks/:id/way', allow('phonebanks.edit'), async (c) => {
    const bank = await bankOf(c)
    const { typed, errors, value } = await readForm(c, WayForm)
    if (!value) return bankPage(c, bank, typed, errors, 422)
    await changeWay(c.var.db, actorOf(c), bank.phone_bank_id, value.way_of_calling)
    turnsOf(c.var.installation).forget(bank.organization_id, bank.phone_bank_id)
    return c.redirect(`/phonebanks/${bank.phone_bank_id}?said=saved#way`, 303)
  })
  .post('/phonebanks/:id/words', allow('phonebanks.host'), async (c) => {
    const bank = await bankOf(c)
    const { typed, all, errors, value } = await readForm(c, WordsForm)
    const typed_words = { ...typed, languages: (all.languages ?? []).join(' ') }
    if (!value) return bankPage(c, bank, typed_words, errors, 422)
    const candidate = textsOf(value, 'candidate', bank.candidate)
    if (!fitsLane(bank.lane, candidate)) {
      const field = Object.keys(candidate).map((language) => `candidate_${language}`)[0] ?? 'candidate_en'
      return bankPage(c, bank, typed_words, { [field]: 'phonebanks.candidate_lane' }, 422)
    }
    const saved = await saveUnlessChanged(c, {
      subject: 'phone_bank',
      subject_id: bank.phone_bank_id,
      in_trail: trailOfWords,
      values: async (tx) => savedWords(await bankOf(c, tx)),
      save: async (tx) => {
        const { name, candidate: named, caller_id_note } = await bankOf(c, tx)
        const said = textsOf(value, 'candidate', named)
        return changeWords(tx, actorOf(c), bank.phone_bank_id, {
          name: textsOf(value, 'name', name),
          candidate: Object.keys(said).length > 0 ? said : null,
          caller_id_note: textsOf(value, 'note', caller_id_note),
          languages: value.languages,
        })
      },
    })
    if (!saved.ok) return bankPage(c, await bankOf(c), typed_words, {}, 409, saved.meanwhile)
    // Whose language is only guessed is guessed among these.
    if (value.languages.toSorted().join() !== bank.languages.toSorted().join())
      await prepare(c.var.db, bank.organization_id, bank.phone_bank_id)
    turnsOf(c.var.installation).forget(bank.organization_id, bank.phone_bank_id)
    return c.redirect(`/phonebanks/${bank.phone_bank_id}?said=saved`, 303)
  })
  .post('/phonebanks/:id/use_script', allow('phonebanks.host'), async (c) => {
    const bank = await bankOf(c)
    const { version, newest } = found((await readForm(c, ScriptForm)).value)
    try {
      if (version) await useScript(c.var.db, actorOf(c), bank.phone_bank_id, version, now(c))
      // Whoever chooses another has seen the newest; whoever only says that they have stays.
      if (newest) await passByScript(c.var.db, actorOf(c), bank.phone_bank_id, newest)
    } catch (problem) {
      if (!(problem instanceof ScriptNotReady)) throw problem
      return c.redirect(`/phonebanks/${bank.phone_bank_id}?said=script_not_ready`, 303)
    }
    turnsOf(c.var.installation).forget(bank.organization_id, bank.phone_bank_id)
    return c.redirect(`/phonebanks/${bank.phone_bank_id}?said=saved`, 303)
  })
  .post('/phonebanks/:id/refresh', allow('phonebanks.host'), async (c) => {
    const bank = await bankOf(c)
    await prepare(c.var.db, bank.organization_id, bank.phone_bank_id)
    return c.redirect(`/phonebanks/${bank.phone_bank_id}?said=refreshing`, 303)
  })
  .post('/phonebanks/:id/pause', allow('phonebanks.host'), (c) => change(c, 'pause'))
  .post('/phonebanks/:id/resume', allow('phonebanks.host'), (c) => change(c, 'resume'))
  .post('/phonebanks/:id/close_link', allow('phonebanks.host'), (c) => change(c, 'close_link'))
  .post('/phonebanks/:id/new_link', allow('phonebanks.host'), (c) => change(c, 'new_link'))
  .post('/phonebanks/:id/end', allow('phonebanks.host'), (c) => change(c, 'end'))
  .post('/phonebanks/:id/end_after_calls', allow('phonebanks.host'), (c) => change(c, 'end_after_calls'))
  .get('/phonebanks/:id/callers/:caller/remove', allow('phonebanks.host'), async (c) => {
    const bank = await bankOf(c)
    const caller = found(await callerIn(c.var.db, actorOf(c), bank.phone_bank_id, idParam(c, 'caller')))
    return page(c, <RemoveCallerPage t={c.var.t} bank={bank} caller={caller} />, {
      title: c.var.t('phonebanks.remove_named', { name: caller.name }),
    })
  })
  .post('/phonebanks/:id/callers/:caller/remove', allow('phonebanks.host'), async (c) => {
    const bank = await bankOf(c)
    await removeCaller(c.var.db, actorOf(c), bank.phone_bank_id, idParam(c, 'caller'), now(c))
    return c.redirect(`/phonebanks/${bank.phone_bank_id}?said=caller_removed`, 303)
  })
  .post('/phonebanks/:id/callers/:caller/let_in', allow('phonebanks.host'), async (c) => {
    const bank = await bankOf(c)
    const is_in = await letInAgain(c.var.db, actorOf(c), bank.phone_bank_id, idParam(c, 'caller'))
    return c.redirect(`/phonebanks/${bank.phone_bank_id}?said=${is_in ? 'caller_let_in' : 'caller_not_let_in'}`, 303)
  })
  .post('/phonebanks/:id/attempts/:attempt/undo', allow('phonebanks.host'), async (c) => {
    const bank = await bankOf(c)
    const undone = await undoAttempt(c.var.db, actorOf(c), bank.phone_bank_id, idParam(c, 'attempt'), now(c))
    if (!undone.ok && undone.problem === 'unknown') throw new NotFound()
    return c.redirect(`/phonebanks/${bank.phone_bank_id}?said=${undone.ok ? 'undone' : 'undo_failed'}`, 303)
  })
  .get('/phonebanks/:id/results', allow('phonebanks.results'), async (c) => resultsPage(c, await bankOf(c)))
  .post('/phonebanks/:id/results.csv', allow('phonebanks.export'), async (c) => {
    const bank = await bankOf(c)
    const { db, t } = c.var
    const { errors, value } = await readForm(c, ExportForm)
    if (!value) return resultsPage(c, bank, errors)
    const { form } = value
    const contents = (await versionsOf(db, bank.script_id)).map(({ content }) => content)
    // As the page reads it, that the file holds what the page promises.
    const ever = questionsEver(usedFirst(contents, bank, await versionsRead(db, bank)))
    const filter = filterOf(c.req.query(), ever)
    if (c.req.query('answer') && !filter.answer) throw new NotFound()
    const count = await countAttempts(db, bank.organization_id, bank.phone_bank_id, filter)
    await audit(db, actorOf(c), {
      action: 'phonebank.export',
      subject: 'phone_bank',
      subject_id: bank.phone_bank_id,
      after: { rows: count, form, law_accepted: true, ...filterFields(filter) },
      request_id: c.var.request_id,
    })
    const encoder = new TextEncoder()
    const time_zone = timeZone(c)
    const lines =
      form === 'words' || form === 'codes'
        ? resultsCsv(db, bank, contents, { t, form, time_zone, filter })
        : importCsv(db, bank, contents, form, { time_zone, filter })
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await lines.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      },
    })
    return new Response(body, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="phonebank-${today(c)}${form === 'words' ? '' : `-${form}`}.csv"`,
        'cache-control': 'no-store',
      },
    })
  })
  .get('/phonebanks/:id/voters', allow('phonebanks.results'), async (c) => {
    const bank = await bankOf(c)
    const text = (c.req.query('q') ?? '').trim().slice(0, 200)
    const { results } = text ? await search(c.var.db, bank.organization_id, text) : { results: [] }
    if (results.length > 0) {
      await audit(c.var.db, actorOf(c), {
        action: 'voter.search',
        subject: 'voter_record',
        after: { query: text, found: results.length, phone_bank_id: bank.phone_bank_id },
        request_id: c.var.request_id,
      })
    }
    return page(c, <FindVoterPage t={c.var.t} bank={bank} text={text} results={results} />, {
      title: c.var.t('phonebanks.find'),
    })
  })
  .get('/phonebanks/:id/voters/:voter', allow('phonebanks.results'), async (c) => {
    const bank = await bankOf(c)
    const voter_id = Number(c.req.param('voter'))
    if (!Number.isInteger(voter_id) || voter_id < 0 || voter_id > 2_147_483_647) throw new NotFound()
    const explained = found(await explainVoter(c.var.db, bank, voter_id, now(c)))
    // Also of voters who are not of this list: as any profile, whose visitors are kept.
    await auditView(c.var.db, actorOf(c), { voter_id, person_id: null }, timeZone(c), c.var.request_id)
    const off = explained.target ? null : await whyOffList(c.var.db, bank, voter_id, { today: today(c), now: now(c) })
    const contents = (await versionsOf(c.var.db, bank.script_id)).map(({ content }) => content)
    return page(
      c,
      <ExplainPage
        t={c.var.t}
        bank={bank}
        explained={explained}
        ever={questionsEver(usedFirst(contents, bank, []))}
        off={off}
        now={now(c)}
        time_zone={timeZone(c)}
        may_take_back={mayDo(c.var.actor, 'people.edit')}
        called_us={mayDo(c.var.actor, 'phonebanks.call') ? CalledUs.parse(c.req.query('called_us')) : null}
      />,
      {
        title: explained.name,
      },
    )
  })
  // As the page with its button: who only calls looks nobody up.
  .post('/phonebanks/:id/voters/:voter/called-us', allow('phonebanks.results'), async (c) => {
    const bank = await bankOf(c)
    const voter_id = z.coerce.number().int().min(0).max(2_147_483_647).safeParse(c.req.param('voter'))
    if (!voter_id.success) throw new NotFound()
    const actor = actorOf(c)
    const languages = (await languagesOf(c.var.db, actor, bank.phone_bank_id)) ?? [c.var.language]
    const joined = await joinAsMember(c.var.db, actor, bank.phone_bank_id, languages, now(c), memberHere(c))
    const caller = joined.ok && { ...joined, organization_id: bank.organization_id, name: actor.name, languages }
    const found = caller && (await openOfficeCall(c.var.db, caller, voter_id.data, now(c)))
    if (!joined.ok || !found || found.problem) {
      const problem = found && found.problem === 'taken' ? 'taken' : 'closed'
      return c.redirect(`/phonebanks/${bank.phone_bank_id}/voters/${voter_id.data}?called_us=${problem}`, 303)
    }
    keepMember(c, joined)
    return c.redirect(`/call/${bank.phone_bank_id}?called_us=${voter_id.data}`, 303)
  })
  .get('/phonebanks/:id/call', allow('phonebanks.call'), async (c) => startPage(c, {}))
  .post('/phonebanks/:id/call', allow('phonebanks.call'), async (c) => {
    const bank = await bankOf(c)
    const { value, errors } = await readForm(c, CallForm)
    if (!value) return startPage(c, errors)
    const joined = await joinAsMember(c.var.db, actorOf(c), bank.phone_bank_id, value.languages, now(c), memberHere(c))
    if (!joined.ok) return c.redirect('/phonebanks', 303)
    keepMember(c, joined)
    return c.redirect(`/call/${bank.phone_bank_id}`, 303)
  })

const ExportForm = z.object({
  form: z.enum(['words', 'codes', ...importLayouts]).catch('words'),
  law: z.literal('yes', 'export.law_needed'),
})

/** Why somebody who called could not be talked with. */
const CalledUs = z.enum(['taken', 'closed', 'offered']).catch('offered')

const CallForm = z.object({
  languages: z
    .union([SpokenLanguage, z.array(SpokenLanguage)], { error: 'phonebanks.join.language_needed' })
    .transform((chosen) => [chosen].flat()),
})

/** Where the form says what speaks against it. */
function fieldOf(problem: DraftProblem, typed: Record<string, string>): string {
  if (problem === 'languages_needed') return 'languages'
  if (problem === 'lane_candidate') return 'lane'
  const kind = problem === 'name_needed' ? 'name_' : 'candidate_'
  return Object.keys(typed).find((name) => name.startsWith(kind)) ?? `${kind}en`
}

/** The same person sends the same form again, from a page the browser went back to: its key, were there one, might be a new one. */
const formKey = (who: string, typed: Record<string, string[]>): string =>
  createHash('sha256')
    .update(JSON.stringify([who, Object.entries(typed).toSorted(([a], [b]) => (a < b ? -1 : 1))]))
    .digest('hex')

async function change(c: Ctx, what: PhoneBankChange) {
  const bank = await bankOf(c)
  await changePhoneBank(c.var.db, actorOf(c), bank.phone_bank_id, what, now(c))
  turnsOf(c.var.installation).forget(bank.organization_id, bank.phone_bank_id)
  return c.redirect(`/phonebanks/${bank.phone_bank_id}`, 303)
}

/** What most organizations choose, within the hours this one calls in. */
async function defaults(c: Ctx): Promise<Record<string, string>> {
  const { calling_starts, calling_ends } = await organizationSettings(c.var.db, actorOf(c).organization_id)
  return {
    starts_on: today(c),
    ends_on: addDays(today(c), 14),
    calling_starts: calling_starts.slice(0, 5),
    calling_ends: calling_ends.slice(0, 5),
    max_attempts: '3',
    retry_after_hours: '20',
    quiet: 'on',
  }
}

/** For whom it is, where an endorsement leads here; the lane of such work is not guessed. */
function candidateIn(c: Ctx): Record<string, string> {
  const named = Object.entries(c.req.query()).filter(([name, text]) => /^candidate_[a-z]{2,3}$/.test(name) && text)
  return named.length > 0 ? { ...Object.fromEntries(named), lane: '' } : {}
}

/** For which campaign, where its page leads here, and in whose lane. */
function campaignIn(c: Ctx): Record<string, string> {
  const { campaign, lane } = c.req.query()
  if (!campaign) return {}
  return { campaign, lane: lanes.find((each) => each === lane) ?? '' }
}

/** Those of the organization, and whatever is written already. */
const writtenLanguages = (c: Ctx, ...texts: (LocalizedText | null)[]): string[] => [
  ...new Set([...(c.var.organization?.languages ?? ['en', 'ko']), ...texts.flatMap((text) => Object.keys(text ?? {}))]),
]

/** Shown first where the languages of calls are chosen. */
const nearLanguages = (c: Ctx, chosen: readonly string[]): string[] => [
  ...(c.var.organization?.languages ?? []),
  'en',
  'ko',
  'zh',
  'es',
  ...chosen,
]

async function newPage(
  c: Ctx,
  typed: Record<string, string>,
  languages: readonly string[],
  errors: FieldErrors,
  status: 200 | 422 = 200,
) {
  const { t, db } = c.var
  const { organization_id } = actorOf(c)
  return page(
    c,
    <NewPhoneBankPage
      t={t}
      universes={(await openTo(db, actorOf(c), await universes(db, organization_id))).map((each) => ({
        value: each.universe_id,
        label: each.name,
      }))}
      scripts={(await listScripts(db)).map((each) => ({ value: each.script_id, label: each.name }))}
      near_languages={nearLanguages(c, [])}
      written={writtenLanguages(c)}
      typed={typed}
      chosen_languages={languages}
      errors={errors}
    />,
    { title: t('phonebanks.new'), status },
  )
}

async function startPage(c: Ctx, errors: FieldErrors) {
  const bank = await bankOf(c)
  return page(c, <StartCallingPage t={c.var.t} bank={bank} errors={errors} />, {
    title: c.var.t('phonebanks.call_yourself'),
    status: Object.keys(errors).length ? 422 : 200,
  })
}

async function dashboardProps(c: Ctx, { anew = false } = {}): Promise<DashboardProps> {
  const wished = { question: c.req.query('question'), district: c.req.query('district') }
  const { at, ...board } = await boardOf(c.var.installation, actorOf(c).organization_id, idParam(c, 'id'), wished, {
    anew,
  })
  return {
    t: c.var.t,
    ...board,
    now: at,
    time_zone: timeZone(c),
    may_host: mayDo(c.var.actor, 'phonebanks.host'),
    may_see_voters: mayDo(c.var.actor, 'phonebanks.results'),
  }
}

const WayForm = z.object({ way_of_calling: WayOfCalling })
const Version = z.coerce.number().int().positive().max(1_000_000).optional()
const ScriptForm = z.object({ version: Version, newest: Version })
const Said = z.enum(said)
const NotMade = RepeatProblem.nullable().catch(null)

async function bankPage(
  c: Ctx,
  bank: PhoneBank,
  typed: Record<string, string>,
  errors: FieldErrors,
  status: 200 | 409 | 422 = 200,
  meanwhile?: Meanwhile,
) {
  const { t, db, actor, installation } = c.var
  const script = found(await currentVersion(db, bank.script_id))
  const told = Said.safeParse(c.req.query('said'))
  const join_url = `${installation.url}/call/${bank.join_code}`
  const has_texts = await mayText(installation, db, bank.organization_id)
  const props = await dashboardProps(c, { anew: true })
  // The last calls by name, once for each page opened: what comes to it live is seen by the same person.
  if (props.may_see_voters && props.shown.recent.length > 0)
    await audit(db, actorOf(c), {
      action: 'phonebank.view',
      subject: 'phone_bank',
      subject_id: bank.phone_bank_id,
      after: { found: props.shown.recent.length },
      request_id: c.var.request_id,
    })
  return page(
    c,
    <PhoneBankPage
      {...props}
      today={today(c)}
      join_url={join_url}
      inbound_url={`${installation.url}/telephony/twilio/${bank.organization_id}/inbound`}
      texts_url={has_texts ? `${installation.url}/telephony/twilio/${bank.organization_id}/texts` : null}
      texts={await textCounts(db, bank.organization_id, bank.phone_bank_id)}
      near_languages={nearLanguages(c, bank.languages)}
      written={writtenLanguages(c, bank.name, bank.candidate, bank.caller_id_note)}
      qr_svg={toSVG({ bcid: 'qrcode', text: join_url, scale: 3 })}
      may_edit={mayDo(actor, 'phonebanks.edit')}
      may_see_universes={mayDo(actor, 'universes.view')}
      may_call={mayDo(actor, 'phonebanks.call')}
      may_export={mayDo(actor, 'phonebanks.export')}
      script_name={script.name}
      universe={(bank.universe_id && (await universe(db, bank.organization_id, bank.universe_id))) || null}
      confirms={await confirmedEventOf(db, bank.organization_id, bank.phone_bank_id)}
      newest_version={script.version}
      said={told.success ? told.data : null}
      not_made={NotMade.parse(c.req.query('not_made'))}
      universes={(await openTo(db, actorOf(c), await universes(db, bank.organization_id))).map((each) => ({
        value: each.universe_id,
        label: each.name,
      }))}
      form_id={randomUUID()}
      readiness={await bridgeReadiness(installation, db, bank.organization_id)}
      typed={typed}
      errors={errors}
    />,
    { title: localized(bank.name, t.language).text || t('phonebanks.title'), status, meanwhile },
  )
}

/** A page of results, and again where an export was refused. */
async function resultsPage(c: Ctx, bank: PhoneBank, errors: FieldErrors = {}) {
  const contents = (await versionsOf(c.var.db, bank.script_id)).map(({ content }) => content)
  const script_versions = await versionsRead(c.var.db, bank)
  const ever = questionsEver(usedFirst(contents, bank, script_versions))
  const filter = filterOf(c.req.query(), ever)
  const start = Number(c.req.query('from') ?? 0)
  const from = Number.isSafeInteger(start) && start > 0 ? start : 0
  const { organization_id, phone_bank_id } = bank
  const shown = await attempts(c.var.db, organization_id, phone_bank_id, { limit: pageSize, from, filter })
  if (shown.length > 0)
    await audit(c.var.db, actorOf(c), {
      action: 'phonebank.results',
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      after: { found: shown.length, from, ...filterFields(filter) },
      request_id: c.var.request_id,
    })
  const answers = await answersByWording(c.var.db, bank, contents)
  return page(
    c,
    <ResultsPage
      t={c.var.t}
      bank={bank}
      ever={ever}
      attempts={shown}
      wordings={wordingCharts(c.var.t, bank, { answers, script_versions }, contents)}
      total={await countAttempts(c.var.db, organization_id, phone_bank_id, filter)}
      from={from}
      size={pageSize}
      filter={filter}
      answers={await answerCounts(c.var.db, bank, ever)}
      time_zone={timeZone(c)}
      may_host={mayDo(c.var.actor, 'phonebanks.host')}
      may_export={mayDo(c.var.actor, 'phonebanks.export')}
      errors={errors}
    />,
    { title: c.var.t('phonebanks.all_results'), status: Object.keys(errors).length > 0 ? 422 : 200 },
  )
}

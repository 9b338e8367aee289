import { found } from '../../../platform/errors.ts'
import { readForm, type FieldErrors } from '../../../platform/http/form.ts'
import { saveUnlessChanged } from '../../../platform/http/meanwhile.ts'
import { page } from '../../../platform/http/page.tsx'
import { actorOf, room, type Ctx } from '../../../platform/http/room.ts'
import type { Meanwhile } from '../../../platform/ui/meanwhile.tsx'
import { allow } from '../../access/allow.ts'
import { scriptVersion } from '../../scripts/queries.ts'
import { compileTyped, compileUniverse } from '../../targeting/queries.ts'
import { changeRules } from './commands.ts'
import type { PhoneBank } from '../dashboard.ts'
import { now, today } from '../../../platform/http/of-request.ts'
import { bankOf, prepare } from '../of-request.ts'
import { turnsOf } from '../turns.ts'
import { RulesForm, savedRules, trailOfRule, typedRules } from './form.ts'
import './messages.ts'
import { statesWithoutDays, unknownCounties } from './queries.ts'
import { RulesPage } from './pages/rules.tsx'
import type { CallingRules } from './schema.ts'

export const callingRulesRoutes = room()
  .get('/phonebanks/:id/rules', allow('phonebanks.host'), async (c) => {
    const bank = await bankOf(c)
    return rulesPage(c, bank, typedRules(bank), { quiet_groups: bank.quiet_groups }, {})
  })
  .post('/phonebanks/:id/rules', allow('phonebanks.host'), async (c) => {
    const bank = await bankOf(c)
    const { typed, all, errors, value } = await readForm(c, RulesForm)
    if (!value) return rulesPage(c, bank, typed, all, errors, 422)
    const unread = await unreadable(c, value, bank)
    if (unread) return rulesPage(c, bank, typed, all, unread, 422)
    const { phone_bank_id } = bank
    const saved = await saveUnlessChanged(c, {
      subject: 'phone_bank',
      subject_id: phone_bank_id,
      in_trail: trailOfRule,
      values: async (tx) => savedRules(await bankOf(c, tx)),
      save: (tx) => changeRules(tx, actorOf(c), phone_bank_id, value),
    })
    if (!saved.ok) return rulesPage(c, await bankOf(c), typed, all, {}, 409, saved.meanwhile)
    const { is_reordered } = saved.value
    turnsOf(c.var.installation).forget(bank.organization_id, bank.phone_bank_id)
    await prepare(c.var.db, bank.organization_id, bank.phone_bank_id, is_reordered)
    return c.redirect(`/phonebanks/${bank.phone_bank_id}/rules?said=saved`, 303)
  })

/**
 * Expressions that cannot be read, or that ask for what is kept from whoever types them, are refused while they sit before
 * them. What stood there already may name what is closed to a colleague who changes something else.
 */
async function unreadable(c: Ctx, rules: CallingRules, bank: PhoneBank): Promise<FieldErrors | null> {
  const stood = new Set([bank.done_expression, ...bank.priority])
  const wrong = async (text: string): Promise<string | null> => {
    const { db } = c.var
    const read = stood.has(text)
      ? await compileUniverse(db, text, bank.organization_id, today(c))
      : await compileTyped(db, actorOf(c), text, today(c))
    if (read.ok) return null
    const { code } = read.problem
    return code === 'closed_lane' || code === 'not_yours' ? `rules.expression_${code}` : 'rules.expression_invalid'
  }
  const done = rules.done_expression === null ? null : await wrong(rules.done_expression)
  if (done) return { done_expression: done }
  for (const each of rules.priority) {
    const problem = await wrong(each)
    if (problem) return { priority: problem }
  }
  return null
}

async function rulesPage(
  c: Ctx,
  bank: PhoneBank,
  typed: Record<string, string>,
  all: Record<string, string[]>,
  errors: FieldErrors,
  status: 200 | 409 | 422 = 200,
  meanwhile?: Meanwhile,
) {
  const script = found(await scriptVersion(c.var.db, bank.script_id, bank.script_version))
  return page(
    c,
    <RulesPage
      t={c.var.t}
      bank={bank}
      script={script.content}
      typed={typed}
      all={all}
      errors={errors}
      now={now(c)}
      today={today(c)}
      unknown_counties={await unknownCounties(c.var.db, bank)}
      without_days={await statesWithoutDays(c.var.db, bank)}
      is_saved={c.req.query('said') === 'saved'}
    />,
    { title: c.var.t('rules.title'), status, meanwhile },
  )
}

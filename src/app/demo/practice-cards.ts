import { practiceAccount } from '../../features/ledger/cards/commands.ts'
import { formatMoney } from '../../platform/i18n/formats.ts'
import { isLanguage } from '../../platform/i18n/languages.ts'
import { translator } from '../../platform/i18n/messages.ts'
import type { Installation } from '../../platform/http/room.ts'
import { log } from '../../platform/log.ts'
import { FakeStripe, type PracticePage } from '../../platform/testing/fake-stripe.ts'
import './practice-messages.ts'

/** Cards of the practice town: a page where one pays by a press, and the same signed reports as from the service itself. */
export const startPracticeCards = (): Promise<FakeStripe> => FakeStripe.start(page)

const page: PracticePage = {
  html({ locale, name, amount_total, state, success_url, cancel_url }, wrong) {
    const t = translator(isLanguage(locale) ? locale : 'en')
    const amount = formatMoney(amount_total)
    const act = (value: string, text: string) =>
      `<form method="post"><button name="act" value="${value}">${text}</button></form>`
    const acts = {
      open: `${act('pay', t('practice_cards.pay', { amount }))}<p><a href="${safe(cancel_url)}">${t('practice_cards.back')}</a></p>`,
      paid: `<p>${t('practice_cards.paid')} <a href="${safe(success_url)}">${t('action.continue')}</a></p>${act('refund', t('practice_cards.refund'))}`,
      refunded: `<p>${t('practice_cards.refunded')} <a href="${safe(success_url)}">${t('action.continue')}</a></p>`,
    }
    return `<!doctype html><html lang="${t.language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${t('practice_cards.title')}</title>
<style>body{font:1.1rem/1.6 system-ui,sans-serif;max-width:34rem;margin:2rem auto;padding:0 1rem;word-break:keep-all;overflow-wrap:break-word}
button{font:inherit;font-weight:600;min-height:3rem;padding:.5rem 1.5rem;width:100%}a{display:inline-block;min-height:2.75rem}
.mark{border:3px dashed #b45309;background:#fffbeb;padding:.75rem 1rem}</style>
<main><h1>${t('practice_cards.title')}</h1><p class="mark">${t('practice_cards.lead')}</p>
<p>${safe(name)}<br><strong>${amount}</strong></p>${wrong ? `<p role="alert">${t(`practice_cards.${wrong}`)}</p>` : ''}${acts[state]}</main></html>`
  },
  async report({ success_url }, { body, header }) {
    // '/m/<organization>/pay/…' and '/e/<organization>/…': whose page they came from.
    const { origin, pathname } = new URL(success_url)
    try {
      const answer = await fetch(`${origin}/payments/stripe/${pathname.split('/')[2]}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'stripe-signature': header },
        body,
      })
      if (!answer.ok) log.warn({ status: answer.status }, 'the report of a practice payment was not taken')
      await answer.body?.cancel()
      return answer.ok
    } catch (problem) {
      // The town's own address may not be one this computer reaches: said on the page.
      log.warn({ problem: String(problem) }, 'the report of a practice payment did not arrive')
      return false
    }
  },
}

const safe = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`)

/** The organizations of the town take cards at it. */
export async function takePracticeCards({ database, secret, clock }: Installation, cards: FakeStripe): Promise<void> {
  const town = await database.owner.selectFrom('organization').select('organization_id').where('is_demo', '=', true).execute() // prettier-ignore
  for (const { organization_id } of town)
    await practiceAccount(database.of(organization_id), organization_id, cards.account, secret, clock.now())
}

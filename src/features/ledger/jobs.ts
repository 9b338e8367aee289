import { z } from 'zod'
import { found } from '../../platform/errors.ts'
import type { Installation } from '../../platform/http/room.ts'
import { formatMoney } from '../../platform/i18n/formats.ts'
import { isLanguage } from '../../platform/i18n/languages.ts'
import { translator } from '../../platform/i18n/messages.ts'
import { job } from '../../platform/jobs/jobs.ts'
import { organizationSettings } from '../organizations/queries.ts'
import { deliverTo } from '../people/mail.ts'
import { cardFor, memberLinks } from '../people/membership/card/queries.ts'
import { paidMail } from '../people/membership/mail.ts'
import { duesOf, kindByKey } from '../people/membership/queries.ts'
import { mailboxesOf, profileOf, whoIs } from '../people/queries.ts'
import { effectiveName, romanName } from '../people/rules.ts'
import './messages.ts'
import { backOf, entryById } from './queries.ts'
import { receiptPdf } from './receipt.ts'
import { receiptName } from './rules.ts'

/** Dues were paid: thanks in the member's language, with the receipt and, in good standing, the card. */
export const sendPaidMail = job({
  name: 'ledger.paid_mail',
  payload: z.object({ organization_id: z.uuid(), entry_id: z.uuid() }),
  async run({ organization_id, entry_id }, context) {
    const installation = context.installation as Installation
    const db = installation.database.of(organization_id)
    const entry = await entryById(db, organization_id, entry_id)
    // Recorded by mistake, or given back, meanwhile.
    if ((await backOf(db, organization_id, entry_id)).length > 0) return
    const meant = found(await whoIs(db, organization_id, entry.person_id))
    const person_id = found(meant.person_id)
    const to = (await mailboxesOf(db, organization_id, [person_id], 'asked')).get(person_id)
    if (!to || !z.email().safeParse(to).success) return

    const { person, voter } = found(await profileOf(db, organization_id, meant, { is_brief: true }))
    const language = isLanguage(person?.language ?? undefined) ? (person?.language as 'en' | 'ko') : 'en'
    const { name: organization } = found(await organizationSettings(db, organization_id))
    const dues = found((await duesOf(db, organization_id, person_id)).find((each) => each.dues_id === entry.dues_id))
    const card = await cardFor(installation, { organization_id, person_id }, language)
    const links = await memberLinks(db, installation, organization_id)
    const about = {
      to,
      language,
      name: person?.name_hangul || romanName(effectiveName(person, voter)),
      organization,
      kind: (await kindByKey(db, organization_id, dues.kind)).name,
    }
    const paid = {
      amount: formatMoney(entry.amount_cents),
      receipt: receiptName(entry),
      paid_until: dues.until_on,
    }
    const now = installation.clock.now()
    const receipt = {
      name: `receipt-${receiptName(entry)}.pdf`,
      type: 'application/pdf',
      content: await receiptPdf({ t: translator(language), entry, first: null, organization, now }),
    }
    await deliverTo(installation, {
      ...paidMail(about, paid, { card: card && links.card(person_id, language), pay: null }),
      files: [receipt, ...(card ? [card] : [])],
      of: { organization_id, whom: { person_id } },
    })
  },
})

import type { Actor } from '../../../platform/actor.ts'
import { audit } from '../../../platform/audit.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { saveAddress } from '../../people/addresses/commands.ts'
import { knownAddresses, mailboxKey } from '../../people/addresses/rules.ts'
import { AddressForm } from '../../people/addresses/schema.ts'
import { profileOf, whoIs } from '../../people/queries.ts'
import { pieceByCode } from '../answers/codes.ts'
import { codeIn } from '../answers/rules.ts'
import { lockedDrop, notPrinting, setDrop } from '../drops/commands.ts'
import { pieceOf } from '../drops/queries.ts'
import { addressKey, homeKey, keysOfKnown } from '../no-paper/rules.ts'
import { pieceByTracking, trackingIn } from './queries.ts'
import { returnReasons, type ReturnReason } from './schema.ts'

export interface Mailed {
  mailed_on: string
  cost_cents: number | null
}

/** Handed to the post: from now on it stands on the timeline of everybody it went to. Not while its files are made, which ends with `made`. */
export function markMailed(db: Db, actor: Actor, drop_id: string, mailed: Mailed): Promise<void> {
  return inTransaction(db, async (tx) => {
    const before = await notPrinting(lockedDrop(tx, actor.organization_id, drop_id, ['frozen', 'made']))
    await setDrop(tx, before, { ...mailed, state: 'mailed', mailed_by: actor.name })
    await audit(tx, actor, { action: 'postal.mailed', subject: 'postal_drop', subject_id: drop_id, after: { ...mailed, pieces: before.pieces } }) // prettier-ignore
  })
}

export type NotedReturn =
  /** `marked`: how many people's address is no longer used. */
  | { ok: true; name_line: string; drop_id: string; marked: number }
  | { ok: false; problem: 'unreadable' | 'unknown' | 'there' }

/** A piece the post brought back. If it says that the address is wrong, nothing more is mailed there to these people. */
export function noteReturn(
  db: Db,
  actor: Actor,
  { barcode, reason }: { barcode: string; reason: ReturnReason },
  { now, today }: { now: Date; today: string },
): Promise<NotedReturn> {
  return inTransaction(db, async (tx): Promise<NotedReturn> => {
    const { organization_id } = actor
    const code = codeIn(barcode)
    const tracking = code === null ? trackingIn(barcode) : null
    if (!code && !tracking) return { ok: false, problem: 'unreadable' }
    const meant = tracking
      ? await pieceByTracking(tx, organization_id, tracking)
      : await pieceByCode(tx, organization_id, code ?? '')
    if (!meant) return { ok: false, problem: 'unknown' }
    const { drop_id, number } = meant
    const piece = await pieceOf(tx, { organization_id, drop_id }, number)
    // Whoever it was for alone was erased.
    if (!piece) return { ok: false, problem: 'unknown' }
    const { name_line, delivery, unit, zip5 } = piece
    const noted = await tx
      .insertInto('postal_return')
      .values({ organization_id, drop_id, number, reason, returned_on: today, noted_by: actor.name, noted_at: now })
      .onConflict((conflict) => conflict.doNothing())
      .returning('number')
      .executeTakeFirst()
    if (!noted) return { ok: false, problem: 'there' }
    const recipients = await tx
      .selectFrom('postal_recipient')
      .select(['voter_id', 'home_keys'])
      .where('organization_id', '=', organization_id)
      .where('drop_id', '=', drop_id)
      .where('number', '=', number)
      .execute()
    const quality = returnReasons[reason]
    let marked = 0
    for (const { voter_id, home_keys } of quality ? recipients : []) {
      const who = await whoIs(tx, organization_id, `v${voter_id}`)
      const profile = who && (await profileOf(tx, organization_id, who, { is_brief: true }))
      if (!profile) continue
      const place = mailboxKey({ address: [delivery, unit].filter(Boolean).join(' '), zip5 })
      // Certified software may have changed what is printed: then theirs is another one.
      const theirs = [homeKey(piece), addressKey(piece), ...(home_keys ?? [])]
      // Only where post would still go there: what was told since is not touched.
      const known = knownAddresses(profile).find(
        (each) =>
          each.is_for_post && (mailboxKey(each) === place || keysOfKnown(each).some((key) => theirs.includes(key))),
      )
      if (!known) continue
      const { address, city, state } = known
      const said = { address, city: city ?? '', state: state ?? '', zip5: known.zip5 ?? '', kind: known.noted?.kind ?? 'home', quality } // prettier-ignore
      await saveAddress(tx, actor, `v${voter_id}`, AddressForm.parse(said))
      marked += 1
    }
    await audit(tx, actor, { action: 'postal.return', subject: 'postal_drop', subject_id: drop_id, after: { number, reason, marked } }) // prettier-ignore
    return { ok: true, name_line, drop_id, marked }
  })
}

import { sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import { inTransaction, type Db } from '../../../platform/db/db.ts'
import { recordConsent, takeRefusalsBack } from '../../people/commands.ts'
import { closedAmong, closeOne, liftOne } from '../../people/suppressions/commands.ts'
import { linesOf, standardize } from '../address/rules.ts'
import type { AddressProblem, MailAddress } from '../address/schema.ts'
import { pieceByCode } from '../answers/codes.ts'
import { codeIn } from '../answers/rules.ts'
import { foundKey } from '../checked/queries.ts'
import { keyOfPiece, pieceOf } from '../drops/queries.ts'
import { pieceByTracking, trackingIn } from '../mailed/queries.ts'
import { addressKey, closedKeys, homeKey } from './rules.ts'
import { noPaperList } from './schema.ts'

type Place = Pick<MailAddress, 'above' | 'delivery' | 'unit' | 'city' | 'state' | 'zip5' | 'zip4' | 'kind'>

export type Meant = { ok: true; place: Place } | { ok: false; problem: AddressProblem | 'unknown_piece'; found: string }

/** The address that was typed, or that of the piece whose barcode or code was. */
export async function placeMeant(db: Db, organization_id: string, typed: string): Promise<Meant> {
  const bare = typed.replaceAll(/[\s-]/g, '').toUpperCase()
  const isBarcode = /^[FADT]{65}$/.test(bare) || /^\d{20}(\d{5}|\d{9}|\d{11})?$/.test(bare)
  const code = codeIn(typed)
  if (!isBarcode && code === null) {
    const read = standardize(typed)
    return read.ok ? { ok: true, place: read.address } : { ok: false, problem: read.problem, found: read.found }
  }
  const tracking = isBarcode ? trackingIn(bare) : null
  const known = tracking ? await pieceByTracking(db, organization_id, tracking) : await pieceByCode(db, organization_id, code ?? '') // prettier-ignore
  const piece = known && (await pieceOf(db, { organization_id, drop_id: known.drop_id }, known.number))
  return piece ? { ok: true, place: piece } : { ok: false, problem: 'unknown_piece', found: '' }
}

export type Closed =
  /** `people`: of how many it is noted on their profile that they want no mail. */
  { ok: true; address: string; people: number; is_new: boolean } | Extract<Meant, { ok: false }>

/**
 * A household wants no more paper: its address is closed, whoever lives there now or later, and everybody a piece went to there
 * is noted as wanting none.
 */
export function closeAddress(db: Db, actor: Actor, { address, evidence }: { address: string; evidence: string }, now: Date): Promise<Closed> {
  return inTransaction(db, async (tx): Promise<Closed> => {
    const { organization_id } = actor
    const meant = await placeMeant(tx, organization_id, address)
    if (!meant.ok) return meant
    const { place } = meant
    const is_new = await closeOne(tx, actor, organization_id, { kind: 'address', value: homeKey(place), list: noPaperList, evidence }, now) // prettier-ignore
    const residents = await residentsOf(tx, organization_id, place)
    for (const voter_id of is_new ? residents : [])
      await recordConsent(tx, actor, `v${voter_id}`, { channel: 'post', is_given: false, evidence: `${ofHome}${evidence}` }) // prettier-ignore
    return { ok: true, address: linesOf(place).join(', '), people: is_new ? residents.length : 0, is_new }
  })
} // prettier-ignore

/** How the evidence of what was noted of residents begins: they did not say it themselves. */
const ofHome = `${noPaperList}: `

/** Whom a piece went to at an address, also by lists made before certified software knew it so. */
async function residentsOf(tx: Db, organization_id: string, place: Place): Promise<number[]> {
  const keys = sql`array(select unnest(${closedKeys(place)}::text[]) union select a.address_key from postal_address a
    where a.organization_id = ${organization_id}::uuid and a.found is not null and ${foundKey} = ${addressKey(place)})`
  const rows = await tx
    .selectFrom('postal_piece as p')
    .innerJoin('postal_recipient as r', (join) =>
      join.onRef('r.organization_id', '=', 'p.organization_id').onRef('r.drop_id', '=', 'p.drop_id').onRef('r.number', '=', 'p.number'),
    )
    .select('r.voter_id')
    .distinct()
    .where('p.organization_id', '=', organization_id)
    .where(sql<boolean>`(${keyOfPiece(sql`p`)} = any(${keys}) or r.home_keys && ${keys})`)
    .orderBy('r.voter_id')
    .limit(50)
    .execute()
  return rows.map(({ voter_id }) => voter_id)
} // prettier-ignore

/** 'elsewhere': a list of the installation closes it still. */
export type Opened = 'opened' | 'not_closed' | 'elsewhere'

/** The household takes paper again, with those of whom its closing was noted; what people said of themselves stays until they say otherwise. */
export async function openAddress(db: Db, actor: Actor, { address, evidence }: { address: string; evidence: string }, now: Date): Promise<Opened | Extract<Meant, { ok: false }>> {
  const meant = await placeMeant(db, actor.organization_id, address)
  if (!meant.ok) return meant
  const { place } = meant
  return inTransaction(db, async (tx): Promise<Opened> => {
    let is_lifted = false
    for (const value of closedKeys(place)) if (await liftOne(tx, actor, { kind: 'address', value, evidence }, now)) is_lifted = true
    if ((await closedAmong(tx, actor.organization_id, 'address', closedKeys(place))).size > 0) return 'elsewhere'
    if (!is_lifted) return 'not_closed'
    await takeRefusalsBack(tx, actor, await residentsOf(tx, actor.organization_id, place), { channel: 'post', evidence_begins: ofHome })
    return 'opened'
  })
} // prettier-ignore

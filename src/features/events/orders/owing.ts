import { sql } from 'kysely'

/**
 * What came in for the order `o`, in cents. Money given back to whoever keeps the seat leaves no debt; it counts once they
 * had given their seat up, who pay again for another.
 */
export const cameCents = sql<number>`coalesce((select sum(l.amount_cents) from ledger_entry l
  where l.organization_id = o.organization_id and l.for_id = o.signup_id
    and (l.kind <> 'refund' or exists (select from event_response c where c.organization_id = o.organization_id
      and c.signup_id = o.signup_id and c.response in ('canceled_by_them', 'canceled_by_us', 'declined')))), 0)::integer`

/** `Owing` of the order `o`. */
export const owing = sql`jsonb_build_object('due_cents', o.full_cents - o.discount_cents, 'pays', o.pays, 'refund_until', o.refund_until, 'came_cents', ${cameCents},
  'paid_cents', coalesce((select sum(l.amount_cents) from ledger_entry l where l.organization_id = o.organization_id
    and l.for_id = o.signup_id), 0))`

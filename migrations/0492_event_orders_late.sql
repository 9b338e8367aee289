-- Whoever had canceled by the moment their money came in gets it back: the job hears of it, for it may run later.
create or replace function event_ticket_paid() returns trigger language plpgsql as $$
declare
  said text;
begin
  update event_signup set changed_in = pg_current_xact_id()
  where organization_id = new.organization_id and signup_id = new.for_id
  returning response into said;
  perform enqueue_job('events.paid', json_build_object('organization_id', new.organization_id, 'signup_id', new.for_id,
      'is_late', new.kind = 'payment' and said is not distinct from 'canceled_by_them'),
    null, null, null, null);
  return null;
end $$;

-- The term for money back stays as it was when the tickets were chosen; a later change only lengthens it.
alter table event_order add column refund_until timestamptz;
update event_order o set refund_until = e.starts_at - make_interval(hours => 24 * e.refund_days)
from event_signup s join event e on e.organization_id = s.organization_id and e.event_id = s.event_id
where s.organization_id = o.organization_id and s.signup_id = o.signup_id and e.refund_days is not null;

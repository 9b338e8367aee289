-- "Do not call" of somebody in no voter file closes their number for everybody; calls recorded before that was so closed the person
-- alone. What was taken back since stays open. The mark goes with its call, as a new one does.
with said as (
  select a.organization_id, a.attempt_id, a.person_id, a.phone, a.made_by, a.attempted_at, gen_random_uuid() as suppression_id
    from contact_attempt a
    where a.voter_id is null and a.phone is not null and a.disposition = 'do_not_call' and a.undone_at is null
      and a.channel in ('phone', 'inbound_phone')
      and exists (select from suppression s where s.organization_id = a.organization_id and s.person_id = a.person_id and s.phone is null
        and s.reason = 'do_not_call' and s.taken_back_at is null)
      and not exists (select from suppression s where s.organization_id = a.organization_id and s.phone = a.phone
        and a.effects -> 'marks' ? s.suppression_id::text)),
noted as (
  update contact_attempt a
    set effects = a.effects || jsonb_build_object('marks', coalesce(a.effects -> 'marks', '[]') || to_jsonb(s.suppression_id::text))
    from said s where a.organization_id = s.organization_id and a.attempt_id = s.attempt_id)
insert into suppression (organization_id, suppression_id, person_id, phone, reason, marked_by, marked_at, note)
  select organization_id, suppression_id, person_id, phone, 'do_not_call', made_by, attempted_at, '' from said;

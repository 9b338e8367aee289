-- 0358 opened who was closed as called often enough without any try. Others were closed so with fewer tries than their phone bank makes:
-- they rest and come again too, on lists that run. What speaks against a call is asked as each is opened (target_is_opened).
with opened as (
  update phone_bank_target t set state = case when t.attempts = 0 then 'ready' else 'waiting' end,
      why = case when t.attempts = 0 then null else 'resting' end
    from phone_bank b
    where b.organization_id = t.organization_id and b.phone_bank_id = t.phone_bank_id and b.ended_at is null
      and t.state = 'finished' and t.why = 'max_attempts' and t.attempts < b.max_attempts and t.phones <> '{}'
    returning t.organization_id, t.phone_bank_id)
insert into audit_entry (organization_id, actor_kind, actor_name, action, subject, subject_id, after)
  select organization_id, 'system', 'Hanpyo', 'phonebank.call_again', 'phone_bank', phone_bank_id::text, jsonb_build_object('voters', count(*))
    from opened group by organization_id, phone_bank_id;

-- Results an organization names itself. Each counts as one of ours (contacts/schema.ts), which says what follows from it, and keeps
-- doing so: what was recorded under it must mean the same for ever.

create table result_code (
  organization_id uuid not null references organization,
  code text not null check (code ~ '^[a-z][a-z0-9_]{1,39}$'),   -- never reused: exports, searches and the API know it
  name jsonb not null,                                          -- by language
  counts_as text not null,
  made_at timestamptz not null,
  made_by text not null,
  retired_at timestamptz,                                       -- offered no more; what was recorded stays
  primary key (organization_id, code)
);
select own_by_organization('result_code');

alter table contact_attempt add column result_code text;
alter table phone_bank add column result_codes text[] not null default '{}';  -- offered to its callers beside ours

-- As before, with the organization's own code.
create or replace function store_calls(b phone_bank, p_made jsonb[], p_now timestamptz) returns void language plpgsql as $$
begin
  insert into contact_attempt (organization_id, attempt_id, voter_id, person_id, channel, disposition, is_reached, phone, language, phone_bank_id,
      caller_id, made_by, started_at, attempted_at, recorded_at, call_back_at, spoke_with, note, script_id, script_version, was_lost, effects,
      result_code)
    select b.organization_id, (a->>'attempt_id')::uuid, (a->>'voter_id')::integer, (m->'effects'->>'person_id')::uuid,
      case when (a->>'is_inbound')::boolean then 'inbound_phone' else 'phone' end, a->>'disposition',
      (a->>'reached')::boolean, a->>'phone', a->>'language', b.phone_bank_id, (m->>'caller_id')::uuid, a->>'made_by', (a->>'started_at')::timestamptz,
      (a->>'attempted_at')::timestamptz, p_now, coalesce((m->>'call_back_at')::timestamptz, (a->>'call_back_at')::timestamptz), a->>'spoke_with',
      nullif(a->>'note', ''), b.script_id, (a->>'script_version')::integer, (m->>'was_lost')::boolean, m->'effects',
      a->>'result_code'
    from unnest(p_made) m cross join lateral (select m->'a' as a) named;
  if exists (select from unnest(p_made) m where m->'a'->'answers' <> '{}') then
    insert into contact_answer (organization_id, attempt_id, question, value)
      select b.organization_id, (m->'a'->>'attempt_id')::uuid, key, value from unnest(p_made) m cross join jsonb_each(m->'a'->'answers');
  end if;
  if exists (select from unnest(p_made) m where m->'a'->'follow_ups' <> '[]' or (m->>'is_too_late')::boolean) then
    insert into follow_up (organization_id, kind, voter_id, person_id, phone_bank_id, attempt_id, caller_id, note, made_by, made_at)
      select b.organization_id, f.kind, (a->>'voter_id')::integer, (m->'effects'->>'person_id')::uuid, b.phone_bank_id, (a->>'attempt_id')::uuid,
          (m->>'caller_id')::uuid, f.note, a->>'made_by', p_now
        from unnest(p_made) m cross join lateral (select m->'a' as a) named cross join lateral (
          select kind, nullif(note, '') as note from jsonb_to_recordset(a->'follow_ups') each (kind text, note text)
          union all select 'call_back_too_late', a->>'note' where (m->>'is_too_late')::boolean) f;
  end if;
end $$;

-- Whom a caller had in hand of those in no voter file: what they said of anybody else is not taken.
create table newcomer_hand (
  organization_id uuid not null,
  signup_id uuid not null,
  caller_id uuid not null,
  at timestamptz not null,                               -- the last time
  is_put_off boolean not null default false,             -- not now, said this caller, and did not come back to them
  primary key (organization_id, signup_id, caller_id),
  foreign key (organization_id, signup_id) references event_signup on delete cascade
);
create index newcomer_hand_of_caller on newcomer_hand (caller_id, organization_id);
select own_by_organization('newcomer_hand');
insert into newcomer_hand (organization_id, signup_id, caller_id, at, is_put_off)
  select organization_id, signup_id, caller_id, leased_at, is_put_off from newcomer_lease;

-- With the access of a caller, or of all of them, goes whom they had in hand.
create function hands_of_newcomers_end() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'phone_bank' then
    delete from newcomer_lease n where n.organization_id = new.organization_id and n.phone_bank_id = new.phone_bank_id;
  else
    delete from newcomer_lease n where n.organization_id = new.organization_id and n.caller_id = new.caller_id;
  end if;
  return null;
end $$;
create trigger hands_of_newcomers_end after update of ended_at on phone_bank for each row
  when (old.ended_at is null and new.ended_at is not null) execute function hands_of_newcomers_end();
create trigger hands_of_newcomers_end after update of removed_at on phone_bank_caller for each row
  when (old.removed_at is null and new.removed_at is not null) execute function hands_of_newcomers_end();

-- Whoever comes to a list rests after calls to somebody in no voter file too: at their number, or their own before they were matched.
do $$
declare
  v_text text;
  r record;
begin
  select pg_get_functiondef(oid) into strict v_text from pg_proc where proname = 'rest_newcomers' and pronamespace = current_schema()::text::regnamespace;
  for r in select * from (values
      ('select a.voter_id, a.phone, a.is_reached, a.attempted_at, a.attempted_at +', 'select coalesce(a.voter_id, whose.voter_id) as voter_id, a.phone, a.is_reached, a.attempted_at, a.attempted_at +'),
      ('from contact_attempt a
      where a.organization_id = b.organization_id and a.recorded_at > v_since and a.voter_id is not null
        and a.channel', 'from contact_attempt a
      left join person whose on a.voter_id is null and whose.organization_id = a.organization_id and whose.person_id = a.person_id
      where a.organization_id = b.organization_id and a.recorded_at > v_since
        and (a.voter_id is not null or a.phone is not null or whose.voter_id is not null) and a.channel'),
      ('and l.called <> l.voter_id', 'and l.called is distinct from l.voter_id')
    ) each (was, is_now) loop
    if position(r.was in v_text) = 0 then raise exception 'rest_newcomers reads in another way'; end if;
    v_text := replace(v_text, r.was, r.is_now);
  end loop;
  execute v_text;
end $$;

-- A message is no answer to whether somebody comes: phone banks that ask it try again, unless somebody has said otherwise.
update phone_bank b set spacing = b.spacing || '{"left_message":{"hours":null,"most":null,"again":true}}'
  from event_phone_bank l
  where l.organization_id = b.organization_id and l.phone_bank_id = b.phone_bank_id and l.what = 'confirming'
    and b.ended_at is null and not b.spacing ? 'left_message';

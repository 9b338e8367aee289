-- Who signed up for an event and is in no voter file is asked by callers too whether they come: one at a time, in one hand.
-- The queue knows voters alone, so what is in a caller's hand here stands beside `call_lease`, with the number as its line.
create table newcomer_lease (
  organization_id uuid not null,
  signup_id uuid not null,
  phone_bank_id uuid not null,
  caller_id uuid not null,
  line text not null,                                    -- the number, E.164
  leased_at timestamptz not null,
  leased_until timestamptz not null,
  is_put_off boolean not null default false,             -- not now, said this caller: then somebody else's turn
  primary key (organization_id, signup_id),
  foreign key (organization_id, signup_id) references event_signup on delete cascade
);
create index newcomer_lease_of_line on newcomer_lease (line, organization_id);
create index newcomer_lease_of_caller on newcomer_lease (caller_id, organization_id);
select own_by_organization('newcomer_lease');

-- One number is in one hand. Whoever takes somebody here waits for turns of the queue under way, and they for it.
create function line_of_a_newcomer() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('newcomer_lease'), hashtext(new.organization_id::text));
  if exists (select from newcomer_lease n where n.line = new.line and n.organization_id = new.organization_id and n.leased_until > new.leased_at) then
    return null;
  end if;
  return new;
end $$;
create trigger line_of_a_newcomer before insert on call_lease for each row when (new.line is not null) execute function line_of_a_newcomer();

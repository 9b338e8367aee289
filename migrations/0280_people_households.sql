-- A household as a record of the organization's own. Who lives together is said by the state's file (voter_record.household_key)
-- until somebody says otherwise; what the state says stays as it is.

create table household (
  organization_id uuid not null references organization,
  household_id uuid not null default gen_random_uuid(),
  home bigint not null,                                  -- everything that counts homes knows it by this: the household_key of its door, else a number of its own
  is_door boolean not null,                              -- home is the household_key of an address of the voter file
  name text,
  note text,                                             -- 'grandmother answers, speak Korean': whoever calls sees it
  language text,                                         -- BCP 47 primary tag: spoken at the door and on the shared telephone
  created_by text not null,
  created_at timestamptz not null default now(),
  updated_by text not null,
  updated_at timestamptz not null default now(),
  primary key (organization_id, household_id),
  unique (organization_id, home)
);
select own_by_organization('household');

-- A home that is no address of the voter file. Negative and safe as a number in every program; keys of the state's addresses are not negative.
create function home_of_its_own(p_id uuid) returns bigint language sql immutable as $$
  select -1 - (hashtextextended(p_id::text, 0) & 4503599627370495)
$$;

-- Whose household was changed by hand. A row that no longer holds is ended and stays, so that each can be taken back: the one before it holds again.
create table household_member (
  organization_id uuid not null references organization,
  household_member_id uuid not null default gen_random_uuid(),
  person_id uuid not null,
  says text not null check (says in ('here', 'apart')),
  household_id uuid not null,                            -- where they live; of 'apart', where they do not
  home bigint not null,                                  -- that of the household; of 'apart', one of their own
  state_home bigint,                                     -- the voter record's household_key when this was said. Another one by now: somebody should look again
  reason text,
  changed_by text not null,
  changed_at timestamptz not null default now(),
  replaces uuid,                                         -- the row that held before
  ended_at timestamptz,
  ended_by text,
  primary key (organization_id, household_member_id),
  foreign key (organization_id, person_id) references person on delete cascade,
  foreign key (organization_id, household_id) references household
);
-- Nobody lives in two.
create unique index household_member_now on household_member (organization_id, person_id) where ended_at is null;
create index household_member_at_home on household_member (organization_id, home) where ended_at is null;
create index household_member_of_household on household_member (organization_id, household_id);
create index household_member_of_person on household_member (organization_id, person_id);
select own_by_organization('household_member');
select note_targeting_changes_of('household_member', 'note_targeting_change_of_person');

-- Everything below is called for each result of each call, so it looks up by key and asks first whether there is anything to ask.

-- What was said by hand of a voter; null: nothing.
create function home_by_hand(p_organization uuid, p_voter integer) returns bigint language plpgsql stable as $$
declare
  v_person uuid;
begin
  select p.person_id into v_person from person p where p.organization_id = p_organization and p.voter_id = p_voter and p.merged_into is null;
  if v_person is null then return null; end if;
  return (select m.home from household_member m where m.organization_id = p_organization and m.person_id = v_person and m.ended_at is null);
end $$;

-- Where a voter lives: as said by hand, else as the state says.
create function home_of_voter(p_organization uuid, p_voter integer) returns bigint language plpgsql stable as $$
begin
  return coalesce(home_by_hand(p_organization, p_voter), (select r.household_key from voter_record r where r.voter_id = p_voter));
end $$;

-- The voters of a home, at most so many.
create function voters_of_home(p_organization uuid, p_home bigint, p_most integer) returns integer[] language plpgsql stable as $$
declare
  v_voters integer[];
begin
  if p_home is null then return '{}'; end if;
  if not exists (select from household_member m where m.organization_id = p_organization and m.ended_at is null) then
    return array(select r.voter_id from voter_record r where r.household_key = p_home limit p_most);
  end if;
  v_voters := array(select (select p.voter_id from person p where p.organization_id = p_organization and p.person_id = m.person_id and p.merged_into is null)
    from household_member m where m.organization_id = p_organization and m.home = p_home and m.ended_at is null limit p_most);
  v_voters := array_remove(v_voters, null);
  return v_voters || array(select r.voter_id from voter_record r where r.household_key = p_home and home_by_hand(p_organization, r.voter_id) is null
    limit greatest(p_most - cardinality(v_voters), 0));
end $$;

-- Everybody of the home of a voter, the voter too; at most so many.
create function voters_at_home(p_organization uuid, p_voter integer, p_most integer) returns integer[] language plpgsql stable as $$
begin
  return voters_of_home(p_organization, home_of_voter(p_organization, p_voter), p_most);
end $$;

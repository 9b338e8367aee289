-- What callers learn in a call beside its result: corrections, family, tags, consent. Each is done once, however often it arrives.
create table phone_bank_told (
  organization_id uuid not null references organization,
  told_id uuid not null,                       -- made on the device
  phone_bank_id uuid not null,
  caller_id uuid not null,
  voter_id integer not null,
  told jsonb not null,                         -- told/schema.ts
  told_at timestamptz not null,                -- by the device's clock, corrected
  recorded_at timestamptz not null,
  primary key (organization_id, told_id),
  foreign key (organization_id, phone_bank_id) references phone_bank on delete cascade
);
select own_by_organization('phone_bank_told');
create index phone_bank_told_by_bank on phone_bank_told (phone_bank_id, organization_id);

-- Tags callers may put on a voter; all others are the organizers' own.
alter table tag add column is_for_callers boolean not null default false;

-- Which share of the voters a voter falls into: the same figures as shareOf in scripts/rules.ts, by which callers read a wording.
create function share_of(p_voter integer, p_salt integer) returns bigint language sql immutable parallel safe as $$
  with a as (select (p_voter # p_salt)::bigint & 4294967295 as x),
       b as (select (((x >> 16) # x) * 73244475) & 4294967295 as x from a),
       c as (select (((x >> 16) # x) * 73244475) & 4294967295 as x from b)
  select (x >> 16) # x from c
$$;


-- What a member may do beyond their roles, for a time. It ends by itself: whoever asks for a permission asks for the day too.
create table delegation (
  organization_id uuid not null,
  delegation_id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  what text not null check (what in ('host_phone_banks', 'read_responses')),
  from_on date not null,                                 -- days of the organization's time zone, both included
  until_on date not null,
  granted_by text not null,
  granted_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  primary key (organization_id, delegation_id),
  foreign key (organization_id, user_id) references member,
  check (until_on >= from_on)
);
create index delegation_by_user on delegation (user_id, organization_id) where ended_at is null;
select own_by_organization('delegation');

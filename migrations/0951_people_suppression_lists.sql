-- Lists of those who are not to be contacted, kept as keyed hashes, so that a number or mailbox which comes back by an import,
-- a form or a call is closed again without having been kept.

-- The key of this installation's hashes. The application's role reads it through suppression_hash alone.
create table suppression_key (
  is_the_one boolean primary key default true check (is_the_one),
  key bytea not null
);
insert into suppression_key (key)
  select sha256(convert_to(string_agg(gen_random_uuid()::text, ''), 'UTF8')) from generate_series(1, 8);

-- What lists are compared by: from the SHA-256 of a number in E.164 or a mailbox in small letters, as lists are shared.
create function suppression_hash(p_sha256 bytea) returns bytea language sql stable security definer set search_path from current as $$
  select sha256(key || sha256(key || p_sha256)) from suppression_key
$$;

create table suppression_list (
  organization_id uuid not null references organization,
  list_id uuid not null default gen_random_uuid(),
  name text not null,
  counts jsonb not null,                                 -- {"phones":…,"emails":…,"hashes":…,"rejected":…}
  imported_by text not null,
  imported_at timestamptz not null,
  taken_back_at timestamptz,
  taken_back_by text,
  primary key (organization_id, list_id)
);
select own_by_organization('suppression_list');

create table suppressed (
  organization_id uuid not null,
  list_id uuid not null,
  kind text not null check (kind in ('phone', 'email')),
  hash bytea not null,
  primary key (organization_id, kind, hash, list_id),
  foreign key (organization_id, list_id) references suppression_list
);
create index suppressed_of_list on suppressed (organization_id, list_id);
select own_by_organization('suppressed');

-- The same for every organization of the installation, brought in by its steward.
create table installation_suppression_list (
  list_id uuid primary key default gen_random_uuid(),
  name text not null,
  counts jsonb not null,
  imported_by text not null,
  imported_at timestamptz not null,
  taken_back_at timestamptz,
  taken_back_by text
);
grant select on installation_suppression_list to hanpyo_app;

create table installation_suppressed (
  list_id uuid not null references installation_suppression_list,
  kind text not null check (kind in ('phone', 'email')),
  hash bytea not null,
  primary key (kind, hash, list_id)
);
create index installation_suppressed_of_list on installation_suppressed (list_id);
grant select on installation_suppressed to hanpyo_app;

-- Set: closed by a list, and open again once that is taken back. Of an organization's own or the installation's.
alter table suppression add column list_id uuid;
create index suppression_by_list on suppression (organization_id, list_id) where list_id is not null;

alter table person_email drop constraint person_email_quality_check;
alter table person_email add constraint person_email_quality_check check (quality in ('good', 'unknown', 'bouncing', 'wrong', 'suppressed'));

-- The lists a number or mailbox is on, one of them.
create function suppressed_by(p_organization uuid, p_kind text, p_value text) returns uuid language plpgsql stable as $$
declare
  v_hash bytea;
begin
  if not exists (select from suppressed s where s.organization_id = p_organization and s.kind = p_kind)
    and not exists (select from installation_suppressed s where s.kind = p_kind) then
    return null;
  end if;
  v_hash := suppression_hash(sha256(convert_to(p_value, 'UTF8')));
  return coalesce(
    (select s.list_id from suppressed s where s.organization_id = p_organization and s.kind = p_kind and s.hash = v_hash limit 1),
    (select s.list_id from installation_suppressed s where s.kind = p_kind and s.hash = v_hash limit 1));
end $$;

-- A mailbox on a list is not written to, whatever brings it in and whatever somebody says of it by hand.
create function mailbox_on_a_list() returns trigger language plpgsql as $$
begin
  if suppressed_by(new.organization_id, 'email', new.email) is not null then new.quality := 'suppressed';
  elsif new.quality = 'suppressed' then new.quality := 'unknown';
  end if;
  return new;
end $$;
create trigger mailbox_on_a_list before insert or update of email, quality on person_email
  for each row when (new.quality <> 'wrong') execute function mailbox_on_a_list();

-- A number on a list is closed for everybody who has it, as one that was noted on a call: phone banks read these rows.
create function close_listed_number(p_organization uuid, p_phone text, p_list uuid) returns void language sql as $$
  insert into suppression (organization_id, phone, reason, marked_by, note, list_id)
  select p_organization, p_phone, 'do_not_call', l.imported_by, l.name, l.list_id
  from (select list_id, name, imported_by from suppression_list where organization_id = p_organization and list_id = p_list
    union all select list_id, name, imported_by from installation_suppression_list where list_id = p_list) l
  where not exists (select from suppression s where s.organization_id = p_organization and s.phone = p_phone
    and s.voter_id is null and s.taken_back_at is null)
$$;

create function number_on_a_list() returns trigger language plpgsql as $$
declare
  v_list uuid := suppressed_by(new.organization_id, 'phone', new.phone);
begin
  if v_list is not null then perform close_listed_number(new.organization_id, new.phone, v_list); end if;
  return null;
end $$;
create trigger number_on_a_list after insert on person_phone for each row execute function number_on_a_list();

-- Closes every number and mailbox an organization knows, its own and the voter file's, that is on one of its lists or of the
-- installation's. Reads all of them where a list holds numbers: seconds for a million.
create function apply_suppressions(p_organization uuid) returns table (phones bigint, emails bigint) language plpgsql as $$
declare
  v_phones bigint := 0;
  v_emails bigint;
begin
  if exists (select from suppressed s where s.organization_id = p_organization and s.kind = 'phone')
    or exists (select from installation_suppressed s where s.kind = 'phone') then
    with known as (
      select f.phone from person_phone f where f.organization_id = p_organization union select f.phone from voter_phone f),
    hashed as materialized (select k.phone, suppression_hash(sha256(convert_to(k.phone, 'UTF8'))) as hash from known k),
    listed as (
      select h.phone, (array_agg(l.list_id))[1] as list_id from hashed h join (
        select s.hash, s.list_id from suppressed s where s.organization_id = p_organization and s.kind = 'phone'
        union all select s.hash, s.list_id from installation_suppressed s where s.kind = 'phone') l on l.hash = h.hash
      where not exists (select from suppression x where x.organization_id = p_organization and x.phone = h.phone
        and x.voter_id is null and x.taken_back_at is null)
      group by h.phone)
    select count(*) into v_phones from (select l.phone, close_listed_number(p_organization, l.phone, l.list_id) from listed l) done;
  end if;
  update person_email e set quality = 'suppressed' where e.organization_id = p_organization and e.quality not in ('wrong', 'suppressed')
    and suppressed_by(p_organization, 'email', e.email) is not null;
  get diagnostics v_emails = row_count;
  return query select v_phones, v_emails;
end $$;

-- contact_answers says so.
do $$
declare
  v_old constant text := 'e.quality <> ''wrong'' and e.claimed_at is null';
  v_before constant text := 'when p_channel <> ''post'' and h.nth is null then ''no_address''';
  v_text text;
begin
  select pg_get_functiondef(oid) into strict v_text from pg_proc
    where proname = 'contact_answers' and pronamespace = current_schema()::text::regnamespace;
  if position(v_old in v_text) = 0 or position(v_before in v_text) = 0 then raise exception 'contact_answers reads in another way'; end if;
  v_text := replace(v_text, v_old, 'e.quality not in (''wrong'', ''suppressed'') and e.claimed_at is null');
  v_text := replace(v_text, v_before, 'when p_channel = ''email'' and h.nth is null and exists (select from person_email x
          where x.organization_id = p_organization and x.person_id = a.person_id and x.quality = ''suppressed'') then ''suppressed''
        ' || v_before);
  execute v_text;
end $$;

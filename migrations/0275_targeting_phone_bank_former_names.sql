-- A name a phone bank had, in any of its languages: `result:refused@"old name"` in an address, a universe or a note still
-- means its calls. Another phone bank may take the name; it then means the calls of both, and who asks is told.
create table phone_bank_former_name (
  organization_id uuid not null,
  name text not null,                                    -- folded as expressions compare names
  phone_bank_id uuid not null,
  given_up_at timestamptz not null default now(),
  primary key (organization_id, name, phone_bank_id),
  foreign key (organization_id, phone_bank_id) references phone_bank on delete cascade
);
select own_by_organization('phone_bank_former_name');

-- By a trigger, whichever way the name changes.
create function keep_phone_bank_former_name() returns trigger language plpgsql as $$
begin
  insert into phone_bank_former_name (organization_id, name, phone_bank_id)
    select distinct old.organization_id, btrim(translate(lower(normalize(n.value, NFC)), '"“”', '')), old.phone_bank_id
    from jsonb_each_text(old.name) n
    where n.value <> '' and not exists (select from jsonb_each_text(new.name) kept where kept.value = n.value)
    on conflict do nothing;
  return null;
end $$;
create trigger keep_former_name after update of name on phone_bank for each row
  when (old.name is distinct from new.name) execute function keep_phone_bank_former_name();

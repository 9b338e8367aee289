-- A household that wants no more paper is known by its address, hashed as numbers and mailboxes are.
alter table suppressed drop constraint suppressed_kind_check;
alter table suppressed add constraint suppressed_kind_check check (kind in ('phone', 'email', 'address'));
alter table installation_suppressed drop constraint installation_suppressed_kind_check;
alter table installation_suppressed add constraint installation_suppressed_kind_check check (kind in ('phone', 'email', 'address'));

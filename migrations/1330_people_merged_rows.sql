-- A row of a sheet about somebody whom a row further up is about: merged into it.
alter table person_import_row drop constraint person_import_row_kind_check;
alter table person_import_row add constraint person_import_row_kind_check
  check (kind in ('create', 'update', 'merge', 'unchanged', 'unsure', 'refused'));

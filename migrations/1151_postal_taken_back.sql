-- What certified software said before, of an address a file changed, so that the file can be taken back.
alter table postal_checked_row add column replaced jsonb;  -- {"found":…,"checked_on":…}; null: nothing was there, or it is not known
alter table postal_checked_file add column taken_back_by text, add column taken_back_at timestamptz;
alter table postal_checked_file drop constraint postal_checked_file_state_check;
alter table postal_checked_file add constraint postal_checked_file_state_check
  check (state in ('looked_at', 'applying', 'applied', 'taken_back'));

-- An official is a term of a person: the name belongs to the person, who may have been a candidate and may run again.
-- A row stays when somebody else takes the seat (`left_on`), so that who held it is known.
alter table official add column figure_id integer references public_figure;
alter table official add column left_on date;            -- null: holds the seat, as far as we know
alter table official drop constraint official_office_check;
alter table official add constraint official_office_check check (office in ('president', 'us_representative', 'us_senator',
  'governor', 'lieutenant_governor', 'attorney_general', 'state_comptroller', 'state_senator', 'assembly_member', 'mayor',
  'public_advocate', 'comptroller', 'council_member', 'borough_president', 'district_attorney', 'supreme_court_justice', 'surrogate',
  'civil_court_judge', 'district_leader'));

alter table public_figure add column of_official integer;
insert into public_figure (name, names, source_url, as_of, of_official)
  select name, case when name_hangul is null then '{}' else jsonb_build_object('ko', name_hangul) end, source_url, as_of, official_id
  from official order by official_id;
update official o set figure_id = f.figure_id from public_figure f where f.of_official = o.official_id;
alter table public_figure drop column of_official;

alter table official alter column figure_id set not null;
alter table official drop column name, drop column name_hangul;
create index official_by_figure on official (figure_id);

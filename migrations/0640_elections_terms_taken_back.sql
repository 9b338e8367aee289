-- A term that was entered by mistake can be taken back, and with it what it ended. `left_on` may be a day to come: until
-- then they hold the office.
alter table official add column entered_at timestamptz;  -- when a steward entered who took the seat; null: came with the program
alter table official add column left_for integer references official on delete set null;  -- the term that ended this one
create index official_by_left_for on official (left_for) where left_for is not null;

update official o set entered_at = a.at from audit_entry a
  where a.action = 'official.take_seat' and a.subject_id = o.official_id::text;
update official o set left_for = n.official_id
  from (select distinct on (office, kind, district, coalesce(since, as_of)) * from official
    where entered_at is not null order by office, kind, district, coalesce(since, as_of), official_id) n
  where o.left_on = coalesce(n.since, n.as_of) and o.office = n.office and o.kind = n.kind
    and o.district is not distinct from n.district and o.official_id <> n.official_id and o.left_for is null;

-- In which file a record first stood, and in which last. Numbers of voters are given out in order, so a file that brought voters
-- brought those from first_voter_id up to, not with, next_voter_id; both are null for a file that brings none of its own
-- (history, phones, a city's districts).
alter table voter_file add column first_voter_id integer;
alter table voter_file add column next_voter_id integer;
-- The counties a later file speaks of; null: all there were at its time.
alter table voter_file add column counties text[];

-- Files imported before: each stands behind those before it. Where voters were removed since, the last one ends at the highest number.
with brought as (
  select file_id, coalesce((counts ->> 'added')::integer, 0) as added from voter_file
  where kind = 'registration' and layout <> 'us-nyc'
), placed as (
  select file_id, 1 + coalesce(sum(added) over (order by file_id rows between unbounded preceding and 1 preceding), 0)::integer as first_id, added from brought
)
update voter_file f set first_voter_id = p.first_id, next_voter_id = p.first_id + p.added from placed p where p.file_id = f.file_id;

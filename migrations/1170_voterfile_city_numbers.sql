-- Whoever the state's file has given its id keeps the number the city's lists name them by; boards may number differently.
alter table voter_record
  add column city_number bigint;                         -- number in the city's list; null: as the state says (county_voter_id); 0: the city gives that number to somebody else

-- Of those who were given the state's id before this column: what they were called until then.
update voter_record v set city_number = substr(c.before ->> 'state_voter_id', 4)::bigint
from voter_change c
where exists (select from voter_file where layout = 'us-nyc' and first_voter_id is not null)
  and c.voter_id = v.voter_id and c.kind = 'other' and c.before ->> 'state_voter_id' ~ '^NYC[0-9]{9,12}$' and v.id_kind is null;

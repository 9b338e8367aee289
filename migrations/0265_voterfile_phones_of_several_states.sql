-- A phone file belongs to the state of the voters its numbers came to; where these are several, or none, to no one state.
alter table voter_file alter column state drop not null;
alter table voter_file add constraint voter_file_state_known check (state is not null or kind = 'phones');

-- Until now it was booked under the state of whichever record came first: right only where there is one.
update voter_file set state = null
where kind = 'phones' and (select count(*) from pg_inherits where inhparent = 'voter_record'::regclass) > 1;

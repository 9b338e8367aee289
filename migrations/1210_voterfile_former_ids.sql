-- Whom an id made of a number in the city told of, before the state's file or the city gave them another.
create index voter_change_by_former_id on voter_change ((before ->> 'state_voter_id'))
  where kind = 'other' and before ->> 'state_voter_id' is not null;

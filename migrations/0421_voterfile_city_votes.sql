-- The city's history tells votes the state's file does not have: what it alone told stays where the state tells other news of the voter.
alter table voter_record add column city_votes integer[];                 -- codes as in `votes`; null: the city told nothing of its own

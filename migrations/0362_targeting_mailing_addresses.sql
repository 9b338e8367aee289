-- Where post goes by what an organization was told counts in targeting: a change of it is noted as one of a number is.
select note_targeting_changes_of('person_address', 'note_targeting_change_of_person');

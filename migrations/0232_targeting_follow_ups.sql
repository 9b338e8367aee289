-- What calls left to do can be asked for in expressions, so the columns hear of it.
select note_targeting_changes_of('follow_up', 'note_targeting_change');

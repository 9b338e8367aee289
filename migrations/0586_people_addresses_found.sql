-- People are found by their further addresses and by names that are whole again: keys of those there now are written anew.
select enqueue_job('people.index', json_build_object('organization_id', organization_id), null, null, null, 'people.index ' || organization_id)
from (select distinct organization_id from person) p;

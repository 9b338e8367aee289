-- Whoever stood on the list of a step that was taken out, or of a journey that ended, waited there for good.
update mail_delivery d set state = 'left_out', left_out_for = 'left_journey', next_at = null
from mailing m
where m.organization_id = d.organization_id and m.mailing_id = d.mailing_id and m.journey_id is not null and m.state = 'canceled'
  and d.state in ('waiting', 'deferred');

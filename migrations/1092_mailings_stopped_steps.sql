-- A step the mail server would not have stood still by itself, and its journey went on: such a journey is paused with why.
update mail_journey j set state = 'paused', problem = m.problem
from mailing m
where m.organization_id = j.organization_id and m.journey_id = j.journey_id and m.state = 'paused' and j.state = 'running';
update mailing m set state = 'draft'
from mail_journey j
where j.organization_id = m.organization_id and j.journey_id = m.journey_id and j.state = 'paused' and m.state in ('sending', 'paused');

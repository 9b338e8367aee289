-- Found by the row they belong to: a journey's steps, the e-mails of a topic.
create index mailing_of_journey on mailing (organization_id, journey_id) where journey_id is not null;
create index mailing_of_topic on mailing (organization_id, topic_id) where topic_id is not null;

-- What a program gets people for, and when the law's limit on use was accepted. Null: made before either was asked for, or no people go out.
alter table webhook add column purpose text, add column law_accepted_at timestamptz;
alter table api_token add column purpose text, add column law_accepted_at timestamptz;

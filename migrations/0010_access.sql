-- Sign-in. The tables in schema auth are better-auth's own (names and columns as it makes them; a test finds nothing left
-- to create). Only the owner's role reads them: the application's role sees no password and no session.

create schema auth;

create table auth."user" (
  "id" uuid primary key default gen_random_uuid(),
  "name" text not null,
  "email" text not null unique,                          -- lower case
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp,
  "twoFactorEnabled" boolean,
  "language" text                                        -- ours: the language of screens and mail
);

create table auth."session" (
  "id" uuid primary key default gen_random_uuid(),
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" uuid not null references auth."user" ("id") on delete cascade
);
create index "session_userId_idx" on auth."session" ("userId");

create table auth."account" (
  "id" uuid primary key default gen_random_uuid(),
  "accountId" text not null,
  "providerId" text not null,
  "userId" uuid not null references auth."user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,                                       -- scrypt
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null
);
create index "account_userId_idx" on auth."account" ("userId");

create table auth."verification" (
  "id" uuid primary key default gen_random_uuid(),
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp
);
create index "verification_identifier_idx" on auth."verification" ("identifier");

create table auth."twoFactor" (
  "id" uuid primary key default gen_random_uuid(),
  "secret" text not null,                                -- encrypted
  "backupCodes" text not null,                           -- encrypted
  "userId" uuid not null references auth."user" ("id") on delete cascade,
  "verified" boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamptz
);
create index "twoFactor_secret_idx" on auth."twoFactor" ("secret");
create index "twoFactor_userId_idx" on auth."twoFactor" ("userId");

-- How often something was tried, to slow down guessing. key: what is tried, and an address or IP, hashed.
create table access_try (
  key text primary key,
  tries integer not null,
  since timestamptz not null
);

-- Members of the current organization with what their colleagues may know of their account. A view of the owner's, so
-- the application's role needs no right on auth; it names the organization itself, as row-level security does not bind owners.
create view member_account with (security_barrier) as
  select m.organization_id, m.user_id, u.email, coalesce(u."twoFactorEnabled", false) as has_second_factor
  from member m join auth."user" u on u.id = m.user_id
  where m.organization_id = current_organization();
grant select on member_account to hanpyo_app;

CREATE TABLE account (
  id            uuid PRIMARY KEY,
  name          text NOT NULL,
  password_hash text NOT NULL,
  created       timestamptz NOT NULL DEFAULT now()
);

CREATE UNIQUE INDEX account_name ON account (lower(name));

CREATE TABLE session (
  token_hash text PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account ON DELETE CASCADE,
  expires    timestamptz NOT NULL
);

CREATE INDEX session_account ON session (account_id, expires);

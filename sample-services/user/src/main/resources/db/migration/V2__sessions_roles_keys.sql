ALTER TABLE account
  ADD display_name text NOT NULL DEFAULT '',
  ADD role         text NOT NULL DEFAULT 'customer' CHECK (role IN ('customer', 'admin'));

-- Access tokens are not kept anywhere; what is kept can only be traded for a new one.
DROP TABLE session;

-- All tokens that came of one log-in are a family: they end together.
CREATE TABLE refresh_token (
  token_hash text PRIMARY KEY,
  family     uuid        NOT NULL,
  account_id uuid        NOT NULL REFERENCES account ON DELETE CASCADE,
  expires    timestamptz NOT NULL,
  used       boolean     NOT NULL DEFAULT false
);

CREATE INDEX refresh_token_family ON refresh_token (family);
CREATE INDEX refresh_token_account ON refresh_token (account_id, expires);

-- Also of names that nobody has: whether there is such a user cannot be told from being locked out.
CREATE TABLE log_in_attempt (
  name         text PRIMARY KEY,
  failures     integer     NOT NULL,
  last         timestamptz NOT NULL,
  locked_until timestamptz
);

CREATE INDEX log_in_attempt_last ON log_in_attempt (last);

-- With their private parts: whoever reads this database signs as the shop.
CREATE TABLE signing_key (
  id      text PRIMARY KEY,
  jwk     text        NOT NULL,
  created timestamptz NOT NULL
);

-- Events that have still to be published: written in the transaction that they tell of, so that
-- none is lost and none tells of what did not happen.
CREATE TABLE outbox (
  position    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id          text        NOT NULL,
  body        bytea       NOT NULL,
  traceparent text        NOT NULL,
  written     timestamptz NOT NULL DEFAULT now()
);

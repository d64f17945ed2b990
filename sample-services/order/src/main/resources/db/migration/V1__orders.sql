-- An order stands here from the first time that its message came; without a state as long as it is
-- not known whether its stock could be taken.
CREATE TABLE shop_order (
  id             text PRIMARY KEY,
  user_id        text        NOT NULL,
  checked_out_at timestamptz NOT NULL,
  state          text        CHECK (state IN ('CONFIRMED', 'REJECTED')),
  reason         text        NOT NULL DEFAULT '',
  total_cents    bigint      NOT NULL DEFAULT 0 CHECK (total_cents >= 0)
);

CREATE INDEX shop_order_of_user ON shop_order (user_id, checked_out_at DESC);

CREATE TABLE order_line (
  order_id   text    NOT NULL REFERENCES shop_order (id) ON DELETE CASCADE,
  position   integer NOT NULL,
  product_id text    NOT NULL,
  quantity   integer NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (order_id, position)
);

CREATE TABLE cart_line (
  user_id    text    NOT NULL,
  product_id text    NOT NULL,
  quantity   integer NOT NULL CHECK (quantity > 0),
  added      bigint  GENERATED ALWAYS AS IDENTITY,
  PRIMARY KEY (user_id, product_id)
);

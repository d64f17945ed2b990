-- Free, and as good as endless: whoever tries whether orders work takes nothing from customers, and adds nothing to the
-- revenue.
INSERT INTO product (id, name, price_cents, currency, stock) VALUES
  ('p-00', 'Printed catalogue', 0, 'EUR', 1000000);

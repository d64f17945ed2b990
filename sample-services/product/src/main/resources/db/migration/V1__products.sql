CREATE TABLE product (
  id          text PRIMARY KEY,
  name        text    NOT NULL CHECK (name <> ''),
  price_cents bigint  NOT NULL CHECK (price_cents >= 0),
  currency    char(3) NOT NULL,
  stock       integer NOT NULL CHECK (stock >= 0)
);

INSERT INTO product (id, name, price_cents, currency, stock) VALUES
  ('p-01', 'Enamel mug',            1290, 'EUR', 240),
  ('p-02', 'Linen tea towel',        890, 'EUR', 310),
  ('p-03', 'Walnut cutting board',  4900, 'EUR',  60),
  ('p-04', 'Cast iron pan',         6450, 'EUR',  45),
  ('p-05', 'Moka pot',              3290, 'EUR',  80),
  ('p-06', 'Beeswax candle',         950, 'EUR', 400),
  ('p-07', 'Wool blanket',          8900, 'EUR',  35),
  ('p-08', 'Reading lamp',          5990, 'EUR',  50),
  ('p-09', 'Notebook, dotted',      1150, 'EUR', 500),
  ('p-10', 'Fountain pen',          2750, 'EUR', 120),
  ('p-11', 'Canvas tote bag',       1690, 'EUR', 260),
  ('p-12', 'Rain jacket',          11900, 'EUR',  40);

-- Sizes and pictures are read and written with their product and never looked for by themselves:
-- a document each, in protobuf's JSON.
ALTER TABLE product
  ADD description text  NOT NULL DEFAULT '',
  ADD category_id text  NOT NULL DEFAULT '',
  ADD details     jsonb NOT NULL DEFAULT '{}';

CREATE INDEX product_category ON product (category_id, id);

-- The orders whose stock was taken, so that none takes it twice.
CREATE TABLE stock_taken (
  order_id    text PRIMARY KEY,
  total_cents bigint      NOT NULL,
  taken       timestamptz NOT NULL DEFAULT now()
);

UPDATE product SET category_id = c, description = d, details = s::jsonb
FROM (VALUES
  ('p-01', 'c-05', 'Holds a third of a litre, and falls well.', '{"sizes":[{"name":"M","width_mm":85,"height_mm":90}]}'),
  ('p-02', 'c-08', 'Dries glasses without a trace.', '{}'),
  ('p-03', 'c-06', 'Oiled by hand, with a groove for juice.', '{"sizes":[{"name":"S","width_mm":300,"height_mm":200},{"name":"L","width_mm":450,"height_mm":300}]}'),
  ('p-04', 'c-06', 'Seasoned; the older the better.', '{"sizes":[{"name":"24","width_mm":240,"height_mm":50},{"name":"28","width_mm":280,"height_mm":55}]}'),
  ('p-05', 'c-10', 'For six small cups.', '{"images":[{"url":"https://pictures.example/moka.jpg","description":"A moka pot on a stove","width":1200,"height":800}]}'),
  ('p-06', 'c-07', 'Burns for forty hours.', '{}'),
  ('p-07', 'c-08', 'Woven where the sheep are.', '{}'),
  ('p-08', 'c-07', 'Turns where the book is.', '{}'),
  ('p-09', 'c-09', 'Lies flat; 192 pages.', '{}'),
  ('p-10', 'c-09', 'Writes as you do after a week.', '{}'),
  ('p-11', 'c-04', 'Carries ten kilos.', '{}'),
  ('p-12', 'c-04', 'Keeps out rain and wind, and packs into its pocket.', '{"sizes":[{"name":"S","width_mm":0,"height_mm":0},{"name":"M","width_mm":0,"height_mm":0},{"name":"L","width_mm":0,"height_mm":0}]}')
) AS seed (i, c, d, s)
WHERE id = i;

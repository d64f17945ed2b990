CREATE TABLE category (
  id        text PRIMARY KEY,
  name      text NOT NULL CHECK (name <> ''),
  parent_id text REFERENCES category (id)
);

-- Siblings have different names; at the top, too, where there is no parent.
CREATE UNIQUE INDEX category_sibling ON category (coalesce(parent_id, ''), lower(name));

INSERT INTO category (id, name, parent_id) VALUES
  ('c-01', 'Kitchen',    NULL),
  ('c-02', 'Living',     NULL),
  ('c-03', 'Desk',       NULL),
  ('c-04', 'Outdoors',   NULL),
  ('c-05', 'Coffee',     'c-01'),
  ('c-06', 'Cookware',   'c-01'),
  ('c-07', 'Lighting',   'c-02'),
  ('c-08', 'Textiles',   'c-02'),
  ('c-09', 'Writing',    'c-03'),
  ('c-10', 'Moka pots',  'c-05');

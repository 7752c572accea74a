/**
 * Prices and intensities over time: a row per series and UTC day, its values (float64 LE, NaN: not known) by the hour where
 * the day allows it, else by the quarter hour. `published_at` is when the hub last learned something of that day.
 */
export const prices = `
CREATE TABLE price_series (
  id TEXT PRIMARY KEY,
  json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE price (
  series TEXT NOT NULL,
  day INTEGER NOT NULL,
  published_at INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (series, day)
) STRICT, WITHOUT ROWID;
`;

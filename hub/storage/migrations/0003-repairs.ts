/** Repairs of counters and powers (hub/model/repair.ts): one row each; `key` is the text path of the series. */
export const repairs = `
CREATE TABLE repair (
  id TEXT PRIMARY KEY,
  key TEXT NOT NULL,
  at INTEGER NOT NULL,
  json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX repair_key ON repair (key, at);
`;

/**
 * What was brought in from elsewhere: a batch each time, and a copy of every row of hourly (fine 0) or five-minute (fine 1) rollups
 * that it wrote (rollups.ts), so that exactly that can be taken out again.
 */
export const imports = `
CREATE TABLE import_batch (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE import_part (
  batch TEXT NOT NULL REFERENCES import_batch (id),
  fine INTEGER NOT NULL,
  id INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (batch, fine, id)
) STRICT, WITHOUT ROWID;
`;

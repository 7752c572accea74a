/**
 * raw: readings as blocks (block.ts); id = hour * 2^20 + n, so that live readings are appended at the table's end
 * and an hour's blocks lie together without a second index.
 * hour: what is known of an hour (hours.ts). five_minutes, hours_1: summaries (summary.ts); `at` counts buckets.
 */
export const start = `
CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  value ANY NOT NULL,
  source TEXT NOT NULL
) STRICT;
CREATE TABLE raw (
  id INTEGER PRIMARY KEY,
  n INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;
CREATE TABLE hour (
  hour INTEGER PRIMARY KEY,
  state INTEGER NOT NULL
) STRICT;
CREATE TABLE rollup_5m (
  series INTEGER NOT NULL,
  at INTEGER NOT NULL,
  min REAL NOT NULL,
  max REAL NOT NULL,
  sum REAL NOT NULL,
  covered INTEGER NOT NULL,
  count INTEGER NOT NULL,
  last REAL NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (series, at)
) STRICT, WITHOUT ROWID;
CREATE TABLE rollup_1h (
  series INTEGER NOT NULL,
  at INTEGER NOT NULL,
  min REAL NOT NULL,
  max REAL NOT NULL,
  sum REAL NOT NULL,
  covered INTEGER NOT NULL,
  count INTEGER NOT NULL,
  last REAL NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (series, at)
) STRICT, WITHOUT ROWID;
CREATE TABLE document (
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  json TEXT NOT NULL,
  UNIQUE (kind, id)
) STRICT;
CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  by_whom TEXT NOT NULL,
  what TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_subject ON audit (subject, id);
CREATE TABLE account (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  password_hash TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_account ON session (account);
CREATE TABLE fact (
  name TEXT PRIMARY KEY,
  value ANY NOT NULL
) STRICT;
`;

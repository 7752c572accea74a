/**
 * What rules did and why (hub/model/trace.ts). `n` counts in the order in which they were told. The lines' texts stand apart from their
 * times, so that a search for a text meets texts alone; `bytes` is what one takes with its indexes.
 */
export const traces = `
CREATE TABLE trace (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  at INTEGER NOT NULL,
  ended INTEGER,
  rule TEXT NOT NULL,
  kind TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  nodes TEXT NOT NULL,
  times TEXT NOT NULL,
  title TEXT NOT NULL,
  cause TEXT NOT NULL,
  outcome TEXT NOT NULL,
  lines TEXT NOT NULL
) STRICT;
CREATE INDEX trace_rule ON trace (rule, n, bytes);
CREATE TABLE trace_node (
  node TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (node, n)
) STRICT, WITHOUT ROWID;
`;

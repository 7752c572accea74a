import type { AuditEntry } from "../../../hub/model/audit.ts";
import { defaultKeeping, misfitOfKeeping } from "../../../hub/model/keeping.ts";
import type { Repair } from "../../../hub/model/repair.ts";
import type { Account, HistoryBucket, HistoryQuery, Session, Store } from "../../../hub/ports.ts";

/** The store's contract on maps: what the http room needs of it, without a disk. */
export function memoryStore(): Store & { readonly sessions: Map<string, Session> } {
  const accounts = new Map<string, Account>();
  const sessions = new Map<string, Session>();
  const entries: AuditEntry[] = [];
  const documents = new Map<string, unknown>();
  const repairs = new Map<string, Repair>();
  return {
    sessions,
    keeping: keepingOnMaps(),
    appendReadings: () => {},
    flush: () => {},
    history: async (query: HistoryQuery): Promise<readonly HistoryBucket[]> => [
      { at: query.from, min: 1, mean: 2, max: 3, last: 3, count: 2, coverage: 1 },
    ],
    trouble: () => undefined,
    rescue: undefined,
    exportHistory: async function* ({ format, resolution, series }) {
      yield Buffer.from(`${format} ${resolution} ${series.map((s) => `${s.key}|${s.name}|${s.unit}`).join(" ")}`);
    },
    imports: {
      look: async () => ({ columns: [], rows: [], guess: {} }),
      preview: async () => [],
      async *run() {},
      begin: () => {},
      batches: () => [],
      remove: async () => false,
    },
    extents: async () => [],
    lastValues: () => [],
    put: (kind, id, document) => void documents.set(`${kind}/${id}`, document),
    get: () => undefined,
    list: () => [],
    remove: (kind, id) => void documents.delete(`${kind}/${id}`),
    later: (_name, write) => write(),
    appendAudit(entry) {
      const whole = { ...entry, id: entries.length + 1 };
      entries.push(whole);
      return whole;
    },
    audit: ({ before, limit, subject }) =>
      entries
        .filter((e) => (before === undefined || e.id < before) && (subject === undefined || e.subject === subject))
        .reverse()
        .slice(0, limit),
    accounts: {
      count: () => accounts.size,
      create: (account) => void accounts.set(account.id, account),
      byName: (name) => [...accounts.values()].find((a) => a.name === name),
      byId: (id) => accounts.get(id),
      setPassword(id, passwordHash) {
        const account = accounts.get(id);
        if (account) accounts.set(id, { ...account, passwordHash });
      },
      addSession: (session) => void sessions.set(session.tokenHash, session),
      session: (tokenHash) => sessions.get(tokenHash),
      endSession: (tokenHash) => void sessions.delete(tokenHash),
      endSessionsOf(account) {
        for (const [hash, session] of sessions) if (session.account === account) sessions.delete(hash);
      },
    },
    energy: async () => [],
    energyIn: async () => [],
    past: async ({ to }) => ({ columns: [], exactFrom: to, fineFrom: to, off: [], silences: [] }),
    repairs: {
      list: () => [...repairs.values()],
      get: (id) => repairs.get(id),
      put: (repair) => void repairs.set(repair.id, repair),
      remove: (id) => void repairs.delete(id),
    },
    traces: { append: () => {}, search: () => ({ traces: [] }), bytes: () => 0, maxBytes: 20_971_520 },
    prices: {
      put: () => {},
      read: () => ({ starts: new Float64Array(), values: new Float64Array() }),
      list: () => [],
      remove: () => false,
    },
    facts: () => ({ bytes: 0, readings: 0, oldest: undefined }),
    close: async () => {},
  };
}

function keepingOnMaps(): Store["keeping"] {
  let now = defaultKeeping;
  return {
    get: () => now,
    set(keeping) {
      const misfit = misfitOfKeeping(keeping);
      if (misfit) throw new RangeError(misfit);
      now = keeping;
    },
    load: () => ({
      measuredMs: 3_600_000,
      hubBytes: 2e6,
      diskBytes: undefined,
      hubBytesADay: undefined,
      diskBytesADay: undefined,
      batchMs: 30_000,
      thinMs: 0,
      yearsLeft: undefined,
      wearFactor: 4,
    }),
  };
}

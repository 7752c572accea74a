import type { BenchBroker } from "../../../adapters/kit/trial.ts";
import { startBroker } from "../../broker/start.ts";

const quiet = { info() {}, warn() {}, error() {} };

/** Records in memory that outlive a restart of the broker, as a file would. */
function records() {
  const kept = new Map<string, { kind: string; key: string; value: Uint8Array }>();
  return {
    load: () => [...kept.values()],
    write(changes: readonly { kind: string; key: string; value: Uint8Array | undefined }[]) {
      for (const { kind, key, value } of changes)
        if (value === undefined) kept.delete(`${kind} ${key}`);
        else kept.set(`${kind} ${key}`, { kind, key, value });
    },
  };
}

/** The embedded broker on a free port of this machine, for one check. */
export async function openBenchBroker(): Promise<BenchBroker> {
  const store = records();
  let broker = await startBroker({ port: 0, store, log: quiet });
  const { port } = broker;
  return {
    url: `mqtt://127.0.0.1:${port}`,
    async restart() {
      await broker.stop();
      broker = await startBroker({ port, store, log: quiet });
    },
    stop: () => broker.stop(),
  };
}

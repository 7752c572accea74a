import { startBroker } from "../../hub/broker/start.ts";
import { openBrokerStore } from "../../hub/storage/broker-store.ts";

// A broker of its own, to be killed.
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const broker = await startBroker({ port: 0, store: openBrokerStore(process.argv[2] ?? "", quiet), log: quiet });
process.stdout.write(`${broker.port}\n`);

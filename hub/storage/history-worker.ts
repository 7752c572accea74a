import { parentPort, workerData } from "node:worker_threads";
import { connectToRead } from "./connect.ts";
import { type HistoryRequest, readHistory } from "./history-read.ts";

// Entry of the worker thread: a long question about the past must not hold the loop.
const db = connectToRead(String(workerData));

parentPort?.on("message", (message: { readonly id: number; readonly request: HistoryRequest }) => {
  const { id, request } = message;
  try {
    parentPort?.postMessage({ id, buckets: readHistory(db, request) });
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
  }
});

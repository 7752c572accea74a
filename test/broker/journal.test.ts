import { expect, test } from "vitest";
import { type BrokerRecords, Journal } from "../../hub/broker/journal.ts";
import { listeningLog } from "../storage/support.ts";

/** Records in memory, and how many changes came in each transaction. */
function memory() {
  const records = new Map<string, Uint8Array>();
  const sizes: number[] = [];
  const store: BrokerRecords = {
    load: () => [],
    write(changes) {
      sizes.push(changes.length);
      for (const { kind, key, value } of changes)
        if (value) records.set(`${kind} ${key}`, value);
        else records.delete(`${kind} ${key}`);
    },
  };
  return { store, records, sizes };
}

const bytes = (length: number) => () => new Uint8Array(length);

test("a flood is written in parts, first what somebody waits for, who goes on before the rest is written", async () => {
  const { store, records, sizes } = memory();
  const journal = new Journal(store, listeningLog());
  for (let i = 0; i < 5000; i++) journal.set("retained", `${i}`, bytes(10), "noted");
  journal.set("queued", "q", bytes(10), "acknowledged");
  await journal.durable();
  expect(records.has("queued q")).toBe(true);
  expect(records.size).toBeLessThan(1000);
  journal.close();
  expect(records.size).toBe(5001);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(250);
});

test("large records are written few at a time", async () => {
  const { store, sizes } = memory();
  const journal = new Journal(store, listeningLog());
  for (let i = 0; i < 6; i++) journal.set("retained", `${i}`, bytes(600_000), "acknowledged");
  await journal.durable();
  expect(sizes).toEqual([2, 2, 2]);
});

test("nobody waits for promises that were made after his, nor for what is undone", async () => {
  const { store, records } = memory();
  const journal = new Journal(store, listeningLog());
  const order: string[] = [];
  for (let i = 0; i < 250; i++) journal.set("queued", `a${i}`, bytes(1), "acknowledged");
  journal.whenDurable(() => order.push(`first at ${records.size}`));
  for (let i = 0; i < 250; i++) journal.set("queued", `b${i}`, bytes(1), "acknowledged");
  journal.whenDurable(() => order.push(`second at ${records.size}`));
  journal.set("queued", "undone", bytes(1), "acknowledged");
  journal.whenDurable(() => order.push("third"));
  journal.remove("queued", "undone", "update");
  await journal.durable();
  expect(order).toEqual(["first at 250", "second at 500", "third"]);
});

test("a promise holds for the newest value, and for its removal", async () => {
  const { store, records } = memory();
  const journal = new Journal(store, listeningLog());
  journal.set("retained", "t", bytes(1), "acknowledged");
  await journal.durable();
  journal.set("retained", "t", bytes(2), "acknowledged");
  journal.set("retained", "t", bytes(3), "update");
  await journal.durable();
  expect(records.get("retained t")?.length).toBe(3);
  journal.remove("retained", "t", "acknowledged");
  await journal.durable();
  expect(records.size).toBe(0);
});

/** What a person says of identity is on disk before the answer, and the hub's own bridge is known by its mark: on the real store. */
import { expect, onTestFinished, test } from "vitest";
import { markOf, serialMarkOf } from "../../adapters/matter/own-mark.ts";
import { createBus } from "../../hub/main/bus.ts";
import { createCore } from "../../hub/main/core.ts";
import { hubIdOf } from "../../hub/main/hub-id.ts";
import { createIdentity } from "../../hub/main/identity.ts";
import type { Merge, Proposal } from "../../hub/model/identity.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import { openStore } from "../../hub/storage/open.ts";
import { listeningLog, temporaryFolder } from "../storage/support.ts";
import { device } from "./identity-support.ts";

const clock = { now: () => Date.UTC(2026, 2, 2, 12) };

function openHub(folder: string) {
  const log = listeningLog();
  const store = openStore(folder, { log, clock });
  const core = createCore({ store, clock, bus: createBus(() => undefined), log, speed: 1 });
  const identity = createIdentity({ state: core.state, store, clock, put: core.put });
  let closed: Promise<void> | undefined;
  const close = () => {
    if (!closed) core.stop();
    closed ??= store.close();
    return closed;
  };
  onTestFinished(close);
  const find = (...nodes: readonly NodeDescription[]) => {
    for (const node of nodes) core.put({ kind: "nodeFound", node, at: clock.now() });
  };
  return { core, store, identity, close, find, nodes: () => [...core.state.home.nodes.keys()].sort() };
}

const serial = { vendor: "Nous", serial: "NS-88123477" };
const both = [device("plug", serial), device("m", { ...serial, adapter: "matter", dialect: "matter" })] as const;

test("a yes, a no and a parting outlive the power being cut right after the answer", async () => {
  const folder = temporaryFolder();
  const first = openHub(folder);
  first.find(...both);
  const [proposal] = first.identity.proposals();
  expect(proposal).toMatchObject({ keep: { node: "plug" }, other: { node: "m" } });
  expect(first.identity.accept(proposal?.key ?? "", "anna")).toBe("plug");
  expect(first.identity.accept(proposal?.key ?? "", "anna")).toBeUndefined();
  // As the disk is now, before anything that was left for later is written.
  expect(first.store.get<Merge>("merge", "plug")?.roads.map((r) => r.device)).toEqual(["plug", "m"]);
  expect(first.store.list<NodeDescription>("node").map((n) => n.id)).toEqual(["plug"]);
  expect(first.store.list("identityProposal")).toEqual([]);
  await first.close();

  const second = openHub(folder);
  second.find(...both);
  expect(second.nodes()).toEqual(["plug"]);
  expect(second.identity.merges()[0]).toMatchObject({ node: "plug", by: "anna" });
  expect(second.identity.split("plug", "m", "anna")).toBe("m");
  expect(second.store.list("merge")).toEqual([]);
  expect(
    second.store
      .list<NodeDescription>("node")
      .map((n) => n.id)
      .sort(),
  ).toEqual(["m", "plug"]);
  expect(second.store.list<Proposal>("identityProposal")).toMatchObject([{ state: "rejected", by: "anna" }]);
  await second.close();

  const third = openHub(folder);
  third.find(...both);
  expect(third.nodes()).toEqual(["m", "plug"]);
  expect(third.identity.proposals()).toEqual([]);
});

test("a no is on disk at once", () => {
  const { find, identity, store } = openHub(temporaryFolder());
  find(...both);
  expect(identity.reject(identity.proposals()[0]?.key ?? "", "anna")).toBe(true);
  expect(store.list<Proposal>("identityProposal")).toMatchObject([{ state: "rejected" }]);
  expect(identity.proposals()).toEqual([]);
});

test("what names no device or no road is refused by its field", () => {
  const { find, identity } = openHub(temporaryFolder());
  find(...both);
  expect(() => identity.merge("ghost", "m", "anna")).toThrow(/^keep: /);
  expect(() => identity.merge("plug", "plug", "anna")).toThrow(/^other: /);
  expect(() => identity.split("plug", "m", "anna")).toThrow(/^node: /);
  identity.merge("plug", "m", "anna");
  expect(() => identity.split("plug", "plug", "anna")).toThrow(/^device: /);
});

test("a device that another hub of this make shows is not added where this hub reaches it itself, whichever is heard first", () => {
  const address = "mac:020000000001";
  const kettle = device("kettle", { addresses: [address] });
  const mark = serialMarkOf("another hub", "anything", [address]);
  const copy = device("matter-copy", { adapter: "matter", dialect: "matter", serial: mark });
  for (const order of [
    [kettle, copy],
    [copy, kettle],
  ]) {
    const { find, identity, nodes } = openHub(temporaryFolder());
    find(...order);
    expect(nodes()).toEqual(["kettle"]);
    expect(identity.own()).toMatchObject([{ device: "matter-copy" }]);
    find(device("other", { addresses: ["mac:020000000002"] }));
    expect(nodes()).toEqual(["kettle", "other"]);
  }
});

test("what this hub's bridge shows is left out when it comes back; what another hub of this make shows is not", () => {
  const { find, identity, store, nodes } = openHub(temporaryFolder());
  const shown = (hub: string, id: string) => {
    const mark = markOf(hub, "plug");
    return device(id, {
      adapter: "matter",
      dialect: "matter",
      serial: mark,
      addresses: [`serial:${mark}`, `matter:${mark}`],
    });
  };
  find(device("plug"), shown(hubIdOf(store), "matter-own"), shown("another hub", "matter-other"));
  expect(nodes()).toEqual(["matter-other", "plug"]);
  expect(identity.own()).toMatchObject([{ device: "matter-own", over: "matter" }]);
});

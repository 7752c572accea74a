/** Devices on several roads in the fake home, and what the fake hub does with them. */
import type { IdentityView, NodeView } from "../../../hub/http/schemas.ts";

/** None is asked about unless a test asks for it. */
export const fakeIdentity = (): IdentityView => ({ proposals: [], merges: [], own: [] });

const proposed = (id: string, name: string, adapter: "mqtt" | "matter") => ({
  ...{ node: id, name, adapter, dialect: adapter === "matter" ? "matter" : "tasmota", vendor: "Nous", model: "A1T" },
});

/** The TV corner's plug, asked about, and the heater, which was merged by its MAC. */
export const someIdentity = (now: number): IdentityView => ({
  proposals: [
    {
      key: "heater:tv",
      keep: { ...proposed("tv", "TV corner", "mqtt"), room: "Living room" },
      other: proposed("heater", "Smart plug", "matter"),
      evidence: [
        { kind: "serial", words: "Both have the serial number ns88123477." },
        { kind: "maker", words: "Both are made by Nous." },
      ],
      at: now - 60_000,
    },
  ],
  merges: [
    {
      node: "tv",
      name: "TV corner",
      roads: [
        {
          ...{ device: "tv", name: "tv-plug", adapter: "mqtt", dialect: "zigbee2mqtt", live: true, reachable: true },
          ...{ leads: true, heardAt: now - 5000, addresses: ["mac:aabbccddee01"] },
        },
        {
          ...{ device: "matter-1", name: "Plug over Matter", adapter: "matter", dialect: "matter", live: true },
          ...{ reachable: true, leads: false, heardAt: now - 9000, addresses: ["mac:aabbccddee01", "serial:77-12"] },
        },
      ],
      paths: [
        { endpoint: 1, capability: "onOff", label: "On/off", now: ["tv"], others: ["matter-1"] },
        { endpoint: 1, capability: "electricalPowerMeasurement", label: "Power", now: ["matter-1"], others: ["tv"] },
      ],
      evidence: [{ kind: "mac", words: "Both have the MAC address aabbccddee01." }],
      by: "hub",
      at: now - 3_600_000,
    },
  ],
  own: [{ device: "matter-own", name: "Boiler", over: "matter", at: now - 60_000 }],
});

/** The answer to a question about identity, as the hub's own routes give it. */
export function identityAnswer(
  s: { identity: IdentityView; nodes: readonly NodeView[] },
  [what = "", key = ""]: readonly string[],
  body: Readonly<Record<string, unknown>>,
): IdentityView | { readonly ok: true } | { readonly node: string } | undefined {
  if (what === "") return s.identity;
  const { proposals, merges, own } = s.identity;
  if (what === "proposals") {
    s.identity = { proposals: proposals.filter((p) => p.key !== key), merges, own };
    return { ok: true };
  }
  if (what === "split") s.identity = { proposals, merges: [], own };
  return { node: String(body.device ?? body.keep) };
}

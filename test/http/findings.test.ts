import { describe, expect, test } from "vitest";
import { makersReport } from "../../hub/http/finding-report.ts";
import type { FindingList, NodeView, ProblemDetails } from "../../hub/http/schemas.ts";
import type { Command } from "../../hub/model/command.ts";
import type { Finding } from "../../hub/model/finding.ts";
import type { NodeState } from "../../hub/model/home.ts";
import { house } from "./support/house.ts";

const DAY = 86_400_000;
const command: Command = {
  ...{ target: { node: "mqtt-lamp", endpoint: 1 }, capability: "vendor", command: "set" },
  args: { "mqtt.status_ntf": true },
};

const finding = (more: Partial<Finding> = {}): Finding => ({
  ...{ key: "value-unfit-1", state: "new", code: "value-unfit", message: "power is wrong", node: "mqtt-lamp" },
  ...{ count: 3, firstAt: Date.UTC(2026, 2, 1), lastAt: Date.UTC(2026, 2, 2) },
  ...more,
});

const all = [
  finding(),
  finding({ key: "value-unfit-2", state: "accepted", node: "matter-thermostat" }),
  finding({ key: "reports-off-1", code: "reports-off", remedy: { label: "Turn them on", command } }),
  finding({ key: "message-1", state: "ignored", topic: "x/y" }),
];

async function inbox() {
  const { ask, signedIn, hub } = house();
  const cookie = await signedIn();
  const said: string[] = [];
  hub.findings = () => all;
  hub.setFinding = (key, to, by) => {
    said.push(`${key} ${to} ${by}`);
    const known = all.find((f) => f.key === key);
    return known && { ...known, state: to };
  };
  hub.fixFinding = async (key, shown, by) => {
    const known = all.find((f) => f.key === key);
    if (!known) return { ok: false, why: "absent" };
    if (!known.remedy) return { ok: false, why: "noRemedy" };
    if (JSON.stringify(shown) !== JSON.stringify(known.remedy.command)) return { ok: false, why: "changed" };
    said.push(`${key} sent by ${by}`);
    return { ok: true, finding: { ...known, state: "fixed" }, outcome: { state: "confirmed", afterMs: 5 } };
  };
  const post = (path: string, body?: unknown) => ask("POST", `/api/findings/${path}`, { cookie, body: body ?? {} });
  const list = async (query: string) =>
    (await (await ask("GET", `/api/findings${query}`, { cookie })).json()) as FindingList & ProblemDetails;
  return { ask, cookie, said, post, list };
}

describe("the inbox", () => {
  test("is asked for by state and device, and always tells how many there are of each state", async () => {
    const { list } = await inbox();
    const keys = async (query: string) => (await list(query)).findings.map((f) => f.key);
    expect(await keys("")).toHaveLength(4);
    expect(await keys("?state=new")).toEqual(["value-unfit-1", "reports-off-1"]);
    expect(await keys("?node=matter-thermostat")).toEqual(["value-unfit-2"]);
    expect(await keys("?state=new&node=matter-thermostat")).toEqual([]);
    expect(await list("?limit=1")).toMatchObject({
      findings: [{ key: "value-unfit-1" }],
      counts: { new: 2, accepted: 1, ignored: 1, fixed: 0 },
    });
    expect((await list("?state=old")).errors?.[0]?.field).toBe("state");
  });

  test("takes a person's word by name; a finding that is not there is 404", async () => {
    const { post, said } = await inbox();
    const states = [];
    for (const verb of ["accept", "ignore", "reopen"])
      states.push(((await (await post(`value-unfit-1/${verb}`)).json()) as Finding).state);
    expect(states).toEqual(["accepted", "ignored", "new"]);
    expect(said).toEqual(["value-unfit-1 accepted Kim", "value-unfit-1 ignored Kim", "value-unfit-1 new Kim"]);
    expect((await post("ghost/accept")).status).toBe(404);
    expect((await post("ghost/fix", { command })).status).toBe(404);
    expect((await post("value-unfit-1/explode")).status).toBe(404);
  });

  test("sends a remedy only with the exact command that the person was shown", async () => {
    const { post, said } = await inbox();
    expect((await post("reports-off-1/fix")).status).toBe(400);
    const other = await post("reports-off-1/fix", { command: { ...command, args: { "mqtt.status_ntf": false } } });
    expect([other.status, ((await other.json()) as ProblemDetails).detail]).toEqual([
      409,
      "The command has changed since you read it.",
    ]);
    expect((await post("value-unfit-1/fix", { command })).status).toBe(409);
    expect(said).toEqual([]);
    const sent = await post("reports-off-1/fix", { command });
    expect(await sent.json()).toMatchObject({ finding: { state: "fixed" }, outcome: { state: "confirmed" } });
    expect(said).toEqual(["reports-off-1 sent by Kim"]);
  });

  test("gives the maker's report as text", async () => {
    const { ask, cookie } = await inbox();
    const answer = await ask("GET", "/api/findings/value-unfit-1/report", { cookie });
    expect(answer.headers.get("content-type")).toBe("text/markdown; charset=utf-8");
    expect(await answer.text()).toContain("Inglenook test");
    expect((await ask("GET", "/api/findings/ghost/report", { cookie })).status).toBe(404);
  });
});

describe("the maker's report", () => {
  const node: NodeState = {
    description: {
      ...{ id: "z2m-0x00158d0005aa3114", name: "Anna's bedroom", vendor: "Aqara", model: "RTCGQ11LM" },
      ...{ serial: "SN-4711-9", firmware: "3.1.4", adapter: "mqtt", dialect: "zigbee2mqtt" },
      ...{ addresses: ["ieee:0x00158d0005aa3114"], endpoints: [] },
    },
    settings: { name: "Hideout" },
    reachable: true,
    heardAt: 0,
    values: new Map(),
  };

  test("says what, where, how often, what was expected and who read it", () => {
    const given = finding({
      ...{
        node: node.description.id,
        topic: "zigbee2mqtt/plug",
        field: "power",
        expected: "a number from 0 to 4000 W",
      },
      ...{ sample: '{"power":"lots"}', fix: "Newer firmware may mend it." },
    });
    expect(makersReport(given, node, "1.2.3")).toBe(`# power is wrong

- Device: Aqara RTCGQ11LM
- Firmware: 3.1.4
- Spoken: MQTT, zigbee2mqtt
- Topic: \`zigbee2mqtt/plug\`
- Field: \`power\`
- Expected: a number from 0 to 4000 W
- Seen: 3 times
- First: 2026-03-01T00:00:00.000Z
- Last: 2026-03-02T00:00:00.000Z
- Kind: \`value-unfit\`
- Read by: Inglenook 1.2.3

What was said:

\`\`\`
{"power":"lots"}
\`\`\`

What the owner was told: Newer firmware may mend it.
`);
  });

  test.each([
    ["a person's names", "Anna's bedroom in the Hideout", /Anna|Hideout/],
    ["its serial number", "from SN-4711-9", /4711/],
    ["its own address", "0x00158d0005aa3114 and z2m-0x00158d0005aa3114", /158d/],
    ["others' addresses", "AA:BB:CC:DD:EE:0F aabbccddee0f 0x00158d0005aa9999", /dd.?ee|9999/i],
    ["addresses in the network", "10.0.0.7 and https://kim:pw@hub.local/x", /10\.0|hub\.local|kim/],
    ["passwords and tokens", '{"wifi_password":"hun\\"ter2","token":"abc", "api_key": "k1"}', /hun|ter2|abc|k1/],
    ["a secret cut short", '{"power":1,"mqtt_pass":"hunter', /hunter/],
    ["networks and places", '{"ssid":"Annas WLAN","lat":52.51,"longitude":-13.4}', /Annas|52|13\.4/],
    ["a serial in the payload", '{"serialNumber":"X9","mac":"x1","id":1}', /X9|x1/],
    ["mail", "kim@example.org", /kim|example/],
  ])("masks %s", (_what, sample, leak) => {
    const report = makersReport(finding({ node: node.description.id, sample, topic: `t/${sample}` }), node, "1");
    expect(report).not.toMatch(leak);
  });

  test("keeps what the maker needs: values, fields, the model", () => {
    const sample = '{"voltage":2304,"linkquality":255,"action":"toggle","energy":123456.789,"model":"RTCGQ11LM"}';
    expect(makersReport(finding({ sample }), node, "1")).toContain(sample);
  });

  test("a text with a fence of its own stays inside the report's fence, and a heading stays one line", () => {
    const report = makersReport(finding({ sample: "```\n# not mine", message: "a\n# b" }), undefined, "1");
    expect(report).toContain("````\n```\n# not mine\n````");
    expect(report.split("\n")[0]).toBe("# a # b");
  });

  test("a path of the core's own tells no id", () => {
    const field = "z2m-0x00158d0005aa3114/1/onOff.onOff";
    expect(makersReport(finding({ node: node.description.id, field }), node, "1")).toContain("`1/onOff.onOff`");
  });
});

describe("a device's life on the API", () => {
  test("tells whether it is here, asleep, silent or lost, and when it was last heard", async () => {
    const { ask, signedIn, hub } = house();
    const cookie = await signedIn();
    const thermostat = hub.home.nodes.get("matter-thermostat");
    if (!thermostat) throw new Error("no thermostat");
    const view = async () => (await (await ask("GET", "/api/nodes/matter-thermostat", { cookie })).json()) as NodeView;
    expect((await view()).heardAt).toBeUndefined();
    thermostat.heardAt = hub.time - 30_000;
    expect(await view()).toMatchObject({ presence: "here", heardAt: hub.time - 30_000 });
    thermostat.heardAt = hub.time - DAY;
    expect((await view()).presence).toBe("silent");
    thermostat.reachable = false;
    expect((await view()).presence).toBe("lost");
  });

  test("another device takes its place; one that can't is refused by its field", async () => {
    const { ask, signedIn } = house();
    const cookie = await signedIn();
    const replace = async (node: string, by: string) => {
      const answer = await ask("POST", `/api/nodes/${node}/replace`, { cookie, body: { by } });
      return { ...((await answer.json()) as ProblemDetails & NodeView), status: answer.status };
    };
    expect(await replace("mqtt-lamp", "mqtt-lamp")).toMatchObject({
      ...{ status: 400, errors: [{ field: "by", message: "must be another device of this home" }] },
    });
    expect(await replace("ghost", "mqtt-lamp")).toMatchObject({ status: 404 });
    expect(await replace("mqtt-lamp", "matter-thermostat")).toMatchObject({ status: 200, id: "mqtt-lamp" });
  });
});

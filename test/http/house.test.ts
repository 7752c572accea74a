/** Modes, people, scenes and notices over the API. */
import { expect, test } from "vitest";
import { StoreError } from "../../hub/storage/error.ts";
import { house } from "./support/house.ts";

async function signedIn() {
  const made = house();
  const cookie = await made.signedIn();
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await made.ask(method, `/api${path}`, { cookie, ...(body === undefined ? {} : { body }) });
    return [response.status, await response.json()] as const;
  };
  return { ...made, ask };
}

const field = (answer: { errors?: { field: string }[] }) => answer.errors?.map((e) => e.field);

test("the mode is set, and one that this house does not have is refused by its field", async () => {
  const { ask } = await signedIn();
  expect(await ask("PUT", "/house/mode", { mode: "away" })).toMatchObject([200, { mode: "away" }]);
  const [status, answer] = await ask("PUT", "/house/mode", { mode: "party" });
  expect([status, field(answer)]).toEqual([400, ["mode"]]);
});

test("a disk that takes nothing is said with what to do, and without a path", async () => {
  const { ask, hub } = await signedIn();
  hub.house.setMode = () => {
    throw new StoreError("disk-full", "/var/lib/hub.db: no room", "make room on the disk");
  };
  const [status, answer] = await ask("PUT", "/house/mode", { mode: "away" });
  expect([status, answer]).toMatchObject([503, { code: "disk-full", fix: "make room on the disk" }]);
  expect(JSON.stringify(answer)).not.toContain("/var");
});

test("that a switch at a device is a hand is said of that device, and taken back", async () => {
  const { ask } = await signedIn();
  expect(await ask("PATCH", "/nodes/mqtt-lamp", { switchedThere: true })).toMatchObject([200, { switchedThere: true }]);
  expect(await ask("PATCH", "/nodes/mqtt-lamp", { name: "Lamp" })).toMatchObject([200, { switchedThere: true }]);
  const [status, answer] = await ask("PATCH", "/nodes/mqtt-lamp", { switchedThere: false });
  expect([status, answer.switchedThere]).toEqual([200, undefined]);
});

test("who is home is said by hand, of people there are", async () => {
  const { ask } = await signedIn();
  expect(await ask("PUT", "/house/people/anna/home", { home: true })).toMatchObject([200, { anyoneHome: "unknown" }]);
  expect((await ask("PUT", "/house/people/ghost/home", { home: true }))[0]).toBe(404);
  const [status, answer] = await ask("PUT", "/house/people/anna/home", { home: "maybe" });
  expect([status, field(answer)]).toEqual([400, ["home"]]);
});

test("what does not fit is named field by field", async () => {
  const { ask } = await signedIn();
  const person = { name: "Anna", network: { hosts: [], awayAfterMin: 500 } };
  const [status, answer] = await ask("PUT", "/house/people", { people: [person] });
  expect([status, field(answer)]).toEqual([400, ["people.0.network.hosts", "people.0.network.awayAfterMin"]]);
  const many = { modes: Array.from({ length: 21 }, (_, i) => `m${i}`) };
  expect((await ask("PUT", "/house/modes", many))[0]).toBe(400);
});

test("scenes are made, activated and deleted", async () => {
  const { ask } = await signedIn();
  const act = { node: "mqtt-lamp", endpoint: 1, capability: "onOff", command: "on", args: {} };
  expect(await ask("POST", "/scenes", { title: "Bright", actions: [act] })).toMatchObject([200, { id: "scene-1" }]);
  expect(await ask("POST", "/scenes/scene-1/activate")).toMatchObject([200, { by: "Kim" }]);
  expect((await ask("POST", "/scenes/ghost/activate"))[0]).toBe(404);
  expect((await ask("DELETE", "/scenes/scene-1"))[0]).toBe(200);
  const [status, answer] = await ask("POST", "/scenes", { title: " ", actions: [{ ...act, node: "../x" }] });
  expect([status, field(answer)]).toEqual([400, ["title", "actions.0.node"]]);
});

test("a way out is set by its kind's own fields, tested and removed", async () => {
  const { ask } = await signedIn();
  const hook = { kind: "webhook", title: "Hook", on: true, from: "info", url: "https://example.org/x" };
  const [, made] = await ask("PUT", "/notify-channels/hook", hook);
  expect(made).toMatchObject({ id: "hook", kind: "webhook" });
  expect((await ask("PUT", "/notify-channels/hook", { ...hook, token: "x" }))[0]).toBe(400);
  const [status, answer] = await ask("PUT", "/notify-channels/hook", { ...hook, title: "odd" });
  expect([status, field(answer)]).toEqual([400, ["url"]]);
  expect(await ask("POST", "/notify-channels/phone/test")).toEqual([200, { ok: true }]);
  expect((await ask("POST", "/notify-channels/ghost/test"))[0]).toBe(404);
  expect((await ask("DELETE", "/notify-channels/ghost"))[0]).toBe(404);
  expect(await ask("POST", "/notices/read", {})).toMatchObject([200, { unread: 0 }]);
});

test("nobody who is not signed in sees who is home", async () => {
  const { ask } = house();
  for (const path of ["/api/house", "/api/scenes", "/api/notices", "/api/notify-channels"])
    expect((await ask("GET", path)).status, path).toBe(401);
});

test("numbers of the house are made, changed and told; a range that does not fit is named by its field", async () => {
  const { ask } = await signedIn();
  const wish = { name: "Target reserve", unit: "%", min: 10, max: 90, step: 5 };
  const [, made] = await ask("POST", "/house/numbers", wish);
  expect(made.numbers).toMatchObject([{ id: "house-target-reserve", value: 10, unitText: "%", usedBy: [] }]);
  expect(made.units).toContainEqual({ unit: "degC", text: "°C" });
  const [, node] = await ask("GET", "/nodes/house-target-reserve");
  expect(node.endpoints[0].attributes).toMatchObject([
    { capability: "houseNumber", attribute: "value", writable: true, unit: "%", min: 10, max: 90, step: 5 },
  ]);
  for (const [body, name] of [
    [{ ...wish, name: "target Reserve" }, "name"],
    [{ ...wish, name: "A", unit: "horses" }, "unit"],
    [{ ...wish, name: "A", max: 10 }, "max"],
    [{ ...wish, name: "A", min: -2e9 }, "min"],
    [{ ...wish, name: "A", step: 0 }, "step"],
    [{ ...wish, name: "A", step: 81 }, "step"],
  ] as const) {
    const [status, answer] = await ask("POST", "/house/numbers", body);
    expect([status, field(answer)]).toEqual([400, [name]]);
  }
  const wider = { ...wish, name: "Reserve", max: 100 };
  expect(await ask("PUT", "/house/numbers/house-target-reserve", wider)).toMatchObject([
    200,
    { numbers: [{ name: "Reserve", max: 100, value: 10 }] },
  ]);
  const [refused, why] = await ask("PUT", "/house/numbers/house-target-reserve", { ...wider, min: 20 });
  expect([refused, field(why)]).toEqual([400, ["min"]]);
  expect((await ask("PUT", "/house/numbers/house-none", wider))[0]).toBe(404);
  expect((await ask("DELETE", "/house/numbers/house-none"))[0]).toBe(404);
});

test("switches of the house are made, renamed and told with what would miss them; what does not fit is named", async () => {
  const { ask } = await signedIn();
  const [, made] = await ask("POST", "/house/switches", { name: "Guest mode" });
  expect(made.switches).toMatchObject([{ id: "house-guest-mode", name: "Guest mode", on: false, usedBy: [] }]);
  expect(await ask("GET", "/nodes/house-guest-mode")).toMatchObject([200, { adapter: "house", reachable: true }]);
  const [status, twice] = await ask("POST", "/house/switches", { name: "guest Mode" });
  expect([status, field(twice)]).toEqual([400, ["name"]]);
  expect((await ask("POST", "/house/switches", { name: "x".repeat(61) }))[0]).toBe(400);
  expect(await ask("PUT", "/house/switches/house-guest-mode", { name: "Visitors" })).toMatchObject([
    200,
    { switches: [{ name: "Visitors" }] },
  ]);
  expect((await ask("PUT", "/house/switches/house-none", { name: "A" }))[0]).toBe(404);
  expect((await ask("DELETE", "/house/switches/house-none"))[0]).toBe(404);
});

test("what a rule asks is answered by who is signed in; why it does nothing is said", async () => {
  const { ask } = await signedIn();
  expect(await ask("POST", "/notices/n1/answer", { answer: "Start" })).toMatchObject([200, { unread: 0 }]);
  const [status, refused] = await ask("POST", "/notices/n1/answer", { answer: "Later" });
  expect([status, refused]).toMatchObject([409, { detail: "It can be answered with Start." }]);
  for (const body of [{}, { answer: "" }, { answer: "x".repeat(41) }, { answer: "Start", by: "Ben" }])
    expect((await ask("POST", "/notices/n1/answer", body))[0], JSON.stringify(body)).toBe(400);
  expect((await house().ask("POST", "/api/notices/n1/answer", { body: { answer: "Start" } })).status).toBe(401);
});

test("a link shows its question without a sign-in and changes nothing by being looked at; an answer is posted", async () => {
  const { ask } = house();
  const shown = await ask("GET", "/answer/good");
  const text = await shown.text();
  expect([shown.status, shown.headers.get("content-type")]).toMatchObject([200, /html/]);
  expect(text).toContain('<form method="post" action="/answer/good/0"><button type="submit">Start</button></form>');
  expect(text).toContain("Dry &lt;it&gt;?");
  // A page that names no referrer is sent with this by browsers.
  const taken = await ask("POST", "/answer/good/0", { headers: { origin: "null" } });
  expect([taken.status, await taken.text()]).toMatchObject([200, /Your answer is taken: Start\./]);
  const late = await ask("POST", "/answer/good/1");
  expect([late.status, await late.text()]).toMatchObject([409, /This question is over\./]);
  expect((await ask("POST", "/answer/good/9")).status).toBe(404);
  expect((await ask("POST", "/answer/good")).status).toBe(405);
});

test("who guesses links has to wait, and then even a good one", async () => {
  const { ask } = house();
  for (let i = 0; i < 10; i++) expect((await ask("GET", `/answer/guess${i}`)).status).toBe(404);
  const refused = await ask("POST", "/answer/good/0");
  expect([refused.status, Number(refused.headers.get("retry-after")) > 0]).toEqual([429, true]);
});

test("who answers in vain again and again has to wait", async () => {
  const { ask } = await signedIn();
  for (let i = 0; i < 10; i++) expect((await ask("POST", "/notices/n1/answer", { answer: `guess ${i}` }))[0]).toBe(409);
  const [status, refused] = await ask("POST", "/notices/n1/answer", { answer: "Start" });
  expect([status, refused.code]).toEqual([429, "too-many-tries"]);
});

test("a link stands in no log, not even where the hub fails at it", async () => {
  const lines: string[] = [];
  const at = (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`);
  const { ask, hub } = house({ log: { info: at, warn: at, error: at } });
  hub.notices.asked = () => {
    throw new Error("the disk is gone");
  };
  expect((await ask("POST", "/answer/s3cret-token/0")).status).toBe(500);
  expect(lines).toEqual([expect.stringContaining("/answer/…")]);
  expect(lines.join()).not.toContain("s3cret");
});

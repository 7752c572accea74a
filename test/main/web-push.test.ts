/** Messages that only one browser can read: by the standards' own example, and taken apart as a browser does. */
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto";
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { sealed } from "../../hub/main/notify/push/seal.ts";
import { pushKeysOf } from "../../hub/main/notify/push/vapid.ts";
import { temporaryFolder } from "../storage/support.ts";
import { answering, farServer, NOON, openNotices } from "./notify-support.ts";

const bytes = (text: string) => Buffer.from(text, "base64url");

test("the example of RFC 8291, section 5, byte for byte", () => {
  const own = createECDH("prime256v1");
  own.setPrivateKey(bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"));
  const to = {
    p256dh: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    auth: "BTBZMqHH6r4Tts7J_aSIgg",
  };
  const text = Buffer.from("When I grow up, I want to be a watermelon");
  expect(sealed(text, to, own, bytes("DGv6ra1nlYgDCS1FRnbzlw")).toString("base64url")).toBe(
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
  );
});

/** A browser: its keys, and how it opens what it gets (with Node's own key derivation, which the hub does not use). */
function browser() {
  const key = createECDH("prime256v1");
  const mine = key.generateKeys();
  const auth = randomBytes(16);
  const open = (body: Buffer): unknown => {
    const theirs = body.subarray(21, 21 + (body[20] ?? 0));
    const info = Buffer.concat([Buffer.from("WebPush: info\0"), mine, theirs]);
    const secret = Buffer.from(hkdfSync("sha256", key.computeSecret(theirs), auth, info, 32));
    const part = (name: string, length: number) =>
      Buffer.from(hkdfSync("sha256", secret, body.subarray(0, 16), Buffer.from(`Content-Encoding: ${name}\0`), length));
    const decipher = createDecipheriv("aes-128-gcm", part("aes128gcm", 16), part("nonce", 12));
    decipher.setAuthTag(body.subarray(-16));
    const plain = Buffer.concat([decipher.update(body.subarray(21 + theirs.length, -16)), decipher.final()]);
    expect(plain.at(-1)).toBe(2);
    return JSON.parse(plain.subarray(0, -1).toString());
  };
  return { p256dh: mine.toString("base64url"), auth: auth.toString("base64url"), open };
}

const wish = (endpoint: string, { p256dh, auth }: { p256dh: string; auth: string }) => ({
  ...({ title: "Anna's phone", on: true, from: "info", kind: "webPush" } as const),
  ...{ endpoint, p256dh, auth },
});

test("a browser can read what it is sent, and its push service knows the hub by its signature", async () => {
  const far = await farServer(answering(201));
  const { notices, folder } = openNotices();
  const anna = browser();
  notices.setChannel("anna", wish(`${far.url}/push/s3cret`, anna), "anna");
  expect(JSON.stringify(notices.channels())).not.toContain("s3cret");
  expect(await notices.test("anna")).toEqual({ ok: true });
  const [heard] = far.heard;
  expect(heard).toMatchObject({ path: "/push/s3cret", headers: { "content-encoding": "aes128gcm", ttl: "3600" } });
  expect(anna.open(heard?.body ?? Buffer.alloc(0))).toMatchObject({ title: "A test of Inglenook", level: "info" });
  const [, token = "", key = ""] = /^vapid t=(\S+), k=(\S+)$/.exec(heard?.headers.authorization ?? "") ?? [];
  const [head = "", claims = "", signature = ""] = token.split(".");
  expect(key).toBe(notices.pushKey());
  expect(JSON.parse(String(bytes(claims)))).toMatchObject({ aud: far.url, sub: expect.stringMatching(/^https:/) });
  const point = bytes(key);
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((b) => b.toString("base64url"));
  const publicKey = createPublicKey({ format: "jwk", key: { kty: "EC", crv: "P-256", x: x ?? "", y: y ?? "" } });
  const options = { key: publicKey, dsaEncoding: "ieee-p1363" as const };
  expect(verify("sha256", Buffer.from(`${head}.${claims}`), options, bytes(signature))).toBe(true);
  expect(statSync(join(folder, "web-push.json")).mode & 0o777).toBe(0o600);
});

test("a browser is told the answers of a question, by a message that lives as long as the question; then what became of it", async () => {
  const far = await farServer(answering(201));
  const { notices, core } = openNotices();
  const anna = browser();
  notices.setChannel("anna", wish(`${far.url}/push`, anna), "anna");
  const asks = { kind: "ask" as const, title: "Now?", atMostMinutes: 20, answers: [{ name: "Yes", do: [] }] };
  const rule = { id: "r", title: "R", form: "when", enabled: true, mode: "single", on: [], do: [asks] } as const;
  core.put({ kind: "homeRulesSet", rules: [{ ...rule, origin: "person", by: "anna", madeAt: 1, changedAt: 1 }] });
  core.put({ kind: "ruleStarted", rule: "r", by: "Anna", at: NOON });
  await vi.waitFor(() => expect(far.heard).toHaveLength(1));
  expect(far.heard[0]?.headers.ttl).toBe("1200");
  const id = notices.list(1).notices[0]?.id ?? "";
  expect(anna.open(far.heard[0]?.body ?? Buffer.alloc(0))).toMatchObject({ id, title: "Now?", answers: ["Yes"] });
  await notices.answer(id, "Yes", "Ben");
  await vi.waitFor(() => expect(far.heard).toHaveLength(2));
  expect(anna.open(far.heard[1]?.body ?? Buffer.alloc(0))).toMatchObject({ id, over: "Ben answered Yes" });
});

test("a browser that went away is said so", async () => {
  const far = await farServer(answering(410));
  const { notices } = openNotices();
  notices.setChannel("anna", wish(far.url, browser()), "anna");
  expect(await notices.test("anna")).toMatchObject({ reason: expect.stringContaining("takes no more messages") });
});

test("the hub's keys stay the same over restarts, and a damaged file is told and not replaced", () => {
  const folder = temporaryFolder();
  const keys = pushKeysOf(folder);
  expect(pushKeysOf(folder)).toEqual(keys);
  expect(bytes(keys.publicKey)).toHaveLength(65);
  writeFileSync(join(folder, "web-push.json"), JSON.stringify({ ...keys, publicKey: "BA" }));
  expect(() => pushKeysOf(folder)).toThrow("web-push.json is damaged");
});

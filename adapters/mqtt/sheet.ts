/**
 * A dialect made of a table: for makers whose topics and fields mean the same on every device. The table says whose a
 * topic is and what a field means; this file does the rest: devices, readings, reachability, commands, limits.
 */
import type { Command } from "../../hub/model/command.ts";
import { harvest, planCommand, readField } from "./device.ts";
import { type Decoded, type Dialect, type DialectSession, type Encoded, type MqttMessage, nothing } from "./dialect.ts";
import { eachLeaf, isObject, type Json, parseJson } from "./json.ts";
import type { Claim, Sheet, Values } from "./sheet/claim.ts";
import { absorb, derive, learn, newDevice, nodeOf, reachableNow, rebuild, type SheetDevice } from "./sheet/device.ts";

/** Most devices of one dialect on one broker. */
const MAX_DEVICES = 500;
/** Topics whose owner is remembered; beyond that the table is asked anew each time. */
const MAX_TOPICS = 20_000;

/** Text as what it says: JSON, also in quotes; else the text itself. */
function bodyOf(payload: string): Json {
  const json = parseJson(payload);
  return json === undefined ? payload : json;
}

class Session implements DialectSession {
  readonly #name: string;
  readonly #sheet: Sheet;
  readonly #topics = new Map<string, Claim>();
  readonly #byKey = new Map<string, SheetDevice>();
  readonly #byNode = new Map<string, SheetDevice>();
  /** What a will said of all devices of its group. */
  readonly #wills = new Map<string, boolean>();

  constructor(name: string, sheet: Sheet) {
    this.#name = name;
    this.#sheet = sheet;
  }

  decode(message: MqttMessage): Decoded | undefined {
    const claim = this.#claim(message);
    if (!claim) return undefined;
    if (claim.kind === "values") return this.#values(claim, message);
    const said = claim.kind === "will" ? this.#will(claim.group, claim.says(message.payload)) : nothing;
    return claim.asks ? { ...said, publish: claim.asks(message) } : said;
  }

  encode(command: Command): Encoded {
    const device = this.#byNode.get(command.target.node);
    if (!device) return { ok: false, reason: `${command.target.node} is no device of ${this.#name}` };
    const planned = planCommand(device.built, command);
    if (!planned.ok) return planned;
    return { ok: true, publish: this.#sheet.finish?.(planned.writes, command) ?? [...planned.writes] };
  }

  due(now: number): number | undefined {
    return this.#sheet.due?.(now);
  }

  #claim({ topic, payload, at }: MqttMessage): Claim | undefined {
    const known = this.#topics.get(topic);
    if (known) return known;
    const claim = this.#sheet.claim(topic, payload, at);
    if (claim && !claim.once && this.#topics.size < MAX_TOPICS) this.#topics.set(topic, claim);
    return claim;
  }

  #will(group: string, says: boolean | undefined): Decoded {
    if (says === undefined) return nothing;
    if (this.#wills.size < MAX_DEVICES || this.#wills.has(group)) this.#wills.set(group, says);
    const into = harvest();
    for (const device of this.#byKey.values()) if (device.group === group) this.#tellReachable(device, into);
    return into;
  }

  #device(claim: Values): SheetDevice | undefined {
    const known = this.#byKey.get(claim.device);
    if (known || this.#byKey.size >= MAX_DEVICES) return known;
    const device = newDevice(this.#sheet, this.#name, claim);
    this.#byKey.set(claim.device, device);
    return device;
  }

  /** One that speaks again after another took its place is the same device under two keys: from now on the newer's. */
  #sameAs(device: SheetDevice): SheetDevice {
    const now = this.#byNode.get(device.id);
    if (!now || now === device || device.fields.size === 0) return device;
    absorb(now, device);
    for (const [key, known] of this.#byKey) if (known === device) this.#byKey.set(key, now);
    return now;
  }

  #values(claim: Values, message: MqttMessage): Decoded {
    const { topic, payload, retained } = message;
    const own = this.#device(claim);
    const device = own && this.#sameAs(own);
    // An emptied topic: nothing is known of its values any more, but the device stays.
    if (!device || payload === "") return nothing;
    if (claim.group !== undefined) device.group = claim.group;
    const into = harvest();
    const fields: [field: string, value: Json][] = [];
    const body = (claim.reads ?? bodyOf)(payload);
    const under = claim.under;
    if (body === undefined) {
      const text = `a message on ${topic} is not what this device says there`;
      into.problems.push({ code: "message-not-understood", message: text, node: device.id, topic });
    } else if (typeof body === "object" && body !== null)
      eachLeaf(body, (path, value) => fields.push([under ? `${under}.${path}` : path, value]));
    else fields.push([under || topic, body]);
    const changed = learn(this.#sheet, device, topic, fields);
    if (changed || own !== device || this.#byNode.get(device.id) !== device) this.#lay(device, into);
    const place = { node: device.id, topic, retained, under: isObject(body) && under ? `${under}.` : under };
    for (const [field, value] of fields) readField(device.built, place, field, value, into);
    for (const [field, value] of derive(this.#sheet, device, fields))
      readField(device.built, { ...place, under: "" }, field, value, into);
    if (claim.alive && !retained) into.reachable.push(...this.#will(device.group, true).reachable);
    this.#tellReachable(device, into);
    if (claim.asks) into.publish.push(...claim.asks(message));
    return into;
  }

  /** Makes the node anew after something was learned of it. */
  #lay(device: SheetDevice, into: ReturnType<typeof harvest>): void {
    const before = device.id;
    rebuild(this.#sheet, this.#name, device);
    if (before !== device.id && this.#byNode.get(before) === device) {
      this.#byNode.delete(before);
      into.gone.push(before);
      // Under its new name nobody knows yet whether it can be reached.
      device.told = undefined;
    }
    this.#byNode.set(device.id, device);
    into.nodes.push(nodeOf(this.#name, device));
  }

  #tellReachable(device: SheetDevice, into: ReturnType<typeof harvest>): void {
    const now = reachableNow(device, this.#wills.get(device.group));
    if (now === undefined || now === device.told || !this.#byNode.has(device.id)) return;
    device.told = now;
    into.reachable.push({ node: device.id, reachable: now });
  }
}

/** A dialect out of a table; `open` gives each broker's session a table of its own, which may remember what it claimed. */
export const sheetDialect = (name: string, open: (hubId: string) => Sheet): Dialect => ({
  name,
  open: (hubId) => new Session(name, open(hubId)),
});

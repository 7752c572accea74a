import { isObject } from "../../devices/device.ts";
import type { Entry } from "../kind.ts";
import type { ZigbeeDevice, ZigbeeGroup } from "./product.ts";

/** `changed`: the lists and names are to be told anew. */
export type Answered = { readonly data: object; readonly changed?: boolean } | { readonly error: string };

const mostGroups = 100;

/** What `bridge/request/…` changes: names, who is there, groups (Zigbee2MQTT documentation, MQTT topics: bridge/request). */
export class Requests {
  joining = false;
  readonly groups: ZigbeeGroup[];
  private readonly devices: ZigbeeDevice[];
  private readonly names = new Map<Entry, string>();
  private readonly members = new Map<Entry, string[]>();

  constructor(devices: readonly ZigbeeDevice[], groups: readonly ZigbeeGroup[]) {
    this.devices = [...devices];
    this.groups = [...groups];
    for (const group of groups) this.members.set(group.entry, [...group.members]);
  }

  nameOf(entry: Entry): string {
    return this.names.get(entry) ?? entry.name;
  }

  membersOf(group: Entry): readonly string[] | undefined {
    return this.members.get(group);
  }

  gone(entry: Entry): boolean {
    return !this.devices.some((one) => one.entry === entry);
  }

  handle(path: string, body: unknown): Answered {
    const given = (key: string): string => (isObject(body) && Object.hasOwn(body, key) ? String(body[key]) : "");
    const id = given("id") || (typeof body === "string" ? body : "");
    switch (path) {
      case "health_check":
        return { data: { healthy: true } };
      case "restart":
        return { data: {} };
      case "permit_join": {
        this.joining = given("time") !== "0" && given("time") !== "";
        return { data: { time: Number(given("time")) || 0 }, changed: true };
      }
      case "device/rename":
        return this.rename(given("from"), given("to"));
      case "device/remove":
        return this.remove(id);
      case "group/add":
        return this.addGroup(given("friendly_name") || id);
      case "group/remove":
        return this.removeGroup(id);
      case "group/members/add":
      case "group/members/remove":
        return this.member(given("group"), given("device"), path.endsWith("add"));
      default:
        return { error: `'${path}' is not supported by this bridge` };
    }
  }

  private find(name: string): ZigbeeDevice | undefined {
    return this.devices.find(({ entry }) => this.nameOf(entry) === name || entry.id === name);
  }

  private findGroup(name: string): ZigbeeGroup | undefined {
    return this.groups.find(({ entry }) => this.nameOf(entry) === name);
  }

  private rename(from: string, to: string): Answered {
    const found = this.find(from);
    if (!found) return { error: `Device '${from}' does not exist` };
    if (to === "" || to.length > 64 || /[+#]|(^\/)|(\/$)/.test(to)) return { error: `Invalid name '${to}'` };
    if (this.find(to) || this.findGroup(to)) return { error: `friendly_name '${to}' is already in use` };
    this.names.set(found.entry, to);
    return { data: { from, homeassistant_rename: false, to }, changed: true };
  }

  private remove(id: string): Answered {
    const found = this.find(id);
    if (!found) return { error: `Device '${id}' does not exist` };
    this.devices.splice(this.devices.indexOf(found), 1);
    return { data: { block: false, force: true, id }, changed: true };
  }

  private addGroup(name: string): Answered {
    if (name === "" || this.findGroup(name) || this.find(name))
      return { error: `friendly_name '${name}' is already in use` };
    if (this.groups.length >= mostGroups) return { error: "too many groups" };
    const entry: Entry = { name, id: `group-${this.groups.length + 1}`, seed: 0 };
    this.groups.push({ kind: "group", entry, members: [] });
    this.members.set(entry, []);
    return { data: { friendly_name: name, id: this.groups.length }, changed: true };
  }

  private removeGroup(name: string): Answered {
    const found = this.findGroup(name);
    if (!found) return { error: `Group '${name}' does not exist` };
    this.groups.splice(this.groups.indexOf(found), 1);
    return { data: { force: false, id: name }, changed: true };
  }

  private member(group: string, device: string, add: boolean): Answered {
    const [to, one] = [this.findGroup(group), this.find(device)];
    if (!to || !one) return { error: `Group '${group}' or device '${device}' does not exist` };
    const others = (this.members.get(to.entry) ?? []).filter((name) => name !== one.entry.name);
    this.members.set(to.entry, add ? [...others, one.entry.name] : others);
    return { data: { device, endpoint: "default", group }, changed: true };
  }
}

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { mappingFaults } from "../../adapters/mqtt/dialects/generic/check.ts";
import { leavesOf } from "../../adapters/mqtt/dialects/generic/leaves.ts";
import { previewMapping } from "../../adapters/mqtt/dialects/generic/preview.ts";
import { houseWords } from "../../adapters/mqtt/dialects/generic/words.ts";
import { type MappingRegistry, mappedNodeId } from "../../adapters/mqtt/dialects/generic.ts";
import type { MqttAdapter } from "../../adapters/mqtt/link.ts";
import { maskedSample } from "../../adapters/mqtt/mask.ts";
import { mapping as shape } from "../http/schemas/mappings.ts";
import type { Home } from "../model/home.ts";
import type { AdapterInput, HouseWord, KeptMapping, Mapping, MappingFault, Mappings, Store } from "../ports.ts";

const MAX_MAPPINGS = 200;
/** A mapping of 64 values is well below that. */
const MAX_FILE = 128 * 1024;
const MAX_UNREAD = 200;
const MAX_SAMPLE = 500;
const ID = /^[a-z0-9][a-z0-9-]{0,39}$/;

export interface MappingParts {
  readonly store: Store;
  /** A folder of files that is read at the start. */
  readonly folder: string | undefined;
  readonly put: (input: AdapterInput) => unknown;
  readonly now: () => number;
}

type Link = Pick<MqttAdapter, "reread" | "unread" | "last">;

/** The devices that people described: out of files at the start, and as the dashboard keeps them. */
export class MappingDesk implements Mappings {
  readonly #parts: MappingParts;
  readonly #all = new Map<string, KeptMapping>();
  #link: Link | undefined;
  #words: readonly HouseWord[] | undefined;

  /** What can't be used becomes a finding; the hub starts without it. */
  constructor(parts: MappingParts) {
    this.#parts = parts;
    if (parts.folder !== undefined) this.#readFolder(parts.folder);
    for (const kept of parts.store.list<{ id: string; mapping: unknown }>("mapping"))
      if (!this.#all.has(kept.id)) this.#take(kept.id, kept.mapping, undefined, `the mapping ${kept.id}`);
  }

  readonly registry: MappingRegistry = () => [...this.#all.values()];

  /** Devices whose mapping went while the hub was off go with it. */
  start(link: Link, home: Home): void {
    this.#link = link;
    const { put, now } = this.#parts;
    const nodes = new Set([...this.#all.values()].map((kept) => kept.node));
    for (const [id, { description }] of home.nodes)
      if (description.dialect === "generic" && id.startsWith("generic-") && !nodes.has(id))
        put({ kind: "nodeGone", node: id, at: now() });
  }

  list(): readonly KeptMapping[] {
    return [...this.#all.values()].sort((a, b) => a.mapping.name.localeCompare(b.mapping.name, "en"));
  }

  check(mapping: Mapping): readonly MappingFault[] {
    return mappingFaults(mapping);
  }

  set(id: string, mapping: Mapping, by: string): KeptMapping {
    if (!ID.test(id)) throw new RangeError("id: must be 1 to 40 small letters, digits or dashes, such as cellar-pump");
    this.#refuseFile(id);
    const [fault] = mappingFaults(mapping);
    if (fault) throw new RangeError(`${fault.field}: ${fault.message}`);
    if (!this.#all.has(id) && this.#all.size >= MAX_MAPPINGS)
      throw new RangeError(`id: there are ${MAX_MAPPINGS} mappings, which is the most; remove one first`);
    const kept = { id, mapping, node: mappedNodeId(id) };
    this.#parts.store.put("mapping", id, { id, mapping });
    this.#all.set(id, kept);
    this.#audit(by, "mapping-set", kept);
    this.#link?.reread();
    return kept;
  }

  remove(id: string, by: string): boolean {
    this.#refuseFile(id);
    const kept = this.#all.get(id);
    if (!kept) return false;
    const { store, put, now } = this.#parts;
    store.remove("mapping", id);
    this.#all.delete(id);
    this.#audit(by, "mapping-removed", kept);
    this.#link?.reread();
    // It may not have been heard since the hub's start: then no session knows it.
    put({ kind: "nodeGone", node: kept.node, at: now() });
    return true;
  }

  words(): readonly HouseWord[] {
    this.#words ??= houseWords();
    return this.#words;
  }

  preview(mapping: Mapping) {
    return previewMapping(mapping, (topic) => this.#link?.last(topic));
  }

  unread(search: string) {
    const wanted = search.trim().toLowerCase();
    const fits = (text: string): boolean => text.toLowerCase().includes(wanted);
    // A secret must not be found by guessing at it: bodies are searched as they are shown.
    const all = [...(this.#link?.unread() ?? [])]
      .map((m) => ({ ...m, sample: maskedSample(m.topic, m.payload, MAX_SAMPLE) }))
      .filter((m) => wanted === "" || fits(m.topic) || fits(m.sample))
      .sort((a, b) => b.at - a.at);
    const topics = all
      .slice(0, MAX_UNREAD)
      .map(({ topic, broker, sample, retained, count, at }) => ({ topic, broker, sample, retained, count, at }));
    return { topics, total: all.length };
  }

  leaves(topic: string) {
    const last = this.#link?.last(topic);
    return last && leavesOf(topic, last.payload);
  }

  #audit(by: string, what: string, { node, mapping }: KeptMapping): void {
    this.#parts.store.appendAudit({ at: this.#parts.now(), by, what, subject: node, detail: mapping.name });
  }

  #refuseFile(id: string): void {
    const file = this.#all.get(id)?.file;
    if (file !== undefined)
      throw new RangeError(`id: ${id} was read from ${file}; change it there and start the hub anew`);
  }

  #readFolder(folder: string): void {
    let names: readonly string[];
    try {
      names = readdirSync(folder).filter((name) => name.endsWith(".json"));
    } catch {
      this.#fault(folder, "", "the folder of mappings can't be read", "check the setting mappings");
      return;
    }
    for (const name of [...names].sort()) this.#readFile(folder, name);
  }

  #readFile(folder: string, name: string): void {
    const path = join(folder, name);
    const id = name
      .slice(0, -".json".length)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 40);
    const before = this.#all.get(id);
    if (!ID.test(id)) return this.#fault(name, "", "has no name of letters and digits", "rename the file");
    if (before) return this.#fault(name, "", `has the same name as ${before.file} after cleaning`, "rename the file");
    let json: unknown;
    try {
      if (statSync(path).size > MAX_FILE) return this.#fault(name, "", "is too large", `at most ${MAX_FILE} bytes`);
      json = JSON.parse(readFileSync(path, "utf8"));
    } catch (error) {
      const why = error instanceof SyntaxError ? "is no JSON" : "can't be read";
      return this.#fault(name, "", why, "put it right and start the hub anew");
    }
    return this.#take(id, json, name, name);
  }

  #take(id: string, json: unknown, file: string | undefined, where: string): void {
    const parsed = shape.safeParse(json);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const own = issue?.code === "unrecognized_keys" ? (issue.keys[0] ?? "") : "";
      const field = [...(issue?.path ?? []), ...(own ? [own] : [])].join(".");
      return this.#fault(where, field, own ? "is not known here" : (issue?.message ?? "does not fit"));
    }
    const [fault] = mappingFaults(parsed.data);
    if (fault) return this.#fault(where, fault.field, fault.message);
    if (this.#all.size >= MAX_MAPPINGS)
      return this.#fault(where, "", `is one too many; at most ${MAX_MAPPINGS} are read`);
    this.#all.set(id, { id, mapping: parsed.data, node: mappedNodeId(id), ...(file === undefined ? {} : { file }) });
  }

  #fault(where: string, field: string, message: string, fix = "put it right and start the hub anew"): void {
    const at = this.#parts.now();
    const text = `${where}: ${field ? `${field} ` : ""}${message}`;
    const problem = { code: "mapping-not-usable", message: text, fix, field: field ? `${where} ${field}` : where };
    this.#parts.put({ kind: "problem", problem, at });
  }
}

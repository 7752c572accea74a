import { mappingFaults } from "../../adapters/mqtt/dialects/generic/check.ts";
import { leavesOf } from "../../adapters/mqtt/dialects/generic/leaves.ts";
import { previewMapping } from "../../adapters/mqtt/dialects/generic/preview.ts";
import { houseWords } from "../../adapters/mqtt/dialects/generic/words.ts";
import { type MappingRegistry, mappedNodeId } from "../../adapters/mqtt/dialects/generic.ts";
import type { MqttAdapter } from "../../adapters/mqtt/link.ts";
import { maskedSample } from "../../adapters/mqtt/mask.ts";
import { mapping as shape } from "../http/schemas/mappings.ts";
import type { Home } from "../model/home.ts";
import type {
  AdapterInput,
  HouseWord,
  KeptMapping,
  Mapping,
  MappingFault,
  Mappings,
  Store,
  UnreadTopic,
} from "../ports.ts";
import { readMappingFolder } from "./mapping-files.ts";

const MAX_MAPPINGS = 200;
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
    // Without a copy of each message in small letters: there may be 8 MiB of them.
    const wanted = new RegExp(search.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "i");
    const all = [...(this.#link?.unread() ?? [])].sort((a, b) => b.at - a.at);
    const topics: UnreadTopic[] = [];
    for (const { topic, broker, payload, retained, count, at } of all) {
      if (topics.length >= MAX_UNREAD) break;
      const named = wanted.test(topic);
      if (!named && !wanted.test(payload)) continue;
      const sample = maskedSample(topic, payload, MAX_SAMPLE);
      // A secret must not be found by guessing at it: a body counts as it is shown.
      if (named || wanted.test(sample)) topics.push({ topic, broker, sample, retained, count, at });
    }
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
    for (const file of readMappingFolder(folder)) {
      const { name } = file;
      if ("wrong" in file) this.#report(name, { field: "", message: file.wrong });
      else this.#take(file.id, file.json, name, name);
    }
  }

  #take(id: string, json: unknown, file: string | undefined, where: string): void {
    const parsed = this.#parse(id, json);
    if ("message" in parsed) this.#report(where, parsed);
    else
      this.#all.set(id, {
        id,
        mapping: parsed.mapping,
        node: mappedNodeId(id),
        ...(file === undefined ? {} : { file }),
      });
  }

  #parse(id: string, json: unknown): { readonly mapping: Mapping } | MappingFault {
    const before = this.#all.get(id);
    if (before)
      return { field: "", message: `must have another name: ${before.file ?? id} has the same letters and digits` };
    if (this.#all.size >= MAX_MAPPINGS)
      return { field: "", message: `is one too many: at most ${MAX_MAPPINGS} are read` };
    const parsed = shape.safeParse(json);
    if (parsed.success) return mappingFaults(parsed.data)[0] ?? { mapping: parsed.data };
    const issue = parsed.error.issues[0];
    const own = issue?.code === "unrecognized_keys" ? (issue.keys[0] ?? "") : undefined;
    const path = [...(issue?.path ?? []), ...(own === undefined ? [] : [own])].join(".");
    return { field: path, message: own === undefined ? (issue?.message ?? "does not fit") : "is not known here" };
  }

  #report(where: string, { field, message }: MappingFault): void {
    const problem = {
      code: "mapping-not-usable",
      message: `${where}: ${field ? `${field} ` : ""}${message}`,
      fix: "put it right and start the hub anew",
      field: field ? `${where} ${field}` : where,
    };
    this.#parts.put({ kind: "problem", problem, at: this.#parts.now() });
  }
}

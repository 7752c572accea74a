/** Where a value lives. Node ids match NODE_ID, so that the text form can be split again. */
export type NodeId = string;

export const NODE_ID = /^[a-z0-9][a-z0-9._-]{0,79}$/;

export interface EndpointPath {
  readonly node: NodeId;
  readonly endpoint: number;
}

export interface AttributePath extends EndpointPath {
  readonly capability: string;
  readonly attribute: string;
}

/** Text form, used as key everywhere: `node/1/onOff.onOff`. */
export const pathKey = (p: AttributePath): string => `${p.node}/${p.endpoint}/${p.capability}.${p.attribute}`;

/** Paths that were read before; then the memory starts over. A home has some thousands, and asks for each again and again. */
const MAX_READ = 8_192;
const read = new Map<string, AttributePath>();

/** Reads the text form; undefined when it is none. The same text gives the same path, which nobody changes. */
export function parsePath(key: string): AttributePath | undefined {
  const known = read.get(key);
  if (known) return known;
  const path = split(key);
  if (!path) return undefined;
  if (read.size >= MAX_READ) read.clear();
  read.set(key, path);
  return path;
}

function split(key: string): AttributePath | undefined {
  const match = /^([a-z0-9][a-z0-9._-]*)\/(\d{1,5})\/([A-Za-z][A-Za-z0-9]*)\.(.{1,120})$/s.exec(key);
  if (!match) return undefined;
  const [, node = "", endpoint = "", capability = "", attribute = ""] = match;
  return Object.freeze({ node, endpoint: Number(endpoint), capability, attribute });
}

/** A node id from any maker's address: lower case, other characters become `-`. */
export function nodeIdOf(prefix: string, address: string): NodeId {
  const clean = address
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[-._]+|[-._]+$/g, "");
  return `${prefix}-${clean || "unnamed"}`.slice(0, 80);
}

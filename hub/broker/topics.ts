/**
 * Topic filters (MQTT 3.1.1, section 4.7): `+` stands for one level, `#` for the rest, its parent included; a
 * wildcard in the first level does not match topics that begin with `$`.
 */
export function matches(filter: string, topic: string): boolean {
  const f = filter.split("/");
  const t = topic.split("/");
  if (topic.startsWith("$") && (f[0] === "+" || f[0] === "#")) return false;
  for (const [i, part] of f.entries()) {
    if (part === "#") return true;
    if (i >= t.length || (part !== "+" && part !== t[i])) return false;
  }
  return f.length === t.length;
}

export const hasWildcard = (filter: string): boolean => filter.includes("+") || filter.includes("#");

/** Says what is wrong with a topic filter; undefined when it is one. */
export function misfitOfFilter(filter: string): string | undefined {
  const levels = filter.split("/");
  if (filter === "") return "is empty";
  for (const [i, level] of levels.entries()) {
    if (level.includes("#") && (level !== "#" || i !== levels.length - 1)) return "# must be the last level, alone";
    if (level.includes("+") && level !== "+") return "+ must be a level of its own";
  }
  return undefined;
}

interface Branch<V> {
  readonly next: Map<string, Branch<V>>;
  readonly here: Map<string, V>;
}

const branch = <V>(): Branch<V> => ({ next: new Map(), here: new Map() });

/** Finds the owners whose filters match a topic, without looking at every filter. */
export class TopicTree<V> {
  readonly #root = branch<V>();
  #size = 0;

  set(filter: string, owner: string, value: V): void {
    let at = this.#root;
    for (const level of filter.split("/")) {
      let next = at.next.get(level);
      if (!next) {
        next = branch();
        at.next.set(level, next);
      }
      at = next;
    }
    if (!at.here.has(owner)) this.#size++;
    at.here.set(owner, value);
  }

  delete(filter: string, owner: string): void {
    const path: [Branch<V>, string][] = [];
    let at = this.#root;
    for (const level of filter.split("/")) {
      const next = at.next.get(level);
      if (!next) return;
      path.push([at, level]);
      at = next;
    }
    if (at.here.delete(owner)) this.#size--;
    // Empty branches go, or a client could grow the tree without end by subscribing and unsubscribing.
    for (let below = at; below.here.size === 0 && below.next.size === 0; ) {
      const step = path.pop();
      if (!step) return;
      step[0].next.delete(step[1]);
      below = step[0];
    }
  }

  /** Calls `found` for each filter that matches; an owner comes once per filter. */
  match(topic: string, found: (owner: string, value: V) => void): void {
    const levels = topic.split("/");
    const report = (at: Branch<V> | undefined) => {
      if (at) for (const [owner, value] of at.here) found(owner, value);
    };
    const walk = (at: Branch<V>, depth: number): void => {
      const wild = depth > 0 || !topic.startsWith("$");
      if (wild) report(at.next.get("#"));
      const level = levels[depth];
      if (level === undefined) {
        report(at);
        return;
      }
      const same = at.next.get(level);
      if (same) walk(same, depth + 1);
      const plus = wild && level !== "+" ? at.next.get("+") : undefined;
      if (plus) walk(plus, depth + 1);
    };
    walk(this.#root, 0);
  }

  get size(): number {
    return this.#size;
  }
}

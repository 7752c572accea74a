/** Changes single values within JSON text and leaves the maker's spelling of all others as it is. */

const TOKEN = /\s+|"(?:[^"\\]|\\.)*"|true|false|null|[-+.\dEe]+|[{}[\],:]/gy;

export type Scalar = string | number | boolean | null;

interface Level {
  readonly object: boolean;
  /** The key of the value that comes next; in a list that of the list. */
  key: string;
  awaitsKey: boolean;
}

/** Asked for each scalar with the keys that lead to it, outermost first; undefined leaves it. */
export type Rewrite = (keys: readonly string[], value: Scalar) => Scalar | undefined;

/** `text` must be JSON. Keys go through `rename`. */
export function rewriteJson(text: string, rewrite: Rewrite, rename: (key: string) => string = (key) => key): string {
  const levels: Level[] = [];
  let out = "";
  for (const [token] of text.matchAll(TOKEN)) {
    const level = levels.at(-1);
    if (token === "{" || token === "[") {
      levels.push({ object: token === "{", key: level?.key ?? "", awaitsKey: token === "{" });
      out += token;
    } else if (token === "}" || token === "]") {
      levels.pop();
      out += token;
    } else if (token === ",") {
      if (level) level.awaitsKey = level.object;
      out += token;
    } else if (token === ":" || token.trim() === "") out += token;
    else if (level?.awaitsKey) {
      level.key = String(JSON.parse(token));
      level.awaitsKey = false;
      const name = rename(level.key);
      out += name === level.key ? token : JSON.stringify(name);
    } else {
      const value: Scalar = JSON.parse(token);
      const now = rewrite(
        levels.map((l) => l.key),
        value,
      );
      out += now === undefined || now === value ? token : JSON.stringify(now);
    }
  }
  return out;
}

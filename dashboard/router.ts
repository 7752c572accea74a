import { signal } from "@preact/signals";

/** Where the person is: the first part names the view, the second what it shows. */
export interface Route {
  readonly view: string;
  readonly id: string | undefined;
  /** What follows a question mark, e.g. `rule=rule-1`; absent where there is none. */
  readonly query?: string;
}

/** Reads a hash such as `#/node/z2m-lamp`. The part after the view is opaque: node ids and tokens hold no slash. */
export function parseHash(hash: string): Route {
  const [path = "", query] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const [view = "", rest] = path.split("/", 2);
  const at = { view: view || "home", id: rest === undefined || rest === "" ? undefined : safeDecode(rest) };
  return query ? { ...at, query } : at;
}

// A hash is typed by anyone: a stray % must not throw.
function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const route = signal<Route>({ view: "home", id: undefined });

/** Follows the address bar until the page is left. */
export function startRouter(): void {
  const read = () => {
    route.value = parseHash(location.hash);
  };
  addEventListener("hashchange", read);
  read();
}

/** Goes to a view; `replace` leaves no step back (a used one-time link). */
export function go(hash: string, replace = false): void {
  if (!replace) {
    location.hash = hash;
    return;
  }
  history.replaceState(null, "", hash);
  route.value = parseHash(hash);
}

export const linkTo = (view: string, id?: string): string =>
  id === undefined ? `#/${view}` : `#/${view}/${encodeURIComponent(id)}`;

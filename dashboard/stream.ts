import type { HubEvent } from "../hub/http/schemas.ts";

/** Every event of the hub's stream, but `hello`, which opens it. */
const EVENT_TYPES: readonly HubEvent["type"][] = [
  "value",
  "node",
  "outcome",
  "wish",
  "plan",
  "policy",
  "rules",
  "job",
  "models",
  "pairing",
  "finding",
  "house",
  "scene",
  "notices",
];

interface StreamHandlers {
  /** Called on every (re)connection: what was missed must be read again. */
  readonly opened: () => void;
  readonly lost: () => void;
  readonly event: (event: HubEvent) => void;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** Listens until the returned function is called. The browser reconnects by itself while it can; when it gave up, we do, ever slower. */
export function listen(handlers: StreamHandlers): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MS;
  let ended = false;

  const open = () => {
    source = new EventSource("/api/stream");
    source.addEventListener("hello", () => {
      wait = FIRST_WAIT_MS;
      handlers.opened();
    });
    for (const type of EVENT_TYPES) source.addEventListener(type, (message) => deliver(message.data));
    source.addEventListener("error", () => {
      handlers.lost();
      if (ended || source?.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    });
  };
  const deliver = (data: string) => {
    let event: HubEvent;
    try {
      event = JSON.parse(data);
    } catch {
      return;
    }
    handlers.event(event);
  };
  open();
  return () => {
    ended = true;
    clearTimeout(timer);
    source?.close();
  };
}

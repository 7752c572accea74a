import type { HubEvent } from "../ports.ts";

const WINDOW_MS = 100;
const MAX_KEYS = 10_000;

/**
 * Thins out `value` events: the first of a key goes at once, later ones within 100 ms are held and only the last of
 * them goes at the window's end. Other events pass as they are. Order per key is kept. Beyond 10,000 keys in one
 * window nothing more is held: events then pass unthinned.
 */
export function coalesced(send: (event: HubEvent) => void): { push(event: HubEvent): void; stop(): void } {
  let sent = new Set<string>();
  const held = new Map<string, HubEvent>();
  let timer: NodeJS.Timeout | undefined;

  const flush = (): void => {
    sent = new Set(held.keys());
    for (const event of held.values()) send(event);
    held.clear();
    timer = sent.size > 0 ? start() : undefined;
  };
  const start = (): NodeJS.Timeout => setTimeout(flush, WINDOW_MS).unref();

  return {
    push(event) {
      if (event.type !== "value") return send(event);
      if (sent.has(event.key)) {
        held.set(event.key, event);
        return;
      }
      send(event);
      if (sent.size >= MAX_KEYS) return;
      sent.add(event.key);
      timer ??= start();
    },
    stop() {
      clearTimeout(timer);
      held.clear();
    },
  };
}

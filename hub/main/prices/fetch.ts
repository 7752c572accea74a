import type { PricePoint } from "../../model/price-series.ts";
import type { PriceService } from "../../ports.ts";

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 4_000_000;

/** How the world is asked; the platform's own `fetch`, unless a test stands in for the world. */
export type Ask = (url: string, init: RequestInit) => Promise<Response>;

/**
 * Asks a service for prices. The host is the service's own and TLS only; a redirect is refused, so that nobody can lead the
 * hub into the home's network. Rejects with words that hold neither the address nor the key.
 */
export async function fetchPoints(
  service: PriceService,
  query: { readonly zone: string; readonly from: number; readonly to: number; readonly key: string },
  ask: Ask = fetch,
): Promise<readonly PricePoint[]> {
  const url = new URL(service.path(query.zone, query.from, query.to, query.key), `https://${service.host}`);
  if (url.host !== service.host || url.protocol !== "https:")
    throw new Error(`${service.name}: asked at a foreign host`);
  let response: Response;
  try {
    response = await ask(url.href, {
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { accept: "application/json, application/xml" },
    });
  } catch {
    throw new Error(`${service.name} could not be reached, or sent the hub elsewhere`);
  }
  if (!response.ok) {
    await response.body?.cancel();
    const why = response.status === 401 || response.status === 403 ? ": the key is not accepted" : "";
    throw new Error(`${service.name} answered ${response.status}${why}`);
  }
  try {
    return service.read(await bounded(response));
  } catch (error) {
    const why = error instanceof RangeError ? error.message : "its answer could not be read";
    throw new Error(`${service.name}: ${why}`);
  }
}

async function bounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.length;
    if (size > MAX_BYTES) {
      await reader?.cancel();
      throw new RangeError("the answer is too long");
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks).toString("utf8");
}

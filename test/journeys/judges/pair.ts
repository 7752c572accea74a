import type { NodeView } from "../../../hub/http/schemas.ts";
import type { BridgeStatus, PairingJob } from "../../../hub/ports.ts";
import type { Client } from "../support/demo-hub.ts";

/** Pairs by a code as a person does on the dashboard; gives the finished job. */
export async function pair(client: Client, code: string, seconds = 90): Promise<PairingJob> {
  const { id } = await client.call<PairingJob>("POST", "/api/pairings", { code });
  return client.until(
    "the pairing ends",
    async () => {
      const { jobs } = await client.call<{ jobs: PairingJob[] }>("GET", "/api/pairings");
      const job = jobs.find((candidate) => candidate.id === id);
      // The judges' devices bear test certificates: a person who knows where they come from says yes.
      if (job?.state === "asking") await client.call("POST", `/api/pairings/${id}/answer`, { accept: true });
      return job && job.state !== "running" && job.state !== "asking" ? job : undefined;
    },
    seconds,
  );
}

/** A bridge that shows every device to any ecosystem; open for pairing. */
export const showAll = (client: Client, name = "Judge"): Promise<BridgeStatus> =>
  client.call("POST", "/api/bridges", {
    name,
    ecosystem: "any",
    filter: { show: "all", rooms: [], kinds: [], include: [], exclude: [] },
  });

/** The devices that came over Matter. */
export const matterNodes = async (client: Client): Promise<NodeView[]> =>
  (await client.nodes()).filter((node) => node.id.startsWith("matter-"));

/** The value that 95 of 100 are at most. */
export const p95 = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(values.length * 0.95) - 1)] ?? Number.NaN;

/**
 * Who is on a real network, by the kernel's own neighbour table: in a network namespace of its own, with a phone that answers,
 * one whose firewall drops everything, and an address that nobody has. About 20 s; needs the right to make namespaces.
 * Run: npx vitest run -c vitest.long.config.ts test/main/neighbours.long.ts
 */
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, test } from "vitest";

const can = (...command: [string, ...string[]]) => spawnSync(command[0], command.slice(1)).status === 0;
const able =
  can("unshare", "-n", "true") &&
  can("unshare", "-n", "ip", "link", "add", "phone", "type", "veth") &&
  can("nft", "-v");
if (!able) console.warn("SKIPPED: real neighbours need the right to make network namespaces, ip and nft");

const SCRIPT = `
set -e
ip link set lo up
ip link add hub type veth peer name phone
unshare -n sleep 100 & P=$!
trap "kill $P" EXIT
until [ "$(readlink /proc/$P/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done
ip link set phone netns $P
ip addr add 10.98.0.1/24 dev hub
ip link set hub up
nsenter -t $P -n sh -e -c '
  ip addr add 10.98.0.2/24 dev phone
  ip addr add 10.98.0.3/24 dev phone
  ip link set phone up
  nft add table ip f
  nft add chain ip f i "{ type filter hook input priority 0; }"
  nft add rule ip f i ip daddr 10.98.0.3 drop'
until ip -o link show hub | grep -q LOWER_UP; do sleep 0.05; done
node "$1"
nsenter -t $P -n ip link set phone down
node "$1"
`;

test.skipIf(!able)(
  "a phone is there while it answers, behind its firewall too, and gone when it left",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "inglenook-neighbours-"));
    const probe = join(folder, "probe.mjs");
    const isThere = JSON.stringify(resolve("hub/main/house/probe.ts"));
    const source = `import { isThere } from ${isThere};
      const seen = await Promise.all(["10.98.0.2", "10.98.0.3", "10.98.0.9"].map(isThere));
      console.log(seen.join(" "));`;
    await build({
      ...{ stdin: { contents: source, resolveDir: resolve("."), loader: "ts" }, outfile: probe },
      ...{ bundle: true, platform: "node", format: "esm", logLevel: "error" },
    });
    const script = join(folder, "run.sh");
    writeFileSync(script, SCRIPT);
    const { stdout } = await promisify(execFile)("unshare", ["-n", "bash", script, probe], { timeout: 80_000 });
    rmSync(folder, { recursive: true });
    expect(stdout.trim().split("\n")).toEqual(["true true false", "false false false"]);
  },
  90_000,
);

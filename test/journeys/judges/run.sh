#!/usr/bin/env bash
# The hub's Matter before judges that nobody here wrote: the C++ CHIP controller, esp-matter-dm-validator and matterbridge.
# They stand in one network namespace and the hub in another, joined by a virtual cable: the C++ controller's mDNS skips
# loopback. Needs root, ip and nft; without them it says so and is skipped. What it installs is kept for the next run.
# Arguments go to vitest: `run.sh bridge` asks only about the bridge.
set -euo pipefail
cd "$(dirname "$0")/../../.."

for tool in ip nft python3 npm; do
  command -v "$tool" >/dev/null || { echo "SKIPPED: $tool is not here, so the judges can't be asked"; exit 0; }
done
[ "$(id -u)" = 0 ] || { echo "SKIPPED: network namespaces need root, so the judges can't be asked"; exit 0; }

tools=${INGLENOOK_JUDGES:-${XDG_CACHE_HOME:-$HOME/.cache}/inglenook-judges}
INGLENOOK_JUDGES="$tools" bash test/journeys/judges/install.sh

# Names of this run alone: another run may stand beside it.
hub="ingl-h$$"
judge="ingl-j$$"
clean() {
  ip netns del "$hub" 2>/dev/null || true
  ip netns del "$judge" 2>/dev/null || true
}
trap clean EXIT
ip netns add "$hub"
ip netns add "$judge"
ip link add ingl0 netns "$hub" type veth peer name ingl1 netns "$judge"
while read -r name card address; do
  ip -n "$name" link set lo up
  ip -n "$name" link set "$card" up
  ip -n "$name" addr add "$address/24" dev "$card"
done <<SIDES
$hub ingl0 10.77.0.1
$judge ingl1 10.77.0.2
SIDES
mkdir -p /data # The C++ controller insists on this folder; each judge gets a file system of its own there.

INGLENOOK_JUDGES="$tools" INGLENOOK_JUDGE_NS="$judge" INGLENOOK_MDNS_INTERFACE=ingl0 \
  ip netns exec "$hub" npx vitest run --config vitest.judge.config.ts "$@"

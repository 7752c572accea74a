#!/usr/bin/env bash
# What the judges of run.sh need; kept for the next run in INGLENOOK_JUDGES.
set -euo pipefail

tools=${INGLENOOK_JUDGES:-${XDG_CACHE_HOME:-$HOME/.cache}/inglenook-judges}
mkdir -p "$tools"
# Who comes while another installs waits for it.
exec 9>"$tools/lock"
flock 9
if ! "$tools/venv/bin/python" -c 'import chip, dmv_tool' 2>/dev/null; then
  python3 -m venv "$tools/venv"
  "$tools/venv/bin/pip" install -q home-assistant-chip-core==2025.7.0 home-assistant-chip-clusters==2025.7.0 esp-matter-dm-validator==1.0.5
fi
modules=$tools/npm/lib/node_modules
if [ ! -d "$modules/matterbridge-example-dynamic-platform" ]; then
  npm install -g --prefix "$tools/npm" --no-audit --no-fund --loglevel=error matterbridge@3.9.4 matterbridge-example-dynamic-platform@2.0.17
  mkdir -p "$modules/matterbridge-example-dynamic-platform/node_modules"
  # The plugin looks for the bridge that it is loaded by among its own packages.
  ln -sfn "$modules/matterbridge" "$modules/matterbridge-example-dynamic-platform/node_modules/matterbridge"
fi

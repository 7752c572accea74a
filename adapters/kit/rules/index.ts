import type { Rule } from "../trial.ts";
import { commands } from "./commands.ts";
import { discovery } from "./discovery.ts";
import { identity } from "./identity.ts";
import { limits } from "./limits.ts";
import { presence } from "./presence.ts";
import { robust } from "./robust.ts";
import { time } from "./time.ts";
import { values } from "./values.ts";

/** Every rule that needs no broker. Those that only gather what the others came across are judged last. */
export const rules: readonly Rule[] = [
  ...[discovery, identity, values, time, presence, commands, robust, limits].flat(),
];

import { commands } from "./commands.ts";
import { discovery } from "./discovery.ts";
import { identity } from "./identity.ts";
import type { Mutant } from "./mutant.ts";
import { presence } from "./presence.ts";
import { robust } from "./robust.ts";
import { time } from "./time.ts";
import { values } from "./values.ts";

export const mutants: readonly Mutant[] = [discovery, identity, values, time, presence, commands, robust].flat();

import { capabilities } from "../model/capabilities/index.ts";
import type { Command } from "../model/command.ts";

/** What a try is known by. A duration or a moment that is worked out anew each time does not make it another one. */
export function gistOf(command: Command): string {
  const { target, capability, command: name } = command;
  const anew = capabilities[capability]?.commands[name]?.refuses !== undefined;
  return `${target.node}/${target.endpoint}/${capability}.${name} ${anew ? "" : argsOf(command)}`;
}

/** A command's arguments as text; most commands have none. */
export function argsOf({ args }: Command): string {
  for (const _ in args) return JSON.stringify(args);
  return "{}";
}

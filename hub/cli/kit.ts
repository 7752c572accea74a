import type { Command } from "commander";
import { addKitCheck } from "./kit/check.ts";
import { addKitNew } from "./kit/new.ts";

/** `inglenook kit …`: for makers of devices. */
export function addKit(program: Command): void {
  const kit = program.command("kit").description("for makers of devices: write an adapter, and prove it");
  addKitNew(kit);
  addKitCheck(kit);
}

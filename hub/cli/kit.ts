import type { Command } from "commander";
import { addKitCheck } from "./kit/check.ts";
import { addKitLive } from "./kit/live.ts";
import { addKitNew } from "./kit/new.ts";
import { addKitRecord } from "./kit/record.ts";
import { addKitReplay } from "./kit/replay.ts";
import { addKitTwin } from "./kit/twin.ts";

/** `inglenook kit …`: for makers of devices. */
export function addKit(program: Command): void {
  const kit = program.command("kit").description("for makers of devices: write an adapter, and prove it");
  addKitNew(kit);
  addKitCheck(kit);
  addKitRecord(kit);
  addKitReplay(kit);
  addKitTwin(kit);
  addKitLive(kit);
}

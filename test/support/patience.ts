/** Vitest can be told how long `expect.poll` waits, but not `vi.waitFor`. */
import { vi } from "vitest";
import { PATIENCE_MS } from "./patience-ms.ts";

const { waitFor } = vi;
vi.waitFor = (check, options) => waitFor(check, options ?? PATIENCE_MS);

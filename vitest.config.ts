import { defineConfig } from "vitest/config";
import { PATIENCE_MS } from "./test/support/patience-ms.ts";

/** Rooms without processes, sockets or a state of their modules: their files share what they import, a third of their time. */
const pure = ["commands", "energy", "model", "planner", "rules", "scenarios", "solver", "step", "twin"].map(
  (room) => `test/${room}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: "pure", include: pure, isolate: false } },
      { extends: true, test: { name: "parts", include: ["test/**/*.test.ts"], exclude: pure } },
    ],
    setupFiles: ["test/support/patience.ts"],
    // Limits are for what hangs, not for a slow machine.
    testTimeout: 90_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: PATIENCE_MS } },
    // Real processes and sockets on two cores: more workers only make each other late.
    maxWorkers: 2,
    // Of those that wait for a real broker; more would only make each other late.
    maxConcurrency: 2,
    // Real sockets on a noisy machine may be late once; what fails twice is broken.
    retry: process.env.CI ? 1 : 0,
    reporters: ["default"],
  },
});

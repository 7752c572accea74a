import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Real processes and sockets on two cores: more workers only make each other late.
    maxWorkers: 2,
    reporters: ["default"],
  },
});

import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { PATIENCE_MS } from "./test/support/patience-ms.ts";

/** Those that take minutes begin first: one that begins last would be waited for alone. */
const LONGEST = [
  "energy-manager",
  "closed-loop",
  "controller-survives",
  "makers",
  "kinds",
  "bridge-store",
  "updates",
  "trial",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.long.ts`));
      return found < 0 ? LONGEST.length : found;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

/** The longer checks of .ci/run: real models, whole journeys, many restarts. */
export default defineConfig({
  test: {
    include: ["test/**/*.long.ts"],
    testTimeout: 1_200_000,
    hookTimeout: 1_200_000,
    setupFiles: ["test/support/patience.ts"],
    expect: { poll: { timeout: PATIENCE_MS } },
    // Most of them wait for simulated time; three side by side fit two cores.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // Real sockets on a noisy machine may be late once; what fails twice is broken.
    retry: process.env.CI ? 1 : 0,
    reporters: ["default"],
  },
});

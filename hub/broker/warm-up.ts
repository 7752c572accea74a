import { Duplex } from "node:stream";
import type { Aedes } from "aedes";

/**
 * Lets a client come and go that is none. What aedes prepares for its first client (all 65,536 packet ids as bytes) holds
 * the loop for a tenth of a second; here nobody waits for it.
 */
export function warmUp(aedes: Aedes): Promise<void> {
  return new Promise((resolve) => {
    const nobody = new Duplex({
      read() {},
      write(_chunk, _encoding, done) {
        done();
        // The answer: CONNACK.
        nobody.destroy();
      },
    });
    nobody.once("close", resolve);
    nobody.on("error", () => {});
    aedes.handle(nobody);
    // CONNECT of a clean session without an id (MQTT 3.1.1, section 3.1).
    nobody.push(Buffer.from([0x10, 12, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 2, 0, 0, 0, 0]));
  });
}

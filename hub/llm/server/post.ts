/** One bounded request to a server of the home. */
import { request as http } from "node:http";
import { request as https } from "node:https";
import { isIP } from "node:net";
import { homeLookup } from "./address.ts";

/** An answer is a few hundred words; more is not read. */
const MAX_BYTES = 512 * 1024;

export interface Post {
  readonly url: string;
  readonly key: string | undefined;
  readonly body: object;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

export type Posted =
  | { readonly ok: true; readonly status: number; readonly body: unknown }
  /** `reached`: somebody answered, though of no use. */
  | { readonly ok: false; readonly reached: boolean; readonly reason: string };

/** Posts JSON and reads JSON. Never rejects; follows no redirect; the key goes nowhere but to the server itself. */
export function post({ url, key, body, timeoutMs, signal }: Post): Promise<Posted> {
  const target = new URL(url);
  const text = JSON.stringify(body);
  const limit = AbortSignal.timeout(Math.max(1, Math.round(timeoutMs)));
  const stop = signal ? AbortSignal.any([signal, limit]) : limit;
  return new Promise((resolve) => {
    const fail = (reason: string, reached = false): void => resolve({ ok: false, reached, reason });
    const sent = (target.protocol === "https:" ? https : http)(target, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(text),
        ...(key && { authorization: `Bearer ${key}` }),
      },
      signal: stop,
      // A plain address is never looked up; it was checked when it was set.
      ...(!isIP(target.hostname.replace(/^\[|\]$/g, "")) && { lookup: homeLookup }),
    });
    sent.on("error", (error) => {
      if (signal?.aborted) return fail("it was stopped", true);
      if (limit.aborted) return fail(`it took longer than ${Math.round(timeoutMs / 1000)} s`, true);
      fail(`the server cannot be reached (${wordsOf(error)})`);
    });
    sent.on("response", (response) => {
      const status = response.statusCode ?? 0;
      let read = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        read += chunk;
        if (read.length <= MAX_BYTES) return;
        fail(`the server's answer has more than ${MAX_BYTES / 1024} kB`, true);
        sent.destroy();
      });
      response.on("error", () => fail("the server's answer broke off", true));
      response.on("end", () => {
        try {
          resolve({ ok: true, status, body: read === "" ? undefined : JSON.parse(read) });
        } catch {
          fail(`the server answered ${status} with something that is no JSON`, true);
        }
      });
    });
    sent.end(text);
  });
}

const wordsOf = (error: Error): string => ("code" in error && error.code ? String(error.code) : error.message);

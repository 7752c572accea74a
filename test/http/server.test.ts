import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HttpError, serve } from "../../hub/http/server.ts";
import { house } from "./support/house.ts";

const root = mkdtempSync(join(tmpdir(), "inglenook-http-"));
const dashboardDir = join(root, "dashboard");
beforeAll(() => {
  mkdirSync(join(dashboardDir, "assets"), { recursive: true });
  writeFileSync(join(root, "secret.txt"), "SECRET");
  writeFileSync(join(dashboardDir, ".env"), "SECRET");
  writeFileSync(join(dashboardDir, "index.html"), "<!doctype html><title>Home</title>");
  writeFileSync(join(dashboardDir, "assets", "app-1a2b3c.js"), "export {};");
  writeFileSync(join(dashboardDir, "assets", "app-1a2b3c.js.gz"), gzipSync("export {};"));
  symlinkSync(join(root, "secret.txt"), join(dashboardDir, "link.txt"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("the dashboard's files", () => {
  test("the page is asked for each time, hashed files never again", async () => {
    const { ask } = house({ dashboardDir });
    const page = await ask("GET", "/");
    expect([page.status, page.headers.get("cache-control"), page.headers.get("content-type")]).toEqual([
      ...[200, "no-cache", "text/html; charset=utf-8"],
    ]);
    expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    const etag = page.headers.get("etag") ?? "";
    expect((await ask("GET", "/", { headers: { "if-none-match": etag } })).status).toBe(304);
    const script = await ask("GET", "/assets/app-1a2b3c.js");
    expect(script.headers.get("cache-control")).toContain("immutable");
    expect(script.headers.get("content-encoding")).toBeNull();
  });

  test("a form made at build time is sent to who takes it", async () => {
    const { ask } = house({ dashboardDir });
    const get = (accept: string) => ask("GET", "/assets/app-1a2b3c.js", { headers: { "accept-encoding": accept } });
    const zipped = await get("gzip, deflate, br");
    expect([zipped.headers.get("content-encoding"), zipped.headers.get("vary")]).toEqual(["gzip", "accept-encoding"]);
    expect(zipped.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect((await get("gzip;q=0")).headers.get("content-encoding")).toBeNull();
  });

  test("no spelling of a path reaches a file outside", async () => {
    const server = await serve(house({ dashboardDir }).app, { host: "127.0.0.1", port: 0 });
    const ups = [
      "../",
      "..%2f",
      "%2e%2e/",
      "%2e%2e%2f",
      "..%252f",
      "..\\",
      "..%5c",
      "....//",
      "..;/",
      ".%00./",
      "%c0%ae%c0%ae/",
    ];
    const starts = ["/", "/assets/", "//", "/assets/..%2f..%2f", "/./", "/%2f"];
    const ends = ["secret.txt", "secret.txt%00.js", "dashboard/../secret.txt", "etc/passwd", "secret.txt?x=.js"];
    const paths = starts.flatMap((s) => ups.flatMap((u) => ends.map((e) => s + u + e)));
    paths.push(
      "/.env",
      "/link.txt",
      "/%2eenv",
      "/index.html/../.env",
      `http://127.0.0.1/../secret.txt`,
      "/assets",
      "/assets/",
    );
    for (const path of paths) {
      const answer = await raw(server.port, `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
      expect([path, /^HTTP\/1\.1 (400|404|421) /.test(answer), answer.includes("SECRET")]).toEqual([path, true, false]);
    }
    expect(paths.length).toBeGreaterThan(200);
    await server.close();
  });
});

/** Sends bytes as they are and returns all that comes back. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.setEncoding("utf8").on("data", (chunk) => {
      answer += chunk;
    });
    socket.once("close", () => resolve(answer)).once("error", reject);
  });
}

describe("the server", () => {
  test("a port that is taken is an error with a fix", async () => {
    const { app } = house();
    const first = await serve(app, { host: "127.0.0.1", port: 0 });
    const second = serve(app, { host: "127.0.0.1", port: first.port });
    await expect(second).rejects.toThrow(HttpError);
    await expect(second).rejects.toMatchObject({ code: "port-taken", fix: expect.stringContaining("--port") });
    await first.close();
  });

  test("a request without a body, and one whose small body comes in pieces, are answered", async () => {
    const made = house();
    const cookie = await made.signedIn();
    const server = await serve(made.app, { host: "127.0.0.1", port: 0 });
    const head = `HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\nConnection: close\r\n`;
    const removed = await raw(server.port, `DELETE /api/nodes/mqtt-lamp ${head}\r\n`);
    expect(removed).toMatch(/^HTTP\/1\.1 200 /);
    const text = '{"text":"spend least"}';
    const pieces = `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;
    const wished = await raw(
      server.port,
      `POST /api/goals ${head}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${pieces}`,
    );
    expect(wished).toMatch(/^HTTP\/1\.1 202 /);
    expect(wished).toContain("spend least");
    await server.close();
  });

  test("a body that is too large is refused, announced or in pieces, before anything is done with it", async () => {
    const made = house();
    const cookie = await made.signedIn();
    const server = await serve(made.app, { host: "127.0.0.1", port: 0 });
    const head = `POST /api/goals HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\nContent-Type: application/json\r\nConnection: close\r\n`;
    const announced = await raw(server.port, `${head}Content-Length: 100000000\r\n\r\n{`);
    expect(announced).toMatch(/^HTTP\/1\.1 413 /);
    const chunk = `${(70_000).toString(16)}\r\n${" ".repeat(70_000)}\r\n0\r\n\r\n`;
    expect(await raw(server.port, `${head}Transfer-Encoding: chunked\r\n\r\n${chunk}`)).toMatch(/^HTTP\/1\.1 413 /);
    const both = await raw(server.port, `${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`);
    expect(both).toMatch(/^HTTP\/1\.1 400 /);
    await server.close();
  });

  test("300 connections that send drop by drop do not hold up a person, and are cut", async () => {
    const made = house();
    const server = await serve(made.app, { host: "127.0.0.1", port: 0 });
    const drips = Array.from({ length: 300 }, () => raw(server.port, "GET /api/health HTTP/1.1\r\nHost: local"));
    const times: number[] = [];
    for (let i = 0; i < 20; i++) {
      const start = performance.now();
      await raw(server.port, "GET /api/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      times.push(performance.now() - start);
    }
    expect(times.sort((a, b) => a - b)[10]).toBeLessThan(300);
    const answers = await Promise.all(drips);
    expect(answers.every((a) => a.startsWith("HTTP/1.1 408 "))).toBe(true);
    await server.close();
  }, 180_000);

  test("closes though streams are open", async () => {
    const made = house();
    const cookie = await made.signedIn();
    const server = await serve(made.app, { host: "127.0.0.1", port: 0 });
    const stream = raw(server.port, `GET /api/stream HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\n\r\n`);
    while (made.hub.listeners.size === 0) await new Promise((resolve) => setImmediate(resolve));
    const start = performance.now();
    await server.close();
    expect(performance.now() - start).toBeLessThan(1_500);
    expect(await stream).toContain("event: bye");
    expect(made.hub.listeners.size).toBe(0);
  });
});

describe("the document's page", () => {
  test("needs no script and no foreign host, and names every path", async () => {
    const { ask, signedIn } = house();
    const cookie = await signedIn();
    const html = await (await ask("GET", "/api/docs", { cookie })).text();
    const document = (await (await ask("GET", "/api/openapi.json", { cookie })).json()) as { paths: object };
    for (const path of Object.keys(document.paths)) expect(html).toContain(`<code>${path}</code>`);
    expect(html).not.toMatch(/<script|style=|https?:\/\//i);
    expect((await ask("GET", "/api/docs.css", { cookie })).headers.get("content-type")).toContain("text/css");
  });

  test("every reference in the document leads to a schema", async () => {
    const { ask, signedIn } = house();
    const text = await (await ask("GET", "/api/openapi.json", { cookie: await signedIn() })).text();
    const document = JSON.parse(text) as { components: Record<string, Record<string, object>> };
    const refs = [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)];
    expect(refs.length).toBeGreaterThan(50);
    for (const [ref, kind = "", name = ""] of refs)
      expect([ref, typeof document.components[kind]?.[name]]).toEqual([ref, "object"]);
  });
});

import { describe, expect, test } from "vitest";
import type { ProblemDetails } from "../../hub/http/schemas.ts";
import { house } from "./support/house.ts";

const OPEN = ["DELETE /api/session", "GET /api/health", "GET /api/session", "POST /api/accounts", "POST /api/session"];

interface Documented {
  readonly paths: Record<
    string,
    Record<string, { security?: object[]; responses: Record<string, { content?: object }> }>
  >;
}

/** Every route of the router itself, with made-up ids. */
function allRoutes(app: ReturnType<typeof house>["app"]): { method: string; path: string; pattern: string }[] {
  const found = app.routes.filter((r) => r.method !== "ALL" && r.path.startsWith("/api"));
  const unique = new Map(found.map((r) => [`${r.method} ${r.path}`, r]));
  return [...unique.values()].map((r) => ({
    method: r.method,
    path: r.path.replaceAll(/:\w+/g, "mqtt-lamp"),
    pattern: r.path,
  }));
}

describe("the door", () => {
  test("every route but health and sign-in is shut without a cookie and with a wrong one", async () => {
    const { app, ask, signedIn } = house();
    await signedIn();
    const open: string[] = [];
    for (const { method, path } of allRoutes(app))
      for (const cookie of [undefined, "inglenook=", "inglenook=guess", `inglenook=${"A".repeat(43)}`, "other=1"]) {
        const { status } = await ask(method, path, { cookie, ...(method === "GET" ? {} : { body: {} }) });
        if (status !== 401) open.push(`${method} ${path}`);
      }
    expect(new Set(open)).toEqual(new Set(OPEN.filter((r) => r !== "GET /api/session")));
    expect(allRoutes(app).length).toBeGreaterThan(35);
  });

  test("no spelling of a path gets around it", async () => {
    const { ask, signedIn } = house();
    await signedIn();
    const spellings = [
      "/%61pi/nodes",
      "/api/%6eodes",
      "/api//nodes",
      "//api/nodes",
      "/api/./nodes",
      "/api/health/../nodes",
    ];
    spellings.push(
      "/api/health/%2e%2e/nodes",
      "/api/health%2f..%2fnodes",
      "/API/nodes",
      "/api/nodes/",
      "/api/nodes;x=1",
    );
    spellings.push(
      "/api/health/..;/nodes",
      "/api\\nodes",
      "/api/nodes%00",
      "/api/nodes?x=/api/health",
      "/api/nodes#/api/health",
    );
    spellings.push(
      "/api/%256eodes",
      "/api/session/../nodes",
      "/./api/nodes",
      "/x/../api/nodes",
      "/api/nodes%20",
      "/api/nodes.json",
    );
    for (const path of spellings) {
      const answer = await ask("GET", path);
      expect([path, [401, 404].includes(answer.status)]).toEqual([path, true]);
      expect(await answer.text()).not.toContain("mqtt-lamp");
    }
  });

  test("the document knows each route, which ones are open, and a schema for every answer", async () => {
    const { app, ask, signedIn } = house();
    const answer = await ask("GET", "/api/openapi.json", { cookie: await signedIn() });
    const { paths } = (await answer.json()) as Documented;
    const operations = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
    );
    const routed = allRoutes(app).map((r) => `${r.method} ${r.pattern.replaceAll(/:(\w+)/g, "{$1}")}`);
    expect(operations.map((o) => o.name).sort()).toEqual(routed.sort());
    expect(
      operations
        .filter((o) => o.operation.security?.length === 0)
        .map((o) => o.name)
        .sort(),
    ).toEqual(OPEN);
    for (const { name, operation } of operations) {
      expect([name, Object.keys(operation.responses).includes("default")]).toEqual([name, true]);
      for (const [status, response] of Object.entries(operation.responses))
        if (status !== "default") expect([name, Object.keys(response.content ?? {}).length]).toEqual([name, 1]);
    }
  });
});

describe("foreign pages", () => {
  const write = { method: "PATCH", path: "/api/rules/rule-1", body: { enabled: false } };

  test.each([
    [{ origin: "http://evil.example" }],
    [{ origin: "null" }],
    [{ origin: "http://localhost:8123" }],
    [{ origin: "http://localhost.evil.example" }],
    [{ "sec-fetch-site": "cross-site" }],
    [{ "sec-fetch-site": "same-site", origin: "http://localhost" }],
  ])("may change nothing, cookie or not: %j", async (headers) => {
    const { ask, signedIn } = house();
    const cookie = await signedIn();
    const answer = await ask(write.method, write.path, {
      body: write.body,
      cookie,
      headers: { host: "localhost", ...headers },
    });
    expect([answer.status, ((await answer.json()) as ProblemDetails).code]).toEqual([403, "cross-site"]);
    const signOut = await ask("DELETE", "/api/session", { cookie, headers: { host: "localhost", ...headers } });
    expect(signOut.status).toBe(403);
  });

  test("the dashboard itself and programs may", async () => {
    const { ask, signedIn } = house();
    const cookie = await signedIn();
    for (const headers of [
      {},
      { "sec-fetch-site": "same-origin", origin: "http://pi.local:8080", host: "pi.local:8080" },
    ])
      expect((await ask(write.method, write.path, { body: write.body, cookie, headers })).status).toBe(200);
  });

  test("a form's body is refused, and so is one that names no type", async () => {
    const { ask, signedIn } = house();
    const cookie = await signedIn();
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "application/jsonp",
    ]) {
      const answer = await ask(write.method, write.path, {
        body: write.body,
        cookie,
        headers: { "content-type": type },
      });
      expect([type, answer.status]).toEqual([type, 415]);
    }
  });
});

describe("host names", () => {
  test.each([
    "localhost:1234",
    "127.0.0.1:80",
    "[::1]:8080",
    "[fe80::1]",
    "192.168.1.7",
    "inglenook.local",
    "INGLENOOK.local:8080",
    "hub.example",
  ])("answers as %s", async (host) => {
    const { ask } = house({ hostNames: ["hub.example"] });
    expect((await ask("GET", "/api/health", { headers: { host } })).status).toBe(200);
  });

  test.each([
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "local",
    "x.local.evil.example",
    "hub.example@evil",
    "",
    "a b",
  ])("does not answer as %j", async (host) => {
    const { ask } = house({ hostNames: ["hub.example"] });
    const answer = await ask("GET", "/api/health", { headers: { host } });
    expect([answer.status, ((await answer.json()) as ProblemDetails).code]).toEqual([421, "foreign-host"]);
  });

  test("a foreign name in the request's target counts as well", async () => {
    const { app } = house();
    expect((await app.request("http://evil.example/api/health", { headers: { host: "localhost" } })).status).toBe(421);
  });
});

describe("problems", () => {
  const shape = async (answer: Response, status: number, code: string): Promise<ProblemDetails> => {
    const body = (await answer.json()) as ProblemDetails;
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect({ ...body, detail: "" }).toMatchObject({ type: "about:blank", status, code });
    expect(body.title).not.toBe("Error");
    return body;
  };

  test("are RFC 9457 for every kind of mistake", async () => {
    const { ask, signedIn } = house();
    const cookie = await signedIn();
    await shape(await ask("GET", "/api/nowhere", { cookie }), 404, "not-found");
    await shape(await ask("GET", "/api/nodes/none", { cookie }), 404, "not-found");
    const wrongMethod = await ask("PUT", "/api/nodes", { cookie, body: {} });
    expect(wrongMethod.headers.get("allow")).toContain("GET");
    await shape(wrongMethod, 405, "method-not-allowed");
    await shape(await ask("POST", "/api/goals", { cookie, body: "{" }), 400, "bad-request");
    await shape(await ask("POST", "/api/goals", { cookie, body: { text: "x".repeat(70_000) } }), 413, "too-large");
    const missing = await shape(await ask("POST", "/api/goals", { cookie, body: {} }), 400, "bad-input");
    expect(missing.errors).toEqual([{ field: "text", message: "is missing" }]);
    await shape(await ask("GET", "/nothing-here"), 404, "not-found");
  });

  test("a failure of the hub itself tells nothing of its inside", async () => {
    const { ask, signedIn, hub } = house();
    const cookie = await signedIn();
    hub.energyNow = () => {
      throw new Error("secret path /root/x");
    };
    const answer = await ask("GET", "/api/energy", { cookie });
    expect(JSON.stringify(await shape(answer, 500, "hub-failed"))).not.toContain("secret");
  });
});

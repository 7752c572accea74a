import { type Dirent, readdirSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { Ctx } from "./context.ts";
import { notFound } from "./problem.ts";

const MAX_FILES = 2_000;
const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
};

interface StaticFile {
  readonly path: string;
  readonly type: string;
  readonly etag: string;
  readonly immutable: boolean;
  /** Forms made at build time, best first. */
  readonly encodings: readonly ("br" | "gzip")[];
}

/**
 * Serves the built dashboard. The folder is listed once and a request only looks its path up in that list, so no
 * spelling of a path can reach a file outside. Names with a hash (assets/) never change; the rest is asked for each time.
 */
export function staticFiles(dir: string | undefined): (c: Ctx) => Response | Promise<Response> {
  const files = dir === undefined ? new Map<string, StaticFile>() : list(dir);
  return (c) => {
    if (c.req.method !== "GET" && c.req.method !== "HEAD") return notFound(c, "There is nothing here.");
    const file = files.get(c.req.path === "/" ? "/index.html" : c.req.path);
    if (file) return send(c, file);
    return notFound(c, files.size === 0 ? "The dashboard is not built: run npm run build." : "There is nothing here.");
  };
}

function list(dir: string): Map<string, StaticFile> {
  const found = new Map<string, string>();
  const walk = (at: string, url: string): void => {
    for (const entry of entriesOf(at)) {
      if (found.size >= MAX_FILES) return;
      if (entry.isDirectory()) walk(join(at, entry.name), `${url}${entry.name}/`);
      else if (entry.isFile() && !entry.name.startsWith(".")) found.set(`${url}${entry.name}`, join(at, entry.name));
    }
  };
  walk(dir, "/");
  const files = new Map<string, StaticFile>();
  for (const [url, path] of found) {
    const { size, mtimeMs } = statSync(path);
    files.set(url, {
      path,
      type: types[extname(path)] ?? "application/octet-stream",
      etag: `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`,
      immutable: url.startsWith("/assets/"),
      encodings: [
        ...(found.has(`${url}.br`) ? ["br" as const] : []),
        ...(found.has(`${url}.gz`) ? ["gzip" as const] : []),
      ],
    });
  }
  return files;
}

function entriesOf(dir: string): Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch {
    return [];
  }
}

async function send(c: Ctx, file: StaticFile): Promise<Response> {
  const accepted = (c.req.header("accept-encoding") ?? "")
    .split(",")
    .map((e) => e.trim().replace(/;q=(?!0(\.0*)?$).*$/, ""));
  const encoding = file.encodings.find((e) => accepted.includes(e));
  const etag = encoding ? file.etag.replace(/"$/, `-${encoding}"`) : file.etag;
  const headers: Record<string, string> = {
    "content-type": file.type,
    "cache-control": file.immutable ? "public, max-age=31536000, immutable" : "no-cache",
    etag,
  };
  if (file.encodings.length > 0) headers.vary = "accept-encoding";
  if (c.req.header("if-none-match") === etag) return c.body(null, 304, headers);
  const suffix = encoding === "br" ? ".br" : encoding === "gzip" ? ".gz" : "";
  try {
    const bytes = await readFile(file.path + suffix);
    return c.body(new Uint8Array(bytes), 200, encoding ? { ...headers, "content-encoding": encoding } : headers);
  } catch {
    return notFound(c, "The dashboard was built anew: restart the hub.");
  }
}

import { createHash, randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { CatalogueModel } from "../../hub/llm/catalogue/model.ts";

/** Bytes that begin as a GGUF file does. */
export const modelBytes = (size: number): Buffer => Buffer.concat([Buffer.from("GGUF"), randomBytes(size - 4)]);

/** A catalogue entry for some bytes. */
export const modelOf = (bytes: Buffer, more: Partial<CatalogueModel>): CatalogueModel => ({
  id: "test-model",
  name: "Test",
  licence: "none",
  sizeBytes: bytes.length,
  sha256: createHash("sha256").update(bytes).digest("hex"),
  hashFrom: "the test",
  form: "file",
  purpose: "testing",
  ...more,
});

export interface ModelServer {
  readonly url: string;
  /** First byte asked for, per request. */
  readonly starts: number[];
  /** Bytes sent so far. */
  sent(): number;
  close(): Promise<void>;
}

/** Serves bytes with ranges on loopback. `cutAfter`: each answer breaks off after so many bytes; `pieceMs`: waits between 64 KiB. */
export async function serveModel(
  bytes: Buffer,
  how: { cutAfter?: number; pieceMs?: number; status?: number } = {},
): Promise<ModelServer> {
  const starts: number[] = [];
  let sent = 0;
  const server: Server = createServer((request, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    starts.push(start);
    if (how.status) return void response.writeHead(how.status).end();
    const rest = bytes.subarray(start);
    const range = { "content-range": `bytes ${start}-${bytes.length - 1}/${bytes.length}` };
    response.writeHead(start > 0 ? 206 : 200, { "content-length": rest.length, ...(start > 0 && range) });
    let at = 0;
    const next = (): void => {
      if (response.destroyed) return;
      if (how.cutAfter !== undefined && at >= how.cutAfter) return void response.destroy();
      const piece = rest.subarray(at, at + 65_536);
      if (piece.length === 0) return void response.end();
      at += piece.length;
      sent += piece.length;
      response.write(piece, () => (how.pieceMs ? setTimeout(next, how.pieceMs) : setImmediate(next)));
    };
    next();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/model.gguf`,
    starts,
    sent: () => sent,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

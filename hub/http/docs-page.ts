import type { openApiDocument } from "./openapi.ts";

type Document = ReturnType<typeof openApiDocument>;
/** A JSON schema as the document has it; only what the page shows. */
interface Shape {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Shape | boolean;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly description?: string;
}
interface Operation {
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema?: Shape }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { schema?: Shape }>> };
  readonly responses?: Readonly<
    Record<string, { description?: string; content?: Readonly<Record<string, { schema?: Shape }>> }>
  >;
}

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

/** The API as one page of plain HTML, without a script: by tag, each operation with what goes in and what comes out. */
export function docsPage(document: Document): string {
  const byTag = new Map<string, string[]>();
  for (const [path, item] of Object.entries(document.paths ?? {}))
    for (const method of METHODS) {
      const operation = item[method] as Operation | undefined;
      if (!operation) continue;
      const tag = operation.tags?.[0] ?? "Other";
      byTag.set(tag, [...(byTag.get(tag) ?? []), operationHtml(method, path, operation)]);
    }
  const sections = [...byTag].map(([tag, html]) => `<h2 id="${slug(tag)}">${esc(tag)}</h2>${html.join("")}`);
  const schemas = Object.entries((document.components?.schemas ?? {}) as Record<string, Shape>)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(
      ([name, shape]) =>
        `<details id="schema-${slug(name)}" open><summary>${esc(name)}</summary>${note(shape)}${fields(shape)}</details>`,
    );
  const nav = [...byTag.keys(), "Schemas"].map((tag) => `<a href="#${slug(tag)}">${esc(tag)}</a>`).join(" ");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${esc(document.info.title)} API</title><link rel="stylesheet" href="/api/docs.css"></head><body><main>
<h1>${esc(document.info.title)} API <small>${esc(document.info.version)}</small></h1><p>${esc(document.info.description ?? "")}</p>
<p>For programs: <a href="/api/openapi.json">openapi.json</a></p><nav>${nav}</nav>${sections.join("")}<h2 id="schemas">Schemas</h2>${schemas.join("")}</main></body></html>`;
}

function operationHtml(method: string, path: string, operation: Operation): string {
  const open = operation.security?.length === 0 ? " <em>without sign-in</em>" : "";
  const parameters = (operation.parameters ?? []).map(
    (p) =>
      `<li><code>${esc(p.name)}</code> in ${esc(p.in)}${p.required ? "" : ", optional"}: ${typeHtml(p.schema)} ${esc(p.schema?.description ?? "")}</li>`,
  );
  const bodies = Object.entries(operation.requestBody?.content ?? {}).map(
    ([type, { schema }]) => `<p>Body (${esc(type)}): ${typeHtml(schema)}</p>`,
  );
  const answers = Object.entries(operation.responses ?? {})
    .filter(([status]) => status !== "default")
    .flatMap(([status, { description, content }]) =>
      Object.entries(content ?? {}).map(
        ([type, { schema }]) =>
          `<p><b>${esc(status)}</b> ${esc(description ?? "")} (${esc(type)}): ${typeHtml(schema)}</p>`,
      ),
    );
  return `<section><h3><span class="${method}">${method.toUpperCase()}</span> <code>${esc(path)}</code>${open}</h3>
<p>${esc(operation.summary ?? "")}. ${esc(operation.description ?? "")}</p>${parameters.length ? `<ul>${parameters.join("")}</ul>` : ""}${bodies.join("")}${answers.join("")}</section>`;
}

function fields(shape: Shape): string {
  const variants = shape.anyOf ?? shape.oneOf;
  if (variants) return variants.map((v) => (v.properties ? fields(v) : `<p>${typeHtml(v)}</p>`)).join("<hr>");
  if (!shape.properties) return `<p>${typeHtml(shape)}</p>`;
  const rows = Object.entries(shape.properties).map(([name, field]) => {
    const optional = shape.required?.includes(name) ? "" : " <em>optional</em>";
    return `<li><code>${esc(name)}</code>${optional}: ${typeHtml(field)} ${esc(field.description ?? "")}</li>`;
  });
  return `<ul>${rows.join("")}</ul>`;
}

const note = (shape: Shape): string => (shape.description ? `<p>${esc(shape.description)}</p>` : "");

/** A type in one line; parts with fields of their own are shown in braces. */
function typeHtml(shape: Shape | undefined): string {
  if (!shape) return "anything";
  if (shape.$ref) {
    const name = shape.$ref.replace(/^.*\//, "");
    return `<a href="#schema-${slug(name)}">${esc(name)}</a>`;
  }
  if (shape.enum) return shape.enum.map((value) => `<code>${esc(JSON.stringify(value))}</code>`).join(" or ");
  const variants = shape.anyOf ?? shape.oneOf;
  if (variants) return variants.map(typeHtml).join(" or ");
  if (shape.items) return `list of ${typeHtml(shape.items)}`;
  if (shape.properties) {
    const inner = Object.entries(shape.properties).map(
      ([name, field]) => `<code>${esc(name)}</code>: ${typeHtml(field)}`,
    );
    return `{ ${inner.join(", ")} }`;
  }
  if (typeof shape.additionalProperties === "object") return `map of ${typeHtml(shape.additionalProperties)}`;
  return esc(typeof shape.type === "string" ? shape.type : (shape.type?.join(" or ") ?? "anything"));
}

const slug = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, "-");

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const esc = (text: string): string => text.replace(/[&<>"']/g, (c) => entities[c] ?? c);

export const docsStyle = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0}main{max-width:60rem;margin:auto;padding:1rem}
nav{display:flex;flex-wrap:wrap;gap:.75rem}section,details{border:1px solid #8886;border-radius:.5rem;padding:.5rem 1rem;margin:.75rem 0}
h3{margin:.25rem 0;font-size:1rem}h3 span{display:inline-block;min-width:4rem;font-weight:700}summary{font-weight:600;cursor:pointer}
code{font-family:ui-monospace,monospace;font-size:.9em}p,ul{margin:.25rem 0}small,em{opacity:.75;font-weight:400}:target{outline:2px solid}
`;

// Bundles the widget's client into widget/built: `make bundle`. What is committed there is what runs, without any node;
// tests/widget/client/bundle.test.js says whether it is what the sources make.
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export const BUILT = new URL("built/", import.meta.url);
const CLIENT = fileURLToPath(new URL("client/", import.meta.url));

/** Each file's name and bytes. */
export async function bundles() {
  const sdk = await bundle("page/sdk.js", { format: "esm" });
  const frame = await bundle("page/frame.js", { format: "esm" });
  const define = { SDK: JSON.stringify(address("sdk", sdk)), FRAME: JSON.stringify(address("frame", frame)) };
  return [
    ["sdk.js", sdk],
    ["frame.js", frame],
    // A classic script, which is how sites load it; it finds what it loads later under its hash.
    ["page.js", await bundle("loader.js", { format: "iife", define })],
    ["chat.js", await bundle("chat/main.js", { format: "esm" })],
    ["chat.css", await bundle("chat/chat.css", {})],
  ];
}

/** Where widget/built.py has it. */
const address = (name, bytes) => `built/${name}.${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}.js`;

async function bundle(entry, more) {
  const { outputFiles } = await build({
    ...more,
    entryPoints: [CLIENT + entry],
    target: "es2022",
    bundle: true,
    minify: true,
    charset: "utf8",
    write: false,
    logLevel: "warning",
  });
  return Buffer.from(outputFiles[0].contents);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await mkdir(BUILT, { recursive: true });
  for (const [name, bytes] of await bundles()) await writeFile(new URL(name, BUILT), bytes);
}

// Reads each file of a list with gray-matter, as users call it; see adapters.py for the protocol.
"use strict";
const fs = require("fs");
const matter = require("gray-matter");

function canonical(value) {
  if (value instanceof Date) return { $date: isNaN(value) ? "invalid" : value.toISOString().replace("T", " ") };
  if (Buffer.isBuffer(value) || value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("latin1") };
  if (typeof value === "number" && !Number.isFinite(value)) return { $number: String(value) };
  if (Array.isArray(value)) return value.map(canonical);
  if (value instanceof RegExp || typeof value === "function") return { [`$${typeof value}`]: String(value) };
  if (value && typeof value === "object") {
    const made = Object.create(null);
    for (const key of Object.keys(value)) made[key] = canonical(value[key]);
    return made;
  }
  return value === undefined ? null : value;
}

const ascii = (text) =>
  text.replace(/[^\x00-\x7e]/g, (one) => "\\u" + one.charCodeAt(0).toString(16).padStart(4, "0"));

const [listed, results] = process.argv.slice(2);
for (const path of fs.readFileSync(listed, "utf8").split("\n").filter(Boolean)) {
  let row;
  try {
    const read = matter.read(path);
    row = [path, [{ metadata: canonical(read.data), body: read.content.replace(/^[\r\n]+|[\r\n]+$/g, "") }], ""];
  } catch (error) {
    row = [path, null, error.name];
  }
  fs.appendFileSync(results, ascii(JSON.stringify(row)) + "\n");
}

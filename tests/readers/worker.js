// Reads each file of a list with one reader, as users call it; worker.py tells the protocol.
"use strict";
const fs = require("fs");

const READERS = {
  "gray-matter": async (path) => {
    const read = require("gray-matter").read(path);
    return [{ metadata: canonical(read.data), body: bare(read.content) }];
  },
  node: async (path) => records(fs.readFileSync(path, "utf8")),
  "node-zlib": async (path) =>
    records(require("zlib").gunzipSync(fs.readFileSync(path)).toString("utf8")),
  "front-matter": async (path) => {
    const read = require("front-matter")(fs.readFileSync(path, "utf8"));
    return [{ metadata: canonical(read.attributes), body: bare(read.body) }];
  },
  "vfile-matter": async (path) => {
    const at = (name) => import(`${process.env.NODE_PATH}/${name}/index.js`);
    const { VFile } = await at("vfile");
    const { matter } = await at("vfile-matter");
    const file = new VFile({ value: fs.readFileSync(path, "utf8") });
    matter(file, { strip: true });
    return [{ metadata: canonical(file.data.matter), body: bare(String(file)) }];
  },
  eleventy: async (path) => {
    const nested = `${process.env.NODE_PATH}/@11ty/eleventy/node_modules/gray-matter`;
    const read = require(nested)(fs.readFileSync(path, "utf8"), {});
    return [{ metadata: canonical(read.data), body: bare(read.content) }];
  },
  "mbox-reader": async (path) => {
    const mails = [];
    for await (const mail of require("mbox-reader").mboxReader(fs.createReadStream(path))) mails.push(text(mail.content));
    return mails;
  },
  "node-mbox": (path) =>
    new Promise((resolve, reject) => {
      const mails = [];
      const box = require("node-mbox").MboxStream(fs.createReadStream(path));
      box.on("data", (mail) => mails.push(text(mail)));
      box.on("error", reject);
      box.on("end", () => resolve(mails));
    }),
};

function records(lines) {
  return lines.split("\n").filter(Boolean).map((line) => canonical(JSON.parse(line)));
}

function bare(body) {
  return body.replace(/^[\r\n]+|[\r\n]+$/g, "");
}

function text(buffer) {
  return { mail: buffer.toString("latin1").replace(/[\r\n]+$/, "") };
}

function canonical(value) {
  if (value instanceof Date) return { $date: isNaN(value) ? "invalid" : value.toISOString().replace("T", " ") };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("latin1") };
  if (typeof value === "number" && !(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) return { $number: String(value) };
  if (Array.isArray(value)) return value.map(canonical);
  if (value instanceof RegExp || typeof value === "function") return { [`$${typeof value}`]: String(value) };
  if (value && typeof value === "object") {
    const made = Object.create(null); // a key may be __proto__
    for (const key of Object.keys(value)) made[key] = canonical(value[key]);
    return made;
  }
  return value === undefined ? null : value;
}

const ascii = (json) =>
  json.replace(/[^\x00-\x7e]/g, (one) => "\\u" + one.charCodeAt(0).toString(16).padStart(4, "0"));

async function main([name, listed, results]) {
  for (const path of fs.readFileSync(listed, "utf8").split("\n").filter(Boolean)) {
    let row;
    try {
      row = [path, await READERS[name](path), ""];
    } catch (error) {
      row = [path, null, error.name];
    }
    fs.appendFileSync(results, ascii(JSON.stringify(row)) + "\n");
  }
}

main(process.argv.slice(2));

// Plays Fluent Bit for hrgloss.wasm; fluent_bit.sh runs it in Node, with its WASI. The module comes first, then what is wanted:
//   records             runs the table below, and speaks TAP
//   lines FUNCTION      hands over each line of standard input, and writes what comes back
//   grow                100,000 records; says by how many bytes the memory has grown over the last 80,000
import { readFileSync, writeSync } from "node:fs";
import { WASI } from "node:wasi";

const [, , path, wanted, name] = process.argv;
const wasi = new WASI({ version: "preview1" });
const module = await WebAssembly.compile(readFileSync(path));
const functions = WebAssembly.Module.exports(module).filter((e) => /^explain_/.test(e.name)).map((e) => e.name);

const instance = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: wasi.wasiImport });
wasi.initialize(instance);
const { memory, malloc, free } = instance.exports;

// The text goes into the module's own memory with a NUL after it, as flb_wasm.c does it, and is freed there.
function hand_over(bytes) {
  const at = malloc(bytes.length + 1);
  const there = new Uint8Array(memory.buffer, at, bytes.length + 1);
  there.set(bytes);
  there[bytes.length] = 0;
  return at;
}

const TAG = Buffer.from("app.web");

// What is copied of the answer before the texts are freed; null where Fluent Bit would drop the record.
function call(name, record) {
  const tag = hand_over(TAG);
  const text = hand_over(record);
  const at = instance.exports[name](tag, TAG.length, 1700000000, 250000000, text, record.length) >>> 0;
  const all = new Uint8Array(memory.buffer);
  const answer = at === 0 || all[at] === 0 ? null : Buffer.from(all.subarray(at, all.indexOf(0, at)));
  free(tag);
  free(text);
  return answer;
}

let bad = 0;
function check(name, ok, why) {
  console.log(`${ok ? "ok" : "not ok"} - wasm: ${name}${ok ? "" : `: ${String(why).slice(0, 400)}`}`);
  if (!ok) bad = 1;
}

const long = "stack=10. ".repeat(1000);
const meaning = "failed without a closer reason given by the component";
const gloss = ` [E_FAIL: ${meaning}]`;
const listed = (field, start) =>
  `,"hrgloss":[{"code":"0x80004005","space":"hresult","name":"E_FAIL","meaning":"${meaning}",` +
  `"field":"${field}","start":${start},"end":${start + 10}}]}`;
const raw = (...parts) => Buffer.concat(parts.map((p) => (typeof p === "string" ? Buffer.from(p) : Buffer.from([p]))));

// name, record, what explain_member makes of it, and explain_inline; without these it stays as it came, and with null it is not
// told here
const cases = [
  ["a code", '{"log":"NTE 0x80004005"}', `{"log":"NTE 0x80004005"${listed("log", 4)}`, `{"log":"NTE 0x80004005${gloss}"}`],
  ["no code", '{"log":"request 80 took 5 ms","n":1.50,"null":null}'],
  ["an empty record", "{}"],
  ["a code in a map in an array", '{"a":[1,{"b":"0x80004005"}]}', `{"a":[1,{"b":"0x80004005"}]${listed("a.b", 0)}`,
    `{"a":[1,{"b":"0x80004005${gloss}"}]}`],
  ["a number that the name of its member makes a code", '{"HResult":-2147467259}',
    `{"HResult":-2147467259${listed("HResult", 0).replace('"end":10', '"end":11')}`],
  ["8 KB and more before the code", `{"log":"${long}0x80004005"}`, `{"log":"${long}0x80004005"${listed("log", long.length)}`,
    `{"log":"${long}0x80004005${gloss}"}`],
  ["8 KB and more without a code", `{"log":"${long}"}`],
  ["200 KB", `{"log":"${long.repeat(20)}0x80004005"}`,
    `{"log":"${long.repeat(20)}0x80004005"${listed("log", 20 * long.length)}`,
    `{"log":"${long.repeat(20)}0x80004005${gloss}"}`],
  ["1 MB, more than is looked at", `{"log":"${long.repeat(100)}0x80004005"}`],
  ["escapes", '{"log":"\\u0000\\t\\"0x80004005\\"\\n"}', `{"log":"\\u0000\\t\\"0x80004005\\"\\n"${listed("log", 3)}`,
    `{"log":"\\u0000\\t\\"0x80004005${gloss}\\"\\n"}`],
  ["UTF-8", '{"log":"não 🙂 0x80004005"}', `{"log":"não 🙂 0x80004005"${listed("log", 10)}`,
    `{"log":"não 🙂 0x80004005${gloss}"}`],
  ["broken UTF-8", raw('{"log":"', 255, 254, " ", 195, ' 0x80004005"}')],
  ["broken UTF-8 without a code", raw('{"log":"', 255, 254, " ", 195, ' x"}')],
  ["no JSON", "0x80004005 is no JSON"],
  ["half of a record", '{"log":"0x80004005'],
  ["no object", '["0x80004005"]', undefined, `["0x80004005${gloss}"]`],
  ["a key twice", '{"a":1,"a":2}'],
  ["numbers that no double holds", '{"n":123456789012345678901234567890,"log":"x"}'],
  ["30 levels deep", `${'{"a":'.repeat(30)}"0x80004005"${"}".repeat(30)}`, null,
    `${'{"a":'.repeat(30)}"0x80004005${gloss}"${"}".repeat(30)}`],
  ["100,000 brackets", "[".repeat(100000)],
  ["blanks only", "  "],
];

async function lines(each) {
  let rest = Buffer.alloc(0);
  for await (const chunk of process.stdin) {
    rest = Buffer.concat([rest, chunk]);
    let at = 0;
    for (let end; (end = rest.indexOf(10, at)) >= 0; at = end + 1) each(rest.subarray(at, end));
    rest = rest.subarray(at);
  }
}

if (wanted === "records") {
  for (const [name, given, member, inline] of cases) {
    const record = Buffer.from(given);
    for (const f of functions) {
      const answer = call(f, record);
      const expected = { explain_member: member, explain_inline: inline }[f];
      if (expected !== null && (f === "explain_member" || f === "explain_inline")) {
        const same = expected === undefined ? record : Buffer.from(expected);
        check(`${f}: ${name}${expected === undefined ? " stays" : ""}`, answer !== null && answer.equals(same), answer);
      } else {
        check(`${f}: ${name} is not dropped`, answer !== null && answer.length >= record.length, answer);
      }
    }
  }
  for (const f of functions) {
    check(`${f}: nothing becomes an empty record`, String(call(f, Buffer.alloc(0))) === "{}");
    // no memory was left to hand the record over
    const at = instance.exports[f](0, 7, 1, 2, 0, 100);
    check(`${f}: a record that could not be handed over becomes an empty one`,
      String.fromCharCode(...new Uint8Array(memory.buffer, at, 3)) === "{}\0");
    const once = call(f, Buffer.from('{"log":"0x80004005"}'));
    check(`${f}: a second time changes nothing`, call(f, once).equals(once), call(f, once));
  }
} else if (wanted === "lines") {
  const out = [];
  await lines((record) => out.push(call(name, record) ?? Buffer.from("dropped"), Buffer.from("\n")));
  const all = Buffer.concat(out);
  for (let at = 0; at < all.length; ) at += writeSync(1, all, at);
} else if (wanted === "grow") {
  let before = 0;
  for (let i = 0; i < 100000; i++) {
    if (i === 20000) before = memory.buffer.byteLength;
    const more = i % 1000 === 0 ? long : "";
    const code = (0xc0000000 + (i % 800)).toString(16);
    const record = Buffer.from(`{"log":"request ${i} failed, 0x8009030c, 0x${code} ${more}"}`);
    if (call("explain_member", record) === null) bad = 1;
  }
  console.log(bad ? "a record was dropped" : memory.buffer.byteLength - before);
}
process.exitCode = bad;

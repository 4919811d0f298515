// Recomputes the total of this evidence pack from nothing but the files beside it.
//
//   node recompute.mjs        in the folder that the pack was extracted into (Node 20 or newer, no packages, no network)
//
// It trusts no figure that it can work out: sizes and SHA-256 of all files, the statement's content hash, each amount as tokens
// times price, each statement line as the sum of its usage, the total, and the sum of focus.csv. Amounts are whole numbers of
// 1e-18 USD (BigInt), never floating point. It prints what it compared, names the first thing that differs, and ends with
// exit code 0 only if everything agrees.
import { createHash } from "node:crypto";
import { createReadStream, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));
const file = (name) => join(folder, name);

class Differs extends Error {}
const fail = (what) => {
  throw new Differs(what);
};
const equal = (what, found, expected) => {
  if (found !== expected) fail(`${what}: ${String(found)} was found, ${String(expected)} was expected`);
};

// ---- Amounts -------------------------------------------------------------------------------------------------------------

const decimals = 18;
/** "-1.5" → -1500000000000000000n */
function amount(text, where) {
  const match = /^(-?)(\d+)(?:\.(\d{1,18}))?$/.exec(text);
  if (!match) fail(`${where}: "${text}" is no plain amount`);
  const [, sign, whole, fraction = ""] = match;
  const units = BigInt(whole + fraction.padEnd(decimals, "0"));
  return sign === "-" ? -units : units;
}
function textOf(units) {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, "0");
  return `${units < 0n ? "-" : ""}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
/** Rounded half to even, as the ledger rounds each line of a call. */
function divide(numerator, denominator) {
  const isNegative = numerator < 0n;
  const positive = isNegative ? -numerator : numerator;
  let quotient = positive / denominator;
  const twice = (positive % denominator) * 2n;
  if (twice > denominator || (twice === denominator && quotient % 2n === 1n)) quotient += 1n;
  return isNegative ? -quotient : quotient;
}
const scale = 10n ** BigInt(decimals);
/** units × usd × factor ÷ per */
const cost = (units, { usd, factor, per }) => divide(units * usd * factor, per * scale);
/** To cents, once, half away from zero. */
function cents(units) {
  const unit = 10n ** 16n;
  const positive = units < 0n ? -units : units;
  const rounded = (positive + unit / 2n) / unit;
  const text = rounded.toString().padStart(3, "0");
  return `${units < 0n && rounded > 0n ? "-" : ""}${text.slice(0, -2)}.${text.slice(-2)}`;
}

// ---- Files ---------------------------------------------------------------------------------------------------------------

async function sha256(name) {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file(name))) hash.update(chunk);
  return hash.digest("hex");
}

/** The records of a CSV (RFC 4180), cell by cell, so that a month of any size fits into memory. */
async function* records(name) {
  let [cells, cell, isQuoted, isClosing] = [[], "", false, false];
  for await (const chunk of createReadStream(file(name), "utf8")) {
    for (const sign of chunk) {
      if (isQuoted && !isClosing) {
        if (sign === '"') isClosing = true;
        else cell += sign;
      } else if (sign === '"') {
        // A second quote within quotes is one; else quotes begin here.
        if (isClosing) cell += sign;
        [isQuoted, isClosing] = [true, false];
      } else if (sign === "," || sign === "\n") {
        cells.push(cell);
        if (sign === "\n") yield cells;
        if (sign === "\n") cells = [];
        [cell, isQuoted, isClosing] = ["", false, false];
      } else if (sign !== "\r") {
        cell += sign;
      }
    }
  }
  if (cells.length > 0 || cell !== "") fail(`${name}: its last row is not whole`);
}

/** What a spreadsheet would run has an apostrophe before it in the file (and one more, if it had one): away with it. */
const plain = (cell) => cell.replace(/^'(?='*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20])/, "");

/** The rows of a CSV by the names in its first one. */
async function* rows(name) {
  let [header, number] = [null, 0];
  for await (const cells of records(name)) {
    number += 1;
    const where = `${name} row ${number}`;
    if (header === null) header = cells;
    else if (cells.length !== header.length)
      fail(`${where}: it has ${cells.length} cells, not ${header.length}`);
    else yield { where, ...Object.fromEntries(header.map((key, at) => [key, plain(cells[at])])) };
  }
}

// ---- What is compared ----------------------------------------------------------------------------------------------------

const manifest = JSON.parse(readFileSync(file("manifest.json"), "utf8"));
// prettier-ignore
const buckets = ["freshInputTokens", "cacheReadTokens", "cacheWrite5mTokens", "cacheWrite1hTokens", "audioInputTokens",
  "visibleOutputTokens", "reasoningTokens", "audioOutputTokens", "toolUnits"];
// prettier-ignore
const headNames = ["month", "revision", "timeZone", "from", "to", "takenAt", "takenBy", "priceBook", "codeVersion", "calls", "costUsd",
  "correctionsUsd", "amountUsd", "unpricedCalls"];
const tagNames = ["kind", "ofMonth", "accountId", "team", "feature", "provider", "model"];
const lineNames = ["n", ...tagNames, "calls", ...buckets, "costUsd", "unpricedCalls"];
const lineKey = (row) => JSON.stringify(tagNames.map((name) => row[name]));
const told = [];
const say = (what, figure) => told.push([what, figure]);

/** Every file is the one that was handed out, none is missing, and none was added. */
async function checkFiles() {
  for (const { name, bytes, sha256: expected } of manifest.files) {
    const found = statSync(file(name), { throwIfNoEntry: false });
    if (!found) fail(`${name}: the file is missing`);
    equal(`${name}: its size in bytes`, found.size, bytes);
    equal(`${name}: its SHA-256`, await sha256(name), expected);
  }
  const known = new Set([...manifest.files.map(({ name }) => name), "manifest.json"]);
  const other = readdirSync(folder).find((name) => !known.has(name));
  if (other !== undefined) fail(`${other}: the manifest does not name this file`);
  say("Files whose size and SHA-256 agree", String(manifest.files.length));
}

/** The statement is the one that was frozen: head and lines have its content hash (README.txt says how it is made). */
async function checkStatement() {
  const { statement, tenantId } = JSON.parse(readFileSync(file("statement.json"), "utf8"));
  const hash = createHash("sha256");
  const add = (values) => hash.update(`${JSON.stringify(values.map(String))}\n`);
  add(["tokenledger statement", statement.shape, tenantId, ...headNames.map((name) => statement[name])]);
  const sums = { usage: 0n, late: 0n, price: 0n };
  const lines = new Map();
  let count = 0;
  for await (const row of rows("statement.csv")) {
    add(lineNames.map((name) => row[name]));
    if (!(row.kind in sums)) fail(`${row.where}: "${row.kind}" is no kind of line`);
    const usd = amount(row.costUsd, row.where);
    sums[row.kind] += usd;
    const key = lineKey(row);
    const line = lines.get(key) ?? { where: row.where, usd: 0n, calls: 0n, units: buckets.map(() => 0n) };
    line.usd += usd;
    line.calls += BigInt(row.calls);
    line.units = line.units.map((units, at) => units + BigInt(row[buckets[at]]));
    lines.set(key, line);
    count += 1;
  }
  equal("statement.csv: its lines", count, manifest.statement.lines);
  equal("statement.json and statement.csv: their content hash", hash.digest("hex"), statement.contentHash);
  equal("manifest.json: the statement's content hash", manifest.statement.contentHash, statement.contentHash);
  equal("statement.json: cost, as the sum of its lines", textOf(sums.usage), statement.costUsd);
  equal(
    "statement.json: corrections, as the sum of its lines",
    textOf(sums.late + sums.price),
    statement.correctionsUsd,
  );
  const total = sums.usage + sums.late + sums.price;
  equal("statement.json: amount, rounded once", cents(total), statement.amountUsd);
  equal("manifest.json: the total", manifest.totalUsd, statement.amountUsd);
  say("Lines of the statement, whose hash agrees", String(count));
  return { statement, lines, total };
}

/** The prices, by version, service and class of tokens; each list with the largest input first. */
async function readPrices() {
  const prices = new Map();
  let count = 0;
  for await (const row of rows("prices.csv")) {
    const key = JSON.stringify([row.priceId, row.service, row.bucket]);
    const price = {
      from: BigInt(row.inputFrom),
      usd: amount(row.usd, row.where),
      per: BigInt(row.per),
      factor: amount(row.factor, row.where),
    };
    prices.set(
      key,
      [...(prices.get(key) ?? []), price].sort((one, other) => (one.from < other.from ? 1 : -1)),
    );
    count += 1;
  }
  say("Prices", String(count));
  return prices;
}

const oddities = new Set(["rounding", "reported", "units", "share", "whole", "unknown"]);

/** Each row of usage is tokens times price (and what its row says is no such product), and rows sum to the statement's lines. */
async function checkUsage(prices, lines) {
  let [count, byRates, other] = [0, 0n, 0n];
  for await (const row of rows("usage.csv")) {
    count += 1;
    let usd = 0n;
    const add = (bucket, units) => {
      const price = (prices.get(JSON.stringify([row.priceId, row.service, bucket])) ?? []).find(
        ({ from }) => from <= BigInt(row.inputFrom),
      );
      if (price && units !== 0n) usd += cost(units, price);
    };
    if (row.priceId !== "") {
      for (const bucket of buckets) add(bucket, BigInt(row[bucket]));
      if (row.isShare !== "true") add("request", BigInt(row.calls));
    }
    const rest = amount(row.otherUsd, row.where);
    if (rest !== 0n && !oddities.has(row.otherIs))
      fail(`${row.where}: it does not say what ${textOf(rest)} USD are`);
    if (row.otherIs === "rounding" && (rest > 10n ** 9n || rest < -(10n ** 9n)))
      fail(`${row.where}: ${textOf(rest)} USD are no rounding`);
    equal(`${row.where}: tokens × price + other`, textOf(usd + rest), textOf(amount(row.costUsd, row.where)));
    byRates += usd;
    other += rest;
    const line = lines.get(lineKey(row));
    if (!line) fail(`${row.where}: it belongs to no line of the statement`);
    line.usd -= usd + rest;
    line.calls -= BigInt(row.calls);
    line.units = line.units.map((units, at) => units - BigInt(row[buckets[at]]));
  }
  say("Rows of usage, worked out anew", String(count));
  say("Tokens × price, USD", textOf(byRates));
  say("Amounts that are no such product, USD", textOf(other));
}

/** Corrections of prices: before and after each, and their sum for each line. */
async function checkCorrections(lines) {
  let [count, sum] = [0, 0n];
  for await (const row of rows("corrections.csv")) {
    count += 1;
    const [before, after, delta] = ["beforeUsd", "afterUsd", "deltaUsd"].map((name) =>
      amount(row[name], row.where),
    );
    equal(`${row.where}: after less before`, textOf(after - before), textOf(delta));
    const line = lines.get(lineKey({ ...row, kind: "price" }));
    if (!line) fail(`${row.where}: it belongs to no line of the statement`);
    line.usd -= delta;
    line.isCorrected = true;
    sum += delta;
  }
  say("Corrections of prices", String(count));
  say("What they come to, USD", textOf(sum));
}

/** Nothing of any line is left: all its money, calls and tokens are in the rows above. */
function checkLines(lines) {
  for (const { where, usd, calls, units, isCorrected } of lines.values()) {
    if (usd !== 0n) fail(`${where}: ${textOf(usd)} USD of it are in no row of usage.csv or corrections.csv`);
    const isUneven = isCorrected !== true && (calls !== 0n || units.some((left) => left !== 0n));
    if (isUneven) fail(`${where}: its calls or tokens are not those of usage.csv`);
  }
}

/** focus.csv: effective cost sums to the statement; of providers whose bill is in, billed cost sums to the bill. */
async function checkFocus(total) {
  let [effective, adjusted] = [0n, 0n];
  const billed = new Map();
  for await (const row of rows("focus.csv")) {
    const usd = amount(row.EffectiveCost, row.where);
    if (row.ChargeCategory === "Adjustment") adjusted += usd;
    else effective += usd;
    equal(`${row.where}: BilledCost`, row.BilledCost, row.EffectiveCost);
    if (row.InvoiceId !== "") billed.set(row.InvoiceId, (billed.get(row.InvoiceId) ?? 0n) + usd);
  }
  equal("focus.csv: the sum of EffectiveCost without adjustments", textOf(effective), textOf(total));
  for (const { invoiceId, billUsd } of manifest.focus.bills)
    equal(
      `focus.csv: BilledCost of ${invoiceId}`,
      textOf(billed.get(invoiceId) ?? 0n),
      textOf(amount(billUsd, "manifest.json")),
    );
  say("focus.csv without adjustments, USD", textOf(effective));
  if (adjusted !== 0n) say("Adjustments to providers' bills, USD", textOf(adjusted));
}

/** Invoices to customers: the lines of each sum to its total. */
function checkInvoices() {
  const invoices = JSON.parse(readFileSync(file("invoices.json"), "utf8"));
  for (const { number, state, lines, totalUsd } of invoices) {
    const sum = lines.reduce(
      (all, line) => all + amount(line.amountUsd, `invoices.json ${number ?? state}`),
      0n,
    );
    equal(
      `invoices.json ${number ?? "a draft"}: the sum of its lines`,
      textOf(sum),
      textOf(amount(totalUsd, "invoices.json")),
    );
  }
  say("Invoices whose lines sum to their total", String(invoices.length));
}

try {
  await checkFiles();
  const { statement, lines, total } = await checkStatement();
  const prices = await readPrices();
  await checkUsage(prices, lines);
  await checkCorrections(lines);
  checkLines(lines);
  await checkFocus(total);
  checkInvoices();
  console.log(
    `${manifest.tenant}, ${statement.month}, revision ${statement.revision}, content hash ${statement.contentHash}\n`,
  );
  for (const [what, figure] of told) console.log(`  ${what.padEnd(48)} ${figure.padStart(32)}`);
  console.log(`\nExact: ${textOf(total)} USD`);
  console.log(`Total: ${cents(total)} USD\n\nEverything agrees.`);
} catch (error) {
  if (!(error instanceof Differs)) console.error("This pack cannot be read.");
  console.error(error instanceof Differs ? `DIFFERS  ${error.message}` : String(error));
  process.exitCode = 1;
}

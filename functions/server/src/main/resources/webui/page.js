"use strict";

const $ = id => document.getElementById(id);
const shown = { kind: "", label: "", set: "queries", number: 0 };
let labels = [];
let queries = 0;
let asked = 0;

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

async function ask(path) {
  const reply = await fetch(path);
  const answer = await reply.json();
  if (answer.error) throw new Error(answer.error);
  $("problem").hidden = true;
  return answer;
}

function fail(error) {
  $("problem").textContent = error.message;
  $("problem").hidden = false;
}

const count = number => Number(number).toLocaleString("en");
const time = micros => micros < 1000 ? `${micros} µs` : `${(micros / 1000).toFixed(micros < 10000 ? 2 : 1)} ms`;

function bytes(number) {
  const units = ["B", "KiB", "MiB", "GiB"];
  let unit = 0;
  while (number >= 1024 && unit < 3) { number /= 1024; unit++; }
  return `${number.toFixed(unit ? 1 : 0)} ${units[unit]}`;
}

function choices(fieldset, name, options) {
  for (const [value, text] of options) {
    const input = element("input", { type: "radio", name, value, checked: value === shown[name] });
    input.addEventListener("change", () => { shown[name] = value; search(); });
    fieldset.append(element("label", {}, input, element("span", { textContent: text })));
  }
}

// What the address asks for, so that a view can be passed on.
function restore(kinds) {
  const asked = new URLSearchParams(location.hash.slice(1));
  shown.kind = kinds.includes(asked.get("kind")) ? asked.get("kind") : kinds[0];
  shown.label = labels[asked.get("label")] ? asked.get("label") : "";
  shown.set = asked.get("set") === "pictures" ? "pictures" : "queries";
  shown.number = Number(asked.get("number")) || 0;
}

function picture(set, number) {
  return `picture/${set}/${number}.png`;
}

function choose(set, number) {
  shown.set = set;
  shown.number = number;
  for (const button of $("gallery").children) {
    button.setAttribute("aria-pressed", set === "queries" && button.dataset.number === String(number));
  }
  search();
}

async function search() {
  const ticket = ++asked;
  history.replaceState(null, "", `#${new URLSearchParams(shown)}`);
  const parameters = new URLSearchParams(shown);
  try {
    const answer = await ask(`api/search?${parameters}`);
    if (ticket === asked) show(answer);
  } catch (error) {
    fail(error);
  }
}

function show(answer) {
  const own = shown.set === "queries" ? "a query that is no row" : `row ${shown.number}`;
  $("chosen").querySelector("img").src = picture(shown.set, shown.number);
  $("chosen").querySelector("figcaption").replaceChildren(labels[answer.label], element("small", { textContent: own }));
  const same = answer.hits.filter(hit => hit.label === answer.label).length;
  $("cost").replaceChildren(
    element("b", { textContent: `${answer.hits.length} nearest of ${shown.kind} in ${time(answer.micros)}` }),
    ` · ${same} of the same kind · ${count(answer.rowsScanned)} rows scanned · ${answer.segmentsSearched} segments · `
      + `${answer.waves} waves, ${answer.gets} reads, ${bytes(answer.bytesRead)}`);
  $("hits").replaceChildren(...answer.hits.map(hit => {
    const button = element("button", { type: "button", title: `row ${hit.id}: search from here` },
      element("img", { src: picture("pictures", hit.id), alt: labels[hit.label], loading: "lazy" }));
    button.addEventListener("click", () => choose("pictures", hit.id));
    const text = element("small", {}, element("b", { textContent: labels[hit.label] }), element("br"),
      Math.sqrt(hit.distance).toFixed(0));
    text.title = `squared distance ${count(hit.distance)}`;
    return element("li", { className: hit.label === answer.label ? "same" : "" }, button, text);
  }));
}

function shuffle() {
  const numbers = new Set();
  while (numbers.size < Math.min(60, queries)) numbers.add(Math.floor(Math.random() * queries));
  fill([...numbers]);
}

function fill(numbers) {
  $("gallery").replaceChildren(...numbers.map(number => {
    const button = element("button", { type: "button" }, element("img", { src: picture("queries", number), alt: `query ${number}` }));
    button.dataset.number = number;
    button.addEventListener("click", () => choose("queries", number));
    return button;
  }));
}

function row(...cells) {
  return element("tr", {}, ...cells.map(cell => element("td", { textContent: cell })));
}

function showState(state) {
  $("facts").textContent = `${state.store} · ${state.kernel}`;
  $("facts").title = $("facts").textContent;
  const share = number => number === undefined ? "" : number.toFixed(4);
  $("collections").tBodies[0].replaceChildren(...state.collections.map(one => {
    const index = one.indexes[0] || {};
    return row(one.name, count(one.rows), one.segments, bytes(one.bytes), index.kind || "", index.metric || "",
      index.kind ? count(index.indexedRows) : "", share(index.recall));
  }));
  $("collections").hidden = state.collections.length === 0;
  $("none").hidden = state.collections.length > 0;
  $("measured").hidden = state.measured.length === 0;
  $("measured").querySelector("tbody").replaceChildren(...state.measured.map(one =>
    row(one.kind, share(one.recall), time(one.p50), time(one.p95), time(one.p99), count(one.scanned))));
}

async function start() {
  const state = await ask("api/state");
  showState(state);
  if (state.kinds.length === 0) return;
  labels = state.labels;
  queries = state.queries;
  restore(state.kinds);
  choices($("kinds"), "kind", state.kinds.map(kind => [kind, kind]));
  choices($("labels"), "label", [["", "everything"], ...labels.map((label, number) => [String(number), label])]);
  $("shuffle").addEventListener("click", shuffle);
  fill(Array.from({ length: Math.min(60, queries) }, (_, number) => number));
  $("demo").hidden = false;
  choose(shown.set, shown.number);
}

start().catch(fail);

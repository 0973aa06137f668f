/* The fast grid of a return: native inputs in a table. What is typed is never rewritten: it goes to the server as it
   stands, and the server says how it read it. All text is set as text, never as markup. */

const PAUSE = 400; // milliseconds without a key before half a figure is kept too
const PATIENCE = 2500; // milliseconds before what the server has not answered is told again
const GONE = 5000; // milliseconds for which a table that was drawn anew takes over what was being typed in the old one
const BOXES = ["numerator", "denominator", "value", "until"];

export default function ({ parentElement, data, setStateValue }) {
  const root = parentElement.querySelector(".entry-grid");
  const grid = (root.grid ??= begin(root, data.key));
  // Who leaves the page has told all before: told now, it would call them back.
  grid.tell = () => { if (!window.isLeaving()) setStateValue("cells", { ...grid.cells }); };
  const shape = JSON.stringify([data.heads, data.choices, data.rows.map((row) => [row.code, row.boxes])]);
  if (grid.shape !== shape) {
    build(root, grid, data);
    grid.shape = shape;
  }
  data.rows.forEach((told) => draw(grid.rows.get(told.code), told));
  if (isHeard(grid)) grid.whenHeard?.();
  // What did not fit is said until the next block is pasted: a sentence that is gone at once is one that was missed.
  setText(grid.status, [grid.unfit, data.status].filter(Boolean).join(" "));
  grid.watch ??= setInterval(() => watch(root, grid), PATIENCE);
  grid.drawn = Date.now();
  takeBackFocus(grid);
}

/* A page may be drawn anew around the table while someone types in it: the new table goes on where the old one was. */

function begin(root, key) {
  const grids = (window.entryGrids ??= new Map());
  const old = grids.get(key);
  const isFresh = old && !old.root.isConnected && Date.now() - old.drawn < GONE;
  const grid = { root, cells: {}, rows: new Map(), shape: "" };
  if (isFresh) Object.assign(grid, { cells: old.cells, rows: old.rows, focused: old.focused });
  grids.set(key, grid);
  root.addEventListener("focusin", (event) => { grid.focused = placeOf(grid, event.target); });
  root.addEventListener("focusout", () => { if (root.isConnected) grid.focused = null; });
  addEventListener("leaving", function heard(leaving) {
    if (!root.isConnected) return removeEventListener("leaving", heard);
    grid.rows.forEach((row) => push(grid, row));
    if (!isHeard(grid)) leaving.detail.push(new Promise((done) => { grid.whenHeard = done; }));
  });
  // Ctrl and Enter do on the button what they do in a box, however one came to it.
  addEventListener("keydown", function pressed(event) {
    if (!root.isConnected) return removeEventListener("keydown", pressed);
    if (!isCheck(event) || event.target !== checkButton()) return;
    event.preventDefault();
    event.target.click();
  });
  return grid;
}

function placeOf(grid, element) {
  const row = [...grid.rows.values()].find((each) => each.element.contains(element));
  const box = row && BOXES.find((name) => row.inputs[name] === element);
  return box ? [row.code, box] : null;
}

function takeBackFocus(grid) {
  const [code, box] = grid.focused ?? [];
  const input = grid.rows.get(code)?.inputs[box];
  if (!input || document.activeElement !== document.body) return;
  input.focus();
  input.setSelectionRange(input.value.length, input.value.length);
}

/* A server that was away, or another one in its place, has not heard everything: it is told until it answers. */

const isHeard = (grid) => [...grid.rows.values()].every((row) => row.n <= row.heard);

function watch(root, grid) {
  if (!root.isConnected) return clearInterval(grid.watch);
  // A server that draws the page is there, and slow. Told anything now, it would only begin again.
  if (document.querySelector("[data-test-script-state]")?.dataset.testScriptState === "running") return;
  const waits = [...grid.rows.values()].filter((row) => row.n > row.heard);
  if (waits.length && waits.every((row) => row.n === row.asked)) {
    setText(grid.status, "Not saved yet: there is no answer from the server. Keep this page open; it tries again.");
    grid.tell();
  }
  waits.forEach((row) => { row.asked = row.n; });
}

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  element.append(...children);
  return element;
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = !text;
}

/* Drawing the table */

function build(root, grid, data) {
  const heads = data.heads.map((head) => make("th", { scope: "col", role: "columnheader" }, head));
  const body = make("tbody", { role: "rowgroup" });
  const kept = grid.rows;
  grid.rows = new Map();
  data.rows.forEach((told) => {
    const row = buildRow(grid, told, data);
    const old = kept.get(told.code);
    if (old) {
      fill(row, say(old));
      Object.assign(row, { n: old.n, version: old.version, told: old.told, isDrawn: true });
      clearTimeout(old.timer);
      row.timer = setTimeout(() => push(grid, row), PAUSE);
    }
    grid.rows.set(told.code, row);
    body.append(row.element);
  });
  grid.status = make("p", { role: "status", class: "entry-status" });
  const head = make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, ...heads));
  const table = make("table", { role: "table" }, make("caption", {}, data.caption), head, body);
  root.replaceChildren(table, grid.status);
}

function buildRow(grid, told, data) {
  const id = (part) => `entry-${told.code}-${part}`;
  const row = { code: told.code, inputs: {}, errors: {}, n: 0, version: 0, told: "", isDrawn: false, heard: 0, asked: 0 };
  row.about = make("p", { class: "entry-about", id: id("about") });
  row.notes = make("div", { class: "entry-notes" });
  row.title = make("strong", { id: id("title") });
  const name = make("th", { scope: "row", role: "rowheader" }, row.title, row.about, row.notes);
  const figure = make("td", { role: "cell", class: "entry-figure" });
  row.numbers = make("div", { class: "entry-numbers" });
  told.boxes.forEach((box, place) => {
    if (place) row.numbers.append(make("span", { class: "entry-of" }, "of"));
    row.numbers.append(buildBox(grid, row, box, id));
  });
  row.until = make("div", { class: "entry-until" }, buildBox(grid, row, told.until, id));
  row.instead = make("p", { class: "entry-instead" });
  row.choice = make("select", { "aria-label": told.choiceLabel, class: "entry-choice" });
  data.choices.forEach(([value, words]) => row.choice.append(make("option", { value }, words)));
  row.choice.addEventListener("change", () => { showBoxes(row); push(grid, row); });
  figure.append(row.numbers, row.until, row.instead);
  row.target = make("p", {});
  row.before = make("p", { class: "entry-about" });
  const held = make("td", { role: "cell", class: "entry-held" }, row.target, row.before);
  const answer = make("td", { role: "cell" }, row.choice);
  row.rating = make("span", {});
  row.read = make("p", { class: "entry-read" });
  const preview = make("td", { role: "cell", "data-of": data.heads[4], class: "entry-preview" }, row.rating, row.read);
  row.element = make("tr", { role: "row" }, name, held, figure, answer, preview);
  row.element.addEventListener("keydown", (event) => move(grid, row, event));
  return row;
}

function buildBox(grid, row, box, id) {
  const error = make("p", { class: "entry-error", id: id(`${box.name}-error`), hidden: "" });
  const input = make("input", {
    type: "text", inputmode: box.name === "until" ? "text" : "decimal", autocomplete: "off", spellcheck: "false",
    "aria-label": box.label, "aria-describedby": `${id("about")} ${id(`${box.name}-error`)}`,
  });
  input.addEventListener("input", () => {
    row.rating.className = "";
    row.rating.textContent = "";
    setText(row.read, "");
    clearTimeout(row.timer);
    row.timer = setTimeout(() => push(grid, row), PAUSE);
  });
  input.addEventListener("change", () => push(grid, row));
  input.addEventListener("paste", (event) => paste(grid, row, input, event));
  row.inputs[box.name] = input;
  row.errors[box.name] = error;
  const shown = box.shown ? [make("span", { class: "entry-label", "aria-hidden": "true" }, box.shown)] : [];
  return make("div", { class: `entry-box ${box.css}` }, error, ...shown, input);
}

/* What the server says of a row. Text is only replaced when the server has heard all that was typed here. */

function draw(row, told) {
  const theirs = JSON.stringify(told.answer);
  const hasHeard = told.n >= row.n;
  row.heard = told.n;
  if (!row.isDrawn) {
    Object.assign(row, { n: told.n, told: theirs, isDrawn: true });
    fill(row, told.answer);
  } else if (hasHeard && JSON.stringify(say(row)) === row.told && row.told !== theirs) {
    fill(row, told.answer);
    row.told = theirs;
  }
  const isSame = JSON.stringify(say(row)) === theirs;
  if (isSame) row.version = told.version;
  setText(row.title, told.title);
  setText(row.about, told.about);
  setText(row.target, told.target);
  setText(row.before, told.before);
  const notes = told.notes.map((note) => make("p", {}, note));
  if (row.notes.textContent !== told.notes.join("")) row.notes.replaceChildren(...notes);
  Object.entries(row.errors).forEach(([box, error]) => {
    const message = told.errors[box];
    setText(error, message ? `Error: ${message}` : "");
    if (message) row.inputs[box].setAttribute("aria-invalid", "true");
    else row.inputs[box].removeAttribute("aria-invalid");
  });
  if (hasHeard && isSame) {
    row.rating.className = told.preview.css;
    row.rating.textContent = told.preview.rating;
    setText(row.read, told.preview.read);
    setText(row.instead, told.preview.instead);
  }
  showBoxes(row);
}

function fill(row, answer) {
  row.choice.value = answer.choice;
  BOXES.forEach((box) => { if (row.inputs[box]) row.inputs[box].value = answer[box]; });
}

function showBoxes(row) {
  const takesNumbers = ["figure", "estimate"].includes(row.choice.value);
  row.numbers.hidden = !takesNumbers;
  row.until.hidden = row.choice.value !== "not_published";
  row.instead.hidden = takesNumbers || !row.instead.textContent;
}

/* What the person says */

function say(row) {
  const typed = (box) => (row.inputs[box] ? row.inputs[box].value : "");
  return { choice: row.choice.value, ...Object.fromEntries(BOXES.map((box) => [box, typed(box)])) };
}

function push(grid, row) {
  clearTimeout(row.timer);
  const said = JSON.stringify(say(row));
  if (said === row.told) return;
  row.n += 1;
  row.told = said;
  grid.cells[row.code] = { n: row.n, version: row.version, ...say(row) };
  grid.tell();
}

/* Moving: Enter goes on, the arrows up and down stay in their column, Ctrl and Enter checks. */

const isCheck = (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey);
const isShown = (input) => input.offsetParent !== null;

function order(grid) {
  return [...grid.rows.values()].flatMap((row) => Object.values(row.inputs)).filter(isShown);
}

function move(grid, row, event) {
  if (isCheck(event)) {
    event.preventDefault();
    push(grid, row);
    checkButton()?.click();
  } else if (event.key === "Enter") {
    event.preventDefault();
    push(grid, row);
    const places = order(grid);
    const here = event.target.tagName === "SELECT" ? firstAfter(grid, row) : places[places.indexOf(event.target) + 1];
    focus(here);
  } else if (["ArrowUp", "ArrowDown"].includes(event.key) && event.target.tagName === "INPUT" && !event.altKey) {
    event.preventDefault();
    focus(beside(grid, row, event.target, event.key === "ArrowDown" ? 1 : -1), event.key === "ArrowDown");
  }
}

function focus(input, goesOn = true) {
  const next = input ?? (goesOn ? checkButton() : null);
  next?.focus();
  if (next?.select) next.select();
}

function firstAfter(grid, row) {
  const rows = [...grid.rows.values()];
  const own = Object.values(row.inputs).find(isShown);
  return own ?? rows.slice(rows.indexOf(row) + 1).flatMap((each) => Object.values(each.inputs)).find(isShown);
}

function beside(grid, row, input, step) {
  const rows = [...grid.rows.values()];
  const place = Object.values(row.inputs).filter(isShown).indexOf(input);
  for (let at = rows.indexOf(row) + step; rows[at]; at += step) {
    const inputs = Object.values(rows[at].inputs).filter(isShown);
    if (inputs.length) return inputs[Math.min(place, inputs.length - 1)];
  }
  return null;
}

function checkButton() {
  return document.querySelector(".st-key-check-figures button");
}

/* Pasting a block of numbers fills down, and across into a second box. An empty cell leaves what is there. Words in it,
   such as a heading or titles, say what belongs where, which places here do not: that block goes in nowhere. */

const isWord = (cell) => /^\p{L}+\d/u.test(cell.trim()) || (/\p{L}{3}/u.test(cell) && !/\d/.test(cell));

function paste(grid, row, input, event) {
  const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "");
  if (!/[\n\t]/.test(text)) return;
  event.preventDefault();
  const rows = [...grid.rows.values()].filter((each) => Object.values(each.inputs).some(isShown));
  const place = Object.values(row.inputs).filter(isShown).indexOf(input);
  const lines = text.split("\n").map((line) => line.split("\t"));
  const filled = lines.slice(0, rows.length - rows.indexOf(row)).map((cells, step) => {
    const target = rows[rows.indexOf(row) + step];
    const inputs = Object.values(target.inputs).filter(isShown);
    return { target, cells, boxes: inputs.slice(Math.min(place, inputs.length - 1)) };
  });
  grid.unfit = misfit(lines, filled);
  if (!grid.unfit) {
    filled.forEach(({ target, cells, boxes }) => {
      cells.forEach((cell, across) => { if (cell.trim()) boxes[across].value = cell; });
      push(grid, target);
    });
    const over = lines.length - filled.length;
    grid.unfit = over ? `${over} of the ${lines.length} pasted rows did not fit.` : "";
  }
  setText(grid.status, grid.unfit || `${filled.length} rows pasted.`);
}

function misfit(lines, filled) {
  const elsewhere = "Nothing was pasted. “Paste a block or send a workbook” below reads headings, codes and titles.";
  const word = lines.flat().find(isWord);
  if (word) return `The block has words in it, like “${word.trim().slice(0, 40)}”. ${elsewhere}`;
  const wide = filled.findIndex(({ cells, boxes }) => cells.some((cell, across) => cell.trim() && !boxes[across]));
  if (wide < 0) return "";
  return `Row ${wide + 1} of the block has more numbers than there are boxes from here on. ${elsewhere}`;
}

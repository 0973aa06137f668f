/* Keeps what is being written in a form before the form is sent: a pause in writing, and it is a draft. */

const PAUSE = 1500; // milliseconds without a key
const SOON = 100; // milliseconds, in which a list that closes writes what was chosen into its box

// Also between two drawings, while no keeper stands on the page to hear it.
document.addEventListener("input", ({ target }) => { target.typedAt = Date.now(); }, true);

export default function ({ parentElement, data, setStateValue }) {
  const root = parentElement.querySelector(".boxes-kept");
  const keeper = (root.keeper ??= begin(root));
  keeper.boxes = data.boxes;
  keeper.tell = setStateValue;
  keeper.n = Math.max(keeper.n, data.n);
  keeper.heard = data.n;
  if (keeper.heard >= keeper.n) keeper.whenHeard?.();
  if (root.textContent !== data.status) root.textContent = data.status;
  if (keeper.saidAt === 0 && !keeper.timer && isTypedSince(keeper)) keeper.sayIn(PAUSE);
}

function begin(root) {
  const keeper = { n: 0, timer: 0, told: "", saidAt: 0, boxes: [] };
  const listen = (event, act) => {
    document.addEventListener(event, function heard(happened) {
      if (!root.isConnected) return document.removeEventListener(event, heard, true);
      act(happened.target);
    }, true);
  };
  const sayIn = (pause) => {
    clearTimeout(keeper.timer);
    // While a list is open, its box holds what is looked for, and a page drawn anew would close the list. While the page
    // is being drawn, to be told anything else would only make it begin again.
    keeper.timer = setTimeout(() => (isChoosing() || isDrawn() ? sayIn(PAUSE) : say(keeper)), pause);
  };
  keeper.sayIn = sayIn;
  const isDrawn = () => document.querySelector("[data-test-script-state]")?.dataset.testScriptState === "running";
  const isChoosing = () => keeper.boxes.some((each) => field(each)?.getAttribute("aria-expanded") === "true");
  const isOurForm = (place) => {
    const form = place.closest("[data-testid=stForm]");
    return keeper.boxes.some((each) => form?.querySelector(`.${CSS.escape(each)}`));
  };
  const isKept = (box) => keeper.boxes.some((each) => box.closest(`.${CSS.escape(each)}`));
  listen("input", (box) => { if (isKept(box)) sayIn(box.type === "radio" ? SOON : PAUSE); });
  // A choice from a list is no writing: it is made by a click in the list, or by a key, and then its box is left.
  listen("click", (place) => { if (place.closest("[role=option]") && isChoosing()) sayIn(SOON); });
  listen("keyup", (box) => { if (box.matches("[role=combobox]") && isKept(box)) sayIn(SOON); });
  listen("focusout", (box) => { if (box.matches("[role=combobox]") && isKept(box)) sayIn(SOON); });
  // Sent, a form may hold something else: its own, that is. After any other press there is nothing to say.
  listen("click", (place) => { if (place.closest("[data-testid=stFormSubmitButton]") && isOurForm(place)) sayIn(PAUSE); });
  // Whoever leaves takes along what was written a moment ago.
  addEventListener("leaving", function heard(leaving) {
    if (!root.isConnected) return removeEventListener("leaving", heard);
    if (keeper.timer || isTypedSince(keeper)) say(keeper);
    if (keeper.n > keeper.heard) leaving.detail.push(new Promise((done) => { keeper.whenHeard = done; }));
  });
  return keeper;
}

/** The box, or of a choice among a few the one that is chosen: its value is its place, counted from 0. */
function field(box) {
  const within = `.${CSS.escape(box)}`;
  return document.querySelector(`${within} :is(textarea, input:not([type=radio]), input[type=radio]:checked)`);
}

function isTypedSince(keeper) {
  return keeper.boxes.some((each) => field(each)?.typedAt > keeper.saidAt);
}

function say(keeper) {
  clearTimeout(keeper.timer);
  keeper.timer = 0;
  keeper.saidAt = Date.now();
  const texts = Object.fromEntries(keeper.boxes.filter(field).map((box) => [box, field(box).value]));
  const said = JSON.stringify(texts);
  if (said === keeper.told || window.isLeaving()) return;
  keeper.told = said;
  keeper.n += 1;
  keeper.tell("texts", { n: keeper.n, texts });
}

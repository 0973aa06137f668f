/* Keeps what is being written in a form before the form is sent: a pause in writing, and it is a draft. */

const PAUSE = 1500; // milliseconds without a key

export default function ({ parentElement, data, setStateValue }) {
  const root = parentElement.querySelector(".commentary-kept");
  const keeper = (root.keeper ??= begin(root));
  keeper.boxes = data.boxes;
  keeper.tell = setStateValue;
  keeper.n = Math.max(keeper.n, data.n);
  if (root.textContent !== data.status) root.textContent = data.status;
}

function begin(root) {
  const keeper = { n: 0, told: "", boxes: [] };
  const listen = (event, act) => {
    document.addEventListener(event, function heard(happened) {
      if (!root.isConnected) return document.removeEventListener(event, heard, true);
      act(happened.target);
    }, true);
  };
  listen("input", (box) => {
    if (!keeper.boxes.some((each) => box.closest(`.${CSS.escape(each)}`))) return;
    clearTimeout(keeper.timer);
    keeper.timer = setTimeout(() => say(keeper), PAUSE);
  });
  // A link away from the form takes with it what was written a moment ago.
  listen("click", (place) => { if (place.closest("a[data-change]")) say(keeper); });
  return keeper;
}

function say(keeper) {
  const field = (box) => document.querySelector(`.${CSS.escape(box)} :is(textarea, input)`);
  const texts = Object.fromEntries(keeper.boxes.filter(field).map((box) => [box, field(box).value]));
  const said = JSON.stringify(texts);
  if (said === keeper.told) return;
  keeper.told = said;
  keeper.n += 1;
  keeper.tell("texts", { n: keeper.n, texts });
}

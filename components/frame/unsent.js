// Words typed into a form, or into a box whose key begins with "words-", stay in this tab until they are sent: a reload,
// or a way round by another page, brings them back into their box. They are this tab's alone and go with it, for a
// machine may be shared; boxes whose words are kept as drafts on the server (keeper.js) look after themselves.
if (!window.keepsUnsent) {
  window.keepsUnsent = true;
  const WORDS = ":is(textarea, input[type=text]:not([role=combobox], [role=spinbutton]))";
  const BOXES = `:is([data-testid=stForm], [class*=st-key-words-]) ${WORDS}`;
  const AT_REST = 600; // milliseconds in which nothing more is drawn for a form that was sent
  const put = Object.fromEntries(
    [HTMLTextAreaElement, HTMLInputElement].map((kind) => [
      kind.name, Object.getOwnPropertyDescriptor(kind.prototype, "value").set,
    ]),
  );
  let soon = 0;

  const person = () => document.querySelector(".st-key-whose p")?.textContent;
  const formOf = (box) => box.closest("[data-testid=stForm]");
  const named = (box) => [...(box.closest("[class*=st-key-]")?.classList ?? [])].find((each) => each.startsWith("st-key-"));
  const lasting = (box) => named(box)?.replace(/-g[0-9]+$/, ""); // without how often it was begun afresh (afresh.py)
  const place = (box) => `unsent ${JSON.stringify([person(), location.pathname, lasting(box)])}`;
  const isOurs = (box) => box.matches?.(BOXES) && person() && named(box) && !isDraft(box);
  const isDraft = (box) =>
    [...document.querySelectorAll(".boxes-kept")].some((root) =>
      root.keeper?.boxes.some((each) => box.closest(`.${CSS.escape(each)}`)),
    );
  const kept = (box) => JSON.parse(sessionStorage.getItem(place(box)));
  const isDrawing = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState !== "notRunning";

  document.addEventListener("focusin", ({ target }) => {
    if (isOurs(target) && !kept(target)) target.asDrawn = target.value;
  });
  document.addEventListener("input", ({ target }) => {
    if (!isOurs(target)) return;
    const drawn = kept(target)?.drawn ?? target.asDrawn ?? "";
    if (target.value === drawn) sessionStorage.removeItem(place(target));
    else sessionStorage.setItem(place(target), JSON.stringify({ drawn, typed: target.value }));
  }, true);

  // A form that is sent takes its words along; those in no form go with the page's own first button. They are still to
  // be sent where, once all is drawn, the page does not say that it is done, and the boxes hold them still.
  document.addEventListener("click", ({ target }) => {
    const form = target.closest("[data-testid=stForm]");
    const sends = target.closest(form ? "[data-testid=stFormSubmitButton]" : "[data-testid=stBaseButton-primary]");
    if (!sends) return;
    const boxes = [...(form ?? document).querySelectorAll(BOXES)];
    send(boxes.filter((box) => formOf(box) === form && isOurs(box) && kept(box)));
  }, true);

  function send(boxes) {
    const sent = boxes.map((box) => ({ at: place(box), by: named(box), words: kept(box) }));
    for (const { at } of sent) sessionStorage.removeItem(at);
    let restedAt = 0;
    const look = () => {
      if (isDrawing()) restedAt = 0;
      else restedAt ||= Date.now();
      if (!restedAt || Date.now() - restedAt < AT_REST) return setTimeout(look, AT_REST / 4);
      if (document.querySelector("[data-testid=stAlertContentSuccess]")) return;
      for (const { at, by, words } of sent) {
        const box = document.querySelector(`.${CSS.escape(by)} :is(textarea, input[type=text])`);
        if (box?.value === words.typed) sessionStorage.setItem(at, JSON.stringify(words));
      }
    };
    if (sent.length) setTimeout(look, AT_REST);
  }

  new MutationObserver(bringBackSoon).observe(document.body, { childList: true, subtree: true });

  function bringBackSoon() {
    clearTimeout(soon);
    soon = setTimeout(() => (isDrawing() ? bringBackSoon() : bringBack()), 150);
  }

  function bringBack() {
    for (const box of document.querySelectorAll(BOXES)) {
      if (box.isLookedAt || !isOurs(box)) continue;
      box.isLookedAt = true;
      const found = kept(box);
      if (!found || found.typed === box.value) continue;
      if (found.drawn !== box.value) say(box, `Changed since. You had typed, and not sent: ${found.typed}`);
      else {
        box.asDrawn = box.value;
        put[box.constructor.name].call(box, found.typed);
        box.dispatchEvent(new Event("input", { bubbles: true }));
        if (!formOf(box)) box.dispatchEvent(new FocusEvent("focusout", { bubbles: true })); // leaving it tells the page
        say(box, formOf(box) ? "You had typed this, and not sent it yet." : "You had typed this here before.");
      }
    }
  }

  function say(box, words) {
    const said = Object.assign(document.createElement("p"), { className: "unsent", textContent: words });
    said.setAttribute("role", "status");
    box.closest("[class*=st-key-]").append(said);
  }
}

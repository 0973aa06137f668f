// What every page does in the browser, once for as long as the app is open. Nothing that anyone typed stands in here.
if (!window.isAtHome) {
  window.isAtHome = true;
  const MAIN = "[data-testid=stMain]";
  const HEADINGS = `${MAIN} :is(h1, h2, h3)`;

  // The names of our pages, as they stand in addresses; filled in on the server (page.py).
  const NAMES = new Set(["page names"]);

  // A link within our own HTML opens another page as the menu does, in a sixth of the time that loading the whole app
  // takes. Without this the links still lead there; so they do where the link is to no page of the app, and while the
  // server does not hear us.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-testid=stHtml] a[href]:not([target], [download])");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const to = new URL(link.href);
    if (to.hash || !isOurs(to) || !isHeard()) return;
    event.preventDefault();
    history.pushState({}, "", to.pathname + to.search);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    arrive();
  });

  function isOurs(to) {
    const [there, here] = [to, location].map(({ pathname }) => pathname.slice(0, pathname.lastIndexOf("/") + 1));
    return to.origin === location.origin && there === here && NAMES.has(to.pathname.slice(there.length));
  }

  function isHeard() {
    return document.querySelector("[data-testid=stApp]")?.dataset.testConnectionState === "CONNECTED";
  }

  // Such a page begins at its top and with the focus on its heading, as one that is loaded would. Who does something
  // there before all of it is drawn stays where they are; only if nothing has the focus then, the heading takes it.
  const BEGUN_WITHIN = 1500; // milliseconds; of a drawing that was shorter than a look at it nothing is seen
  let arrival = 0;
  let isTouched = false;
  ["pointerdown", "keydown", "wheel"].forEach((event) => {
    document.addEventListener(event, () => { isTouched = true; }, { capture: true, passive: true });
  });

  function arrive() {
    const pressed = Date.now();
    let wasDrawn = false;
    isTouched = false;
    held = null;
    clearInterval(arrival);
    document.querySelector(MAIN)?.scrollTo(0, 0);
    arrival = setInterval(() => {
      const isDrawn = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState !== "notRunning";
      wasDrawn ||= isDrawn || Date.now() - pressed > BEGUN_WITHIN;
      if (isDrawn || !wasDrawn) return;
      clearInterval(arrival);
      if (isTouched && document.activeElement !== document.body) return;
      if (!isTouched) document.querySelector(MAIN)?.scrollTo(0, 0);
      focusOn(document.querySelector(`${MAIN} h1`) ?? document.querySelector(MAIN), { preventScroll: isTouched });
    }, 60);
  }

  // Until another page begins, whatever the server is told is told in the name of the page that is being left, and the
  // way there would be forgotten. So the boxes hear that someone leaves and say what they have not said, the way waits
  // until the server has heard that, and from then on they are silent, until something is done here again.
  const HEARD_WITHIN = 15000; // milliseconds: a busy server takes its time, and words are lost where nobody waits
  let leaves = false;
  let goesOn = false;
  window.isLeaving = () => leaves;
  const stay = () => { leaves = false; };
  ["pointerdown", "keydown", "input", "paste"].forEach((event) => document.addEventListener(event, stay, true));

  function leave() {
    const waits = [];
    stay();
    dispatchEvent(new CustomEvent("leaving", { detail: waits }));
    leaves = true;
    return waits;
  }

  addEventListener("click", (event) => {
    const link = event.target.closest("a[href]:not([target=_blank], [download], [href^='#'])");
    if (link?.origin !== location.origin || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const waits = goesOn ? [] : leave();
    if (!waits.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { href } = link;
    const drawn = () => (link.isConnected ? link : [...document.links].find((each) => each.href === href));
    const isEnough = new Promise((done) => { setTimeout(done, HEARD_WITHIN); });
    Promise.race([Promise.all(waits), isEnough]).then(() => {
      goesOn = true;
      drawn()?.click();
      goesOn = false;
    });
  }, true);

  // Streamlit asks for the page that someone goes back to before we hear of it: nothing may be said after that.
  addEventListener("popstate", () => { leaves = true; });

  // On a telephone the header's menu opens by a button, and makes room once a page is chosen. It knows by itself alone
  // whether it is open: what is drawn anew is closed.
  const menu = () => document.querySelector(".st-key-frame .menu-button");
  const fold = () => menu()?.setAttribute("aria-expanded", false);
  document.addEventListener("click", ({ target }) => {
    if (target.closest(".st-key-frame a")) fold();
    const pressed = target.closest(".st-key-frame .menu-button");
    pressed?.setAttribute("aria-expanded", pressed.getAttribute("aria-expanded") !== "true");
  }, true);
  addEventListener("popstate", fold);
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || menu()?.getAttribute("aria-expanded") !== "true") return;
    fold();
    menu().focus();
  });

  // The way past the header leads to the page's own heading, not to the part of the screen that the header is in too.
  document.addEventListener("click", (event) => {
    const heading = document.querySelector(`${MAIN} h1`);
    if (!heading || !event.target.closest("[data-testid=stSkipToContent]")) return;
    event.preventDefault();
    event.stopPropagation();
    focusOn(heading);
  }, true);

  // What had the focus may be gone once the page is drawn anew. Then the focus goes on at the heading it stood under,
  // or at the top of the page where that is gone too: never to nowhere, where a keyboard begins again from the menu.
  // A heading that has the focus is itself drawn anew by the next drawing, and is held as all else is.
  let held = null;
  let soon = 0;
  document.addEventListener("focusin", ({ target }) => {
    const under = () => (target.matches("h1, h2, h3") ? target.textContent : headingOver(target));
    held = target.closest(MAIN) ? { target, under: under() } : null;
  });
  document.addEventListener("pointerdown", ({ target }) => {
    // Who presses elsewhere is elsewhere of their own will.
    if (held && !held.target.contains(target)) held = null;
  });
  new MutationObserver(() => { if (isLost()) findSoon(); }).observe(document.body, {
    childList: true, subtree: true, attributeFilter: ["disabled"],
  });

  function isLost() {
    if (!held || document.activeElement !== document.body) return false;
    held.wasOff ||= held.target.disabled || !held.target.isConnected;
    return held.wasOff;
  }

  function findSoon() {
    clearTimeout(soon);
    soon = setTimeout(find, 120);
  }

  function find() {
    if (!isLost()) return;
    if (document.querySelector("[data-testid=stApp]")?.dataset.testScriptState !== "notRunning") return findSoon();
    if (held.target.isConnected && !held.target.disabled) return held.target.focus();
    const headings = [...document.querySelectorAll(HEADINGS)];
    const heading = headings.find((each) => each.textContent === held.under) ?? headings[0];
    held = null;
    focusOn(heading);
  }

  function focusOn(part, how) {
    if (!part) return;
    part.tabIndex = -1;
    part.style.scrollMarginTop = "5rem";
    part.focus(how);
  }

  function headingOver(element) {
    const above = (each) => each.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
    return [...document.querySelectorAll(HEADINGS)].filter(above).at(-1)?.textContent;
  }
}

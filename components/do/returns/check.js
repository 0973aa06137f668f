// Reading begins at the top of the page.
(function () {
  const heading = document.querySelector("h1");
  if (!heading || document.getElementById("problems")) return;
  heading.tabIndex = -1;
  heading.style.scrollMarginTop = "5rem";
  heading.focus();
})();

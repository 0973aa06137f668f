(function () {
  const summary = document.getElementById("problems");
  if (!summary) return;
  summary.focus();
  summary.querySelectorAll("a[data-field]").forEach(function (link) {
    link.addEventListener("click", function (event) {
      event.preventDefault();
      const field = document.querySelector("." + CSS.escape(link.dataset.field) + " :is(input, textarea)");
      if (field) { field.scrollIntoView({block: "center"}); field.focus(); }
    });
  });
})();

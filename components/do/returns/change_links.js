// Without it the links still lead to their address.
if (!window.followsChange) {
  window.followsChange = true;
  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[data-change]");
    const button = link && document.querySelector("." + CSS.escape(link.dataset.change) + " button");
    if (button) { event.preventDefault(); button.click(); }
  });
}

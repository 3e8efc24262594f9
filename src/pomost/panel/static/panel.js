// What the panel does in the browser beside htmx: warn of unsaved changes, add and remove rows, sign in without leaving.
"use strict";

const cookie = (name) => document.cookie.split("; ").find((one) => one.startsWith(name + "="))?.split("=")[1] ?? "";

// --- every request of htmx carries the token that holds now, also after a new sign-in
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = cookie("csrftoken");
  delete event.detail.parameters["csrfmiddlewaretoken"];
});

// --- unsaved changes
const unsaved = () => [...document.querySelectorAll("form[data-guard]")].some((form) => form.dataset.changed);
const mark = (form) => {
  form.dataset.changed = "yes";
  form.querySelectorAll("[data-unsaved]").forEach((one) => { one.hidden = false; });
};
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-guard]");
  if (form) mark(form);
});
addEventListener("beforeunload", (event) => {
  if (unsaved() && !document.body.dataset.leaving) event.preventDefault();
});
document.addEventListener("submit", (event) => {
  // A form sent without htmx leaves the page on purpose.
  if (event.target.matches("form[data-guard]:not([hx-post])")) document.body.dataset.leaving = "yes";
});
// A form that was taken leads on to another page.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (event.detail.xhr.getResponseHeader("HX-Redirect")) document.body.dataset.leaving = "yes";
});
// What a refused form brings back is still unsaved.
document.addEventListener("htmx:afterSwap", (event) => {
  const status = event.detail.xhr.status;
  if (event.detail.target.id === "main" && (status === 409 || status === 422)) {
    document.querySelectorAll("form[data-guard]").forEach(mark);
  }
  if (event.detail.target.id === "main") {
    const first = document.querySelector("#main [aria-invalid=true]") ?? document.querySelector("#main");
    first?.closest("details")?.setAttribute("open", "");
    first?.focus();
  }
});

// --- signing in again in a dialog; nothing on the page is touched
document.addEventListener("htmx:afterSettle", (event) => {
  const dialog = document.getElementById("dialog");
  if (event.detail.target !== dialog) return;
  const back = dialog.querySelector("[data-signed-in]");
  if (back) {
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((one) => { one.value = back.dataset.token; });
    dialog.close();
  } else if (!dialog.open) {
    dialog.showModal();
  }
});

// --- rows that are added and removed
document.addEventListener("click", (event) => {
  const adding = event.target.closest?.("[data-add]");
  if (adding) {
    const template = document.getElementById(adding.dataset.add);
    const rows = template.parentElement.querySelector("[data-rows]");
    const number = Number(rows.dataset.next ?? rows.children.length);
    rows.dataset.next = number + 1;
    const holder = document.createElement("div");
    holder.innerHTML = template.innerHTML.replaceAll("__n__", number);
    const row = holder.firstElementChild;
    rows.append(row);
    htmx.process(row);
    row.querySelector("select, input:not([type=hidden])")?.focus();
  }
  const removing = event.target.closest?.("[data-remove]");
  if (removing) {
    const form = removing.closest("form");
    removing.closest("[data-row]").remove();
    if (form) { mark(form); form.dispatchEvent(new Event("change", { bubbles: true })); }
  }
  if (event.target.closest?.("[data-close]")) event.target.closest("dialog").close();
});

// --- boxes that hang together: each says what a click on it does to the others of its form ("+offer -stock_only")
document.addEventListener("change", (event) => {
  const box = event.target;
  if (!box.matches?.("[data-on]")) return;
  const other = (name) => box.form.querySelector(`[data-on][value="${name}"]`);
  for (const word of box.dataset[box.checked ? "on" : "off"].split(" ").filter(Boolean)) {
    other(word.slice(1)).checked = word.startsWith("+");
  }
  box.form.querySelectorAll("[data-needs]").forEach((one) => { one.disabled = !other(one.dataset.needs).checked; });
});

// --- a question before what cannot be undone by a click
document.addEventListener("click", (event) => {
  const asking = event.target.closest?.("[data-confirm]");
  if (asking && !confirm(asking.dataset.confirm)) event.preventDefault();
}, true);

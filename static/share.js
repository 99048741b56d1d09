// Copies the link, the record or the sentences; everything else on the page works without a script.
const said = document.getElementById("said");
const byHand = document.getElementById("by-hand");

async function textOf({ text, from, fetch: address }) {
  if (!address) return text ?? document.getElementById(from).textContent;
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.text();
}

for (const button of document.querySelectorAll("[data-text], [data-from], [data-fetch]")) {
  const label = button.textContent;
  button.addEventListener("click", async () => {
    // A promise, because Safari refuses to write to the clipboard after a wait.
    const text = textOf(button.dataset);
    byHand.parentElement.hidden = true;
    said.className = "unseen";
    said.textContent = "";
    try {
      await navigator.clipboard.write([new ClipboardItem({
        "text/plain": text.then(plain => new Blob([plain], { type: "text/plain" })),
      })]);
      button.textContent = "Copied";
      said.textContent = `${label}: Copied`;
    } catch {
      button.textContent = "Could not copy";
      said.className = "help";
      try {
        // The clipboard may be refused, and without HTTPS there is none.
        byHand.value = await text;
        byHand.parentElement.hidden = false;
        byHand.focus();
        byHand.select();
        said.textContent = "Your browser does not allow it. Copy the selected text.";
      } catch {
        said.textContent = "The record cannot be loaded. Try again in a minute, or copy the link.";
      }
    }
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

const system = document.getElementById("system");
system.hidden = !navigator.share;
system.addEventListener("click", () => {
  navigator.share({ title: document.title, url: system.dataset.url }).catch(() => {});
});

// `since` is for the visitor who changed an answer, not for those to whom the address is sent.
if (location.search) history.replaceState(null, "", location.pathname + location.hash);

// Copies the link, the record or the two sentences; everything else on the page works without a script.
const copied = document.getElementById("copied");

async function fetchText(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.text();
}

for (const button of document.querySelectorAll("[data-text], [data-from], [data-fetch]")) {
  button.addEventListener("click", async () => {
    const { text, from, fetch: address } = button.dataset;
    // A promise, because Safari lets nobody write to the clipboard who has waited first.
    const blob = (address ? fetchText(address) : Promise.resolve(text ?? document.getElementById(from).textContent))
      .then(plain => new Blob([plain], { type: "text/plain" }));
    const label = button.textContent;
    try {
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Could not copy";
    }
    copied.textContent = `${label}: ${button.textContent}`;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}

const system = document.getElementById("system");
system.hidden = !navigator.share;
system.addEventListener("click", () => {
  navigator.share({ title: document.title, url: system.dataset.url }).catch(() => {});
});

// “Since” is for who changed an answer, not for whom the address is sent to.
if (location.search) history.replaceState(null, "", location.pathname + location.hash);

// "Copy link" for the permalink, or the system's own share sheet where the browser has one.
const button = document.getElementById("share");
const link = document.getElementById("permalink").href;
const status = document.getElementById("shared");

if (navigator.share) button.textContent = "Share link";
button.addEventListener("click", async () => {
  try {
    if (navigator.share) {
      await navigator.share({ title: document.title, url: link });
    } else {
      await navigator.clipboard.writeText(link);
      status.textContent = "Copied";
    }
  } catch (error) {
    if (error.name !== "AbortError") status.textContent = "Could not copy: select the link instead";
  }
});
